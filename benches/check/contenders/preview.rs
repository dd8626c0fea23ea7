//! The design of uv's preview flags: a bit set that may be replaced until it is said to be final, in a
//! lock, in a cell that is filled once.

use std::hint::black_box;
use std::sync::{Mutex, OnceLock};

use crate::repeat::repeat;

enum State {
    Provisional(u64),
    Final(u64),
}

static PREVIEW: OnceLock<Mutex<State>> = OnceLock::new();

pub(super) fn set_up() {
    let preview = PREVIEW.get_or_init(|| Mutex::new(State::Provisional(0)));
    *preview.lock().expect("no thread panics") = State::Final(black_box(0));
}

fn enabled(flag: u32) -> bool {
    let preview = PREVIEW.get().expect("it was set up");
    let flags = match *preview.lock().expect("no thread panics") {
        State::Provisional(flags) | State::Final(flags) => flags,
    };
    flags & (1 << flag) != 0
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
