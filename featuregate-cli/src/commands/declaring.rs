//! What the commands that change declarations share: which gate or enum is meant, and how its file changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use featuregate_core::__private::{Name, nearest};

use crate::change::text::Text;
use crate::commands::output::{Console, Outcome};
use crate::commands::{refusal, update};
use crate::error::{Error, did_you_mean, listed};
use crate::finding::Edit;
use crate::io::replace;
use crate::lint::audit::{Audit, Compared};
use crate::lint::rule::Policy;
use crate::lint::transition::is_removed;
use crate::report::Format;
use crate::source::component::Component;
use crate::source::declared::{Declared, Enum};
use crate::source::modules::Instead;
use crate::source::selection::{Selected, Selection};

/// How many gates are named of those that are known.
const SHOWN: usize = 8;

/// The source that changes, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct Declaring {
    #[command(flatten)]
    pub(super) selection: Selection,
    /// Shows the changes, and writes nothing.
    #[arg(long)]
    dry_run: bool,
    /// The levels of rules; by default featuregate.toml beside the package's Cargo.toml or in a folder above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// The edits of files.
pub(crate) type Edits = BTreeMap<Arc<str>, Vec<Edit>>;

impl Declaring {
    /// The source as it is; `None` if its gates cannot be read, which is reported.
    pub(crate) fn read(&self, console: &mut Console) -> Result<Option<Selected>, Error> {
        let selected = self.selection.read_around(&Instead::default())?;
        let refused = refusal::report(std::slice::from_ref(&selected), console)?;
        Ok((!refused).then_some(selected))
    }

    /// Makes edits of the source, and writes the manifest, if the edited source obeys every rule. Otherwise, nothing is
    /// written.
    ///
    /// `meaning` is what the edits do, printed after the name of each file.
    pub(crate) fn change(
        &self,
        selected: &Selected,
        edits: Edits,
        meaning: &str,
        console: &mut Console,
    ) -> Result<Outcome, Error> {
        let mut instead = Instead::default();
        let mut files = Vec::new();
        for (path, edits) in edits {
            let read = Text::read(Path::new(&*path))
                .map_err(|error| Error::new(format!("cannot read {path}: {error}")))?;
            let edited = read.edited(edits);
            instead.insert(Path::new(&*path), edited.clone());
            files.push((path, read.0, edited));
        }
        let after = self.selection.read_around(&instead)?;
        let policy = Policy::find(self.config.as_deref(), &selected.folder)?;
        let compared = Compared::of(&after, None)?;
        let mut audit = Audit::of(&after, &policy);
        audit.over_time(&compared);
        let refused = audit.has_errors();
        let report = audit.report();
        if !report.findings.is_empty() {
            report.write(Format::Human, &mut console.out)?;
        }
        if refused {
            console.out.flush()?;
            writeln!(
                console.err,
                "nothing was written, since the changed source would break a rule"
            )?;
            return Ok(Outcome::Errors);
        }
        if self.dry_run {
            for (path, before, edited) in &files {
                console.show_diff((path, before), (path, edited))?;
            }
            let manifest = compared.path.display().to_string();
            let before = compared.committed.as_ref().map(|committed| committed.text.as_str());
            let before = before.unwrap_or_default();
            console.show_diff((&manifest, before), (&manifest, &compared.text))?;
            return Ok(Outcome::Clean);
        }
        let mut all: Vec<(&Path, &[u8], &str)> = files
            .iter()
            .map(|(path, before, edited)| (Path::new(&**path), before.as_bytes(), edited.as_str()))
            .collect();
        let changes = update::changes(&compared)?;
        let written = compared.written();
        // The manifest comes last: one that is out of date is found by `verify`.
        let committed = compared.committed.as_ref().filter(|_| changes);
        all.extend(committed.map(|committed| {
            (compared.path.as_path(), committed.original.as_bytes(), written.as_str())
        }));
        // Everything that can fail is done before the first file changes.
        replace::stage(&all).and_then(replace::Staged::commit).map_err(|(path, reason)| {
            Error::new(format!("cannot change {}: {reason}; nothing was changed", path.display()))
        })?;
        for (path, _, _) in &files {
            writeln!(console.out, "{path}: {meaning}")?;
        }
        if committed.is_some() {
            update::announce(&compared, console)?;
        } else {
            update::write(&compared, console)?;
        }
        Ok(Outcome::Clean)
    }

    /// What a person does next, unless nothing was written.
    pub(crate) fn advise(&self, advice: &str, console: &mut Console) -> Result<(), Error> {
        if self.dry_run { Ok(()) } else { Ok(writeln!(console.out, "next: {advice}")?) }
    }
}

/// A declaration of a gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) component: &'a Component,
    pub(crate) of: &'a Enum,
    pub(crate) declared: &'a Declared,
}

/// The declarations of a gate that has this name in a text, or without its component: several, if it is declared under
/// several conditions.
pub(crate) fn find<'a>(
    selected: &'a Selected,
    of: Option<&str>,
    name: &str,
) -> Result<Vec<Found<'a>>, Error> {
    let all: Vec<Found<'a>> = enums(selected, of)
        .flat_map(|(component, of)| {
            of.gates.values().map(move |declared| Found { component, of, declared })
        })
        .collect();
    let with = |is: &dyn Fn(Found<'a>) -> bool| -> Vec<Found<'a>> {
        all.iter().copied().filter(|found| is(*found)).collect()
    };
    let mut found = with(&|found| found.written() == name);
    if found.is_empty() {
        found = with(&|found| {
            found.declared.gate.name() == name || found.declared.variant.as_deref() == Some(name)
        });
    }
    let mut names: Vec<String> = found.iter().map(Found::written).collect();
    names.dedup();
    if names.len() > 1 {
        let names = names.join(", ");
        return Err(Error::new(format!(
            "several components have a gate {}; write one of {names}",
            Name(name)
        )));
    }
    if let Some(removed) = found.iter().find(|found| is_removed(&found.declared.gate)) {
        let release = removed.declared.gate.spec.removed.as_deref().unwrap_or_default();
        return Err(Error::new(format!("gate {} was removed in {release}", Name(name))));
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let former = |found: &&Found<'_>| found.declared.gate.spec.aliases.iter().any(|it| it == name);
    if let Some(now) = all.iter().find(former) {
        let now = now.written();
        return Err(Error::new(format!(
            "{} is a former name of {}; write that",
            Name(name),
            Name(&now)
        )));
    }
    let known = all.iter().filter(|found| !is_removed(&found.declared.gate));
    let known: Vec<String> = known.map(Found::written).collect();
    let near = nearest(name, known.iter().map(String::as_str));
    let help = did_you_mean(near, &format!("the package declares {}", listed(&known, SHOWN)));
    Err(Error::new(format!("unknown gate {}; {help}", Name(name))))
}

impl Found<'_> {
    /// The name of the gate in a text.
    pub(crate) fn written(&self) -> String {
        self.component.written(self.declared.gate.name())
    }
}

/// The enums with this name, or all.
pub(crate) fn enums<'a>(
    selected: &'a Selected,
    name: Option<&str>,
) -> impl Iterator<Item = (&'a Component, &'a Enum)> {
    let components = selected.source.components.iter();
    let enums = components.flat_map(|component| component.enums().map(move |of| (component, of)));
    enums.filter(move |(_, of)| name.is_none_or(|name| of.name == name))
}
