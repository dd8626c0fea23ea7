//! How long a file takes; for a release build, by hand.

use std::fmt::Write as _;
use std::time::Instant;

use featuregate_cli::extract::{Syntax, extract};

/// A kubelet configuration with ten gates.
fn small() -> String {
    let mut text =
        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nfeatureGates:\n"
            .to_owned();
    for gate in 0..10 {
        writeln!(text, "  SomeFeatureGate{gate}: {}", gate % 2 == 0).unwrap();
    }
    text
}

#[test]
#[ignore = "measures a release build"]
fn a_small_file_takes_microseconds() {
    let text = small();
    for _ in 0..3 {
        let start = Instant::now();
        for _ in 0..20_000 {
            assert_eq!(extract(Syntax::Yaml, &text, &[]).settings.len(), 10);
        }
        println!("{:?} for {} bytes", start.elapsed() / 20_000, text.len());
    }
    let large = "- a: b\n  c: [d, e]\n".repeat(3_000_000)
        + &text.replace("apiVersion", "- apiVersion").replace('\n', "\n  ");
    let start = Instant::now();
    let found = extract(Syntax::Yaml, &large, &[]).settings.len();
    println!("{found} in {:?} for {} bytes", start.elapsed(), large.len());
}
