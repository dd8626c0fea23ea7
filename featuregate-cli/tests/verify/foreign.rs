//! Repositories of others, whose configuration has programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{found, gate, source};
use crate::project::{Ended, Project};

/// What a program of a repository would leave behind.
const RAN: &str = "ran";

/// A repository with one commit, and what its programs would do.
fn repository() -> (Project, String) {
    let project = Project::with(&[("src.rs", &source(&gate("A", "alpha = \"1.30\"")))]);
    project.update();
    project.git(&["init", "-q"]);
    project.git(&["add", "."]);
    project.git(&["commit", "-q", "-m", "first"]);
    let program = format!("touch {}; false", project.path().join(RAN).display());
    (project, program)
}

/// The file of an object.
fn object(project: &Project, git: &Path, name: &str) -> PathBuf {
    let mut command = Command::new("git");
    let output = command.arg("rev-parse").arg(name).current_dir(project.path()).output().unwrap();
    let id = String::from_utf8(output.stdout).unwrap();
    let (folder, file) = id.trim().split_at(2);
    git.join("objects").join(folder).join(file)
}

/// Says that missing objects are fetched from this repository, by a program.
fn fetches(project: &Project, git: &[&str], url: &str, program: &str) {
    let settings = [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.url", url),
        ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", program),
        ("core.sshCommand", program),
        ("core.gitProxy", program),
        ("protocol.ext.allow", "always"),
        ("protocol.file.allow", "always"),
    ];
    for (key, value) in settings {
        project.git(&[git, &["config", key, value]].concat());
    }
}

fn verify(folder: &Path, variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.args(["verify", "--src", "src.rs", "--base", "HEAD", "--format", "json"]);
    let output = command.envs(variables.iter().copied()).current_dir(folder).output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_missing_object_is_not_fetched() {
    for url in [".", "ssh://localhost/x", "git://localhost/x", "ext::PROGRAM"] {
        for missing in ["HEAD:featuregates.yaml", "HEAD^{tree}", "HEAD"] {
            let (project, program) = repository();
            fs::remove_file(object(&project, &project.path().join(".git"), missing)).unwrap();
            fetches(
                &project,
                &[],
                &url.replace("PROGRAM", &format!("sh -c {program:?}")),
                &program,
            );
            let ran = verify(project.path(), &[]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{url} {missing}: {ran:?}");
            assert!(!project.path().join(RAN).exists(), "{url} {missing}: {ran:?}");
            if missing == "HEAD:featuregates.yaml" {
                let expected = "error: this clone does not have the content of featuregates.yaml in \"HEAD\"; ";
                assert!(ran.err.starts_with(expected), "{ran:?}");
            }
        }
    }
}

#[test]
fn a_folder_that_looks_like_a_repository_is_not_one() {
    let (project, program) = repository();
    let inner = project.path().join("inner");
    project.git(&["clone", "-q", "--bare", ".", "inner"]);
    project.git(&["--git-dir=inner", "config", "core.bare", "false"]);
    project.git(&["--git-dir=inner", "config", "core.worktree", "."]);
    fetches(&project, &["--git-dir=inner"], ".", &program);
    for name in ["src.rs", "featuregates.yaml"] {
        fs::copy(project.path().join(name), inner.join(name)).unwrap();
    }
    let objects = inner.join("objects");
    fs::remove_dir_all(&objects).unwrap();
    fs::create_dir_all(objects.join("info")).unwrap();
    let ran = verify(&inner, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains("cannot use bare repository"), "{ran:?}");
    assert!(!project.path().join(RAN).exists(), "{ran:?}");
}

#[test]
fn no_other_program_of_a_repository_runs() {
    let (project, program) = repository();
    project.write(".git/info/attributes", "* diff=x filter=x\n");
    fs::create_dir_all(project.path().join("hooks")).unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.show",
        "pager.cat-file",
        "core.alternateRefsCommand",
        "core.askPass",
        "core.editor",
        "credential.helper",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "alias.cat-file",
        "alias.ls-tree",
        "gpg.program",
    ] {
        project.git(&["config", key, &program]);
    }
    let ran = verify(project.path(), &[]);
    assert_eq!((ran.code, found(&ran)), (0, Vec::new()), "{ran:?}");
    assert!(!project.path().join(RAN).exists(), "{ran:?}");
}

#[test]
fn variables_of_git_do_not_reach_it() {
    let (project, program) = repository();
    let elsewhere = project.path().join("elsewhere");
    let git = elsewhere.to_str().unwrap();
    let ran = verify(
        project.path(),
        &[
            ("GIT_DIR", git),
            ("GIT_OBJECT_DIRECTORY", git),
            ("GIT_EXEC_PATH", git),
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "core.bare"),
            ("GIT_CONFIG_VALUE_0", "maybe"),
            ("GIT_EXTERNAL_DIFF", &program),
            ("GIT_PAGER", &program),
        ],
    );
    assert_eq!((ran.code, found(&ran)), (0, Vec::new()), "{ran:?}");
    assert!(!project.path().join(RAN).exists(), "{ran:?}");
}

#[test]
fn a_replaced_object_is_not_the_one_of_the_revision() {
    let (project, _) = repository();
    project.write("other", "version: \"1.36\"\ngates: []\n");
    project.git(&["add", "other"]);
    project.git(&["commit", "-q", "-m", "other"]);
    let id = |name: &str| {
        let mut command = Command::new("git");
        let output = command.args(["rev-parse", name]).current_dir(project.path()).output();
        String::from_utf8(output.unwrap().stdout).unwrap().trim().to_owned()
    };
    project.git(&["replace", &id("HEAD:featuregates.yaml"), &id("HEAD:other")]);
    project.write("src.rs", source(&gate("B", "alpha = \"1.30\"")));
    assert_eq!(project.run(&["update", "--src", "src.rs", "--force"]).code, 0);
    let ran = verify(project.path(), &[]);
    assert!(
        found(&ran).iter().any(|(rule, gate, _)| rule == "missing-tombstone" && gate == "A"),
        "{ran:?}"
    );
}
