//! Sources in the order of the program, each with its policy; pins; and what applies where something is left out.

use featuregate::{
    Assignment, Cause, Effect, FeatureGate, Item, ItemError, Notice, Origin, Policy, Problem,
    ProblemKind, Relation, Resolution, Resolver, Source, SourceKind, Treatment, Value,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", env = "LAYERS_FEATURE_GATES")]
#[tombstone(Gone, alpha = "1.20", beta = "1.22", removed = "1.30")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30", alias = "OldCache")]
    Cache,
    /// Needs the cache.
    #[gate(alpha = "1.30", requires(Cache))]
    Prefetch,
    /// Needs what needs the cache.
    #[gate(alpha = "1.30", requires(Prefetch))]
    Predict,
    /// Turns on two others.
    #[gate(alpha = "1.30", implies(Fast))]
    Turbo,
    /// Turned on with another.
    #[gate(alpha = "1.30", implies(Faster))]
    Fast,
    /// Turned on at the end.
    #[gate(alpha = "1.30", alias = "Quick")]
    Faster,
    /// On.
    #[gate(beta = "1.30")]
    On,
    /// On, and needs what is on.
    #[gate(beta = "1.30", requires(On))]
    OnToo,
    /// Locked on.
    #[gate(ga = "1.30", alias = "OldLocked")]
    Locked,
    /// On, but not locked.
    #[gate(ga(since = "1.30", locked = false), alias = "OldOpen")]
    Open,
}

fn at(path: &str, line: u32) -> Origin {
    Origin::new(Source::config(path)).at(line, 1)
}

/// The items of a file, each on a line of its own.
fn file(path: &str, items: &[(&str, bool)]) -> Vec<Item> {
    let item = |(line, (name, value)): (u32, &(&str, bool))| {
        Ok(Assignment::new(*name, *value, at(path, line)))
    };
    (1..).zip(items).map(item).collect()
}

fn resolver() -> Resolver<Feature> {
    Feature::resolver().without_env()
}

fn lines<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

/// The chain of a gate, each step with what it does.
fn chain(resolution: &Resolution<Feature>, gate: &str) -> Vec<String> {
    let explanation = resolution.explain(gate).unwrap();
    let step =
        |link: &featuregate::Link<'_>| format!("{link}: {} {:?}", link.value(), link.effect());
    explanation.links().iter().map(step).collect()
}

#[test]
fn each_configuration_overrides_those_before_it() {
    let resolution = resolver()
        .flag("Cache=true")
        .config(file("system.toml", &[("Fast", true), ("Faster", false), ("Cache", false)]))
        .config(file("user.toml", &[("Fast", false), ("Quick", true)]))
        .resolve()
        .unwrap();
    assert!(resolution.enabled(Feature::Cache) && resolution.enabled(Feature::Faster));
    assert!(!resolution.enabled(Feature::Fast));
    assert_eq!(
        chain(&resolution, "Faster"),
        [
            "default: false Overridden",
            "system.toml:2:1: false Overridden",
            "user.toml:2:1: true Decides"
        ]
    );
}

#[test]
fn a_former_and_a_current_name_contradict_each_other_only_within_a_layer() {
    let both = [("Cache", false), ("OldCache", true)];
    let problems = resolver().config(file("app.toml", &both)).resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "app.toml:2:1: OldCache=true contradicts Cache=false at app.toml:1:1, since both are names of one gate; keep one of them"
    );
    // Two sections of one file are two layers.
    let [base, profile] = both.map(|item| file("app.toml", &[item]));
    let resolution = resolver().config(base).config(profile).resolve().unwrap();
    assert!(resolution.enabled(Feature::Cache));
    // A flag that is repeated is one source.
    assert!(resolver().flag("Cache=false").flag("OldCache=true").resolve().is_err());
    assert!(resolver().flag("Cache=false").env_text("OldCache=true").resolve().is_ok());
}

