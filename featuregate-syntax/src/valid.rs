//! From what is written to what it means. The rules of the lifecycle are `featuregate-core`'s; here their
//! faults find their tokens.

use featuregate_core::__private::{check_specs, nearest};
use featuregate_core::{
    DependencyError, Fault, GateSpec, Group, Part, RawMilestone, RawSpec, Stage, Strictness,
    Version, lifecycle,
};
use proc_macro2::Ident;
use syn::ext::IdentExt;

use crate::attr::RawEnum;
use crate::attr::declaration::Declaration;
use crate::attr::milestone;
use crate::attr::settings::Settings;
use crate::attr::tombstone::RawTombstone;
use crate::attr::variant::RawGate;
use crate::diagnostic::{About, Range, Sink};
use crate::entry::Spanned;
use crate::model::{Gate, Model, Other, Places, Tombstone};

/// Applies every rule; what it returns is only good if there were no errors.
pub(crate) fn validate(
    mut raw: RawEnum,
    crate_version: Version,
    errors: &mut Sink,
) -> Option<Model> {
    own_paths(&mut raw);
    let version = version(&raw.settings, crate_version, errors);
    outside_names(&raw.settings, errors);
    unique_names(&raw, errors);
    let names = names(&raw);
    let specs: Vec<Option<GateSpec>> =
        raw.gates.iter().map(|gate| gate_spec(gate, &names, errors)).collect();
    let tombstones = tombstones(&raw, version, errors);
    requirements(&raw, &names, &specs, errors);
    if !raw.settings.version.is_given() && !raw.settings.unreadable {
        begun(&raw, &specs, crate_version, errors);
    }

    let specs: Option<Vec<GateSpec>> = specs.into_iter().collect();
    let gates = raw.gates.into_iter().zip(specs?).map(|(gate, spec)| Gate {
        places: places(name(&gate).range, &gate.declaration),
        ident: gate.ident,
        spec,
        available: gate.declaration.available.take(),
        others: gate.declaration.others,
    });
    let tombstones = raw.tombstones.iter().zip(tombstones?).map(|(tombstone, spec)| Tombstone {
        spec,
        places: places(tombstone.name.range, &tombstone.declaration),
    });
    let tombstones = tombstones.collect();
    Some(Model {
        ident: raw.ident,
        version: version?,
        emulation: raw.settings.emulation.get().is_some(),
        removed_gates: raw.settings.removed_gates.take().unwrap_or_default(),
        env: raw.settings.env.take().map(|text| text.value),
        component: raw.settings.component.take().map(|text| text.value),
        krate: raw.settings.krate.take(),
        gates: gates.collect(),
        tombstones,
        explicit_discriminants: raw.explicit_discriminants,
    })
}

/// The component's release: a patch part and a pre-release are dropped.
fn version(settings: &Settings, crate_version: Version, errors: &mut Sink) -> Option<Version> {
    if !settings.version.is_given() {
        return Some(crate_version);
    }
    let text = settings.version.get()?;
    Version::of_release(&text.value).map_err(|error| errors.add(text.range, error.to_string())).ok()
}

/// A gate that is required by a path through the enum's own name is one of its own.
fn own_paths(raw: &mut RawEnum) {
    let own = raw.ident.to_string();
    for gate in &mut raw.gates {
        let declaration = &mut gate.declaration;
        let (own, others) = core::mem::take(&mut declaration.others)
            .into_iter()
            .partition(|other: &Other| other.path.to_string() == own);
        declaration.others = others;
        for other in Vec::into_iter(own) {
            if !declaration.requires.contains(&other.variant) {
                declaration.requires.push(other.variant);
            }
        }
    }
}

// ---- names ----

