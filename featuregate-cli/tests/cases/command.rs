//! Runs the command, and reads what it writes as JSON.

use std::path::{Component, Path};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::case::{Case, Found};

#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Finding>,
    pub(crate) skipped: Vec<Skipped>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Finding {
    path: String,
    line: u32,
    pub(crate) gate: String,
    value: Value,
    rule: String,
    pub(crate) fix: Option<Fix>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Fix {
    pub(crate) description: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Skipped {
    path: String,
    pub(crate) line: Option<u32>,
}

/// A path without `./`.
fn plain(path: &str) -> String {
    let named = Path::new(path).components().filter(|part| *part != Component::CurDir);
    named.collect::<std::path::PathBuf>().to_str().unwrap().to_owned()
}

impl Skipped {
    pub(crate) fn path(&self) -> String {
        plain(&self.path)
    }
}

impl Report {
    /// The gates of a file that have a fix, with its description.
    pub(crate) fn fixes(&self, path: &str) -> Vec<(&str, &str)> {
        let of_file = self.findings.iter().filter(|it| plain(&it.path) == path);
        of_file
            .filter_map(|it| Some((it.gate.as_str(), it.fix.as_ref()?.description.as_str())))
            .collect()
    }

    pub(crate) fn found(&self) -> Vec<Found> {
        let found = |it: &Finding| {
            let value = match &it.value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            Found(plain(&it.path), it.line, [it.gate.clone(), value, it.rule.clone()])
        };
        let mut all: Vec<_> = self.findings.iter().map(found).collect();
        all.sort();
        all
    }
}

/// How the files of a case are given to the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    ByName,
    InAWalk,
}

/// Checks the files of a case in a folder.
pub(crate) fn check(
    case: &Case,
    folder: &Path,
    target: &str,
    how: How,
    fix: bool,
) -> Result<Report, String> {
    let history = featuregate_tests::data::folder().join("history.featuregates.yaml");
    let manifest = case.manifest.as_deref().unwrap_or(history.to_str().unwrap());
    let mut arguments = vec!["--target", target, "--manifest", manifest];
    arguments.extend(case.arguments());
    arguments.extend(fix.then_some("--fix"));
    match how {
        How::ByName => arguments.extend(case.files.iter().map(String::as_str)),
        How::InAWalk => arguments.push(case.walked()),
    }
    run(folder, &arguments)
}

/// Runs `check` in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Result<Report, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.current_dir(folder).args(["check", "--format", "json"]).args(arguments);
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(format!("{}: {}", output.status, text(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", text(&output.stdout)))
}
