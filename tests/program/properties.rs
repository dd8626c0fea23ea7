//! What is true for all inputs.

use featuregate::{Enums, FeatureGate, Problems, Resolution, Resolver, Treatment};
use featuregate_core::Fix;
use featuregate_core::{Item, Source, parse};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Gone, removed = "1.30", value = true)]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30")]
    A,
    /// Needs A.
    #[gate(alpha = "1.30", requires(A))]
    B,
    /// Needs B.
    #[gate(alpha = "1.31", requires(B), alias = "OldC")]
    C,
    /// On.
    #[gate(beta = "1.30")]
    D,
    /// On, needs D.
    #[gate(beta = "1.33", requires(D))]
    E,
    /// Locked on.
    #[gate(beta = "1.30", ga = "1.34")]
    F,
    /// On its way out.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.33", default = false))]
    G,
    /// Not compiled in.
    #[gate(alpha = "1.30", available = cfg!(any()))]
    H,
}

/// Gates without former names, which require and imply nothing: a program with these alone has less code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(
    version = "1.36",
    group(ui = [alpha, beta], net = [net]),
    master = "ui",
    channel(stable = [], nightly = [alpha])
)]
#[tombstone(Gone, removed = "1.30", value = true)]
enum Independent {
    /// Off.
    #[gate(alpha = "1.30")]
    A,
    /// Off, with a tag.
    #[gate(alpha = "1.30", tags(net))]
    B,
    /// On.
    #[gate(beta = "1.30")]
    D,
    /// Locked on.
    #[gate(beta = "1.30", ga = "1.34")]
    F,
    /// On its way out.
    #[gate(ga(since = "1.0", locked = false), deprecated(since = "1.33", default = false))]
    G,
    /// Not compiled in.
    #[gate(alpha = "1.30", available = cfg!(any()))]
    H,
}

/// What a configuration, a flag and a pin come to: the values or the problems, with the notices.
fn outcome_of<F: Enums>(config: &str, flag: &str, pin: &str, channel: Option<&str>) -> String {
    let resolver = Resolver::<F>::new().without_env().unknown(Treatment::Notice);
    let resolver = resolver.config(items(config)).flag(flag).pins(items(pin));
    let resolver = channel.into_iter().fold(resolver, Resolver::channel);
    match resolver.resolve() {
        Ok(resolution) => {
            let notices: Vec<String> =
                resolution.notices().iter().map(ToString::to_string).collect();
            format!("{}\n{notices:?}", resolution.explain_all())
        }
        Err(problems) => problems.to_string(),
    }
}

fn items(text: &str) -> Vec<Item> {
    parse(text, &Source::flag("--feature-gates"))
}

fn resolve(text: &str) -> Result<Resolution<Feature>, Problems> {
    Feature::resolver().flag(text).resolve()
}

/// Values of all gates, or the problems.
fn outcome(text: &str) -> Result<Vec<bool>, String> {
    match resolve(text) {
        Ok(resolution) => Ok(Feature::all().map(|gate| resolution.enabled(gate)).collect()),
        Err(problems) => Err(problems.to_string()),
    }
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "A", "B", "C", "D", "E", "F", "G", "H", "AllAlpha", "AllBeta", "OldC", "Gone", "X", "ui",
        "net",
    ])
}

/// Assignments of different gates.
fn assignments() -> impl Strategy<Value = Vec<(&'static str, bool)>> {
    prop::collection::btree_map(name(), any::<bool>(), 0..8)
        .prop_map(|map| map.into_iter().collect())
}

/// The same, of which no two mean one gate: C and its former name do.
fn unrelated() -> impl Strategy<Value = Vec<(&'static str, bool)>> {
    assignments().prop_map(|mut all| {
        if all.iter().any(|(name, _)| *name == "C") {
            all.retain(|(name, _)| *name != "OldC");
        }
        all
    })
}

fn text(assignments: &[(&str, bool)]) -> String {
    assignments.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",")
}

