//! Small inputs of each kind: what is found, by name and in a walk, and how a fix leaves them.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::case::{Expected, Found, Lines, differences};
use crate::command::{Report, run};
use crate::compare;
use crate::minus::Fixes;

/// An entry of `kinds.yaml`, which describes the fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    file: String,
    text: String,
    found: Option<Vec<(Lines, String, String, String)>>,
    mentioned: Option<u32>,
    fixed: Option<String>,
    known: Option<String>,
}

impl Kind {
    /// The path in the folder of all.
    fn path(&self) -> String {
        format!("{}/{}", self.name, self.file)
    }

    /// What is not found, or not said.
    fn report(&self, report: &Report, by_name: bool) -> Vec<String> {
        let how = if by_name { "by name" } else { "in a walk" };
        let mut problems = Vec::new();
        let path = self.path();
        let found: Vec<Found> = report.found().into_iter().filter(|it| it.0 == path).collect();
        if let Some(expected) = &self.found {
            let expected: Vec<Expected> =
                expected.iter().map(|it| Expected::of(&path, it.clone())).collect();
            let (missing, extra) = differences(&expected, &found);
            problems.extend(missing.iter().map(|it| format!("{how}: missing {it:?}")));
            problems.extend(extra.iter().map(|it| format!("{how}: too much {it:?}")));
        }
        if let Some(line) = self.mentioned
            && (line > 0 || by_name)
        {
            let at = |it: u32| line == 0 || it == line;
            let skipped = report.skipped.iter().filter(|it| it.path() == path);
            let mut skipped = skipped.map(|it| it.line.unwrap_or_default());
            if !skipped.any(at) && !found.iter().any(|it| at(it.1)) {
                problems.push(format!("{how}: nothing is said about line {line}"));
            }
        }
        problems
    }

    /// What is wrong with the text after a fix.
    fn fixed(&self, before: &Report, now: &str, again: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let promised = before.fixes(&self.path());
        if promised.is_empty() != (now == self.text) {
            problems.push(format!(
                "{} fixes were promised, and the text becomes\n{now}",
                promised.len()
            ));
        }
        let expected = match self.fixed.as_deref() {
            Some("unchanged") => Some(&self.text),
            _ => self.fixed.as_ref(),
        };
        if expected.is_some_and(|expected| expected != now) {
            problems.push(format!("the fixed text is not as expected, but\n{now}"));
        }
        if expected.is_none()
            && let Err(error) = compare(&self.file, &self.text, now, &Fixes::of(promised))
        {
            problems.push(format!("fixed: {error}\n{now}"));
        }
        if again != now {
            problems.push(format!("a second fix makes\n{again}"));
        }
        problems
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_kind_is_found_and_fixed_as_expected() {
    let history = featuregate_tests::data::folder().join("history.featuregates.yaml");
    check_kinds(include_str!("kinds.yaml"), &["--manifest", history.to_str().unwrap()]);
}

#[test]
fn every_kind_is_right_with_nothing_prepared() {
    check_kinds(include_str!("built_in.yaml"), &[]);
}

/// Checks kinds with a manifest.
fn check_kinds(text: &str, manifest: &[&str]) {
    let kinds: Vec<Kind> = yaml_serde::from_str(text).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |kind: &Kind| folder.path().join(kind.path());
    for kind in &kinds {
        fs::create_dir_all(path(kind).parent().unwrap()).unwrap();
        fs::write(path(kind), &kind.text).unwrap();
    }
    let names: Vec<String> = kinds.iter().map(Kind::path).collect();
    let check = |more: &[&str]| {
        run(folder.path(), &[&["--target", "1.34"], manifest, more].concat()).unwrap()
    };
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let (by_name, in_a_walk) = (check(&all), check(&["."]));
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    check(&[&["--fix"], &all[..]].concat());
    let once: Vec<String> = kinds.iter().map(|kind| read(&path(kind))).collect();
    check(&[&["--fix"], &all[..]].concat());
    let mut wrong = Vec::new();
    for (kind, now) in kinds.iter().zip(&once) {
        let mut problems = kind.report(&by_name, true);
        problems.extend(kind.report(&in_a_walk, false));
        problems.extend(kind.fixed(&by_name, now, &read(&path(kind))));
        match (&kind.known, problems.is_empty()) {
            (Some(known), true) => {
                wrong.push(format!("{}: is right now, although {known}: remove that", kind.name));
            }
            (None, false) => wrong.push(format!("{}: {}", kind.name, problems.join("\n  "))),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), kinds.len(), wrong.join("\n"));
}
