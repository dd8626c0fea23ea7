//! What resolving costs: `cargo bench -p featuregate-bench --bench resolve`.
//!
//! The sizes are those of a large program (200 gates, 20 assignments) and of two that are ten and a hundred times
//! larger, with dependencies. Each figure is the median of its samples.
#![expect(clippy::expect_used, reason = "a benchmark ends where it cannot measure")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use featuregate_bench::publish;
use featuregate_core::{Item, RawMilestone, RawSpec, Registry, Source, Version, parse};

const SAMPLES: usize = 100;

/// The number of gates, one in how many requires another, the number of assignments, and how that is written.
const SIZES: [(usize, usize, usize, &str); 3] = [
    (200, 0, 20, "200 gates, 20 assignments"),
    (2_000, 2, 500, "2,000 gates, 1,000 dependencies, 500 assignments"),
    (20_000, 2, 5_000, "20,000 gates, 10,000 dependencies, 5,000 assignments"),
];

fn main() {
    // `cargo test --benches` only checks that it runs.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let samples = if measuring { SAMPLES } else { 1 };
    let mut rows = Vec::new();
    let mut row = |what: &str, input: &str, time: Duration| {
        rows.push(vec![what.to_owned(), input.to_owned(), format!("{time:.1?}")]);
    };
    for (gates, every, _, input) in SIZES {
        row("register gates, with all rules", input, register(samples, gates, every));
    }
    for (gates, every, assignments, input) in SIZES {
        row("resolve", input, resolve(samples, gates, every, assignments));
    }
    for (gates, every, _, input) in SIZES {
        row(
            "refuse: half of the gates off that others require",
            input,
            refuse(samples, gates, every),
        );
    }
    let input = "the 230 gates and 45 tombstones of `examples/kubelet`, four assignments";
    row("start a program: decode, resolve, have the values", input, start(samples));
    row("read the text of the flag", "each item", read(samples));
    publish("resolve", &["", "input", "time"], &rows).expect("docs/figures.md can be written");
}

/// The median time of a call. Making its input and dropping its output are not measured.
fn median<I, O>(samples: usize, input: impl Fn() -> I, run: impl Fn(I) -> O) -> Duration {
    let sample = || {
        let input = black_box(input());
        let start = Instant::now();
        let output = black_box(run(input));
        let time = start.elapsed();
        drop(output);
        time
    };
    let mut times: Vec<Duration> = (0..samples).map(|_| sample()).collect();
    times.sort_unstable();
    times.get(samples / 2).copied().expect("there is a sample")
}

/// Gates of three milestones, alpha at first; one in `every` requires the gate before it.
fn specs(count: usize, every: usize) -> Vec<RawSpec> {
    let spec = |index: usize| {
        let gate = RawSpec::new(format!("FeatureNumber{index}"))
            .milestone(RawMilestone::alpha("1.20"))
            .milestone(RawMilestone::beta("1.28").with_default(false))
            .milestone(RawMilestone::beta("1.33"));
        if every > 0 && index % every == 1 {
            gate.requires(format!("FeatureNumber{}", index - 1))
        } else {
            gate
        }
    };
    (0..count).map(spec).collect()
}

fn registry(count: usize, every: usize) -> Registry {
    let mut registry = Registry::new(Version::new(1, 36));
    registry.register(specs(count, every)).expect("the gates are legal");
    registry
}

/// Assignments that are allowed, spread over all gates.
fn items(count: usize, gates: usize) -> Vec<Item> {
    let step = gates / count;
    let text: Vec<String> =
        (0..count).map(|index| format!("FeatureNumber{}=true", index * step)).collect();
    parse(&text.join(","), &Source::flag("--feature-gates"))
}

fn register(samples: usize, gates: usize, every: usize) -> Duration {
    let specs = specs(gates, every);
    median(
        samples,
        || specs.clone(),
        |specs| {
            let mut registry = Registry::new(Version::new(1, 36));
            registry.register(specs).expect("the gates are legal");
            registry
        },
    )
}

fn resolve(samples: usize, gates: usize, every: usize, assignments: usize) -> Duration {
    let registry = registry(gates, every);
    let items = items(assignments, gates);
    median(
        samples,
        || (registry.clone(), items.clone()),
        |(mut registry, items)| {
            registry.apply(items).expect("the assignments are allowed");
            registry
        },
    )
}

/// Every second gate is off and required by one that is on.
fn refuse(samples: usize, gates: usize, every: usize) -> Duration {
    let registry = registry(gates, every.max(2));
    median(
        samples,
        || registry.clone(),
        |mut registry| {
            let off: Vec<String> =
                (0..gates).step_by(2).map(|index| format!("FeatureNumber{index}=false")).collect();
            let problems =
                registry.set(&off.join(",")).expect_err("what is on requires what is off");
            (registry, problems)
        },
    )
}

/// What a program with the gates of Kubernetes does at its start.
fn start(samples: usize) -> Duration {
    let text = "NodeLogQuery=true,AllAlpha=false,ProcMountType=true,MemoryQoS=true";
    median(
        samples,
        || text,
        |text| {
            let resolver = kubelet::Feature::resolver().without_env().flag(text);
            resolver.resolve().map(|resolution| resolution.gates()).is_ok()
        },
    )
}

/// Reading one item, as a part of a text with many.
fn read(samples: usize) -> Duration {
    const ITEMS: u32 = 1_000;
    let text = "FeatureNumber=true,".repeat(ITEMS as usize);
    let source = Source::flag("--feature-gates");
    median(samples, || text.as_str(), |text| parse(text, &source)) / ITEMS
}
