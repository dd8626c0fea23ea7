//! The library of the probe: gates beside flags, and functions that check one each.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// An enum of gates with this visibility: the first bit, one of the second byte, and fixed ones.
#[macro_export]
macro_rules! gates {
    ($visibility:vis $name:ident $(, $setting:ident)?) => {
        #[derive(Clone, Copy, featuregate::FeatureGate)]
        #[feature_gate(version = "1.36" $(, $setting)?)]
        #[allow(dead_code)]
        $visibility enum $name {
            /// Off by default.
            #[gate(alpha)]
            First,
            /// Fills its byte.
            #[gate(alpha)]
            Gate1,
            /// Fills its byte.
            #[gate(alpha)]
            Gate2,
            /// Fills its byte.
            #[gate(alpha)]
            Gate3,
            /// Fills its byte.
            #[gate(alpha)]
            Gate4,
            /// Fills its byte.
            #[gate(alpha)]
            Gate5,
            /// Fills its byte.
            #[gate(alpha)]
            Gate6,
            /// On by default, the last bit of its byte.
            #[gate(beta)]
            Last,
            /// Fills its byte.
            #[gate(alpha)]
            Gate8,
            /// On by default, in the second byte.
            #[gate(beta)]
            Second,
            /// On and locked.
            #[gate(alpha = "1.20", ga = "1.30")]
            Locked,
            /// Off, since it is not there.
            #[gate(beta, available = false)]
            Absent,
        }
    };
}

gates!(pub Feature);
gates!(pub Public);
gates!(Private);

/// For the functions of the program.
pub static FLAG: AtomicBool = AtomicBool::new(false);
/// For the functions of this crate.
pub static PUBLIC: AtomicBool = AtomicBool::new(false);
static PRIVATE: AtomicBool = AtomicBool::new(false);

#[inline(never)]
pub fn on() {
    black_box(1);
}

#[inline(never)]
pub fn off() {
    black_box(2);
}

/// Three functions that check: for a branch, for the value itself, and to choose between numbers.
#[macro_export]
macro_rules! check {
    ($name:literal $(, $of:ident: $type:ty)? => $check:expr) => {{
        #[unsafe(export_name = concat!($name, ".branch"))]
        #[inline(never)]
        fn branch($($of: $type)?) {
            if $check { $crate::on() } else { $crate::off() }
        }
        #[unsafe(export_name = concat!($name, ".value"))]
        #[inline(never)]
        fn value($($of: $type)?) -> bool {
            $check
        }
        #[unsafe(export_name = concat!($name, ".number"))]
        #[inline(never)]
        fn number($($of: $type,)? yes: u64, no: u64) -> u64 {
            if $check { yes } else { no }
        }
        std::hint::black_box((
            branch as fn($($type)?),
            value as fn($($type)?) -> bool,
            number as fn($($type,)? u64, u64) -> u64,
        ));
    }};
}

/// A function that checks a fixed gate, of which only one branch is ever taken.
#[macro_export]
macro_rules! fixed {
    ($name:literal $(, $of:ident: $type:ty)? => $check:expr) => {{
        #[inline(never)]
        fn a_live_branch_calls_this() {
            std::hint::black_box(concat!("a live branch of ", $name));
        }
        #[inline(never)]
        fn only_a_dead_branch_calls_this() {
            std::hint::black_box(concat!("only a dead branch of ", $name));
        }
        #[unsafe(export_name = concat!($name, ".branch"))]
        #[inline(never)]
        fn branch($($of: $type)?) {
            if $check { a_live_branch_calls_this() } else { only_a_dead_branch_calls_this() }
        }
        std::hint::black_box(branch as fn($($type)?));
    }};
}

/// Keeps the functions of this crate, and changes what they check.
pub fn keep() {
    PUBLIC.store(black_box(true), Relaxed);
    PRIVATE.store(black_box(true), Relaxed);
    let _ = Public::resolver().flag("First=true").resolve().map(featuregate::Resolution::install);
    let _ = Private::resolver().flag("First=true").resolve().map(featuregate::Resolution::install);

    check!("public.flag" => PUBLIC.load(Relaxed));
    check!("public.first" => Public::First.enabled());
    check!("public.last" => Public::Last.enabled());
    check!("public.second" => Public::Second.enabled());
    fixed!("public.locked" => Public::Locked.enabled());
    fixed!("public.absent" => !Public::Absent.enabled());

    check!("private.flag" => PRIVATE.load(Relaxed));
    check!("private.first" => Private::First.enabled());
    check!("private.last" => Private::Last.enabled());
    check!("private.second" => Private::Second.enabled());
    fixed!("private.locked" => Private::Locked.enabled());
    fixed!("private.absent" => !Private::Absent.enabled());
}
