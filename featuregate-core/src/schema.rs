//! A JSON Schema of the map of gates in a configuration, for editors and validators.
//!
//! A map is valid exactly if it can be resolved, as far as a parsed file shows: not that a map has a gate twice. The draft is
//! number 7, the newest that editors read in full; nothing in it differs from later ones but the key `definitions`.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use crate::declare::group::Group;
use crate::declare::milestone::Milestone;
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::component::Component;
use crate::gates::names::written_with;
use crate::gates::status::Status;
use crate::problem::problems::{Problem, ProblemKind};
use crate::quote::on_or_off;
use crate::registry::Registry;
use crate::request::boolean::{FALSE, TRUE};
use crate::resolve::resolution::GateState;

/// A schema; fields that are empty are not written.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GateSchema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    draft: Option<&'static str>,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<bool>,
    #[serde(
        rename = "type",
        serialize_with = "one_or_several",
        skip_serializing_if = "<[&str]>::is_empty"
    )]
    types: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u8>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    values: Vec<Literal>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: BTreeMap<String, GateSchema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Box<GateSchema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<GateSchema>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<GateSchema>>,
    #[serde(rename = "then", skip_serializing_if = "Option::is_none")]
    consequence: Option<Box<GateSchema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<GateSchema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<GateSchema>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    definitions: BTreeMap<String, GateSchema>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Literal {
    Null,
    Bool(bool),
    Number(u8),
    Text(&'static str),
}

fn one_or_several<S: Serializer>(types: &&[&str], serializer: S) -> Result<S::Ok, S::Error> {
    match types {
        [one] => one.serialize(serializer),
        several => several.serialize(serializer),
    }
}

/// The values that a configuration may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Booleans, as a program takes them that reads its configuration into types.
    Typed,
    /// Booleans, and every spelling of one as a text or number.
    Spelt,
}

impl GateSchema {
    /// The schema of a map of the gates of a release.
    #[must_use]
    pub fn of_map(registry: &Registry, release: Version, values: Values) -> Self {
        let title = format!("Feature gates at {release}");
        let map = Map { gates: listed(registry), accepted: Accepted::of(registry), values };
        Self { title: Some(title), ..map.schema(registry, release) }
    }

    /// The schema as a document. With a key, it is that of a configuration that has the map there; each dot of the key leads
    /// into a map.
    #[must_use]
    pub fn document(mut self, key: Option<&str>) -> Self {
        let definitions = core::mem::take(&mut self.definitions);
        let title = self.title.clone();
        let keys = key.into_iter().flat_map(|key| key.rsplit('.'));
        let whole = keys.fold(self, |schema, key| Self {
            types: &["object", "null"],
            properties: BTreeMap::from([(key.to_owned(), schema)]),
            ..Self::default()
        });
        let draft = Some("http://json-schema.org/draft-07/schema#");
        Self { draft, title, definitions, ..whole }
    }
}

/// All gates by name, without the groups.
fn listed(registry: &Registry) -> BTreeMap<&str, GateState<'_>> {
    let gates = registry.gates();
    let all = registry.resolution().all().filter(|state| !gates.is_group(state.id()));
    all.map(|state| (state.name(), state)).collect()
}

/// Which gates cannot be set to false, and which not to true.
struct Accepted([BTreeSet<String>; 2]);

impl Accepted {
    fn of(registry: &Registry) -> Self {
        Self([false, true].map(|value| {
            // All at once, since every problem is reported; what is required is on with it, or not its own fault.
            let all = registry.gates().ids().map(|id| (registry.gates().written(id), value));
            let problems = registry.clone().set_map(all).err();
            let own = |kind: &ProblemKind| !matches!(kind, ProblemKind::UnmetDependency { .. });
            let own = problems.iter().flatten().filter(|problem| own(problem.kind()));
            own.map(|problem| problem.gate().to_owned()).collect()
        }))
    }

    /// The values that a gate may have, the greater one first.
    fn of_gate(&self, gate: &str) -> Vec<bool> {
        let Self([off, on]) = self;
        let values = [(true, on), (false, off)].into_iter();
        values.filter(|(_, refused)| !refused.contains(gate)).map(|(value, _)| value).collect()
    }
}

/// The map that is described.
struct Map<'a> {
    gates: BTreeMap<&'a str, GateState<'a>>,
    accepted: Accepted,
    values: Values,
}

