//! Input that no operator meant: always a message with the location, soon, and no panic.

use std::ffi::OsString;

use featuregate_core::ProblemKind;
use kubelet::Feature;

use crate::folder::Folder;
use crate::program::run;
use crate::sources::config;
use crate::{VARIABLE, errors, kubelet, report, row};

const HEAD: &str = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n";

#[test]
fn a_usage_error_exits_with_2_and_names_what_was_wrong() {
    for (arguments, expected) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["positional"], "positional"),
        (&["--config"], "--config"),
        (&["--feature-gates"], "--feature-gates"),
        (&["--emulated-version", "1.37"], "a release after 1.36"),
        (&["--emulated-version=2.0"], "a release after 1.36"),
        (&["--emulated-version=latest"], "\"latest\" is not a version"),
        (&["--emulated-version="], "--emulated-version"),
        (&["--emulated-version=1.99999999999999999999"], "--emulated-version"),
        (&["--emulated-version=1.34", "--emulated-version=1.35"], "--emulated-version"),
        (&["--print-feature-gates=xml"], "[possible values: table, json]"),
        (&["--print-feature-gates", "json"], "json"),
    ] {
        let lines = run(&mut kubelet(arguments)).failed(2);
        assert!(lines.join("\n").contains(expected), "{arguments:?}: {lines:#?}");
    }
}

#[test]
fn a_file_that_is_not_a_configuration_is_refused_in_one_line_that_names_it() {
    let folder = Folder::new("no_configuration");
    std::fs::create_dir(folder.path().join("folder.yaml")).unwrap();
    let bomb = |indent: &str| {
        let first = format!("{indent}A0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        let level = |level: u32| {
            let alias = format!("*a{}, ", level - 1).repeat(10);
            format!("{indent}A{level}: &a{level} [{alias}]\n")
        };
        let levels: Vec<String> = (1..12).map(level).collect();
        format!("{HEAD}featureGates:\n{first}{}", levels.concat())
    };
    let nested = |open: &str, close: &str| {
        format!("{HEAD}featureGates:\n  A: {}{}\n", open.repeat(1000), close.repeat(1000))
    };
    let file = |text: &str| text.as_bytes().to_vec();
    for (name, content, expected) in [
        ("absent.yaml", None, "absent.yaml: No such file or directory"),
        ("folder.yaml", None, "folder.yaml: Is a directory"),
        (
            "latin1.yaml",
            Some(b"kind: \xe9\n".to_vec()),
            "latin1.yaml: stream did not contain valid UTF-8",
        ),
        (
            "empty.yaml",
            Some(Vec::new()),
            "empty.yaml: missing apiVersion; write apiVersion: kubelet",
        ),
        ("quote.yaml", Some(file("kind: \"x\n")), "quote.yaml:1:7: unclosed quote"),
        ("tab.yaml", Some(file("a:\n\tb: 1\n")), "tab.yaml:2:"),
        ("json.json", Some(file("{\"kind\": ")), "json.json:1:1: unclosed bracket"),
        ("anchor.yaml", Some(file("kind: *nowhere\n")), "anchor.yaml:1:7: "),
        ("list.yaml", Some(file("- A=true\n")), "list.yaml:1:1: "),
        ("control.yaml", Some(file("\u{1}")), "control.yaml:1:1: "),
        (
            "pod.yaml",
            Some(file("apiVersion: kubelet.config.k8s.io/v1beta1\nkind: Pod\n")),
            "pod.yaml: unexpected kind \"Pod\"; write kind: KubeletConfiguration",
        ),
        (
            "v1.yaml",
            Some(file("apiVersion: v1\nkind: KubeletConfiguration\n")),
            "v1.yaml: unexpected apiVersion \"v1\"; write apiVersion: kubelet.config.k8s.io/v1beta1",
        ),
        (
            "kindless.yaml",
            Some(file("apiVersion: kubelet.config.k8s.io/v1beta1\n")),
            "kindless.yaml: missing kind; write kind: KubeletConfiguration",
        ),
        (
            "two.yaml",
            Some(file(&format!("{HEAD}---\n{HEAD}"))),
            "two.yaml:4:1: only single YAML document expected but multiple found",
        ),
        (
            "text.yaml",
            Some(file(&format!("{HEAD}featureGates: \"A=true\"\n"))),
            "text.yaml:3:1: invalid type: string \"A=true\", expected a map of gates with booleans",
        ),
        (
            "gates_list.yaml",
            Some(file(&format!("{HEAD}featureGates: [MemoryQoS]\n"))),
            "gates_list.yaml:3:1: invalid type: sequence, expected a map of gates with booleans",
        ),
        (
            "twice.yaml",
            Some(file(&config(&["MemoryQoS: true", "NodeSwap: true", "MemoryQoS: false"]))),
            "twice.yaml:6:3: duplicate mapping key `MemoryQoS` is not allowed here",
        ),
        (
            "escape.yaml",
            Some(file(&config(&["\"\\e[31m\\n\": true", "\"\\e[31m\\n\": true"]))),
            "escape.yaml:5:3: duplicate mapping key `\u{fffd}[31m\u{fffd}` is not allowed here",
        ),
        ("bomb.yaml", Some(file(&bomb("  "))), "bomb.yaml:"),
        (
            "bomb_beside.yaml",
            Some(file(&bomb("").replace("featureGates:\n", ""))),
            "bomb_beside.yaml:",
        ),
        ("deep.yaml", Some(file(&nested("[", "]"))), "deep.yaml:4:"),
        ("deep_maps.yaml", Some(file(&nested("{a: ", "}"))), "deep_maps.yaml:4:"),
        (
            "deep_block.yaml",
            Some(file(&format!("{HEAD}x: {}1\n", "- ".repeat(1000)))),
            "deep_block.yaml:3:",
        ),
        ("deep.json", Some(file(&"{\"a\":".repeat(1000))), "deep.json:1:"),
    ] {
        if let Some(content) = content {
            folder.write(name, content);
        }
        let mut command = kubelet(["--config", name, "--print-feature-gates=json"]);
        let lines = run(command.current_dir(folder.path())).refused();
        assert_eq!(lines.len(), 1, "{name}: {lines:#?}");
        assert!(lines[0].starts_with(&format!("error: {expected}")), "{name}: {}", lines[0]);
    }
}

