use std::fs;

use featuregate_cli::extract::Syntax;
use featuregate_cli::walk::{self, Scope};

use crate::tree::Tree;

const NOT_IGNORED: Scope = Scope { no_ignore: true, excluded: Vec::new() };

/// What a walk reads of a tree in which files mention gates that have the word in their path, and the reasons for
/// what it does not.
fn read(tree: &Tree, scope: &Scope) -> (Vec<String>, Vec<String>, usize) {
    let root = format!("{}/", tree.root().display());
    let concerns = |text: &str| text.contains("gates");
    let path = |source: walk::Source| Some(source.path.replace(&root, ""));
    let walked = walk::each(&[tree.path("")], scope, false, concerns, path);
    let skipped = walked.skipped.iter();
    let skipped =
        skipped.map(|it| format!("{}: {}", it.path.replace(&root, ""), it.reason)).collect();
    (walked.results, skipped, walked.files)
}

#[test]
fn a_walk_reads_or_reports_what_mentions_gates() {
    let tree = Tree::of(&[
        "gates/user-data",
        "gates/Dockerfile",
        "gates/kubelet.service",
        "gates/a.manifest",
        "gates/a.yaml",
        "gates/main.rs",
        "gates/README.md",
        "gates/main.tf",
        "gates/logo.svg",
        "other/main.rs",
        "other/README.md",
        "other/a.yaml",
        "other/user-data",
        "other/main.tf",
    ]);
    tree.write("gates/program", b"\x7fELF\0\0 gates");
    tree.write("gates/latin", b"gates: \xe4\n");
    tree.write("other/latin", b"\xe4\n");
    let (files, skipped, count) = read(&tree, &Scope::default());
    let expected = ["Dockerfile", "a.manifest", "a.yaml", "kubelet.service", "user-data"];
    assert_eq!(files, expected.map(|name| format!("gates/{name}")));
    let expected = [
        "gates/README.md: documentation is not read",
        "gates/latin: invalid UTF-8: line 1 has the byte 0xe4",
        "gates/main.rs: source code is not read",
        "gates/main.tf: Terraform is not read",
    ];
    assert_eq!(skipped, expected);
    assert_eq!(count, 6, "a file that is configuration by its name counts without gates");
}

#[test]
fn a_language_that_is_not_read_is_reported_where_it_is_named() {
    let tree = Tree::of(&["a.nix", "a.rs"]);
    let read = tree.read(&["a.nix", "a.rs"], &Scope::default());
    assert_eq!(read.files, [""; 0]);
    let expected = [("a.nix", "Nix is not read"), ("a.rs", "source code is not read")];
    assert_eq!(read.skipped(), expected);
}

#[test]
fn what_is_excluded_is_not_read_even_if_it_is_named() {
    let tree = Tree::of(&["a.yaml", "test/b.yaml", "c/test/d.yaml", "c/e.json"]);
    for (globs, expected) in
        [(["test", "nothing"], ["a.yaml", "c/e.json"].as_slice()), (["*.yaml", "x"], &["c/e.json"])]
    {
        let excluded = globs.iter().map(|glob| glob.parse().unwrap()).collect();
        let scope = Scope { excluded, ..Scope::default() };
        assert_eq!(tree.walked(&scope).files, expected, "{globs:?}");
        let named = ["a.yaml", "test/b.yaml", "c"];
        assert_eq!(tree.read(&named, &scope).files, expected, "{globs:?}");
    }
    assert!("a[".parse::<walk::Glob>().is_err());
}

#[test]
fn hidden_files_are_read_but_never_those_of_git() {
    let tree = Tree::of(&["a.yaml", ".env", ".github/ci.yml", ".git/config.yaml", "b/.git/x.yaml"]);
    let all = [".env", ".github/ci.yml", "a.yaml"];
    assert_eq!(tree.walked(&Scope::default()).files, all);
    assert_eq!(tree.read(&[".github"], &Scope::default()).files, [".github/ci.yml"]);
}

#[test]
fn what_git_ignores_is_read_on_request() {
    let tree = Tree::of(&["a.yaml", "target/b.yaml", "c/d.yaml", "c/e.yaml", "f.yaml"]);
    fs::create_dir(tree.path(".git")).unwrap();
    tree.write(".gitignore", b"/target\n");
    tree.write("c/.gitignore", b"d.yaml\n");
    tree.write(".ignore", b"f.yaml\n");
    let yaml = |walked: crate::tree::Read| -> Vec<String> {
        walked.files.into_iter().filter(|file| !file.contains("ignore")).collect()
    };
    assert_eq!(yaml(tree.walked(&Scope::default())), ["a.yaml", "c/e.yaml"]);
    let all = ["a.yaml", "c/d.yaml", "c/e.yaml", "f.yaml", "target/b.yaml"];
    assert_eq!(yaml(tree.walked(&NOT_IGNORED)), all);
}

#[test]
fn what_is_ignored_is_read_where_it_is_named() {
    let tree = Tree::of(&["target/b.yaml", "target/c/d.yaml"]);
    fs::create_dir(tree.path(".git")).unwrap();
    tree.write(".gitignore", b"/target\n");
    let named = tree.read(&["", "target/b.yaml", "target/c"], &Scope::default());
    assert_eq!(named.files, [".gitignore", "target/b.yaml", "target/c/d.yaml"]);
}

#[test]
fn a_text_comes_with_how_it_is_read() {
    let tree = Tree::of(&["a.yaml", "b.json", "c.conf", "d.env"]);
    let walked = walk::each(
        &[tree.path("")],
        &Scope::default(),
        false,
        |_| true,
        |source| Some((source.text, source.syntax)),
    );
    let expected = [
        ("a.yaml", Syntax::Yaml),
        ("b.json", Syntax::Json),
        ("c.conf", Syntax::Unknown),
        ("d.env", Syntax::Env),
    ];
    assert_eq!(walked.results, expected.map(|(text, syntax)| (text.to_owned(), syntax)));
}

#[test]
fn an_argument_without_gates_is_counted() {
    let tree = Tree::of(&["a.yaml", "b.yaml", "c.yaml"]);
    let walked = walk::each(
        &[tree.path("")],
        &Scope::default(),
        false,
        |_| true,
        |source| source.path.ends_with("b.yaml").then_some(source.text),
    );
    assert_eq!((walked.files, walked.results), (3, vec!["b.yaml".to_owned()]));
}

#[test]
fn without_a_path_the_current_folder_is_read_and_not_named() {
    let tree = Tree::of(&["a.yaml", "b/c.yaml"]);
    // The other tests name whole paths.
    std::env::set_current_dir(tree.root()).unwrap();
    let paths = |named: &[&str]| {
        let named: Vec<_> = named.iter().map(Into::into).collect();
        walk::each(
            &named,
            &Scope::default(),
            false,
            |_| true,
            |source| Some(source.path.to_string()),
        )
        .results
    };
    assert_eq!(paths(&[]), ["a.yaml", "b/c.yaml"]);
    assert_eq!(paths(&["."]), ["./a.yaml", "./b/c.yaml"]);
    assert_eq!(paths(&["b", "a.yaml"]), ["a.yaml", "b/c.yaml"]);
}
