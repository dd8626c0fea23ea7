//! The `featuregate` command: checks feature gates in CI.
//!
//! Each command is a file of `commands`. It reads its arguments, calls the folders below, and writes. Data flows from
//! left to right, and no folder imports one to its right:
//!
//! ```text
//! manifests ────program───► gates at a release ──┐
//! config files ──config───► settings ────────────┴─lint─► findings ──► report
//! Rust source ───source───► declarations ──────────lint─► findings ──► report
//! metrics ───────fleet────► instances ─────────────lint─► findings
//! ```
//!
//! The rules about gates are those of `featuregate-core`; `lint` applies them to settings and declarations.

mod commands;
mod error;
pub mod finding;
pub mod report;

/// Files and texts: how they are read, replaced and shown.
mod io {
    mod beside;
    pub(crate) mod escape;
    pub(crate) mod file;
    pub(crate) mod git;
    pub(crate) mod json;
    mod keep;
    pub(crate) mod patient;
    pub(crate) mod progress;
    pub(crate) mod replace;
    mod signal;
    pub mod text;
}

/// Configuration files: where they are, what they set, and how a setting is fixed.
mod config {
    pub mod extract;
    pub(crate) mod fix;
    pub mod walk;
}

/// The gates of a program at its releases, from its manifests.
mod program {
    pub mod builtin;
    pub(crate) mod changes;
    pub(crate) mod committed;
    pub mod compact;
    pub(crate) mod gates;
    pub(crate) mod options;
    pub(crate) mod programs;
    pub mod releases;
    pub(crate) mod story;
    pub(crate) mod wanted;
}

/// The gates that a program declares, from its Rust source.
mod source {
    mod attributes;
    pub(crate) mod component;
    pub(crate) mod condition;
    pub(crate) mod declared;
    pub(crate) mod diagnostic;
    pub(crate) mod modules;
    pub(crate) mod package;
    pub(crate) mod read;
    mod scan;
    pub(crate) mod selection;
    pub(crate) mod workspace;
}

/// Rust code: its tree, and where it uses gates.
mod code {
    pub(crate) mod checked;
    mod doctest;
    pub(crate) mod find;
    pub(crate) mod history;
    pub(crate) mod macros;
    pub(crate) mod names;
    mod own;
    pub(crate) mod scope;
    pub(crate) mod search;
    mod spelling;
    pub(crate) mod tree;
    pub(crate) mod usage;
}

/// Code in which the value of a gate is known becomes simpler.
mod simplify {
    mod arms;
    mod binding;
    mod boolean;
    pub(crate) mod branch;
    mod capture;
    pub(crate) mod closure;
    pub(crate) mod depth;
    pub(crate) mod edit;
    pub(crate) mod marks;
    mod negation;
    mod open;
    pub(crate) mod ownership;
    mod patterns;
    mod place;
    mod precedence;
    mod reach;
    pub(crate) mod shape;
    mod start;
    pub mod steps;
    pub(crate) mod temporaries;
    mod types;
    mod unread;
}

/// What tests have read, from the records that they write.
mod records {
    pub(crate) mod read;
}

/// The rules, and what they are applied to: settings, and declarations.
mod lint {
    pub(crate) mod audit;
    pub(crate) mod baseline;
    pub mod checker;
    pub(crate) mod coverage;
    pub(crate) mod draft;
    pub(crate) mod due;
    pub(crate) mod ignore;
    pub(crate) mod owner;
    pub(crate) mod policy;
    pub(crate) mod rule;
    pub(crate) mod rules;
    pub(crate) mod settings;
    pub(crate) mod target;
    pub(crate) mod transition;

    /// The settings of one text: whose they are, what is wrong with them, the fixes, and the findings.
    pub(crate) mod text {
        pub(crate) mod check;
        mod findings;
        pub(crate) mod fixes;
        mod repeated;
        pub(crate) mod wrong;
    }

    /// The rules about declarations.
    pub(crate) mod verify {
        pub(crate) mod attribute;
        pub(crate) mod illegal_transition;
        pub(crate) mod old_stage;
        pub(crate) mod removal;
        pub(crate) mod responsibility;
        pub(crate) mod reused_name;
        pub(crate) mod stale_manifest;
        pub(crate) mod tombstones;
        pub(crate) mod untested_side;
        pub(crate) mod unused_gate;
    }
}

/// Running programs: which gates are on where, and what a release changes for them.
mod fleet {
    mod answer;
    pub(crate) mod base;
    pub(crate) mod configured;
    mod exposition;
    mod featurez;
    mod finding;
    mod http;
    mod instances;
    pub(crate) mod judge;
    mod missing;
    pub(crate) mod order;
    pub(crate) mod peers;
    mod prometheus;
    pub(crate) mod report;
    pub(crate) mod sources;
    pub(crate) mod unused;
}

/// How declarations in the source change.
mod change {
    pub(crate) mod dependencies;
    pub(crate) mod milestone;
    pub(crate) mod program;
    pub(crate) mod text;
    mod trivia;
    pub(crate) mod variant;
}

/// Takes a gate out of a program.
mod removal {
    mod clean;
    mod compile;
    mod copy;
    mod dead;
    mod declaration;
    pub(crate) mod files;
    pub(crate) mod follow;
    pub(crate) mod journal;
    pub(crate) mod left;
    pub(crate) mod lines;
    mod numbers;
    mod only_tests;
    mod overrides;
    pub(crate) mod remove;
    mod rewrite;
    mod unbuilt;
}

/// The server of an editor: the documents that it has open, and answers about them.
mod lsp {
    mod client;
    mod config;
    mod document;
    mod frame;
    mod position;
    mod remark;
    mod requests;
    mod rust;
    pub(crate) mod server;
    mod text;
    pub(crate) mod workspace;
}

pub use config::{extract, walk};
pub use io::text;
pub use lint::checker as check;
pub use program::{builtin, compact, releases};
pub use simplify::steps as simplified;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::{Arguments, output::Console};

/// Runs the command with these arguments, the first of which is its name.
///
/// The exit code is 0 if nothing is at error level, 1 if something is, and 2 for wrong usage, a manifest that cannot be
/// read, and a path argument that cannot be opened. It is 3 if a source of `fleet` did not answer completely.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match Arguments::complete(&arguments) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => return print(&error),
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return print(&error),
    };
    let mut console = Console::of_process(arguments.color.color);
    let result = arguments.run(&mut console);
    console.finish(result)
}

/// Prints the help, the version, or what is wrong with the arguments.
fn print(message: &clap::Error) -> ExitCode {
    match message.print() {
        // A reader that closes the pipe has what it wants.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Console::of_process(clap::ColorChoice::Auto).finish(Err(error.into()))
        }
        _ => ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2)),
    }
}
