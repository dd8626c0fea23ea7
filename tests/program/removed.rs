//! Removed gates stay known: tolerated at the value that they ended with, or refused.

use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, FeatureGate)]
#[feature_gate(version = "1.36")]
#[expect(clippy::duplicated_attributes, reason = "two gates were removed in one release")]
#[tombstone(
    WasOn,
    alpha = "1.20",
    beta = "1.22",
    ga = "1.25",
    removed = "1.30",
    owner = "sig-node"
)]
#[tombstone(WasOff, removed = "1.26", value = false)]
#[tombstone("was-dashed", removed = "1.26", value = true)]
enum Tolerant {}

#[derive(Clone, Copy, Debug, FeatureGate)]
#[feature_gate(version = "1.36", removed_gates = "refuse")]
#[tombstone(WasOn, removed = "1.30", value = true)]
enum Strict {}

#[test]
fn a_removed_gate_is_tolerated_at_the_value_that_it_ended_with() {
    let resolution =
        Tolerant::resolver().flag("WasOn=true,WasOff=false,was-dashed=true").resolve().unwrap();
    let notices: Vec<String> = resolution.notices().iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "--feature-gates, column 1, \"WasOn=true\": gate WasOn was removed in 1.30 and stays on; remove the setting",
            "--feature-gates, column 12, \"WasOff=false\": gate WasOff was removed in 1.26 and stays off; remove the setting",
            "--feature-gates, column 25, \"was-dashed=true\": gate was-dashed was removed in 1.26 and stays on; remove the setting",
        ]
    );
}

#[test]
fn the_other_value_is_refused() {
    let problems = Tolerant::resolver().flag("WasOn=false").resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "--feature-gates, column 1, \"WasOn=false\": gate WasOn was removed in 1.30 and stays on, \
         so it cannot be set to false; remove the setting"
    );
}

#[test]
fn a_program_can_refuse_every_mention_as_kubernetes_does() {
    for text in ["WasOn=true", "WasOn=false"] {
        assert!(Strict::resolver().flag(text).resolve().is_err(), "{text}");
    }
}

#[test]
fn a_removed_gate_is_neither_listed_nor_a_member_of_a_group() {
    assert_eq!(Tolerant::specs().len(), 0);
    let resolution = Tolerant::resolver().flag("AllAlpha=true,AllBeta=true").resolve().unwrap();
    assert_eq!(resolution.iter().count(), 0);
    assert!(Tolerant::resolver().known_gates().iter().all(|line| line.starts_with("All")));
}

#[test]
fn what_a_removed_gate_required_no_longer_counts() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    #[tombstone(Old, alpha = "1.20", beta = "1.22", removed = "1.30", requires(Misspelt, Absent))]
    enum Feature {
        /// Not compiled in.
        #[gate(beta = "1.20", available = false)]
        Absent,
    }
    let resolution = Feature::resolver().flag("Old=true").resolve().unwrap();
    assert_eq!(resolution.untyped().enabled("Old"), Some(true), "it stays what it was");
    assert_eq!(resolution.notices().len(), 1);
}
