//! A crate that forbids what others only warn of: the expansion gives it no reason to complain, and no
//! `allow` that it would have to refuse.
#![forbid(
    absolute_paths_not_starting_with_crate,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    non_snake_case,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_code,
    unreachable_pub,
    unsafe_code,
    unused_imports,
    unused_qualifications,
    unused_variables,
    variant_size_differences,
    clippy::all,
    clippy::nursery,
    clippy::pedantic
)]

use featuregate::FeatureGate;

/// Whether a part exists; a name that could mean something else in the expansion.
const AVAILABLE: bool = true;
/// The same.
const DEFAULTS: bool = AVAILABLE;
/// The same.
const FIXED: bool = DEFAULTS;
/// The same.
const CELLS: bool = FIXED;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation, env = "STRICT_FEATURE_GATES")]
#[tombstone(Gone, removed = "1.30", value = false)]
enum Emulating {
    /// On.
    #[gate(beta = "1.35", available = AVAILABLE)]
    On = 7,
    /// On.
    #[gate(beta = "1.35", available = CELLS, requires(On))]
    OnToo = 3,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum Folding {
    /// Locked.
    #[gate(ga, available = CELLS)]
    Locked,
}

#[test]
fn a_condition_means_what_it_means_where_it_was_written() {
    assert!(Emulating::On.enabled() && Emulating::OnToo.enabled());
    assert!(Folding::Locked.enabled());
}
