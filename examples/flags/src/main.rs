//! A database that only has flags: `cargo run -p flags -- --config app.json --serve 127.0.0.1:6333`.

use std::error::Error;
use std::path::PathBuf;
use std::{fs, io};

use clap::Parser;
use flags::{Config, resolve, router};

#[derive(Parser)]
struct Cli {
    /// The configuration
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:6333")]
    serve: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    let (config, path): (Config, String) = match &cli.config {
        Some(path) => {
            (serde_json::from_str(&fs::read_to_string(path)?)?, path.display().to_string())
        }
        None => (Config { storage: ".".into(), ..Config::default() }, String::new()),
    };
    let flags = resolve(&config, &path)?.install()?;
    eprint!("{flags}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(serve(&cli.serve, router(flags, config.storage)))?;
    Ok(())
}

async fn serve(address: &str, router: axum::Router) -> io::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    eprintln!("listening on {}", listener.local_addr()?);
    axum::serve(listener, router).await
}
