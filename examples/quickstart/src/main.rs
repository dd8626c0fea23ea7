//! The smallest useful program: `cargo run -p quickstart -- --feature-gates=Greeting=true`.

use clap::Parser;
use featuregate::{FeatureGate, clap::FeatureGateArgs};

/// What this program may do.
#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(env = "QUICKSTART_FEATURE_GATES")]
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

#[expect(clippy::print_stdout, reason = "that is what the program is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = Cli::parse().gates.resolver().resolve()?.install()?;
    println!(
        "{}",
        if Feature::Greeting.enabled() {
            "Hello!"
        } else {
            "(quiet)"
        }
    );
    Ok(())
}
