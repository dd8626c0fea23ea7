//! Removes gates in a copy of the workspace; what the compiler accepts is the result.
//!
//! All gates are taken out at first, and compiled together. Where that fails, those that have to do with the errors are
//! taken out one by one, and the uses that do not compile are simplified less.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use featuregate_core::Version;
use featuregate_core::manifest::Gate;

use super::compile::{Compiled, Compiler, CompilerMessage, Features, Levels, Untyped};
use super::copy::Copy;
use super::files::{Files, Texts, read};
use super::follow::Updated;
use super::journal::Change;
use super::left::{Left, Rest};
use super::lines::LineMap;
use super::unbuilt::Unbuilt;
use super::{dead, declaration, rewrite};
use crate::code::names::{GateEnum, Names};
use crate::code::search;
use crate::code::tree::on_deep_stack;
use crate::code::usage::{EnumId, Kind, Unresolved, Use};
use crate::error::Error;
use crate::io::file;
use crate::io::text::Lines;
use crate::simplify::depth::Depth;
use crate::simplify::steps::{known_conditions, simplified};
use crate::source::workspace::Workspace;

/// How many messages of the compiler are shown.
const SHOWN: usize = 3;

/// A gate to remove.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub(crate) notes: Vec<Note>,
    pub(crate) changes: Vec<Change>,
}

/// Something to know about the result, at a line before the change.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    pub(crate) text: String,
}

/// A gate, and what names it in the copy as it is now.
#[derive(Clone)]
struct Task {
    wanted: Wanted,
    uses: Vec<Use>,
    /// The macros of the workspace that have the name of a known one.
    macros: BTreeSet<String>,
    left: Vec<Left>,
}

/// What came of rewriting the uses of a gate, before it is compiled.
struct Rewritten {
    /// The files that were simplified.
    changed: BTreeSet<PathBuf>,
    left: Vec<Left>,
    /// Why the gate cannot be moved to a tombstone, if only that keeps it in its enum.
    keep: Option<String>,
    /// Whether the gate is no longer in its enum.
    buried: bool,
}

/// A use: its file, and the first byte of the name before the removal.
type Site = (PathBuf, usize);

/// The uses that are not simplified as far as possible.
type Depths = BTreeMap<Site, Depth>;

/// Gates with their positions in the order of the user.
type Group = Vec<(usize, Wanted)>;

/// What came of gates that are removed together.
enum Together {
    /// They are removed.
    Compiles(Vec<(usize, Removed)>),
    /// None of them is; these have to do with the errors.
    Blamed(BTreeSet<usize>),
}

/// A removal on its way.
pub(crate) struct Removal<'a> {
    pub(super) files: Files,
    compiler: Compiler,
    pub(super) features: Vec<Features>,
    /// The warnings before, of each way to compile.
    pub(super) before: Vec<Vec<CompilerMessage>>,
    pub(super) unbuilt: Unbuilt,
    /// The numbers before of which nothing said the type, with the first way to compile.
    pub(super) untyped: Untyped,
    /// Shows what is done, while it takes long.
    progress: &'a mut dyn FnMut(&str),
}

impl<'a> Removal<'a> {
    /// Copies a workspace and compiles it.
    pub(crate) fn begin(
        workspace: &Workspace,
        progress: &'a mut dyn FnMut(&str),
    ) -> Result<Self, Error> {
        progress("compiling a copy of the workspace");
        let copy = Copy::of(workspace)?;
        let mut removal = Self {
            compiler: Compiler::new(&copy.build),
            files: Files::new(copy),
            features: Vec::new(),
            before: Vec::new(),
            unbuilt: Unbuilt::default(),
            untyped: Untyped::new(),
            progress,
        };
        let mut errors = Vec::new();
        let mut built = BTreeSet::new();
        let all = if workspace.has_features {
            &[Features::Default, Features::All][..]
        } else {
            &[Features::Default]
        };
        for features in all {
            let compiled = removal.compile(*features, Levels::Warn)?;
            built.extend(compiled.files(&removal.files.copy.root));
            let messages = compiled.messages;
            if messages.iter().any(|message| message.is_error) {
                errors.extend(removal.shown(&messages));
            } else {
                if removal.features.is_empty() {
                    removal.untyped = compiled.untyped;
                }
                removal.features.push(*features);
                removal.before.push(messages);
            }
        }
        if removal.features.is_empty() {
            errors.insert(0, "the workspace does not compile as it is".to_owned());
            return Err(Error::Messages(errors));
        }
        let root = &removal.files.copy.root;
        removal.unbuilt = on_deep_stack(|| Unbuilt::find(root, built))?;
        Ok(removal)
    }

