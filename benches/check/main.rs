//! What a check costs, beside the ways in which flags are checked today.
//!
//! `cargo bench -p featuregate-bench --bench check` prints nanoseconds for each check, and then for each
//! contender its time over that of a hand-written `static AtomicBool` in the same run. Eight gates are
//! checked in each turn of a loop, each of them a branch that is not taken; the loop alone is measured as
//! well, since a check of a locked gate should cost nothing beside it. All are measured in turns, on one thread and on as many
//! as there are cores, and each figure is the least of its rounds. Where threads wait for each other,
//! the least is the luckiest round, which favours the locks.
//!
//! Flags and gates are off, but for those whose name ends in `set`: they are on, and held against flags that
//! are on.
//!
//! `--names` prints the contenders, and `--count NAME TURNS` only runs the loop of one of them, for a tool that
//! counts instructions, as `benches/check/count.sh` does. `--instructions` reads what that counted.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod contenders;
mod gates;
mod measure;
mod repeat;

use contenders::{ALL, Against, LOOP, OFF, ON};
use featuregate_bench::publish;
use measure::{Times, cores, measure};

const ROUNDS: usize = 300;

fn main() {
    contenders::set_up();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, name, turns, ..] = arguments.as_slice()
        && option == "--count"
    {
        let contender = ALL.iter().find(|contender| contender.name == name);
        let turns = turns.parse().expect("the turns are a number");
        return (contender.expect("the contender is one of those printed").run)(turns);
    }
    if arguments.iter().any(|argument| argument == "--names") {
        for contender in ALL {
            println!("{}", contender.name);
        }
        return;
    }
    if arguments.iter().any(|argument| argument == "--instructions") {
        return publish_instructions();
    }
    // `cargo test --benches` only checks that it runs.
    let rounds = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let times = measure(&ALL, rounds);
    print(&times, rounds);
}

fn print(times: &[Times], rounds: usize) {
    println!("least of {rounds} rounds");
    let of = |name| ALL.iter().zip(times).find(|(contender, _)| contender.name == name);
    let mut rows = Vec::new();
    for (contender, times) in ALL.iter().zip(times) {
        let base = match contender.against {
            Against::Off => OFF,
            Against::On => ON,
            Against::Nothing => contender.name,
        };
        let (_, base) = of(base).expect("the flags are measured");
        rows.push(vec![
            format!("`{}`", contender.name),
            format!("{:.2} ns", times.one_thread),
            format!("{:.2}", times.one_thread / base.one_thread),
            format!("{:.2} ns", times.all_cores),
            format!("{:.2}", times.all_cores / base.all_cores),
        ]);
        if contender.against == Against::Nothing {
            continue;
        }
        println!("ratio {} {:.2}", contender.name, times.one_thread / base.one_thread);
        println!("ratio {}-all-cores {:.2}", contender.name, times.all_cores / base.all_cores);
    }
    let header = ["", "1 thread", "over the flag", &threads(), "over the flag"];
    publish("check", &header, &rows).expect("docs/figures.md can be written");
    let (_, alone) = of(LOOP).expect("the loop is measured");
    let (_, locked) = of("featuregate-locked").expect("a locked gate is measured");
    println!(
        "a locked gate over the loop alone: {:.2}, on all cores {:.2}",
        locked.one_thread / alone.one_thread,
        locked.all_cores / alone.all_cores
    );
}

/// A line for each contender: its name and the instructions of a check.
fn publish_instructions() {
    let row = |line: String| line.split_whitespace().map(str::to_owned).collect();
    let lines = std::io::stdin().lines().map(|line| line.expect("the counts can be read"));
    let rows: Vec<Vec<String>> = lines.map(row).collect();
    publish("instructions", &["", "instructions"], &rows).expect("docs/figures.md can be written");
}

fn threads() -> String {
    format!("{} threads", cores())
}
