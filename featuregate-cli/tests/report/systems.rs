//! The formats of CI systems.

use std::collections::BTreeSet;

use featuregate_cli::report::Format;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::sample::{Sample, everything};

/// A report, with files named from this package.
fn rendered(sample: &Sample, format: Format) -> String {
    sample.rendered(format).replace("featuregate-cli/deploy/", "deploy/")
}

#[test]
fn gitlab_gets_a_violation_for_each_finding() {
    insta::assert_snapshot!(rendered(&everything(&[35, 36]), Format::Gitlab));
    assert_eq!(rendered(&Sample::against(&[36]), Format::Gitlab), "[]\n");
}

#[test]
fn each_violation_has_a_fingerprint_that_its_line_does_not_change() {
    let violations = |sample: &Sample| -> Vec<Value> {
        serde_json::from_str(&rendered(sample, Format::Gitlab)).unwrap()
    };
    let fingerprints = |sample: &Sample| -> BTreeSet<String> {
        violations(sample).iter().map(|it| it["fingerprint"].to_string()).collect()
    };
    let mut sample = everything(&[36]);
    let again = sample.0.findings.clone();
    sample.0.findings.extend(again);
    let before = fingerprints(&sample);
    assert_eq!(before.len(), violations(&sample).len());
    sample.0.findings.iter_mut().for_each(|finding| finding.location.line += 7);
    assert_eq!(fingerprints(&sample), before);
}

#[test]
fn junit_gets_a_test_for_each_finding() {
    let sample = everything(&[35, 36]).failed("nowhere.yaml: cannot be opened");
    insta::assert_snapshot!(rendered(&sample, Format::Junit));
    insta::assert_snapshot!(rendered(&Sample::against(&[36]), Format::Junit));
}

#[test]
fn junit_is_well_formed_whatever_a_file_has() {
    let odd = "a<b>&\"'\u{1b}\u{0}\n\u{fffe}]]>";
    let mut sample = everything(&[36]).skipped(odd, Some(1), odd).failed("x\u{1}");
    for finding in &mut sample.0.findings {
        finding.path = odd.into();
        let about = std::sync::Arc::make_mut(&mut finding.about);
        (about.gate, about.message) = (odd.into(), odd.into());
    }
    let text = rendered(&sample, Format::Junit);
    assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n'), None, "{text}");
    assert!(!text.contains('\u{fffe}'), "{text}");
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let mut cases = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(tag.attributes().all(|it| it.is_ok()));
                cases += usize::from(tag.name().as_ref() == b"testcase");
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(cases, 8);
}
