use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::thread;
use std::time::Duration;

use featuregate_cli::walk::Scope;

use crate::tree::Tree;

fn pipe(tree: &Tree, path: &str) {
    let made = Command::new("mkfifo").arg(tree.path(path)).status().unwrap();
    assert!(made.success());
}

#[test]
fn what_is_not_text_is_skipped() {
    let tree = Tree::of(&["good.yaml"]);
    tree.write("binary.yaml", b"\x7fELF\0\x01");
    tree.write("latin.yaml", b"a: 1\nb: \xe4\n");
    tree.write("utf16.yaml", b"\xff\xfea\0:\0");
    File::create(tree.path("large.yaml")).unwrap().set_len(257 << 20).unwrap();
    let expected = [
        ("binary.yaml", "binary file"),
        ("large.yaml", "larger than 256 MiB"),
        ("latin.yaml", "invalid UTF-8: line 2 has the byte 0xe4"),
        ("utf16.yaml", "encoded as UTF-16, not UTF-8"),
    ];
    let all = tree.walked(&Scope::default());
    assert_eq!(all.skipped(), expected);
    assert_eq!(all.files, ["good.yaml"]);
    let named = tree.read(&expected.map(|(path, _)| path), &Scope::default());
    assert_eq!(named.skipped(), expected);
}

#[test]
fn what_is_not_a_regular_file_is_not_opened_by_a_walk() {
    let tree = Tree::of(&["good.yaml"]);
    pipe(&tree, "pipe.yaml");
    pipe(&tree, "unrelated");
    let _listener = UnixListener::bind(tree.path("socket.yaml")).unwrap();
    let read = tree.walked(&Scope::default());
    let expected = [
        ("pipe.yaml", "a named pipe, not a regular file"),
        ("socket.yaml", "a socket, not a regular file"),
    ];
    assert_eq!(read.skipped(), expected);
    assert_eq!(read.files, ["good.yaml"]);
}

#[test]
fn a_named_pipe_with_a_writer_is_read() {
    let tree = Tree::of(&[]);
    pipe(&tree, "pipe");
    let path = tree.path("pipe");
    let writer = thread::spawn(move || {
        let mut pipe = File::options().write(true).open(path).unwrap();
        pipe.write_all(b"a: ").unwrap();
        thread::sleep(Duration::from_millis(100));
        pipe.write_all(b"1\n").unwrap();
    });
    let path = tree.path("pipe");
    let walked = featuregate_cli::walk::each(
        &[path],
        &Scope::default(),
        false,
        |_| true,
        |it| Some(it.text),
    );
    assert_eq!(walked.results, ["a: 1\n"]);
    writer.join().unwrap();
}

#[test]
fn a_named_pipe_without_a_writer_does_not_hang() {
    let tree = Tree::of(&["good.yaml"]);
    pipe(&tree, "pipe");
    let read = tree.read(&["pipe", "good.yaml"], &Scope::default());
    assert_eq!(read.failures, ["pipe: cannot be opened: no process writes to this named pipe"]);
    assert_eq!(read.files, ["good.yaml"]);
}

