//! The files to check: those that are named, and those that a walk through folders finds.
//!
//! A walk is ripgrep's, with hidden files: what `.gitignore` and the like leave out is not read, and links
//! are not followed. A name shows that a file is configuration; any other text is looked through, and read or reported if it
//! mentions gates ([`name`]). What mentions gates and cannot be read is reported, and nothing that could block is opened.

mod file;
mod kernel;
pub mod name;
mod named;

use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::{DirEntry, WalkState};

use crate::config::extract::Syntax;
use crate::config::walk::file::Unread;
use crate::config::walk::name::Kind;
pub(crate) use crate::config::walk::named::STANDARD_INPUT;
pub use crate::config::walk::named::{Glob, Scope};
use crate::config::walk::named::{Named, escaped, failure};
use crate::finding::Skipped;
use crate::io::file as files;
use crate::io::patient::{Patient, is_pipe};
use crate::io::progress::Progress;

/// A file of this size is read while no other of its kind is, so that memory does not grow with threads.
const LARGE: u64 = 16 << 20;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path, as it was named or found.
    pub path: Arc<str>,
    /// The same for the system; nothing for standard input.
    pub file: Option<PathBuf>,
    /// How it is read, by its name.
    pub syntax: Syntax,
    /// Its text.
    pub text: String,
}

/// What a walk gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked<T> {
    /// How many files were read: those that are named or configuration by their names, and others that mention gates.
    pub files: usize,
    /// What came of them, by path.
    pub results: Vec<T>,
    /// What could not be read, by path.
    pub skipped: Vec<Skipped>,
    /// What was named and cannot be opened: a sentence each.
    pub failures: Vec<String>,
}

/// Reads files and hands each that `concerns` the work or is named to `work`, on several threads; what that returns is
/// kept.
///
/// A path is a file, whatever its name, or a folder to walk through, or `-` for standard input; no path is
/// the current folder. A file that is reached twice is read once. A path that cannot be opened is among the
/// failures, and the others are still read. `watched` is whether people see standard error, so
/// that a long walk shows its progress.
pub fn each<T: Send>(
    paths: &[PathBuf],
    scope: &Scope,
    watched: bool,
    concerns: impl Fn(&str) -> bool + Sync,
    work: impl Fn(Source) -> Option<T> + Sync,
) -> Walked<T> {
    let named = Named::of(paths, scope);
    let walk = Walk::new(paths.is_empty(), watched, concerns, work);
    if let Some(builder) = named.builder(scope) {
        builder.build_parallel().run(|| {
            Box::new(|entry| {
                walk.visit(entry);
                WalkState::Continue
            })
        });
    }
    if named.standard_input {
        walk.standard_input(&mut io::stdin().lock());
    }
    walk.kept().failures.extend(named.failures);
    walk.done()
}

/// A walk on its way.
struct Walk<T, C, W> {
    /// Whether it goes through the current folder because nothing is named.
    here: bool,
    concerns: C,
    work: W,
    progress: Progress,
    large: Mutex<()>,
    files: AtomicUsize,
    kept: Mutex<Kept<T>>,
}

/// What is kept, each with the path that it is sorted by.
struct Kept<T> {
    results: Vec<(Arc<str>, T)>,
    skipped: Vec<Skipped>,
    failures: Vec<(PathBuf, String)>,
}

impl<T: Send, C: Fn(&str) -> bool + Sync, W: Fn(Source) -> Option<T> + Sync> Walk<T, C, W> {
    fn new(here: bool, watched: bool, concerns: C, work: W) -> Self {
        let kept = Kept { results: Vec::new(), skipped: Vec::new(), failures: Vec::new() };
        Self {
            here,
            concerns,
            work,
            progress: Progress::new(watched, "files read"),
            large: Mutex::new(()),
            files: AtomicUsize::new(0),
            kept: Mutex::new(kept),
        }
    }

