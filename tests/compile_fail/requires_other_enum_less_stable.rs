//! A gate that is beta requires an alpha gate of another enum.

mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// Only alpha.
        #[gate(alpha = "1.30")]
        Quic,
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Already beta.
    #[gate(alpha = "1.30", beta(since = "1.35", default = false), requires(net::Feature::Quic))]
    Http3,
}

fn main() {}
