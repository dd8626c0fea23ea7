//! Texts in texts: what a text is, and how it is read.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use featuregate_core::__private::slice;

use super::super::keys::{Keys, is_variable};
use super::super::removal::PartId;
use super::super::setting::{ListId, ListKind, Syntax};
use super::super::text::{Builder, Passage, is_mark};
use super::super::tree::{self, Kind, Tree};
use super::arguments::{Takes, several};
use super::document::{Document, Language};
use super::reading::Reading;
use super::word::{Word, split};

/// How many texts may lie in each other.
pub(super) const DEPTH: usize = 6;

pub(super) const TOO_DEEP: &str = "text is nested too deep";

impl Reading<'_> {
    /// Reads a text in a text. `part` is what is removed when nothing is left of it.
    pub(super) fn embedded(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        list: Option<ListId>,
        depth: usize,
    ) {
        let before = self.reported();
        self.embedded_text(passage, part, list, depth);
        let text = passage.text();
        let is_unread = || tree_of(text, &self.keys, false).is_none();
        if self.reported() == before && self.has_map_of_gates(text) && is_unread() {
            let at = passage.span(0..passage.text().len()).start;
            self.skip(at, "text is neither YAML nor JSON, but seems to have a map of gates");
        }
    }

    /// Whether a text looks like YAML or JSON that has a map of gates with entries.
    fn has_map_of_gates(&self, text: &str) -> bool {
        if !self.keys.mentioned(text) || !may_be_structured(text) {
            return false;
        }
        let is_key =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '"' | '\'');
        let first = text.lines().map(str::trim).find(|it| !it.is_empty() && !it.starts_with('#'));
        let is_tree = first.is_some_and(|line| {
            line.starts_with(['{', '[']) || line == "---" || {
                let (key, value) = line.split_once(':').unwrap_or((" ", ""));
                key.trim_start_matches("- ").chars().all(is_key)
                    && (value.is_empty() || value.starts_with(' '))
            }
        });
        // Behind each colon but the last is a value, and before the next one a key.
        let mut parts = text.split(':').peekable();
        is_tree
            && std::iter::from_fn(|| Some((parts.next()?, *parts.peek()?))).any(
                |(before, value)| {
                    let before = before.trim_end_matches(['"', '\'', '\\', ' ']);
                    let from = before.rfind(|c: char| !is_key(c)).map_or(0, |at| at + 1);
                    let name = before.get(from..).unwrap_or_default().trim_matches(['"', '\'']);
                    let value = value.trim_start_matches([' ', '\\']);
                    self.keys.name(name) && value.starts_with(['{', '\n'])
                },
            )
    }

    fn embedded_text(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        list: Option<ListId>,
        depth: usize,
    ) {
        let text = passage.text();
        if let Some(decoded) = decoded(passage) {
            return self.frozen(|reading| reading.embedded(&decoded, None, None, depth + 1));
        }
        if !self.keys.mentioned(text) {
            return;
        }
        let start = text.trim_start();
        let lines = text.trim_end().contains('\n');
        if depth >= DEPTH {
            if lines || several(text) {
                let at = passage.span(0..text.len()).start;
                self.skip(at, TOO_DEEP);
            }
            return;
        }
        if let Some(parts) = mime(text) {
            // What is in a part is for another program to read, and may not be empty.
            for range in parts {
                let body = passage.slice(range);
                self.frozen(|reading| reading.embedded(&body, None, None, depth + 1));
            }
            return;
        }
        if self.structured(passage, part, depth) {
            return;
        }
        if lines || start.starts_with("#!") {
            return self.lines(passage, part, depth);
        }
        // An item of a list is the variable; another text may be a script with it.
        let keeps_variables = list.is_none();
        let list = list.unwrap_or_else(|| self.add_list(ListKind::List));
        let takes = Takes { host: part, unordered: true, keeps_variables, ..Takes::found(list) };
        if is_command(start) {
            let is_list = start.contains(" - ");
            return self.shell(passage, part.is_some() && !is_list, depth);
        }
        if several(text) || text.contains(['"', '\'', '\\']) {
            return self.words(passage, &split(passage), takes, depth);
        }
        let lead = text.len() - start.len();
        let trimmed = lead..lead + start.trim_end().len();
        let text = passage.slice(trimmed.clone());
        let word = Word { text, span: trimmed, tail: 0, expands: false, is_other: false };
        self.words(passage, &[word], takes, depth);
    }

    /// Reads lines that are not structured.
    fn lines(&mut self, passage: &Passage<'_>, part: Option<PartId>, depth: usize) {
        match unstructured(passage.text()) {
            Syntax::Unit => self.unit(passage, depth),
            Syntax::Env => self.env(passage, depth),
            Syntax::Dockerfile => self.dockerfile(passage, depth),
            _ => self.shell(passage, part.is_some(), depth),
        }
    }

    /// Reads a text if it is JSON, YAML or TOML and not just words; returns whether it is.
    pub(super) fn structured(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        depth: usize,
    ) -> bool {
        let text = passage.text();
        if depth >= DEPTH || !may_be_structured(text) || !self.keys.mentioned(text) {
            return false;
        }
        let Some((tree, language)) = tree_of(text, &self.keys, false) else { return false };
        let alone = tree.roots().count() == 1 && !text.lines().any(is_mark);
        let read = |reading: &mut Self, part| {
            Document::new(reading, passage, tree, language).within(part, depth).walk();
        };
        if alone && language != Language::Toml {
            self.set_count(part, 1);
            read(self, part);
        } else {
            // Between documents is more than a tree has, and TOML in a text is another program's.
            self.frozen(|reading| read(reading, None));
        }
        true
    }

    /// Reads a scalar that is written instead of a map or list of gates, and returns whether it is one.
    pub(super) fn embedded_gates(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        depth: usize,
    ) -> bool {
        let text = passage.text();
        let start = text.trim_start();
        // Of one line it is a map where it cannot be `A=true,B=false`.
        let is_map = text.contains(": ") && !text.contains('=');
        let lines = text.trim_end().contains('\n') && !text.contains('=');
        if depth >= DEPTH || !(lines || is_map || start.starts_with(['{', '['])) {
            return false;
        }
        let Some((tree, language)) = tree_of(text, &self.keys, true) else { return false };
        let Some(root) = tree.roots().next() else { return false };
        self.set_count(part, tree.roots().count());
        Document::new(self, passage, tree, language).within(part, depth).gates(root, None);
        true
    }
}

