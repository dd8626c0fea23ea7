use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum Feature {
    /// Keeps idle connections open.
    #[gate(alpha(default = cfg!(unix)))]
    KeepAlive,
}

fn main() {
    let _ = Feature::KeepAlive.enabled();
}
