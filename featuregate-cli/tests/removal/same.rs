//! What the compiler accepts in any case does the same after a removal, or is listed.

use crate::parts::{assert_tests_pass, project, remove};

/// Values that are dropped are seen.
const GUARD: &str = "\
use std::sync::Mutex;

pub static SEEN: Mutex<Vec<u32>> = Mutex::new(Vec::new());

pub struct Guard(pub u32);

impl Drop for Guard {
    fn drop(&mut self) {
        SEEN.lock().unwrap().push(self.0);
    }
}

pub fn seen() -> Vec<u32> {
    std::mem::take(&mut *SEEN.lock().unwrap())
}
";

/// Before the edition of 2024, a temporary value of the last expression is dropped after the variables.
#[test]
fn a_value_of_the_last_expression_is_dropped_before_the_variables() {
    let library = "\
pub mod gates;
pub mod guard;

use gates::Feature;
use guard::{Guard, SEEN};

fn make(n: u32) -> Guard {
    Guard(n)
}

pub fn last() -> u32 {
    let _first = Guard(1);
    if Feature::Cache.enabled() {
        make(2).0
    } else {
        make(3).0
    }
}

pub fn plain(all: &[u32]) -> usize {
    let _first = Guard(1);
    if Feature::Cache.enabled() {
        all.iter().map(|n| n + 1).count()
    } else {
        SEEN.lock().unwrap().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_same() {
        let _ = guard::seen();
        assert_eq!(last(), 2);
        assert_eq!(guard::seen(), [2, 1]);
    }
}
";
    let project = project("same-last", library, &[("src/guard.rs", GUARD)]);
    let old = project.read("Cargo.toml").replace("edition = \"2024\"", "edition = \"2021\"");
    project.write("Cargo.toml", &old);
    let ran = remove(&project, &["--as", "on"]);
    let text = project.read("src/lib.rs");
    assert!(text.contains("    let value = make(2).0;\n    value\n}"), "{text}\n{ran:?}");
    assert!(text.contains("    all.iter().map(|n| n + 1).count()\n}"), "{text}\n{ran:?}");
    assert_tests_pass(&project);
}

/// A value that the removed code took, and would have dropped, is dropped where it was.
#[test]
fn a_value_that_is_no_longer_taken_is_dropped_where_it_was() {
    let library = "\
pub mod gates;
pub mod guard;
pub mod size;

use gates::Feature;
use guard::{Guard, seen};
use size::Size;

fn keep(guard: Guard) -> u32 {
    guard.0
}

pub fn takes(guard: Guard) -> (Option<u32>, Vec<u32>) {
    let kept: Option<u32> = Feature::Cache.enabled().then(|| keep(guard));
    (kept, seen())
}

pub fn copies(size: Size) -> Option<u32> {
    let area: Option<u32> = Feature::Cache.enabled().then(|| Size::area(size));
    area
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_dropped_first() {
        let _ = seen();
        assert_eq!(takes(Guard(4)), (None, vec![4]));
        assert_eq!(copies(Size(2, 3)), None);
    }
}
";
    let size = "\
#[derive(Clone, Copy)]
pub struct Size(pub u32, pub u32);

impl Size {
    pub fn area(self) -> u32 {
        self.0 * self.1
    }
}
";
    let project = project("same-taken", library, &[("src/guard.rs", GUARD), ("src/size.rs", size)]);
    let ran = remove(&project, &["--as", "off"]);
    let text = project.read("src/lib.rs");
    assert!(text.contains("drop(guard);"), "{text}\n{ran:?}");
    // The compiler knows that it is a copy.
    assert!(!text.contains("drop(size)") && !text.contains("drop(_size)"), "{text}\n{ran:?}");
    assert_tests_pass(&project);
}

/// The number of a gate is its position in the enum.
#[test]
fn the_number_of_a_later_gate_is_listed() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn number() -> usize {
    let number = Feature::Other as usize;
    if Feature::Cache.enabled() { number } else { 0 }
}
";
    let project = project("same-number", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains("src/lib.rs:6: Cache: the number of Other is smaller by one from now on"),
        "{ran:?}"
    );
}

/// A macro of the program can do anything with its arguments, whatever it is called.
#[test]
fn a_macro_of_the_program_is_not_the_known_one_of_its_name() {
    let library = "\
pub mod gates;

use gates::Feature;

macro_rules! log {
    ($check:expr) => {
        concat!(stringify!($check), \"!\")
    };
}

pub fn text() -> &'static str {
    log!(Feature::Cache.enabled())
}

pub fn other() -> &'static str {
    let on = Feature::Cache.enabled();
    let text = log!(on);
    if on { text } else { \"\" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_name_is_kept() {
        assert_eq!(super::text(), \"Feature :: Cache.enabled()!\".replace(\" :: \", \"::\"));
        assert_eq!(super::other(), \"on!\");
    }
}
";
    let project = project("same-macro", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains("src/lib.rs:10: Cache: what this macro makes of the gate is not known"),
        "{ran:?}"
    );
    assert!(project.read("src/lib.rs").contains("let text = log!(on);"), "{ran:?}");
    assert_tests_pass(&project);
}

/// A closure that owns what it captures drops it with itself, and so stays.
#[test]
fn a_known_value_that_cannot_be_simplified_is_listed() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn own(name: &str) -> Option<usize> {
    let name = name.to_owned();
    Feature::Cache.enabled().then(move || name.len())
}
";
    let project = project("same-listed", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.out.contains(
            "Cache: this has a known value now, and is not simplified: true.then(move || name.len())"
        ),
        "{ran:?}"
    );
}

