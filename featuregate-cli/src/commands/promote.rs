//! `featuregate promote`.

use clap::{Args, ValueEnum};
use featuregate_core::__private::{Name, on_or_off};
use featuregate_core::{
    LifecycleError, Milestone, Precision, RawMilestone, Rule, Stage, Strictness, Version, lifecycle,
};

use crate::change::milestone;
use crate::commands::declaring::{Declaring, Edits, Found, find};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::lint::transition::spec;
use crate::lint::verify::attribute;
use crate::program::wanted::Wanted;

/// Moves a gate to a later stage: adds the milestone to its attribute, and updates the manifest.
///
/// The change obeys the rules that the compiler and `featuregate verify` apply; if it does not, nothing is written. The
/// rest of the file does not change. A gate without versions, as in #[gate(alpha)], gets the version 0.0 for its first stage, which
/// is what the short form means.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Promote {
    /// The gate, by its name as in a configuration; one of a component as in store:Compaction.
    #[arg(value_name = "GATE")]
    gate: String,
    /// The stage.
    #[arg(long, value_enum, value_name = "STAGE")]
    to: To,
    /// The release in which the stage begins; by default that of the enum.
    #[arg(long, value_name = "VERSION")]
    since: Option<Wanted>,
    /// Whether the gate is on unless it is set; by default as its stage says, and a deprecated gate keeps its default.
    #[arg(long, value_enum, value_name = "VALUE")]
    default: Option<OnOff>,
    /// Whether the gate can only have its default; by default a GA gate is locked, and others are not.
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    locked: Option<bool>,
    #[command(flatten)]
    declaring: Declaring,
}

/// A stage that a gate can move to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// On by default.
    Beta,
    /// On and locked.
    #[value(alias = "stable")]
    Ga,
    /// On its way out.
    Deprecated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OnOff {
    #[value(alias = "true")]
    On,
    #[value(alias = "false")]
    Off,
}

const EXAMPLES: &str = "\
Examples:
  The life of a gate, one release after the other:
    featuregate add Cache --doc 'Keeps pages in memory.'
    featuregate promote Cache --to beta
    featuregate promote Cache --to ga
    featuregate remove Cache
  Beta, but still off by default, in a release to come:
    featuregate promote Cache --to beta --since 1.4 --default off
  A feature that is given up: off, and two releases later locked, so that it can be removed:
    featuregate promote Cache --to deprecated --default off
    featuregate promote Cache --to deprecated --locked
  What would change:
    featuregate promote Cache --to ga --dry-run";

