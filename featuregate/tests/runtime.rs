//! Gates that change while the program runs: all or nothing, observed once, kept, explained.
#![cfg(all(feature = "derive", feature = "runtime"))]

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use featuregate::{
    Assignment, Changed, Code, FeatureGate, Installed, Origin, Policy, Resolver, RuntimeEntry,
    RuntimeLayer, Source, SourceKind, Treatment, Version,
};

/// Values of gates as text.
fn shown(changed: &Changed) -> String {
    changed.to_string()
}

#[test]
fn a_change_applies_to_all_gates_or_to_none() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(version = "1.36", runtime)]
    enum Own {
        /// Off.
        #[gate(alpha = "1.30", alias = "Former")]
        Base,
        /// Off, and needs it.
        #[gate(alpha = "1.31", requires(Base))]
        Upper,
        /// Locked.
        #[gate(ga = "1.30")]
        Locked,
    }
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let values = || Own::all().map(Own::enabled).collect::<Vec<_>>();
    let refused = |edit: &dyn Fn(&mut RuntimeLayer)| {
        let problems = installed.change(|layer| edit(layer)).unwrap_err();
        assert_eq!(values(), [false, false, true], "nothing has changed");
        assert!(installed.layer().is_empty());
        problems.to_string()
    };
    let problem = refused(&|layer| layer.set(Own::Upper, true));
    assert!(problem.contains("a change at 20"), "{problem}");
    assert!(problem.contains("gate Upper is on but requires Base"), "{problem}");
    let problem = refused(&|layer| {
        layer.set(Own::Base, true);
        layer.set(Own::Locked, false);
        layer.set_named("Unknwon", true);
    });
    assert!(problem.contains("locked to true") && problem.contains("unknown gate"), "{problem}");

    let changed = installed.change(|layer| {
        layer.set(Own::Upper, true);
        layer.set_named("Former", true);
    });
    assert_eq!(shown(&changed.unwrap()), "Base=true,Upper=true");
    assert_eq!(values(), [true, true, true]);
    let names: Vec<String> = installed.layer().iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(names, ["Base", "Upper"], "a former name is that of its gate");
    let changed = installed.change(|layer| {
        layer.reset_named("Former");
        layer.reset(Own::Upper);
    });
    assert_eq!(shown(&changed.unwrap()), "Base=false,Upper=false");
    assert!(installed.layer().is_empty());
}

#[test]
fn the_layer_is_above_all_sources_and_what_is_taken_back_has_the_value_of_the_start() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
        /// On.
        #[gate(beta)]
        B,
    }
    let resolver = Own::resolver().without_env().flag("A=true,AllBeta=false");
    let installed = resolver.resolve().unwrap().install().unwrap();
    assert!(Own::A.enabled() && !Own::B.enabled());
    let changed = installed.change(|layer| {
        layer.set(Own::A, false);
        layer.set(Own::B, true);
    });
    assert_eq!(shown(&changed.unwrap()), "A=false,B=true");
    assert_eq!(Own::snapshot(), installed.resolution().gates());
    assert_eq!(Own::snapshot(), Own::installed().unwrap().gates());
    installed.change(RuntimeLayer::clear).unwrap();
    assert!(Own::A.enabled() && !Own::B.enabled());
}

#[test]
fn only_gates_that_say_so_can_change() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Mixed {
        /// May change.
        #[gate(alpha = "1.30", runtime)]
        Moves,
        /// May not.
        #[gate(alpha = "1.30")]
        Stays,
        /// May not, and needs one that may.
        #[gate(alpha = "1.30", requires(Moves))]
        Needs,
    }
    let resolver = Mixed::resolver().without_env().flag("Moves=true,Needs=true");
    let installed = resolver.resolve().unwrap().install().unwrap();
    let problems = installed.change(|layer| layer.set(Mixed::Stays, true)).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!((problem.code(), problem.gate()), (Code::NotRuntime, "Stays"));
    assert!(problem.to_string().contains("cannot be turned on while the program runs"));
    assert!(installed.change(|layer| layer.set_named("AllAlpha", true)).is_err());
    let problems = installed.change(|layer| layer.set(Mixed::Moves, false)).unwrap_err();
    assert!(problems.to_string().contains("Needs is on but requires Moves"), "{problems}");
    assert!(installed.layer().is_empty());
    let changed = installed.change(|layer| layer.set(Mixed::Moves, true)).unwrap();
    assert!(changed.is_empty() && changed.of::<Mixed>().next().is_none(), "it is on already");
    assert_eq!(installed.layer().get("Moves").map(RuntimeEntry::value), Some(true));
}