    fn visit(&self, entry: Result<DirEntry, ignore::Error>) {
        match entry {
            Ok(entry) => {
                if let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) {
                    if entry.depth() == 0 {
                        self.named(entry.path(), kind);
                    } else {
                        self.found(entry.path(), kind);
                    }
                }
            }
            Err(error) => {
                if let Some((path, error)) = failed(&error) {
                    self.skip(path, format!("cannot be read: {error}"));
                }
            }
        }
    }

    /// A file that was named, which may have any name.
    fn named(&self, path: &Path, kind: FileType) {
        let opened = match special(kind) {
            None => File::open(path),
            Some(_) if is_pipe(kind) => files::open_pipe(path),
            Some(special) => return self.fail(path, &format!("{special}, not a regular file")),
        };
        let file = match opened {
            Ok(file) => file,
            Err(error) => return self.fail(path, &format!("cannot be opened: {error}")),
        };
        let syntax = match name::kind(path) {
            Kind::Configuration(syntax) | Kind::Unknown(syntax) => syntax,
            Kind::Unread(language) => return self.skip(path, unread(language)),
            Kind::Other => Syntax::Unread("what is not configuration"),
        };
        let text = match Patient::of(&file) {
            None => self.text(file).map(|(text, alone)| (text, Some(alone))),
            Some(Ok(patient)) => file::text(patient, |_| (None, ())).map(|(text, _)| (text, None)),
            Some(Err(error)) => Err(Unread::Io(error)),
        };
        match text {
            Ok((text, _alone)) => {
                self.one_more();
                self.hand_over(path, syntax, text);
            }
            Err(unread @ Unread::Io(_)) => self.fail(path, &unread.to_string()),
            Err(unread) => self.skip(path, unread.to_string()),
        }
    }

    /// A file that was found, which counts if it is configuration by its name, or mentions gates.
    fn found(&self, path: &Path, kind: FileType) {
        let by_name = name::kind(path);
        let known = matches!(by_name, Kind::Configuration(_));
        if by_name == Kind::Other {
            return;
        }
        if kind.is_symlink() {
            return self.link(path, known);
        }
        if let Some(special) = special(kind) {
            if known {
                self.skip(path, format!("{special}, not a regular file"));
            }
            return;
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if known {
                    self.skip(path, "the file no longer exists".to_owned());
                }
                return;
            }
            Err(error) => return self.skip(path, format!("cannot be opened: {error}")),
        };
        match (self.text(file), by_name) {
            (Ok((text, alone)), Kind::Configuration(syntax)) => {
                self.one_more();
                if (self.concerns)(&text) {
                    self.hand_over(path, syntax, text);
                }
                drop(alone);
            }
            (Ok((text, _)), _) if !(self.concerns)(&text) => {}
            (Ok(_), Kind::Unread(language)) => self.skip(path, unread(language)),
            (Ok((text, _alone)), Kind::Unknown(syntax)) => {
                self.one_more();
                self.hand_over(path, syntax, text);
            }
            (Err(unread), _) if known || unread.may_concern(&self.concerns) => {
                self.skip(path, unread.to_string());
            }
            (Ok(_), Kind::Other) | (Err(_), _) => {}
        }
    }

    /// A link that was found: it is not followed, which is reported where it leads to something to read.
    fn link(&self, path: &Path, counts: bool) {
        let reason = match fs::metadata(path) {
            Ok(target) if target.is_dir() => {
                "symbolic link to a folder, which is not followed; name it to read it".to_owned()
            }
            Ok(target) if counts || target.is_file() && self.mentions(path) => {
                "symbolic link, which is not followed; name it to read it".to_owned()
            }
            Err(error) if counts && error.kind() == io::ErrorKind::NotFound => {
                "broken symbolic link".to_owned()
            }
            Err(error) if counts => format!("symbolic link that cannot be resolved: {error}"),
            _ => return,
        };
        self.skip(path, reason);
    }

    /// Whether the text of a file concerns the work.
    fn mentions(&self, path: &Path) -> bool {
        File::open(path).is_ok_and(|file| match self.text(file) {
            Ok((text, _alone)) => (self.concerns)(&text),
            Err(unread) => unread.may_concern(&self.concerns),
        })
    }

    /// The text of a file, and what to keep as long as it exists.
    fn text(&self, file: File) -> Result<(String, Option<impl Sized>), Unread> {
        file::text(file, |file: &File| {
            let size = file.metadata().ok().map(|metadata| metadata.len());
            let large = size.is_some_and(|size| size >= LARGE);
            (size, large.then(|| self.large.lock()))
        })
    }

    fn standard_input(&self, input: &mut dyn io::Read) {
        let path = Arc::from(STANDARD_INPUT);
        match file::text(input, |_| (None, ())) {
            Ok((text, _)) => {
                self.one_more();
                self.keep(Source { path, file: None, syntax: Syntax::Unknown, text });
            }
            Err(Unread::Io(error)) => {
                let failure = format!("standard input cannot be read: {error}");
                self.kept().failures.push((STANDARD_INPUT.into(), failure));
            }
            Err(unread) => {
                let reason = unread.to_string();
                self.kept().skipped.push(Skipped { path, line: None, reason });
            }
        }
    }

    /// Counts a file that is read.
    fn one_more(&self) {
        self.files.fetch_add(1, Ordering::Relaxed);
        self.progress.more(1);
    }

    fn hand_over(&self, path: &Path, syntax: Syntax, text: String) {
        let file = Some(path.to_owned());
        self.keep(Source { path: self.shown(path), file, syntax, text });
    }

    /// Does the work, and keeps its result.
    fn keep(&self, source: Source) {
        let path = Arc::clone(&source.path);
        let result = (self.work)(source);
        if let Some(result) = result {
            self.kept().results.push((path, result));
        }
    }

    fn skip(&self, path: &Path, reason: String) {
        let path = self.shown(path);
        self.kept().skipped.push(Skipped { path, line: None, reason });
    }

    fn fail(&self, path: &Path, why: &str) {
        self.kept().failures.push((path.to_owned(), failure(path, why)));
    }

    /// The path as it was named or found, without the current folder unless that was named.
    fn shown(&self, path: &Path) -> Arc<str> {
        let path = if self.here { path.strip_prefix(".").unwrap_or(path) } else { path };
        path.to_str().map_or_else(|| Arc::from(escaped(path.as_os_str())), Arc::from)
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn done(self) -> Walked<T> {
        self.progress.done();
        let Kept { mut results, mut skipped, mut failures } =
            self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by(|(one, _), (other, _)| one.cmp(other));
        skipped.sort();
        failures.sort();
        Walked {
            files: self.files.into_inner(),
            results: results.into_iter().map(|(_, result)| result).collect(),
            skipped,
            failures: failures.into_iter().map(|(_, failure)| failure).collect(),
        }
    }
}

