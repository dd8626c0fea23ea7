//! Scopes on threads, in tasks, nested, and after a panic.

#![expect(clippy::unwrap_used, reason = "a helper of tests, where a panic is a failure")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Barrier;
use std::thread;

use featuregate::{FeatureGate, Resolver};
use featuregate_test::{Scope, overrides};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30")]
    Quick,
    /// On.
    #[gate(beta = "1.33")]
    Base,
    /// On, and needs it.
    #[gate(beta = "1.34", requires(Base))]
    Middle,
    /// On, and needs that.
    #[gate(beta = "1.34", requires(Middle))]
    Upper,
    /// Locked.
    #[gate(beta = "1.30", ga = "1.35")]
    Good,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "3.6", component = "store")]
enum Store {
    /// Off.
    #[gate(alpha = "3.5")]
    Compaction,
}

fn message(panic: Box<dyn std::any::Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(other) => (*other.downcast::<&str>().unwrap()).to_owned(),
    }
}

#[test]
fn the_hook_is_in() {
    const { assert!(featuregate::TESTING) }
}

#[test]
fn a_scope_ends_and_leaves_nothing_behind() {
    assert!(!Feature::Quick.enabled());
    {
        let _on = overrides::<Feature>().on(Feature::Quick).enter();
        assert!(Feature::Quick.enabled());
    }
    assert!(!Feature::Quick.enabled());
    let panicked = catch_unwind(|| {
        overrides::<Feature>().on(Feature::Quick).run(|| panic!("within"));
    });
    assert!(panicked.is_err() && !Feature::Quick.enabled());
}

#[test]
fn scopes_are_nested_and_the_inner_one_keeps_what_it_does_not_name() {
    let _outer = overrides::<Feature>().on(Feature::Quick).enter();
    overrides::<Feature>().off(Feature::Upper).run(|| {
        assert!(Feature::Quick.enabled() && !Feature::Upper.enabled());
        overrides::<Feature>().off(Feature::Quick).on(Feature::Upper).run(|| {
            assert!(!Feature::Quick.enabled() && Feature::Upper.enabled());
        });
        assert!(Feature::Quick.enabled() && !Feature::Upper.enabled());
    });
    assert!(Feature::Upper.enabled());
}

#[test]
fn guards_may_be_dropped_in_any_order() {
    let outer = overrides::<Feature>().on(Feature::Quick).enter();
    let inner = overrides::<Feature>().off(Feature::Base).enter();
    drop(outer);
    assert!(Feature::Quick.enabled() && !Feature::Base.enabled(), "the inner one applies");
    drop(inner);
    assert!(!Feature::Quick.enabled() && Feature::Base.enabled());
}

#[test]
fn turning_a_gate_off_turns_off_what_requires_it() {
    overrides::<Feature>().off(Feature::Base).run(|| {
        assert!(
            !Feature::Base.enabled() && !Feature::Middle.enabled() && !Feature::Upper.enabled()
        );
    });
    let problems = overrides::<Feature>().off(Feature::Base).on(Feature::Upper).try_scope();
    let problems = problems.unwrap_err().to_string();
    assert!(problems.contains("gate Upper is on but requires Middle"), "{problems}");
}

#[test]
fn turning_a_gate_off_turns_off_what_implies_it() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Own {
        /// Off.
        #[gate(alpha)]
        Base,
        /// Turns it on.
        #[gate(alpha, implies(Base))]
        Upper,
        /// Needs that.
        #[gate(alpha, requires(Upper))]
        Top,
    }
    let _around = overrides::<Own>().on(Own::Upper).on(Own::Top).enter();
    assert!(Own::Base.enabled(), "it is implied");
    overrides::<Own>().off(Own::Base).run(|| assert!(Own::snapshot().on().next().is_none()));
    overrides::<Own>().off(Own::Upper).run(|| assert!(!Own::Top.enabled()));
    assert!(overrides::<Own>().off(Own::Base).on(Own::Upper).try_scope().is_err());
}

#[test]
fn a_locked_gate_has_its_other_side_at_a_release_before_the_lock() {
    let refused = overrides::<Feature>().off(Feature::Good).try_scope().unwrap_err();
    assert!(refused.to_string().contains("locked to true"), "{refused}");
    overrides::<Feature>().at("1.34").off(Feature::Good).run(|| assert!(!Feature::Good.enabled()));
    overrides::<Feature>().at("1.32").run(|| {
        assert!(!Feature::Base.enabled(), "it begins with 1.33");
    });
    let too_early = overrides::<Feature>().at("1.32").on(Feature::Base).try_scope();
    assert!(too_early.unwrap_err().to_string().contains("does not exist yet in 1.32"));
}

