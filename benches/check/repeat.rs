//! The loop around the checks.

/// Eight checks, each of which is a branch, again and again.
///
/// What a branch does is a fence that is no instruction, so it can neither be left out nor be turned
/// into arithmetic; another one ends each turn, so that also a loop without checks is one.
macro_rules! repeat {
    ($turns:expr, [$($check:expr),* $(,)?]) => {
        for _ in 0..$turns {
            $(
                if $check {
                    std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
                }
            )*
            std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
        }
    };
}

pub(crate) use repeat;
