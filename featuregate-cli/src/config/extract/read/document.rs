//! Walks a tree and finds what contains gates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use featuregate_core::__private::slice;

use super::super::keys::{CUSTOM, Under, is_variable};
use super::super::own::{self, OPENSHIFT, reader};
use super::super::removal::{CellId, Out, PartId, RowId};
use super::super::setting::{Consumer, ListId, ListKind};
use super::super::text::Passage;
use super::super::tree::{Kind, Layout, NodeId, Style, Tree};
use super::reading::Reading;
use super::word::{hands_on, takes_next};

/// What a tree was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Json,
    Toml,
}

/// A tree that is being read.
#[derive(Debug)]
pub(super) struct Document<'d, 'f, 'p, 't> {
    pub(super) reading: &'d mut Reading<'f>,
    pub(super) passage: &'p Passage<'t>,
    pub(super) tree: Tree,
    pub(super) language: Language,
    /// The part that it is in, where it is a text in a text.
    pub(super) host: Option<PartId>,
    /// How many texts it lies in.
    pub(super) depth: usize,
    pub(super) parts: BTreeMap<NodeId, PartId>,
    pub(super) rows: BTreeMap<NodeId, Option<RowId>>,
    /// The cells of nodes in their rows.
    pub(super) cells: BTreeMap<NodeId, CellId>,
    /// The lists of the arguments of sequences, one for each branch of a template.
    pub(super) arguments: BTreeMap<(NodeId, usize), ListId>,
    /// The lists of maps behind dotted keys, by the map that they are in and the key.
    pub(super) dotted: BTreeMap<(NodeId, String), ListId>,
    /// The items before those of sequences that are looked at.
    before: BTreeMap<NodeId, NodeId>,
    /// Whether the items of sequences are pieces of one text.
    joined: BTreeMap<NodeId, bool>,
    /// What is known of maps that contain others.
    around: BTreeMap<NodeId, Around>,
    /// Nodes whose gates are listed.
    pub(super) done: BTreeSet<NodeId>,
    /// Nodes that contain gates because of an alias.
    pub(super) meant: Vec<Meant>,
    /// Nodes to look at, the next one last.
    next: Vec<NodeId>,
    /// What reads the text that this one is in.
    pub(super) outer: Arc<Consumer>,
    /// Whether the names of the list that is read are off.
    pub(super) off: bool,
    /// What reads it, where its key says that.
    pub(super) named: Option<&'static str>,
}

/// A node that contains gates because of an alias.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    node: NodeId,
    /// What the key of the alias says.
    under: Under,
    /// Whether its names are off.
    off: bool,
}

/// What is known of a map, for each of its entries.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// The maps that are merged into it.
    pub(super) merged: Vec<NodeId>,
    /// Whether it has a `kind`, and an `apiVersion`.
    pub(super) has_kind: bool,
    pub(super) has_version: bool,
}

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

/// How many entries a map has at most in which one describes another.
const RECORD: usize = 64;

/// All that is in a document.
pub(super) fn roots(document: &Document<'_, '_, '_, '_>) -> Vec<NodeId> {
    document.tree.roots().collect()
}

/// What is not for cargo in a `Cargo.toml`.
pub(super) fn metadata(document: &Document<'_, '_, '_, '_>) -> Vec<NodeId> {
    let tree = &document.tree;
    // A table is in parts where another one is between its headers.
    let named = |map: NodeId, names: &'static [&'static str]| {
        let is_named = |key| names.iter().any(|name| document.is_text(key, name));
        tree.entries(map).filter(move |(key, _)| is_named(*key)).map(|(_, value)| value)
    };
    let tables = tree.roots().flat_map(|root| named(root, &["package", "workspace"]));
    tables.flat_map(|table| named(table, &["metadata"])).collect()
}

impl<'d, 'f, 'p, 't> Document<'d, 'f, 'p, 't> {
    pub(super) fn new(
        reading: &'d mut Reading<'f>,
        passage: &'p Passage<'t>,
        tree: Tree,
        language: Language,
    ) -> Self {
        Self {
            outer: Arc::clone(&reading.consumer),
            off: false,
            named: None,
            reading,
            passage,
            tree,
            language,
            host: None,
            depth: 0,
            parts: BTreeMap::new(),
            rows: BTreeMap::new(),
            cells: BTreeMap::new(),
            arguments: BTreeMap::new(),
            dotted: BTreeMap::new(),
            before: BTreeMap::new(),
            joined: BTreeMap::new(),
            around: BTreeMap::new(),
            done: BTreeSet::new(),
            meant: Vec::new(),
            next: Vec::new(),
        }
    }

    /// The same as a text in a text, which is in that part.
    pub(super) fn within(self, host: Option<PartId>, depth: usize) -> Self {
        Self { host, depth, ..self }
    }

