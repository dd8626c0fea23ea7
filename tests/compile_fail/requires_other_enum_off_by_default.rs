//! A gate that is on by default requires one of another enum that is off.

mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// Beta, and off.
        #[gate(beta(since = "1.30", default = false))]
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
