//! The steps of resolving, each with its findings.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::declare::spec::RemovedPolicy;
use crate::declare::stage::Stage;
use crate::gates::component::{Component, GateId};
use crate::gates::dependency::Relation;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::notice::{Notice, NoticeKind};
use crate::problem::problems::{Known, Missing, Problem, ProblemKind, Problems};
use crate::request::assignment::{ItemError, ItemId};
use crate::request::layer::{Layer, LayerId, Policy, Treatment};
use crate::resolve::input::Input;
use crate::resolve::resolution::{AssignmentId, Decision, Given, Resolution};
use crate::resolve::suggest::Suggester;

/// For how many unknown names the nearest one is looked for. A text with more of them has no use for it, and
/// each costs a walk over all names.
pub const SUGGESTIONS: usize = 100;

pub(crate) enum Finding {
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

/// What there is to say of giving a gate a value.
pub(crate) enum Verdict {
    Accepted(Option<NoticeKind>),
    /// It sets nothing.
    Ignored(Option<NoticeKind>),
    Refused(ProblemKind),
}

pub(crate) struct Work<'a> {
    pub(crate) input: Input<'a>,
    /// The gates that a layer sets differently under two names.
    pub(crate) contradicted: Vec<(GateId, LayerId)>,
    pub(crate) findings: Vec<Finding>,
    suggestions: usize,
}

impl<'a> Work<'a> {
    /// Step 1: what each item says by itself, and which gate it names.
    pub(crate) fn of_layers(
        gates: &'a Arc<GateSet>,
        statuses: &'a Arc<IdVec<GateId, Status>>,
        layers: &mut dyn Iterator<Item = Layer>,
    ) -> Self {
        let mut input = Input::new(gates, statuses);
        let mut findings = Vec::new();
        for layer in layers {
            input.take(layer, &mut |item, policy, error| {
                findings.extend(invalid(item, policy, error));
            });
        }
        let mut groups = gates.components().iter().flat_map(Component::groups);
        if groups.any(|(_, group)| group.is_master()) {
            gates.ids().for_each(|gate| input.override_by_master(gate));
        }
        Self { input, contradicted: Vec::new(), findings, suggestions: SUGGESTIONS }
    }

    /// Steps 2 to 5: what every gate comes to, and all findings.
    pub(crate) fn check(&mut self) -> IdVec<GateId, Decision> {
        let verdicts = self.check_requests();
        self.check_former_names(&verdicts);
        self.report(verdicts);
        self.check_groups();
        let decisions = self.input.rules().decide(&|gate| self.input.asked(gate));
        self.check_dependencies(&decisions);
        decisions
    }

    /// The same for gates of one component that have no former names, and require and imply nothing.
    pub(crate) fn check_independent(&mut self) -> IdVec<GateId, Decision> {
        let verdicts = self.check_requests();
        self.report(verdicts);
        self.input.rules().decide_each(&|gate| self.input.asked(gate))
    }

    /// Reports what can be wrong with a setting whatever the gate is.
    fn report(&mut self, verdicts: Vec<(GateId, AssignmentId, Verdict)>) {
        self.check_unknown();
        for (gate, id, verdict) in verdicts {
            self.report_verdict(gate, id, verdict);
        }
        self.check_pins();
    }

    pub(crate) fn has_problems(&self) -> bool {
        self.findings.iter().any(|finding| matches!(finding, Finding::Problem(_)))
    }

    /// Whether it is reported that a gate is on without what it needs.
    pub(crate) fn is_reported(&self, gate: GateId) -> bool {
        let name = self.input.gates.written(gate);
        self.findings.iter().any(|finding| match finding {
            Finding::Problem(problem) => {
                matches!(problem.kind(), ProblemKind::UnmetDependency { .. })
                    && problem.gate() == name
            }
            Finding::Notice(_) => false,
        })
    }