/// What a text in a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Yaml,
    Json,
    Toml,
    Shell,
    /// Lines with names and words.
    Lines,
    /// Words, or what is between commas.
    Words,
}

/// What a text is that has settings.
pub(crate) fn kind_of(text: &str) -> Text {
    let start = text.trim_start();
    let lines = text.trim_end().contains('\n');
    if may_be_structured(text)
        && let Some((_, language)) = tree_of(text, &Keys::default(), true)
    {
        return match language {
            Language::Yaml => Text::Yaml,
            Language::Json => Text::Json,
            Language::Toml => Text::Toml,
        };
    }
    if lines || start.starts_with("#!") {
        return match unstructured(text) {
            Syntax::Shell => Text::Shell,
            _ => Text::Lines,
        };
    }
    if is_command(start) { Text::Shell } else { Text::Words }
}

/// Whether a text looks like more than words.
fn may_be_structured(text: &str) -> bool {
    let start = text.trim_start();
    let lines = text.trim_end().contains('\n');
    (lines || start.starts_with(['{', '[']) || start.starts_with("- ") || text.contains(": "))
        && !start.starts_with("#!")
}

/// The tree of a text that is JSON, YAML or TOML and not just words, perhaps without the parts that have nothing to
/// do with keys.
fn tree_of(text: &str, keys: &Keys, whole: bool) -> Option<(Tree, Language)> {
    let wanted = (!whole).then_some(keys);
    if text.trim_start().starts_with(['{', '[']) {
        let tree = tree::json(text, wanted);
        if !tree.faulty() {
            return Some((tree, Language::Json));
        }
    }
    let tree = tree::yaml(text, wanted);
    let structured =
        tree.roots().any(|root| matches!(tree.kind(root), Kind::Map(_) | Kind::Seq(_)));
    if tree.faulty() || !structured {
        let header = |line: &str| line.starts_with('[') && line.trim_end().ends_with(']');
        let is_toml = text.lines().any(|line| header(line) || line.contains(" = "));
        let tree = is_toml.then(|| tree::toml(text, wanted)).filter(|tree| !tree.faulty())?;
        return Some((tree, Language::Toml));
    }
    // A command with a colon in it is not a map.
    let passage = Passage::of_file(text);
    let commands = tree.roots().any(|root| {
        matches!(tree.kind(root), Kind::Map(_))
            && tree.entries(root).any(|(key, _)| {
                let key = tree.text(key, &passage);
                key.is_some_and(|key| key.text().contains('=') && keys.mentioned(key.text()))
            })
    });
    (!commands).then_some((tree, Language::Yaml))
}

