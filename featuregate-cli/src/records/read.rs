//! The files that tests with the feature `record` of `featuregate-test` write, merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The extension of the files.
const EXTENSION: &str = "gates";

/// The format, and the version of it that is read.
const FORMAT: (&str, &str) = ("featuregate-record", "1");

/// Why a file that has another format is not read.
const NO_RECORD: &str = "it is not a record of tests; remove it, or name another folder";

/// What runs of tests have read.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// By the gate's name in a text, then by the path of its enum, which begins with the crate.
    gates: BTreeMap<String, BTreeMap<String, Sides>>,
    /// How many files were read.
    pub(crate) files: usize,
    /// How many of them have an incomplete line at the end, since their process was killed.
    pub(crate) incomplete: usize,
}

/// The values with which a gate was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) on: Side,
    pub(crate) off: Side,
}

/// The reads of a gate with one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Side {
    /// Whether it was read, in a test or elsewhere.
    pub(crate) read: bool,
    /// The tests that read it, each with the program that it is part of.
    pub(crate) tests: BTreeSet<(String, String)>,
}

impl Sides {
    /// The reads with a value.
    pub(crate) fn side(&self, value: bool) -> &Side {
        if value { &self.on } else { &self.off }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        for (side, other) in [(&mut self.on, &other.on), (&mut self.off, &other.off)] {
            side.read |= other.read;
            side.tests.extend(other.tests.iter().cloned());
        }
    }
}

/// What is known about the tests of a package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tested<'a> {
    pub(crate) records: &'a Records,
    /// The crates of the package; any crate if there are none.
    pub(crate) crates: &'a [String],
}

impl Records {
    /// Reads the records in folders.
    pub(crate) fn read(folders: &[PathBuf]) -> Result<Self, Error> {
        let mut records = Self::default();
        let mut errors = Vec::new();
        for folder in folders {
            let shown = folder.display();
            match files(folder) {
                Ok(files) if files.is_empty() => errors.push(format!(
                    "{shown} has no records; run the tests with the feature record of featuregate-test, as in {}",
                    advice(folder)
                )),
                Ok(files) => {
                    for file in files {
                        if let Err(reason) = records.add(&file) {
                            errors.push(format!("cannot read {}: {reason}", file.display()));
                        }
                    }
                }
                Err(error) => errors.push(format!(
                    "cannot read the records in {shown}: {error}; run the tests with the feature record of featuregate-test, as in {}",
                    advice(folder)
                )),
            }
        }
        if errors.is_empty() { Ok(records) } else { Err(Error::Messages(errors)) }
    }

    /// Removes the records of a folder.
    pub(crate) fn remove(folder: &Path) -> io::Result<()> {
        for file in files(folder)? {
            if fs::read(&file)?.starts_with(FORMAT.0.as_bytes()) {
                fs::remove_file(file)?;
            }
        }
        Ok(())
    }

    /// The reads of a gate of an enum in one of some crates; of any crate if none are given.
    pub(crate) fn sides(&self, crates: &[String], of: &str, gate: &str) -> Sides {
        let mut sides = Sides::default();
        for (path, read) in self.gates.get(gate).into_iter().flatten() {
            let first = path.split("::").next().unwrap_or_default();
            let last = path.rsplit("::").next().unwrap_or_default();
            if last == of && (crates.is_empty() || crates.iter().any(|name| name == first)) {
                sides.join(read);
            }
        }
        sides
    }

