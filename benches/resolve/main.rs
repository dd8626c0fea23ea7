//! What resolving costs: `cargo bench -p featuregate-bench --bench resolve`.
//!
//! The sizes are those of a large program (200 gates, 20 assignments) and of one ten times larger, with
//! 1,000 dependencies. For a program of its own, start-up is the first row: decode the gates, resolve, and
//! have the values.
#![expect(clippy::expect_used, reason = "a benchmark ends where it can't measure")]

use divan::{Bencher, black_box};
use featuregate_core::{Item, RawMilestone, RawSpec, Registry, Source, Version, parse};

fn main() {
    divan::main();
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

/// Gates, one in how many requires another, assignments.
const SIZES: [(usize, usize, usize); 3] = [(200, 0, 20), (2_000, 2, 500), (20_000, 2, 5_000)];

#[divan::bench(args = SIZES)]
fn resolve(bencher: Bencher<'_, '_>, (gates, every, assignments): (usize, usize, usize)) {
    let registry = registry(gates, every);
    let items = items(assignments, gates);
    bencher.with_inputs(|| (registry.clone(), items.clone())).bench_values(
        |(mut registry, items)| {
            registry.apply(items).expect("the assignments are allowed");
            registry
        },
    );
}

#[divan::bench(args = SIZES)]
fn register(bencher: Bencher<'_, '_>, (gates, every, _): (usize, usize, usize)) {
    let specs = specs(gates, every);
    bencher.with_inputs(|| specs.clone()).bench_values(|specs| {
        let mut registry = Registry::new(Version::new(1, 36));
        registry.register(specs).expect("the gates are legal");
        registry
    });
}

/// Every second gate is off and required by one that is on.
#[divan::bench(args = SIZES)]
fn refuse(bencher: Bencher<'_, '_>, (gates, every, _): (usize, usize, usize)) {
    let registry = registry(gates, every.max(2));
    bencher.with_inputs(|| registry.clone()).bench_values(|mut registry| {
        let off: Vec<String> =
            (0..gates).step_by(2).map(|index| format!("FeatureNumber{index}=false")).collect();
        let problems = registry.set(&off.join(",")).expect_err("what is on requires what is off");
        (registry, problems)
    });
}

#[divan::bench(args = [1_000, 100_000])]
fn read(bencher: Bencher<'_, '_>, assignments: usize) {
    let text = "FeatureNumber=true,".repeat(assignments);
    let source = Source::flag("--feature-gates");
    bencher.bench(|| parse(black_box(&text), &source));
}

/// What a program with the gates of Kubernetes does at its start.
#[divan::bench]
fn start(bencher: Bencher<'_, '_>) {
    let text = "NodeLogQuery=true,AllAlpha=false,ProcMountType=true,MemoryQoS=true";
    bencher.bench(|| {
        let resolver = kubelet::Feature::resolver().without_env().flag(black_box(text));
        resolver.resolve().map(|resolution| resolution.gates()).is_ok()
    });
}
