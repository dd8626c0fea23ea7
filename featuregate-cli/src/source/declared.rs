//! What a source declares: its gates as a manifest, each with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use featuregate_core::manifest::{self, Manifest};
use featuregate_core::{RemovedPolicy, Version};
use featuregate_syntax::{Diagnostic, Model};
use proc_macro2::Span;
use syn::ext::IdentExt as _;

use super::enums::{self, Enum};
use super::files::{Chosen, Source, SourceFile};
use crate::failure::Failure;

/// The enums of a component, as far as they can be read.
#[derive(Debug)]
pub(crate) struct Declared {
    /// What is wrong with the declarations, each with the number of its file.
    pub(crate) mistakes: Vec<(usize, Diagnostic)>,
    /// What they declare; nothing where there are mistakes.
    pub(crate) union: Option<Union>,
}

/// The gates of enums that belong together.
#[derive(Debug)]
pub(crate) struct Union {
    /// Their manifest.
    pub(crate) manifest: Manifest,
    /// Where each gate or tombstone stands, by name.
    pub(crate) gates: BTreeMap<String, Gate>,
    /// Where the enum stands of which it has most.
    pub(crate) place: Gate,
}

/// Where a gate stands in the source.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    /// The number of the file.
    pub(crate) file: usize,
    /// The bytes of its name.
    pub(crate) span: Range<usize>,
}

impl Declared {
    /// Reads the enums of a source.
    pub(crate) fn of(source: &Source, chosen: &Chosen) -> Result<Self, Failure> {
        let mut enums: Vec<(usize, Enum)> = Vec::new();
        for (number, file) in source.files.iter().enumerate() {
            let found =
                enums::of(file, source.version).map_err(|error| unreadable(file, &error))?;
            enums.extend(found.into_iter().map(|found| (number, found)));
        }
        let wanted = |found: &Enum| match &chosen.name {
            Some(name) => found.item.ident.unraw() == name,
            None => true,
        };
        enums.retain(|(_, found)| wanted(found));
        if enums.is_empty() {
            let whose =
                chosen.name.as_ref().map_or("enum".to_owned(), |name| format!("enum {name}"));
            return Err(Failure::new(format!(
                "no {whose} in {} derives FeatureGate; name another source with --package or --src",
                source.folder.display()
            )));
        }
        let mut mistakes = Vec::new();
        let mut models: Vec<(usize, &Enum, &Model)> = Vec::new();
        for (file, found) in &enums {
            match &found.model {
                Ok(model) => models.push((*file, found, model)),
                Err(wrong) => mistakes.extend(wrong.iter().map(|it| (*file, it.clone()))),
            }
        }
        if !mistakes.is_empty() {
            return Ok(Self { mistakes, union: None });
        }
        let union = union(source, &models)?;
        Ok(Self { mistakes, union: Some(union) })
    }
}

fn unreadable(file: &SourceFile, error: &syn::Error) -> Failure {
    let place = error.span().start();
    let (line, column) = (place.line, place.column + 1);
    Failure::new(format!("{}:{line}:{column}: the source can't be read: {error}", file.path))
}

