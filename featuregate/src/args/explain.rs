//! `--explain-feature-gates`.

use core::fmt;
use core::marker::PhantomData;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::Explanations;

use crate::resolve::enums::{Enums, gates};
use crate::resolve::resolution::Resolution;
use crate::resolve::unknown_gate::UnknownGate;

const EXPLAIN: &str = "explain-feature-gates";
#[cfg(feature = "json")]
const FORMAT: &str = "explain-format";

/// `--explain-feature-gates[=NAME]`: why each gate, or one of them, has its value; as a table, or as data with the
/// feature `json` and `--explain-format=json`. Flatten it into the arguments of a program that prints what
/// [`of`](Self::of) returns, and exits.
///
/// ```
/// use clap::Parser;
/// use featuregate::FeatureGate;
/// use featuregate::args::{ExplainArgs, FeatureGateArgs};
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
///     #[command(flatten)]
///     explain: ExplainArgs<Feature>,
/// }
///
/// let cli = Cli::parse_from(["app", "--feature-gates=Cache=true", "--explain-feature-gates=Cache"]);
/// let resolution = cli.gates.resolver().resolve()?;
/// assert_eq!(
///     cli.explain.of(&resolution).unwrap(),
///     "\
/// NAME   STAGE       LOCKED  ENABLED  SET BY                                   VALUE  EFFECT
/// Cache  Alpha       no      true     default                                  false  overridden by --feature-gates, column 1, \"Cache=true\"
///                                     --feature-gates, column 1, \"Cache=true\"  true   decides
/// "
/// );
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct ExplainArgs<F> {
    asked: Option<Asked>,
    of: PhantomData<F>,
}

#[derive(Clone, Debug)]
struct Asked {
    /// One gate; `None` for all.
    gate: Option<String>,
    json: bool,
}

impl<F: Enums> ExplainArgs<F> {
    /// The text to print, which ends with a line break; `None` if the flag was not given.
    #[must_use]
    pub fn of(&self, resolution: &Resolution<F>) -> Option<String> {
        let Asked { gate, json } = self.asked.as_ref()?;
        let explanations = match gate {
            None => resolution.explain_all(),
            // The argument accepts only known gates.
            Some(name) => resolution.explain(name).ok()?.into(),
        };
        if *json { as_json(&explanations) } else { Some(explanations.to_string()) }
    }
}

/// Every explanation can be written as JSON.
#[cfg(feature = "json")]
fn as_json(explanations: &Explanations<'_>) -> Option<String> {
    let mut text = serde_json::to_string(&crate::data::Explained::new(explanations)).ok()?;
    text.push('\n');
    Some(text)
}

#[cfg(not(feature = "json"))]
fn as_json(_: &Explanations<'_>) -> Option<String> {
    None
}

impl<F> fmt::Debug for ExplainArgs<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExplainArgs").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl<F> Clone for ExplainArgs<F> {
    fn clone(&self) -> Self {
        Self { asked: self.asked.clone(), of: PhantomData }
    }
}

impl<F: Enums> Args for ExplainArgs<F> {
    fn augment_args(command: Command) -> Command {
        let explain = Arg::new(EXPLAIN)
            .long(EXPLAIN)
            .value_name("NAME")
            .num_args(0..=1)
            .require_equals(true)
            .action(ArgAction::Set)
            .value_parser(known::<F>)
            .help("Explain why each gate, or one of them, has its value: every setting of it, and which one decided");
        let command = command.arg(explain);
        #[cfg(feature = "json")]
        let command = command.arg(
            Arg::new(FORMAT)
                .long(FORMAT)
                .value_name("FORMAT")
                .requires(EXPLAIN)
                .value_parser(["table", "json"])
                .help("The format of the explanation [default: table]"),
        );
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The name or alias of a gate.
fn known<F: Enums>(name: &str) -> Result<String, UnknownGate> {
    match gates::<F>() {
        Ok(gates) if !gates.knows(name) => Err(UnknownGate::in_set(name, &gates)),
        // The resolver reports why several enums cannot be composed.
        _ => Ok(name.into()),
    }
}

impl<F: Enums> FromArgMatches for ExplainArgs<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        #[cfg(feature = "json")]
        let json = matches.get_one::<String>(FORMAT).is_some_and(|format| format == "json");
        #[cfg(not(feature = "json"))]
        let json = false;
        let asked = matches
            .contains_id(EXPLAIN)
            .then(|| Asked { gate: matches.get_one(EXPLAIN).cloned(), json });
        Ok(Self { asked, of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
