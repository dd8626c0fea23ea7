//! Answers about Rust, in which gates are declared.

use std::ops::Range;

use featuregate_core::__private::on_or_off;
use featuregate_core::manifest::Manifest;
use featuregate_core::{Precision, Stage, Version};
use featuregate_syntax::milestone_key;
use gen_lsp_types::{CompletionItem, CompletionItemKind, MarkupContent, TextEdit};

use crate::error::Error;
use crate::finding::Finding;
use crate::lint::rules::of_diagnostic;
use crate::lint::transition;
use crate::lsp::document::Document;
use crate::lsp::position::{Encoding, Index};
use crate::lsp::remark::Remark;
use crate::lsp::text::Markup;
use crate::program::gates::Gates;
use crate::program::releases::Releases;
use crate::source::declared::{Declared, Enum};
use crate::source::diagnostic::Diagnostic;
use crate::source::package;
use crate::source::read::Declarations;

/// What a document declares; `None` if it does not mention gates, or its crate has no version.
fn declarations(document: &Document) -> Option<Declarations> {
    let text = document.text().filter(|text| text.contains("FeatureGate"))?;
    let version = package::version_at(document.file.as_deref()?)?;
    Some(Declarations::read(document.path.clone(), text, version))
}

/// What the derive would refuse.
pub(super) fn remarks(document: &Document, encoding: Encoding) -> Vec<Remark> {
    let Some(declared) = declarations(document) else { return Vec::new() };
    let finding = |diagnostic: &Diagnostic| {
        let Diagnostic { spot, gate, message, help, code } = diagnostic;
        transition::finding(of_diagnostic(*code), spot, gate, message.clone(), help.as_str())
    };
    let findings: Vec<Finding> = declared.diagnostics.iter().map(finding).collect();
    // Its lines are those of the document, except for their ends.
    Remark::all(&findings, &[], &Index::of(&declared.text, encoding))
}

/// The gate whose name or milestone is at a position, and the range of that.
pub(super) fn hover(
    document: &Document,
    position: gen_lsp_types::Position,
    (encoding, markup): (Encoding, Markup),
) -> Result<Option<(MarkupContent, gen_lsp_types::Range)>, Error> {
    let Some(declared) = declarations(document) else { return Ok(None) };
    let index = Index::of(&declared.text, encoding);
    let byte = index.byte(position);
    for declaring in &declared.enums {
        for gate in declaring.gates.values() {
            let Some(span) = span_at(gate, byte) else { continue };
            let gates = gates(declaring)?;
            let Some(listed) = gates.get(gate.gate.name()) else { continue };
            return Ok(Some((markup.story(&gates, listed)?, index.range(span))));
        }
    }
    Ok(None)
}

/// The name or milestone of a gate at a byte.
fn span_at(gate: &Declared, byte: usize) -> Option<Range<usize>> {
    let mut spots = std::iter::once(&gate.spot).chain(&gate.milestones);
    let here = |span: &Range<usize>| span.start <= byte && byte <= span.end;
    spots.find(|spot| here(&spot.span)).map(|spot| spot.span.clone())
}

/// The gates of an enum, at its release.
fn gates(declaring: &Enum) -> Result<Gates, Error> {
    let gates: Vec<_> = declaring.gates.values().map(|declared| declared.gate.clone()).collect();
    let manifest = Manifest::new(declaring.version, declaring.removed, gates)
        .with_groups(declaring.groups.clone());
    Gates::at(&Releases::of([manifest]), None)
}

/// The stages that can be written at a byte, with the release that the source is.
pub(super) fn completion(
    document: &Document,
    (text, byte): (&str, usize),
    index: &Index<'_>,
) -> Vec<CompletionItem> {
    let Some(before) = text.get(..byte) else { return Vec::new() };
    let Some(word) = entry(before) else { return Vec::new() };
    let Some(release) = release(document, before) else { return Vec::new() };
    let range = index.range(word..byte);
    let item = |stage: &Stage| {
        let key = milestone_key(*stage)?;
        let edit = TextEdit { range, new_text: format!("{key} = \"{release}\"") };
        let default = match (stage.usual_default(), stage.usually_locked()) {
            (Some(default), true) => format!("locked {}", on_or_off(default)),
            (Some(default), false) => format!("{} by default", on_or_off(default)),
            (None, _) => "keeps its default".to_owned(),
        };
        Some(CompletionItem {
            label: key.to_owned(),
            kind: Some(CompletionItemKind::Property),
            detail: Some(format!("since {release}, {default}")),
            text_edit: Some(edit.into()),
            ..CompletionItem::default()
        })
    };
    Stage::ALL.iter().filter_map(item).collect()
}

/// Where the entry of an attribute begins that is being written at the end of a text.
fn entry(before: &str) -> Option<usize> {
    let attributes = ["#[gate(", "#[tombstone(", "#[tombstones("];
    let begins = attributes.iter().filter_map(|it| Some(before.rfind(it)? + it.len()));
    let inside = before.get(begins.max()?..)?;
    let (mut depth, mut quoted) = (0_usize, false);
    for c in inside.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            // The end of the attribute, if nothing else is open.
            ')' if !quoted => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    let written = inside.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let begins = matches!(written.trim_end().chars().next_back(), None | Some(','));
    (depth == 0 && !quoted && begins).then(|| before.len() - (inside.len() - written.len()))
}

/// The release of the enum whose attributes come last in a text, or else of the crate, as precisely as the enum counts.
fn release(document: &Document, before: &str) -> Option<Version> {
    let settings =
        before.rsplit_once("#[feature_gate(").and_then(|(_, rest)| rest.split_once(")]"));
    let settings = settings.map_or("", |(settings, _)| settings);
    let setting = |key: &str| {
        let mut entries = settings.split(',').filter_map(|entry| entry.split_once('='));
        let (_, value) = entries.find(|(name, _)| name.trim() == key)?;
        Some(value.trim().trim_matches('"'))
    };
    let of_enum = setting("version").and_then(|version| Precision::Patch.read(version).ok());
    let version = of_enum.or_else(|| package::version_at(document.file.as_deref()?))?;
    Some(if setting("versions") == Some("patch") { version } else { version.with_patch(0) })
}
