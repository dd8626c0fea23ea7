//! `/featurez`, with which programs of this library show their gates as JSON, and the list of gates alone, as
//! `--print-feature-gates=json` of an example prints it.

use std::io::Read;
use std::sync::Arc;

use featuregate_core::Version;
use serde::Deserialize;

use crate::fleet::instances::{By, Gathering, stage};

/// The most bytes that are read: those of 10,000 gates.
const LARGEST: u64 = 4 << 20;

/// A program and its gates.
#[derive(Debug, Default, Deserialize)]
struct Featurez {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    components: Vec<Component>,
    gates: Vec<Gate>,
}

/// The release of a component, and the one that applies.
#[derive(Debug, Deserialize)]
struct Component {
    /// None of the program itself.
    #[serde(rename = "component")]
    name: Option<String>,
    binary: String,
    emulation: String,
}

#[derive(Debug, Deserialize)]
struct Gate {
    name: String,
    stage: String,
    enabled: bool,
    #[serde(default)]
    origin: Option<Origin>,
}

/// What decided a value; its location is not read.
#[derive(Debug, Deserialize)]
struct Origin {
    source: String,
}

impl Origin {
    fn by(&self) -> By {
        match self.source.as_str() {
            "default" => By::Default,
            "group" => By::Group,
            _ => By::Setting,
        }
    }
}

/// Whether a text is JSON and not metrics.
pub(crate) fn is_json(beginning: &[u8]) -> bool {
    matches!(beginning.trim_ascii_start().first(), Some(b'[' | b'{'))
}

/// Reads an answer.
pub(crate) fn read(
    answer: impl Read,
    source: &Arc<str>,
    gathering: &mut Gathering,
) -> Result<(), String> {
    let mut bytes = Vec::new();
    let read = answer.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err("it is larger than 4 MB".to_owned());
    }
    let list = bytes.trim_ascii_start().starts_with(b"[");
    let parsed = if list {
        let gates = serde_json::from_slice(&bytes);
        gates.map(|gates| Featurez { gates, ..Featurez::default() })
    } else {
        serde_json::from_slice(&bytes)
    };
    let featurez = parsed.map_err(|error| format!("it is not a list of gates: {error}"))?;
    let Featurez { name, components, gates } = featurez;
    let main = components.iter().find(|it| it.name.is_none()).or(components.first());
    let version = |text: &str| Version::of_release(text).map_err(|error| error.to_string());
    let versions = match main {
        Some(main) => Some((version(&main.binary)?, Some(version(&main.emulation)?))),
        None => None,
    };
    let gates = gates.iter().map(|gate| {
        let by = gate.origin.as_ref().map(Origin::by);
        (gate.name.as_str(), gate.enabled, stage(&gate.stage), by)
    });
    gathering.add_instance(source, name.as_deref(), versions, gates)
}
