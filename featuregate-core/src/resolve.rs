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

pub(crate) mod change;
pub(crate) mod explain;
pub mod help;
pub(crate) mod resolution;
mod suggest;

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::declare::spec::RemovedPolicy;
use crate::declare::stage::Stage;
use crate::gates::component::GateId;
use crate::gates::group::Group;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::cause::Cause;
use crate::problem::notice::{Notice, NoticeKind};
use crate::problem::problems::{Problem, ProblemKind, Problems};
use crate::request::assignment::{Item, ItemError, ItemId};
use crate::resolve::resolution::{AssignmentId, Decision, Given, Resolution};
use crate::resolve::suggest::Suggester;

/// How an assignment to an unknown name is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownPolicy {
    /// It is a problem (Kubernetes' behaviour).
    #[default]
    Refuse,
    /// It is a notice, and sets nothing.
    Notice,
    /// It sets nothing.
    Ignore,
}

/// Resolves items against a set of gates, each at the versions of its component.
///
/// # Errors
/// Every problem of every item, in the order of the items.
///
/// ```
/// use featuregate_core::{GateSet, Source, UnknownPolicy, Version, Versions, parse, resolve};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// let items = parse("AllAlpha=true", &Source::flag("--feature-gates"));
/// let resolution = resolve(gates, UnknownPolicy::Refuse, items)?;
/// assert_eq!(resolution.enabled("AllAlpha"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
pub fn resolve(
    gates: GateSet,
    unknown: UnknownPolicy,
    items: impl IntoIterator<Item = Item>,
) -> Result<Resolution, Problems> {
    resolve_shared(&Arc::new(gates), unknown, items)
}

/// The same for gates that others have too.
pub(crate) fn resolve_shared(
    gates: &Arc<GateSet>,
    unknown: UnknownPolicy,
    items: impl IntoIterator<Item = Item>,
) -> Result<Resolution, Problems> {
    let mut work = Work {
        gates,
        unknown,
        statuses: gates.map(|gate| gates.status(gate)),
        assignments: IdVec::new(),
        deciding: gates.map(|_| None),
        before: gates.map(|_| None),
        refused: gates.map(|_| false),
        findings: Vec::new(),
        suggestions: SUGGESTIONS,
    };
    let mut ids: IdVec<ItemId, ()> = IdVec::new();
    for item in items {
        work.take(ids.push(()), item);
    }
    work.check_names();
    work.check_requests();
    work.check_groups();
    let decisions = work.decide();
    work.check_dependencies(&decisions);
    work.finish(decisions)
}

/// For how many unknown names the nearest one is looked for. A text with more of them has no use for it, and
/// each costs a walk over all names.
const SUGGESTIONS: usize = 100;

enum Finding {
    Problem(Problem),
    Notice(Notice),
}

impl Finding {
    fn item(&self) -> Option<ItemId> {
        match self {
            Self::Problem(problem) => problem.item(),
            Self::Notice(notice) => notice.item(),
        }
    }
}

struct Work<'a> {
    gates: &'a Arc<GateSet>,
    unknown: UnknownPolicy,
    statuses: IdVec<GateId, Status>,
    assignments: IdVec<AssignmentId, Given>,
    /// For each gate the assignment that decides it.
    deciding: IdVec<GateId, Option<AssignmentId>>,
    /// Whether assignments before the deciding one turn a gate on; nothing if there are none.
    before: IdVec<GateId, Option<bool>>,
    /// The gates whose own assignments are a problem.
    refused: IdVec<GateId, bool>,
    findings: Vec<Finding>,
    suggestions: usize,
}