/// What lines are that are no tree: a unit, variables, instructions, or a script.
pub(super) fn unstructured(text: &str) -> Syntax {
    let is_comment = |line: &&str| line.starts_with(['#', ';']);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    if text.starts_with("#!") {
        return Syntax::Shell;
    }
    let first = lines().next().unwrap_or_default();
    if first.starts_with('[') && first.ends_with(']') && !first.contains(' ') {
        return Syntax::Unit;
    }
    if first.starts_with("FROM ") {
        return Syntax::Dockerfile;
    }
    // A line that goes on has anything after the first.
    let mut goes_on = false;
    let only = lines().all(|line| {
        let was = std::mem::replace(&mut goes_on, line.ends_with('\\'));
        was || is_entry(line)
    });
    if only { Syntax::Env } else { Syntax::Shell }
}

/// Whether a line is a variable with its value, and no command after it.
fn is_entry(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let Some((name, value)) = line.split_once('=') else { return false };
    let value = value.trim().trim_end_matches('\\');
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let only = match quote {
        Some(quote) => {
            let inner = slice(value, 1..);
            let closing = inner.find(quote);
            closing.is_none_or(|closing| {
                let rest = slice(inner, closing + 1..).trim_start();
                rest.is_empty() || rest.starts_with('#')
            })
        }
        // More options, but no program.
        None => value.split_whitespace().skip(1).all(|word| word.starts_with(['-', '#'])),
    };
    only && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !value.contains(['|', ';', '&', '`'])
}

/// Whether one line is a command of a shell: it has an operator, or a program before its arguments.
fn is_command(line: &str) -> bool {
    let rest = without_variables(line);
    let first = rest.split_whitespace().next().unwrap_or_default();
    let program =
        !first.is_empty() && !first.starts_with(['-', '"', '\'', '#']) && !first.contains('=');
    let operator = [" | ", " || ", " && ", "; ", " > ", " >> ", "$(", "`", " <<"];
    several(line) && program || operator.iter().any(|operator| line.contains(operator))
}

/// A command without the variables before it.
fn without_variables(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some((_, value)) = rest.split_once('=').filter(|(name, _)| is_variable(name)) {
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = match quote {
            Some(quote) => slice(value, 1..).find(quote).map(|length| length + 2),
            None => value.find(char::is_whitespace),
        };
        let Some(end) = end else { return "" };
        rest = slice(value, end..).trim_start();
    }
    rest
}

