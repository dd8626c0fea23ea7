//! Each behaviour that the README lists.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::fs;
use std::process::Command;

use preview::PreviewFeature;

/// What a run prints about the features, and its warnings.
fn run(arguments: &[&str], variables: &[(&str, &str)], files: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_preview"));
    command.current_dir(folder.path()).args(arguments).envs(variables.iter().copied());
    for (number, text) in files.iter().enumerate() {
        let name = format!("{number}.toml");
        fs::write(folder.path().join(&name), text).unwrap();
        command.args(["--config-file", &name]);
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

/// The features that are on, as they are shown; there are no warnings.
fn on(arguments: &[&str], variables: &[(&str, &str)], files: &[&str]) -> String {
    let (out, err) = run(arguments, variables, files);
    // In debug builds a configuration that is too late for a feature is reported; another test looks at that.
    let other = err.lines().find(|line| !line.contains(" was read before the value "));
    assert_eq!(other, None);
    let shown = out.lines().next().unwrap();
    shown.strip_prefix("preview: ").unwrap().to_owned()
}

#[test]
fn nothing_is_on_by_default_and_the_switch_turns_all_on() {
    assert_eq!(on(&[], &[], &[]), "disabled");
    assert_eq!(on(&["--preview"], &[], &[]), "enabled");
    assert_eq!(on(&["--preview", "--no-preview"], &[], &[]), "disabled");
    assert_eq!(on(&["--no-preview", "--preview"], &[], &[]), "enabled");
}

#[test]
fn a_list_turns_its_features_on() {
    assert_eq!(on(&["--preview-features", "pylock, json-output"], &[], &[]), "json-output,pylock");
    let repeated = ["--preview-features=pylock", "--preview-features=s3-endpoint"];
    assert_eq!(on(&repeated, &[], &[]), "pylock,s3-endpoint");
    assert_eq!(on(&["--preview", "--preview-features=pylock"], &[], &[]), "enabled");
}

#[test]
fn the_switch_turns_off_what_is_listed_anywhere() {
    let listed = [("APP_PREVIEW_FEATURES", "pylock")];
    let file = "preview-features = [\"json-output\"]";
    assert_eq!(on(&["--no-preview"], &listed, &[file]), "disabled");
    assert_eq!(on(&["--no-preview", "--preview-features=pylock"], &[], &[]), "disabled");
}

#[test]
fn variables_are_read_as_the_flags_are() {
    assert_eq!(on(&[], &[("APP_PREVIEW", "1")], &[]), "enabled");
    assert_eq!(on(&[], &[("APP_PREVIEW", "false")], &["preview = true"]), "disabled");
    assert_eq!(
        on(&[], &[("APP_PREVIEW_FEATURES", "pylock,format-command")], &[]),
        "pylock,format-command"
    );
    let (_, err) = run(&[], &[("APP_PREVIEW", "maybe")], &[]);
    assert_eq!(
        err,
        "warning: APP_PREVIEW: the value \"maybe\" of gate all is not a boolean; write true or false\n"
    );
}

#[test]
fn a_configuration_has_a_boolean_and_a_list() {
    assert_eq!(on(&[], &[], &["preview = true"]), "enabled");
    assert_eq!(on(&[], &[], &["preview-features = [\"pylock\"]"]), "pylock");
    assert_eq!(on(&[], &[], &["preview-features = true"]), "enabled");
    assert_eq!(on(&[], &[], &["preview = false\npreview-features = [\"pylock\"]"]), "pylock");
    assert_eq!(on(&[], &[], &["other = 1"]), "disabled");
}

#[test]
fn files_variables_and_flags_are_merged_and_the_later_one_wins() {
    let user = "preview = true";
    let project = "preview = false";
    assert_eq!(on(&[], &[], &[user, project]), "disabled");
    assert_eq!(on(&[], &[], &[project, user]), "enabled");
    let listed = [("APP_PREVIEW_FEATURES", "json-output")];
    let file = "preview-features = [\"pylock\"]";
    assert_eq!(
        on(&["--preview-features=s3-endpoint"], &listed, &[file]),
        "json-output,pylock,s3-endpoint"
    );
}

#[test]
fn an_unknown_name_is_a_warning_with_the_nearest_one_and_the_others_count() {
    let (out, err) = run(&["--preview-features=pylok,json-output"], &[], &[]);
    assert!(out.starts_with("preview: json-output\n"), "{out}");
    assert_eq!(
        err,
        "warning: --preview-features, column 1, \"pylok\": unknown gate pylok is ignored; did you mean pylock?\n"
    );
    let (out, err) = run(&[], &[], &["preview-features = [\"later\", \"pylock\"]"]);
    assert!(out.starts_with("preview: pylock\n"), "{out}");
    assert_eq!(err, "warning: 0.toml, \"later\": unknown gate later is ignored\n");
}

#[test]
fn an_empty_name_is_reported() {
    let (_, err) = run(&["--preview-features=pylock, "], &[], &[]);
    assert_eq!(
        err,
        "warning: --preview-features, column 8, \"\": the item is empty; write a name, or remove the comma\n"
    );
    assert_eq!(on(&["--preview-features=,pylock,"], &[], &[]), "pylock");
}

#[test]
fn a_former_name_still_works_and_says_the_present_one() {
    let (out, err) = run(&["--preview-features=format"], &[], &[]);
    assert!(out.starts_with("preview: format-command\n"), "{out}");
    assert_eq!(
        err,
        "warning: --preview-features, column 1, \"format\": format is a former name of gate format-command; write format-command\n"
    );
    let (out, err) = run(&["--preview-features=cache-prune"], &[], &[]);
    assert!(out.starts_with("preview: disabled\n"), "{out}");
    assert!(err.contains("gate cache-prune was removed in 0.9 and stays on"), "{err}");
}

#[test]
fn flags_count_before_the_configuration_is_read_and_all_is_final_after_it() {
    let name = "target-workspace-discovery";
    let (out, err) = run(&["--preview-features", name], &[], &["preview-features = [\"pylock\"]"]);
    assert_eq!(err, "");
    assert_eq!(
        out,
        format!("preview: pylock,{name}\nlooks for the workspace at the script\nfinal: true\n")
    );
    let (out, err) = run(&[], &[], &[&format!("preview-features = [\"{name}\"]")]);
    assert!(out.contains("looks for the workspace at the folder\n"), "{out}");
    // A debug build reports what was read too early.
    assert_eq!(err.contains(&format!("gate {name}")), cfg!(debug_assertions), "{err}");
}

#[test]
fn tests_set_features_without_waiting_for_one_another() {
    let test = |feature: PreviewFeature| {
        let _scope = featuregate_test::overrides::<PreviewFeature>().on(feature).enter();
        for _ in 0..1_000 {
            assert!(PreviewFeature::all().all(|other| other.enabled() == (other == feature)));
        }
    };
    std::thread::scope(|scope| {
        for feature in PreviewFeature::all() {
            scope.spawn(move || test(feature));
        }
    });
}

#[test]
fn the_help_lists_the_names() {
    let (out, _) = run(&["--help"], &[], &[]);
    for line in [
        "--preview-features <NAME,…>",
        "pylock (ALPHA - default=false)",
        "--no-preview",
        "[env: APP_PREVIEW]",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
}
