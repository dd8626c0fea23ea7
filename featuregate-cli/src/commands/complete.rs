//! What a shell offers for names that are not part of the command: rules, gates and releases.

use std::collections::BTreeSet;
use std::env;
use std::ffi::{OsStr, OsString};

use clap::builder::StyledStr;
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use featuregate_core::{Milestone, Version};

use crate::lint::rules;
use crate::program::builtin;
use crate::program::gates::Gates;
use crate::program::programs::Programs;

/// The names of the rules.
pub(crate) fn rules() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let rules = rules::all().map(|rule| (rule.name.to_owned(), rule.summary));
        candidates(current, rules.map(|(name, summary)| (name, Some(summary.to_owned()))))
    })
}

/// The names of the gates of the manifests that the line names.
pub(crate) fn gates() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let gates = known_gates();
        let names = gates.iter().flat_map(Gates::iter).map(|listed| listed.gate.name().to_owned());
        candidates(current, names.map(|name| (name, None)))
    })
}

/// The releases in which something changed, the newest first.
pub(crate) fn versions() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let gates = known_gates();
        let changes = gates.iter().flat_map(Gates::iter).flat_map(|listed| {
            let milestones = listed.spec.milestones().iter().map(Milestone::since);
            milestones.chain(listed.spec.removed()).collect::<Vec<Version>>()
        });
        let versions: BTreeSet<Version> =
            changes.chain(gates.as_ref().map(|gates| gates.target)).collect();
        let versions = versions.into_iter().rev().filter(|version| *version != Version::ZERO);
        candidates(current, versions.map(|version| (version.to_string(), None)))
    })
}

/// The lists that are built in, and files.
pub(crate) fn manifests() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let built_in = builtin::PROGRAMS.iter().map(|name| ((*name).to_owned(), None));
        let mut found = candidates(current, built_in);
        found.extend(PathCompleter::any().complete(current));
        found
    })
}

/// Those that begin like the word that is completed, with what they mean.
fn candidates(
    current: &OsStr,
    all: impl Iterator<Item = (String, Option<String>)>,
) -> Vec<CompletionCandidate> {
    let begin = current.to_string_lossy();
    let found = all.filter(|(name, _)| name.starts_with(&*begin));
    found
        .map(|(name, meaning)| CompletionCandidate::new(name).help(meaning.map(StyledStr::from)))
        .collect()
}

/// The gates of the newest release; nothing if they cannot be read, since errors would disturb a completion.
fn known_gates() -> Option<Gates> {
    let programs = Programs::read_one(&manifests_of(env::args_os())).ok()?;
    Gates::at(&programs.main, None).ok()
}

/// The values of `--manifest` in a line.
fn manifests_of(mut words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const OPTION: &str = "--manifest";
    let mut manifests = Vec::new();
    while let Some(word) = words.next() {
        let joined = word.to_str().and_then(|word| word.strip_prefix(OPTION)?.strip_prefix('='));
        match joined {
            Some(value) => manifests.push(value.into()),
            None if word == OPTION => manifests.extend(words.next()),
            None => {}
        }
    }
    manifests
}

#[cfg(test)]
mod tests {
    use super::manifests_of;

    #[test]
    fn the_manifests_of_a_line_are_known() {
        let line = "featuregate explain --manifest a.yaml --manifest=1.36=b.yaml x --manifest";
        let words = line.split(' ').map(Into::into);
        assert_eq!(manifests_of(words), ["a.yaml", "1.36=b.yaml"]);
    }
}
