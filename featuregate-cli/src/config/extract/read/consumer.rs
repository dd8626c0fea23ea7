//! What reads a part of a document.

use std::sync::Arc;

use super::super::keys::{ETCD, is_of_etcd};
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
            if found.program.is_none() && self.is_command(node) {
                found.program = self.first_program(node);
            }
            if found.program.is_none() && self.is_for_etcd(node) {
                found.program = Some(ETCD.to_owned());
            }
            if matches!(self.tree.kind(node), Kind::Map(_)) {
                let entries: Vec<(NodeId, NodeId)> =
                    self.tree.entries(node).take(ENTRIES).collect();
                if found.program.is_none() {
                    found.program = self.program(node, &entries);
                }
                if found.program.is_none() && found.hint.is_none() {
                    let chart = || Some(last(&self.scalar_entry(&entries, "chart")?).to_owned());
                    found.hint = self.container(node, &entries).or_else(chart);
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
            if found.hint.is_none() {
                found.hint.clone_from(&self.outer.hint);
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

    /// The program of a container or a service: the first word of its command, or what its image is called.
    fn program(&self, map: NodeId, entries: &[(NodeId, NodeId)]) -> Option<String> {
        let command = self.entry(entries, "command");
        if let Some(program) = command.and_then(|command| self.first_program(command)) {
            return Some(program);
        }
        // As an editor starts it.
        if let Some(program) = self.scalar_entry(entries, "program") {
            return Some(last(&program).to_owned());
        }
        // The image of a job only has the programs that its script runs.
        let runs = |key: &&str| self.entry(entries, key).is_some();
        if ["script", "before_script", "after_script", "commands", "run"].iter().any(runs) {
            return None;
        }
        let Some(image) = self.entry(entries, "image") else {
            // A word like `manager` says nothing.
            return self.container(map, entries).filter(|name| name.contains('-'));
        };
        let image = match self.tree.kind(image) {
            // As in the values of a chart.
            Kind::Map(_) => {
                let parts: Vec<(NodeId, NodeId)> = self.tree.entries(image).take(ENTRIES).collect();
                ["repository", "name"].iter().find_map(|key| self.scalar_entry(&parts, key))?
            }
            _ => self.text_of(image)?.text().to_owned(),
        };
        let name = last(&image).split([':', '@']).next().unwrap_or_default();
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// The name of a container, which is all that a patch says of it.
    fn container(&self, map: NodeId, entries: &[(NodeId, NodeId)]) -> Option<String> {
        let list = self.tree.parent(map).and_then(|list| self.tree.key(list))?;
        let list = self.text_of(list)?;
        matches!(list.text(), "containers" | "initContainers")
            .then(|| self.scalar_entry(entries, "name"))
            .flatten()
    }

    /// Whether a node is the value of a key such as `etcd` or `etcd-arg`.
    fn is_for_etcd(&self, node: NodeId) -> bool {
        let key = self.tree.key(node).and_then(|key| self.text_of(key));
        key.is_some_and(|key| is_of_etcd(key.text()))
    }

    /// Whether a sequence is a command with its arguments: the only one of a text, an item of a list of commands, or what
    /// its key says.
    fn is_command(&self, seq: NodeId) -> bool {
        const KEYS: [&str; 4] = ["argv", "cmd", "command", "entrypoint"];
        if !matches!(self.tree.kind(seq), Kind::Seq(_)) {
            return false;
        }
        match self.tree.parent(seq) {
            None => true,
            Some(parent) if matches!(self.tree.kind(parent), Kind::Seq(_)) => true,
            Some(_) => self
                .tree
                .key(seq)
                .and_then(|key| self.text_of(key))
                .is_some_and(|key| KEYS.contains(&key.text().to_ascii_lowercase().as_str())),
        }
    }

    /// The first item of a command that is a program and does not start another one.
    fn first_program(&self, command: NodeId) -> Option<String> {
        let items = self.tree.children(command).take(ENTRIES);
        let items = items.map_while(|item| self.text_of(item));
        for item in items {
            let span = item.span(0..item.text().len());
            if self.reading.template.gives(&span) {
                return None;
            }
            let name = last(item.text());
            let is_for_starter = |c: char| c == '-' || c.is_ascii_digit();
            if !item.text().starts_with(is_for_starter) && !STARTERS.contains(&name) {
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
