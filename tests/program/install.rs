//! Installing: once, all or nothing, and with a word about gates that were read too early.

use featuregate::FeatureGate;

#[test]
fn defaults_apply_before_anything_was_installed() {
    #[derive(Clone, Copy, FeatureGate)]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        Alpha,
        /// On.
        #[gate(beta)]
        Beta,
        /// On and locked.
        #[gate(ga)]
        Ga,
        /// Off.
        #[gate(deprecated)]
        Deprecated,
    }
    let values: Vec<bool> = Feature::all().map(Feature::enabled).collect();
    assert_eq!(values, [false, true, true, false]);
    assert!(Feature::installed().is_none());
}

#[test]
fn a_process_installs_once() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        A,
    }
    let resolve = |text: &str| Feature::resolver().flag(text).resolve().unwrap();
    assert!(resolve("A=true").install().is_ok());
    assert!(Feature::A.enabled());
    assert!(resolve("A=false").install().is_err());
    assert!(Feature::A.enabled(), "the second one changed nothing");
    assert!(Feature::installed().unwrap().enabled(Feature::A));
}

#[test]
fn a_failed_resolve_has_no_effect() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        A,
    }
    assert!(Feature::resolver().flag("A=true,B=true").resolve().is_err());
    assert!(!Feature::A.enabled());
    assert!(Feature::installed().is_none());
    let installed = Feature::resolver().flag("A=true").resolve().unwrap().install().unwrap();
    assert_eq!(installed.read_before().is_empty(), !cfg!(debug_assertions));
}

#[test]
fn gates_that_were_read_before_their_value_changed_are_named_in_debug_builds() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Read, and changed.
        #[gate(alpha)]
        ReadAndChanged,
        /// Read, and left as it is.
        #[gate(alpha)]
        Read,
        /// Changed, but not read.
        #[gate(alpha)]
        Changed,
    }
    assert!(!Feature::ReadAndChanged.enabled() && !Feature::Read.enabled());
    let resolution = Feature::resolver().flag("ReadAndChanged=1,Changed=1").resolve().unwrap();
    let installed = resolution.install().unwrap();
    let expected: &[&str] = if cfg!(debug_assertions) { &["ReadAndChanged"] } else { &[] };
    assert_eq!(installed.read_before(), expected);
}

#[test]
fn provisional_values_are_replaced_by_an_install() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Read when it is on for now, and then off.
        #[gate(alpha)]
        Moves,
        /// Read too early, and then off again.
        #[gate(alpha)]
        Returns,
        /// On, once it is known.
        #[gate(alpha)]
        Stays,
    }
    let read = || Feature::all().map(Feature::enabled).collect::<Vec<_>>();
    assert_eq!(read(), [false; 3]);
    let flags = Feature::resolver().flag("Moves=true,Returns=true,Stays=true");
    let provisional = flags.clone().resolve().unwrap().install_provisionally().unwrap();
    let in_debug =
        |names: &[&str]| if cfg!(debug_assertions) { names.join(" ") } else { String::new() };
    assert_eq!(provisional.read_before().join(" "), in_debug(&["Moves", "Returns", "Stays"]));
    assert!(Feature::installed().is_none(), "it is only for now");
    assert!(Feature::Moves.enabled() && Feature::Stays.enabled());
    let again = flags.clone().flag("Returns=false").resolve().unwrap();
    assert_eq!(again.install_provisionally().unwrap().read_before(), [""; 0]);
    let installed = flags.flag("Moves=false").resolve().unwrap().install().unwrap();
    assert_eq!(installed.read_before().join(" "), in_debug(&["Moves"]));
    assert_eq!(read(), [false, true, true]);
    assert!(again.install_provisionally().is_err());
    assert_eq!(read(), [false, true, true], "what is installed stays");
}

#[test]
fn what_install_returns_shows_the_notices_and_what_was_read_too_early() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// On its way out.
        #[gate(deprecated)]
        Old,
        /// Read too early.
        #[gate(alpha)]
        Early,
    }
    assert!(!Feature::Early.enabled());
    let resolution = Feature::resolver().flag("Old=true,Early=true").resolve().unwrap();
    let notice = resolution.notices()[0].to_string();
    let installed = resolution.install().unwrap();
    let early = if cfg!(debug_assertions) {
        "warning: gate Early was read before the value that it has now was installed\n"
    } else {
        ""
    };
    assert_eq!(installed.to_string(), format!("warning: {notice}\n{early}"));
    assert_eq!(installed.notices().len(), 1);
    let later = featuregate::Installed::<Feature>::get().unwrap();
    assert_eq!(later.to_string(), format!("warning: {notice}\n"));
}

#[test]
fn a_snapshot_does_not_count_as_reading_and_does_not_change() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        A,
    }
    let before = Feature::snapshot();
    let installed = Feature::resolver().flag("A=true").resolve().unwrap().install().unwrap();
    assert!(installed.read_before().is_empty());
    assert!(!before.enabled(Feature::A));
    assert!(Feature::snapshot().enabled(Feature::A));
}

#[test]
fn of_many_threads_that_install_one_succeeds() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    enum Feature {
        /// Off.
        #[gate(alpha)]
        A,
    }
    let installed: usize = std::thread::scope(|scope| {
        let install =
            || usize::from(Feature::resolver().flag("A=true").resolve().unwrap().install().is_ok());
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(install)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(installed, 1);
    assert!(Feature::A.enabled());
}

#[test]
fn an_enum_that_emulates_can_unlock_what_is_locked_now() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
    #[feature_gate(version = "1.36", emulation)]
    enum Feature {
        /// Locked since 1.36.
        #[gate(beta = "1.35", ga = "1.36")]
        A,
        /// Not there before 1.36.
        #[gate(alpha = "1.36")]
        B,
    }
    assert!(Feature::resolver().flag("A=false").resolve().is_err());
    let old = || Feature::resolver().emulate("1.35".parse().unwrap());
    assert_eq!(
        old().flag("B=false").resolve().unwrap_err().to_string(),
        "--feature-gates, column 1, \"B=false\": gate B does not exist yet in 1.35, so it cannot be set to \
         false; remove the setting, or run as 1.36 or later"
    );
    let _ = old().flag("A=false").resolve().unwrap().install().unwrap();
    assert!(!Feature::A.enabled(), "the check is not folded");
}
