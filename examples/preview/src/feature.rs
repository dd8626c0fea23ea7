//! The preview features.

use featuregate::FeatureGate;

/// A feature that may change without notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "0.10", rename_all = "kebab-case", groups = "none")]
#[feature_gate(group(all = [alpha, beta]), master = "all")]
#[tombstone("cache-prune", removed = "0.9", value = true)]
pub enum PreviewFeature {
    /// Installs `python` and `python3` too.
    #[gate(alpha)]
    PythonInstallDefault,
    /// Writes JSON where it is asked for.
    #[gate(alpha)]
    JsonOutput,
    /// Installs from `pylock.toml`.
    #[gate(alpha)]
    Pylock,
    /// Formats the code of a project.
    #[gate(alpha, alias = "format")]
    FormatCommand,
    /// Signs requests to endpoints that speak S3.
    #[gate(alpha)]
    S3Endpoint,
    /// Begins to look for the workspace where the script is. It counts before configuration is read.
    #[gate(alpha)]
    TargetWorkspaceDiscovery,
}
