//! Every setting of the configuration files that people published.

use std::path::PathBuf;

use featuregate_cli::extract::{Extract, Given, Syntax, extract};
use featuregate_cli::text::Lines;
use featuregate_core::parse_bool;

pub(crate) fn syntax(path: &str) -> Syntax {
    match path.rsplit('.').next() {
        Some("json") => Syntax::Json,
        Some("toml") => Syntax::Toml,
        Some("yaml" | "yml") => Syntax::Yaml,
        _ => Syntax::Unknown,
    }
}

/// The published files: name, text, and the entry of the index.
pub(crate) fn files() -> Vec<(String, String, serde_json::Value)> {
    let folder = featuregate_tests::data::folder();
    let index = featuregate_tests::data::read(&folder.join("configs/index.json"));
    let index: Vec<serde_json::Value> = serde_json::from_str(&index).unwrap();
    let read = |entry: serde_json::Value| {
        let name = entry["file"].as_str().unwrap().to_owned();
        let path: PathBuf = folder.join(&name);
        (name, featuregate_tests::data::read(&path), entry)
    };
    index.into_iter().map(read).collect()
}

/// Line, name and value of each setting, the value as a boolean where it is one.
fn settings_of(text: &str, found: &Extract) -> Vec<(u64, String, String)> {
    let lines = Lines::of(text);
    let describe = |setting: &featuregate_cli::extract::Setting| {
        let value = match &setting.value {
            Given::Text(text) => {
                parse_bool(text).map_or(text.to_string(), |value| value.to_string())
            }
            Given::Sign(on) | Given::Listed(on) | Given::Switch(on) | Given::Boolean(on) => {
                on.to_string()
            }
            Given::Typed(text, _) | Given::Unexpected(text, _) => text.to_string(),
            Given::Filled => "filled in".to_owned(),
            Given::Missing => "true".to_owned(),
            Given::Other(what) => (*what).to_owned(),
        };
        let line = u64::from(lines.location(setting.name_span.start).line);
        (line, setting.name.clone(), value)
    };
    found.settings.values().map(describe).collect()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn exactly_the_settings_of_the_published_files_are_found() {
    let mut wrong = Vec::new();
    for (name, text, entry) in files() {
        let found = extract(syntax(&name), &text, &[]);
        let expected = entry["gates"].as_array().unwrap().iter().map(|gate| {
            let value = match &gate["value"] {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (gate["line"].as_u64().unwrap(), gate["name"].as_str().unwrap().to_owned(), value)
        });
        let expected: Vec<(u64, String, String)> = expected.collect();
        let mut settings_of = settings_of(&text, &found);
        // An argument that is handed on in quotes as well is listed once.
        settings_of.dedup();
        // The gates of a cloud are in a map of their own.
        settings_of.retain(|(_, name, _)| name != "nodeClassCEL");
        if settings_of != expected {
            let missed: Vec<_> = expected.iter().filter(|one| !settings_of.contains(one)).collect();
            let invented: Vec<_> =
                settings_of.iter().filter(|one| !expected.contains(one)).collect();
            wrong.push(format!("{name}: missed {missed:?}, invented {invented:?}"));
        }
        if !found.skipped.is_empty() {
            wrong.push(format!("{name}: skipped {:?}", found.skipped));
        }
        for setting in found.settings.values() {
            let raw = &text[setting.name_span.clone()];
            if raw != setting.name {
                wrong.push(format!("{name}: {} is at {raw}", setting.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
