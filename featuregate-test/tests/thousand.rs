//! A thousand tests override the same ten gates, each with other values, on threads and in tasks. No test sees the
//! values of another one. `cargo test -p featuregate-test --test thousand -- --test-threads=16`, or
//! `cargo nextest run -p featuregate-test --test thousand`.

#![expect(clippy::unwrap_used, reason = "a helper of tests, where a panic is a failure")]

use std::thread;

use featuregate::FeatureGate;
use featuregate_test::{Scope, overrides};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Bit 0.
    #[gate(alpha = "1.30")]
    G0,
    /// Bit 1.
    #[gate(beta = "1.30")]
    G1,
    /// Bit 2.
    #[gate(alpha = "1.30")]
    G2,
    /// Bit 3.
    #[gate(beta = "1.30")]
    G3,
    /// Bit 4.
    #[gate(alpha = "1.30")]
    G4,
    /// Bit 5.
    #[gate(beta = "1.30")]
    G5,
    /// Bit 6.
    #[gate(alpha = "1.30")]
    G6,
    /// Bit 7.
    #[gate(beta = "1.30")]
    G7,
    /// Bit 8.
    #[gate(alpha = "1.30")]
    G8,
    /// Bit 9.
    #[gate(beta = "1.30")]
    G9,
}

/// The number whose bits the gates are.
fn seen() -> usize {
    Feature::all().enumerate().map(|(bit, gate)| usize::from(gate.enabled()) << bit).sum()
}

fn none_of_a_thousand_sees_another_ones_values(number: usize) {
    let set = |overrides: featuregate_test::Overrides<Feature>, (bit, gate)| {
        overrides.set(gate, number >> bit & 1 == 1)
    };
    let scope = Feature::all().enumerate().fold(overrides::<Feature>(), set).scope();
    scope.run(|| {
        for _ in 0..20 {
            assert_eq!(seen(), number);
            thread::yield_now();
        }
        let current = Scope::current();
        let there = thread::spawn(move || current.run(seen));
        assert_eq!(there.join().unwrap(), number);
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(scope.wrap(async {
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                tokio::spawn(Scope::current().wrap(async {
                    tokio::task::yield_now().await;
                    seen()
                }))
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), number);
            assert_eq!(seen(), number);
        }
    }));
    assert_eq!(seen(), 0b10_1010_1010, "the defaults, without a scope");
}

macro_rules! hundreds {
    ($($name:ident $hundred:literal)*) => {
        $(mod $name {
            hundreds! { @tens $hundred; t0 0 t1 1 t2 2 t3 3 t4 4 t5 5 t6 6 t7 7 t8 8 t9 9 }
        })*
    };
    (@tens $hundred:literal; $($name:ident $ten:literal)*) => {
        $(mod $name {
            hundreds! { @ones $hundred $ten; u0 0 u1 1 u2 2 u3 3 u4 4 u5 5 u6 6 u7 7 u8 8 u9 9 }
        })*
    };
    (@ones $hundred:literal $ten:literal; $($name:ident $one:literal)*) => {
        $(#[test]
        fn $name() {
            crate::none_of_a_thousand_sees_another_ones_values($hundred * 100 + $ten * 10 + $one);
        })*
    };
}

hundreds! { h0 0 h1 1 h2 2 h3 3 h4 4 h5 5 h6 6 h7 7 h8 8 h9 9 }
