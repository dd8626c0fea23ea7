//! A map behind a lock, which is what a program has that lets its flags be set at any time.

use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};

use crate::gates::NAMES;
use crate::repeat::repeat;

static FLAGS: LazyLock<RwLock<HashMap<String, bool>>> = LazyLock::new(|| {
    let flags = NAMES.map(|name| (name.to_owned(), false));
    RwLock::new(HashMap::from(flags))
});

pub(super) fn set_up() {
    LazyLock::force(&FLAGS);
}

fn enabled(name: &str) -> bool {
    let flags = FLAGS.read().expect("no thread panics");
    flags.get(name).copied().unwrap_or_default()
}

#[inline(never)]
pub(super) fn run(turns: u64) {
    repeat!(
        turns,
        [
            enabled("Off0"),
            enabled("Off1"),
            enabled("Off2"),
            enabled("Off3"),
            enabled("Off4"),
            enabled("Off5"),
            enabled("Off6"),
            enabled("Off7"),
        ]
    );
}
