//! The feature gates.

use featuregate::FeatureGate;

/// What is not ready for everyone. `featuregate add NAME` adds a gate, and `featuregate promote` moves it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(env = "APP_FEATURE_GATES")]
pub enum Feature {
    /// Greets featuregate instead of the world.
    #[gate(alpha = "0.1")]
    Greeting,
}