impl Map<'_> {
    fn schema(&self, registry: &Registry, release: Version) -> GateSchema {
        let mut map = GateSchema {
            types: &["object", "null"],
            // A name that is not set is not an error.
            additional_properties: Some(Box::new(GateSchema {
                types: &["null"],
                error_message: Some(format!("no gate of release {release} has this name")),
                ..GateSchema::default()
            })),
            ..GateSchema::default()
        };
        let gates = registry.gates();
        for (gate, group) in gates.components().iter().flat_map(Component::groups) {
            map.properties.insert(gates.written(*gate).to_owned(), self.of_group(group));
        }
        for (name, state) in &self.gates {
            let Some(mut property) = self.of_values(&self.accepted.of_gate(name)) else { continue };
            self.describe(&mut property, state);
            for alias in former(state) {
                let mut of_alias = property.clone();
                let message = format!("Former name of {name}; write that.");
                of_alias.description = Some(message.clone());
                of_alias.markdown_description = None;
                of_alias.deprecated = Some(true);
                of_alias.deprecation_message = Some(message);
                map.properties.insert(alias, of_alias);
            }
            map.properties.insert((*name).to_owned(), property);
            map.all_of.extend(self.contradictions(state));
        }
        map.all_of.extend(self.dependencies(registry));
        if self.values == Values::Spelt && !map.all_of.is_empty() {
            map.definitions =
                [false, true].map(|value| (value.to_string(), self.one(value))).into();
        }
        map
    }

    fn of_group(&self, group: &Group) -> GateSchema {
        GateSchema { description: Some(group.doc()), default: Some(false), ..self.any() }
    }

    /// The values that are accepted, if any.
    fn of_values(&self, accepted: &[bool]) -> Option<GateSchema> {
        match accepted {
            [] => None,
            [value] => {
                let mut only = self.one(*value);
                only.values.push(Literal::Null);
                Some(only)
            }
            _ => Some(self.any()),
        }
    }

    /// Any value. Editors offer what a type has, so the texts are a pattern instead of a list.
    fn any(&self) -> GateSchema {
        match self.values {
            Values::Typed => GateSchema { types: &["boolean", "null"], ..GateSchema::default() },
            Values::Spelt => GateSchema {
                types: &["boolean", "string", "integer", "null"],
                pattern: Some(format!("^({})$", [TRUE, FALSE].concat().join("|"))),
                minimum: Some(0),
                maximum: Some(1),
                ..GateSchema::default()
            },
        }
    }

    /// One value in every spelling.
    fn one(&self, value: bool) -> GateSchema {
        let mut values = vec![Literal::Bool(value)];
        if self.values == Values::Spelt {
            values.extend(if value { TRUE } else { FALSE }.map(Literal::Text));
            values.push(Literal::Number(value.into()));
        }
        GateSchema { values, ..GateSchema::default() }
    }

    /// The same where it is used often.
    fn reference(&self, value: bool) -> GateSchema {
        match self.values {
            Values::Typed => self.one(value),
            Values::Spelt => GateSchema {
                reference: Some(format!("#/definitions/{value}")),
                ..GateSchema::default()
            },
        }
    }

    fn describe(&self, property: &mut GateSchema, state: &GateState<'_>) {
        let (spec, status) = (state.spec(), state.status());
        let mut parts = match (status, status.milestone().filter(|_| status.exists())) {
            (Status::Removed { since, value, .. }, _) => {
                vec![format!("Removed in {since}; its feature is always {}.", on_or_off(value))]
            }
            (_, Some(milestone)) => vec![present(&milestone)],
            (_, None) => return,
        };
        parts.extend(spec.owner().map(|owner| format!("Owner: {owner}.")));
        parts.extend(spec.issue().map(|issue| format!("Issue: {issue}")));
        let requires: Vec<&str> = self.required(state).map(GateState::name).collect();
        if !requires.is_empty() {
            parts.push(format!("Requires {}.", requires.join(", ")));
        }
        let doc = spec.doc().trim();
        let separator = if doc.is_empty() { "" } else { "\n\n" };
        let plain = format!("{doc}{separator}{}", parts.join(" "));
        // A text with marks in it is Markdown; editors show `description` unchanged.
        property.markdown_description =
            Some(plain.clone()).filter(|_| doc.contains(['`', '*', '[']));
        property.description = Some(plain);
        property.default = Some(status.default());
        let message = match (status, status.stage(), status.is_locked()) {
            (Status::Removed { since, .. }, ..) => Some(format!("Removed in {since}; remove it.")),
            (_, Stage::Ga, true) => Some("GA and locked to that value; remove it.".to_owned()),
            (_, Stage::Ga, false) if spec.is_switchable() => None,
            (_, Stage::Ga, false) => Some("GA; a later release will lock or remove it.".to_owned()),
            (_, Stage::Deprecated, _) => {
                Some("Deprecated; a later release will remove it.".to_owned())
            }
            (_, _, true) => Some("Locked to that value; remove it.".to_owned()),
            _ => None,
        };
        property.deprecated = message.is_some().then_some(true);
        property.deprecation_message = message;
    }

    fn required<'s>(&'s self, state: &'s GateState<'_>) -> impl Iterator<Item = &'s GateState<'s>> {
        state.requires().filter_map(|name| self.gates.get(name))
    }

    // ---- how settings depend on each other ----

    /// Two names of a gate must not be given different values.
    fn contradictions(&self, state: &GateState<'_>) -> Vec<GateSchema> {
        let names = names(state);
        let pairs = names.iter().flat_map(|on| names.iter().map(move |off| (on, off)));
        let contrary = |(on, off): (&String, &String)| {
            negated(GateSchema {
                types: &["object"],
                required: vec![on.clone(), off.clone()],
                properties: [
                    (on.clone(), self.reference(true)),
                    (off.clone(), self.reference(false)),
                ]
                .into(),
                ..GateSchema::default()
            })
        };
        pairs.filter(|(on, off)| on != off).map(contrary).collect()
    }

    /// What is on has on what it requires.
    fn dependencies(&self, registry: &Registry) -> Vec<GateSchema> {
        let broken = registry.validate().err();
        let broken: BTreeSet<&str> = broken.iter().flatten().map(Problem::gate).collect();
        let mut conditions = Vec::new();
        for (name, state) in self.gates.iter().filter(|(_, state)| state.status().exists()) {
            // What is wrong without any setting is not an error of a configuration.
            if broken.contains(name) || fixed(state) == Some(false) {
                continue;
            }
            for needed in self.required(state).filter(|needed| fixed(needed) != Some(true)) {
                let on = GateSchema { types: &["object"], ..self.is_on(registry, state) };
                let needed_name = needed.name();
                let message = format!("{name} requires {needed_name}, which is off");
                let mut consequence = self.is_on(registry, needed);
                consequence.description = Some(format!("{name} requires {needed_name}."));
                consequence.error_message = Some(message);
                conditions.push(GateSchema {
                    condition: Some(Box::new(on)),
                    consequence: Some(Box::new(consequence)),
                    ..GateSchema::default()
                });
            }
        }
        conditions
    }

    /// A map under which a gate is on: it is set to `true`, or not set and on by its group or default.
    fn is_on(&self, registry: &Registry, state: &GateState<'_>) -> GateSchema {
        match fixed(state) {
            Some(true) => return GateSchema::default(),
            Some(false) => return never(),
            None => {}
        }
        let (gates, status) = (registry.gates(), state.status());
        let nothing = GateSchema { types: &["null"], ..GateSchema::default() };
        let unset = GateSchema {
            properties: names(state).into_iter().map(|name| (name, nothing.clone())).collect(),
            ..GateSchema::default()
        };
        let mut otherwise = Vec::new();
        // A group that is set decides, unless one after it is set too.
        let mut stronger = unset;
        let groups: Vec<&str> =
            gates.groups_of(state.id(), status.stage()).map(|id| gates.written(id)).collect();
        for group in groups.into_iter().rev() {
            let mut by_group = stronger.clone();
            by_group.properties.insert(group.to_owned(), self.reference(true));
            by_group.required.push(group.to_owned());
            otherwise.push(by_group);
            stronger.properties.insert(group.to_owned(), nothing.clone());
        }
        if status.default() {
            otherwise.push(stronger);
        }
        let set = names(state).into_iter().map(|name| GateSchema {
            required: vec![name.clone()],
            properties: [(name, self.reference(true))].into(),
            ..GateSchema::default()
        });
        GateSchema { any_of: set.chain(otherwise).collect(), ..GateSchema::default() }
    }
}

