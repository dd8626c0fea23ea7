use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta(since = "1.35", default = cfg!(unix)), requires(Pool))]
    KeepAlive,
    /// A pool.
    #[gate(beta(since = "1.35", default = false))]
    Pool,
}

fn main() {
    let _ = Feature::KeepAlive.enabled();
}
