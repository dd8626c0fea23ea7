//! The entries of a map: which of them are gates, variables, patches, or only about gates.

use std::sync::Arc;

use featuregate_core::__private::slice;

use super::super::keys::{CUSTOM, is_variable};
use super::super::own::{self, OPENSHIFT, reader};
use super::super::removal::{Out, PartId};
use super::super::setting::ListKind;
use super::super::text::Passage;
use super::super::tree::{Kind, NodeId};
use super::arguments::hands_on;
use super::document::{Document, RECORD};

/// Keys whose text is for people.
const PROSE: [&str; 31] = [
    "name",
    "debug",
    "error",
    "example",
    "examples",
    "expected",
    "fail",
    "fail_msg",
    "label",
    "msg",
    "hint",
    "query",
    "placeholder",
    "reason",
    "resolution",
    "solution",
    "success_msg",
    "description",
    "displayname",
    "summary",
    "message",
    "title",
    "comment",
    "comments",
    "note",
    "notes",
    "help",
    "documentation",
    "doc",
    "remediation",
    "usage",
];

impl Document<'_, '_, '_, '_> {
    pub(super) fn map(&mut self, id: NodeId) {
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(id).collect();
        let relevant = entries.iter().filter(|(key, value)| self.mentioned(*key, *value));
        let relevant: Vec<(NodeId, NodeId)> = relevant.copied().collect();
        if self.compares(&entries) {
            return;
        }
        let from = self.next.len();
        for (key, value) in &relevant {
            let Some(name) = self.text_of(*key) else {
                self.next.push(*value);
                continue;
            };
            let name = name.text();
            if self.reading.keys.name(name) {
                let gates = if self.declares(*value) { self.default(*value) } else { Some(*value) };
                if let Some(gates) = gates {
                    self.off = self.reading.keys.is_off(name);
                    let stays = self.is_used(name) || gates != *value;
                    self.named = reader(name);
                    let kept = self.kept(name);
                    self.under(name, |document| {
                        document.frozen_unless(!stays, |document| document.gates(gates, kept));
                    });
                    self.named = None;
                    self.off = false;
                }
                continue;
            }
            if name == CUSTOM {
                self.custom(*value);
                continue;
            }
            if let Some(gate) =
                self.reading.keys.variable(name).or_else(|| self.reading.keys.path(name))
            {
                self.one_gate(*key, gate, *value);
                continue;
            }
            let is_scalar = matches!(self.tree.kind(*value), Kind::Scalar(_));
            let is_record = is_scalar && entries.len() <= RECORD;
            if is_record && let Some(given) = self.value_of_name(name, id, &entries) {
                if self.is_key(*value) {
                    let name = self.text_of(*value);
                    let name = name.as_ref().map_or("", Passage::text);
                    let used = self.is_used(name);
                    self.named = reader(name);
                    // What else is there does not belong to the setting.
                    self.under(name, |document| {
                        document.frozen_unless(entries.len() == 2 && !used, |document| {
                            let pair = document.variable(id, &entries);
                            let kept = document.kept(name);
                            document.gates(given, kept.or(pair));
                        });
                    });
                    self.named = None;
                    continue;
                }
                let keys = &self.reading.keys;
                let gate = self
                    .text_of(*value)
                    .and_then(|name| keys.variable(name.text()).or_else(|| keys.path(name.text())));
                if let Some(gate) = gate {
                    self.one_gate(*value, gate, given);
                    continue;
                }
            }
            if is_record && name == "path" && self.patch(*value, &entries) {
                continue;
            }
            // What an object is called sets nothing.
            if name == "labels"
                && self.tree.key(id).is_some_and(|key| self.is_text(key, "metadata"))
            {
                continue;
            }
            if is_pattern(name) && !matches!(self.tree.kind(*value), Kind::Map(_)) {
                continue;
            }
            if is_scalar
                && PROSE.contains(&name.to_ascii_lowercase().as_str())
                && !(name == "name" && self.is_argument(id))
            {
                continue;
            }
            self.next.push(*value);
        }
        self.next.split_at_mut(from).1.reverse();
    }

    /// Whether a map is one of the arguments of a state of Salt, as in `cmd.run: [{name: …}]`: its name is the command.
    fn is_argument(&self, map: NodeId) -> bool {
        let list =
            self.tree.parent(map).filter(|list| matches!(self.tree.kind(*list), Kind::Seq(_)));
        let state = list.and_then(|list| self.text_of(self.tree.key(list)?));
        state.is_some_and(|state| state.text().starts_with("cmd."))
    }

