use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(beta = "1.33")]
    Colour,

    /// Marks what changed.
    #[gate(beta = "1.36", requires(Terminal))]
    Highlighting,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Highlighting));
    println!("{:?}", "Highlighting".parse::<Feature>().map(report));
}
