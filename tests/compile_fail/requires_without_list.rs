use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(beta = "1.33")]
    Colour,

    /// Marks what changed.
    #[gate(beta = "1.36", requires = Colour)]
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
