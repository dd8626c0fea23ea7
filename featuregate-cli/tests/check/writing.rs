//! How files are written: nothing of them is lost, also when others use them, and whatever ends the command.

use std::fs;
use std::path::Path;

use crate::{Folder, ended, featuregate};

const CONFIG: &str = "featureGates:\n  DynamicKubeletConfig: false\n  NodeSwap: true\n";
const FIXED: &str = "featureGates:\n  NodeSwap: true\n";

/// A folder with so many files to fix, `0.yaml` and so on.
fn many(files: usize) -> Folder {
    let folder = Folder::with(FIXED);
    for file in 0..files {
        fs::write(folder.path().join(format!("{file}.yaml")), CONFIG).unwrap();
    }
    folder
}

fn names(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn what_another_process_appends_is_not_lost() {
    use std::io::Write as _;
    use std::sync::atomic::{AtomicBool, Ordering};
    const FILES: usize = 300;
    let folder = many(FILES);
    let done = AtomicBool::new(false);
    let appended = std::thread::scope(|scope| {
        let appends = scope.spawn(|| {
            let mut appended = 0;
            // Once to each file at least, in another order than that of the command.
            while appended < FILES || !done.load(Ordering::Relaxed) {
                let path = folder.path().join(format!("{}.yaml", appended * 7 % FILES));
                let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
                file.write_all(b"# appended\n").unwrap();
                appended += 1;
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
            appended
        });
        featuregate(folder.path(), &["check", "--fix"]);
        done.store(true, Ordering::Relaxed);
        appends.join().unwrap()
    });
    let kept = (0..FILES).map(|file| {
        let text = fs::read_to_string(folder.path().join(format!("{file}.yaml"))).unwrap();
        let rest = text.strip_prefix(CONFIG).or_else(|| text.strip_prefix(FIXED)).unwrap();
        let lines = rest.lines().count();
        assert_eq!(rest, "# appended\n".repeat(lines));
        lines
    });
    assert_eq!(kept.sum::<usize>(), appended);
}

#[cfg(unix)]
#[test]
fn a_file_that_the_user_may_not_write_is_not_replaced_through_its_folder() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let folder = Folder::with(CONFIG);
    let path = folder.path().join("kubelet.yaml");
    let permit = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    permit(folder.path(), 0o777);
    permit(&path, 0o444);
    // A copy, since the folder of the build may not be open to others.
    let program = folder.path().join("featuregate");
    fs::copy(env!("CARGO_BIN_EXE_featuregate"), &program).unwrap();
    let before = fs::metadata(&path).unwrap();
    let mut command = std::process::Command::new(program);
    command.args(["check", "kubelet.yaml", "--fix"]).current_dir(folder.path());
    if before.uid() == 0 {
        // Root may write to every file.
        command.uid(65_534).gid(65_534);
    }
    let (_, err, code) = ended(&command.output().unwrap());
    let expected = "kubelet.yaml is unchanged: cannot write it: Permission denied";
    assert!(err.starts_with(expected), "{err}");
    assert_eq!((code, folder.read().as_str()), (1, CONFIG));
    assert_eq!(fs::metadata(&path).unwrap().ino(), before.ino());
}

#[cfg(unix)]
#[test]
fn a_file_with_several_names_is_reported() {
    let folder = Folder::with(CONFIG);
    let other = folder.path().join("other");
    fs::hard_link(folder.path().join("kubelet.yaml"), &other).unwrap();
    let (_, err, code) = ended(&featuregate(folder.path(), &["check", "kubelet.yaml", "--fix"]));
    let expected =
        "kubelet.yaml is unchanged: the file has 2 names (hard links), and only one would change\n";
    assert_eq!((err.as_str(), code), (expected, 1));
    assert_eq!((folder.read(), fs::read_to_string(other).unwrap()), (CONFIG.into(), CONFIG.into()));
}

#[cfg(unix)]
#[test]
fn a_link_that_is_named_leads_to_the_file_to_fix() {
    let (folder, elsewhere) = (Folder::with(CONFIG), tempfile::tempdir().unwrap());
    let link = elsewhere.path().join("link.yaml");
    std::os::unix::fs::symlink(folder.path().join("kubelet.yaml"), &link).unwrap();
    let (_, err, code) =
        ended(&featuregate(folder.path(), &["check", link.to_str().unwrap(), "--fix"]));
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(link.is_symlink());
    assert_eq!((folder.read().as_str(), names(elsewhere.path())), (FIXED, 1));
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_whole_files_and_nothing_else() {
    use std::os::unix::process::ExitStatusExt as _;
    const FILES: usize = 400;
    let mut ended_by_it = 0;
    for round in 0..12 {
        let folder = many(FILES);
        let before = names(folder.path());
        let (name, signal) = [("-TERM", 15), ("-INT", 2)][round % 2];
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_featuregate"));
        command.args(["check", "--fix"]).current_dir(folder.path());
        let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20 + 15 * round as u64));
        let id = child.id().to_string();
        std::process::Command::new("kill").args([name, &id]).status().unwrap();
        ended_by_it += usize::from(child.wait().unwrap().signal() == Some(signal));
        assert_eq!(names(folder.path()), before);
        for file in 0..FILES {
            let text = fs::read_to_string(folder.path().join(format!("{file}.yaml"))).unwrap();
            assert!(text == CONFIG || text == FIXED, "{text}");
        }
    }
    assert!(ended_by_it > 0, "the command was always faster than the signal");
}
