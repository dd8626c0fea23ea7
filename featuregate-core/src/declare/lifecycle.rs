//! Which histories are legal. Every rule of a single gate's lifecycle is here and nowhere else; those
//! between gates are in `gates/dependency.rs`.
//!
//! The rules are those of Kubernetes' registration (`AddVersioned`), of which three are stricter (an
//! empty history, a step back to pre-alpha, and a hidden entry are refused), one that Kubernetes leaves
//! to its lifecycle tool ([`Rule::AlphaOn`]), and those of a removed gate.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::milestone::{Milestone, MilestoneId, RawMilestone};
use crate::declare::rare::{Facts, Rare};
use crate::declare::spec::{GateSpec, RawSpec, Removal};
use crate::declare::stage::Stage;
use crate::declare::version::{Precision, Version};
use crate::id::IdVec;
use crate::quote::{Name, on_or_off};

/// A rule of the lifecycle; [`id`](Self::id) is its stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A gate has at least one milestone.
    EmptyHistory,
    /// A milestone has a version.
    NoVersion,
    /// A version is `major.minor`, without a patch part.
    PatchVersion,
    /// Versions ascend.
    VersionOrder,
    /// No version appears twice (unless a minimum compatibility version distinguishes them).
    Duplicate,
    /// No entry is hidden by a later one at the same version.
    Unreachable,
    /// The stage does not change within a version.
    StageSameVersion,
    /// The lock does not change within a version.
    LockSameVersion,
    /// Each milestone changes something.
    NoChange,
    /// A locked gate remains locked.
    Unlock,
    /// Deprecated is last.
    Resurrect,
    /// No stage goes back.
    Regress,
    /// A gate that exists does not become pre-alpha again.
    ToPreAlpha,
    /// A history does not begin deprecated, unless at `X.0`, which means "before the gate".
    DeprecatedFirst,
    /// Alpha is off by default. Only for gates declared in code and by policy.
    AlphaOn,
    /// A minimum compatibility version refines an entry before it at the same version.
    MinCompatWithoutBase,
    /// A minimum compatibility version is `major.minor`.
    PatchMinCompat,
    /// A minimum compatibility version is not above its version.
    MinCompatGreater,
    /// Minimum compatibility versions ascend.
    MinCompatOrder,
    /// The planned release of removal is a version after the last milestone.
    RemoveIn,
    /// The release of removal is a version after the last milestone.
    Removed,
    /// A removed gate has a final value: from its history or from `value`, not from both.
    FinalValue,
    /// A gate that stays a switch at GA has a GA milestone that is not locked.
    Switchable,
}

impl Rule {
    /// The rule's stable name in kebab case.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::EmptyHistory => "empty-history",
            Self::NoVersion => "no-version",
            Self::PatchVersion => "patch-version",
            Self::VersionOrder => "version-order",
            Self::Duplicate => "duplicate",
            Self::Unreachable => "unreachable",
            Self::StageSameVersion => "stage-same-version",
            Self::LockSameVersion => "lock-same-version",
            Self::NoChange => "no-change",
            Self::Unlock => "unlock",
            Self::Resurrect => "resurrect",
            Self::Regress => "regress",
            Self::ToPreAlpha => "to-pre-alpha",
            Self::DeprecatedFirst => "deprecated-first",
            Self::AlphaOn => "alpha-on",
            Self::MinCompatWithoutBase => "mincompat-without-base",
            Self::PatchMinCompat => "patch-mincompat",
            Self::MinCompatGreater => "mincompat-greater",
            Self::MinCompatOrder => "mincompat-order",
            Self::RemoveIn => "remove-in",
            Self::Removed => "removed",
            Self::FinalValue => "final-value",
            Self::Switchable => "switchable",
        }
    }
}

/// The part of a declaration that an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The gate as a whole.
    Gate,
    /// The stage of a milestone.
    Stage(MilestoneId),
    /// The version of a milestone.
    Since(MilestoneId),
    /// The default of a milestone.
    Default(MilestoneId),
    /// The lock of a milestone.
    Lock(MilestoneId),
    /// The minimum compatibility version of a milestone.
    MinCompat(MilestoneId),
    /// The planned release of removal.
    RemoveIn,
    /// The release of removal.
    Removed,
    /// The value that a removed gate ended with.
    Value,
    /// That it stays a switch at GA.
    Switchable,
}

