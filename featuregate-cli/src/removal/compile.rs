//! What the compiler says about a workspace.

use std::collections::BTreeSet;
use std::fs;
use std::io::BufReader;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::diagnostic::{Applicability, Diagnostic, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{Artifact, Message, Target};

use crate::error::Error;

/// The lint about temporary values of a last expression, which editions before 2024 drop after the variables.
pub(crate) const DROP_ORDER: &str = "tail_expr_drop_order";

/// The lint about numbers of which nothing says the type.
const FALLBACK: &str = "clippy::default_numeric_fallback";

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
    /// A denied lint is a warning: it would keep the compiler from what depends on the code. Lints about what a removal may
    /// change are added.
    Warn,
    Own,
}

/// The numbers of which nothing says the type: the file of each, and its bytes there.
pub(super) type Untyped = BTreeSet<(PathBuf, usize, usize)>;

/// What comes of compiling a workspace.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) messages: Vec<CompilerMessage>,
    pub(crate) untyped: Untyped,
    artifacts: Vec<Artifact>,
}

impl Compiled {
    /// The files that the compiler read in this folder of the workspace.
    pub(crate) fn files(&self, root: &Path) -> impl Iterator<Item = PathBuf> {
        self.artifacts.iter().flat_map(sources).map(|file| root.join(file))
    }
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

    /// Compiles all targets of a workspace.
    pub(crate) fn compile(
        &self,
        root: &Path,
        features: Features,
        levels: Levels,
    ) -> Result<Compiled, Error> {
        let failed = |error: std::io::Error| Error::new(format!("cannot run cargo: {error}"));
        let command = if self.clippy { "clippy" } else { "check" };
        let mut cargo = Command::new(cargo());
        cargo.args([command, "--workspace", "--all-targets", "--message-format=json", "--quiet"]);
        if features == Features::All {
            cargo.arg("--all-features");
        }
        if self.clippy && levels == Levels::Warn {
            cargo.args(["--", "--cap-lints", "warn", "-W", DROP_ORDER, "-W", FALLBACK]);
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
        let mut artifacts = Vec::new();
        let mut untyped = Untyped::new();
        if let Some(output) = child.stdout.take() {
            for message in Message::parse_stream(BufReader::new(output)) {
                match message.map_err(failed)? {
                    Message::CompilerMessage(message) => {
                        let Some(new) = read(root, &message.message) else { continue };
                        if new.code.as_deref() == Some(FALLBACK) {
                            let spans = new
                                .spans
                                .iter()
                                .map(|span| (new.file.clone(), span.start, span.end));
                            untyped.extend(spans);
                            continue;
                        }
                        let known = builds.iter_mut().find(|(known, target, _)| {
                            known.is_same(&new) && *target == message.target
                        });
                        match known {
                            Some((.., builds)) => *builds += 1,
                            None => builds.push((new, message.target, 1)),
                        }
                    }
                    Message::CompilerArtifact(artifact) => artifacts.push(artifact),
                    _ => {}
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
        Ok(Compiled { messages, untyped, artifacts })
    }
}

/// The files of the workspace that the compiler read for an artifact, relative to the workspace. Cargo keeps them beside
/// it.
fn sources(artifact: &Artifact) -> impl Iterator<Item = PathBuf> + use<> {
    let mut lists: BTreeSet<PathBuf> = BTreeSet::new();
    for file in &artifact.filenames {
        let stem = file.file_stem().unwrap_or_default();
        let list = |stem: &str| file.with_file_name(format!("{stem}.d")).into_std_path_buf();
        lists.extend([list(stem), list(stem.strip_prefix("lib").unwrap_or(stem))]);
        if artifact.target.is_custom_build() {
            // A build script is copied to a name of its own, and is alone in its folder.
            let folder = file.parent().and_then(|folder| fs::read_dir(folder).ok());
            let beside = folder.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
            lists.extend(beside.filter(|path| path.extension().is_some_and(|it| it == "d")));
        }
    }
    let texts = lists.into_iter().filter_map(|list| fs::read_to_string(list).ok());
    texts.flat_map(|text| read_by_compiler(&text)).filter(|file| file.is_relative())
}

/// The files in a list that the compiler writes for Make: `artifact: file file`, where `\ ` is a space in a name.
fn read_by_compiler(list: &str) -> Vec<PathBuf> {
    let rules = list.lines().filter_map(|line| line.split_once(": "));
    let mut files: Vec<String> = Vec::new();
    for (_, sources) in rules.filter(|(artifact, _)| !artifact.starts_with('#')) {
        let mut continues = false;
        for word in sources.split(' ') {
            let (word, is_open) = match word.strip_suffix('\\') {
                Some(start) => (format!("{start} "), true),
                None => (word.to_owned(), false),
            };
            match files.last_mut().filter(|_| continues) {
                Some(file) => file.push_str(&word),
                None => files.push(word),
            }
            continues = is_open;
        }
    }
    files.into_iter().map(PathBuf::from).collect()
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
    let message = match first.and_then(|span| span.text.first()) {
        Some(line) if code.as_deref() == Some(DROP_ORDER) => {
            let labels = diagnostic.spans.iter().filter_map(|span| span.label.as_deref());
            let names = labels.filter_map(|label| label.strip_suffix(" calls a custom destructor"));
            let names: BTreeSet<&str> = names.collect();
            let names = Vec::from_iter(names).join(", ");
            format!("a value is dropped after {names}: {}", line.text.trim())
        }
        _ => diagnostic.message.clone(),
    };
    let mut spans: Vec<Range<usize>> = primary.iter().map(|span| range(span)).collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    Some(CompilerMessage {
        code,
        message,
        file: first.map(|span| file(span)).unwrap_or_default(),
        line: first.map_or(0, |span| u32::try_from(span.line_start).unwrap_or(u32::MAX)),
        spans,
        fix,
        is_error,
        in_one_build: false,
        rendered: diagnostic.rendered.clone().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::read_by_compiler;
    use std::path::Path;

    #[test]
    fn the_files_are_read_that_the_compiler_read() {
        let list = "/b/deps/app-1.d: src/main.rs src/a\\ b/c\\ d.rs\n\nsrc/main.rs:\nsrc/a\\ b/c\\ d.rs:\n\n\
                    # env-dep:NAME=a: b\n";
        assert_eq!(read_by_compiler(list), [Path::new("src/main.rs"), Path::new("src/a b/c d.rs")]);
    }
}
