//! A bit set that is written once.

use std::hint::black_box;
use std::sync::OnceLock;

use crate::repeat::repeat;

static FLAGS: OnceLock<u64> = OnceLock::new();

pub(super) fn set_up() {
    assert!(FLAGS.set(black_box(0)).is_ok(), "it is set only here");
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "no contender is measured with a call that can be avoided"
)]
fn enabled(flag: u32) -> bool {
    FLAGS.get().is_some_and(|flags| flags & (1 << flag) != 0)
}

#[inline(never)]
pub(super) fn run(turns: u64) {
    repeat!(
        turns,
        [
            enabled(0),
            enabled(1),
            enabled(2),
            enabled(3),
            enabled(4),
            enabled(5),
            enabled(6),
            enabled(7),
        ]
    );
}