/// A breach of a [`Rule`]. `Display` says what is wrong and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleError {
    rule: Rule,
    part: Part,
    gate: String,
    message: String,
    help: String,
}

impl LifecycleError {
    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Where in the declaration.
    #[must_use]
    pub fn part(&self) -> Part {
        self.part
    }

    /// The gate's name.
    #[must_use]
    pub fn gate(&self) -> &str {
        &self.gate
    }

    /// What is wrong: one clause, without the gate's name.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead: one clause.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl core::error::Error for LifecycleError {}

impl fmt::Display for LifecycleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gate {}: {}; {}", Name(&self.gate), self.message, self.help)
    }
}

/// Which rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// To specs from data: Kubernetes' registration.
    Data,
    /// To gates declared in code: also [`Rule::AlphaOn`].
    Declared,
}

/// Checks a declaration and, if it is legal, makes a [`GateSpec`] of it.
///
/// # Errors
/// All errors, those of earlier milestones first.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Rule, Strictness, lifecycle};
///
/// let raw = RawSpec::new("Old")
///     .milestone(RawMilestone::beta("1.30"))
///     .milestone(RawMilestone::alpha("1.31"));
/// let errors = lifecycle::validate(raw, Strictness::Data).unwrap_err();
/// assert_eq!(errors[0].rule(), Rule::Regress);
/// assert_eq!(
///     errors[0].to_string(),
///     "gate Old: the stage goes back from beta (since 1.30) to alpha; keep it beta, or deprecate the gate"
/// );
/// ```
pub fn validate(raw: RawSpec, strictness: Strictness) -> Result<GateSpec, Vec<LifecycleError>> {
    let (spec, errors) = judge(raw, strictness);
    if errors.is_empty() { Ok(spec) } else { Err(errors) }
}

/// Checks a declaration and makes a [`GateSpec`] of it even if it breaks rules: real histories do, and
/// [`GateSpec::at`] still has an answer for them.
///
/// A milestone whose version cannot be read never applies, nor does a version of removal that cannot be
/// read. If a removed gate has both a history and a `value`, the history counts; without both, it ended
/// off.
///
/// ```
/// use featuregate_core::{RawMilestone, RawSpec, Rule, Stage, Strictness, Version, lifecycle};
///
/// let raw = RawSpec::new("Old").milestone(RawMilestone::deprecated("1.30"));
/// let (spec, errors) = lifecycle::judge(raw, Strictness::Data);
/// assert_eq!(errors[0].rule(), Rule::DeprecatedFirst);
/// assert_eq!(spec.at(Version::new(1, 31), Version::new(1, 30)).stage(), Stage::Deprecated);
/// ```
#[must_use]
pub fn judge(raw: RawSpec, strictness: Strictness) -> (GateSpec, Vec<LifecycleError>) {
    let mut sink = Sink { gate: &raw.name, errors: Vec::new() };
    let history: History<'_> = raw.milestones.iter().collect();
    let versions = versions(&history, raw.versions, &mut sink);
    let completed = min_compats(&history, &versions, &mut sink);

    some_history(&raw, &mut sink);
    not_deprecated_first(&history, &versions, &mut sink);
    if strictness == Strictness::Declared {
        alpha_is_off(&history, &mut sink);
    }
    for step in steps(&history, &versions, &completed) {
        // A stage can be compared only with the one that really was before it.
        if version_moves_on(&step, &mut sink) {
            something_changes(&step, &mut sink);
            lock_stays(&step, &mut sink);
            stage_moves_on(&step, &mut sink);
        }
    }
    let last = versions.last().copied().flatten();
    let remove_in = remove_in(&raw, last, &mut sink);
    let removal = removal(&raw, last, &mut sink);
    switchable(&raw, &mut sink);
    let errors = sink.errors;

    let milestones: Vec<Milestone> = raw
        .milestones
        .iter()
        .zip(versions)
        .zip(completed)
        .filter_map(|((milestone, since), min_compat)| {
            Some(Milestone {
                since: since?,
                stage: milestone.stage,
                default: milestone.default,
                locked: milestone.locked,
                min_compat,
            })
        })
        .collect();
    let spec = GateSpec {
        name: raw.name.into(),
        doc: raw.doc.into(),
        milestones: milestones.into(),
        requires: raw.requires.into_iter().map(Into::into).collect(),
        rare: Rare::from(Facts {
            implies: raw.implies.into_iter().map(Into::into).collect(),
            owner: raw.owner.map(Into::into),
            issue: raw.issue.map(Into::into),
            remove_in,
            aliases: raw.aliases.into_iter().map(Into::into).collect(),
            removal,
            meta: raw.meta.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            tags: raw.tags.into_iter().map(Into::into).collect(),
        }),
        available: raw.available,
        runtime: raw.runtime,
        switchable: raw.switchable,
        except_from_groups: raw.except_from_groups,
    };
    (spec, errors)
}

