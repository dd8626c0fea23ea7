//! A locked gate requires one of another enum that is not locked.

mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// GA, but can be turned off.
        #[gate(ga(since = "1.30", locked = false))]
        Quic,
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Locked.
    #[gate(ga = "1.35", requires(net::Feature::Quic))]
    Http3,
}

fn main() {}
