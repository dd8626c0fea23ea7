use serde_json::{Value, json};

use crate::project::{Project, manifest, workspace};

fn uses(project: &Project, arguments: &[&str]) -> Value {
    let ran = project.featuregate("", &[&["uses", "--format", "json"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

/// `file:line kind function`, and `!` where a check is negated.
fn lines(report: &Value) -> Vec<String> {
    let line = |used: &Value| {
        let text = |field: &str| used[field].as_str().unwrap_or_default().to_owned();
        let negated = if used["negated"] == true { "!" } else { "" };
        let function = text("function");
        format!("{}:{} {negated}{} {function}", text("path"), used["line"], text("kind"))
            .trim_end()
            .to_owned()
    };
    report["uses"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn names_are_followed_through_imports_crates_and_modules() {
    let project = workspace();
    let report = uses(&project, &["Cache"]);
    assert_eq!(
        lines(&report),
        [
            "app/src/main.rs:5 check main",
            "app/src/main.rs:6 check main",
            "app/src/main.rs:12 match main",
            "app/src/server.rs:3 documentation run",
            "app/src/server.rs:6 !gates run",
            "app/src/server.rs:9 check run",
            "app/src/server.rs:17 !check start",
            "app/tests/sides.rs:6 override with_cache",
            "app/tests/sides.rs:12 override without_cache",
            "app/tests/sides.rs:18 override with_both",
            "app/tests/sides.rs:24 override by_text",
            "app/tests/sides.rs:30 override by_name",
            "app/tests/sides.rs:35 override",
            "app/tests/sides.rs:35 override",
            "config.yaml:2 configuration",
            "core/src/lib.rs:7 check serve",
            "docs/operations.md:1 documentation",
        ]
    );
    assert_eq!(report["unresolved"], json!([]));
    let report = uses(&project, &["Warming"]);
    assert_eq!(
        lines(&report),
        [
            "app/src/main.rs:5 !check main",
            "app/src/main.rs:10 value main",
            "app/src/main.rs:11 match main",
            "app/tests/sides.rs:18 override with_both",
            "app/tests/sides.rs:19 check with_both",
            "app/tests/sides.rs:24 override by_text",
            "app/tests/sides.rs:25 check by_text",
            "app/tests/sides.rs:35 override",
            "app/tests/sides.rs:35 override",
        ]
    );
}

#[test]
fn unused_gates_have_an_owner_and_a_history() {
    let project = workspace();
    project.write("core/src/lonely.rs", "fn f() -> bool { crate::Feature::Lonely.enabled() }\n");
    project.commit();
    std::fs::remove_file(project.path().join("core/src/lonely.rs")).unwrap();
    project.git(&["commit", "-qam", "Forget the gate"]);
    let report = uses(&project, &["--history"]);
    let unused = &report["unused"][0];
    assert_eq!(
        (&unused["gate"], &unused["path"], &unused["line"]),
        (&json!("Lonely"), &json!("core/src/features.rs"), &json!(16))
    );
    assert_eq!(unused["owner"], "@core-team");
    assert_eq!(unused["last"]["subject"], "Forget the gate");
    assert_eq!(report["unused"].as_array().unwrap().len(), 1);
    assert_eq!(report["removed"], json!(["Old"]));
    let ran = project.featuregate("", &["uses", "--history"]);
    assert!(
        ran.out
            .contains("core/src/features.rs:16: gate Lonely is used nowhere, owner @core-team\n"),
        "{ran:?}"
    );
    assert!(ran.out.contains(": Forget the gate\n"), "{ran:?}");
    assert!(ran.out.contains("Old (removed)\n  config.yaml:3:3: configuration\n"), "{ran:?}");
}

/// A crate with an enum with one gate, and this code.
fn with(code: &str) -> Project {
    Project::with(&[
        ("Cargo.toml", &manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        ("src/lib.rs", &format!("{ENUM}{code}")),
    ])
}

const ENUM: &str = "\
pub mod gates {
    /// The gates.
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    pub enum Feature {
        /// A cache.
        #[gate(alpha)]
        Cache,
    }
    pub type Alias = Feature;
    impl Feature { pub fn own() -> bool { Self::Cache.enabled() } }
}
";

#[test]
fn every_way_to_name_a_gate_is_followed() {
    for code in [
        "fn f() -> bool { gates::Feature::Cache.enabled() }",
        "fn f() -> bool { <gates::Feature>::Cache.enabled() }",
        "fn f() -> bool { crate::gates::Feature::Cache.enabled() }",
        "fn f() -> bool { self::gates::Alias::Cache.enabled() }",
        "use gates::Feature as F; fn f() -> bool { F::Cache.enabled() }",
        "use gates::*; fn f() -> bool { Feature::Cache.enabled() }",
        "use gates::Feature::*; fn f() -> bool { Cache.enabled() }",
        "fn f() -> bool { use gates::Feature; Feature::Cache.enabled() }",
        "fn f() -> bool { use gates::{Feature::Cache as C, Alias}; Alias::Cache.enabled() }",
        "mod a { pub use crate::gates::Feature; } mod b { pub use super::a::*; } fn f() -> bool { b::Feature::Cache.enabled() }",
        "mod a { fn f() -> bool { super::gates::Feature::Cache.enabled() } }",
        "fn f() { println!(\"{}\", gates::Feature::Cache.enabled()) }",
        "fn f() { assert!(vec![gates::Feature::Cache.enabled()][0]) }",
        "use gates::r#Feature; fn f() -> bool { r#Feature::r#Cache.enabled() }",
        "extern crate self as me; fn f() -> bool { me::gates::Feature::Cache.enabled() }",
    ] {
        let report = uses(&with(code), &[]);
        let checks = lines(&report).iter().filter(|line| line.contains("check")).count();
        // One is in the enum's own code.
        assert_eq!((checks, &report["unresolved"]), (2, &json!([])), "{code}: {report:#}");
    }
}

#[test]
fn other_names_are_not_uses() {
    for code in [
        "enum Feature { Cache } fn f() { let _ = Feature::Cache; }",
        "mod other { pub enum Feature { Cache } } use other::Feature; fn f() { let _ = Feature::Cache; }",
        "struct Cache; fn f() { let _ = Cache; }",
        "struct S { Cache: u8 } fn f(s: S) -> u8 { s.Cache }",
        "// Feature::Cache.enabled()\n",
        "fn f() -> &'static str { \"Cache is a word\" }",
        "fn f() { use gates::Feature::*; { enum Other { Cache } use Other::*; let _ = Cache; } }",
    ] {
        let report = uses(&with(code), &[]);
        assert_eq!(lines(&report), ["src/lib.rs:10 check Feature::own"], "{code}");
    }
}

#[test]
fn what_cannot_be_followed_is_listed() {
    let report = uses(
        &with(
            "fn f() { <gates::Feature as T>::Cache.enabled(); missing::Feature::Cache.enabled(); }",
        ),
        &[],
    );
    let reasons: Vec<&str> = report["unresolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(
        reasons,
        [
            "T::Cache cannot be followed to its declaration",
            "missing::Feature::Cache cannot be followed to its declaration"
        ]
    );
    // What a macro makes of its tokens is not known.
    let report = uses(
        &with("macro_rules! m { ($($t:tt)*) => {} } m!(gates::Feature::Cache.enabled());"),
        &[],
    );
    assert_eq!(lines(&report)[1], "src/lib.rs:12 macro");
}

#[test]
fn an_unknown_gate_is_a_usage_error() {
    let ran = workspace().featuregate("", &["uses", "cache"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(ran.err, "error: cache is not a gate of the package; did you mean Cache?\n");
}

/// Texts name gates as configuration does.
#[test]
fn gates_are_found_under_the_names_that_configuration_gives_them() {
    let project = Project::with(&[
        (
            "Cargo.toml",
            &(manifest("app", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")
                + "\n[dev-dependencies]\nfeaturegate-test = { path = \"REPOSITORY/featuregate-test\" }\n"),
        ),
        (
            "src/lib.rs",
            "\
/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = \"1.36\", rename_all = \"kebab-case\")]
pub enum Feature {
    /// The net.
    #[gate(alpha = \"1.25\", alias = \"old-net\")]
    FastNet,
    /// A cache.
    #[gate(alpha = \"1.25\")]
    Cache,
}

/// Whether the cache is fast: `cache=true` or `fast-net`.
pub fn is_fast() -> bool {
    Feature::FastNet.enabled() && Feature::Cache.enabled() && \"cache\".len() == 5
}
",
        ),
        (
            "tests/sides.rs",
            "\
use app::Feature;
use featuregate_test::overrides;

#[test]
fn both() {
    let _scope = overrides::<Feature>().text(\"cache=true,fast-net=true\").enter();
    assert!(app::is_fast());
}

#[test]
fn neither() {
    let _scope = overrides::<Feature>().text(\"fast-net=false\").named(\"cache\", false).enter();
    assert!(!app::is_fast());
}
",
        ),
        ("config.yaml", "featureGates:\n  old-net: true\n  cache: true\n"),
        ("README.md", "The cache of my-cache is `cache`. It needs fast-net, or fast-network.\n"),
    ]);
    assert_eq!(
        lines(&uses(&project, &["FastNet"])),
        [
            "README.md:1 documentation",
            "config.yaml:2 configuration",
            "src/lib.rs:13 documentation is_fast",
            "src/lib.rs:15 check is_fast",
            "tests/sides.rs:6 override both",
            "tests/sides.rs:12 override neither",
        ]
    );
    assert_eq!(
        lines(&uses(&project, &["Cache"])),
        [
            "README.md:1 documentation",
            "config.yaml:3 configuration",
            "src/lib.rs:13 documentation is_fast",
            "src/lib.rs:15 check is_fast",
            "tests/sides.rs:6 override both",
            "tests/sides.rs:12 override neither",
        ]
    );
    let ran = project.featuregate("", &["remove", "FastNet", "--as", "on", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let tombstone =
        "#[tombstone(\"fast-net\", alias = \"old-net\", removed = \"1.36\", value = true)]";
    assert!(project.read("src/lib.rs").contains(tombstone), "{}", project.read("src/lib.rs"));
    let tests = project.read("tests/sides.rs");
    assert!(tests.contains("text(\"cache=true\")") && !tests.contains("neither"), "{tests}");
    assert_eq!(project.read("config.yaml"), "featureGates:\n  cache: true\n");
    assert!(project.test().code == 0);
}

#[test]
fn an_enum_that_cannot_be_read_is_shown_where_it_is_wrong() {
    let project = workspace();
    let features = project.read("core/src/features.rs");
    project.write("core/src/features.rs", &features.replace("    Cache,\n", "    Cache\n"));
    for (arguments, code) in [(&["uses", "Cache"], 1), (&["remove", "Cache"], 2)] {
        let ran = project.featuregate("core", arguments);
        assert_eq!(ran.code, code, "{ran:?}");
        let shown = "error[invalid-declaration]: cannot read this enum: expected `,`\n  --> src/features.rs:11:5\n";
        assert!(ran.out.contains(shown), "{ran:?}");
    }
}

/// Only a comparison with the gate negates it.
#[test]
fn a_negated_check_is_one_that_is_compared_with_false() {
    let codes = [
        ("!GATE", true),
        ("!!GATE", false),
        ("(!GATE)", true),
        ("GATE == false", true),
        ("false == GATE", true),
        ("true != GATE", true),
        ("GATE != true", true),
        ("!(GATE == false)", false),
        ("GATE == true", false),
        ("GATE && n == false", false),
        ("false == n || GATE", false),
        ("GATE ^ false", false),
    ];
    let functions = codes.iter().enumerate().map(|(index, (code, _))| {
        let code = code.replace("GATE", "gates::Feature::Cache.enabled()");
        format!("pub fn f{index}(n: bool) -> bool {{ let _ = n; {code} }}\n")
    });
    let project = with(&functions.collect::<String>());
    let report = uses(&project, &["Cache"]);
    // The first is in the `impl` of the enum.
    let found = report["uses"].as_array().unwrap().iter().skip(1);
    let found: Vec<bool> = found.map(|used| used["negated"] == true).collect();
    let expected: Vec<bool> = codes.iter().map(|(_, negated)| *negated).collect();
    assert_eq!(found, expected);
}
