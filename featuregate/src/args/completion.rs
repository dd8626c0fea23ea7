//! Completion of names and values.

use core::any::TypeId;
use core::marker::PhantomData;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, Command};
use featuregate_core::help;

use crate::args::given::{AnyText, Given};
use crate::resolve::enums::{Enums, gates};

/// An argument whose texts set gates.
pub(super) fn arg<F: Enums, const NAMES: bool>(flag: &'static str) -> Arg {
    let arg = Arg::new(flag)
        .long(flag)
        .action(ArgAction::Append)
        .value_parser(AnyText::<F, NAMES>(PhantomData))
        .hide_possible_values(true);
    #[cfg(feature = "unstable-clap-complete")]
    let arg = arg.add(clap_complete::engine::ArgValueCompleter::new(complete::<F, NAMES>));
    arg
}

/// The command with the names and values of its gates, for generating a completion script.
///
/// `clap_complete::generate` offers the possible values of an argument. The command that parses
/// does not have them, because a usage error would list them all. Every flag of a group of `F`'s gates gets them, also
/// in subcommands.
///
/// ```
/// use clap::{CommandFactory, Parser};
/// use featuregate::FeatureGate;
/// use featuregate::args::{FeatureGateArgs, for_completion};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     gates: FeatureGateArgs<Feature>,
/// }
///
/// let command = for_completion::<Feature>(Cli::command());
/// // clap_complete::generate(Shell::Bash, &mut command, "app", &mut io::stdout());
/// let gates = command.get_arguments().find(|arg| arg.get_id() == "feature-gates").unwrap();
/// assert!(gates.get_possible_values().iter().any(|value| value.matches("Cache=true", false)));
/// ```
#[must_use]
pub fn for_completion<F: Enums>(command: Command) -> Command {
    command.mut_args(with_values::<F>).mut_subcommands(for_completion::<F>)
}

fn with_values<F: Enums>(arg: Arg) -> Arg {
    let takes = arg.get_value_parser().type_id();
    let names = if takes == TypeId::of::<Given<F, true>>() {
        true
    } else if takes == TypeId::of::<Given<F, false>>() {
        false
    } else {
        return arg;
    };
    let values = settings::<F>(names);
    let values = values.into_iter().map(|(text, doc)| PossibleValue::new(text).help(doc));
    arg.value_parser(PossibleValuesParser::new(values))
}

/// The names of the gates that may be set, or `NAME=true` and `NAME=false` of each, with the first line of its doc.
fn settings<F: Enums>(names: bool) -> Vec<(String, String)> {
    // The resolver reports why several enums cannot be composed.
    let gates = gates::<F>().unwrap_or_default();
    let mut settings = Vec::new();
    for gate in help::settable(&gates) {
        let doc = gates.spec(gate).doc().lines().next().unwrap_or_default();
        let name = gates.written(gate);
        if names {
            settings.push((name.to_owned(), doc.to_owned()));
        } else {
            settings.extend([true, false].map(|value| (format!("{name}={value}"), doc.to_owned())));
        }
    }
    settings
}

/// Completes the last item of a text, and keeps the items before it.
#[cfg(feature = "unstable-clap-complete")]
fn complete<F: Enums, const NAMES: bool>(
    current: &std::ffi::OsStr,
) -> Vec<clap_complete::CompletionCandidate> {
    let Some(current) = current.to_str() else {
        return Vec::new();
    };
    let (before, begun) = match current.rfind(',') {
        Some(comma) => current.split_at(comma + 1),
        None => ("", current),
    };
    settings::<F>(NAMES)
        .into_iter()
        .filter(|(text, _)| text.starts_with(begun))
        .map(|(text, doc)| {
            clap_complete::CompletionCandidate::new(format!("{before}{text}"))
                .help(Some(doc.into()))
        })
        .collect()
}
