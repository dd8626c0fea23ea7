//! Findings that are the same for several instances of a component.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::fleet::finding::{Certainty, Finding, What};

/// A finding with its instances.
pub(crate) struct Group<'a> {
    pub(crate) what: &'a What,
    pub(crate) component: Option<&'a Arc<str>>,
    pub(crate) instances: Vec<&'a str>,
}

impl<'a> Group<'a> {
    /// The groups: errors first, what is certain first, then by component and gate.
    pub(crate) fn all(findings: &'a [Finding]) -> Vec<Self> {
        type Same<'a> = (Option<&'a Arc<str>>, &'static str, Certainty, &'a str);
        let mut known: HashMap<Same<'_>, usize, RandomState> = HashMap::default();
        let mut groups: Vec<Self> = Vec::new();
        // Most findings share what they say.
        let mut shared: HashMap<(Option<&Arc<str>>, *const What), usize, RandomState> =
            HashMap::default();
        for finding in findings {
            let (what, component) = (&*finding.what, finding.component.as_ref());
            let number =
                *shared.entry((component, Arc::as_ptr(&finding.what))).or_insert_with(|| {
                    let same = (component, what.rule.name, what.certainty, what.message.as_str());
                    *known.entry(same).or_insert_with(|| {
                        groups.push(Self { what, component, instances: Vec::new() });
                        groups.len() - 1
                    })
                });
            if let Some(group) = groups.get_mut(number) {
                group.instances.extend(finding.instance.as_deref());
            }
        }
        groups.sort_by_key(|group| {
            let What { level, certainty, gate, .. } = group.what;
            (std::cmp::Reverse(*level), *certainty, group.component, gate)
        });
        groups
    }
}
