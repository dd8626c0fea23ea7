//! `featuregate coverage`, on records as tests write them. `tests/records` of the workspace has real runs.

use serde_json::{Value, json};

use crate::project::Project;

const SOURCE: &str = "\
#[derive(FeatureGate)]
#[feature_gate(version = \"1.36\")]
enum Feature {
    /// Read on and off.
    #[gate(beta = \"1.30\")]
    Both,
    /// Read on.
    #[gate(beta = \"1.30\")]
    OnlyOn,
    /// Read off, and outside of tests.
    #[gate(alpha = \"1.30\")]
    OnlyOff,
    /// Not read.
    #[gate(alpha = \"1.30\")]
    Never,
    /// Locked on.
    #[gate(beta = \"1.30\", ga = \"1.33\")]
    Locked,
    /// Not read, and checked.
    #[gate(alpha = \"1.30\")]
    Unread,
}

fn check() -> bool {
    Feature::Unread.enabled()
}
";

const UNREAD: &str = "    /// Not read, and checked.\n    #[gate(alpha = \"1.30\")]\n    Unread,\n";

const RECORD: &str = "featuregate-record\t1\tapp-1\n\
    app::Feature\tBoth\ton\ttests::a\napp::Feature\tBoth\toff\ttests::b\napp::Feature\tBoth\ton\ttests::b\n\
    app::Feature\tOnlyOn\ton\ttests::a\napp::Feature\tOnlyOff\toff\t\napp::Feature\tLocked\ton\ttests::a\n";

fn project() -> Project {
    Project::with(&[("src.rs", SOURCE), ("records/1.gates", RECORD)])
}

#[test]
fn the_report_is_a_table_for_people_and_for_pull_requests() {
    let project = project();
    let ran = project.change(&["coverage", "records"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    insta::assert_snapshot!("human", ran.out);
    let ran = project.change(&["coverage", "records", "--format", "markdown"]);
    insta::assert_snapshot!("markdown", ran.out);
}

#[test]
fn the_report_for_programs_has_its_fields() {
    let ran = project().change(&["coverage", "records", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["version"], 1);
    let both = json!({"gate": "Both", "checked": true, "on": true, "off": true, "tests_on": 2, "tests_off": 1});
    assert_eq!(report["gates"][0], both);
    let only_off = json!({"gate": "OnlyOff", "checked": true, "on": false, "off": true, "tests_on": 0, "tests_off": 0});
    assert_eq!(report["gates"][3], only_off);
}

#[test]
fn a_minimum_fails_where_it_is_not_reached() {
    let project = project();
    let code = |min: &str| project.change(&["coverage", "records", "--min", min]).code;
    assert_eq!((code("any"), code("both")), (1, 1));
    project.write("src.rs", SOURCE.replace(UNREAD, ""));
    assert_eq!((code("any"), code("both")), (1, 1));
    let others = "    /// Read off, and outside of tests.\n    #[gate(alpha = \"1.30\")]\n    OnlyOff,\n    /// Not read.\n    #[gate(alpha = \"1.30\")]\n    Never,\n";
    let without_never = SOURCE
        .replace(UNREAD, "")
        .replace("    /// Not read.\n    #[gate(alpha = \"1.30\")]\n    Never,\n", "");
    project.write("src.rs", &without_never);
    assert_eq!((code("any"), code("both")), (0, 1));
    project.write(
        "src.rs",
        SOURCE
            .replace(UNREAD, "")
            .replace(others, "")
            .replace("    /// Read on.\n    #[gate(beta = \"1.30\")]\n    OnlyOn,\n", ""),
    );
    assert_eq!((code("any"), code("both")), (0, 0));
}

#[test]
fn folders_are_merged_and_one_without_records_is_an_error() {
    let project = project();
    project.write(
        "more/2.gates",
        "featuregate-record\t1\tapp-1\napp::Feature\tOnlyOn\toff\ttests::c\napp::Fea",
    );
    let ran = project.change(&["coverage", "records", "more", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (report["gates"][4]["gate"].as_str(), report["gates"][4]["tests_off"].as_u64()),
        (Some("OnlyOn"), Some(1))
    );
    assert_eq!(ran.err, "note: 1 of 2 processes ended while they recorded\n");
    project.write("empty/readme.md", "");
    let ran = project.change(&["coverage", "empty", "missing"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("empty has no records; run the tests with the feature record"),
        "{ran:?}"
    );
    assert!(ran.err.contains("cannot read the records in missing"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn the_command_that_runs_the_tests_writes_to_the_folder() {
    let project = project();
    project.write("records/notes.gates", "not a record");
    let script = "printf 'featuregate-record\\t1\\tapp\\napp::Feature\\tBoth\\ton\\ta\\n' > $FEATUREGATE_RECORD/1.gates; exit 3";
    let ran =
        project.change(&["coverage", "records", "--format", "json", "--", "sh", "-c", script]);
    // The source comes before `--`.
    assert_eq!(ran.code, 2, "{ran:?}");
    std::fs::remove_file(project.path().join("records/notes.gates")).unwrap();
    let arguments = [
        "coverage",
        "--src",
        "src.rs",
        "new/records",
        "--format",
        "json",
        "--",
        "sh",
        "-c",
        script,
    ];
    let ran = project.run(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (1, "the command that runs the tests has failed\n"));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["gates"][0]["tests_on"], 1);
    // Records of an earlier run are removed, and other files stay.
    project.write("new/records/old.gates", RECORD);
    project.write("new/records/notes.txt", "mine");
    let ran = project.run(&arguments);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["gates"][4]["tests_on"], 0, "{report}");
    assert_eq!(project.read("new/records/notes.txt"), "mine");
}
