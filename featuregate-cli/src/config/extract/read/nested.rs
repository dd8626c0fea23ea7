//! Texts in a scalar: YAML, JSON, a script, a command.

use featuregate_core::__private::slice;

use super::super::removal::{Out, PartId};
use super::super::setting::{ListId, ListKind};
use super::super::text::{Passage, logical};
use super::super::tree::{self, Kind, Tree};
use super::document::{Document, Language};
use super::printed::is_printed;
use super::reading::Reading;

/// How many texts may lie in each other.
const DEPTH: usize = 6;

impl Reading<'_> {
    /// Reads a scalar that mentions a key.
    pub(super) fn nested(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        list: Option<ListId>,
        depth: usize,
    ) {
        let text = passage.text();
        let start = text.trim_start();
        let several = text.trim_end().contains('\n');
        let structured = several || start.starts_with(['{', '[']) || text.contains(": ");
        if depth < DEPTH && structured && !start.starts_with("#!") {
            if let Some(parts) = mime(text) {
                for range in parts {
                    let holder = self.add_part(part, Out::Stay);
                    self.nested(&passage.slice(range), holder, None, depth + 1);
                }
                return;
            }
            if let Some((tree, language)) = self.structured(text, false) {
                self.set_count(part, tree.roots().count());
                return Document::new(self, passage, tree, language).within(part, depth).walk();
            }
        } else if structured && depth >= DEPTH {
            let at = passage.span(0..text.len()).start;
            return self.skip(at, "text is nested too deep");
        }
        if several { self.script(passage, part) } else { self.command(passage, part, list) }
    }

    /// Reads a scalar that is written instead of a map or list of gates, and returns whether it is one.
    pub(super) fn nested_gates(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        depth: usize,
    ) -> bool {
        let text = passage.text();
        let start = text.trim_start();
        let several = text.trim_end().contains('\n') && !text.contains('=');
        if depth >= DEPTH || !(several || start.starts_with(['{', '['])) {
            return false;
        }
        let Some((tree, language)) = self.structured(text, true) else { return false };
        let Some(root) = tree.roots().next() else { return false };
        self.set_count(part, tree.roots().count());
        Document::new(self, passage, tree, language).within(part, depth).gates(root, None);
        true
    }

    /// The tree of a text that is JSON or YAML and not just a text, perhaps with parts that have nothing to do with
    /// keys.
    fn structured(&self, text: &str, whole: bool) -> Option<(Tree, Language)> {
        let keys = (!whole).then_some(&self.keys);
        if text.trim_start().starts_with(['{', '[']) {
            let tree = tree::json(text, keys);
            if !tree.faulty() {
                return Some((tree, Language::Json));
            }
        }
        let tree = tree::yaml(text, keys);
        let structured =
            tree.roots().any(|root| matches!(tree.kind(root), Kind::Map(_) | Kind::Seq(_)));
        if tree.faulty() || !structured {
            return None;
        }
        // A command with a colon in it is not a map.
        let passage = Passage::of_file(text);
        let commands = tree.roots().any(|root| {
            matches!(tree.kind(root), Kind::Map(_))
                && tree.entries(root).any(|(key, _)| {
                    let key = tree.text(key, &passage);
                    key.is_some_and(|key| {
                        key.text().contains('=') && self.keys.mentioned(key.text())
                    })
                })
        });
        (!commands).then_some((tree, Language::Yaml))
    }

    /// Reads lines of a shell, environment file or systemd unit.
    pub(super) fn script(&mut self, passage: &Passage<'_>, part: Option<PartId>) {
        let text = passage.text();
        let keys = &self.keys;
        let (scripts, count) = logical(passage, |range| {
            let line = slice(text, range);
            keys.mentioned(line) && !is_printed(line)
        });
        self.set_count(part, count);
        for script in scripts {
            let out = if script.needed { Out::Fixed } else { Out::Cut(script.lines) };
            let line = self.add_part(part, out);
            let list = self.add_list(ListKind::List);
            self.command(&script.line, line, Some(list));
        }
    }
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
