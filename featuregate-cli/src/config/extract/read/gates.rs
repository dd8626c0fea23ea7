//! What is written where gates are expected.

use std::ops::Range;

use std::sync::Arc;

use featuregate_core::__private::slice;

use super::super::keys::CUSTOM;
use super::super::own::OPENSHIFT;
use super::super::removal::{Out, PartId};
use super::super::setting::{Consumer, Given, ListId, ListKind, Values};
use super::super::text::{Passage, line_start};
use super::super::tree::{Kind, Layout, NodeId, Style};
use super::document::{Document, Language};
use super::reading::{FROM_TEMPLATE, is_encrypted};

impl Document<'_, '_, '_, '_> {
    /// Lists the gates of a value. `pair` is the part that is removed when it is empty, where that is not its entry.
    pub(super) fn gates(&mut self, id: NodeId, pair: Option<PartId>) {
        if !self.done.insert(id) {
            return;
        }
        self.reading.consumer = self.consumer(id);
        if let Some(program) = self.named {
            Arc::make_mut(&mut self.reading.consumer).program = Some(program.to_owned());
        }
        match self.tree.kind(id) {
            Kind::Map(_) if self.has(id, CUSTOM) => self.map(id),
            Kind::Map(_) => {
                let inner = self.innermost(id);
                if inner == id {
                    self.gates_map(id);
                } else {
                    self.frozen_unless(false, |document| document.gates(inner, None));
                }
            }
            Kind::Seq(_) => self.gates_list(id),
            Kind::Scalar(style) => self.gates_text(id, style, pair),
            Kind::Alias(_) => self.mean(id),
        }
    }

    /// Whether a text is the input of an action of GitHub, where a name by itself turns a gate on.
    fn is_input(&self, text: NodeId) -> bool {
        let inputs = self.tree.parent(text).filter(|inputs| self.is_key_of(*inputs, "with"));
        inputs
            .and_then(|inputs| self.tree.parent(inputs))
            .is_some_and(|step| self.has(step, "uses"))
    }

    /// Whether a map has a key.
    pub(super) fn has(&self, map: NodeId, name: &str) -> bool {
        self.tree.entries(map).any(|(key, _)| self.is_text(key, name))
    }

    /// The value of `{value: …}`, as a parameter has one; anything else itself.
    fn innermost(&self, mut id: NodeId) -> NodeId {
        let only_value = |id| {
            let mut entries = self.tree.entries(id);
            let (key, value) = entries.next()?;
            let is_map = matches!(self.tree.kind(id), Kind::Map(_));
            (is_map && entries.next().is_none() && self.is_text(key, "value")).then_some(value)
        };
        while let Some(value) = only_value(id) {
            id = value;
        }
        id
    }

    fn gates_map(&mut self, id: NodeId) {
        let mut list = self.map_list(id);
        let mut branch = None;
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(id).collect();
        self.reading.found.reserve(entries.len());
        for (key, value) in entries {
            let Some(name) = self.text_of(key) else { continue };
            if name.text() == "<<" {
                self.merge(value);
                continue;
            }
            if !self.reading.template.is_empty() {
                // A gate in two branches is not set twice.
                let now = self.reading.template.branches(name.span(0..0).start);
                if branch.replace(now).is_some_and(|before| before != now) {
                    list = self.reading.add_list(ListKind::Map);
                }
            }
            let is_container = matches!(self.tree.kind(value), Kind::Map(_) | Kind::Seq(_));
            if is_container && self.reading.keys.name(name.text()) {
                self.under(name.text(), |document| document.gates(value, None));
                continue;
            }
            self.entry_value(&name, value, list);
        }
        self.template_lines(id);
    }

    /// The list of a map; that of all keys `gates.A`, `gates.B` of TOML is one.
    fn map_list(&mut self, id: NodeId) -> ListId {
        let dotted = (self.tree.kind(id) == Kind::Map(Layout::Dotted))
            .then(|| Some((self.tree.parent(id)?, self.text_of(self.tree.key(id)?)?)))
            .flatten()
            .map(|(parent, key)| (parent, key.text().to_owned()));
        let mut add = || self.reading.add_list(ListKind::Map);
        match dotted {
            Some(key) => *self.dotted.entry(key).or_insert_with(add),
            None => add(),
        }
    }

