//! What follows from a removal outside of code: the manifest, the pages that were written from it, and, where requested,
//! the configuration that sets the gates.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use featuregate_core::manifest::Manifest;
use featuregate_page::Page;

use crate::config::walk::name::{self, Kind};
use crate::error::Error;
use crate::io::text::Lines;
use crate::lint::checker::Checker;
use crate::program::gates::Gates;
use crate::program::releases::Releases;
use crate::report::{TITLE, markdown};

/// A file that is not code, after the removal.
#[derive(Debug)]
pub(crate) struct Updated {
    /// The file in the copy.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The settings that are left in it: the position of the gate among those that are removed, and the line.
    pub(crate) left: Vec<(usize, u32)>,
}

/// The pages that `featuregate docs` writes from the manifest before and from the one after, each with the ending of its
/// file.
pub(crate) struct Pages([(&'static str, String, String); 2]);

impl Pages {
    pub(crate) fn of(before: &Manifest, after: &Manifest) -> Result<Self, Error> {
        let gates = |manifest: &Manifest| Gates::at(&Releases::of([manifest.clone()]), None);
        let (before, after) = (gates(before)?, gates(after)?);
        let html = |gates: &Gates| Page::of_declarations(TITLE, gates.resolution()).to_html();
        Ok(Self([
            ("md", markdown::page(&before)?, markdown::page(&after)?),
            ("html", html(&before), html(&after)),
        ]))
    }

    /// The page after, if a file has the one before; `None` for other texts.
    pub(crate) fn after(&self, file: &Path, text: &str) -> Option<&str> {
        let text = text.replace("\r\n", "\n");
        let is_page = |(ending, before, _): &&(&str, String, String)| {
            *before == text && file.extension().is_some_and(|own| own == *ending)
        };
        self.0.iter().find(is_page).map(|(_, _, after)| after.as_str())
    }
}

/// Configuration without the wanted settings for which that is the right fix, and the settings of gates that are left.
/// `named` has the gates that configuration gives a name to, by their positions among those that are removed.
pub(crate) fn configuration(
    file: &Path,
    text: &str,
    checker: &Checker,
    named: &dyn Fn(&str) -> Vec<usize>,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Option<Updated> {
    let (Kind::Configuration(syntax) | Kind::Unknown(syntax)) = name::kind(file) else {
        return None;
    };
    let path: Arc<str> = file.to_string_lossy().into();
    let fixed = checker.fix_settings(&path, syntax, text, &|setting| is_wanted(&setting.name));
    let fixed = fixed.ok().flatten().map_or_else(|| text.to_owned(), |fixed| fixed.text);
    let lines = Lines::of(&fixed);
    let left = checker.extract(&path, syntax, &fixed).settings;
    let left = left.values().flat_map(|setting| {
        let line = lines.location(setting.name_span.start).line;
        named(&setting.name).into_iter().map(move |gate| (gate, line))
    });
    let left = left.collect();
    Some(Updated { path: file.to_owned(), text: fixed, left })
}
