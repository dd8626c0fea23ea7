use featuregate::FeatureGate;

mod net {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// Speaks a new protocol.
        #[gate(alpha = "1.36")]
        Quic,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.36", implies(net::Feature::Quic))]
    Colour,
}

fn report(gate: Feature) -> String {
    format!("{gate}: {}", gate.enabled())
}

fn main() {
    println!("{}", report(Feature::Colour));
    println!("{:?}", "Colour".parse::<Feature>().map(report));
}
