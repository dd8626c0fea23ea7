//! The smallest useful program: `cargo run -p quickstart -- --feature-gates=Greeting=true`.
use clap::Parser;
use featuregate::{FeatureGate, clap::FeatureGateArgs};

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

fn main() -> std::process::ExitCode {
    let installed = Cli::parse().gates.resolver().resolve().map(|gates| gates.install());
    match &installed {
        Err(problems) => eprintln!("{problems}"),
        Ok(_) if Feature::Greeting.enabled() => println!("Hello!"),
        Ok(_) => println!("(quiet)"),
    }
    u8::from(installed.is_err()).into()
}
