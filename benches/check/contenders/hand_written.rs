//! Flags as one writes them by hand, which is what everybody is held against.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use crate::repeat::repeat;

macro_rules! flags {
    ($($flag:ident)*) => {
        $(static $flag: AtomicBool = AtomicBool::new(false);)*
        const ALL: [&AtomicBool; 16] = [$(&$flag),*];
    };
}

flags! {
    OFF_0 OFF_1 OFF_2 OFF_3 OFF_4 OFF_5 OFF_6 OFF_7
    ON_0 ON_1 ON_2 ON_3 ON_4 ON_5 ON_6 ON_7
}

pub(super) fn set_up() {
    for (flag, on) in ALL.into_iter().zip((0..16).map(|flag| flag >= 8)) {
        flag.store(black_box(on), Relaxed);
    }
}

#[inline(never)]
pub(super) fn off(turns: u64) {
    repeat!(
        turns,
        [
            OFF_0.load(Relaxed),
            OFF_1.load(Relaxed),
            OFF_2.load(Relaxed),
            OFF_3.load(Relaxed),
            OFF_4.load(Relaxed),
            OFF_5.load(Relaxed),
            OFF_6.load(Relaxed),
            OFF_7.load(Relaxed),
        ]
    );
}

#[inline(never)]
pub(super) fn on(turns: u64) {
    repeat!(
        turns,
        [
            !ON_0.load(Relaxed),
            !ON_1.load(Relaxed),
            !ON_2.load(Relaxed),
            !ON_3.load(Relaxed),
            !ON_4.load(Relaxed),
            !ON_5.load(Relaxed),
            !ON_6.load(Relaxed),
            !ON_7.load(Relaxed),
        ]
    );
}
