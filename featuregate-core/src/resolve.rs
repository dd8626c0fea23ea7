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

pub mod help;
mod mend;
pub mod notice;
pub mod problem;
pub mod resolution;
pub mod versions;

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use crate::declare::gate_set::{GROUPS, GateSet, Slot};
use crate::declare::spec::{GateSpec, RemovedPolicy};
use crate::declare::stage::Stage;
use crate::nearest::nearest;
use crate::request::assignment::{Assignment, Item, Malformed};
use crate::resolve::mend::Mender;
use crate::resolve::notice::{Notice, NoticeKind};
use crate::resolve::problem::{Problem, ProblemKind, Problems};
use crate::resolve::resolution::{Cause, Decision, Resolution};
use crate::resolve::versions::Versions;

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

/// Resolves items against a set of gates.
///
/// # Errors
/// Every problem of every item, in the order of the items.
///
/// ```
/// use featuregate_core::{
///     GateSet, RemovedPolicy, Source, UnknownPolicy, Version, Versions, parse, resolve,
/// };
/// use std::sync::Arc;
///
/// let gates = Arc::new(GateSet::new());
/// let versions = Versions::of_binary(Version::new(1, 36));
/// let items = parse("AllAlpha=true", &Source::flag("--feature-gates"));
/// let resolution =
///     resolve(&gates, versions, UnknownPolicy::Refuse, RemovedPolicy::Tolerate, items)?;
/// assert_eq!(resolution.enabled("AllAlpha"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
pub fn resolve(
    gates: &Arc<GateSet>,
    versions: Versions,
    unknown: UnknownPolicy,
    removed: RemovedPolicy,
    items: impl IntoIterator<Item = Item>,
) -> Result<Resolution, Problems> {
    let mut work = Work {
        gates,
        versions,
        unknown,
        removed,
        assignments: Vec::new(),
        deciding: vec![None; gates.gates().len()],
        troubled: vec![false; gates.gates().len()],
        findings: Vec::new(),
        suggestions: SUGGESTIONS,
    };
    work.take(items);
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
    versions: Versions,
    unknown: UnknownPolicy,
    removed: RemovedPolicy,
    /// All well-formed items with their place.
    assignments: Vec<(Place, Assignment)>,
    /// For each gate the index of the assignment that decides it.
    deciding: Vec<Option<usize>>,
    /// Gates that have a problem of their own.
    troubled: Vec<bool>,
    findings: Vec<(Place, Finding)>,
    suggestions: usize,
}

