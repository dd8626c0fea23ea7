use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha(since = "1.35", default = true))]
    Colour,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Colour)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