    /// Removes gates, and says what came of each. `follow` has the files that are not code and change with them.
    pub(crate) fn remove(
        mut self,
        all: Vec<Wanted>,
        declaring: &[GateEnum],
        follow: impl Fn(&dyn Fn(&Path) -> PathBuf, &[Removed]) -> Result<Vec<Updated>, Error>,
    ) -> Result<Outcome, Error> {
        let workspace = Workspace::of(&self.files.copy.root.join("Cargo.toml"))?;
        let mut removed: BTreeMap<usize, Removed> = BTreeMap::new();
        // The last is the next.
        let mut open: Vec<Group> = vec![dependents_first(all.clone())];
        while let Some(group) = open.pop() {
            match <[(usize, Wanted); 1]>::try_from(group) {
                Ok([(number, wanted)]) => {
                    (self.progress)(&format!("removing {}", wanted.variant));
                    let task = self.task(wanted, &workspace, declaring)?;
                    removed.insert(number, self.alone(task, Depths::new())?);
                }
                Err(group) => {
                    (self.progress)(&format!("removing {} gates", group.len()));
                    match self.together(&group, &workspace, declaring)? {
                        Together::Compiles(done) => removed.extend(done),
                        Together::Blamed(blamed) => open.extend(parts(group, &blamed)),
                    }
                }
            }
        }
        (self.progress)("removing what is no longer used");
        // Once for all, since it may take several compilations.
        let mut warnings = self.clean()?;
        if !self.denied()?.is_empty() {
            // The lints of the workspace do not accept the result. One gate after the other shows whose it is.
            self.files.restore(&Texts::new())?;
            for (number, wanted) in dependents_first(all) {
                (self.progress)(&format!("removing {}", wanted.variant));
                let task = self.task(wanted, &workspace, declaring)?;
                removed.insert(number, self.accepted(task)?);
            }
            warnings = self.new_warnings()?;
        }
        let mut removed: Vec<Removed> = removed.into_values().collect();
        self.without_what_went(&mut removed)?;
        let texts: BTreeMap<PathBuf, LineMap> = self
            .files
            .changes()?
            .into_iter()
            .map(|change| (change.path, LineMap::of(&change.before, &change.after)))
            .collect();
        let warnings = warnings.into_iter().map(|warning| {
            let file = self.files.copy.back(&warning.file);
            let line = texts.get(&file).map_or(warning.line, |lines| lines.before(warning.line));
            let text = format!("the compiler warns of this now: {}", warning.message);
            Note { file, line, text }
        });
        let mut notes: Vec<Note> = warnings.collect();
        notes.extend(self.retyped()?);
        if removed.iter().any(|removed| removed.done) {
            let there = |path: &Path| self.files.copy.there(path);
            for Updated { path, text, left } in follow(&there, &removed)? {
                self.files.write(&path, &text)?;
                let file = self.files.copy.back(&path);
                for (index, removed) in removed.iter_mut().enumerate() {
                    removed.left.retain(|left| left.file != file);
                    let own = left.iter().filter(|(gate, _)| *gate == index);
                    let reason = if removed.done {
                        "this configuration still sets the gate, and it is not certain what is right there"
                    } else {
                        "this configuration sets the gate"
                    };
                    removed.left.extend(own.map(|(_, line)| noted(file.clone(), *line, reason)));
                }
            }
        }
        let changes = self.files.changes()?;
        for Change { path, before, after } in &changes {
            let removed = on_deep_stack(|| dead::removed_tests(before, after))?;
            notes.extend(removed.into_iter().map(|(line, name)| Note {
                file: path.clone(),
                line,
                text: format!("removes the test {name}"),
            }));
        }
        notes.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        Ok(Outcome { removed, notes, changes })
    }

