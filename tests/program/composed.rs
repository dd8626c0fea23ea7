//! Several enums in one process.

use clap::{CommandFactory, Parser};
use featuregate::args::{EmulationArgs, FeatureGateArgs};
use featuregate::{FeatureGate, Resolver};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation, env = "COMPOSED_FEATURE_GATES")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30", beta = "1.36")]
    Cache,
    /// Off.
    #[gate(alpha = "1.30")]
    Other,
}

mod store {
    /// The gates of a library.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "3.6", component = "store", emulation)]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "3.4", beta = "3.6")]
        Compaction,
        /// The name of another component's gate.
        #[gate(alpha = "3.5")]
        Cache,
    }
}

mod net {
    /// The gates of another library, which are written bare.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36", emulation)]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "1.35")]
        Quic,
    }
}

type All = (Feature, store::Feature, net::Feature);

fn resolver() -> Resolver<All> {
    Resolver::new().without_env()
}

#[test]
fn one_text_sets_the_gates_of_all() {
    let resolution =
        resolver().flag("Other=1,store:Cache=1,Quic=1,store:AllBeta=false").resolve().unwrap();
    let app = resolution.of::<Feature>().unwrap();
    let store = resolution.of::<store::Feature>().unwrap();
    let net = resolution.of::<net::Feature>().unwrap();
    assert!(app.enabled(Feature::Other) && app.enabled(Feature::Cache));
    assert!(!store.enabled(store::Feature::Compaction) && store.enabled(store::Feature::Cache));
    assert!(net.enabled(net::Feature::Quic));
    assert_eq!(store.gates().iter().count(), 2);
}

#[test]
fn problems_of_all_are_reported_together() {
    let problems = resolver().flag("store:Other=1,Quick=1,store:Compaction=x").resolve();
    let gates: Vec<String> = problems.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        gates,
        [
            "--feature-gates, column 1, \"store:Other=1\": unknown gate store:Other; did you mean Other?",
            "--feature-gates, column 15, \"Quick=1\": unknown gate Quick; did you mean Quic?",
            "--feature-gates, column 23, \"store:Compaction=x\": the value \"x\" of gate store:Compaction is not a boolean; write true or false",
        ]
    );
}

#[test]
fn each_component_runs_as_a_release_of_its_own() {
    let old = |component| {
        let resolver = match component {
            None => resolver().emulate("1.35".parse().unwrap()),
            component => resolver().emulate_component(component, "3.5".parse().unwrap()),
        };
        let resolution = resolver.resolve().unwrap();
        let app = resolution.of::<Feature>().unwrap();
        let store = resolution.of::<store::Feature>().unwrap();
        (app.enabled(Feature::Cache), store.enabled(store::Feature::Compaction))
    };
    assert_eq!(old(None), (false, true));
    assert_eq!(old(Some("store")), (true, false));
}

#[test]
fn a_name_that_two_enums_declare_is_an_error_at_start_that_names_both() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Clash {
        /// The same name.
        #[gate(alpha, alias = "Other")]
        Cache,
    }
    let problems = Resolver::<(Feature, Clash)>::new().resolve().unwrap_err().to_string();
    assert!(problems.contains("composed::Feature") && problems.contains("Clash"), "{problems}");
    assert!(problems.ends_with("give one of the enums a component"), "{problems}");
}

#[test]
fn all_are_installed_or_none() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum A {
        /// Off.
        #[gate(alpha)]
        InA,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum B {
        /// Off.
        #[gate(alpha)]
        InB,
    }
    let _ = B::resolver().resolve().unwrap().install().unwrap();
    let both = || Resolver::<(A, B)>::new().flag("InA=1,InB=1").resolve().unwrap();
    assert!(both().install().is_err());
    assert!(!A::InA.enabled() && A::installed().is_none(), "nothing of the other one changed");
    let installed = A::resolver().flag("InA=1").resolve().unwrap().install().unwrap();
    assert!(installed.read_before().len() <= 1);
    assert!(A::InA.enabled() && A::installed().is_some_and(|gates| gates.enabled(A::InA)));
}

#[test]
fn of_two_that_overlap_in_another_order_exactly_one_is_installed() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum A {
        /// Off.
        #[gate(alpha)]
        InA,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum B {
        /// Off.
        #[gate(alpha)]
        InB,
    }
    let installed: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|number| {
                scope.spawn(move || {
                    usize::from(if number % 2 == 0 {
                        Resolver::<(A, B)>::new().flag("InA=1").resolve().unwrap().install().is_ok()
                    } else {
                        Resolver::<(B, A)>::new().flag("InB=1").resolve().unwrap().install().is_ok()
                    })
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(installed, 1);
    assert_ne!(A::InA.enabled(), B::InB.enabled(), "both are of the same resolution");
}

#[test]
fn a_gate_that_was_read_too_early_is_named_with_its_component() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(component = "early")]
    enum Early {
        /// Off.
        #[gate(alpha)]
        Read,
    }
    assert!(!Early::Read.enabled());
    let resolution = Early::resolver().flag("early:Read=1").resolve().unwrap();
    let expected: &[&str] = if cfg!(debug_assertions) { &["early:Read"] } else { &[] };
    assert_eq!(resolution.install().unwrap().read_before(), expected);
}

#[derive(Debug, Parser)]
struct Cli {
    #[command(flatten)]
    gates: FeatureGateArgs<All>,
    #[command(flatten)]
    emulation: EmulationArgs<All>,
}

fn parse(arguments: &[&str]) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(["app"].iter().chain(arguments))
}