    fn problem(&mut self, kind: ProblemKind, gate: &str, by: AssignmentId) {
        let given = &self.input.assignments[by];
        let problem = Problem::of_item(kind, gate, given.item, given.assignment.origin.clone());
        self.findings.push(Finding::Problem(problem.set_as(given.former_name())));
    }

    fn notice(&mut self, kind: NoticeKind, gate: &str, by: AssignmentId) {
        let given = &self.input.assignments[by];
        let (value, origin) = (given.assignment.value, given.assignment.origin.clone());
        let notice = Notice::of_item(kind, gate, value, given.item, origin);
        self.findings.push(Finding::Notice(notice.set_as(given.former_name())));
    }

    /// Step 2: reports names that are former, or contradict each other.
    fn check_former_names(&mut self, verdicts: &[(GateId, AssignmentId, Verdict)]) {
        let mut by_alias: Vec<(GateId, AssignmentId)> = Vec::new();
        for (id, given) in self.input.assignments.iter() {
            if let Some(lookup) = given.lookup.filter(|lookup| lookup.is_alias) {
                by_alias.push((lookup.gate, id));
            }
        }
        if !by_alias.is_empty() {
            self.report_aliases(&by_alias, verdicts);
            self.report_contradictions(&by_alias);
        }
    }

    /// Step 2: reports names that are unknown.
    fn check_unknown(&mut self) {
        let assignments = self.input.assignments.iter();
        let unknown = assignments.filter(|(_, given)| given.lookup.is_none()).map(|(id, _)| id);
        let unknown: Vec<AssignmentId> = unknown.collect();
        // The last of a repeated name counts, of those that are treated alike.
        let key = |id: &AssignmentId| {
            (self.input.assignments[*id].assignment.name.as_str(), self.input.policy(*id).unknown)
        };
        let unknown = sorted(unknown, &|a, b| key(a).cmp(&key(b)).then(b.cmp(a)));
        let last = unknown.chunk_by(|a, b| key(a) == key(b)).filter_map(<[_]>::first).copied();
        for id in sorted(last.collect(), &Ord::cmp) {
            self.report_unknown(id);
        }
    }

    fn report_aliases(
        &mut self,
        by_alias: &[(GateId, AssignmentId)],
        verdicts: &[(GateId, AssignmentId, Verdict)],
    ) {
        let gates = self.input.gates;
        // That a setting should be removed is reported anyway; then how to write it does not matter.
        let mut due: Vec<AssignmentId> = Vec::new();
        for (gate, id, verdict) in verdicts {
            let is_due = match verdict {
                Verdict::Accepted(None) => false,
                Verdict::Accepted(Some(kind)) => {
                    let given: &Given = &self.input.assignments[*id];
                    let (value, origin) = (given.assignment.value, given.assignment.origin.clone());
                    let (kind, gate) = (kind.clone(), gates.written(*gate));
                    Notice::of_item(kind, gate, value, given.item, origin).asks_to_remove()
                }
                Verdict::Ignored(_) | Verdict::Refused(_) => true,
            };
            if is_due {
                due.push(*id);
            }
        }
        for &(gate, id) in by_alias {
            if !due.contains(&id) && !self.input.is_pinned(id) {
                let written = self.input.assignments[id].assignment.name.clone();
                self.notice(NoticeKind::Alias { written }, gates.written(gate), id);
            }
        }
    }

