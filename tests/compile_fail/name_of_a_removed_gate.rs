use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Mirroring, removed = "1.30", value = false)]
enum Feature {
    /// Keeps a second copy elsewhere.
    #[gate(alpha = "1.36")]
    Mirroring,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Mirroring));
    println!("{:?}", "Mirroring".parse::<Feature>().map(report));
}
