use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    #[gate(beta = "1.34")]
    Checksums,

    /// Stores one copy of equal files.
    #[gate(beta = "1.35", requires(Checksums))]
    Deduplication,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Deduplication));
    println!("{:?}", "Deduplication".parse::<Feature>().map(report));
}
