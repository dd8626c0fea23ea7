//! A gate that requires one of another enum.

use featuregate::{FeatureGate, Resolver};

mod net {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "1.30", name = "net-quic")]
        Quic = 9,
        /// On.
        #[gate(beta = "1.33")]
        Tls = 3,
        /// Not compiled in.
        #[gate(beta = "1.33", available = false)]
        Absent = 1,
    }
}

mod store {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "3.6", component = "store")]
    pub(super) enum Feature {
        /// Off: the histories of two components are not compared.
        #[gate(alpha = "3.6")]
        Compaction,
        /// Requires one of the component without a name.
        #[gate(alpha = "3.6", requires(super::net::Feature::Tls))]
        Secure,
        /// The name of a gate elsewhere.
        #[gate(alpha = "3.6")]
        Cache,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.31", requires(net::Feature::Quic))]
    Http3,
    /// On, as what it requires is.
    #[gate(beta = "1.34", requires(net::Feature::Tls))]
    Https,
    /// Would be on, but requires what is not there.
    #[gate(beta = "1.34", requires(crate::crossing::net::Feature::Absent, Self::Https))]
    Nowhere,
    /// Requires that.
    #[gate(beta = "1.34", requires(Feature::Nowhere))]
    FurtherNowhere,
    /// Requires one of another component.
    #[gate(beta = "1.34", requires(store::Feature::Compaction))]
    Stored,
    /// The name of a gate elsewhere.
    #[gate(alpha = "1.34", requires(store::Feature::Cache))]
    Cache,
}

type All = (Feature, net::Feature, store::Feature);

fn reported(text: &str) -> Vec<String> {
    match Resolver::<All>::new().flag(text).resolve() {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| problem.to_string().split_once("\": ").unwrap().1.to_owned())
            .collect(),
    }
}

#[test]
fn a_gate_can_require_one_of_another_enum() {
    assert_eq!(
        reported("Http3=true,store:Compaction=true"),
        [
            "gate Http3 is on but requires net-quic, which is off; also set net-quic=true, or remove Http3=true"
        ]
    );
    assert_eq!(reported("Http3=true,net-quic=true,store:Compaction=true"), Vec::<String>::new());
    assert_eq!(
        reported("Tls=false,store:Compaction=true"),
        ["gate Https is on by default but requires Tls, which is off; set Tls=true instead"]
    );
}

#[test]
fn a_gate_can_require_one_of_another_component_at_its_release() {
    let problems = Resolver::<All>::new().resolve().unwrap_err().to_string();
    assert_eq!(
        problems,
        "gate Stored is on by default but requires store:Compaction, which is off; also set store:Compaction=true"
    );
    assert_eq!(
        reported("store:Compaction=true,store:Secure=true,Tls=false,Https=false"),
        [
            "gate store:Secure is on but requires Tls (set to false at --feature-gates, column 41, \"Tls=false\"), which is off; set Tls=true instead, or remove store:Secure=true"
        ]
    );
    assert_eq!(
        reported("store:Compaction=true,Cache=true"),
        [
            "gate Cache is on but requires store:Cache, which is off; also set store:Cache=true, or remove Cache=true"
        ]
    );
}

#[test]
fn what_is_not_compiled_in_takes_along_what_requires_it_elsewhere() {
    assert!(!Feature::Nowhere.enabled() && !Feature::FurtherNowhere.enabled());
    assert!(Feature::Https.enabled());
    let resolution = Resolver::<All>::new().flag("store:Compaction=true").resolve().unwrap();
    let own = resolution.of::<Feature>().unwrap();
    assert!(!own.enabled(Feature::Nowhere) && !own.enabled(Feature::FurtherNowhere));
}

#[test]
fn an_enum_that_requires_another_one_is_resolved_with_it() {
    let problems = Feature::resolver().resolve().unwrap_err();
    let gates: Vec<&str> = problems.iter().map(featuregate::Problem::gate).collect();
    assert_eq!(gates, ["Http3", "Https", "Nowhere", "Stored", "Cache"]);
    assert_eq!(
        problems.iter().next().unwrap().to_string(),
        "gate Http3 requires unknown gate net-quic; add that gate, or the enum that has it, or correct the name"
    );
}

#[test]
fn the_declaration_names_what_is_required_as_a_text_would() {
    let requires = |gate: Feature| gate.spec().requires().map(String::from).collect::<Vec<_>>();
    assert_eq!(requires(Feature::Http3), ["net-quic"]);
    assert_eq!(requires(Feature::Stored), ["store:Compaction"]);
    assert_eq!(requires(Feature::Nowhere), ["Https", "Absent"]);
}
