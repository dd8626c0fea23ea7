//! A gate that is gone without a trace.

use crate::finding::Level;
use crate::rules::Rule;

use std::fmt::Write as _;

use featuregate_core::manifest::Gate;
use featuregate_core::quote::Name;
use featuregate_core::{Stage, Version};

use super::{Breach, Now, is_tombstone};

pub(crate) const RULE: Rule = Rule {
    name: "missing-tombstone",
    level: Level::Error,
    optional: false,
    summary: "a gate was removed, and no tombstone says so",
    page: include_str!("../../../docs/rules/missing-tombstone.md"),
};

pub(super) fn check(now: Now<'_>, gone: &Gate) -> Option<Breach> {
    let known_as_alias = |gate: &Gate| gate.spec.aliases.iter().any(|alias| alias == gone.name());
    // A gate that was renamed is still known.
    if now.declared.gates().iter().any(known_as_alias) {
        return None;
    }
    let name = Name(gone.name());
    let message = if is_tombstone(gone) {
        format!("the tombstone of gate {name} is gone, so nobody who still sets it learns why")
    } else {
        format!("gate {name} is gone, and no tombstone says so to whoever still sets it")
    };
    let help = format!("write {} on the enum", attribute(gone, now.declared.version()));
    Some(Breach { rule: RULE.name, gate: gone.name().to_owned(), message, help })
}

/// The attribute that the gate leaves, with its history.
pub(super) fn attribute(gone: &Gate, release: Version) -> String {
    let spec = &gone.spec;
    let plain = spec.name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let mut text = match plain {
        true => format!("#[tombstone({}", spec.name),
        false => format!("#[tombstone({:?}", spec.name),
    };
    for milestone in &spec.milestones {
        let since = milestone.since.as_deref().unwrap_or("0.0");
        let stage = match milestone.stage {
            Stage::Alpha => "alpha",
            Stage::Beta => "beta",
            Stage::Ga => "ga",
            Stage::Deprecated => "deprecated",
            Stage::PreAlpha => continue,
        };
        let usual = featuregate_core::RawMilestone::new(since, milestone.stage);
        let mut more = String::new();
        // What a deprecated gate has by default depends on the milestone before.
        if usual.default != milestone.default || milestone.stage == Stage::Deprecated {
            let _ = write!(more, ", default = {}", milestone.default);
        }
        if usual.locked != milestone.locked {
            let _ = write!(more, ", locked = {}", milestone.locked);
        }
        let _ = match more.as_str() {
            "" => write!(text, ", {stage} = {since:?}"),
            more => write!(text, ", {stage}(since = {since:?}{more})"),
        };
    }
    let removed = spec.removed.clone().unwrap_or_else(|| release.to_string());
    let _ = write!(text, ", removed = {removed:?}");
    if spec.milestones.is_empty() {
        let _ = write!(text, ", value = {}", spec.value.unwrap_or(false));
    }
    text.push_str(")]");
    text
}

#[cfg(test)]
mod tests {
    use super::attribute;
    use featuregate_core::Version;
    use featuregate_core::manifest::Manifest;

    #[test]
    fn the_attribute_keeps_the_history() {
        let manifest = Manifest::read(
            "- name: A\n  versionedSpecs:\n  - {version: \"1.4\", preRelease: Alpha, default: false}\n  \
             - {version: \"1.8\", preRelease: Beta, default: false}\n  \
             - {version: \"1.9\", preRelease: GA, default: true, lockToDefault: false}\n  \
             - {version: \"1.11\", preRelease: Deprecated, default: true, lockToDefault: true}\n",
        )
        .unwrap();
        assert_eq!(
            attribute(&manifest.gates()[0], Version::new(1, 15)),
            "#[tombstone(A, alpha = \"1.4\", beta(since = \"1.8\", default = false), \
             ga(since = \"1.9\", locked = false), \
             deprecated(since = \"1.11\", default = true, locked = true), removed = \"1.15\")]"
        );
    }
}
