//! What was found, for people, for programs, and as a page.

pub(crate) mod groups;
pub(crate) mod html;
pub(crate) mod human;
pub(crate) mod json;

use featuregate_core::Version;

use crate::finding::Level;
use crate::fleet::finding::Finding;
use crate::fleet::instances::Instance;
use crate::fleet::missing::Missing;

/// What was found.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// What was asked, as a title.
    pub(crate) title: String,
    /// The release that was asked about.
    pub(crate) target: Option<Version>,
    pub(crate) instances: &'a [Instance],
    pub(crate) findings: Vec<Finding>,
    /// The steps of an upgrade.
    pub(crate) order: Vec<String>,
    pub(crate) missing: Vec<Missing>,
}

impl Report<'_> {
    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.what.level == Level::Error)
    }
}

/// A release, if it is known.
fn release(release: Option<Version>) -> String {
    release.map_or_else(|| "unknown".to_owned(), |release| release.to_string())
}
