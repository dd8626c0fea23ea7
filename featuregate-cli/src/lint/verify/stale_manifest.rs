//! A committed manifest that is not up to date with the source.

use std::path::Path;
use std::sync::Arc;

use featuregate_core::manifest::Manifest;

use crate::finding::Finding;
use crate::io::text::Lines;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::finding;
use crate::program::committed::{Committed, Difference};
use crate::source::component::Component;
use crate::source::diagnostic::Spot;

pub(crate) const RULE: Rule =
    rule!("stale-manifest", Error, "the committed manifest is not up to date with the source");

const HELP: &str = "run `featuregate update` and commit the file";

/// Reports the first line of the file that differs, or the enum where there is no file.
pub(crate) fn check(
    components: &[Component],
    path: &Path,
    committed: Option<&Committed>,
    (expected, text): (&Manifest, &str),
) -> Option<Finding> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let Some(committed) = committed else {
        let first = components.first()?.first();
        let message = format!("the manifest {shown} of `{}` does not exist", first.name);
        return Some(finding(&RULE, &first.spot, &first.name, message, HELP));
    };
    if committed.text == text {
        return None;
    }
    let difference = Difference::of(&committed.manifest, expected);
    let byte = first_difference(&committed.text, text);
    let lines = Lines::of(&committed.text);
    let location = lines.location(byte);
    let spot = Spot { path: Arc::from(shown.as_str()), location, span: lines.line(location.line) };
    let message = format!("{shown} is not up to date with the source: {difference}");
    Some(finding(&RULE, &spot, "", message, HELP))
}

/// The start of the first line that differs.
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
