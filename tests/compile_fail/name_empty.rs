use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Knows files by their content.
    #[gate(alpha = "1.33", name = "")]
    Checksums,
}

fn main() {
    let resolution = Feature::resolver().flag("Checksums=true").resolve();
    if resolution.is_ok() && Feature::Checksums.enabled() {
        println!("{} is on", Feature::Checksums.name());
    }
}