/// One manifest of all enums, which must be of one component.
fn union(source: &Source, models: &[(usize, &Enum, &Model)]) -> Result<Union, Failure> {
    let told = |model: &Model| match &model.component {
        Some(component) => format!("{} of component {component}", model.ident),
        None => model.ident.to_string(),
    };
    let (first_file, first_enum, first) = models.first().ok_or_else(|| Failure::new("no enum"))?;
    for (_, _, model) in models {
        let same = model.component == first.component
            && model.version == first.version
            && model.removed_gates == first.removed_gates;
        if !same {
            return Err(Failure::new(format!(
                "the enums {} and {} don't belong together, since component, version and removed_gates \
                 differ; choose one with --enum, and give each a manifest of its own with --manifest",
                told(first),
                told(model)
            )));
        }
    }
    let mut gates: BTreeMap<String, Gate> = BTreeMap::new();
    let mut listed: Vec<manifest::Gate> = Vec::new();
    let variants = variants(models);
    for (file, found, model) in models {
        let mut add = |gate: manifest::Gate, span: Span| {
            let place = Gate { file: *file, span: span.byte_range() };
            let name = gate.name().to_owned();
            if let Some(other) = gates.insert(name.clone(), place) {
                let other = source.files.get(other.file).map_or("?", |file| &file.path);
                return Err(Failure::new(format!(
                    "gate {name} is declared twice, by {} and in {other}; rename one of them",
                    model.ident
                )));
            }
            listed.push(gate);
            Ok(())
        };
        for (gate, variant) in model.gates.iter().zip(&found.item.variants) {
            let mut entry = manifest::Gate::of_spec(&gate.spec);
            let conditions = [&*found.conditions, &enums::conditions(&variant.attrs)].concat();
            entry.cfg = all(&conditions);
            for other in &gate.others {
                let named = other.path.clone().into_iter().last().map(|last| last.to_string());
                let key = (named.unwrap_or_default(), other.variant.unraw().to_string());
                entry.spec.requires.extend(variants.get(&key).cloned());
            }
            entry.spec.requires.sort();
            let declared: Vec<String> = gate.spec.requires().map(Into::into).collect();
            if gate.others.is_empty() {
                entry.spec.requires = declared;
            }
            add(entry, gate.ident.span())?;
        }
        let attributes = found.item.attrs.iter().filter(|it| it.path().is_ident("tombstone"));
        for (tombstone, attribute) in model.tombstones.iter().zip(attributes) {
            let span = match &attribute.meta {
                syn::Meta::List(list) => list.tokens.clone().into_iter().next().map(|it| it.span()),
                _ => None,
            };
            let mut entry = manifest::Gate::of_spec(tombstone);
            entry.cfg = all(&found.conditions);
            add(entry, span.unwrap_or_else(|| model.ident.span()))?;
        }
    }
    let manifest = Manifest::new(first.version, first.removed_gates, listed);
    let span = first_enum.item.ident.span().byte_range();
    Ok(Union { manifest, gates, place: Gate { file: *first_file, span } })
}

/// The gates of all enums by enum and variant.
fn variants(models: &[(usize, &Enum, &Model)]) -> BTreeMap<(String, String), String> {
    let of = |(_, _, model): &(usize, &Enum, &Model)| {
        let name = model.ident.unraw().to_string();
        let gate = move |gate: &featuregate_syntax::Gate| {
            ((name.clone(), gate.ident.unraw().to_string()), gate.spec.name().to_owned())
        };
        model.gates.iter().map(gate).collect::<Vec<_>>()
    };
    models.iter().flat_map(of).collect()
}

/// Several conditions as one.
fn all(conditions: &[String]) -> Option<String> {
    match conditions {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("all({})", several.join(", "))),
    }
}

impl Union {
    /// The manifest, in which a tombstone of the short form has the history that a committed one knows.
    pub(crate) fn with_history(&self, committed: Option<&Manifest>) -> Manifest {
        let gates = self.manifest.gates().iter().map(|gate| {
            let mut gate = gate.clone();
            let known = committed.and_then(|committed| committed.get(gate.name()));
            let short = gate.spec.removed.is_some() && gate.spec.milestones.is_empty();
            if let (true, Some(known)) = (short, known) {
                let ended = known.spec.milestones.last().map(|last| last.default);
                if ended.is_some() && ended == gate.spec.value {
                    gate.spec.milestones.clone_from(&known.spec.milestones);
                    gate.spec.value = None;
                }
            }
            gate
        });
        let (version, removed): (Version, RemovedPolicy) =
            (self.manifest.version(), self.manifest.removed());
        Manifest::new(version, removed, gates.collect::<Vec<_>>())
    }

    /// The file in which something stands.
    pub(crate) fn path<'s>(source: &'s Source, gate: &Gate) -> Option<&'s Arc<str>> {
        source.files.get(gate.file).map(|file| &file.path)
    }
}
