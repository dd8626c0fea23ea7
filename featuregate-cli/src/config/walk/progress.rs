//! The progress of a walk, for people who wait for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a walk may take before it shows its progress.
const SILENT: Duration = Duration::from_millis(500);

/// How often the count is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// A count of files on standard error.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A count that shows after a while, if people watch.
    pub(super) fn new(watched: bool) -> Self {
        let bar = watched.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            // A template of ours; if it were wrong, the style would be the usual one.
            let style = ProgressStyle::with_template("{spinner} {human_pos} files read");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        });
        Self { bar, start: Instant::now(), shown: AtomicBool::new(false) }
    }

    pub(super) fn one_more(&self) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        if !self.shown.load(Ordering::Relaxed)
            && self.start.elapsed() >= SILENT
            && !self.shown.swap(true, Ordering::Relaxed)
        {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    }

    /// Removes the count.
    pub(super) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
