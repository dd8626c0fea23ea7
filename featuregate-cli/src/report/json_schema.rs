//! A JSON Schema of the map of gates in a configuration, for editors and validators.
//!
//! A map is valid exactly if `featuregate check` finds nothing at error level in it. The draft is number 7,
//! the newest that editors read in full.

use std::collections::BTreeMap;

use featuregate_core::__private::{FALSE, TRUE, on_or_off};
use featuregate_core::{Group, Milestone, Stage, Status, Version};
use serde::{Serialize, Serializer};

use crate::program::gates::{Gates, Listed, began};

/// A schema; fields that are empty are not written.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schema {
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
    properties: BTreeMap<String, Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Schema>>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<Schema>>,
    #[serde(rename = "then", skip_serializing_if = "Option::is_none")]
    consequence: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<Schema>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    definitions: BTreeMap<String, Schema>,
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

/// The schema of a map of gates at a release; with a key, of a configuration that has the map there. Each
/// dot of the key leads into a map.
pub(crate) fn schema(gates: &Gates, key: Option<&str>) -> Schema {
    let mut schema = map(gates);
    let mut definitions = std::mem::take(&mut schema.definitions);
    let keys = key.into_iter().flat_map(|key| key.rsplit('.'));
    for key in keys {
        schema = Schema {
            types: &["object", "null"],
            properties: BTreeMap::from([(key.to_owned(), schema)]),
            ..Schema::default()
        };
    }
    schema.draft = Some("http://json-schema.org/draft-07/schema#");
    schema.title.get_or_insert_with(|| title(gates.target));
    schema.definitions.append(&mut definitions);
    schema
}

fn title(target: Version) -> String {
    format!("Feature gates at {target}")
}

fn map(gates: &Gates) -> Schema {
    let mut map = Schema {
        title: Some(title(gates.target)),
        types: &["object", "null"],
        // A name that is not set is not an error.
        additional_properties: Some(Box::new(Schema {
            types: &["null"],
            error_message: Some(format!("no gate of release {} has this name", gates.target)),
            ..Schema::default()
        })),
        ..Schema::default()
    };
    for (name, group) in gates.groups() {
        map.properties.insert(name.to_owned(), of_group(group));
    }
    for listed in gates.iter() {
        let name = listed.gate.name();
        let Some(mut property) = values(&gates.accepted(name)) else { continue };
        describe(&mut property, gates, listed);
        for alias in &listed.gate.spec.aliases {
            let mut of_alias = property.clone();
            let message = format!("Former name of {name}; write that.");
            of_alias.description = Some(message.clone());
            of_alias.markdown_description = None;
            of_alias.deprecated = Some(true);
            of_alias.deprecation_message = Some(message);
            map.properties.insert(alias.to_owned(), of_alias);
        }
        map.properties.insert(name.to_owned(), property);
        map.all_of.extend(contradictions(listed));
    }
    map.all_of.extend(dependencies(gates));
    if !map.all_of.is_empty() {
        map.definitions = definitions();
    }
    map
}

fn of_group(group: &Group) -> Schema {
    Schema { description: Some(group.doc()), default: Some(false), ..any() }
}

/// The values that are accepted, if any.
fn values(accepted: &[bool]) -> Option<Schema> {
    match accepted {
        [] => None,
        [value] => {
            let mut only = spelt(*value);
            only.values.push(Literal::Null);
            Some(only)
        }
        _ => Some(any()),
    }
}

/// Any value. Editors offer what a type has, so the texts are a pattern instead of a list.
fn any() -> Schema {
    Schema {
        types: &["boolean", "string", "integer", "null"],
        pattern: Some(format!("^({})$", [TRUE, FALSE].concat().join("|"))),
        minimum: Some(0),
        maximum: Some(1),
        ..Schema::default()
    }
}

/// One value in every spelling.
fn spelt(value: bool) -> Schema {
    let texts = if value { TRUE } else { FALSE };
    let mut values = vec![Literal::Bool(value)];
    values.extend(texts.map(Literal::Text));
    values.push(Literal::Number(value.into()));
    Schema { values, ..Schema::default() }
}

fn describe(property: &mut Schema, gates: &Gates, listed: Listed<'_>) {
    let spec = listed.spec;
    let mut parts = match (listed.status, listed.present()) {
        (Status::Removed { since, value, .. }, _) => {
            vec![format!("Removed in {since}; its feature is always {}.", on_or_off(value))]
        }
        (_, Some(state)) => vec![present(state)],
        (_, None) => return,
    };
    parts.extend(spec.owner().map(|owner| format!("Owner: {owner}.")));
    parts.extend(spec.issue().map(|issue| format!("Issue: {issue}")));
    let requires = gates.required(listed.gate.name());
    if !requires.is_empty() {
        parts.push(format!("Requires {}.", requires.join(", ")));
    }
    let doc = spec.doc().trim();
    let separator = if doc.is_empty() { "" } else { "\n\n" };
    let plain = format!("{doc}{separator}{}", parts.join(" "));
    // A text with marks in it is Markdown; editors show `description` unchanged.
    property.markdown_description = Some(plain.clone()).filter(|_| doc.contains(['`', '*', '[']));
    property.description = Some(plain);
    property.default = Some(listed.status.default());
    let message = match (listed.status, listed.status.stage(), listed.status.is_locked()) {
        (Status::Removed { since, .. }, ..) => Some(format!("Removed in {since}; remove it.")),
        (_, Stage::Ga, true) => Some("GA and locked to that value; remove it.".to_owned()),
        (_, Stage::Ga, false) if spec.is_switchable() => None,
        (_, Stage::Ga, false) => Some("GA; a later release will lock or remove it.".to_owned()),
        (_, Stage::Deprecated, _) => Some("Deprecated; a later release will remove it.".to_owned()),
        (_, _, true) => Some("Locked to that value; remove it.".to_owned()),
        _ => None,
    };
    property.deprecated = message.is_some().then_some(true);
    property.deprecation_message = message;
}

