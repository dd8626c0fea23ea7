//! Each rule on the fixture that breaks it, and on the fixed one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::found;
use crate::project::{Project, run_in};

const RULES: [&str; 16] = [
    "alpha-on-by-default",
    "old-alpha",
    "old-beta",
    "dropped-tombstone",
    "illegal-transition",
    "invalid-declaration",
    "no-doc",
    "no-issue",
    "no-owner",
    "stale-manifest",
    "overdue-removal",
    "removed-too-early",
    "missing-tombstone",
    "reused-name",
    "untested-side",
    "unused-gate",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/fixtures")
}

fn fixture(rule: &str) -> PathBuf {
    fixtures().join(rule.replace('-', "_"))
}

/// The arguments for a file of a rule's fixture, with the records of tests where there are any.
fn verify<'a>(rule: &str, file: &'a str) -> Vec<&'a str> {
    let mut arguments = vec!["verify", "--src", file, "--manifest", "featuregates.yaml"];
    let records = if file == "fixed.rs" { "records-fixed" } else { "records" };
    if fixture(rule).join(records).is_dir() {
        arguments.extend(["--coverage", records]);
    }
    arguments
}

#[test]
fn each_rule_reports_what_breaks_it_with_help() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures().parent().unwrap().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for rule in RULES {
        let ran = run_in(&fixture(rule), &verify(rule, "src.rs"));
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{rule}");
        insta::assert_snapshot!(rule, ran.out);
    }
}

#[test]
fn the_fixture_of_a_rule_breaks_only_this_rule() {
    for rule in RULES {
        let arguments = [verify(rule, "src.rs").as_slice(), &["--format", "json"]].concat();
        let found = found(&run_in(&fixture(rule), &arguments));
        assert!(!found.is_empty(), "{rule}");
        assert!(found.iter().all(|(found, _, _)| found == rule), "{rule}: {found:?}");
    }
}

#[test]
fn a_fixed_fixture_passes() {
    for rule in RULES {
        let ran = run_in(&fixture(rule), &verify(rule, "fixed.rs"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{rule}: {}", ran.out);
        assert!(ran.out.starts_with("ok: "), "{rule}: {}", ran.out);
    }
}

#[test]
fn a_rule_that_is_off_reports_nothing() {
    for rule in RULES {
        let folder = fixture(rule);
        let mut policy = String::from("[rules]\nstale-manifest = \"off\"\n");
        // An enum that does not compile cannot be accepted.
        let refused = ["alpha-on-by-default", "invalid-declaration", "no-doc"].contains(&rule);
        if !refused && rule != "stale-manifest" {
            policy += rule;
            policy += " = \"off\"\n";
        }
        if rule == "reused-name" {
            policy += "missing-tombstone = \"off\"\n";
        }
        let project = Project::with(&[("off.toml", &policy)]);
        let config = project.path().join("off.toml");
        let arguments =
            [verify(rule, "src.rs").as_slice(), &["--config", config.to_str().unwrap()]].concat();
        let ran = run_in(&folder, &arguments);
        assert_eq!(ran.code, i32::from(refused), "{rule}: {ran:?}");
    }
}

#[test]
fn update_writes_nothing_where_the_source_contradicts_the_manifest() {
    let over_time = ["illegal-transition", "missing-tombstone", "removed-too-early", "reused-name"];
    for rule in over_time {
        let read = |name: &str| fs::read_to_string(fixture(rule).join(name)).unwrap();
        let (manifest, policy) = (read("featuregates.yaml"), read("featuregate.toml"));
        let project = Project::with(&[
            ("src.rs", &read("src.rs")),
            ("fixed.rs", &read("fixed.rs")),
            ("featuregates.yaml", &manifest),
            ("featuregate.toml", &policy),
        ]);
        let ran = project.run(&["update", "--src", "src.rs"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.out.contains(&format!("error[{rule}]")), "{ran:?}");
        assert_eq!(
            ran.err,
            "nothing was written; fix the source, or use --force to write the manifest anyway\n"
        );
        assert_eq!(project.read("featuregates.yaml"), manifest);

        let ran = project.run(&["update", "--src", "fixed.rs"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        project.write("featuregates.yaml", &manifest);
        let ran = project.run(&["update", "--src", "src.rs", "--force"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_ne!(project.read("featuregates.yaml"), manifest);
    }
}

#[test]
fn each_rule_has_a_page_with_an_example_and_its_level() {
    let project = Project::with(&[]);
    for rule in RULES {
        let page = project.run(&["explain", rule]);
        assert_eq!(page.code, 0, "{rule}: {page:?}");
        for part in [rule, "Example", "What to do", "Its level"] {
            assert!(page.out.contains(part), "{rule} lacks {part:?}");
        }
    }
}
