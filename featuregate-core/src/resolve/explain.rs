//! Why a gate has its value: the chain of what was said of it, from the weakest to what decides.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::declare::spec::GateSpec;
use crate::declare::version::Version;
use crate::declare::versions::Versions;
use crate::order::sorted;
use crate::request::origin::Origin;
use crate::resolve::resolution::{GateState, Resolution};

/// The most assignments of a gate, and of its group, that an explanation tells: a text may set a group of
/// many gates any number of times.
const TOLD: usize = 20;

/// A gate with the chain of what was said of it.
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
/// let said: Vec<String> = explanation.steps().iter().map(|step| step.to_string()).collect();
/// assert_eq!(
///     said,
///     ["default", "AllAlpha, the program, column 1, \"AllAlpha=true\"", "the program, column 15, \"A=false\""]
/// );
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    state: GateState<'a>,
    presence: Presence,
    steps: Vec<Step<'a>>,
}

/// Whether a gate is there at the versions in effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Presence {
    /// It is.
    There,
    /// It begins later, if ever.
    NotYet {
        /// When.
        introduced: Option<Version>,
    },
    /// It is gone.
    Removed {
        /// The first release without it.
        since: Version,
    },
    /// It is not compiled into this program.
    Unavailable,
}

/// One thing that was said of a gate. `Display` says where.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    said: Said<'a>,
    value: bool,
    effect: Effect,
}

/// What said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// The default at the versions in effect.
    Default,
    /// An assignment to the group of its stage.
    Group {
        /// The group as it was written.
        name: &'a str,
        /// Where.
        origin: &'a Origin,
    },
    /// An assignment of its own.
    Own {
        /// The gate as it was written, which may be an alias.
        name: &'a str,
        /// Where.
        origin: &'a Origin,
    },
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It decides.
    Decides,
    /// A later step of the chain, by its number, wins over it.
    OverriddenBy(usize),
    /// It can't change the gate, which is locked, removed or not compiled in.
    None,
}

impl<'a> Explanation<'a> {
    /// The gate, with its value.
    #[must_use]
    pub fn state(&self) -> GateState<'a> {
        self.state
    }

    /// Whether the gate is there at the versions in effect.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.presence
    }

    /// What was said, from the weakest to the strongest: the default, and the last 20 assignments of its group
    /// and of its own.
    #[must_use]
    pub fn steps(&self) -> &[Step<'a>] {
        &self.steps
    }
}

impl<'a> Step<'a> {
    /// What said it.
    #[must_use]
    pub fn said(&self) -> Said<'a> {
        self.said
    }

    /// The value that it gives.
    #[must_use]
    pub fn value(&self) -> bool {
        self.value
    }

    /// What became of it.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effect
    }
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.said {
            Said::Default => f.write_str("default"),
            Said::Group { name, origin } => write!(f, "{name}, {origin}"),
            Said::Own { origin, .. } => origin.fmt(f),
        }
    }
}

