use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Deletes what nobody asked for in a year.
    #[gate(ga(since = "1.35", lock = false))]
    Retention,
}

fn main() {
    let resolution = Feature::resolver().flag("Retention=true").resolve();
    if resolution.is_ok() && Feature::Retention.enabled() {
        println!("{} is on", Feature::Retention.name());
    }
}
