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
#[serde(rename_all = "camelCase")]
struct Flag<'a> {
    flag_type: &'static str,
    default_value: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
}

impl<'a> FlagManifest<'a> {
    /// The gates that exist at the release, by name, with their defaults there.
    pub(crate) fn of(gates: &'a Gates) -> Self {
        let flags = gates.iter().filter_map(|listed| {
            let default_value = listed.present()?.default();
            let Listed { gate, spec, .. } = listed;
            let flag = Flag { flag_type: "boolean", default_value, description: spec.doc().trim() };
            Some((gate.name(), flag))
        });
        Self { schema: SCHEMA, flags: flags.collect() }
    }
}