    /// Does not list conditions that were left at first, and went with what is no longer used.
    fn without_what_went(&self, removed: &mut [Removed]) -> Result<(), Error> {
        let left = removed.iter().flat_map(|removed| &removed.left);
        let files: BTreeSet<PathBuf> = left
            .filter(|left| left.rest == Rest::Condition)
            .map(|left| left.file.clone())
            .collect();
        for file in files {
            let (before, after) = (read(&file)?, read(&self.files.copy.there(&file))?);
            let has_more =
                on_deep_stack(|| known_conditions(&after).len() > known_conditions(&before).len())?;
            for removed in removed.iter_mut().filter(|_| !has_more) {
                removed.left.retain(|left| left.rest != Rest::Condition || left.file != file);
            }
        }
        Ok(())
    }

    /// Finds what names a gate.
    fn task(
        &self,
        wanted: Wanted,
        workspace: &Workspace,
        declaring: &[GateEnum],
    ) -> Result<Task, Error> {
        let mut enums = Vec::new();
        for of in declaring {
            let file = self.files.copy.there(&of.file);
            let text = read(&file)?;
            // Gates that were removed are no longer there, and their tombstones have moved the enum.
            let (line, gates) = on_deep_stack(|| declaration::find(&text, &of.name, &of.gates))?
                .unwrap_or_else(|| (of.line, of.gates.clone()));
            enums.push(GateEnum { file, line, gates, ..of.clone() });
        }
        let names = Names::new(workspace, enums);
        let found = search::all(&names)?;
        let file = self.files.copy.there(&wanted.file);
        let of = |id: EnumId| {
            let of = &names.enums[id];
            of.name == wanted.enumeration && of.file == file
        };
        let own = |used: &&Use| used.gate == wanted.variant && used.declaring.is_none_or(of);
        let uses: Vec<Use> = found.uses.iter().filter(own).cloned().collect();
        let mut left: Vec<Left> = found
            .unresolved
            .iter()
            .filter(|unresolved| may_use(unresolved, &wanted.variant))
            .map(|unresolved| Left {
                file: unresolved.file.clone(),
                line: unresolved.line,
                reason: unresolved.reason.clone(),
                rest: Rest::Gate,
            })
            .collect();
        left.extend(numbered(&names, &found.uses, &wanted, &of)?);
        Ok(Task { wanted, uses, macros: found.macros, left })
    }

    /// Removes several gates and compiles once. If that fails, nothing is changed.
    fn together(
        &mut self,
        group: &[(usize, Wanted)],
        workspace: &Workspace,
        declaring: &[GateEnum],
    ) -> Result<Together, Error> {
        let start = self.files.texts()?;
        let mut done = Vec::new();
        for (number, wanted) in group {
            let task = self.task(wanted.clone(), workspace, declaring)?;
            let rewritten = self.rewritten(&task, &Depths::new(), None)?;
            done.push((*number, task, rewritten));
        }
        let errors = self.errors()?;
        if errors.is_empty() {
            let finished = |(number, task, rewritten): (usize, Task, Rewritten)| {
                (number, self.finished(task, rewritten, Vec::new()))
            };
            return Ok(Together::Compiles(done.into_iter().map(finished).collect()));
        }
        self.files.restore(&start)?;
        let is_blamed = |task: &Task, rewritten: &Rewritten| {
            errors.iter().any(|error| {
                rewritten.changed.contains(&error.file)
                    || error.rendered.contains(&task.wanted.variant)
            })
        };
        let blamed = done.iter().filter(|(_, task, rewritten)| is_blamed(task, rewritten));
        Ok(Together::Blamed(blamed.map(|(number, ..)| *number).collect()))
    }

