use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", group(ui = [tiu]))]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.36", tags(tui))]
    Colour,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Colour));
    println!("{:?}", "Colour".parse::<Feature>().map(report));
}