impl Resolution {
    /// Why a gate or group has its value; by its name or an alias, and also for removed gates and for such
    /// that don't exist yet. `None` where no gate has that name.
    #[must_use]
    pub fn explain(&self, name: &str) -> Option<Explanation<'_>> {
        let position = self.gates().lookup(name)?.position();
        self.explanation(position, &self.by_gate())
    }

    /// Why each gate in effect has its value, in the order of declaration.
    #[must_use]
    pub fn explain_all(&self) -> Explanations<'_> {
        let by_gate = self.by_gate();
        let explain = |state: GateState<'_>| self.explanation(state.position(), &by_gate);
        Explanations(self.iter().filter_map(explain).collect())
    }

    /// For each gate the indices of its last assignments.
    fn by_gate(&self) -> Vec<Vec<usize>> {
        let mut by_gate = alloc::vec![Vec::new(); self.gates().gates().len()];
        for (index, assignment) in self.assignments.iter().enumerate() {
            let slot = self.gates().lookup(&assignment.name);
            if let Some(of) = slot.and_then(|slot| by_gate.get_mut(slot.position())) {
                if of.len() == TOLD {
                    of.remove(0);
                }
                of.push(index);
            }
        }
        by_gate
    }

    fn explanation(&self, position: usize, by_gate: &[Vec<usize>]) -> Option<Explanation<'_>> {
        let state = self.at(position)?;
        let presence = self.presence(position, state.spec());
        let assignments = |position: usize| by_gate.get(position).into_iter().flatten().copied();
        let given = |index: usize| self.assignments.get(index);
        let group = self.gates().group_of(position, state.stage());
        let group =
            group.into_iter().flat_map(assignments).filter_map(given).map(|given| {
                (Said::Group { name: &given.name, origin: &given.origin }, given.value)
            });
        let own = assignments(position).filter_map(given);
        let own =
            own.map(|given| (Said::Own { name: &given.name, origin: &given.origin }, given.value));
        let said: Vec<(Said<'_>, bool)> =
            core::iter::once((Said::Default, state.default())).chain(group).chain(own).collect();
        // A locked gate keeps its default, whatever is asked for; what is asked for can only agree.
        let last = said.len().saturating_sub(1);
        let effect = |index: usize| match (state.locked(), index) {
            (true, 0) => Effect::Decides,
            (true, _) => Effect::None,
            (false, index) if index == last => Effect::Decides,
            (false, index) => Effect::OverriddenBy(index + 1),
        };
        let steps = said.into_iter().enumerate().map(|(index, (said, value))| Step {
            said,
            value,
            effect: effect(index),
        });
        Some(Explanation { state, presence, steps: steps.collect() })
    }

    fn presence(&self, position: usize, spec: &GateSpec) -> Presence {
        let Versions { binary, emulated, min_compat } = self.gates().versions(position);
        if let Some(since) = spec.removed().filter(|&removed| removed <= binary) {
            Presence::Removed { since }
        } else if !spec.exists_at(emulated, min_compat) {
            Presence::NotYet { introduced: spec.introduced() }
        } else if !self.gates().available(position) {
            Presence::Unavailable
        } else {
            Presence::There
        }
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

impl<'a, 'b> IntoIterator for &'b Explanations<'a> {
    type Item = &'b Explanation<'a>;
    type IntoIter = core::slice::Iter<'b, Explanation<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
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
        let steps: Vec<Vec<String>> = self
            .iter()
            .map(|explanation| explanation.steps.iter().map(Step::to_string).collect())
            .collect();
        let said = widest("SAID BY", &mut steps.iter().flatten().map(|said| said.chars().count()));
        writeln!(
            f,
            "{:name$}  {:10}  LOCKED  ENABLED  {:said$}  VALUE  EFFECT",
            "NAME", "STAGE", "SAID BY"
        )?;
        for (explanation, texts) in self.iter().zip(&steps) {
            let state = explanation.state;
            for (index, (step, text)) in explanation.steps.iter().zip(texts).enumerate() {
                if index == 0 {
                    let locked = if state.locked() { "yes" } else { "no" };
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
                write!(f, "{text:said$}  {:5}  ", step.value)?;
                write_effect(f, explanation, step.effect, texts)?;
            }
        }
        Ok(())
    }
}

fn write_effect(
    f: &mut fmt::Formatter<'_>,
    explanation: &Explanation<'_>,
    effect: Effect,
    texts: &[String],
) -> fmt::Result {
    match (effect, explanation.presence) {
        (Effect::OverriddenBy(by), _) => {
            writeln!(f, "overridden by {}", texts.get(by).map_or("", String::as_str))
        }
        (Effect::None, Presence::There) => writeln!(f, "none, since the gate is locked"),
        (Effect::None, _) => writeln!(f, "none"),
        (Effect::Decides, Presence::Removed { since }) => {
            writeln!(f, "decides, since the gate was removed in {since}")
        }
        (Effect::Decides, Presence::NotYet { introduced: Some(since) }) => {
            writeln!(f, "decides, since the gate begins with {since}")
        }
        (Effect::Decides, Presence::Unavailable) => {
            writeln!(f, "decides, since the gate is not compiled into this program")
        }
        (Effect::Decides, _) => writeln!(f, "decides"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::registry::Registry;
    use crate::request::origin::Source;
    use crate::request::parse::parse;

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
    fn each_step_says_what_became_of_it() {
        let mut registry = registry();
        let items = parse("AllAlpha=true,Good=1,Absent=0", &Source::env("GATES"));
        let items = items.into_iter().chain(parse("Fast=false", &Source::flag("--feature-gates")));
        registry.apply(items.chain(parse("Quick=1", &Source::flag("--late")))).unwrap();
        assert_eq!(
            registry.resolution().explain_all().sorted().to_string(),
            "\
NAME    STAGE       LOCKED  ENABLED  SAID BY                                     VALUE  EFFECT
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
    fn what_is_not_there_says_so_in_the_table() {
        let registry = registry();
        let told = |name: &str| {
            let explanation = registry.resolution().explain(name).unwrap();
            let table = Explanations::from(explanation).to_string();
            table.lines().nth(1).unwrap().rsplit_once("  ").unwrap().1.to_string()
        };
        assert_eq!(told("Gone"), "decides, since the gate was removed in 1.30");
        assert_eq!(told("Later"), "decides, since the gate begins with 1.37");
        assert_eq!(told("Absent"), "decides, since the gate is not compiled into this program");
        assert_eq!(told("Quick"), "decides");
    }

    #[test]
    fn what_a_gate_requires_is_told_as_it_is_written() {
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
        assert_eq!(explanation.steps().len(), 1 + 20 + 20);
        let last = explanation.steps().last().unwrap();
        assert_eq!((last.effect(), last.value()), (Effect::Decides, false));
    }

    #[test]
    fn a_gate_that_is_not_there_is_explained_too() {
        let registry = registry();
        let explain = |name: &str| registry.resolution().explain(name).map(|it| it.presence());
        let version = |minor| Version::new(1, minor);
        assert_eq!(explain("Fast"), Some(Presence::There));
        assert_eq!(explain("AllAlpha"), Some(Presence::There));
        assert_eq!(explain("Gone"), Some(Presence::Removed { since: version(30) }));
        assert_eq!(explain("Later"), Some(Presence::NotYet { introduced: Some(version(37)) }));
        assert_eq!(explain("Absent"), Some(Presence::Unavailable));
        assert_eq!(explain("Nowhere"), None);
    }
}
