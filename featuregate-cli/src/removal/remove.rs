//! Removes gates, one after the other, in a copy of the workspace; what the compiler accepts is the result.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use featuregate_core::Version;
use featuregate_core::manifest::Gate;

use super::compile::{Compiler, CompilerMessage, Features};
use super::copy::Copy;
use super::journal::Change;
use super::left::Left;
use super::unbuilt::Unbuilt;
use super::{dead, declaration, rewrite};
use crate::code::names::{Declaring, Names};
use crate::code::search;
use crate::code::tree::on_deep_stack;
use crate::code::usage::{Kind, Use};
use crate::error::Error;
use crate::simplify::edit::{Edit, apply, tidy};
use crate::simplify::steps::{Depth, simplified};
use crate::source::workspace::Workspace;

/// How often what became dead is removed, which may make more dead.
const ROUNDS: usize = 12;

/// How many messages of the compiler are shown.
const SHOWN: usize = 3;

/// A gate to remove.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) gate: Gate,
    /// Its name in code.
    pub(crate) variant: String,
    /// Its enum, and the file of it.
    pub(crate) enumeration: String,
    pub(crate) file: PathBuf,
    /// The release in which it is removed.
    pub(crate) release: Version,
    /// The value that it has from now on.
    pub(crate) value: bool,
}

/// What came of one gate.
#[derive(Clone, Debug)]
pub(crate) struct Removed {
    pub(crate) wanted: Wanted,
    /// How many uses were replaced.
    pub(crate) replaced: usize,
    /// Whether the gate is no longer in its enum.
    pub(crate) done: bool,
    pub(crate) left: Vec<Left>,
}

/// The workspace after a removal.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) removed: Vec<Removed>,
    pub(crate) changes: Vec<Change>,
}

/// Files that compile after a gate was taken out.
struct Attempt {
    /// Why the gate stays in its enum nevertheless.
    keep: Option<String>,
    /// The files that are simplified less than others.
    depths: Depths,
    /// What the compiler says about them.
    reasons: BTreeMap<PathBuf, String>,
    own_left: Vec<Left>,
}

/// The files of the copy that were changed, as they were.
type Texts = BTreeMap<PathBuf, String>;

/// How far files are simplified that are not simplified as far as possible.
type Depths = BTreeMap<PathBuf, Depth>;

/// The warnings that cannot be followed: the lint and the message.
type Refused = BTreeSet<(Option<String>, String)>;

/// A removal on its way.
pub(crate) struct Removal {
    copy: Copy,
    compiler: Compiler,
    features: Vec<Features>,
    /// The warnings before, of each way to compile.
    before: Vec<Vec<CompilerMessage>>,
    unbuilt: Unbuilt,
    /// The changed files as they were at first.
    original: Texts,
    /// The files that are formatted as rustfmt does.
    formatted: BTreeMap<PathBuf, bool>,
}

impl Removal {
    /// Copies a workspace and compiles it.
    pub(crate) fn begin(workspace: &Workspace) -> Result<Self, Error> {
        let copy = Copy::of(workspace)?;
        let compiler = Compiler::new(&copy.build);
        let mut removal = Self {
            copy,
            compiler,
            features: Vec::new(),
            before: Vec::new(),
            unbuilt: Unbuilt::default(),
            original: Texts::new(),
            formatted: BTreeMap::new(),
        };
        let root = removal.copy.root.clone();
        removal.unbuilt = on_deep_stack(|| Unbuilt::find(&root))?;
        let mut errors = Vec::new();
        let all = if workspace.has_features {
            &[Features::Default, Features::All][..]
        } else {
            &[Features::Default]
        };
        for features in all {
            let messages = removal.compiler.check(&removal.copy.root, *features)?;
            if messages.iter().any(|message| message.is_error) {
                errors.extend(removal.shown(&messages));
            } else {
                removal.features.push(*features);
                removal.before.push(messages);
            }
        }
        if removal.features.is_empty() {
            errors.insert(0, "the workspace does not compile as it is".to_owned());
            return Err(Error::Messages(errors));
        }
        Ok(removal)
    }