impl Work<'_> {
    /// Step 1: what each item says by itself.
    fn take(&mut self, items: impl IntoIterator<Item = Item>) {
        for (place, item) in items.into_iter().enumerate() {
            match item {
                Ok(assignment) => self.assignments.push((place, assignment)),
                Err(Malformed { name, value, origin }) => {
                    let kind = value.map_or(ProblemKind::MissingValue, ProblemKind::InvalidValue);
                    let problem = Problem { kind, gate: name, origin: Some(origin) };
                    self.findings.push((place, Finding::Problem(problem)));
                }
            }
        }
    }

    /// Steps 1 and 2: which gate an assignment means, and which one decides.
    fn check_names(&mut self) {
        let mut unknown: Vec<usize> = Vec::new();
        let mut written: Vec<Option<usize>> = vec![None; self.gates.gates().len()];
        for (index, (place, assignment)) in self.assignments.iter().enumerate() {
            let position = match self.gates.lookup(&assignment.name) {
                None => {
                    unknown.push(index);
                    continue;
                }
                Some(Slot::Gate(position)) => position,
                Some(Slot::Alias(position)) => {
                    let notice = alias_notice(self.gates, position, assignment);
                    self.findings.push((*place, Finding::Notice(notice)));
                    position
                }
            };
            let Some(before) = written.get_mut(position) else {
                continue;
            };
            let contradicted = before
                .replace(index)
                .and_then(|before| self.assignments.get(before))
                .map(|(_, before)| before)
                .filter(|before| contradict(before, assignment));
            if let Some(before) = contradicted {
                let problem = alias_conflict(before, assignment);
                self.findings.push((*place, Finding::Problem(problem)));
                if let Some(troubled) = self.troubled.get_mut(position) {
                    *troubled = true;
                }
            }
        }
        self.deciding = written;

        // The last of a repeated name counts.
        let named = |index: usize| self.assignments.get(index).map(|(_, item)| item.name.as_str());
        unknown.sort_unstable_by(|&a, &b| named(a).cmp(&named(b)).then(b.cmp(&a)));
        unknown.dedup_by(|again, last| named(*again) == named(*last));
        unknown.sort_unstable();
        for index in unknown {
            self.tell_unknown(index);
        }
    }

    fn tell_unknown(&mut self, index: usize) {
        let Some((place, assignment)) = self.assignments.get(index) else {
            return;
        };
        if self.unknown == UnknownPolicy::Ignore {
            return;
        }
        let suggestion =
            if self.suggestions == 0 { None } else { suggest(self.gates, &assignment.name) };
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
        let Versions { binary, emulated, min_compat } = self.versions;
        for (position, (gate, deciding)) in
            self.gates.gates().iter().zip(&self.deciding).enumerate()
        {
            let Some((place, assignment)) = deciding.and_then(|index| self.assignments.get(index))
            else {
                continue;
            };
            let value = assignment.value;
            let now = gate.at(emulated, min_compat);
            let removal = gate.removal.filter(|removal| removal.since <= binary);
            let problem = if let Some(removal) = removal {
                let tolerated = self.removed == RemovedPolicy::Tolerate && removal.value == value;
                (!tolerated).then_some(ProblemKind::Removed {
                    value,
                    removed: removal.since,
                    ended: removal.value,
                })
            } else if now.locked && value != now.default {
                Some(ProblemKind::Locked { value, locked_to: now.default, stage: now.stage })
            } else if now.stage == Stage::PreAlpha {
                let introduced = gate.introduced();
                Some(ProblemKind::NotYet { value, introduced, emulated })
            } else if value && !gate.available {
                Some(ProblemKind::Unavailable)
            } else {
                None
            };
            let (gate_name, origin) = (gate.name().into(), Some(assignment.origin.clone()));
            if let Some(kind) = problem {
                let problem = Problem { kind, gate: gate_name, origin };
                self.findings.push((*place, Finding::Problem(problem)));
                if let Some(troubled) = self.troubled.get_mut(position) {
                    *troubled = true;
                }
                continue;
            }
            let notice = match (removal, now.stage) {
                (Some(removal), _) => NoticeKind::SetRemoved { removed: removal.since },
                (None, Stage::Ga) => NoticeKind::SetGa,
                (None, Stage::Deprecated) => NoticeKind::SetDeprecated,
                _ => continue,
            };
            let notice = Notice { kind: notice, gate: gate_name, value, origin };
            self.findings.push((*place, Finding::Notice(notice)));
        }
    }

    /// Step 4: the value of every gate, and what it comes from.
    fn decide(&self) -> Vec<Decision> {
        let groups = self.deciding.get(..GROUPS.len()).unwrap_or(&[]);
        let decide = |(position, gate): (usize, &GateSpec)| {
            let mut decision = Decision::by_default(gate, self.versions);
            let group = GateSet::group_of(decision.stage)
                .filter(|_| !GateSet::is_group(position) && !decision.locked)
                .and_then(|group| Some((group, groups.get(group).copied().flatten()?)));
            let own = self.deciding.get(position).copied().flatten();
            decision.cause = match (own, group) {
                (Some(index), _) => Cause::Assignment(index),
                (None, Some((group, index))) => Cause::Group { group, index },
                (None, None) => Cause::Default,
            };
            let given = decision.cause.assignment().and_then(|index| self.assignments.get(index));
            // A refused request leaves the default, so that what depends on it is judged by that.
            let refused = self.troubled.get(position).copied().unwrap_or(false);
            if let Some((_, given)) = given.filter(|_| !refused) {
                decision.value = given.value && gate.available;
            }
            decision
        };
        self.gates.gates().iter().enumerate().map(decide).collect()
    }

    /// Step 5: what is on has on what it requires. A dependency of which one end has a problem already
    /// is not told a second time.
    fn check_dependencies(&mut self, decisions: &[Decision]) {
        let troubled = |position: usize| self.troubled.get(position).copied().unwrap_or(false);
        let on = |position: usize| decisions.get(position).is_some_and(|decision| decision.value);
        let mut mender = Mender::new(self.gates, self.versions, decisions);
        let mut found = Vec::new();
        for (position, (gate, decision)) in self.gates.gates().iter().zip(decisions).enumerate() {
            if !decision.value || !decision.exists || troubled(position) {
                continue;
            }
            let mut missing: Vec<usize> = self
                .gates
                .requires(position)
                .iter()
                .copied()
                .filter(|&needed| !on(needed) && !troubled(needed))
                .collect();
            if missing.is_empty() {
                continue;
            }
            missing.sort_unstable();
            missing.dedup();
            let cause = blame(position, &missing, decisions);
            let own = matches!(decision.cause, Cause::Assignment(_));
            let kind = ProblemKind::Dependency {
                missing: mender.names(&missing),
                mend: mender.mend(position, &missing, own),
            };
            let blamed = cause.and_then(|index| self.assignments.get(index));
            let place = blamed.map_or(Place::MAX, |(place, _)| *place);
            let origin = blamed.map(|(_, assignment)| assignment.origin.clone());
            let problem = Problem { kind, gate: gate.name().into(), origin };
            found.push((place, Finding::Problem(problem)));
        }
        self.findings.append(&mut found);
    }

    fn finish(mut self, decisions: Vec<Decision>) -> Result<Resolution, Problems> {
        self.findings.sort_by_key(|(place, _)| *place);
        let (mut problems, mut notices) = (Vec::new(), Vec::new());
        for (_, finding) in self.findings {
            match finding {
                Finding::Problem(problem) => problems.push(problem),
                Finding::Notice(notice) => notices.push(notice),
            }
        }
        Problems::none(problems)?;
        Ok(Resolution {
            gates: Arc::clone(self.gates),
            versions: self.versions,
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

/// The nearest name to one that is unknown, as it would be written.
fn suggest(gates: &GateSet, written: &str) -> Option<String> {
    let Some(component) = gates.component() else {
        return nearest(written, gates.names());
    };
    let bare = written.rsplit(':').next().unwrap_or(written);
    let name = match gates.slot(bare) {
        Some(_) => bare.into(),
        None => nearest(bare, gates.names())?,
    };
    Some(alloc::format!("{component}:{name}"))
}

/// Whether two assignments of one gate contradict each other in one source under different names.
fn contradict(before: &Assignment, after: &Assignment) -> bool {
    before.name != after.name
        && before.value != after.value
        && before.origin.source() == after.origin.source()
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

fn alias_notice(gates: &GateSet, position: usize, assignment: &Assignment) -> Notice {
    let gate = gates.gates().get(position).map_or("", |gate| gate.name());
    Notice {
        kind: NoticeKind::Alias { written: assignment.name.clone() },
        gate: gate.into(),
        value: assignment.value,
        origin: Some(assignment.origin.clone()),
    }
}
