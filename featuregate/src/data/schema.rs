//! A JSON Schema of the gates of an enum, for programs that write one of their configuration.

use alloc::borrow::Cow;
use alloc::format;
use core::any::type_name;

use featuregate_core::__private::{GateSchema, Values};
use featuregate_core::Registry;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::data::map::GateMap;
use crate::declare::gate_enum::GateEnum;
use crate::resolve::gates::Gates;
use crate::resolve::resolver::Resolver;

/// An object with a boolean for each gate and group that may be set; null is "not set". A former name is marked as
/// deprecated. What gates require is part of it. It is the schema that `featuregate schema --booleans` writes.
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
/// assert_eq!(cache, "A cache in front of the disk.\n\nAlpha, off by default.");
/// ```
impl<F: GateEnum> JsonSchema for Gates<F> {
    fn schema_name() -> Cow<'static, str> {
        format!("GatesOf.{}", type_name::<F>().replace("::", ".")).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Why enums cannot be composed is reported where they are resolved.
        let gates = Resolver::<F>::new().with_required().gates().unwrap_or_default();
        let registry = Registry::of_gates(gates);
        let schema = GateSchema::of_map(&registry, F::DECLARATION.version, Values::Typed);
        // It is a map, since it has fields.
        let value = serde_json::to_value(schema).unwrap_or_default();
        value.try_into().unwrap_or_default()
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
