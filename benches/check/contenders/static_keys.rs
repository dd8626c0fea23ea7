//! `static-keys`: a check is a jump or nothing, which is written over in the program's code.
#![expect(
    unsafe_code,
    reason = "a key writes over the code of the program, so the crate asks that no other thread runs"
)]

use static_keys::{define_static_key_false, static_branch_likely, static_branch_unlikely};

use crate::repeat::repeat;

macro_rules! keys {
    ($($key:ident)*) => {
        $(define_static_key_false!($key);)*
    };
}

keys!(OFF_0 OFF_1 OFF_2 OFF_3 OFF_4 OFF_5 OFF_6 OFF_7);
keys!(ON_0 ON_1 ON_2 ON_3 ON_4 ON_5 ON_6 ON_7);

pub(super) fn set_up() {
    static_keys::global_init();
    for key in [&ON_0, &ON_1, &ON_2, &ON_3, &ON_4, &ON_5, &ON_6, &ON_7] {
        // SAFETY: `global_init` was called, and no thread was started yet.
        unsafe { key.enable() };
    }
}

#[inline(never)]
pub(super) fn off(turns: u64) {
    repeat!(
        turns,
        [
            static_branch_unlikely!(OFF_0),
            static_branch_unlikely!(OFF_1),
            static_branch_unlikely!(OFF_2),
            static_branch_unlikely!(OFF_3),
            static_branch_unlikely!(OFF_4),
            static_branch_unlikely!(OFF_5),
            static_branch_unlikely!(OFF_6),
            static_branch_unlikely!(OFF_7),
        ]
    );
}

#[inline(never)]
pub(super) fn on(turns: u64) {
    repeat!(
        turns,
        [
            !static_branch_likely!(ON_0),
            !static_branch_likely!(ON_1),
            !static_branch_likely!(ON_2),
            !static_branch_likely!(ON_3),
            !static_branch_likely!(ON_4),
            !static_branch_likely!(ON_5),
            !static_branch_likely!(ON_6),
            !static_branch_likely!(ON_7),
        ]
    );
}
