//! What a list of assignments means for a set of gates: a pure function.
//!
//! The same inputs give the same [`Resolution`] or the same [`Problems`]; nothing is read from outside
//! and nothing changed. The steps, in order:
//!
//! 1. each item is taken by itself: is it well formed, which gate does it name?
//! 2. the last assignment of each gate decides (a later source wins over an earlier one);
//! 3. each deciding assignment must be allowed at the versions in effect;
//! 4. every gate gets its value: its own request, else the group of its stage unless it is locked, else
//!    its default;
//! 5. every gate that is on must have on what it requires.

pub mod explain;
pub mod help;
mod mend;
pub mod notice;
pub mod problem;
pub mod resolution;

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use crate::declare::gate_set::{Component, GateSet, Slot};
use crate::declare::spec::RemovedPolicy;
use crate::declare::stage::Stage;
use crate::declare::versions::Versions;
use crate::order::{sort_numbers, sorted};
use crate::request::assignment::{Assignment, Item, Malformed};
use crate::resolve::mend::Mender;
use crate::resolve::notice::{Notice, NoticeKind};
use crate::resolve::problem::{OnBy, Problem, ProblemKind, Problems};
use crate::resolve::resolution::{Cause, Decision, Resolution};

/// What an assignment to an unknown name is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownPolicy {
    /// A problem (Kubernetes' behaviour).
    #[default]
    Refuse,
    /// A notice; it sets nothing.
    Notice,
    /// Nothing; it sets nothing.
    Ignore,
}

/// Resolves items against a set of gates, each at the versions of its component.
///
/// # Errors
/// Every problem of every item, in the order of the items.
///
/// ```
/// use featuregate_core::{GateSet, Source, UnknownPolicy, Version, Versions, parse, resolve};
/// use std::sync::Arc;
///
/// let gates = Arc::new(GateSet::new(Versions::of_binary(Version::new(1, 36))));
/// let items = parse("AllAlpha=true", &Source::flag("--feature-gates"));
/// let resolution = resolve(&gates, UnknownPolicy::Refuse, items)?;
/// assert_eq!(resolution.enabled("AllAlpha"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
pub fn resolve(
    gates: &Arc<GateSet>,
    unknown: UnknownPolicy,
    items: impl IntoIterator<Item = Item>,
) -> Result<Resolution, Problems> {
    let mut work = Work {
        gates,
        unknown,
        assignments: Vec::new(),
        deciding: vec![None; gates.gates().len()],
        before: vec![None; gates.gates().len()],
        troubled: vec![false; gates.gates().len()],
        findings: Vec::new(),
        suggestions: SUGGESTIONS,
    };
    for (place, item) in items.into_iter().enumerate() {
        work.take(place, item);
    }
    work.check_names();
    work.check_requests();
    let decisions = work.decide();
    work.check_dependencies(&decisions);
    work.finish(decisions)
}

/// For how many unknown names the nearest one is looked for; a text with more of them has no use for
/// it, and each costs a walk over all names.
const SUGGESTIONS: usize = 100;

/// Where a problem or notice stands in the input: the number of the item, and last what no item is to
/// blame for.
type Place = usize;

enum Finding {
    Problem(Problem),
    Notice(Notice),
}

struct Work<'a> {
    gates: &'a Arc<GateSet>,
    unknown: UnknownPolicy,
    /// All well-formed items with their place.
    assignments: Vec<(Place, Assignment)>,
    /// For each gate the index of the assignment that decides it.
    deciding: Vec<Option<usize>>,
    /// Whether assignments before the deciding one turn a gate on; nothing if there are none.
    before: Vec<Option<bool>>,
    /// Gates that have a problem of their own.
    troubled: Vec<bool>,
    findings: Vec<(Place, Finding)>,
    suggestions: usize,
}

