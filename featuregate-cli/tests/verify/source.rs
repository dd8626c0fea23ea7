//! How enums are found and read.

use crate::command::{found, gate, source, source_of};
use crate::project::Project;

/// The condition of each gate in the manifest.
fn conditions(project: &Project) -> Vec<(String, String)> {
    let manifest = project.read("featuregates.yaml");
    let mut conditions: Vec<(String, String)> = Vec::new();
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix("- name: ") {
            conditions.push((name.into(), String::new()));
        }
        if let Some(cfg) = line.strip_prefix("  cfg: ") {
            conditions.last_mut().unwrap().1 = cfg.into();
        }
    }
    conditions
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, cfg)| ((*name).into(), (*cfg).into())).collect()
}

#[test]
fn gates_under_a_condition_are_listed_with_it() {
    let text = format!(
        "#[cfg(feature = \"net\")]\nmod net {{\n    {}\n}}\n{}",
        source_of(
            "version = \"1.36\"",
            "",
            &format!(
                "#[cfg(unix)]\n{}{}",
                gate("A", "alpha = \"1.30\""),
                gate("B", "alpha = \"1.30\"")
            )
        ),
        source_of(
            "version = \"1.36\"",
            "#[cfg_attr(windows, tombstone(Gzip, removed = \"1.30\", value = true))]",
            &[
                "#[cfg(all(unix,\n  not(target_os=\"macos\")))]\n",
                &gate("C", "alpha = \"1.30\""),
                "#[cfg(test)]\n",
                &gate("OfTests", "alpha = \"1.30\""),
                &gate("D", "alpha = \"1.30\", available = cfg!(unix)"),
                "#[cfg(unix)]\n",
                &gate("E", "alpha = \"1.30\""),
                "#[cfg(windows)]\n",
                &gate("E", "alpha = \"1.30\""),
                "    /// Caches pages.\n    #[cfg_attr(all(), gate(alpha = \"1.30\"))]\n    F,\n",
            ]
            .concat(),
        )
        .replace("enum Feature", "#[cfg(not(miri))]\nenum Other"),
    );
    let project = Project::with(&[("src.rs", &text)]);
    project.update();
    assert_eq!(
        conditions(&project),
        pairs(&[
            ("A", "all(feature = \"net\", unix)"),
            ("B", "feature = \"net\""),
            ("C", "all(not(miri), unix, not(target_os = \"macos\"))"),
            ("D", "not(miri)"),
            ("E", "all(not(miri), any(unix, windows))"),
            ("F", "not(miri)"),
            ("Gzip", "all(not(miri), windows)"),
        ])
    );
    assert_eq!(project.verify().code, 0);
}

#[test]
fn a_gate_that_two_conditions_declare_in_two_ways_is_refused() {
    let variants = format!(
        "#[cfg(unix)]\n{}#[cfg(windows)]\n{}",
        gate("A", "alpha = \"1.30\""),
        gate("A", "beta = \"1.30\"")
    );
    let project = Project::with(&[("src.rs", &source(&variants))]);
    let ran = project.run(&["verify", "--src", "src.rs", "--format", "json"]);
    assert_eq!(found(&ran), [("invalid-declaration".into(), "A".into(), 12)]);
}