/// Collects the errors, in the order of the history.
struct Sink<'a> {
    gate: &'a str,
    errors: Vec<LifecycleError>,
}

impl Sink<'_> {
    fn add(&mut self, rule: Rule, part: Part, message: impl Into<String>, help: impl Into<String>) {
        // In the order of the history, then those of the whole gate.
        let order = |part: Part| (part.milestone().is_none(), part.milestone());
        let after = self.errors.partition_point(|known| order(known.part) <= order(part));
        let (message, help) = (message.into(), help.into());
        let error = LifecycleError { rule, part, gate: self.gate.into(), message, help };
        self.errors.insert(after, error);
    }
}

impl Part {
    /// The milestone that it is a part of.
    fn milestone(self) -> Option<MilestoneId> {
        match self {
            Self::Stage(at)
            | Self::Since(at)
            | Self::Default(at)
            | Self::Lock(at)
            | Self::MinCompat(at) => Some(at),
            Self::Gate | Self::RemoveIn | Self::Removed | Self::Value | Self::Switchable => None,
        }
    }
}

/// The milestones as they were written.
type History<'a> = IdVec<MilestoneId, &'a RawMilestone>;

// ---- rules of one milestone ----

fn versions(
    history: &History<'_>,
    written: Precision,
    sink: &mut Sink<'_>,
) -> Vec<Option<Version>> {
    let read = |(at, milestone): (MilestoneId, &&RawMilestone)| {
        let Some(since) = &milestone.since else {
            let stage = milestone.stage.as_word();
            sink.add(
                Rule::NoVersion,
                Part::Stage(at),
                format!("the {stage} milestone has no version"),
                "write the first version in which it applies, as in \"1.36\"",
            );
            return None;
        };
        written
            .read(since)
            .map_err(|error| {
                sink.add(Rule::PatchVersion, Part::Since(at), error.message(), error.help());
            })
            .ok()
    };
    history.iter().map(read).collect()
}

/// Reads the minimum compatibility versions; an entry without one inherits that of the entry before it.
fn min_compats(
    history: &History<'_>,
    versions: &[Option<Version>],
    sink: &mut Sink<'_>,
) -> Vec<Option<Version>> {
    let mut inherited: Option<Version> = None;
    let mut before: Option<Option<Version>> = None;
    let mut completed = Vec::with_capacity(history.len());
    for ((at, milestone), since) in history.iter().zip(versions) {
        if let Some(text) = &milestone.min_compat {
            let part = Part::MinCompat(at);
            if before != Some(*since) {
                sink.add(
                    Rule::MinCompatWithoutBase,
                    part,
                    "the minimum compatibility version has no entry to refine",
                    "add an entry of the same version without one before it",
                );
            }
            match text.parse::<Version>() {
                Err(error) => sink.add(Rule::PatchMinCompat, part, error.message(), error.help()),
                Ok(given) => {
                    if let Some(since) = since.filter(|since| given > *since) {
                        sink.add(
                            Rule::MinCompatGreater,
                            part,
                            format!("the minimum compatibility version {given} is above the version {since}"),
                            format!("write {since} or an earlier version"),
                        );
                    }
                    if let Some(inherited) = inherited.filter(|inherited| given < *inherited) {
                        sink.add(
                            Rule::MinCompatOrder,
                            part,
                            format!("the minimum compatibility version {given} is below {inherited} of an earlier entry"),
                            "list them in ascending order",
                        );
                    }
                    inherited = Some(given);
                }
            }
        }
        before = Some(*since);
        completed.push(inherited);
    }
    completed
}

