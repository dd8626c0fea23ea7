use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Gone, beta(since = "1.30", default = cfg!(unix)), removed = "1.35")]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,
}

fn main() {
    let _ = Feature::KeepAlive.enabled();
}
