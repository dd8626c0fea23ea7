use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33", requires(Themes))]
    Colour,

    /// Marks what changed.
    #[gate(alpha = "1.33", requires(Colour))]
    Highlighting,

    /// Lets the user choose what looks how.
    #[gate(alpha = "1.33", requires(Highlighting))]
    Themes,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Themes)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
