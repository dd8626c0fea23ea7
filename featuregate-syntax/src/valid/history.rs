//! The declaration of one gate: from the short forms to a spec that obeys the rules of the lifecycle.

use featuregate_core::__private::IdVec;
use featuregate_core::{
    GateSpec, LifecycleError, MilestoneId, Part, Precision, RawMilestone, RawSpec, Rule, Stage,
    Strictness, Version, lifecycle,
};
use proc_macro2::TokenStream;
use syn::ext::IdentExt;

use super::names::{self, Names};
use crate::attr::RawEnum;
use crate::attr::declaration::{Declaration, Needs};
use crate::attr::milestone;
use crate::attr::settings::Settings;
use crate::attr::tombstone::RawTombstone;
use crate::attr::variant::RawGate;
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{Conditional, Spanned};
use crate::model::Locations;

pub(super) fn gate(
    gate: &RawGate,
    settings: &Settings,
    names: &Names,
    errors: &mut Sink,
) -> Option<Sides> {
    let mut raw = raw_spec(gate.name.value.clone(), settings, &gate.declaration);
    raw.runtime |= settings.runtime.get().is_some();
    raw.doc.clone_from(&gate.doc);
    // Unknown variants are reported with the dependencies.
    let known = |needs: &Needs| -> Vec<String> {
        let variants = needs.own.iter().map(|variant| variant.unraw().to_string());
        variants.filter_map(|it| names::of_variant(names, &it).map(Into::into)).collect()
    };
    raw.requires = known(&gate.declaration.requires);
    raw.implies = known(&gate.declaration.implies);
    errors.of_gate(gate.ident.to_string(), |errors| {
        check(raw, &gate.declaration, Range::from(&gate.ident), errors)
    })
}

/// A gate with its conditions false, and with them true if it has any.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    pub(super) off: GateSpec,
    pub(super) on: Option<GateSpec>,
}

/// The milestones whose default depends on a condition. A deprecated gate keeps that of the milestone before.
pub(super) fn conditions(declaration: &Declaration) -> Vec<(usize, TokenStream)> {
    let mut before = None;
    let mut conditions = Vec::new();
    for (index, milestone) in declaration.milestones.iter().enumerate() {
        before = match milestone.default.get().map(|default| &default.value) {
            Some(Conditional::If(condition)) => Some(condition.clone()),
            None if milestone.stage == Stage::Deprecated => before,
            Some(Conditional::Always(_)) | None => None,
        };
        conditions.extend(before.clone().map(|condition| (index, condition)));
    }
    conditions
}

pub(super) fn tombstones(
    raw: &RawEnum,
    names: &Names,
    version: Option<Version>,
    errors: &mut Sink,
) -> Option<Vec<GateSpec>> {
    let read = |tombstone: &RawTombstone| {
        errors.of_gate(&tombstone.name.value, |errors| {
            let spec = self::tombstone(tombstone, &raw.settings, names, errors)?;
            removed_by(version?, &spec, tombstone, errors);
            Some(spec)
        })
    };
    // All are read before the first that cannot be.
    let specs: Vec<Option<GateSpec>> = raw.tombstones.iter().map(read).collect();
    specs.into_iter().collect()
}

fn tombstone(
    tombstone: &RawTombstone,
    settings: &Settings,
    names: &Names,
    errors: &mut Sink,
) -> Option<GateSpec> {
    let Spanned { value, range } = &tombstone.name;
    let declaration = &tombstone.declaration;
    if declaration.unreadable {
        return None;
    }
    if !declaration.removed.is_given() {
        errors.add(
            Code::Attribute,
            *range,
            format!("the tombstone of `{value}` has no `removed`"),
            "add the first version without the gate, as in removed = \"1.36\"",
        );
        return None;
    }
    let mut raw = raw_spec(value.clone(), settings, declaration);
    // A variant that was removed with it has no name any longer.
    let name =
        |variant: String| names::of_variant(names, &variant).map_or(variant.clone(), Into::into);
    let needs = |needs: &Needs| -> Vec<String> {
        needs.own.iter().map(|variant| name(variant.unraw().to_string())).collect()
    };
    raw.requires = needs(&declaration.requires);
    raw.implies = needs(&declaration.implies);
    if let Some((milestone, _)) = conditions(declaration).first() {
        let milestone = declaration.milestones.get(*milestone);
        let default = milestone.and_then(|milestone| milestone.default.get());
        errors.add(
            Code::Attribute,
            default.map_or(*range, |default| default.range),
            "the default of a removed gate cannot depend on a condition",
            "write default = true or default = false",
        );
        return None;
    }
    check(raw, declaration, *range, errors).map(|sides| sides.off)
}

/// A tombstone is not for a gate that is removed in a later version.
fn removed_by(version: Version, spec: &GateSpec, tombstone: &RawTombstone, errors: &mut Sink) {
    let Some(removed) = spec.removed().filter(|removed| *removed > version) else { return };
    if let Some(text) = tombstone.declaration.removed.get() {
        errors.add(
            Code::Version,
            text.range,
            format!("the gate is removed in {removed}, which is after the version of the enum, {version}"),
            "keep its variant until then",
        );
    }
}