#[test]
fn a_value_in_a_configuration_that_is_not_a_boolean_is_a_problem_with_its_line() {
    let folder = Folder::new("not_a_boolean");
    folder.write(
        "kubelet.yaml",
        config(&[
            "MemoryQoS: \"true\"",
            "CRIListStreaming: 1",
            "CSIVolumeHealth: 0.5",
            "AllAlpha: [true]",
            "AllBeta: {on: true}",
            "NodeSwap: maybe",
            "NodeLogQuery: null",
            "KubeletPSI:",
            "Typo: true",
            "\"\": true",
            "\" MemoryQoS\": true",
        ]),
    );
    let mut command = kubelet(["--config", "kubelet.yaml"]);
    let reported = run(command.current_dir(folder.path())).refused();
    let value = |line: u32, gate: &str, is: &str| {
        format!(
            "kubelet.yaml:{line}:3: the value of gate {gate} is {is}, not a boolean; write true or false"
        )
    };
    let expected = [
        value(4, "MemoryQoS", "the text \"true\"").replace("true or false", "true")
            + ", without quotes",
        value(5, "CRIListStreaming", "the number 1"),
        value(6, "CSIVolumeHealth", "the number 0.5"),
        value(7, "AllAlpha", "a list"),
        value(8, "AllBeta", "a map"),
        value(9, "NodeSwap", "the text \"maybe\""),
        "kubelet.yaml:12:3: unknown gate Typo; remove the setting, or correct the name".to_owned(),
        "kubelet.yaml:13:3: a gate has no name; write its name, or remove the entry".to_owned(),
        "kubelet.yaml:14:3: unknown gate \" MemoryQoS\"; did you mean MemoryQoS?".to_owned(),
    ];
    assert_eq!(reported, errors(&expected));
}