    /// Reports where a source of a layer sets a gate differently under two names. Within it the last assignment
    /// under each name counts.
    fn report_contradictions(&mut self, by_alias: &[(GateId, AssignmentId)]) {
        let mut has_alias = self.input.gates.fill(false);
        for &(gate, _) in by_alias {
            has_alias[gate] = true;
        }
        let of_gate = |(id, given): (AssignmentId, &Given)| Some((given.lookup?.gate, id));
        let of_aliased = self.input.assignments.iter().filter_map(of_gate);
        let of_aliased: Vec<(GateId, AssignmentId)> =
            of_aliased.filter(|(gate, _)| has_alias[*gate]).collect();
        let mut found: Vec<(GateId, AssignmentId, AssignmentId)> = Vec::new();
        for of_gate in sorted(of_aliased, &Ord::cmp).chunk_by(|a, b| a.0 == b.0) {
            let mut last: Vec<(GateId, AssignmentId)> = Vec::new();
            let assignment = |id: AssignmentId| &self.input.assignments[id].assignment;
            let same_source = |a: AssignmentId, b: AssignmentId| {
                self.input.assignments[a].layer == self.input.assignments[b].layer
                    && assignment(a).origin.source() == assignment(b).origin.source()
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
                &self.input.assignments[before].assignment,
                self.input.assignments[after].assignment.name.clone(),
            );
            let kind = ProblemKind::AliasConflict {
                value: self.input.assignments[after].assignment.value,
                other: before.name.clone(),
                other_origin: before.origin.clone(),
            };
            self.problem(kind, &after_name, after);
            self.input.refused[gate] = true;
            self.contradicted.push((gate, self.input.assignments[after].layer));
        }
    }

    fn report_unknown(&mut self, id: AssignmentId) {
        let name = self.input.assignments[id].assignment.name.clone();
        let mut nearest = || {
            self.suggestions = self.suggestions.checked_sub(1)?;
            self.input.gates.nearest(&name)
        };
        match self.input.policy(id).unknown {
            Treatment::Ignore => {}
            Treatment::Notice => {
                let kind = NoticeKind::Unknown { nearest: nearest() };
                self.notice(kind, &name, id);
            }
            Treatment::Refuse => {
                let kind = ProblemKind::Unknown { nearest: nearest() };
                self.problem(kind, &name, id);
            }
        }
    }

    /// Step 3: whether what is asked for is allowed. What is refused or ignored no longer counts.
    fn check_requests(&mut self) -> Vec<(GateId, AssignmentId, Verdict)> {
        let mut verdicts = Vec::new();
        for gate in self.input.gates.ids() {
            let Some(id) = self.input.deciding[gate] else { continue };
            let verdict = self.check_request(gate, id);
            match verdict {
                Verdict::Accepted(None) => continue,
                Verdict::Accepted(Some(_)) => {}
                Verdict::Ignored(_) => self.input.deciding[gate] = None,
                Verdict::Refused(_) => self.input.refused[gate] = true,
            }
            verdicts.push((gate, id, verdict));
        }
        verdicts
    }

    pub(crate) fn report_verdict(&mut self, gate: GateId, id: AssignmentId, verdict: Verdict) {
        let gates = self.input.gates;
        match verdict {
            // Nobody can change what the program has pinned.
            Verdict::Accepted(_) | Verdict::Ignored(_) if self.input.is_pinned(id) => {}
            Verdict::Accepted(kind) | Verdict::Ignored(kind) => {
                if let Some(kind) = kind {
                    self.notice(kind, gates.written(gate), id);
                }
            }
            Verdict::Refused(kind) => self.problem(kind, gates.written(gate), id),
        }
    }