    /// A gate whose name is in a key or a name, from a byte on, with its value.
    fn one_gate(&mut self, name: NodeId, from: usize, value: NodeId) {
        let Some(name) = self.text_of(name) else { return };
        self.reading.consumer = self.consumer(value);
        let list = self.reading.add_list(ListKind::Map);
        let is_variable = !slice(name.text(), ..from).ends_with('.');
        let name = name.slice(from..name.text().len());
        self.done.insert(value);
        let around = std::mem::replace(&mut self.reading.is_variable, is_variable);
        // What is removed is not a setting alone, but an entry that names it.
        self.frozen_unless(false, |document| document.entry_value(&name, value, list));
        self.reading.is_variable = around;
    }

    /// Whether a scalar is the name of something with gates.
    pub(super) fn is_key(&self, id: NodeId) -> bool {
        self.text_of(id).is_some_and(|text| self.reading.keys.name(text.text()))
    }

    /// Whether a name is that of a variable that the file refers to, so that it cannot be removed.
    fn is_used(&self, name: &str) -> bool {
        if is_variable(name) {
            self.reading.variables().contains(name)
        } else {
            self.reading.is_referred(name)
        }
    }

    /// What a variable is that the file has more than once: it cannot become empty.
    fn kept(&mut self, name: &str) -> Option<PartId> {
        let is_repeated = is_variable(name) && self.reading.is_repeated(name);
        is_repeated.then(|| self.reading.add_part(None, Out::Fixed)).flatten()
    }

    /// The value in `{name: …, value: …}` and its other spellings, by the key of the name. A `key` is that of a taint.
    fn value_of_name(
        &self,
        key: &str,
        map: NodeId,
        entries: &[(NodeId, NodeId)],
    ) -> Option<NodeId> {
        match key {
            "name" => self.entry(entries, "value").or_else(|| self.entry(entries, "default")),
            "key" if self.are_arguments(map) => self.entry(entries, "value"),
            "Name" | "Key" => self.entry(entries, "Value"),
            // As modules for INI files have it.
            "option" => self.entry(entries, "value"),
            _ => None,
        }
    }

    /// Whether a map is an item of a list of arguments, such as `extraArgs`.
    fn are_arguments(&self, map: NodeId) -> bool {
        let list = self.tree.parent(map).and_then(|list| self.text_of(self.tree.key(list)?));
        list.is_some_and(|list| hands_on(list.text()))
    }

    /// Whether a map is a JSON patch that sets nothing, or a condition: a key, an operator and a value.
    fn compares(&self, entries: &[(NodeId, NodeId)]) -> bool {
        if entries.len() > RECORD {
            return false;
        }
        let entry = |name: &str| self.entry(entries, name);
        let is_test =
            entry("op").is_some_and(|op| self.is_text(op, "test") || self.is_text(op, "remove"));
        let path = entry("path").and_then(|path| self.text_of(path));
        is_test && path.is_some_and(|path| path.text().starts_with('/'))
            || entry("key").is_some() && entry("operator").is_some()
    }

    /// A JSON patch whose path leads to a map of gates or into one.
    fn patch(&mut self, path: NodeId, entries: &[(NodeId, NodeId)]) -> bool {
        if self.entry(entries, "op").is_none() {
            return false;
        }
        let Some(path) = self.text_of(path) else { return false };
        let value = self.entry(entries, "value").or_else(|| self.template_of(entries));
        let Some(value) = value else { return false };
        let Some((above, name)) = path.text().rsplit_once('/') else { return false };
        let is_of_kubeadm = match above.strip_suffix("/featureGates") {
            Some(above) => above.ends_with("/clusterConfiguration"),
            None => name == "featureGates" && above.ends_with("/clusterConfiguration"),
        };
        let kubeadm = is_of_kubeadm.then_some("kubeadm");
        self.named = kubeadm.or_else(|| above.split('/').find_map(own::program));
        let is_found = self.patched((&path, above, name), value);
        self.named = None;
        is_found
    }

