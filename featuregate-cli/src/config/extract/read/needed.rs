//! What must stay in a file when nothing is set below it.

use featuregate_core::__private::slice;

use super::super::keys::{CUSTOM, normal};
use super::super::removal::Out;
use super::super::text::{Passage, line_end};
use super::super::tree::{Kind, Layout, NodeId};
use super::document::Document;
use super::location::is_rest;

/// Keys with what a file has, which must be there.
const FILES: [&str; 4] = ["content", "contents", "inline", "block"];

/// Keys with the value that a map is about: without it, the rest of the map is not complete.
const VALUES: [&str; 10] = [
    "Default",
    "ParameterValue",
    "default",
    "defaultValue",
    "line",
    "loop",
    "template",
    "value",
    "valueFrom",
    "with_items",
];

/// How the keys end, in normal form, whose entries have names of their own.
const NAMED: [&str; 13] = [
    "children",
    "configs",
    "environments",
    "hosts",
    "instancegroups",
    "jobs",
    "machines",
    "nodegroups",
    "nodes",
    "pools",
    "steps",
    "tasks",
    "workflows",
];

impl Document<'_, '_, '_, '_> {
    /// Whether something would be missing without the entry of a map: another part of the file names its key, a map that
    /// is merged has the key as well, or it is a module of Ansible or what one must have.
    pub(super) fn is_needed(&mut self, node: NodeId, container: NodeId) -> bool {
        let Some(key) = self.tree.key(node).and_then(|key| self.text_of(key)) else { return false };
        let merged = self.around(container).merged;
        let key = key.text();
        let has_key = |source: NodeId| {
            let source = self.target(source).unwrap_or(source);
            !matches!(self.tree.kind(source), Kind::Map(_))
                || self.tree.entries(source).any(|(name, _)| self.is_text(name, key))
        };
        let module = self.tree.key(container).and_then(|key| self.text_of(key));
        let module = module.as_ref().map_or("", Passage::text);
        let is_alone = self.tree.entries(container).nth(1).is_none();
        self.reading.is_referred(key)
            || key != "<<" && merged.into_iter().any(has_key)
            || base(module) == "set_fact"
            || base(key) == "set_fact"
            || FILES.contains(&key)
            || VALUES.contains(&key) && !is_alone
            || self.is_of_config_map(container) && key.contains('.')
            || self.is_of_matrix(container, key) && !is_alone
    }

    /// Whether a map has the texts of an object that are mounted as files.
    fn is_of_config_map(&self, map: NodeId) -> bool {
        let key = self.tree.key(map).and_then(|key| self.text_of(key));
        let is_data = key.is_some_and(|key| matches!(key.text(), "data" | "stringData"));
        let object = self.tree.parent(map).filter(|_| is_data);
        object.is_some_and(|object| {
            let mut entries = self.tree.entries(object);
            entries.any(|(key, kind)| {
                self.is_text(key, "kind")
                    && (self.is_text(kind, "ConfigMap") || self.is_text(kind, "Secret"))
            })
        })
    }

    /// Whether a key of a map says which combination of a matrix the map is about: without it, it would be about more.
    fn is_of_matrix(&self, map: NodeId, key: &str) -> bool {
        let Some(list) = self.tree.parent(map) else { return false };
        let Some(matrix) = self.tree.parent(list).filter(|it| self.is_key_of(*it, "matrix")) else {
            return false;
        };
        let has_key = || self.tree.entries(matrix).any(|(own, _)| self.is_text(own, key));
        self.is_key_of(list, "exclude") || self.is_key_of(list, "include") && has_key()
    }

    /// Whether the entries or items of a container are things with names of their own, such as hosts or jobs: one of them
    /// is there even if nothing is set for it.
    fn has_named_entries(&self, container: NodeId) -> bool {
        let key = self.tree.key(container).and_then(|key| self.text_of(key));
        key.is_some_and(|key| {
            let key = normal(key.text());
            NAMED.iter().any(|named| key.ends_with(named))
        })
    }

    /// How a node stays that is below a key at the top of an object, or that has a name of its own, unless it has the gates
    /// themselves.
    pub(super) fn stays(&mut self, node: NodeId, container: NodeId) -> Option<Out> {
        let (Kind::Map(layout) | Kind::Seq(layout)) = self.tree.kind(node) else { return None };
        let is_named = self.has_named_entries(container);
        if !matches!(self.tree.kind(container), Kind::Map(_)) {
            return is_named.then_some(Out::Fixed);
        }
        let around = self.around(container);
        let is_top = self.tree.parent(container).is_none();
        // An object may be in a list of them.
        let is_object = around.has_kind && (is_top || around.has_version);
        let key = self.tree.key(node).filter(|_| self.host.is_none() || self.has_lines())?;
        let name = self.text_of(key);
        let names_gates = name.as_ref().is_some_and(|key| self.reading.keys.name(key.text()));
        // Other jobs of GitLab extend a hidden one.
        let is_hidden = is_top && name.is_some_and(|name| name.text().starts_with('.'));
        let has_gates = names_gates && !self.has_maps_of_gates(node);
        if has_gates || !(is_object || is_named || is_hidden) {
            return None;
        }
        if layout != Layout::Block {
            return Some(Out::Stay);
        }
        let end = self.tree.span(key).end;
        let text = self.passage.text();
        let after = slice(text, end..line_end(text, end));
        let colon = after.find(':')?;
        if !is_rest(slice(after, colon + 1..), self.language) {
            return Some(Out::Fixed);
        }
        let empty = if matches!(self.tree.kind(node), Kind::Map(_)) { " {}" } else { " []" };
        Some(Out::Empty(self.passage.span(end + colon..end + colon + 1).end, empty))
    }

    /// Whether a map has maps or lists of gates, and not gates themselves.
    fn has_maps_of_gates(&self, map: NodeId) -> bool {
        let is_map = |node| matches!(self.tree.kind(node), Kind::Map(_));
        let names_gates = |key| self.is_text(key, CUSTOM) || self.is_key(key);
        is_map(map)
            && self.tree.entries(map).any(|(key, value)| {
                !matches!(self.tree.kind(value), Kind::Scalar(_)) && names_gates(key)
            })
    }

    /// Whether the text has lines of its own in the file, and no escapes instead.
    fn has_lines(&self) -> bool {
        let text = self.passage.text();
        let written = slice(self.reading.text, self.passage.span(0..text.len()));
        written.trim_end().contains('\n')
    }
}

/// A module of Ansible without its collection.
fn base(module: &str) -> &str {
    module.rsplit('.').next().unwrap_or(module)
}