    /// Removes gates, and says what came of each. `update` writes the manifest of a package in the copy.
    pub(crate) fn remove(
        mut self,
        all: Vec<Wanted>,
        declaring: &[Declaring],
        update: impl Fn(&dyn Fn(&Path) -> PathBuf) -> Result<Option<(PathBuf, String)>, Error>,
    ) -> Result<Outcome, Error> {
        let mut removed = Vec::new();
        for wanted in all {
            removed.push(self.one(wanted, declaring, &removed)?);
        }
        // Once for all, since it may take several compilations.
        self.clean()?;
        if removed.iter().any(|removed| removed.done) {
            let there = |path: &Path| self.copy.there(path);
            if let Some((path, text)) = update(&there)? {
                self.write(&path, &text)?;
            }
        }
        let mut changes = Vec::new();
        for (path, before) in &self.original {
            let after = read(path)?;
            if after != *before {
                changes.push(Change { path: self.copy.back(path), before: before.clone(), after });
            }
        }
        Ok(Outcome { removed, changes })
    }

    fn one(
        &mut self,
        wanted: Wanted,
        declaring: &[Declaring],
        before: &[Removed],
    ) -> Result<Removed, Error> {
        let workspace = Workspace::of(&self.copy.root.join("Cargo.toml"))?;
        let is_removed = |of: &Declaring, gate: &str| {
            before.iter().any(|removed| {
                removed.done
                    && removed.wanted.enumeration == of.name
                    && removed.wanted.variant == gate
            })
        };
        let mut enums = Vec::new();
        for of in declaring {
            let file = self.copy.there(&of.file);
            let gates: Vec<String> =
                of.gates.iter().filter(|gate| !is_removed(of, gate)).cloned().collect();
            // The tombstones of others have moved it.
            let text = read(&file)?;
            let line = on_deep_stack(|| declaration::line(&text, &of.name, &gates))?;
            enums.push(Declaring { file, line: line.unwrap_or(of.line), gates, ..of.clone() });
        }
        let names = Names::new(&workspace, enums);
        let found = search::all(&names)?;
        let file = self.copy.there(&wanted.file);
        let of = |index: usize| {
            let of = names.enums.get(index);
            of.is_some_and(|of| of.name == wanted.enumeration && of.file == file)
        };
        let own = |used: &&Use| used.gate == wanted.variant && used.declaring.is_none_or(of);
        let uses: Vec<Use> = found.uses.iter().filter(own).cloned().collect();
        let mut left: Vec<Left> = found
            .unresolved
            .iter()
            .filter(|unresolved| unresolved.reason.contains(&wanted.variant))
            .map(|unresolved| Left {
                file: unresolved.file.clone(),
                line: unresolved.line,
                reason: unresolved.reason.clone(),
                keeps_gate: true,
            })
            .collect();
        let attempt = self.attempt(&wanted, &uses, &mut left)?;
        let Some(Attempt { keep, depths, reasons, mut own_left }) = attempt else {
            return Ok(Removed { wanted, replaced: 0, done: false, left });
        };
        let only_values = depths.iter().filter(|(_, depth)| **depth == Depth::Values);
        own_left.extend(only_values.map(|(file, _)| Left {
            file: file.clone(),
            line: 1,
            reason: format!(
                "only the value was inserted, since the simplified file does not compile: {}",
                reasons.get(file).map_or("", String::as_str)
            ),
            keeps_gate: false,
        }));
        left.extend(own_left);
        let stays = keep.is_some();
        if let Some(reason) = &keep {
            left.push(Left {
                file: self.copy.there(&wanted.file),
                line: 1,
                reason: format!("the gate stays in its enum: {reason}"),
                keeps_gate: true,
            });
        }
        for left in &mut left {
            left.file = self.copy.back(&left.file);
        }
        left.sort();
        left.dedup();
        let code = uses.iter().filter(|used| used.kind.is_code()).count();
        // The enum itself is not a use.
        let kept =
            left.iter().filter(|left| left.keeps_gate).count().saturating_sub(usize::from(stays));
        let done = !left.iter().any(|left| left.keeps_gate);
        Ok(Removed { wanted, replaced: code.saturating_sub(kept), done, left })
    }

