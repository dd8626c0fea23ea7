//! Reads the gates that a program declares from its source.
//!
//! ```text
//! cargo metadata ──package──► root files ─┐
//! --src ──────────────────────────────────┴─modules──► texts ──scan──► enums ──declared──► components
//! ```
//!
//! An enum is read by `featuregate-syntax`, as it is by the derive. The derive sees it after conditional compilation;
//! here it is read before, so a [`condition`](super::condition) is kept for each gate.

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use featuregate_core::Version;

use crate::error::Error;
use crate::finding::Skipped;
use crate::io::escape::escape;
use crate::source::component::{self, Component};
use crate::source::declared::{self, Enum};
use crate::source::diagnostic::Diagnostic;
use crate::source::modules::{self, Files, Instead, Root};
use crate::source::scan;

/// What a program's source declares.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// By name, the one without a name first. There are none if there are diagnostics, since an incomplete component
    /// cannot be compared with anything.
    pub(crate) components: Vec<Component>,
    /// What the derive or the composition of enums would refuse.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What could not be read.
    pub(crate) skipped: Vec<Skipped>,
    /// How many files were read.
    pub(crate) files: usize,
    /// The texts of the files with enums.
    pub(crate) texts: BTreeMap<Arc<str>, String>,
}

/// What one text declares.
#[derive(Debug)]
pub(crate) struct Declarations {
    /// The text as the compiler sees it, which has the same lines.
    pub(crate) text: String,
    /// The enums that can be read.
    pub(crate) enums: Vec<Enum>,
    /// What is wrong with the others, by location.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Declarations {
    /// Reads the enums in a text, without its modules, and not compared with other enums.
    pub(crate) fn read(path: Arc<str>, text: &str, crate_version: Version) -> Self {
        let text = modules::as_compiled(text);
        let mut enums = Vec::new();
        let mut refused = Vec::new();
        let files = modules::one(path, &text, |file, condition, found| {
            match declared::read(file, condition, found, crate_version) {
                Ok(read) => enums.push(read),
                Err(diagnostics) => refused.extend(diagnostics),
            }
        });
        let mut diagnostics = files.diagnostics;
        diagnostics.extend(refused);
        diagnostics.sort_by_key(|diagnostic| diagnostic.spot.location);
        Self { text, enums, diagnostics }
    }
}

impl Source {
    /// Reads the enums in root files and in the modules that these declare, or those of one name.
    pub(crate) fn read(
        roots: Vec<Root>,
        crate_version: Version,
        name: Option<&str>,
        instead: &Instead,
    ) -> Self {
        let mut enums = Vec::new();
        let mut refused = Vec::new();
        let files = modules::walk(roots, instead, |file, condition, found| {
            if name.is_some_and(|name| scan::name(&found).as_deref() != Some(name)) {
                return;
            }
            match declared::read(file, condition, found, crate_version) {
                Ok(read) => enums.push(read),
                Err(diagnostics) => refused.extend(diagnostics),
            }
        });
        let Files { mut diagnostics, mut skipped, count, texts } = files;
        diagnostics.extend(refused);
        // An enum that cannot be read may be the one that another refers to.
        let mut components = Vec::new();
        if diagnostics.is_empty() {
            components = component::compose(enums, &mut diagnostics);
        }
        if !diagnostics.is_empty() {
            components.clear();
        }
        diagnostics
            .sort_by(|a, b| (&a.spot.path, a.spot.location).cmp(&(&b.spot.path, b.spot.location)));
        skipped.sort();
        Self { components, diagnostics, skipped, files: count, texts }
    }

    /// Refuses a source without enums.
    pub(super) fn require_enums(self, name: Option<&str>, read_from: &str) -> Result<Self, Error> {
        if !self.components.is_empty() || !self.diagnostics.is_empty() {
            return Ok(self);
        }
        // The enum may be in what could not be read.
        let unread = self.skipped.iter().map(|skipped| {
            let line = skipped.line.map_or_else(String::new, |line| format!("{line}:"));
            format!("{}:{line} {}", escape(&skipped.path), skipped.reason)
        });
        let name = name.map_or_else(String::new, |name| format!(" {name}"));
        let none = format!(
            "no enum{name} in {read_from} derives FeatureGate; name another package with --package, or its source with --src"
        );
        Err(Error::Messages(iter::once(none).chain(unread).collect()))
    }
}
