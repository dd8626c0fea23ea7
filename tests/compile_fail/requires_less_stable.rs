use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.30", beta = "1.36")]
    Colour,

    /// Marks what changed.
    #[gate(alpha = "1.30", beta(since = "1.35", default = false), requires(Colour))]
    Highlighting,
}

fn main() {
    let resolution = Feature::resolver().flag("Highlighting=true").resolve();
    if resolution.is_ok() && Feature::Highlighting.enabled() {
        println!("{} is on", Feature::Highlighting.name());
    }
}