    /// Reports lines among gates that a template fills in.
    fn template_lines(&mut self, id: NodeId) {
        if self.reading.template.is_empty() {
            return;
        }
        let span = self.passage.span(self.tree.span(id));
        let text = self.reading.text;
        let column = |at: usize| at - line_start(text, at);
        let indent = column(span.start);
        let within = self.reading.template.values_around(text, &span);
        // The lines around the gates are theirs or those of the map around them; the indentation shows which.
        let theirs = |at: &usize| span.contains(at) || column(*at) >= indent;
        let lines: Vec<usize> = within.into_iter().filter(theirs).collect();
        if !lines.is_empty()
            && let Some(part) = self.part(id)
        {
            self.reading.parts.all[part].parts += lines.len();
        }
        for at in lines {
            self.reading.skip(at, FROM_TEMPLATE);
        }
    }

    /// The maps that a map takes its other entries from.
    fn merge(&mut self, value: NodeId) {
        match self.tree.kind(value) {
            Kind::Alias(_) => self.mean(value),
            Kind::Map(_) => self.gates(value, None),
            Kind::Seq(_) => {
                let aliases: Vec<NodeId> = self.tree.children(value).collect();
                for alias in aliases {
                    self.mean(alias);
                }
            }
            Kind::Scalar(_) => {}
        }
    }

    /// Adds a gate with the value after its name.
    pub(super) fn entry_value(&mut self, name: &Passage<'_>, value: NodeId, list: ListId) {
        let name_span = name.span(0..name.text().len());
        if self.is_null(value) {
            return self.null_value(value);
        }
        let takes = match takes(&self.reading.consumer) {
            Some(takes) => takes,
            None if self.reading.is_variable => Values::Any,
            None => self.reading.dialect(list).values,
        };
        if self.reading.under.has_tables && takes == Values::Booleans {
            let table = self.target(value).unwrap_or(value);
            if matches!(self.tree.kind(table), Kind::Map(_)) {
                return self.table(name, table, list);
            }
        }
        let (given, span) = self.given(value);
        let given = self.typed(given, value, takes);
        // An anchor that is no longer used would be another thing to remove.
        let is_alias = matches!(self.tree.kind(value), Kind::Alias(_));
        let part = if is_alias { None } else { self.part(value) };
        self.reading.set((name.text(), name_span), (given, span), list, part);
    }

    /// Adds a gate that is a table. It has the value of the key `enabled`; the other keys are not about gates, so nothing
    /// is removed.
    fn table(&mut self, name: &Passage<'_>, table: NodeId, list: ListId) {
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(table).collect();
        let Some(value) = self.entry(&entries, "enabled") else { return };
        let around = std::mem::take(&mut self.reading.under);
        self.frozen_unless(false, |document| document.entry_value(name, value, list));
        self.reading.under = around;
    }

    /// What a value gives to something that takes only values of one type.
    fn typed(&self, given: Given, value: NodeId, takes: Values) -> Given {
        let value = self.target(value).unwrap_or(value);
        let (Given::Text(text), Kind::Scalar(style)) = (&given, self.tree.kind(value)) else {
            return given;
        };
        let boolean = (style == Style::Plain).then(|| yaml_boolean(text, self.language)).flatten();
        match (takes, boolean) {
            (Values::Booleans, Some(_)) if matches!(text.as_ref(), "true" | "false") => given,
            (Values::Booleans, Some(boolean)) => Given::Boolean(boolean),
            (Values::Booleans, None) if style == Style::Plain && text.parse::<f64>().is_ok() => {
                Given::Typed(text.clone(), "a number")
            }
            // What is not a boolean in any spelling is reported as that.
            (Values::Booleans, None) if featuregate_core::parse_bool(text).is_none() => given,
            (Values::Booleans, None) => Given::Typed(text.clone(), "a string"),
            (Values::Strings, Some(_)) => {
                Given::Typed(text.clone(), "a boolean, and kops takes strings")
            }
            // Most programs read YAML 1.1.
            (Values::Any, Some(boolean)) if featuregate_core::parse_bool(text).is_none() => {
                Given::Boolean(boolean)
            }
            (Values::Strings, None) | (Values::Any, _) => given,
        }
    }

    /// The lists `enabled` and `disabled` of `OpenShift`.
    pub(super) fn custom(&mut self, map: NodeId) {
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(map).collect();
        for (key, off) in [("enabled", false), ("disabled", true)] {
            if let Some(names) = self.entry(&entries, key)
                && matches!(self.tree.kind(names), Kind::Seq(_))
            {
                self.custom_list(names, off);
            }
        }
    }

