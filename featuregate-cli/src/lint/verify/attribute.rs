//! A gate's history as the attribute that declares it.

use std::fmt::Write as _;

use featuregate_core::manifest::Gate;
use featuregate_core::{GateSpec, Milestone, Version};
use featuregate_syntax::milestone_key;

use crate::lint::transition::spec;

/// `#[tombstone(Name, alpha = "1.4", beta = "1.11", removed = "1.26")]`, with what a manifest knows of the gate.
pub(crate) fn tombstone(gate: &Gate, removed: Version) -> String {
    let known = spec(&gate.clone().removed_in(removed));
    if known.milestones().is_empty() {
        return tombstone_at(gate, removed, known.final_value().unwrap_or(false));
    }
    let mut text = format!("#[tombstone({}", written(gate.name()));
    let mut before = None;
    for milestone in known.milestones() {
        let _ = write!(text, ", {}", entry(milestone, before));
        before = Some(milestone.default());
    }
    text.push_str(&aliases(gate));
    let _ = write!(text, ", removed = \"{removed}\")]");
    text
}

/// The former names, which configuration may still use.
fn aliases(gate: &Gate) -> String {
    let aliases = gate.spec.aliases.iter().map(|alias| format!(", alias = {alias:?}"));
    aliases.collect::<Vec<_>>().concat()
}

/// The short form, without the history.
pub(crate) fn tombstone_at(gate: &Gate, removed: Version, value: bool) -> String {
    let (name, aliases) = (written(gate.name()), aliases(gate));
    format!("#[tombstone({name}{aliases}, removed = \"{removed}\", value = {value})]")
}

/// The beginning of a list of tombstones, before the names.
pub(crate) fn tombstones_at(removed: Version, value: bool) -> String {
    format!("#[tombstones(removed = \"{removed}\", value = {value};")
}

/// A name, in quotes if it is not an identifier.
pub(crate) fn written(name: &str) -> String {
    if syn::parse_str::<syn::Ident>(name).is_ok() { name.to_owned() } else { format!("{name:?}") }
}

/// `beta = "1.33"` or `beta(since = "1.33", default = false)`, for the milestone that applies in a release.
pub(super) fn milestone(spec: &GateSpec, release: Version) -> Option<String> {
    let mut reached = spec.milestones().iter().rev().skip_while(|later| later.since() > release);
    let milestone = reached.next()?;
    Some(entry(milestone, reached.next().map(Milestone::default)))
}

/// One milestone, after one with this default.
pub(crate) fn entry(milestone: &Milestone, before: Option<bool>) -> String {
    let stage = milestone.stage();
    let key = milestone_key(stage).unwrap_or("alpha");
    let usual = stage.usual_default().or(before).unwrap_or(false);
    let usually_locked = stage.usually_locked();
    let since = milestone.since();
    if milestone.default() == usual && milestone.is_locked() == usually_locked {
        return format!("{key} = \"{since}\"");
    }
    let mut text = format!("{key}(since = \"{since}\"");
    if milestone.default() != usual {
        let _ = write!(text, ", default = {}", milestone.default());
    }
    if milestone.is_locked() != usually_locked {
        let _ = write!(text, ", locked = {}", milestone.is_locked());
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use super::tombstone;
    use featuregate_core::manifest::Manifest;
    use featuregate_core::{Version, lifecycle};

    /// What is written for a gate is read as that gate: the kubelet's own tombstones come back.
    #[test]
    fn the_tombstone_of_a_gate_declares_its_history() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/kubelet/featuregates.yaml");
        let manifest = Manifest::read(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut attributes = String::new();
        for gate in manifest.gates() {
            let removed = gate.spec.removed.as_deref().unwrap_or("1.99").parse().unwrap();
            attributes += &tombstone(gate, removed);
            attributes += "\n";
        }
        let input = format!("#[feature_gate(version = \"1.99\")]\n{attributes}enum Feature {{}}");
        let model =
            featuregate_syntax::read(&syn::parse_str(&input).unwrap(), Version::ZERO).unwrap();
        assert_eq!(model.tombstones.len(), manifest.gates().len());
        for (read, gate) in model.tombstones.iter().zip(manifest.gates()) {
            let known = lifecycle::judge(gate.spec.clone(), lifecycle::Strictness::Data).0;
            assert_eq!(read.spec.name(), gate.name());
            assert_eq!(read.spec.milestones(), known.milestones(), "{}", gate.name());
        }
    }

    #[test]
    fn names_former_names_and_plans_are_written_as_they_must_be() {
        let manifest = Manifest::read(
            "version: \"1.30\"\ngates:\n\
             - {name: a-b, aliases: [old], versionedSpecs: [{version: \"1.20\", preRelease: Alpha, default: false}, \
               {version: \"1.40\", preRelease: Beta, default: true}]}\n\
             - {name: Removed, removed: \"1.20\", value: true}\n\
             - {name: fn, versionedSpecs: [{version: \"1.20\", preRelease: Deprecated, default: true, lockToDefault: true}]}\n",
        )
        .unwrap();
        let written: Vec<String> =
            manifest.gates().iter().map(|gate| tombstone(gate, Version::new(1, 30))).collect();
        assert_eq!(
            written,
            [
                "#[tombstone(Removed, removed = \"1.30\", value = true)]",
                "#[tombstone(\"a-b\", alpha = \"1.20\", alias = \"old\", removed = \"1.30\")]",
                "#[tombstone(\"fn\", deprecated(since = \"1.20\", default = true, locked = true), removed = \"1.30\")]",
            ]
        );
    }
}
