//! The rows of covering arrays, and the time that they take: `cargo bench -p featuregate-test --bench combinations`.
//!
//! For pairs, the bound is the least number of rows for as many independent gates.
#![expect(clippy::print_stdout, reason = "the benchmark prints its figures")]

use std::collections::BTreeMap;
use std::time::Instant;

use featuregate::Problems;
use featuregate_test::combinations::{Model, ModelGate, bound};
use kubelet::Feature;

fn main() -> Result<(), Problems> {
    println!("{:44} {:>4} {:>5} {:>4} {:>5} {:>9}", "gates", "free", "deps", "rows", "bound", "ms");
    for count in [10, 100, 200, 1_000] {
        show("independent", &free(count), 2);
    }
    let kubelet = Model::of(Feature::resolver().without_env().resolve()?.untyped());
    show("kubelet", &kubelet, 2);
    let bare = kubelet.gates().map(|(_, fixed)| fixed).collect();
    show("kubelet without its dependencies", &bare, 2);
    for (one_in, name) in [(10, "one in ten requires"), (2, "every second requires")] {
        for count in [10, 25, 50, 100, 200, 1_000] {
            show(name, &model(count, pairs(count, one_in)), 2);
        }
    }
    for count in [10, 25, 100, 200, 1_000] {
        show("all require the first", &model(count, (1..count).map(|gate| (gate, 0))), 2);
        let families = (0..count).map(|gate| (gate, gate / 10 * 10));
        show("families of ten", &model(count, families), 2);
        let triples = (0..count).filter(|gate| gate % 3 > 0).map(|gate| (gate, gate - 1));
        let half = count / 2;
        let layers =
            (0..half).flat_map(|gate| [(half + gate, gate), (half + gate, (gate + 1) % half)]);
        show("two layers", &model(count, layers), 2);
        show("chains of three", &model(count, triples), 2);
    }
    for count in [10, 25, 100, 1_000] {
        show("one chain", &model(count, (1..count).map(|gate| (gate, gate - 1))), 2);
    }
    for count in [10, 25, 100, 200] {
        show("independent, three together", &free(count), 3);
    }
    show("kubelet, three together", &kubelet, 3);
    show("ten independent, four together", &free(10), 4);
    many();
    Ok(())
}

/// How many rows 600 models have above the larger of two bounds: that of independent gates, and that of their longest
/// chain, which needs one row more than it has gates.
fn many() {
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut above = BTreeMap::<usize, usize>::new();
    for number in 0..600 {
        let count = 3 + next(if number % 4 == 0 { 150 } else { 40 });
        let (edges, reach) = (next(count + 1), 1 + next(count));
        let mut requires: Vec<(usize, usize)> = (0..edges)
            .map(|_| {
                let gate = 1 + next(count - 1);
                (gate, gate - 1 - next(reach.min(gate)))
            })
            .collect();
        requires.sort_unstable();
        let mut heights = vec![1; count];
        for &(gate, needed) in &requires {
            let height = heights.get(needed).map_or(1, |height| height + 1);
            heights.iter_mut().skip(gate).take(1).for_each(|own| *own = height.max(*own));
        }
        let chain = heights.into_iter().max().unwrap_or(0) + 1;
        let rows = model(count, requires).rows(2).len();
        *above.entry(rows.saturating_sub(chain.max(bound(count)))).or_default() += 1;
    }
    println!("600 models, rows above the bound and how often: {above:?}");
}

fn free(count: usize) -> Model {
    model(count, [])
}

/// Free gates, of which some require others, by their numbers.
fn model(count: usize, requires: impl IntoIterator<Item = (usize, usize)>) -> Model {
    let mut model = Model::new();
    let gates: Vec<ModelGate> = (0..count).map(|_| model.add(None)).collect();
    for (gate, required) in requires {
        if let (Some(gate), Some(required)) = (gates.get(gate), gates.get(required)) {
            model.require(*gate, *required);
        }
    }
    model
}

/// Gates that require an earlier gate, which looks random and is always the same.
fn pairs(count: usize, one_in: usize) -> impl Iterator<Item = (usize, usize)> {
    (1..count)
        .filter(move |gate| gate % one_in == 1)
        .map(|gate| (gate, gate * 7_919 % 104_729 % gate))
}

fn show(name: &str, model: &Model, strength: usize) {
    let start = Instant::now();
    let rows = model.rows(strength).len();
    let time = start.elapsed();
    let bound = if strength == 2 { bound(model.free()).to_string() } else { String::new() };
    println!(
        "{:44} {:>4} {:>5} {rows:>4} {bound:>5} {:>9.2}",
        format!("{} {name}", model.gates().len()),
        model.free(),
        model.dependencies().len(),
        time.as_secs_f64() * 1_000.0
    );
}
