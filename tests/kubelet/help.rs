//! What `--help` says about the gates.

use featuregate::FeatureGate;

use crate::program::run;
use crate::{kubelet, report};

#[test]
fn the_help_lists_the_gates_that_may_be_set_and_no_other() {
    let (help, err) = run(&mut kubelet(["--help"])).succeeded();
    assert_eq!(err, "");
    let listed: Vec<&str> =
        help.lines().map(str::trim).filter(|line| line.contains("=true|false (")).collect();

    let (rows, _) = report(&mut kubelet([""; 0]));
    let mut expected = vec![
        "AllAlpha=true|false (ALPHA - default=false)".to_owned(),
        "AllBeta=true|false (BETA - default=false)".to_owned(),
    ];
    for row in rows.as_array().unwrap() {
        let (name, default) = (row["name"].as_str().unwrap(), &row["default"]);
        let stage = row["stage"].as_str().unwrap().to_uppercase();
        if row["locked"] == false && ["ALPHA", "BETA"].contains(&stage.as_str()) {
            expected.push(format!("{name}=true|false ({stage} - default={default})"));
        }
    }
    expected.sort();
    assert_eq!(listed, expected);
}

#[test]
fn the_help_names_an_alpha_and_a_beta_gate_but_none_that_is_ga_deprecated_or_locked() {
    let (help, _) = run(&mut kubelet(["--help"])).succeeded();
    for line in [
        "AllAlpha=true|false (ALPHA - default=false)",
        "MemoryQoS=true|false (ALPHA - default=false)",
        "APIServerIdentity=true|false (BETA - default=true)",
        "ClusterTrustBundle=true|false (BETA - default=false)",
    ] {
        assert!(help.lines().any(|given| given.trim() == line), "{line}");
    }
    // GA, GA without a lock, deprecated, deprecated with a lock, removed.
    for gate in [
        "NodeSwap",
        "AllowServiceExternalIPs",
        "AllowDNSOnlyNodeCSR",
        "AggregatedDiscoveryRemoveBetaType",
        "CPUManager",
    ] {
        assert!(!help.contains(&format!("{gate}=")), "{gate}");
    }
}

#[test]
fn a_gate_that_is_locked_before_ga_is_not_listed() {
    /// The list has no such gate.
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(version = "1.2")]
    enum Locked {
        /// Can be set.
        #[gate(beta = "1.1")]
        Open,
        /// Can't.
        #[gate(beta(since = "1.1", locked = true))]
        Shut,
    }
    let listed = Locked::resolver().known_gates();
    assert!(listed.contains(&"Open=true|false (BETA - default=true)".to_owned()), "{listed:?}");
    assert!(!listed.iter().any(|line| line.starts_with("Shut")), "{listed:?}");
}

#[test]
fn the_short_help_is_short_and_names_the_variable() {
    let (help, _) = run(&mut kubelet(["-h"])).succeeded();
    assert!(help.contains("KUBELET_FEATURE_GATES") && help.contains("--help"), "{help}");
    assert!(help.lines().count() < 28, "{help}");
}
