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
    let resolution = Cli::parse().gates.resolver().resolve()?;
    for notice in resolution.notices() {
        eprintln!("warning: {notice}");
    }
    for gate in resolution.install()?.read_before() {
        eprintln!("warning: {gate} was read before it was installed");
    }
    println!("{}", if Feature::Greeting.enabled() { "Hello!" } else { "(quiet)" });
    Ok(())
}
