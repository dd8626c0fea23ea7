//! How long `featuregate fleet check` takes for many instances of 250 gates each.
//!
//! `cargo bench -p featuregate-bench --bench fleet` prints the time and memory of the command, as a process, for
//!
//! - a server on loopback with the API of Prometheus, which has its answer ready;
//! - the same instances in a file, as `/federate` gives them;
//! - an endpoint for each instance;
//! - instances of which no two have the same values.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and ends where it can't measure"
)]

mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use featuregate_bench::{command, publish};
use server::Server;

const GATES: usize = 250;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let instances = if measuring { 10_000 } else { 10 };
    let path = command::build();
    let gates = gates(&path);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("federated");

    let mut rows = Vec::new();
    let mut measure = |name: &str, arguments: &[&str]| {
        let mut fleet = Command::new(&path);
        fleet.args(["fleet", "check", "--manifest", "kubernetes", "--target", "1.37"]);
        fleet.args(arguments).stdout(Stdio::null()).env_remove("http_proxy");
        let watched = command::watched(&mut fleet);
        // Whether there are findings depends on the data; the answers must be complete.
        assert!(matches!(watched.status.code(), Some(0 | 1)), "{name}: {:?}", watched.status);
        let time = format!("{:.2} s", watched.time.as_secs_f64());
        let memory = watched.memory.map_or_else(String::new, |bytes| format!("{} MB", bytes >> 20));
        println!("{name}: {time}, {memory}");
        rows.push(vec![name.to_owned(), time, memory]);
    };
    for instances in [instances / 10, instances] {
        let server = Server::start(answer(&gates, instances, false), releases(instances));
        measure(&format!("Prometheus, {instances} instances"), &["--prometheus", &server.url]);
    }
    let server = Server::start(answer(&gates, instances, true), releases(instances));
    let different = format!("Prometheus, {instances} different instances");
    measure(&different, &["--prometheus", &server.url]);
    measure(
        &format!("the same as JSON, {instances} different instances"),
        &["--prometheus", &server.url, "--format", "json"],
    );
    drop(server);

    let text: String = (0..instances).map(|number| federated(&gates, number)).collect();
    fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("its name is text");
    measure(&format!("a file, {instances} instances"), &["--metrics", file]);

    let server = Server::start(metrics(&gates).into_bytes(), Vec::new());
    let targets: String = (0..instances).fold(String::new(), |mut targets, number| {
        // Writing to a text cannot fail.
        let _ = writeln!(targets, "{}/{number}/metrics", server.url);
        targets
    });
    let list = folder.path().join("targets");
    fs::write(&list, targets).expect("a file");
    let list = list.to_str().expect("its name is text");
    measure(&format!("{instances} endpoints"), &["--scrape-file", list]);
    publish("fleet", &["", "time", "memory"], &rows).expect("docs/figures.md can be written");
}

/// A gate: its name, its stage as a label, and its default.
type Gate = (String, String, bool);

/// Gates of Kubernetes 1.36, and of nobody, so that there are enough.
fn gates(path: &Path) -> Vec<Gate> {
    let mut list = Command::new(path);
    list.args(["list", "--manifest", "kubernetes", "--target", "1.36", "--format", "json"]);
    let output = list.output().expect("it starts");
    let listed: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let known = listed.iter().filter_map(|gate| {
        let stage = gate.get("stage")?.as_str()?.to_uppercase();
        let stage = if stage == "GA" { String::new() } else { stage };
        Some((gate.get("name")?.as_str()?.to_owned(), stage, gate.get("default")?.as_bool()?))
    });
    let others = (0..).map(|number| (format!("Other{number}"), "BETA".to_owned(), true));
    known.chain(others).take(GATES).collect()
}

/// The value of a gate: each instance has one gate that is not the default, or several that others do not have.
fn value(gates: &[Gate], gate: usize, instance: usize, different: bool) -> u8 {
    let Some((_, stage, default)) = gates.get(gate) else { return 0 };
    let free = stage == "ALPHA" || stage == "BETA";
    let set = if different {
        instance >> (gate % 14) & 1 == 1 && gate.is_multiple_of(3)
    } else {
        gate == 7
    };
    u8::from(*default != (set && free))
}

/// What a Prometheus answers about the metric of gates.
fn answer(gates: &[Gate], instances: usize, different: bool) -> Vec<u8> {
    let mut text = String::from(r#"{"status":"success","data":{"resultType":"vector","result":["#);
    for instance in 0..instances {
        for (gate, (name, stage, _)) in gates.iter().enumerate() {
            let value = value(gates, gate, instance, different);
            let comma = if instance + gate == 0 { "" } else { "," };
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                r#"{comma}{{"metric":{{"__name__":"kubernetes_feature_enabled","instance":"10.0.{}.{}:10250","job":"kubelet","name":"{name}","stage":"{stage}"}},"value":[1790000000.123,"{value}"]}}"#,
                instance / 256,
                instance % 256,
            );
        }
    }
    text.push_str("]}}");
    text.into_bytes()
}

/// What a Prometheus answers about the metric of releases.
fn releases(instances: usize) -> Vec<u8> {
    let series = (0..instances).map(|instance| {
        format!(
            r#"{{"metric":{{"__name__":"kubernetes_build_info","git_version":"v1.36.2","instance":"10.0.{}.{}:10250","job":"kubelet","major":"1","minor":"36"}},"value":[1790000000.123,"1"]}}"#,
            instance / 256,
            instance % 256,
        )
    });
    let series: Vec<String> = series.collect();
    let result = series.join(",");
    format!(r#"{{"status":"success","data":{{"resultType":"vector","result":[{result}]}}}}"#)
        .into_bytes()
}

/// The metrics of an instance, as `/federate` of a Prometheus gives them.
fn federated(gates: &[Gate], instance: usize) -> String {
    let (of, number) = (instance / 256, instance % 256);
    let labels = format!("instance=\"10.0.{of}.{number}:10250\",job=\"kubelet\"");
    let mut text = format!(
        "kubernetes_build_info{{git_version=\"v1.36.2\",{labels},major=\"1\",minor=\"36\"}} 1\n"
    );
    for (gate, (name, stage, _)) in gates.iter().enumerate() {
        let value = value(gates, gate, instance, false);
        let _ = writeln!(
            text,
            "kubernetes_feature_enabled{{{labels},name=\"{name}\",stage=\"{stage}\"}} {value} 1790000000123"
        );
    }
    text
}

/// The metrics of an instance, as it gives them.
fn metrics(gates: &[Gate]) -> String {
    let mut text =
        "kubernetes_build_info{git_version=\"v1.36.2\",major=\"1\",minor=\"36\"} 1\n".to_owned();
    for (gate, (name, stage, _)) in gates.iter().enumerate() {
        let value = value(gates, gate, 0, false);
        let _ = writeln!(
            text,
            "kubernetes_feature_enabled{{name=\"{name}\",stage=\"{stage}\"}} {value}"
        );
    }
    text
}
