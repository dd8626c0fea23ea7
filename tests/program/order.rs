//! Every problem at once, in the order of the input over all sources.

use featuregate::{Assignment, FeatureGate, Item, Origin, ProblemKind, Source, UnknownPolicy};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", env = "ORDER_FEATURE_GATES", emulation)]
#[tombstone(Gone, alpha = "1.20", beta = "1.22", removed = "1.30")]
enum Feature {
    /// Off.
    #[gate(alpha = "1.30")]
    Alpha,
    /// Needs what is off.
    #[gate(alpha = "1.30", requires(Alpha, Other))]
    Needy,
    /// Off too.
    #[gate(alpha = "1.30")]
    Other,
    /// Locked on.
    #[gate(beta = "1.30", ga = "1.34")]
    Locked,
    /// On, and needs what is on.
    #[gate(beta = "1.34", requires(Base))]
    Upper,
    /// On.
    #[gate(beta = "1.33")]
    Base,
}

fn config(items: &[(&str, bool)]) -> Vec<Item> {
    let source = Source::config("app.yaml");
    (1..)
        .zip(items)
        .map(|(line, (name, value))| {
            Ok(Assignment::new(*name, *value, Origin::new(source.clone()).at(line, 3)))
        })
        .collect()
}

/// The gates of the problems with the place of each.
fn told(resolver: featuregate::Resolver<Feature>) -> Vec<String> {
    let problems = resolver.resolve().unwrap_err();
    let place = |problem: &featuregate::Problem| {
        let origin = problem.origin().map(|origin| {
            let at = origin.line().or(origin.column()).unwrap_or(0);
            format!("{}:{at}", origin.source())
        });
        format!("{} {}", problem.gate(), origin.unwrap_or_default())
    };
    problems.iter().map(place).collect()
}

#[test]
fn problems_come_in_the_order_of_the_input_over_all_sources() {
    let resolver = Feature::resolver()
        .flag("Locked=false,Nope,Needy=true")
        .flag("Bad=x,Gone=false")
        .env_text("Z=1,A=maybe,,Y=0")
        .config(config(&[("Unknown", true), ("Alpha", false), ("AlsoUnknown", false)]));
    assert_eq!(
        told(resolver),
        [
            "Unknown app.yaml:1",
            "AlsoUnknown app.yaml:3",
            "Z ORDER_FEATURE_GATES:1",
            "A ORDER_FEATURE_GATES:5",
            "Y ORDER_FEATURE_GATES:14",
            "Locked --feature-gates:1",
            "Nope --feature-gates:14",
            "Needy --feature-gates:19",
            "Bad --feature-gates:1",
            "Gone --feature-gates:7",
        ]
    );
}

#[test]
fn a_dependency_is_told_where_the_gate_was_turned_on_or_else_where_it_was_cut_off() {
    let of = |text: &str| told(Feature::resolver().without_env().flag(text));
    assert_eq!(
        of("X=1,Needy=1,Y=1"),
        ["X --feature-gates:1", "Needy --feature-gates:5", "Y --feature-gates:13"]
    );
    assert_eq!(
        of("X=1,Base=0,Y=1"),
        ["X --feature-gates:1", "Upper --feature-gates:5", "Y --feature-gates:12"]
    );
    assert_eq!(of("AllBeta=0,Upper=1"), ["Upper --feature-gates:11"]);
}

#[test]
fn the_last_of_a_repeated_name_counts_and_is_the_only_one_told() {
    let of = |text: &str| told(Feature::resolver().without_env().flag(text));
    assert_eq!(
        of("Nope=1,Nope=0,Locked=0,Locked=0"),
        ["Nope --feature-gates:8", "Locked --feature-gates:24"]
    );
    let mended =
        Feature::resolver().without_env().config(config(&[("Locked", false)])).flag("Locked=true");
    assert!(mended.resolve().is_ok(), "a later source mends an earlier one");
    let malformed = Feature::resolver().without_env().flag("Alpha=maybe,Alpha=true");
    assert_eq!(told(malformed), ["Alpha --feature-gates:1"]);
}

#[test]
fn a_dependency_with_a_troubled_end_is_not_told_a_second_time() {
    let old = Feature::resolver().without_env().emulate("1.32".parse().unwrap());
    assert_eq!(
        told(old.flag("Upper=true,Base=true")),
        ["Upper --feature-gates:1", "Base --feature-gates:12"]
    );
}

#[test]
fn the_mend_is_the_smallest_change_that_resolves() {
    let mend = |text: &str| {
        let problems = Feature::resolver().without_env().flag(text).resolve().unwrap_err();
        let text = problems.to_string();
        text.rsplit_once("; ").unwrap().1.to_owned()
    };
    assert_eq!(mend("Needy=true"), "remove Needy=true", "one is less than two");
    assert_eq!(mend("Needy=true,Other=true"), "also set Alpha=true, or remove Needy=true");
    assert_eq!(mend("Base=false"), "set Base=true instead");
    let problems = Feature::resolver().without_env().flag("Needy=true").resolve().unwrap_err();
    let kind = problems.iter().next().unwrap().kind().clone();
    assert!(matches!(kind, ProblemKind::UnmetDependency { missing, .. }
            if missing.iter().map(|missing| missing.gate.as_str()).eq(["Alpha", "Other"])));
}

#[test]
fn the_program_chooses_what_unknown_names_are() {
    let resolver = || Feature::resolver().without_env().flag("Alpa=true,Alpha=true");
    let accepted = resolver().unknown(UnknownPolicy::Notice).resolve().unwrap();
    let notices: Vec<String> = accepted.notices().iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "--feature-gates, column 1, \"Alpa=true\": unknown gate Alpa is ignored; did you mean Alpha?"
        ]
    );
    assert!(accepted.enabled(Feature::Alpha));
    let ignored = resolver().unknown(UnknownPolicy::Ignore).resolve().unwrap();
    assert!(ignored.notices().is_empty() && ignored.enabled(Feature::Alpha));
    assert!(resolver().resolve().is_err());
}

#[test]
fn an_item_written_as_in_a_map_is_told_how_to_write_it() {
    let of = |text: &str| {
        let problems = Feature::resolver().without_env().flag(text).resolve().unwrap_err();
        problems.to_string().rsplit_once("\": ").unwrap().1.to_owned()
    };
    assert_eq!(
        of("Alpha: true"),
        "gate Alpha has no value, since a colon is not an equals sign; write Alpha=true"
    );
    assert_eq!(
        of("etcd:Alpha"),
        "gate etcd:Alpha has no value; write etcd:Alpha=true or etcd:Alpha=false"
    );
    assert_eq!(of("{Alpha}"), "\"{Alpha}\" has no value; write NAME=true or NAME=false");
}
