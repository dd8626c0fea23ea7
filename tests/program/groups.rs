//! Groups that a program chooses, its master switch, and release channels.

use clap::Args as _;
use featuregate::args::{FeatureListArgs, FeatureSwitchArgs, SwitchFlag, for_completion};
use featuregate::{Assignment, FeatureGate, Origin, Problem, Resolution, Source};

/// The gates of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(
    version = "1.3",
    rename_all = "kebab-case",
    groups = "none",
    group(preview = [alpha, beta], user_interface = [tui, "web-ui"], net = [net]),
    master = "preview",
    channel(stable = [], nightly = [alpha, net])
)]
#[tombstones(removed = "1.2", value = false; Undo, "redo-all")]
enum Feature {
    /// Draws in a terminal.
    #[gate(alpha = "1.1", tags(tui))]
    Terminal,
    /// Draws in a browser.
    #[gate(beta(since = "1.2", default = false), tags("web-ui", net))]
    Browser,
    /// Speaks a new protocol.
    #[gate(beta = "1.2", tags(net))]
    Protocol,
    /// Is worked on.
    #[gate(alpha = "1.3", except_from_groups, tags(tui))]
    Unsafe,
    /// Is done.
    #[gate(ga = "1.3", tags(net))]
    Done,
    /// Is done, and can be turned off.
    #[gate(ga(since = "1.3", locked = false, switchable), tags(net))]
    Sync,
}