impl Work<'_> {
    /// Step 1: what an item says by itself, and which gate it names. The last assignment of a gate decides.
    fn take(&mut self, item: ItemId, content: Item) {
        let assignment = match content {
            Ok(assignment) => assignment,
            Err(ItemError { name, value, origin }) => {
                let kind = value.map_or(ProblemKind::MissingValue, ProblemKind::InvalidValue);
                let problem = Problem::of_item(kind, name, item, origin);
                return self.findings.push(Finding::Problem(problem));
            }
        };
        let lookup = self.gates.lookup(&assignment.name);
        let id = self.assignments.push(Given { item, assignment, lookup });
        if let Some(lookup) = lookup
            && let Some(replaced) = self.deciding[lookup.gate].replace(id)
        {
            let replaced = self.assignments[replaced].assignment.value;
            let before = &mut self.before[lookup.gate];
            *before = Some(before.unwrap_or(false) || replaced);
        }
    }

    fn problem(&mut self, kind: ProblemKind, gate: &str, by: AssignmentId) {
        let Given { item, assignment, .. } = &self.assignments[by];
        let problem = Problem::of_item(kind, gate, *item, assignment.origin.clone());
        self.findings.push(Finding::Problem(problem));
    }

    fn notice(&mut self, kind: NoticeKind, gate: &str, by: AssignmentId) {
        let Given { item, assignment, .. } = &self.assignments[by];
        self.findings.push(Finding::Notice(Notice {
            kind,
            gate: gate.into(),
            value: assignment.value,
            item: Some(*item),
            origin: Some(assignment.origin.clone()),
        }));
    }

    /// Step 2: reports names that are unknown, former, or contradict each other.
    fn check_names(&mut self) {
        let mut unknown: Vec<AssignmentId> = Vec::new();
        let mut by_alias: Vec<(GateId, AssignmentId)> = Vec::new();
        for (id, given) in self.assignments.iter() {
            match given.lookup {
                None => unknown.push(id),
                Some(lookup) if lookup.is_alias => by_alias.push((lookup.gate, id)),
                Some(_) => {}
            }
        }
        if !by_alias.is_empty() {
            self.report_aliases(&by_alias);
            self.report_contradictions(&by_alias);
        }
        // The last of a repeated name counts.
        let name = |id: &AssignmentId| self.assignments[*id].assignment.name.as_str();
        let mut unknown = sorted(unknown, &|a, b| name(a).cmp(name(b)).then(b.cmp(a)));
        unknown.dedup_by(|again, last| name(again) == name(last));
        for id in sorted(unknown, &Ord::cmp) {
            self.report_unknown(id);
        }
    }

    fn report_aliases(&mut self, by_alias: &[(GateId, AssignmentId)]) {
        let gates = self.gates;
        for &(gate, id) in by_alias {
            // That it should be removed is reported anyway; then how to write it does not matter.
            let is_due = match self.statuses[gate] {
                Status::Removed { .. } => true,
                status => status.stage() == Stage::Ga,
            };
            if is_due && self.deciding[gate] == Some(id) {
                continue;
            }
            let written = self.assignments[id].assignment.name.clone();
            self.notice(NoticeKind::Alias { written }, gates.written(gate), id);
        }
    }

    /// Reports where a source sets a gate differently under two names. Within a source the last assignment under
    /// each name counts.
    fn report_contradictions(&mut self, by_alias: &[(GateId, AssignmentId)]) {
        let mut has_alias = self.gates.map(|_| false);
        for &(gate, _) in by_alias {
            has_alias[gate] = true;
        }
        let of_gate = |(id, given): (AssignmentId, &Given)| Some((given.lookup?.gate, id));
        let of_aliased = self.assignments.iter().filter_map(of_gate);
        let of_aliased: Vec<(GateId, AssignmentId)> =
            of_aliased.filter(|(gate, _)| has_alias[*gate]).collect();
        let mut found: Vec<(GateId, AssignmentId, AssignmentId)> = Vec::new();
        for of_gate in sorted(of_aliased, &Ord::cmp).chunk_by(|a, b| a.0 == b.0) {
            let mut last: Vec<(GateId, AssignmentId)> = Vec::new();
            let assignment = |id: AssignmentId| &self.assignments[id].assignment;
            let same_source = |a: AssignmentId, b: AssignmentId| {
                assignment(a).origin.source() == assignment(b).origin.source()
            };
            for &(gate, id) in of_gate.iter().rev() {
                let is_repeated = last.iter().any(|&(_, later)| {
                    assignment(later).name == assignment(id).name && same_source(later, id)
                });
                if !is_repeated {
                    last.push((gate, id));
                }
            }
            last.reverse();
            for (index, &(gate, id)) in last.iter().enumerate() {
                let contrary = last.iter().take(index).find(|&&(_, before)| {
                    assignment(before).value != assignment(id).value && same_source(before, id)
                });
                found.extend(contrary.map(|&(_, before)| (gate, before, id)));
            }
        }
        for (gate, before, after) in found {
            let (before, after_name) = (
                &self.assignments[before].assignment,
                self.assignments[after].assignment.name.clone(),
            );
            let kind = ProblemKind::AliasConflict {
                value: self.assignments[after].assignment.value,
                other: before.name.clone(),
                other_origin: before.origin.clone(),
            };
            self.problem(kind, &after_name, after);
            self.refused[gate] = true;
        }
    }

    fn report_unknown(&mut self, id: AssignmentId) {
        let name = self.assignments[id].assignment.name.clone();
        let mut nearest = || {
            self.suggestions = self.suggestions.checked_sub(1)?;
            self.gates.nearest(&name)
        };
        match self.unknown {
            UnknownPolicy::Ignore => {}
            UnknownPolicy::Notice => {
                let kind = NoticeKind::Unknown { nearest: nearest() };
                self.notice(kind, &name, id);
            }
            UnknownPolicy::Refuse => {
                let kind = ProblemKind::Unknown { nearest: nearest() };
                self.problem(kind, &name, id);
            }
        }
    }

    /// Step 3: whether what is asked for is allowed.
    fn check_requests(&mut self) {
        let gates = self.gates;
        for gate in gates.ids() {
            let Some(id) = self.deciding[gate] else { continue };
            match self.check_request(gate, self.assignments[id].assignment.value) {
                Ok(None) => {}
                Ok(Some(kind)) => self.notice(kind, gates.written(gate), id),
                Err(kind) => {
                    self.refused[gate] = true;
                    self.problem(kind, gates.written(gate), id);
                }
            }
        }
    }

    /// What there is to say about giving a gate a value.
    fn check_request(&self, gate: GateId, value: bool) -> Result<Option<NoticeKind>, ProblemKind> {
        let status = self.statuses[gate];
        let milestone = match status {
            Status::Removed { since: removed, value: ended, .. } => {
                let policy = self.gates.component_of(gate).removed();
                return if policy == RemovedPolicy::Tolerate && ended == value {
                    Ok(Some(NoticeKind::SetRemoved { removed }))
                } else {
                    Err(ProblemKind::Removed { value, removed, ended })
                };
            }
            Status::Locked { milestone } | Status::NotIntroduced { milestone, .. }
                if milestone.locked && value != milestone.default =>
            {
                let (locked_to, stage) = (milestone.default, milestone.stage);
                return Err(ProblemKind::Locked { value, locked_to, stage });
            }
            Status::NotIntroduced { introduced, .. } => {
                let emulated = self.gates.versions(gate).emulated;
                return Err(ProblemKind::NotIntroduced { value, introduced, emulated });
            }
            Status::NotCompiledIn { .. } if value => {
                let mut requires = self.gates.requires(gate).iter();
                let because = requires.find(|&&needed| !self.gates.is_compiled_in(needed));
                let because = because.map(|&needed| self.gates.written(needed).into());
                return Err(ProblemKind::NotCompiledIn { because });
            }
            Status::NotCompiledIn { milestone }
            | Status::Locked { milestone }
            | Status::Free { milestone } => milestone,
        };
        let (default, locked) = (status.default(), status.is_locked());
        Ok(match milestone.stage {
            Stage::Ga => Some(NoticeKind::SetGa { default, locked }),
            Stage::Deprecated => Some(NoticeKind::SetDeprecated {
                default,
                since: milestone.since,
                remove_in: self.gates.spec(gate).remove_in(),
            }),
            _ => None,
        })
    }

    /// Reports groups that are set for the component without a name only, where others have such gates too.
    fn check_groups(&mut self) {
        let gates = self.gates;
        let Some(unnamed) = gates.component_named(None) else { return };
        for group in Group::EACH {
            let own = gates.component(unnamed).group(group.stage);
            let Some((own, id)) = own.and_then(|own| Some((own, self.deciding[own]?))) else {
                continue;
            };
            let is_left_out = |group: &GateId| {
                let is_member = |gate: GateId| {
                    gates.group_of(gate, self.statuses[gate].stage()) == Some(*group)
                        && matches!(self.statuses[gate], Status::Free { .. })
                };
                *group != own && self.deciding[*group].is_none() && gates.ids().any(is_member)
            };
            let groups = gates.components().iter().filter_map(|other| other.group(group.stage));
            let others: Vec<_> =
                groups.filter(is_left_out).map(|group| gates.written(group).into()).collect();
            if !others.is_empty() {
                self.notice(NoticeKind::PartialGroup { others }, gates.written(own), id);
            }
        }
    }

    /// Step 4: the value of every gate, and what decided it.
    fn decide(&self) -> IdVec<GateId, Decision> {
        self.gates.map(|gate| {
            let status = self.statuses[gate];
            let by_group = || {
                let group = self.gates.group_of(gate, status.stage())?;
                self.deciding[group].filter(|_| !status.is_locked() && !self.refused[group])
            };
            let cause = match self.deciding[gate] {
                Some(own) => Cause::Own(own),
                None => by_group().map_or(Cause::Default, Cause::Group),
            };
            // A refused request leaves the default, so that what depends on it is judged by that.
            let given = cause.assignment().filter(|_| !self.refused[gate]);
            let value = given.map_or(status.default(), |id| {
                self.assignments[id].assignment.value && self.gates.is_compiled_in(gate)
            });
            Decision { status, value, cause }
        })
    }

    /// Step 5: what is on has on what it requires. A dependency of which one end has a problem already
    /// is not reported a second time.
    fn check_dependencies(&mut self, decisions: &IdVec<GateId, Decision>) {
        let mut suggester =
            Suggester::new(self.gates, decisions, &self.assignments, &self.before, &self.refused);
        let mut found = Vec::new();
        for (gate, decision) in decisions.iter() {
            if !decision.value || !decision.status.exists() || self.refused[gate] {
                continue;
            }
            let is_missing = |needed: &GateId| !decisions[*needed].value && !self.refused[*needed];
            let missing = self.gates.requires(gate).iter().copied().filter(is_missing);
            let mut missing = sorted(missing.collect(), &Ord::cmp);
            missing.dedup();
            if missing.is_empty() {
                continue;
            }
            // To blame is what turned the gate on, else the first that turned off what it requires.
            let turned_off =
                || missing.iter().filter_map(|it| decisions[*it].cause.assignment()).min();
            let blamed = decision.cause.assignment().or_else(turned_off);
            let kind = ProblemKind::UnmetDependency {
                cause: decision.cause.map(|id| self.assignments[id].assignment.clone()),
                missing: suggester.missing(&missing),
            };
            let blamed = blamed.map(|id| &self.assignments[id]);
            let problem = Problem::of_gate(kind, self.gates.written(gate))
                .with_fix(suggester.fix(gate, &missing))
                .blaming(blamed.map(|given| (given.item, &given.assignment.origin)));
            found.push(Finding::Problem(problem));
        }
        self.findings.append(&mut found);
    }

    fn finish(self, decisions: IdVec<GateId, Decision>) -> Result<Resolution, Problems> {
        // In the order of the input; last what no item is to blame for.
        let findings = sorted(self.findings, &|a, b| {
            let key = |finding: &Finding| (finding.item().is_none(), finding.item());
            key(a).cmp(&key(b))
        });
        let (mut problems, mut notices) = (Vec::new(), Vec::new());
        for finding in findings {
            match finding {
                Finding::Problem(problem) => problems.push(problem),
                Finding::Notice(notice) => notices.push(notice),
            }
        }
        Problems::none(problems)?;
        let gates = Arc::clone(self.gates);
        Ok(Resolution { gates, assignments: self.assignments, decisions, notices })
    }
}
