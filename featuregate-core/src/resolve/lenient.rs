//! What applies without that which breaks a rule.
//!
//! 1. What is refused by itself is left out, and so are all settings of a gate in a layer that sets it differently
//!    under two names. Weaker settings of the gate then decide.
//! 2. What a locked gate that is on requires or implies, directly or not, is on; what turns it off is left out.
//! 3. A gate that is on while one is off that it requires or implies is off too, whatever turned it on; this is
//!    repeated until it changes nothing. A group that is turned off sets nothing. Nothing is turned on by it, so its
//!    order does not matter.

use alloc::vec::Vec;

use crate::gates::component::GateId;
use crate::gates::set::GateSet;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::problem::problems::Problems;
use crate::request::assignment::ItemId;
use crate::resolve::resolution::{Decision, Given, Resolution};
use crate::resolve::values::Asked;
use crate::resolve::work::{Finding, Verdict, Work, in_order};

/// Resolves without what breaks a rule.
pub(super) fn resolve(mut work: Work<'_>) -> Result<Resolution, Problems> {
    let mut decisions = work.check();
    if work.has_problems() {
        let mut lenient = Lenient::of(&work);
        lenient.leave_out_refused(&mut work);
        match lenient.decide(&mut work) {
            Some(decided) => decisions = decided,
            None => return work.finish(decisions),
        }
        let is_left_out = |item: ItemId| lenient.left_out[item];
        work.findings.retain(|finding| match finding {
            Finding::Problem(_) => true,
            Finding::Notice(notice) => !notice.item().is_some_and(is_left_out),
        });
    }
    let (problems, notices) = in_order(work.findings);
    Ok(work.input.resolution(decisions, notices, problems))
}

struct Lenient {
    left_out: IdVec<ItemId, bool>,
    /// The gates of which something was left out.
    affected: IdVec<GateId, bool>,
    /// The gates that are on whatever turns them off, since a locked gate needs them.
    needed: IdVec<GateId, bool>,
    /// The gates that are off whatever turns them on, since they need one that is off.
    unmet: IdVec<GateId, bool>,
}

impl Lenient {
    fn of(work: &Work<'_>) -> Self {
        Self {
            left_out: work.input.items.fill(false),
            affected: work.input.gates.fill(false),
            needed: work.input.gates.fill(false),
            unmet: work.input.gates.fill(false),
        }
    }

    /// Leaves out some settings of a gate; the last one that remains decides.
    fn leave_out(&mut self, work: &mut Work<'_>, gate: GateId, of: impl Fn(&Given) -> bool) {
        work.input.deciding[gate] = None;
        self.affected[gate] = true;
        for (id, given) in work.input.assignments.iter() {
            if given.lookup.is_none_or(|lookup| lookup.gate != gate) {
                continue;
            }
            self.left_out[given.item] |= of(given);
            if !self.left_out[given.item] {
                work.input.deciding[gate] = Some(id);
            }
        }
        work.input.override_by_master(gate);
    }

    /// Leaves out what is a problem by itself.
    fn leave_out_refused(&mut self, work: &mut Work<'_>) {
        let contradicted = core::mem::take(&mut work.contradicted);
        for gate in
            work.input.gates.ids().filter(|&gate| work.input.refused[gate]).collect::<Vec<_>>()
        {
            let judged = work.input.deciding[gate];
            let is_contradicted = |given: &Given| contradicted.contains(&(gate, given.layer));
            self.leave_out(work, gate, is_contradicted);
            while let Some(id) = work.input.deciding[gate] {
                let verdict = work.check_request(gate, id);
                let is_accepted = matches!(verdict, Verdict::Accepted(_));
                if judged != Some(id) {
                    work.report_verdict(gate, id, verdict);
                }
                if is_accepted {
                    break;
                }
                let item = work.input.assignments[id].item;
                self.leave_out(work, gate, |given| given.item == item);
            }
            work.input.refused[gate] = false;
        }
    }

