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
//! counts instructions, as `benches/check/count.sh` does.
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
    // `cargo test --benches` only wants to know that it runs.
    let rounds = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let times = measure(&ALL, rounds);
    print(&times, rounds);
}

fn print(times: &[Times], rounds: usize) {
    println!("ns for a check, least of {rounds} rounds:{:>11} {:>10}", "1 thread", threads());
    for (contender, times) in ALL.iter().zip(times) {
        println!("  {:34} {:10.2} {:10.2}", contender.name, times.one_thread, times.all_cores);
    }
    let of = |name| ALL.iter().zip(times).find(|(contender, _)| contender.name == name);
    for (contender, times) in ALL.iter().zip(times) {
        let base = match contender.against {
            Against::Off => OFF,
            Against::On => ON,
            Against::Nothing => continue,
        };
        let (_, base) = of(base).expect("the flags are measured");
        println!("ratio {} {:.2}", contender.name, times.one_thread / base.one_thread);
        println!("ratio {}-all-cores {:.2}", contender.name, times.all_cores / base.all_cores);
    }
    let (_, alone) = of(LOOP).expect("the loop is measured");
    let (_, locked) = of("featuregate-locked").expect("a locked gate is measured");
    println!(
        "a locked gate over the loop alone: {:.2}, on all cores {:.2}",
        locked.one_thread / alone.one_thread,
        locked.all_cores / alone.all_cores
    );
}

fn threads() -> String {
    format!("{} threads", cores())
}
