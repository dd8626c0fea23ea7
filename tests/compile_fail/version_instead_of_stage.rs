use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Deletes what nobody asked for in a year.
    #[gate("1.35")]
    Retention,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Retention));
    println!("{:?}", "Retention".parse::<Feature>().map(report));
}
