//! `--preview` and `--no-preview`.

use core::fmt;
use core::marker::PhantomData;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::{Notation, Source};

use crate::args::flags::SwitchFlag;
use crate::args::help;
use crate::resolve::enums::Enums;
use crate::resolve::resolver::Resolver;

/// `--preview` and `--no-preview`: flags without a value for one gate, or for a group. Flatten it into the program's
/// arguments. The last one wins.
///
/// ```
/// use clap::Parser;
/// use featuregate::FeatureGate;
/// use featuregate::args::{FeatureSwitchArgs, SwitchFlag};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// /// `--preview`, `--no-preview`, and `APP_PREVIEW=1`
/// enum Preview {}
///
/// impl SwitchFlag for Preview {
///     const NAME: &'static str = "preview";
///     const GATE: &'static str = "AllAlpha";
///     const ENV: Option<&'static str> = Some("APP_PREVIEW");
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     preview: FeatureSwitchArgs<Feature, Preview>,
/// }
///
/// let cli = Cli::parse_from(["app", "--preview"]);
/// assert_eq!(cli.preview.value(), Some(true));
/// assert!(cli.preview.resolver().resolve()?.enabled(Feature::Cache));
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct FeatureSwitchArgs<F, N> {
    value: Option<bool>,
    of: PhantomData<(F, fn() -> N)>,
}

impl<F: Enums, N: SwitchFlag> FeatureSwitchArgs<F, N> {
    /// What the flags say; `None` if neither was given.
    #[must_use]
    pub fn value(&self) -> Option<bool> {
        self.value
    }

    /// A resolver with what the flags and the variable say.
    #[must_use]
    pub fn resolver(&self) -> Resolver<F> {
        self.apply(Resolver::new())
    }

    /// The resolver with what the flags and the variable say.
    #[must_use]
    pub fn apply(&self, resolver: Resolver<F>) -> Resolver<F> {
        let notation = || Notation::value(N::GATE);
        let on = Source::flag(format!("--{}", flag::<N>(true))).written(notation());
        let resolver = resolver.offer(&on);
        let resolver = match N::ENV {
            Some(variable) => resolver.variable(Source::env(variable).written(notation())),
            None => resolver,
        };
        match self.value {
            Some(value) => {
                let flag = Source::flag(format!("--{}", flag::<N>(value)));
                resolver.read(&flag.written(notation()), if value { "true" } else { "false" })
            }
            None => resolver,
        }
    }
}

fn flag<N: SwitchFlag>(value: bool) -> String {
    let no = if value { "" } else { "no-" };
    format!("{no}{}", N::NAME)
}

impl<F, N> fmt::Debug for FeatureSwitchArgs<F, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeatureSwitchArgs").field("value", &self.value).finish_non_exhaustive()
    }
}

impl<F, N> Clone for FeatureSwitchArgs<F, N> {
    fn clone(&self) -> Self {
        Self { value: self.value, of: PhantomData }
    }
}

impl<F: Enums, N: SwitchFlag> Args for FeatureSwitchArgs<F, N> {
    fn augment_args(command: Command) -> Command {
        let both = [flag::<N>(true), flag::<N>(false)];
        let env = N::ENV.map(|variable| format!(" [env: {variable}]")).unwrap_or_default();
        let exceptions = help::exceptions::<F>(N::GATE);
        [(true, "on"), (false, "off")].into_iter().fold(command, |command, (value, word)| {
            let env = if value { env.as_str() } else { "" };
            let flag = flag::<N>(value);
            command.arg(
                Arg::new(flag.clone())
                    .long(flag)
                    .action(ArgAction::SetTrue)
                    .overrides_with_all(both.clone())
                    .help(format!("Turn {} {word}{exceptions}{env}", N::GATE)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Enums, N: SwitchFlag> FromArgMatches for FeatureSwitchArgs<F, N> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |value: bool| matches.get_flag(&flag::<N>(value)).then_some(value);
        Ok(Self { value: given(true).or_else(|| given(false)), of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
