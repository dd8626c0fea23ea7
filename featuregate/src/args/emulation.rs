//! `--emulated-version` and `--min-compatibility-version`.

use core::fmt;
use core::marker::PhantomData;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use featuregate_core::Version;

use crate::declare::declaration::Part;
use crate::resolve::enums::{Emulates, Enums};
use crate::resolve::resolver::Resolver;

const EMULATED_VERSION: &str = "emulated-version";
const MIN_COMPATIBILITY_VERSION: &str = "min-compatibility-version";

/// `--emulated-version X.Y`, to run as an earlier release with its gates, stages and defaults, and
/// `--min-compatibility-version X.Y`, the oldest release that the process must work with. Flatten it into
/// the arguments of a program whose enum can emulate.
///
/// If there are several enums, a version by itself applies to the first one's component, `store=3.5` to another one,
/// and `=1.34` to the component without a name. A release after a component's own is rejected, and so is a minimum
/// after the emulated release.
///
/// ```
/// use clap::Parser;
/// use featuregate::FeatureGate;
/// use featuregate::args::{EmulationArgs, FeatureGateArgs};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(version = "1.36", emulation)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha = "1.30", beta = "1.35")]
///     Cache,
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     gates: FeatureGateArgs<Feature>,
///     #[command(flatten)]
///     emulation: EmulationArgs<Feature>,
/// }
///
/// let cli = Cli::parse_from(["app", "--emulated-version=1.34"]);
/// let resolution = cli.emulation.apply(cli.gates.resolver()).resolve()?;
/// assert!(!resolution.enabled(Feature::Cache), "it was alpha then");
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub struct EmulationArgs<F> {
    emulated: Vec<Release>,
    min_compat: Vec<Release>,
    of: PhantomData<F>,
}

impl<F: Emulates> EmulationArgs<F> {
    /// The release to run as, of the first enum's component; the program's own if the flag is not
    /// given.
    #[must_use]
    pub fn emulated_version(&self) -> Version {
        let parts = F::parts();
        let first = parts.first();
        let own =
            |release: &&Release| release.component.as_deref() == first.and_then(Part::component);
        let given = self.emulated.iter().find(own).map(|release| release.version);
        given.unwrap_or_else(|| first.map_or(Version::ZERO, |part| part.declaration.version))
    }

    /// The resolver with these releases.
    #[must_use]
    pub fn apply(&self, resolver: Resolver<F>) -> Resolver<F> {
        let resolver = self.emulated.iter().fold(resolver, |resolver, release| {
            resolver.emulate_component(release.component.as_deref(), release.version)
        });
        self.min_compat.iter().fold(resolver, |resolver, release| {
            resolver.min_compatibility(release.component.as_deref(), release.version)
        })
    }
}

impl<F> fmt::Debug for EmulationArgs<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulationArgs")
            .field("emulated", &self.emulated)
            .field("min_compat", &self.min_compat)
            .finish_non_exhaustive()
    }
}

impl<F> Clone for EmulationArgs<F> {
    fn clone(&self) -> Self {
        let (emulated, min_compat) = (self.emulated.clone(), self.min_compat.clone());
        Self { emulated, min_compat, of: PhantomData }
    }
}

