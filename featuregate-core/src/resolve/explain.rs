//! Why a gate has its value: everything that would give it one, from the weakest to what decides.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::group::Group;
use crate::gates::component::GateId;
use crate::gates::status::Status;
use crate::id::IdVec;
use crate::order::sorted;
use crate::problem::cause::Cause;
use crate::quote::Name;
use crate::request::assignment::Assignment;
use crate::resolve::resolution::{AssignmentId, GateState, Resolution};

/// The most assignments of a gate, and of its group, that an explanation shows: a text may set a group of
/// many gates any number of times.
const SHOWN: usize = 20;

/// A gate with everything that would give it a value, from the weakest to what decides.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
///
/// let mut registry = Registry::new(Version::new(1, 36));
/// registry.register([RawSpec::new("A").milestone(RawMilestone::alpha("1.30"))])?;
/// registry.set("AllAlpha=true,A=false")?;
///
/// let explanation = registry.resolution().explain("A").unwrap();
/// assert!(!explanation.state().enabled());
/// let links: Vec<String> = explanation.links().iter().map(|link| link.to_string()).collect();
/// assert_eq!(
///     links,
///     ["default", "AllAlpha, the program, column 1, \"AllAlpha=true\"", "the program, column 15, \"A=false\""]
/// );
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    state: GateState<'a>,
    links: Vec<Link<'a>>,
}

/// One link in the chain of what would give a gate its value. `Display` says where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    cause: Cause<&'a Assignment>,
    implied_by: Option<&'a str>,
    value: bool,
    effect: Effect,
}

/// What a link of the chain does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It decides.
    Decides,
    /// The next link of the chain wins over it.
    Overridden,
    /// It cannot change the gate, which is locked, removed or not compiled in.
    None,
    /// It is left out, since resolving was [lenient](crate::resolve_lenient).
    LeftOut,
}

impl<'a> Explanation<'a> {
    /// The gate, with its value.
    #[must_use]
    pub fn state(&self) -> GateState<'a> {
        self.state
    }

    /// The chain, from the weakest to the strongest: the default, the last 20 assignments of its group, a gate that
    /// implies it, and the last 20 assignments of its own.
    #[must_use]
    pub fn links(&self) -> &[Link<'a>] {
        &self.links
    }
}

impl<'a> Link<'a> {
    /// Where the value comes from.
    #[must_use]
    pub fn cause(&self) -> Cause<&'a Assignment> {
        self.cause
    }

    /// The gate that is on and implies it, by its written name.
    #[must_use]
    pub fn implied_by(&self) -> Option<&'a str> {
        self.implied_by
    }

    /// The value that it gives.
    #[must_use]
    pub fn value(&self) -> bool {
        self.value
    }

    /// What it does.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.implied_by, self.cause) {
            (Some(gate), Cause::Implied(Some(by))) => {
                write!(f, "implied by {}, {}", Name(gate), by.origin)
            }
            (Some(gate), _) => write!(f, "implied by {}", Name(gate)),
            (None, cause) => cause.fmt(f),
        }
    }
}

impl<'a> GateState<'a> {
    /// What decided the value, as a step of its explanation.
    ///
    /// ```
    /// use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
    ///
    /// let mut registry = Registry::new(Version::new(1, 36));
    /// let alpha = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
    /// registry.register([alpha("A").implies("B"), alpha("B")])?;
    /// registry.set("A=true")?;
    /// let state = registry.resolution().state("B").unwrap();
    /// assert_eq!(state.decided_by().to_string(), "implied by A, the program, column 1, \"A=true\"");
    /// # Ok::<(), featuregate_core::Problems>(())
    /// ```
    #[must_use]
    pub fn decided_by(&self) -> Link<'a> {
        let (cause, implied_by) = (self.cause(), self.implied_by());
        Link { cause, implied_by, value: self.enabled(), effect: Effect::Decides }
    }
}

