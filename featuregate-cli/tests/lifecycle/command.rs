//! Commands that change the declaration in `src.rs`.

use crate::project::{Ended, Project};

impl Project {
    /// A command about `src.rs`.
    pub(crate) fn change(&self, arguments: &[&str]) -> Ended {
        self.run(&[arguments, &["--src", "src.rs"]].concat())
    }
}
