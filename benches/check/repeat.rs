//! The loop around the checks.

use std::hint::black_box;

/// Eight checks, none of which holds, again and again.
///
/// Each is a branch to a call that never happens, as in a program whose usual way is straight on. So what
/// is measured is the check and not what depends on it, and the compiler has no reason to arrange one
/// contender's branches in another way than those of the next. What is on is checked for being off.
macro_rules! repeat {
    ($turns:expr, [$($check:expr),* $(,)?]) => {
        for _ in 0..$turns {
            $(
                if $check {
                    crate::repeat::never();
                }
            )*
            std::hint::black_box(());
        }
    };
}

pub(crate) use repeat;

/// What would depend on the gates.
#[cold]
#[inline(never)]
pub(crate) fn never() {
    black_box("called");
}
