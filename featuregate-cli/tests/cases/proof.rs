//! Whether a fix of a text is right, by readings that do not depend on how it was made.

use std::collections::BTreeMap;
use std::sync::Arc;

use featuregate_cli::check::Checker;
use featuregate_cli::extract::Syntax;
use featuregate_cli::finding::Finding;

use crate::comments;
use crate::minus::Fixes;
use crate::tree::{self, Node};

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was fixed, and both texts can be read.
    Fixed,
    /// It was fixed, but another parser cannot read it.
    Unread,
    /// It has findings, but no fix.
    Left,
    /// It has no findings.
    Clean,
}

fn read(syntax: Syntax, text: &str) -> Result<Vec<Node>, String> {
    match syntax {
        Syntax::Json => tree::json(text),
        Syntax::Toml => tree::toml(text),
        _ => tree::yaml(text),
    }
}

/// Whether the parser that the command uses can read a text, although another one cannot.
fn is_readable(syntax: Syntax, text: &str) -> bool {
    match syntax {
        Syntax::Json => {
            let options = jsonc_parser::ParseOptions::default();
            jsonc_parser::parse_to_ast(text, &jsonc_parser::CollectOptions::default(), &options)
                .is_ok()
        }
        Syntax::Toml => false,
        _ => granit_parser::Parser::new_from_str(text).all(|event| event.is_ok()),
    }
}

/// A finding without its location, which changes with a fix, as does a name that is corrected.
fn identity<'f>(
    finding: &'f Finding,
    corrected: &BTreeMap<&str, &'f str>,
) -> (&'f str, &'f str, Option<&'f str>) {
    let gate = &*finding.gate;
    (finding.rule, corrected.get(gate).copied().unwrap_or(gate), finding.value.as_deref())
}

/// Fixes a text.
///
/// # Errors
/// What is wrong with the fix, beginning with a word for its kind.
pub(crate) fn prove(checker: &Checker, syntax: Syntax, text: &str) -> Result<Outcome, String> {
    let path = Arc::from("file");
    let before = checker.check(&path, syntax, text).findings;
    let promised: Vec<_> =
        before.iter().filter_map(|it| Some((&*it.gate, &*it.fix.as_ref()?.description))).collect();
    let fixed = match checker.fix(syntax, text) {
        Ok(Some(fixed)) => fixed.text,
        unfixed if promised.is_empty() => {
            return match unfixed {
                Ok(_) if before.is_empty() => Ok(Outcome::Clean),
                _ => Ok(Outcome::Left),
            };
        }
        Ok(None) => return Err("promise: findings have a fix, but nothing is changed".to_owned()),
        Err(reason) => return Err(format!("promise: findings have a fix, but {reason}")),
    };
    if promised.is_empty() {
        return Err("promise: no finding has a fix, but something is changed".to_owned());
    }
    let allowed = Fixes::of(promised.iter().copied());
    match checker.fix(syntax, &fixed) {
        Ok(None) => {}
        again => return Err(format!("again: a second run gives {again:?}")),
    }
    let after = checker.check(&path, syntax, &fixed).findings;
    if let Some(left) = after.iter().find(|it| it.fix.is_some()) {
        return Err(format!("promise: a fix is left: {left:?}"));
    }
    let corrected =
        promised.iter().filter_map(|(gate, fix)| Some((*gate, fix.strip_prefix("write ")?)));
    let corrected: BTreeMap<&str, &str> =
        corrected.filter(|it| it.1.starts_with(|first: char| first.is_ascii_uppercase())).collect();
    let as_written = BTreeMap::new();
    let mut known: Vec<&Finding> = before.iter().collect();
    for finding in &after {
        let now = identity(finding, &as_written);
        let is =
            |it: &&Finding| identity(it, &as_written) == now || identity(it, &corrected) == now;
        let Some(at) = known.iter().position(is) else {
            return Err(format!("new: {finding:?}"));
        };
        known.remove(at);
    }
    ends(text, &fixed)?;
    let scan = if syntax == Syntax::Toml { comments::toml } else { comments::yaml };
    comments::kept(text, &fixed, scan).map_err(|error| format!("comment: {error}"))?;
    let Ok(old) = read(syntax, text) else {
        if !is_readable(syntax, text) {
            return Err("unreadable: a text that cannot be read was changed".to_owned());
        }
        let readable = is_readable(syntax, &fixed);
        return readable
            .then_some(Outcome::Unread)
            .ok_or_else(|| "parse: nothing reads it".to_owned());
    };
    let new = read(syntax, &fixed).map_err(|error| format!("parse: {error}"))?;
    allowed.documents(&old, &new).map_err(|error| format!("tree: {error}"))?;
    Ok(Outcome::Fixed)
}

/// The ends of lines, the mark at the start and the end of the text stay as they are.
fn ends(old: &str, new: &str) -> Result<(), String> {
    let bare = |text: &str| text.replace("\r\n", "").contains('\n');
    if old.contains("\r\n") && !bare(old) && bare(new) {
        return Err("ends: a line ends otherwise".to_owned());
    }
    if old.starts_with('\u{feff}') != new.starts_with('\u{feff}') {
        return Err("ends: the mark at the start changed".to_owned());
    }
    if old.ends_with('\n') && !new.ends_with('\n') && !new.trim_start_matches('\u{feff}').is_empty()
    {
        return Err("ends: the last line ends otherwise".to_owned());
    }
    Ok(())
}