/// Tests that are removed are named, and what they leave empty is removed with them.
#[test]
fn tests_that_are_removed_are_listed() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn size() -> u32 {
    if Feature::Cache.enabled() { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    mod without {
        use super::*;

        #[test]
        fn it_is_small() {
            let _scope = featuregate_test::overrides::<Feature>().off(Feature::Cache).enter();
            assert_eq!(size(), 1);
        }
    }

    mod empty {}

    #[test]
    fn it_is_large() {
        let _scope = featuregate_test::overrides::<Feature>().on(Feature::Cache).enter();
        assert_eq!(size(), 2);
    }

    #[test]
    fn it_asks() {
        assert!(!Feature::Cache.enabled());
        for n in 0..2 {
            assert_eq!(n * size(), n);
        }
    }
}
";
    let project = project("same-tests", library, &[]);
    let ran = remove(&project, &["--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("src/lib.rs:11: removes the test it_is_small\n"), "{ran:?}");
    assert!(ran.out.contains("src/lib.rs:16: removes the test it_asks\n"), "{ran:?}");
    let text = project.read("src/lib.rs");
    assert!(!text.contains("mod without") && text.contains("mod empty {}"), "{text}");
    assert!(text.contains("it_is_large"), "{text}");
    assert_tests_pass(&project);
}

/// Only the compiler knows which type a number has that a function of another file said.
#[test]
fn a_number_that_loses_its_type_is_listed() {
    let library = "\
pub mod gates;
pub mod limit;

use gates::Feature;

pub fn wide() -> String {
    let limit = if Feature::Cache.enabled() { limit::most() } else { 250 };
    let known = 250;
    format!(\"{} {known}\", limit + 10)
}

pub fn known() -> u8 {
    let limit = if Feature::Cache.enabled() { limit::most() } else { 251 };
    limit
}

pub fn same() -> String {
    let limit = if Feature::Cache.enabled() { 1 } else { 252 };
    format!(\"{limit}\")
}
";
    let limit = "pub fn most() -> u8 {\n    255\n}\n";
    let project = project("same-type", library, &[("src/limit.rs", limit)]);
    let ran = remove(&project, &["--as", "off"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let listed: Vec<&str> = ran.out.lines().filter(|line| line.contains("which type")).collect();
    assert_eq!(
        listed,
        ["src/lib.rs:5: only the removed code said which type 250 has; give it one, as in 250_u64"],
        "{ran:?}"
    );
}

/// A test that needs what a part of it declares goes with the part.
#[test]
fn a_test_that_needs_its_removed_part_is_removed() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn answer() -> u32 {
    if Feature::Cache.enabled() { 42 } else { 7 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate_test::overrides;

    #[test]
    fn it_answers() {
        let scope = overrides::<Feature>().on(Feature::Cache).enter();
        let answer = answer();
        drop(scope);
        assert_eq!(answer, 42);
    }

    #[test]
    fn it_does_not_answer() {
        overrides::<Feature>().off(Feature::Cache).run(|| assert_eq!(answer(), 7));
        let _scope = overrides::<Feature>().strict().off(Feature::Cache).enter();
        assert_eq!(answer(), 7);
    }
}
";
    let project = project("same-needed", library, &[]);
    let ran = remove(&project, &["--as", "off"]);
    let text = project.read("src/lib.rs");
    assert!(ran.out.contains("removes the test it_answers"), "{ran:?}");
    assert!(text.contains("        assert_eq!(answer(), 7);\n        let _scope ="), "{text}");
    assert!(text.contains("overrides::<Feature>().strict().enter();"), "{text}");
    assert_tests_pass(&project);
}

/// In an older edition, one function with variables of its own in a branch keeps the order as well as all others do.
#[test]
fn the_order_is_kept_in_all_functions_of_a_file() {
    let library = "\
pub mod gates;
pub mod guard;

use gates::Feature;
use guard::Guard;

fn make(n: u32) -> Guard {
    Guard(n)
}

pub fn inner() -> u32 {
    let _first = Guard(1);
    if Feature::Cache.enabled() {
        let _second = Guard(2);
        make(3).0
    } else {
        0
    }
}

pub fn plain() -> u32 {
    let _first = Guard(4);
    match Feature::Cache.enabled() {
        true => make(5).0,
        false => 0,
    }
}

pub fn arguments() -> u32 {
    u32::max(if Feature::Cache.enabled() { make(6).0 } else { 0 }, make(7).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_same() {
        let _ = guard::seen();
        assert_eq!(inner() + plain() + arguments(), 15);
        assert_eq!(guard::seen(), [2, 3, 1, 5, 4, 6, 7]);
    }
}
";
    let project = project("same-order", library, &[("src/guard.rs", GUARD)]);
    let old = project.read("Cargo.toml").replace("edition = \"2024\"", "edition = \"2021\"");
    project.write("Cargo.toml", &old);
    let ran = remove(&project, &["--as", "on", "--allow-dirty"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_tests_pass(&project);
}
