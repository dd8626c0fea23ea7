//! The settings of config files that people run.

use std::path::Path;

use featuregate_cli::extract::{Given, Setting, Syntax, extract, extract_with_layout, mentions};
use featuregate_cli::finding::Edit;
use featuregate_cli::text::Lines;
use featuregate_core::parse_bool;
use featuregate_tests::data;
use serde::Deserialize;

/// A file of the index.
#[derive(Deserialize)]
struct Config {
    file: String,
    gates: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    name: String,
    value: serde_json::Value,
    line: u32,
    raw: Option<String>,
}

impl Expected {
    fn told(&self) -> String {
        let raw = self.raw.as_ref().map_or(String::new(), |raw| format!(" ({raw})"));
        format!("{}:{}={}{raw}", self.line, self.name, self.value)
    }
}

fn found(lines: &Lines<'_>, setting: &Setting) -> String {
    let line = lines.place(setting.name_span.start).line;
    let (value, raw) = match &setting.value {
        // A bare name is written without a value, or with a minus for one.
        Given::Sign(true) => ("true".into(), Some(String::new())),
        Given::Sign(false) => ("false".into(), Some("-".into())),
        Given::Text(text) => match parse_bool(text) {
            Some(value) => {
                (value.to_string(), Some(text.clone()).filter(|it| *it != value.to_string()))
            }
            None => (serde_json::Value::from(text.as_str()).to_string(), Some(text.clone())),
        },
        Given::Other(what) => panic!("{what}"),
    };
    let raw = raw.map_or(String::new(), |raw| format!(" ({raw})"));
    format!("{line}:{}={value}{raw}", setting.name)
}

/// Each file of the index with its text.
fn configs() -> Vec<(Config, String)> {
    let Some(folder) = data::folder() else { return Vec::new() };
    let index = data::read(&folder.join("configs/index.json"));
    let index: Vec<Config> = serde_json::from_str(&index).unwrap();
    assert!(index.len() >= 125);
    let read = |config: Config| {
        let text = data::read(&folder.join(&config.file));
        (config, text)
    };
    index.into_iter().map(read).collect()
}

fn syntax(file: &str) -> Syntax {
    match Path::new(file).extension().and_then(|extension| extension.to_str()) {
        Some("json") => Syntax::Json,
        _ => Syntax::Yaml,
    }
}

#[test]
fn every_setting_of_every_file_is_found_and_no_other() {
    let mut wrong = Vec::new();
    for (config, text) in configs() {
        let expected: Vec<String> = config.gates.iter().map(Expected::told).collect();
        let lines = Lines::of(&text);
        for syntax in [syntax(&config.file), Syntax::Unknown] {
            let extract = extract(syntax, &text, &[]);
            let found: Vec<String> =
                extract.settings.iter().map(|setting| found(&lines, setting)).collect();
            if found != expected || !mentions(&text, &[]) {
                wrong.push(format!(
                    "{}\n  expected {expected:?}\n  found    {found:?}\n  skipped {:?}",
                    config.file, extract.skipped
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

pub(crate) fn without(text: &str, mut edits: Vec<Edit>) -> String {
    let mut left = text.to_owned();
    edits.sort();
    for edit in edits.into_iter().rev() {
        left.replace_range(edit.span.0..edit.span.1, &edit.text);
    }
    left
}

#[test]
fn what_is_taken_out_is_gone_and_the_rest_is_as_before() {
    let mut removable = 0;
    let mut fixed = Vec::new();
    for (config, text) in configs() {
        let syntax = syntax(&config.file);
        let before = extract_with_layout(syntax, &text, &[]);
        let all: Vec<usize> = (0..before.settings.len()).collect();
        let mut sets: Vec<Vec<usize>> = all.iter().map(|&one| vec![one]).collect();
        sets.push(all.iter().copied().step_by(2).collect());
        sets.push(all.iter().copied().skip(1).collect());
        sets.push(all.clone());
        for set in sets {
            let Some(edits) = before.removal(&text, &set) else {
                fixed.push(format!("{} {set:?}", config.file));
                continue;
            };
            removable += 1;
            let left = without(&text, edits);
            let after = extract(syntax, &left, &[]);
            let kept = before.settings.iter().enumerate().filter(|(index, _)| !set.contains(index));
            let told = |setting: &Setting| format!("{}={:?}", setting.name, setting.value);
            let expected: Vec<String> = kept.map(|(_, setting)| told(setting)).collect();
            let found: Vec<String> = after.settings.iter().map(told).collect();
            assert_eq!(found, expected, "{} without {set:?}:\n{left}", config.file);
            assert_eq!(after.skipped, before.skipped, "{} without {set:?}:\n{left}", config.file);
        }
    }
    assert!(
        removable == 0 || removable > 20 * fixed.len(),
        "{removable}, not {}:\n{}",
        fixed.len(),
        fixed.join("\n")
    );
}
