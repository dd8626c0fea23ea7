use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", strict)]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::KeepAlive));
    println!("{:?}", "KeepAlive".parse::<Feature>().map(report));
}
