//! One environment variable for each gate. A test cannot change its own environment, so it starts itself a second time.

use std::env;
use std::process::Command;

use featuregate::{FeatureGate, GateState, Notation, Resolver, Source};

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(env = "APP_GATE_LIST", env_prefix = "APP_GATE_")]
enum Feature {
    /// A cache in front of the disk.
    #[gate(alpha, name = "disk-cache", alias = "old-cache", requires(MemoryQoS))]
    Cache,
    /// Limits memory.
    #[gate(alpha)]
    MemoryQoS,
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(component = "store", env_prefix = "STORE_")]
enum Store {
    /// Compacts data.
    #[gate(beta)]
    Compaction,
}

/// The gates that are on, or the problems.
fn outcome() -> String {
    let preview = Source::env("APP_GATE_PREVIEW").written(Notation::value("AllAlpha"));
    let resolution = Resolver::<(Feature, Store)>::new().variable(preview).resolve();
    match resolution {
        Ok(resolution) => {
            let on = resolution.iter().filter(GateState::enabled);
            let names: Vec<String> = on.map(|gate| gate.name().to_owned()).collect();
            let notices = resolution.notices().iter().map(|notice| format!("; {notice}"));
            names.join(" ") + &notices.collect::<String>()
        }
        Err(problems) => problems.to_string(),
    }
}

/// What [`outcome`] is with these variables.
fn with(test: &str, variables: &[(&str, &str)]) -> String {
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("GATE_VARIABLES_CHILD", "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let (_, begun) = printed.split_once("<<").unwrap();
    begun.split_once(">>").unwrap().0.to_owned()
}

#[expect(clippy::print_stdout, reason = "the parent reads it")]
fn is_child() -> bool {
    let is_child = env::var_os("GATE_VARIABLES_CHILD").is_some();
    if is_child {
        println!("<<{}>>", outcome());
    }
    is_child
}

#[test]
fn each_gate_has_a_variable_with_its_name_in_capitals() {
    if is_child() {
        return;
    }
    for (variables, expected) in [
        (&[][..], "store:Compaction"),
        (
            &[("APP_GATE_DISK_CACHE", "1"), ("APP_GATE_MEMORY_QOS", "true"), ("OTHER", "x")],
            "disk-cache MemoryQoS store:Compaction",
        ),
        (
            &[("APP_GATE_OLD_CACHE", "1"), ("APP_GATE_MEMORYQOS", "T")],
            "disk-cache MemoryQoS store:Compaction; APP_GATE_OLD_CACHE: old-cache is a former name of gate disk-cache; write APP_GATE_DISK_CACHE",
        ),
        (&[("STORE_COMPACTION", "0")], ""),
        (
            &[("APP_GATE_ALL_ALPHA", "1"), ("APP_GATE_DISK_CACHE", "0")],
            "MemoryQoS store:Compaction",
        ),
        (&[("APP_GATE_LIST", "MemoryQoS=true")], "MemoryQoS store:Compaction"),
        (&[("APP_GATE_PREVIEW", "1")], "disk-cache MemoryQoS store:Compaction"),
        (&[("APP_GATE_LIST", "MemoryQoS=true"), ("APP_GATE_MEMORY_QOS", "0")], "store:Compaction"),
    ] {
        let test = "gate_variables::each_gate_has_a_variable_with_its_name_in_capitals";
        assert_eq!(with(test, variables), expected, "{variables:?}");
    }
}

#[test]
fn messages_about_variables_name_variables() {
    if is_child() {
        return;
    }
    for (variable, text, expected) in [
        (
            "APP_GATE_MEMORY_QO",
            "1",
            "APP_GATE_MEMORY_QO: unknown gate MEMORY_QO; did you mean APP_GATE_MEMORY_QOS?",
        ),
        (
            "APP_GATE_DISK_CACHE",
            "1",
            "APP_GATE_DISK_CACHE: gate disk-cache is on but requires MemoryQoS, which is off; also set APP_GATE_MEMORY_QOS=1, or remove APP_GATE_DISK_CACHE=1",
        ),
        (
            "STORE_COMPACTION",
            "yes",
            "STORE_COMPACTION: the value \"yes\" of gate store:Compaction is not a boolean; write true",
        ),
        ("STORE_X", "1", "STORE_X: unknown gate store:X; remove the setting, or correct the name"),
    ] {
        let test = "gate_variables::messages_about_variables_name_variables";
        assert_eq!(with(test, &[(variable, text)]), expected);
    }
}
