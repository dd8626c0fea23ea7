//! Reads `featureGates` of a `KubeletConfiguration`, in YAML or JSON, with the location of each gate.

use std::fmt;
use std::path::Path;

use featuregate::data::GateValue;
use featuregate::{Item, Origin, Source};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_saphyr::{MessageFormatter, Spanned, UserMessageFormatter};

const API_VERSION: &str = "kubelet.config.k8s.io/v1beta1";
const KIND: &str = "KubeletConfiguration";

/// The fields that this example needs; the kubelet knows others.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KubeletConfiguration {
    api_version: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    feature_gates: Option<Gates>,
}

/// The entries of the map in their order.
#[derive(Default)]
struct Gates(Vec<(Spanned<String>, GateValue)>);

impl<'de> Deserialize<'de> for Gates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Gates;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of gates with booleans")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Gates, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Gates(entries))
            }
        }

        deserializer.deserialize_any(Entries)
    }
}

/// The gates that a file sets, or why it is not a configuration of a kubelet.
pub(crate) fn read(path: &Path) -> Result<Vec<Item>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let config: KubeletConfiguration =
        serde_saphyr::from_str(&text).map_err(|error| unreadable(path, &error))?;
    expect(path, "apiVersion", config.api_version.as_deref(), API_VERSION)?;
    expect(path, "kind", config.kind.as_deref(), KIND)?;

    let source = Source::config(shown.to_string());
    let item = |(name, value): &(Spanned<String>, GateValue)| {
        let location = name.referenced;
        let column = u32::try_from(location.column()).unwrap_or(u32::MAX);
        let line = u32::try_from(location.line()).unwrap_or(u32::MAX);
        value.item(&name.value, Origin::new(source.clone()).at(line, column))
    };
    Ok(config.feature_gates.unwrap_or_default().0.iter().filter_map(item).collect())
}

/// The location in the form of a gate's problem, and the message without advice to programmers.
fn unreadable(path: &Path, error: &serde_saphyr::Error) -> String {
    let error = error.without_snippet();
    // It may repeat a part of the file, which must not control the terminal.
    let message = UserMessageFormatter.format_message(error).replace(char::is_control, "\u{fffd}");
    let path = path.display();
    match error.location() {
        Some(at) => format!("{path}:{}:{}: {message}", at.line(), at.column()),
        None => format!("{path}: {message}"),
    }
}

fn expect(path: &Path, field: &str, found: Option<&str>, wanted: &str) -> Result<(), String> {
    let path = path.display();
    match found {
        Some(found) if found == wanted => Ok(()),
        Some(found) => {
            Err(format!("{path}: unexpected {field} {found:?}; write {field}: {wanted}"))
        }
        None => Err(format!("{path}: missing {field}; write {field}: {wanted}")),
    }
}
