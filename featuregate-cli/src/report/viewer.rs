//! Who looks at a report, and from where.

use std::path::PathBuf;

use terminal_size::{Width, terminal_size_of};

/// The width where no terminal says one, as in the log of a CI run.
const WIDTH: usize = 140;

/// What a report adapts to.
#[derive(Clone, Debug)]
pub(super) struct Viewer {
    /// How many columns the terminal has.
    pub(super) width: usize,
    /// The folder that paths are named from.
    pub(super) folder: PathBuf,
    /// The checkout of a GitHub workflow, from which its annotations name files.
    pub(super) workspace: Option<PathBuf>,
}

impl Viewer {
    pub(super) fn of_process() -> Self {
        let width = terminal_size_of(std::io::stdout());
        let workspace = std::env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
        Self {
            width: width.map_or(WIDTH, |(Width(columns), _)| usize::from(columns).max(1)),
            folder: std::env::current_dir().unwrap_or_default(),
            workspace: workspace.map(PathBuf::from),
        }
    }
}
