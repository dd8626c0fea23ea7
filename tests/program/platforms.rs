//! Gates whose default depends on the platform, or on anything else that `cfg!` knows.

use featuregate::{FeatureGate, Stage, Version};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.3", emulation, groups = "none")]
enum Feature {
    /// On here.
    #[gate(alpha = "1.0", ga(since = "1.2", default = cfg!(not(windows)), locked = false))]
    Here,
    /// On elsewhere.
    #[gate(alpha = "1.0", beta(since = "1.2", default = !cfg!(not(windows))))]
    Elsewhere,
    /// Changes here only.
    #[gate(beta(since = "1.0", default = false), beta(since = "1.1", default = cfg!(not(windows))))]
    Once,
    /// Keeps the condition.
    #[gate(beta(since = "1.0", default = cfg!(not(windows))), deprecated = "1.3")]
    Going,
    /// Requires what is on where it is.
    #[gate(beta(since = "1.2", default = cfg!(not(windows))), requires(Once))]
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.3")]
enum Fixed {
    /// Locked to what the platform is.
    #[gate(ga(since = "1.2", default = cfg!(not(windows))))]
    Locked,
    /// Each build has one of these.
    #[cfg_attr(not(windows), gate(beta))]
    #[cfg_attr(windows, gate(alpha))]
    Attributes,
}

/// On every platform that is not Windows.
const HERE: bool = cfg!(not(windows));

#[test]
fn a_default_can_depend_on_the_platform() {
    for (gate, is_on) in [
        (Feature::Here, HERE),
        (Feature::Elsewhere, !HERE),
        (Feature::Once, HERE),
        (Feature::Going, HERE),
        (Feature::Both, HERE),
    ] {
        assert_eq!(gate.enabled(), is_on, "{gate}");
        let now = gate.spec().at(Version::new(1, 3), Version::new(1, 2));
        assert_eq!(now.default(), is_on, "{gate}");
    }
    assert_eq!((Fixed::Locked.enabled(), Fixed::Attributes.enabled()), (HERE, HERE));
    assert_eq!(Feature::Going.stage(), Stage::Deprecated);
}

#[test]
fn each_milestone_has_its_own_default() {
    let at = |minor, gate: Feature| {
        let resolution = Feature::resolver().emulate(Version::new(1, minor)).resolve().unwrap();
        resolution.enabled(gate)
    };
    assert_eq!([0, 1, 2].map(|minor| at(minor, Feature::Once)), [false, HERE, HERE]);
    assert_eq!([1, 2].map(|minor| at(minor, Feature::Here)), [false, HERE]);
}

#[test]
fn a_gate_that_is_locked_to_its_platform_cannot_be_changed() {
    let set = |value: bool| Fixed::resolver().flag(&format!("Locked={value}")).resolve();
    assert!(set(HERE).is_ok());
    assert!(set(!HERE).unwrap_err().to_string().contains(&format!("locked to {HERE}")));
}
