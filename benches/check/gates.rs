//! The gates that are checked: eight of each kind, each in a byte of its own.

use featuregate::FeatureGate;

macro_rules! feature {
    ($($off:ident $set:ident $locked:ident [$($between:ident)*])*) => {
        /// Sixty-four gates.
        #[derive(Clone, Copy, FeatureGate)]
        #[feature_gate(version = "1.36")]
        pub(crate) enum Feature {
            $(
                /// Stays at its default.
                #[gate(alpha = "1.30")]
                $off,
                /// Is set.
                #[gate(alpha = "1.30")]
                $set,
                /// Can't be set.
                #[gate(alpha = "1.20", ga = "1.30")]
                $locked,
                $(
                    /// Fills the byte.
                    #[gate(alpha = "1.30")]
                    $between,
                )*
            )*
        }
    };
}

feature! {
    Off0 Set0 Locked0 [A3 A4 A5 A6 A7]
    Off1 Set1 Locked1 [B3 B4 B5 B6 B7]
    Off2 Set2 Locked2 [C3 C4 C5 C6 C7]
    Off3 Set3 Locked3 [D3 D4 D5 D6 D7]
    Off4 Set4 Locked4 [E3 E4 E5 E6 E7]
    Off5 Set5 Locked5 [F3 F4 F5 F6 F7]
    Off6 Set6 Locked6 [G3 G4 G5 G6 G7]
    Off7 Set7 Locked7 [H3 H4 H5 H6 H7]
}

/// The names by which those are looked up that look names up.
pub(crate) const NAMES: [&str; 8] =
    ["Off0", "Off1", "Off2", "Off3", "Off4", "Off5", "Off6", "Off7"];

/// Installs the gates; those to be set are set.
pub(crate) fn install() {
    // With it each check asks the hook: `cargo bench -p featuregate-bench` alone builds without it.
    let testing = featuregate::TESTING;
    assert!(!testing, "the hook for tests is compiled in");
    let set: Vec<String> = (0..8).map(|gate| format!("Set{gate}=true")).collect();
    let resolution = Feature::resolver().without_env().flag(&set.join(",")).resolve();
    let installed = resolution.expect("the gates can be set").install();
    assert!(installed.is_ok(), "nothing is installed yet");
    assert!(Feature::Set7.enabled() && !Feature::Off7.enabled() && Feature::Locked7.enabled());
}
