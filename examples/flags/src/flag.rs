//! The flags.

use featuregate::FeatureGate;

/// The flags of the storage, and what is experimental, which can change while the database runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.16", rename_all = "snake_case", env_prefix = "APP_FEATURE_FLAGS_")]
#[feature_gate(groups = "none", group(all = [alpha]))]
pub enum Flag {
    /// New immutable indices are stored without the old engine.
    #[gate(alpha = "1.13", beta = "1.14")]
    IndexSkipOldEngine,
    /// New mutable indices are stored without the old engine.
    #[gate(alpha = "1.15", beta = "1.16", requires(IndexSkipOldEngine))]
    MutableIndexSkipOldEngine,
    /// Vectors in the old engine are moved when a collection is loaded.
    #[gate(alpha = "1.15", beta = "1.17")]
    MigrateVectorStorage,
    /// Segments that still grow are quantized too.
    #[gate(alpha = "1.16")]
    AppendableQuantization,
    /// Offers `/metrics`.
    #[gate(alpha = "1.13", runtime, except_from_groups)]
    Metrics,
    /// Offers the log through `/logs`.
    #[gate(alpha = "1.14", runtime, except_from_groups)]
    LogsRoute,
    /// Sends the log as it is written.
    #[gate(alpha = "1.15", runtime, except_from_groups, requires(LogsRoute))]
    LogsStream,
}
