//! The forms in which an enum of gates can be written.

use featuregate::{FeatureGate, Stage, Version};

#[test]
fn variants_that_cfg_takes_away_are_no_gates() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Always here.
        #[gate(alpha)]
        Here,
        /// Never here.
        #[cfg(any())]
        #[gate(alpha)]
        Gone,
        /// Here too.
        #[cfg_attr(all(), gate(beta))]
        Too,
    }
    assert_eq!(Feature::all().collect::<Vec<_>>(), [Feature::Here, Feature::Too]);
    assert!(!Feature::Here.enabled() && Feature::Too.enabled());
}

#[test]
fn a_raw_name_is_written_without_its_prefix() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[expect(non_camel_case_types, reason = "that is the point")]
    enum Feature {
        /// A keyword.
        #[gate(alpha)]
        r#type,
        /// Needs one.
        #[gate(alpha, requires(r#type))]
        r#match,
    }
    assert_eq!(Feature::r#type.name(), "type");
    assert_eq!("match".parse(), Ok(Feature::r#match));
    let resolution = Feature::resolver().flag("type=true,match=true").resolve().unwrap();
    assert!(resolution.enabled(Feature::r#match));
}

#[test]
fn a_discriminant_is_not_a_position() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[repr(i8)]
    enum Feature {
        /// Number 7.
        #[gate(beta)]
        Seven = 7,
        /// Number 8.
        #[gate(alpha)]
        Next,
        /// Number -1.
        #[gate(beta)]
        Negative = -1,
    }
    let values: Vec<_> = Feature::all().map(|gate| (gate.name(), gate.enabled())).collect();
    assert_eq!(values, [("Seven", true), ("Next", false), ("Negative", true)]);
    let _ = Feature::resolver().flag("Negative=false").resolve().unwrap().install().unwrap();
    assert!(Feature::Seven.enabled() && !Feature::Negative.enabled());
}

#[test]
fn a_gate_can_have_a_name_that_is_no_identifier() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Renamed.
        #[gate(alpha, name = "http.v3-proxy")]
        HttpProxy,
        /// Needs it.
        #[gate(alpha, requires(HttpProxy))]
        Caching,
    }
    assert_eq!(Feature::HttpProxy.to_string(), "http.v3-proxy");
    assert_eq!("http.v3-proxy".parse(), Ok(Feature::HttpProxy));
    assert!("HttpProxy".parse::<Feature>().is_err());
    let problems = Feature::resolver().flag("Caching=true").resolve().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "--feature-gates, column 1, \"Caching=true\": gate Caching is on but requires http.v3-proxy, \
         which is off; also set http.v3-proxy=true, or remove Caching=true"
    );
}

#[test]
fn a_gate_that_is_not_compiled_in_is_known_and_off() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// On where it is compiled in, which it is not.
        #[gate(beta, available = cfg!(any()))]
        Elsewhere,
        /// Compiled in.
        #[gate(beta, available = cfg!(all()))]
        Here,
    }
    assert!(!Feature::Elsewhere.enabled() && Feature::Here.enabled());
    assert!(!Feature::Elsewhere.spec().is_available());
    let resolve = |text: &str| Feature::resolver().flag(text).resolve();
    assert!(!resolve("").unwrap().enabled(Feature::Elsewhere));
    assert!(!resolve("AllBeta=true").unwrap().enabled(Feature::Elsewhere));
    assert!(!resolve("Elsewhere=false").unwrap().enabled(Feature::Elsewhere));
    assert_eq!(
        resolve("Elsewhere=true").unwrap_err().to_string(),
        "--feature-gates, column 1, \"Elsewhere=true\": gate Elsewhere is not compiled into this program, \
         so it cannot be turned on; remove the setting, or use a build that has it"
    );
    assert!(!Feature::resolver().known_gates().iter().any(|line| line.starts_with("Elsewhere")));
}

#[test]
fn everything_that_an_attribute_says_is_in_the_spec() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "v1.36.4-rc.1")]
    enum Feature {
        /// The first line.
        ///
        /// And more.
        #[gate(
            alpha = "1.12",
            alpha(since = "1.20", locked = true),
            beta(since = "1.31", default = false, locked = true),
            requires(Base),
            owner = "sig-node",
            issue = "https://example.org/1",
            remove_in = "1.39",
            alias = "Former",
            alias = "Older"
        )]
        Full,
        /// What it needs.
        #[gate(ga = "1.0")]
        Base,
        /// On its way out.
        #[gate(
            ga(since = "1.0", locked = false),
            deprecated = "1.30",
            deprecated(since = "1.34", locked = true)
        )]
        Old,
    }
    assert_eq!(Feature::version(), Version::new(1, 36));
    let full = Feature::Full.spec();
    assert_eq!(full.doc(), "The first line.\n\nAnd more.");
    assert_eq!((full.owner(), full.issue()), (Some("sig-node"), Some("https://example.org/1")));
    assert_eq!(full.remove_in(), Some(Version::new(1, 39)));
    assert_eq!(full.aliases().collect::<Vec<_>>(), ["Former", "Older"]);
    assert_eq!(full.requires().collect::<Vec<_>>(), ["Base"]);
    let history = |gate: Feature| -> Vec<_> {
        let of = |milestone: &featuregate::Milestone| {
            (
                milestone.since().minor(),
                milestone.stage(),
                milestone.default(),
                milestone.is_locked(),
            )
        };
        gate.spec().milestones().iter().map(of).collect()
    };
    assert_eq!(
        history(Feature::Full),
        [
            (12, Stage::Alpha, false, false),
            (20, Stage::Alpha, false, true),
            (31, Stage::Beta, false, true)
        ]
    );
    assert_eq!(
        history(Feature::Old),
        [
            (0, Stage::Ga, true, false),
            (30, Stage::Deprecated, true, false),
            (34, Stage::Deprecated, true, true)
        ]
    );
}

