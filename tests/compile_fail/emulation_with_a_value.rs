use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation = true)]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,
}

fn main() {
    let old = featuregate::Version::new(1, 35);
    let resolution = Feature::resolver().emulate(old).flag("KeepAlive=false").resolve();
    println!("{}", resolution.is_ok() && Feature::KeepAlive.enabled());
}
