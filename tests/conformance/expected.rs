//! What featuregate must answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::scenario::Dependencies;

/// The value of every gate, groups included.
pub(crate) type Values = BTreeMap<String, bool>;

/// `[kind, gate…]`, which is what is compared of a problem or a notice.
pub(crate) type Reported = Vec<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    /// The wanted differences for which this is not what Kubernetes answered.
    pub(crate) differs: Vec<u32>,
    pub(crate) setup: Setup<Call>,
    pub(crate) after_step: Vec<Call>,
    #[serde(rename = "final")]
    pub(crate) last: State,
    #[serde(default)]
    pub(crate) final_copies: BTreeMap<String, State>,
}

/// The calls that set the scenario up, as far as they are made.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setup<T> {
    pub(crate) register: Option<T>,
    pub(crate) dependencies: Option<T>,
    pub(crate) emulate: Option<T>,
}

/// What one call answers, with only what applies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    /// The call is refused, for exactly these reasons.
    pub(crate) problems: Option<Vec<Reported>>,
    /// The call is refused, and exactly these gates are at fault.
    pub(crate) gates: Option<Vec<String>>,
    /// Beside `gates`: reasons that must be among those reported.
    pub(crate) at_least: Option<Vec<Reported>>,
    /// Beside `gates`: the members of each cycle.
    pub(crate) cycles: Option<Vec<Vec<String>>>,
    /// The answer to a question, where `null` is one.
    #[serde(default, deserialize_with = "given")]
    pub(crate) answer: Option<Value>,
    #[serde(default)]
    pub(crate) notices: Vec<Reported>,
    /// Left out where nothing changed since the registry's last one.
    pub(crate) enabled: Option<Values>,
    pub(crate) copy_enabled: Option<Values>,
}

/// What a registry is like after the last step.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    pub(crate) enabled: Values,
    pub(crate) stages: BTreeMap<String, String>,
    pub(crate) explicitly_set: Vec<String>,
    pub(crate) known_features: Vec<String>,
    pub(crate) dependencies: Dependencies,
    pub(crate) emulation_version: String,
    pub(crate) min_compat_version: String,
}

fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
