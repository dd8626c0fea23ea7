//! Whatever ends the command, no file is half written, and the workspace is as before or as after.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::project::{Project, Ran, workspace};

/// The files that git tracks, with their contents.
fn state(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let names = project.git(&["ls-files"]);
    names
        .lines()
        .map(|name| (name.to_owned(), fs::read(project.path().join(name)).unwrap()))
        .collect()
}

#[test]
#[ignore = "it takes a minute; .ci/full runs it"]
fn a_run_that_is_killed_leaves_the_workspace_as_before_or_as_after() {
    let project = workspace();
    let before = state(&project);
    let started = Instant::now();
    assert_eq!(project.featuregate("core", &["remove", "Cache"]).code, 0);
    let took = started.elapsed();
    let after = state(&project);
    assert_ne!(before, after);
    let (mut early, mut late) = (0, 0);
    for step in 0_u32..12 {
        project.git(&["checkout", "-q", "."]);
        let mut command = project.command(env!("CARGO_BIN_EXE_featuregate"), "core");
        command.args(["remove", "Cache"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // Most of them at the end, when files are written.
        let wait = if step < 4 {
            took * step / 5
        } else {
            took.mul_f64(0.85) + Duration::from_millis(u64::from(step) * 7)
        };
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut now = state(&project);
        if now != before && now != after {
            // Between two files: the next run completes it first.
            assert_eq!(project.featuregate("core", &["remove", "Cache"]).code, 2);
            now = state(&project);
        }
        assert!(now == before || now == after, "step {step}");
        if now == before { early += 1 } else { late += 1 }
    }
    assert!(early > 0, "{early} {late}");
    // Nothing is left beside the files.
    assert_eq!(
        project
            .git(&["status", "--short", "--untracked-files"])
            .lines()
            .filter(|line| line.starts_with("??"))
            .count(),
        0
    );
}

#[test]
fn an_interrupted_removal_is_completed_by_the_next_run() {
    let project = workspace();
    let path = project.path().join("core/src/lib.rs");
    let before = project.read("core/src/lib.rs");
    // Its own, since other tests complete what they find.
    let target = project.path().join("target");
    let journal = target.join("featuregate/removal.json");
    fs::create_dir_all(journal.parent().unwrap()).unwrap();
    let change = serde_json::json!([{"path": path, "before": before, "after": "// After.\n"}]);
    fs::write(&journal, change.to_string()).unwrap();
    let mut command = project.command(env!("CARGO_BIN_EXE_featuregate"), "core");
    let ran: Ran = command
        .args(["remove", "Nothing"])
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap()
        .into();
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(
        ran.err.starts_with("note: src/lib.rs: completed a removal that was interrupted\n"),
        "{ran:?}"
    );
    assert_eq!(project.read("core/src/lib.rs"), "// After.\n");
    assert!(!journal.exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_all_files_as_they_are() {
    let project = workspace();
    let before = state(&project);
    // Another name of the file, which would keep the old content.
    let path = project.path().join("app/src/server.rs");
    fs::hard_link(&path, project.path().join("app/other")).unwrap();
    let ran = project.featuregate("core", &["remove", "Cache"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("server.rs: the file has 2 names (hard links), and only one would change; nothing was changed\n"), "{ran:?}");
    assert_eq!(state(&project), before);
}