#[test]
fn a_text_says_the_same() {
    overrides::<Feature>().text("Quick=1, AllBeta=false").run(|| {
        assert!(Feature::Quick.enabled() && !Feature::Base.enabled() && Feature::Good.enabled());
    });
    let panicked = catch_unwind(|| overrides::<Feature>().text("Quick=maybe").run(|| ()));
    assert!(message(panicked.unwrap_err()).contains("NAME=true or NAME=false"));
    let panicked = catch_unwind(|| overrides::<Feature>().text("Quik=true").run(|| ()));
    assert!(message(panicked.unwrap_err()).contains("did you mean Quick?"));
}

#[test]
fn several_enums_are_overridden_together_or_one_after_the_other() {
    let both = overrides::<(Feature, Store)>().on(Feature::Quick).on(Store::Compaction);
    both.run(|| {
        assert!(Feature::Quick.enabled() && Store::Compaction.enabled());
        overrides::<Store>().off(Store::Compaction).run(|| {
            assert!(Feature::Quick.enabled() && !Store::Compaction.enabled());
        });
    });
    let _store = overrides::<Store>().on(Store::Compaction).enter();
    overrides::<Feature>().on(Feature::Quick).run(|| {
        assert!(Feature::Quick.enabled() && Store::Compaction.enabled());
    });
}

#[test]
fn a_snapshot_has_the_values_of_the_scope_and_no_other_value_of_all_gates_does() {
    let _on = overrides::<Feature>().on(Feature::Quick).enter();
    assert!(Feature::snapshot().enabled(Feature::Quick), "as a check");
    assert!(!featuregate::Gates::<Feature>::default().enabled(Feature::Quick));
    let resolution = Feature::resolver().without_env().resolve().unwrap();
    assert!(!resolution.gates().enabled(Feature::Quick));
}

#[test]
fn a_thread_sees_the_scope_that_it_is_handed() {
    let _on = overrides::<Feature>().on(Feature::Quick).enter();
    let scope = Scope::current();
    let there = thread::spawn(move || scope.run(|| Feature::Quick.enabled()));
    assert!(there.join().unwrap());
    let scope = Scope::current();
    thread::scope(|threads| {
        threads.spawn(|| scope.run(|| assert!(Feature::Quick.enabled())));
    });
}

#[test]
fn a_thread_without_a_scope_is_reported_with_the_name_of_the_gate() {
    let _on = overrides::<Feature>().on(Feature::Quick).enter();
    let shown = message(thread::spawn(|| Feature::Quick.enabled()).join().unwrap_err());
    assert!(
        shown.starts_with("gate Quick was read without a scope on a thread without a name"),
        "{shown}"
    );
    assert!(
        shown.contains("Scope::current()") && shown.contains("Scope::current().wrap("),
        "{shown}"
    );
}

/// A test without a scope that starts threads passes the empty scope, so that scopes of other tests do not matter.
#[test]
fn an_empty_scope_is_handed_over_too() {
    let _on = overrides::<Feature>().on(Feature::Quick).enter();
    let other = thread::Builder::new().name("another::test".into());
    let there = other.spawn(|| {
        let outside = Scope::current();
        thread::spawn(move || outside.run(|| Feature::Quick.enabled())).join()
    });
    assert!(!there.unwrap().join().unwrap().unwrap());
}

#[test]
fn a_test_without_a_scope_goes_on_beside_one_that_has_one() {
    assert!(run_at_once("usual::"), "the values of the process apply there");
    assert!(run_at_once("strict::"));
}

/// Runs the tests of a module that this one ignores, at the same time in another process.
fn run_at_once(module: &str) -> bool {
    let mut process = Command::new(std::env::current_exe().unwrap());
    let run = process.args(["--ignored", "--test-threads=2", module]);
    run.output().unwrap().status.success()
}

/// What a test without a scope reads beside one that has one: nothing if it panics.
fn read_beside(both: &Barrier) -> Option<(bool, bool)> {
    both.wait();
    let read = catch_unwind(|| (Feature::Quick.enabled(), Feature::Base.enabled()));
    both.wait();
    read.ok()
}

mod usual {
    use super::*;

    static BOTH: Barrier = Barrier::new(2);