fn some_history(raw: &RawSpec, sink: &mut Sink<'_>) {
    if raw.milestones.is_empty() && raw.removed.is_none() {
        sink.add(
            Rule::EmptyHistory,
            Part::Gate,
            "the gate has no stage",
            "add at least the one that it begins with",
        );
    }
}

fn not_deprecated_first(history: &History<'_>, versions: &[Option<Version>], sink: &mut Sink<'_>) {
    if let (Some((at, first)), Some(Some(since))) = (history.iter().next(), versions.first())
        && first.stage == Stage::Deprecated
        && since.minor() != 0
    {
        sink.add(
                Rule::DeprecatedFirst,
                Part::Stage(at),
                format!("the history begins with deprecated (since {since})"),
                "add the stage before it, such as GA since 1.0 for a feature that is older than its gate",
            );
    }
}

fn alpha_is_off(history: &History<'_>, sink: &mut Sink<'_>) {
    for (at, milestone) in history.iter() {
        if milestone.stage == Stage::Alpha && milestone.default {
            sink.add(
                Rule::AlphaOn,
                Part::Default(at),
                "an alpha gate is on by default",
                "turn it off, or make it beta if it is ready to be on",
            );
        }
    }
}

// ---- rules of one step, from a milestone to the next ----

/// Two milestones in a row.
struct Step<'a> {
    at: MilestoneId,
    before: &'a RawMilestone,
    after: &'a RawMilestone,
    since_before: Option<Version>,
    since: Option<Version>,
    min_compat_before: Option<Version>,
    min_compat: Option<Version>,
}

impl Step<'_> {
    /// `beta (since 1.30)`.
    fn before_text(&self) -> String {
        match self.since_before {
            Some(since) => format!("{} (since {since})", self.before.stage.as_word()),
            None => self.before.stage.as_word().into(),
        }
    }
}

fn steps<'a>(
    history: &'a History<'a>,
    versions: &'a [Option<Version>],
    completed: &'a [Option<Version>],
) -> impl Iterator<Item = Step<'a>> {
    let milestones = history.values().zip(history.iter().skip(1));
    let since = versions.iter().zip(versions.iter().skip(1));
    let min_compat = completed.iter().zip(completed.iter().skip(1));
    milestones.zip(since).zip(min_compat).map(|(((before, (at, after)), since), min_compat)| Step {
        at,
        before,
        after,
        since_before: *since.0,
        since: *since.1,
        min_compat_before: *min_compat.0,
        min_compat: *min_compat.1,
    })
}

/// The rules about versions; `false` if the step breaks one, so that its stages say nothing.
fn version_moves_on(step: &Step<'_>, sink: &mut Sink<'_>) -> bool {
    let (Some(before), Some(since)) = (step.since_before, step.since) else {
        return true;
    };
    let part = Part::Since(step.at);
    let stage = step.after.stage.as_word();
    if since < before {
        sink.add(
            Rule::VersionOrder,
            part,
            format!("{stage} since {since} comes after {}", step.before_text()),
            "list milestones in ascending order of their versions",
        );
        return false;
    }
    if since > before {
        return true;
    }
    if step.min_compat == step.min_compat_before {
        let explicit = step.after.min_compat.is_some() || step.before.min_compat.is_none();
        if explicit {
            sink.add(
                Rule::Duplicate,
                part,
                format!(
                    "there is already a milestone since {since}, {}",
                    step.before.stage.as_word()
                ),
                "change the version, or remove one of them",
            );
            return false;
        }
        // Kubernetes does not notice, and continues with the rules below. An entry that changes nothing
        // is reported by its own rule.
        if changes(step) {
            sink.add(
                Rule::Unreachable,
                part,
                format!("this entry hides the one before it, which has the same version {since} and the same minimum compatibility version"),
                "remove one of them",
            );
        }
    }
    let mut same = true;
    if step.after.stage != step.before.stage {
        sink.add(
            Rule::StageSameVersion,
            Part::Stage(step.at),
            format!("the stage changes within {since}"),
            "give all entries of a version the same stage",
        );
        same = false;
    }
    if step.after.locked != step.before.locked {
        sink.add(
            Rule::LockSameVersion,
            Part::Lock(step.at),
            format!("the lock changes within {since}"),
            "lock all entries of a version, or none",
        );
        same = false;
    }
    same
}

