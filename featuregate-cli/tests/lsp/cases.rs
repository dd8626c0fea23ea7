//! Files out of practice, those of `tests/cases`: every fix that is offered, by itself.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::{Client, edited};

/// The files of the cases, each with its path in the folder of the cases.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            if entry.is_dir() { walk(&entry, found) } else { found.push(entry) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found = Vec::new();
    walk(&root, &mut found);
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str()?.to_owned();
        let of_case = name.contains('/') && !name.contains("/fixed/");
        let other = ["expect.json", "notes.txt", "source.txt"];
        let is_input = of_case && !other.iter().any(|other| name.ends_with(other));
        is_input.then(|| fs::read_to_string(&path).ok()).flatten().map(|text| (name, text))
    };
    found.into_iter().filter_map(named).collect()
}

/// What diagnostics say, without their locations.
fn said(diagnostics: &[Value]) -> Vec<String> {
    let of = |it: &Value| format!("{} {}", it["code"], it["message"]);
    diagnostics.iter().map(of).collect()
}

#[test]
fn each_fix_by_itself_removes_its_finding_and_no_other() {
    let mut client =
        Client::ready(&[], &["--manifest", "kubernetes", "--target", "1.36"], &json!({}));
    let (mut fixes, mut hovers) = (0, 0);
    let mut wrong = Vec::new();
    for (name, text) in files() {
        client.open(&name, &text);
        let found = client.diagnostics(&name, 1);
        let mut version = 1;
        for diagnostic in &found {
            let start = &diagnostic["range"]["start"];
            let [line, character] = ["line", "character"]
                .map(|part| u32::try_from(start[part].as_u64().unwrap()).unwrap());
            let hover = client.at("hover", &name, line, character);
            hovers += usize::from(!hover.is_null());
            client.at("completion", &name, line, character);
            let Some(fix) = diagnostic["data"].get("fix") else { continue };
            let after = edited(&text, fix["edits"].as_array().unwrap());
            version += 1;
            client.change(&name, version, json!([{ "text": after }]));
            let left = said(&client.diagnostics(&name, version));
            let mut before = said(&found);
            before.retain({
                let mut left = left.clone();
                move |it| {
                    left.iter().position(|left| left == it).map(|at| left.remove(at)).is_none()
                }
            });
            // Only this finding is resolved; a right value may show that the name is not.
            if before != said(std::slice::from_ref(diagnostic)) || left.len() > found.len() {
                wrong.push(format!("{name}: {} leaves {left:?}", diagnostic["message"]));
            }
            version += 1;
            client.change(&name, version, json!([{ "text": text }]));
            assert_eq!(client.diagnostics(&name, version), found);
            fixes += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixes > 20 && hovers > fixes, "{fixes} fixes, {hovers} histories");
}
