//! A committed manifest that is not what the source comes to.

use std::path::Path;
use std::sync::Arc;

use featuregate_core::manifest::Manifest;

use super::Breach;
use crate::finding::Level;
use crate::io::text::Lines;
use crate::lint::rules::Rule;
use crate::program::committed::Committed;
use crate::program::difference::Difference;
use crate::source::{Component, Spot};

pub(crate) const RULE: Rule = Rule {
    name: "stale-manifest",
    level: Level::Error,
    summary: "the committed manifest is not what the source comes to",
    page: include_str!("../../../../docs/rules/stale-manifest.md"),
    ..Rule::USUAL
};

const HELP: &str = "run `featuregate update` and commit the file";

/// Tells the first line of the file that differs, or the enum where there is no file.
pub(crate) fn check(
    component: &Component,
    path: &Path,
    committed: Option<&Committed>,
) -> Option<Breach> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let Some(committed) = committed else {
        let first = component.enums.first()?;
        return Some(Breach {
            spot: first.spot.clone(),
            gate: first.name.clone(),
            message: format!("there is no {shown} with the gates of `{}`", first.name),
            help: HELP.into(),
        });
    };
    let expected = expected(component, Some(committed));
    let text = expected.to_yaml();
    if committed.text == text {
        return None;
    }
    let difference = Difference::of(&committed.manifest, &expected);
    let byte = first_difference(&committed.text, &text);
    let lines = Lines::of(&committed.text);
    let place = lines.place(byte);
    Some(Breach {
        spot: Spot { path: Arc::from(shown.as_str()), place, span: lines.line(place.line) },
        gate: String::new(),
        message: format!("{shown} is not what the source comes to: {difference}"),
        help: HELP.into(),
    })
}

/// What should be committed: what is declared, with what only the committed manifest knows.
pub(crate) fn expected(component: &Component, committed: Option<&Committed>) -> Manifest {
    match committed {
        Some(committed) => component.manifest.clone().keeping(&committed.manifest),
        None => component.manifest.clone(),
    }
}

/// The begin of the first line that differs.
fn first_difference(committed: &str, expected: &str) -> usize {
    let same = committed.split_inclusive('\n').zip(expected.split_inclusive('\n'));
    let same = same.take_while(|(one, other)| one == other);
    let byte = same.map(|(line, _)| line.len()).sum();
    // Where lines are missing at the end, the last one is the nearest.
    if byte < committed.len() {
        byte
    } else {
        committed.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1)
    }
}
