//! Each notation, with the locations of its settings. The settings of the file `X` are the snapshot `X.snap`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use featuregate_cli::extract::{Extract, Given, ListKind, Syntax, extract, mentions};
use featuregate_cli::text::Lines;
use featuregate_core::__private::Id as _;

use crate::removing::{fault, subsets};

fn syntax(path: &Path) -> Syntax {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("yaml") => Syntax::Yaml,
        Some("json" | "jsonc") => Syntax::Json,
        Some("toml") => Syntax::Toml,
        Some("sh") => Syntax::Shell,
        Some("service") => Syntax::Unit,
        Some("env") => Syntax::Env,
        _ => Syntax::Unknown,
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract/fixtures")
}

/// The fixtures: name, syntax and text.
pub(crate) fn fixtures() -> Vec<(PathBuf, Syntax, String)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_none_or(|e| e != "snap" && e != "new")).collect();
    files.sort();
    assert!(files.len() > 30);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.clone(), syntax(&path), text)
    };
    files.into_iter().map(read).collect()
}

/// A line for each setting and each part that was skipped.
fn found_in(text: &str, found: &Extract) -> String {
    let lines = Lines::of(text);
    let mut found_in = String::new();
    for setting in found.settings.values() {
        let (name, value_at) =
            (lines.location(setting.name_span.start), lines.location(setting.value_span.start));
        let kind = match found.lists[setting.list].kind {
            ListKind::Map => "map",
            ListKind::List => "list",
        };
        let given = match &setting.value {
            Given::Text(text) => format!("{text:?} at {}:{}", value_at.line, value_at.column),
            Given::Sign(on) | Given::Listed(on) => format!("sign {on}"),
            Given::Boolean(value) | Given::Switch(value) => {
                format!("boolean {value} at {}:{}", value_at.line, value_at.column)
            }
            Given::Filled => format!("filled in at {}:{}", value_at.line, value_at.column),
            Given::Missing => "missing".to_owned(),
            Given::Typed(text, what) => {
                format!("{text:?}, {what}, at {}:{}", value_at.line, value_at.column)
            }
            Given::Unexpected(text, on) => format!("{text:?} in a list that is {on}"),
            Given::Other(what) => format!("{what} at {}:{}", value_at.line, value_at.column),
        };
        let (line, column) = (name.line, name.column);
        writeln!(
            found_in,
            "{line}:{column} {} = {given}, {kind} {}",
            setting.name,
            setting.list.index()
        )
        .unwrap();
    }
    for (line, reason) in &found.skipped {
        let line = line.map_or("file".to_owned(), |line| line.to_string());
        writeln!(found_in, "skipped {line}: {reason}").unwrap();
    }
    found_in
}

#[test]
fn each_notation_is_found_at_its_location() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (path, syntax, text) in fixtures() {
        let name = path.file_name().unwrap().to_str().unwrap();
        insta::assert_snapshot!(name, found_in(&text, &extract(syntax, &text, &[])));
    }
}

#[test]
fn each_notation_keeps_the_other_settings_when_some_are_removed() {
    let mut wrong = String::new();
    for (path, syntax, text) in fixtures() {
        let found = extract(syntax, &text, &[]);
        let mut refused = 0;
        for removed in subsets(&found) {
            if let Some(fault) = fault(syntax, &text, &found, &removed, &mut refused) {
                writeln!(wrong, "{}: {fault}", path.display()).unwrap();
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn other_keys_contain_gates_where_they_are_named() {
    let text = "myToggles: {A: true}\nargs: [--my-toggles=B=true]\nenv: {MY_TOGGLES: C=true}\n";
    let keys = ["my-toggles".to_owned()];
    let found = extract(Syntax::Yaml, text, &keys);
    let names: Vec<&str> = found.settings.values().map(|setting| setting.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert!(extract(Syntax::Yaml, text, &[]).settings.is_empty());
    assert!(mentions(text, &keys) && !mentions(text, &[]));
}
