//! The start: flags of the configuration and the environment, and what was changed before.

use std::error::Error;
use std::path::PathBuf;

use featuregate::data::GateMap;
use featuregate::{Policy, Resolution, SourceKind, Treatment};
use serde::Deserialize;

use crate::{Flag, layer};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The flags; `all` sets those that are not set by themselves.
    pub feature_flags: GateMap,
    /// Where the database keeps its data.
    pub storage: PathBuf,
}

/// The flags that apply, or every setting that is wrong.
pub fn resolve(config: &Config, path: &str) -> Result<Resolution<Flag>, Box<dyn Error>> {
    let resolver = Flag::resolver()
        .config(config.feature_flags.items(path))
        .runtime(layer::read(&config.storage)?)
        // An upgrade may remove what an earlier release has kept.
        .policy(SourceKind::Runtime, Policy::of(Treatment::Notice));
    Ok(resolver.resolve()?)
}