fn changes(step: &Step<'_>) -> bool {
    let of = |milestone: &RawMilestone| (milestone.stage, milestone.default, milestone.locked);
    of(step.before) != of(step.after)
}

fn something_changes(step: &Step<'_>, sink: &mut Sink<'_>) {
    if !changes(step) {
        sink.add(
            Rule::NoChange,
            Part::Stage(step.at),
            format!("this milestone repeats the stage, default and lock of {}", step.before_text()),
            "remove it",
        );
    }
}

fn lock_stays(step: &Step<'_>, sink: &mut Sink<'_>) {
    if step.before.locked && !step.after.locked {
        sink.add(
            Rule::Unlock,
            Part::Lock(step.at),
            format!("the gate is unlocked after it was locked as {}", step.before_text()),
            "lock it here too, or do not lock it earlier",
        );
    }
}

fn stage_moves_on(step: &Step<'_>, sink: &mut Sink<'_>) {
    let part = Part::Stage(step.at);
    let stage = step.after.stage.as_word();
    match (step.before.stage, step.after.stage) {
        (Stage::Deprecated, after) if after != Stage::Deprecated => sink.add(
            Rule::Resurrect,
            part,
            format!("{stage} comes after {}, which is the last stage", step.before_text()),
            "remove one of them",
        ),
        (before, Stage::PreAlpha) if before != Stage::PreAlpha => sink.add(
            Rule::ToPreAlpha,
            part,
            format!("the gate becomes pre-alpha after {}", step.before_text()),
            "deprecate it instead",
        ),
        (Stage::Beta | Stage::Ga, Stage::Alpha) | (Stage::Ga, Stage::Beta) => sink.add(
            Rule::Regress,
            part,
            format!("the stage goes back from {} to {stage}", step.before_text()),
            format!("keep it {}, or deprecate the gate", step.before.stage.as_word()),
        ),
        _ => {}
    }
}

// ---- rules of the end ----

/// Reads a version that must come after the last milestone.
fn after_the_last(
    (text, written): (&str, Precision),
    last: Option<Version>,
    (rule, part): (Rule, Part),
    sink: &mut Sink<'_>,
) -> Option<Version> {
    match written.read(text) {
        Err(error) => {
            sink.add(rule, part, error.message(), error.help());
            None
        }
        Ok(version) => {
            if let Some(last) = last.filter(|last| version <= *last) {
                sink.add(
                    rule,
                    part,
                    format!("{version} is not after the last milestone (since {last})"),
                    "write the first version without the gate",
                );
            }
            Some(version)
        }
    }
}

fn remove_in(raw: &RawSpec, last: Option<Version>, sink: &mut Sink<'_>) -> Option<Version> {
    let text = raw.remove_in.as_deref()?;
    after_the_last((text, raw.versions), last, (Rule::RemoveIn, Part::RemoveIn), sink)
}

fn switchable(raw: &RawSpec, sink: &mut Sink<'_>) {
    let can_switch = |milestone: &RawMilestone| milestone.stage == Stage::Ga && !milestone.locked;
    if raw.switchable && !raw.milestones.iter().any(can_switch) {
        sink.add(
            Rule::Switchable,
            Part::Switchable,
            "no GA milestone of the gate is unlocked, so it cannot be switchable",
            "write ga(since = \"1.36\", locked = false, switchable)",
        );
    }
}

