//! Configuration, environment variable and flags: which one wins, and what is told of all of them.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::program::run;
use crate::{VARIABLE, assert_same_report, errors, kubelet, report, row};

/// What the three sources say.
#[derive(Clone, Copy, Debug, Default)]
struct Sources<'a> {
    /// Lines of the map `featureGates`, the first of which is the file's fourth.
    config: &'a [&'a str],
    env: &'a str,
    flags: &'a [&'a str],
}

const NONE: Sources<'_> = Sources { config: &[], env: "", flags: &[] };

impl Sources<'_> {
    fn command(&self, folder: &Folder) -> std::process::Command {
        let flags = self.flags.iter().map(|text| format!("--feature-gates={text}"));
        let mut command = kubelet(flags);
        command.current_dir(folder.path());
        if !self.config.is_empty() {
            folder.write("kubelet.yaml", config(self.config));
            command.args(["--config", "kubelet.yaml"]);
        }
        if !self.env.is_empty() {
            command.env(VARIABLE, self.env);
        }
        command
    }
}

/// A configuration of the kubelet with these lines in its map of gates.
pub(crate) fn config(gates: &[&str]) -> String {
    let lines: Vec<String> = gates.iter().map(|line| format!("  {line}\n")).collect();
    let head = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";
    format!("{head}featureGates:\n{}", lines.concat())
}

fn in_config(line: u32) -> Value {
    json!({ "source": "config", "path": "kubelet.yaml", "line": line, "column": 3 })
}

fn in_text(source: &str, column: u32, item: &str) -> Value {
    json!({ "source": source, "column": column, "item": item })
}

#[test]
fn a_later_source_wins_over_an_earlier_one_and_leaves_its_other_gates() {
    let folder = Folder::new("precedence");
    let config: &[&str] = &["MemoryQoS: true", "CRIListStreaming: true"];
    let env = "MemoryQoS=false";
    // Of MemoryQoS, and of CRIListStreaming, which only the configuration names: both are alpha.
    for (sources, value, origin) in [
        (Sources { config, ..NONE }, true, in_config(4)),
        (Sources { config, env, ..NONE }, false, in_text("env", 1, "MemoryQoS=false")),
        (
            Sources { config, env, flags: &["MemoryQoS=true"] },
            true,
            in_text("flag", 1, "MemoryQoS=true"),
        ),
        (
            Sources { config, flags: &["AllBeta=false,MemoryQoS=0"], ..NONE },
            false,
            in_text("flag", 15, "MemoryQoS=0"),
        ),
        (Sources { config, env: "NodeLogQuery=true", ..NONE }, true, in_config(4)),
    ] {
        let (rows, err) = report(&mut sources.command(&folder));
        let memory = row(&rows, "MemoryQoS");
        assert_eq!(
            (&memory["enabled"], &memory["origin"]),
            (&json!(value), &origin),
            "{sources:?}"
        );
        let other = row(&rows, "CRIListStreaming");
        assert_eq!((&other["enabled"], &other["origin"]), (&json!(true), &in_config(5)));
        assert!(err.iter().all(|line| line.contains("NodeLogQuery")), "{err:?}");
    }
}

#[test]
fn repeated_flags_accumulate_and_the_last_value_of_a_gate_counts() {
    let folder = Folder::new("repeated");
    let flags: &[&str] =
        &["MemoryQoS=true,CRIListStreaming=true", "MemoryQoS=false", "CSIVolumeHealth=T"];
    for (env, config) in [("", &[][..]), ("MemoryQoS=true", &["CSIVolumeHealth: false"])] {
        let (rows, _) = report(&mut Sources { config, env, flags }.command(&folder));
        for (gate, value, column, item) in [
            ("MemoryQoS", false, 1, "MemoryQoS=false"),
            ("CRIListStreaming", true, 16, "CRIListStreaming=true"),
            ("CSIVolumeHealth", true, 1, "CSIVolumeHealth=T"),
        ] {
            let row = row(&rows, gate);
            assert_eq!(row["enabled"], value, "{gate}");
            assert_eq!(row["origin"], in_text("flag", column, item), "{gate}");
        }
    }
}

#[test]
fn an_explicit_gate_wins_over_its_group_wherever_either_stands() {
    let folder = Folder::new("groups");
    let config_group: &[&str] = &["AllAlpha: true"];
    let config_gate: &[&str] = &["MemoryQoS: false"];
    let (group, gate) = ("AllAlpha=true", "MemoryQoS=false");
    for sources in [
        Sources { flags: &["AllAlpha=true,MemoryQoS=false"], ..NONE },
        Sources { flags: &["MemoryQoS=false,AllAlpha=true"], ..NONE },
        Sources { flags: &["MemoryQoS=false", "AllAlpha=true"], ..NONE },
        Sources { flags: &["AllAlpha=true", "MemoryQoS=false"], ..NONE },
        Sources { env: group, flags: &["MemoryQoS=false"], ..NONE },
        Sources { env: gate, flags: &["AllAlpha=true"], ..NONE },
        Sources { config: config_group, env: gate, ..NONE },
        Sources { config: config_gate, env: group, ..NONE },
        Sources { config: config_gate, flags: &["AllAlpha=true"], ..NONE },
        Sources { config: config_group, flags: &["MemoryQoS=false"], ..NONE },
        Sources { config: &["MemoryQoS: false", "AllAlpha: true"], ..NONE },
        Sources { config: &["AllAlpha: true", "MemoryQoS: false"], ..NONE },
    ] {
        let (rows, _) = report(&mut sources.command(&folder));
        assert_eq!(row(&rows, "MemoryQoS")["enabled"], false, "{sources:?}");
        let other = row(&rows, "CRIListStreaming");
        assert_eq!(other["enabled"], true, "{sources:?}");
        assert_eq!(other["origin"]["source"], "group", "{sources:?}");
        assert_eq!(other["origin"]["group"], "AllAlpha", "{sources:?}");
    }
}

