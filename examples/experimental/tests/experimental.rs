//! What the README lists.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::process::Command;

use experimental::options::{Experiment, VARIABLE, resolve};

/// The options that are on, and the warnings, of a process with a variable and flags.
fn run(variable: Option<&str>, flags: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_experimental"));
    command.env_remove(VARIABLE).arg("--list");
    command.envs(variable.map(|text| (VARIABLE, text)));
    for flag in flags {
        command.args(["--experimental-options", flag]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).unwrap();
    let on = table.lines().filter(|line| line.split_whitespace().nth(1) == Some("true"));
    let on = on.filter_map(|line| line.split_whitespace().next()).map(Into::into).collect();
    let warnings = String::from_utf8(output.stderr).unwrap();
    (on, warnings.lines().map(Into::into).collect())
}

fn on(variable: Option<&str>, flags: &[&str]) -> Vec<String> {
    let (on, warnings) = run(variable, flags);
    assert_eq!(warnings, [] as [&str; 0]);
    on
}

#[test]
fn an_option_is_opt_in_or_opt_out() {
    assert_eq!(on(None, &[]), ["pipefail"]);
}

#[test]
fn a_flag_has_one_option_or_a_list_with_or_without_brackets_and_may_be_repeated() {
    assert_eq!(on(None, &["example"]), ["example", "pipefail"]);
    assert_eq!(on(None, &["example=true,pipefail=false"]), ["example"]);
    assert_eq!(on(None, &["[example, pipefail = false]"]), ["example"]);
    assert_eq!(on(None, &["example", "native-clip"]), ["example", "native-clip", "pipefail"]);
    assert_eq!(on(None, &["example", "example=false"]), ["pipefail"]);
}

#[test]
fn a_flag_overrides_the_variable() {
    assert_eq!(on(Some("example,pipefail=false"), &[]), ["example"]);
    assert_eq!(on(Some("example,pipefail=false"), &["example=false"]), [] as [&str; 0]);
}

#[test]
fn all_sets_every_option() {
    let all = ["example", "enforce-runtime-annotations", "native-clip", "pipefail"];
    assert_eq!(on(None, &["all"]), all);
    assert_eq!(on(None, &["all=false"]), [] as [&str; 0]);
    assert_eq!(on(None, &["[all, pipefail=false]"]), all[..3]);
    assert_eq!(on(Some("example"), &["all=false"]), [] as [&str; 0], "it overrides the variable");
}

#[test]
fn an_unknown_option_is_an_error_in_the_flag_and_a_warning_in_the_variable() {
    let (on, warnings) = run(Some("exampel,native-clip"), &[]);
    assert_eq!(on, ["native-clip", "pipefail"]);
    assert_eq!(
        warnings,
        [
            "warning: NU_EXPERIMENTAL_OPTIONS, column 1, \"exampel\": unknown gate exampel is ignored; did you mean example?"
        ]
    );
    let problems = resolve(&["exampel,native-clip".to_owned()]).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "--experimental-options, column 1, \"exampel\": unknown gate exampel; did you mean example?"
    );
}

#[test]
fn a_value_that_is_not_a_boolean_is_a_warning_and_the_others_apply() {
    let (on, warnings) = run(Some("example=maybe,native-clip=true"), &[]);
    assert_eq!(on, ["native-clip", "pipefail"]);
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert!(warning.starts_with("warning: NU_EXPERIMENTAL_OPTIONS, column 1, \"example=maybe\""));
}

#[test]
fn an_option_that_became_the_default_or_was_given_up_is_a_warning_at_any_value() {
    for (option, ended) in [("reorder-cell-paths", "true"), ("structured-io", "false")] {
        for value in ["", "=true", "=false"] {
            let (on, warnings) = run(None, &[&format!("{option}{value},example")]);
            assert_eq!(on, ["example", "pipefail"]);
            let [warning] = &warnings[..] else { panic!("{warnings:?}") };
            assert!(warning.contains(&format!("{option} was removed in 0.10")), "{warning}");
            assert!(warning.contains(ended) || warning.contains("remove"), "{warning}");
        }
    }
}

#[test]
fn each_option_has_an_identifier_a_description_an_issue_and_a_release() {
    for option in Experiment::all() {
        assert!(option.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{option}");
        assert!(!option.doc().is_empty() && option.issue().is_some(), "{option}");
        assert!(option.spec().introduced().is_some(), "{option}");
    }
}

#[test]
fn a_test_has_options_of_its_own() {
    let _scope = featuregate_test::overrides::<Experiment>().on(Experiment::Example).enter();
    assert!(Experiment::Example.enabled());
}
