//! From the tree of a text to a manifest.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::component::Component;
use super::diagnostic::{Diagnostic, Diagnostics, Location, ReadError};
use super::gate::Gate;
use super::list::Manifest;
use super::syntax::Syntax;
use super::tree::{self, Node, Value};
use crate::declare::group::{Channel, Group, Groups, Selection};
use crate::declare::milestone::RawMilestone;
use crate::declare::spec::{RawSpec, RemovedPolicy};
use crate::declare::stage::Stage;
use crate::declare::version::{Precision, Version};
use crate::nearest::nearest;
use crate::quote::{Name, Quoted};
use crate::slice::slice;

const OF_MANIFEST: &[&str] = &[
    "version",
    "versions",
    "removedGates",
    "syntax",
    "variables",
    "groups",
    "channels",
    "components",
    "gates",
];
const OF_COMPONENT: &[&str] = &["name", "version", "removedGates", "groups", "channels"];
const OF_GROUP: &[&str] = &["name", "stages", "tags", "master"];
const OF_CHANNEL: &[&str] = &["name", "stages", "tags"];
const OF_GATE: &[&str] = &[
    "name",
    "versionedSpecs",
    "doc",
    "owner",
    "issue",
    "requires",
    "removeIn",
    "aliases",
    "components",
    "cfg",
    "removed",
    "value",
    "implies",
    "switchable",
    "meta",
    "tags",
    "exceptFromGroups",
    "runtime",
];
const OF_MILESTONE: &[&str] =
    &["default", "lockToDefault", "minCompatibilityVersion", "preRelease", "version"];

impl Manifest {
    /// Reads YAML or JSON in either form.
    ///
    /// # Errors
    /// Everything that is wrong with the shape, each with line and column; if the text is not YAML, or would
    /// cost too much to read, the first error.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let root = tree::read(text)?;
        let diagnostics = Diagnostics::default();
        let mut reader = Reader { text, versions: Precision::Minor, diagnostics };
        let manifest = reader.manifest(&root);
        reader.diagnostics.none(manifest)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// As for [`read`](Self::read), and where they are not UTF-8.
    pub fn read_bytes(bytes: &[u8]) -> Result<Self, ReadError> {
        match core::str::from_utf8(bytes) {
            Ok(text) => Self::read(text),
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let before = core::str::from_utf8(before).unwrap_or_default();
                let line = before.split('\n').count();
                let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
                let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let location = Location { line: number(line), column: number(column) };
                let message = "the manifest is not UTF-8 from here on";
                Err(Diagnostic::new(location, message, "save it in that encoding").into())
            }
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    /// How versions are written.
    versions: Precision,
    diagnostics: Diagnostics,
}

/// Whether a gate is on unless it is set.
enum Default {
    Always(bool),
    If(String),
}

/// The fields of a map that has a known set of them.
struct Fields<'t> {
    /// Where the map begins.
    location: Location,
    /// What the map is: `gate`.
    of: &'static str,
    nodes: Vec<(&'static str, &'t Node<'t>)>,
}

impl<'t> Fields<'t> {
    /// A field that is given and not empty.
    fn get(&self, field: &str) -> Option<&'t Node<'t>> {
        let (_, node) = self.nodes.iter().find(|(name, _)| *name == field)?;
        Some(*node).filter(|node| !matches!(node.value, Value::Nothing))
    }
}

impl Reader<'_> {
    fn manifest(&mut self, root: &Node<'_>) -> Option<Manifest> {
        match &root.value {
            Value::List(gates) => {
                let gates = self.gates(gates);
                let since = |milestone: &RawMilestone| milestone.since.as_deref()?.parse().ok();
                let milestones = gates.iter().flat_map(|gate| &gate.spec.milestones);
                let version = milestones.filter_map(since).max();
                if version.is_none() {
                    self.report(
                        root.location,
                        "no gate has a version, so the release of the list is not known",
                        "write a map with version and gates",
                    );
                }
                Some(Manifest::new(version?, RemovedPolicy::Refuse, gates))
            }
            Value::Map(entries) => {
                let fields = self.fields(root.location, "manifest", entries, OF_MANIFEST);
                self.versions = self.precision(&fields);
                let components = fields.get("components");
                let components =
                    components.and_then(|node| self.list("components", "components", node));
                let components = self.components(components.unwrap_or_default());
                // Without a release, all gates are of components with one.
                let first = components.first().filter(|_| fields.get("version").is_none());
                let version = match first {
                    Some(first) => Some(first.version),
                    None => self
                        .required(
                            &fields,
                            "version",
                            "the release that the manifest is of, as in \"1.36\"",
                        )
                        .and_then(|node| self.version("version", node)),
                };
                let has_unnamed = first.is_none();
                let removed = self.removed_gates(&fields);
                let syntax = self.syntax(&fields, removed.unwrap_or_default());
                let variables = self.optional(&fields, "variables", Self::texts);
                let groups = self.groups(&fields);
                let gates = self.required(&fields, "gates", "the list of gates");
                let gates = gates.and_then(|node| self.list("gates", "gates", node));
                let gates = gates.map(|gates| self.gates(gates));
                let manifest = Manifest::new(version?, removed?, gates?);
                let manifest = manifest.with_variables(variables.unwrap_or_default());
                let manifest = manifest.with_syntax(syntax?);
                Some(Manifest { components, has_unnamed, groups, ..manifest })
            }
            _ => {
                self.wrong("the manifest", root, "a list of gates, or a map with version and gates")
            }
        }
    }

