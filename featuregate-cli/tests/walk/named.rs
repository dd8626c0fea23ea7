use featuregate_cli::extract::Syntax;
use featuregate_cli::walk::{self, Scope};

use crate::tree::Tree;

#[test]
fn a_named_file_may_have_any_name() {
    let tree = Tree::of(&["kubelet", "a.lock", "a.json"]);
    let named = ["kubelet", "a.lock", "a.json"].map(|path| tree.path(path));
    let walked =
        walk::each(&named, &Scope::default(), false, |_| true, |it| Some((it.text, it.syntax)));
    let expected = [
        ("a.json", Syntax::Json),
        ("a.lock", Syntax::Unread("what is not configuration")),
        ("kubelet", Syntax::Unknown),
    ];
    assert_eq!(walked.results, expected.map(|(text, syntax)| (text.to_owned(), syntax)));
}

#[test]
fn what_cannot_be_opened_is_reported_and_the_rest_is_read() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml"]);
    let read = tree.read(&["nothing", "a.yaml", "a.yaml/x", "b", "\u{1b}[31m"], &Scope::default());
    assert_eq!(read.files, ["a.yaml", "b/c.yaml"]);
    let [escape, inside, nothing] = read.failures.try_into().unwrap();
    assert!(escape.starts_with("\\u{1b}[31m: cannot be opened: "), "{escape}");
    assert!(inside.starts_with("a.yaml/x: cannot be opened: "), "{inside}");
    assert!(nothing.starts_with("nothing: cannot be opened: "), "{nothing}");
}

#[test]
fn a_file_that_is_reached_twice_is_read_once() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml", "b/d/e.yaml"]);
    for named in [
        ["", "a.yaml", "b"].as_slice(),
        &["b/d", "", "b/../a.yaml", "a.yaml", "./a.yaml"],
        &["", "", "./b/.."],
        &["b/c.yaml", "b", "", "b/d/e.yaml"],
    ] {
        let read = tree.read(named, &Scope::default());
        let mut files: Vec<_> =
            read.files.iter().map(|it| tree.path(it).canonicalize().unwrap()).collect();
        files.sort();
        let expected = ["a.yaml", "b/c.yaml", "b/d/e.yaml"];
        assert_eq!(files, expected.map(|it| tree.path(it).canonicalize().unwrap()), "{named:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_named_link_is_followed_and_its_file_read_once() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml"]);
    tree.link("a.yaml", "config");
    tree.link("b", "folder");
    assert_eq!(tree.read(&["config"], &Scope::default()).files, ["config"]);
    assert_eq!(tree.read(&["folder"], &Scope::default()).files, ["folder/c.yaml"]);
    let all = tree.read(&["config", "", "folder"], &Scope::default());
    assert_eq!(all.files, ["config", "folder/c.yaml"]);
}