#[test]
fn a_gate_set_by_its_group_says_where_the_group_was_set() {
    let folder = Folder::new("group_origin");
    let group = |mut origin: Value| {
        origin["source"] = json!("group");
        origin["group"] = json!("AllAlpha");
        origin
    };
    for (sources, origin) in [
        (Sources { config: &["AllAlpha: true"], ..NONE }, in_config(4)),
        (
            Sources { env: "NodeLogQuery=true, AllAlpha=1", ..NONE },
            in_text("env", 20, "AllAlpha=1"),
        ),
        (
            Sources { flags: &["AllAlpha=false,AllAlpha=t"], ..NONE },
            in_text("flag", 16, "AllAlpha=t"),
        ),
        (
            Sources { config: &["AllAlpha: false"], flags: &["AllAlpha=true"], ..NONE },
            in_text("flag", 1, "AllAlpha=true"),
        ),
    ] {
        let (rows, _) = report(&mut sources.command(&folder));
        let alpha = row(&rows, "MemoryQoS");
        assert_eq!((&alpha["enabled"], &alpha["origin"]), (&json!(true), &group(origin)));
    }
}

#[test]
fn a_group_sets_the_gates_of_its_stage_at_the_emulated_release_and_no_other() {
    for version in ["1.34", "1.35", "1.36"] {
        for (text, stage, value) in [
            ("AllAlpha=true", "Alpha", true),
            ("AllAlpha=false", "Alpha", false),
            ("AllBeta=true", "Beta", true),
            ("AllBeta=false", "Beta", false),
        ] {
            let emulated = ["--emulated-version", version];
            let (before, _) = report(&mut kubelet(emulated));
            let (after, err) = report(kubelet(emulated).args(["--feature-gates", text]));
            assert_eq!(err, [""; 0]);
            for (before, after) in before.as_array().unwrap().iter().zip(after.as_array().unwrap())
            {
                let member = before["stage"] == stage && before["locked"] == false;
                let expected = if member { &json!(value) } else { &before["enabled"] };
                assert_eq!(&after["enabled"], expected, "{text} at {version}: {after}");
            }
        }
    }
}

#[test]
fn a_group_that_leaves_a_requirement_off_is_refused_for_each_gate_that_needs_it() {
    let told = run(&mut kubelet([
        "--emulated-version=1.34",
        "--feature-gates=AllAlpha=true,AllBeta=false",
    ]))
    .refused();
    assert!(told.len() > 3, "{told:#?}");
    for line in &told {
        assert!(
            line.starts_with("error: --feature-gates, column 1, \"AllAlpha=true\": gate "),
            "{line}"
        );
        assert!(
            line.contains(" is on by AllAlpha but requires ") && line.contains("; also set "),
            "{line}"
        );
    }
}

#[test]
fn the_problems_of_every_source_are_told_in_the_order_of_precedence() {
    let folder = Folder::new("problems");
    let sources = Sources {
        config: &[
            "NodeSwap: false",
            "GAConfigTypo: true",
            "MemoryQoS: \"true\"",
            "CPUManager: true",
        ],
        env: "NodeSwap=0,Env=maybe, ,StorageVersionAPI=true",
        flags: &["=true,MemorQoS=1", "NodeSwap=false,APIServerIdentity=false"],
    };
    let mut command = sources.command(&folder);
    let told = run(command.arg("--print-feature-gates=json")).refused();
    // NodeSwap counts where it was set last; a gate that depends on a wrong one is told where that stands.
    assert_eq!(
        told,
        errors(&[
            "kubelet.yaml:5:3: unknown gate GAConfigTypo; remove the setting, or correct the name",
            "kubelet.yaml:6:3: the value of gate MemoryQoS is the text \"true\", not a boolean; write true, without quotes",
            "kubelet.yaml:7:3: gate CPUManager was removed in 1.33 and stays on; remove the setting",
            "KUBELET_FEATURE_GATES, column 12, \"Env=maybe\": the value \"maybe\" of gate Env is not a boolean; write true or false",
            "KUBELET_FEATURE_GATES, column 22, \"\": the item is empty; write NAME=true or NAME=false, or remove the comma",
            "KUBELET_FEATURE_GATES, column 24, \"StorageVersionAPI=true\": gate StorageVersionAPI is on but requires APIServerIdentity (set to false at --feature-gates, column 16, \"APIServerIdentity=false\"), which is off; set APIServerIdentity=true instead, or remove StorageVersionAPI=true",
            "--feature-gates, column 1, \"=true\": expected a name before \"=\"; write NAME=true or NAME=false",
            "--feature-gates, column 7, \"MemorQoS=1\": unknown gate MemorQoS; did you mean MemoryQoS?",
            "--feature-gates, column 1, \"NodeSwap=false\": gate NodeSwap is GA and locked to true, so it cannot be set to false; remove the setting; the gate can no longer be turned off",
            "--feature-gates, column 16, \"APIServerIdentity=false\": gate UnknownVersionInteroperabilityProxy is on by default but requires APIServerIdentity, which is off; set APIServerIdentity=true instead",
        ])
    );
}

