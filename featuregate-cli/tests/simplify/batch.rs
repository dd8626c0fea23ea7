//! Many programs as one: each is compiled as it was, and as it is with the gate on and off, and run.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// A program with what is left of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) before: String,
    pub(crate) on: String,
    pub(crate) off: String,
}

/// What the programs use: a gate, and `println!` into a text that is compared.
const PRELUDE: &str = r#"
#![allow(warnings)]
use std::cell::{Cell, RefCell};
thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
}
#[derive(Clone, Copy)]
pub enum Feature { X }
impl Feature {
    pub fn enabled(self) -> bool { ON.with(Cell::get) }
}
#[macro_export]
macro_rules! println {
    ($($argument:tt)*) => { $crate::print(format_args!($($argument)*)) };
}
pub fn print(text: std::fmt::Arguments<'_>) {
    PRINTED.with(|printed| {
        use std::fmt::Write as _;
        let mut printed = printed.borrow_mut();
        if printed.len() < 100_000 { let _ = writeln!(printed, "{text}"); } else { drop(printed); panic!("it prints without end"); }
    });
}
fn run(program: fn()) -> String {
    PRINTED.with(|printed| printed.borrow_mut().clear());
    let ended = std::panic::catch_unwind(program).is_ok();
    PRINTED.with(|printed| format!("{}ended: {ended}", printed.borrow()))
}
static RUNNING: std::sync::Mutex<(String, u32)> = std::sync::Mutex::new((String::new(), 0));
/// Names a program that does not end.
fn watch() {
    let now = || RUNNING.lock().unwrap().clone();
    std::thread::spawn(move || loop {
        let before = now();
        std::thread::sleep(std::time::Duration::from_secs(20));
        if now() == before {
            std::println!("{} does not end", before.0);
            std::process::exit(1);
        }
    });
}
fn same(name: &str, before: fn(), on: fn(), off: fn()) {
    let begin = |part: &str| {
        let mut running = RUNNING.lock().unwrap();
        running.0 = format!("{name} {part}");
        running.1 += 1;
    };
    for (value, after) in [(true, on), (false, off)] {
        ON.with(|on| on.set(value));
        begin("before");
        let expected = run(before);
        // What is left does not ask.
        ON.with(|on| on.set(!value));
        begin(if value { "on" } else { "off" });
        let found = run(after);
        if expected != found {
            std::println!("{name} with {value}:\nbefore:\n{expected}\nafter:\n{found}\n");
        }
    }
}
"#;

/// Compiles and runs cases. All differences, or the errors of the compiler.
pub(crate) fn differences(cases: &[Case]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut root = PRELUDE.to_owned();
    let mut calls = String::new();
    for (number, Case { name, before, on, off }) in cases.iter().enumerate() {
        for (part, text) in [("before", before), ("on", on), ("off", off)] {
            let module = format!("c{number}_{part}");
            let path = folder.path().join(format!("{module}.rs"));
            fs::write(&path, format!("use crate::*;\n{text}")).unwrap();
            writeln!(root, "mod {module};").unwrap();
        }
        writeln!(
            calls,
            "    same({name:?}, c{number}_before::main, c{number}_on::main, c{number}_off::main);"
        )
        .unwrap();
    }
    writeln!(
        root,
        "fn main() {{\n    std::panic::set_hook(Box::new(|_| {{}}));\n    watch();\n{calls}}}"
    )
    .unwrap();
    let path = folder.path().join("main.rs");
    fs::write(&path, root).unwrap();
    let program = folder.path().join("program");
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = Command::new(rustc)
        .args(["--edition", "2024", "--cap-lints", "allow", "-C", "debuginfo=0", "-o"])
        .args([&program, &path])
        .output()
        .unwrap();
    if !compiled.status.success() {
        return kept(folder.path(), &String::from_utf8_lossy(&compiled.stderr));
    }
    let ran = Command::new(program).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
}

/// The errors with the programs that they are in.
fn kept(folder: &Path, errors: &str) -> String {
    let mut report = errors.to_owned();
    let mut shown: Vec<&str> = errors
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .filter_map(|place| place.split(".rs:").next())
        .collect();
    shown.dedup();
    for file in shown.iter().take(3) {
        let text = fs::read_to_string(folder.join(format!("{file}.rs")))
            .or_else(|_| fs::read_to_string(format!("{file}.rs")))
            .unwrap_or_default();
        let before = file.replace("_on", "_before").replace("_off", "_before");
        let original = fs::read_to_string(format!("{before}.rs")).unwrap_or_default();
        write!(report, "\n== {file}\n{text}\n== was\n{original}").unwrap();
    }
    report
}
