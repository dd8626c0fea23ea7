//! The gates of Kubernetes 1.36, set like the kubelet's: in a configuration file, in an environment
//! variable, and with `--feature-gates`. Each source overrides the ones before.
//!
//! The exit code is 2 for usage errors, and 1 for problems with gates or the configuration.

mod cli;
mod config;
mod node;
mod serve;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use cli::{Cli, Format};
use featuregate::Resolution;
use featuregate::data::Report;
use featuregate_http::Flagz;
use kubelet::Feature;
use serde::Serialize;

fn main() -> ExitCode {
    let command = Cli::command();
    let matches = command.clone().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match run(&cli, || Flagz::of_command(&command, &matches)) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the output has closed it.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Thousands of problems are written at once, not with a system call for each piece.
            failure.report(&mut io::BufWriter::new(io::stderr().lock()));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli, flagz: impl FnOnce() -> Flagz) -> Result<(), Failure> {
    if cli.print_config_schema {
        return json(&config::schema(), &mut io::stdout().lock()).map_err(Failure::Output);
    }
    let config = match &cli.config {
        Some(path) => config::read(path).map_err(Failure::Config)?,
        None => Vec::new(),
    };
    let resolver = cli.emulation.apply(cli.gates.resolver()).config(config);
    let resolution = resolver.resolve().map_err(Failure::Gates)?;

    if cli.serve.is_some() {
        serve::log(&resolution);
    } else {
        let mut err = io::BufWriter::new(io::stderr());
        for notice in resolution.notices() {
            writeln!(err, "warning: {notice}").map_err(Failure::Output)?;
        }
        err.flush().map_err(Failure::Output)?;
    }
    let mut out = io::stdout().lock();
    match (cli.explain.of(&resolution), cli.print_feature_gates) {
        (Some(explanation), _) => out.write_all(explanation.as_bytes()),
        (None, Some(format)) => print(&resolution, format, &mut out),
        (None, None) => start(resolution, &mut out).and_then(|()| match cli.serve {
            Some(address) => serve::serve(address, flagz(), &mut out),
            None => Ok(()),
        }),
    }
    .map_err(Failure::Output)
}

fn print(resolution: &Resolution<Feature>, format: Format, out: &mut impl Write) -> io::Result<()> {
    let report = Report::new(resolution);
    match format {
        Format::Table => write!(out, "{report}"),
        Format::Json => json(&report, out),
    }
}

fn json(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// Installs the gates and starts the node's work.
fn start(resolution: Resolution<Feature>, out: &mut impl Write) -> io::Result<()> {
    let version = resolution.emulated_version();
    let installed = resolution.install().map_err(io::Error::other)?;
    for gate in installed.read_before() {
        writeln!(io::stderr(), "warning: {gate} was read before the gates were installed")?;
    }
    node::start(version, out)
}

/// Why the program ends.
enum Failure {
    Config(String),
    Gates(featuregate::Problems),
    Output(io::Error),
}

impl Failure {
    fn report(&self, err: &mut impl Write) {
        // If standard error cannot be written to, the exit code must suffice.
        let _ = match self {
            Self::Config(error) => writeln!(err, "error: {error}"),
            Self::Gates(problems) => {
                problems.iter().try_for_each(|problem| writeln!(err, "error: {problem}"))
            }
            Self::Output(error) => writeln!(err, "error: cannot write the output: {error}"),
        };
    }
}
