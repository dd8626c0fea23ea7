//! Reports about configurations that people run.

use std::sync::{Arc, LazyLock};

use featuregate_cli::check::Checker;
use featuregate_cli::releases::Releases;
use featuregate_cli::report::{Format, Report};
use featuregate_cli::walk::{self, Scope};
use featuregate_core::Version;
use featuregate_core::manifest::Manifest;
use featuregate_tests::data;
use serde_json::Value;

use crate::sample::Sample;
use crate::sarif::schema;

/// What is found in all of them at some releases.
static REPORT: LazyLock<Sample> = LazyLock::new(report);

fn report() -> Sample {
    let folder = data::folder();
    let history = Manifest::read(&data::read(&folder.join("history.featuregates.yaml"))).unwrap();
    let targets = [31, 34, 35, 36].map(|minor| Version::new(1, minor));
    let checker = Checker::new(&Releases::of([history]), &targets, &[]);
    let walked = walk::each(
        &[folder.join("configs")],
        &Scope::default(),
        false,
        |_| true,
        |source| {
            let found = checker.check(&source.path, source.syntax, &source.text);
            (!found.findings.is_empty()).then_some((source, found))
        },
    );
    assert_eq!((walked.skipped.len(), walked.failures.len()), (0, 0));
    let mut report = Report { targets: targets.into(), files: walked.files, ..Report::default() };
    for (source, found) in walked.results {
        report.findings.extend(found.findings);
        report.texts.insert(source.path, source.text);
    }
    assert!(report.findings.len() > 100, "{}", report.findings.len());
    Sample(report)
}

/// The byte of a location, counted in the plainest way.
fn byte(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let (line, column) = (number(line), number(column));
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let before: String = text[start..].chars().take(column - 1).collect();
    start + before.len()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn each_location_of_the_json_is_that_of_the_gate_or_edit() {
    let sample = &*REPORT;
    let rendered: Value = serde_json::from_str(&sample.rendered(Format::Json)).unwrap();
    let rendered = rendered["findings"].as_array().unwrap();
    assert_eq!(rendered.len(), sample.0.findings.len());
    let mut edits = 0;
    for (rendered, finding) in rendered.iter().zip(&sample.0.findings) {
        let text = &sample.0.texts[&finding.path];
        let at = byte(text, &rendered["line"], &rendered["column"]);
        assert!(text[at..].starts_with(rendered["gate"].as_str().unwrap()), "{rendered}");
        let Some(fix) = &finding.fix else {
            assert!(rendered["fix"].is_null());
            continue;
        };
        for (rendered, edit) in rendered["fix"]["edits"].as_array().unwrap().iter().zip(&fix.edits)
        {
            let start = byte(text, &rendered["line"], &rendered["column"]);
            let end = byte(text, &rendered["end_line"], &rendered["end_column"]);
            assert_eq!(
                ((start, end), &*edit.text),
                (edit.span, rendered["text"].as_str().unwrap())
            );
            edits += 1;
        }
    }
    assert!(edits > 100, "{edits}");
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn their_sarif_obeys_the_schema_and_has_each_location_once() {
    let sample = &*REPORT;
    let rendered: Value = serde_json::from_str(&sample.rendered(Format::Sarif)).unwrap();
    let errors: Vec<_> = schema().iter_errors(&rendered).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let results = rendered["runs"][0]["results"].as_array().unwrap();
    let targets = |result: &Value| result["properties"]["targets"].as_array().unwrap().len();
    assert_eq!(results.iter().map(targets).sum::<usize>(), sample.0.findings.len());
    assert!(results.len() < sample.0.findings.len());
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn people_and_github_see_as_many_findings_as_the_summary_says() {
    let sample = &*REPORT;
    let human = sample.rendered(Format::Human);
    let starts = |text: &str, begin: &str| text.lines().filter(|it| it.starts_with(begin)).count();
    let shown @ [errors, warnings, notes] =
        ["error[", "warning[", "note["].map(|begin| starts(&human, begin));
    let summary = human.lines().last().unwrap();
    let total = format!("{errors} errors, {warnings} warnings, {notes} notes; ");
    assert!(summary.starts_with(&total), "{summary}");
    let github = sample.rendered(Format::Github);
    let annotations = ["::error ", "::warning ", "::notice "].map(|begin| starts(&github, begin));
    assert_eq!(annotations, shown);
    assert_eq!(github.lines().count(), shown.iter().sum::<usize>() + 1);
    assert_eq!(github.lines().last(), Some(summary));
    let paths: Vec<Arc<str>> = sample.0.texts.keys().cloned().collect();
    assert!(paths.iter().all(|path| human.contains(&format!("--> {path}:"))));
}