#[test]
fn a_pinned_gate_and_what_a_lenient_start_would_leave_out_refuse_a_change() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Pinned.
        #[gate(alpha)]
        Pinned,
        /// Pinned by a file.
        #[gate(alpha)]
        Managed,
        /// Off.
        #[gate(alpha)]
        Base,
        /// Off, and needs it.
        #[gate(alpha, requires(Base))]
        Upper,
    }
    let file = Origin::new(Source::config("managed.toml")).at(3, 1);
    let resolver = Own::resolver().without_env().pin(Own::Pinned, false).flag("Nothing=true");
    let resolver = resolver.pins([Ok(Assignment::new("Managed", true, file))]);
    let installed = resolver.resolve_lenient().unwrap().install().unwrap();
    assert!(installed.to_string().starts_with("warning: --feature-gates, column 1"), "{installed}");
    let problems = installed.change(|layer| layer.set(Own::Pinned, true)).unwrap_err().to_string();
    assert!(
        problems
            .contains("gate Pinned is pinned to false by the program, so it cannot be set to true"),
        "{problems}"
    );
    let problems = installed.change(|layer| layer.set(Own::Managed, false)).unwrap_err();
    let problem = problems.iter().next().unwrap();
    assert_eq!((problem.code(), problem.gate()), (Code::PinnedGate, "Managed"));
    assert!(problem.message().contains("pinned to true at managed.toml:3:1"), "{problem}");
    assert!(problem.to_string().starts_with("a change at 20"), "{problem}");
    assert!(Own::Managed.enabled() && installed.layer().is_empty());
    assert!(installed.change(|layer| layer.set(Own::Pinned, false)).is_ok(), "it is off");
    assert!(installed.change(|layer| layer.set(Own::Upper, true)).is_err());
    assert!(installed.change(|layer| layer.set_named("Other", true)).is_err());
    installed.change(|layer| layer.set(Own::Base, true)).unwrap();
    installed.change(|layer| layer.set(Own::Upper, true)).unwrap();
    assert!(Own::Upper.enabled() && !Own::Pinned.enabled());
}

#[test]
fn several_enums_change_together() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(runtime)]
    enum App {
        /// Off.
        #[gate(alpha)]
        A,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "3.6", component = "store", runtime)]
    enum Store {
        /// Off.
        #[gate(alpha)]
        S,
    }
    let resolver = Resolver::<(App, Store)>::new().without_env();
    let installed = resolver.resolve().unwrap().install().unwrap();
    let changed = installed.change(|layer| {
        layer.set(App::A, true);
        layer.set(Store::S, true);
    });
    let changed = changed.unwrap();
    assert_eq!(shown(&changed), "A=true,store:S=true");
    assert_eq!(changed.of::<Store>().collect::<Vec<_>>(), [(Store::S, true)]);
    assert!(App::A.enabled() && Store::S.enabled());
    // A handle from anywhere is about the same gates.
    let elsewhere = Installed::<Store>::get().unwrap();
    elsewhere.change(|layer| layer.set(App::A, false)).unwrap();
    assert!(!App::A.enabled() && Store::S.enabled());
    assert!(!installed.resolution().of::<App>().unwrap().enabled(App::A));
}