fn removal(raw: &RawSpec, last: Option<Version>, sink: &mut Sink<'_>) -> Option<Removal> {
    let Some(text) = raw.removed.as_deref() else {
        if raw.value.is_some() {
            sink.add(
                Rule::FinalValue,
                Part::Value,
                "a gate that is not removed has a final value",
                "add the version in which it was removed, or remove the value",
            );
        }
        return None;
    };
    let since = after_the_last((text, raw.versions), last, (Rule::Removed, Part::Removed), sink);
    let ended = raw.milestones.last().map(|milestone| milestone.default);
    let value = match (ended, raw.value) {
        (Some(default), None) => default,
        (None, Some(value)) => value,
        (None, None) => {
            sink.add(
                Rule::FinalValue,
                Part::Removed,
                "the removed gate has no final value",
                "add its history, value = true or value = false",
            );
            false
        }
        (Some(default), Some(_)) => {
            sink.add(
                Rule::FinalValue,
                Part::Value,
                format!("the history already ends with the gate {}", on_or_off(default)),
                "remove the value",
            );
            default
        }
    };
    Some(Removal { since: since?, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(raw: RawSpec, strictness: Strictness) -> Vec<Rule> {
        validate(raw, strictness)
            .err()
            .unwrap_or_default()
            .iter()
            .map(LifecycleError::rule)
            .collect()
    }

    fn gate(milestones: impl IntoIterator<Item = RawMilestone>) -> RawSpec {
        milestones.into_iter().fold(RawSpec::new("X"), RawSpec::milestone)
    }

    #[test]
    fn each_rule_refuses_what_breaks_it() {
        use RawMilestone as M;
        let base = || M::beta("1.30").with_default(false);
        for (milestones, expected) in [
            (vec![], vec![Rule::EmptyHistory]),
            (vec![M::alpha("1.30").without_version()], vec![Rule::NoVersion]),
            (vec![M::alpha("1.30.1")], vec![Rule::PatchVersion]),
            (vec![M::alpha("1.31"), M::beta("1.30")], vec![Rule::VersionOrder]),
            (vec![M::alpha("1.31"), M::beta("1.31")], vec![Rule::Duplicate]),
            (
                vec![base(), M::beta("1.30").with_min_compat("1.29"), base()],
                vec![Rule::Unreachable],
            ),
            (
                vec![base(), M::beta("1.30").with_min_compat("1.29"), M::beta("1.30")],
                vec![Rule::NoChange],
            ),
            (
                vec![
                    base(),
                    M::beta("1.30").with_min_compat("1.29"),
                    M::ga("1.30").with_lock(false),
                ],
                vec![Rule::Unreachable, Rule::StageSameVersion],
            ),
            (
                vec![M::alpha("1.30"), M::beta("1.30").with_min_compat("1.29")],
                vec![Rule::StageSameVersion],
            ),
            (
                vec![base(), M::beta("1.30").with_lock(true).with_min_compat("1.29")],
                vec![Rule::LockSameVersion],
            ),
            (vec![M::alpha("1.30"), M::alpha("1.31")], vec![Rule::NoChange]),
            (vec![M::ga("1.30"), M::ga("1.31").with_lock(false)], vec![Rule::Unlock]),
            (vec![M::deprecated("1.0"), M::beta("1.31")], vec![Rule::Resurrect]),
            (vec![M::beta("1.30"), M::alpha("1.31")], vec![Rule::Regress]),
            (
                vec![M::ga("1.30").with_lock(false), M::beta("1.31").with_default(false)],
                vec![Rule::Regress],
            ),
            (vec![M::alpha("1.30"), M::new("1.31", Stage::PreAlpha)], vec![Rule::ToPreAlpha]),
            (
                vec![M::new("1.30", Stage::PreAlpha), M::new("1.31", Stage::PreAlpha)],
                vec![Rule::NoChange],
            ),
            (
                vec![
                    base(),
                    M::beta("1.30").with_min_compat("1.29"),
                    base().with_min_compat("1.29"),
                ],
                vec![Rule::Duplicate],
            ),
            (vec![M::deprecated("1.31")], vec![Rule::DeprecatedFirst]),
            (
                vec![base(), M::beta("1.31").with_min_compat("1.29")],
                vec![Rule::MinCompatWithoutBase],
            ),
            (
                vec![base(), M::beta("1.30").with_min_compat("1")],
                vec![Rule::Duplicate, Rule::PatchMinCompat],
            ),
            (vec![base(), M::beta("1.30").with_min_compat("1.31")], vec![Rule::MinCompatGreater]),
            (
                vec![
                    base(),
                    M::beta("1.30").with_min_compat("1.29"),
                    base().with_min_compat("1.28"),
                ],
                vec![Rule::MinCompatOrder],
            ),
        ] {
            let mut found = errors(gate(milestones.clone()), Strictness::Data);
            found.sort();
            let mut expected = expected;
            expected.sort();
            assert_eq!(found, expected, "{milestones:?}");
        }
    }

    #[test]
    fn only_a_gate_that_is_unlocked_at_ga_stays_a_switch() {
        use RawMilestone as M;
        let rules =
            |milestones: Vec<M>| errors(gate(milestones).switchable(true), Strictness::Data);
        let unlocked = || M::ga("1.30").with_lock(false);
        assert_eq!(rules(vec![M::ga("1.30")]), [Rule::Switchable]);
        assert_eq!(rules(vec![M::beta("1.30")]), [Rule::Switchable]);
        assert_eq!(rules(vec![unlocked()]), []);
        assert_eq!(rules(vec![unlocked(), M::ga("1.31")]), []);
    }

    #[test]
    fn an_error_has_a_location_and_says_what_to_write() {
        use RawMilestone as M;
        let ids: IdVec<MilestoneId, ()> = [(), ()].into_iter().collect();
        let (first, second) = (ids.ids().next().unwrap(), ids.ids().next_back().unwrap());
        for (milestones, id, part, text) in [
            (
                vec![M::alpha("1.31"), M::beta("1.30")],
                "version-order",
                Part::Since(second),
                "beta since 1.30 comes after alpha (since 1.31); list milestones in ascending order of their versions",
            ),
            (
                vec![M::alpha("1.31"), M::beta("1.31")],
                "duplicate",
                Part::Since(second),
                "there is already a milestone since 1.31, alpha; change the version, or remove one of them",
            ),
            (
                vec![M::ga("1.30"), M::ga("1.31").with_lock(false)],
                "unlock",
                Part::Lock(second),
                "the gate is unlocked after it was locked as GA (since 1.30); lock it here too, or do not lock it earlier",
            ),
            (
                vec![M::beta("1.30"), M::alpha("1.31")],
                "regress",
                Part::Stage(second),
                "the stage goes back from beta (since 1.30) to alpha; keep it beta, or deprecate the gate",
            ),
            (
                vec![M::deprecated("1.0"), M::beta("1.31")],
                "resurrect",
                Part::Stage(second),
                "beta comes after deprecated (since 1.0), which is the last stage; remove one of them",
            ),
            (
                vec![M::alpha("1.30"), M::new("1.31", Stage::PreAlpha)],
                "to-pre-alpha",
                Part::Stage(second),
                "the gate becomes pre-alpha after alpha (since 1.30); deprecate it instead",
            ),
            (
                vec![M::alpha("1.30"), M::alpha("1.31")],
                "no-change",
                Part::Stage(second),
                "this milestone repeats the stage, default and lock of alpha (since 1.30); remove it",
            ),
            (
                vec![M::alpha("1.30").without_version(), M::beta("1.31")],
                "no-version",
                Part::Stage(first),
                "the alpha milestone has no version; write the first version in which it applies, as in \"1.36\"",
            ),
        ] {
            let errors = validate(gate(milestones.clone()), Strictness::Data).unwrap_err();
            let error = errors.first().unwrap();
            assert_eq!((error.rule().id(), error.part()), (id, part));
            assert_eq!(alloc::format!("{}; {}", error.message(), error.help()), text);
            assert_eq!(error.gate(), "X");
            assert_eq!(error.to_string(), alloc::format!("gate X: {text}"));
        }
    }

    #[test]
    fn alpha_on_is_refused_only_where_it_is_declared_in_code() {
        let raw = gate([RawMilestone::alpha("1.30").with_default(true)]);
        assert_eq!(errors(raw.clone(), Strictness::Data), []);
        assert_eq!(errors(raw, Strictness::Declared), [Rule::AlphaOn]);
    }

    #[test]
    fn a_removed_gate_has_exactly_one_final_value() {
        let short = RawSpec::new("X").removed("1.26");
        assert_eq!(errors(short.clone(), Strictness::Declared), [Rule::FinalValue]);
        assert_eq!(errors(short.clone().final_value(true), Strictness::Declared), []);
        let history = short.milestone(RawMilestone::alpha("1.20"));
        assert_eq!(
            errors(history.clone().final_value(false), Strictness::Declared),
            [Rule::FinalValue]
        );
        assert_eq!(validate(history, Strictness::Declared).unwrap().final_value(), Some(false));
        assert_eq!(
            errors(gate([RawMilestone::alpha("1.20")]).final_value(true), Strictness::Data),
            [Rule::FinalValue]
        );
    }

    #[test]
    fn a_gate_is_removed_after_its_last_milestone() {
        let beta = gate([RawMilestone::beta("1.30")]);
        for (version, legal) in [("1.29", false), ("1.30", false), ("1.31", true), ("soon", false)]
        {
            let expected = |rule| if legal { vec![] } else { vec![rule] };
            let removed = beta.clone().removed(version);
            assert_eq!(errors(removed, Strictness::Declared), expected(Rule::Removed), "{version}");
            let mut planned = beta.clone();
            planned.remove_in = Some(version.into());
            assert_eq!(
                errors(planned, Strictness::Declared),
                expected(Rule::RemoveIn),
                "{version}"
            );
        }
    }

    /// The last entry that is not above the version counts, in the order of declaration, as in Kubernetes'
    /// library.
    #[test]
    fn a_history_that_breaks_rules_still_has_a_stage_at_each_version() {
        let raw = gate([
            RawMilestone::deprecated("1.28").with_default(true),
            RawMilestone::deprecated("1.30").with_default(true),
            RawMilestone::alpha("1.31").without_version(),
            RawMilestone::beta("1.29"),
        ]);
        let (spec, errors) = judge(raw, Strictness::Data);
        let rules: Vec<Rule> = errors.iter().map(LifecycleError::rule).collect();
        assert_eq!(
            rules,
            [Rule::DeprecatedFirst, Rule::NoChange, Rule::NoVersion, Rule::Resurrect]
        );
        let stage = |minor| spec.at(Version::new(1, minor), Version::new(1, minor)).stage();
        assert_eq!(
            [27, 28, 29, 30].map(stage),
            [Stage::PreAlpha, Stage::Deprecated, Stage::Beta, Stage::Beta]
        );
    }

    #[test]
    fn the_history_of_a_removed_gate_counts_more_than_its_value() {
        let ended = |raw: RawSpec| judge(raw.removed("1.40"), Strictness::Data).0.final_value();
        let on = gate([RawMilestone::beta("1.30")]);
        assert_eq!(ended(on.final_value(false)), Some(true));
        assert_eq!(ended(RawSpec::new("X")), Some(false));
        let unreadable = judge(RawSpec::new("X").removed("soon"), Strictness::Data).0;
        assert_eq!(unreadable.removed(), None);
    }

    #[test]
    fn all_errors_are_reported_in_the_order_of_the_history() {
        let raw = gate([
            RawMilestone::alpha("1.30.1"),
            RawMilestone::beta("1.31"),
            RawMilestone::alpha("1.32"),
            RawMilestone::alpha("1.33"),
        ]);
        assert_eq!(
            errors(raw, Strictness::Data),
            [Rule::PatchVersion, Rule::Regress, Rule::NoChange]
        );
    }

    #[test]
    fn a_missing_min_compat_is_inherited() {
        let raw = gate([
            RawMilestone::beta("1.30").with_default(false),
            RawMilestone::beta("1.30").with_min_compat("1.29"),
            RawMilestone::ga("1.31"),
        ]);
        let spec = validate(raw, Strictness::Data).unwrap();
        let inherited: Vec<_> = spec.milestones().iter().map(Milestone::min_compat).collect();
        assert_eq!(inherited, [None, Some(Version::new(1, 29)), Some(Version::new(1, 29))]);
    }
}
