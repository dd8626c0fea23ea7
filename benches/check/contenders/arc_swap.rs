//! `arc-swap`: flags that are exchanged as a whole, as a bit set and as a map.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use crate::gates::NAMES;
use crate::repeat::repeat;

static BITS: ArcSwapOption<u64> = ArcSwapOption::const_empty();
static MAP: ArcSwapOption<HashMap<String, bool>> = ArcSwapOption::const_empty();

pub(super) fn set_up() {
    BITS.store(Some(Arc::new(black_box(0))));
    MAP.store(Some(Arc::new(HashMap::from(NAMES.map(|name| (name.to_owned(), false))))));
}

#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "no contender is measured with a call that can be avoided"
)]
fn enabled(flag: u32) -> bool {
    BITS.load().as_ref().is_some_and(|flags| **flags & (1 << flag) != 0)
}

fn named(name: &str) -> bool {
    MAP.load().as_ref().and_then(|flags| flags.get(name).copied()).unwrap_or_default()
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

#[inline(never)]
pub(super) fn run_map(turns: u64) {
    repeat!(
        turns,
        [
            named("Off0"),
            named("Off1"),
            named("Off2"),
            named("Off3"),
            named("Off4"),
            named("Off5"),
            named("Off6"),
            named("Off7"),
        ]
    );
}
