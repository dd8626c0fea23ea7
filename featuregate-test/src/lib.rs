//! Tests of both values of a gate, without races: a dev-dependency of crates that use `featuregate`.
//!
//! ```
//! use featuregate::FeatureGate;
//! use featuregate_test::overrides;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! // In a test. Other tests of the process do not see it.
//! let _scope = overrides::<Feature>().on(Feature::Cache).enter();
//! assert!(Feature::Cache.enabled());
//! ```
//!
//! # Scopes
//!
//! [`overrides`] collects the gates that should be on or off, by the rules of a program's start. A [`Scope`] is where
//! these values apply: on this thread until a guard is dropped ([`Scope::enter`]), in a closure ([`Scope::run`]), or in
//! a future on every thread that polls it ([`Scope::wrap`]). Scopes can be nested, and a panic ends them too. A new
//! thread or task gets the scope from the thread that starts it:
//!
//! ```no_run
//! # use featuregate_test::Scope;
//! # async fn work() {}
//! let scope = Scope::current();
//! std::thread::spawn(move || scope.run(|| { /* … */ }));
//! // tokio::spawn(Scope::current().wrap(work()));
//! ```
//!
//! # Threads and tasks without the scope
//!
//! A thread from a bare `thread::spawn`, and a task from a bare `tokio::spawn`, do not have the scope, and would read
//! other values. So while a scope of an enum exists, reading a gate of that enum without a scope is a panic that names
//! the gate, on a thread that a test has started, whatever its name, and between two polls of a wrapped future. The
//! threads of other tests, which the runner of tests has started, have the values of the process. A test that starts threads should pass [`Scope::current`] to them even if it overrides nothing.
//! Otherwise it panics while another test has a scope.
//!
//! A [strict](Overrides::strict) scope allows no read without a scope that covers the enum: neither of other enums within
//! it, nor on the threads of other tests. [`Scope::covers`] is for code that asserts the same.
//!
//! # Several settings
//!
//! [`under!`] runs one test under several settings, each as a test with its own name. [`under_each_row!`] runs a test
//! under each row of [`combinations()`], which are few settings that together contain every pair of values. If the test
//! fails, the message names the row.
//!
//! # Which sides are tested
//!
//! With the feature `record`, a run of tests with the environment variable `FEATUREGATE_RECORD` writes to that folder
//! which gates it read, with which values, and in which tests. `featuregate coverage` reports which values of a gate no
//! test has read:
//!
//! ```console
//! $ cargo add --dev featuregate-test --features record
//! $ FEATUREGATE_RECORD=$PWD/target/gates cargo test
//! $ featuregate coverage target/gates
//! ```
//!
//! Each process writes a file of its own, so tests may run in parallel, and under nextest. A relative folder is one for
//! each package, because cargo runs the tests of a package in its folder. What a thread or a task reads belongs to the
//! test of its scope; without one, it counts as read, but in no test. Under nextest, all that a process and the programs
//! that it starts read belongs to its test. Without the variable, nothing is recorded, and a check costs one load more than with this crate alone.
//!
//! # Release builds
//!
//! This crate turns on the feature `testing` of `featuregate`. With it, each check asks a hook, and no check is folded
//! to a constant, so that a test can give a locked gate its other value. Cargo builds a crate once, with the features
//! that all its dependents in the same command need. So `cargo build --release` ignores dev-dependencies and has no
//! hook. `cargo build --release --all-targets` has the hook, and so does a workspace in which this crate is an ordinary
//! dependency. [`featuregate::TESTING`] shows whether the hook is compiled in; benchmarks should assert that it is false.
#![expect(clippy::test_attr_in_doctest, reason = "the macros take whole tests")]

pub mod combinations;
mod hook;
mod overrides;
mod owner;
mod scope;
mod starter;
mod under;

pub use combinations::combinations;
pub use overrides::{Overrides, overrides};
pub use scope::{Entered, Scope, Scoped};
pub use under::ROW_VARIABLE;

/// For the expansion of [`under_each_row!`] only.
#[doc(hidden)]
pub mod __private {
    pub use crate::under::each_row;
}

/// Scopes, overrides and rows can be sent to other threads.
const _: () = {
    const fn assert_send_and_sync<T: Send + Sync>() {}
    assert_send_and_sync::<Overrides<()>>();
    assert_send_and_sync::<Scope>();
    assert_send_and_sync::<Scoped<()>>();
    assert_send_and_sync::<combinations::Combinations<()>>();
    assert_send_and_sync::<combinations::Row<()>>();
    assert_send_and_sync::<combinations::RowNumber>();
    assert_send_and_sync::<combinations::Model>();
    assert_send_and_sync::<combinations::ModelGate>();
    assert_send_and_sync::<combinations::ModelRow>();
};