/// The component's name and the variable's are such that a text and an environment can hold them.
fn outside_names(settings: &Settings, errors: &mut Sink) {
    if let Some(component) = settings.component.get() {
        if let Some(bad) = unwritable(&component.value) {
            errors.add(
                component.range,
                format!("a component can't contain {bad:?}, since nobody could write it in `--feature-gates=COMPONENT:NAME=true`; choose another name"),
            );
        }
    }
    if let Some(env) = settings.env.get().filter(|env| env.value.contains(['=', '\0'])) {
        errors.add(
            env.range,
            "this is no name of an environment variable; write it alone, as in env = \"APP_FEATURE_GATES\"",
        );
    }
}

/// The first character that would end a name in a text.
fn unwritable(name: &str) -> Option<char> {
    name.chars().find(|c| ",=:".contains(*c) || c.is_whitespace() || c.is_control())
}

/// The gate's name: the variant's, unless it is renamed.
fn name(gate: &RawGate) -> Spanned<String> {
    match gate.declaration.name.get() {
        Some(name) => name.clone(),
        None => Spanned { value: gate.ident.unraw().to_string(), range: Range::from(&gate.ident) },
    }
}

/// Each variant with its gate's name. A list, since an enum is small and a map takes long to compile.
type Names = [(String, String)];

fn names(raw: &RawEnum) -> Vec<(String, String)> {
    raw.gates.iter().map(|gate| (gate.ident.unraw().to_string(), name(gate).value)).collect()
}

/// The name of a variant's gate.
fn gate_of<'a>(names: &'a Names, variant: &str) -> Option<&'a str> {
    names.iter().find(|(known, _)| known == variant).map(|(_, name)| name.as_str())
}

/// Names and aliases are such that a text can hold them, and each belongs to one gate.
fn unique_names(raw: &RawEnum, errors: &mut Sink) {
    let mut names: Vec<(&str, &str, Spanned<String>)> = Vec::new();
    let mut aliases = Vec::new();
    for gate in &raw.gates {
        names.push(("the name of a gate", "choose another name", name(gate)));
        aliases.extend(&gate.declaration.aliases);
    }
    for tombstone in &raw.tombstones {
        let hint = "drop the tombstone, or choose another name";
        names.push(("the name of a removed gate", hint, tombstone.name.clone()));
        aliases.extend(&tombstone.declaration.aliases);
    }
    for alias in aliases {
        names.push(("the alias of a gate", "drop the alias", alias.clone()));
    }
    let mut taken: Vec<(&str, &str)> = Vec::new();
    for (what, hint, name) in &names {
        let text = name.value.as_str();
        if !writable(name, errors) {
            continue;
        }
        match taken.iter().find(|(known, _)| *known == text) {
            Some((_, already)) => {
                errors.add(name.range, format!("`{text}` is {already} already; {hint}"));
            }
            None => taken.push((text, *what)),
        }
    }
}

fn writable(name: &Spanned<String>, errors: &mut Sink) -> bool {
    let text = &name.value;
    if text.is_empty() {
        errors.add(
            name.range,
            "this name is empty, so nobody could set the gate by it; fill it in, or drop it",
        );
        return false;
    }
    if let Some(bad) = unwritable(text) {
        errors.add(
            name.range,
            format!("a name can't contain {bad:?}, since nobody could write it in `--feature-gates=NAME=true`; choose another name"),
        );
        return false;
    }
    if Group::named(text).is_some() {
        errors.add(name.range, format!("`{text}` sets all gates of a stage; choose another name"));
        return false;
    }
    true
}

// ---- one gate ----

fn gate_spec(gate: &RawGate, names: &Names, errors: &mut Sink) -> Option<GateSpec> {
    let mut raw = raw_spec(name(gate).value, &gate.declaration);
    raw.doc.clone_from(&gate.doc);
    // Variants that are no gates are told of where the dependencies are judged.
    raw.requires = gate
        .declaration
        .requires
        .iter()
        .filter_map(|variant| gate_of(names, &variant.unraw().to_string()))
        .map(Into::into)
        .collect();
    check(raw, &gate.declaration, Range::from(&gate.ident), errors)
}

