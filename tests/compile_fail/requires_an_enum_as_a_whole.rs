mod net {
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36")]
    pub enum Feature {
        /// On.
        #[gate(beta = "1.30")]
        Quic,
    }

    #[derive(Clone, Copy)]
    pub enum Mode {
        Fast,
    }
}

#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// On.
    #[gate(beta = "1.35", requires(net::Feature))]
    Http3,
}

fn main() {
    let _ = (net::Mode::Fast, Feature::Http3.enabled());
}
