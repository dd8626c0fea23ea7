//! Feature gates from a configuration that `figment` has merged, each with the file or variable that set it.
//!
//! A typed configuration no longer knows where a value comes from; `figment` does. So take the gates from it:
//!
//! ```
//! use featuregate::FeatureGate;
//! use figment::Figment;
//! use figment::providers::{Format, Json, Toml};
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! let figment = Figment::new()
//!     .merge(Toml::string("feature_gates = { Cache = false }"))
//!     .merge(Json::string(r#"{"feature_gates": {"Cache": true}}"#));
//! let items = featuregate_figment::items(&figment, "feature_gates")?;
//! let resolution = Feature::resolver().config(items).resolve()?;
//! assert!(resolution.enabled(Feature::Cache));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use featuregate::data::GateValue;
use featuregate::{Item, Origin, Source};
use figment::value::{Tag, Value};
use figment::{Error, Figment, Metadata};

/// The gates of the map at a path (`feature_gates`, or `server.gates`), each with its origin: the path of a file, the name of
/// an environment variable, or else the name of the provider. `figment` does not know lines, and of a gate that is set twice in
/// one file, it keeps the last.
///
/// Without such a map there are no gates. A value that is not a boolean is kept, so that it is reported with the other
/// problems; a null means that the gate is not set.
///
/// # Errors
/// What is at the path is not a map.
#[expect(
    clippy::result_large_err,
    reason = "it is the error of figment, as its own methods return it"
)]
pub fn items(figment: &Figment, path: &str) -> Result<Vec<Item>, Error> {
    if !figment.contains(path) {
        return Ok(Vec::new());
    }
    let found = figment.find_value(path)?;
    let origin = |tag: Tag, keys: &[&str]| {
        Origin::new(
            figment
                .get_metadata(tag)
                .map_or(Source::call(), |metadata| source(metadata, figment, keys)),
        )
    };
    match found {
        Value::Dict(_, gates) => Ok(gates
            .into_iter()
            .filter_map(|(name, value)| {
                let keys: Vec<&str> = path.split('.').chain([name.as_str()]).collect();
                let origin = origin(value.tag(), &keys);
                gate_value(value).item(&name, origin)
            })
            .collect()),
        Value::Empty(..) => Ok(Vec::new()),
        other => {
            let keys: Vec<&str> = path.split('.').collect();
            let origin = origin(other.tag(), &keys);
            let found = other.to_actual();
            Err(Error::from(format!(
                "{origin}: expected a map of gates with booleans at `{path}`, found {found}"
            )))
        }
    }
}

fn source(metadata: &Metadata, figment: &Figment, keys: &[&str]) -> Source {
    match &metadata.source {
        Some(figment::Source::File(path)) => Source::config(path.to_string_lossy()),
        Some(other) => Source::config(other.to_string()),
        None if metadata.name.contains("environment variable") => {
            let shown = metadata.interpolate(figment.profile(), keys);
            Source::env(variable(&metadata.name, keys).unwrap_or(shown))
        }
        None => Source::config(&metadata.name),
    }
}

/// The variable that has the value of these keys, or the whole of a map that they are in. `figment` knows neither its prefix
/// nor how its name separates keys, so only letters and digits are compared.
fn variable(provider: &str, keys: &[&str]) -> Option<String> {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    // As in: `APP_` environment variable(s)
    let prefix = provider.split('`').nth(1).map(letters).unwrap_or_default();
    let all: Vec<String> =
        std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let named = |wanted: &str| all.iter().find(|name| letters(name) == wanted).cloned();
    (1..=keys.len()).rev().find_map(|count| {
        let wanted: String = keys.iter().take(count).map(|key| letters(key)).collect();
        named(&(prefix.clone() + &wanted))
    })
}

fn gate_value(value: Value) -> GateValue {
    match value {
        Value::Bool(_, value) => GateValue::Bool(value),
        Value::Empty(..) => GateValue::Null,
        Value::String(_, text) => GateValue::Text(text),
        Value::Char(_, letter) => GateValue::Text(letter.to_string()),
        Value::Num(_, number) => GateValue::Other(format!("the number {}", number_text(number))),
        Value::Dict(..) => GateValue::Other("a map".to_owned()),
        Value::Array(..) => GateValue::Other("a list".to_owned()),
    }
}

fn number_text(number: figment::value::Num) -> String {
    let whole = number.to_i128().map(|whole| whole.to_string());
    let natural = || number.to_u128().map(|natural| natural.to_string());
    let real = || number.to_f64().map(|real| real.to_string());
    whole.or_else(natural).or_else(real).unwrap_or_default()
}
