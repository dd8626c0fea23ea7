//! `--feature-gates`.

use core::fmt;
use core::marker::PhantomData;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::{Notation, Source};

use crate::args::completion::arg;
use crate::args::flags::{FeatureGates, GateFlag};
use crate::args::given::{Given, given};
use crate::args::help;
use crate::resolve::enums::Enums;
use crate::resolve::resolver::Resolver;

/// `--feature-gates NAME=BOOL,…`, which may be repeated. Flatten it into the program's arguments.
///
/// Its long help lists every gate that may be set, as in Kubernetes. For the gates of several enums, use one
/// group for all of them: `FeatureGateArgs<(Feature, store::Feature)>`. Another name and another notation are those
/// of a [`GateFlag`].
pub struct FeatureGateArgs<F, N = FeatureGates> {
    texts: Vec<String>,
    flag: String,
    of: PhantomData<(F, fn() -> N)>,
}

impl<F: Enums, N: GateFlag> FeatureGateArgs<F, N> {
    /// The texts as given, one for each occurrence of the flag.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// A resolver with the texts of this flag.
    #[must_use]
    pub fn resolver(&self) -> Resolver<F> {
        self.apply(Resolver::new())
    }

    /// The resolver with the texts of this flag.
    #[must_use]
    pub fn apply(&self, resolver: Resolver<F>) -> Resolver<F> {
        let source = Source::flag(&self.flag).written(N::NOTATION);
        self.texts
            .iter()
            .fold(resolver.offer(&source), |resolver, text| resolver.read(&source, text))
    }
}

impl<F, N> fmt::Debug for FeatureGateArgs<F, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeatureGateArgs").field("texts", &self.texts).finish_non_exhaustive()
    }
}

impl<F, N> Clone for FeatureGateArgs<F, N> {
    fn clone(&self) -> Self {
        Self { texts: self.texts.clone(), flag: self.flag.clone(), of: PhantomData }
    }
}

impl<F: Enums, N: GateFlag> Args for FeatureGateArgs<F, N> {
    fn augment_args(command: Command) -> Command {
        let value_name = match N::NOTATION {
            Notation::Assignments => "NAME=BOOL,…",
            Notation::Switches => "NAME[=BOOL],…",
            Notation::Signs => "[-]NAME,…",
            _ => "NAME,…",
        };
        command.arg(
            arg::<F, false>(N::NAME)
                .value_name(value_name)
                .help(help::short::<F>(&N::NOTATION))
                .long_help(help::long::<F>(&N::NOTATION)),
        )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Enums, N: GateFlag> FromArgMatches for FeatureGateArgs<F, N> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given: Vec<(usize, Given<F, false>)> = given(matches, N::NAME);
        let flag = given.first().map(|(_, given)| given.flag.clone());
        let flag = flag.unwrap_or_else(|| format!("--{}", N::NAME));
        let texts = given.into_iter().map(|(_, given)| given.text).collect();
        Ok(Self { texts, flag, of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