/// What a text in base64, or a `data:` URL, contains.
fn decoded(passage: &Passage<'_>) -> Option<Passage<'static>> {
    let text = passage.text().trim();
    let bytes = match text.strip_prefix("data:") {
        Some(url) => {
            let (kind, data) = url.split_once(',')?;
            if kind.ends_with(";base64") {
                base64(data)?
            } else {
                percent_encoding::percent_decode_str(data).collect()
            }
        }
        None => base64(text)?,
    };
    let content = String::from_utf8(bytes).ok()?;
    let whole = 0..passage.text().len();
    let mut builder = Builder::new(passage, 0);
    for c in content.chars() {
        builder.put(c, whole.clone());
    }
    Some(builder.finish())
}

/// The bytes of a text in base64 that is long enough to be no word.
fn base64(text: &str) -> Option<Vec<u8>> {
    const SHORTEST: usize = 16;
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
    if text.len() < SHORTEST || !text.chars().all(|c| letter(c) || c.is_ascii_whitespace()) {
        return None;
    }
    let text: Cow<'_, str> = if text.contains(char::is_whitespace) {
        // Words with spaces between are words.
        if text.contains(' ') {
            return None;
        }
        text.split_whitespace().collect::<String>().into()
    } else {
        text.into()
    };
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE];
    engines.iter().find_map(|engine| engine.decode(text.as_ref()).ok())
}

/// The bodies of a MIME message in several parts, as cloud providers take it.
fn mime(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let head = text.trim_start();
    if !head.starts_with("MIME-Version") && !head.starts_with("Content-Type") {
        return None;
    }
    let (_, rest) = head.split_once("boundary=")?;
    let boundary = rest.lines().next()?.trim().trim_matches('"');
    let boundary = format!("--{}", boundary.split(['"', ';']).next()?);
    let mut bodies = Vec::new();
    let (mut at, mut body) = (0, None);
    let mut heads = false;
    for line in text.split_inclusive('\n') {
        if line.trim_end().strip_suffix("--").unwrap_or(line.trim_end()) == boundary {
            bodies.extend(body.take().map(|start| start..at));
            heads = true;
        } else if heads && line.trim().is_empty() {
            body = Some(at + line.len());
            heads = false;
        }
        at += line.len();
    }
    bodies.extend(body.map(|start| start..at));
    Some(bodies)
}

/// What a file is written in, where its name does not show it.
pub(super) fn syntax(text: &str) -> Syntax {
    if text.starts_with("#!") {
        let first = text.lines().next().unwrap_or_default();
        let shell = ["sh", "bash", "dash", "ksh", "zsh", "openrc-run"];
        let is_shell = first.split(['/', ' ', '!']).any(|word| shell.contains(&word));
        return if is_shell {
            Syntax::Shell
        } else {
            Syntax::Unread("a script that is not a shell's")
        };
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.find(|line| !line.starts_with(['#', ';', '/'])).unwrap_or_default();
    let is_template = first.starts_with("{{") || first.starts_with("{%");
    if first.starts_with('{') && !is_template {
        return Syntax::Json;
    }
    if first.starts_with('[') {
        let list = slice(first, 1..).trim_start();
        if list.is_empty() || list.starts_with(['"', '{', ']', '-']) {
            return Syntax::Json;
        }
        // A header of a systemd unit looks the same as one of TOML.
        let is_toml = list.starts_with('[') || !tree::toml(text, None).faulty();
        return if is_toml { Syntax::Toml } else { Syntax::Unit };
    }
    if first.starts_with("MIME-Version") || first.starts_with("Content-Type") {
        return Syntax::Unknown;
    }
    if is_template || first.starts_with("---") || first.starts_with('%') || first.starts_with("- ")
    {
        return Syntax::Yaml;
    }
    let key = first.find([':', '=', ' ']).map(|at| first.split_at(at));
    match key {
        Some((_, rest)) if rest.starts_with(": ") || rest == ":" => Syntax::Yaml,
        Some((_, rest))
            if rest.trim_start().starts_with('=') && !tree::toml(text, None).faulty() =>
        {
            Syntax::Toml
        }
        _ if first.starts_with('"') => Syntax::Yaml,
        _ => unstructured(text),
    }
}
