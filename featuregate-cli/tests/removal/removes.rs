use crate::project::{GATES, Project, Ran, manifest, workspace};

fn remove(project: &Project, arguments: &[&str]) -> Ran {
    project.featuregate("core", &[&["remove"], arguments].concat())
}

#[test]
fn a_gate_leaves_code_tests_declaration_and_manifest() {
    let project = workspace();
    assert_eq!(project.featuregate("core", &["update"]).code, 0);
    project.commit();
    let ran = remove(&project, &["Cache"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(
        project.read("app/src/main.rs"),
        "\
use base::{Feature as F, serve};
mod server;

fn main() {
    if !base::Gate::Warming.enabled() {
        println!(\"cache {}\", true);
    }
    println!(\"{}\", serve());
    server::run();
    match F::Warming {
        F::Warming => println!(\"warming\"),
        _ => {}
    }
}
"
    );
    // The function that only the other side used is removed, and the comment of this side stays.
    assert_eq!(
        project.read("app/src/server.rs"),
        "\
/// With Cache, it is fast.
pub fn run() {
    println!(\"cached {}\", start());
}

fn start() -> u32 {
    // The fast way.
    2
}
"
    );
    assert_eq!(
        project.read("app/tests/sides.rs"),
        "\
use base::Feature;
use featuregate_test::overrides;

#[test]
fn with_cache() {
    assert_eq!(base::serve(), 1);
}

#[test]
fn with_both() {
    let _scope = overrides::<Feature>().on(Feature::Warming).enter();
    assert!(Feature::Warming.enabled());
}

#[test]
fn by_text() {
    let _scope = overrides::<Feature>().text(\"Warming=true\").enter();
    assert!(Feature::Warming.enabled());
}

#[test]
fn by_name() {
    assert_eq!(base::serve(), 1);
}

featuregate_test::under! {
    Feature: with = \"\", warm = \"Warming=true\", cold = \"Warming=false\";

    #[test]
    fn under_settings() {
        assert!(base::serve() < 3);
    }
}
"
    );
    assert!(project.read("core/src/lib.rs").ends_with("pub fn serve() -> u32 {\n    1\n}\n"));
    let features = project.read("core/src/features.rs");
    assert!(features.contains("removed = \"1.30\")]\n#[tombstone(Cache, alpha = \"1.25\", beta = \"1.30\", ga = \"1.33\", removed = \"1.36\")]\npub enum Feature {\n    /// Fills the cache in advance.\n    #[gate(alpha = \"1.34\")]\n    Warming,"), "{features}");
    assert_eq!(project.featuregate("core", &["verify"]).code, 0);
    for shown in [
        "config.yaml:2: Cache: this configuration still sets the gate",
        "docs/operations.md:1: Cache: this documentation mentions the gate",
        "Cache: removed as on, 14 uses\n",
        "    Remove the gate Cache\n",
        "    Owner: team-a\n    Issue: https://example.com/1\n",
    ] {
        assert!(ran.out.contains(shown), "{shown}\n{}", ran.out);
    }
    let tested = project.test();
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(!tested.warns(), "{tested:?}");
    // What is left uses it no longer.
    let ran = project.featuregate("core", &["remove", "Cache"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: gate Cache was removed in 1.36\n"));
}

/// A file that `featuregate docs` wrote is written again, and a setting is removed where that is asked for.
#[test]
fn pages_and_configuration_follow() {
    let project = workspace();
    assert_eq!(project.featuregate("core", &["update"]).code, 0);
    let docs = |arguments: &[&str]| {
        let page = ["--manifest", "featuregates.yaml", "--output"];
        project.featuregate("core", &[&["docs"], &page[..], arguments].concat()).code
    };
    assert_eq!(docs(&["../docs/gates.md"]), 0);
    assert_eq!(docs(&["../docs/gates.html", "--html"]), 0);
    project.write("deploy/off.yaml", "featureGates: {Cache: false}\nport: 1\n");
    project.write("deploy/run.sh", "app --feature-gates=Cache=true,Warming=true\n");
    project.write("deploy/run.py", "run('--feature-gates=Cache=true')\n");
    project.commit();
    let ran = remove(&project, &["Cache"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for file in ["config.yaml:2", "deploy/off.yaml:1", "deploy/run.sh:1"] {
        let listed = format!("{file}: Cache: this configuration still sets the gate; remove the");
        assert!(ran.out.contains(&listed), "{listed}: {}", ran.out);
    }
    project.git(&["checkout", "-q", "."]);
    let ran = remove(&project, &["Cache", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(project.read("config.yaml"), "featureGates:\n  Old: true\n");
    assert_eq!(project.read("deploy/off.yaml"), "port: 1\n");
    assert_eq!(project.read("deploy/run.sh"), "app --feature-gates=Warming=true\n");
    assert!(!ran.out.contains("still sets"), "{}", ran.out);
    assert_eq!(docs(&["../docs/gates.md", "--check"]), 0);
    assert_eq!(docs(&["../docs/gates.html", "--html", "--check"]), 0);
    assert!(!ran.out.contains("docs/gates.md:"), "its tombstone is not listed: {}", ran.out);
}

#[test]
fn a_setting_that_may_be_of_another_package_is_not_removed() {
    let runtime = "featuregate = { path = \"REPOSITORY/featuregate\" }\n";
    let project = Project::with(&[
        ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\"]\n"),
        ("one/Cargo.toml", &manifest("one", runtime)),
        ("one/src/lib.rs", GATES),
        ("two/Cargo.toml", &manifest("two", runtime)),
        ("two/src/lib.rs", &GATES.replace("Other", "Another")),
        ("config.yaml", "featureGates:\n  Cache: true\n  Other: true\n"),
    ]);
    let arguments = ["remove", "Cache", "Other", "--as", "on", "--fix", "-p", "one"];
    let ran = project.featuregate("", &arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(project.read("config.yaml"), "featureGates:\n  Cache: true\n");
    assert!(
        ran.out.contains("config.yaml:2: Cache: this configuration still sets the gate, and it is not certain what"),
        "{}",
        ran.out
    );
}

/// What is dropped later still is, and what is printed still is.
#[test]
fn guards_and_printed_fields_stay() {
    let project = Project::with(&[
        ("Cargo.toml", &manifest("app", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        (
            "src/lib.rs",
            &(GATES.to_owned()
                + "
struct Guard(u32);

impl Drop for Guard {
    fn drop(&mut self) {
        println!(\"ends\");
    }
}

#[derive(Debug)]
struct Printed {
    hits: u32,
}

struct Plain {
    hits: u32,
    all: u32,
}

struct Held {
    guard: Guard,
    all: u32,
}

pub fn work(n: u32) -> u32 {
    let guard = Guard(n);
    let (other, m) = (Guard(n), n);
    let printed = Printed { hits: n };
    let plain = Plain { hits: n, all: n };
    let held = Held { guard: Guard(n), all: n };
    if Feature::Cache.enabled() {
        println!(\"{}\", guard.0 + other.0 + printed.hits + plain.hits + held.guard.0);
    }
    println!(\"{printed:?} {} {}\", plain.all, held.all);
    m
}
"),
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "off"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = project.read("src/lib.rs");
    for left in [
        "let _guard = Guard(n);",
        "let (_other, m) = (Guard(n), n);",
        "Printed { hits: n }",
        "Plain { all: n }",
        "Held { guard: Guard(n), all: n }",
    ] {
        assert!(text.contains(left), "{left}: {text}");
    }
    assert!(
        ran.out.contains("the compiler warns of this now: field `hits` is never read"),
        "{ran:?}"
    );
}

/// What git ignores it cannot bring back.
#[test]
fn configuration_that_git_ignores_is_listed() {
    let project = workspace();
    project.write(".gitignore", "local.yaml\n");
    project.commit();
    project.write("local.yaml", "featureGates: {Cache: true}\n");
    let ran = remove(&project, &["Cache", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(project.read("local.yaml"), "featureGates: {Cache: true}\n");
    assert_eq!(project.read("config.yaml"), "featureGates:\n  Old: true\n");
}

#[test]
fn a_gate_can_be_removed_to_its_other_side() {
    let project = workspace();
    let ran = remove(&project, &["Lonely", "--as", "off"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let features = project.read("core/src/features.rs");
    // Its history would say that it was on.
    assert!(
        features.contains("#[tombstone(Lonely, removed = \"1.36\", value = false)]\n"),
        "{features}"
    );
    let tested = project.test();
    assert_eq!(tested.code, 0, "{tested:?}");
    // What requires a gate cannot go on without it.
    project.commit();
    let ran = remove(&project, &["Cache", "--as", "off"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("the gate stays in its enum: gate Warming requires it\n"), "{ran:?}");
}

#[test]
fn nothing_is_written_where_it_was_not_asked_for() {
    let project = workspace();
    let before = project.git(&["status", "--short"]);
    let ran = remove(&project, &["Cache", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("-    if Feature::Cache.enabled() { 1 } else { 2 }\n+    1\n"),
        "{ran:?}"
    );
    for (arguments, error) in [
        (
            &["Warming"][..],
            "error: gate Warming is not locked in 1.36; name its value with --as on or --as off\n",
        ),
        (&["Old"], "error: gate Old was removed in 1.30\n"),
        (&["Cach"], "error: unknown gate Cach; did you mean Cache?\n"),
    ] {
        let ran = remove(&project, arguments);
        assert_eq!((ran.code, ran.err.as_str()), (2, error), "{arguments:?}");
    }
    assert_eq!(project.git(&["status", "--short"]), before);
}

#[test]
fn files_with_uncommitted_changes_are_not_changed() {
    let project = workspace();
    let text = project.read("app/src/server.rs") + "\n// More.\n";
    project.write("app/src/server.rs", &text);
    let ran = remove(&project, &["Cache"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(
        ran.err,
        format!(
            "error: nothing was written\nerror: {}: it has uncommitted changes; commit them, or use --allow-dirty\n",
            project.path().join("app/src/server.rs").display()
        )
    );
    assert_eq!(project.read("app/src/server.rs"), text);
    assert_eq!(remove(&project, &["Cache", "--allow-dirty"]).code, 0);
    assert!(project.read("app/src/server.rs").ends_with("// More.\n"));
}

#[test]
fn what_is_not_known_keeps_the_gate_and_is_listed() {
    let project = workspace();
    project.write(
        "core/src/lib.rs",
        &(project.read("core/src/lib.rs")
            + "\npub fn all() -> Vec<Feature> {\n    vec![Feature::Cache]\n}\n\n#[macro_export]\nmacro_rules! hidden {\n    () => {\n        $crate::Feature::Cache.enabled()\n    };\n}\n"),
    );
    project.commit();
    let ran = remove(&project, &["Cache"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for shown in [
        "src/lib.rs:11: Cache: the gate itself is passed on as a value\n",
        "src/lib.rs:17: Cache: what this macro makes of the gate is not known\n",
        "the rest is for a person\n",
    ] {
        assert!(ran.out.contains(shown), "{shown}\n{}", ran.out);
    }
    // What is proven is done.
    assert!(project.read("core/src/lib.rs").contains("pub fn serve() -> u32 {\n    1\n}\n"));
    assert!(project.read("core/src/features.rs").contains("    Cache,\n"));
    assert!(project.read("app/src/main.rs").contains("Cache => println!(\"cache\"),"));
    let tested = project.test();
    assert_eq!(tested.code, 0, "{tested:?}");
}

#[test]
fn a_workspace_that_does_not_compile_is_left_alone() {
    let project = workspace();
    project.write("app/src/server.rs", "fn broken( {}\n");
    project.commit();
    let ran = remove(&project, &["Cache"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.starts_with("error: the workspace does not compile as it is\n"), "{ran:?}");
    assert_eq!(project.git(&["status", "--short"]), "");
}

#[test]
fn a_file_that_does_not_compile_when_simplified_gets_the_value() {
    let project = Project::with(&[
        ("Cargo.toml", &manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        (
            "src/lib.rs",
            "\
/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = \"1.36\")]
pub enum Feature {
    /// A cache.
    #[gate(alpha = \"1.25\")]
    Cache,
}

pub fn size() -> usize {
    // Without the other branch, nothing says which type it has.
    let all = if Feature::Cache.enabled() { [1_u8].into_iter().collect::<Vec<_>>() } else { empty() };
    all.len()
}

fn empty<T: Default>() -> T {
    T::default()
}
",
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "off"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("src/lib.rs:10: Cache: only the value was inserted"), "{ran:?}");
    assert!(project.read("src/lib.rs").contains("let all = if false { [1_u8]"), "{ran:?}");
}

#[test]
fn one_gate_that_does_not_compile_does_not_keep_others() {
    let gate =
        |name: &str| format!("    /// A gate.\n    #[gate(alpha = \"1.25\")]\n    {name},\n");
    let gates: String = ["Cache", "Fast", "Kept", "Typed"].map(gate).concat();
    let project = Project::with(&[
        ("Cargo.toml", &manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        (
            "src/lib.rs",
            &format!(
                "\
mod cache;
mod other;
mod typed;

/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = \"1.36\")]
pub enum Feature {{
{gates}}}

pub fn size() -> usize {{
    typed::size() + cache::size() + other::size()
}}
"
            ),
        ),
        (
            "src/cache.rs",
            "use crate::Feature;\n\npub fn size() -> usize {\n    if Feature::Cache.enabled() { 1 } else { 2 }\n}\n",
        ),
        (
            "src/typed.rs",
            "\
use crate::Feature;

pub fn size() -> usize {
    // Without the other branch, nothing says which type it has.
    let all = if Feature::Typed.enabled() { [1_u8].into_iter().collect::<Vec<_>>() } else { empty() };
    let more = if Feature::Fast.enabled() { 1 } else { 0 };
    all.len() + more
}

fn empty<T: Default>() -> T {
    T::default()
}
",
        ),
        (
            "src/other.rs",
            "use crate::Feature;\n\npub fn size() -> usize {\n    [Feature::Kept].len()\n}\n",
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Typed", "Kept", "Cache", "Fast", "--as", "off"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    // In the order of the command line.
    let summaries: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains(": removed") || line.contains(" uses "))
        .collect();
    assert_eq!(
        summaries,
        [
            "Typed: removed as off, 1 use; 1 place is for a person",
            "Kept: 0 uses replaced by off; the rest is for a person",
            "Cache: removed as off, 1 use",
            "Fast: removed as off, 1 use"
        ],
        "{ran:?}"
    );
    let typed = project.read("src/typed.rs");
    assert!(typed.contains("let all = if false { [1_u8]"), "{typed}");
    assert!(typed.contains("let more = 0;") || typed.contains("all.len() + 0"), "{typed}");
    assert_eq!(project.read("src/cache.rs"), "pub fn size() -> usize {\n    2\n}\n");
    assert!(project.read("src/lib.rs").contains("    Kept,\n}"), "{ran:?}");
}

#[test]
fn code_that_is_not_compiled_here_gets_the_value_and_is_listed() {
    let project = Project::with(&[
        ("Cargo.toml", &manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        (
            "src/lib.rs",
            "\
use std::path::Path;

mod features;
#[cfg(target_os = \"none\")]
mod bare;
pub mod other;

use features::Feature;

pub fn open(path: &Path) -> u32 {
    if Feature::Cache.enabled() { 1 } else { shared() + slow(path) }
}

#[cfg(not(target_os = \"none\"))]
pub fn here() -> u32 {
    if Feature::Cache.enabled() { 3 } else { 4 }
}

fn shared() -> u32 {
    7
}

fn slow(path: &Path) -> u32 {
    u32::from(path.exists())
}

#[cfg(all(target_os = \"none\", feature = \"x\"))]
fn there() -> u32 {
    struct PathBuf;
    let _ = PathBuf;
    if Feature::Cache.enabled() { 5 } else { 6 }
}
",
        ),
        (
            "src/other.rs",
            "\
use crate::Feature;
use std::fmt::Write;
use std::path::PathBuf;

pub fn size() -> usize {
    if Feature::Cache.enabled() { 0 } else { PathBuf::new().as_os_str().len() + text().len() }
}

fn text() -> String {
    let mut text = String::new();
    let _ = text.write_char('a');
    text
}

#[cfg(target_os = \"none\")]
fn size_there() -> usize {
    let mut text = String::new();
    Write::write_char(&mut text, 'b').map_or(0, |()| text.len())
}
",
        ),
        (
            "src/bare.rs",
            "pub fn size() -> u32 {\n    if !crate::Feature::Cache.enabled() { crate::shared() } else { 8 }\n}\n",
        ),
        ("src/features.rs", GATES),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for shown in [
        "src/lib.rs:25: Cache: this code is not compiled here",
        "src/bare.rs:2: Cache: this code is not compiled here",
    ] {
        assert!(ran.out.contains(shown), "{shown}\n{}", ran.out);
    }
    let library = project.read("src/lib.rs");
    // An import is used only in its file.
    let other = project.read("src/other.rs");
    assert!(!other.contains("PathBuf") && other.contains("use std::fmt::Write;"), "{other}");
    // What the compiler cannot prove is not simplified, and what only that code uses stays.
    assert!(library.contains("if true { 5 } else { 6 }"), "{library}");
    assert!(project.read("src/bare.rs").contains("if false { crate::shared() }"));
    assert!(library.contains("fn shared()") && !library.contains("fn slow("), "{library}");
    assert!(library.contains("pub fn here() -> u32 {\n    3\n}"), "{library}");
    assert!(library.contains("pub fn open(_path: &Path) -> u32 {\n    1\n}"), "{library}");
}

#[test]
fn a_first_import_leaves_no_empty_line_and_tombstones_no_warning() {
    let project = Project::with(&[
        ("Cargo.toml", &manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n")),
        (
            "src/lib.rs",
            "\
use std::collections::BTreeSet;

/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(version = \"1.36\")]
pub enum Feature {
    /// A cache.
    #[gate(alpha = \"1.25\")]
    Cache,
    /// Another one.
    #[gate(alpha = \"1.25\")]
    Other,
    /// One more.
    #[gate(alpha = \"1.25\")]
    More,
}

struct Entry {
    name: u32,
    seen: bool,
}

pub fn size(name: u32) -> usize {
    let entry = Entry { name, seen: false };
    if Feature::Cache.enabled() && entry.seen {
        return BTreeSet::from([name]).len();
    }
    if Feature::Other.enabled() { 1 } else { entry.name as usize }
}
",
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "Other", "--as", "off"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let library = project.read("src/lib.rs");
    assert!(library.starts_with("/// The gates.\n"), "{library}");
    assert!(library.contains("struct Entry {\n    name: u32,\n}\n"), "{library}");
    assert!(library.contains("#[allow(clippy::duplicated_attributes"), "{library}");
    let linted = project.cargo(&["clippy", "--quiet", "--", "-D", "warnings"]);
    assert_eq!(linted.code, 0, "{linted:?}\n{library}");
}

const ENUM: &str = "\
/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
pub enum Feature {
    /// A cache.
    #[gate(alpha)]
    Cache,
}
";

#[test]
fn a_package_beside_the_workspace_inherits_from_its_own() {
    let own = manifest(
        "app",
        "featuregate = { path = \"REPOSITORY/featuregate\" }\nshared = { path = \"../libs/shared\" }\n",
    );
    let project = Project::with(&[
        ("app/Cargo.toml", &own),
        (
            "app/src/lib.rs",
            &format!(
                "{ENUM}
pub fn size() -> usize {{
    if Feature::Cache.enabled() {{ shared::SIZE }} else {{ 0 }}
}}
"
            ),
        ),
        (
            "libs/Cargo.toml",
            "[workspace]\nmembers = [\"shared\"]\n[workspace.package]\nedition = \"2024\"\n\
             [workspace.dependencies]\nother = { path = \"other\" }\n",
        ),
        (
            "libs/shared/Cargo.toml",
            "[package]\nname = \"shared\"\nedition.workspace = true\n[dependencies]\nother.workspace = true\n",
        ),
        ("libs/shared/src/lib.rs", "pub const SIZE: usize = other::SIZE;\n"),
        ("libs/other/Cargo.toml", "[package]\nname = \"other\"\nedition.workspace = true\n"),
        ("libs/other/src/lib.rs", "pub const SIZE: usize = 3;\n"),
    ]);
    let lock = project.read("Cargo.lock");
    project.write("app/Cargo.lock", &lock);
    project.commit();
    // Where other tests build is within the workspace of this repository, which cargo would take for that of `libs`.
    let mut command = project.command(env!("CARGO_BIN_EXE_featuregate"), "app");
    command.env("CARGO_TARGET_DIR", project.path().join("target"));
    let ran = Ran::from(command.args(["remove", "Cache", "--as", "on"]).output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        project.read("app/src/lib.rs").ends_with("pub fn size() -> usize {\n    shared::SIZE\n}\n"),
        "{ran:?}"
    );
}

#[test]
fn a_denied_lint_is_not_an_error() {
    let own = manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let project = Project::with(&[
        ("Cargo.toml", &format!("{own}[lints.clippy]\nlen_zero = \"deny\"\n")),
        (
            "src/lib.rs",
            &format!(
                "{ENUM}
pub fn is_filled(names: &[&str]) -> bool {{
    names.len() > 0
}}
"
            ),
        ),
        (
            "src/main.rs",
            "fn main() {\n    if one::Feature::Cache.enabled() && one::is_filled(&[]) {\n        \
             println!(\"a\");\n    }\n}\n",
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(project.read("src/main.rs").contains("    if one::is_filled(&[]) {\n"), "{ran:?}");
}

#[test]
fn the_tombstone_of_a_name_that_is_not_an_identifier_is_in_quotes() {
    let own = manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let project = Project::with(&[
        ("Cargo.toml", &own),
        (
            "src/lib.rs",
            "/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
#[feature_gate(rename_all = \"kebab-case\")]
pub enum Feature {
    /// A cache.
    #[gate(alpha)]
    BigCache,
    /// Another one.
    #[gate(alpha, requires(BigCache))]
    SmallCache,
}
",
        ),
    ]);
    let ran =
        project.featuregate("", &["remove", "BigCache", "SmallCache", "big-cache", "--as", "off"]);
    // Whatever the order, the gate that requires the other one is removed first.
    assert_eq!(ran.code, 0, "{ran:?}");
    // A gate that is named twice is removed once.
    assert_eq!(ran.out.matches("BigCache: removed as off").count(), 1, "{ran:?}");
    let text = project.read("src/lib.rs");
    assert!(
        text.contains("#[tombstone(\"big-cache\", alpha = \"0.0\", removed = \"1.36\")]"),
        "{text}"
    );
}

#[test]
fn more_tombstones_than_attributes_can_be_expanded_are_a_list() {
    let own = manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let tombstone =
        |number: u32| format!("#[tombstone(Old{number}, removed = \"1.30\", value = true)]\n");
    let gate = |number: u32| format!("    /// A gate.\n    #[gate(alpha)]\n    Gate{number},\n");
    let tombstones: String = (0..90).map(tombstone).collect();
    let gates: String = (0..45).map(gate).collect();
    let project = Project::with(&[
        ("Cargo.toml", &own),
        (
            "src/lib.rs",
            &format!(
                "\
/// The gates.
#[derive(Clone, Copy, featuregate::FeatureGate)]
{tombstones}pub enum Feature {{
{gates}}}
"
            ),
        ),
    ]);
    let names: Vec<String> = (0..45).map(|number| format!("Gate{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ran = project.featuregate("", &[&["remove", "--as", "off"], names.as_slice()].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = project.read("src/lib.rs");
    let attributes = text.matches("#[tombstone").count();
    let listed = text.split("#[tombstones(removed = \"1.36\", value = false;").nth(1).unwrap();
    let listed = listed.split(']').next().unwrap().matches("Gate").count();
    assert_eq!(attributes - 91 + listed, 45, "{text}");
    assert_eq!(project.test().code, 0);
}

#[test]
fn a_variable_that_only_the_other_side_needed_leaves_the_code() {
    let own = manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let project = Project::with(&[
        ("Cargo.toml", &own),
        (
            "src/lib.rs",
            &format!(
                "{ENUM}
pub fn run(path: &str) -> usize {{
    let lock = if Feature::Cache.enabled() {{ Some(path.len()) }} else {{ None }};
    if Feature::Cache.enabled() && path.is_empty() {{
        if let Some(lock) = lock {{
            return lock;
        }}
    }}
    0
}}
"
            ),
        ),
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "off"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = project.read("src/lib.rs");
    assert!(text.ends_with("pub fn run(_path: &str) -> usize {\n    0\n}\n"), "{text}");
}