#[test]
fn the_order_of_the_calls_is_that_of_the_sources_where_the_program_says_so() {
    let values = |resolver: Resolver<Feature>| {
        let resolution = resolver.env_text("Cache=true").resolve().unwrap();
        let by = resolution.untyped().state("Cache").unwrap().cause().assignment().cloned();
        by.unwrap().origin.source().kind()
    };
    let config = || file("app.toml", &[("Cache", false)]);
    let flag = "Cache=false";
    assert_eq!(values(Feature::resolver().flag(flag).config(config())), "flag");
    let ordered = || Feature::resolver().in_call_order();
    assert_eq!(values(ordered().flag(flag).env().config(config())), "config");
    assert_eq!(values(ordered().flag(flag).config(config()).env()), "env");
    assert_eq!(values(ordered().env().flag(flag)), "flag");
    assert_eq!(values(Feature::resolver().env().config(config()).in_call_order()), "config");
    // Where it is not said, the environment comes directly after the last configuration.
    assert_eq!(values(ordered().flag(flag)), "flag");
    assert_eq!(values(ordered().flag(flag).config(config())), "env");
    assert_eq!(values(ordered().config(config()).flag(flag)), "flag");
}

#[test]
fn an_explanation_has_the_sources_in_the_order_of_the_program() {
    let resolver = Feature::resolver()
        .in_call_order()
        .flag("Cache=true")
        .env()
        .config(file("system.toml", &[("Cache", true)]))
        .config(file("user.toml", &[("Cache", false)]))
        .pin(Feature::Cache, true)
        .env_text("Cache=false");
    let resolution = resolver.resolve().unwrap();
    let explanation = resolution.explain("Cache").unwrap();
    let steps = explanation.links().iter().map(|link| {
        let source = link.cause().assignment().map(|by| by.origin.source().to_string());
        (source.unwrap_or_default(), link.effect())
    });
    let expected = [
        ("", Effect::Overridden),
        ("--feature-gates", Effect::Overridden),
        ("LAYERS_FEATURE_GATES", Effect::Overridden),
        ("system.toml", Effect::Overridden),
        ("user.toml", Effect::Overridden),
        ("a pin of the program", Effect::Decides),
    ];
    let steps: Vec<(String, Effect)> = steps.collect();
    assert_eq!(steps, expected.map(|(source, effect)| (source.to_owned(), effect)));
}

#[test]
fn a_pin_applies_whatever_the_sources_say() {
    let resolution = resolver()
        .pin(Feature::Cache, false)
        .pins(file("managed.toml", &[("Faster", true), ("Gone", true)]))
        .config(file("app.toml", &[("OldCache", true), ("Faster", true)]))
        .flag("Faster=false,Faster=true")
        .resolve()
        .unwrap();
    assert!(!resolution.enabled(Feature::Cache) && resolution.enabled(Feature::Faster));
    assert_eq!(
        lines(resolution.notices()),
        [
            "app.toml:1:1: OldCache is a former name of gate Cache; write Cache",
            "app.toml:1:1: gate Cache (set as OldCache) is pinned to false by the program, so setting it to true changes nothing; remove the setting",
        ],
        "what agrees is not reported, nor what only the program can change"
    );
    assert_eq!(
        chain(&resolution, "Cache"),
        [
            "default: false Overridden",
            "app.toml:1:1: true Overridden",
            "a pin of the program: false Decides"
        ]
    );
    let other = resolver().pins(file("managed.toml", &[("Cache", false)])).flag("Cache=true");
    assert_eq!(
        other.resolve().unwrap().notices()[0].message(),
        "gate Cache is pinned to false at managed.toml:1:1, so setting it to true changes nothing"
    );
    let problems = resolver().pin(Feature::Locked, false).resolve().unwrap_err();
    assert!(problems.to_string().starts_with("a pin of the program: gate Locked is GA"));
}

#[test]
fn no_problem_suggests_to_change_a_pin() {
    let pinned = resolver().pin(Feature::Cache, false);
    let shown = |text: &str| pinned.clone().flag(text).resolve().unwrap_err().to_string();
    assert_eq!(
        shown("Prefetch=true"),
        "--feature-gates, column 1, \"Prefetch=true\": gate Prefetch is on but requires Cache (set to false at a pin of the program), which is off; remove Prefetch=true"
    );
    assert!(shown("Prefetch=true,Predict=true").ends_with("remove Predict=true and Prefetch=true"));
}

