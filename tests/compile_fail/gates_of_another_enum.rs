use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33")]
    Colour,
}

/// How much is printed.
#[derive(Clone, Copy, Debug)]
enum Verbosity {
    Quiet,
    Loud,
}

struct Printer {
    gates: featuregate::Gates<Verbosity>,
    verbosity: Verbosity,
}

fn main() {
    println!("{}", Feature::Colour.enabled());
}
