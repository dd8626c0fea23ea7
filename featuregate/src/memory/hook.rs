//! The hook for tests, which each check asks first where the feature `testing` is on.

/// The type of an enum, and the name of its gate at a position.
pub(crate) type Named = fn(usize) -> (&'static str, &'static str);

/// Whether the hook for tests is compiled in: the feature `testing`.
///
/// With it, no check is folded to a constant, and each check asks the hook. Cargo builds a crate once with the
/// features of all crates that need it: `cargo build --release --all-targets` carries a feature of the
/// dev-dependencies into the release build, while `cargo build --release` does not. Code that measures, or counts
/// instructions, should assert it.
///
/// ```
/// // In a benchmark: const _: () = assert!(!featuregate::TESTING);
/// if featuregate::TESTING {
///     println!("checks ask the hook for tests");
/// }
/// ```
pub const TESTING: bool = cfg!(feature = "testing");

#[cfg(feature = "testing")]
pub(crate) use active::overridden;
#[cfg(feature = "testing")]
pub use active::{EnumId, Hook, set_hook};

#[cfg(feature = "testing")]
mod active {
    use alloc::boxed::Box;
    use once_cell::race::OnceBox;

    use super::Named;

    /// What is asked before each check: the enum by its [`EnumId`], the position of the gate among its variants, and
    /// what both are called. `None` leaves the answer to the gate's own value.
    pub type Hook = fn(EnumId, usize, Named) -> Option<bool>;

    /// An enum, identified by the address of its values.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct EnumId(usize);

    impl EnumId {
        pub(crate) fn new(address: usize) -> Self {
            Self(address)
        }
    }

    static HOOK: OnceBox<Hook> = OnceBox::new();

    /// Has a hook asked before each check, from now on; `false` if there is one already, which stays.
    pub fn set_hook(hook: Hook) -> bool {
        HOOK.set(Box::new(hook)).is_ok()
    }

    /// The hook's answer.
    #[must_use]
    pub(crate) fn overridden(cells: EnumId, position: usize, named: Named) -> Option<bool> {
        let hook = HOOK.get()?;
        hook(cells, position, named)
    }
}