#[test]
fn one_help_lists_the_gates_of_all() {
    let help = Cli::command().render_long_help().to_string();
    for line in [
        "AllAlpha=true|false (ALPHA - default=false)",
        "Cache=true|false (BETA - default=true)",
        "Quic=true|false (ALPHA - default=false)",
        "store:AllBeta=true|false (BETA - default=false)",
        "store:Compaction=true|false (BETA - default=true)",
        "[default: 1.36,store=3.6]",
    ] {
        assert!(help.contains(line), "{line}\n{help}");
    }
}

#[test]
fn the_arguments_give_each_component_its_release() {
    let cli = parse(&[
        "--emulated-version=1.35,store=3.5",
        "--min-compatibility-version=store=3.4",
        "--feature-gates=store:Cache=true",
    ])
    .unwrap();
    assert_eq!(cli.emulation.emulated_version(), "1.35".parse().unwrap());
    let resolution = cli.emulation.apply(cli.gates.resolver()).without_env().resolve().unwrap();
    let versions: Vec<String> = resolution
        .untyped()
        .gates()
        .components()
        .iter()
        .map(|component| {
            let versions = component.versions();
            format!("{} {} {}", versions.binary, versions.emulated, versions.min_compat)
        })
        .collect();
    assert_eq!(versions, ["1.36 1.35 1.34", "3.6 3.5 3.4"]);
}

#[test]
fn an_impossible_release_is_a_usage_error_that_says_what_is_possible() {
    let usage_error = |arguments: &[&str]| {
        let error = parse(arguments).unwrap_err();
        assert_eq!(error.exit_code(), 2);
        error.to_string()
    };
    for (arguments, expected) in [
        (
            vec!["--emulated-version=1.37"],
            "cannot emulate a release after 1.36, the release of this program; write 1.36 or an earlier one",
        ),
        (
            vec!["--emulated-version=store=3.7"],
            "cannot emulate a release after 3.6, the release of store; write 3.6 or an earlier one",
        ),
        (
            vec!["--emulated-version=stor=3.5"],
            "unknown component \"stor\"; named components: store",
        ),
        (vec!["--emulated-version=1"], "1"),
        (
            vec!["--emulated-version=1.34", "--emulated-version=1.35"],
            "--emulated-version has both 1.34 and 1.35, but a component runs as one release; remove one of them",
        ),
        (
            vec!["--emulated-version=1.34", "--min-compatibility-version=1.35"],
            "--min-compatibility-version=1.35 is after the release to run as; write 1.34 or an earlier one",
        ),
        (
            vec!["--min-compatibility-version=1.37"],
            "cannot require a release after 1.36, the release of this program; write 1.36 or an earlier one",
        ),
    ] {
        let error = usage_error(&arguments);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_component_without_a_name_can_follow_one_with_a_name() {
    #[derive(Debug, Parser)]
    struct Other {
        #[command(flatten)]
        emulation: EmulationArgs<(store::Feature, Feature)>,
    }
    let help = Other::command().render_long_help().to_string();
    assert!(help.contains("[default: 3.6,=1.36]"), "{help}");
    let given = Other::try_parse_from(["app", "--emulated-version=3.5,=1.34"]).unwrap();
    let resolver = given.emulation.apply(Resolver::new()).without_env();
    let resolution = resolver.resolve().unwrap();
    let emulated = |one: &str| resolution.untyped().state(one).unwrap().versions().emulated;
    assert_eq!(emulated("store:Cache"), "3.5".parse().unwrap());
    assert_eq!(emulated("Cache"), "1.34".parse().unwrap());
}

#[test]
fn a_component_that_does_not_exist_cannot_run_as_another_release() {
    let version = "3.5".parse().unwrap();
    let problems = resolver().emulate_component(Some("stoer"), version).resolve().unwrap_err();
    assert_eq!(problems.to_string(), "unknown component stoer; correct the name");
}

#[test]
fn enums_that_cannot_be_composed_say_so_in_the_help_and_when_they_are_resolved() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Clash {
        /// The same name.
        #[gate(alpha)]
        Cache,
    }
    #[derive(Debug, Parser)]
    struct Clashing {
        #[command(flatten)]
        gates: FeatureGateArgs<(Feature, Clash)>,
        #[command(flatten)]
        explain: featuregate::args::ExplainArgs<(Feature, Clash)>,
    }
    let help = Clashing::command().render_long_help().to_string();
    assert!(
        help.contains("none, because:") && help.contains("both declare the name Cache"),
        "{help}"
    );
    let cli = Clashing::try_parse_from(["app", "--explain-feature-gates=Cache"]).unwrap();
    let problems = cli.gates.resolver().without_env().resolve().unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
}

#[test]
fn the_text_of_a_variable_counts_also_where_no_enum_names_one() {
    let problems = Resolver::<store::Feature>::new().env_text("Nonsense").resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "the environment, column 1, \"Nonsense\": gate Nonsense has no value; write Nonsense=true or Nonsense=false"
    );
}

#[test]
fn a_group_that_leaves_out_another_component_is_a_notice() {
    let notices = |text: &str| {
        let resolution = resolver().flag(text).resolve().unwrap();
        resolution.notices().iter().map(ToString::to_string).collect::<Vec<String>>()
    };
    assert_eq!(
        notices("AllAlpha=true"),
        [
            "--feature-gates, column 1, \"AllAlpha=true\": AllAlpha applies only to the gates without a component; \
             to set all gates, also set store:AllAlpha=true"
        ]
    );
    assert_eq!(notices("AllAlpha=true,store:AllAlpha=false"), [""; 0]);
    assert_eq!(notices("store:AllAlpha=true"), [""; 0]);
}
