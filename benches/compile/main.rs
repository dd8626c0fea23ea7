//! How long an enum of gates takes to compile, beside `strum`'s four usual derives on the same enum.
//!
//! `cargo bench -p featuregate-bench --bench compile` prints, for an enum of 150 variants:
//!
//! - what `cargo check` takes after a change of the file, over that of the enum without derives. What it takes
//!   without a change is subtracted from each: `featuregate` is a folder here, of which cargo looks at
//!   every file each time, and `strum` comes from a registry;
//! - what a clean `cargo build` takes, dependencies included.
//!
//! The clean builds are not incremental, as cargo builds crates from a registry and continuous integration
//! builds everything.
//!
//! The crates are measured in turns, so that a busy machine is busy for all, and each figure is the
//! least of its rounds.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod crates;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use featuregate_bench::publish;

use crates::{Kind, write_crate};

const CHECK_ROUNDS: usize = 21;
const BUILD_ROUNDS: usize = 5;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        (CHECK_ROUNDS, BUILD_ROUNDS)
    } else {
        (1, 0)
    };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for kind in Kind::ALL {
        write_crate(folder.path(), kind);
        cargo(folder.path(), kind, "check");
    }
    let touch = |kind: Kind| kind.touch(folder.path());
    let check = |kind: Kind| cargo(folder.path(), kind, "check");
    let (checks, fresh) = (in_turns(rounds.0, touch, check), in_turns(rounds.0, |_| (), check));
    println!("cargo check after a change and without one, least of {} rounds:", rounds.0);
    let change = |kind| checks.of(kind).saturating_sub(fresh.of(kind));
    let added = |kind| ms(change(kind).saturating_sub(change(Kind::Bare)));
    for kind in Kind::ALL {
        let (check, fresh, added) = (ms(checks.of(kind)), ms(fresh.of(kind)), added(kind));
        println!("  {:12} {check:7.1} ms, {fresh:5.1} ms, added {added:6.1} ms", kind.name());
    }
    let check = (added(Kind::Featuregate), added(Kind::Strum));
    println!("ratio check-added {:.2}", check.0 / check.1);

    if rounds.1 == 0 {
        return;
    }
    let clean = |kind: Kind| kind.clean(folder.path());
    let builds = in_turns(rounds.1, clean, |kind| cargo(folder.path(), kind, "build"));
    println!("clean cargo build, least of {} rounds:", rounds.1);
    for kind in Kind::ALL {
        println!("  {:12} {:7.0} ms", kind.name(), ms(builds.of(kind)));
    }
    let build = (ms(builds.of(Kind::Featuregate)), ms(builds.of(Kind::Strum)));
    println!("ratio clean-build {:.2}", build.0 / build.1);
    let row = |what: &str, (ours, theirs): (f64, f64)| {
        let ratio = format!("{:.2}", ours / theirs);
        vec![what.to_owned(), format!("{ours:.1} ms"), format!("{theirs:.1} ms"), ratio]
    };
    let rows = [
        row("added to `cargo check` after a change", check),
        row("clean `cargo build`, default features", build),
    ];
    publish("compile", &["", "`featuregate`", "`strum`", "ratio"], &rows)
        .expect("docs/figures.md can be written");
}

/// The least time of each kind.
struct Least([Duration; Kind::ALL.len()]);

impl Least {
    fn of(&self, kind: Kind) -> Duration {
        let times = Kind::ALL.into_iter().zip(self.0);
        times.filter(|(of, _)| *of == kind).map(|(_, time)| time).sum()
    }
}

fn in_turns(rounds: usize, prepare: impl Fn(Kind), run: impl Fn(Kind)) -> Least {
    let mut least = [Duration::MAX; Kind::ALL.len()];
    for _ in 0..rounds {
        for (kind, least) in Kind::ALL.into_iter().zip(&mut least) {
            prepare(kind);
            let start = Instant::now();
            run(kind);
            *least = start.elapsed().min(*least);
        }
    }
    Least(least)
}

fn cargo(folder: &Path, kind: Kind, command: &str) {
    let incremental = if command == "build" { "0" } else { "1" };
    let status = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline"])
        .current_dir(folder.join(kind.name()))
        .env("CARGO_INCREMENTAL", incremental)
        // The measured crates have settings of their own.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .status()
        .expect("cargo starts");
    assert!(status.success(), "cargo {command} fails for {}", kind.name());
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
