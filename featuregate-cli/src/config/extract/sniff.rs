//! What a text is written in, where its name does not show it.

use super::setting::Syntax;

/// The syntax of a text, from the first line that is not a comment.
pub(super) fn syntax(text: &str) -> Syntax {
    if text.starts_with("#!") {
        return Syntax::Lines;
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.find(|line| !line.starts_with(['#', ';', '/'])).unwrap_or_default();
    if first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%") {
        return Syntax::Json;
    }
    let list = first.strip_prefix('[').map(str::trim_start);
    if let Some(list) = list {
        return match list.chars().next() {
            None | Some('"' | '{' | ']' | '-') => Syntax::Json,
            Some('[') => Syntax::Toml,
            // A header of a systemd unit looks the same.
            Some(_) if !super::tree::toml(text, None).faulty() => Syntax::Toml,
            Some(_) => Syntax::Lines,
        };
    }
    if first.starts_with("---") || first.starts_with('%') || first.starts_with("- ") {
        return Syntax::Yaml;
    }
    let key = first.find([':', '=', ' ']).map(|at| first.split_at(at));
    match key {
        Some((_, rest)) if rest.starts_with(": ") || rest == ":" => Syntax::Yaml,
        Some((_, rest)) if rest.trim_start().starts_with('=') => {
            if super::tree::toml(text, None).faulty() { Syntax::Lines } else { Syntax::Toml }
        }
        _ if first.starts_with("{{") || first.starts_with("{%") => Syntax::Yaml,
        _ if first.starts_with('"') => Syntax::Yaml,
        _ => Syntax::Lines,
    }
}