    fn asked(&self, work: &Work<'_>, gate: GateId) -> Asked {
        match work.input.asked(gate) {
            _ if self.unmet[gate] => Asked::Off,
            Asked::Value(true, by) => Asked::Value(true, by),
            _ if self.needed[gate] => Asked::NotEvenByGroup,
            asked => asked,
        }
    }

    fn decisions(&self, work: &Work<'_>) -> IdVec<GateId, Decision> {
        work.input.rules().decide(&|gate| self.asked(work, gate))
    }

    /// The values without what leads to an unmet dependency; nothing if locked gates and defaults alone do.
    fn decide(&mut self, work: &mut Work<'_>) -> Option<IdVec<GateId, Decision>> {
        self.keep_needed(work)?;
        let dependents = work.input.gates.dependents(&|_| true, GateSet::needs);
        loop {
            let decisions = self.decisions(work);
            let mut is_on = decisions.map(|gate| decisions[gate].value);
            let mut open: Vec<GateId> = work.input.gates.ids().rev().collect();
            let mut turned_off: Vec<GateId> = Vec::new();
            while let Some(gate) = open.pop() {
                let missing = work.input.rules().missing(gate, |needed| is_on[needed]);
                if missing.is_empty() {
                    continue;
                }
                is_on[gate] = false;
                turned_off.push(gate);
                open.extend(&dependents[gate]);
                if !work.is_reported(gate) {
                    let is_left_out = |gate| self.affected[gate] || turned_off.contains(&gate);
                    let problem = work.unmet(&decisions, gate, &missing, &is_left_out);
                    work.findings.push(Finding::Problem(problem));
                }
            }
            if turned_off.is_empty() {
                return Some(decisions);
            }
            for gate in turned_off {
                self.unmet[gate] = true;
                self.leave_out(work, gate, |_| true);
            }
        }
    }

