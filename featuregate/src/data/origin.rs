//! The source of a value, as data.

use featuregate_core::{Assignment, Cause, Notation, Origin, Source, SourceKind};
use serde::ser::SerializeMap;

/// Writes the source of a value: the default, a group, a gate that implies it, or the gate's own assignment. Only
/// the fields that apply.
pub(super) fn write<M: SerializeMap>(
    map: &mut M,
    cause: Cause<&Assignment>,
    implied_by: Option<&str>,
) -> Result<(), M::Error> {
    let origin = cause.assignment().map(|by| &by.origin);
    let (kind, group) = match cause {
        Cause::Default => ("default", None),
        Cause::Own(by) => (by.origin.source().kind(), None),
        Cause::Group(by) => ("group", Some(&by.name)),
        Cause::Implied(_) => ("implied", None),
        Cause::Unmet => ("unmet", None),
    };
    map.serialize_entry("source", kind)?;
    let source = origin.map(Origin::source);
    if let Some(name) = source.filter(|source| !is_usual(source)).and_then(Source::name) {
        map.serialize_entry("name", name)?;
    }
    if let Some(path) = origin.and_then(Origin::path) {
        map.serialize_entry("path", path)?;
    }
    if let Some(line) = origin.and_then(Origin::line) {
        map.serialize_entry("line", &line)?;
    }
    if let Some(column) = origin.and_then(Origin::column) {
        map.serialize_entry("column", &column)?;
    }
    if let Some(item) = origin.and_then(Origin::item) {
        map.serialize_entry("item", item)?;
    }
    if let Some(by) = source.and_then(Source::by) {
        map.serialize_entry("changed_by", by)?;
    }
    if let Some(at) = source.and_then(Source::changed_at) {
        map.serialize_entry("changed_at", at)?;
    }
    if let Some(group) = group {
        map.serialize_entry("group", group)?;
    }
    if let Some(gate) = implied_by {
        map.serialize_entry("implied_by", gate)?;
    }
    Ok(())
}

/// Whether a source needs no name: a file has its path, and a program has one flag and one variable with assignments.
fn is_usual(source: &Source) -> bool {
    source.source_kind() == SourceKind::Config || *source.notation() == Notation::Assignments
}
