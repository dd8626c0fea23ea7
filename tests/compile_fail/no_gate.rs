use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Knows files by their content.
    Checksums,

    /// Stores one copy of equal files.
    #[gate(beta = "1.35", requires(Checksums))]
    Deduplication,
}

fn main() {
    let resolution = Feature::resolver().flag("Deduplication=true").resolve();
    if resolution.is_ok() && Feature::Deduplication.enabled() {
        println!("{} is on", Feature::Deduplication.name());
    }
}
