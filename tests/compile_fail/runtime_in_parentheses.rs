use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33", runtime(always))]
    Colour,
}

fn main() {
    println!("{}", Feature::Colour.enabled());
}
