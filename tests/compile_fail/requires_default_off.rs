use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(beta(since = "1.33", default = false))]
    Colour,

    /// Marks what changed.
    #[gate(beta = "1.35", requires(Colour))]
    Highlighting,
}

fn main() {
    let resolution = Feature::resolver().flag("Highlighting=true").resolve();
    if resolution.is_ok() && Feature::Highlighting.enabled() {
        println!("{} is on", Feature::Highlighting.name());
    }
}