    /// Removes a gate. The uses in files that do not compile are simplified less, until all compile, and each of them is then
    /// simplified as far as it compiles; if not even the values compile, the gate stays.
    fn alone(&mut self, mut task: Task, mut depths: Depths) -> Result<Removed, Error> {
        let start = self.files.texts()?;
        let mut keep = None;
        let given = depths.len();
        let rewritten = loop {
            let rewritten = self.rewritten(&task, &depths, keep.clone())?;
            let errors = self.errors()?;
            if errors.is_empty() {
                break rewritten;
            }
            self.files.restore(&start)?;
            let fails = |used: &&Use| {
                rewritten.changed.contains(&used.file)
                    && errors.iter().any(|error| error.file == used.file)
            };
            let less = task.uses.iter().filter(fails).map(site).filter_map(|site| {
                match depths.get(&site).unwrap_or(&Depth::Bold) {
                    Depth::Bold => Some((site, Depth::Careful)),
                    Depth::Careful => Some((site, Depth::Values)),
                    Depth::Values => None,
                }
            });
            let less: Depths = less.collect();
            if !less.is_empty() {
                depths.extend(less);
            } else if rewritten.buried {
                keep = Some(self.shown(&errors).join("\n"));
                depths.clear();
            } else {
                // Nothing of it compiles.
                let errors = self.shown(&errors).join("\n");
                let reason = format!("without the gate, the workspace does not compile: {errors}");
                task.left.push(Left::of_file(&task.wanted.file, reason, Rest::Gate));
                return Ok(self.kept(task));
            }
        };
        if depths.len() <= given {
            return Ok(self.finished(task, rewritten, Vec::new()));
        }
        let (rewritten, left) = self.raised(&task, depths, keep, &start, rewritten)?;
        Ok(self.finished(task, rewritten, left))
    }

    /// Simplifies the uses of which not all compile as far as each of them does, half of them at a time.
    fn raised(
        &mut self,
        task: &Task,
        mut depths: Depths,
        keep: Option<String>,
        start: &Texts,
        mut rewritten: Rewritten,
    ) -> Result<(Rewritten, Vec<Left>), Error> {
        let mut reasons: BTreeMap<Site, String> = BTreeMap::new();
        let mut is_current = true;
        for (from, to) in [(Depth::Values, Depth::Careful), (Depth::Careful, Depth::Bold)] {
            let sites = depths.iter().filter(|(_, depth)| **depth == from);
            // All of them together do not compile.
            let mut parts = halves(sites.map(|(site, _)| site.clone()).collect());
            while let Some(sites) = parts.pop() {
                let mut tried = depths.clone();
                tried.extend(sites.iter().map(|site| (site.clone(), to)));
                self.files.restore(start)?;
                let own = self.rewritten(task, &tried, keep.clone())?;
                let errors = self.errors()?;
                is_current = errors.is_empty();
                match (errors.first(), sites.as_slice()) {
                    (None, _) => (depths, rewritten) = (tried, own),
                    (Some(error), [site]) => {
                        reasons.insert(site.clone(), error.message.clone());
                    }
                    (Some(_), _) => parts.extend(halves(sites)),
                }
            }
        }
        if !is_current {
            self.files.restore(start)?;
            rewritten = self.rewritten(task, &depths, keep)?;
        }
        let less = task.uses.iter().filter_map(|used| {
            let (what, rest) = match depths.get(&site(used)) {
                Some(Depth::Values) => ("only the value was inserted", Rest::Code),
                Some(Depth::Careful) => ("this is simplified only in part", Rest::Condition),
                Some(Depth::Bold) | None => return None,
            };
            let reason = reasons.get(&site(used)).map_or("", String::as_str);
            Some(Left {
                file: used.file.clone(),
                line: used.location.line,
                reason: format!("{what}, since the simplified code does not compile: {reason}"),
                rest,
            })
        });
        let less = less.collect();
        Ok((rewritten, less))
    }

