//! The error of a gate that is required and off.

use core::fmt;

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::Resolution as UntypedResolution;
use featuregate_core::{
    GateState, Notation, Registry, Source, SourceKind, Stage, Status, Variables, Version,
};

use crate::declare::gate_enum::{GateEnum, written};
use crate::resolve::resolution::Resolution;
use crate::resolve::resolver::{FLAG, Resolver};

/// A gate that was [required](crate::FeatureGate::require) is off.
///
/// `Display` says what is off, its stage, how to turn it on, and where it is tracked. The flags, lists and variables are
/// those of the resolver that led to what is installed, as they are written there. Before that, they are the variable of
/// the enum and, with the feature `clap`, `--feature-gates`.
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
    /// By one of these settings.
    Settings(Vec<Setting>),
    /// Not at all, because of a gate that it needs, or of itself.
    Blocked { by: Option<String>, why: Block },
}

/// What turns the gate on, with all that it requires.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Setting {
    /// `set A=true,B=true in`, `add a,b to`, or all of it: `use --a`.
    what: String,
    /// Where that is written; none if `what` says it.
    sources: Vec<String>,
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
        let name = written(gate);
        let (resolution, sources) = match Resolution::<F>::installed() {
            Some(installed) => (installed.untyped().clone(), installed.resolved.sources.clone()),
            None => (defaults::<F>(), usual()),
        };
        match resolution.state(&name) {
            Some(state) => Self::of_state::<F>(&resolution, state, sources),
            // The enums cannot be composed, which resolving reports.
            None => Self {
                way: Way::Settings(settings::<F>(&[&name], sources)),
                gate: name,
                stage: Stage::PreAlpha,
                issue: None,
            },
        }
    }

    fn of_state<F: GateEnum>(
        resolution: &UntypedResolution,
        state: GateState<'_>,
        sources: Vec<Source>,
    ) -> Self {
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
        let way = if let Some((gate, why)) = blocked {
            let by = (gate.name() != state.name()).then(|| gate.name().to_owned());
            Way::Blocked { by, why }
        } else {
            let names: Vec<&str> = gates.iter().map(GateState::name).collect();
            Way::Settings(settings::<F>(&names, sources))
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

/// The sources of a program that has installed nothing yet.
fn usual() -> Vec<Source> {
    cfg!(feature = "clap").then(|| Source::flag(FLAG)).into_iter().collect()
}

/// How gates are turned on in each of the sources, the variables of the enum, and the configuration.
fn settings<F: GateEnum>(gates: &[&str], mut sources: Vec<Source>) -> Vec<Setting> {
    let declaration = &F::DECLARATION;
    if let Some(variable) = declaration.env.map(Source::env).filter(|it| !sources.contains(it)) {
        sources.push(variable);
    }
    if let Some(prefix) = declaration.env_prefix {
        let gate = gates.first().copied().unwrap_or_default().into();
        let notation = Notation::Value { gate, variables: Some(Variables::new(prefix)) };
        sources.push(Source::env(prefix).written(notation));
    }
    let mut settings: Vec<Setting> = Vec::new();
    for (what, source) in sources.iter().filter_map(|source| setting(gates, source)) {
        add(&mut settings, what, source);
    }
    // A configuration that is not written like the other sources has a notation of its own.
    let assigned = setting_in(gates, &Notation::Assignments);
    let is_assigned = settings.iter().all(|setting| Some(&setting.what) == assigned.as_ref());
    let what = assigned.filter(|_| is_assigned).unwrap_or_else(|| "turn it on in".to_owned());
    add(&mut settings, what, Some("the configuration".to_owned()));
    settings
}

fn add(settings: &mut Vec<Setting>, what: String, source: Option<String>) {
    match settings.iter_mut().find(|setting| setting.what == what) {
        Some(setting) => setting.sources.extend(source),
        None => settings.push(Setting { what, sources: source.into_iter().collect() }),
    }
}

/// What to write in a source, and its name if that is not a part of it; nothing where a source cannot turn the gates on.
fn setting(gates: &[&str], source: &Source) -> Option<(String, Option<String>)> {
    let name = source.name()?;
    let is_flag = source.source_kind() == SourceKind::Flag;
    match source.notation() {
        Notation::Value { gate, variables: None } => {
            let what =
                if is_flag { alloc::format!("use {name}") } else { alloc::format!("set {name}=1") };
            (gates == [&**gate]).then_some((what, None))
        }
        notation @ Notation::Value { .. } => {
            let variables: Option<Vec<String>> =
                gates.iter().map(|gate| notation.setting(gate, true)).collect();
            Some((alloc::format!("set {}", variables?.join(" and ")), None))
        }
        notation => {
            let what = setting_in(gates, notation)?;
            let name =
                if is_flag { name.to_owned() } else { alloc::format!("the variable {name}") };
            Some((what, Some(name)))
        }
    }
}

/// `set A=true,B=true in`, or `add a,b to`; nothing where the notation cannot turn gates on.
fn setting_in(gates: &[&str], notation: &Notation) -> Option<String> {
    let settings: Option<Vec<String>> =
        gates.iter().map(|gate| notation.setting(gate, true)).collect();
    let settings = settings?.join(",");
    Some(match notation {
        Notation::On => alloc::format!("add {settings} to"),
        _ => alloc::format!("set {settings} in"),
    })
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
            Way::Settings(settings) => {
                let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
                write!(f, "to turn it on, {}", settings.join(", or "))?;
            }
            Way::Blocked { by: Some(by), why } => {
                write!(f, "it cannot be turned on, since it requires gate {by}, which {why}")?;
            }
            Way::Blocked { by: None, why } => write!(f, "it cannot be turned on, since it {why}")?,
        }
        issue.as_ref().map_or(Ok(()), |issue| write!(f, "; see {issue}"))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if self.sources.is_empty() { Ok(()) } else { write!(f, " {}", or(&self.sources)) }
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