proptest! {
    #[test]
    fn parsing_never_panics_and_every_item_keeps_its_location(text in "\\PC*|[ \t,=A-Ctruefals01\u{3000}\u{85}]*") {
        let lists: Vec<char> = text.chars().collect();
        for item in items(&text) {
            let origin = match &item {
                Ok(assignment) => &assignment.origin,
                Err(malformed) => &malformed.origin,
            };
            let written: Vec<char> = origin.item().unwrap().chars().collect();
            let start = usize::try_from(origin.column().unwrap()).unwrap() - 1;
            prop_assert_eq!(&lists[start..start + written.len()], &written[..]);
        }
    }

    #[test]
    fn parsing_reads_back_what_is_written(pairs in prop::collection::vec(("[^,=\\s]([^,=]*[^,=\\s])?", any::<bool>()), 0..20)) {
        let text = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",");
        let read: Vec<(String, bool)> =
            items(&text).into_iter().map(|item| item.map(|item| (item.name, item.value)).unwrap()).collect();
        prop_assert_eq!(read, pairs);
    }

    #[test]
    fn resolving_any_text_never_panics(text in "\\PC*|([A-H]|AllAlpha|OldC|Gone)(=(true|false|1|x)?)?(,([A-H]|AllBeta)=[01])*") {
        let _ = outcome(&text);
    }

    /// A tuple of enums has the code for all gates.
    #[test]
    fn gates_that_are_independent_resolve_as_all_others_do(
        config in assignments(),
        flag in assignments(),
        pin in prop::option::of((name(), any::<bool>())),
        channel in prop::sample::select(vec![None, Some("stable"), Some("nightly"), Some("night")]),
    ) {
        let pin: Vec<(&str, bool)> = pin.into_iter().collect();
        let (config, flag, pin) = (text(&config), text(&flag), text(&pin));
        prop_assert_eq!(
            outcome_of::<Independent>(&config, &flag, &pin, channel),
            outcome_of::<(Independent,)>(&config, &flag, &pin, channel)
        );
    }

    #[test]
    fn resolving_is_deterministic(assignments in assignments()) {
        let text = text(&assignments);
        prop_assert_eq!(outcome(&text), outcome(&text));
    }

    #[test]
    fn the_order_of_unrelated_assignments_does_not_matter(
        (assignments, shuffled) in unrelated().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (before, after) = (outcome(&text(&assignments)), outcome(&text(&shuffled)));
        prop_assert_eq!(before.is_ok(), after.is_ok());
        if before.is_ok() {
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn a_failed_resolve_has_no_effect(assignments in assignments()) {
        let before = Feature::snapshot();
        let _ = resolve(&text(&assignments));
        prop_assert_eq!(Feature::snapshot(), before);
        prop_assert!(Feature::installed().is_none());
    }

    #[test]
    fn what_resolves_obeys_every_dependency_and_lock(assignments in assignments()) {
        let Ok(resolution) = resolve(&text(&assignments)) else { return Ok(()) };
        for gate in Feature::all().filter(|gate| resolution.enabled(*gate)) {
            for needed in gate.spec().requires() {
                prop_assert!(resolution.enabled(needed.parse().unwrap()), "{gate} needs {needed}");
            }
        }
        prop_assert!(resolution.enabled(Feature::F) && !resolution.enabled(Feature::H));
    }

    #[test]
    fn what_a_problem_suggests_fixes_it(assignments in assignments()) {
        let Err(problems) = resolve(&text(&assignments)) else { return Ok(()) };
        // Follow every advice about dependencies; none of them may be reported again.
        let mut fixed: Vec<(String, bool)> =
            assignments.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let Some(problem) = problems.iter().find(|problem| {
            matches!(problem.kind(), featuregate::ProblemKind::UnmetDependency { .. })
                && problem.fix().is_some()
        }) else { return Ok(()) };
        match problem.fix().unwrap() {
            Fix::TurnOn { gates, .. } => {
                fixed.extend(gates.iter().map(|gate| (gate.clone(), true)));
            }
            // One item is removed: the last of that name.
            Fix::Remove { name: removed, .. } => {
                let last = fixed.iter().rposition(|(name, _)| name == removed);
                fixed.remove(last.unwrap());
            }
            Fix::TurnOff { gate } => fixed.push((gate.clone(), false)),
            Fix::GiveUp { remove, turn_off } => {
                for removed in remove {
                    let last = fixed.iter().rposition(|(name, _)| name == removed);
                    fixed.remove(last.unwrap());
                }
                fixed.extend(turn_off.iter().map(|gate| (gate.clone(), false)));
            }
            other => panic!("a dependency is not fixed by {other:?}"),
        }
        let pairs: Vec<(&str, bool)> = fixed.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        if let Err(after) = resolve(&text(&pairs)) {
            let again = after.iter().any(|other| other.gate() == problem.gate()
                && matches!(other.kind(), featuregate::ProblemKind::UnmetDependency { .. }));
            prop_assert!(!again, "{problem}\n{after}");
        }
    }
}