impl<F: Emulates> Args for EmulationArgs<F> {
    fn augment_args(command: Command) -> Command {
        let components = Components::of::<F>();
        let (names, own) = (components.value_name(), components.releases());
        let arg = |name: &'static str, what: What, help: String| {
            let components = components.clone();
            Arg::new(name)
                .long(name)
                .value_name(names)
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(move |text: &str| components.read(text, what))
                .help(help)
        };
        command
            .arg(arg(
                EMULATED_VERSION,
                What::Emulated,
                format!(
                    "Run as an earlier release, with its gates, stages and defaults [default: {own}]"
                ),
            ))
            .arg(arg(
                MIN_COMPATIBILITY_VERSION,
                What::Minimum,
                "The oldest release to work with [default: the one before the emulated release]"
                    .into(),
            ))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Emulates> FromArgMatches for EmulationArgs<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |name: &str| -> Vec<Release> {
            matches.get_many(name).into_iter().flatten().cloned().collect()
        };
        let emulated = given(EMULATED_VERSION);
        let min_compat = given(MIN_COMPATIBILITY_VERSION);
        once_each(EMULATED_VERSION, &emulated)?;
        once_each(MIN_COMPATIBILITY_VERSION, &min_compat)?;
        for minimum in &min_compat {
            let own = Components::of::<F>().release(minimum.component.as_deref());
            let same = |release: &&Release| release.component == minimum.component;
            let runs_as = emulated.iter().find(same).map(|release| release.version).or(own);
            if let Some(runs_as) = runs_as.filter(|&runs_as| minimum.version > runs_as) {
                return Err(usage(format!(
                    "--{MIN_COMPATIBILITY_VERSION}={minimum} is after the release to run as; write {runs_as} or an earlier one"
                )));
            }
        }
        Ok(Self { emulated, min_compat, of: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A release of a component, as it is written: `1.34`, or `store=3.5`.
#[derive(Clone, Debug)]
struct Release {
    component: Option<String>,
    version: Version,
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.component {
            Some(component) => write!(f, "{component}={}", self.version),
            None => self.version.fmt(f),
        }
    }
}

/// The components of a program: the first one's release may be written without a name.
#[derive(Clone)]
struct Components(Vec<Part>);

impl Components {
    fn of<F: Enums>() -> Self {
        Self(F::parts())
    }

    fn release(&self, component: Option<&str>) -> Option<Version> {
        let part = self.0.iter().find(|part| part.component() == component);
        part.map(|part| part.declaration.version)
    }

    fn several(&self) -> bool {
        let first = self.0.first().and_then(Part::component);
        self.0.iter().any(|part| part.component() != first)
    }

    fn value_name(&self) -> &'static str {
        if self.several() { "[COMPONENT=]MAJOR.MINOR,…" } else { "MAJOR.MINOR" }
    }

    /// The components' own releases, as they would be written for the flag.
    fn releases(&self) -> String {
        let first = self.0.first().and_then(Part::component);
        let mut releases: Vec<String> = Vec::new();
        for part in &self.0 {
            let component = part.component().unwrap_or_default();
            let release = match part.declaration.version {
                version if part.component() == first => version.to_string(),
                version => format!("{component}={version}"),
            };
            if !releases.contains(&release) {
                releases.push(release);
            }
        }
        releases.join(",")
    }

    /// Reads a release up to the component's own.
    fn read(&self, text: &str, what: What) -> Result<Release, String> {
        let (component, version) = match text.split_once('=') {
            None => (self.0.first().and_then(Part::component), text),
            Some((component, version)) => {
                (Some(component.trim()).filter(|name| !name.is_empty()), version)
            }
        };
        let of = |part: &&Part| part.component() == component;
        let name = component.unwrap_or("this program");
        let Some(part) = self.0.iter().find(of) else {
            let known: Vec<&str> = self.0.iter().filter_map(Part::component).collect();
            let known = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(format!(
                "unknown component {:?}; named components: {known}",
                component.unwrap_or_default()
            ));
        };
        if what == What::Emulated && !self.0.iter().filter(of).all(|part| part.emulates) {
            return Err(format!("the gates of {name} cannot run as another release"));
        }
        match part.declaration.versions.of_release(version.trim()) {
            Ok(version) if version <= part.declaration.version => {
                Ok(Release { component: component.map(ToOwned::to_owned), version })
            }
            Ok(_) => Err(format!(
                "{} {}, the release of {name}; write {1} or an earlier one",
                match what {
                    What::Emulated => "cannot emulate a release after",
                    What::Minimum => "cannot require a release after",
                },
                part.declaration.version,
            )),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The flag that a release is given for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Emulated,
    Minimum,
}

/// A component has one release.
fn once_each(flag: &str, releases: &[Release]) -> Result<(), Error> {
    for (index, release) in releases.iter().enumerate() {
        let same = |before: &&Release| before.component == release.component;
        if let Some(before) = releases.iter().take(index).find(same) {
            return Err(usage(format!(
                "--{flag} has both {before} and {release}, but a component runs as one release; remove one of them"
            )));
        }
    }
    Ok(())
}

fn usage(message: impl fmt::Display) -> Error {
    Error::raw(clap::error::ErrorKind::ValueValidation, message)
}
