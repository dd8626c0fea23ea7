//! Another revision of git as the past.

use crate::command::{found, gate, source, source_of};
use crate::project::Project;

fn verify(project: &Project, base: &str) -> crate::project::Ended {
    let base = format!("--base={base}");
    project.run(&["verify", "--src", "src.rs", &base, "--format", "json"])
}

/// A repository whose tag `v1.35` has the gates A and B, and whose next commit has A alone.
fn repository() -> Project {
    let project = Project::with(&[("README", "")]);
    project.git(&["init", "-q"]);
    project.git(&["add", "."]);
    project.git(&["commit", "-q", "-m", "empty"]);
    project.git(&["tag", "empty"]);
    let both = [gate("A", "alpha = \"1.30\""), gate("B", "alpha = \"1.30\"")].concat();
    project.write("src.rs", source_of("version = \"1.35\"", "", &both));
    project.update();
    project.git(&["add", "."]);
    project.git(&["commit", "-q", "-m", "1.35"]);
    project.git(&["tag", "v1.35"]);
    project.write("src.rs", source(&gate("A", "alpha = \"1.30\"")));
    assert_eq!(project.run(&["update", "--src", "src.rs", "--force"]).code, 0);
    project.git(&["add", "."]);
    project.git(&["commit", "-q", "-m", "1.36"]);
    project
}

#[test]
fn the_manifest_of_a_revision_is_compared_with_the_source() {
    let project = repository();
    assert_eq!(project.verify().code, 0);
    let ran = verify(&project, "v1.35");
    assert_eq!((ran.code, found(&ran)), (1, vec![("missing-tombstone".into(), "B".into(), 4)]));
    assert_eq!(verify(&project, "HEAD").code, 0);
    // What is not committed yet counts as well.
    project.write(
        "src.rs",
        source_of(
            "version = \"1.36\"",
            "#[tombstone(B, alpha = \"1.30\", removed = \"1.36\")]",
            &gate("A", "alpha = \"1.30\""),
        ),
    );
    project.update();
    assert_eq!(verify(&project, "v1.35").code, 0);
}

#[test]
fn a_finding_of_both_manifests_is_reported_once() {
    let project = repository();
    project.git(&["checkout", "-q", "v1.35", "--", "featuregates.yaml"]);
    let ran = verify(&project, "v1.35");
    let rules: Vec<_> = found(&ran).into_iter().map(|(rule, _, _)| rule).collect();
    assert_eq!(rules, ["stale-manifest", "missing-tombstone"]);
}

#[test]
fn a_revision_without_a_manifest_is_not_compared() {
    assert_eq!(verify(&repository(), "empty").code, 0);
}

#[test]
fn a_manifest_in_a_folder_is_found() {
    let project = repository();
    project.write("server/src.rs", source(&gate("A", "alpha = \"1.30\"")));
    let arguments = ["--src", "server/src.rs", "--manifest", "server/featuregates.yaml"];
    assert_eq!(project.run(&[&["update"], &arguments[..]].concat()).code, 0);
    project.git(&["add", "."]);
    project.git(&["commit", "-q", "-m", "server"]);
    project.write("server/src.rs", source(&gate("C", "alpha = \"1.30\"")));
    let ran =
        project.run(&[&["verify", "--base", "HEAD", "--format", "json"], &arguments[..]].concat());
    assert_eq!(found(&ran)[0], ("stale-manifest".into(), String::new(), 3));
    assert_eq!(found(&ran)[1], ("missing-tombstone".into(), "A".into(), 4));
}

#[test]
fn a_hook_of_git_may_run_it() {
    let project = repository();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.args(["verify", "--src", "src.rs", "--base", "HEAD"]).env("GIT_DIR", "elsewhere/.git");
    let output = command.current_dir(project.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn an_error_of_git_is_reported() {
    let project = repository();
    for revision in ["nowhere", "--help", "HEAD:README"] {
        let ran = verify(&project, revision);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        let expected = format!("error: unknown revision {revision:?}; fetch it first");
        assert!(ran.err.starts_with(&expected), "{ran:?}");
    }
    let outside = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
    let ran = verify(&outside, "HEAD");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: git cannot read the history of .: not a git repository"),
        "{ran:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_machine_without_git_is_reported() {
    let project = repository();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.args(["verify", "--src", "src.rs", "--base", "HEAD"]).env("PATH", "/nowhere");
    let output = command.current_dir(project.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("error: cannot run git, which --base needs: "), "{err}");
}

#[test]
fn a_gate_that_is_removed_too_early_has_one_help() {
    let project = Project::with(&[(
        "src.rs",
        &source_of(
            "version = \"1.35\"",
            "",
            &[gate("A", "alpha = \"1.30\""), gate("B", "beta = \"1.30\"")].concat(),
        ),
    )]);
    project.update();
    project.write("src.rs", source(&gate("A", "alpha = \"1.30\"")));
    let ran = project.run(&["verify", "--src", "src.rs", "--format", "json"]);
    let rules: Vec<_> = found(&ran).into_iter().map(|(rule, _, _)| rule).collect();
    assert_eq!(rules, ["stale-manifest", "removed-too-early"], "{}", ran.out);
    // Where the rule is off, the tombstone is what is missing.
    project.write("featuregate.toml", "[rules]\nremoved-too-early = \"off\"\n");
    let ran = project.run(&[
        "verify",
        "--src",
        "src.rs",
        "--format",
        "json",
        "--config",
        "featuregate.toml",
    ]);
    let rules: Vec<_> = found(&ran).into_iter().map(|(rule, _, _)| rule).collect();
    assert_eq!(rules, ["stale-manifest", "missing-tombstone"], "{}", ran.out);
}
