use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Mirroring, remove = "1.30", value = false)]
enum Feature {
    /// Knows files by their content.
    #[gate(alpha = "1.33")]
    Checksums,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Checksums));
    println!("{:?}", "Checksums".parse::<Feature>().map(report));
}
