//! The progress of long work, for people who wait for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may take before it shows its progress.
const SILENT: Duration = Duration::from_millis(500);

/// How often the count is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// A count on standard error.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// A count that shows after a while, if people watch; `what` is counted.
    pub(crate) fn new(watched: bool, what: &str) -> Self {
        let bar = watched.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
            // A template of ours; if it were wrong, the style would be the usual one.
            let style = ProgressStyle::with_template(&format!("{{spinner}} {{human_pos}} {what}"));
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        });
        Self { bar, start: Instant::now(), shown: AtomicBool::new(false) }
    }

    pub(crate) fn more(&self, count: u64) {
        let Some(bar) = &self.bar else { return };
        bar.inc(count);
        if !self.shown.load(Ordering::Relaxed)
            && self.start.elapsed() >= SILENT
            && !self.shown.swap(true, Ordering::Relaxed)
        {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(TICK);
        }
    }

    /// Removes the count.
    pub(crate) fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
