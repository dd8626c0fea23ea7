//! What a problem advises: who is told, where the cause stands, and what to write instead.

use featuregate::{Assignment, FeatureGate, Item, Origin, Resolver, Source};

fn config(name: &str, value: bool) -> Vec<Item> {
    let origin = Origin::new(Source::config("app.yaml")).at(3, 5);
    vec![Ok(Assignment::new(name, value, origin))]
}

/// What is said of the only problem, without its own place.
fn told<F: FeatureGate>(resolver: Resolver<F>) -> String {
    let problems = resolver.resolve().unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
    let problem = problems.iter().next().unwrap();
    let place = problem.origin().map(|origin| format!("{origin}: ")).unwrap_or_default();
    problem.to_string().strip_prefix(&place).unwrap().to_owned()
}

mod plain {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, featuregate::FeatureGate)]
    #[feature_gate(version = "1.36", emulation)]
    #[tombstone(Gone, alpha = "1.20", removed = "1.30")]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "1.30")]
        Base,
        /// Needs it.
        #[gate(alpha = "1.30", requires(Base), alias = "OldUpper")]
        Upper,
        /// Needs that.
        #[gate(alpha = "1.30", requires(Upper))]
        Top,
        /// On.
        #[gate(beta = "1.33")]
        Proven,
        /// On, and needs it.
        #[gate(beta = "1.33", requires(Proven))]
        OnProven,
        /// Not there before.
        #[gate(alpha = "1.30", requires(Proven))]
        Young,
    }
}

use plain::Feature;

#[test]
fn what_is_off_is_told_with_its_place_and_what_turned_it_off() {
    assert_eq!(
        told(Feature::resolver().config(config("Base", false)).flag("Upper=true")),
        "gate Upper is on but requires Base (set to false at app.yaml:3:5), which is off; \
         set Base=true instead, or remove Upper=true"
    );
    assert_eq!(
        told(Feature::resolver().config(config("AllBeta", false)).flag("OnProven=true")),
        "gate OnProven is on but requires Proven (AllBeta=false at app.yaml:3:5), which is off; \
         also set Proven=true, or remove OnProven=true"
    );
    assert_eq!(
        told(Feature::resolver().flag("Proven=false")),
        "gate OnProven is on by default but requires Proven, which is off; set Proven=true instead"
    );
    assert_eq!(
        told(Feature::resolver().emulate("1.32".parse().unwrap()).flag("Young=true")),
        "gate Young is on but requires Proven (which begins with 1.33), which is off; remove Young=true"
    );
}

#[test]
fn to_drop_an_item_is_advised_only_where_nothing_else_turns_the_gate_on() {
    assert_eq!(
        told(Feature::resolver().config(config("Top", true)).flag("Top=true")),
        "gate Top is on but requires Upper, which is off; set Top=false"
    );
    assert_eq!(
        told(Feature::resolver().config(config("Top", false)).flag("Top=true")),
        "gate Top is on but requires Upper, which is off; remove Top=true"
    );
    assert_eq!(
        told(Feature::resolver().flag("AllAlpha=true,Base=false,Top=false")),
        "gate Upper is on by AllAlpha but requires Base (set to false at --feature-gates, column 15, \
         \"Base=false\"), which is off; set Base=true instead"
    );
    assert_eq!(
        told(Feature::resolver().flag("AllBeta=false,OnProven=true")),
        "gate OnProven is on but requires Proven (AllBeta=false at --feature-gates, column 1, \
         \"AllBeta=false\"), which is off; also set Proven=true, or remove OnProven=true"
    );
}

#[test]
fn the_item_that_is_dropped_has_the_name_that_was_written() {
    assert_eq!(
        told(Feature::resolver().flag("OldUpper=true")),
        "gate Upper is on but requires Base, which is off; also set Base=true, or remove OldUpper=true"
    );
}

#[test]
fn one_source_may_not_set_a_gate_differently_under_two_names_however_far_apart() {
    let problems = |text: &str| match Feature::resolver().flag(text).resolve() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.gate().to_owned()).collect(),
    };
    assert_eq!(problems("Base=1,OldUpper=1,Upper=1,OldUpper=0,Upper=1"), ["Upper"]);
    assert_eq!(problems("Base=1,OldUpper=0,OldUpper=1,Upper=1"), Vec::<String>::new());
    assert_eq!(problems("Base=1,Upper=0,OldUpper=0,Upper=1"), ["Upper"], "the last of each counts");
    let two_sources = Feature::resolver().config(config("OldUpper", true)).flag("Upper=false");
    assert!(two_sources.resolve().is_ok());
}

