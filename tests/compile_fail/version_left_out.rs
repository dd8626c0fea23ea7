use featuregate::FeatureGate;

/// Gates of a component whose releases are not those of its crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,

    /// Sends headers first.
    #[gate(alpha = "1.36")]
    EarlyHeaders,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::KeepAlive));
    println!("{:?}", "KeepAlive".parse::<Feature>().map(report));
}
