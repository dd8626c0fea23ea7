//! The gates that a program declares, read from its source.
//!
//! ```text
//! cargo metadata ──package──► root files ─┐
//! --src ──────────────────────────────────┴─modules──► texts ──scan──► enums ──declared──► components
//! ```
//!
//! An enum is read by `featuregate-syntax`, as it is by the derive. What the derive sees after conditional
//! compilation is seen here before it, so [`condition`] says when a gate is there.

mod attributes;
mod component;
mod condition;
mod declared;
mod modules;
mod package;
mod scan;
mod selection;

use std::collections::BTreeMap;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use featuregate_core::Version;
use featuregate_syntax::Code;

use crate::failure::Failure;
use crate::finding::Skipped;
use crate::harmless::harmless;
use crate::text::Place;

pub(crate) use component::Component;
pub(crate) use declared::{Declared, Enum};
pub(crate) use package::relative;
pub(crate) use selection::{Selected, Selection};

/// What a program's source declares.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// By name, the one without a name first. There are none where there is a mistake, since what is not whole
    /// can't be compared with anything.
    pub(crate) components: Vec<Component>,
    /// What the derive or the composition of enums would refuse.
    pub(crate) mistakes: Vec<Mistake>,
    /// What could not be read.
    pub(crate) skipped: Vec<Skipped>,
    /// How many files were read.
    pub(crate) files: usize,
    /// The texts of the files with enums.
    pub(crate) texts: BTreeMap<Arc<str>, String>,
}

/// A part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The file.
    pub(crate) path: Arc<str>,
    /// Where it begins.
    pub(crate) place: Place,
    /// Its bytes.
    pub(crate) span: Range<usize>,
}

/// What is wrong with a declaration.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// The offending tokens.
    pub(crate) spot: Spot,
    /// The gate, or the enum.
    pub(crate) gate: String,
    /// What is wrong and what would be right.
    pub(crate) message: String,
    /// What kind of error it is, if `featuregate-syntax` found it.
    pub(crate) code: Option<Code>,
}

impl Source {
    /// Reads the enums in root files and in the modules that these declare, or those of one name.
    fn read(roots: Vec<modules::Root>, crate_version: Version, name: Option<&str>) -> Self {
        let mut source = Self::default();
        let mut enums = Vec::new();
        modules::walk(roots, &mut source, |file, condition, found, source| {
            if name.is_some_and(|name| scan::name(&found).as_deref() != Some(name)) {
                return;
            }
            match declared::read(file, condition, found, crate_version) {
                Ok(read) => enums.push(read),
                Err(mistakes) => source.mistakes.extend(mistakes),
            }
        });
        // An enum that can't be read may be the one that another refers to.
        if source.mistakes.is_empty() {
            let components = component::compose(enums, &mut source.mistakes);
            source.components = if source.mistakes.is_empty() { components } else { Vec::new() };
        }
        source
            .mistakes
            .sort_by(|a, b| (&a.spot.path, a.spot.place).cmp(&(&b.spot.path, b.spot.place)));
        source.skipped.sort();
        source
    }

    /// Refuses a source without enums.
    fn some(self, name: Option<&str>, place: &str) -> Result<Self, Failure> {
        if !self.components.is_empty() || !self.mistakes.is_empty() {
            return Ok(self);
        }
        // The enum may stand in what could not be read.
        let unread = self.skipped.iter().map(|skipped| {
            let line = skipped.line.map_or_else(String::new, |line| format!("{line}:"));
            format!("{}:{line} {}", harmless(&skipped.path), skipped.reason)
        });
        let name = name.map_or_else(String::new, |name| format!(" {name}"));
        let none = format!(
            "no enum{name} in {place} derives FeatureGate; name another package with --package, or its source with --src"
        );
        Err(Failure::Messages(iter::once(none).chain(unread).collect()))
    }
}
