use featuregate::FeatureGate;

/// What the cache may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
struct Cache {
    compressed: bool,
}

fn main() {
    let cache = Cache { compressed: true };
    println!("{}", cache.compressed);
}