#[test]
fn every_mistake_of_one_text_is_told_with_its_place_and_what_would_be_right() {
    let text = "--feature-gates=Foo=maybe,=true,GATypo=1,AllAlpha=true";
    for more in [None, Some("--print-feature-gates"), Some("--print-feature-gates=json")] {
        let told = run(&mut kubelet([text].into_iter().chain(more))).refused();
        assert_eq!(
            told,
            errors(&[
                "--feature-gates, column 1, \"Foo=maybe\": the value \"maybe\" of gate Foo is not a boolean; write true or false",
                "--feature-gates, column 11, \"=true\": expected a name before \"=\"; write NAME=true or NAME=false",
                "--feature-gates, column 17, \"GATypo=1\": unknown gate GATypo; remove the setting, or correct the name",
            ])
        );
    }
}

#[test]
fn a_locked_gate_cannot_be_turned_off_and_turning_it_on_is_only_a_warning() {
    let told = run(&mut kubelet(["--feature-gates=NodeSwap=false"])).refused();
    assert_eq!(
        told,
        errors(&[
            "--feature-gates, column 1, \"NodeSwap=false\": gate NodeSwap is GA and locked to true, so it cannot be set to false; remove the setting; the gate can no longer be turned off"
        ])
    );
    let (rows, err) = report(&mut kubelet(["--feature-gates=NodeSwap=true"]));
    assert_eq!(
        err,
        [
            "warning: --feature-gates, column 1, \"NodeSwap=true\": gate NodeSwap is GA and locked to true, so setting it changes nothing; remove the setting, which becomes an error once the gate is removed"
        ]
    );
    let origin = in_text("flag", 1, "NodeSwap=true");
    assert_eq!(
        row(&rows, "NodeSwap"),
        &json!({ "name": "NodeSwap", "stage": "GA", "default": true, "locked": true, "enabled": true, "origin": origin })
    );
}

#[test]
fn a_deprecated_gate_can_be_set_with_a_warning() {
    let (rows, err) = report(&mut kubelet(["--feature-gates=AllowDNSOnlyNodeCSR=true"]));
    assert_eq!(row(&rows, "AllowDNSOnlyNodeCSR")["enabled"], true);
    assert_eq!(
        err,
        [
            "warning: --feature-gates, column 1, \"AllowDNSOnlyNodeCSR=true\": gate AllowDNSOnlyNodeCSR is deprecated since 1.31 and will be removed in a later release; prepare to run without the setting"
        ]
    );
}

#[test]
fn an_empty_text_sets_nothing() {
    let (defaults, _) = report(&mut kubelet([""; 0]));
    for text in ["", ",", ",,,"] {
        let mut command = kubelet([format!("--feature-gates={text}")]);
        let (rows, err) = report(command.env(VARIABLE, text));
        assert_same_report(&rows, &defaults, text);
        assert_eq!(err, [""; 0], "{text:?}");
    }
}

#[test]
fn alpha_is_off_and_beta_on_by_default() {
    let (rows, _) = report(&mut kubelet([""; 0]));
    for (gate, stage, on) in [("MemoryQoS", "Alpha", false), ("APIServerIdentity", "Beta", true)] {
        let row = row(&rows, gate);
        assert_eq!((&row["stage"], &row["enabled"]), (&json!(stage), &json!(on)), "{gate}");
    }
    let rows = rows.as_array().unwrap();
    assert!(rows.iter().all(|row| row["stage"] != "Alpha" || row["enabled"] == false));
}

#[test]
fn warnings_do_not_stop_the_program_and_are_told_in_the_order_of_the_sources() {
    let folder = Folder::new("warnings");
    let sources = Sources {
        config: &["NodeSwap: true", "AllowDNSOnlyNodeCSR: false"],
        env: "KubeletPSI=true",
        flags: &["NodeLogQuery=true,NodeSwap=true"],
    };
    let (_, err) = run(&mut sources.command(&folder)).succeeded();
    let places: Vec<&str> = err.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(
        places,
        [
            "kubelet.yaml:5:3",
            "KUBELET_FEATURE_GATES, column 1, \"KubeletPSI=true\"",
            "--feature-gates, column 1, \"NodeLogQuery=true\"",
            "--feature-gates, column 19, \"NodeSwap=true\"",
        ]
    );
}