type Layers<'a> = [(Source, &'a [(&'a str, bool)])];

fn resolution(layers: &Layers<'_>) -> Resolution<Feature> {
    let items = |source: &Source, items: &[(&str, bool)]| -> Vec<_> {
        let origin = Origin::new(source.clone());
        items
            .iter()
            .map(|(name, value)| Ok(Assignment::new(*name, *value, origin.clone())))
            .collect()
    };
    let resolver =
        layers.iter().fold(Feature::resolver().without_env(), |resolver, (source, of)| {
            resolver.config(items(source, of))
        });
    resolver.resolve().unwrap()
}

/// The names of the gates that are on.
fn on(layers: &Layers<'_>) -> Vec<&'static str> {
    let resolution = resolution(layers);
    Feature::all().filter(|gate| resolution.enabled(*gate)).map(Feature::name).collect()
}

fn file(name: &str) -> Source {
    Source::config(name)
}

#[test]
fn a_group_sets_the_gates_of_its_stages_and_tags() {
    let defaults = ["protocol", "done", "sync"];
    for (set, expected) in [
        (&[][..], &defaults[..]),
        (&[("preview", true)], &["terminal", "browser", "protocol", "done", "sync"]),
        (&[("preview", false)], &["done", "sync"]),
        (&[("user-interface", true)], &["terminal", "browser", "protocol", "done", "sync"]),
        (&[("net", true)], &["browser", "protocol", "done", "sync"]),
        (&[("net", false)], &["done"]),
    ] {
        assert_eq!(on(&[(file("a"), set)]), expected, "{set:?}");
    }
}

#[test]
fn of_several_groups_that_of_the_latest_layer_counts_and_within_it_the_last_declared() {
    for (layers, expected) in [
        (vec![(file("a"), &[("net", false), ("preview", true)][..])], &["terminal", "done"][..]),
        (vec![(file("a"), &[("preview", true), ("net", false)][..])], &["terminal", "done"]),
        (
            vec![(file("a"), &[("net", false)][..]), (file("b"), &[("user-interface", true)][..])],
            &["terminal", "browser", "done"],
        ),
        (
            vec![(file("a"), &[("user-interface", true)][..]), (file("b"), &[("net", false)][..])],
            &["terminal", "done"],
        ),
    ] {
        assert_eq!(on(&layers), expected, "{layers:?}");
    }
}

#[test]
fn a_gate_of_its_own_counts_more_than_a_group_wherever_it_is_set() {
    let layers = [
        (file("a"), &[("browser", true)][..]),
        (file("b"), &[("net", false), ("user-interface", false)][..]),
    ];
    assert_eq!(on(&layers), ["browser", "done"]);
}

#[test]
fn the_master_switch_overrides_its_gates_in_earlier_layers_and_not_in_its_own() {
    let named: &[(&str, bool)] = &[("browser", true), ("protocol", false), ("unsafe", true)];
    for (layers, expected) in [
        (
            vec![(file("a"), named), (file("b"), &[("preview", false)][..])],
            &["unsafe", "done", "sync"][..],
        ),
        (
            vec![(file("a"), named), (file("b"), &[("preview", true)][..])],
            &["terminal", "browser", "protocol", "unsafe", "done", "sync"],
        ),
        (
            vec![(file("a"), &[("preview", false)][..]), (file("b"), named)],
            &["browser", "unsafe", "done", "sync"],
        ),
        (
            vec![(file("a"), &[("preview", false), ("browser", true)][..])],
            &["browser", "done", "sync"],
        ),
    ] {
        assert_eq!(on(&layers), expected, "{layers:?}");
    }
}

#[test]
fn an_explanation_shows_what_a_master_switch_overrides() {
    let layers = [(file("a"), &[("browser", true)][..]), (file("b"), &[("preview", false)][..])];
    let resolution = resolution(&layers);
    let explanation = resolution.untyped().explain("browser").unwrap();
    let links: Vec<String> = explanation.links().iter().map(ToString::to_string).collect();
    assert_eq!(links, ["default", "a", "preview, b"]);
    let shown = explanation.to_string();
    assert!(shown.contains("overridden by preview, b"), "{shown}");
}

#[test]
fn groups_that_a_program_leaves_out_are_unknown_names() {
    for name in ["AllAlpha", "AllBeta", "allalpha"] {
        let error = Feature::resolver().without_env().flag(&format!("{name}=true")).resolve();
        assert_eq!(
            error.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>(),
            [format!(
                "--feature-gates, column 1, \"{name}=true\": unknown gate {name}; remove the setting, or correct the name"
            )]
        );
    }
}

#[test]
fn no_group_is_suggested_for_a_slip_of_the_pen() {
    let problems = Feature::resolver().without_env().flag("Preview=true,brwoser=true").resolve();
    let problems = problems.unwrap_err();
    let helps: Vec<Option<String>> = problems.iter().map(Problem::help).collect();
    assert_eq!(
        helps,
        [
            Some("remove the setting, or correct the name".into()),
            Some("did you mean browser?".into())
        ]
    );
}

#[test]
fn the_help_lists_the_groups_of_the_program() {
    assert_eq!(
        Feature::resolver().known_gates(),
        [
            "browser=true|false (BETA - default=false)",
            "net=true|false (BETA - default=false)",
            "preview=true|false (ALPHA - default=false)",
            "protocol=true|false (BETA - default=true)",
            "sync=true|false (GA - default=true)",
            "terminal=true|false (ALPHA - default=false)",
            "unsafe=true|false (ALPHA - default=false)",
            "user-interface=true|false (BETA - default=false)",
        ]
    );
}

#[test]
fn a_channel_turns_gates_on_by_default_and_a_setting_off() {
    let enabled = |resolver: featuregate::Resolver<Feature>| -> Vec<&str> {
        let resolution = resolver.without_env().resolve().unwrap();
        Feature::all().filter(|gate| resolution.enabled(*gate)).map(Feature::name).collect()
    };
    let stable = enabled(Feature::resolver().channel("stable"));
    assert_eq!(stable, enabled(Feature::resolver()));
    let nightly = || Feature::resolver().channel("nightly");
    assert_eq!(enabled(nightly()), ["terminal", "browser", "protocol", "done", "sync"]);
    assert_eq!(enabled(nightly().flag("terminal=false,net=false")), ["done"]);
    let help = nightly().known_gates();
    assert!(
        help.iter().any(|line| line == "terminal=true|false (ALPHA - default=true)"),
        "{help:?}"
    );
    let error = Feature::resolver().channel("canary").resolve().unwrap_err();
    assert_eq!(error.to_string(), "unknown channel canary; the channels are stable and nightly");
}

#[test]
fn a_switch_at_ga_is_set_without_a_notice() {
    let resolution = Feature::resolver().without_env().flag("sync=false").resolve().unwrap();
    assert!(!resolution.enabled(Feature::Sync));
    assert_eq!(resolution.notices().len(), 0);
    let resolution = Feature::resolver().without_env().flag("done=true").resolve().unwrap();
    assert_eq!(resolution.notices().len(), 1);
}

#[test]
fn a_program_may_list_all_gates_that_can_be_set() {
    #[derive(Clone, Copy, FeatureGate)]
    #[feature_gate(version = "1.3", groups = "none", help = "settable")]
    enum Feature {
        /// Is done, and can be turned off for now.
        #[gate(ga(since = "1.2", locked = false))]
        Done,
        /// Is on its way out.
        #[gate(beta = "1.1", deprecated = "1.2")]
        Old,
        /// Is done.
        #[gate(ga = "1.2")]
        Locked,
    }
    let expected =
        ["Done=true|false (GA - default=true)", "Old=true|false (DEPRECATED - default=true)"];
    assert_eq!(Feature::resolver().known_gates(), expected);
    assert_eq!(completed::<Feature>(), ["Done", "Old"]);
}

/// The names that are completed in a list.
fn completed<F: featuregate::Enums>() -> Vec<String> {
    let command = FeatureListArgs::<F>::augment_args(clap::Command::new("app"));
    let command = for_completion::<F>(command);
    let list = command.get_arguments().find(|arg| arg.get_id() == "enable").unwrap();
    list.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

#[test]
fn groups_and_switches_are_completed_and_locked_gates_are_not() {
    let expected =
        ["preview", "user-interface", "net", "terminal", "browser", "protocol", "unsafe", "sync"];
    assert_eq!(completed::<Feature>(), expected);
}

/// The help of a switch.
fn help_of<N: SwitchFlag>() -> String {
    let command = FeatureSwitchArgs::<Feature, N>::augment_args(clap::Command::new("app"));
    let switch = command.get_arguments().find(|arg| arg.get_id() == N::NAME).unwrap();
    switch.get_help().unwrap().to_string()
}

#[test]
fn the_help_of_a_switch_says_what_it_leaves_alone() {
    enum Master {}
    impl SwitchFlag for Master {
        const NAME: &'static str = "preview";
        const GATE: &'static str = "preview";
        const ENV: Option<&'static str> = Some("APP_PREVIEW");
    }
    enum Group {}
    impl SwitchFlag for Group {
        const NAME: &'static str = "network";
        const GATE: &'static str = "net";
    }
    enum Gate {}
    impl SwitchFlag for Gate {
        const NAME: &'static str = "terminal";
        const GATE: &'static str = "terminal";
    }
    assert_eq!(
        help_of::<Master>(),
        "Turn preview on, whatever a configuration or variable says about its gates [env: APP_PREVIEW]"
    );
    assert_eq!(help_of::<Group>(), "Turn net on, but for the gates that are set themselves");
    assert_eq!(help_of::<Gate>(), "Turn terminal on");
}

#[test]
fn gates_that_were_removed_together_are_tombstones() {
    let problems = Feature::resolver().without_env().flag("undo=true,redo-all=true").resolve();
    let gates: Vec<String> =
        problems.unwrap_err().iter().map(|problem| problem.gate().to_owned()).collect();
    assert_eq!(gates, ["undo", "redo-all"]);
    let resolution = Feature::resolver().without_env().flag("undo=false").resolve().unwrap();
    assert_eq!(resolution.notices().len(), 1);
}

#[test]
fn the_manifest_has_the_groups_and_channels() {
    let manifest = featuregate::manifest::<Feature>();
    let yaml = manifest.to_yaml().unwrap();
    let head = "version: \"1.3\"\ngroups:\n- name: preview\n  stages:\n  - Alpha\n  - Beta\n  master: true\n- name: user-interface\n  tags:\n  - tui\n  - web-ui\n- name: net\n  tags:\n  - net\nchannels:\n- name: stable\n- name: nightly\n  stages:\n  - Alpha\n  tags:\n  - net\ngates:\n";
    assert!(yaml.starts_with(head), "{yaml}");
    let registry = manifest.registry(manifest.version()).unwrap();
    assert_eq!(registry.enabled("preview"), Some(false));
    assert_eq!(registry.enabled("AllAlpha"), None);
}
