//! What only tests use after a removal.

use crate::project::{GATES, Project, Ran, manifest};

/// Removes the gate Cache of a program with this library and this file beside it.
fn remove(library: &str, file: (&str, &str)) -> (Project, Ran) {
    let own = manifest("one", "featuregate = { path = \"REPOSITORY/featuregate\" }\n");
    let tests =
        "[dev-dependencies]\nfeaturegate-test = { path = \"REPOSITORY/featuregate-test\" }\n";
    let gates = format!("{GATES}\npub const LIMIT: u32 = 3;\n");
    let project = Project::with(&[
        ("Cargo.toml", &(own + tests)),
        ("src/lib.rs", library),
        ("src/gates.rs", &gates),
        file,
    ]);
    let ran = project.featuregate("", &["remove", "Cache", "--as", "on"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let tested = project.test();
    assert_eq!(tested.code, 0, "{tested:?}");
    (project, ran)
}

#[test]
fn an_import_is_compiled_for_tests_alone() {
    let library = "\
pub mod gates;
pub mod listed;

use gates::Feature;

pub fn size(n: u32) -> u32 {
    if Feature::Cache.enabled() { n } else { n + 9 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_small() {
        featuregate_test::overrides::<Feature>().at(\"1.30\").run(|| assert!(size(1) < 3));
    }
}
";
    let listed = "\
use crate::gates::{Feature, LIMIT};

pub fn size(n: u32) -> u32 {
    if Feature::Cache.enabled() {
        n.min(LIMIT)
    } else {
        n + 9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_small() {
        featuregate_test::overrides::<Feature>()
            .at(\"1.30\")
            .run(|| assert!(size(1) < 3));
    }
}
";
    let (project, ran) = remove(library, ("src/listed.rs", listed));
    let text = project.read("src/lib.rs");
    assert!(text.contains("\n#[cfg(test)]\nuse gates::Feature;\n\npub fn size"), "{text}");
    let text = project.read("src/listed.rs");
    assert!(
        text.starts_with("#[cfg(test)]\nuse crate::gates::Feature;\nuse crate::gates::LIMIT;\n"),
        "{text}"
    );
    let tested = project.test();
    assert!(!tested.warns() && !ran.out.contains("warns"), "{ran:?} {tested:?}");
}

#[test]
fn a_function_is_removed_with_its_tests() {
    let library = "\
pub mod gates;
pub mod imported;

use gates::Feature;

pub fn size(n: u32) -> u32 {
    if Feature::Cache.enabled() { n } else { older(n) }
}

fn older(n: u32) -> u32 {
    n + 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows() {
        assert_eq!(older(1), 10);
        assert_eq!(older(2), 11);
    }

    #[test]
    fn is_small() {
        assert!(size(1) < 3);
    }
}
";
    let imported = "\
use crate::gates::Feature;
use std::fmt::{self, Write};

pub fn size(n: u32) -> u32 {
    if Feature::Cache.enabled() { n } else { older(n) + written().map_or(0, |text| text.len() as u32) }
}

fn written() -> Result<String, fmt::Error> {
    let mut text = String::new();
    text.write_char('a')?;
    Ok(text)
}

#[test]
fn writes() {
    assert!(written().is_ok());
}

fn older(n: u32) -> u32 {
    n + 9
}

#[cfg(test)]
mod tests {
    use super::older;

    #[test]
    fn grows() {
        assert_eq!(older(1), 10);
    }
}
";
    let (project, ran) = remove(library, ("src/imported.rs", imported));
    let text = project.read("src/lib.rs");
    assert!(!text.contains("older") && text.contains("fn is_small()"), "{text}");
    let text = project.read("src/imported.rs");
    assert_eq!(text, "pub fn size(n: u32) -> u32 {\n    n\n}\n");
    let tested = project.test();
    assert!(!tested.warns() && !ran.out.contains("warns"), "{ran:?} {tested:?}");
}

#[test]
fn a_function_that_is_tested_with_others_is_listed() {
    let library = "\
pub mod gates;

use gates::Feature;

pub fn size(n: u32) -> u32 {
    if Feature::Cache.enabled() { newer(n) } else { older(n) }
}

fn newer(n: u32) -> u32 {
    n
}

fn older(n: u32) -> u32 {
    n + 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both() {
        assert!(newer(1) < older(1));
    }
}
";
    let (project, ran) = remove(library, ("README.md", "One.\n"));
    assert!(project.read("src/lib.rs").contains("assert!(newer(1) < older(1));"), "{ran:?}");
    let listed = "src/lib.rs:11: the compiler warns of this now: function `older` is never used\n";
    assert!(ran.out.contains(listed), "{ran:?}");
}
