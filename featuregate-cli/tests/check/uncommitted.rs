//! Files that git could not restore are not fixed without consent.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Folder, ended, featuregate};

const CONFIG: &str = "featureGates:\n  DynamicKubeletConfig: false\n  NodeSwap: true\n";
const FIXED: &str = "featureGates:\n  NodeSwap: true\n";

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    let output = git.current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A repository with that file, committed.
fn repository() -> Folder {
    let folder = Folder::with(CONFIG);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    folder
}

/// Fixes the file: whether it was, and what standard error has.
fn fixes(folder: &Folder, more: &[&str]) -> (bool, String) {
    let before = folder.read();
    let arguments = [&["check", "kubelet.yaml", "--fix"], more].concat();
    let (out, err, _) = ended(&featuregate(folder.path(), &arguments));
    let fixed = !folder.read().contains("DynamicKubeletConfig");
    assert_eq!(fixed, out.contains("kubelet.yaml: 1 setting fixed\n"), "{out}");
    assert!(fixed || folder.read() == before);
    (fixed, err)
}

fn left(reason: &str) -> (bool, String) {
    (false, format!("kubelet.yaml is unchanged: {reason}\n"))
}

#[test]
fn a_file_as_in_the_last_commit_is_fixed() {
    let folder = repository();
    assert_eq!(fixes(&folder, &[]), (true, String::new()));
    assert_eq!(folder.read(), FIXED);
}

#[test]
fn a_file_with_uncommitted_changes_needs_consent() {
    let reason = "it has uncommitted changes; commit them, or use --allow-dirty";
    let folder = repository();
    folder.write(&format!("# Mine.\n{CONFIG}"));
    assert_eq!(fixes(&folder, &[]), left(reason));
    assert_eq!(fixes(&folder, &["--allow-staged"]), left(reason));
    let (out, err, _) = ended(&featuregate(folder.path(), &["check", ".", "--fix", "--dry-run"]));
    assert!(out.contains("\n-  DynamicKubeletConfig: false\n") && err.is_empty(), "{out}{err}");
    assert_eq!(fixes(&folder, &["--allow-dirty"]), (true, String::new()));
    assert_eq!(folder.read(), format!("# Mine.\n{FIXED}"));
}

#[test]
fn a_staged_file_needs_consent() {
    let reason = "it has staged changes; commit them, or use --allow-staged or --allow-dirty";
    for consent in ["--allow-staged", "--allow-dirty"] {
        let folder = repository();
        folder.write(&format!("# Mine.\n{CONFIG}"));
        git(folder.path(), &["add", "kubelet.yaml"]);
        assert_eq!(fixes(&folder, &[]), left(reason));
        assert_eq!(fixes(&folder, &[consent]), (true, String::new()));
    }
    // Before the first commit, everything is staged.
    let folder = Folder::with(CONFIG);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    assert_eq!(fixes(&folder, &[]), left(reason));
}

#[test]
fn a_file_that_git_does_not_track_needs_consent_unless_it_is_ignored() {
    let reason = "git does not track it; add and commit it, or use --allow-dirty";
    let folder = repository();
    git(folder.path(), &["rm", "-q", "--cached", "kubelet.yaml"]);
    assert_eq!(fixes(&folder, &[]), left(reason));
    assert_eq!(fixes(&folder, &["--allow-staged"]), left(reason));
    fs::write(folder.path().join(".gitignore"), "kubelet.yaml\n").unwrap();
    assert_eq!(fixes(&folder, &[]), (true, String::new()));
}

#[test]
fn line_ends_of_a_checkout_are_not_changes() {
    let folder = repository();
    git(folder.path(), &["config", "core.autocrlf", "true"]);
    folder.write(&CONFIG.replace('\n', "\r\n"));
    assert_eq!(fixes(&folder, &[]), (true, String::new()));
    assert_eq!(folder.read(), FIXED.replace('\n', "\r\n"));
}

#[test]
fn a_folder_with_the_name_of_a_repository_is_none() {
    let folder = Folder::with(CONFIG);
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(fixes(&folder, &[]), (true, String::new()));
}

#[cfg(unix)]
#[test]
fn the_file_that_a_link_leads_to_counts() {
    let (folder, elsewhere) = (repository(), tempfile::tempdir().unwrap());
    let link = elsewhere.path().join("link.yaml");
    std::os::unix::fs::symlink(folder.path().join("kubelet.yaml"), &link).unwrap();
    folder.write(&format!("# Mine.\n{CONFIG}"));
    let link = link.to_str().unwrap();
    let (_, err, _) = ended(&featuregate(folder.path(), &["check", link, "--fix"]));
    assert!(err.ends_with("commit them, or use --allow-dirty\n"), "{err}");
    assert!(folder.read().contains("DynamicKubeletConfig"));
}

#[cfg(unix)]
#[test]
fn a_repository_without_the_program_is_not_trusted_to_be_clean() {
    let folder = repository();
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.args(["check", "kubelet.yaml", "--fix"]).env("PATH", "/nowhere");
    let (_, err, _) = ended(&command.current_dir(folder.path()).output().unwrap());
    let expected =
        "kubelet.yaml is unchanged: cannot run git to see whether it has uncommitted changes: ";
    assert!(err.starts_with(expected) && err.contains("--allow-dirty"), "{err}");
    assert_eq!(folder.read(), CONFIG);
}

#[test]
fn programs_of_the_repository_do_not_run() {
    let folder = repository();
    let ran = folder.path().join("ran");
    let program = format!("touch {}; false", ran.display());
    fs::write(folder.path().join(".git/info/attributes"), "* diff=x filter=x\n").unwrap();
    for key in [
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.process",
        "core.alternateRefsCommand",
    ] {
        git(folder.path(), &["config", key, &program]);
    }
    let hook = folder.path().join(".git/hooks/post-index-change");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\n{program}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let _ = fs::remove_file(&ran);
    assert_eq!(fixes(&folder, &[]), (true, String::new()));
    assert!(!ran.exists());
}
