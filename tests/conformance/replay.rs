//! Maps the steps of a scenario to calls of a `Registry`.
//!
//! It has no rules: an answer is only brought into the form in which it is compared.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::Mismatch;
use featuregate_core::{
    DependencyError, GateSpec, Notice, NoticeKind, Problem, ProblemKind, Problems, Registry,
    Source, Version, parse,
};
use serde_json::{Value, json};

use crate::expected::{Reported, Setup, State, Values};
use crate::scenario::{Dependencies, Gate, Op, Scenario, Step};

/// The registry that a scenario begins with.
pub(crate) const MAIN: &str = "main";

/// Everything that our registries answered.
pub(crate) struct Replay {
    /// The values before the first call.
    pub(crate) constructed: Values,
    pub(crate) setup: Setup<Outcome>,
    pub(crate) after_step: Vec<Outcome>,
    /// By the name of the registry.
    pub(crate) last: BTreeMap<String, State>,
}

/// What one call answered.
#[derive(Default)]
pub(crate) struct Outcome {
    /// The step as the record spells it.
    pub(crate) step: String,
    /// The registry that was called.
    pub(crate) on: String,
    pub(crate) refused: Option<Refusal>,
    pub(crate) answer: Option<Value>,
    /// Only of calls of which they are compared.
    pub(crate) notices: Vec<Reported>,
    /// The values after the call.
    pub(crate) enabled: Values,
    /// A new copy's name and values.
    pub(crate) copy: Option<(String, Values)>,
}

/// Why a call was refused.
pub(crate) struct Refusal {
    pub(crate) problems: Vec<Reported>,
    pub(crate) cycles: Vec<Vec<String>>,
}

/// Replays a scenario on fresh registries; fails where the scenario itself makes no sense.
pub(crate) fn replay(scenario: &Scenario) -> Result<Replay, String> {
    let mut registry = construct(scenario)?;
    let constructed = values(&registry);
    let setup = set_up(scenario, &mut registry)?;
    let mut registries = BTreeMap::from([(MAIN.to_owned(), registry)]);
    let mut after_step = Vec::new();
    for step in &scenario.steps {
        after_step.push(take(step, &mut registries)?);
    }
    let mentioned = mentioned(&scenario.steps);
    let last = registries
        .into_iter()
        .map(|(name, registry)| (name, state(&registry, &mentioned)))
        .collect();
    Ok(Replay { constructed, setup, after_step, last })
}

fn construct(scenario: &Scenario) -> Result<Registry, String> {
    let binary = version(&scenario.binary_version)?;
    let mut registry = Registry::new(binary);
    if let (None, Some(min_compat)) = (&scenario.emulation_version, &scenario.min_compat_version) {
        registry
            .emulate_with(binary, version(min_compat)?)
            .map_err(|problems| problems.to_string())?;
    }
    Ok(registry)
}

fn set_up(scenario: &Scenario, registry: &mut Registry) -> Result<Setup<Outcome>, String> {
    let mut call = |step: &str, make: &mut dyn FnMut(&mut Registry) -> Result<(), Problems>| {
        let mut outcome = Outcome { step: step.into(), on: MAIN.into(), ..Outcome::default() };
        outcome.made(make(registry));
        outcome.enabled = values(registry);
        outcome
    };
    let register = if scenario.gates.is_empty() {
        None
    } else {
        let specs: Result<Vec<_>, String> = scenario.gates.iter().map(Gate::spec).collect();
        let specs = specs?;
        Some(call("register", &mut |registry| registry.register(specs.clone())))
    };
    let dependencies = (!scenario.dependencies.is_empty()).then(|| {
        call("dependencies", &mut |registry| add_dependencies(registry, &scenario.dependencies))
    });
    let emulate = match &scenario.emulation_version {
        None => None,
        Some(emulated) => {
            let emulated = version(emulated)?;
            let min_compat = optional_version(scenario.min_compat_version.as_deref())?;
            Some(call("emulate", &mut |registry| emulate(registry, emulated, min_compat).map(drop)))
        }
    };
    Ok(Setup { register, dependencies, emulate })
}

