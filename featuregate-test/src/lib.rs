//! Tests of both sides of a gate, which never race: a dev-dependency of whoever uses `featuregate`.
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
//! // In a test; other tests of the process don't see it.
//! let _scope = overrides::<Feature>().on(Feature::Cache).enter();
//! assert!(Feature::Cache.enabled());
//! ```
//!
//! # Scopes
//!
//! [`overrides`] says which gates should be on or off, by the rules of a program's start; [`Scope`] is where that
//! holds: on this thread until a guard goes ([`Scope::enter`]), for a closure ([`Scope::run`]), or for a future
//! wherever it is polled ([`Scope::wrap`]). Scopes are nested, and end also by a panic. A thread or task is handed
//! the scope of whoever starts it:
//!
//! ```no_run
//! # use featuregate_test::Scope;
//! # async fn work() {}
//! let scope = Scope::current();
//! std::thread::spawn(move || scope.run(|| { /* … */ }));
//! // tokio::spawn(Scope::current().wrap(work()));
//! ```
//!
//! # Who forgets to hand the scope over
//!
//! A bare `tokio::spawn` or `thread::spawn` loses a scope of its thread every time, and would read other values
//! without a word. So while a scope of an enum is alive, a gate of that enum that is read without one, on a thread
//! that a test has started (one without a name, or a runtime's worker) or between two polls of a wrapped future,
//! is a panic that names the gate. The threads of other tests, which a runner names after them, go on with the
//! values of the process. A test that starts threads and overrides nothing hands over [`Scope::current`] too, or it
//! will be told when another test beside it has a scope.
//!
//! # Several settings
//!
//! [`under!`] runs one test under several settings, each as a test of its own name. [`under_each_row!`] runs one under
//! each row of [`combinations()`], few settings that together hold every pair of values, and names the row on failure.
//!
//! # What a release build carries
//!
//! The hook is the feature `testing` of `featuregate`, which this crate turns on. With it each check asks the hook
//! and none is folded, so that a test can see a locked gate's other side. Cargo builds a crate once, with the
//! features of all that need it in the same command: `cargo build --release` leaves dev-dependencies aside and
//! carries no hook, `cargo build --release --all-targets` does, as does a workspace where one crate has this one
//! among its ordinary dependencies. [`featuregate::TESTING`] tells, and benchmarks should assert that it is false.
#![expect(clippy::test_attr_in_doctest, reason = "the macros take whole tests")]

pub mod combinations;
mod each_row;
mod overrides;
mod scope;
mod under;

pub use combinations::combinations;
pub use each_row::ROW_VARIABLE;
#[doc(hidden)]
pub use each_row::each_row;
pub use overrides::{Overrides, overrides};
pub use scope::{Entered, Scope, Scoped};
