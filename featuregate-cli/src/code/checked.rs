//! Which gates the code of a workspace uses.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::names::{GateEnum, Names};
use super::search;
use super::usage::Kind;
use crate::error::Error;
use crate::source::declared::Enum;

/// The gates that code uses, each with its enum.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Those that are used at all.
    used: BTreeSet<Gate>,
    /// Those whose value code asks for.
    checked: BTreeSet<Gate>,
}

/// The file and the line of an enum, and a variant.
type Gate = (PathBuf, u32, String);

impl Checked {
    /// Looks for the gates of some enums.
    pub(crate) fn find(names: &Names<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        for found in search::all(names)?.uses {
            let gate = |of: &GateEnum| (of.file.clone(), of.line, found.gate.clone());
            let Some(gate) = found.declaring.map(|of| gate(&names.enums[of])) else { continue };
            if asks(found.kind) {
                all.checked.insert(gate.clone());
            }
            if found.kind.is_code() {
                all.used.insert(gate);
            }
        }
        Ok(all)
    }

    /// Whether code uses a variant of an enum.
    pub(crate) fn is_used(&self, of: &Enum, variant: &str) -> bool {
        self.used.contains(&gate(of, variant))
    }

    /// Whether code asks for the value of a variant of an enum.
    pub(crate) fn is_checked(&self, of: &Enum, variant: &str) -> bool {
        self.checked.contains(&gate(of, variant))
    }
}

fn gate(of: &Enum, variant: &str) -> Gate {
    let path = Path::new(&*of.spot.path);
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    (path, of.spot.location.line, variant.to_owned())
}

/// Whether a use asks for the value of a gate, as far as is known: the gate as a value may be asked elsewhere.
fn asks(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Check | Kind::Gates | Kind::Require | Kind::Match | Kind::Value | Kind::Macro
    )
}