fn tombstones(raw: &RawEnum, version: Option<Version>, errors: &mut Sink) -> Option<Vec<GateSpec>> {
    let mut specs = Vec::with_capacity(raw.tombstones.len());
    for tombstone in &raw.tombstones {
        let spec = tombstone_spec(tombstone, errors);
        if let (Some(removed), Some(version)) = (spec.as_ref().and_then(GateSpec::removed), version)
        {
            if let Some(place) = tombstone.declaration.removed.get().filter(|_| removed > version) {
                errors.add(
                    place.range,
                    format!("the gate is removed only in {removed}, after this release, {version}; keep its variant until then"),
                );
            }
        }
        specs.push(spec);
    }
    specs.into_iter().collect()
}

fn tombstone_spec(tombstone: &RawTombstone, errors: &mut Sink) -> Option<GateSpec> {
    let Spanned { value, range } = &tombstone.name;
    let declaration = &tombstone.declaration;
    if declaration.unreadable {
        return None;
    }
    if !declaration.removed.is_given() {
        errors.add(
            *range,
            format!("the tombstone of `{value}` does not say when the gate was removed; add the first release without it, as in removed = \"1.36\""),
        );
        return None;
    }
    let mut raw = raw_spec(value.clone(), declaration);
    raw.requires = declaration.requires.iter().map(|gate| gate.unraw().to_string()).collect();
    check(raw, declaration, *range, errors)
}

fn raw_spec(name: String, declaration: &Declaration) -> RawSpec {
    let text = |text: Option<&Spanned<String>>| text.map(|text| text.value.clone());
    let mut raw = RawSpec::new(name);
    raw.milestones = milestones(&declaration.milestones);
    raw.owner = text(declaration.owner.get());
    raw.issue = text(declaration.issue.get());
    raw.remove_in = text(declaration.remove_in.get());
    raw.aliases = declaration.aliases.iter().map(|alias| alias.value.clone()).collect();
    raw.removed = text(declaration.removed.get());
    raw.value = declaration.value.get().map(|value| value.value);
    raw
}

/// What the short forms mean: a stage alone holds from the beginning, a deprecated gate keeps the
/// default it had, the rest is the stage's own.
fn milestones(written: &[milestone::RawMilestone]) -> Vec<RawMilestone> {
    let alone = written.len() == 1;
    let mut before = None;
    written
        .iter()
        .map(|written| {
            let since = written.since.get().map_or("0.0", |since| &since.value);
            let mut milestone = RawMilestone::new(since, written.stage);
            if written.since.get().is_none() && !alone {
                milestone.since = None;
            }
            let kept = if written.stage == Stage::Deprecated { before } else { None };
            let usual = kept.unwrap_or(milestone.default);
            milestone.default = written.default.get().map_or(usual, |default| default.value);
            milestone.locked = written.locked.get().map_or(milestone.locked, |locked| locked.value);
            before = Some(milestone.default);
            milestone
        })
        .collect()
}

/// Applies the rules of the lifecycle, unless the history can't be read.
fn check(
    raw: RawSpec,
    declaration: &Declaration,
    gate: Range,
    errors: &mut Sink,
) -> Option<GateSpec> {
    if declaration.unreadable {
        return None;
    }
    let tell = |fault: Fault| {
        let place = place(fault.part(), declaration).unwrap_or(gate);
        errors.add_about(About::Lifecycle(fault.rule()), place, fault.message());
    };
    lifecycle::validate(raw, Strictness::Declared)
        .map_err(|faults| faults.into_iter().for_each(tell))
        .ok()
}

/// The tokens that a part of a declaration was written with.
fn place(part: Part, declaration: &Declaration) -> Option<Range> {
    let of = |text: Option<&Spanned<String>>| text.map(|text| text.range);
    let milestone = |at: usize| declaration.milestones.get(at);
    let or_stage = |at: usize, range: Option<Range>| range.or(milestone(at).map(|it| it.range));
    match part {
        Part::Gate => None,
        Part::Stage(at) | Part::MinCompat(at) => or_stage(at, None),
        Part::Since(at) => or_stage(at, of(milestone(at)?.since.get())),
        Part::Default(at) => or_stage(at, milestone(at)?.default.get().map(|it| it.range)),
        Part::Lock(at) => or_stage(at, milestone(at)?.locked.get().map(|it| it.range)),
        Part::RemoveIn => of(declaration.remove_in.get()),
        Part::Removed => of(declaration.removed.get()),
        Part::Value => declaration.value.get().map(|value| value.range),
    }
}

