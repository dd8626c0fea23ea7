//! `--feature-gates`, its help and its completion.

use core::fmt;
use core::marker::PhantomData;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::help;

use crate::resolve::enums::{Enums, gates, variables};
use crate::resolve::resolver::Resolver;

const FEATURE_GATES: &str = "feature-gates";

/// `--feature-gates NAME=BOOL,…`, which may be repeated. Flatten it into the program's arguments.
///
/// Its long help lists every gate that may be set, as in Kubernetes. For the gates of several enums, use one
/// group for all of them: `FeatureGateArgs<(Feature, store::Feature)>`.
pub struct FeatureGateArgs<F> {
    texts: Vec<String>,
    of: PhantomData<F>,
}

impl<F: Enums> FeatureGateArgs<F> {
    /// The texts as given, one for each occurrence of the flag.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// A resolver with the texts of this flag.
    #[must_use]
    pub fn resolver(&self) -> Resolver<F> {
        self.texts.iter().fold(Resolver::new(), |resolver, text| resolver.flag(text))
    }

    fn arg() -> Arg {
        let arg = Arg::new(FEATURE_GATES)
            .long(FEATURE_GATES)
            .value_name("NAME=BOOL,…")
            .action(ArgAction::Append)
            .hide_possible_values(true)
            .help(short_help::<F>())
            .long_help(long_help::<F>());
        #[cfg(feature = "unstable-clap-complete")]
        let arg = arg.add(clap_complete::engine::ArgValueCompleter::new(complete::<F>));
        arg
    }
}

impl<F> fmt::Debug for FeatureGateArgs<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeatureGateArgs").field("texts", &self.texts).finish_non_exhaustive()
    }
}

impl<F> Clone for FeatureGateArgs<F> {
    fn clone(&self) -> Self {
        Self { texts: self.texts.clone(), of: PhantomData }
    }
}

impl<F: Enums> Args for FeatureGateArgs<F> {
    fn augment_args(command: Command) -> Command {
        command.arg(Self::arg())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Enums> FromArgMatches for FeatureGateArgs<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let texts = matches.get_many(FEATURE_GATES).into_iter().flatten().cloned().collect();
        Ok(Self { texts, of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn short_help<F: Enums>() -> String {
    let env = match &*variables::<F>() {
        [] => String::new(),
        variables => format!(" [env: {}]", variables.join(", ")),
    };
    format!("Turn features on or off, as in A=true,B=false; --help lists them{env}")
}

fn long_help<F: Enums>() -> String {
    let merged = match &*variables::<F>() {
        [] => "They override those of a configuration file".into(),
        [variable] => format!(
            "They override those of the variable {variable}, which override those of a configuration file"
        ),
        variables => format!(
            "They override those of the variables {}, which override those of a configuration file",
            variables.join(", ")
        ),
    };
    let gates = match gates::<F>() {
        Ok(gates) => help::known_gates(&gates).join("\n"),
        Err(problems) => format!("none, because:\n{problems}"),
    };
    format!(
        "Turn features on or off, as in A=true,B=false. May be repeated; a later value wins over an earlier one. {merged}, gate by gate.\n\nGates that may be set:\n{gates}"
    )
}

/// The command with the names and values of its gates, for generating a completion script.
///
/// `clap_complete::generate` offers the possible values of an argument. The command that parses
/// does not have them, because a usage error would list them all.
///
/// # Panics
/// If the command has no [`FeatureGateArgs`].
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
    let values =
        assignments::<F>().into_iter().map(|(text, doc)| PossibleValue::new(text).help(doc));
    let values = PossibleValuesParser::new(values);
    command.mut_arg(FEATURE_GATES, |arg| arg.value_parser(values))
}

/// `NAME=true` and `NAME=false` of every gate that may be set, with the first line of its doc.
fn assignments<F: Enums>() -> Vec<(String, String)> {
    // The resolver reports why several enums cannot be composed.
    let gates = gates::<F>().unwrap_or_default();
    help::settable(&gates)
        .flat_map(|gate| {
            let doc = gates.spec(gate).doc().lines().next().unwrap_or_default();
            [true, false].map(|value| (format!("{}={value}", gates.written(gate)), doc.to_owned()))
        })
        .collect()
}

/// Completes the last item of a text, and keeps the items before it.
#[cfg(feature = "unstable-clap-complete")]
fn complete<F: Enums>(current: &std::ffi::OsStr) -> Vec<clap_complete::CompletionCandidate> {
    let Some(current) = current.to_str() else {
        return Vec::new();
    };
    let (before, begun) = match current.rfind(',') {
        Some(comma) => current.split_at(comma + 1),
        None => ("", current),
    };
    assignments::<F>()
        .into_iter()
        .filter(|(text, _)| text.starts_with(begun))
        .map(|(text, doc)| {
            clap_complete::CompletionCandidate::new(format!("{before}{text}"))
                .help(Some(doc.into()))
        })
        .collect()
}
