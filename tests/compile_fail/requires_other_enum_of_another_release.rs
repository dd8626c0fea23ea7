//! The other enum is of the same component, but counts its releases differently.

mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "0.7")]
    pub enum Feature {
        /// On.
        #[gate(beta = "0.5")]
        Quic,
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// On.
    #[gate(beta = "1.35", requires(net::Feature::Quic))]
    Http3,
}

fn main() {}