impl Promote {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let Some(selected) = self.declaring.read(console)? else { return Ok(Outcome::Errors) };
        let found = find(&selected, self.declaring.selection.enum_name(), &self.gate)?;
        let mut edits = Edits::new();
        let (mut meaning, mut is_locked) = (String::new(), false);
        for found in &found {
            let (milestone, before) = self.milestone(*found)?;
            let entry = attribute::entry(&milestone, before);
            let path = &found.declared.spot.path;
            let text = selected.source.texts.get(path).map(String::as_str).unwrap_or_default();
            let added = milestone::added(text, found.declared, &entry).ok_or_else(|| {
                let (name, path) = (found.written(), &found.declared.spot.path);
                Error::new(format!(
                    "cannot find the attribute of gate {} in {path}; add {entry} by hand",
                    Name(&name)
                ))
            })?;
            edits.entry(path.clone()).or_default().extend(added);
            meaning = described(&found.written(), &milestone);
            is_locked = milestone.is_locked();
        }
        let outcome = self.declaring.change(&selected, edits, &meaning, console)?;
        if outcome == Outcome::Clean {
            self.declaring.advise(&self.advice(is_locked), console)?;
        }
        Ok(outcome)
    }

    /// The milestone that a gate gets, and its default before.
    fn milestone(&self, found: Found<'_>) -> Result<(Milestone, Option<bool>), Error> {
        let raw = &found.declared.gate.spec;
        let known = spec(&found.declared.gate);
        let last = known.milestones().last();
        let since = self.since(found, last)?;
        let stage = self.to.stage();
        if let Some(last) = last.filter(|last| last.is_locked() && last.stage() == stage) {
            return Err(locked(&found.written(), last));
        }
        let mut new = RawMilestone::new(since.to_string(), stage);
        if let Some(last) = last.filter(|_| stage == Stage::Deprecated) {
            new = new.with_default(last.default()).with_lock(last.is_locked());
        }
        if let Some(default) = self.default {
            new = new.with_default(default == OnOff::On);
        }
        if let Some(locked) = self.locked {
            new = new.with_lock(locked);
        }
        // Whether the enum counts patch releases is checked in the changed source.
        let changed = raw.clone().versions(Precision::Patch).milestone(new);
        let changed = lifecycle::validate(changed, Strictness::Declared);
        let changed = changed.map_err(|errors| refused(&found.written(), &errors, last))?;
        let milestone = changed.milestones().last().copied();
        // The history that was validated has the new milestone.
        let milestone = milestone.ok_or_else(|| Error::new("the gate has no history"))?;
        Ok((milestone, last.map(Milestone::default)))
    }

    /// The release of the change, which comes after the last one.
    fn since(&self, found: Found<'_>, last: Option<&Milestone>) -> Result<Version, Error> {
        let now = found.component.version;
        let since = self.since.map_or(now, |since| since.version);
        let Some(last) = last.filter(|last| since <= last.since()) else { return Ok(since) };
        let (name, stage) = (found.written(), last.stage().as_word());
        let next = Version::new(last.since().major(), last.since().minor().saturating_add(1));
        Err(Error::new(format!(
            "gate {} has been {stage} since {}, so it cannot change in {since}; name a later release, as in --since {next}",
            Name(&name),
            last.since()
        )))
    }

    /// What comes next.
    fn advice(&self, is_locked: bool) -> String {
        let gate = &self.gate;
        match self.to {
            To::Beta => "test both sides, since operators may turn it off; `featuregate coverage` shows which sides tests read".to_owned(),
            _ if is_locked => format!(
                "remove the tests of its other value, which it can no longer have; in a few releases, when configurations have dropped it, run featuregate remove {gate}"
            ),
            To::Ga => {
                format!("lock it in a later release with featuregate promote {gate} --to ga")
            }
            To::Deprecated => format!(
                "lock it in a later release with featuregate promote {gate} --to deprecated --locked"
            ),
        }
    }
}

impl To {
    fn stage(self) -> Stage {
        match self {
            Self::Beta => Stage::Beta,
            Self::Ga => Stage::Ga,
            Self::Deprecated => Stage::Deprecated,
        }
    }
}

/// Why a history does not go on so. A change that goes back or changes nothing is the only problem then.
fn refused(name: &str, errors: &[LifecycleError], last: Option<&Milestone>) -> Error {
    let of = |rule: Rule| errors.iter().find(|error| error.rule() == rule);
    if let (Some(_), Some(last)) = (of(Rule::NoChange), last) {
        let already = described(name, last).replacen(" is ", " is already ", 1);
        return Error::new(format!(
            "{already}; a later milestone changes the stage, the default or the lock"
        ));
    }
    match of(Rule::Regress) {
        Some(back) => Error::new(back.to_string()),
        None => Error::Messages(errors.iter().map(ToString::to_string).collect()),
    }
}

/// `gate Cache is beta, on by default, since 1.4`.
fn described(name: &str, milestone: &Milestone) -> String {
    let (stage, on) = (milestone.stage().as_word(), on_or_off(milestone.default()));
    let locked = if milestone.is_locked() { "and locked" } else { "by default" };
    format!("gate {} is {stage}, {on} {locked}, since {}", Name(name), milestone.since())
}

fn locked(name: &str, last: &Milestone) -> Error {
    let (stage, on) = (last.stage().as_word(), on_or_off(last.default()));
    let deprecate = match last.stage() {
        Stage::Deprecated => "",
        _ => ", or deprecate it with --to deprecated",
    };
    Error::new(format!(
        "gate {} is already {stage} and locked {on} since {}; take it out of the code with featuregate remove {name}{deprecate}",
        Name(name),
        last.since()
    ))
}