#[test]
fn each_kind_of_source_has_its_policy_for_what_cannot_be_used() {
    let invalid = |path: &str, name: &str, value: &str| -> Item {
        Err(ItemError::new(name, Some(Value::Text(value.into())), at(path, 9)))
    };
    let items = || {
        let mut items = file("app.toml", &[("Nowhere", true), ("Gone", false), ("Gone", true)]);
        items.push(invalid("app.toml", "Cache", "yes"));
        items
    };
    let policy = |policy| resolver().policy(SourceKind::Config, policy).config(items());
    let notices = |policy_of| lines(policy(policy_of).resolve().unwrap().notices());
    assert_eq!(
        notices(Policy::of(Treatment::Notice)),
        [
            "app.toml:1:1: unknown gate Nowhere is ignored",
            "app.toml:3:1: gate Gone was removed in 1.30 and stays on; remove the setting",
            "app.toml:9:1: the value \"yes\" of gate Cache is not a boolean, so it is ignored; write true"
        ]
    );
    assert_eq!(notices(Policy::of(Treatment::Ignore)), [""; 0]);
    assert_eq!(policy(Policy::of(Treatment::Refuse)).resolve().unwrap_err().iter().count(), 3);
    let default = policy(Policy::new()).resolve().unwrap_err();
    assert_eq!(lines(default.iter().map(Problem::gate)), ["Nowhere", "Cache"]);
    // Another source is not affected.
    let flags = policy(Policy::of(Treatment::Ignore)).flag("Elsewhere=true,Gone=false,On=maybe");
    let problems = flags.resolve().unwrap_err();
    assert_eq!(lines(problems.iter().map(Problem::gate)), ["Elsewhere", "Gone", "On"]);
    // The policy of all applies to the sources without their own.
    let lax = resolver().unknown(Treatment::Ignore).flag("Nowhere=true");
    assert_eq!(lax.clone().resolve().unwrap().notices(), []);
    assert!(lax.policy(SourceKind::Flag, Policy::new()).resolve().is_err());
}

#[test]
fn a_removed_gate_can_be_ignored_at_any_value() {
    let policy = Policy::new().removed(Treatment::Ignore);
    let contrary = || file("app.toml", &[("Gone", false)]);
    let ignored = resolver().policy(SourceKind::Config, policy).config(contrary());
    assert_eq!(ignored.resolve().unwrap().notices(), []);
    let policy = Policy::new().removed(Treatment::Notice);
    let noticed =
        resolver().policy(SourceKind::Config, policy).config(contrary()).resolve().unwrap();
    assert_eq!(
        lines(noticed.notices()),
        [
            "app.toml:1:1: gate Gone was removed in 1.30 and stays on, so setting it to false changes nothing; remove the setting"
        ]
    );
    assert_eq!(noticed.untyped().enabled("Gone"), Some(true));
}

#[test]
fn an_unknown_name_is_reported_once_for_each_way_to_treat_it() {
    let resolution = resolver()
        .policy(SourceKind::Config, Policy::of(Treatment::Notice))
        .policy(SourceKind::Flag, Policy::of(Treatment::Ignore))
        .config(file("app.toml", &[("Nowhere", true), ("Nowhere", false)]))
        .flag("Nowhere=true")
        .resolve()
        .unwrap();
    let origins = resolution.notices().iter().filter_map(Notice::origin);
    assert_eq!(lines(origins), ["app.toml:2:1"]);
}

