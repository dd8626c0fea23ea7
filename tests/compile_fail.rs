//! Mistakes in an annotated enum: for each one the code (`compile_fail/NAME.rs`) and what the compiler reports
//! about it (`compile_fail/NAME.stderr`).
//!
//! Only the location and the text of an error are compared, as rustc's short messages have them, so that a
//! later rustc can render errors differently. `TRYBUILD=overwrite` updates the expected messages.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests, where a panic is a failure"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Where `short_messages.rs` finds the real cargo.
const REAL_CARGO: &str = "COMPILE_FAIL_CARGO";

/// The mistakes that rustc itself reports. Our part is that each is one error, at the user's token.
const REPORTED_BY_RUSTC: [&str; 13] = [
    "change_without_runtime",
    "layer_without_runtime",
    "requires_other_enum_unknown",
    "available_at_run_time",
    "available_is_not_a_boolean",
    "crate_path_to_nowhere",
    "emulate_without_emulation",
    "enum_is_not_copy",
    "gates_of_another_enum",
    "requires_an_enum_as_a_whole",
    "requires_a_variant_of_another_kind",
    "requires_nowhere",
    "requires_a_module_of_the_crate",
];

/// The only case with several mistakes.
const SEVERAL: &str = "all_errors_at_once";

/// `trybuild` reads from the environment which cargo to start, and a test cannot change its own environment.
/// Hence this test starts itself a second time, in a process with another environment.
#[test]
fn each_mistake_gives_its_error() {
    if env::var_os(REAL_CARGO).is_some() {
        trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
        return;
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "each_mistake_gives_its_error", "--nocapture"])
        .env(REAL_CARGO, cargo)
        .env("CARGO", env!("CARGO_BIN_EXE_short-messages"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags())
        .status()
        .unwrap();
    assert!(status.success(), "some mistakes are reported differently, see above");
}

/// The flags that are set already, and one that makes paths in messages the same on every machine.
fn flags() -> OsString {
    const SEPARATOR: &str = "\u{1f}";
    let mut flags = match (env::var_os("CARGO_ENCODED_RUSTFLAGS"), env::var("RUSTFLAGS")) {
        (Some(encoded), _) => encoded,
        (None, Ok(spaced)) => spaced.split_whitespace().collect::<Vec<_>>().join(SEPARATOR).into(),
        (None, Err(_)) => OsString::new(),
    };
    for flag in ["-Adead_code", concat!("--remap-path-prefix=", env!("CARGO_MANIFEST_DIR"), "/=")] {
        if !flags.is_empty() {
            flags.push(SEPARATOR);
        }
        flags.push(flag);
    }
    flags
}

#[test]
fn each_message_says_what_to_write() {
    let mut texts = BTreeSet::new();
    for (name, errors) in cases() {
        if REPORTED_BY_RUSTC.contains(&name.as_str()) {
            continue;
        }
        for error in errors {
            let text = error.text.as_str();
            assert!(text.contains("; "), "{name} does not say what to write: {text}");
            assert!(!text.ends_with('.') && !text.contains(". "), "{name}, one sentence: {text}");
            assert!(!text.starts_with(char::is_uppercase), "{name} begins in lower case: {text}");
            texts.insert(error.text);
        }
    }
    assert!(texts.len() >= 45, "there are only {} different messages", texts.len());
}

#[test]
fn one_mistake_gives_one_error_and_several_come_in_the_order_of_the_source() {
    let cases = cases();
    assert!(cases.len() >= 105, "there are only {} mistakes", cases.len());
    for name in REPORTED_BY_RUSTC.iter().chain([&SEVERAL]) {
        assert!(cases.contains_key(*name), "{name} does not exist");
    }
    for (name, errors) in cases {
        if name == SEVERAL {
            assert!(errors.len() > 5, "{name}: {errors:?}");
            assert!(errors.is_sorted_by_key(|error| error.location), "{name}: {errors:?}");
        } else {
            assert_eq!(errors.len(), 1, "{name}: {errors:?}");
        }
    }
}

/// An expected error.
#[derive(Debug)]
struct Error {
    /// Line and column.
    location: (usize, usize),
    text: String,
}

/// The expected errors of each case.
fn cases() -> BTreeMap<String, Vec<Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compile_fail");
    let (mut sources, mut expected) = (BTreeSet::new(), BTreeMap::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => assert!(sources.insert(name)),
            Some("stderr") => {
                let errors = errors(&name, &path);
                assert!(expected.insert(name, errors).is_none());
            }
            _ => panic!("{} is not part of a case", path.display()),
        }
    }
    assert!(sources.iter().eq(expected.keys()), "each case has a .rs and a .stderr");
    expected
}

/// Reads one error from each line that is not empty.
fn errors(name: &str, file: &Path) -> Vec<Error> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(|line| error(name, line)).collect()
}

/// Reads `compile_fail/NAME.rs:LINE:COLUMN: error: TEXT`; rustc's own errors have a code after `error`.
fn error(name: &str, line: &str) -> Error {
    let read = || {
        let location = line.strip_prefix("compile_fail/")?.strip_prefix(name)?;
        let (location, text) = location.strip_prefix(".rs:")?.split_once(": error")?;
        let (_code, text) = text.split_once(": ")?;
        let (line, column) = location.split_once(':')?;
        Some(Error { location: (line.parse().ok()?, column.parse().ok()?), text: text.into() })
    };
    read().unwrap_or_else(|| panic!("{name}: not a short message: {line}"))
}
