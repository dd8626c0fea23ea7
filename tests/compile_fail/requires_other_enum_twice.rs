//! One gate of another enum is listed twice.

mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// On.
        #[gate(beta = "1.30")]
        Quic,
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// On.
    #[gate(beta = "1.35", requires(net::Feature::Quic, net::Feature::Quic))]
    Http3,
}

fn main() {}
