//! `--enable` and `--disable`.

use core::fmt;
use core::marker::PhantomData;

use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::{Notation, Source};

use crate::args::completion::arg;
use crate::args::flags::{EnableDisable, ListFlags};
use crate::args::given::{Given, given};
use crate::args::help;
use crate::resolve::enums::Enums;
use crate::resolve::resolver::Resolver;

/// `--enable NAME,…` and `--disable NAME,…`, or other flags whose texts are lists of names. Flatten it into the
/// program's arguments.
///
/// The flags may be repeated, and a later one wins. Other names, and environment variables with such lists, are those
/// of [`ListFlags`]:
///
/// ```
/// use clap::Parser;
/// use featuregate::FeatureGate;
/// use featuregate::args::{FeatureListArgs, ListFlags};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
///     /// Fewer round trips.
///     #[gate(alpha, requires(Cache))]
///     Pipelining,
/// }
///
/// /// `--preview-features a,b`, and `APP_PREVIEW_FEATURES=a,b`
/// enum Preview {}
///
/// impl ListFlags for Preview {
///     const ON: Option<&'static str> = Some("preview-features");
///     const ON_ENV: Option<&'static str> = Some("APP_PREVIEW_FEATURES");
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     preview: FeatureListArgs<Feature, Preview>,
/// }
///
/// let cli = Cli::parse_from(["app", "--preview-features", "Cache,Pipelining"]);
/// assert!(cli.preview.resolver().resolve()?.enabled(Feature::Pipelining));
///
/// // Messages speak of lists too.
/// let cli = Cli::parse_from(["app", "--preview-features", "Pipelining"]);
/// assert_eq!(
///     cli.preview.resolver().resolve().unwrap_err().to_string(),
///     "--preview-features, column 1, \"Pipelining\": gate Pipelining is on but requires Cache, which is off; also add Cache, or remove Pipelining"
/// );
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct FeatureListArgs<F, N = EnableDisable> {
    /// In the order of the arguments.
    lists: Vec<List>,
    of: PhantomData<(F, fn() -> N)>,
}

#[derive(Clone, Debug)]
struct List {
    flag: String,
    on: bool,
    text: String,
}

impl<F: Enums, N: ListFlags> FeatureListArgs<F, N> {
    /// A resolver with the names of these flags and variables.
    #[must_use]
    pub fn resolver(&self) -> Resolver<F> {
        self.apply(Resolver::new())
    }

    /// The resolver with the names of these flags and variables.
    #[must_use]
    pub fn apply(&self, mut resolver: Resolver<F>) -> Resolver<F> {
        for (variable, on) in [(N::ON_ENV, true), (N::OFF_ENV, false)] {
            if let Some(variable) = variable {
                resolver = resolver.variable(Source::env(variable).written(notation(on)));
            }
        }
        for (flag, on) in Self::flags() {
            let given = self.lists.iter().find(|list| list.on == on);
            let flag = given.map_or_else(|| format!("--{flag}"), |list| list.flag.clone());
            resolver = resolver.offer(&Source::flag(flag).written(notation(on)));
        }
        self.lists.iter().fold(resolver, |resolver, list| {
            resolver.read(&Source::flag(&list.flag).written(notation(list.on)), &list.text)
        })
    }

    /// The flags, with what they do.
    fn flags() -> impl Iterator<Item = (&'static str, bool)> {
        const {
            assert!(
                N::ON.is_some() || N::OFF.is_some(),
                "the group has no flag; name `ON` or `OFF`"
            );
        };
        N::ON.into_iter().map(|flag| (flag, true)).chain(N::OFF.map(|flag| (flag, false)))
    }
}

const fn notation(on: bool) -> Notation {
    if on { Notation::On } else { Notation::Off }
}

impl<F, N> fmt::Debug for FeatureListArgs<F, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeatureListArgs").field("lists", &self.lists).finish_non_exhaustive()
    }
}

impl<F, N> Clone for FeatureListArgs<F, N> {
    fn clone(&self) -> Self {
        Self { lists: self.lists.clone(), of: PhantomData }
    }
}

impl<F: Enums, N: ListFlags> Args for FeatureListArgs<F, N> {
    fn augment_args(command: Command) -> Command {
        Self::flags().fold(command, |command, (flag, on)| {
            let env = if on { N::ON_ENV } else { N::OFF_ENV };
            command.arg(
                arg::<F, true>(flag)
                    .value_name("NAME,…")
                    .help(help::short_list(on, env))
                    .long_help(help::long_list::<F>(on, env)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Enums, N: ListFlags> FromArgMatches for FeatureListArgs<F, N> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let of_flag = |(flag, on)| {
            let given: Vec<(usize, Given<F, true>)> = given(matches, flag);
            given.into_iter().map(move |(position, Given { flag, text, .. })| {
                (position, List { flag, on, text })
            })
        };
        let mut lists: Vec<(usize, List)> = Self::flags().flat_map(of_flag).collect();
        lists.sort_by_key(|(position, _)| *position);
        Ok(Self { lists: lists.into_iter().map(|(_, list)| list).collect(), of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