#[test]
fn null_in_a_configuration_means_not_set() {
    let folder = Folder::new("null");
    for (name, text) in [
        ("gate.yaml", config(&["MemoryQoS: null", "NodeSwap: ~", "AllAlpha:"])),
        ("map.yaml", format!("{HEAD}featureGates: null\n")),
        ("nothing.yaml", format!("{HEAD}featureGates:\n")),
        ("absent.yaml", HEAD.to_owned()),
    ] {
        folder.write(name, text);
        let (rows, err) = report(kubelet(["--config", name]).current_dir(folder.path()));
        assert_eq!(err, [""; 0], "{name}");
        let origins = rows.as_array().unwrap().iter().map(|row| &row["origin"]["source"]);
        assert!(origins.into_iter().all(|source| source == "default"), "{name}");
    }
}

#[test]
fn a_configuration_is_read_in_whatever_way_yaml_lets_it_be_written() {
    let folder = Folder::new("written");
    let gates = "featureGates: {MemoryQoS: true}\n";
    for (name, text, line, column) in [
        ("flow.yaml", format!("{HEAD}{gates}"), 3, 16),
        ("windows.yaml", format!("{HEAD}{gates}").replace('\n', "\r\n"), 3, 16),
        ("marked.yaml", format!("\u{feff}{HEAD}{gates}"), 3, 16),
        ("document.yaml", format!("---\n{HEAD}{gates}...\n"), 4, 16),
        ("quoted.yaml", config(&["\"MemoryQoS\": true"]), 4, 3),
        ("wide.yaml", format!("{HEAD}featureGates: {{é𝒳: null, MemoryQoS: true}}\n"), 3, 26),
        ("anchored.yaml", format!("{HEAD}x: &on true\nfeatureGates: {{MemoryQoS: *on}}\n"), 4, 16),
    ] {
        folder.write(name, text);
        let (rows, _) = report(kubelet(["--config", name]).current_dir(folder.path()));
        let origin = &row(&rows, "MemoryQoS")["origin"];
        let expected = serde_json::json!({
            "source": "config", "path": name, "line": line, "column": column
        });
        assert_eq!(origin, &expected, "{name}");
    }
}

#[test]
fn a_text_that_does_not_reach_the_terminal_as_it_is_cannot_confuse_it() {
    let item = "\u{1b}[31mA\r\n=true";
    let reported = run(&mut kubelet([format!("--feature-gates={item}")])).refused();
    assert_eq!(reported.len(), 1, "{reported:#?}");
    assert!(reported[0].contains("\\u{1b}[31mA\\r"), "{}", reported[0]);
    assert!(!reported[0].contains('\u{1b}'), "{}", reported[0]);
}

#[test]
fn a_long_text_is_refused_item_by_item_and_soon() {
    // One argument or variable of a process has up to 128 KiB.
    let long = "x".repeat(100_000);
    let many = "Wrong=1,".repeat(12_500);
    let whitespace = " ,".repeat(50_000);
    for (text, problems) in [
        (long.clone(), 1),
        (format!("{long}=true"), 1),
        (format!("MemoryQoS={long}"), 1),
        // The last of a repeated name counts.
        (many, 1),
        (whitespace, 50_000),
        ("A=".repeat(50_000), 1),
    ] {
        let reported = run(&mut kubelet([format!("--feature-gates={text}")])).refused();
        assert_eq!(reported.len(), problems, "{:?}", &text[..20]);
        let longest = reported.iter().map(String::len).max().unwrap();
        assert!(longest < 500, "a line of {longest} bytes");
        let reported = run(kubelet([""; 0]).env(VARIABLE, &text)).refused();
        assert_eq!(reported.len(), problems, "{:?}", &text[..20]);
    }
    let (rows, _) =
        report(&mut kubelet([format!("--feature-gates={}MemoryQoS=1", ",".repeat(100_000))]));
    assert_eq!(row(&rows, "MemoryQoS")["origin"]["column"], 100_001);
}

#[test]
fn ten_thousand_flags_accumulate() {
    // A quarter of what the arguments of one process may take.
    let flags = (0..10_000).map(|_| "--feature-gates=MemoryQoS=false,MemoryQoS=true");
    let (rows, _) = report(&mut kubelet(flags));
    assert_eq!(row(&rows, "MemoryQoS")["enabled"], true);
}

