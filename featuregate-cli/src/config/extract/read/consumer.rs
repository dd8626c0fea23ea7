//! What reads a part of a document.

use std::sync::Arc;

use super::super::setting::Consumer;
use super::super::tree::{Kind, NodeId};
use super::document::Document;

/// How many entries an object or a container has at most.
const ENTRIES: usize = 64;

impl Document<'_, '_, '_, '_> {
    /// What reads a node: the innermost object around it, and the program of its container.
    pub(super) fn consumer(&self, id: NodeId) -> Arc<Consumer> {
        let mut found = Consumer::default();
        let mut at = self.tree.parent(id);
        while let Some(node) = at {
            if matches!(self.tree.kind(node), Kind::Map(_)) {
                let entries: Vec<(NodeId, NodeId)> =
                    self.tree.entries(node).take(ENTRIES).collect();
                if found.program.is_none() {
                    found.program = self.program(node, &entries);
                }
                found.kind = self.scalar_entry(&entries, "kind");
                if found.kind.is_some() {
                    found.api_version = self.scalar_entry(&entries, "apiVersion");
                    break;
                }
            }
            at = self.tree.parent(node);
        }
        if found.kind.is_none() {
            found.kind.clone_from(&self.outer.kind);
            found.api_version.clone_from(&self.outer.api_version);
            if found.program.is_none() {
                found.program.clone_from(&self.outer.program);
            }
        }
        if found == *self.reading.consumer {
            Arc::clone(&self.reading.consumer)
        } else {
            Arc::new(found)
        }
    }

    fn scalar_entry(&self, entries: &[(NodeId, NodeId)], key: &str) -> Option<String> {
        Some(self.text_of(self.entry(entries, key)?)?.text().to_owned())
    }

    /// The program of a container: the first word of its command, or what its image or itself is called.
    fn program(&self, map: NodeId, entries: &[(NodeId, NodeId)]) -> Option<String> {
        let command = self.entry(entries, "command");
        if let Some(program) = command.and_then(|command| self.first_program(command)) {
            return Some(program);
        }
        if let Some(image) = self.scalar_entry(entries, "image") {
            let name = last(&image);
            return Some(name.split([':', '@']).next().unwrap_or(name).to_owned());
        }
        // Of a patch, only the name is known; a word like `manager` says nothing.
        let name = self.scalar_entry(entries, "name").filter(|name| name.contains('-'))?;
        let list = self.tree.parent(map).and_then(|list| self.tree.key(list))?;
        let list = self.text_of(list)?;
        matches!(list.text(), "containers" | "initContainers").then_some(name)
    }

    /// The first item of a command that is a program and does not start another one.
    fn first_program(&self, command: NodeId) -> Option<String> {
        let items = self.tree.children(command).map_while(|item| self.text_of(item));
        for item in items {
            let span = item.span(0..item.text().len());
            if self.reading.template.gives(&span) {
                return None;
            }
            let name = last(item.text());
            if !item.text().starts_with('-') && !STARTERS.contains(&name) {
                let is_program =
                    !name.is_empty() && !name.contains([' ', '=', '$']) && !name.ends_with("sh");
                return is_program.then(|| name.to_owned());
            }
        }
        None
    }
}

/// Programs that start another one.
const STARTERS: [&str; 14] = [
    "catatonit",
    "chroot",
    "dumb-init",
    "env",
    "exec",
    "gosu",
    "nice",
    "nsenter",
    "runuser",
    "setpriv",
    "stdbuf",
    "su-exec",
    "tini",
    "timeout",
];

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
