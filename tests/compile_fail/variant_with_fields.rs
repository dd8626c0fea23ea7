use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Deletes what nobody asked for in so many days.
    #[gate(alpha = "1.35")]
    Retention(u32),

    /// Stores one copy of equal files.
    #[gate(beta = "1.35", requires(Checksums))]
    Deduplication,

    /// Knows files by their content.
    #[gate(beta = "1.34")]
    Checksums,
}

fn main() {
    let resolution = Feature::resolver().flag("Deduplication=true").resolve();
    if resolution.is_ok() && Feature::Deduplication.enabled() {
        println!("{} is on", Feature::Deduplication.name());
    }
}
