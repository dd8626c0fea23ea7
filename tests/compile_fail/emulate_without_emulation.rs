use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33")]
    Colour,
}

fn main() {
    let old = featuregate::Version::new(1, 35);
    let resolution = Feature::resolver().emulate(old).flag("Colour=true").resolve();
    println!("{}", resolution.is_ok() && Feature::Colour.enabled());
}