fn take(step: &Step, registries: &mut BTreeMap<String, Registry>) -> Result<Outcome, String> {
    let on = step.on.as_deref().unwrap_or(MAIN);
    let registry = registries.get_mut(on).ok_or_else(|| format!("no copy is named {on}"))?;
    let mut outcome = Outcome { step: step.name.clone(), on: on.into(), ..Outcome::default() };
    let mut copy = None;
    match &step.op {
        Op::Set { text } => outcome.changed(registry.set(text)),
        Op::SetMap { values } => outcome.changed(registry.set_map(values.clone())),
        Op::Emulate { version: emulated, min_compat } => {
            let min_compat = optional_version(min_compat.as_deref())?;
            outcome.changed(emulate(registry, version(emulated)?, min_compat));
        }
        Op::OverrideDefault { name, value } => {
            outcome.changed(registry.override_default(name, *value));
        }
        Op::OverrideDefaultAt { name, value, version: at } => {
            outcome.changed(registry.override_default_at(name, *value, version(at)?));
        }
        Op::Add { gates } => {
            let specs: Result<Vec<_>, String> = gates.iter().map(Gate::unversioned).collect();
            outcome.made(registry.register(specs?));
        }
        Op::AddVersioned { gates } => {
            let specs: Result<Vec<_>, String> = gates.iter().map(Gate::spec).collect();
            outcome.made(registry.register(specs?));
        }
        Op::AddDependencies { dependencies } => {
            outcome.made(add_dependencies(registry, dependencies));
        }
        Op::Enabled { name } => outcome.answer = Some(json!(registry.enabled(name))),
        Op::ExplicitlySet { name } => outcome.answer = Some(json!(registry.explicitly_set(name))),
        Op::Validate {} => {
            let problems = registry.validate().err().map(|problems| reported(&problems));
            outcome.answer = Some(json!(problems.unwrap_or_default()));
        }
        Op::KnownFeatures {} => outcome.answer = Some(json!(registry.known_gates())),
        Op::Reset { name } => outcome.made(registry.reset(name).map(drop)),
        Op::DeepCopy { r#as } => copy = Some((r#as, registry.clone())),
        Op::DeepCopyAndReset { r#as } => match registry.copy_and_reset() {
            Ok(registry) => copy = Some((r#as, registry)),
            Err(problems) => outcome.made(Err(problems)),
        },
        Op::Close {} => registry.close(),
        Op::AddFlag {} => {
            outcome.answer = Some(json!(registry.known_gates()));
            registry.close();
        }
        Op::ParseFlag { text } => {
            registry.close();
            outcome.changed(registry.set(text));
        }
    }
    outcome.enabled = values(registry);
    if let Some((name, registry)) = copy {
        outcome.copy = Some((name.clone(), values(&registry)));
        registries.insert(name.clone(), registry);
    }
    Ok(outcome)
}

fn emulate(
    registry: &mut Registry,
    emulated: Version,
    min_compat: Option<Version>,
) -> Result<Vec<Notice>, Problems> {
    match min_compat {
        None => registry.emulate(emulated),
        Some(min_compat) => registry.emulate_with(emulated, min_compat),
    }
}

fn add_dependencies(registry: &mut Registry, dependencies: &Dependencies) -> Result<(), Problems> {
    registry.add_dependencies(dependencies.iter().map(|(gate, needed)| (gate, needed.clone())))
}

fn version(text: &str) -> Result<Version, String> {
    Version::of_release(text).map_err(|error| error.to_string())
}

fn optional_version(text: Option<&str>) -> Result<Option<Version>, String> {
    text.map(version).transpose()
}

impl Outcome {
    fn made(&mut self, result: Result<(), Problems>) {
        self.refused = result.err().map(|problems| Refusal {
            problems: reported(&problems),
            cycles: problems.iter().filter_map(cycle).collect(),
        });
    }

    fn changed(&mut self, result: Result<Vec<Notice>, Problems>) {
        match result {
            Ok(notices) => self.notices = notices.iter().map(reported_notice).collect(),
            Err(problems) => self.made(Err(problems)),
        }
    }
}

fn values(registry: &Registry) -> Values {
    names(registry).filter_map(|name| Some((name.to_owned(), registry.enabled(name)?))).collect()
}

fn names(registry: &Registry) -> impl Iterator<Item = &str> {
    registry.gates().specs().iter().map(GateSpec::name)
}

fn state(registry: &Registry, mentioned: &BTreeSet<String>) -> State {
    let versions = registry.versions();
    let known = names(registry).map(ToOwned::to_owned);
    let candidates: BTreeSet<String> = known.chain(mentioned.iter().cloned()).collect();
    State {
        enabled: values(registry),
        stages: registry
            .resolution()
            .iter()
            .map(|gate| (gate.name().into(), gate.stage().as_upper_str().into()))
            .collect(),
        explicitly_set: candidates
            .into_iter()
            .filter(|name| registry.explicitly_set(name))
            .collect(),
        known_features: registry.known_gates(),
        dependencies: registry
            .gates()
            .specs()
            .iter()
            .filter(|gate| gate.requires().len() > 0)
            .map(|gate| {
                let needed = gate.requires().map(ToOwned::to_owned);
                (gate.name().into(), needed.collect())
            })
            .collect(),
        emulation_version: versions.emulated.to_string(),
        min_compat_version: versions.min_compat.to_string(),
    }
}

/// All names in requests, also those that no gate has.
fn mentioned(steps: &[Step]) -> BTreeSet<String> {
    let names = |step: &Step| match &step.op {
        Op::Set { text } | Op::ParseFlag { text } => parse(text, &Source::call())
            .into_iter()
            .map(|item| item.map_or_else(|malformed| malformed.name, |given| given.name))
            .collect(),
        Op::SetMap { values } => values.keys().cloned().collect(),
        Op::OverrideDefault { name, .. }
        | Op::OverrideDefaultAt { name, .. }
        | Op::Enabled { name }
        | Op::ExplicitlySet { name }
        | Op::Reset { name } => vec![name.clone()],
        _ => Vec::new(),
    };
    steps.iter().flat_map(names).collect()
}

// ---- problems and notices as they are compared ----

fn reported(problems: &Problems) -> Vec<Reported> {
    problems.iter().map(reported_problem).collect()
}

fn reported_problem(problem: &Problem) -> Reported {
    let one = |kind: &str| vec![kind.to_owned(), problem.gate().to_owned()];
    let without_gate = |kind: &str| vec![kind.to_owned()];
    match problem.kind() {
        ProblemKind::MissingValue => one("missing-value"),
        ProblemKind::InvalidValue(_) => one("invalid-value"),
        ProblemKind::Unknown { .. } => one("unknown"),
        ProblemKind::Locked { .. } => one("locked"),
        ProblemKind::NotIntroduced { .. } => one("not-yet"),
        ProblemKind::Closed { .. } if problem.gate().is_empty() => without_gate("closed"),
        ProblemKind::Closed { .. } => one("closed"),
        ProblemKind::History(fault) => one(fault.rule().id()),
        ProblemKind::DifferentSpec | ProblemKind::NameTaken { .. } => one("different-spec"),
        ProblemKind::UnmetDependency { missing, .. } => {
            let mut reported = one("dependency");
            reported.extend(missing.iter().map(|missing| missing.gate.clone()));
            reported
        }
        ProblemKind::InvalidDependency(fault) => match fault {
            DependencyError::UnknownDependent { .. } => one("dep-unknown-dependent"),
            DependencyError::Unknown { dependency, .. } => {
                let mut reported = one("dep-unknown");
                reported.push(dependency.clone());
                reported
            }
            DependencyError::Stage(mismatch) => reported_mismatch("dep-stage", mismatch),
            DependencyError::Default(mismatch) => reported_mismatch("dep-default", mismatch),
            DependencyError::Lock(mismatch) => reported_mismatch("dep-lock", mismatch),
            DependencyError::Cycle { .. } => without_gate("cycle"),
            other => one(&format!("{other:?}")),
        },
        other => one(&format!("{other:?}")),
    }
}

fn reported_mismatch(kind: &str, mismatch: &Mismatch) -> Reported {
    let later = if mismatch.later { "-later" } else { "" };
    vec![format!("{kind}{later}"), mismatch.gate.clone(), mismatch.dependency.clone()]
}

fn cycle(problem: &Problem) -> Option<Vec<String>> {
    match problem.kind() {
        ProblemKind::InvalidDependency(DependencyError::Cycle { members, .. }) => {
            Some(members.clone())
        }
        _ => None,
    }
}

fn reported_notice(notice: &Notice) -> Reported {
    let kind = match notice.kind() {
        NoticeKind::SetGa { .. } => "set-ga".into(),
        NoticeKind::SetDeprecated { .. } => "set-deprecated".into(),
        NoticeKind::OverrideGa => "override-ga".into(),
        NoticeKind::OverrideDeprecated => "override-deprecated".into(),
        other => format!("{other:?}"),
    };
    vec![kind, notice.gate().to_owned()]
}
