//! Mistakes in an annotated enum: one folder for each, with the code (`case.rs`) and with what the
//! compiler says about it (`case.stderr`).
//!
//! Only the place and the text of an error are compared, as rustc's short messages have them, so that
//! another rendering of a later rustc changes nothing here. `TRYBUILD=overwrite` writes the expected
//! messages anew.
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

/// What rustc says itself. Our part is that it is one error, at the token of the user.
const SAID_BY_RUSTC: [&str; 7] = [
    "requires_other_enum_unknown",
    "available_at_run_time",
    "available_is_not_a_boolean",
    "crate_path_to_nowhere",
    "emulate_without_emulation",
    "enum_is_not_copy",
    "gates_of_another_enum",
];

/// The one folder with several mistakes.
const SEVERAL: &str = "all_errors_at_once";

/// `trybuild` takes the cargo that it starts from the environment, which a test can't change for itself;
/// hence this process starts its own tests again.
#[test]
fn compile_fail() {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(env::current_exe().unwrap())
        .args(["--ignored", "--exact", "each_mistake_gives_its_error", "--nocapture"])
        .env(REAL_CARGO, cargo)
        .env("CARGO", env!("CARGO_BIN_EXE_short-messages"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags())
        .status()
        .unwrap();
    assert!(status.success(), "some mistakes are told in another way, see above");
}

/// The flags that are set already, and paths in messages that are the same on every machine.
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
#[ignore = "run by `compile_fail`, with rustc's short messages"]
fn each_mistake_gives_its_error() {
    if env::var_os(REAL_CARGO).is_some() {
        trybuild::TestCases::new().compile_fail("compile_fail/*/case.rs");
    }
}

#[test]
fn each_message_says_what_would_be_right() {
    let mut texts = BTreeSet::new();
    for (folder, errors) in folders() {
        if SAID_BY_RUSTC.contains(&folder.as_str()) {
            continue;
        }
        for error in errors {
            let text = error.text.as_str();
            assert!(text.contains("; "), "{folder} does not say what would be right: {text}");
            assert!(!text.ends_with('.') && !text.contains(". "), "{folder}, one sentence: {text}");
            assert!(!text.starts_with(char::is_uppercase), "{folder} begins in lower case: {text}");
            texts.insert(error.text);
        }
    }
    assert!(texts.len() >= 45, "there are only {} different messages", texts.len());
}

#[test]
fn one_mistake_gives_one_error_and_several_come_in_the_order_of_the_source() {
    let folders = folders();
    assert!(folders.len() >= 50, "there are only {} mistakes", folders.len());
    for folder in SAID_BY_RUSTC.iter().chain([&SEVERAL]) {
        assert!(folders.contains_key(*folder), "{folder} is gone");
    }
    for (folder, errors) in folders {
        if folder == SEVERAL {
            assert!(errors.len() > 5, "{folder}: {errors:?}");
            assert!(errors.is_sorted_by_key(|error| error.place), "{folder}: {errors:?}");
        } else {
            assert_eq!(errors.len(), 1, "{folder}: {errors:?}");
        }
    }
}

/// An expected error.
#[derive(Debug)]
struct Error {
    /// Line and column.
    place: (usize, usize),
    text: String,
}

/// The expected errors of each folder.
fn folders() -> BTreeMap<String, Vec<Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("compile_fail");
    let mut folders = BTreeMap::new();
    for entry in fs::read_dir(&root).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_type().unwrap().is_dir() {
            continue;
        }
        let name = entry.file_name().into_string().unwrap();
        assert!(entry.path().join("case.rs").is_file(), "{name} has no case.rs");
        let expected = fs::read_to_string(entry.path().join("case.stderr"));
        let expected = expected.unwrap_or_else(|error| panic!("{name}/case.stderr: {error}"));
        let lines = expected.lines().filter(|line| !line.is_empty());
        folders.insert(name.clone(), lines.map(|line| error(&name, line)).collect());
    }
    folders
}

/// Reads `compile_fail/FOLDER/case.rs:LINE:COLUMN: error: TEXT`; rustc's own have a code after `error`.
fn error(folder: &str, line: &str) -> Error {
    let read = || {
        let place = line.strip_prefix("compile_fail/")?.strip_prefix(folder)?;
        let (place, text) = place.strip_prefix("/case.rs:")?.split_once(": error")?;
        let (_code, text) = text.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some(Error { place: (line.parse().ok()?, column.parse().ok()?), text: text.into() })
    };
    read().unwrap_or_else(|| panic!("{folder}: no short message: {line}"))
}
