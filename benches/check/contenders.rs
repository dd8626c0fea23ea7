//! Who is measured.

mod arc_swap;
mod feature_flag;
mod featuregate;
mod hand_written;
mod once_lock;
mod open_feature;
mod preview;
mod rw_lock;
mod static_keys;

use crate::repeat::repeat;

/// One way to check gates.
#[derive(Clone, Copy)]
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// What it is held against.
    pub(crate) against: Against,
    /// Checks eight gates in each of so many turns.
    pub(crate) run: fn(u64),
}

/// Which of the hand-written flags is checked beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    /// Flags that are off.
    Off,
    /// Flags that are on.
    On,
    /// None: it is one of these.
    Nothing,
}

/// The flags that are off, those that are on, and the loop alone.
pub(crate) const OFF: &str = "hand-written-off";
pub(crate) const ON: &str = "hand-written-on";
pub(crate) const LOOP: &str = "loop-alone";

const fn contender(name: &'static str, against: Against, run: fn(u64)) -> Contender {
    Contender { name, against, run }
}

pub(crate) const ALL: [Contender; 17] = [
    contender(OFF, Against::Nothing, hand_written::off),
    contender("featuregate-default", Against::Off, featuregate::default),
    contender("featuregate-gates-value", Against::Off, featuregate::gates_value),
    contender(ON, Against::Nothing, hand_written::on),
    contender("featuregate-set", Against::On, featuregate::set),
    contender(LOOP, Against::Off, nothing),
    contender("featuregate-locked", Against::Off, featuregate::locked),
    contender("other-featuregate-runtime-gate", Against::Off, featuregate::at_run_time),
    contender("other-static-keys", Against::Off, static_keys::off),
    contender("other-static-keys-set", Against::On, static_keys::on),
    contender("other-once-lock-bit-set", Against::Off, once_lock::run),
    contender("other-arc-swap-bit-set", Against::Off, arc_swap::run),
    contender("other-uv-preview", Against::Off, preview::run),
    contender("other-rw-lock-hash-map", Against::Off, rw_lock::run),
    contender("other-arc-swap-hash-map", Against::Off, arc_swap::run_map),
    contender("other-featureflag", Against::Off, feature_flag::run),
    contender("other-open-feature", Against::Off, open_feature::run),
];

/// Sets everybody up, before threads start.
pub(crate) fn set_up() {
    hand_written::set_up();
    crate::gates::install();
    static_keys::set_up();
    once_lock::set_up();
    arc_swap::set_up();
    preview::set_up();
    rw_lock::set_up();
    feature_flag::set_up();
    open_feature::set_up();
}

#[inline(never)]
fn nothing(turns: u64) {
    repeat!(turns, []);
}
