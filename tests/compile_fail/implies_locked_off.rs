use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.36", implies(Highlighting))]
    Colour,

    /// Marks what changed.
    #[gate(alpha(since = "1.35", locked = true))]
    Highlighting,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Colour));
    println!("{:?}", "Colour".parse::<Feature>().map(report));
}