#[test]
fn observers_see_each_change_once_in_order_and_may_change_gates_themselves() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
        /// Off.
        #[gate(alpha)]
        B,
    }
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = |name: &'static str| {
        let seen = Arc::clone(&seen);
        move |changed: &Changed| seen.lock().unwrap().push(format!("{name}: {changed}"))
    };
    installed.on_change(record("first"));
    let handle = installed.clone();
    installed.on_change(move |changed| {
        assert!(changed.of::<Own>().all(|(gate, value)| gate.enabled() == value));
        handle.change(|layer| layer.set(Own::B, Own::A.enabled())).unwrap();
    });
    installed.change(|layer| layer.set(Own::A, true)).unwrap();
    installed.on_change(record("second"));
    installed.change(|layer| layer.set(Own::A, true)).unwrap();
    installed.change(|layer| layer.set(Own::A, false)).unwrap();
    assert!(installed.change(|layer| layer.set_named("Nothing", true)).is_err());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "first: A=true",
            "first: B=true",
            "first: A=false",
            "second: A=false",
            "first: B=false",
            "second: B=false"
        ]
    );
}

#[test]
fn an_observer_that_panics_does_not_end_the_others() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
    }
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let calls = Arc::new(AtomicU64::new(0));
    installed.on_change(|changed| assert!(changed.to_string() == "A=false", "on purpose"));
    let counted = Arc::clone(&calls);
    installed.on_change(move |_| {
        counted.fetch_add(1, SeqCst);
    });
    let handle = installed.clone();
    let panics = thread::spawn(move || handle.change(|layer| layer.set(Own::A, true)).is_ok());
    assert!(panics.join().is_err());
    assert!(Own::A.enabled(), "the change was made before");
    installed.change(|layer| layer.set(Own::A, false)).unwrap();
    assert_eq!(calls.load(SeqCst), 1, "of the next change");
}

#[test]
fn it_is_explained_who_made_a_change_and_when() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
        /// On its way out.
        #[gate(deprecated)]
        Old,
    }
    let installed =
        Own::resolver().without_env().flag("A=false").resolve().unwrap().install().unwrap();
    let changed = installed.change(|layer| {
        layer.by("alice");
        layer.set(Own::A, true);
        layer.set(Own::Old, true);
    });
    let changed = changed.unwrap();
    assert_eq!(changed.notices().count(), 1, "Old is deprecated");
    let resolution = Own::installed().unwrap();
    let table = resolution.explain("A").unwrap().to_string();
    assert!(table.contains("overridden by a change by alice at 20"), "{table}");
    let layer = installed.layer();
    let entry = layer.get("A").unwrap();
    assert!(entry.at().unwrap().elapsed().unwrap() < Duration::from_secs(600));
    assert_eq!(entry.by(), Some("alice"));
    // Another change keeps who made this one.
    installed.change(|layer| layer.set(Own::Old, false)).unwrap();
    assert_eq!(installed.layer().get("A"), Some(entry));
    assert_eq!(installed.layer().get("Old").unwrap().by(), None);
}

