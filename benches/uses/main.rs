//! How fast `featuregate uses` is over a tree of a million lines, beside tools that only search.
//!
//! `cargo bench -p featuregate-bench --bench uses` prints the least time of several rounds, in turns, each as a process:
//!
//! - `featuregate uses`, which starts cargo to ask for the packages, finds the enum, and follows each name to it;
//! - ripgrep for the names of the gates, where it is installed;
//! - ast-grep for checks of the enum, where it is installed.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod tree;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use featuregate_bench::{command, publish};
use tree::{CHECKS, GATES, Tree};

const ROUNDS: usize = 15;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let (rounds, files) = if measuring { (ROUNDS, 2000) } else { (1, 20) };
    let featuregate = command::build();
    let tree = Tree::write(files);
    assert_eq!(found(&featuregate, &tree), CHECKS, "each check is found");

    let mut tools: Vec<(&str, Command, Option<Duration>)> =
        vec![("`featuregate uses`", uses(&featuregate, &tree), Some(Duration::MAX))];
    let mut ripgrep = Command::new("rg");
    ripgrep.args(["--line-number", "--word-regexp"]).args(names());
    tools.push(("ripgrep for the names", ripgrep, Some(Duration::MAX)));
    let mut syntax = Command::new("ast-grep");
    syntax.args(["run", "--lang", "rust", "--pattern", "Feature::$GATE.enabled()"]);
    tools.push(("ast-grep for checks", syntax, Some(Duration::MAX)));
    for _ in 0..rounds {
        for (_, command, least) in &mut tools {
            *least = least.zip(timed(command, tree.folder())).map(|(least, time)| least.min(time));
        }
    }
    let lines = tree.lines;
    let rows: Vec<Vec<String>> = tools
        .iter()
        .filter_map(|(name, _, least)| Some(((*name).to_owned(), (*least)?)))
        .map(|(name, time)| vec![name, format!("{:.0} ms", time.as_secs_f64() * 1000.0)])
        .collect();
    println!("{lines} lines in {files} files, {CHECKS} checks");
    publish("uses", &["", "time"], &rows).expect("docs/figures.md can be written");
}

fn uses(featuregate: &Path, tree: &Tree) -> Command {
    let mut command = Command::new(featuregate);
    command.args(["uses", "--format", "json"]).current_dir(tree.folder());
    command
}

/// How many checks are found.
fn found(featuregate: &Path, tree: &Tree) -> usize {
    let output = uses(featuregate, tree).output().expect("it starts");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    let uses = report.get("uses").and_then(serde_json::Value::as_array);
    uses.map_or(0, |uses| {
        uses.iter().filter(|used| used.get("kind").is_some_and(|kind| kind == "check")).count()
    })
}

fn names() -> Vec<String> {
    (0..GATES).flat_map(|gate| ["-e".to_owned(), tree::name(gate)]).collect()
}

/// How long a command takes in a folder; nothing where it is not installed.
fn timed(command: &mut Command, folder: &Path) -> Option<Duration> {
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().ok()?;
    assert!(status.success(), "{command:?} finds nothing");
    Some(start.elapsed())
}
