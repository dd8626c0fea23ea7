use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
#[tombstone(Mirroring, alpha = "1.20")]
enum Feature {
    /// Knows files by their content.
    #[gate(alpha = "1.33")]
    Checksums,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Checksums)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
