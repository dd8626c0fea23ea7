//! The files of a program, along its modules.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proc_macro2::TokenStream;

use super::condition::Condition;
use super::diagnostic::{Diagnostic, Spot};
use super::package::shown;
use super::scan::{self, Item, Module};
use crate::finding::Skipped;
use crate::io::text::Lines;

/// The longest file that is read, a hundred times the longest that people write.
const LONGEST: u64 = 16 << 20;

/// Where to begin.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    path: PathBuf,
    /// Whether its modules are beside it, as those of a crate's or a folder's file do.
    beside: bool,
}

impl Root {
    /// The root file of a crate.
    pub(crate) fn of_file(path: PathBuf) -> Self {
        Self { path, beside: true }
    }

    /// Any file of a folder.
    pub(super) fn in_folder(path: PathBuf) -> Self {
        let name = path.file_stem().unwrap_or_default();
        let beside = ["lib", "main", "mod"].into_iter().any(|of_folder| name == of_folder);
        Self { path, beside }
    }

    /// By this a file comes before its modules, so that they are read through it, which knows their condition:
    /// it is above them, or beside them as the file of a crate or folder.
    pub(super) fn order(&self) -> impl Ord + use<> {
        (self.path.components().count(), !self.beside, self.path.clone())
    }
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct File<'t> {
    pub(super) path: Arc<str>,
    pub(super) lines: Lines<'t>,
}

/// Texts that files are read with instead of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Instead(BTreeMap<PathBuf, String>);

impl Instead {
    pub(crate) fn insert(&mut self, path: &Path, text: String) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.0.insert(real, text);
    }
}

/// A file to read.
struct Visit {
    root: Root,
    condition: Condition,
}

/// What was read on the way.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// How many files were read.
    pub(super) count: usize,
    /// The texts of the files with enums.
    pub(super) texts: BTreeMap<Arc<str>, String>,
    /// What could not be read.
    pub(super) skipped: Vec<Skipped>,
    /// The files with enums that are not Rust.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads root files and the modules that they declare, each file once, and hands over each enum that derives
