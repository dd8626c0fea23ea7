//! `featuregate remove`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use featuregate_core::__private::Name;
use featuregate_core::{GateSpec, Version};

use crate::code::names::GateEnum;
use crate::commands::declaring::{Found, find};
use crate::commands::output::{Console, Outcome};
use crate::commands::refusal;
use crate::commands::uncommitted::objection;
use crate::commands::uses::{absolute, declaring};
use crate::error::{Error, counted};
use crate::io::escape::escape;
use crate::io::git::{self, State};
use crate::io::text::with_line_ends_of;
use crate::lint::audit::Compared;
use crate::lint::checker::Checker;
use crate::lint::rule::Policy;
use crate::lint::transition::spec;
use crate::program::releases::Releases;
use crate::removal::files::read;
use crate::removal::follow::{self, Pages, Updated};
use crate::removal::journal::{self, Change};
use crate::removal::left::Rest;
use crate::removal::lines::LineMap;
use crate::removal::remove::{Note, Removal, Removed, Wanted};
use crate::source::package::shown;
use crate::source::selection::{Selected, Selection};

/// Takes finished gates out of the code.
///
/// Each check of a gate becomes its value, and the code around it becomes simpler: branches that are never taken, variables,
/// arms, loops and what follows an early return are removed, with the tests of the side that no longer exists, and then
/// the functions, imports and variables that nothing uses any more. The gate becomes a tombstone, and the manifest is
/// updated, with the pages that `featuregate docs` wrote from it.
///
/// All of this is done in a copy of the workspace (in its target folder) and compiled there, with default and with all
/// features. What compiles is shown and written, as a whole or not at all. What is not known, such as the arguments of a
/// macro, or a gate that is passed on as a value, is listed, and the gate then stays in its enum. New warnings of the
/// compiler that are left are listed too.
///
/// Exit codes: 0 if the gates were removed; 1 if code is left for a person, which is listed; 2 for wrong usage, a workspace
/// that does not compile as it is, and files with uncommitted changes: then nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Remove {
    /// The gates. Without --as, each must be locked.
    #[arg(value_name = "GATE", required = true)]
    gates: Vec<String>,
    #[command(flatten)]
    selection: Selection,
    /// The value that the gates have from now on; by default the one that they are locked to.
    #[arg(long = "as", value_enum, value_name = "VALUE")]
    value: Option<Value>,
    /// Also removes the settings of the gates from configuration in the workspace, where that is the right fix, as
    /// `check --fix` does. Without it they are listed.
    #[arg(long)]
    fix: bool,
    /// Shows what would change, and writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Also changes files of a git repository that have uncommitted changes, or that it does not track.
    #[arg(long)]
    allow_dirty: bool,
}

/// The value of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Value {
    /// The new code stays.
    On,
    /// The old code stays.
    Off,
}

const EXAMPLES: &str = "\
Examples:
  What would change:
    featuregate remove Cache --dry-run
  A gate that was tried and given up:
    featuregate remove Prefetch --as off
  With its settings in the configuration of this repository:
    featuregate remove Cache --fix
  Then commit with the message that is offered:
    git commit -a";

