use featuregate::FeatureGate;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// Prints in colour.
    #[gate(alpha = "1.33")]
    Colour,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let installed = Feature::resolver().resolve()?.install()?;
    installed.change(|layer| layer.clear())?;
    println!("{}", Feature::Colour.enabled());
    Ok(())
}