fn present(milestone: &Milestone) -> String {
    let began = Some(milestone.since()).filter(|since| *since != Version::ZERO);
    let since = began.map_or_else(String::new, |since| format!(" since {since}"));
    let on = on_or_off(milestone.default());
    if milestone.is_locked() {
        format!("{}{since}, locked {on}.", milestone.stage())
    } else {
        format!("{}{since}, {on} by default.", milestone.stage())
    }
}

/// The value that a gate has whatever is set, if it has one.
fn fixed(state: &GateState<'_>) -> Option<bool> {
    match state.status() {
        Status::NotIntroduced { .. } => Some(false),
        status => status.is_locked().then_some(status.default()),
    }
}

/// The former names of a gate, as they are written.
fn former(state: &GateState<'_>) -> impl Iterator<Item = String> {
    let component = state.name().split_once(':').map(|(component, _)| component);
    state.spec().aliases().map(move |former| written_with(component, former))
}

fn names(state: &GateState<'_>) -> Vec<String> {
    core::iter::once(state.name().to_owned()).chain(former(state)).collect()
}

fn negated(schema: GateSchema) -> GateSchema {
    GateSchema { not: Some(Box::new(schema)), ..GateSchema::default() }
}

/// What nothing is valid under.
fn never() -> GateSchema {
    negated(GateSchema::default())
}
