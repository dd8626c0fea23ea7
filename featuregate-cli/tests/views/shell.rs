//! Completions and manual pages.

use crate::program::{line, run};

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = line(&format!("completions {shell}")).fine();
        for command in ["check", "list", "diff", "schema", "explain", "rule"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let unknown = line("completions tcsh").failed();
    assert!(unknown.contains("bash, elvish, fish, powershell, zsh"), "{unknown}");
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
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_featuregate"));
        let ended = command.args(arguments).stdout(full).output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.starts_with("error: cannot write the output: "), "{arguments:?}: {err}");
    }
}