#[test]
fn a_gate_that_should_go_is_not_told_to_be_renamed_as_well() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Renamed {
        /// There for good.
        #[gate(ga = "1.30", alias = "OldGood")]
        Good,
        /// Not yet.
        #[gate(beta = "1.30", alias = "OldProven")]
        Proven,
    }
    let notices = |text: &str| -> Vec<String> {
        let resolution = Renamed::resolver().flag(text).resolve().unwrap();
        let text = |notice: &featuregate::Notice| notice.to_string();
        resolution.notices().iter().map(text).collect()
    };
    assert_eq!(
        notices("OldGood=true"),
        [
            "--feature-gates, column 1, \"OldGood=true\": gate Good is GA and locked to true, so setting it changes nothing; remove the setting, which becomes an error once the gate is removed"
        ]
    );
    assert_eq!(
        notices("OldProven=true"),
        [
            "--feature-gates, column 1, \"OldProven=true\": OldProven is a former name of gate Proven; write Proven"
        ]
    );
}

#[test]
fn a_component_stands_before_every_name_that_is_told() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "3.6", component = "etcd")]
    #[tombstone(Gone, alpha = "3.1", removed = "3.5")]
    enum Etcd {
        /// Off.
        #[gate(alpha = "3.5")]
        Base,
        /// Needs it.
        #[gate(alpha = "3.5", requires(Base), alias = "OldUpper")]
        Upper,
        /// There for good.
        #[gate(ga = "3.5")]
        Good,
    }
    let told = |text: &str| told(Etcd::resolver().flag(text));
    assert_eq!(
        told("etcd:Upper=true"),
        "gate etcd:Upper is on but requires etcd:Base, which is off; also set etcd:Base=true, or remove etcd:Upper=true"
    );
    assert_eq!(told("Base=true"), "unknown gate Base; did you mean etcd:Base?");
    assert_eq!(told("etcd:base=true"), "unknown gate etcd:base; did you mean etcd:Base?");
    assert_eq!(
        told("etcd:Good=false"),
        "gate etcd:Good is GA and locked to true, so it cannot be set to false; remove the setting; the gate can no longer be turned off"
    );
    assert!(told("etcd:Gone=true").starts_with("gate etcd:Gone was removed in 3.5"));
    let resolution = Etcd::resolver().flag("etcd:OldUpper=true,etcd:Base=true").resolve().unwrap();
    let notices: Vec<String> = resolution.notices().iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        [
            "--feature-gates, column 1, \"etcd:OldUpper=true\": etcd:OldUpper is a former name of gate etcd:Upper; write etcd:Upper"
        ]
    );
}

#[test]
fn a_gate_that_requires_what_is_not_compiled_in_is_off_and_says_why() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Not compiled in.
        #[gate(beta, available = false)]
        Absent,
        /// On by default, if it could be.
        #[gate(beta, requires(Absent))]
        Needy,
        /// The same at one remove.
        #[gate(beta, requires(Needy))]
        Needier,
        /// Locked, if it were there.
        #[gate(ga, available = false)]
        AbsentGa,
    }
    assert!(Feature::all().all(|gate| !gate.enabled()));
    let resolution = Feature::resolver().resolve().unwrap();
    assert!(Feature::all().all(|gate| !resolution.enabled(gate)));
    let resolution = Feature::resolver().flag("AllBeta=true,AbsentGa=false").resolve().unwrap();
    assert!(resolution.iter().all(|state| !state.enabled() && state.is_locked()));
    let by_default = resolution.iter().filter(|state| state.cause() == featuregate::Cause::Default);
    assert_eq!(by_default.count(), 3, "a group does not turn on what is not there");
    assert_eq!(
        told(Feature::resolver().flag("Needier=true")),
        "gate Needier requires Needy, which is not compiled into this program, so it cannot be turned on; \
         remove the setting, or use a build that has both"
    );
    assert_eq!(
        told(Feature::resolver().flag("AbsentGa=true")),
        "gate AbsentGa is not compiled into this program, so it cannot be turned on; remove the setting, or use a \
         build that has it"
    );
}