    /// Rewrites what uses the gate, until it compiles; `None` if nothing of it does.
    fn attempt(
        &mut self,
        wanted: &Wanted,
        uses: &[Use],
        left: &mut Vec<Left>,
    ) -> Result<Option<Attempt>, Error> {
        let start = self.texts()?;
        let mut depths = Depths::new();
        let mut reasons = BTreeMap::new();
        let mut keep = None;
        // A file that does not compile after it was simplified is simplified less, and gets the values alone at last; then
        // the gate stays.
        loop {
            let mut can_go = keep.is_none() && !left.iter().any(|left| left.keeps_gate);
            let (mut changed, mut own_left) = self.rewrite(uses, wanted, &depths, !can_go)?;
            if can_go && own_left.iter().any(|left| left.keeps_gate) {
                can_go = false;
                self.restore(&start)?;
                (changed, own_left) = self.rewrite(uses, wanted, &depths, true)?;
            }
            let mut errors = Vec::new();
            if can_go && let Err(reason) = self.bury(wanted) {
                keep = Some(reason);
                self.restore(&start)?;
                continue;
            }
            for features in self.features.clone() {
                let messages = self.compiler.check(&self.copy.root, features)?;
                errors.extend(messages.into_iter().filter(|message| message.is_error));
            }
            if errors.is_empty() {
                return Ok(Some(Attempt { keep, depths, reasons, own_left }));
            }
            self.restore(&start)?;
            let less = |file: &PathBuf| match depths.get(file).copied().unwrap_or(Depth::Bold) {
                Depth::Bold => Some(Depth::Careful),
                Depth::Careful => Some(Depth::Values),
                Depth::Values => None,
            };
            let failing: Depths = errors
                .iter()
                .map(|message| &message.file)
                .filter(|file| changed.contains(*file))
                .filter_map(|file| Some((file.clone(), less(file)?)))
                .collect();
            if failing.is_empty() {
                if keep.is_none() && can_go {
                    keep = Some(self.shown(&errors).join("\n"));
                    depths.clear();
                    continue;
                }
                // Nothing of it compiles.
                left.push(Left {
                    file: self.copy.back(&wanted.file),
                    line: 1,
                    reason: format!(
                        "without the gate, the workspace does not compile: {}",
                        self.shown(&errors).join("\n")
                    ),
                    keeps_gate: true,
                });
                return Ok(None);
            }
            for message in errors.iter().filter(|message| failing.contains_key(&message.file)) {
                reasons.insert(message.file.clone(), message.message.clone());
            }
            depths.extend(failing);
        }
    }

    /// Rewrites the files with uses.
    fn rewrite(
        &mut self,
        uses: &[Use],
        wanted: &Wanted,
        depths: &Depths,
        stays: bool,
    ) -> Result<(BTreeSet<PathBuf>, Vec<Left>), Error> {
        let mut by_file: BTreeMap<&Path, Vec<&Use>> = BTreeMap::new();
        for used in uses {
            by_file.entry(&used.file).or_default().push(used);
        }
        let mut changed = BTreeSet::new();
        let mut left = Vec::new();
        for (file, uses) in by_file {
            if file.extension().is_none_or(|ending| ending != "rs") {
                left.extend(uses.iter().map(|used| mention(used)));
                continue;
            }
            let text = read(file)?;
            let unbuilt = &self.unbuilt;
            let depth = depths.get(file).copied().unwrap_or(Depth::Bold);
            let (after, own_left) = on_deep_stack(|| {
                let (edits, left) = rewrite::edits(&text, &uses, wanted.value, stays, unbuilt);
                let after = simplified(&text, &edits, depth);
                (after.or_else(|_| simplified(&text, &edits, Depth::Values)), left)
            })?;
            left.extend(own_left);
            match after {
                Ok(after) if after != text => {
                    let after = self.format(file, &text, after);
                    self.write(file, &after)?;
                    changed.insert(file.to_owned());
                }
                Ok(_) => {}
                Err(reason) => {
                    left.push(Left { file: file.to_owned(), line: 1, reason, keeps_gate: true });
                }
            }
        }
        Ok((changed, left))
    }

    /// Moves the gate to a tombstone.
    fn bury(&mut self, wanted: &Wanted) -> Result<(), String> {
        let file = self.copy.there(&wanted.file);
        let text = read(&file).map_err(|error| error.to_string())?;
        let (name, variant) = (&wanted.enumeration, &wanted.variant);
        let after = on_deep_stack(|| {
            declaration::bury(&text, name, variant, &wanted.gate, wanted.release, wanted.value)
        })
        .map_err(|error| error.to_string())??;
        let after = self.format(&file, &text, after);
        self.write(&file, &after).map_err(|error| error.to_string())
    }

