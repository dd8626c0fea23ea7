use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = 1.30)]
#[tombstone(LongPolling, removed = "1.28", value = false)]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.29")]
    KeepAlive,
}

fn main() {
    let resolution = Feature::resolver().flag("KeepAlive=true").resolve();
    if resolution.is_ok() && Feature::KeepAlive.enabled() {
        println!("{} is on", Feature::KeepAlive.name());
    }
}
