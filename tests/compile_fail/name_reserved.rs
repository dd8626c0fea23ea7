use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Everything that is not ready.
    #[gate(alpha = "1.33")]
    AllAlpha,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::AllAlpha)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
