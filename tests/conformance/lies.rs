//! Expected answers with one thing changed, so that they are wrong.

use serde_json::{Map, Value, json};

/// One falsified copy of expected answers, and where it was falsified.
pub(crate) struct Lie {
    pub(crate) change: String,
    pub(crate) expected: Value,
}

/// Every lie about a scenario: each value changed, each item and field left out, and to each list and
/// object something added.
pub(crate) fn lies(expected: &Value) -> impl Iterator<Item = Lie> + use<'_> {
    let mut locations = Vec::new();
    collect(expected, String::new(), &mut locations);
    locations.into_iter().flat_map(move |location| {
        let node = expected.pointer(&location).unwrap_or(&Value::Null);
        falsified(&location, node).into_iter().filter_map(move |(what, value)| {
            let mut expected = expected.clone();
            *expected.pointer_mut(&location)? = value;
            Some(Lie { change: format!("{location}: {what}"), expected })
        })
    })
}

/// The locations of all values, as JSON pointers.
fn collect(value: &Value, location: String, locations: &mut Vec<String>) {
    // Why the answers are not those of Kubernetes is reported, not compared.
    if location == "/differs" {
        return;
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{location}/{index}"), locations);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(field, format!("{location}/{key}"), locations);
            }
        }
        _ => {}
    }
    locations.push(location);
}

fn falsified(location: &str, node: &Value) -> Vec<(String, Value)> {
    match node {
        Value::Null => vec![("a value".into(), json!(false))],
        Value::Bool(value) => vec![("the other value".into(), json!(!value))],
        Value::Number(_) => vec![("another number".into(), json!(99))],
        Value::String(text) => vec![("another text".into(), json!(format!("{text}x")))],
        Value::Array(items) => falsified_list(last_key(location), items),
        Value::Object(fields) => falsified_object(location, fields),
    }
}

fn falsified_list(key: &str, items: &[Value]) -> Vec<(String, Value)> {
    let added = match key {
        "problems" | "at_least" | "cycles" | "notices" => json!(["unknown", "Nope"]),
        "after_step" => json!({}),
        _ => json!("Nope"),
    };
    let mut falsified = vec![("one item more".into(), with_item(items, added))];
    // What must be reported at least may be less than what is reported.
    if key == "at_least" {
        return falsified;
    }
    if let Some(first) = items.first() {
        falsified.push(("an item twice".into(), with_item(items, first.clone())));
    }
    for index in 0..items.len() {
        let mut items = items.to_vec();
        items.remove(index);
        falsified.push((format!("without item {index}"), items.into()));
    }
    falsified
}

fn with_item(items: &[Value], item: Value) -> Value {
    items.iter().cloned().chain([item]).collect()
}

fn falsified_object(location: &str, fields: &Map<String, Value>) -> Vec<(String, Value)> {
    let is_call = location.starts_with("/setup/") || location.starts_with("/after_step/");
    let added = match last_key(location) {
        "enabled" | "copy_enabled" => vec![("Nope", json!(false))],
        "stages" => vec![("Nope", json!("BETA"))],
        "dependencies" if !is_call => vec![("Nope", json!(["AllBeta"]))],
        "final_copies" => vec![("nope", json!({}))],
        "setup" => {
            vec![("register", json!({})), ("dependencies", json!({})), ("emulate", json!({}))]
        }
        _ if is_call => vec![
            ("problems", json!([["unknown", "Nope"]])),
            ("gates", json!(["Nope"])),
            ("at_least", json!([["unknown", "Nope"]])),
            ("cycles", json!([["Nope"]])),
            ("answer", json!(null)),
            ("notices", json!([["set-ga", "Nope"]])),
            ("enabled", json!({"Nope": false})),
            ("copy_enabled", json!({"Nope": false})),
            ("unheard_of", json!(null)),
        ],
        _ => vec![("unheard_of", json!(null))],
    };
    let added = added.into_iter().filter(|(key, _)| !fields.contains_key(*key));
    let mut falsified: Vec<(String, Value)> = added
        .map(|(key, value)| {
            let mut fields = fields.clone();
            fields.insert(key.into(), value);
            (format!("with {key}"), fields.into())
        })
        .collect();
    for key in fields.keys().filter(|key| says_something(key, fields)) {
        let mut fields = fields.clone();
        fields.remove(key);
        falsified.push((format!("without {key}"), fields.into()));
    }
    falsified
}

/// Whether it is a lie to leave a field out.
fn says_something(key: &str, fields: &Map<String, Value>) -> bool {
    let is_state = fields.contains_key("stages");
    match (key, fields.get(key)) {
        // No reason has to be given beside the gates.
        ("at_least", _) => false,
        // What a registry is made with goes without saying after a call that changes nothing.
        ("enabled", Some(values)) => {
            is_state || *values != json!({"AllAlpha": false, "AllBeta": false})
        }
        // To require nothing by an empty list is the same as to require nothing.
        (_, Some(Value::Array(items))) => is_state || !items.is_empty(),
        _ => true,
    }
}

fn last_key(location: &str) -> &str {
    location.rsplit('/').next().unwrap_or(location)
}
