//! Signals that end the process wait until no file is being replaced.

use std::sync::{Once, PoisonError, RwLock, RwLockReadGuard};

static REPLACING: RwLock<()> = RwLock::new(());
static HANDLING: Once = Once::new();

/// Delays the end of the process until this is dropped.
pub(super) fn hold() -> RwLockReadGuard<'static, ()> {
    HANDLING.call_once(|| {
        #[cfg(unix)]
        handle();
    });
    REPLACING.read().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn handle() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Without a handler, a signal may leave a file behind, as one does that cannot be handled.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        for signal in &mut signals {
            let _none = REPLACING.write().unwrap_or_else(PoisonError::into_inner);
            let _ = emulate_default_handler(signal);
        }
    });
}
