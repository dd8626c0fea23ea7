//! From the library's problems, notices and states to the words of the data. No rule stands here.

use std::collections::BTreeMap;

use featuregate_core::{
    Assignment, GateState, Notice, NoticeKind, Origin, Problem, ProblemKind, Registry, Source,
    Stage,
};
use serde::Deserialize;

use crate::expected::Found;

/// A place of a file that gives a gate a value.
#[derive(Deserialize)]
pub(crate) struct Setting {
    name: String,
    value: bool,
    line: u32,
}

impl Setting {
    fn assignment(&self, source: &Source) -> Assignment {
        let origin = Origin::new(source.clone()).at(self.line, 1);
        Assignment::new(&self.name, self.value, origin)
    }
}

/// The verdict on each setting of a file, in the order of first appearance.
///
/// The settings are applied to the registry as they stand. What it refuses is dropped, and the rest, which
/// it must accept then, applied once more for its notices.
pub(crate) fn verdicts(registry: &Registry, file: &str, settings: &[Setting]) -> Vec<Found> {
    let source = Source::config(file);
    let asked = || settings.iter().map(|setting| setting.assignment(&source));
    let mut registry = registry.clone();
    let problems: BTreeMap<String, Problem> = match registry.clone().apply(asked().map(Ok)) {
        Ok(_) => BTreeMap::new(),
        Err(problems) => {
            problems.iter().map(|problem| (problem.gate().to_owned(), problem.clone())).collect()
        }
    };
    let accepted = |given: &Assignment| !problems.contains_key(&given.name);
    let notices = registry.apply(asked().filter(accepted).map(Ok));
    let notices = notices.unwrap_or_else(|problems| panic!("{file}: {problems}"));
    let notices: BTreeMap<String, Notice> =
        notices.into_iter().map(|notice| (notice.gate().to_owned(), notice)).collect();

    let mut found: Vec<Found> = Vec::new();
    for setting in settings {
        let (name, value) = (&setting.name, setting.value);
        if let Some(before) = found.iter_mut().find(|found| found.name == *name) {
            assert_eq!(before.value, value, "no file of the data contradicts itself");
            before.lines.push(setting.line);
            continue;
        }
        let verdict = match problems.get(name) {
            Some(problem) => of_problem(problem),
            None => of_state(&registry, name, value, notices.get(name)),
        };
        found.push(Found { name: name.clone(), value, lines: vec![setting.line], ..verdict });
    }
    found
}

fn of_problem(problem: &Problem) -> Found {
    let error = |status: &str, code: &str| verdict(status, "error", code);
    match problem.kind() {
        ProblemKind::Unknown { .. } => error("never-existed", "unknown:never-existed"),
        ProblemKind::NotIntroduced { introduced, .. } => Found {
            first: introduced.map(|version| version.to_string()),
            ..error("not-yet", "unknown:not-yet")
        },
        ProblemKind::Removed { removed, .. } => {
            Found { removed_in: Some(removed.to_string()), ..error("removed", "unknown:removed") }
        }
        ProblemKind::Locked { locked_to, stage, .. } => Found {
            stage: Some(word(*stage).into()),
            default: Some(*locked_to),
            locked: Some(true),
            ..error("known", "locked-contrary")
        },
        other => panic!("{other:?}"),
    }
}

fn of_state(registry: &Registry, name: &str, value: bool, notice: Option<&Notice>) -> Found {
    let resolution = registry.resolution();
    let state = resolution.state(name).unwrap();
    assert_eq!(state.enabled(), value, "{name}");
    let default = Some(state.default());
    let locked = Some(state.is_locked());
    // The gates in effect do not have the groups among them.
    if !resolution.iter().any(|gate: GateState<'_>| gate.name() == name) {
        return Found { default, locked, ..verdict("meta", "ok", "meta-gate") };
    }
    let (severity, code) = match notice.map(Notice::kind) {
        Some(NoticeKind::SetGa { .. }) => ("warning", "stable-set"),
        Some(NoticeKind::SetDeprecated { .. }) => ("warning", "deprecated-set"),
        Some(other) => panic!("{other:?}"),
        None if state.default() == value => ("ok", "same-as-default"),
        None => ("ok", "override"),
    };
    let word = Some(word(state.stage()).into());
    Found { stage: word, default, locked, ..verdict("known", severity, code) }
}

/// The data's word for a stage.
fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Alpha => "alpha",
        Stage::Beta => "beta",
        Stage::Ga => "stable",
        Stage::Deprecated => "deprecated",
        Stage::PreAlpha => panic!("the history has no pre-alpha"),
    }
}

fn verdict(status: &str, severity: &str, code: &str) -> Found {
    Found {
        name: String::new(),
        value: false,
        lines: Vec::new(),
        status: status.into(),
        stage: None,
        default: None,
        locked: None,
        severity: severity.into(),
        code: code.into(),
        removed_in: None,
        first: None,
    }
}
