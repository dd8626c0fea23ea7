use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[feature_gate(emulation, version = "1.37")]
enum Feature {
    /// Keeps idle connections open.
    #[gate(beta = "1.35")]
    KeepAlive,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::KeepAlive)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