#[test]
fn a_gate_that_is_implied_is_on_unless_it_is_set_to_off() {
    let on = resolver().flag("Turbo=true").resolve().unwrap();
    assert!([Feature::Turbo, Feature::Fast, Feature::Faster].iter().all(|gate| on.enabled(*gate)));
    assert_eq!(
        chain(&on, "Faster"),
        [
            "default: false Overridden",
            "implied by Fast, --feature-gates, column 1, \"Turbo=true\": true Decides"
        ]
    );
    let state = on.untyped().state("Faster").unwrap();
    assert_eq!((state.implied_by(), state.implies().count()), (Some("Fast"), 0));
    assert!(matches!(state.cause(), Cause::Implied(Some(by)) if by.name == "Turbo"));
    assert_eq!(on.untyped().state("Turbo").unwrap().implies().collect::<Vec<_>>(), ["Fast"]);
    // A gate of its own, and nothing else, is needed to turn it off.
    let by_group = resolver().flag("AllAlpha=false,Turbo=true").resolve().unwrap();
    assert!(by_group.enabled(Feature::Faster));
    let problems = resolver().flag("Turbo=true,Quick=false").resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "--feature-gates, column 1, \"Turbo=true\": gate Fast is on by Turbo, which implies it, but implies Faster (Quick=false at --feature-gates, column 12, \"Quick=false\"), which is off; set Faster=true instead, or remove Turbo=true"
    );
    // Its own setting decides where it agrees.
    let own = resolver().flag("Turbo=true,Fast=true").resolve().unwrap();
    assert_eq!(
        chain(&own, "Fast"),
        [
            "default: false Overridden",
            "implied by Turbo, --feature-gates, column 1, \"Turbo=true\": true Overridden",
            "--feature-gates, column 12, \"Fast=true\": true Decides"
        ]
    );
    let off = resolver().flag("Turbo=false,Faster=true").resolve().unwrap();
    assert!(!off.enabled(Feature::Fast), "nothing is implied backwards");
}

#[test]
fn a_registry_implies_as_an_enum_does() {
    use featuregate::{RawMilestone, RawSpec, Registry, Version};

    let gate = |name: &str, milestone| RawSpec::new(name).milestone(milestone);
    let mut registry = Registry::new(Version::new(1, 36));
    registry
        .register([
            gate("Default", RawMilestone::beta("1.30")).implies("Base"),
            gate("Base", RawMilestone::beta("1.30")),
            gate("A", RawMilestone::alpha("1.30")).implies("B"),
            gate("B", RawMilestone::alpha("1.30")),
            gate("User", RawMilestone::alpha("1.30")).requires("B"),
        ])
        .unwrap();
    // What is on by default implies too.
    registry.set("AllBeta=true").unwrap();
    let shown = registry.set("Base=false").unwrap_err().to_string();
    assert!(shown.contains("gate Default is on by AllBeta but implies Base"), "{shown}");
    registry.reset("AllBeta").unwrap();
    let shown = registry.set("Base=false").unwrap_err().to_string();
    assert!(
        shown.contains("gate Default is on by default but implies Base, which is off"),
        "{shown}"
    );
    registry.set("Default=false,Base=false").unwrap();
    // What is implied fulfils what others require.
    registry.set("A=true,User=true").unwrap();
    assert_eq!(registry.enabled("B"), Some(true));
    assert!(registry.reset("A").is_err(), "User needs B");
    assert!(registry.override_default("B", false).is_ok());
    assert_eq!(registry.enabled("B"), Some(true));
}

#[test]
fn lenient_resolving_leaves_out_what_is_refused_and_reports_it() {
    let items = file(
        "app.toml",
        &[("Nowhere", true), ("Locked", false), ("Gone", false), ("Faster", true)],
    );
    let resolver = resolver().config(items).flag("Cache=maybe,On=false,OnToo=false");
    let strict = resolver.clone().resolve().unwrap_err();
    let resolution = resolver.resolve_lenient().unwrap();
    assert_eq!(resolution.problems(), strict.iter().cloned().collect::<Vec<_>>());
    assert!(resolution.enabled(Feature::Faster) && resolution.enabled(Feature::Locked));
    assert!(!resolution.enabled(Feature::On) && !resolution.enabled(Feature::Cache));
    assert_eq!(chain(&resolution, "Locked"), ["default: true Decides", "app.toml:2:1: false None"]);
    let nothing_wrong = Feature::resolver().without_env().flag("Cache=true").resolve_lenient();
    assert_eq!(nothing_wrong.unwrap().problems(), []);
}

#[test]
fn of_two_names_that_contradict_each_other_lenient_resolving_takes_neither() {
    let resolution = resolver()
        .config(file("app.toml", &[("Cache", true), ("Open", false)]))
        .flag("Cache=true,OldCache=false,OldOpen=true,Open=false")
        .resolve_lenient()
        .unwrap();
    assert!(resolution.enabled(Feature::Cache), "the weaker source decides");
    assert_eq!(
        chain(&resolution, "Cache"),
        [
            "default: false Overridden",
            "app.toml:1:1: true Decides",
            "--feature-gates, column 1, \"Cache=true\": true LeftOut",
            "--feature-gates, column 12, \"OldCache=false\": false LeftOut"
        ]
    );
    assert_eq!(
        lines(resolution.notices()),
        [
            "app.toml:2:1: gate Open is GA, and a later release will lock it to true or remove it; prepare to run without the setting"
        ],
        "what is left out is not noticed as well"
    );
}

