//! Every gate set by itself, to both values, at every release: what the list and the dependencies lead to.

use std::collections::BTreeMap;

use featuregate_core::Version;
use kubelet::Feature;

use crate::data::Data;
use crate::model::{Model, Outcome, Request, VERSIONS};
use crate::program::run;
use crate::{assert_same_report, errors, kubelet, report};

struct Case {
    name: String,
    value: bool,
    version: Version,
}

impl Case {
    fn request(&self) -> Request {
        Request::flag(&self.name, self.value)
    }

    fn text(&self) -> String {
        format!("{}={}", self.name, self.value)
    }

    fn expected(&self, model: &Model) -> Outcome {
        model.resolve(&[self.request()], self.version)
    }
}

fn cases<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Case> {
    let at = |name: &str, version: Version| {
        [true, false].map(|value| Case { name: name.to_owned(), value, version })
    };
    names.flat_map(|name| VERSIONS.into_iter().flat_map(move |version| at(name, version))).collect()
}

/// Compares in this process; one line for each case that differs.
fn differences(model: &Model, cases: &[Case]) -> Vec<String> {
    let compare = |case: &Case| {
        let text = case.text();
        let outcome = Feature::resolver().without_env().flag(&text).emulate(case.version).resolve();
        let (expected, actual) = match (case.expected(model), outcome) {
            (Outcome::Accepted { report, notices }, Ok(resolution)) => {
                let reported = resolution.notices().iter().map(ToString::to_string).collect();
                let actual = featuregate::data::Report::new(&resolution);
                let actual = serde_json::to_value(&actual).unwrap();
                assert_same_report(&actual, &report, &text);
                (notices, reported)
            }
            (Outcome::Refused(expected), Err(problems)) => {
                let mut reported: Vec<String> = problems.iter().map(ToString::to_string).collect();
                // All are at one location: the order among them is that of the declaration.
                reported.sort();
                (expected, reported)
            }
            (Outcome::Accepted { .. }, Err(problems)) => (vec![], vec![problems.to_string()]),
            (Outcome::Refused(expected), Ok(_)) => (expected, vec!["accepted".to_owned()]),
        };
        let version = case.version;
        (expected != actual)
            .then(|| format!("{text} at {version}:\n  list  {expected:#?}\n  here  {actual:#?}"))
    };
    cases.iter().filter_map(compare).collect()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn each_gate_set_by_itself_leads_to_what_the_list_says() {
    let data = Data::find();
    let model = Model::of(&data);
    let cases = cases(model.names());
    assert_eq!(cases.len(), 230 * 2 * 7);
    let differences = differences(&model, &cases);
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_removed_gate_is_refused_whatever_its_value_and_the_emulated_release() {
    let data = Data::find();
    let model = Model::of(&data);
    let differences = differences(&model, &cases(model.removed()));
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_program_says_of_a_sample_what_the_library_says() {
    const OF_EACH_KIND: usize = 12;
    let data = Data::find();
    let model = Model::of(&data);
    let cases = cases(model.names());
    let mut kinds: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &cases {
        kinds.entry(case.expected(&model).kind()).or_default().push(case);
    }
    let found: Vec<&str> = kinds.keys().copied().collect();
    assert_eq!(found, ["accepted", "accepted with a notice", "locked", "not yet", "requires"]);
    for cases in kinds.into_values() {
        for case in cases.iter().step_by(cases.len().div_ceil(OF_EACH_KIND)) {
            let (text, emulated) = (case.text(), case.version.to_string());
            let mut command = kubelet(["--feature-gates", &text, "--emulated-version", &emulated]);
            match case.expected(&model) {
                Outcome::Accepted { report: expected, notices } => {
                    let (actual, err) = report(&mut command);
                    assert_same_report(&actual, &expected, &text);
                    let warnings = notices.iter().map(|notice| format!("warning: {notice}"));
                    assert_eq!(err, warnings.collect::<Vec<_>>());
                }
                Outcome::Refused(problems) => {
                    let command = command.arg("--print-feature-gates=json");
                    let mut reported = run(command).refused();
                    reported.sort();
                    assert_eq!(reported, errors(&problems), "{text} at {emulated}");
                }
            }
        }
    }
}