/// What something is, unless it is a regular file.
fn special(kind: FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    (!kind.is_file()).then_some("something else")
}

/// That a language is not read.
fn unread(language: &str) -> String {
    format!("{language} is not read")
}

/// What a walk could not read, and why; `None` for an invalid line of an ignore file.
fn failed(error: &ignore::Error) -> Option<(&Path, &io::Error)> {
    match error {
        ignore::Error::WithPath { path, err } => Some((path, err.io_error()?)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            failed(err)
        }
        ignore::Error::Partial(errors) => errors.iter().find_map(failed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Skipped, Source, Syntax, Walk, Walked, each};
    use std::io::{self, Read};

    fn standard_input(mut input: impl Read) -> Walked<Source> {
        let walk = Walk::new(false, false, |_| true, Some);
        walk.standard_input(&mut input);
        walk.done()
    }

    #[test]
    fn standard_input_is_a_file_without_a_path() {
        let walked = standard_input(b"a: 1".as_slice());
        let source = Source {
            path: "-".into(),
            file: None,
            syntax: Syntax::Unknown,
            text: "a: 1".to_owned(),
        };
        assert_eq!((walked.files, walked.results), (1, vec![source]));
    }

    #[test]
    fn standard_input_that_is_binary_is_skipped() {
        let walked = standard_input(io::repeat(0));
        let reason = "binary file".to_owned();
        assert_eq!(walked.skipped, [Skipped { path: "-".into(), line: None, reason }]);
        assert_eq!((walked.files, walked.failures), (0, Vec::new()));
    }

    #[test]
    fn standard_input_that_fails_is_a_failure() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let walked = standard_input(Broken);
        assert_eq!(walked.failures, ["standard input cannot be read: broken"]);
    }

    #[test]
    fn a_watched_walk_gives_the_same() {
        let here = [concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into()];
        let of = |watched| each(&here, &Scope::default(), watched, |_| true, Some);
        assert_eq!(of(true), of(false));
    }
}
