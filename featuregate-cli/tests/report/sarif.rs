use std::path::PathBuf;
use std::process::Command;

use cargo_metadata::MetadataCommand;
use featuregate_cli::report::Format;
use serde_json::Value;
use serde_sarif::sarif::Sarif;

use crate::sample::{Sample, everything};

/// The schema of the format: of the crate that is made from it, or the file that `SARIF_SCHEMA` names.
pub(crate) fn schema() -> jsonschema::Validator {
    let file = match std::env::var_os("SARIF_SCHEMA") {
        Some(file) => PathBuf::from(file),
        None => schema_of_the_crate(),
    };
    let schema = std::fs::read_to_string(file).unwrap();
    // A pattern that is not a regular expression before the errata of the format.
    let language = ["^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"];
    let schema = schema.replace(language[0], language[1]);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn schema_of_the_crate() -> PathBuf {
    // Without a platform cargo would fetch the packages of all of them.
    let compiler = Command::new("rustc").arg("-vV").output().unwrap();
    let compiler = String::from_utf8(compiler.stdout).unwrap();
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .other_options(["--locked".to_owned(), format!("--filter-platform={host}")])
        .exec()
        .unwrap();
    let package = metadata.packages.iter().find(|package| *package.name == "serde-sarif").unwrap();
    package.manifest_path.with_file_name("src/schema.json").into()
}

/// A report, with files named from this package, whether it is in a repository or not.
fn rendered(sample: &Sample) -> Value {
    let rendered = sample.rendered(Format::Sarif).replace("\"featuregate-cli/", "\"");
    serde_json::from_str(&rendered).unwrap()
}

fn samples() -> Vec<(&'static str, Sample)> {
    let mut without_texts = everything(&[36]);
    without_texts.0.texts.clear();
    let mut of_no_release = everything(&[36]);
    of_no_release.0.findings.iter_mut().for_each(|finding| finding.target = None);
    let path = "/a b/\u{1b}:%#?\"ä東\\.yaml";
    vec![
        ("everything", everything(&[34, 35, 36])),
        ("nothing", Sample::against(&[])),
        ("without texts", without_texts),
        ("of no release", of_no_release),
        ("a strange path", Sample::against(&[36]).skipped(path, Some(1), "it is binary")),
        ("standard input", Sample::against(&[36]).skipped("-", None, "it is binary")),
        ("a failure", everything(&[36]).failed("nowhere.yaml: cannot open it")),
        ("outside", Sample::against(&[36]).skipped("../../x.yaml", None, "it is binary")),
    ]
}

#[test]
fn it_obeys_the_schema() {
    let schema = schema();
    for (name, sample) in samples() {
        let rendered = rendered(&sample);
        let errors: Vec<_> = schema.iter_errors(&rendered).map(|it| it.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let mut broken = rendered(&everything(&[36]));
    broken["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!schema.is_valid(&broken));
}

#[test]
fn a_library_for_the_format_reads_all_of_it() {
    for (name, sample) in samples() {
        let rendered = rendered(&sample);
        let read: Sarif = serde_json::from_value(rendered.clone()).unwrap();
        // Nothing is lost: every field is one of the format's.
        let run = serde_json::to_value(&read).unwrap();
        assert_eq!(rendered["runs"][0]["results"], run["runs"][0]["results"], "{name}");
        assert_eq!(rendered["runs"][0]["invocations"], run["runs"][0]["invocations"], "{name}");
        assert_eq!(rendered["runs"][0]["tool"], run["runs"][0]["tool"], "{name}");
    }
}

#[test]
fn each_result_has_its_rule_location_and_fix() {
    let rendered = rendered(&everything(&[35, 36]));
    let run = &rendered["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules: Vec<_> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(rules, ["unknown-gate", "removed-gate", "redundant-gate"]);
    let help = run["tool"]["driver"]["rules"][1]["help"]["markdown"].as_str().unwrap();
    assert!(help.starts_with("# removed-gate\n"), "{help}");
    insta::assert_snapshot!(serde_json::to_string_pretty(&run["results"]).unwrap());
}

#[test]
fn what_was_skipped_is_a_notification() {
    let rendered = rendered(&everything(&[36]));
    let notifications = &rendered["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    insta::assert_snapshot!(serde_json::to_string_pretty(notifications).unwrap());
}

#[test]
fn a_run_that_could_not_open_what_was_named_was_not_successful() {
    let invocation = |sample: &Sample| rendered(sample)["runs"][0]["invocations"][0].clone();
    assert_eq!(invocation(&everything(&[36]))["executionSuccessful"], true);
    let failure = "nowhere.yaml: cannot open it: not found";
    let invocation = invocation(&everything(&[36]).failed(failure));
    assert_eq!(invocation["executionSuccessful"], false);
    let notifications = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notifications.len(), 3, "what was skipped is reported too");
    assert_eq!(
        (&notifications[0]["level"], &notifications[0]["message"]["text"]),
        (&"error".into(), &failure.into())
    );
}

#[test]
fn a_path_is_a_uri_below_the_folder_or_a_whole_one() {
    let location = |path: &str| {
        let rendered = rendered(&Sample::against(&[36]).skipped(path, None, "it is binary"));
        let notification = &rendered["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
        let artifact = &notification["locations"][0]["physicalLocation"]["artifactLocation"];
        let base = artifact.get("uriBaseId").map(|base| base.as_str().unwrap().to_owned());
        (artifact["uri"].as_str().unwrap().to_owned(), base)
    };
    let root = Some("%SRCROOT%".to_owned());
    assert_eq!(location("a b/../ä.yaml"), ("%C3%A4.yaml".to_owned(), root.clone()));
    let here = std::env::current_dir().unwrap().join("x:y.yaml");
    assert_eq!(location(here.to_str().unwrap()), ("x%3Ay.yaml".to_owned(), root));
    let (uri, base) = location("../../x.yaml");
    assert!(uri.starts_with("file:///") && uri.ends_with("/x.yaml") && base.is_none(), "{uri}");
}
