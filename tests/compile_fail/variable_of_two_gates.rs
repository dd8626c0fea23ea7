//! Two gates whose environment variables would have one name.

use featuregate::FeatureGate;

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(env_prefix = "APP_GATE_")]
enum Feature {
    /// Runs JavaScript.
    #[gate(alpha, name = "js-repl")]
    JsRepl,
    /// Runs JavaScript in another way.
    #[gate(alpha, name = "jsRepl")]
    Other,
}

fn main() {
    let _ = Feature::JsRepl.enabled();
}
