//! Configurations that people run, at every release.

use std::path::Path;

use featuregate_core::Version;
use serde::Deserialize;
use serde_json::json;

use crate::data::Data;
use crate::model::{Model, Outcome, Request, VERSIONS};
use crate::program::run;
use crate::{assert_same_report, errors, kubelet, report};

#[derive(Deserialize)]
struct Config {
    file: String,
    form: String,
    gates: Vec<Setting>,
}

#[derive(Deserialize)]
struct Setting {
    name: String,
    // A text, in some of the other forms.
    value: serde_json::Value,
    line: usize,
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_configuration_in_use_has_the_outcome_that_the_list_says() {
    let data = Data::find();
    let model = Model::of(&data);
    let index: Vec<Config> = serde_json::from_str(&data.read("configs/index.json")).unwrap();
    let configs = index.iter().filter(|config| config.form == "kubelet-config");
    let mut compared = (0, 0);
    for config in configs {
        let requests = requests(&data, config);
        let path = data.path(&config.file);
        for version in VERSIONS {
            if compare(&model, &path, &requests, version) {
                compared.0 += 1;
            } else {
                compared.1 += 1;
            }
        }
    }
    assert!(compared.0 > 5 && compared.1 > 5, "accepted and refused: {compared:?}");
}

/// The settings of a file, with the location where each must be found.
fn requests(data: &Data, config: &Config) -> Vec<Request> {
    let text = data.read(&config.file);
    let path = data.path(&config.file).display().to_string();
    let request = |setting: &Setting| {
        let Setting { name, value, line } = setting;
        let written = text.lines().nth(line - 1).unwrap();
        let before = written.split(&format!("\"{name}\"")).next().unwrap();
        assert_ne!(before, written, "{name} is not in line {line}");
        let column = before.chars().count() + 1;
        Request {
            name: name.clone(),
            value: value.as_bool().unwrap(),
            location: format!("{path}:{line}:{column}"),
            origin: json!({ "source": "config", "path": path, "line": line, "column": column }),
        }
    };
    config.gates.iter().map(request).collect()
}

/// Whether it is accepted, once that is what the model says.
fn compare(model: &Model, path: &Path, requests: &[Request], version: Version) -> bool {
    let mut command = kubelet(["--emulated-version", &version.to_string()]);
    command.arg("--config").arg(path);
    let case = format!("{} at {version}", path.display());
    match model.resolve(requests, version) {
        Outcome::Accepted { report: expected, notices } => {
            let (actual, err) = report(&mut command);
            assert_same_report(&actual, &expected, &case);
            let warnings = notices.iter().map(|notice| format!("warning: {notice}"));
            assert_eq!(err, warnings.collect::<Vec<_>>(), "{case}");
            true
        }
        Outcome::Refused(problems) => {
            let reported = run(command.arg("--print-feature-gates=json")).refused();
            assert_eq!(reported, errors(&problems), "{case}");
            false
        }
    }
}
