//! `update` and `verify` of the enum in `src.rs`.

use crate::project::{Ended, Project};

impl Project {
    /// `update` of `src.rs`, which must not fail.
    pub(crate) fn update(&self) -> Ended {
        let ended = self.run(&["update", "--src", "src.rs"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        ended
    }

    /// `verify` of `src.rs`.
    pub(crate) fn verify(&self) -> Ended {
        self.run(&["verify", "--src", "src.rs"])
    }
}

/// An enum of release 1.36 with this inside.
pub(crate) fn source(variants: &str) -> String {
    source_of("version = \"1.36\"", "", variants)
}

/// An enum with these settings, attributes and variants.
pub(crate) fn source_of(settings: &str, attributes: &str, variants: &str) -> String {
    format!(
        "#[derive(Clone, Copy, FeatureGate)]\n#[feature_gate({settings})]\n{attributes}\nenum Feature {{\n{variants}\n}}\n"
    )
}

/// A documented variant.
pub(crate) fn gate(name: &str, attribute: &str) -> String {
    format!("    /// Caches pages.\n    #[gate({attribute})]\n    {name},\n")
}

/// The rules of the findings in a JSON report, each with its gate and line.
pub(crate) fn found(ran: &Ended) -> Vec<(String, String, u64)> {
    let report: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|it| (text(&it["rule"]), text(&it["gate"]), it["line"].as_u64().unwrap()))
        .collect()
}
