//! The error of a gate that is required says how to turn it on, in the notation of the program's own sources.
#![cfg(all(feature = "derive", feature = "clap"))]
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use clap::Parser;
use featuregate::args::{
    FeatureGateArgs, FeatureListArgs, FeatureSwitchArgs, GateFlag, ListFlags, SwitchFlag,
};
use featuregate::{FeatureGate, Notation, Resolver, Source};

fn required<F: FeatureGate>(gate: F, resolver: Resolver<F>) -> String {
    let _ = resolver.resolve().unwrap().install().unwrap();
    let error = gate.require().unwrap_err().to_string();
    error.split_once("; to turn it on, ").unwrap().1.to_owned()
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(groups = "none", group(all = [alpha]))]
enum Listed {
    /// Off.
    #[gate(alpha, requires(Disk))]
    Cache,
    /// Off.
    #[gate(alpha)]
    Disk,
}

#[derive(Clone, Copy)]
enum Preview {}

impl ListFlags for Preview {
    const ON: Option<&'static str> = Some("preview-features");
    const OFF: Option<&'static str> = Some("no-preview-features");
    const ON_ENV: Option<&'static str> = Some("APP_PREVIEW_FEATURES");
}

impl SwitchFlag for Preview {
    const NAME: &'static str = "preview";
    const GATE: &'static str = "all";
    const ENV: Option<&'static str> = Some("APP_PREVIEW");
}

#[derive(Parser)]
struct Lists {
    #[command(flatten)]
    list: FeatureListArgs<Listed, Preview>,
    #[command(flatten)]
    switch: FeatureSwitchArgs<Listed, Preview>,
}

#[test]
fn a_name_is_added_to_a_list() {
    let cli = Lists::parse_from(["app"]);
    assert_eq!(
        required(Listed::Cache, cli.switch.apply(cli.list.resolver())),
        "add Cache,Disk to the variable APP_PREVIEW_FEATURES or --preview-features, or turn it on in the configuration"
    );
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(env_prefix = "APP_GATE_")]
enum Single {
    /// Off.
    #[gate(alpha)]
    Cache,
}

#[derive(Clone, Copy)]
enum CacheSwitch {}

impl SwitchFlag for CacheSwitch {
    const NAME: &'static str = "cache";
    const GATE: &'static str = "Cache";
    const ENV: Option<&'static str> = Some("APP_CACHE");
}

#[derive(Parser)]
struct Switch {
    #[command(flatten)]
    switch: FeatureSwitchArgs<Single, CacheSwitch>,
}

#[test]
fn a_switch_and_a_variable_of_the_gate_itself_are_named() {
    assert_eq!(
        required(Single::Cache, Switch::parse_from(["app"]).switch.resolver()),
        "use --cache, or set APP_CACHE=1, or set APP_GATE_CACHE=1, or turn it on in the configuration"
    );
}

#[derive(Clone, Copy, FeatureGate)]
enum Switched {
    /// On.
    #[gate(beta)]
    Cache,
}

#[derive(Parser)]
struct Off {
    #[command(flatten)]
    switch: FeatureSwitchArgs<Switched, CacheSwitch>,
}

#[test]
fn the_flag_that_turned_the_gate_off_is_not_named() {
    assert_eq!(
        required(Switched::Cache, Off::parse_from(["app", "--no-cache"]).switch.resolver()),
        "use --cache, or set APP_CACHE=1, or turn it on in the configuration"
    );
}

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(component = "store", env = "STORE_GATES")]
enum Store {
    /// Off.
    #[gate(alpha)]
    Compaction,
}

#[derive(Clone, Copy)]
enum Gates {}

impl GateFlag for Gates {
    const NAME: &'static str = "gates";
}

#[derive(Parser)]
struct Renamed {
    #[command(flatten)]
    gates: FeatureGateArgs<Store, Gates>,
}

#[test]
fn a_flag_has_the_name_that_the_program_gave_it() {
    assert_eq!(
        required(Store::Compaction, Renamed::parse_from(["app"]).gates.resolver()),
        "set store:Compaction=true in --gates, the variable STORE_GATES or the configuration"
    );
}

#[derive(Clone, Copy, FeatureGate)]
enum Configured {
    /// Off.
    #[gate(alpha)]
    Cache,
}

#[test]
fn a_program_without_a_flag_names_none() {
    let off = Source::flag("--disable").written(Notation::Off);
    assert_eq!(
        required(Configured::Cache, Configured::resolver().text(&off, "")),
        "set Cache=true in the configuration"
    );
}

#[derive(Clone, Copy, FeatureGate)]
enum Signed {
    /// Off.
    #[gate(alpha)]
    Cache,
}

#[test]
fn signs_are_written_as_signs() {
    let signs = Source::env("APP_GATES").written(Notation::Signs);
    assert_eq!(
        required(Signed::Cache, Signed::resolver().variable(signs).flag("")),
        "set Cache in the variable APP_GATES, or set Cache=true in --feature-gates, or turn it on in the configuration"
    );
}
