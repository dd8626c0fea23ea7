//! The gates in effect, as the program prints them.

use featuregate::FeatureGate;
use featuregate::data::Report;

use crate::data::Data;
use crate::model::{Model, Outcome, VERSIONS};
use crate::program::run;
use crate::{assert_same_report, kubelet, report};

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_report_is_what_the_list_says_at_every_release() {
    let data = Data::find();
    let model = Model::of(&data);
    for version in VERSIONS {
        let Outcome::Accepted { report: expected, .. } = model.resolve(&[], version) else {
            panic!("the defaults of {version} do not resolve");
        };
        let emulated = version.to_string();
        let (actual, err) = report(&mut kubelet(["--emulated-version", &emulated]));
        assert_same_report(&actual, &expected, &emulated);
        assert_eq!(err, [""; 0], "{version}");
    }
}

#[test]
fn without_emulation_the_report_is_that_of_the_programs_own_release() {
    let (own, _) = report(&mut kubelet([""; 0]));
    let (emulated, _) = report(&mut kubelet(["--emulated-version=1.36"]));
    assert_same_report(&own, &emulated, "1.36");
}

#[test]
fn the_report_is_sorted_by_the_bytes_of_the_names_and_without_groups() {
    let (rows, _) = report(&mut kubelet([""; 0]));
    let name = |row: &serde_json::Value| row["name"].as_str().unwrap().to_owned();
    let names: Vec<String> = rows.as_array().unwrap().iter().map(name).collect();
    assert!(names.is_sorted());
    assert!(!names.iter().any(|name| ["AllAlpha", "AllBeta"].contains(&name.as_str())));
}

#[test]
fn the_report_of_an_enum_in_another_order_is_sorted_too() {
    /// The example's own enum is in this order already.
    #[derive(Clone, Copy, FeatureGate)]
    enum Unordered {
        /// The last.
        #[gate(alpha)]
        Zone,
        /// The second.
        #[gate(beta)]
        Api,
        /// The first.
        #[gate(ga)]
        APi,
    }
    let resolution = Unordered::resolver().resolve().unwrap();
    let rows = serde_json::to_value(Report::new(&resolution)).unwrap();
    let names: Vec<&serde_json::Value> =
        rows.as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["APi", "Api", "Zone"]);
}

#[test]
fn the_table_has_a_line_for_each_gate_of_the_report() {
    let (rows, _) = report(&mut kubelet([""; 0]));
    for arguments in [["--print-feature-gates"], ["--print-feature-gates=table"]] {
        let (table, err) = run(&mut kubelet(arguments)).succeeded();
        assert_eq!(err, "");
        let mut lines = table.lines();
        let head: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
        assert_eq!(head, ["NAME", "STAGE", "DEFAULT", "LOCKED", "ENABLED", "BECAUSE"]);
        let yes = |value: &serde_json::Value| if value == true { "yes" } else { "no" };
        for (line, row) in lines.by_ref().zip(rows.as_array().unwrap()) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let locked = yes(&row["locked"]);
            let text = |key: &str| row[key].to_string().trim_matches('"').to_owned();
            let expected = [
                &text("name"),
                &text("stage"),
                &text("default"),
                locked,
                &text("enabled"),
                "default",
            ];
            assert_eq!(cells, expected);
        }
        assert_eq!(table.lines().count(), rows.as_array().unwrap().len() + 1);
    }
}

#[test]
fn the_program_starts_with_the_gates_that_it_would_print() {
    let arguments = ["--feature-gates=MemoryQoS=true", "--emulated-version=1.35"];
    let (rows, _) = report(&mut kubelet(arguments));
    let on = rows.as_array().unwrap().iter().filter(|row| row["enabled"] == true).count();
    let (out, err) = run(&mut kubelet(arguments)).succeeded();
    assert!(out.starts_with(&format!("kubelet 1.35: {on} of ")), "{out}");
    assert!(out.contains("\n  + throttles memory by quality of service\n"), "{out}");
    assert_eq!(err, "");
}
