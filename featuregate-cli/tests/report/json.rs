use featuregate_cli::report::Format;
use serde_json::Value;

use crate::sample::{Sample, everything};

#[test]
fn the_fields_are_those_of_the_contract() {
    insta::assert_snapshot!(everything(&[36]).rendered(Format::Json));
}

#[test]
fn each_target_has_a_finding_of_its_own() {
    let rendered: Value =
        serde_json::from_str(&everything(&[35, 36]).rendered(Format::Json)).unwrap();
    let targets: Vec<_> =
        rendered["findings"].as_array().unwrap().iter().map(|it| &it["target"]).collect();
    assert_eq!(targets, ["1.35", "1.36", "1.35", "1.36", "1.35", "1.36", "1.35", "1.36"]);
}

#[test]
fn what_does_not_apply_is_null() {
    let mut sample = everything(&[36]);
    sample.0.findings.truncate(1);
    let finding = &mut sample.0.findings[0];
    (finding.target, finding.fix) = (None, None);
    std::sync::Arc::make_mut(&mut finding.about).value = None;
    let rendered: Value = serde_json::from_str(&sample.rendered(Format::Json)).unwrap();
    for field in ["target", "value", "fix"] {
        assert!(rendered["findings"][0].get(field).is_some_and(Value::is_null), "{field}");
    }
    assert!(rendered["skipped"][0].get("line").is_some_and(Value::is_null));
}

#[test]
fn a_value_is_a_boolean_in_any_spelling_or_a_text() {
    for (written, expected) in
        [("T", true.into()), ("0", false.into()), ("yes", Value::from("yes")), ("", "".into())]
    {
        let mut sample = everything(&[36]);
        std::sync::Arc::make_mut(&mut sample.0.findings[0].about).value = Some(written.into());
        let rendered: Value = serde_json::from_str(&sample.rendered(Format::Json)).unwrap();
        assert_eq!(rendered["findings"][0]["value"], expected, "{written}");
    }
}

#[test]
fn what_is_escaped_for_the_terminal_reads_back_as_it_was() {
    let path = "a\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041}\u{feff}ä東🦀\"\\.yaml";
    let rendered = Sample::against(&[]).skipped(path, None, "it is binary").rendered(Format::Json);
    assert!(rendered.contains(r"\u202e\udb40\udc41\ufeffä東🦀"), "{rendered}");
    let rendered: Value = serde_json::from_str(&rendered).unwrap();
    assert_eq!(rendered["skipped"][0]["path"], path);
}
