use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Colour, alpha = "1.20", beta = "1.25", removed = "1.35")]
enum Feature {
    /// Marks what changed.
    #[gate(beta = "1.33", requires(Colour))]
    Highlighting,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Highlighting)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
