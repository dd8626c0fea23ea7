//! The error of a gate that is required and off.

use core::fmt;

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::Resolution as UntypedResolution;
use featuregate_core::{GateState, Registry, Stage, Status, Version};

use crate::declare::gate_enum::{self, GateEnum};
use crate::resolve::resolution::Resolution;
use crate::resolve::resolver::{FLAG, Resolver};

/// A gate that was [required](crate::FeatureGate::require) is off.
///
/// `Display` says what is off, its stage, how to turn it on, and where it is tracked. The flag is only named if the
/// feature `clap` is on, and a variable only if the enum names one.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(version = "1.36", env = "APP_FEATURE_GATES")]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha = "1.36", issue = "https://example.org/7")]
///     Cache,
/// }
///
/// fn serve() -> Result<(), featuregate::Disabled> {
///     Feature::Cache.require()?;
///     Ok(())
/// }
///
/// let error = serve().unwrap_err();
/// assert_eq!((error.gate(), error.stage()), ("Cache", featuregate::Stage::Alpha));
/// let message = error.to_string();
/// assert!(message.starts_with("gate Cache (alpha) is off; to turn it on, set Cache=true in "));
/// assert!(message.ends_with("; see https://example.org/7"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Disabled {
    gate: String,
    stage: Stage,
    way: Way,
    issue: Option<String>,
}

/// How a gate could be turned on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Way {
    /// With these gates set to true, itself first, in one of these sources.
    Settings { gates: Vec<String>, sources: Vec<String> },
    /// Not at all, because of a gate that it needs, or of itself.
    Blocked { by: Option<String>, why: Block },
}

/// Why no setting turns a gate on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Block {
    Locked,
    NotCompiledIn,
    NotIntroduced { emulated: Version },
    Removed,
}

impl Disabled {
    /// The name of the gate, as it is written in a setting.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// Its stage at the version in effect.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Where it is tracked, if its declaration says so.
    #[must_use]
    pub fn issue(&self) -> Option<&str> {
        self.issue.as_deref()
    }

    /// Why this gate is off, by what is installed, or else by the defaults.
    #[cold]
    pub(crate) fn of<F: GateEnum>(gate: F) -> Self {
        let resolution = match Resolution::<F>::installed() {
            Some(installed) => installed.untyped().clone(),
            None => defaults::<F>(),
        };
        let name = written::<F>(gate_enum::name(gate));
        match resolution.state(&name) {
            Some(state) => Self::of_state::<F>(&resolution, state),
            // The enums cannot be composed, which resolving reports.
            None => Self {
                gate: name.clone(),
                stage: Stage::PreAlpha,
                way: Way::Settings { gates: Vec::from([name]), sources: sources::<F>() },
                issue: None,
            },
        }
    }

    fn of_state<F: GateEnum>(resolution: &UntypedResolution, state: GateState<'_>) -> Self {
        let mut gates: Vec<GateState<'_>> = Vec::from([state]);
        let mut next = 0;
        while let Some(gate) = gates.get(next).copied() {
            for name in gate.requires() {
                let is_known = gates.iter().any(|known| known.name() == name);
                let needed = resolution.state(name).filter(|needed| !needed.enabled() && !is_known);
                gates.extend(needed);
            }
            next += 1;
        }
        let blocked = gates.iter().find_map(|gate| block(gate).map(|why| (gate, why)));
        let way = match blocked {
            Some((gate, why)) => {
                let by = (gate.name() != state.name()).then(|| gate.name().to_owned());
                Way::Blocked { by, why }
            }
            None => Way::Settings {
                gates: gates.iter().map(|gate| gate.name().to_owned()).collect(),
                sources: sources::<F>(),
            },
        };
        Self {
            gate: state.name().to_owned(),
            stage: state.stage(),
            way,
            issue: state.spec().issue().map(ToOwned::to_owned),
        }
    }
}

fn defaults<F: GateEnum>() -> UntypedResolution {
    let gates = Resolver::<F>::new().gates().unwrap_or_default();
    Registry::of_gates(gates).into_resolution()
}

fn written<F: GateEnum>(name: &str) -> String {
    match F::DECLARATION.component {
        Some(component) => alloc::format!("{component}:{name}"),
        None => name.to_owned(),
    }
}

fn sources<F: GateEnum>() -> Vec<String> {
    let flag = cfg!(feature = "clap").then(|| FLAG.to_owned());
    let variable = F::DECLARATION.env.map(|name| alloc::format!("the variable {name}"));
    flag.into_iter().chain(variable).chain(["the configuration".to_owned()]).collect()
}

fn block(gate: &GateState<'_>) -> Option<Block> {
    match gate.status() {
        Status::Free { .. } => None,
        Status::NotCompiledIn { .. } => Some(Block::NotCompiledIn),
        Status::Removed { .. } => Some(Block::Removed),
        Status::NotIntroduced { .. } => {
            Some(Block::NotIntroduced { emulated: gate.versions().emulated })
        }
        _ => Some(Block::Locked),
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked => f.write_str("is locked to false"),
            Self::NotCompiledIn => f.write_str("is not compiled into this program"),
            Self::NotIntroduced { emulated } => write!(f, "does not exist yet at {emulated}"),
            Self::Removed => f.write_str("is removed"),
        }
    }
}

impl fmt::Display for Disabled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { gate, stage, way, issue } = self;
        write!(f, "gate {gate} ({}) is off; ", stage.as_word())?;
        match way {
            Way::Settings { gates, sources } => {
                let settings: Vec<String> =
                    gates.iter().map(|name| alloc::format!("{name}=true")).collect();
                write!(f, "to turn it on, set {} in {}", settings.join(","), or(sources))?;
            }
            Way::Blocked { by: Some(by), why } => {
                write!(f, "it cannot be turned on, since it requires gate {by}, which {why}")?;
            }
            Way::Blocked { by: None, why } => write!(f, "it cannot be turned on, since it {why}")?,
        }
        issue.as_ref().map_or(Ok(()), |issue| write!(f, "; see {issue}"))
    }
}

/// `a`, `a or b`, `a, b or c`.
fn or(sources: &[String]) -> String {
    match sources {
        [before @ .., last] if !before.is_empty() => {
            alloc::format!("{} or {last}", before.join(", "))
        }
        all => all.first().map(ToString::to_string).unwrap_or_default(),
    }
}

impl core::error::Error for Disabled {}