impl Resolution {
    /// Why a gate or group has its value; by its name or an alias, and also for gates that were removed or do not
    /// exist yet. `None` where no gate has that name.
    #[must_use]
    pub fn explain(&self, name: &str) -> Option<Explanation<'_>> {
        let gate = self.gates().lookup(name)?.gate;
        Some(self.explanation(gate, &self.by_gate()))
    }

    /// Why each gate in effect has its value, in the order of declaration.
    #[must_use]
    pub fn explain_all(&self) -> Explanations<'_> {
        let by_gate = self.by_gate();
        Explanations(self.iter().map(|state| self.explanation(state.id(), &by_gate)).collect())
    }

    /// For each gate its last assignments.
    fn by_gate(&self) -> IdVec<GateId, Vec<AssignmentId>> {
        let mut by_gate: IdVec<GateId, Vec<AssignmentId>> = self.gates.fill(Vec::new());
        for (id, given) in self.assignments.iter() {
            if let Some(lookup) = given.lookup {
                let of_gate = &mut by_gate[lookup.gate];
                if of_gate.len() == SHOWN {
                    of_gate.remove(0);
                }
                of_gate.push(id);
            }
        }
        by_gate
    }

    /// The gate that implies a gate, with what turned that one on: the one that turned this gate on, or else the
    /// first one that is on.
    fn implied(&self, gate: GateId) -> Option<(&str, Cause<&Assignment>)> {
        let implies = |by: &GateId| {
            let is_on = self.decisions[*by].value && self.statuses[*by].exists();
            is_on && self.gates.implies(*by).contains(&gate)
        };
        let by = self.decisions[gate].implied_by.or_else(|| self.gates.ids().find(implies))?;
        let cause = self.decisions[by].cause.assignment();
        let cause = cause.map(|id| &self.assignments[id].assignment);
        Some((self.gates.written(by), Cause::Implied(cause)))
    }

    fn explanation<'a>(
        &'a self,
        gate: GateId,
        by_gate: &IdVec<GateId, Vec<AssignmentId>>,
    ) -> Explanation<'a> {
        let state = self.at(gate);
        let assignment = |id: &AssignmentId| &self.assignments[*id].assignment;
        let groups = self.gates.groups_of(gate, state.stage()).enumerate();
        let by_group =
            groups.flat_map(|(rank, group)| by_gate[group].iter().map(move |id| (rank, *id)));
        // As they count: by layer, and within one in the order in which the groups are declared.
        let key = |&(rank, id): &(usize, AssignmentId)| (self.assignments[id].layer, rank, id);
        let by_group = sorted(by_group.collect(), &|a, b| key(a).cmp(&key(b)));
        let by_group = by_group.into_iter().map(|(_, id)| id);
        // What a master switch overrides comes before it.
        let is_by_master = |id: &AssignmentId| {
            let group = self.assignments[*id].lookup.and_then(|it| self.gates.group(it.gate));
            group.is_some_and(Group::is_master)
        };
        let master = Some(self.decisions[gate].cause).and_then(|cause| match cause {
            Cause::Group(id) if is_by_master(&id) => Some(self.assignments[id].layer),
            _ => None,
        });
        let (by_master, by_group): (Vec<_>, Vec<_>) =
            by_group.partition(|id| master == Some(self.assignments[*id].layer));
        let of_group = |id: AssignmentId| Cause::Group(assignment(&id));
        let (by_master, by_group) =
            (by_master.into_iter().map(of_group), by_group.into_iter().map(of_group));
        let own = by_gate[gate].iter().map(assignment).map(Cause::Own);
        // What is on by default or by its group does not need it.
        let is_on_without = !state.is_locked()
            && state.enabled()
            && matches!(state.cause(), Cause::Default | Cause::Group(_));
        let implied = self.implied(gate).filter(|_| !is_on_without);
        let unmet = Some(Cause::Unmet).filter(|_| state.cause() == Cause::Unmet);
        let causes = core::iter::once(Cause::Default)
            .chain(by_group)
            .chain(implied.map(|(_, cause)| cause))
            .chain(own)
            .chain(by_master)
            .chain(unmet);
        let link = |cause: Cause<&'a Assignment>| Link {
            cause,
            implied_by: implied.filter(|(_, known)| *known == cause).map(|(by, _)| by),
            value: match cause {
                Cause::Default => state.default(),
                Cause::Own(by) | Cause::Group(by) => by.value,
                Cause::Implied(_) => true,
                Cause::Unmet => false,
            },
            effect: Effect::Overridden,
        };
        let mut links: Vec<Link<'a>> = causes.map(link).collect();
        // A locked gate keeps its default, whatever is asked for; what is asked for can only agree.
        let decides = if state.is_locked() { Cause::Default } else { state.cause() };
        let decides = links.iter().rposition(|link| link.cause == decides);
        for (index, link) in links.iter_mut().enumerate() {
            link.effect = match decides {
                _ if unmet.is_some() && link.cause != Cause::Unmet => Effect::LeftOut,
                Some(decides) if index < decides => Effect::Overridden,
                Some(decides) if index == decides => Effect::Decides,
                _ if state.is_locked() => Effect::None,
                _ => Effect::LeftOut,
            };
        }
        Explanation { state, links }
    }
}