    pub(super) fn walk(self) {
        let roots = roots(&self);
        self.walk_from(roots);
    }

    /// Reads what is in these nodes.
    pub(super) fn walk_from(mut self, roots: Vec<NodeId>) {
        if self.tree.mentions.is_empty() {
            return;
        }
        self.next = roots;
        // Back to front, so that the stack gives them front to back.
        self.next.reverse();
        while let Some(id) = self.next.pop() {
            if !self.done.contains(&id) && self.mentioned(id, id) {
                match self.tree.kind(id) {
                    Kind::Map(_) => self.map(id),
                    Kind::Seq(_) => self.seq(id),
                    Kind::Scalar(_) => self.scalar(id),
                    Kind::Alias(_) => {}
                }
            }
        }
        let around = self.reading.under;
        while let Some(Meant { node, under, off }) = self.meant.pop() {
            if !self.done.contains(&node) {
                (self.reading.under, self.off) = (under, off);
                self.gates(node, None);
            }
        }
        self.reading.under = around;
        self.reading.consumer = Arc::clone(&self.outer);
        let used = &self.tree.aliases;
        let anchors = self.tree.anchors.iter().filter(|anchor| used.contains(&anchor.number));
        let at = anchors.map(|anchor| self.passage.span(anchor.at..anchor.at).start);
        self.reading.parts.anchors.extend(at);
    }

    /// Reads what an alias refers to later, as what is under its key.
    pub(super) fn mean(&mut self, alias: NodeId) {
        let (under, off) = (self.reading.under, self.off);
        self.meant.extend(self.target(alias).map(|node| Meant { node, under, off }));
    }

    /// The node that an alias refers to.
    pub(super) fn target(&self, alias: NodeId) -> Option<NodeId> {
        let Kind::Alias(Some(number)) = self.tree.kind(alias) else { return None };
        self.tree.anchored(number)
    }

    /// Whether the text between two nodes, both included, mentions a key.
    fn mentioned(&self, first: NodeId, last: NodeId) -> bool {
        let (start, end) = (self.tree.span(first).start, self.tree.span(last).end);
        let mentions = &self.tree.mentions;
        let at = mentions.partition_point(|mention| *mention < start);
        mentions.get(at).is_some_and(|mention| *mention < end)
    }