    #[test]
    #[ignore = "another test runs both"]
    fn one_has_a_scope() {
        let _on = overrides::<Feature>().on(Feature::Quick).enter();
        BOTH.wait();
        BOTH.wait();
    }

    #[test]
    #[ignore = "another test runs both"]
    fn the_other_has_none() {
        assert_eq!(read_beside(&BOTH), Some((false, true)));
    }
}

mod strict {
    use super::*;

    static BOTH: Barrier = Barrier::new(2);

    #[test]
    #[ignore = "another test runs both"]
    fn one_has_a_scope() {
        let _on = overrides::<Feature>().on(Feature::Quick).strict().enter();
        BOTH.wait();
        BOTH.wait();
    }

    #[test]
    #[ignore = "another test runs both"]
    fn the_other_has_none() {
        assert_eq!(read_beside(&BOTH), None, "a strict scope exists");
    }
}

#[test]
fn a_named_thread_without_a_scope_is_reported_too() {
    let _on = overrides::<Feature>().on(Feature::Quick).enter();
    for name in ["uv-resolver", "resolver", "module::resolver"] {
        let thread = thread::Builder::new().name(name.into());
        let there = thread.spawn(|| Feature::Quick.enabled()).unwrap();
        let shown = message(there.join().unwrap_err());
        let expected = format!("gate Quick was read without a scope on thread {name}, ");
        assert!(shown.starts_with(&expected), "{shown}");
    }
}

#[test]
fn a_strict_scope_allows_no_gate_of_another_enum() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Other {
        /// On.
        #[gate(beta)]
        On,
    }
    let strict = overrides::<Feature>().on(Feature::Quick).strict();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        strict.run(|| {
            assert!(Feature::Quick.enabled());
            Other::On.enabled()
        })
    }));
    let shown = message(panicked.unwrap_err());
    assert!(shown.starts_with("gate On of scopes::"), "{shown}");
    assert!(shown.contains("within a strict scope that does not cover its enum"), "{shown}");
    let _both = overrides::<(Feature, Other)>().strict().enter();
    assert!(Other::On.enabled());
}

#[test]
fn a_scope_says_which_enums_it_covers() {
    assert!(!Scope::current().covers::<Feature>());
    overrides::<Feature>().run(|| {
        let scope = Scope::current();
        assert!(scope.covers::<Feature>() && !scope.covers::<Store>());
        assert!(!scope.covers::<(Feature, Store)>());
        overrides::<Store>().run(|| assert!(Scope::current().covers::<(Feature, Store)>()));
    });
}

mod library {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "2.0", component = "library")]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "1.0")]
        Base,
    }
}

#[test]
fn gates_of_another_crate_that_are_required_are_overridden_too() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Needs {
        /// Off, and needs one of the library.
        #[gate(alpha, requires(library::Feature::Base))]
        Upper,
        /// Off.
        #[gate(alpha)]
        Alone,
    }
    overrides::<Needs>().on(Needs::Alone).run(|| {
        assert!(Needs::Alone.enabled() && !Needs::Upper.enabled());
        assert!(Scope::current().covers::<library::Feature>());
    });
    let problems = overrides::<Needs>().on(Needs::Upper).try_scope().unwrap_err().to_string();
    assert!(problems.contains("Upper is on but requires library:Base"), "{problems}");
    overrides::<Needs>().on(Needs::Upper).on(library::Feature::Base).run(|| {
        assert!(Needs::Upper.enabled() && library::Feature::Base.enabled());
    });
}

#[test]
fn a_gate_of_an_enum_without_a_scope_answers_anywhere() {
    #[derive(Clone, Copy, FeatureGate)]
    enum Other {
        /// On.
        #[gate(beta)]
        On,
    }
    let _on = overrides::<Store>().on(Store::Compaction).enter();
    assert!(thread::spawn(|| Other::On.enabled()).join().unwrap());
}

#[test]
fn what_was_installed_applies_outside_the_scope() {
    #[derive(Clone, Copy, FeatureGate)]
    enum Installed {
        /// Off.
        #[gate(alpha)]
        A,
        /// On.
        #[gate(beta)]
        B,
    }
    let resolution = Resolver::<Installed>::new().flag("A=true").resolve().unwrap();
    let _ = resolution.install().unwrap();
    overrides::<Installed>().off(Installed::B).run(|| {
        assert!(Installed::A.enabled() && !Installed::B.enabled());
    });
}

