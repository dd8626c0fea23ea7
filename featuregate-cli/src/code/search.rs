//! Looks through a workspace for the names of gates: as text first, and only what mentions one is read as code.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use aho_corasick::AhoCorasick;
use ignore::{WalkBuilder, WalkState};

use super::find::{Found, Wanted, in_file};
use super::names::Names;
use super::own::Own;
use super::spelling::{Spelled, Spellings, is_mention, is_plain, mentioned};
use super::tree::on_deep_stack;
use super::usage::{Kind, Unresolved, Use};
use crate::config::extract::{extract, mentions as concerns};
use crate::config::walk::name::{self, Kind as FileKind};
use crate::error::Error;
use crate::io::file;
use crate::io::text::Lines;

/// The endings of documents that people read.
const DOCUMENTS: [&str; 5] = ["adoc", "html", "md", "rst", "txt"];

/// A file that mentions a gate.
struct Mentioning {
    file: PathBuf,
    text: String,
}

/// All uses in the workspace, by file and location.
pub(crate) fn all(names: &Names<'_>) -> Result<Found, Error> {
    let mut aliases = BTreeSet::new();
    loop {
        let found = with_aliases(names, &aliases)?;
        if found.aliases.is_subset(&aliases) {
            return Ok(found);
        }
        // What has another name may be used by that in other files.
        aliases.extend(found.aliases);
    }
}

/// The same where imports give these other names to gates.
fn with_aliases(names: &Names<'_>, aliases: &BTreeSet<String>) -> Result<Found, Error> {
    let gates = names.enums.values().flat_map(|of| of.gates.iter().chain(&of.removed));
    let wanted: Wanted<'_> = gates.chain(aliases).map(String::as_str).collect();
    let spellings = names.spellings();
    let keys = names.variables();
    let in_code = spellings.iter().flat_map(|(name, spelled)| in_code(name, spelled.gate));
    let searched = Searched {
        code: search_for(in_code.chain(aliases.iter().cloned()))?,
        others: search_for(spellings.keys())?,
    };
    let Walked { mentioning, mut unresolved, own } = walk(names, &searched, &keys);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = Mutex::new(Found::default());
    let work = || {
        while let Some(next) =
            mentioning.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        {
            let new = read(names, &wanted, &spellings, &own, &keys, next);
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.uses.extend(new.uses);
            found.aliases.extend(new.aliases);
            found.unresolved.extend(new.unresolved);
        }
    };
    let threads =
        std::thread::available_parallelism().map_or(1, usize::from).min(mentioning.len().max(1));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(|| on_deep_stack(work))).collect();
        threads.into_iter().try_for_each(|thread| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })?;
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.macros = own.macros;
    found.unresolved.append(&mut unresolved);
    found.unresolved.sort();
    found.unresolved.dedup();
    found
        .uses
        .sort_by(|one, other| (&one.file, one.name.start).cmp(&(&other.file, other.name.start)));
    Ok(found)
}

fn read(
    names: &Names<'_>,
    wanted: &Wanted<'_>,
    spellings: &Spellings<'_>,
    own: &Own,
    keys: &[String],
    mentioning: &Mentioning,
) -> Found {
    let Mentioning { file, text } = mentioning;
    if has_ending(file, "rs") {
        return in_file(names, wanted, spellings, own, file, text);
    }
    let lines = Lines::of(text);
    let of = |spelled: Spelled<'_>, name: Range<usize>, kind: Kind| Use {
        gate: spelled.gate.to_owned(),
        declaring: spelled.declaring,
        kind,
        file: file.clone(),
        location: lines.location(name.start),
        expression: name.clone(),
        name,
        function: None,
        negated: false,
    };
    let mut found = Found::default();
    let mut mention = |kind: Kind| {
        let words = mentioned(spellings, text, is_mention).into_iter();
        found.uses.extend(words.map(|(spelled, word)| of(spelled, word, kind)));
    };
    match name::kind(file) {
        _ if is_document(file) => mention(Kind::Documentation),
        FileKind::Configuration(syntax) | FileKind::Unknown(syntax) => {
            let settings = extract(syntax, text, keys);
            found.uses.extend(settings.settings.values().filter_map(|setting| {
                let spelled = match &setting.variable {
                    Some(prefix) => names.of_variable(prefix, &setting.name)?,
                    None => *spellings.get(setting.name.as_str())?,
                };
                Some(of(spelled, setting.name_span.clone(), Kind::Configuration))
            }));
        }
        FileKind::Unread(_) | FileKind::Other => mention(Kind::Text),
    }
    found
}