impl Remove {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let workspace = self.selection.code.workspace()?;
        let (_alone, completed) = journal::begin(&workspace.target)?;
        for path in completed {
            let path = shown(&path);
            writeln!(console.err, "note: {path}: completed a removal that was interrupted")?;
        }
        let selected = self.selection.read()?;
        if refusal::report(std::slice::from_ref(&selected), console)? {
            return Err(Error::new("nothing was changed, since the gates cannot be read"));
        }
        let wanted = self.wanted(&selected)?;
        let watched = console.watched;
        let mut progress = |what: &str| {
            if watched {
                // What cannot be shown is only not shown.
                let _ = writeln!(console.err, "{what}");
            }
        };
        let removal = Removal::begin(&workspace, &mut progress)?;
        let declaring = declaring(std::slice::from_ref(&selected));
        let follow = |there: &dyn Fn(&Path) -> PathBuf, removed: &[Removed]| {
            self.follow(&selected, &declaring, there, removed)
        };
        let outcome = removal.remove(wanted, &declaring, follow)?;
        let objections = self.objections(&outcome.changes);
        let is_written = !self.dry_run && objections.is_empty();
        for change in &outcome.changes {
            let path = shown(&change.path);
            console.show_diff((&path, &change.before), (&path, &change.after))?;
        }
        // What is written has other lines.
        let changed: BTreeMap<&Path, LineMap> = if is_written {
            let maps = outcome
                .changes
                .iter()
                .map(|change| (change.path.as_path(), LineMap::of(&change.before, &change.after)));
            maps.collect()
        } else {
            BTreeMap::new()
        };
        let line = |file: &Path, line| changed.get(file).map_or(line, |lines| lines.after(line));
        for Note { file, line: at, text } in &outcome.notes {
            let (path, text) = (shown(file), escape_lines(text));
            writeln!(console.out, "{}:{}: {text}", escape(&path), line(file, *at))?;
        }
        let rest = outcome.removed.iter().flat_map(|removed| &removed.left);
        let is_done = outcome.removed.iter().all(|removed| removed.done)
            && rest.into_iter().all(|left| left.rest == Rest::Mention);
        for removed in &outcome.removed {
            for left in &removed.left {
                let (path, gate) = (shown(&left.file), &removed.wanted.variant);
                writeln!(
                    console.out,
                    "{}:{}: {gate}: {}",
                    escape(&path),
                    line(&left.file, left.line),
                    escape_lines(&left.reason)
                )?;
            }
            writeln!(console.out, "{}", summary(removed, is_written))?;
        }
        if !self.dry_run && !objections.is_empty() {
            return Err(Error::Messages(objections).after("nothing was written".to_owned()));
        }
        if self.dry_run || outcome.changes.is_empty() {
            return Ok(if is_done { Outcome::Clean } else { Outcome::Errors });
        }
        journal::write(&workspace.target, &outcome.changes)?;
        writeln!(console.out, "{} changed", counted(outcome.changes.len(), "file"))?;
        if is_done {
            writeln!(console.out, "\nA message for the commit:\n\n{}", message(&outcome.removed))?;
        }
        Ok(if is_done { Outcome::Clean } else { Outcome::Errors })
    }

    fn wanted(&self, selected: &Selected) -> Result<Vec<Wanted>, Error> {
        let mut errors = Vec::new();
        let mut all: Vec<Wanted> = Vec::new();
        for name in &self.gates {
            match self.one(name, selected) {
                // A gate can be named twice, by its name and by that of its variant.
                Ok(wanted) if all.contains(&wanted) => {}
                Ok(wanted) => all.push(wanted),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(all) } else { Err(Error::Messages(errors)) }
    }

    fn one(&self, name: &str, selected: &Selected) -> Result<Wanted, String> {
        let found = find(selected, None, name).map_err(|error| error.to_string())?;
        // Under several conditions, it is in one enum.
        let found = found.first().and_then(|found| Some((*found, found.declared.variant.clone()?)));
        let Some((Found { component, of, declared }, variant)) = found else {
            return Err(format!("unknown gate {}", Name(name)));
        };
        let value = match self.value {
            Some(value) => value == Value::On,
            None => locked(&spec(&declared.gate), component.version).ok_or_else(|| {
                format!(
                    "gate {name} is not locked in {}; name its value with --as on or --as off",
                    component.version
                )
            })?,
        };
        Ok(Wanted {
            gate: declared.gate.clone(),
            variant,
            enumeration: of.name.clone(),
            file: absolute(&of.spot.path),
            release: component.version,
            value,
        })
    }

    /// The files of the copy that are not code and change with the gates.
    fn follow(
        &self,
        selected: &Selected,
        declaring: &[GateEnum],
        there: &dyn Fn(&Path) -> PathBuf,
        removed: &[Removed],
    ) -> Result<Vec<Updated>, Error> {
        let moved = self.selection.moved(there)?.read()?;
        let compared = Compared::of(&moved, None)?;
        if compared.components.is_empty() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        if compared.committed.is_some() {
            let path = there(&selected.manifest());
            all.push(Updated { path, text: compared.written(), left: Vec::new() });
        }
        let committed = compared.committed.as_ref();
        let pages = committed.map(|before| Pages::of(&before.manifest, &compared.expected));
        let pages = pages.transpose()?;
        let after = Releases::of([compared.expected.clone()]);
        let keys: Vec<String> = after.variables().cloned().collect();
        let policy = Policy::find(None, &selected.folder)?;
        let checker = Checker::new(&after, &[after.newest()], &keys).under(policy);
        let others = if self.fix { self.selection.read_others(selected)? } else { Vec::new() };
        let others = self::declaring(&others);
        let is_own = |name: &str| !others.iter().any(|other| other.written.contains_key(name));
        // A name without a component can be that of several gates.
        let named = |name: &str| -> Vec<Option<usize>> {
            let all = declaring.iter().filter_map(|of| Some((of, of.written.get(name)?)));
            let removed = |(of, gate): (&GateEnum, &String)| {
                removed.iter().position(|Removed { wanted, .. }| {
                    wanted.variant == *gate
                        && wanted.enumeration == of.name
                        && wanted.file == of.file
                })
            };
            all.map(removed).collect()
        };
        let is_done = |of: &Option<usize>| {
            of.and_then(|index| removed.get(index)).is_some_and(|removed| removed.done)
        };
        // Of a gate that other packages have too, it is not known whose a setting is.
        let is_wanted = |name: &str| {
            let named = named(name);
            !named.is_empty() && named.iter().all(is_done) && is_own(name)
        };
        let listed = |name: &str| named(name).into_iter().flatten().collect();
        let left = removed.iter().filter(|removed| removed.done).flat_map(|it| &it.left);
        let files: BTreeSet<&Path> = left.map(|left| left.file.as_path()).collect();
        for file in files.into_iter().filter(|file| file.extension() != Some("rs".as_ref())) {
            let path = there(file);
            let text = read(&path)?;
            if let Some(page) = pages.as_ref().and_then(|pages| pages.after(&path, &text)) {
                let text = with_line_ends_of(&text, page);
                all.push(Updated { path, text, left: Vec::new() });
            } else if self.fix && !self.is_ignored(file, &text) {
                let fixed = follow::configuration(&path, &text, &checker, &listed, &is_wanted);
                all.extend(fixed);
            }
        }
        Ok(all)
    }

    /// Whether git ignores a file, so that it could not bring it back.
    fn is_ignored(&self, file: &Path, text: &str) -> bool {
        !self.allow_dirty && matches!(git::state(file, text.as_bytes()), Ok(State::Ignored))
    }

    /// Why files may not be changed.
    fn objections(&self, changes: &[Change]) -> Vec<String> {
        if self.allow_dirty {
            return Vec::new();
        }
        let objections = changes.iter().filter_map(|change| {
            let reason = objection(&change.path, &change.before)?;
            Some(format!("{}: {reason}", shown(&change.path)))
        });
        objections.collect()
    }
}