#[test]
fn modules_are_followed_wherever_their_files_lie() {
    let feature = |name: &str| {
        source_of("version = \"1.36\"", "", &gate(name, "alpha = \"1.30\""))
            .replace("Feature {", &format!("Of{name} {{"))
    };
    let project = Project::with(&[
        (
            "lib.rs",
            "mod a;\n#[cfg(unix)]\npub(crate) mod b;\nmod inline { mod c; }\n#[path = \"odd/location.rs\"]\nmod d;\nmod missing;\n#[cfg(test)]\nmod tests;\nmod a;\ncfg_net! { mod e; }\n",
        ),
        ("a.rs", &format!("mod below;\n{}", feature("A"))),
        ("a/below.rs", &feature("Below")),
        ("b/mod.rs", "mod beside;"),
        ("b/beside.rs", &feature("Beside")),
        ("inline/c.rs", &feature("C")),
        ("odd/location.rs", &format!("mod near;\n{}", feature("D"))),
        ("odd/near.rs", &feature("Near")),
        ("e.rs", &feature("E")),
        ("tests.rs", &feature("OfTests")),
        ("elsewhere.rs", &feature("Elsewhere")),
    ]);
    let expected = [
        ("A", ""),
        ("Below", ""),
        ("Beside", "unix"),
        ("C", ""),
        ("D", ""),
        ("E", ""),
        ("Near", ""),
    ];
    let ran = project.run(&["update", "--src", "lib.rs"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("note: skipped: module missing has no file\n  --> lib.rs:7\n"),
        "{ran:?}"
    );
    assert_eq!(conditions(&project), pairs(&expected));
    // A folder has files that no module declares; those of tests stay out all the same.
    let ran = project.run(&["update", "--src", "."]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut all = pairs(&expected);
    all.insert(6, ("Elsewhere".into(), String::new()));
    all.sort();
    assert_eq!(conditions(&project), all);
}

#[test]
fn every_error_is_reported_at_its_location() {
    let text = format!(
        "// Ä\n/* Ä */ {}",
        source(
            &[
                "    /// ä\n    /* ä */ #[gate(alpha = \"1.36\", ownr = \"a\")]\n    A,\n",
                &gate("B", "ga = \"1.30\", beta = \"1.31\"")
            ]
            .concat()
        )
    );
    let project = Project::with(&[("src.rs", &text)]);
    let ran = project.run(&["verify", "--src", "src.rs", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let locations: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["gate"].as_str().unwrap(),
                it["line"].as_u64().unwrap(),
                it["column"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(locations, [("A", 7, 36), ("B", 10, 25), ("B", 10, 25)]);
}

#[test]
fn broken_source_is_reported_and_nothing_else_is() {
    for (text, line) in [
        ("#[derive(FeatureGate)]\nenum Feature {\n    A(\n}\n", 4),
        ("fn a() {}\n#[derive(FeatureGate)]\nenum Feature { A = }\n", 3),
        ("#[derive(FeatureGate)]\nenum Feature;\n", 2),
        ("#[derive(FeatureGate)]\nenum Feature { \u{1b}[31m }\n", 2),
        ("// FeatureGate\nconst A: &str = \"unterminated;\n", 2),
    ] {
        let project = Project::with(&[
            ("src.rs", text),
            ("featuregates.yaml", "version: \"1.36\"\ngates: []\n"),
        ]);
        let ran = project.run(&["verify", "--src", "src.rs", "--format", "json"]);
        assert_eq!(ran.code, 1, "{text}: {ran:?}");
        let found = found(&ran);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].0.as_str(), found[0].2), ("invalid-declaration", line), "{text}");
        let ran = project.run(&["update", "--src", "src.rs"]);
        assert_eq!(ran.code, 1, "{text}: {ran:?}");
        assert_eq!(ran.err, "");
    }
}

#[test]
fn files_without_gates_may_be_anything() {
    let project = Project::with(&[
        (
            "src.rs",
            &format!(
                "mod odd;\nmod deep;\nmod quiet;\nmod bytes;\nfn f() {{ let x = ~ ~ @ yeet $x => 'a' 1.2.3; }}\n{}",
                source(&gate("A", "alpha = \"1.30\""))
            ),
        ),
        // Not even read.
        ("quiet.rs", "const A: &str = \"unterminated;\n"),
        ("odd.rs", "// Not about a gate.\nconst A: &str = \"unterminated;\n"),
        (
            "deep.rs",
            &format!("const GATE: u8 = gate!{}1{};", "(".repeat(50_000), ")".repeat(50_000)),
        ),
    ]);
    project.write("bytes.rs", [0xff, 0xfe, 0]);
    let ran = project.run(&["update", "--src", "src.rs"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for reason in ["not Rust", "the brackets are nested too deep", "not UTF-8"] {
        assert!(ran.out.contains(&format!("note: skipped: {reason}\n")), "{ran:?}");
    }
    assert_eq!(conditions(&project), pairs(&[("A", "")]));
}

#[test]
fn a_source_of_two_megabytes_is_read() {
    let variants: String = (0..3_000)
        .map(|number| {
            gate(&format!("Gate{number}"), "alpha = \"1.30\", beta = \"1.33\", owner = \"storage\"")
        })
        .collect();
    let text = source(&variants) + &"fn f() { let x = [1, 2, (3, 4)]; }\n".repeat(60_000);
    assert!(text.len() > 2 << 20);
    let project = Project::with(&[("src.rs", &text)]);
    assert_eq!(project.update().out, "featuregates.yaml is new: 3000 gates\n");
}

#[test]
fn a_source_without_enums_is_a_failure_with_help() {
    let project = Project::with(&[("src.rs", "enum Feature { A }\n"), ("folder/a.txt", "")]);
    for (path, location) in [("src.rs", "src.rs"), ("folder", "folder")] {
        for command in ["update", "verify"] {
            let ran = project.run(&[command, "--src", path]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""));
            assert_eq!(
                ran.err,
                format!(
                    "error: no enum in {location} derives FeatureGate; name another package with --package, or its source with --src\n"
                )
            );
        }
    }
    let ran = project.run(&["update", "--src", "nowhere.rs"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: cannot read nowhere.rs: "), "{ran:?}");
}

#[test]
fn included_files_are_read_or_reported() {
    let project = Project::with(&[
        (
            "src.rs",
            "include!(\"gates/all.in\");\ninclude!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));\ninclude!(\"none.rs\");\n",
        ),
        ("gates/all.in", &source(&gate("A", "alpha = \"1.30\""))),
    ]);
    let ran = project.update();
    assert!(ran.out.ends_with("featuregates.yaml is new: 1 gate\n"), "{ran:?}");
    for reason in [
        "the path of a file to include is computed, so it is not read",
        "there is no file none.rs to include",
    ] {
        assert!(ran.out.contains(reason), "{ran:?}");
    }
}

#[test]
fn enums_that_macros_write_are_reported() {
    let template = "macro_rules! gates {\n    ($name:ident) => {\n        #[derive(FeatureGate)]\n        enum $name { #[gate(alpha)] A }\n    };\n}\n";
    let project = Project::with(&[("src.rs", template)]);
    let ran = project.run(&["update", "--src", "src.rs"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    let reason = "src.rs:4: an enum of gates that a macro writes is not read\n";
    assert!(ran.err.ends_with(reason), "{ran:?}");
    // Beside another enum, too.
    project.write("src.rs", format!("{template}{}", source(&gate("A", "alpha = \"1.30\""))));
    let ran = project.update();
    assert!(
        ran.out.contains(
            "note: skipped: an enum of gates that a macro writes is not read\n  --> src.rs:4\n"
        ),
        "{ran:?}"
    );
    assert!(ran.out.ends_with("featuregates.yaml is new: 1 gate\n"), "{ran:?}");
}
