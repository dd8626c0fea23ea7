//! All rules: the table of those of `check`, and the files of those of `verify`.

use featuregate_core::__private::{Name, nearest};
use featuregate_core::{Code, lifecycle};

use crate::error::did_you_mean;
use crate::finding::Finding;
use crate::lint::rule::{Rule, rule};
use crate::lint::transition::{Now, Transition};
use crate::lint::verify::{
    illegal_transition, old_stage, removal, responsibility, reused_name, stale_manifest,
    tombstones, untested_side, unused_gate,
};

macro_rules! table {
    ($(#[$attribute:meta])* $table:ident = [$($rule:ident($($row:tt)*),)*]) => {
        $(pub(crate) const $rule: Rule = rule!($($row)*);)*
        $(#[$attribute])*
        const $table: &[&Rule] = &[$(&$rule),*];
    };
}

table! {
    /// The rules of `check`, in the order in which they are tried. A setting breaks one of the first ten at most, and
    /// `duplicate-gate` in addition to one of the first eight.
    CHECK = [
        INVALID_VALUE("invalid-value", Error, "a value is not a boolean"),
        UNKNOWN_GATE("unknown-gate", Error, "no gate has that name"),
        REMOVED_GATE("removed-gate", Error, "the gate was removed before that release"),
        NOT_YET_INTRODUCED("not-yet-introduced", Error, "the gate does not exist yet at that release"),
        LOCKED_GATE("locked-gate", Error, "the gate is locked to the other value"),
        UNMET_DEPENDENCY("unmet-dependency", Error, "a gate is on while one that it requires or implies is off"),
        REDUNDANT_GATE("redundant-gate", Warning, "the gate is GA, or already locked to that value"),
        DEPRECATED_GATE("deprecated-gate", Warning, "the gate is deprecated, or set under a former name"),
        ALL_ALPHA("all-alpha", Note, "every alpha gate is turned on"),
        DEFAULT_VALUE("default-value", Warning, "the value is the default", optional: true),
        DUPLICATE_GATE("duplicate-gate", Error, "one map (an error) or list (a warning) sets a gate twice"),
        UNUSED_IGNORE("unused-ignore", Warning, "a comment or a baseline accepts what is not found"),
    ]
}

table! {
    /// The rules of `fleet` about what runs, beside those of `check`.
    FLEET = [
        CHANGED_DEFAULT("changed-default", Warning, "a gate has another value at the next release where it is not set"),
        RELEASE_SKEW("release-skew", Warning, "a gate is on while older instances have it off or do not have it"),
        GATE_DRIFT("gate-drift", Warning, "an instance differs from others of its component and release"),
        NON_DEFAULT_GATE("non-default-gate", Note, "instances have another value than the default"),
        UNSET_GATE("unset-gate", Note, "no instance has another value than the default"),
    ]
}

table! {
    /// The rules of `verify` that the compiler applies too.
    COMPILED = [
        INVALID_DECLARATION(
            "invalid-declaration", Error, "a declaration does not compile, or does not fit the other enums",
            fixed: true,
        ),
        ALPHA_ON_BY_DEFAULT("alpha-on-by-default", Error, "an alpha gate is on by default", fixed: true),
        NO_DOC("no-doc", Error, "a gate has no doc comment", fixed: true),
    ]
}

/// A rule of `verify` about what is declared now.
type OfNow = (&'static Rule, fn(Now<'_>) -> Vec<Finding>);

/// A rule of `verify` about what became of the gates of a manifest.
type OverTime = (&'static Rule, fn(Transition<'_>) -> Vec<Finding>);

/// The rules over time.
pub(crate) const OVER_TIME: &[OverTime] = &[
    (&illegal_transition::RULE, illegal_transition::check),
    (&tombstones::MISSING, tombstones::missing),
    (&removal::TOO_EARLY, removal::too_early),
    (&tombstones::DROPPED, tombstones::dropped),
    (&reused_name::RULE, reused_name::check),
];

/// The rules about what is declared now.
pub(crate) const OF_NOW: &[OfNow] = &[
    (&removal::OVERDUE, removal::overdue),
    (&responsibility::NO_OWNER, responsibility::no_owner),
    (&responsibility::NO_ISSUE, responsibility::no_issue),
    (&old_stage::ALPHA, old_stage::alpha),
    (&old_stage::BETA, old_stage::beta),
    (&unused_gate::RULE, unused_gate::check),
    (&untested_side::RULE, untested_side::check),
];

/// All rules, those of `check` first and those of `fleet` next, in the order in which they are applied.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    let verify =
        OVER_TIME.iter().map(|(rule, _)| *rule).chain(OF_NOW.iter().map(|(rule, _)| *rule));
    let compiled = COMPILED.iter().copied().chain([&stale_manifest::RULE]);
    CHECK.iter().chain(FLEET).copied().chain(compiled).chain(verify)
}

/// The rule that a problem or notice of the core is an instance of, if it is about a setting.
pub(crate) fn of_code(code: Code) -> Option<&'static Rule> {
    CHECK.iter().copied().find(|rule| rule.name == code.as_str())
}

/// That no rule has that name.
pub(crate) fn unknown(name: &str) -> String {
    let near = nearest(name, all().map(|rule| rule.name));
    let help = did_you_mean(near, "`featuregate rule` lists the rules");
    format!("unknown rule {}; {help}", Name(name))
}

/// The rule of that name.
pub(crate) fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// The rule that a diagnostic about an enum is an instance of.
pub(crate) fn of_diagnostic(code: Option<featuregate_syntax::Code>) -> &'static Rule {
    match code {
        Some(featuregate_syntax::Code::Lifecycle(lifecycle::Rule::AlphaOn)) => &ALPHA_ON_BY_DEFAULT,
        Some(featuregate_syntax::Code::Doc) => &NO_DOC,
        _ => &INVALID_DECLARATION,
    }
}