fn summary(removed: &Removed, is_written: bool) -> String {
    let Removed { wanted, replaced, done, left } = removed;
    let uses = counted(*replaced, "use");
    let value = if wanted.value { "on" } else { "off" };
    let would = if is_written { "" } else { "would be " };
    let gate = &wanted.variant;
    if !*done {
        return format!("{gate}: {uses} {would}replaced by {value}; the rest is for a person");
    }
    let open = left.iter().filter(|left| left.rest != Rest::Mention).count();
    let rest = match open {
        0 => String::new(),
        1 => "; 1 place is for a person".to_owned(),
        open => format!("; {open} places are for a person"),
    };
    format!("{gate}: {would}removed as {value}, {uses}{rest}")
}

/// The value that a gate is locked to in a release.
fn locked(spec: &GateSpec, version: Version) -> Option<bool> {
    let milestone = spec.at(version, version.previous_minor());
    milestone.is_locked().then(|| milestone.default())
}

/// A text of several lines without what would control a terminal.
fn escape_lines(text: &str) -> String {
    text.lines().map(|line| escape(line).into_owned()).collect::<Vec<_>>().join("\n")
}

/// A commit message with the owners and issues of the gates.
fn message(removed: &[Removed]) -> String {
    let names: Vec<&str> = removed.iter().map(|removed| removed.wanted.variant.as_str()).collect();
    let s = if names.len() == 1 { "" } else { "s" };
    let mut text = format!("    Remove the gate{s} {}\n", names.join(", "));
    for Removed { wanted, replaced, .. } in removed {
        let value = if wanted.value { "on" } else { "off" };
        let s = if *replaced == 1 { "" } else { "s" };
        let _ = write!(
            text,
            "\n    {} is {value} from now on; {replaced} use{s} of it and the other side are removed.\n    It is a tombstone since {}.\n",
            wanted.variant, wanted.release
        );
        let spec = &wanted.gate.spec;
        for (what, value) in [("Owner", &spec.owner), ("Issue", &spec.issue)] {
            if let Some(value) = value {
                let _ = writeln!(text, "    {what}: {value}");
            }
        }
    }
    text.trim_end().to_owned()
}