#[test]
fn the_version_is_the_crates_own_unless_it_is_named() {
    #[derive(Clone, Copy, FeatureGate)]
    enum Feature {
        /// Since the beginning.
        #[gate(beta = "0.1")]
        Young,
    }
    let own = Version::of_release(env!("CARGO_PKG_VERSION")).unwrap();
    assert_eq!(Feature::version(), own);
    assert!(Feature::Young.enabled());
}

#[test]
fn an_alias_sets_its_gate_and_is_noticed() {
    #[derive(Clone, Copy, Debug, FeatureGate)]
    enum Feature {
        /// Renamed once.
        #[gate(alpha, alias = "OldName")]
        NewName,
    }
    let resolve = |text: &str| Feature::resolver().flag(text).resolve();
    let resolution = resolve("OldName=true").unwrap();
    assert!(resolution.enabled(Feature::NewName));
    assert_eq!(
        resolution.notices()[0].to_string(),
        "--feature-gates, column 1, \"OldName=true\": OldName is a former name of gate NewName; write NewName"
    );
    assert_eq!(
        resolve("OldName=true,NewName=false").unwrap_err().to_string(),
        "--feature-gates, column 14, \"NewName=false\": NewName=false contradicts OldName=true at \
         --feature-gates, column 1, \"OldName=true\", since both are names of one gate; keep one of them"
    );
    let agreeing = resolve("OldName=true,NewName=true").unwrap();
    assert!(agreeing.enabled(Feature::NewName));
    let overridden = Feature::resolver().flag("NewName=true");
    assert!(overridden.resolve().unwrap().enabled(Feature::NewName));
}

#[test]
fn a_component_is_a_prefix_in_texts_and_not_of_the_name() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(component = "etcd")]
    enum Feature {
        /// Watches cheaply.
        #[gate(alpha)]
        Watch,
    }
    assert_eq!(Feature::Watch.name(), "Watch");
    let resolve = |text: &str| Feature::resolver().flag(text).resolve();
    assert!(resolve("etcd:Watch=true").unwrap().enabled(Feature::Watch));
    assert!(resolve("etcd:AllAlpha=true").unwrap().enabled(Feature::Watch));
    assert_eq!(
        resolve("Watch=true").unwrap_err().to_string(),
        "--feature-gates, column 1, \"Watch=true\": unknown gate Watch; did you mean etcd:Watch?"
    );
    assert!(
        Feature::resolver()
            .known_gates()
            .contains(&"etcd:Watch=true|false (ALPHA - default=false)".into())
    );
}

#[test]
fn an_enum_without_gates_is_one_too() {
    #[derive(Clone, Copy, Debug, FeatureGate)]
    #[tombstone(Gone, removed = "0.1", value = true)]
    enum Feature {}
    assert_eq!(Feature::all().len(), 0);
    assert!(Feature::resolver().flag("Gone=true").resolve().is_ok());
}

#[test]
fn gates_are_a_plain_value_for_programs_that_want_no_global() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.2")]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        A,
        /// Locked on.
        #[gate(ga = "1.1")]
        B,
    }
    let defaults = featuregate::Gates::<Feature>::default();
    let gates = Feature::resolver().flag("A=1").resolve().unwrap().gates();
    assert_ne!(gates, defaults);
    assert_eq!(gates.iter().collect::<Vec<_>>(), [(Feature::A, true), (Feature::B, true)]);
    assert_eq!(format!("{gates:?}"), "Gates { enabled: 2, of: 2, changed: {\"A\": true} }");
    // Nothing was installed.
    assert_eq!(Feature::snapshot(), defaults);
    assert!(!Feature::A.enabled());
}

#[test]
fn a_deprecated_variant_warns_whoever_uses_it_and_nobody_else() {
    #![deny(deprecated)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36")]
    enum Feature {
        /// On its way out.
        #[deprecated(note = "it goes with 1.40")]
        #[gate(beta = "1.20", deprecated = "1.30")]
        Old = 4,
    }
    assert_eq!(Feature::all().len(), 1);
    assert!(Feature::from_name("Old").unwrap().enabled());
}
