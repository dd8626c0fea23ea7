//! Applies the rules to what is written. The rules of the lifecycle are in `featuregate-core`; here, their
//! errors get their tokens.

mod groups;
mod history;
mod names;
mod requirements;

use featuregate_core::{GateSpec, Precision, Version};

use crate::attr::RawEnum;
use crate::attr::settings::Settings;
use crate::diagnostic::{Code, Range, Sink};
use crate::model::{Gate, Model, Tombstone};
use crate::valid::history::Sides;

/// Applies every rule. The model is only valid if no errors were added.
pub(crate) fn validate(
    mut raw: RawEnum,
    crate_version: Version,
    errors: &mut Sink,
) -> Option<Model> {
    names::rename_all(&mut raw);
    requirements::merge_own_paths(&mut raw);
    let crate_version = match raw.settings.precision() {
        Precision::Minor => crate_version.with_patch(0),
        Precision::Patch => crate_version,
    };
    let version = version(&raw.settings, crate_version, errors);
    names::check(&raw, errors);
    let names = names::of_variants(&raw);
    let sides: Vec<Option<Sides>> =
        raw.gates.iter().map(|gate| history::gate(gate, &raw.settings, &names, errors)).collect();
    let has_conditions = sides.iter().flatten().any(|sides| sides.on.is_some());
    let on = |sides: &Sides| sides.on.as_ref().unwrap_or(&sides.off).clone();
    let others: Vec<Option<GateSpec>> = if has_conditions {
        sides.iter().map(|sides| sides.as_ref().map(on)).collect()
    } else {
        Vec::new()
    };
    let specs: Vec<Option<GateSpec>> =
        sides.into_iter().map(|sides| sides.map(|sides| sides.off)).collect();
    let tombstones = history::tombstones(&raw, &names, version, errors);
    requirements::check(&raw, &names, [&specs, &others], errors);
    let groups = groups::groups(&raw, errors);
    if let Some(version) = version {
        groups::check_channels(&raw, &groups, &specs, version, errors);
    }
    if !raw.settings.version.is_given() && !raw.settings.unreadable {
        all_have_begun(&raw, &specs, crate_version, errors);
    }

    let specs: Option<Vec<GateSpec>> = specs.into_iter().collect();
    let gates = raw.gates.into_iter().zip(specs?).map(|(gate, spec)| Gate {
        locations: history::locations(gate.name.range, &gate.declaration),
        ident: gate.ident,
        spec,
        conditions: history::conditions(&gate.declaration),
        available: gate.declaration.available.take(),
        others: gate.declaration.requires.others,
    });
    let tombstones = raw.tombstones.iter().zip(tombstones?).map(|(tombstone, spec)| Tombstone {
        spec,
        attribute: tombstone.attribute,
        locations: history::locations(tombstone.name.range, &tombstone.declaration),
    });
    let tombstones = tombstones.collect();
    Some(Model {
        ident: raw.ident,
        version: version?,
        versions: raw.settings.precision(),
        emulation: raw.settings.emulation.get().is_some(),
        removed_gates: raw.settings.removed_gates.take().unwrap_or_default(),
        env: raw.settings.env.take().map(|text| text.value),
        env_prefix: raw.settings.env_prefix.take().map(|text| text.value),
        groups,
        lists_all_settable: raw.settings.help.get().is_some_and(|settable| *settable),
        component: raw.settings.component.take().map(|text| text.value),
        krate: raw.settings.krate.take(),
        gates: gates.collect(),
        tombstones,
        explicit_discriminants: raw.explicit_discriminants,
    })
}

/// The version of the component, without what is finer than it counts.
fn version(settings: &Settings, crate_version: Version, errors: &mut Sink) -> Option<Version> {
    if !settings.version.is_given() {
        return Some(crate_version);
    }
    let text = settings.version.get()?;
    settings
        .precision()
        .of_release(&text.value)
        .map_err(|error| errors.add(Code::Version, text.range, error.message(), error.help()))
        .ok()
}

/// Every gate has begun where the version of the component is that of the crate: a gate in the future means
/// that `version` was left out.
fn all_have_begun(raw: &RawEnum, specs: &[Option<GateSpec>], version: Version, errors: &mut Sink) {
    let first = |spec: &Option<GateSpec>| spec.as_ref().and_then(GateSpec::introduced);
    let begins = raw.gates.iter().zip(specs.iter().map(first));
    // One such gate means all of them.
    let later = begins
        .into_iter()
        .find_map(|(gate, first)| Some((gate, first.filter(|first| *first > version)?)));
    if let Some((gate, first)) = later {
        let milestone = gate.declaration.milestones.first();
        let since = milestone.and_then(|milestone| milestone.since.get()).map(|since| since.range);
        errors.of_gate(gate.ident.to_string(), |errors| {
            errors.add(
                Code::Version,
                since.unwrap_or(Range::from(&gate.ident)),
                format!("the gate begins with {first}, but the enum has the version of its crate, {version}"),
                format!("write the version of the component, as in #[feature_gate(version = \"{first}\")]"),
            );
        });
    }
}
