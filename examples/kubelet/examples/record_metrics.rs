//! Gates as gauges of the facade `metrics`: `cargo run -p kubelet --example record_metrics`.
//!
//! The recorder is the one of your service, such as that of `metrics-exporter-prometheus`. This one lists what it has.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::error::Error;

use kubelet::Feature;
use metrics_util::debugging::{DebuggingRecorder, Snapshotter};

fn main() -> Result<(), Box<dyn Error>> {
    let recorder = DebuggingRecorder::new();
    let snapshots = recorder.snapshotter();
    recorder.install()?;

    let installed = Feature::resolver().flag("MemoryQoS=true").resolve()?.install()?;
    eprint!("{installed}"); // What the operator should know.
    // Once, after the recorder is there.
    installed.resolution().record_metrics("kubelet");
    for line in lines(&snapshots) {
        println!("{line}");
    }
    Ok(())
}

fn lines(snapshots: &Snapshotter) -> Vec<String> {
    let recorded = snapshots.snapshot().into_vec().into_iter();
    let mut lines: Vec<String> =
        recorded.map(|(key, _, _, value)| format!("{} {value:?}", key.key())).collect();
    lines.sort_unstable();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gate_has_a_gauge() {
        let recorder = DebuggingRecorder::new();
        let snapshots = recorder.snapshotter();
        let resolver = Feature::resolver().without_env().flag("MemoryQoS=true");
        let resolution = resolver.resolve().unwrap();
        metrics::with_local_recorder(&recorder, || resolution.record_metrics("kubelet"));
        let lines = lines(&snapshots);
        let gates = lines.iter().filter(|line| line.contains("kubernetes_feature_enabled"));
        assert_eq!(gates.count(), Feature::all().count() + 2, "and the groups");
        let of_gate = lines.iter().find(|line| line.contains("MemoryQoS")).unwrap();
        assert!(of_gate.contains("ALPHA") && of_gate.ends_with("Gauge(1.0)"), "{of_gate}");
    }
}