/// Several gates, each with its chain. `Display` is a table for people, with a row for each step.
#[derive(Clone, Debug)]
pub struct Explanations<'a>(Vec<Explanation<'a>>);

impl<'a> Explanations<'a> {
    /// The explanations.
    pub fn iter(&self) -> core::slice::Iter<'_, Explanation<'a>> {
        self.0.iter()
    }

    /// The same, sorted by the name of the gate.
    #[must_use]
    pub fn sorted(self) -> Self {
        Self(sorted(self.0, &|a, b| a.state.name().cmp(b.state.name())))
    }
}

impl<'a> From<Explanation<'a>> for Explanations<'a> {
    fn from(explanation: Explanation<'a>) -> Self {
        Self(Vec::from([explanation]))
    }
}

impl<'a> IntoIterator for Explanations<'a> {
    type Item = Explanation<'a>;
    type IntoIter = alloc::vec::IntoIter<Explanation<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, 'b> IntoIterator for &'b Explanations<'a> {
    type Item = &'b Explanation<'a>;
    type IntoIter = core::slice::Iter<'b, Explanation<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The same table as that of [`Explanations`].
impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Explanations::from(self.clone()).fmt(f)
    }
}

impl fmt::Display for Explanations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = |least: &str, texts: &mut dyn Iterator<Item = usize>| {
            texts.max().unwrap_or_default().max(least.len())
        };
        let name = widest(
            "NAME",
            &mut self.iter().map(|explanation| explanation.state.name().chars().count()),
        );
        let links: Vec<Vec<String>> = self
            .iter()
            .map(|explanation| explanation.links.iter().map(Link::to_string).collect())
            .collect();
        let origin =
            widest("SET BY", &mut links.iter().flatten().map(|origin| origin.chars().count()));
        writeln!(
            f,
            "{:name$}  {:10}  LOCKED  ENABLED  {:origin$}  VALUE  EFFECT",
            "NAME", "STAGE", "SET BY"
        )?;
        for (explanation, texts) in self.iter().zip(&links) {
            let state = explanation.state;
            for (index, (link, text)) in explanation.links.iter().zip(texts).enumerate() {
                if index == 0 {
                    let locked = if state.is_locked() { "yes" } else { "no" };
                    write!(
                        f,
                        "{:name$}  {:10}  {locked:6}  {:7}  ",
                        state.name(),
                        state.stage(),
                        state.enabled()
                    )?;
                } else {
                    write!(f, "{:1$}", "", name + 31)?;
                }
                write!(f, "{text:origin$}  {:5}  ", link.value)?;
                write_effect(f, state.status(), link.effect, texts.get(index + 1))?;
            }
        }
        Ok(())
    }
}

