//! The names of flags, which a program chooses.

use featuregate_core::Notation;

/// The flag of [`FeatureGateArgs`](super::FeatureGateArgs), for programs in which it is not `--feature-gates`, or which
/// have two of them.
///
/// ```
/// use clap::Parser;
/// use featuregate::args::{FeatureGateArgs, GateFlag};
/// use featuregate::{FeatureGate, Notation};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// /// `--experimental [Cache,Other=false]`
/// enum Experimental {}
///
/// impl GateFlag for Experimental {
///     const NAME: &'static str = "experimental";
///     const NOTATION: Notation = Notation::Switches;
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     gates: FeatureGateArgs<Feature, Experimental>,
/// }
///
/// let cli = Cli::parse_from(["app", "--experimental", "[Cache]"]);
/// assert!(cli.gates.resolver().resolve()?.enabled(Feature::Cache));
/// # Ok::<(), featuregate::Problems>(())
/// ```
pub trait GateFlag: 'static {
    /// The name without dashes.
    const NAME: &'static str;

    /// How its text is written.
    const NOTATION: Notation = Notation::Assignments;
}

/// `--feature-gates`, as in Kubernetes.
#[derive(Clone, Copy, Debug)]
pub enum FeatureGates {}

impl GateFlag for FeatureGates {
    const NAME: &'static str = "feature-gates";
}

/// The flags of [`FeatureListArgs`](super::FeatureListArgs). The id of each argument is its name here, for clap's `mut_arg`, which
/// hides it or adds an alias. There is at least one flag; without any, the program does not compile:
///
/// ```compile_fail,E0080
/// use clap::Parser;
/// use featuregate::FeatureGate;
/// use featuregate::args::{FeatureListArgs, ListFlags};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// enum Nothing {}
///
/// impl ListFlags for Nothing {
///     const ON_ENV: Option<&'static str> = Some("APP_FEATURES");
/// }
///
/// #[derive(Parser)]
/// struct Cli {
///     #[command(flatten)]
///     features: FeatureListArgs<Feature, Nothing>, // error: the group has no flag; name `ON` or `OFF`
/// }
///
/// Cli::parse();
/// ```
pub trait ListFlags: 'static {
    /// The flag whose names are turned on, without dashes.
    const ON: Option<&'static str> = None;

    /// The flag whose names are turned off, without dashes.
    const OFF: Option<&'static str> = None;

    /// The environment variable whose names are turned on.
    const ON_ENV: Option<&'static str> = None;

    /// The environment variable whose names are turned off.
    const OFF_ENV: Option<&'static str> = None;
}

/// `--enable NAME,…` and `--disable NAME,…`.
#[derive(Clone, Copy, Debug)]
pub enum EnableDisable {}

impl ListFlags for EnableDisable {
    const ON: Option<&'static str> = Some("enable");
    const OFF: Option<&'static str> = Some("disable");
}

/// The flags of [`FeatureSwitchArgs`](super::FeatureSwitchArgs): `--NAME` and `--no-NAME`.
pub trait SwitchFlag: 'static {
    /// The name without dashes.
    const NAME: &'static str;

    /// The gate or group that they set, as it is written in a list.
    const GATE: &'static str;

    /// The environment variable that sets it too, as in `APP_PREVIEW=1`.
    const ENV: Option<&'static str> = None;
}
