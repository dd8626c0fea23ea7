//! Who looks at a report, and from where.

use terminal_size::{Width, terminal_size_of};

/// The width where no terminal says one, as in the log of a CI run.
const WIDTH: usize = 140;

/// What a report adapts to.
#[derive(Clone, Debug)]
pub(super) struct Viewer {
    /// How many columns the terminal has.
    pub(super) width: usize,
}

impl Viewer {
    pub(super) fn of_process() -> Self {
        let width = terminal_size_of(std::io::stdout());
        let width = width.map_or(WIDTH, |(Width(columns), _)| usize::from(columns).max(1));
        Self { width }
    }
}