    /// The text of a scalar, decoded.
    pub(super) fn text_of(&self, id: NodeId) -> Option<Passage<'p>> {
        self.tree.text(id, self.passage)
    }

    /// A node as it is written.
    pub(super) fn written(&self, id: NodeId) -> &str {
        slice(self.passage.text(), self.tree.span(id))
    }

    /// Whether a scalar is that word.
    pub(super) fn is_text(&self, id: NodeId, word: &str) -> bool {
        match self.tree.kind(id) {
            // Of several lines it would have a space.
            Kind::Scalar(Style::Plain) => self.written(id) == word,
            Kind::Scalar(Style::Quoted(_)) if self.tree.span(id).len() < word.len() + 2 => false,
            _ => self.text_of(id).is_some_and(|text| text.text() == word),
        }
    }

    /// What is known of a map.
    pub(super) fn around(&mut self, map: NodeId) -> Around {
        if let Some(known) = self.around.get(&map) {
            return known.clone();
        }
        let merged = self.tree.entries(map).filter(|(key, _)| self.is_text(*key, "<<"));
        let around = Around {
            merged: merged.map(|(_, source)| source).collect(),
            has_kind: self.has(map, "kind"),
            has_version: self.has(map, "apiVersion"),
        };
        self.around.insert(map, around.clone());
        around
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

    /// Whether a scalar is the name of something with gates.
    pub(super) fn is_key(&self, id: NodeId) -> bool {
        self.text_of(id).is_some_and(|text| self.reading.keys.name(text.text()))
    }

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

    /// Reads a part of which nothing can be removed, unless it can be changed.
    pub(super) fn frozen_unless(&mut self, changeable: bool, read: impl FnOnce(&mut Self)) {
        let wanted = self.reading.parts.narrow(changeable);
        read(self);
        self.reading.parts.wanted = wanted;
    }

    /// Reads the value of a key, which may say something about it.
    pub(super) fn under(&mut self, key: &str, read: impl FnOnce(&mut Self)) {
        let under = self.reading.keys.under(key);
        let around = std::mem::replace(&mut self.reading.under, under);
        read(self);
        self.reading.under = around;
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

    /// The value of a map's key.
    pub(super) fn entry(&self, entries: &[(NodeId, NodeId)], wanted: &str) -> Option<NodeId> {
        entries.iter().find(|(key, _)| self.is_text(*key, wanted)).map(|(_, value)| *value)
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

    fn seq(&mut self, id: NodeId) {
        self.reading.consumer = self.consumer(id);
        let items: Vec<NodeId> = self.tree.children(id).collect();
        let mut items = items.into_iter().peekable();
        let from = self.next.len();
        let mut previous = None;
        while let Some(item) = items.next() {
            let before = previous.replace(item);
            if !self.mentioned(item, item) || self.done.contains(&item) {
                continue;
            }
            let next = items.peek().copied().filter(|next| {
                matches!(self.tree.kind(*next), Kind::Scalar(_))
                    && self.text_of(item).is_some_and(|text| {
                        text.text().starts_with('-') && self.reading.keys.name(text.text())
                    })
            });
            if let Some(next) = next {
                let list = self.arguments_of(id, item);
                let list = match self.text_of(item) {
                    Some(flag) => self.reading.flag_list(list, flag.text()),
                    None => list,
                };
                let flag = self.part(item);
                let part = self.part(next);
                if let Some(part) = part {
                    self.reading.parts.all[part].also = flag;
                }
                self.done.insert(next);
                previous = Some(next);
                let flag = self.text_of(item);
                if let (Some(flag), Some(text)) = (flag, self.text_of(next)) {
                    self.reading.under(flag.text(), |reading| {
                        reading.items(&text, 0..text.text().len(), list, part);
                    });
                }
                continue;
            }
            if let Some(before) = before {
                self.before.insert(item, before);
            }
            self.next.push(item);
        }
        self.next.split_at_mut(from).1.reverse();
    }

    /// The list of all arguments of a sequence, as far as they are in the same branch as one of them.
    pub(super) fn arguments_of(&mut self, seq: NodeId, item: NodeId) -> ListId {
        let reading = &mut *self.reading;
        let at = self.passage.span(self.tree.span(item)).start;
        let branch = reading.template.branches(at);
        *self.arguments.entry((seq, branch)).or_insert_with(|| reading.add_list(ListKind::List))
    }

    fn scalar(&mut self, id: NodeId) {
        let Some(text) = self.text_of(id) else { return };
        let all = text.text();
        // What is written to a file is for the program that reads the file.
        let consumer = self.consumer(id);
        self.reading.consumer = if self.is_of_file(id) {
            // Of what is around it, only that it is for a program with gates of its own.
            let own = consumer.program.clone().filter(|program| own::program(program).is_some());
            Arc::new(Consumer { program: own, ..Consumer::default() })
        } else {
            consumer
        };
        let seq =
            self.tree.parent(id).filter(|parent| matches!(self.tree.kind(*parent), Kind::Seq(_)));
        let option = self.option_before(id);
        let part = if seq.is_some_and(|seq| self.is_joined(seq)) {
            self.reading.add_part(None, Out::Fixed)
        } else {
            self.pair_of(id).or_else(|| self.argument(id, option))
        };
        let first = all.split('=').next().unwrap_or_default();
        let is_argument = all.starts_with('-') || self.reading.keys.name(first.trim());
        let list = seq.filter(|_| is_argument).map(|seq| {
            let list = self.arguments_of(seq, id);
            // What an option hands on is for the program that the option names.
            let handed = option
                .and_then(|option| self.text_of(option))
                .filter(|_| self.reading.keys.name(first) && !all.starts_with('-'));
            match handed {
                Some(option) => self.reading.flag_list(list, &[option.text(), first].concat()),
                None => list,
            }
        });
        let before = self.reading.found.len();
        let depth = self.depth + 1;
        // No shell takes the quotes away from an argument of a container.
        let is_handed_on =
            option.and_then(|option| self.text_of(option)).is_some_and(|it| hands_on(it.text()));
        if let Some(list) = list
            .filter(|_| self.reading.keys.name(first) && self.is_container(seq) && !is_handed_on)
        {
            let value = first.len() + 1..all.len().max(first.len() + 1);
            let list = self.reading.flag_list(list, first);
            if value.end == all.len() {
                let filter = self.filter(slice(all, value.start..));
                let value = value.start..filter.map_or(value.end, |length| value.start + length);
                // What is before a comma stays, so that the rest cannot become empty.
                let is_first = !first.contains(',');
                let part = if is_first { part } else { self.reading.add_part(None, Out::Fixed) };
                self.reading.under(first, |reading| reading.items(&text, value, list, part));
            }
        } else if self.language == Language::Json && is_expression(all) {
            let at = text.span(0..0).start;
            self.reading.skip(at, "gates in an expression of a template are not read");
        } else {
            let passage = match self.filter(all) {
                Some(end) => text.slice(0..end),
                None => text.slice(0..all.len()),
            };
            // A comment in quotes is not seen by everyone, and lines without quotes may only look like a value.
            let unclear = match self.tree.kind(id) {
                Kind::Scalar(Style::Quoted(_)) => all.contains('#') && all.contains('\n'),
                Kind::Scalar(Style::Plain) => self.written(id).contains('\n'),
                _ => false,
            };
            let part = part.filter(|_| !unclear);
            self.reading.frozen_unless(!unclear, |reading| {
                reading.embedded(&passage, part, list, depth);
            });
        }
        if self.reading.found.len() > before {
            self.indented(id);
        }
    }

    /// Whether the items of a sequence are pieces of one text, so that one that is removed would join others: lines, or what
    /// `Fn::Join` puts together.
    fn is_joined(&mut self, seq: NodeId) -> bool {
        if let Some(known) = self.joined.get(&seq) {
            return *known;
        }
        let tree = &self.tree;
        let is_piece = |item: NodeId| {
            self.text_of(item).is_some_and(|text| text.text().ends_with(['\n', '\\']))
        };
        let outer = tree.parent(seq).filter(|outer| matches!(tree.kind(*outer), Kind::Seq(_)));
        let is_argument = outer.is_some_and(|outer| {
            let mut items = tree.children(outer);
            let separator =
                items.next().filter(|first| matches!(tree.kind(*first), Kind::Scalar(_)));
            separator.is_some() && items.next() == Some(seq) && items.next().is_none()
        });
        let is_joined = is_argument || tree.children(seq).any(is_piece);
        self.joined.insert(seq, is_joined);
        is_joined
    }

    /// The option before an item, whose value the item is.
    fn option_before(&self, item: NodeId) -> Option<NodeId> {
        let before = *self.before.get(&item)?;
        let is_option = takes_next(self.text_of(before)?.text(), self.text_of(item)?.text());
        is_option.then_some(before)
    }

    /// The part of an item, which is removed with the option that it is the value of. A variable that a program is given
    /// may be needed, unless its option says that it is one.
    fn argument(&mut self, item: NodeId, option: Option<NodeId>) -> Option<PartId> {
        let Some(option) = option else { return self.part(item) };
        let is_given = self
            .text_of(item)
            .is_some_and(|text| is_variable(text.text().split('=').next().unwrap_or_default()));
        let is_env = ["-e", "--env"].iter().any(|name| self.is_text(option, name));
        if is_given && !is_env {
            return self.reading.add_part(None, Out::Fixed);
        }
        let part = self.part(item)?;
        self.reading.parts.all[part].also = self.part(option);
        Some(part)
    }

    /// Whether a scalar is the content of a file in a map that has its path as well.
    fn is_of_file(&self, id: NodeId) -> bool {
        let Some(map) = self.tree.parent(id) else { return false };
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(map).take(RECORD).collect();
        matches!(self.tree.kind(map), Kind::Map(_))
            && ["content", "contents", "data"]
                .iter()
                .any(|key| self.entry(&entries, key) == Some(id))
            && ["dest", "dst", "path"].iter().any(|key| self.entry(&entries, key).is_some())
    }

    /// Where the nodes begin that k3d wants an argument for.
    fn filter(&self, argument: &str) -> Option<usize> {
        let consumer = &self.reading.consumer;
        let is_file = consumer.api_version.as_ref().is_some_and(|it| it.starts_with("k3d.io/"));
        let is_command = consumer.program.as_deref() == Some("k3d");
        if is_file || is_command { argument.find('@') } else { None }
    }

    /// Whether a sequence has the arguments of a container.
    fn is_container(&self, seq: Option<NodeId>) -> bool {
        let key = seq.and_then(|seq| self.tree.key(seq)).and_then(|key| self.text_of(key));
        key.is_some_and(|key| matches!(key.text(), "args" | "command"))
    }

    /// The part of a map of a name and this value, such as a variable of an environment, or of an argument of k3d and
    /// the nodes that it is for.
    fn pair_of(&mut self, value: NodeId) -> Option<PartId> {
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

    /// Whether a scalar, or the one that an alias refers to, is null.
    pub(super) fn is_null(&self, id: NodeId) -> bool {
        let id = self.target(id).unwrap_or(id);
        self.tree.kind(id) == Kind::Scalar(Style::Plain)
            && matches!(self.written(id), "" | "~" | "null" | "Null" | "NULL")
    }

    pub(super) fn is_block(&self, id: NodeId) -> bool {
        matches!(self.tree.kind(id), Kind::Map(layout) | Kind::Seq(layout) if layout != Layout::Flow)
    }
}

/// Whether a text is an expression, as templates of Azure have them: `[concat('a', 'b')]`.
fn is_expression(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.and_then(|inner| inner.split_once('(')).is_some_and(|(function, rest)| {
        rest.ends_with(')') && function.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
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
