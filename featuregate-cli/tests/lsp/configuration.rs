//! Configuration: diagnostics, history, completion and fixes.

use serde_json::{Value, json};

use crate::client::{Client, edited, range};

pub(crate) const MANIFEST: &str = r#"version: "1.36"
removedGates: refuse
gates:
- name: AppArmor
  versionedSpecs:
  - {version: "1.4", preRelease: Beta, default: true}
  - {version: "1.31", preRelease: GA, default: true, lockToDefault: true}
- name: DynamicKubeletConfig
  versionedSpecs:
  - {version: "1.4", preRelease: Alpha, default: false}
  - {version: "1.22", preRelease: Deprecated, default: false}
  removed: "1.26"
- name: MemoryQoS
  versionedSpecs:
  - {version: "1.22", preRelease: Alpha, default: false}
  aliases: [MemoryQualityOfService]
- name: NodeSwap
  versionedSpecs:
  - {version: "1.22", preRelease: Alpha, default: false}
  - {version: "1.28", preRelease: Beta, default: false}
  - {version: "1.30", preRelease: Beta, default: true}
  doc: Lets a node *swap*.
  owner: sig-node
  requires: [MemoryQoS]
  issue: https://example.org/issues/2400
  removeIn: "1.40"
"#;

pub(crate) const CONFIG: &str = "# A kubelet.\nfeatureGates:\n  DynamicKubeletConfig: false\n  MemoryQoS: true\n  AppArmor: true\n";

const FILES: &[(&str, &str)] = &[("featuregates.yaml", MANIFEST)];

/// A server for an editor that shows Markdown.
fn client(arguments: &[&str]) -> Client {
    let text = json!({
        "hover": { "contentFormat": ["markdown", "plaintext"] },
        "completion": { "completionItem": { "documentationFormat": ["markdown"] } },
    });
    Client::ready(FILES, arguments, &json!({ "textDocument": text }))
}

/// The codes of diagnostics.
fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

