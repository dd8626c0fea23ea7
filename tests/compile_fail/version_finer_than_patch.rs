use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36.2", versions = "patch")]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35.1-rc.1")]
    KeepAlive,
}

fn main() {
    let _ = Feature::KeepAlive.enabled();
}