#[test]
fn ten_megabytes_are_resolved() {
    let distinct: Vec<String> = (0..1_000_000).map(|number| format!("G{number:07}=1")).collect();
    for (text, problems) in [
        (distinct.join(","), 1_000_000),
        ("MemoryQoS=1,".repeat(1_000_000), 0),
        ("Nope=1,".repeat(1_400_000), 1),
        ("NodeSwap=0,".repeat(1_000_000), 1),
        (",".repeat(10_000_000), 0),
        ("x".repeat(10_000_000), 1),
        (format!("{}=true", "x".repeat(10_000_000)), 1),
    ] {
        let outcome = Feature::resolver().without_env().flag(&text).resolve();
        let reported = outcome.err().map_or(0, |problems| problems.iter().count());
        assert_eq!(reported, problems, "{:?}", &text[..20]);
    }
}

#[test]
fn a_large_configuration_is_refused_or_read_soon() {
    let folder = Folder::new("large");
    let gates: Vec<String> = (0..20_000).map(|number| format!("Gate{number}: true")).collect();
    let gates: Vec<&str> = gates.iter().map(String::as_str).collect();
    folder.write("many.yaml", config(&gates));
    let mut command = kubelet(["--config", "many.yaml"]);
    let reported = run(command.current_dir(folder.path())).refused();
    assert_eq!(reported.len(), 20_000);
    assert!(reported[0].starts_with("error: many.yaml:4:3: unknown gate Gate0"), "{}", reported[0]);

    folder.write("ten_megabytes.yaml", format!("{HEAD}x: {}\n", "y".repeat(10_000_000)));
    let run = run(kubelet(["--config", "ten_megabytes.yaml"]).current_dir(folder.path()));
    assert!(matches!(run.code, Some(0 | 1)), "{:?}", run.code);
}

#[test]
fn a_wrong_name_of_ten_megabytes_is_reported_in_a_short_message() {
    let text = "x".repeat(10_000_000);
    let problems = Feature::resolver().without_env().flag(&text).resolve().unwrap_err();
    let first = problems.iter().next().unwrap();
    assert!(matches!(first.kind(), ProblemKind::MissingValue), "{:?}", first.kind());
    assert!(problems.to_string().len() < 500);
}

#[cfg(unix)]
mod not_unicode {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    fn os(bytes: &[u8]) -> OsString {
        OsString::from_vec(bytes.to_vec())
    }

    #[test]
    fn a_configuration_under_a_path_that_is_not_unicode_is_read() {
        let folder = Folder::new("path");
        let name = os(b"kubelet-\xff.yaml");
        folder.write(&name, config(&["MemoryQoS: true"]));
        let (rows, _) = report(kubelet([&os(b"--config"), &name]).current_dir(folder.path()));
        let gate = row(&rows, "MemoryQoS");
        assert_eq!(gate["enabled"], true);
        assert_eq!(gate["origin"]["path"], "kubelet-\u{fffd}.yaml");

        folder.write(&name, config(&["Nonsense: true"]));
        let mut command = kubelet([&os(b"--config"), &name]);
        let reported = run(command.current_dir(folder.path())).refused();
        let expected = "kubelet-\u{fffd}.yaml:4:3: unknown gate Nonsense; remove the setting, or correct the name";
        assert_eq!(reported, errors(&[expected]));
    }

    #[test]
    fn a_flag_that_is_not_unicode_is_a_usage_error() {
        for flag in
            [&b"--feature-gates=\xff=true"[..], b"--feature-gates=MemoryQoS=\xff", b"--\xff"]
        {
            let lines = run(&mut kubelet([os(flag)])).failed(2);
            let named = lines[0].contains("UTF-8") || lines[0].contains("--");
            assert!(lines[0].starts_with("error: ") && named, "{lines:#?}");
        }
    }

    #[test]
    fn a_variable_that_is_not_unicode_is_reported_with_its_name_and_item() {
        let text = os(b"\xffMemoryQoS=true,CRIListStreaming=tr\xffue");
        let reported = run(kubelet([""; 0]).env(VARIABLE, text)).refused();
        assert_eq!(reported.len(), 2, "{reported:#?}");
        let first =
            "error: KUBELET_FEATURE_GATES, column 1, \"\u{fffd}MemoryQoS=true\": unknown gate ";
        assert!(reported[0].starts_with(first), "{}", reported[0]);
        let second = "error: KUBELET_FEATURE_GATES, column 17, \"CRIListStreaming=tr\u{fffd}ue\": the value ";
        assert!(reported[1].starts_with(second), "{}", reported[1]);
    }
}