#[test]
fn diagnostics_are_those_of_check_and_follow_changes() {
    let mut client = client(&[]);
    client.open("a.yaml", CONFIG);
    let found = client.diagnostics("a.yaml", 1);
    assert_eq!(codes(&found), ["removed-gate", "redundant-gate"]);
    let page = "https://github.com/featuregate/featuregate/blob/main/featuregate-cli/docs/rules/removed-gate.md";
    assert_eq!(
        found[0],
        json!({
            "range": range(2, 2, 22),
            "severity": 1,
            "code": "removed-gate",
            "codeDescription": { "href": page },
            "source": "featuregate",
            "message": "gate DynamicKubeletConfig was removed in 1.26 and stays off\nhelp: remove the setting",
            "data": { "fix": {
                "title": "DynamicKubeletConfig: remove the setting",
                "edits": [{ "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } }, "newText": "" }],
            } },
        })
    );
    assert_eq!((&found[1]["severity"], &found[1]["range"]), (&json!(2), &range(4, 2, 10)));

    // One change after the other, and the whole text.
    let misspelt = json!({ "range": range(3, 2, 11), "text": "MemoryQos" });
    let removed = json!({ "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } }, "text": "" });
    client.change("a.yaml", 2, json!([misspelt, removed]));
    let found = client.diagnostics("a.yaml", 2);
    assert_eq!(codes(&found), ["unknown-gate", "redundant-gate"]);
    assert_eq!(found[0]["range"], range(2, 2, 11));
    client.change("a.yaml", 3, json!([{ "text": "featureGates: {MemoryQoS: x}" }]));
    let found = client.diagnostics("a.yaml", 3);
    assert_eq!((codes(&found), &found[0]["range"]), (vec!["invalid-value"], &range(0, 26, 27)));
    client.change("a.yaml", 4, json!([{ "text": "" }]));
    assert_eq!(client.diagnostics("a.yaml", 4), [] as [Value; 0]);
    let document = json!({ "uri": client.uri("a.yaml") });
    client.change("a.yaml", 5, json!([{ "text": CONFIG }]));
    client.notify("textDocument/didClose", json!({ "textDocument": document }));
    assert_eq!(client.diagnostics("a.yaml", Value::Null), [] as [Value; 0]);
}

#[test]
fn findings_for_several_targets_are_one_diagnostic() {
    let mut client = client(&["--target", "1.25", "--target", "1.36"]);
    client.open("a.yaml", "featureGates:\n  DynamicKubeletConfig: false\n");
    let found = client.diagnostics("a.yaml", 1);
    assert_eq!(codes(&found), ["deprecated-gate", "removed-gate"]);
    let message = found[1]["message"].as_str().unwrap();
    assert!(
        message.starts_with(
            "gate DynamicKubeletConfig was removed in 1.26 and stays off (for 1.36)\n"
        ),
        "{message}"
    );
}

#[test]
fn without_a_manifest_the_gates_are_those_of_kubernetes() {
    let mut client = Client::ready(&[], &["--target", "1.36"], &json!({}));
    client.open("a.yaml", CONFIG);
    assert_eq!(codes(&client.diagnostics("a.yaml", 1)), ["removed-gate", "removed-gate"]);
    // A release that nothing knows is an error, and never a clean result.
    let mut client = Client::ready(&[], &["--target", "9.9"], &json!({}));
    let shown = client.wait(|message| message["method"] == "window/showMessage");
    let message = shown["params"]["message"].as_str().unwrap();
    assert!(message.contains("9.9"), "{message}");
}

#[test]
fn the_gates_are_those_of_the_program_that_reads_the_file() {
    let app = MANIFEST.replace("- name: MemoryQoS", "- name: AppCache");
    let settings =
        "[check.programs.app]\nmanifest = \"lists/app.yaml\"\npaths = [\"deploy/app/**\"]\n";
    let files = &[
        ("featuregates.yaml", MANIFEST),
        ("lists/app.yaml", &*app),
        ("featuregate.toml", settings),
    ];
    let mut client = Client::ready(files, &[], &json!({}));
    for (name, known, unknown) in
        [("deploy/app/a.yaml", "AppCache", "MemoryQoS"), ("deploy/b.yaml", "MemoryQoS", "AppCache")]
    {
        let text = format!("featureGates:\n  {known}: true\n  {unknown}: true\n");
        client.open(name, &text);
        let found = client.diagnostics(name, 1);
        assert_eq!(
            (codes(&found), &found[0]["range"]["start"]["line"]),
            (vec!["unknown-gate"], &json!(2))
        );
        let shown = client.at("hover", name, 1, 4);
        let text = shown["contents"]["value"].as_str().unwrap();
        assert!(text.starts_with(known), "{name}: {text}");
        assert_eq!(client.at("hover", name, 2, 4), Value::Null);
        let items = client.at("completion", name, 1, 4);
        let has = |label: &str| items.as_array().unwrap().iter().any(|it| it["label"] == label);
        assert_eq!((has(known), has(unknown)), (true, false), "{name}");
    }
}

#[test]
fn columns_are_those_of_the_editor() {
    let text = "args: ['🦀', --feature-gates=Nöpe=true] # ä\n";
    for (capabilities, expected) in [
        (json!({}), range(0, 29, 33)),
        (json!({ "general": { "positionEncodings": ["utf-8"] } }), range(0, 31, 36)),
    ] {
        let mut client = Client::ready(FILES, &[], &capabilities);
        client.open("a.yaml", text);
        let found = client.diagnostics("a.yaml", 1);
        assert_eq!((codes(&found), &found[0]["range"]), (vec!["unknown-gate"], &expected));
    }
    // A change and a fix after the same character.
    let mut client = client(&[]);
    client.open("a.yaml", "# 🦀\nargs: ['🦀', --feature-gates=A=true]\n");
    let change = json!({ "range": range(1, 29, 30), "text": "AppArmor" });
    client.change("a.yaml", 2, json!([change]));
    let found = client.diagnostics("a.yaml", 2);
    assert_eq!((codes(&found), &found[0]["range"]), (vec!["redundant-gate"], &range(1, 29, 37)));
}

#[test]
fn a_fix_gives_the_fixed_text() {
    let mut client = client(&[]);
    client.open("a.yaml", CONFIG);
    client.diagnostics("a.yaml", 1);
    let uri = client.uri("a.yaml");
    let mut actions = |range: Value, context: Value| {
        let document = json!({ "uri": uri });
        let params = json!({ "textDocument": document, "range": range, "context": context });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        actions.as_array().unwrap().clone()
    };
    let edits = |action: &Value| action["edit"]["changes"][&uri].as_array().unwrap().clone();
    let everything = json!({ "diagnostics": [] });
    let [action] = &actions(range(2, 5, 5), everything.clone())[..] else { panic!() };
    assert_eq!(action["title"], "DynamicKubeletConfig: remove the setting");
    assert_eq!((&action["kind"], &action["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(action["diagnostics"][0]["code"], "removed-gate");
    let fixed = edited(CONFIG, &edits(action));
    assert_eq!(fixed, CONFIG.replace("  DynamicKubeletConfig: false\n", ""));

    assert_eq!(actions(range(3, 0, 5), everything.clone()).len(), 0, "nothing is wrong there");
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    assert_eq!(actions(whole.clone(), everything).len(), 2);
    let only = |kind: &str| json!({ "diagnostics": [], "only": [kind] });
    assert_eq!(actions(whole.clone(), only("refactor")).len(), 0);
    assert_eq!(actions(whole.clone(), only("quickfix")).len(), 2);
    for kind in ["source", "source.fixAll"] {
        let [action] = &actions(whole.clone(), only(kind))[..] else { panic!("{kind}") };
        assert_eq!(
            edited(CONFIG, &edits(action)),
            "# A kubelet.\nfeatureGates:\n  MemoryQoS: true\n"
        );
    }
}

#[test]
fn only_findings_with_one_right_answer_have_a_fix() {
    let mut client = client(&[]);
    client.open("a.yaml", "featureGates:\n  MemoryQoS: maybe\n  Unknown: true\n");
    let found = client.diagnostics("a.yaml", 1);
    assert_eq!(codes(&found), ["invalid-value", "unknown-gate"]);
    assert!(found.iter().all(|diagnostic| diagnostic.get("data").is_none()), "{found:?}");
    let document = json!({ "uri": client.uri("a.yaml") });
    let context = json!({ "diagnostics": found });
    let params = json!({ "textDocument": document, "range": range(1, 0, 9), "context": context });
    assert_eq!(client.request("textDocument/codeAction", params), Ok(json!([])));
}

#[test]
fn a_name_shows_the_history_of_its_gate() {
    let mut client = client(&[]);
    client.open("a.yaml", "# 🦀\nargs: ['🦀', --feature-gates=NodeSwap=true]\nfeatureGates: {MemoryQualityOfService: true, AllBeta: true, Nope: true}\n");
    let shown = client.at("hover", "a.yaml", 1, 31);
    assert_eq!(shown["range"], range(1, 29, 37));
    assert_eq!(shown["contents"]["kind"], "markdown");
    insta::assert_snapshot!("hover", shown["contents"]["value"].as_str().unwrap());
    for (line, character, expected) in [
        (2, 20, Some("**MemoryQoS**")),
        (2, 46, Some("Sets every beta gate that is not set itself.")),
        (2, 62, None),
        (2, 5, None),
        (0, 0, None),
        (1, 28, None),
        (9, 9, None),
    ] {
        let shown = client.at("hover", "a.yaml", line, character);
        let text = shown["contents"]["value"].as_str();
        assert_eq!(text.map(|text| text.lines().next().unwrap()), expected, "{line}:{character}");
    }
    let mut plain = Client::ready(FILES, &[], &json!({}));
    plain.open("a.yaml", CONFIG);
    let shown = plain.at("hover", "a.yaml", 3, 4);
    assert_eq!(shown["contents"]["kind"], "plaintext");
    let text = shown["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("MemoryQoS\n\nHistory\n  1.22  Alpha, off by default\n"), "{text}");
}

/// What is completed where `|` is in a text: the text with the first of the items, and how many there are.
pub(crate) fn completed(client: &mut Client, name: &str, text: &str, item: &str) -> Option<String> {
    let at = text.find('|').unwrap();
    let before = &text[..at];
    let text = text.replace('|', "");
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let character = before[start..].encode_utf16().count();
    client.open(name, &text);
    let items = client.at(
        "completion",
        name,
        u32::try_from(line).unwrap(),
        u32::try_from(character).unwrap(),
    );
    let item = items.as_array().unwrap().iter().find(|it| it["label"] == item)?;
    Some(edited(&text, &[item["textEdit"].clone()]))
}

#[test]
fn names_are_completed_wherever_one_is_expected() {
    let mut client = client(&[]);
    for (name, text, expected) in [
        ("a.yaml", "featureGates:\n  |", "featureGates:\n  NodeSwap"),
        ("a.yaml", "featureGates:\n  Nod|", "featureGates:\n  NodeSwap"),
        ("a.yaml", "featureGates:\n  Nod|: true\n", "featureGates:\n  NodeSwap: true\n"),
        ("a.yaml", "featureGates:\n  N|od: true\n", "featureGates:\n  NodeSwap: true\n"),
        (
            "a.yaml",
            "featureGates:\n  A: true\n  |\nport: 1\n",
            "featureGates:\n  A: true\n  NodeSwap\nport: 1\n",
        ),
        ("a.yaml", "a: {featureGates: {A: true, |}}", "a: {featureGates: {A: true, NodeSwap}}"),
        ("a.yaml", "a: ['🦀', --feature-gates=|]", "a: ['🦀', --feature-gates=NodeSwap]"),
        ("a.yaml", "a:\n- --feature-gates=A=true,|", "a:\n- --feature-gates=A=true,NodeSwap"),
        ("a.yaml", "a: ['--feature-gates=A=true,No|']", "a: ['--feature-gates=A=true,NodeSwap']"),
        ("a.json", "{\"featureGates\": {\"|\"}}", "{\"featureGates\": {\"NodeSwap\"}}"),
        (
            "a.json",
            "{\"featureGates\": {\"No|\": true}}",
            "{\"featureGates\": {\"NodeSwap\": true}}",
        ),
        (
            "a.json",
            "{\"featureGates\": {\"A\": true, \"|}}",
            "{\"featureGates\": {\"A\": true, \"NodeSwap}}",
        ),
        ("a.toml", "[featureGates]\nNo|", "[featureGates]\nNodeSwap"),
        ("a.toml", "[featureGates]\nA = true\n|\n", "[featureGates]\nA = true\nNodeSwap\n"),
        ("a.sh", "kubelet --feature-gates=|\n", "kubelet --feature-gates=NodeSwap\n"),
        (
            "a.sh",
            "kubelet --feature-gates=A=true,No| --port 1\n",
            "kubelet --feature-gates=A=true,NodeSwap --port 1\n",
        ),
    ] {
        let found = completed(&mut client, name, text, "NodeSwap");
        assert_eq!(found.as_deref(), Some(expected), "{name}: {text}");
    }
    for (name, text) in [
        ("a.yaml", "featureGates:\n  A: |"),
        ("a.yaml", "featureGates:\n  A: tr|ue"),
        ("a.yaml", "feature|Gates:\n  A: true"),
        ("a.yaml", "featureGates:\n  A: true\n|"),
        ("a.yaml", "featureGates:\n  A: true\n# |"),
        ("a.yaml", "port: |\n"),
        ("a.yaml", "a: [--feature-gates=A=|]"),
        ("a.sh", "kubelet --|feature-gates=A=true\n"),
        ("a.sh", "kubelet --feature-gates=A=true --|\n"),
        ("a.txt", "|"),
    ] {
        assert_eq!(completed(&mut client, name, text, "NodeSwap"), None, "{name}: {text}");
    }
}

#[test]
fn the_gates_of_a_component_have_its_prefix() {
    let manifest = "version: \"1.36\"\ncomponents: [{name: store, version: \"3.6\"}]\ngates:\n\
                    - {name: 'store:Compaction', versionedSpecs: [{version: \"3.1\", preRelease: Alpha, default: false}]}\n";
    let mut client = Client::ready(&[("featuregates.yaml", manifest)], &[], &json!({}));
    let text = "featureGates:\n  store:Comp|\n";
    let expected = "featureGates:\n  store:Compaction\n";
    let found = completed(&mut client, "a.yaml", text, "store:Compaction");
    assert_eq!(found.as_deref(), Some(expected));
    client.open("b.yaml", "featureGates: {'store:Compaction': true, 'store:AllAlpha': true}\n");
    assert_eq!(codes(&client.diagnostics("b.yaml", 1)), ["all-alpha"]);
    for (character, expected) in
        [(20, "store:Compaction"), (45, "Sets every alpha gate that is not set itself.")]
    {
        let shown = client.at("hover", "b.yaml", 0, character);
        let text = shown["contents"]["value"].as_str().unwrap();
        assert_eq!(text.lines().next(), Some(expected));
    }
}

#[test]
fn a_completion_has_the_stage_and_the_default() {
    let mut client = client(&[]);
    client.open("a.yaml", "featureGates:\n  ");
    let items = client.at("completion", "a.yaml", 1, 2);
    let items: Vec<(&str, &str, bool)> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let text = |field: &str| item[field].as_str().unwrap();
            (text("label"), text("detail"), item.get("tags").is_some())
        })
        .collect();
    assert_eq!(
        items,
        [
            ("AppArmor", "GA since 1.31, locked on", true),
            ("MemoryQoS", "Alpha since 1.22, off by default", false),
            ("NodeSwap", "Beta since 1.30, on by default", false),
            ("AllAlpha", "Sets every alpha gate that is not set itself.", false),
            ("AllBeta", "Sets every beta gate that is not set itself.", false),
        ]
    );
    let items = client.at("completion", "a.yaml", 1, 2);
    assert_eq!(items[2]["documentation"]["value"], "Lets a node *swap*.\n");
}

#[test]
fn a_text_that_is_too_long_is_left_alone() {
    let mut client = client(&[]);
    client.open("a.yaml", &format!("{CONFIG}{}", "# 🦀\n".repeat(1 << 20)));
    assert_eq!(client.diagnostics("a.yaml", 1), [] as [Value; 0]);
    assert_eq!(client.at("hover", "a.yaml", 2, 4), Value::Null);
    client.change("a.yaml", 2, json!([{ "text": CONFIG }]));
    assert_eq!(client.diagnostics("a.yaml", 2).len(), 2);
}

#[test]
fn as_many_findings_as_a_user_can_read_are_shown() {
    let mut client = client(&[]);
    client.open("a.yaml", &format!("featureGates:\n{}", "  Nope: true\n".repeat(5_000)));
    assert_eq!(client.diagnostics("a.yaml", 1).len(), 1_000);
}
