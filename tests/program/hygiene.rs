//! The expansion names nothing that a program could shadow.

mod shadowed {
    #![allow(dead_code, non_camel_case_types, reason = "what shadows is not used")]

    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct Some;
    pub(super) struct None;
    pub(super) struct Ok;
    pub(super) struct Err;
    pub(super) struct Vec;
    pub(super) struct String;
    pub(super) struct Box;
    pub(super) struct Self_;
    pub(super) trait Iterator {}
    pub(super) trait Clone_ {}
    pub(super) trait FromStr {}
    pub(super) trait Display {}
    pub(super) trait Into {}
    pub(super) struct bool;
    pub(super) struct str;
    pub(super) struct u8;
    pub(super) struct usize;
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod featuregate {}

    /// In the middle of it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, ::featuregate::FeatureGate)]
    #[feature_gate(version = "1.36", emulation, env = "HYGIENE_FEATURE_GATES")]
    #[tombstone(Gone, removed = "1.30", value = false)]
    pub(super) enum Feature {
        /// Off.
        #[gate(alpha = "1.35", available = cfg!(all()))]
        Off,
        /// On.
        #[gate(beta = "1.35")]
        On,
    }
}

/// A crate that is named differently.
mod renamed {
    pub(super) mod deep {
        pub(crate) use featuregate as gates;
    }

    /// Finds its runtime by the path.
    #[derive(Clone, Copy, featuregate::FeatureGate)]
    #[feature_gate(crate = self::deep::gates)]
    pub(super) enum Feature {
        /// On.
        #[gate(beta)]
        On,
    }
}

#[test]
fn shadowed_names_do_no_harm() {
    use shadowed::Feature;
    assert!(!Feature::Off.enabled() && Feature::On.enabled());
    assert!("Of".parse::<Feature>().is_err());
    let resolution = Feature::resolver().without_env().flag("Off=true").resolve();
    assert!(resolution.unwrap().enabled(Feature::Off));
}

#[test]
fn the_runtime_crate_can_have_another_path() {
    assert!(renamed::Feature::On.enabled());
}

#[test]
fn two_enums_of_the_same_name_live_in_one_function() {
    fn first() -> bool {
        #[derive(Clone, Copy, featuregate::FeatureGate)]
        enum Feature {
            /// On.
            #[gate(beta)]
            A,
        }
        Feature::A.enabled()
    }
    fn second() -> bool {
        #[derive(Clone, Copy, featuregate::FeatureGate)]
        enum Feature {
            /// Off.
            #[gate(alpha)]
            A,
        }
        Feature::A.enabled()
    }
    assert!(first() && !second());
}
