use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", env_prefix = "PROXY_FEATURES=")]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,
}

fn main() {
    let resolution = Feature::resolver().flag("KeepAlive=true").resolve();
    if resolution.is_ok() && Feature::KeepAlive.enabled() {
        println!("{} is on", Feature::KeepAlive.name());
    }
}
