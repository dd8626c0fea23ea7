//! What reads a part of a document.

use std::sync::Arc;

use super::super::own;
use super::super::setting::Consumer;
use super::super::tree::{Kind, NodeId};
use super::document::Document;

/// How many entries an object or a container has at most.
const ENTRIES: usize = 64;

impl Document<'_, '_, '_, '_> {
    /// What reads a node: the innermost object around it, and the program of its container.
    pub(super) fn consumer(&self, id: NodeId) -> Arc<Consumer> {
        let program = if self.is_gates(id) { None } else { self.of_key(id) };
        let mut found = Consumer { program, ..Consumer::default() };
        let mut at = self.tree.parent(id);
        while let Some(node) = at {
            if found.program.is_none() && self.is_command(node) {
                found.program = self.first_program(node);
            }
            if found.program.is_none() {
                found.program = self.of_key(node);
            }
            if self.is_key_of(node, "clusterConfiguration") {
                // Of kubeadm, wherever it is passed on to.
                found.kind = Some("ClusterConfiguration".to_owned());
                found.api_version = Some(KUBEADM_GROUP.to_owned());
                break;
            }
            if matches!(self.tree.kind(node), Kind::Map(_)) {
                let entries: Vec<(NodeId, NodeId)> =
                    self.tree.entries(node).take(ENTRIES).collect();
                if found.program.is_none() {
                    found.program = self.program(node, &entries);
                }
                if found.program.is_none() && found.hint.is_none() {
                    let chart = || {
                        let mut charts = ["chart", "remoteChart"].iter();
                        let chart = charts.find_map(|key| self.scalar_entry(&entries, key))?;
                        Some(last(&chart).to_owned())
                    };
                    found.hint = self.container(node, &entries).or_else(chart);
                }
                found.kind = self.scalar_entry(&entries, "kind");
                if let Some(kind) = &found.kind {
                    found.api_version = self.scalar_entry(&entries, "apiVersion");
                    if found.program.is_none() {
                        found.program = self.program_of_object(kind, &entries, id);
                    }
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
        if found.program.is_none() {
            found.program = found.hint.as_deref().and_then(own::program).map(str::to_owned);
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
        let image = if let Kind::Map(_) = self.tree.kind(image) {
            // As in the values of a chart.
            let parts: Vec<(NodeId, NodeId)> = self.tree.entries(image).take(ENTRIES).collect();
            ["repository", "name"].iter().find_map(|key| self.scalar_entry(&parts, key))?
        } else {
            let text = self.text_of(image)?;
            let named = text.text().len() - last(text.text()).len();
            let end = text.text().rfind([':', '@']).filter(|end| *end > named);
            if self.reading.template.gives(&text.span(named..end.unwrap_or(text.text().len()))) {
                return self.container(map, entries).filter(|name| name.contains('-'));
            }
            text.text().to_owned()
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

    /// The program that the key of a node is of, such as `etcd-arg`; of the key `sidecars`, what has its name.
    fn of_key(&self, node: NodeId) -> Option<String> {
        let key = self.text_of(self.tree.key(node)?)?;
        let is_sidecar = || self.is_key_of(self.tree.parent(node)?, "sidecars").then(|| key.text());
        own::program(key.text()).or_else(is_sidecar).map(str::to_owned)
    }

    /// Whether a node is what is under a key with gates.
    fn is_gates(&self, node: NodeId) -> bool {
        self.tree.key(node).is_some_and(|key| self.is_key(key))
    }

    /// Whether a node is the value of that key.
    pub(super) fn is_key_of(&self, node: NodeId, name: &str) -> bool {
        self.tree.key(node).is_some_and(|key| self.is_text(key, name))
    }

    /// The program of its own that an object is about, by its name or its chart. The gates of a node that nodeadm starts are
    /// those of nodeadm, but for the kubelet's.
    fn program_of_object(
        &self,
        kind: &str,
        entries: &[(NodeId, NodeId)],
        gates: NodeId,
    ) -> Option<String> {
        if kind == "NodeConfig" {
            let is_own = self.is_key_of(self.tree.parent(gates)?, "spec");
            return is_own.then(|| "nodeadm".to_owned());
        }
        if !CARRIERS.contains(&kind) {
            return None;
        }
        let texts = |path: &[&str]| {
            let (last, path) = path.split_last()?;
            let mut map: Vec<(NodeId, NodeId)> = entries.to_vec();
            for key in path {
                map = self.tree.entries(self.entry(&map, key)?).take(ENTRIES).collect();
            }
            self.scalar_entry(&map, last)
        };
        let mut named =
            [texts(&["spec", "chart", "spec", "chart"]), texts(&["metadata", "name"])].into_iter();
        let own = named.find_map(|name| own::program(&name?));
        own.map(str::to_owned)
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
            let name = last(item.text().trim_end());
            let is_for_starter = |c: char| c == '-' || c.is_ascii_digit();
            if !item.text().starts_with(is_for_starter) && !STARTERS.contains(&name) {
                let is_program = !name.is_empty()
                    && !name.contains([' ', '=', '$'])
                    && !name.ends_with("sh")
                    && !WORDS.contains(&name);
                return is_program.then(|| name.to_owned());
            }
        }
        None
    }
}

/// The group of what kubeadm reads.
const KUBEADM_GROUP: &str = "kubeadm.k8s.io";

/// Kinds of objects that have the configuration of any program.
const CARRIERS: [&str; 8] = [
    "Application",
    "ConfigMap",
    "HelmApp",
    "HelmChart",
    "HelmChartConfig",
    "HelmChartProxy",
    "HelmRelease",
    "Secret",
];

/// What a program of an image with several roles is given first.
const WORDS: [&str; 5] = ["agent", "run", "serve", "server", "start"];

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
