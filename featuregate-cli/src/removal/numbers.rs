//! Numbers whose type the side that is removed said: without it, they may be of another one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use featuregate_core::__private::slice;
use similar::{ChangeTag, TextDiff};

use super::compile::{FALLBACK, Levels};
use super::files::{Texts, read};
use super::journal::Change;
use super::remove::{Note, Removal};
use crate::error::Error;

/// How often a number without a type is in a file.
type Counts = BTreeMap<(PathBuf, String), usize>;

/// A number that gets the type of numbers about which nothing is said.
struct Untyped {
    file: PathBuf,
    line: u32,
    number: String,
}

impl Removal<'_> {
    /// The numbers in changed lines that now are `i32` or `f64` since nothing says another type, and had one before. Clippy
    /// knows which they are.
    pub(super) fn retyped(&self) -> Result<Vec<Note>, Error> {
        let mut added: BTreeMap<PathBuf, Vec<Range<usize>>> = BTreeMap::new();
        for Change { path, before, after } in self.files.changes()? {
            let lines = added_lines(&before, &after);
            if lines
                .iter()
                .any(|line| slice(&after, line.clone()).contains(|c: char| c.is_ascii_digit()))
            {
                added.insert(self.files.copy.there(&path), lines);
            }
        }
        if added.is_empty() || !self.has_clippy() {
            return Ok(Vec::new());
        }
        let is_added = |file: &PathBuf, at: usize| {
            added.get(file).is_some_and(|lines| lines.iter().any(|line| line.contains(&at)))
        };
        let (new, counts) = self.untyped(&is_added)?;
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let texts = self.files.texts()?;
        self.files.restore(&Texts::new())?;
        let before = self.untyped(&|_, _| false);
        self.files.restore(&texts)?;
        let (_, before) = before?;
        let is_new = |untyped: &Untyped| {
            let key = (untyped.file.clone(), untyped.number.clone());
            counts.get(&key) > before.get(&key)
        };
        let new = new.into_iter().filter(is_new);
        Ok(new.map(|Untyped { file, line, number }| Note {
            file: self.files.copy.back(&file),
            line,
            text: format!("only the removed code said which type {number} has; give it one, as in {number}_u64"),
            is_open: true,
        }).collect())
    }

    /// The numbers without a type that are wanted, and how many there are of each in the workspace.
    fn untyped(
        &self,
        is_wanted: &dyn Fn(&PathBuf, usize) -> bool,
    ) -> Result<(Vec<Untyped>, Counts), Error> {
        let mut wanted = Vec::new();
        let mut counts = Counts::new();
        let Some(features) = self.features.last() else { return Ok((wanted, counts)) };
        for message in self.check(*features, Levels::Numbers)? {
            let Some(span) =
                message.spans.first().filter(|_| message.code.as_deref() == Some(FALLBACK))
            else {
                continue;
            };
            let Ok(text) = read(&message.file) else { continue };
            let number = slice(&text, span.clone()).to_owned();
            *counts.entry((message.file.clone(), number.clone())).or_default() += 1;
            if is_wanted(&message.file, span.start) {
                wanted.push(Untyped { file: message.file, line: message.line, number });
            }
        }
        Ok((wanted, counts))
    }
}

/// The lines that only the second text has.
fn added_lines(before: &str, after: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut added = Vec::new();
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        let end = at + change.value().len();
        match change.tag() {
            ChangeTag::Insert => added.push(at..end),
            ChangeTag::Equal => {}
            ChangeTag::Delete => continue,
        }
        at = end;
    }
    added
}
