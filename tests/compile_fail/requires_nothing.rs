use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Marks what changed.
    #[gate(beta = "1.36", requires())]
    Highlighting,
}

fn main() {
    let resolution = Feature::resolver().flag("Highlighting=true").resolve();
    if resolution.is_ok() && Feature::Highlighting.enabled() {
        println!("{} is on", Feature::Highlighting.name());
    }
}
