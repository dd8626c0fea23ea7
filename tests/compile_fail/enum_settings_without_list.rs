use featuregate::{FeatureGate, Gates};

/// Gates of a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate]
enum Feature {
    /// Answers in the language of the sender.
    #[gate(alpha)]
    Translation,
}

fn serve(gates: Gates<Feature>) -> bool {
    gates.enabled(Feature::Translation)
}

fn main() {
    let on = Feature::all().filter(|gate| gate.enabled()).count();
    println!("{on} of {}", Feature::specs().len());
    println!("{}", serve(Feature::snapshot()));
}
