use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", runtime = true)]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33")]
    Colour,
}

fn main() {
    println!("{}", Feature::Colour.enabled());
}