    /// What there is to say about an assignment that decides a gate.
    pub(crate) fn check_request(&self, gate: GateId, id: AssignmentId) -> Verdict {
        let value = self.input.assignments[id].assignment.value;
        let status = self.input.statuses[gate];
        let milestone = match status {
            Status::Removed { since: removed, value: ended, .. } => {
                let tolerates =
                    self.input.gates.component_of(gate).removed() == RemovedPolicy::Tolerate;
                let notice = NoticeKind::SetRemoved { removed, ended };
                return match self.input.policy(id).removed {
                    Some(Treatment::Ignore) => Verdict::Ignored(None),
                    Some(Treatment::Notice) => Verdict::Ignored(Some(notice)),
                    None if tolerates && ended == value => Verdict::Accepted(Some(notice)),
                    _ => Verdict::Refused(ProblemKind::Removed { value, removed, ended }),
                };
            }
            Status::Locked { milestone } | Status::NotIntroduced { milestone, .. }
                if milestone.locked && value != milestone.default =>
            {
                let (locked_to, stage) = (milestone.default, milestone.stage);
                return Verdict::Refused(ProblemKind::Locked { value, locked_to, stage });
            }
            Status::NotIntroduced { introduced, .. } => {
                let emulated = self.input.gates.versions(gate).emulated;
                return Verdict::Refused(ProblemKind::NotIntroduced {
                    value,
                    introduced,
                    emulated,
                });
            }
            Status::NotCompiledIn { .. } if value => {
                let mut needs = self.input.gates.needs(gate).iter();
                let because = needs.find(|&&needed| !self.input.gates.is_compiled_in(needed));
                let because = because.map(|&needed| self.input.gates.written(needed).into());
                return Verdict::Refused(ProblemKind::NotCompiledIn { because });
            }
            Status::NotCompiledIn { milestone }
            | Status::Locked { milestone }
            | Status::Free { milestone } => milestone,
        };
        let (default, locked) = (status.default(), status.is_locked());
        Verdict::Accepted(match milestone.stage {
            Stage::Ga if !locked && self.input.gates.spec(gate).is_switchable() => None,
            Stage::Ga => Some(NoticeKind::SetGa { default, locked }),
            Stage::Deprecated => Some(NoticeKind::SetDeprecated {
                default,
                since: milestone.since,
                remove_in: self.input.gates.spec(gate).remove_in(),
            }),
            _ => None,
        })
    }

    /// Reports groups that are set for the component without a name only, where others have such gates too.
    fn check_groups(&mut self) {
        let gates = self.input.gates;
        let Some(unnamed) = gates.component_named(None) else { return };
        for &(own, ref group) in gates.component(unnamed).groups() {
            let Some(id) = self.input.deciding[own] else { continue };
            let is_left_out = |group: &GateId| {
                let is_member = |gate: GateId| {
                    let status = &self.input.statuses[gate];
                    matches!(status, Status::Free { .. })
                        && gates.groups_of(gate, status.stage()).any(|it| it == *group)
                };
                *group != own && self.input.deciding[*group].is_none() && gates.ids().any(is_member)
            };
            let others = gates.components().iter().flat_map(Component::groups);
            let groups = others.filter(|(_, it)| it.name() == group.name()).map(|(gate, _)| *gate);
            let others: Vec<_> =
                groups.filter(is_left_out).map(|group| gates.written(group).into()).collect();
            if !others.is_empty() {
                self.notice(NoticeKind::PartialGroup { others }, gates.written(own), id);
            }
        }
    }

    /// Reports settings that say otherwise than a pin.
    fn check_pins(&mut self) {
        if !self.input.ranks.values().any(|rank| rank.pinned) {
            return;
        }
        let mut last: IdVec<GateId, Option<AssignmentId>> = self.input.gates.fill(None);
        for (id, given) in self.input.assignments.iter() {
            if let Some(lookup) = given.lookup.filter(|_| !self.input.is_pinned(id)) {
                last[lookup.gate] = Some(id);
            }
        }
        for gate in self.input.gates.ids() {
            let (Some(pin), Some(set)) = (self.input.deciding[gate], last[gate]) else { continue };
            let by = &self.input.assignments[pin].assignment;
            if self.input.is_pinned(pin) && by.value != self.input.assignments[set].assignment.value
            {
                let kind = NoticeKind::Pinned { to: by.value, by: by.origin.clone() };
                self.notice(kind, self.input.gates.written(gate), set);
            }
        }
    }

