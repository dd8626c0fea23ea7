//! A debug build reports, once for each enum, that a gate is read while nothing is installed for its enum.
//!
//! A program that forgets to install its gates, or does not compose those of a library, runs with the defaults, and
//! nothing else would show it.

#[cfg(debug_assertions)]
pub(crate) use debug::Unread;

#[cfg(debug_assertions)]
mod debug {
    use core::sync::atomic::AtomicBool;
    use core::sync::atomic::Ordering::Relaxed;

    use crate::memory::hook::{Named, TESTING};

    /// Whether the gates of some enum were installed.
    static INSTALLED: AtomicBool = AtomicBool::new(false);

    /// Whether it was reported that the gates of an enum are not installed.
    #[derive(Debug)]
    pub(crate) struct Unread(AtomicBool);

    impl Unread {
        pub(crate) const fn new() -> Self {
            Self(AtomicBool::new(false))
        }

        pub(crate) fn something_is_installed() {
            INSTALLED.store(true, Relaxed);
        }

        /// Reports a read at a position, once. A test reads gates that nobody installs.
        #[cold]
        pub(crate) fn report(&self, named: Named, position: usize) {
            if TESTING || self.0.swap(true, Relaxed) {
                return;
            }
            let (of, gate) = named(position);
            let help = if INSTALLED.load(Relaxed) {
                "add its enum to those that the program resolves, as in Resolver::<(Feature, other::Feature)>"
            } else {
                "resolve and install the gates before they are read"
            };
            show(of, gate, help);
        }
    }

    #[cfg(feature = "std")]
    #[expect(
        clippy::print_stderr,
        reason = "it is for who writes the program, and has no other way"
    )]
    fn show(of: &str, gate: &str, help: &str) {
        std::eprintln!(
            "warning: gate {gate} of {of} is read, but nothing is installed for it, so it has its default; {help} (debug builds report this once for each enum)"
        );
    }

    #[cfg(not(feature = "std"))]
    fn show(_of: &str, _gate: &str, _help: &str) {}
}
