//! Rust: what is wrong with declarations, and the history of variants.

use serde_json::{Value, json};

use crate::client::{Client, range};
use crate::configuration::completed;

const SOURCE: &str = r#"//! 🦀
#[derive(FeatureGate)]
enum Feature {
    /// Caches *pages*.
    /* 🦀 */ #[gate(alpha = "1.30", beta = "1.33", owner = "storage")]
    Cache,

    #[gate(alpha = "1.40", ownr = "a")]
    Index,
}
"#;

/// What a crate and its workspace say about its version.
const FILES: &[(&str, &str)] = &[
    ("featuregates.yaml", "version: \"1.36\"\ngates: []\n"),
    ("Cargo.toml", "[workspace]\n[workspace.package]\nversion = \"1.36.2\"\n"),
    ("a/Cargo.toml", "[package]\nname = \"a\"\nversion.workspace = true\n"),
    ("b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"1.41.0\"\n"),
];

#[test]
fn what_the_compiler_would_refuse_is_shown_in_the_release_of_the_crate() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    let of = |diagnostics: &[Value]| -> Vec<(Value, Value)> {
        diagnostics.iter().map(|it| (it["code"].clone(), it["range"].clone())).collect()
    };
    client.open("a/src/lib.rs", SOURCE);
    let found = client.diagnostics("a/src/lib.rs", 1);
    assert_eq!(
        of(&found),
        [(json!("invalid-declaration"), range(7, 27, 31)), (json!("no-doc"), range(8, 4, 9)),],
        "{found:#?}"
    );
    assert_eq!(found[0]["severity"], 1);
    assert!(
        found[0]["codeDescription"]["href"].as_str().unwrap().ends_with("/invalid-declaration.md")
    );

    // Lines end as the editor has them.
    client.open("b/src/lib.rs", &SOURCE.replace('\n', "\r\n"));
    assert_eq!(of(&client.diagnostics("b/src/lib.rs", 1)), of(&found));
    let fixed = SOURCE.replace("    #[gate(alpha = \"1.40\", ownr = \"a\")]\n    Index,\n", "");
    client.change("b/src/lib.rs", 2, json!([{ "text": fixed }]));
    assert_eq!(client.diagnostics("b/src/lib.rs", 2), [] as [Value; 0]);
    // Not even Rust.
    for (version, text) in (3..).zip([
        "FeatureGate \"",
        "#[derive(FeatureGate)] enum A {",
        "#[derive(FeatureGate)]",
        "FeatureGate \u{0} 🦀 (((",
    ]) {
        client.change("b/src/lib.rs", version, json!([{ "text": text }]));
        client.diagnostics("b/src/lib.rs", version);
    }
}

#[test]
fn a_variant_shows_its_history() {
    let text = json!({ "hover": { "contentFormat": ["markdown"] } });
    let mut client = Client::ready(FILES, &[], &json!({ "textDocument": text }));
    let source = SOURCE.replace("    #[gate(alpha = \"1.40\", ownr = \"a\")]\n    Index,\n", "");
    client.open("a/src/lib.rs", &source);
    let shown = client.at("hover", "a/src/lib.rs", 5, 6);
    assert_eq!(shown["range"], range(5, 4, 9));
    insta::assert_snapshot!("variant", shown["contents"]["value"].as_str().unwrap());
    let at_milestone = client.at("hover", "a/src/lib.rs", 4, 38);
    assert_eq!(
        (&at_milestone["contents"], &at_milestone["range"]),
        (&shown["contents"], &range(4, 36, 49))
    );
    assert_eq!(client.at("hover", "a/src/lib.rs", 0, 0), Value::Null);
    // A file of no crate has no release.
    client.open("/lib.rs", SOURCE);
    assert_eq!(client.at("hover", "/lib.rs", 5, 6), Value::Null);
}

#[test]
fn stages_are_completed_with_the_release_of_the_enum_or_crate() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    let start = "#[derive(FeatureGate)]\nenum A {\n    /// 🦀\n    ";
    let versioned = format!("#[feature_gate(version = \"1.20\")]\n{start}");
    for (before, text, expected) in [
        (start, "#[gate(|)]", Some("#[gate(beta = \"1.36\")]")),
        (start, "#[gate(al|)]\nB,", Some("#[gate(beta = \"1.36\")]\nB,")),
        (
            start,
            "#[gate(alpha(since = \"1.1\", default = false), |",
            Some("#[gate(alpha(since = \"1.1\", default = false), beta = \"1.36\""),
        ),
        (
            &versioned,
            "#[gate(alpha = \"1.1\",\n  be|)]",
            Some("#[gate(alpha = \"1.1\",\n  beta = \"1.20\")]"),
        ),
        (start, "#[tombstone(Old, |)]", Some("#[tombstone(Old, beta = \"1.36\")]")),
        (start, "#[gate(alpha = |)]", None),
        (start, "#[gate(alpha = \"|\")]", None),
        (start, "#[gate(alpha(|))]", None),
        (start, "#[gate(alpha)]\nB, |", None),
        (start, "#[gate|", None),
    ] {
        let (text, expected) =
            (format!("{before}{text}"), expected.map(|it| format!("{before}{it}")));
        assert_eq!(completed(&mut client, "a/src/lib.rs", &text, "beta"), expected, "{text}");
    }
    client.open("a/src/lib.rs", &format!("{start}#[gate("));
    let items = client.at("completion", "a/src/lib.rs", 3, 11);
    let details: Vec<&str> =
        items.as_array().unwrap().iter().map(|item| item["detail"].as_str().unwrap()).collect();
    assert_eq!(
        details,
        [
            "since 1.36, off by default",
            "since 1.36, on by default",
            "since 1.36, locked on",
            "since 1.36, keeps its default",
        ]
    );
}