/// `FeatureGate` outside of tests, with its condition.
///
/// Modules of tests are read too, so that their files are not taken for others where a whole folder is read.
pub(super) fn walk(
    roots: Vec<Root>,
    instead: &Instead,
    mut found: impl FnMut(&File<'_>, &Condition, TokenStream),
) -> Files {
    let mut files = Files::default();
    let mut seen = HashSet::new();
    let visit = |root| Visit { root, condition: Condition::always() };
    let mut visits: Vec<Visit> = roots.into_iter().rev().map(visit).collect();
    while let Some(visit) = visits.pop() {
        let real = fs::canonicalize(&visit.root.path).unwrap_or_else(|_| visit.root.path.clone());
        if !seen.insert(real.clone()) {
            continue;
        }
        let path: Arc<str> = Arc::from(shown(&visit.root.path));
        let instead = instead.0.get(&real).map(|text| as_compiled(text));
        let text = match instead.map_or_else(|| read(&visit.root.path), Ok) {
            Ok(text) => text,
            Err(reason) => {
                files.skipped.push(Skipped { path, line: None, reason });
                continue;
            }
        };
        files.count += 1;
        if !may_declare(&text) {
            continue;
        }
        let file = File { path, lines: Lines::of(&text) };
        // In the order of their declaration.
        visits.extend(files.enter(&visit, &file, &mut found).into_iter().rev());
        // Locations were copied out of the spans, which would keep the text.
        proc_macro2::extra::invalidate_current_thread_spans();
    }
    files
}

/// The same for one text, without the modules that it declares.
pub(super) fn one(
    path: Arc<str>,
    text: &str,
    mut found: impl FnMut(&File<'_>, &Condition, TokenStream),
) -> Files {
    let mut files = Files::default();
    let visit = Visit { root: Root::of_file(PathBuf::new()), condition: Condition::always() };
    let file = File { path, lines: Lines::of(text) };
    files.enter(&visit, &file, &mut found);
    proc_macro2::extra::invalidate_current_thread_spans();
    files
}

impl Files {
    /// Hands over the enums of a file, and returns the files of the modules that it declares.
    fn enter(
        &mut self,
        visit: &Visit,
        file: &File<'_>,
        found: &mut impl FnMut(&File<'_>, &Condition, TokenStream),
    ) -> Vec<Visit> {
        let text = file.lines.text();
        let tokens: TokenStream = match text.parse() {
            Ok(tokens) => tokens,
            Err(error) => {
                self.unreadable(file, &error);
                return Vec::new();
            }
        };
        let Some(items) = scan::scan(tokens) else {
            self.skip(file, None, "the brackets are nested too deep".to_owned());
            return Vec::new();
        };
        let mut visits = Vec::new();
        for item in items {
            match item {
                Item::Enum { tokens, condition } => {
                    let condition = visit.condition.clone().and(condition);
                    if !condition.is_of_tests() {
                        self.texts.entry(Arc::clone(&file.path)).or_insert_with(|| text.to_owned());
                        found(file, &condition, tokens);
                    }
                }
                Item::Include { path, line, condition } => {
                    let condition = visit.condition.clone().and(condition);
                    let folder = visit.root.path.parent().unwrap_or(Path::new(""));
                    let root = path.as_ref().map(|path| Root::of_file(folder.join(path)));
                    match (root.filter(|root| root.path.is_file()), path) {
                        (Some(root), _) => visits.push(Visit { root, condition }),
                        _ if condition.is_of_tests() => {}
                        (None, Some(path)) => {
                            self.skip(
                                file,
                                u32::try_from(line).ok(),
                                format!("there is no file {path} to include"),
                            );
                        }
                        (None, None) => {
                            let reason =
                                "the path of a file to include is computed, so it is not read";
                            self.skip(file, u32::try_from(line).ok(), reason.to_owned());
                        }
                    }
                }
                Item::Template { line, condition } => {
                    if !visit.condition.clone().and(condition).is_of_tests() {
                        let reason = "an enum of gates that a macro writes is not read";
                        self.skip(file, u32::try_from(line).ok(), reason.to_owned());
                    }
                }
                Item::Module(module) => {
                    let files = module_files(&visit.root, &module);
                    let condition = visit.condition.clone().and(module.condition.clone());
                    if files.is_empty() && !condition.is_of_tests() {
                        let line = u32::try_from(module.line).ok();
                        self.skip(file, line, format!("module {} has no file", module.name));
                    }
                    visits.extend(files.into_iter().map(|(root, condition)| Visit {
                        root,
                        condition: visit.condition.clone().and(condition),
                    }));
                }
            }
        }
        visits
    }

    /// A file that is not Rust matters only if there are gates in it.
    fn unreadable(&mut self, file: &File<'_>, error: &proc_macro2::LexError) {
        let text = file.lines.text();
        let byte = error.span().byte_range().start;
        let location = file.lines.location(byte);
        if !text.contains("FeatureGate") {
            self.skip(file, Some(location.line), "not Rust".to_owned());
            return;
        }
        self.texts.insert(Arc::clone(&file.path), text.to_owned());
        let spot = Spot { path: Arc::clone(&file.path), location, span: byte..byte + 1 };
        let message = "the file is not Rust from here on, so its gates cannot be read".to_owned();
        let help = "compile it to see the error";
        self.diagnostics.push(Diagnostic::new(&spot, "", message, help));
    }

    fn skip(&mut self, file: &File<'_>, line: Option<u32>, reason: String) {
        self.skipped.push(Skipped { path: Arc::clone(&file.path), line, reason });
    }
}

/// Whether a text may have an enum of gates or lead to another file. Most files have and do neither, and need not be read
/// as tokens.
fn may_declare(text: &str) -> bool {
    let is_word = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + 3..).and_then(|after| after.chars().next());
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            && after.is_some_and(char::is_whitespace)
    };
    ["Gate", "gate", "include"].iter().any(|word| text.contains(word))
        || text.match_indices("mod").any(|(at, _)| is_word(at))
}

/// The text of a file, as the compiler sees it.
fn read(path: &Path) -> Result<String, String> {
    let unread = |error: std::io::Error| format!("cannot read it: {error}");
    let metadata = fs::metadata(path).map_err(unread)?;
    if !metadata.is_file() {
        return Err("not a file".into());
    }
    if metadata.len() > LONGEST {
        return Err("longer than 16 MiB".into());
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
        .map_err(unread)?;
    let text = String::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    Ok(as_compiled(&text))
}

/// A text as the compiler sees it: lines end with `\n`, and what comes before the first token of Rust is left out.
pub(super) fn as_compiled(text: &str) -> String {
    text.split_at(before_rust(text)).1.replace("\r\n", "\n")
}

/// How many bytes come before the Rust of a text: a byte order mark, and a line for a shell.
pub(crate) fn before_rust(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = text.split_at(mark).1;
    let shebang =
        rest.starts_with("#!") && !rest.trim_start_matches("#!").trim_start().starts_with('[');
    let line = rest.find('\n').filter(|_| shebang).unwrap_or_default();
    mark + line
}

/// The files that a module may be in, each with the condition under which it is.
fn module_files(root: &Root, module: &Module) -> Vec<(Root, Condition)> {
    let folder = root.path.parent().unwrap_or(Path::new(""));
    // Modules of a file that is itself a module are in a folder of its name.
    let own = match root.path.file_stem().filter(|_| !root.beside) {
        Some(name) => folder.join(name),
        None => folder.to_owned(),
    };
    let within: PathBuf = module.within.iter().collect();
    let named = module.paths.iter().map(|(path, condition)| {
        let from = if module.within.is_empty() { folder.to_owned() } else { own.join(&within) };
        (Root { path: from.join(path), beside: true }, condition.clone())
    });
    let inside = own.join(&within);
    let usual = [
        Root { path: inside.join(format!("{}.rs", module.name)), beside: false },
        Root { path: inside.join(&module.name).join("mod.rs"), beside: true },
    ];
    // A path that always applies leaves no other location.
    let elsewhere = module.paths.iter().any(|(_, condition)| *condition == module.condition);
    let usual =
        usual.into_iter().filter(|_| !elsewhere).map(|root| (root, module.condition.clone()));
    named.chain(usual).filter(|(root, _)| root.path.is_file()).collect()
}