    /// Removes what the compiler warns of now and did not warn of before, as long as the result compiles.
    fn clean(&mut self) -> Result<(), Error> {
        let mut refused = Refused::new();
        for _ in 0..ROUNDS {
            let start = self.texts()?;
            let mut warnings: Option<Vec<CompilerMessage>> = None;
            for (features, before) in self.features.iter().zip(&self.before) {
                let messages = self.compiler.check(&self.copy.root, *features)?;
                let known = |message: &CompilerMessage| {
                    before.iter().any(|known| {
                        (&known.code, &known.message, &known.file)
                            == (&message.code, &message.message, &message.file)
                    })
                };
                let new: Vec<CompilerMessage> =
                    messages.into_iter().filter(|message| !known(message)).collect();
                warnings = Some(match warnings {
                    // What only some features warn of, others use.
                    Some(others) => others
                        .into_iter()
                        .filter(|message| {
                            new.iter()
                                .any(|new| new.spans == message.spans && new.code == message.code)
                        })
                        .collect(),
                    None => new,
                });
            }
            let warnings: Vec<CompilerMessage> = warnings
                .unwrap_or_default()
                .into_iter()
                .filter(|message| {
                    !refused.contains(&(message.code.clone(), message.message.clone()))
                })
                .filter(|message| !self.is_used_elsewhere(message))
                .collect();
            if !self.apply(&warnings)? {
                return Ok(());
            }
            if self.compiles()? {
                continue;
            }
            self.restore(&start)?;
            if !self.in_parts(&warnings, &mut refused)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether code that is not compiled here has the name that nothing seems to use.
    fn is_used_elsewhere(&self, message: &CompilerMessage) -> bool {
        let code = message.code.as_deref().unwrap_or_default();
        if !["dead_code", "unused_imports", "unused_variables"].contains(&code) {
            return false;
        }
        let quoted = message.message.split('`').skip(1).step_by(2);
        quoted.filter_map(|path| path.rsplit("::").next()).any(|name| self.unbuilt.mentions(name))
    }

    /// Applies what is known about warnings to as many files as possible, half of them at a time; what does not compile in
    /// a file by itself is refused. Whether anything changed.
    fn in_parts(
        &mut self,
        warnings: &[CompilerMessage],
        refused: &mut Refused,
    ) -> Result<bool, Error> {
        let mut by_file: BTreeMap<&Path, Vec<CompilerMessage>> = BTreeMap::new();
        for message in warnings {
            by_file.entry(&message.file).or_default().push(message.clone());
        }
        let mut parts: Vec<Vec<Vec<CompilerMessage>>> = vec![by_file.into_values().collect()];
        let mut any = false;
        while let Some(mut files) = parts.pop() {
            let start = self.texts()?;
            let together: Vec<CompilerMessage> = files.iter().flatten().cloned().collect();
            if !self.apply(&together)? {
                continue;
            }
            if self.compiles()? {
                any = true;
                continue;
            }
            self.restore(&start)?;
            if files.len() > 1 {
                let rest = files.split_off(files.len() / 2);
                parts.extend([rest, files]);
                continue;
            }
            for message in together {
                if self.apply(std::slice::from_ref(&message))? && self.compiles()? {
                    // The locations of the others may have moved.
                    any = true;
                    break;
                }
                self.restore(&start)?;
                refused.insert((message.code, message.message));
            }
        }
        Ok(any)
    }

    fn compiles(&self) -> Result<bool, Error> {
        for features in &self.features {
            let messages = self.compiler.check(&self.copy.root, *features)?;
            if messages.iter().any(|message| message.is_error) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Applies what is known about warnings; whether anything changed.
    fn apply(&mut self, warnings: &[CompilerMessage]) -> Result<bool, Error> {
        let mut by_file: BTreeMap<PathBuf, Vec<Edit>> = BTreeMap::new();
        for message in warnings {
            let Ok(text) = read(&message.file) else { continue };
            for (file, edits) in on_deep_stack(|| dead::edits(message, &text))? {
                by_file.entry(file).or_default().extend(edits);
            }
        }
        let mut any = false;
        for (file, mut edits) in by_file {
            if !file.starts_with(&self.copy.root) {
                continue;
            }
            let text = read(&file)?;
            edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
            edits.dedup();
            tidy(&mut edits);
            let after = apply(&text, &edits);
            if after != text {
                let after = self.format(&file, &text, after);
                self.write(&file, &after)?;
                any = true;
            }
        }
        Ok(any)
    }

    /// A text as rustfmt writes it, if the file was formatted before.
    fn format(&mut self, file: &Path, before: &str, after: String) -> String {
        let known = self.formatted.get(file).copied();
        let was =
            known.unwrap_or_else(|| self.rustfmt(file, before).is_some_and(|text| text == before));
        self.formatted.insert(file.to_owned(), was);
        if was { self.rustfmt(file, &after).unwrap_or(after) } else { after }
    }

    fn rustfmt(&self, file: &Path, text: &str) -> Option<String> {
        let edition = edition(file, &self.copy.root);
        let mut child = Command::new("rustfmt")
            .args(["--emit", "stdout", "--edition", &edition])
            .current_dir(file.parent()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut stdin = child.stdin.take()?;
        let text = text.to_owned();
        let writer = std::thread::spawn(move || {
            // It may end before it has read all.
            let _ = std::io::Write::write_all(&mut stdin, text.as_bytes());
        });
        let output = child.wait_with_output().ok()?;
        writer.join().ok()?;
        if !output.status.success() {
            return None;
        }
        String::from_utf8(output.stdout).ok().filter(|text| !text.is_empty())
    }

    /// The changed files as they are now.
    fn texts(&self) -> Result<Texts, Error> {
        self.original.keys().map(|path| Ok((path.clone(), read(path)?))).collect()
    }

    /// Files as they were; those that are not named are as at first.
    fn restore(&self, texts: &Texts) -> Result<(), Error> {
        for (path, original) in &self.original {
            let text = texts.get(path).unwrap_or(original);
            if read(path)? != *text {
                write(path, text)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, path: &Path, text: &str) -> Result<(), Error> {
        if !self.original.contains_key(path) {
            self.original.insert(path.to_owned(), read(path)?);
        }
        write(path, text)
    }

    /// The first errors, with the paths of the workspace.
    fn shown(&self, messages: &[CompilerMessage]) -> Vec<String> {
        let errors = messages.iter().filter(|message| message.is_error);
        let mut shown: Vec<String> = Vec::new();
        for message in errors {
            let text = self.copy.with_original_paths(message.rendered.trim_end());
            // With other features, the same can be wrong.
            if shown.len() < SHOWN && !shown.contains(&text) {
                shown.push(text);
            }
        }
        shown
    }
}

/// What documentation and configuration say about a gate.
fn mention(used: &Use) -> Left {
    let reason = match used.kind {
        Kind::Configuration => {
            "this configuration still sets the gate; featuregate check --fix removes what is not needed"
        }
        _ => "this documentation mentions the gate",
    };
    Left {
        file: used.file.clone(),
        line: used.location.line,
        reason: reason.to_owned(),
        keeps_gate: false,
    }
}

/// The edition of the package of a file.
fn edition(file: &Path, root: &Path) -> String {
    let mut inherited = false;
    for folder in file.ancestors().skip(1).take_while(|folder| folder.starts_with(root)) {
        let Ok(text) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let Ok(table) = toml::from_str::<toml::Table>(&text) else { continue };
        let own =
            table.get("package").filter(|_| !inherited).and_then(|package| package.get("edition"));
        if let Some(edition) = own.and_then(toml::Value::as_str) {
            return edition.to_owned();
        }
        inherited |= own.is_some();
        let shared =
            table.get("workspace").and_then(|workspace| workspace.get("package")?.get("edition"));
        if let Some(edition) = shared.and_then(toml::Value::as_str) {
            return edition.to_owned();
        }
    }
    "2015".to_owned()
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path)
        .map_err(|error| Error::new(format!("cannot read {}: {error}", path.display())))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text)
        .map_err(|error| Error::new(format!("cannot write {}: {error}", path.display())))
}
