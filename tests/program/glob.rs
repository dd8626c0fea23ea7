//! What `use featuregate::*` brings does not stand in for other crates of a program.

// The names of crates that programs use beside it.
use featuregate::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum Feature {
    /// Off.
    #[gate(alpha)]
    A,
}

#[derive(clap::Parser, serde::Deserialize)]
struct Config {
    #[command(flatten)]
    #[serde(skip)]
    gates: Option<Flags>,
    name: String,
}

#[derive(Clone, Debug, Default, clap::Args)]
struct Flags {
    #[arg(long)]
    quiet: bool,
}

#[test]
fn a_glob_import_does_not_hide_other_crates() {
    let config: Config = serde_json::from_str(r#"{"name": "a"}"#).unwrap();
    assert_eq!((config.name.as_str(), config.gates.is_none()), ("a", true));
    let config = <Config as clap::Parser>::parse_from(["app", "--quiet", "b"]);
    assert_eq!((config.name.as_str(), config.gates.is_some_and(|flags| flags.quiet)), ("b", true));
    assert!(!Feature::A.enabled());
}