    /// One of them.
    pub(super) fn custom_list(&mut self, names: NodeId, off: bool) {
        self.off = off;
        let around = self.named.replace(OPENSHIFT);
        self.gates(names, None);
        self.named = around;
        self.off = false;
    }

    /// A value that is missing may be a template's.
    fn null_value(&mut self, value: NodeId) {
        if self.reading.template.is_empty() {
            return;
        }
        let at = self.passage.span(self.tree.span(value)).end;
        let text = self.reading.text;
        let rest = slice(text, at..);
        let colon = rest.trim_start().starts_with(':');
        let after = if colon { at + rest.find(':').unwrap_or_default() + 1 } else { at };
        if let Some(at) = self.reading.template.value_after(text, after) {
            self.reading.skip(at, FROM_TEMPLATE);
        }
    }

    /// What a node gives, and where it is written.
    fn given(&self, value: NodeId) -> (Given, Range<usize>) {
        let span = self.passage.span(self.tree.span(value));
        match self.tree.kind(value) {
            // Most are one word, whose value is what is written.
            Kind::Scalar(Style::Plain) if is_word(self.written(value)) => {
                (Given::text(self.written(value)), span)
            }
            Kind::Map(_) => (Given::Other("a map"), span),
            Kind::Seq(_) => (Given::Other("a list"), span),
            Kind::Scalar(_) => match self.text_of(value) {
                Some(text) => {
                    let kept = text.text().trim_end_matches('\n');
                    (Given::text(kept), text.span(0..kept.len()))
                }
                None => (Given::Other("nothing"), span),
            },
            Kind::Alias(_) => match self.target(value).map(|id| (id, self.tree.kind(id))) {
                Some((_, Kind::Map(_))) => (Given::Other("a map"), span),
                Some((_, Kind::Seq(_))) => (Given::Other("a list"), span),
                Some((id, _)) => {
                    let text = self.text_of(id);
                    let text = text.map(|text| text.text().to_owned()).unwrap_or_default();
                    (Given::Text(text.into()), span)
                }
                None => (Given::Other("an alias of nothing"), span),
            },
        }
    }

    fn gates_list(&mut self, id: NodeId) {
        let items: Vec<NodeId> = self.tree.children(id).collect();
        let gives =
            |item: &NodeId| self.text_of(*item).is_some_and(|item| item.text().contains('='));
        let names = !items.iter().any(gives);
        let is_matrix = self.is_of_alternatives(id);
        for item in items {
            let list = if is_matrix {
                self.reading.add_list(ListKind::List)
            } else {
                self.arguments_of(id, item)
            };
            if names {
                self.reading.names.insert(list, !self.off);
            }
            match self.tree.kind(item) {
                Kind::Scalar(_) if self.is_null(item) => {}
                Kind::Scalar(_) => {
                    let Some(text) = self.text_of(item) else { continue };
                    let part = self.part(item);
                    let reported = self.reading.reported();
                    if self.reading.keys.mentioned(text.text()) {
                        let depth = self.depth + 1;
                        self.reading.embedded(&text, part, Some(list), depth);
                    }
                    if self.reading.reported() == reported {
                        self.reading.items(&text, 0..text.text().len(), list, part);
                    }
                }
                Kind::Map(_) => self.gates_object(item, list),
                Kind::Alias(_) => self.mean(item),
                Kind::Seq(_) => {}
            }
        }
        self.template_lines(id);
    }

    /// Whether each item of a list is a value by itself: in a matrix of jobs, or in a loop.
    fn is_of_alternatives(&self, list: NodeId) -> bool {
        let of_matrix = self.tree.parent(list).is_some_and(|map| self.is_key_of(map, "matrix"));
        of_matrix || ["loop", "withItems", "with_items"].iter().any(|key| self.is_key_of(list, key))
    }

