//! The groups of arguments.

use clap::{CommandFactory, Parser};
use featuregate::FeatureGate;
use featuregate::args::{EmulationArgs, FeatureGateArgs};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation, env = "ARGUMENTS_FEATURE_GATES")]
enum Feature {
    /// Tries something.
    #[gate(alpha = "1.36")]
    Alpha,
    /// Proven.
    #[gate(beta(since = "1.36", default = false))]
    Beta,
    /// Locked for now.
    #[gate(beta(since = "1.36", locked = true))]
    LockedBeta,
    /// There for good.
    #[gate(ga(since = "1.36", locked = false))]
    Ga,
    /// On its way out.
    #[gate(ga(since = "1.0", locked = false), deprecated = "1.36")]
    Deprecated,
}

#[derive(Debug, Parser)]
#[command(name = "app")]
struct Cli {
    #[command(flatten)]
    gates: FeatureGateArgs<Feature>,
    #[command(flatten)]
    emulation: EmulationArgs<Feature>,
}

fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
    Cli::try_parse_from([&["app"], arguments].concat())
}

#[test]
fn repeated_flags_accumulate_and_the_last_one_wins() {
    let cli =
        parse(&["--feature-gates", "Alpha=true,Beta=true", "--feature-gates=Beta=false"]).unwrap();
    assert_eq!(cli.gates.texts(), ["Alpha=true,Beta=true", "Beta=false"]);
    let resolution = cli.gates.resolver().without_env().resolve().unwrap();
    assert!(resolution.enabled(Feature::Alpha) && !resolution.enabled(Feature::Beta));
}

#[test]
fn clap_takes_any_text_and_the_resolver_reports_all_problems() {
    let cli =
        parse(&["--feature-gates=A=maybe", "--feature-gates=,B=1", "--feature-gates="]).unwrap();
    let problems = cli.gates.resolver().without_env().resolve().unwrap_err();
    assert_eq!(problems.iter().count(), 2);
}

#[test]
fn the_long_help_lists_what_may_be_set_and_the_variable() {
    let help = Cli::command().render_long_help().to_string();
    for line in [
        "AllAlpha=true|false (ALPHA - default=false)",
        "AllBeta=true|false (BETA - default=false)",
        "Alpha=true|false (ALPHA - default=false)",
        "Beta=true|false (BETA - default=false)",
        "ARGUMENTS_FEATURE_GATES",
        "[default: 1.36]",
    ] {
        assert!(help.contains(line), "{line} is missing in\n{help}");
    }
    for name in ["LockedBeta", "Ga=", "Deprecated"] {
        assert!(!help.contains(name), "{name} is in\n{help}");
    }
    assert!(Cli::command().render_help().to_string().contains("ARGUMENTS_FEATURE_GATES"));
}

#[test]
fn an_emulated_version_is_one_up_to_the_programs_own() {
    let emulated = |text: &str| {
        parse(&["--emulated-version", text]).map(|cli| cli.emulation.emulated_version().to_string())
    };
    assert_eq!(parse(&[]).unwrap().emulation.emulated_version(), Feature::version());
    assert_eq!(emulated("1.30").unwrap(), "1.30");
    assert_eq!(emulated("v1.35.2").unwrap(), "1.35");
    for (text, why) in [
        (
            "1.37",
            "cannot emulate a release after 1.36, the release of this program; write 1.36 or an earlier one",
        ),
        ("soon", "\"soon\" is not a version; write major.minor, as in \"1.36\""),
    ] {
        let error = emulated(text).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains(why), "{error}");
    }
    let cli = parse(&["--emulated-version=1.35", "--feature-gates=Alpha=true"]).unwrap();
    let resolver = cli.emulation.apply(cli.gates.resolver().without_env());
    assert!(resolver.resolve().is_err(), "it begins with 1.36");
}

#[test]
fn a_completion_script_knows_names_and_values() {
    let mut script = Vec::new();
    let mut command = featuregate::args::for_completion::<Feature>(Cli::command());
    clap_complete::generate(clap_complete::Shell::Bash, &mut command, "app", &mut script);
    let script = String::from_utf8(script).unwrap();
    for text in ["Alpha=true", "Beta=false", "AllAlpha=true"] {
        assert!(script.contains(text), "{text} is missing in\n{script}");
    }
    assert!(!script.contains("LockedBeta=true"));
}

#[test]
fn a_usage_error_does_not_list_every_gate() {
    let error = parse(&["--feature-gates"]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(!error.to_string().contains("Alpha"), "{error}");
}

#[test]
fn completion_goes_on_after_a_comma() {
    let complete = |words: &[&str]| -> Vec<String> {
        let words: Vec<std::ffi::OsString> = words.iter().map(Into::into).collect();
        let index = words.len() - 1;
        clap_complete::engine::complete(&mut Cli::command(), words, index, None)
            .unwrap()
            .into_iter()
            .map(|candidate| candidate.get_value().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(
        complete(&["app", "--feature-gates", "Alpha=true,Bet"]),
        ["Alpha=true,Beta=true", "Alpha=true,Beta=false"]
    );
    assert_eq!(
        complete(&["app", "--feature-gates=Alp"]),
        ["--feature-gates=Alpha=true", "--feature-gates=Alpha=false"]
    );
}