/// Where a declaration says what.
fn places(name: Range, declaration: &Declaration) -> Places {
    let of = |text: Option<&Spanned<String>>| text.map(|text| text.range);
    Places {
        name,
        milestones: declaration.milestones.iter().map(|milestone| milestone.entry).collect(),
        aliases: declaration.aliases.iter().map(|alias| alias.range).collect(),
        remove_in: of(declaration.remove_in.get()),
        removed: of(declaration.removed.get()),
    }
}

// ---- between gates ----

/// Every required variant is there, and every dependency obeys the rules of `featuregate-core`.
fn requirements(raw: &RawEnum, names: &Names, specs: &[Option<GateSpec>], errors: &mut Sink) {
    for gate in &raw.gates {
        for needed in &gate.declaration.requires {
            let wanted = needed.unraw().to_string();
            if gate_of(names, &wanted).is_some() {
                continue;
            }
            if raw.tombstones.iter().any(|gone| gone.name.value == wanted) {
                errors.add(
                    needed,
                    format!(
                        "`{wanted}` is a removed gate, which nothing can require; drop it here"
                    ),
                );
                continue;
            }
            let hint = match nearest(&wanted, names.iter().map(|(variant, _)| variant.as_str())) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "name a variant of this enum".into(),
            };
            errors.add(needed, format!("`{}` has no gate `{wanted}`; {hint}", raw.ident));
        }
    }
    // Gates with faults of their own are left out, and with them what is said of their dependencies.
    for fault in check_specs(specs.iter().flatten().cloned()) {
        if let Some(place) = required_at(&fault, raw) {
            errors.add(place, fault.to_string());
        }
    }
}

/// The token within `requires(…)` that a fault is about; none if a gate of it is faulty itself.
fn required_at(fault: &DependencyError, raw: &RawEnum) -> Option<Range> {
    let (gate, dependency) = match fault {
        DependencyError::Stage(mismatch)
        | DependencyError::Default(mismatch)
        | DependencyError::Lock(mismatch) => {
            (mismatch.gate.as_str(), vec![mismatch.dependency.as_str()])
        }
        DependencyError::Cycle { members } => {
            (members.first()?.as_str(), members.iter().map(String::as_str).collect())
        }
        _ => return None,
    };
    let dependent = raw.gates.iter().find(|candidate| name(candidate).value == gate)?;
    let named = |variant: &&Ident| {
        let needed = raw.gates.iter().find(|candidate| candidate.ident == **variant);
        needed.is_some_and(|needed| dependency.contains(&name(needed).value.as_str()))
    };
    dependent.declaration.requires.iter().find(named).map(Range::from)
}

/// Where the component's version is the crate's, no gate lies in the future: that is a forgotten
/// `version`, not a plan.
fn begun(raw: &RawEnum, specs: &[Option<GateSpec>], version: Version, errors: &mut Sink) {
    for (gate, spec) in raw.gates.iter().zip(specs) {
        let Some(first) = spec.as_ref().and_then(GateSpec::introduced) else {
            continue;
        };
        if first > version {
            let place = gate.declaration.milestones.first();
            let place = place.and_then(|milestone| milestone.since.get()).map(|since| since.range);
            errors.add(
                place.unwrap_or(Range::from(&gate.ident)),
                format!(
                    "the gate begins with {first}, but the enum's version is that of its crate, {version}; say the component's release, as in #[feature_gate(version = \"{first}\")]"
                ),
            );
            // One such gate means all of them.
            return;
        }
    }
}
