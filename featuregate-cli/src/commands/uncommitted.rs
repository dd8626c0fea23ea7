//! The consent to change files that git could not restore.

use std::path::Path;

use clap::Args;

use crate::io::git::{self, Failure, State};

/// Which files are changed although they are not as in the last commit.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Allowed {
    /// With --fix: also changes files of a git repository that have uncommitted changes, or that it does not track.
    #[arg(long, requires = "fix")]
    allow_dirty: bool,
    /// With --fix: also changes files whose uncommitted changes are all staged.
    #[arg(long, requires = "fix")]
    allow_staged: bool,
}

impl Allowed {
    /// Why a file with this content should not be changed, if there is a reason.
    pub(crate) fn objection(self, file: &Path, content: &str) -> Option<String> {
        if self.allow_dirty {
            return None;
        }
        reason(file, content, self.allow_staged)
    }
}

/// Why a file with this content should not be changed by a command without an option for staged changes.
pub(crate) fn objection(file: &Path, content: &str) -> Option<String> {
    let reason = reason(file, content, false)?;
    Some(reason.replace("--allow-staged or ", ""))
}

fn reason(file: &Path, content: &str, allow_staged: bool) -> Option<String> {
    let reason = match git::state(file, content.as_bytes()) {
        Ok(State::Unversioned | State::Ignored | State::Committed) => return None,
        Ok(State::Staged) if allow_staged => return None,
        Ok(State::Staged) => {
            "it has staged changes; commit them, or use --allow-staged or --allow-dirty"
        }
        Ok(State::Dirty) => "it has uncommitted changes; commit them, or use --allow-dirty",
        Ok(State::Untracked) => "git does not track it; add and commit it, or use --allow-dirty",
        Err(Failure::NoProgram(error)) => {
            return Some(format!(
                "cannot run git to see whether it has uncommitted changes: {error}; use --allow-dirty to change it anyway"
            ));
        }
        Err(Failure::Message(message)) => {
            return Some(format!(
                "git does not say whether it has uncommitted changes: {message}; use --allow-dirty to change it anyway"
            ));
        }
    };
    Some(reason.to_owned())
}
