use featuregate::FeatureGate;

/// Gates of a parser for one edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature<const EDITION: u16> {
    /// Reads trailing commas.
    #[gate(beta = "1.33")]
    TrailingCommas,
}

fn edition<const EDITION: u16>(_gate: Feature<EDITION>) -> u16 {
    EDITION
}

fn main() {
    println!("{}", edition(Feature::<2024>::TrailingCommas));
}
