use std::time::Instant;

use featuregate_cli::walk::{self, Scope};

use crate::tree::Tree;

/// A tree of that many files of the usual size.
fn tree(files: usize) -> Tree {
    let tree = Tree::of(&[]);
    let text = "featureGates:\n".to_owned() + &"  SomeGateOrOther: true\n".repeat(40);
    for file in 0..files {
        tree.write(&format!("{}/{}/{file}.yaml", file / 1_000, file / 100), text.as_bytes());
    }
    tree
}

#[test]
fn the_results_are_sorted_by_path() {
    let tree = tree(2_000);
    let first = tree.walked(&Scope::default());
    assert_eq!(first.files.len(), 2_000);
    assert!(first.files.is_sorted());
    assert_eq!(tree.walked(&Scope::default()), first);
}

/// The most memory that this process had so far, where the system reports it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

#[test]
#[ignore = "writes 20,000 files"]
fn twenty_thousand_files_take_a_few_megabytes() {
    let tree = tree(20_000);
    let before = peak();
    let start = Instant::now();
    let walked = walk::each(
        &[tree.path("")],
        &Scope::default(),
        false,
        |_| true,
        |source| source.text.contains("NodeSwop").then_some(source),
    );
    let took = start.elapsed();
    assert_eq!((walked.files, walked.results.len()), (20_000, 0));
    let grown = peak().zip(before).map(|(after, before)| after - before);
    println!("20,000 files took {took:?} and {grown:?} kB more than before");
    assert!(grown.is_none_or(|grown| grown < 8 << 10), "{grown:?} kB");
}
