//! Few settings of the gates that together hold every pair of values: covering arrays.
//!
//! With 200 gates there are 2^200 settings, but most faults show with one gate or with two together.
//! For any two gates and any two values that they can have at once, one of the rows has both, and 200
//! independent gates need 11 rows. Each row is one that the program accepts: what a gate requires is
//! on, and locked gates, gates that are not there yet and gates that are not compiled in keep their
//! value. The same gates always give the same rows.
//!
//! ```
//! use featuregate::FeatureGate;
//! use featuregate_test::combinations;
//!
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//!     /// Fills the cache before it is asked.
//!     #[gate(alpha, requires(Cache))]
//!     Prefetch,
//!     /// Fewer round trips.
//!     #[gate(beta)]
//!     Pipelining,
//! }
//!
//! let rows = combinations::<Feature>()?;
//! for row in &rows {
//!     assert!(row.enabled(Feature::Cache) || !row.enabled(Feature::Prefetch), "{row}");
//! }
//! assert!(rows.iter().any(|row| {
//!     row.enabled(Feature::Prefetch) && !row.enabled(Feature::Pipelining)
//! }));
//! # Ok::<(), featuregate::Problems>(())
//! ```
//!
//! [`Model`] is the same for gates without an enum.

mod embed;
mod ipog;
mod katona;
mod model;
mod order;
mod row;
mod search;

pub use katona::bound;
pub use model::Model;
pub use row::{Combinations, Row};

use featuregate::{Enums, Problems, Resolver};

/// Rows that hold every pair of values of the gates of an enum, or of several as a tuple, at their own
/// release.
///
/// # Errors
/// What keeps the gates from being resolved at all: a gate that requires one of an enum which is not
/// part of the tuple, or a name that two enums declare.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// Off.
///     #[gate(alpha)]
///     New,
///     /// On, and locked.
///     #[gate(ga)]
///     Proven,
/// }
///
/// let rows = featuregate_test::combinations::<Feature>()?;
/// let texts: Vec<_> = rows.iter().map(|row| row.text()).collect();
/// assert_eq!(texts, ["", "New=true"]);
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub fn combinations<F: Enums>() -> Result<Combinations<F>, Problems> {
    of_strength(2)
}

/// The same for each `strength` gates together instead of two.
///
/// Rows and time grow with two to the power of the strength: it is meant for three, and for four or
/// five of few gates. With 1, each gate is on in some row and off in some.
///
/// # Errors
/// As [`combinations()`].
///
/// ```
/// # use featuregate::FeatureGate;
/// # #[derive(Clone, Copy, FeatureGate)]
/// # enum Feature {
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     A,
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     B,
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     C,
/// # }
/// use featuregate_test::combinations::of_strength;
///
/// assert_eq!(of_strength::<Feature>(1)?.len(), 2);
/// assert_eq!(of_strength::<Feature>(2)?.len(), 4);
/// assert_eq!(of_strength::<Feature>(3)?.len(), 8);
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub fn of_strength<F: Enums>(strength: usize) -> Result<Combinations<F>, Problems> {
    resolved_by(|| Resolver::new().without_env(), strength)
}

/// The same with a resolver of the caller's, such as one that emulates another release.
///
/// What the resolver itself is told stays in force for the gates that are fixed; each row sets its gates
/// as a flag does.
///
/// # Errors
/// As [`combinations()`].
///
/// ```
/// use featuregate::{FeatureGate, Version};
/// use featuregate_test::combinations::resolved_by;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(version = "1.36", emulation)]
/// enum Feature {
///     /// Locked by now.
///     #[gate(alpha = "1.30", ga = "1.36")]
///     Cache,
/// }
///
/// let earlier = || Feature::resolver().without_env().emulate(Version::new(1, 35));
/// assert_eq!(resolved_by(earlier, 2)?.len(), 2);
/// assert_eq!(resolved_by(|| Feature::resolver().without_env(), 2)?.len(), 1);
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub fn resolved_by<F: Enums>(
    resolver: impl Fn() -> Resolver<F>,
    strength: usize,
) -> Result<Combinations<F>, Problems> {
    Combinations::new(&resolver, strength)
}
