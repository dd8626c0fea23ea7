//! A JSON Schema of the gates of an enum, for programs that write one of their configuration.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::any::type_name;

use featuregate_core::{GateState, Registry, Status};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::data::map::GateMap;
use crate::declare::gate_enum::GateEnum;
use crate::resolve::gates::Gates;
use crate::resolve::resolver::Resolver;

/// An object with a boolean for each gate and group that may be set; null is "not set". A former name is marked as
/// deprecated.
///
/// ```
/// use featuregate::{FeatureGate, Gates};
/// use schemars::schema_for;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let schema = schema_for!(Gates<Feature>);
/// let cache = schema.pointer("/properties/Cache/description").unwrap();
/// assert_eq!(cache, "A cache in front of the disk.");
/// ```
impl<F: GateEnum> JsonSchema for Gates<F> {
    fn schema_name() -> Cow<'static, str> {
        format!("GatesOf.{}", type_name::<F>().replace("::", ".")).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Why enums cannot be composed is reported where they are resolved.
        let gates = Resolver::<F>::new().with_required().gates().unwrap_or_default();
        let mut properties = Map::new();
        for gate in Registry::of_gates(gates).resolution().all() {
            let Some(schema) = property(&gate) else { continue };
            for former in gate.spec().aliases() {
                let mut schema = schema.clone();
                schema.insert("deprecated".into(), true.into());
                properties.insert(sibling(gate.name(), former), schema.into());
            }
            properties.insert(gate.name().into(), schema.into());
        }
        json_schema!({
            "type": ["object", "null"],
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// An object with booleans.
impl JsonSchema for GateMap {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "GateMap".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["object", "null"],
            "additionalProperties": { "type": ["boolean", "null"] },
        })
    }
}

/// What a gate may be set to; `None` if it may not be set.
fn property(gate: &GateState<'_>) -> Option<Map<String, Value>> {
    let (key, values) = match gate.status() {
        Status::NotIntroduced { .. } => return None,
        Status::Free { .. } => ("type", json!(["boolean", "null"])),
        _ => ("enum", json!([gate.default(), null])),
    };
    let doc = Some(gate.spec().doc()).filter(|doc| !doc.is_empty());
    let doc = doc.map(|doc| ("description".into(), doc.into()));
    let entries = [(key.into(), values), ("default".into(), gate.default().into())];
    Some(entries.into_iter().chain(doc).collect())
}

/// A former name, with the component of its gate.
fn sibling(name: &str, former: &str) -> String {
    match name.split_once(':') {
        Some((component, _)) => format!("{component}:{former}"),
        None => former.into(),
    }
}
