//! The files of the copy that a removal changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::copy::Copy;
use super::journal::Change;
use crate::error::Error;
use crate::io::text::with_line_ends_of;
use crate::source::package::field_at;

/// Files and what is in them.
pub(super) type Texts = BTreeMap<PathBuf, String>;

/// The changed files of the copy.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) copy: Copy,
    /// The changed files as they were at first.
    original: Texts,
    /// The files that are formatted as rustfmt does.
    formatted: BTreeMap<PathBuf, bool>,
}

impl Files {
    pub(super) fn new(copy: Copy) -> Self {
        Self { copy, original: Texts::new(), formatted: BTreeMap::new() }
    }

    /// The changed files as they are now.
    pub(super) fn texts(&self) -> Result<Texts, Error> {
        self.original.keys().map(|path| Ok((path.clone(), read(path)?))).collect()
    }

    /// What is different from the workspace, under the names that the files have there.
    pub(super) fn changes(&self) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        for (path, before) in &self.original {
            let after = read(path)?;
            if after != *before {
                changes.push(Change { path: self.copy.back(path), before: before.clone(), after });
            }
        }
        Ok(changes)
    }

    /// Files as they were; those that are not named are as at first.
    pub(super) fn restore(&self, texts: &Texts) -> Result<(), Error> {
        for (path, original) in &self.original {
            let text = texts.get(path).unwrap_or(original);
            if read(path)? != *text {
                write(path, text)?;
            }
        }
        Ok(())
    }

    /// Writes a file of code. What was formatted before is formatted, and what ended without an empty line still does.
    pub(super) fn write_code(
        &mut self,
        path: &Path,
        before: &str,
        mut after: String,
    ) -> Result<(), Error> {
        let known = self.formatted.get(path).copied();
        let was =
            known.unwrap_or_else(|| self.rustfmt(path, before).is_some_and(|text| text == before));
        self.formatted.insert(path.to_owned(), was);
        if was {
            after = self.rustfmt(path, &after).unwrap_or(after);
        }
        after = with_line_ends_of(before, &after);
        for end in ["\n", "\r\n"] {
            let empty = end.repeat(2);
            while after.ends_with(&empty) && !before.ends_with(&empty) {
                after.truncate(after.len() - end.len());
            }
        }
        self.write(path, &after)
    }

    pub(super) fn write(&mut self, path: &Path, text: &str) -> Result<(), Error> {
        if !self.original.contains_key(path) {
            self.original.insert(path.to_owned(), read(path)?);
        }
        write(path, text)
    }

    fn rustfmt(&self, file: &Path, text: &str) -> Option<String> {
        let edition = field_at(file, "edition").unwrap_or_else(|| "2015".to_owned());
        let mut child = Command::new("rustfmt")
            .args(["--emit", "stdout", "--edition", &edition])
            // In the workspace itself, so that its configuration and those of the folders above it apply.
            .current_dir(self.copy.back(file).parent()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut stdin = child.stdin.take()?;
        let text = text.to_owned();
        let writer = std::thread::spawn(move || {
            // It may end before it has read all.
            let _ = std::io::Write::write_all(&mut stdin, text.as_bytes());
        });
        let output = child.wait_with_output().ok()?;
        writer.join().ok()?;
        if !output.status.success() {
            return None;
        }
        String::from_utf8(output.stdout).ok().filter(|text| !text.is_empty())
    }
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::file("read", path, &error))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::file("write", path, &error))
}
