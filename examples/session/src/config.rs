//! `config.toml`.

use std::collections::BTreeMap;

use featuregate::data::GateMap;
use serde::Deserialize;

/// What the file says of features; its other settings are left out here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    #[serde(flatten)]
    pub(crate) general: Profile,
    /// The profile that applies unless another one is named.
    pub(crate) profile: Option<String>,
    pub(crate) profiles: BTreeMap<String, Profile>,
    pub(crate) suppress_unstable_features_warning: bool,
}

/// The settings that a profile may have too.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Profile {
    pub(crate) features: GateMap,
    /// A switch from before there was a table of them.
    experimental_use_unified_exec_tool: Option<bool>,
}

impl Config {
    pub(crate) fn profile(&self, name: &str) -> Result<&Profile, String> {
        let known = || self.profiles.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let unknown = || format!("unknown profile {name:?}; the profiles are: {}", known());
        self.profiles.get(name).ok_or_else(unknown)
    }
}

impl Profile {
    /// The switches that are not in the table, under their own names.
    pub(crate) fn switches(&self) -> GateMap {
        let unified_exec = self.experimental_use_unified_exec_tool;
        unified_exec.map(|on| ("experimental_use_unified_exec_tool", on)).into_iter().collect()
    }
}
