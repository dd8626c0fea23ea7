//! A session: its features, and what its start has to say.

use std::fmt::Write as _;

use clap::Args;
use featuregate::args::FeatureListArgs;
use featuregate::data::GateMap;
use featuregate::{
    Cause, Gates, Policy, Problem, Problems, Resolution, SourceKind, Stage, Treatment,
};
use serde::{Deserialize, Serialize};

use crate::{Config, Feature};

/// The arguments that every command has.
#[derive(Args, Debug)]
pub struct Cli {
    /// The profile of the configuration
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    #[command(flatten)]
    features: FeatureListArgs<Feature>,
}

/// A session. It is kept with its features, as the difference from the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its features.
    pub features: Gates<Feature>,
    /// What the user should know.
    #[serde(skip)]
    pub warnings: Vec<String>,
}

impl Session {
    /// The features of all layers: the file and its table, the profile and its table, the flags. The requirements of
    /// an administrator are above all of them.
    ///
    /// # Errors
    /// What is wrong with the flags, or with the name of the profile. What is wrong with the file is a warning, so that
    /// a file of another release does not prevent a session.
    pub fn start(cli: &Cli, config: &Config, requirements: &GateMap) -> Result<Self, String> {
        let unused = Policy::new().unknown(Treatment::Notice).removed(Treatment::Ignore);
        let mut resolver = Feature::resolver()
            .policy(SourceKind::Config, unused)
            .config(config.general.switches().items("config.toml"))
            .config(config.general.features.items("config.toml"))
            .pins(requirements.items("requirements.toml"));
        if let Some(name) = cli.profile.as_ref().or(config.profile.as_ref()) {
            let profile = config.profile(name)?;
            let path = format!("config.toml, profile {name}");
            resolver = resolver.config(profile.switches().items(&path));
            resolver = resolver.config(profile.features.items(&path));
        }
        let resolution = cli.features.apply(resolver).resolve_lenient();
        let resolution = resolution.map_err(|problems| lines(&problems))?;
        let (of_flags, of_files): (Vec<_>, Vec<_>) =
            resolution.problems().iter().partition(|problem| is_of_flag(problem));
        if !of_flags.is_empty() {
            return Err(lines(of_flags));
        }
        let mut warnings: Vec<String> = of_files.iter().map(ToString::to_string).collect();
        warnings.extend(resolution.notices().iter().map(ToString::to_string));
        if !config.suppress_unstable_features_warning {
            warnings.extend(unstable(&resolution));
        }
        Ok(Self { features: resolution.gates(), warnings })
    }

    /// Another session with one more feature on or off, such as one that this session starts.
    ///
    /// # Errors
    /// What the other features say against it.
    pub fn with(
        &self,
        feature: Feature,
        on: bool,
        requirements: &GateMap,
    ) -> Result<Self, Problems> {
        let features = self.features.with(feature, on)?;
        Self { features, warnings: Vec::new() }.under(requirements)
    }

    /// The session under the requirements of an administrator, which may be others than when it was kept.
    ///
    /// # Errors
    /// What the requirements and the features say against each other.
    pub fn under(self, requirements: &GateMap) -> Result<Self, Problems> {
        let resolver = Feature::resolver().without_env().config(self.features.items());
        let resolution = resolver.pins(requirements.items("requirements.toml")).resolve()?;
        let warnings = resolution.notices().iter().map(ToString::to_string).collect();
        Ok(Self { features: resolution.gates(), warnings })
    }
}

fn is_of_flag(problem: &Problem) -> bool {
    problem.origin().is_some_and(|origin| origin.source().source_kind() == SourceKind::Flag)
}

fn lines<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> String {
    problems.into_iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A warning if features are turned on that are still under development.
fn unstable(resolution: &Resolution<Feature>) -> Option<String> {
    let on = resolution.iter().filter(|gate| {
        gate.enabled() && gate.stage() == Stage::Alpha && matches!(gate.cause(), Cause::Own(_))
    });
    let on: Vec<&str> = on.map(|gate| gate.name()).collect();
    (!on.is_empty()).then(|| {
        format!(
            "features under development are on and may not work: {}; to hide this warning, set suppress_unstable_features_warning = true in config.toml",
            on.join(", ")
        )
    })
}

/// What the menu of experiments offers: each feature with its title and description.
pub fn menu() -> impl Iterator<Item = (Feature, String, String)> {
    Feature::all().filter_map(|feature| {
        let spec = feature.spec();
        Some((feature, spec.meta("menu")?.to_owned(), spec.doc().to_owned()))
    })
}

/// The features of a session, one a line, with their stages.
#[must_use]
pub fn table(session: &Session) -> String {
    session.features.iter().fold(String::new(), |mut table, (feature, on)| {
        let stage = match feature.stage() {
            Stage::Alpha => "under development",
            Stage::Beta => "experimental",
            Stage::Ga => "stable",
            stage => stage.as_str(),
        };
        let _ = writeln!(table, "{:22} {stage:17} {on}", feature.name());
        table
    })
}
