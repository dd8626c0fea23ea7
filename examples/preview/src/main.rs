//! `cargo run -p preview -- --preview-features pylock --config-file app.toml`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for the terminal")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Parser;
use featuregate::FeatureGate;
use preview::{PreviewArgs, PreviewFeature, Settings, Shown};

#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    preview: PreviewArgs,
    /// Configuration files; a later one overrides those before it.
    #[arg(long, value_name = "FILE")]
    config_file: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    // What counts before the configuration is read; its warnings come with those of the configuration.
    let _ = cli.preview.resolve([])?.install_provisionally()?;
    let early = PreviewFeature::TargetWorkspaceDiscovery.enabled();

    let files = cli.config_file.iter().map(|path| {
        let settings: Settings = toml::from_str(&fs::read_to_string(path)?)?;
        Ok((path.as_path(), settings))
    });
    let files: Vec<_> = files.collect::<Result<_, Box<dyn Error>>>()?;
    let resolution = cli.preview.resolve(files.iter().map(|(path, settings)| (*path, settings)))?;
    eprint!("{}", resolution.clone().install()?);

    println!("preview: {}", Shown(&resolution));
    println!("looks for the workspace at {}", if early { "the script" } else { "the folder" });
    let installed = PreviewFeature::installed().is_some();
    println!("final: {installed}");
    Ok(())
}