    /// Step 5: what is on has on what it requires and implies. A dependency of which one end has a problem already
    /// is not reported a second time.
    fn check_dependencies(&mut self, decisions: &IdVec<GateId, Decision>) {
        let mut suggester = Suggester::new(&self.input, decisions);
        let (mut found, gates, rules) = (Vec::new(), self.input.gates, self.input.rules());
        // Most gates need none.
        for gate in gates.ids().filter(|&gate| !gates.needs(gate).is_empty()) {
            let missing = rules.missing(gate, |needed| decisions[needed].value);
            if !missing.is_empty() {
                let fix = suggester.fix(gate, &missing);
                let problem = self.unmet(decisions, gate, &missing, &|_| false);
                found.push(Finding::Problem(problem.with_fix(fix)));
            }
        }
        self.findings.append(&mut found);
    }

    /// The problem of a gate that is on while these are off.
    pub(crate) fn unmet(
        &self,
        decisions: &IdVec<GateId, Decision>,
        gate: GateId,
        missing: &[GateId],
        is_left_out: &dyn Fn(GateId) -> bool,
    ) -> Problem {
        // To blame is what turned the gate on, else the first that turned off what it requires.
        let Decision { cause, implied_by, .. } = decisions[gate];
        let turned_off = || missing.iter().filter_map(|it| decisions[*it].cause.assignment()).min();
        let blamed = cause.assignment().or_else(turned_off);
        let assignment = |id: AssignmentId| self.input.assignments[id].assignment.clone();
        let missing = missing.iter().map(|&needed| {
            let (status, cause) = (self.input.statuses[needed], decisions[needed].cause);
            let known = match cause.assignment() {
                _ if is_left_out(needed) => Known::LeftOut,
                Some(id) if blamed == Some(id) => Known::Blamed,
                _ => Known::Nothing,
            };
            let is_required = self.input.gates.requires(gate).contains(&needed);
            let relation = if is_required { Relation::Requires } else { Relation::Implies };
            let (gate, cause) = (self.input.gates.written(needed).into(), cause.map(assignment));
            Missing { gate, status, cause, relation, known }
        });
        let kind = ProblemKind::UnmetDependency {
            cause: cause.map(assignment),
            implied_by: implied_by.map(|gate| self.input.gates.written(gate).into()),
            missing: sorted(missing.collect(), &|a, b| a.gate.cmp(&b.gate)),
        };
        let blamed = blamed.map(|id| &self.input.assignments[id]);
        let own = blamed.filter(|given| given.lookup.is_some_and(|lookup| lookup.gate == gate));
        Problem::of_gate(kind, self.input.gates.written(gate))
            .blaming(blamed.map(|given| (given.item, &given.assignment.origin)))
            .set_as(own.and_then(Given::former_name))
    }

    pub(crate) fn finish(self, decisions: IdVec<GateId, Decision>) -> Result<Resolution, Problems> {
        let (problems, notices) = in_order(self.findings);
        Problems::none(problems)?;
        Ok(self.input.resolution(decisions, notices, Vec::new()))
    }
}

/// What there is to say of an item that cannot be read.
fn invalid(item: ItemId, policy: Policy, error: ItemError) -> Option<Finding> {
    let ItemError { name, value, origin } = error;
    match policy.invalid {
        Treatment::Refuse => {
            let kind = value.map_or(ProblemKind::MissingValue, ProblemKind::InvalidValue);
            Some(Finding::Problem(Problem::of_item(kind, name, item, origin)))
        }
        Treatment::Notice => {
            let kind = NoticeKind::Invalid { value };
            Some(Finding::Notice(Notice::of_item(kind, name, false, item, origin)))
        }
        Treatment::Ignore => None,
    }
}