impl Work<'_> {
    /// Step 1: what an item says by itself.
    fn take(&mut self, place: Place, item: Item) {
        match item {
            Ok(assignment) => self.assignments.push((place, assignment)),
            Err(Malformed { name, value, origin }) => {
                let kind = value.map_or(ProblemKind::MissingValue, ProblemKind::InvalidValue);
                let problem = Problem { kind, gate: name, origin: Some(origin) };
                self.findings.push((place, Finding::Problem(problem)));
            }
        }
    }

    /// Steps 1 and 2: which gate an assignment means, and which one decides.
    fn check_names(&mut self) {
        let mut unknown: Vec<usize> = Vec::new();
        let mut by_alias: Vec<(usize, usize)> = Vec::new();
        for (index, (_, assignment)) in self.assignments.iter().enumerate() {
            let Some(slot) = self.gates.lookup(&assignment.name) else {
                unknown.push(index);
                continue;
            };
            let position = slot.position();
            if matches!(slot, Slot::Alias(_)) {
                by_alias.push((position, index));
            }
            let (Some(deciding), Some(before)) =
                (self.deciding.get_mut(position), self.before.get_mut(position))
            else {
                continue;
            };
            let replaced = deciding.replace(index).and_then(|index| self.assignments.get(index));
            if let Some((_, replaced)) = replaced {
                *before = Some(before.unwrap_or(false) || replaced.value);
            }
        }
        self.check_aliases(&by_alias);

        // The last of a repeated name counts.
        let named = |index: usize| self.assignments.get(index).map(|(_, item)| item.name.as_str());
        sort_numbers(&mut unknown, &|a, b| named(a).cmp(&named(b)).then(b.cmp(&a)));
        unknown.dedup_by(|again, last| named(*again) == named(*last));
        sort_numbers(&mut unknown, &|a, b| a.cmp(&b));
        for index in unknown {
            self.tell_unknown(index);
        }
    }

    /// Tells former names, and where a source sets a gate differently under two names.
    fn check_aliases(&mut self, by_alias: &[(usize, usize)]) {
        let mut aliased = vec![false; if by_alias.is_empty() { 0 } else { self.deciding.len() }];
        for &(position, index) in by_alias {
            if let Some(aliased) = aliased.get_mut(position) {
                *aliased = true;
            }
            let Some((place, assignment)) = self.assignments.get(index) else {
                continue;
            };
            // That it should be dropped is said in any case; then how to write it does not matter.
            let decides = self.deciding.get(position) == Some(&Some(index));
            if decides && self.should_be_dropped(position) {
                continue;
            }
            let notice = Notice {
                kind: NoticeKind::Alias { written: assignment.name.clone() },
                gate: self.gates.written(position).into(),
                value: assignment.value,
                origin: Some(assignment.origin.clone()),
            };
            self.findings.push((*place, Finding::Notice(notice)));
        }

        // Within a source the last assignment under each name counts.
        let position = |index: usize| -> Option<usize> {
            let (_, assignment) = self.assignments.get(index)?;
            let position = self.gates.lookup(&assignment.name)?.position();
            aliased.get(position).copied().filter(|aliased| *aliased).map(|_| position)
        };
        let mut last: Vec<(usize, usize)> = Vec::new();
        if !aliased.is_empty() {
            let all = 0..self.assignments.len();
            last.extend(all.filter_map(|index| Some((position(index)?, index))));
            last = sorted(last, &Ord::cmp);
        }
        for of_gate in last.chunk_by(|a, b| a.0 == b.0) {
            let mut names: Vec<&(Place, Assignment)> = Vec::new();
            let given = of_gate.iter().rev().filter_map(|&(_, index)| self.assignments.get(index));
            for given in given {
                let same = |(_, later): &&(Place, Assignment)| {
                    later.name == given.1.name && later.origin.source() == given.1.origin.source()
                };
                if !names.iter().any(same) {
                    names.push(given);
                }
            }
            names.reverse();
            for (index, (place, given)) in names.iter().enumerate() {
                let contrary = names.iter().take(index).find(|(_, before)| {
                    before.value != given.value && before.origin.source() == given.origin.source()
                });
                let Some((_, before)) = contrary else { continue };
                self.findings.push((*place, Finding::Problem(alias_conflict(before, given))));
                let gate = of_gate.first().map_or(usize::MAX, |&(position, _)| position);
                if let Some(troubled) = self.troubled.get_mut(gate) {
                    *troubled = true;
                }
            }
        }
    }

    /// Whether a gate should not be set at all any more.
    fn should_be_dropped(&self, position: usize) -> bool {
        let versions = self.gates.versions(position);
        self.gates.gates().get(position).is_some_and(|gate| {
            gate.is_gone(versions.binary)
                || gate.at(versions.emulated, versions.min_compat).stage == Stage::Ga
        })
    }

    fn tell_unknown(&mut self, index: usize) {
        let Some((place, assignment)) = self.assignments.get(index) else {
            return;
        };
        if self.unknown == UnknownPolicy::Ignore {
            return;
        }
        let suggestion =
            if self.suggestions == 0 { None } else { self.gates.nearest(&assignment.name) };
        self.suggestions = self.suggestions.saturating_sub(1);
        let (gate, origin) = (assignment.name.clone(), Some(assignment.origin.clone()));
        if self.unknown == UnknownPolicy::Notice {
            let kind = NoticeKind::Unknown { nearest: suggestion };
            let notice = Notice { kind, gate, value: assignment.value, origin };
            self.findings.push((*place, Finding::Notice(notice)));
        } else {
            let kind = ProblemKind::Unknown { nearest: suggestion };
            self.findings.push((*place, Finding::Problem(Problem { kind, gate, origin })));
        }
    }

    /// Step 3: whether what is asked for is allowed.
    fn check_requests(&mut self) {
        for position in self.gates.positions() {
            let deciding = self.deciding.get(position).copied().flatten();
            let Some((place, assignment)) = deciding.and_then(|index| self.assignments.get(index))
            else {
                continue;
            };
            let finding = match self.check_request(position, assignment.value) {
                Ok(None) => continue,
                Ok(Some(kind)) => Finding::Notice(Notice {
                    kind,
                    gate: self.gates.written(position).into(),
                    value: assignment.value,
                    origin: Some(assignment.origin.clone()),
                }),
                Err(kind) => {
                    if let Some(troubled) = self.troubled.get_mut(position) {
                        *troubled = true;
                    }
                    Finding::Problem(Problem {
                        kind,
                        gate: self.gates.written(position).into(),
                        origin: Some(assignment.origin.clone()),
                    })
                }
            };
            self.findings.push((*place, finding));
        }
    }

    /// What there is to say about giving a gate a value.
    fn check_request(
        &self,
        position: usize,
        value: bool,
    ) -> Result<Option<NoticeKind>, ProblemKind> {
        let Some(gate) = self.gates.gates().get(position) else {
            return Ok(None);
        };
        let Versions { binary, emulated, min_compat } = self.gates.versions(position);
        if let Some(removal) = gate.removal.filter(|removal| removal.since <= binary) {
            let (removed, ended) = (removal.since, removal.value);
            let policy = self.gates.component(position).map(Component::removed);
            return if policy == Some(RemovedPolicy::Tolerate) && ended == value {
                Ok(Some(NoticeKind::SetRemoved { removed }))
            } else {
                Err(ProblemKind::Removed { value, removed, ended })
            };
        }
        let now = gate.at(emulated, min_compat);
        let available = self.gates.available(position);
        if available && now.locked && value != now.default {
            return Err(ProblemKind::Locked { value, locked_to: now.default, stage: now.stage });
        }
        if now.stage == Stage::PreAlpha {
            let introduced = gate.introduced();
            return Err(ProblemKind::NotYet { value, introduced, emulated });
        }
        if value && !available {
            let mut requires = self.gates.requires(position).iter().copied();
            let because = requires.find(|&needed| !self.gates.available(needed));
            let because = because.map(|needed| self.gates.written(needed).into());
            return Err(ProblemKind::Unavailable { because });
        }
        Ok(match now.stage {
            Stage::Ga => Some(NoticeKind::SetGa),
            Stage::Deprecated => Some(NoticeKind::SetDeprecated),
            _ => None,
        })
    }

    /// Step 4: the value of every gate, and what it comes from.
    fn decide(&self) -> Vec<Decision> {
        let given = |position: usize| self.deciding.get(position).copied().flatten();
        let refused = |position: usize| self.troubled.get(position).copied().unwrap_or(false);
        let decide = |position: usize| {
            let mut decision = Decision::by_default(self.gates, position);
            let group = self
                .gates
                .group_of(position, decision.stage)
                .filter(|&group| !decision.locked && !refused(group))
                .and_then(|group| Some((group, given(group)?)));
            decision.cause = match (given(position), group) {
                (Some(index), _) => Cause::Assignment(index),
                (None, Some((group, index))) => Cause::Group { group, index },
                (None, None) => Cause::Default,
            };
            let given = decision.cause.assignment().and_then(|index| self.assignments.get(index));
            // A refused request leaves the default, so that what depends on it is judged by that.
            if let Some((_, given)) = given.filter(|_| !refused(position)) {
                decision.value = given.value && self.gates.available(position);
            }
            decision
        };
        self.gates.positions().map(decide).collect()
    }

    /// Step 5: what is on has on what it requires. A dependency of which one end has a problem already
    /// is not told a second time.
    fn check_dependencies(&mut self, decisions: &[Decision]) {
        let troubled = |position: usize| self.troubled.get(position).copied().unwrap_or(false);
        let on = |position: usize| decisions.get(position).is_some_and(|decision| decision.value);
        let mut mender =
            Mender::new(self.gates, decisions, &self.assignments, &self.before, &self.troubled);
        let mut found = Vec::new();
        for (position, decision) in decisions.iter().enumerate() {
            if !decision.value || !decision.exists || troubled(position) {
                continue;
            }
            let requires = self.gates.requires(position).iter().copied();
            let mut missing: Vec<usize> =
                requires.filter(|&needed| !on(needed) && !troubled(needed)).collect();
            if missing.is_empty() {
                continue;
            }
            sort_numbers(&mut missing, &|a, b| a.cmp(&b));
            missing.dedup();
            let blamed =
                blame(position, &missing, decisions).and_then(|index| self.assignments.get(index));
            let by = match decision.cause {
                Cause::Default => OnBy::Default,
                Cause::Assignment(_) => OnBy::Request,
                Cause::Group { group, .. } => OnBy::Group(self.gates.written(group).into()),
            };
            let kind = ProblemKind::Dependency {
                by,
                missing: mender.missing(&missing),
                mend: mender.mend(position, &missing),
            };
            let place = blamed.map_or(Place::MAX, |(place, _)| *place);
            let origin = blamed.map(|(_, assignment)| assignment.origin.clone());
            let problem = Problem { kind, gate: self.gates.written(position).into(), origin };
            found.push((place, Finding::Problem(problem)));
        }
        self.findings.append(&mut found);
    }

    fn finish(self, decisions: Vec<Decision>) -> Result<Resolution, Problems> {
        let findings = sorted(self.findings, &|a, b| a.0.cmp(&b.0));
        let (mut problems, mut notices) = (Vec::new(), Vec::new());
        for (_, finding) in findings {
            match finding {
                Finding::Problem(problem) => problems.push(problem),
                Finding::Notice(notice) => notices.push(notice),
            }
        }
        Problems::none(problems)?;
        Ok(Resolution {
            gates: Arc::clone(self.gates),
            assignments: self.assignments.into_iter().map(|(_, assignment)| assignment).collect(),
            decisions,
            notices,
        })
    }
}

/// The assignment to blame for a dependency that does not hold: the one that turned the gate on, else
/// the first one that turned off what it requires.
fn blame(position: usize, missing: &[usize], decisions: &[Decision]) -> Option<usize> {
    let cause =
        |position: usize| decisions.get(position).and_then(|decision| decision.cause.assignment());
    cause(position).or_else(|| missing.iter().filter_map(|&needed| cause(needed)).min())
}

fn alias_conflict(before: &Assignment, after: &Assignment) -> Problem {
    Problem {
        kind: ProblemKind::AliasConflict {
            value: after.value,
            other: before.name.clone(),
            other_origin: before.origin.clone(),
        },
        gate: after.name.clone(),
        origin: Some(after.origin.clone()),
    }
}
