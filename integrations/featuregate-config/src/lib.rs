//! Feature gates from a configuration that the crate `config` has merged, each with the file that set it, or the
//! environment.
//!
//! A typed configuration no longer knows where a value comes from; `config` does. So take the gates from it:
//!
//! ```
//! use config::{Config, File, FileFormat};
//! use featuregate::FeatureGate;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! let text = "[feature_gates]\nCache = true";
//! let config = Config::builder().add_source(File::from_str(text, FileFormat::Toml)).build()?;
//! let items = featuregate_config::items(&config, "feature_gates")?;
//! assert!(Feature::resolver().config(items).resolve()?.enabled(Feature::Cache));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `config` writes the names of environment variables in lower case, so a variable for each gate sets only gates whose
//! names are in lower case: use `#[feature_gate(rename_all = "snake_case")]`, or the variable of `env = "…"`.

use config::{Config, ConfigError, Value, ValueKind};
use featuregate::data::GateValue;
use featuregate::{Assignment, Item, ItemError, Origin, Source, parse_bool};

/// What `config` gives as the origin of all variables.
const ENVIRONMENT: &str = "the environment";

/// The gates of the map at a path (`feature_gates`, or `server.gates`), each with its origin: the path of a file, or the
/// environment. `config` knows neither lines nor the name of the variable.
///
/// Without such a map there are no gates. A value that is not a boolean is kept, so that it is reported with the other
/// problems; a null means that the gate is not set. From the environment, where all values are texts, the twelve spellings of a
/// boolean are read, `1` and `true` among them, as in a variable of gates.
///
/// # Errors
/// What is at the path is not a map.
pub fn items(config: &Config, path: &str) -> Result<Vec<Item>, ConfigError> {
    let gates = match config.get_table(path) {
        Ok(gates) => gates,
        Err(ConfigError::NotFound(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    // The order of the map is not that of the file.
    let mut gates: Vec<(String, Value)> = gates.into_iter().collect();
    gates.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let item = |(name, value): (String, Value)| match (value.origin(), &value.kind) {
        (Some(ENVIRONMENT), ValueKind::String(text)) => {
            let origin = Origin::new(Source::env(ENVIRONMENT));
            Some(match parse_bool(text) {
                Some(value) => Ok(Assignment::new(&name, value, origin)),
                None => {
                    Err(ItemError::new(&name, Some(featuregate::Value::Text(text.clone())), origin))
                }
            })
        }
        (origin, _) => {
            let source = origin.map_or_else(Source::call, Source::config);
            gate_value(value.kind).item(&name, Origin::new(source))
        }
    };
    Ok(gates.into_iter().filter_map(item).collect())
}

fn gate_value(value: ValueKind) -> GateValue {
    let number = |number: &dyn std::fmt::Display| GateValue::Other(format!("the number {number}"));
    match value {
        ValueKind::Nil => GateValue::Null,
        ValueKind::Boolean(value) => GateValue::Bool(value),
        ValueKind::I64(value) => number(&value),
        ValueKind::I128(value) => number(&value),
        ValueKind::U64(value) => number(&value),
        ValueKind::U128(value) => number(&value),
        ValueKind::Float(value) => number(&value),
        ValueKind::String(text) => GateValue::Text(text),
        ValueKind::Table(_) => GateValue::Other("a map".to_owned()),
        ValueKind::Array(_) => GateValue::Other("a list".to_owned()),
    }
}