    /// The same of a path, which is a name and what is above it.
    fn patched(&mut self, (path, above, name): (&Passage<'_>, &str, &str), value: NodeId) -> bool {
        if self.reading.keys.name(name) {
            if !self.declares(value) {
                self.under(name, |document| document.gates(value, None));
            }
            return true;
        }
        if name == CUSTOM {
            self.custom(value);
            return true;
        }
        let map = above.rsplit('/').next().unwrap_or_default();
        let is_custom = |path: &str| path.rsplit('/').next() == Some(CUSTOM);
        if let ("enabled" | "disabled", true) = (name, is_custom(above)) {
            self.custom_list(value, name == "disabled");
            return true;
        }
        let is_item = above.rsplit_once('/').is_some_and(|(above, _)| is_custom(above));
        if !self.reading.keys.name(map) && !is_item {
            return false;
        }
        self.reading.consumer = self.consumer(value);
        if let Some(program) = self.named.or(is_item.then_some(OPENSHIFT)) {
            Arc::make_mut(&mut self.reading.consumer).program = Some(program.to_owned());
        }
        if name == "-" || is_item {
            let list = self.reading.add_list(ListKind::List);
            let is_off = self.reading.keys.is_off(map) || is_item && map == "disabled";
            self.reading.names.insert(list, !is_off);
            self.done.insert(value);
            if let Some(text) = self.text_of(value) {
                self.reading
                    .frozen(|reading| reading.items(&text, 0..text.text().len(), list, None));
            }
            return true;
        }
        let list = self.reading.add_list(ListKind::Map);
        let name = path.slice(above.len() + 1..path.text().len());
        self.done.insert(value);
        self.entry_value(&name, value, list);
        true
    }

    /// The template of a value that a `ClusterClass` fills in.
    fn template_of(&self, entries: &[(NodeId, NodeId)]) -> Option<NodeId> {
        let from = self.entry(entries, "valueFrom")?;
        let from: Vec<(NodeId, NodeId)> = self.tree.entries(from).take(RECORD).collect();
        self.entry(&from, "template")
    }

    /// Whether a map describes what is allowed there, as a schema does, and sets nothing.
    fn declares(&self, id: NodeId) -> bool {
        const WORDS: [&str; 15] = [
            "type",
            "$ref",
            "properties",
            "additionalProperties",
            "patternProperties",
            "items",
            "anyOf",
            "oneOf",
            "allOf",
            "enum",
            "description",
            "title",
            "default",
            "required",
            "$comment",
        ];
        if !matches!(self.tree.kind(id), Kind::Map(_)) {
            return false;
        }
        // CloudFormation writes them with a capital.
        let is_word = |key: &str| WORDS.iter().any(|word| key.eq_ignore_ascii_case(word));
        // Most have nothing but values of gates, which are quick to recognize.
        let is_value = |text: &str| matches!(text, "true" | "false" | "True" | "False" | "");
        self.tree.entries(id).any(|(key, value)| {
            !is_value(self.written(value))
                && self.text_of(value).is_none_or(|value| !is_value(value.text()))
                && self.text_of(key).is_some_and(|key| is_word(key.text()))
        })
    }

    /// The text that a declared parameter has by default. The default of a schema is a map, which nothing need apply.
    fn default(&self, id: NodeId) -> Option<NodeId> {
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(id).take(RECORD).collect();
        let keys = ["default", "defaultValue", "Default", "value"];
        let default = keys.iter().find_map(|key| self.entry(&entries, key))?;
        matches!(self.tree.kind(default), Kind::Scalar(_)).then_some(default)
    }

    /// The part of a map of a name and this value, such as a variable of an environment, or of an argument of k3d and
    /// the nodes that it is for.
    pub(super) fn pair_of(&mut self, value: NodeId) -> Option<PartId> {
        let map = self.tree.parent(value)?;
        if !matches!(self.tree.kind(map), Kind::Map(_))
            || self.tree.entries(map).take(3).count() != 2
        {
            return None;
        }
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(map).collect();
        if self.entry(&entries, "arg") == Some(value) {
            let filters = self.entry(&entries, "nodeFilters")?;
            if self.property(filters).is_some() {
                return None;
            }
            return self.as_one(map);
        }
        self.entry(&entries, "value").filter(|entry| *entry == value)?;
        self.variable(map, &entries)
    }

    /// The part of a map that gives a name a value, unless something refers to the name: that needs it, and an empty
    /// value will do.
    fn variable(&mut self, map: NodeId, entries: &[(NodeId, NodeId)]) -> Option<PartId> {
        let name = self.text_of(self.entry(entries, "name")?)?;
        if self.reading.is_referred(name.text()) {
            return None;
        }
        self.as_one(map)
    }
}

/// Whether a key has a pattern that is looked for, a condition, or a record of what was set.
fn is_pattern(key: &str) -> bool {
    const KEYS: [&str; 27] = [
        "after",
        "asserts",
        "before",
        "changed_when",
        "condition",
        "contains",
        "denied",
        "denied_args",
        "expr",
        "expression",
        "failed_when",
        "forbidden",
        "if",
        "insertafter",
        "insertbefore",
        "must_not_contain",
        "notContains",
        "pattern",
        "pattern-regex",
        "regex",
        "regexp",
        "search_string",
        "stderr",
        "stdout",
        "that",
        "until",
        "when",
    ];
    KEYS.contains(&key) || key.ends_with("/last-applied-configuration")
}