    /// Removes a gate and what is no longer used, if the lints of the workspace accept it. The uses in files that they do not
    /// accept get the value alone.
    fn accepted(&mut self, mut task: Task) -> Result<Removed, Error> {
        let start = self.files.texts()?;
        let mut depths = Depths::new();
        loop {
            let mut removed = self.alone(task.clone(), depths.clone())?;
            self.clean()?;
            let denied = self.denied()?;
            if denied.is_empty() {
                let less = task.uses.iter().filter(|used| depths.contains_key(&site(used)));
                removed.left.extend(less.map(|used| Left {
                    file: self.files.copy.back(&used.file),
                    line: used.location.line,
                    reason: "only the value was inserted, since the workspace denies a lint about the simplified code".to_owned(),
                    rest: Rest::Code,
                }));
                return Ok(removed);
            }
            self.files.restore(&start)?;
            let is_denied = |used: &&Use| denied.iter().any(|message| message.file == used.file);
            let sites = task.uses.iter().filter(is_denied).map(site);
            let new: Vec<Site> = sites.filter(|site| !depths.contains_key(site)).collect();
            if new.is_empty() {
                let errors = self.shown(&denied).join("\n");
                let reason = format!(
                    "the workspace denies a lint about the code without the gate: {errors}"
                );
                task.left.push(Left::of_file(&task.wanted.file, reason, Rest::Gate));
                return Ok(self.kept(task));
            }
            depths.extend(new.into_iter().map(|site| (site, Depth::Values)));
        }
    }

    /// What came of a gate that stays with all of its uses.
    fn kept(&self, task: Task) -> Removed {
        let left = self.in_workspace(task.left);
        Removed { wanted: task.wanted, replaced: 0, done: false, left }
    }

    /// Rewrites what uses a gate, and moves it to a tombstone if nothing keeps it. It is not compiled.
    fn rewritten(
        &mut self,
        task: &Task,
        depths: &Depths,
        mut keep: Option<String>,
    ) -> Result<Rewritten, Error> {
        let start = self.files.texts()?;
        let mut buried = keep.is_none() && !task.left.iter().any(Left::keeps_gate);
        loop {
            let (changed, left) = self.rewrite(task, depths, !buried)?;
            if !buried {
                return Ok(Rewritten { changed, left, keep, buried });
            }
            if !left.iter().any(Left::keeps_gate) {
                match self.bury(&task.wanted) {
                    Ok(()) => return Ok(Rewritten { changed, left, keep, buried }),
                    Err(reason) => keep = Some(reason),
                }
            }
            buried = false;
            self.files.restore(&start)?;
        }
    }

    /// What came of a gate that compiles; `less` are the files that were simplified less.
    fn finished(&self, task: Task, rewritten: Rewritten, less: Vec<Left>) -> Removed {
        let Task { wanted, uses, mut left, .. } = task;
        left.extend(rewritten.left);
        left.extend(less);
        let code = uses.iter().filter(|used| used.kind.is_code()).count();
        let kept = left.iter().filter(|left| left.keeps_gate()).count();
        if let Some(reason) = rewritten.keep {
            let reason = format!("the gate stays in its enum: {reason}");
            left.push(Left::of_file(&wanted.file, reason, Rest::Gate));
        }
        let left = self.in_workspace(left);
        Removed { wanted, replaced: code.saturating_sub(kept), done: rewritten.buried, left }
    }

    /// What is left, each once, by the names that the files have in the workspace.
    fn in_workspace(&self, mut left: Vec<Left>) -> Vec<Left> {
        for left in &mut left {
            left.file = self.files.copy.back(&left.file);
        }
        left.sort();
        left.dedup();
        left
    }

    pub(super) fn compile(&self, features: Features, levels: Levels) -> Result<Compiled, Error> {
        self.compiler.compile(&self.files.copy.root, features, levels)
    }