fn write_effect(
    f: &mut fmt::Formatter<'_>,
    status: Status,
    effect: Effect,
    next: Option<&String>,
) -> fmt::Result {
    match (effect, status) {
        (Effect::Overridden, _) => {
            f.write_str("overridden")?;
            next.map_or(Ok(()), |next| write!(f, " by {next}"))?;
        }
        (Effect::None, Status::Locked { .. }) => f.write_str("none, since the gate is locked")?,
        (Effect::None, _) => f.write_str("none")?,
        (Effect::LeftOut, _) => f.write_str("left out")?,
        (Effect::Decides, Status::Removed { since, .. }) => {
            write!(f, "decides, since the gate was removed in {since}")?;
        }
        (Effect::Decides, Status::NotIntroduced { introduced: Some(since), .. }) => {
            write!(f, "decides, since the gate begins with {since}")?;
        }
        (Effect::Decides, Status::NotCompiledIn { .. }) => {
            f.write_str("decides, since the gate is not compiled into this program")?;
        }
        (Effect::Decides, _) => f.write_str("decides")?,
    }
    f.write_str("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::group::{Groups, Selection};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::stage::Stage;
    use crate::declare::version::Version;
    use crate::gates::set::GateSet;
    use crate::registry::Registry;
    use crate::request::layer::Layer;
    use crate::request::origin::Source;
    use crate::request::parse::parse;
    use crate::resolve::{resolve_layers, resolve_lenient};
    use alloc::format;

    fn registry() -> Registry {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        registry
            .register([
                gate("Quick", RawMilestone::alpha("1.30")).alias("Fast"),
                gate("Good", RawMilestone::ga("1.30")),
                gate("Gone", RawMilestone::beta("1.20")).removed("1.30"),
                gate("Later", RawMilestone::alpha("1.37")),
                gate("Absent", RawMilestone::beta("1.30")).available(false),
            ])
            .unwrap();
        registry
    }

    #[test]
    fn each_link_says_what_it_does() {
        let mut registry = registry();
        let items = parse("AllAlpha=true,Good=1,Absent=0", &Source::env("GATES"));
        let items = items.into_iter().chain(parse("Fast=false", &Source::flag("--feature-gates")));
        registry.apply(items.chain(parse("Quick=1", &Source::flag("--late")))).unwrap();
        assert_eq!(
            registry.resolution().explain_all().sorted().to_string(),
            "\
NAME    STAGE       LOCKED  ENABLED  SET BY                                      VALUE  EFFECT
Absent  Beta        yes     false    default                                     false  decides, since the gate is not compiled into this program
                                     GATES, column 22, \"Absent=0\"                false  none
Good    GA          yes     true     default                                     true   decides
                                     GATES, column 15, \"Good=1\"                  true   none, since the gate is locked
Quick   Alpha       no      true     default                                     false  overridden by AllAlpha, GATES, column 1, \"AllAlpha=true\"
                                     AllAlpha, GATES, column 1, \"AllAlpha=true\"  true   overridden by --feature-gates, column 1, \"Fast=false\"
                                     --feature-gates, column 1, \"Fast=false\"     false  overridden by --late, column 1, \"Quick=1\"
                                     --late, column 1, \"Quick=1\"                 true   decides
"
        );
    }

    #[test]
    fn a_link_names_the_gate_that_implies_another() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.30"));
        registry.register([gate("A").implies("B"), gate("B"), gate("C").implies("B")]).unwrap();
        registry.set("A=true").unwrap();
        let explanation = registry.resolution().explain("B").unwrap();
        let links = explanation.links.iter().map(|link| (link.implied_by(), link.value()));
        assert_eq!(links.collect::<Vec<_>>(), [(None, false), (Some("A"), true)]);
        let table = explanation.to_string();
        assert!(table.starts_with("NAME") && table.contains("A, the program"), "{table}");
        assert_eq!(Explanations::from(explanation).to_string(), table);
        let names: Vec<&str> = registry
            .resolution()
            .explain_all()
            .into_iter()
            .map(|explanation| explanation.state().name())
            .collect();
        assert_eq!(names, ["A", "B", "C"]);
    }

    #[test]
    fn what_is_not_there_says_so_in_the_table() {
        let registry = registry();
        let effect = |name: &str| {
            let explanation = registry.resolution().explain(name).unwrap();
            let table = Explanations::from(explanation).to_string();
            table.lines().nth(1).unwrap().rsplit_once("  ").unwrap().1.to_string()
        };
        assert_eq!(effect("Gone"), "decides, since the gate was removed in 1.30");
        assert_eq!(effect("Later"), "decides, since the gate begins with 1.37");
        assert_eq!(effect("Absent"), "decides, since the gate is not compiled into this program");
        assert_eq!(effect("Quick"), "decides");
    }

    #[test]
    fn what_a_gate_requires_is_reported_as_it_is_written() {
        let mut registry = registry();
        registry
            .register([RawSpec::new("Slow")
                .milestone(RawMilestone::alpha("1.30"))
                .requires("Quick")])
            .unwrap();
        let state = registry.resolution().state("Slow").unwrap();
        assert_eq!(state.requires().collect::<Vec<_>>(), ["Quick"]);
        let all = registry.resolution().explain_all();
        assert_eq!((&all).into_iter().count(), 4);
        assert_eq!(all.iter().count(), 4);
    }

    #[test]
    fn a_chain_has_an_end_however_often_a_gate_is_set() {
        let mut registry = registry();
        let text = "AllAlpha=1,Quick=0,".repeat(500);
        registry.apply(parse(&text, &Source::flag("--gates"))).unwrap();
        let explanation = registry.resolution().explain("Quick").unwrap();
        assert_eq!(explanation.links().len(), 1 + 20 + 20);
        let last = explanation.links().last().unwrap();
        assert_eq!((last.effect(), last.value()), (Effect::Decides, false));
    }

    #[test]
    fn a_gate_that_is_not_there_is_explained_too() {
        let registry = registry();
        let explain =
            |name: &str| registry.resolution().explain(name).map(|it| it.state().status());
        let version = |minor| Version::new(1, minor);
        assert!(matches!(explain("Fast"), Some(Status::Free { .. })));
        assert!(matches!(explain("AllAlpha"), Some(Status::Free { .. })));
        assert!(
            matches!(explain("Gone"), Some(Status::Removed { since, .. }) if since == version(30))
        );
        assert!(matches!(
            explain("Later"),
            Some(Status::NotIntroduced { introduced, .. }) if introduced == Some(version(37))
        ));
        assert!(matches!(explain("Absent"), Some(Status::NotCompiledIn { .. })));
        assert_eq!(explain("Nowhere"), None);
    }

    /// The links for a gate: what set it, its value, and the effect.
    fn chain(resolution: &Resolution, name: &str) -> Vec<(String, bool, Effect)> {
        let explanation = resolution.explain(name).unwrap();
        let name_of = |link: &Link<'_>| match (link.implied_by(), link.cause()) {
            (Some(by), _) => by.to_string(),
            (None, Cause::Own(by) | Cause::Group(by)) => by.name.clone(),
            (None, cause) => format!("{cause:?}"),
        };
        let links = explanation.links().iter();
        links.map(|link| (name_of(link), link.value(), link.effect())).collect()
    }

    fn link(name: &str, value: bool, effect: Effect) -> (String, bool, Effect) {
        (name.to_string(), value, effect)
    }

    #[test]
    fn a_gate_that_is_on_and_implies_nothing_explains_nothing() {
        let mut registry = Registry::new(Version::new(1, 36));
        let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
        let alpha = || RawMilestone::alpha("1.30");
        let (beta, ga) = (|| RawMilestone::beta("1.30"), || RawMilestone::ga("1.30"));
        registry
            .register([
                gate("Idle", beta()),
                gate("Off", alpha()).implies("Asked"),
                gate("Asked", alpha()),
                gate("On", beta()).implies("Default").implies("Locked"),
                gate("Default", beta()),
                gate("Locked", ga()),
            ])
            .unwrap();
        registry.set("Asked=true").unwrap();
        let chain = |name: &str| chain(registry.resolution(), name);
        let default = |value, effect| link("Default", value, effect);
        assert_eq!(
            chain("Asked"),
            [default(false, Effect::Overridden), link("Asked", true, Effect::Decides)]
        );
        assert_eq!(chain("Default"), [default(true, Effect::Decides)], "it does not need On");
        assert_eq!(
            chain("Locked"),
            [default(true, Effect::Decides), link("On", true, Effect::None)]
        );
    }

    #[test]
    fn what_a_master_switch_overrides_comes_before_it() {
        let master = Group::new("Preview", Selection::new().stage(Stage::Alpha)).as_master();
        let raw = RawSpec::new("A").milestone(RawMilestone::alpha("1.30"));
        let set = GateSet::with_groups(Groups::none().group(master), [raw]);
        let layer = |text: &str| Layer::new(parse(text, &Source::call()));
        let resolution = resolve_layers(set, [layer("A=false"), layer("Preview=true")]).unwrap();
        assert_eq!(
            chain(&resolution, "A"),
            [
                link("Default", false, Effect::Overridden),
                link("A", false, Effect::Overridden),
                link("Preview", true, Effect::Decides),
            ]
        );
    }

    #[test]
    fn what_was_left_out_comes_after_the_group_that_decides_or_before_what_is_unmet() {
        let layer = |text: &str| Layer::new(parse(text, &Source::call()));
        let gates = registry().gates().clone();
        let resolution =
            resolve_lenient(gates, [layer("AllAlpha=true,Quick=false,Fast=true")]).unwrap();
        assert_eq!(
            chain(&resolution, "Quick"),
            [
                link("Default", false, Effect::Overridden),
                link("AllAlpha", true, Effect::Decides),
                link("Quick", false, Effect::LeftOut),
                link("Fast", true, Effect::LeftOut),
            ]
        );
        let mut registry = registry();
        let slow = RawSpec::new("Slow").milestone(RawMilestone::alpha("1.30")).requires("Quick");
        registry.register([slow]).unwrap();
        let resolution = resolve_lenient(registry.gates().clone(), [layer("Slow=true")]).unwrap();
        assert_eq!(
            chain(&resolution, "Slow"),
            [
                link("Default", false, Effect::LeftOut),
                link("Slow", true, Effect::LeftOut),
                link("Unmet", false, Effect::Decides),
            ]
        );
    }
}