fn present(state: Milestone) -> String {
    let since = began(&state).map_or_else(String::new, |since| format!(" since {since}"));
    let on = on_or_off(state.default());
    if state.is_locked() {
        format!("{}{since}, locked {on}.", state.stage())
    } else {
        format!("{}{since}, {on} by default.", state.stage())
    }
}

// ---- how settings depend on each other ----

/// Two names of a gate must not be given different values.
fn contradictions(listed: Listed<'_>) -> Vec<Schema> {
    let names = names(listed);
    let pairs = names.iter().flat_map(|on| names.iter().map(move |off| (*on, *off)));
    let contrary = |(on, off): (&str, &str)| {
        negated(Schema {
            types: &["object"],
            required: vec![on.to_owned(), off.to_owned()],
            properties: [(on, reference(true)), (off, reference(false))].map(named).into(),
            ..Schema::default()
        })
    };
    pairs.filter(|(on, off)| on != off).map(contrary).collect()
}

/// What is on has on what it requires.
fn dependencies(gates: &Gates) -> Vec<Schema> {
    let broken = gates.broken();
    let mut conditions = Vec::new();
    for listed in gates.iter().filter(|listed| listed.status.exists()) {
        let name = listed.gate.name();
        // What is wrong without any setting is not an error of a configuration.
        if broken.iter().any(|broken| broken == name) || fixed(listed) == Some(false) {
            continue;
        }
        let required = gates.required(name).into_iter().filter_map(|needed| gates.get(needed));
        for needed in required.filter(|needed| fixed(*needed) != Some(true)) {
            let on = Schema { types: &["object"], ..is_on(listed) };
            let needed_name = needed.gate.name();
            let message = format!("{name} requires {needed_name}, which is off");
            let mut consequence = is_on(needed);
            consequence.description = Some(format!("{name} requires {needed_name}."));
            consequence.error_message = Some(message);
            conditions.push(Schema {
                condition: Some(Box::new(on)),
                consequence: Some(Box::new(consequence)),
                ..Schema::default()
            });
        }
    }
    conditions
}

/// The value that a gate has whatever is set, if it has one.
fn fixed(listed: Listed<'_>) -> Option<bool> {
    match listed.status {
        Status::NotIntroduced { .. } => Some(false),
        status => status.is_locked().then_some(status.default()),
    }
}

/// A map under which a gate is on: it is set to `true`, or not set and on by its group or default.
fn is_on(listed: Listed<'_>) -> Schema {
    match fixed(listed) {
        Some(true) => return Schema::default(),
        Some(false) => return never(),
        None => {}
    }
    let nothing = Schema { types: &["null"], ..Schema::default() };
    let unset = Schema {
        properties: names(listed).into_iter().map(|name| named((name, nothing.clone()))).collect(),
        ..Schema::default()
    };
    let status = listed.status;
    let mut otherwise = Vec::new();
    // A group that is set decides, unless one after it is set too.
    let mut stronger = unset;
    for group in listed.groups(status.stage()).into_iter().rev() {
        let mut by_group = stronger.clone();
        by_group.properties.insert(group.to_owned(), reference(true));
        by_group.required.push(group.to_owned());
        otherwise.push(by_group);
        stronger.properties.insert(group.to_owned(), nothing.clone());
    }
    if status.default() {
        otherwise.push(stronger);
    }
    let set = names(listed).into_iter().map(|name| Schema {
        required: vec![name.to_owned()],
        properties: [named((name, reference(true)))].into(),
        ..Schema::default()
    });
    Schema { any_of: set.chain(otherwise).collect(), ..Schema::default() }
}

fn names(listed: Listed<'_>) -> Vec<&str> {
    let gate = listed.gate;
    std::iter::once(gate.name()).chain(gate.spec.aliases.iter().map(String::as_str)).collect()
}

fn named((name, schema): (&str, Schema)) -> (String, Schema) {
    (name.to_owned(), schema)
}

fn negated(schema: Schema) -> Schema {
    Schema { not: Some(Box::new(schema)), ..Schema::default() }
}

/// What nothing is valid under.
fn never() -> Schema {
    negated(Schema::default())
}

/// One value, by the definition that [`definitions`] gives.
fn reference(value: bool) -> Schema {
    Schema { reference: Some(format!("#/definitions/{value}")), ..Schema::default() }
}

fn definitions() -> BTreeMap<String, Schema> {
    [false, true].into_iter().map(|value| (value.to_string(), spelt(value))).collect()
}