#[cfg(feature = "serde")]
#[test]
fn the_layer_is_kept_and_loaded_at_the_next_start() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(version = "1.36", runtime, emulation)]
    enum Own {
        /// Off.
        #[gate(alpha = "1.30")]
        A,
        /// Off.
        #[gate(alpha = "1.30")]
        B,
    }
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let edit = |layer: &mut RuntimeLayer| {
        layer.by("alice");
        layer.set(Own::A, true);
    };
    let changed = installed.change(edit).unwrap();
    let json = serde_json::to_string(changed.layer()).unwrap();
    assert!(json.starts_with(r#"{"A":{"value":true,"by":"alice","at":"20"#), "{json}");
    let loaded: RuntimeLayer = serde_json::from_str(&json).unwrap();
    // Times are kept to the second.
    assert_eq!(serde_json::to_string(&loaded).unwrap(), json);
    let next = Own::resolver().without_env().flag("A=false,B=true").runtime(loaded);
    let resolution = next.emulate(Version::new(1, 35)).resolve().unwrap();
    assert!(resolution.enabled(Own::A) && resolution.enabled(Own::B));
    let json = serde_json::to_value(featuregate::data::Report::new(&resolution)).unwrap();
    assert_eq!(
        (&json[0]["origin"]["source"], &json[0]["origin"]["changed_by"]),
        (&"runtime".into(), &"alice".into())
    );

    let short: RuntimeLayer =
        serde_json::from_str(r#"{"A": true, "B": {"value": false, "more": 1}}"#).unwrap();
    assert_eq!(short.iter().map(|(_, entry)| entry.value()).collect::<Vec<_>>(), [true, false]);
    let broken = |text: &str| serde_json::from_str::<RuntimeLayer>(text).unwrap_err().to_string();
    assert!(broken(r#"{"A": {"by": "alice"}}"#).contains("missing field `value`"));
    assert!(broken(r#"{"A": {"value": true, "at": "today"}}"#).contains("at is not a time"));
    assert!(broken(r#"{"A": "yes"}"#).contains("a boolean, or a map with value, by and at"));
}

#[test]
fn a_layer_of_an_earlier_start_is_judged_like_every_source() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
    }
    let mut layer = RuntimeLayer::new();
    layer.by("alice");
    layer.set_named("Gone", true);
    let resolver = Own::resolver().without_env().runtime(layer);
    let problems = resolver.clone().resolve().unwrap_err();
    assert!(problems.to_string().starts_with("a change by alice: unknown gate Gone"), "{problems}");

    // A program that accepts what an earlier release left still refuses a wrong name in a change.
    let resolver = resolver.policy(SourceKind::Runtime, Policy::of(Treatment::Notice));
    let installed = resolver.resolve().unwrap().install().unwrap();
    assert!(installed.to_string().contains("unknown gate Gone is ignored"), "{installed}");
    let problems = installed.change(|layer| layer.set_named("B", true)).unwrap_err();
    assert!(problems.to_string().contains("unknown gate B"), "{problems}");
    installed.change(|layer| layer.set(Own::A, true)).unwrap();
    installed.change(|layer| layer.reset_named("Gone")).unwrap();
    assert_eq!(installed.layer().iter().len(), 1);
}

/// A thousand changes a second, from two threads, while checks run on another core: each is in effect, observed once, and
/// no check sees a value that no change gave.
#[test]
fn a_thousand_changes_a_second_lose_nothing() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        First,
        /// Off.
        #[gate(alpha)]
        Second,
        /// Changes together with the next one, in the same byte.
        #[gate(alpha)]
        Left,
        /// Needs the one before.
        #[gate(alpha, requires(Left))]
        Right,
        /// Never changes.
        #[gate(beta)]
        Steady,
    }
    const CHANGES: u64 = 1_000;
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let (sender, receiver) = mpsc::channel();
    installed.on_change(move |changed| sender.send(changed.of::<Own>().count()).unwrap());
    let done = AtomicBool::new(false);
    let began = Instant::now();
    let checks = thread::scope(|threads| {
        let reader = threads.spawn(|| {
            let mut checks = 0_u64;
            while !done.load(SeqCst) {
                assert!(Own::Steady.enabled(), "a neighbour changes");
                let gates = Own::snapshot();
                assert!(
                    gates.enabled(Own::Left) || !gates.enabled(Own::Right),
                    "a half of a change"
                );
                checks += 1;
            }
            checks
        });
        let toggle = |gate: Own| {
            let installed = installed.clone();
            move || {
                for round in 1..=CHANGES {
                    let on = round % 2 == 1;
                    let changed = installed.change(|layer| {
                        layer.set(gate, on);
                        if matches!(gate, Own::Second) {
                            layer.set(Own::Left, on);
                            layer.set(Own::Right, on);
                        }
                    });
                    assert!(!changed.unwrap().is_empty());
                    // This thread sees its own change at once.
                    assert_eq!(gate.enabled(), on, "{round}");
                }
            }
        };
        let writers = [threads.spawn(toggle(Own::First)), threads.spawn(toggle(Own::Second))];
        for writer in writers {
            writer.join().unwrap();
        }
        done.store(true, SeqCst);
        reader.join().unwrap()
    });
    let took = began.elapsed();
    assert!(checks > 0, "checks ran meanwhile");
    // The last change of a thread may still be handed over by the other one.
    let seen: Vec<usize> = (0..2 * CHANGES).map(|_| receiver.recv().unwrap()).collect();
    assert_eq!(seen.iter().sum::<usize>() as u64, CHANGES + 3 * CHANGES);
    assert!(receiver.try_recv().is_err(), "each once");
    assert!(took < Duration::from_secs(2), "2,000 changes took {took:?}");
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn a_stream_has_the_latest_values() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(runtime)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        A,
        /// Off.
        #[gate(alpha)]
        B,
    }
    let installed = Own::resolver().without_env().resolve().unwrap().install().unwrap();
    let mut gates = installed.watch::<Own>();
    assert!(!gates.has_changed().unwrap() && !gates.borrow().enabled(Own::A));
    installed.change(|layer| layer.set(Own::A, true)).unwrap();
    installed.change(|layer| layer.set(Own::B, true)).unwrap();
    gates.changed().await.unwrap();
    let latest = *gates.borrow_and_update();
    assert!(latest.enabled(Own::A) && latest.enabled(Own::B));
    assert!(!gates.has_changed().unwrap());
    drop(gates);
    installed.change(|layer| layer.set(Own::B, false)).unwrap();
    assert!(!installed.watch::<Own>().borrow().enabled(Own::B));
}

/// Two thousand changes by chance: each is what a start with the same layer comes to, or nothing.
#[test]
fn a_change_comes_to_what_a_start_with_its_layer_comes_to() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Own {
        /// Off.
        #[gate(alpha, runtime)]
        A,
        /// Off, and needs it.
        #[gate(alpha, runtime, requires(A))]
        B,
        /// Off, and turns on another one.
        #[gate(alpha, runtime, implies(D))]
        C,
        /// Off.
        #[gate(alpha, runtime)]
        D,
        /// Off, turns on one that may not change.
        #[gate(alpha, runtime, implies(Fixed))]
        E,
        /// May not change.
        #[gate(alpha)]
        Fixed,
    }
    let resolver = Own::resolver().without_env().flag("D=true");
    let installed = resolver.clone().resolve().unwrap().install().unwrap();
    let mut seed = 7_u32;
    let mut random = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    let (mut made, mut refused) = (0, 0);
    for _ in 0..2_000 {
        let mut edits = Vec::new();
        for _ in 0..=random(3) {
            let gate = Own::all().nth(random(6) as usize).unwrap();
            edits.push((gate, [Some(true), Some(false), None][random(3) as usize]));
        }
        let edit = |layer: &mut RuntimeLayer| {
            for &(gate, value) in &edits {
                match value {
                    Some(value) => layer.set(gate, value),
                    None => layer.reset(gate),
                }
            }
        };
        let before = (Own::snapshot(), installed.layer());
        let mut layer = before.1.clone();
        edit(&mut layer);
        let entry = |layer: &RuntimeLayer| layer.get("Fixed").cloned();
        let expected = resolver.clone().runtime(layer.clone()).resolve().ok();
        let expected = expected
            .map(|start| start.gates())
            .filter(|gates| entry(&layer) == entry(&before.1) && !gates.enabled(Own::Fixed));
        match (installed.change(edit), expected) {
            (Ok(changed), Some(gates)) => {
                assert_eq!(Own::snapshot(), gates, "{edits:?}");
                assert!(changed.of::<Own>().eq(gates.diff(&before.0)), "{edits:?}");
                made += 1;
            }
            (Err(_), None) => {
                assert_eq!((Own::snapshot(), installed.layer()), before, "{edits:?}");
                refused += 1;
            }
            (change, expected) => panic!("{edits:?}: {change:?}, not {expected:?}"),
        }
    }
    assert!(made > 400 && refused > 400, "{made} made, {refused} refused");
}
