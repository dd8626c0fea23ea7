use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33", requires(Colour))]
    Colour,
}

fn main() {
    let resolution = Feature::resolver().flag("Colour=true").resolve();
    if resolution.is_ok() && Feature::Colour.enabled() {
        println!("{} is on", Feature::Colour.name());
    }
}