#[test]
fn lenient_resolving_never_leaves_half_of_a_dependency() {
    let resolution = resolver()
        .config(file("app.toml", &[("Prefetch", true), ("Predict", true)]))
        .flag("On=false,Turbo=true,Faster=false")
        .resolve_lenient()
        .unwrap();
    assert!(
        resolution.iter().all(|gate| !gate.enabled() || ["Locked", "Open"].contains(&gate.name()))
    );
    assert_eq!(
        lines(resolution.problems()),
        [
            "app.toml:1:1: gate Prefetch is on but requires Cache, which is off; also set Cache=true",
            "app.toml:2:1: gate Predict is on but requires Prefetch (left out), which is off; correct what is left out",
            "--feature-gates, column 1, \"On=false\": gate OnToo is on by default but requires On, which is off; set On=true instead",
            "--feature-gates, column 10, \"Turbo=true\": gate Fast is on by Turbo, which implies it, but implies Faster (set to false at --feature-gates, column 21, \"Faster=false\"), which is off; set Faster=true instead, or remove Turbo=true",
            "--feature-gates, column 10, \"Turbo=true\": gate Turbo is on but implies Fast (left out), which is off; correct what is left out",
        ]
    );
    assert_eq!(
        chain(&resolution, "OnToo"),
        ["default: true LeftOut", "unmet dependency: false Decides"]
    );
    let explanation = resolution.explain("Predict").unwrap();
    assert_eq!(explanation.links()[1].effect(), Effect::LeftOut);
    assert_eq!(explanation.state().cause(), Cause::Unmet);
}

#[test]
fn an_unlocked_ga_gate_by_a_former_name_is_noticed_under_both_aspects() {
    let notices = |value| {
        let resolution = resolver().config(file("app.toml", &[("OldOpen", value)])).resolve();
        lines(resolution.unwrap().notices())
    };
    // Removing the setting would turn it on, so it stays, with its new name.
    assert_eq!(
        notices(false),
        [
            "app.toml:1:1: OldOpen is a former name of gate Open; write Open",
            "app.toml:1:1: gate Open (set as OldOpen) is GA, and a later release will lock it to true or remove it; prepare to run without the setting"
        ]
    );
    assert_eq!(
        notices(true),
        [
            "app.toml:1:1: gate Open (set as OldOpen) is GA and on by default; remove the setting, which becomes an error once the gate is removed"
        ]
    );
}

#[test]
fn a_problem_of_a_configuration_names_the_former_name_that_is_written() {
    let problems =
        |items: &[(&str, bool)]| resolver().config(file("app.toml", items)).resolve().unwrap_err();
    let locked = problems(&[("OldLocked", false)]);
    assert_eq!(
        locked.to_string(),
        "app.toml:1:1: gate Locked (set as OldLocked) is GA and locked to true, so it cannot be set to false; remove the setting; the gate can no longer be turned off"
    );
    let locked = locked.iter().next().unwrap();
    assert_eq!((locked.gate(), locked.written()), ("Locked", Some("OldLocked")));
}

#[test]
fn what_turned_a_dependency_off_is_named_where_two_entries_share_a_location() {
    let at_no_line = |name: &str, value| -> Item {
        Ok(Assignment::new(name, value, Origin::new(Source::config("app.toml"))))
    };
    let items = [at_no_line("Prefetch", true), at_no_line("Cache", false)];
    let problems = resolver().config(items).resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "app.toml: gate Prefetch is on but requires Cache (set to false at app.toml), which is off; set Cache=true instead, or remove Prefetch=true"
    );
    let kind = problems.iter().next().unwrap().kind();
    assert!(
        matches!(kind, ProblemKind::UnmetDependency { missing, .. } if missing[0].relation == Relation::Requires)
    );
}
