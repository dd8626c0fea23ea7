//! What is done and what is left to a person, use by use.

use crate::project::{GATES, Project, Ran, manifest};

/// A crate with two gates, and these files. Tests run at the same time, so each needs another name.
pub(crate) fn project(name: &str, library: &str, files: &[(&str, &str)]) -> Project {
    let own = manifest(name, "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let tests =
        "[dev-dependencies]\nfeaturegate-test = { path = \"REPOSITORY/featuregate-test\" }\n";
    let own = own + tests;
    let own = [("Cargo.toml", own.as_str()), ("src/lib.rs", library), ("src/gates.rs", GATES)];
    Project::with(&[&own, files].concat())
}

pub(crate) fn remove(project: &Project, arguments: &[&str]) -> Ran {
    project.featuregate("", &[&["remove", "Cache"], arguments].concat())
}

pub(crate) fn assert_tests_pass(project: &Project) {
    let tested = project.test();
    assert_eq!(tested.code, 0, "{tested:?}");
}

/// A use that does not compile when it is simplified gets the value; the others of its file are simplified.
#[test]
fn a_use_that_does_not_compile_leaves_the_others_of_its_file_simple() {
    let library = "\
pub mod gates;

use gates::Feature;

fn empty<T: Default>() -> T {
    T::default()
}

pub fn first() -> u32 {
    if Feature::Cache.enabled() { 1 } else { 2 }
}

pub fn typed() -> bool {
    let names = if Feature::Cache.enabled() { empty() } else { vec![1_u8] };
    names.is_empty() && !Feature::Cache.enabled()
}

pub fn partly() -> usize {
    let on = Feature::Cache.enabled();
    let name = (!on).then(|| empty());
    let other = (!on).then(|| 1_u8);
    format!(\"{other:?}\").len() + name.map_or(0, |name: String| name.len())
}

pub fn last() -> u32 {
    if !Feature::Cache.enabled() {
        return 7;
    }
    8
}
";
    let project = project("part-use", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let left = project.read("src/lib.rs");
    assert!(left.contains("pub fn first() -> u32 {\n    1\n}\n"), "{left}");
    assert!(left.contains("pub fn last() -> u32 {\n    8\n}\n"), "{left}");
    assert!(
        left.contains("let _names = if true { empty() } else { vec![1_u8] };\n    false"),
        "{left}"
    );
    let listed = ran.out.lines().filter(|line| line.starts_with("src/lib.rs:"));
    let listed: Vec<&str> = listed.map(|line| line.split(" for `").next().unwrap()).collect();
    assert_eq!(
        listed,
        [
            "src/lib.rs:12: Cache: only the value was inserted, since the simplified code does not compile: type annotations needed",
            "src/lib.rs:17: Cache: this is simplified only in part, since the simplified code does not compile: type annotations needed",
        ]
    );
    assert!(left.contains("let other = false.then(|| 1_u8);"), "{left}");
    let summary = "Cache: removed as on, 5 uses; 2 places are for a person\n";
    assert!(ran.out.contains(summary), "{ran:?}");
    assert!(!project.read("src/gates.rs").contains("    Cache,"));
    assert_tests_pass(&project);
}

/// A lint that the workspace denies is an error, also in what is left of it.
#[test]
fn code_that_a_denied_lint_refuses_is_not_left() {
    let library = "\
#![deny(unused_must_use, dead_code)]
pub mod gates;

use gates::Feature;
use other::limit;

pub fn text() -> String {
    let limit = if Feature::Cache.enabled() { 3_000_000_000 } else { limit() };
    format!(\"{limit}\")
}
";
    let other = "\
pub fn one() -> u32 {
    if crate::gates::Feature::Cache.enabled() { 1 } else { old() }
}

fn old() -> u32 {
    2
}

pub(crate) fn limit() -> u64 {
    4_000_000_000
}
";
    let library = library.replace("pub mod gates;", "pub mod gates;\npub mod other;");
    let project = project("part-lint", &library, &[("src/other.rs", other)]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    // What only the other side used is denied as dead code, and is removed.
    let other = project.read("src/other.rs");
    assert!(
        other.starts_with("pub fn one() -> u32 {\n    1\n}\n\npub(crate) fn limit()"),
        "{other}"
    );
    let left = project.read("src/lib.rs");
    assert!(left.contains("if true { 3_000_000_000 } else { limit() }"), "{left}");
    assert!(
        ran.out.contains(
            "src/lib.rs:8: Cache: only the value was inserted, since the workspace denies a lint"
        ),
        "{ran:?}"
    );
    assert_tests_pass(&project);
}

/// An example that names the gate would no longer compile.
#[test]
fn a_doctest_keeps_the_gate() {
    let library = "\
pub mod gates;

use gates::Feature;

/// Whether there is a cache. `Feature::Cache` decides.
///
/// ```
/// use part_doctest::gates::Feature;
///
/// assert_eq!(part_doctest::cached(), Feature::Cache.enabled());
/// ```
pub fn cached() -> bool {
    Feature::Cache.enabled()
}
";
    let project = project("part-doctest", library, &[]);
    let ran = remove(&project, &["--as", "off"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("src/lib.rs:8: Cache: a doctest uses the gate\n"), "{ran:?}");
    assert!(ran.out.contains("src/lib.rs:3: Cache: this documentation mentions the gate\n"));
    assert!(project.read("src/gates.rs").contains("    Cache,"));
    assert_tests_pass(&project);
}

/// Tests that also cover what is left stay, without the part that is about the other value.
#[test]
fn a_test_of_more_than_the_other_value_stays() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn size() -> u32 {
    if Feature::Cache.enabled() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::{Feature, size};
    use featuregate_test::overrides;

    #[test]
    fn defaults() {
        assert!(!Feature::Cache.enabled());
        assert!(!Feature::Other.enabled());
    }

    #[test]
    fn is_off() {
        assert!(!Feature::Cache.enabled());
    }

    #[test]
    #[should_panic(expected = \"failed\")]
    fn expects_it_to_be_off() {
        assert!(!Feature::Cache.enabled());
    }

    #[test]
    fn one_side_after_the_other() {
        let scope = overrides::<Feature>().off(Feature::Cache).enter();
        assert_eq!(size(), 2);
        drop(scope);
        let _scope = overrides::<Feature>().on(Feature::Cache).enter();
        assert_eq!(size(), 1);
    }

    #[test]
    fn the_other_way_round() {
        let scope = overrides::<Feature>().on(Feature::Cache).enter();
        assert_eq!(size(), 1);
        drop(scope);
        let scope = overrides::<Feature>().off(Feature::Cache).enter();
        assert_eq!(size(), 2);
        drop(scope);
    }

    #[test]
    fn the_other_side() {
        let _scope = overrides::<Feature>().off(Feature::Cache).enter();
        assert_eq!(size(), 2);
    }
}
";
    // A test that expects a panic is wrong before, and right after.
    let project = project("part-test", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let left = project.read("src/lib.rs");
    assert_eq!(
        left.split_once("    #[test]").map(|(_, tests)| tests),
        Some(
            "
    fn defaults() {
        assert!(!Feature::Other.enabled());
    }

    #[test]
    #[should_panic(expected = \"failed\")]
    fn expects_it_to_be_off() {
        panic!(\"assertion failed\");
    }

    #[test]
    fn one_side_after_the_other() {
        assert_eq!(size(), 1);
    }

    #[test]
    fn the_other_way_round() {
        assert_eq!(size(), 1);
    }
}
"
        ),
        "{left}"
    );
    assert_tests_pass(&project);
}

/// The same where a function runs the assertion. What may not run, or is caught, stays.
#[test]
fn an_assertion_of_the_other_value_within_a_call_is_removed_with_its_test() {
    let library = "\
pub mod gates;

#[cfg(test)]
mod tests {
    use super::gates::Feature;
    use featuregate_test::overrides;

    fn with_variable<T>(run: impl FnOnce() -> T) -> T {
        run()
    }

    #[test]
    fn the_other_side_within_a_call() {
        let read = with_variable(|| {
            assert!(!Feature::Cache.enabled());
            Ok::<u32, ()>(2)
        });
        read.unwrap();
    }

    #[test]
    fn the_other_side_within_a_method() {
        overrides::<Feature>().off(Feature::Other).run(|| assert!(!Feature::Cache.enabled()));
    }

    #[test]
    fn one_assertion_within_a_call() {
        with_variable(|| {
            assert!(!Feature::Cache.enabled());
            assert!(!Feature::Other.enabled());
        });
    }

    #[test]
    fn what_may_not_run() {
        Some(2).unwrap_or_else(|| {
            assert!(!Feature::Cache.enabled());
            3
        });
        assert!(std::panic::catch_unwind(|| assert!(!Feature::Cache.enabled())).is_err());
    }
}
";
    let project = project("part-call", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let left = project.read("src/lib.rs");
    assert_eq!(
        left.split_once("    use super::gates::Feature;\n").map(|(_, tests)| tests),
        Some(
            "
    fn with_variable<T>(run: impl FnOnce() -> T) -> T {
        run()
    }

    #[test]
    fn one_assertion_within_a_call() {
        with_variable(|| {
            assert!(!Feature::Other.enabled());
        });
    }

    #[test]
    fn what_may_not_run() {
        Some(2).unwrap_or_else(|| {
            panic!(\"assertion failed\");
        });
        assert!(std::panic::catch_unwind(|| assert!(false)).is_err());
    }
}
"
        ),
        "{left}"
    );
    assert_tests_pass(&project);
}

/// Line ends, labels, comments, and the enum itself.
#[test]
fn what_is_beside_a_use_stays_as_it_is() {
    let library = "\
pub mod gates;
mod names;

use gates::Feature as There;
use names::Stored;

pub fn here() -> bool {
    There::Cache.enabled()
}

pub fn find(all: &[u32]) -> Option<u32> {
    'all: for one in all {
        for other in all {
            if Stored.enabled() && one == other {
                continue 'all;
            }
        }
        return Some(*one);
    }
    None
}

#[cfg(windows)]
pub fn there() -> bool {
    There::Cache.enabled()
}

pub fn names(all: &[u32]) -> Vec<u32> {
    let all = all.iter().copied();
    // As they are stored.
    all.map(|one| if Stored.enabled() { one + 1 } else {
        // As they are.
        one
    })
    .collect()
}
";
    let names = "pub use crate::gates::Feature::{Cache as Stored};\n";
    let gates =
        GATES.replace("    /// Another one.\n    #[gate(alpha = \"1.25\")]\n    Other,\n", "");
    let windows = library.replace('\n', "\r\n");
    let project =
        project("part-beside", &windows, &[("src/names.rs", names), ("src/gates.rs", &gates)]);
    assert_eq!(project.featuregate("", &["update"]).code, 0);
    let own = project.read("featuregates.yaml").replace('\n', "\r\n");
    project.write("featuregates.yaml", &own);
    project.commit();
    assert_eq!(project.featuregate("", &["verify"]).code, 0);
    let ran = remove(&project, &["--as", "off"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for file in ["src/lib.rs", "featuregates.yaml"] {
        let text = project.read(file);
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{file}: {text:?}");
    }
    let left = project.read("src/lib.rs").replace("\r\n", "\n");
    assert!(left.contains("    for one in all {\n"), "{left}");
    assert!(left.contains("// As they are.\n"), "{left}");
    assert!(!left.contains("use gates::Feature as There;"), "{left}");
    assert!(ran.out.contains("src/lib.rs:19: Cache: this code is not compiled here"), "{ran:?}");
    assert!(project.read("src/gates.rs").contains("pub enum Feature {}\n"), "{ran:?}");
    assert_eq!(project.featuregate("", &["verify"]).code, 0);
    assert_tests_pass(&project);
}

/// A gate with a component is named with it, in arguments and in configuration.
#[test]
fn a_gate_of_a_component_is_not_one_of_another() {
    let of = |component: &str, more: &str| {
        GATES.replace(
            "#[feature_gate(version = \"1.36\")]",
            &format!("#[feature_gate(version = \"1.36\", component = \"{component}\"{more})]"),
        )
    };
    let library = "\
pub mod gates;
pub mod store;

pub fn both() -> (bool, bool) {
    (gates::Feature::Cache.enabled(), store::Feature::Cache.enabled())
}
";
    let files =
        [("src/gates.rs", of("a", "")), ("src/store.rs", of("b", ", rename_all = \"kebab-case\""))];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
    let project = project(
        "part-component",
        library,
        &[
            &files[..],
            &[("deploy/a.yaml", "featureGates: {\"a:Cache\": true, \"b:cache\": true}\n")],
        ]
        .concat(),
    );
    let places = |ran: &Ran| -> Vec<String> {
        let shown = ran.out.lines().filter_map(|line| line.strip_prefix("  "));
        shown.map(|line| line.split(" in ").next().unwrap().to_owned()).collect()
    };
    assert_eq!(
        places(&project.featuregate("", &["uses", "b:cache"])),
        ["deploy/a.yaml:1:34: configuration", "src/lib.rs:5:39: check"]
    );
    assert_eq!(
        places(&project.featuregate("", &["uses", "a:Cache"])),
        ["deploy/a.yaml:1:17: configuration", "src/lib.rs:5:6: check"]
    );
    let ran = project.featuregate("", &["remove", "Cache", "--as", "on"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "error: several components have a gate Cache; write one of a:Cache, b:cache\n")
    );
    let ran = project.featuregate("", &["remove", "a:Cache", "--as", "on", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(project.read("src/lib.rs").contains("(true, store::Feature::Cache.enabled())"));
    assert_eq!(project.read("deploy/a.yaml"), "featureGates: {\"b:cache\": true}\n");
    assert!(!project.read("src/gates.rs").contains("    Cache,"));
    assert!(project.read("src/store.rs").contains("    Cache,"));
}

/// The variables of an enum, and files that have no ending of configuration, are searched too.
#[test]
fn variables_and_files_without_an_ending_are_searched() {
    let gates = GATES.replace(
        "version = \"1.36\"",
        "version = \"1.36\", env = \"APP_GATES\", env_prefix = \"APP_GATE_\"",
    );
    let library = "\
pub mod gates;

pub fn cached() -> bool {
    gates::Feature::Cache.enabled()
}
";
    let files = [
        ("src/gates.rs", gates.as_str()),
        (".env", "APP_GATES=Cache=true,Other=true\nAPP_GATE_CACHE=1\n"),
        ("justfile", "run:\n    app --feature-gates=Cache=true\n"),
        ("main.tf", "args = [\"--feature-gates=Cache=true\"]\n"),
        ("other.tf", "name = \"Cache\"\n"),
    ];
    let project = project("part-variable", library, &files);
    let ran = project.featuregate("", &["uses", "Cache"]);
    let places: Vec<&str> = ran.out.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert_eq!(
        places,
        [
            ".env:1:11: configuration",
            ".env:2:10: configuration",
            "justfile:2:25: configuration",
            "main.tf:1:26: text",
            "src/lib.rs:4:5: check in cached",
        ]
    );
    let ran = remove(&project, &["--as", "on", "--fix"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(project.read(".env"), "APP_GATES=Other=true\nAPP_GATE_CACHE=1\n");
    assert!(ran.out.contains(".env:2: Cache: this configuration still sets the gate"), "{ran:?}");
    // What a recipe means without an argument is not proven.
    assert_eq!(project.read("justfile"), "run:\n    app --feature-gates=Cache=true\n");
    assert!(ran.out.contains("justfile:2: Cache: this configuration still sets the gate"));
    let mentioned = "main.tf:1: Cache: this mentions the gate, and is not read as configuration\n";
    assert!(ran.out.contains(mentioned), "{ran:?}");
}

/// What sets a gate in a text of a test may be any spelling of a boolean.
#[test]
fn an_override_is_read_as_the_tests_read_it() {
    let library = "\
pub mod gates;

pub fn size() -> u32 {
    if gates::Feature::Cache.enabled() { 1 } else { 2 }
}
";
    let sides = "\
use featuregate_test::overrides;
use part_spelling::{gates::Feature, size};

#[test]
fn with_it() {
    overrides::<Feature>().text(\"Cache=1\").run(|| assert_eq!(size(), 1));
}

#[test]
fn without_it() {
    overrides::<Feature>().text(\"Cache=F\").run(|| assert_eq!(size(), 2));
}
";
    let project = project("part-spelling", library, &[("tests/sides.rs", sides)]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let left = project.read("tests/sides.rs");
    assert!(left.contains("fn with_it()") && !left.contains("fn without_it()"), "{left}");
    assert!(left.contains("fn with_it() {\n    assert_eq!(size(), 1);\n}"), "{left}");
    assert_tests_pass(&project);
}

/// A file is compiled if the compiler reads it, however a module leads to it.
#[test]
fn a_file_that_the_compiler_does_not_read_is_not_simplified() {
    let library = "\
pub mod gates;

#[cfg(windows)]
#[path = \"there.rs\"]
mod imp;
#[cfg(not(windows))]
#[path = \"here.rs\"]
mod imp;

mod system {
    #[cfg(windows)]
    pub mod inner;
}

macro_rules! there {
    ($($item:item)*) => { $(#[cfg(windows)] $item)* };
}

there! { mod chosen; }

pub fn size() -> u32 {
    imp::size()
}

fn helper() -> u32 {
    5
}
";
    let code = "\
pub fn size() -> u32 {
    if crate::gates::Feature::Cache.enabled() { 1 } else { crate::helper() }
}
";
    let unread = ["src/there.rs", "src/system/inner.rs", "src/chosen.rs", "tests/ui/case.rs"];
    let case = code.replace("crate", "part_unread");
    let files = unread.map(|path| (path, if path.starts_with("src") { code } else { &*case }));
    let project = project("part-unread", library, &[&files[..], &[("src/here.rs", code)]].concat());
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(project.read("src/here.rs"), "pub fn size() -> u32 {\n    1\n}\n");
    for path in unread {
        let left = project.read(path);
        assert!(left.contains("if true { 1 } else { "), "{path}: {left}");
        let listed = format!("{path}:2: Cache: this code is not compiled here: it has the value");
        assert!(ran.out.contains(&listed), "{ran:?}");
    }
    // Only what is not compiled here uses it now.
    assert!(project.read("src/lib.rs").contains("fn helper()"), "{ran:?}");
    assert!(!project.read("src/gates.rs").contains("    Cache,"), "{ran:?}");
}

/// What cannot be followed keeps the gate that it names, and not one whose name begins like it.
#[test]
fn a_use_of_a_gate_with_a_longer_name_keeps_none() {
    let library = "\
pub mod gates;

pub fn is_fast() -> bool {
    gates::Feature::Cache.enabled()
}

#[cfg(windows)]
pub fn is_warm() -> bool {
    missing::Feature::CacheWarming.enabled()
}
";
    let gates = GATES.replace("    Other,", "    CacheWarming,");
    let project = project("part-longer", library, &[("src/gates.rs", &gates)]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!project.read("src/gates.rs").contains("    Cache,"), "{ran:?}");
}

/// Methods of other types have the names of those of overrides and sets of gates.
#[test]
fn a_method_of_another_type_is_left_to_a_person() {
    let library = "\
pub mod gates;

use gates::Feature;

#[derive(Default)]
pub struct Tenant {
    pub paid: bool,
    pub asked: u32,
}

impl Tenant {
    pub fn enabled(&self, feature: Feature) -> bool {
        self.paid && feature.enabled()
    }

    pub fn on(&mut self, feature: Feature) {
        self.asked += feature as u32 + 1;
    }
}

pub fn serve(tenant: &mut Tenant) -> u32 {
    tenant.on(Feature::Cache);
    if tenant.enabled(Feature::Cache) { 1 } else { 2 }
}

pub fn other() -> u32 {
    if Feature::Cache.enabled() { 3 } else { 4 }
}
";
    let project = project("part-method", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    let text = project.read("src/lib.rs");
    assert!(text.contains("tenant.on(Feature::Cache);"), "{text}");
    assert!(text.contains("if tenant.enabled(Feature::Cache) { 1 } else { 2 }"), "{text}");
    assert!(text.contains("pub fn other() -> u32 {\n    3\n}"), "{text}");
    assert!(ran.out.contains("src/lib.rs:22") && ran.out.contains("src/lib.rs:23"), "{ran:?}");
    assert_tests_pass(&project);
}

/// What the compiler says is not used or not reached is removed only where that is so in every build.
#[test]
fn code_of_another_build_or_of_another_type_stays() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn unit(log: &mut Vec<u32>) {
    #[cfg(debug_assertions)]
    if Feature::Cache.enabled() {
        log.push(1);
        return;
    }
    rest(log);
}

fn rest(log: &mut Vec<u32>) {
    log.push(2);
}

pub mod one {
    use crate::gates::Feature;

    struct Rec(u32);

    impl Rec {
        fn number(&self) -> u32 {
            self.0
        }
    }

    pub fn number() -> u32 {
        if Feature::Cache.enabled() { 5 } else { Rec(7).number() }
    }
}

pub mod two {
    use std::sync::atomic::{AtomicU32, Ordering};

    pub static DROPPED: AtomicU32 = AtomicU32::new(0);

    struct Rec(u32);

    impl Drop for Rec {
        fn drop(&mut self) {
            DROPPED.fetch_add(self.0, Ordering::Relaxed);
        }
    }

    pub fn drops() {
        let _rec = Rec(3);
    }
}

struct Leave<'a>(&'a mut u32);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        *self.0 += 1;
    }
}

static LEFT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

struct Unit;

impl Drop for Unit {
    fn drop(&mut self) {
        LEFT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
}

pub fn leaves(count: &mut u32) -> u32 {
    let _leave = Leave(count);
    let unit = Unit;
    if !Feature::Cache.enabled() {
        std::mem::drop(unit);
    }
    LEFT.load(std::sync::atomic::Ordering::Relaxed)
}

fn compute() -> u32 {
    LEFT.load(std::sync::atomic::Ordering::Relaxed) + 6
}

pub fn hidden() -> u32 {
    let _n = 5;
    let n = compute();
    if !Feature::Cache.enabled() {
        return n;
    }
    _n
}
";
    let project = project("part-build", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    let text = project.read("src/lib.rs");
    assert!(text.contains("    rest(log);\n") && text.contains("fn rest("), "{text}");
    assert!(text.contains("impl Drop for Rec") && text.contains("impl Drop for Unit"), "{text}");
    assert!(text.contains("let _unit = Unit;"), "{text}");
    assert!(text.contains("let __n = compute();"), "{text}\n{ran:?}");
    assert_tests_pass(&project);
}

/// A scope that is entered later, or by another function, is left to a person.
#[test]
fn a_scope_that_is_entered_later_or_given_away_stays() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn serve() -> u32 {
    if Feature::Cache.enabled() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate_test::overrides;

    fn common() {}

    fn without() -> featuregate_test::Entered {
        common();
        overrides::<Feature>().off(Feature::Cache).enter()
    }

    #[test]
    fn later() {
        common();
        let off = overrides::<Feature>().off(Feature::Cache).scope();
        off.run(|| assert_eq!(serve(), 2));
    }

    #[test]
    fn helped() {
        let _without = without();
        assert_eq!(serve(), 2);
    }
}
";
    let project = project("part-scope", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    let text = project.read("src/lib.rs");
    assert!(text.contains("pub fn serve() -> u32 {\n    1\n}"), "{text}\n{ran:?}");
    assert!(text.contains(".off(Feature::Cache).enter()"), "{text}");
    assert!(text.contains(".off(Feature::Cache).scope()"), "{text}");
    assert!(ran.out.contains("src/lib.rs:19") && ran.out.contains("src/lib.rs:25"), "{ran:?}");
}