    /// `{name: A, enabled: true}`, or `{A: true}`.
    fn gates_object(&mut self, item: NodeId, list: ListId) {
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(item).collect();
        let name =
            ["name", "feature", "gate", "key"].iter().find_map(|key| self.entry(&entries, key));
        let name = name.and_then(|name| self.text_of(name));
        let Some(name) = name else {
            let scalars = entries.iter().all(|(_, value)| {
                matches!(self.tree.kind(*value), Kind::Scalar(_)) && !self.is_null(*value)
            });
            if scalars {
                for (key, value) in entries {
                    if let Some(name) = self.text_of(key) {
                        self.entry_value(&name, value, list);
                    }
                }
            }
            return;
        };
        let value = ["enabled", "value"].iter().find_map(|key| self.entry(&entries, key));
        let name_span = name.span(0..name.text().len());
        let given = match value {
            Some(value) if self.is_null(value) => {
                return self.null_value(value);
            }
            Some(value) => {
                let (given, span) = self.given(value);
                (self.typed(given, value, Values::Any), span)
            }
            None if self.entry(&entries, "feature").is_some() => {
                let mode = self.entry(&entries, "mode");
                let on = mode.is_some_and(|mode| self.is_text(mode, "Enable"));
                (Given::Sign(on), name_span.end..name_span.end)
            }
            None => (Given::Sign(true), name_span.end..name_span.end),
        };
        // What else is said of the gate would be lost with it.
        let is_known = |key| OF_GATE.iter().any(|known| self.is_text(key, known));
        let is_whole = entries.iter().all(|(key, _)| is_known(*key));
        self.frozen_unless(is_whole, |document| {
            let part = document.as_one(item);
            let setting = document.reading.add_part(part, Out::Nothing);
            document.reading.set_count(part, 1);
            document.reading.set((name.text(), name_span), given, list, setting);
        });
    }

    fn gates_text(&mut self, id: NodeId, style: Style, pair: Option<PartId>) {
        if self.is_null(id) {
            return self.null_value(id);
        }
        let Some(text) = self.text_of(id) else { return };
        let all = text.text();
        if is_encrypted(all) {
            return self.reading.skip(text.span(0..0).start, "gates are encrypted");
        }
        let filled = self.reading.template.gives(&text.span(0..all.len()));
        let part = pair.or_else(|| self.part(id));
        if style == Style::Plain && !filled && is_plain_value(all) {
            let value = yaml_boolean(all, self.language).filter(|_| self.reading.under.is_switch);
            let Some(value) = value else { return };
            let list = self.reading.add_list(ListKind::Map);
            if let Some(master) = self.reading.dialect(list).master.clone() {
                let span = text.span(0..all.len());
                let given = (Given::Switch(value), span.clone());
                self.reading.set((&master, span), given, list, part);
            }
            return;
        }
        let around = self.reading.under;
        if self.is_input(id) {
            self.reading.under.bare = Some(true);
        }
        let before = self.reading.found.len();
        let depth = self.depth + 1;
        let reported = self.reading.reported();
        if self.reading.keys.mentioned(all) {
            self.reading.embedded(&text, part, None, depth);
        }
        // A mention may be the name of a variable.
        let none = self.reading.reported() == reported;
        if none && !self.reading.embedded_gates(&text, part, depth) {
            let list = self.reading.add_list(ListKind::List);
            self.reading.items(&text, 0..all.len(), list, part);
        }
        self.reading.under = around;
        if self.reading.found.len() > before {
            self.indented(id);
        }
    }
}

/// The keys of an object that sets a gate.
const OF_GATE: [&str; 7] = ["name", "feature", "gate", "key", "enabled", "value", "mode"];

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A boolean or number where gates are expected switches something else.
fn is_plain_value(text: &str) -> bool {
    let boolean = ["true", "false", "yes", "no", "on", "off"];
    boolean.iter().any(|word| text.eq_ignore_ascii_case(word)) || text.parse::<f64>().is_ok()
}

/// What a reader takes in a map, where the file shows who it is.
fn takes(consumer: &Consumer) -> Option<Values> {
    let version = consumer.api_version.as_deref().unwrap_or_default();
    match consumer.kind.as_deref() {
        Some("KubeletConfiguration" | "KubeProxyConfiguration" | "KubeSchedulerConfiguration") => {
            Some(Values::Booleans)
        }
        Some("ClusterConfiguration") if version.starts_with("kubeadm.k8s.io/") => {
            Some(Values::Booleans)
        }
        Some("Cluster") if version.starts_with("kind.x-k8s.io/") => Some(Values::Booleans),
        Some("Cluster" | "InstanceGroup") if version.starts_with("kops.k8s.io/") => {
            Some(Values::Strings)
        }
        _ => None,
    }
}

/// The boolean that a text without quotes is; in YAML as 1.1 defines it.
fn yaml_boolean(text: &str, language: Language) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ if language == Language::Json => None,
        "True" | "TRUE" | "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "False" | "FALSE" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}