    /// The messages of the compiler.
    pub(super) fn check(
        &self,
        features: Features,
        levels: Levels,
    ) -> Result<Vec<CompilerMessage>, Error> {
        Ok(self.compile(features, levels)?.messages)
    }

    /// What does not compile, with all sets of features.
    pub(super) fn errors(&self) -> Result<Vec<CompilerMessage>, Error> {
        let mut errors = Vec::new();
        for features in &self.features {
            errors.extend(
                self.check(*features, Levels::Warn)?.into_iter().filter(|message| message.is_error),
            );
        }
        Ok(errors)
    }

    /// Rewrites the files with uses.
    fn rewrite(
        &mut self,
        task: &Task,
        depths: &Depths,
        stays: bool,
    ) -> Result<(BTreeSet<PathBuf>, Vec<Left>), Error> {
        let mut by_file: BTreeMap<&Path, Vec<&Use>> = BTreeMap::new();
        for used in &task.uses {
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
            let depth = |used: &Use| depths.get(&site(used)).copied().unwrap_or(Depth::Bold);
            let (after, own_left) = on_deep_stack(|| {
                let (edits, mut left) =
                    rewrite::edits(&text, &uses, task.wanted.value, stays, unbuilt, depth);
                let simplified = |depth| simplified(&text, &edits, depth, &task.macros);
                let after = simplified(Depth::Bold).or_else(|reason| {
                    let reason = format!("only the value was inserted: {reason}");
                    left.push(Left::of_file(file, reason, Rest::Code));
                    simplified(Depth::Values)
                });
                let conditions = after.iter().flat_map(|after| conditions(file, &text, after));
                let is_known = |new: &Left| left.iter().any(|left| left.line == new.line);
                let new: Vec<Left> = conditions.filter(|new| !is_known(new)).collect();
                if uses.iter().all(|used| depth(used) == Depth::Bold) {
                    left.extend(new);
                }
                (after, left)
            })?;
            left.extend(own_left);
            match after {
                Ok(after) if after != text => {
                    self.files.write_code(file, &text, after)?;
                    changed.insert(file.to_owned());
                }
                Ok(_) => {}
                Err(reason) => left.push(Left::of_file(file, reason, Rest::Gate)),
            }
        }
        Ok((changed, left))
    }

    /// Moves the gate to a tombstone.
    fn bury(&mut self, wanted: &Wanted) -> Result<(), String> {
        let file = self.files.copy.there(&wanted.file);
        let text = read(&file).map_err(|error| error.to_string())?;
        let (name, variant) = (&wanted.enumeration, &wanted.variant);
        let after = on_deep_stack(|| {
            declaration::bury(&text, name, variant, &wanted.gate, wanted.release, wanted.value)
        })
        .map_err(|error| error.to_string())??;
        self.files.write_code(&file, &text, after).map_err(|error| error.to_string())
    }

    /// The first errors, with the paths of the workspace.
    fn shown(&self, messages: &[CompilerMessage]) -> Vec<String> {
        let errors = messages.iter().filter(|message| message.is_error);
        let mut shown: Vec<String> = Vec::new();
        for message in errors {
            let text = self.files.copy.with_original_paths(message.rendered.trim_end());
            // With other features, the same can be wrong.
            if shown.len() < SHOWN && !shown.contains(&text) {
                shown.push(text);
            }
        }
        shown
    }
}

/// Whether what could not be followed may be a use of a gate.
fn may_use(unresolved: &Unresolved, gate: &str) -> bool {
    match &unresolved.gate {
        Some(named) => named == gate,
        None => file::read(&unresolved.file)
            .map_or(true, |bytes| String::from_utf8_lossy(&bytes).contains(gate)),
    }
}

