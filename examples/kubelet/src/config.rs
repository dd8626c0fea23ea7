//! Reads `featureGates` of a `KubeletConfiguration`, in YAML or JSON, with the location of each gate.

use std::path::Path;

use featuregate::data::{LocatedGates, Position};
use featuregate::{Gates, Item};
use kubelet::Feature;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::{MessageFormatter, Spanned, UserMessageFormatter};

const API_VERSION: &str = "kubelet.config.k8s.io/v1beta1";
const KIND: &str = "KubeletConfiguration";

/// The fields that this example needs; the kubelet knows others.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct KubeletConfiguration {
    #[schemars(required, extend("const" = API_VERSION))]
    api_version: Option<String>,
    #[schemars(required, extend("const" = KIND))]
    kind: Option<String>,
    #[serde(default)]
    #[schemars(with = "Gates<Feature>")]
    feature_gates: LocatedGates<Spanned<String>>,
}

/// The gates that a file sets, or why it is not a configuration of a kubelet.
pub(crate) fn read(path: &Path) -> Result<Vec<Item>, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let config: KubeletConfiguration =
        serde_saphyr::from_str(&text).map_err(|error| unreadable(path, &error))?;
    expect(path, "apiVersion", config.api_version.as_deref(), API_VERSION)?;
    expect(path, "kind", config.kind.as_deref(), KIND)?;

    Ok(config.feature_gates.items(&shown.to_string(), |name| {
        let location = name.referenced;
        (&name.value, Position::new(location.line(), location.column()))
    }))
}

/// A JSON Schema of the configuration, for editors and validators.
pub(crate) fn schema() -> schemars::Schema {
    schemars::schema_for!(KubeletConfiguration)
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
