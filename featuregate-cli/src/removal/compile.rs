//! What the compiler says about a workspace.

use std::io::BufReader;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Target;
use cargo_metadata::diagnostic::{Applicability, Diagnostic, DiagnosticLevel, DiagnosticSpan};

use crate::error::Error;

/// One message of the compiler.
#[derive(Clone, Debug)]
pub(crate) struct CompilerMessage {
    /// The lint, if it is one.
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    /// The locations that it is about, in order.
    pub(crate) spans: Vec<Range<usize>>,
    /// The change that the compiler is sure of.
    pub(crate) fix: Vec<(PathBuf, Range<usize>, String)>,
    pub(crate) is_error: bool,
    /// Whether only one of the two builds of a target gives it: the one for its tests, or the one without them.
    pub(crate) in_one_build: bool,
    pub(crate) rendered: String,
}

impl CompilerMessage {
    /// Whether another build says the same. It may write names in another order, and a note only with its first message.
    fn is_same(&self, other: &Self) -> bool {
        let same = (self.is_error, &self.code, &self.file, &self.spans)
            == (other.is_error, &other.code, &other.file, &other.spans);
        // Errors have no lint, so their texts count.
        same && (!self.is_error || self.message == other.message)
    }
}

/// The set of features with which the workspace is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Features {
    Default,
    All,
}

/// What becomes of the levels that a workspace gives to lints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Levels {
    /// A denied lint is a warning: it would keep the compiler from what depends on the code.
    Warn,
    Own,
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
        levels: Levels,
    ) -> Result<Vec<CompilerMessage>, Error> {
        let failed = |error: std::io::Error| Error::new(format!("cannot run cargo: {error}"));
        let command = if self.clippy { "clippy" } else { "check" };
        let mut cargo = Command::new(cargo());
        cargo.args([command, "--workspace", "--all-targets", "--message-format=json", "--quiet"]);
        if features == Features::All {
            cargo.arg("--all-features");
        }
        if self.clippy && levels == Levels::Warn {
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
        // How many builds of a target give a message.
        let mut builds: Vec<(CompilerMessage, Target, usize)> = Vec::new();
        if let Some(output) = child.stdout.take() {
            for message in cargo_metadata::Message::parse_stream(BufReader::new(output)) {
                if let cargo_metadata::Message::CompilerMessage(message) =
                    message.map_err(failed)?
                {
                    let Some(new) = read(root, &message.message) else { continue };
                    let known = builds.iter_mut().find(|(known, target, _)| {
                        known.is_same(&new) && *target == message.target
                    });
                    match known {
                        Some((.., builds)) => *builds += 1,
                        None => builds.push((new, message.target, 1)),
                    }
                }
            }
        }
        let mut messages: Vec<CompilerMessage> = Vec::new();
        for (mut message, target, builds) in builds {
            message.in_one_build = builds == 1 && has_two_builds(&target);
            // A file may belong to several targets.
            if !messages.iter().any(|known| known.is_same(&message)) {
                messages.push(message);
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

/// Whether a target is compiled with its tests and without them: libraries and programs are.
fn has_two_builds(target: &Target) -> bool {
    let is_only_tests = target.is_test() || target.is_bench() || target.is_example();
    target.test && !is_only_tests && !target.is_custom_build()
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
    let mut spans: Vec<Range<usize>> = primary.iter().map(|span| range(span)).collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    Some(CompilerMessage {
        code,
        message: diagnostic.message.clone(),
        file: first.map(|span| file(span)).unwrap_or_default(),
        line: first.map_or(0, |span| u32::try_from(span.line_start).unwrap_or(u32::MAX)),
        spans,
        fix,
        is_error,
        in_one_build: false,
        rendered: diagnostic.rendered.clone().unwrap_or_default(),
    })
}
