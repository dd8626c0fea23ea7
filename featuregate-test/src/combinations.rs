//! Covering arrays: few settings of the gates that together contain every pair of values.
//!
//! 200 gates have 2^200 settings, but one gate, or two together, are enough to show most faults. For any two gates
//! and any two values that they can have together, one of the rows has both. For 200 independent gates these are 11
//! rows. The program accepts each row: everything that an enabled gate requires is on, and gates that are locked, not
//! introduced yet or not compiled in keep their value. The same gates always have the same rows.
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
//!     /// Fills the cache in advance.
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
//! A [`Model`] has rows for gates without an enum.

// The data flows from `model` to `classes`; from these to rows, by `pairs` (on `katona`) or `ipog`; and from `rows` to
// `enums`.
mod classes;
mod enums;
mod ipog;
mod katona;
mod model;
mod pairs;
mod rows;

pub use enums::{Combinations, Row, RowNumber};
pub use katona::bound;
pub use model::{Model, ModelGate};
pub use rows::ModelRow;

use featuregate::{Enums, Problems, Resolver};

/// Rows that contain every pair of values of the gates of an enum, or of a tuple of enums, at their own release.
///
/// # Errors
/// The problems because of which the gates cannot be resolved at all: a gate that requires one of an enum that is not
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

/// Rows that contain all values of any `strength` gates, instead of two.
///
/// The rows and the time grow with two to the power of the strength. So it is meant for a strength of three, and for
/// four or five with few gates. With a strength of one, each gate is on in some row and off in another.
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

/// Rows by the caller's resolver, such as one that emulates another release.
///
/// A row sets its gates as a flag does. The assignments of the resolver itself apply to the gates that are fixed.
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
///     /// Locked at 1.36.
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
