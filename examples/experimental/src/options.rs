//! The experimental options.

use featuregate::{
    FeatureGate, Notation, Policy, Problems, Resolution, Resolver, Source, SourceKind, Treatment,
};

/// An option that changes a part of the shell. Opt-in options are alpha, opt-out options are beta.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(
    version = "0.110.0",
    versions = "patch",
    rename_all = "kebab-case",
    groups = "none",
    group(all = [alpha, beta]),
    master = "all"
)]
// Now the behaviour of every shell.
#[tombstones(removed = "0.108", value = true; ReorderCellPaths)]
// Given up.
#[tombstones(removed = "0.109", value = false; StructuredIo)]
pub enum Experiment {
    /// Does nothing, and shows how an option is declared.
    #[gate(alpha = "0.105.2", issue = "https://example.org/issues/1")]
    Example,
    /// Checks the types of assignments while a script runs.
    #[gate(alpha = "0.107.1", issue = "https://example.org/issues/2")]
    EnforceRuntimeAnnotations,
    /// Uses the clipboard of the system.
    #[gate(alpha = "0.109", issue = "https://example.org/issues/3")]
    NativeClip,
    /// Ends a pipeline with the exit code of the command that failed.
    #[gate(alpha = "0.107", beta = "0.110", issue = "https://example.org/issues/4")]
    Pipefail,
}

/// The variable with a list of options.
pub const VARIABLE: &str = "NU_EXPERIMENTAL_OPTIONS";
/// The flag with a list of options.
pub const FLAG: &str = "--experimental-options";

/// What the variable and then the flags come to. What cannot be used is left out, but for an unknown option in a flag.
///
/// # Errors
/// The unknown options in the flags.
pub fn resolve(flags: &[String]) -> Result<Resolution<Experiment>, Problems> {
    let flag = Source::flag(FLAG).written(Notation::Switches);
    let resolver: Resolver<Experiment> = Experiment::resolver()
        .variable(Source::env(VARIABLE).written(Notation::Switches))
        .policy(SourceKind::Env, Policy::of(Treatment::Notice))
        .policy(
            SourceKind::Flag,
            Policy::new().invalid(Treatment::Notice).removed(Treatment::Notice),
        );
    flags.iter().fold(resolver, |resolver, text| resolver.text(&flag, text)).resolve()
}

/// A table of all options.
#[must_use]
pub fn table() -> String {
    let row = |option: Experiment| {
        let status = if option.default() { "opt-out" } else { "opt-in" };
        let since = option.spec().introduced().map(|since| since.to_string()).unwrap_or_default();
        let issue = option.issue().unwrap_or_default();
        let (name, doc) = (option.name(), option.doc());
        format!("{name:28} {:5} {status:8} {since:8} {issue} {doc}\n", option.enabled())
    };
    Experiment::all().map(row).collect()
}
