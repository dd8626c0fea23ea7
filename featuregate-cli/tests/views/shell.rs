//! Completions and manual pages.

use std::path::Path;
use std::process::Command;

use crate::program::{line, run};

/// What a shell offers for the last word of a line.
fn offered(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command.env("_FEATUREGATE_COMPLETE", "bash").env("_CLAP_IFS", "\n");
    command.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    let ended = command.arg("--").args(words).output().unwrap();
    let out = String::from_utf8(ended.stdout).unwrap();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn completions_know_commands_rules_gates_and_releases() {
    assert!(offered("featuregate ").contains(&"check".to_owned()));
    assert_eq!(offered("featuregate rule remov"), ["removed-gate", "removed-too-early"]);
    let gates = offered("featuregate explain --manifest kubernetes MemoryQ");
    assert_eq!(gates, ["MemoryQoS"]);
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/check/fixtures/featuregates.yaml");
    let gates = offered(&format!("featuregate explain --manifest={manifest} App"));
    assert_eq!(gates, ["AppArmor"]);
    let versions = offered("featuregate check --manifest kubernetes --target 1.3");
    assert_eq!(versions.first().map(String::as_str), Some("1.37"));
    assert!(versions.contains(&"1.30".to_owned()), "{versions:?}");
    assert_eq!(offered("featuregate diff --manifest kubernetes --from 1.36"), ["1.36"]);
    assert_eq!(offered("featuregate list --manifest kube"), ["kubernetes", "kubeadm"]);
    assert_eq!(offered("featuregate explain --manifest nowhere.yaml A"), [""; 0]);
}

#[test]
fn each_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = line(&format!("completions {shell}")).fine();
        assert!(script.contains("_FEATUREGATE_COMPLETE"), "{shell}: {script}");
        let of_cargo = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(script.contains("cargo"), of_cargo, "{shell}: {script}");
    }
    let unknown = line("completions tcsh").failed();
    assert!(unknown.contains("bash, elvish, fish, powershell, zsh"), "{unknown}");
}

#[cfg(unix)]
#[test]
fn bash_completes_the_command_and_that_of_cargo() {
    let folder = Path::new(env!("CARGO_BIN_EXE_featuregate")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    for (words, function) in [
        ("featuregate rule removed-g", "_clap_complete_featuregate"),
        ("cargo featuregate rule removed-g", "_featuregate_of_cargo"),
        ("cargo other removed-g", "_featuregate_of_cargo"),
    ] {
        let script = format!(
            "_cargo() {{ COMPREPLY=(of-cargo); }}\nsource <(featuregate completions bash)\n\
             complete -p featuregate cargo | wc -l\nCOMP_WORDS=({words})\n\
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             {function} \"$COMP_WORDS\" removed-g rule\necho \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let ended = bash.args(["--norc", "-c", &script]).env("PATH", &path).output().unwrap();
        let out = String::from_utf8(ended.stdout).unwrap();
        let expected = if words.contains("other") { "of-cargo" } else { "removed-gate" };
        let err = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(out.trim(), format!("2\n{expected}"), "{words}: {err}");
    }
}

#[test]
fn every_subcommand_has_a_manual_page() {
    let main = line("man").fine();
    assert!(main.contains(".TH featuregate 1"), "{main}");
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    assert_eq!(run(["man", "--output", pages.to_str().unwrap()]).fine(), "");
    let mut names: Vec<String> = std::fs::read_dir(&pages)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for command in [
        "check",
        "completions",
        "diff",
        "docs",
        "explain",
        "list",
        "lsp",
        "man",
        "owners",
        "rule",
        "schema",
        "update",
        "verify",
    ] {
        assert!(names.contains(&format!("featuregate-{command}.1")), "{names:?}");
    }
    assert_eq!(std::fs::read_to_string(pages.join("featuregate.1")).unwrap(), main);
}

#[test]
fn each_command_teaches_by_example() {
    for command in ["list", "owners", "docs", "schema", "explain", "lsp", "completions", "man"] {
        let help = line(&format!("{command} --help")).fine();
        assert!(help.contains("Examples:\n"), "{help}");
        assert!(help.contains(&format!("featuregate {command}")), "{help}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    for arguments in [&["--help"][..], &["rule"], &["rule", "--format", "json"], &["man"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
        let ended = command.args(arguments).stdout(full).output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.starts_with("error: cannot write the output: "), "{arguments:?}: {err}");
    }
}
