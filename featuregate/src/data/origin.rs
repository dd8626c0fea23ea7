//! The source of a value, as data.

use featuregate_core::{Assignment, Cause, Notation, Origin, Source, SourceKind};
use serde::ser::{Serialize, SerializeMap};

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
    let named = source.filter(|source| !is_usual(source));
    entry(map, "name", named.and_then(Source::name))?;
    entry(map, "path", origin.and_then(Origin::path))?;
    entry(map, "line", origin.and_then(Origin::line))?;
    entry(map, "column", origin.and_then(Origin::column))?;
    entry(map, "item", origin.and_then(Origin::item))?;
    entry(map, "changed_by", source.and_then(Source::by))?;
    entry(map, "changed_at", source.and_then(Source::changed_at))?;
    entry(map, "group", group)?;
    entry(map, "implied_by", implied_by)
}

/// Writes an entry, if there is something to write.
pub(super) fn entry<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    value: Option<impl Serialize>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, &value))
}

/// Whether a source needs no name: a file has its path, and a program has one flag and one variable with assignments.
fn is_usual(source: &Source) -> bool {
    source.source_kind() == SourceKind::Config || *source.notation() == Notation::Assignments
}
