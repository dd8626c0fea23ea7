use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Deletes what nobody asked for in a year.
    #[gate(alpha("1.35"))]
    Retention,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Retention)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
