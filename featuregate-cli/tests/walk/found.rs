use std::fs;

use featuregate_cli::extract::Syntax;
use featuregate_cli::walk::{self, Scope};

use crate::tree::Tree;

const HIDDEN: Scope = Scope { hidden: true, no_ignore: false };
const NOT_IGNORED: Scope = Scope { hidden: false, no_ignore: true };

#[test]
fn a_walk_reads_what_is_configuration_by_its_name() {
    let tree = Tree::of(&[
        "z.yaml",
        "a/kubelet.service",
        "a/b/c.json",
        "main.rs",
        "README.md",
        "a/Makefile",
        "b.toml.j2",
    ]);
    let read = tree.walked(Scope::default());
    assert_eq!(read.files, ["a/b/c.json", "a/kubelet.service", "b.toml.j2", "z.yaml"]);
    assert!(read.skipped().is_empty());
}

#[test]
fn hidden_files_are_read_on_request_but_never_those_of_git() {
    let tree = Tree::of(&["a.yaml", ".env", ".github/ci.yml", ".git/config.yaml", "b/.git/x.yaml"]);
    assert_eq!(tree.walked(Scope::default()).files, ["a.yaml"]);
    assert_eq!(tree.walked(HIDDEN).files, [".env", ".github/ci.yml", "a.yaml"]);
    assert_eq!(tree.read(&[".github"], Scope::default()).files, [".github/ci.yml"]);
}

#[test]
fn what_git_ignores_is_read_on_request() {
    let tree = Tree::of(&["a.yaml", "target/b.yaml", "c/d.yaml", "c/e.yaml", "f.yaml"]);
    fs::create_dir(tree.path(".git")).unwrap();
    tree.write(".gitignore", b"/target\n");
    tree.write("c/.gitignore", b"d.yaml\n");
    tree.write(".ignore", b"f.yaml\n");
    assert_eq!(tree.walked(Scope::default()).files, ["a.yaml", "c/e.yaml"]);
    let all = ["a.yaml", "c/d.yaml", "c/e.yaml", "f.yaml", "target/b.yaml"];
    assert_eq!(tree.walked(NOT_IGNORED).files, all);
}

#[test]
fn what_is_ignored_is_read_where_it_is_named() {
    let tree = Tree::of(&["target/b.yaml", "target/c/d.yaml"]);
    fs::create_dir(tree.path(".git")).unwrap();
    tree.write(".gitignore", b"/target\n");
    let named = tree.read(&["", "target/b.yaml", "target/c"], Scope::default());
    assert_eq!(named.files, ["target/b.yaml", "target/c/d.yaml"]);
}

#[test]
fn a_text_comes_with_how_it_is_read() {
    let tree = Tree::of(&["a.yaml", "b.json", "c.conf", "d.env"]);
    let walked = walk::each(&[tree.path("")], Scope::default(), false, |source| {
        Some((source.text, source.syntax))
    });
    let expected = [
        ("a.yaml", Syntax::Yaml),
        ("b.json", Syntax::Json),
        ("c.conf", Syntax::Unknown),
        ("d.env", Syntax::Lines),
    ];
    assert_eq!(walked.results, expected.map(|(text, syntax)| (text.to_owned(), syntax)));
}

#[test]
fn an_argument_without_gates_is_counted() {
    let tree = Tree::of(&["a.yaml", "b.yaml", "c.yaml"]);
    let walked = walk::each(&[tree.path("")], Scope::default(), false, |source| {
        source.path.ends_with("b.yaml").then_some(source.text)
    });
    assert_eq!((walked.files, walked.results), (3, vec!["b.yaml".to_owned()]));
}

#[test]
fn without_a_path_the_current_folder_is_read_and_not_named() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml"]);
    // The other tests name whole paths.
    std::env::set_current_dir(tree.root()).unwrap();
    let paths = |named: &[&str]| {
        let named: Vec<_> = named.iter().map(Into::into).collect();
        walk::each(&named, Scope::default(), false, |source| Some(source.path.to_string())).results
    };
    assert_eq!(paths(&[]), ["a.yaml", "b/c.yaml"]);
    assert_eq!(paths(&["."]), ["./a.yaml", "./b/c.yaml"]);
    assert_eq!(paths(&["b", "a.yaml"]), ["a.yaml", "b/c.yaml"]);
}
