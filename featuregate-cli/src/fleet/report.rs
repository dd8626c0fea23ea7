//! What was found, for people, for programs, and as a page.

pub(crate) mod groups;
pub(crate) mod html;
pub(crate) mod human;
pub(crate) mod json;

use std::sync::Arc;

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

    /// The instances by component and release: how many, and how many of them emulate another release.
    fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut sorted: Vec<&Instance> = self.instances.iter().collect();
        sorted.sort_by_key(|it| (&it.component, it.profile.release, it.profile.emulated));
        for instance in sorted {
            let profile = &instance.profile;
            let of = (&instance.component, profile.release, profile.emulated);
            match parts.last_mut() {
                Some(last) if (&last.component, last.release, last.emulated) == of => {
                    last.instances += 1;
                }
                _ => parts.push(Part {
                    component: instance.component.clone(),
                    release: profile.release,
                    emulated: profile.emulated,
                    instances: 1,
                }),
            }
        }
        parts
    }
}

/// The instances of a component at a release.
struct Part {
    component: Option<Arc<str>>,
    release: Option<Version>,
    emulated: Option<Version>,
    instances: usize,
}

/// A release, if it is known.
fn release(release: Option<Version>) -> String {
    release.map_or_else(|| "unknown".to_owned(), |release| release.to_string())
}