    fn add(&mut self, file: &Path) -> Result<(), String> {
        let bytes = fs::read(file).map_err(|error| error.to_string())?;
        let content = String::from_utf8_lossy(&bytes);
        self.files += 1;
        // A process that was killed has not finished its last line.
        let (complete, rest) = content.rsplit_once('\n').unwrap_or(("", &content));
        self.incomplete += usize::from(!rest.is_empty() || complete.is_empty());
        let mut lines = complete.lines();
        let Some(head) = lines.next() else { return Ok(()) };
        let program = match fields(head).as_slice() {
            [format, version, program] if (*format, *version) == FORMAT => (*program).to_owned(),
            [format, version, ..] if *format == FORMAT.0 => {
                return Err(format!(
                    "its format has version {version}, and this command reads version {}; use the command and featuregate-test of one release",
                    FORMAT.1
                ));
            }
            _ => return Err(NO_RECORD.to_owned()),
        };
        for line in lines {
            let fields = fields(line);
            let [of, gate, value @ ("on" | "off"), test] = fields.as_slice() else {
                return Err(NO_RECORD.to_owned());
            };
            let sides = self.gates.entry((*gate).to_owned()).or_default();
            let sides = sides.entry((*of).to_owned()).or_default();
            let side = if *value == "on" { &mut sides.on } else { &mut sides.off };
            side.read = true;
            if !test.is_empty() {
                side.tests.insert(((*test).to_owned(), program.clone()));
            }
        }
        Ok(())
    }
}

fn fields(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

/// The records in a folder, by name.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The command that makes records.
fn advice(folder: &Path) -> String {
    format!("featuregate coverage {} -- cargo test", folder.display())
}

#[cfg(test)]
mod tests {
    use super::{Error, Records};
    use std::fs;
    use std::path::PathBuf;

    /// The records of files with these texts.
    fn read(texts: &[&str]) -> Result<Records, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        for (number, text) in texts.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.gates")), text).unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "something else").unwrap();
        Records::read(&[PathBuf::from(folder.path())]).map_err(|error| match error {
            Error::Messages(messages) => messages,
            Error::Output(error) => panic!("{error}"),
        })
    }

    #[test]
    fn records_of_processes_are_merged_and_a_test_counts_once() {
        let records = read(&[
            "featuregate-record\t1\tapp-1\napp::Feature\tCache\ton\ttests::a\napp::Feature\tCache\toff\t\n",
            "featuregate-record\t1\tapp-1\napp::Feature\tCache\ton\ttests::a\napp::Feature\tCache\ton\ttests::b\n",
            "featuregate-record\t1\tapp-2\napp::Feature\tCache\ton\ttests::a\nother::Feature\tCache\ton\ttests::c\n",
        ])
        .unwrap();
        let counts = |crates: &[&str], of: &str, gate: &str| {
            let crates: Vec<String> = crates.iter().map(|name| (*name).to_owned()).collect();
            let sides = records.sides(&crates, of, gate);
            (sides.on.tests.len(), sides.off.read, sides.off.tests.len())
        };
        assert_eq!(counts(&["app"], "Feature", "Cache"), (3, true, 0));
        assert_eq!(counts(&["other"], "Feature", "Cache"), (1, false, 0));
        assert_eq!(counts(&[], "Feature", "Cache"), (4, true, 0));
        assert_eq!(counts(&[], "Other", "Cache"), (0, false, 0));
        assert_eq!(counts(&[], "Feature", "Other"), (0, false, 0));
        assert_eq!((records.files, records.incomplete), (3, 0));
    }

    #[test]
    fn what_a_killed_process_has_not_finished_does_not_count() {
        let records = read(&[
            "featuregate-record\t1\tapp\napp::Feature\tCache\ton\ta\napp::Feature\tCa",
            "featuregate-rec",
            "",
        ])
        .unwrap();
        assert_eq!(records.sides(&[], "Feature", "Cache").on.tests.len(), 1);
        assert_eq!(records.sides(&[], "Feature", "Ca").on.tests.len(), 0);
        assert_eq!((records.files, records.incomplete), (3, 3));
    }

    #[test]
    fn files_that_are_not_records_are_errors() {
        for (text, expected) in [
            ("a\nb\n", "it is not a record of tests"),
            ("featuregate-record\t1\tapp\nCache\ton\n", "it is not a record of tests"),
            ("featuregate-record\t1\tapp\nF\tCache\tmaybe\ta\n", "it is not a record of tests"),
            (
                "featuregate-record\t2\tapp\n",
                "its format has version 2, and this command reads version 1",
            ),
        ] {
            let errors = read(&[text]).unwrap_err();
            assert!(errors.iter().all(|error| error.contains(expected)), "{errors:?}");
        }
        let errors = read(&[]).unwrap_err();
        assert!(errors.iter().all(|error| error.contains(" has no records; run the tests")));
    }
}
