//! Numbers whose type the side that is removed said: without it, they may be of another one.

use std::path::Path;

use super::compile::{Levels, Untyped};
use super::journal::Change;
use super::lines::LineMap;
use super::remove::{Note, Removal};
use crate::error::Error;
use crate::io::text::Lines;

/// A number, and the line that it is in.
struct Number<'t> {
    line: u32,
    number: &'t str,
}

impl Removal<'_> {
    /// The numbers of the changed files that now are `i32` or `f64` since nothing says another type, and had one before. Clippy
    /// knows which they are.
    pub(super) fn retyped(&self) -> Result<Vec<Note>, Error> {
        let Some(features) = self.features.first() else { return Ok(Vec::new()) };
        let untyped = self.compile(*features, Levels::Warn)?.untyped;
        let mut notes = Vec::new();
        for Change { path, before, after } in self.files.changes()? {
            let there = self.files.copy.there(&path);
            let mut known = numbers(&self.untyped, &there, &before);
            let lines = LineMap::of(&before, &after);
            // Those on the same lines, and then those that have moved.
            let is_same = |new: &Number<'_>, old: &Number<'_>| {
                new.number == old.number && lines.same(old.line) == Some(new.line)
            };
            let mut new = numbers(&untyped, &there, &after);
            new.retain(|new| take(&mut known, |old| is_same(new, old)).is_none());
            let is_changed = |line| lines.before_if_same(line).is_none();
            new.retain(|new| {
                // In the same part of the text.
                let is_near = |old: &Number<'_>| lines.after(old.line).abs_diff(new.line) <= 1;
                let was = |old: &Number<'_>| new.number == old.number && is_near(old);
                !is_changed(new.line) || take(&mut known, was).is_none()
            });
            notes.extend(new.into_iter().map(|Number { line, number }| Note {
                file: path.clone(),
                line: lines.before(line),
                text: format!(
                    "only the removed code said which type {number} has; give it one, as in {number}_u64"
                ),
            }));
        }
        Ok(notes)
    }
}

/// The numbers in a text of a file.
fn numbers<'t>(untyped: &Untyped, file: &Path, text: &'t str) -> Vec<Number<'t>> {
    let lines = Lines::of(text);
    let own = untyped.iter().filter(|(of, ..)| of == file);
    own.filter_map(|(_, start, end)| {
        Some(Number { line: lines.location(*start).line, number: text.get(*start..*end)? })
    })
    .collect()
}

/// Takes the first number that fits.
fn take<'t>(all: &mut Vec<Number<'t>>, fits: impl Fn(&Number<'t>) -> bool) -> Option<Number<'t>> {
    let index = all.iter().position(fits)?;
    Some(all.swap_remove(index))
}
