//! What the compiler says about a workspace.

use std::io::BufReader;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::diagnostic::{Applicability, Diagnostic, DiagnosticLevel, DiagnosticSpan};

use crate::error::Error;

/// One message of the compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CompilerMessage {
    /// The lint, if it is one.
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    /// The locations that it is about.
    pub(crate) spans: Vec<Range<usize>>,
    /// The change that the compiler is sure of.
    pub(crate) fix: Vec<(PathBuf, Range<usize>, String)>,
    pub(crate) is_error: bool,
    pub(crate) rendered: String,
}

/// The set of features with which the workspace is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Features {
    Default,
    All,
}

/// Compiles workspaces in one way.
#[derive(Clone, Debug)]
pub(crate) struct Compiler {
    target: PathBuf,
    clippy: bool,
}

impl Compiler {
    /// Builds into that folder. Clippy is used where it is installed.
    pub(crate) fn new(target: &Path) -> Self {
        let clippy = Command::new(cargo())
            .args(["clippy", "--version"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        Self { target: target.to_owned(), clippy }
    }

    /// The messages about all targets of a workspace.
    pub(crate) fn check(
        &self,
        root: &Path,
        features: Features,
    ) -> Result<Vec<CompilerMessage>, Error> {
        let failed = |error: std::io::Error| Error::new(format!("cannot run cargo: {error}"));
        let command = if self.clippy { "clippy" } else { "check" };
        let mut cargo = Command::new(cargo());
        cargo.args([command, "--workspace", "--all-targets", "--message-format=json", "--quiet"]);
        if features == Features::All {
            cargo.arg("--all-features");
        }
        if self.clippy {
            // A lint that is denied is not what the compiler cannot compile, and would keep it from what depends on it.
            cargo.args(["--", "--cap-lints", "warn"]);
        }
        cargo.current_dir(root).env("CARGO_TARGET_DIR", &self.target);
        cargo.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = cargo.spawn().map_err(failed)?;
        let mut errors = child.stderr.take();
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            if let Some(errors) = &mut errors {
                // What is not text is not shown.
                let _ = std::io::Read::read_to_string(errors, &mut text);
            }
            text
        });
        let mut messages: Vec<CompilerMessage> = Vec::new();
        if let Some(output) = child.stdout.take() {
            for message in cargo_metadata::Message::parse_stream(BufReader::new(output)) {
                if let cargo_metadata::Message::CompilerMessage(message) =
                    message.map_err(failed)?
                {
                    // A file may belong to several targets.
                    let new = read(root, &message.message).filter(|new| !messages.contains(new));
                    messages.extend(new);
                }
            }
        }
        let status = child.wait().map_err(failed)?;
        let errors = reader.join().unwrap_or_default();
        if !status.success() && !messages.iter().any(|message| message.is_error) {
            return Err(Error::new(format!(
                "cargo cannot compile the workspace: {}",
                errors.trim()
            )));
        }
        Ok(messages)
    }
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn read(root: &Path, diagnostic: &Diagnostic) -> Option<CompilerMessage> {
    let is_error = match diagnostic.level {
        DiagnosticLevel::Error | DiagnosticLevel::Ice => true,
        DiagnosticLevel::Warning => false,
        _ => return None,
    };
    let file = |span: &DiagnosticSpan| root.join(&span.file_name);
    let range = |span: &DiagnosticSpan| span.byte_start as usize..span.byte_end as usize;
    let code = diagnostic.code.as_ref().map(|code| code.code.clone());
    let primary: Vec<&DiagnosticSpan> =
        diagnostic.spans.iter().filter(|span| span.is_primary).collect();
    let first = primary.first();
    if first.is_none() && !is_error {
        return None;
    }
    let fix = diagnostic
        .children
        .iter()
        .flat_map(|child| &child.spans)
        .filter(|span| span.suggestion_applicability == Some(Applicability::MachineApplicable))
        .filter_map(|span| Some((file(span), range(span), span.suggested_replacement.clone()?)))
        .collect();
    Some(CompilerMessage {
        code,
        message: diagnostic.message.clone(),
        file: first.map(|span| file(span)).unwrap_or_default(),
        line: first.map_or(0, |span| u32::try_from(span.line_start).unwrap_or(u32::MAX)),
        spans: primary.iter().map(|span| range(span)).collect(),
        fix,
        is_error,
        rendered: diagnostic.rendered.clone().unwrap_or_default(),
    })
}