mod tasks {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_task_sees_the_scope_that_wraps_it_wherever_it_is_polled() {
        let scope = overrides::<Feature>().on(Feature::Quick).scope();
        let tasks: Vec<_> = (0..64)
            .map(|_| {
                tokio::spawn(scope.wrap(async {
                    for _ in 0..10 {
                        assert!(Feature::Quick.enabled());
                        tokio::task::yield_now().await;
                    }
                }))
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_bare_task_is_reported_with_the_name_of_the_gate() {
        /// Of this test only.
        #[derive(Clone, Copy, FeatureGate)]
        enum Own {
            /// Off.
            #[gate(alpha)]
            Quick,
        }
        let scope = overrides::<Own>().on(Own::Quick).scope();
        let error = tokio::spawn(async { Own::Quick.enabled() }).await.unwrap_err();
        let shown = message(error.into_panic());
        assert!(
            shown.starts_with("gate Quick was read without a scope on thread tokio-"),
            "{shown}"
        );
        drop(scope);
        assert!(!tokio::spawn(async { Own::Quick.enabled() }).await.unwrap(), "no scope is left");
    }

    #[tokio::test]
    async fn a_bare_task_on_the_thread_of_the_test_is_reported_too() {
        let scope = overrides::<Feature>().on(Feature::Quick).scope();
        let shown = scope
            .wrap(async {
                assert!(Feature::Quick.enabled());
                let bare = tokio::spawn(async { Feature::Quick.enabled() });
                message(bare.await.unwrap_err().into_panic())
            })
            .await;
        assert!(shown.starts_with("gate Quick was read without a scope on "), "{shown}");
    }

    featuregate_test::under! {
        Feature: off = "Base=false,Middle=false,Upper=false", on = "Quick=true";

        /// Reads its setting before and after an await.
        #[tokio::test]
        async fn settings_apply_across_an_await() {
            let before = (Feature::Base.enabled(), Feature::Quick.enabled());
            tokio::task::yield_now().await;
            assert_eq!(before, (Feature::Base.enabled(), Feature::Quick.enabled()));
            assert_ne!(before.0, !before.1, "off and off, or on and on");
        }
    }
}

featuregate_test::under! {
    Feature: off = "AllBeta=false", on = "Quick=true";

    /// Both sides.
    #[test]
    fn each_setting_is_a_test_of_its_own_name() {
        let name = thread::current().name().unwrap().to_owned();
        assert_eq!(name.ends_with("::on"), Feature::Quick.enabled(), "{name}");
        assert_eq!(name.ends_with("::off"), !Feature::Base.enabled(), "{name}");
    }
}

#[test]
fn a_panic_within_a_nested_scope_leaves_the_outer_one() {
    let _outer = overrides::<Feature>().on(Feature::Quick).enter();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _inner = overrides::<Feature>().off(Feature::Quick).enter();
        panic!("within");
    }));
    assert!(panicked.is_err() && Feature::Quick.enabled());
}

mod rows {
    use super::*;

    featuregate_test::under_each_row! {
        Feature;

        /// Each row satisfies the dependencies, also on a thread that gets the scope.
        #[test]
        fn each_row_applies_where_the_test_runs() {
            let scope = Scope::current();
            let there = || (Feature::Middle.enabled(), Feature::Base.enabled());
            let (middle, base) = thread::scope(|threads| {
                threads.spawn(|| scope.run(there)).join().unwrap()
            });
            assert!(base || !middle);
            assert_eq!((middle, base), there());
        }
    }

    /// Fails under one row of four. A test calls it and reads its message.
    fn fails_where_both_are_on() {
        #[derive(Clone, Copy, FeatureGate)]
        enum Pair {
            /// Off.
            #[gate(alpha)]
            A,
            /// Off.
            #[gate(alpha)]
            B,
        }
        featuregate_test::__private::each_row::<Pair>(2, "fails_where_both_are_on", || {
            assert!(!(Pair::A.enabled() && Pair::B.enabled()), "both");
        });
    }

    #[test]
    fn a_row_that_fails_is_named_with_what_repeats_it() {
        let shown = message(catch_unwind(fails_where_both_are_on).unwrap_err());
        let rest = shown.strip_prefix("the test fails under row ").unwrap();
        let (number, rest) = rest.split_once(' ').unwrap();
        assert_eq!(
            rest,
            format!(
                "of 4 (--feature-gates=A=true,B=true); to repeat it with this row only, run FEATUREGATE_ROW={number} cargo test fails_where_both_are_on"
            )
        );
    }
}
