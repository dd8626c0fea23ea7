//! A scenario as it was recorded. What Kubernetes answered is read over: the expected answers say what
//! becomes of it.

use std::collections::BTreeMap;

use featuregate_core::{RawMilestone, RawSpec, Stage};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// Gate by gate, what it needs.
pub(crate) type Dependencies = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) binary_version: String,
    pub(crate) emulation_version: Option<String>,
    pub(crate) min_compat_version: Option<String>,
    pub(crate) gates: Vec<Gate>,
    pub(crate) dependencies: Dependencies,
    pub(crate) steps: Vec<Step>,

    #[serde(rename = "id")]
    _id: IgnoredAny,
    #[serde(rename = "group")]
    _group: IgnoredAny,
    #[serde(rename = "note")]
    _note: Option<IgnoredAny>,
    #[serde(rename = "setup")]
    _setup: Option<IgnoredAny>,
    #[serde(rename = "after_step")]
    _after_step: Option<IgnoredAny>,
    #[serde(rename = "final")]
    _final: Option<IgnoredAny>,
    #[serde(rename = "final_copies")]
    _final_copies: Option<IgnoredAny>,
    #[serde(rename = "nondeterministic")]
    _nondeterministic: Option<IgnoredAny>,
    #[serde(rename = "outcomes")]
    _outcomes: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gate {
    name: String,
    history: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    version: Option<String>,
    stage: String,
    default: bool,
    #[serde(default)]
    lock_to_default: bool,
    min_compat: Option<String>,
}

/// What is done to one registry.
#[derive(Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(crate) struct Step {
    /// As the record spells it, for messages.
    pub(crate) name: String,
    /// The copy on which it acts; without it, the registry of the scenario.
    pub(crate) on: Option<String>,
    pub(crate) op: Op,
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Op {
    Set { text: String },
    SetMap { values: BTreeMap<String, bool> },
    Emulate { version: String, min_compat: Option<String> },
    OverrideDefault { name: String, value: bool },
    OverrideDefaultAt { name: String, value: bool, version: String },
    Add { gates: Vec<Gate> },
    AddVersioned { gates: Vec<Gate> },
    AddDependencies { dependencies: Dependencies },
    Enabled { name: String },
    ExplicitlySet { name: String },
    // Braces, since serde does not look for unknown fields in a variant without any.
    Validate {},
    KnownFeatures {},
    Reset { name: String },
    DeepCopy { r#as: String },
    DeepCopyAndReset { r#as: String },
    Close {},
    AddFlag {},
    ParseFlag { text: String },
}

/// Serde can't refuse unknown fields beside a flattened one, so `on` is taken out first.
impl TryFrom<Map<String, Value>> for Step {
    type Error = serde_json::Error;

    fn try_from(mut fields: Map<String, Value>) -> Result<Self, Self::Error> {
        let on = fields.remove("on").unwrap_or_default();
        let name = fields.get("op").cloned().unwrap_or_default();
        Ok(Self {
            name: serde_json::from_value(name)?,
            on: serde_json::from_value(on)?,
            op: serde_json::from_value(Value::Object(fields))?,
        })
    }
}

impl Gate {
    /// The declaration; versions are handed on as they are written.
    pub(crate) fn spec(&self) -> Result<RawSpec, String> {
        let mut spec = RawSpec::new(&self.name);
        for entry in &self.history {
            spec = spec.milestone(entry.milestone()?);
        }
        Ok(spec)
    }

    /// The same for a gate without versions, which stands for one that holds since 0.0.
    pub(crate) fn unversioned(&self) -> Result<RawSpec, String> {
        let mut spec = self.spec()?;
        for milestone in &mut spec.milestones {
            milestone.since = Some("0.0".into());
        }
        Ok(spec)
    }
}

impl Entry {
    fn milestone(&self) -> Result<RawMilestone, String> {
        let stage = Stage::ALL
            .iter()
            .copied()
            .find(|stage| stage.as_upper_str() == self.stage)
            .ok_or_else(|| format!("{} is not a stage", self.stage))?;
        let mut milestone =
            RawMilestone::new("", stage).with_default(self.default).with_lock(self.lock_to_default);
        milestone.since.clone_from(&self.version);
        milestone.min_compat.clone_from(&self.min_compat);
        Ok(milestone)
    }
}