    /// Leaves out what turns off a gate that a locked gate needs; nothing if that does not turn it on.
    fn keep_needed(&mut self, work: &mut Work<'_>) -> Option<()> {
        let mut is_needed = work.input.gates.fill(false);
        let is_locked_on = |gate: &GateId| matches!(work.input.statuses[*gate], Status::Locked { milestone } if milestone.default);
        let mut open: Vec<GateId> = work.input.gates.ids().filter(is_locked_on).collect();
        while let Some(gate) = open.pop() {
            if work.input.statuses[gate].exists() && !core::mem::replace(&mut is_needed[gate], true)
            {
                open.extend(work.input.gates.needs(gate));
            }
        }
        let is_off = |decisions: IdVec<GateId, Decision>| -> Vec<GateId> {
            work.input
                .gates
                .ids()
                .filter(|&gate| is_needed[gate] && !decisions[gate].value)
                .collect()
        };
        let off = is_off(self.decisions(work));
        for &gate in &off {
            self.needed[gate] = true;
        }
        is_off(self.decisions(work)).is_empty().then_some(())?;
        for gate in off {
            self.leave_out(work, gate, |_| true);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::{Declared, Extras, compose};
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone as M;
    use crate::declare::spec::{RawSpec, RemovedPolicy};
    use crate::declare::version::Version;
    use crate::problem::notice::Notice;
    use crate::problem::problems::{Problem, Problems};
    use crate::registry::Registry;
    use crate::request::layer::Layer;
    use crate::request::origin::Source;
    use crate::request::parse::parse;
    use crate::resolve::resolution::Resolution;
    use crate::resolve::resolve_lenient;
    use alloc::boxed::Box;
    use alloc::string::String;
    use alloc::vec::Vec;

    /// A text for a locked gate that requires one of another component.
    fn resolve(needed: M, text: &str) -> Result<Resolution, Problems> {
        let declared = |component, specs: Vec<RawSpec>| Declared {
            name: "an enum",
            component,
            version: Version::new(1, 36),
            emulates: false,
            removed: RemovedPolicy::Tolerate,
            case: None,
            groups: crate::declare::group::Groups::default(),
            lists_all_settable: false,
            requires_others: true,
            count: specs.len(),
            gates: Box::new(|take| {
                let valid = |raw| validate(raw, Strictness::Data).unwrap();
                specs.into_iter().map(valid).for_each(take);
            }),
            tombstones: Box::new(|_| ()),
        };
        let locked = RawSpec::new("Locked").milestone(M::ga("1.30")).requires("store:Base");
        let user = RawSpec::new("User").milestone(M::beta("1.30")).requires("store:Base");
        let base = RawSpec::new("Base").milestone(needed).requires("Deep");
        let deep = RawSpec::new("Deep").milestone(M::beta("1.20"));
        let composed = compose(
            Vec::from([
                declared(None, Vec::from([locked, user])),
                declared(Some("store"), Vec::from([base, deep])),
            ]),
            &[],
            Some(Extras::SEVERAL_ENUMS),
        );
        let items = parse(text, &Source::flag("--gates"));
        resolve_lenient(composed.unwrap().0, [Layer::new(items)])
    }

    #[test]
    fn what_a_locked_gate_requires_stays_on_where_resolving_is_lenient() {
        let reported = |problems: &[Problem]| -> Vec<String> {
            problems.iter().map(|problem| problem.gate().into()).collect()
        };
        for text in ["store:Base=false", "store:AllBeta=false", "store:Base=false,store:Deep=false"]
        {
            let resolution = resolve(M::beta("1.30"), text).unwrap();
            for gate in ["Locked", "User", "store:Base", "store:Deep"] {
                assert_eq!(resolution.enabled(gate), Some(true), "{gate} by {text}");
            }
            assert!(reported(resolution.problems()).contains(&"Locked".into()), "{text}");
        }
        let off = M::beta("1.30").with_default(false);
        let problems = resolve(off.clone(), "Nowhere=true").unwrap_err();
        let gates: Vec<&str> = problems.iter().map(Problem::gate).collect();
        assert_eq!(gates, ["Nowhere", "Locked", "User"], "nothing can be left out");
        for text in ["Nowhere=true,store:AllBeta=true", "Nowhere=true,store:Base=true"] {
            let resolution = resolve(off.clone(), text).unwrap();
            assert_eq!(resolution.enabled("store:Base"), Some(true));
            assert_eq!(reported(resolution.problems()), ["Nowhere"]);
        }
    }

    fn layer(text: &str, source: &Source) -> Layer {
        Layer::new(parse(text, source))
    }

    fn registry(specs: impl IntoIterator<Item = RawSpec>) -> Registry {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).unwrap();
        registry
    }

    fn alpha(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(M::alpha("1.30"))
    }

    #[test]
    fn what_is_left_out_has_no_notices_and_is_reported_once() {
        let specs = [
            alpha("A").alias("Old").requires("B"),
            alpha("B").requires("C"),
            alpha("C"),
            RawSpec::new("Ga").milestone(M::ga("1.30")),
        ];
        let layers = [layer("Old=true,B=true,Ga=true", &Source::call())];
        let resolution = resolve_lenient(registry(specs).gates().clone(), layers).unwrap();
        let notices = resolution.notices().iter().map(Notice::gate);
        assert_eq!(notices.collect::<Vec<_>>(), ["Ga"], "Old is left out");
        let shown = resolution.problems().iter().map(|problem| (problem.gate(), problem.message()));
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                ("A", "gate A is on but requires B (left out), which is off".into()),
                ("B", "gate B is on but requires C, which is off".into()),
            ]
        );
    }

    #[test]
    fn each_refused_setting_of_a_gate_is_reported() {
        let gates = registry([RawSpec::new("Ga").milestone(M::ga("1.30"))]).gates().clone();
        let sources = [Source::config("app.toml"), Source::flag("--gates")];
        let layers = sources.iter().map(|source| layer("Ga=false", source));
        let resolution = resolve_lenient(gates, layers.collect::<Vec<_>>()).unwrap();
        let origins = resolution.problems().iter().map(|problem| problem.origin().unwrap());
        assert_eq!(origins.map(|origin| origin.source().clone()).collect::<Vec<_>>(), sources);
    }
}