/// Gates in the order in which they can be removed: what requires a gate keeps it in its enum, if it is off.
fn dependents_first(all: Vec<Wanted>) -> Group {
    let mut rest: Group = all.into_iter().enumerate().collect();
    let mut sorted = Group::new();
    while !rest.is_empty() {
        let is_required = |(_, wanted): &(usize, Wanted)| {
            let name = wanted.gate.name();
            rest.iter().any(|(_, other)| other.gate.spec.requires.iter().any(|it| it == name))
        };
        let next = rest.iter().position(|gate| !is_required(gate)).unwrap_or(0);
        sorted.push(rest.remove(next));
    }
    sorted
}

/// The parts of a group that does not compile as a whole, the first of them last, in the same order: each gate that has to
/// do with the errors, and those in between; or the halves, if that is not known.
fn parts(mut group: Group, blamed: &BTreeSet<usize>) -> Vec<Group> {
    if blamed.is_empty() || blamed.len() == group.len() {
        let later = group.split_off(group.len() / 2);
        return vec![later, group];
    }
    let is_blamed = |(number, _): &(usize, Wanted)| blamed.contains(number);
    let parts = group.chunk_by(|one, other| !is_blamed(one) && !is_blamed(other));
    parts.rev().map(<[_]>::to_vec).collect()
}

/// The conditions that a file has with a known value, and did not have before.
fn conditions(file: &Path, before: &str, after: &str) -> Vec<Left> {
    let mut known: Vec<String> = known_conditions(before).into_iter().map(|(_, of)| of).collect();
    let (lines, map) = (Lines::of(after), LineMap::of(before, after));
    let mut left = Vec::new();
    for (at, of) in known_conditions(after) {
        if let Some(index) = known.iter().position(|known| *known == of) {
            known.swap_remove(index);
            continue;
        }
        let shown = of.lines().next().unwrap_or_default();
        left.push(Left {
            file: file.to_owned(),
            line: map.before(lines.location(at).line),
            reason: format!("this has a known value now, and is not simplified: {shown}"),
            rest: Rest::Condition,
        });
    }
    left
}

/// Where code takes the number of a gate that is declared after one that is removed: it becomes smaller.
fn numbered(
    names: &Names<'_>,
    uses: &[Use],
    wanted: &Wanted,
    is_own: &dyn Fn(EnumId) -> bool,
) -> Result<Vec<Left>, Error> {
    let is_later = |used: &&Use| {
        used.declaring.filter(|id| is_own(*id)).is_some_and(|id| {
            let at = |name: &str| names.enums[id].gates.iter().position(|gate| gate == name);
            used.kind == Kind::Value && at(&used.gate) > at(&wanted.variant)
        })
    };
    let mut left = Vec::new();
    for used in uses.iter().filter(is_later) {
        let text = read(&used.file)?;
        let after = text.get(used.expression.end..).unwrap_or_default().trim_start();
        if after.strip_prefix("as").is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            left.push(Left {
                file: used.file.clone(),
                line: used.location.line,
                reason: format!("the number of {} is smaller by one from now on", used.gate),
                rest: Rest::Code,
            });
        }
    }
    Ok(left)
}

fn site(used: &Use) -> Site {
    (used.file.clone(), used.name.start)
}

/// The parts of some sites, the first of them last.
fn halves(mut sites: Vec<Site>) -> Vec<Vec<Site>> {
    let later = sites.split_off(sites.len() / 2);
    [later, sites].into_iter().filter(|part| !part.is_empty()).collect()
}

/// What documentation and configuration say about a gate.
fn mention(used: &Use) -> Left {
    let (file, line) = (used.file.clone(), used.location.line);
    match used.kind {
        Kind::Configuration => noted(
            file,
            line,
            "this configuration still sets the gate; remove the setting, or use --fix",
        ),
        Kind::Text => noted(file, line, "this mentions the gate, and is not read as configuration"),
        _ => noted(file, line, "this documentation mentions the gate"),
    }
}

/// What names the gate, although it is removed.
fn noted(file: PathBuf, line: u32, reason: &str) -> Left {
    Left { file, line, reason: reason.to_owned(), rest: Rest::Mention }
}