#[test]
fn a_named_pipe_whose_writer_is_silent_does_not_hang() {
    let tree = Tree::of(&["good.yaml"]);
    pipe(&tree, "pipe");
    // Both ends, so that opening does not wait.
    let writer = File::options().read(true).write(true).open(tree.path("pipe")).unwrap();
    let read = tree.read(&["pipe", "good.yaml"], &Scope::default());
    assert_eq!(read.failures, ["pipe: cannot be read: it gave nothing for 10 seconds"]);
    assert_eq!(read.files, ["good.yaml"]);
    drop(writer);
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_the_kernel_do_not_hang() {
    let tree = Tree::of(&[]);
    // Only root may open it, and then it has no end.
    let read = tree.read(&["/proc/kmsg"], &Scope::default());
    assert_eq!(read.failures.len(), 1, "{:?}", read.failures);
    let read = tree.read(&["/proc"], &Scope::default());
    let expected = "/proc: cannot be opened: a folder of the kernel, not of configuration";
    assert_eq!(read.failures, [expected]);
}

#[test]
fn devices_and_sockets_are_refused_by_name() {
    let tree = Tree::of(&[]);
    let _listener = UnixListener::bind(tree.path("socket")).unwrap();
    let read = tree.read(&["/dev/zero", "socket"], &Scope::default());
    let expected =
        ["/dev/zero: a device, not a regular file", "socket: a socket, not a regular file"];
    assert_eq!(read.failures, expected);
}

#[test]
fn links_are_reported_and_not_followed_by_a_walk() {
    let tree = Tree::of(&["a/good.yaml", "a/main.rs"]);
    tree.link("nowhere", "a/broken.yaml");
    tree.link("nowhere", "a/broken");
    tree.link("good.yaml", "a/link.yaml");
    tree.link("good.yaml", "a/link");
    tree.link("main.rs", "a/link.rs");
    tree.link("self.yaml", "a/self.yaml");
    tree.link("pong.yaml", "a/ping.yaml");
    tree.link("ping.yaml", "a/pong.yaml");
    tree.link("..", "a/up");
    let read = tree.walked(&Scope::default());
    let cycle =
        |read: &str| read.starts_with("symbolic link that cannot be resolved: Too many levels");
    let (cycles, others): (Vec<_>, Vec<_>) =
        read.skipped().into_iter().partition(|(_, reason)| cycle(reason));
    let expected = [
        ("a/broken.yaml", "broken symbolic link"),
        ("a/link", "symbolic link, which is not followed; name it to read it"),
        ("a/link.rs", "symbolic link, which is not followed; name it to read it"),
        ("a/link.yaml", "symbolic link, which is not followed; name it to read it"),
        ("a/main.rs", "source code is not read"),
        ("a/up", "symbolic link to a folder, which is not followed; name it to read it"),
    ];
    assert_eq!(others, expected);
    let cycles: Vec<_> = cycles.iter().map(|(path, _)| *path).collect();
    assert_eq!(cycles, ["a/ping.yaml", "a/pong.yaml", "a/self.yaml"]);
    assert_eq!(read.files, ["a/good.yaml"]);
}

#[test]
fn a_named_broken_link_is_a_failure() {
    let tree = Tree::of(&[]);
    tree.link("nowhere", "broken");
    tree.link("self", "self");
    let [broken, cycle] =
        tree.read(&["self", "broken"], &Scope::default()).failures.try_into().unwrap();
    assert!(broken.starts_with("broken: cannot be opened: No such file"), "{broken}");
    assert!(cycle.starts_with("self: cannot be opened: Too many levels"), "{cycle}");
}

#[test]
fn what_the_user_may_not_read_is_reported() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml", "d.yaml"]);
    let forbid = |path, mode| {
        fs::set_permissions(tree.path(path), Permissions::from_mode(mode)).unwrap();
    };
    forbid("a.yaml", 0o000);
    forbid("b", 0o000);
    // A user who may read everything sees no error.
    if File::open(tree.path("a.yaml")).is_err() {
        let read = tree.walked(&Scope::default());
        let denied = "Permission denied (os error 13)";
        let opened = format!("cannot be opened: {denied}");
        let listed = format!("cannot be read: {denied}");
        assert_eq!(read.skipped(), [("a.yaml", opened.as_str()), ("b", listed.as_str())]);
        assert_eq!(read.files, ["d.yaml"]);
        let read = tree.read(&["a.yaml", "b", "d.yaml"], &Scope::default());
        assert_eq!(read.failures, [format!("a.yaml: {opened}"), format!("b: {opened}")]);
        assert_eq!(read.files, ["d.yaml"]);
    }
    forbid("b", 0o755);
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf8_is_read_and_shown_with_its_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let tree = Tree::of(&[]);
    for name in [b"\xff.yaml".as_slice(), b"\xfe.yaml"] {
        fs::write(tree.root().join(OsStr::from_bytes(name)), "a: 1").unwrap();
    }
    let walked = featuregate_cli::walk::each(
        &[tree.path("")],
        &Scope::default(),
        false,
        |_| true,
        |source| {
            assert!(source.file.unwrap().exists());
            Some(source.path.rsplit_once('/').unwrap().1.to_owned())
        },
    );
    assert_eq!(walked.results, ["\\xfe.yaml", "\\xff.yaml"]);
}
