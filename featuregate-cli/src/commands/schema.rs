//! `featuregate schema`.

use clap::Args;
use featuregate_core::__private::{GateSchema, Values};

use crate::commands::arguments::Program;
use crate::commands::output::Destination;
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::io::json;

/// Writes a JSON Schema of a configuration's map of gates.
///
/// Editors complete and explain the gates with it, and validators check them. A map is valid exactly if
/// `featuregate check` finds nothing at error level in it, as far as a parsed file shows: a validator
/// does not see that a map has a gate twice, or how a number was written. For a program of this library, that
/// takes `--booleans`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Schema {
    #[command(flatten)]
    program: Program,
    /// Describes the whole configuration, which has the map under KEY; a dot separates nested keys. Other keys
    /// are allowed.
    #[arg(long, value_name = "KEY", value_parser = key)]
    key: Option<String>,
    /// Accepts only booleans, as a program does that reads its configuration into types; otherwise also `"true"`, 1 and the
    /// other spellings. The schema is then that of `schemars` for the enum.
    #[arg(long)]
    booleans: bool,
    #[command(flatten)]
    destination: Destination,
}

const EXAMPLES: &str = "\
Examples:
  A schema for the featureGates of a kubelet's configuration:
    featuregate schema --key featureGates --output kubelet-gates.schema.json
  Use it with check-jsonschema, or in an editor with yaml-language-server by a first line in the file:
    check-jsonschema --schemafile kubelet-gates.schema.json kubelet.yaml
    # yaml-language-server: $schema=kubelet-gates.schema.json
  In CI, fail if the committed schema is not up to date:
    featuregate schema --output gates.schema.json --check";

impl Schema {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let gates = self.program.gates(console)?;
        let values = if self.booleans { Values::Typed } else { Values::Spelt };
        let schema = GateSchema::of_map(gates.registry(), gates.target, values);
        let schema = schema.document(self.key.as_deref());
        self.destination.put(&json::text(&schema)?, console)
    }
}

fn key(text: &str) -> Result<String, &'static str> {
    if text.split('.').all(|part| !part.is_empty()) {
        Ok(text.to_owned())
    } else {
        Err(
            "write the names of keys with dots between them, as in featureGates or kubelet.featureGates",
        )
    }
}
