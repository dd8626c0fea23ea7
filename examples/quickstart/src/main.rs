//! The smallest useful program: `cargo run -p quickstart -- --feature-gates=Greeting=true`.
use clap::Parser;
use featuregate::{FeatureGate, args::FeatureGateArgs};

#[derive(Clone, Copy, FeatureGate)]
enum Feature {
    /// Says hello.
    #[gate(alpha)]
    Greeting,
}

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    gates: FeatureGateArgs<Feature>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let installed = Cli::parse().gates.resolver().resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    println!("{}", if Feature::Greeting.enabled() { "Hello!" } else { "(quiet)" });
    Ok(())
}
