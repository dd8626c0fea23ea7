//! `featuregate explain`.

use clap::Args;
use featuregate_core::__private::Name;

use crate::commands::arguments::{Format, Program};
use crate::commands::complete;
use crate::commands::output::{Console, Outcome};
use crate::commands::rule;
use crate::error::{Error, did_you_mean};
use crate::lint::rules;
use crate::program::gates::Gates;
use crate::program::story::Story;

/// Explains a gate: its history, and which values it may have at a release.
///
/// `--format json` prints {"gate", "target", "standing", "meaning", "accepts", "stage", "default", "locked",
/// "milestones", "doc", "owner", "issue", "requires", "aliases", "components", "cfg", "removeIn", "removed",
/// "requiredBy", "variable"} without the fields that are empty. "standing" is there, not-yet or removed; "milestones" are
/// written as the "versionedSpecs" of a manifest.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// The gate, by its name or a former name.
    // The old spelling of `featuregate rule` takes a rule too, or nothing.
    #[arg(value_name = "GATE", add = complete::gates())]
    name: Option<String>,
    /// The name is a gate's, even if a rule has it.
    #[arg(long, requires = "name", hide = true)]
    gate: bool,
    #[command(flatten)]
    program: Program,
    /// The format of the output.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  The history of a gate, and whether it may still be set at 1.36:
    featuregate explain MemoryQoS --target 1.36";

impl Explain {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let rule = self.name.as_deref().filter(|_| !self.gate).and_then(rules::find);
        match (&self.name, rule) {
            (None, _) => rule::list(self.format, console)?,
            (Some(_), Some(rule)) => rule::show(rule, self.format, console)?,
            (Some(name), None) => self.story(name, console)?,
        }
        Ok(Outcome::Clean)
    }

    fn story(&self, name: &str, console: &mut Console) -> Result<(), Error> {
        let releases =
            self.program.manifests.read(console).map_err(|error| {
                if self.gate { error } else { error.after(rules::unknown(name)) }
            })?;
        let gates = self.program.gates_of(&releases, console)?;
        let listed = gates.get(name).or_else(|| gates.renamed(name));
        let Some(listed) = listed else {
            return Err(self.unknown(name, &gates));
        };
        if listed.gate.name() != name {
            let now = Name(listed.gate.name());
            console.note(Some(format!("{} is a former name of {now}; write that", Name(name))))?;
        }
        let story = Story::of(&gates, listed);
        match self.format {
            Format::Human => story.write(&mut console.out)?,
            Format::Json => console.json(&story)?,
        }
        Ok(())
    }

    fn unknown(&self, name: &str, gates: &Gates) -> Error {
        if let Some((_, group)) = gates.groups().find(|(group, _)| *group == name) {
            let of = group.selection();
            let mut stages = of.stages();
            let list = match (stages.next(), stages.next(), of.tags().len()) {
                (Some(stage), None, 0) => format!(" --stage {}", stage.as_word()),
                _ => String::new(),
            };
            return Error::new(format!(
                "{name} is not a gate but sets {of} that is not set itself; list them with featuregate list{list}"
            ));
        }
        let rules: Vec<&str> =
            if self.gate { Vec::new() } else { rules::all().map(|rule| rule.name).collect() };
        let lists = "`featuregate list` lists the gates, and `featuregate rule` the rules";
        let help = did_you_mean(gates.nearest(name, &rules), lists);
        Error::new(format!("unknown gate {}; {help}", Name(name)))
    }
}
