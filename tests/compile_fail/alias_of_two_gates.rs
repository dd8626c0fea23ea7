use featuregate::{FeatureGate, Gates};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Knows files by their content.
    #[gate(alpha = "1.33", alias = "Hashes")]
    Checksums,

    /// Names files by their content.
    #[gate(alpha = "1.36", alias = "Hashes")]
    ContentNames,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::ContentNames)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