fn raw_spec(name: String, settings: &Settings, declaration: &Declaration) -> RawSpec {
    let text = |text: Option<&Spanned<String>>| text.map(|text| text.value.clone());
    let mut raw = RawSpec::new(name).versions(settings.precision());
    raw.milestones = milestones(&declaration.milestones, false);
    raw.owner = text(declaration.owner.get());
    raw.issue = text(declaration.issue.get());
    raw.remove_in = text(declaration.remove_in.get());
    raw.aliases = declaration.aliases.iter().map(|alias| alias.value.clone()).collect();
    raw.removed = text(declaration.removed.get());
    raw.runtime = declaration.runtime.get().is_some();
    raw.value = declaration.value.get().map(|value| value.value);
    raw.switchable = declaration.switchable().is_some();
    raw.meta = declaration.meta.iter().cloned().collect();
    raw.tags = declaration.tags.iter().map(|tag| tag.value.clone()).collect();
    raw.except_from_groups = declaration.except_from_groups.get().is_some();
    raw
}

/// What the short forms mean: a stage without a version applies from the beginning, a deprecated gate keeps
/// the default it had, and the rest is that of the stage.
fn milestones(written: &[milestone::RawMilestone], condition: bool) -> Vec<RawMilestone> {
    let only_one = written.len() == 1;
    let mut before = None;
    written
        .iter()
        .map(|written| {
            let since = written.since.get().map_or("0.0", |since| &since.value);
            let mut milestone = RawMilestone::new(since, written.stage);
            if written.since.get().is_none() && !only_one {
                milestone.since = None;
            }
            let kept = if written.stage == Stage::Deprecated { before } else { None };
            let usual = kept.unwrap_or(milestone.default);
            milestone.default = match written.default.get().map(|default| &default.value) {
                Some(Conditional::Always(default)) => *default,
                Some(Conditional::If(_)) => condition,
                None => usual,
            };
            milestone.locked = written.locked.get().map_or(milestone.locked, |locked| locked.value);
            before = Some(milestone.default);
            milestone
        })
        .collect()
}

/// Applies the rules of the lifecycle, unless the history cannot be read. They hold with the conditions true and false;
/// a milestone may change something in one of the two only.
fn check(raw: RawSpec, declaration: &Declaration, gate: Range, errors: &mut Sink) -> Option<Sides> {
    if declaration.unreadable {
        return None;
    }
    let is_condition = |default: &Spanned<Conditional>| matches!(default.value, Conditional::If(_));
    let mut defaults = declaration.milestones.iter().filter_map(|it| it.default.get());
    let with = defaults.any(is_condition).then(|| {
        let milestones = milestones(&declaration.milestones, true);
        let mut with = raw.clone();
        with.milestones = milestones;
        with
    });
    let precision = raw.versions;
    let (off, found) = lifecycle::judge(raw, Strictness::Declared);
    let (on, mut others) = match with {
        Some(with) => {
            let (on, others) = lifecycle::judge(with, Strictness::Declared);
            (Some(on), others)
        }
        None => (None, found.clone()),
    };
    let is = |one: &LifecycleError, other: &LifecycleError| {
        (one.rule(), one.part()) == (other.rule(), other.part())
    };
    let both: Vec<LifecycleError> = found
        .into_iter()
        .filter(|error| error.rule() != Rule::NoChange || others.iter().any(|it| is(it, error)))
        .collect();
    others.retain(|error| {
        error.rule() != Rule::NoChange && !both.iter().any(|known| is(known, error))
    });
    let mut is_valid = true;
    for error in both.into_iter().chain(others) {
        let range = location(error.part(), declaration).unwrap_or(gate);
        // Only an enum can choose to have patch releases.
        let choice = match error.rule() {
            Rule::PatchVersion if precision == Precision::Minor => {
                ", or add versions = \"patch\" to #[feature_gate(…)]"
            }
            _ => "",
        };
        let help = format!("{}{choice}", error.help());
        errors.add(Code::Lifecycle(error.rule()), range, error.message(), help);
        is_valid = false;
    }
    is_valid.then_some(Sides { off, on })
}

/// The tokens of a part of a declaration; `None` for the gate as a whole, and for what is not written.
fn location(part: Part, declaration: &Declaration) -> Option<Range> {
    let of = |text: Option<&Spanned<String>>| text.map(|text| text.range);
    let milestones: IdVec<MilestoneId, _> = declaration.milestones.iter().collect();
    let or_stage =
        |at: MilestoneId, range: Option<Range>| Some(range.unwrap_or(milestones[at].range));
    match part {
        Part::Gate => None,
        Part::Stage(at) | Part::MinCompat(at) => or_stage(at, None),
        Part::Since(at) => or_stage(at, of(milestones[at].since.get())),
        Part::Default(at) => or_stage(at, milestones[at].default.get().map(|it| it.range)),
        Part::Lock(at) => or_stage(at, milestones[at].locked.get().map(|it| it.range)),
        Part::RemoveIn => of(declaration.remove_in.get()),
        Part::Removed => of(declaration.removed.get()),
        Part::Value => declaration.value.get().map(|value| value.range),
        Part::Switchable => declaration.switchable(),
    }
}

/// The locations of the parts of a declaration.
pub(super) fn locations(name: Range, declaration: &Declaration) -> Locations {
    let of = |text: Option<&Spanned<String>>| text.map(|text| text.range);
    Locations {
        name,
        milestones: declaration.milestones.iter().map(|milestone| milestone.entry).collect(),
        aliases: declaration.aliases.iter().map(|alias| alias.range).collect(),
        remove_in: of(declaration.remove_in.get()),
        removed: of(declaration.removed.get()),
    }
}
