use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", crate = gates::featuregate)]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33")]
    Colour,
}

fn main() {
    println!("{:?}", Feature::Colour);
}