/// Whether people read it.
fn is_document(file: &Path) -> bool {
    DOCUMENTS.iter().any(|ending| has_ending(file, ending))
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|own| own == ending)
}

/// What is looked for, in code and elsewhere.
struct Searched {
    code: AhoCorasick,
    others: AhoCorasick,
}

fn search_for(names: impl Iterator<Item = impl AsRef<[u8]>>) -> Result<AhoCorasick, Error> {
    AhoCorasick::new(names)
        .map_err(|error| Error::new(format!("cannot look for these names: {error}")))
}

/// What is in code that mentions a gate by a name. A word of the language is in quotes there, or is given a value.
fn in_code(name: &str, gate: &str) -> Vec<String> {
    if name == gate || !is_plain(name) {
        return vec![name.to_owned()];
    }
    vec![format!("\"{name}\""), format!("{name}=")]
}

/// What a walk through the workspace finds.
#[derive(Default)]
struct Walked {
    /// The files that mention a gate.
    mentioning: Vec<Mentioning>,
    /// Those that cannot be read.
    unresolved: Vec<Unresolved>,
    own: Own,
}

/// Reads each file of the workspace once.
fn walk(names: &Names<'_>, searched: &Searched, keys: &[String]) -> Walked {
    let target = &names.workspace.target;
    let found: Mutex<Walked> = Mutex::default();
    // The library is a package of its own workspace.
    let packages = names.workspace.packages.iter().filter(|it| it.name != "featuregate");
    let folders: Vec<&Path> = packages.map(|package| package.folder.as_path()).collect();
    let mut builder = WalkBuilder::new(&names.workspace.root);
    for package in &names.workspace.packages {
        if !package.folder.starts_with(&names.workspace.root) {
            builder.add(&package.folder);
        }
    }
    // Hidden folders have configurations, as `.github` does.
    builder.hidden(false).require_git(false);
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            let path = entry.path();
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            if is_folder {
                let skip = path == target || entry.file_name() == ".git";
                return if skip { WalkState::Skip } else { WalkState::Continue };
            }
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            let is_rust = has_ending(path, "rs");
            let kind = name::kind(path);
            let is_other = !is_rust && !is_document(path);
            if !is_file || (is_other && kind == FileKind::Other) {
                return WalkState::Continue;
            }
            // Of these, only some have to do with gates.
            let must_concern = is_other && !matches!(kind, FileKind::Configuration(_));
            let kept = || found.lock().unwrap_or_else(PoisonError::into_inner);
            let unread =
                |reason: String| Unresolved { file: path.to_owned(), line: 1, gate: None, reason };
            let read = file::read(path).map_err(|error| format!("it cannot be read: {error}"));
            let text = read.and_then(|bytes| {
                if is_rust && folders.iter().any(|folder| path.starts_with(folder)) {
                    let own = Own::of(&bytes);
                    if own != Own::default() {
                        kept().own.merge(own);
                    }
                }
                let searched = if is_rust { &searched.code } else { &searched.others };
                let mentions = searched.is_match(&bytes);
                let text = mentions.then(|| String::from_utf8(bytes)).transpose();
                text.map_err(|_| "it is not UTF-8".to_owned())
            });
            let text = text.map(|text| text.filter(|text| !must_concern || concerns(text, keys)));
            match text {
                Ok(Some(text)) => {
                    kept().mentioning.push(Mentioning { file: path.to_owned(), text });
                }
                Err(reason) if is_rust => kept().unresolved.push(unread(reason)),
                Ok(None) | Err(_) => {}
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.mentioning.sort_by(|one, other| one.file.cmp(&other.file));
    found
}
