//! How fast `featuregate check` is over many config files, beside a validator of JSON Schema.
//!
//! `cargo bench -p featuregate-bench --bench configs` prints:
//!
//! - files a second over 10,000 small ones of 10 gates each, of 150 known ones: the command as a process, and
//!   the `jsonschema` crate on `serde_yaml` in this process, on all cores, in turns; once more without the
//!   command's start, which the validator had before; and `check-jsonschema`, where that is installed;
//! - the time for a tree of 50,000 files of many kinds, of which 100 set gates, and that of ripgrep, where it is installed;
//! - what starting the command costs, over checking one file;
//! - the most memory that it takes for a file of 50 MB and for 100,000 files (on Linux).
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod command;
mod configs;
mod validator;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command::Featuregate;
use configs::{Configs, FILES};
use featuregate_bench::publish;

const ROUNDS: usize = 15;

/// How many files a tree of many kinds has.
const MIXED: usize = 50_000;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let (rounds, files) = if measuring { (ROUNDS, FILES) } else { (1, 20) };
    let featuregate = Featuregate::build();
    let configs = Configs::write(files);

    let validator = validator::Validator::new(&featuregate.schema(&configs));
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        ours = ours.min(timed(|| assert!(featuregate.check(&configs).success)));
        theirs = theirs.min(timed(|| assert_eq!(validator.valid(&configs), files)));
    }
    let mut rows = Vec::new();
    let mut row = |name: &str, time: Duration, a_second: String, memory: String| {
        rows.push(vec![name.to_owned(), format!("{:.1} ms", ms(time)), a_second, memory]);
    };
    let mut each = |name: &str, files: usize, time: Duration| {
        let a_second = f64::from(u32::try_from(files).unwrap_or(u32::MAX)) / time.as_secs_f64();
        row(&format!("{name}, {files} files"), time, format!("{a_second:.0}"), String::new());
        a_second
    };
    println!("files of 10 gates each, least of {rounds} rounds");
    let time = ours;
    let ours = each("featuregate check", files, time);
    let theirs = each("jsonschema on serde_yaml", files, theirs);
    println!("ratio featuregate-over-jsonschema {:.2}", ours / theirs);
    // The validator was there before the first file; the command starts, and reads a manifest.
    let started = start(&featuregate, &configs);
    let working = each("featuregate check, once started", files, time.saturating_sub(started));
    println!("ratio featuregate-started-over-jsonschema {:.2}", working / theirs);
    if let Some((some, time)) = validator::check_jsonschema(&featuregate.schema(&configs), &configs)
    {
        let python = each("check-jsonschema", some, time);
        println!("ratio featuregate-over-check-jsonschema {:.0}", ours / python);
    }
    if !measuring {
        return;
    }

    row("start and one file", started, String::new(), String::new());

    let mixed = Configs::write_mixed(MIXED);
    let (mut ours, mut theirs) = (Duration::MAX, Some(Duration::MAX));
    for _ in 0..rounds {
        ours = ours.min(timed(|| assert!(featuregate.check(&mixed).success)));
        theirs = theirs.zip(search(&mixed)).map(|(least, time)| least.min(time));
    }
    row("50,000 files, of which 100 set gates", ours, String::new(), String::new());
    if let Some(theirs) = theirs {
        row("ripgrep for \"feature\" over these", theirs, String::new(), String::new());
        println!(
            "ratio featuregate-time-over-ripgrep {:.2}",
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }

    let large = Configs::write_large(50 << 20);
    let (time, memory) = featuregate.watched(&large);
    row("a file of 50 MB", time, String::new(), megabytes(memory));
    let many = Configs::write(100_000);
    let (time, memory) = featuregate.watched(&many);
    row("100,000 files", time, String::new(), megabytes(memory));
    let header = ["", "time", "files a second", "memory"];
    publish("configs", &header, &rows).expect("docs/figures.md can be written");
}

/// How long ripgrep takes to search a tree for a word of every setting; nothing where it is not installed.
fn search(configs: &Configs) -> Option<Duration> {
    let mut command = Command::new("rg");
    command.args(["--files-with-matches", "feature"]).arg(configs.tree()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().ok()?;
    assert!(status.success(), "ripgrep finds nothing");
    Some(start.elapsed())
}

/// What it takes to start and to check one file.
fn start(featuregate: &Featuregate, configs: &Configs) -> Duration {
    let times = (0..50).map(|_| timed(|| assert!(featuregate.check_one(configs).success)));
    times.min().unwrap_or_default()
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(String::new, |bytes| format!("{} MB", bytes >> 20))
}
