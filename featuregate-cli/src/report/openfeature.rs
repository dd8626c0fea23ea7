//! The flag manifest of `OpenFeature`, from which its tools generate typed clients.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::program::gates::{Gates, Listed};

const SCHEMA: &str = "https://raw.githubusercontent.com/open-feature/cli/refs/heads/main/schema/v0/flag-manifest.json";

#[derive(Serialize)]
pub(crate) struct FlagManifest<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    flags: BTreeMap<&'a str, Flag<'a>>,
}

#[derive(Serialize)]
struct Flag<'a> {
    #[serde(rename = "flagType")]
    kind: &'static str,
    #[serde(rename = "defaultValue")]
    default: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
}

impl<'a> FlagManifest<'a> {
    /// The gates that exist at the release, by name, with their defaults there.
    pub(crate) fn of(gates: &'a Gates) -> Self {
        let flags = gates.iter().filter_map(|listed| {
            let default = listed.present()?.default();
            let Listed { gate, spec, .. } = listed;
            let flag = Flag { kind: "boolean", default, description: spec.doc().trim() };
            Some((gate.name(), flag))
        });
        Self { schema: SCHEMA, flags: flags.collect() }
    }
}