/// The findings in the order of the input; last what no item is to blame for.
pub(crate) fn in_order(findings: Vec<Finding>) -> (Vec<Problem>, Vec<Notice>) {
    let findings = sorted(findings, &|a, b| {
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
    (problems, notices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::group::{Channel, Group, Groups, Selection};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::Version;
    use crate::registry::Registry;
    use crate::request::origin::{Origin, Source};
    use crate::request::parse::parse;
    use crate::resolve::resolve_layers;
    use alloc::string::String;

    fn gate(name: &str, milestone: M) -> RawSpec {
        RawSpec::new(name).milestone(milestone)
    }

    fn registry(specs: impl IntoIterator<Item = RawSpec>) -> Registry {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).unwrap();
        registry
    }

    #[test]
    fn a_pin_and_a_switch_that_is_ga_have_no_notice() {
        let gates = registry([
            gate("Ga", M::ga("1.30")),
            gate("Switch", M::ga("1.30").with_lock(false)).switchable(true),
        ]);
        let notices = |layer: Layer| {
            let resolution = resolve_layers(gates.gates().clone(), [layer]).unwrap();
            resolution.notices().iter().map(|it| it.gate().into()).collect::<Vec<String>>()
        };
        let layer = || Layer::new(parse("Ga=true,Switch=true", &Source::call()));
        assert_eq!(notices(layer()), ["Ga"]);
        assert!(notices(layer().pinned()).is_empty());
    }

    #[test]
    fn what_turned_the_first_missing_gate_off_is_to_blame_for_a_gate_that_is_on_by_default() {
        let mut gates = registry([
            gate("On", M::beta("1.30")).requires("B").requires("C"),
            gate("B", M::beta("1.30")).alias("Old"),
            gate("C", M::beta("1.30")),
        ]);
        let problems = gates.set("C=false,Old=false").unwrap_err();
        let [problem] = <[Problem; 1]>::try_from(problems.into_iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(problem.origin().and_then(Origin::column), Some(1));
        assert_eq!(problem.written(), None, "On has no former name");
        let ProblemKind::UnmetDependency { missing, .. } = problem.kind() else { panic!() };
        let known = missing.iter().map(|missing| (missing.gate.as_str(), missing.known));
        assert_eq!(known.collect::<Vec<_>>(), [("B", Known::Nothing), ("C", Known::Blamed)]);
    }

    #[test]
    fn a_problem_says_which_former_name_turned_a_gate_on() {
        let mut gates = registry([
            gate("A", M::alpha("1.30")).alias("Old").requires("B"),
            gate("B", M::alpha("1.30")),
        ]);
        let problems = gates.set("Old=true").unwrap_err();
        let written: Vec<_> = problems.iter().map(Problem::written).collect();
        assert_eq!(written, [Some("Old")]);
    }

    /// Its default counts for what depends on it.
    #[test]
    fn a_gate_with_contrary_settings_implies_nothing() {
        let mut gates = registry([
            gate("A", M::alpha("1.30")).alias("Old").implies("B"),
            gate("B", M::alpha("1.30")),
            gate("C", M::alpha("1.30")).requires("B"),
        ]);
        let problems = gates.set("Old=false,A=true,C=true").unwrap_err();
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code().as_str()).collect();
        assert_eq!(codes, ["contrary-names", "unmet-dependency"]);
    }

    /// Also where a master switch overrides these settings.
    #[test]
    fn a_gate_with_contrary_settings_has_its_default_under_a_master_switch() {
        let alpha = || Selection::new().stage(Stage::Alpha);
        let groups = Groups::none()
            .group(Group::new("ui", alpha()).as_master())
            .channel(Channel::new("nightly", alpha()));
        let specs = [
            gate("A", M::alpha("1.30")).alias("Old").implies("B"),
            gate("B", M::alpha("1.30")).requires("C"),
            gate("C", M::alpha("1.30")),
        ];
        let mut set = GateSet::with_groups(groups, specs);
        set.choose_channel("nightly").unwrap();
        let layers =
            ["A=true,Old=false", "ui=false"].map(|text| Layer::new(parse(text, &Source::call())));
        let problems = resolve_layers(set, layers).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|it| (it.code().as_str(), it.gate())).collect();
        assert_eq!(codes, [("contrary-names", "Old"), ("unmet-dependency", "B")]);
    }
}
