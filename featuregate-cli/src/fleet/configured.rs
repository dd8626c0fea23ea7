//! What configuration files set, to explain what runs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::walk::{self, Scope, Source};
use crate::error::Error;
use crate::fleet::finding::SetIn;
use crate::io::text::Lines;
use crate::lint::checker::Checker;
use crate::lint::target::value_of;

/// The locations at which gates are set, by gate and value.
#[derive(Debug, Default)]
pub(crate) struct Configured(HashMap<(String, bool), Vec<SetIn>>);

/// How many locations are kept of each.
const LOCATIONS: usize = 5;

impl Configured {
    /// Reads files and folders as `check` does.
    pub(crate) fn read(
        paths: &[PathBuf],
        scope: &Scope,
        checker: &Checker,
        watched: bool,
    ) -> Result<Self, Error> {
        let mut configured = Self::default();
        if paths.is_empty() {
            return Ok(configured);
        }
        let concerns = |text: &str| checker.concerns(text);
        let walked =
            walk::each(paths, scope, watched, concerns, |source| Some(set(checker, &source)));
        if !walked.failures.is_empty() {
            return Err(Error::Messages(walked.failures));
        }
        for (setting, set_in) in walked.results.into_iter().flatten() {
            let known = configured.0.entry(setting).or_default();
            if known.len() < LOCATIONS {
                known.push(set_in);
            }
        }
        Ok(configured)
    }

    /// Where a gate is set to that value.
    pub(crate) fn get(&self, gate: &str, on: bool) -> Vec<SetIn> {
        // A copy of the name, of which there are few.
        self.0.get(&(gate.to_owned(), on)).cloned().unwrap_or_default()
    }
}

/// What a file sets.
fn set(checker: &Checker, source: &Source) -> Vec<((String, bool), SetIn)> {
    let extract = checker.extract(&source.path, source.syntax, &source.text);
    let lines = Lines::of(&source.text);
    let set = extract.settings.values().filter_map(|setting| {
        let path = Arc::clone(&source.path);
        let set_in = SetIn { path, location: lines.location(setting.name_span.start) };
        Some(((setting.name.clone(), value_of(setting)?), set_in))
    });
    set.collect()
}