    /// The components that can be read, by name; of those with one name the first.
    fn components(&mut self, nodes: &[Node<'_>]) -> Vec<Component> {
        let mut components: Vec<Component> = Vec::new();
        for node in nodes {
            let Some(component) = self.component(node) else { continue };
            if components.iter().any(|known| known.name == component.name) {
                let name = Name(&component.name);
                let message = format!("component {name} is listed twice");
                self.report(node.location, message, "remove one of them");
                continue;
            }
            components.push(component);
        }
        components.sort_by(|a, b| a.name.cmp(&b.name));
        components
    }

    fn component(&mut self, node: &Node<'_>) -> Option<Component> {
        let Value::Map(entries) = &node.value else {
            return self.wrong("a component", node, "a map with name and version");
        };
        let fields = self.fields(node.location, "component", entries, OF_COMPONENT);
        let name = self.required(&fields, "name", "the prefix of its gates");
        let name = name.and_then(|node| self.text("name", node));
        let version = self.required(&fields, "version", "its release, as in \"3.6\"");
        let version = version.and_then(|node| self.version("version", node));
        let removed = self.removed_gates(&fields);
        let groups = self.groups(&fields);
        Some(Component { groups, ..Component::new(name?, version?, removed?) })
    }

    /// The groups and channels that can be read. With a list of groups, there are no others.
    fn groups(&mut self, fields: &Fields<'_>) -> Groups {
        let mut groups = Groups::default();
        if let Some(node) = fields.get("groups") {
            groups.own_only = true;
            for node in self.list("groups", "groups", node).unwrap_or_default() {
                if let Some(group) = self.group(node) {
                    if groups.own.iter().any(|known| known.name() == group.name()) {
                        let message = format!("group {} is listed twice", Name(group.name()));
                        self.report(node.location, message, "remove one of them");
                        continue;
                    }
                    groups.own.push(group);
                }
            }
            // In the form that an enum has them.
            if Group::KUBERNETES.iter().all(|group| groups.own.contains(group)) {
                groups.own.retain(|group| !Group::KUBERNETES.contains(group));
                groups.own_only = false;
            }
        }
        if let Some(node) = fields.get("channels") {
            for node in self.list("channels", "channels", node).unwrap_or_default() {
                let Value::Map(entries) = &node.value else {
                    let _: Option<()> = self.wrong("a channel", node, "a map with name and stages");
                    continue;
                };
                let fields = self.fields(node.location, "channel", entries, OF_CHANNEL);
                let Some(name) = self.name_of(&fields, "its name") else { continue };
                if groups.channels.iter().any(|known| known.name() == name) {
                    let message = format!("channel {} is listed twice", Name(&name));
                    self.report(node.location, message, "remove one of them");
                    continue;
                }
                groups.channels.push(Channel::new(name, self.selection(&fields)));
            }
        }
        groups
    }

    fn group(&mut self, node: &Node<'_>) -> Option<Group> {
        let Value::Map(entries) = &node.value else {
            return self.wrong("a group", node, "a map with name and stages");
        };
        let fields = self.fields(node.location, "group", entries, OF_GROUP);
        let name = self.name_of(&fields, "the name by which it is set");
        let group = Group::new(name?, self.selection(&fields));
        let master = self.optional(&fields, "master", Self::bool).unwrap_or_default();
        Some(if master { group.as_master() } else { group })
    }

    fn name_of(&mut self, fields: &Fields<'_>, what: &str) -> Option<String> {
        self.required(fields, "name", what).and_then(|node| self.text("name", node))
    }

    fn selection(&mut self, fields: &Fields<'_>) -> Selection {
        let stages = fields.get("stages").and_then(|node| self.list("stages", "stages", node));
        let stages = stages.unwrap_or_default().iter();
        let stages: Vec<Stage> = stages.filter_map(|node| self.stage("stages", node)).collect();
        let tags = self.optional(fields, "tags", Self::texts).unwrap_or_default();
        let selection = stages.into_iter().fold(Selection::new(), Selection::stage);
        tags.into_iter().fold(selection, Selection::tag)
    }

    fn removed_gates(&mut self, fields: &Fields<'_>) -> Option<RemovedPolicy> {
        let Some(node) = fields.get("removedGates") else { return Some(RemovedPolicy::Tolerate) };
        match &node.value {
            Value::Text(text) if text == "tolerate" => Some(RemovedPolicy::Tolerate),
            Value::Text(text) if text == "refuse" => Some(RemovedPolicy::Refuse),
            _ => self.wrong("removedGates", node, "tolerate or refuse"),
        }
    }

    fn precision(&mut self, fields: &Fields<'_>) -> Precision {
        let Some(node) = fields.get("versions") else { return Precision::Minor };
        match &node.value {
            Value::Text(text) if text == "minor" => Precision::Minor,
            Value::Text(text) if text == "patch" => Precision::Patch,
            _ => self.wrong("versions", node, "minor or patch").unwrap_or_default(),
        }
    }

    fn syntax(&mut self, fields: &Fields<'_>, removed: RemovedPolicy) -> Option<Syntax> {
        let Some(node) = fields.get("syntax") else { return Some(Syntax::implied(removed)) };
        let read = match &node.value {
            Value::Text(text) => Syntax::read(text),
            _ => None,
        };
        read.or_else(|| self.wrong("syntax", node, "kubernetes, opentelemetry or featuregate"))
    }

    /// The gates that can be read; of those with one name the first.
    fn gates(&mut self, nodes: &[Node<'_>]) -> Vec<Gate> {
        let mut lines: BTreeMap<String, u32> = BTreeMap::new();
        let mut gates = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Some(gate) = self.gate(node) else { continue };
            if let Some(first) = lines.get(gate.name()) {
                self.report(
                    node.location,
                    format!("gate {} is listed twice, first on line {first}", Name(gate.name())),
                    "remove one of them",
                );
                continue;
            }
            lines.insert(gate.name().into(), node.location.line);
            gates.push(gate);
        }
        gates
    }

    fn gate(&mut self, node: &Node<'_>) -> Option<Gate> {
        let Value::Map(entries) = &node.value else {
            return self.wrong("a gate", node, "a map with name and versionedSpecs");
        };
        let fields = self.fields(node.location, "gate", entries, OF_GATE);
        let name = self.required(&fields, "name", "the name by which the gate is set");
        let name = name.and_then(|node| self.text("name", node));

        let mut spec = RawSpec::new(name.clone().unwrap_or_default());
        let history = match fields.get("versionedSpecs") {
            None if fields.get("removed").is_some() => None,
            _ => self.required(&fields, "versionedSpecs", "the history of the gate"),
        };
        let history = history.and_then(|node| self.list("versionedSpecs", "milestones", node));
        spec.milestones =
            history.unwrap_or_default().iter().filter_map(|node| self.milestone(node)).collect();

        // A help text may be empty, as it is without the field.
        spec.doc = match fields.get("doc") {
            Some(Node { value: Value::Text(doc), .. }) => doc.as_ref().into(),
            Some(node) => self.wrong("doc", node, "a text").unwrap_or_default(),
            None => String::new(),
        };
        spec.owner = self.optional(&fields, "owner", Self::text);
        spec.issue = self.optional(&fields, "issue", Self::text);
        spec.requires = self.optional(&fields, "requires", Self::texts).unwrap_or_default();
        spec.aliases = self.optional(&fields, "aliases", Self::texts).unwrap_or_default();
        spec.remove_in = self.optional(&fields, "removeIn", Self::version).map(written);
        spec.removed = self.optional(&fields, "removed", Self::version).map(written);
        spec.value = self.optional(&fields, "value", Self::bool);
        spec.runtime = self.optional(&fields, "runtime", Self::bool).unwrap_or_default();
        spec.implies = self.optional(&fields, "implies", Self::texts).unwrap_or_default();
        spec.switchable = self.optional(&fields, "switchable", Self::bool).unwrap_or_default();
        spec.meta = self.optional(&fields, "meta", Self::pairs).unwrap_or_default();
        spec.tags = self.optional(&fields, "tags", Self::texts).unwrap_or_default();
        spec.except_from_groups =
            self.optional(&fields, "exceptFromGroups", Self::bool).unwrap_or_default();
        let components = self.optional(&fields, "components", Self::texts).unwrap_or_default();
        let cfg = self.optional(&fields, "cfg", Self::text);
        name.map(|_| Gate { components, cfg, ..Gate::new(spec) })
    }

    fn milestone(&mut self, node: &Node<'_>) -> Option<RawMilestone> {
        let Value::Map(entries) = &node.value else {
            return self.wrong("a milestone", node, "a map with version, preRelease and default");
        };
        let fields = self.fields(node.location, "milestone", entries, OF_MILESTONE);
        let version = self
            .required(&fields, "version", "the first release to which it applies, as in \"1.36\"")
            .and_then(|node| self.version("version", node));
        let stage = self
            .required(&fields, "preRelease", "the stage")
            .and_then(|node| self.stage("preRelease", node));
        let default = self
            .required(&fields, "default", "whether the gate is on unless it is set")
            .and_then(|node| self.default(node));
        let locked = self.optional(&fields, "lockToDefault", Self::bool);
        let min_compat = self.optional(&fields, "minCompatibilityVersion", Self::version);

        let mut milestone =
            RawMilestone::new(written(version?), stage?).with_lock(locked.unwrap_or(false));
        milestone = match default? {
            Default::Always(default) => milestone.with_default(default),
            Default::If(condition) => milestone.with_condition(condition),
        };
        milestone.min_compat = min_compat.map(written);
        Some(milestone)
    }

    /// A boolean, or the condition under which it is true.
    fn default(&mut self, node: &Node<'_>) -> Option<Default> {
        if let Value::Text(text) = &node.value
            && text.starts_with("cfg(")
            && text.ends_with(')')
        {
            return Some(Default::If(text.as_ref().into()));
        }
        self.bool("default", node).map(Default::Always)
    }

    // ---- fields ----

    /// The known fields of a map. Reports unknown ones, and those that are given twice.
    fn fields<'t>(
        &mut self,
        location: Location,
        of: &'static str,
        entries: &'t [(Node<'t>, Node<'t>)],
        known: &'static [&'static str],
    ) -> Fields<'t> {
        let mut nodes: Vec<(&'static str, &'t Node<'t>)> = Vec::new();
        for (key, node) in entries {
            let Value::Text(written) = &key.value else {
                let message = format!("expected a field of the {of}, found {}", self.found(key));
                self.report(key.location, message, format!("its fields are {}", and(known)));
                continue;
            };
            let Some(field) = known.iter().find(|field| *field == written) else {
                let help = match nearest(written, known.iter().copied()) {
                    Some(field) => format!("did you mean {field}?"),
                    None => format!("its fields are {}", and(known)),
                };
                let message = format!("the {of} has no field {}", Name(written));
                self.report(key.location, message, help);
                continue;
            };
            if nodes.iter().any(|(before, _)| before == field) {
                let message = format!("the {of} has {field} twice");
                self.report(key.location, message, "remove one of them");
                continue;
            }
            nodes.push((field, node));
        }
        Fields { location, of, nodes }
    }

    fn required<'t>(
        &mut self,
        fields: &Fields<'t>,
        field: &str,
        what: &str,
    ) -> Option<&'t Node<'t>> {
        let node = fields.get(field);
        if node.is_none() {
            let message = format!("the {} has no {field}", fields.of);
            self.report(fields.location, message, format!("add {what}"));
        }
        node
    }

    fn optional<T>(
        &mut self,
        fields: &Fields<'_>,
        field: &'static str,
        read: impl FnOnce(&mut Self, &'static str, &Node<'_>) -> Option<T>,
    ) -> Option<T> {
        fields.get(field).and_then(|node| read(self, field, node))
    }

    // ---- values ----

    fn text(&mut self, field: &'static str, node: &Node<'_>) -> Option<String> {
        match &node.value {
            Value::Text(text) if !text.is_empty() => Some(text.as_ref().into()),
            Value::Text(_) => {
                self.report(node.location, format!("{field} is empty"), "write a text");
                None
            }
            Value::Number | Value::Bool(_) => self.unquoted(field, node),
            _ => self.wrong(field, node, "a text"),
        }
    }

    fn texts(&mut self, field: &'static str, node: &Node<'_>) -> Option<Vec<String>> {
        let nodes = self.list(field, "texts", node)?;
        Some(nodes.iter().filter_map(|node| self.text(field, node)).collect())
    }

    /// A map of texts with any keys.
    fn pairs(&mut self, field: &'static str, node: &Node<'_>) -> Option<BTreeMap<String, String>> {
        let Value::Map(entries) = &node.value else {
            return self.wrong(field, node, "a map of texts");
        };
        let mut pairs = BTreeMap::new();
        for (key, value) in entries {
            let location = key.location;
            let (Some(key), Some(value)) = (self.text(field, key), self.text(field, value)) else {
                continue;
            };
            if pairs.contains_key(&key) {
                let message = format!("{field} has {} twice", Name(&key));
                self.report(location, message, "remove one of them");
                continue;
            }
            pairs.insert(key, value);
        }
        Some(pairs)
    }

    fn bool(&mut self, field: &'static str, node: &Node<'_>) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(value),
            _ => self.wrong(field, node, "true or false, without quotes"),
        }
    }

    fn version(&mut self, field: &'static str, node: &Node<'_>) -> Option<Version> {
        match &node.value {
            Value::Text(text) => match self.versions.read(text) {
                Ok(version) => Some(version),
                Err(error) => {
                    let message = format!("{field}: {}", error.message());
                    self.report(node.location, message, error.help());
                    None
                }
            },
            Value::Number => self.unquoted(field, node),
            _ => self.wrong(field, node, "a version in quotes, as in \"1.36\""),
        }
    }

    fn stage(&mut self, field: &str, node: &Node<'_>) -> Option<Stage> {
        let stage = match &node.value {
            Value::Text(text) => Stage::from_manifest(text),
            _ => None,
        };
        if stage.is_none() {
            return self.wrong(field, node, "PreAlpha, Alpha, Beta, GA or Deprecated");
        }
        stage
    }

    fn list<'n>(&mut self, field: &str, of: &str, node: &'n Node<'n>) -> Option<&'n [Node<'n>]> {
        match &node.value {
            Value::List(nodes) => Some(nodes),
            _ => self.wrong(field, node, &format!("a list of {of}")),
        }
    }

    /// A value of another type.
    fn wrong<T>(&mut self, field: &str, node: &Node<'_>, right: &str) -> Option<T> {
        let message = format!("{field} is {}", self.found(node));
        self.report(node.location, message, format!("write {right}"));
        None
    }

    /// A text that YAML takes for something else.
    fn unquoted<T>(&mut self, field: &str, node: &Node<'_>) -> Option<T> {
        let message = format!("{field} is {}", self.found(node));
        let help = format!("write it in quotes, {}", Quoted(self.written(node)));
        self.report(node.location, message, help);
        None
    }

    fn report(&mut self, location: Location, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.add(Diagnostic::new(location, message, help));
    }

    /// What a node is, for a person.
    fn found(&self, node: &Node<'_>) -> String {
        match &node.value {
            Value::Nothing => "empty".into(),
            Value::Bool(value) => format!("the value {value}"),
            Value::Number => format!("the number {}", Name(self.written(node))),
            Value::Text(text) => format!("the text {}", Quoted(text)),
            Value::List(_) => "a list".into(),
            Value::Map(_) => "a map".into(),
        }
    }

    /// A node as it is written in the text.
    fn written(&self, node: &Node<'_>) -> &str {
        slice(self.text, node.span.clone()).trim()
    }
}

fn written(version: Version) -> String {
    version.to_string()
}

/// `a, b and c`.
fn and(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests;
