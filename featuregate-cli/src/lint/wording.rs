//! What the rules of `check` report: their messages, help texts and fixes.

use featuregate_core::quote::{Name, Quoted, on_or_off};
use featuregate_core::{
    GateState, Mend, Missing, Off, OnBy, Origin, Problem, ProblemKind, Stage, Version,
};

use crate::config::extract::{Given, ListKind, Setting};
use crate::finding::Level;
use crate::lint::rule::Rule;
use crate::lint::rules;

/// A finding about a setting at a release, without its location and level.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The rule that the setting breaks.
    pub(crate) rule: &'static Rule,
    /// Whether the release accepts the setting although the rule is an error.
    pub(crate) tolerated: bool,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// The change that does it.
    pub(crate) action: Action,
}

/// How a setting is fixed at a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Removing it is the one right answer.
    Remove,
    /// Removing it changes nothing at that release.
    Removable,
    /// Another value.
    Value(&'static str),
    /// Another name.
    Name(String),
    /// Nothing is wrong, and removing it would change something.
    Keep,
    /// There is more than one right answer, or none.
    Unclear,
}

impl Draft {
    fn new(rule: &'static Rule, message: String, help: impl Into<String>, action: Action) -> Self {
        Self { rule, tolerated: false, message, help: help.into(), action }
    }

    /// Whether the release refuses the setting.
    pub(crate) fn refuses(&self) -> bool {
        self.rule.level == Level::Error && !self.tolerated
    }
}

/// The words for one of the two values.
const ON: &[&str] = &["true", "yes", "y", "on", "enable", "enabled"];
const OFF: &[&str] = &["false", "no", "n", "off", "disable", "disabled"];

/// A value that is not a boolean.
pub(crate) fn invalid_value(setting: &Setting) -> Draft {
    let gate = Name(&setting.name);
    let (message, meant) = match &setting.value {
        Given::Sign(_) => ("the item has no gate name".to_owned(), None),
        Given::Text(text) if text.is_empty() => {
            (format!("the value of gate {gate} is empty"), None)
        }
        Given::Text(text) => {
            let message = format!("the value {} of gate {gate} is not a boolean", Quoted(text));
            (message, meant(text))
        }
        Given::Other(what) => (format!("the value of gate {gate} is {what}, not a boolean"), None),
    };
    let help = match meant {
        Some(value) => format!("write {value}"),
        None if setting.name.is_empty() => {
            "write NAME=true or NAME=false, or remove the item".to_owned()
        }
        None => "write true or false".to_owned(),
    };
    let action = meant.map_or(Action::Unclear, Action::Value);
    Draft::new(&rules::INVALID_VALUE, message, help, action)
}

/// The boolean that a text spells in another way.
fn meant(text: &str) -> Option<&'static str> {
    let word = text.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(ON) {
        Some("true")
    } else if is(OFF) {
        Some("false")
    } else {
        None
    }
}

/// A name that no gate has or had. `same` is the gate whose name differs in case and separators only.
pub(crate) fn unknown_gate(gate: &str, same: Option<String>, nearest: Option<&str>) -> Draft {
    let message = format!("unknown gate {}", Name(gate));
    let help = match same.as_deref().or(nearest) {
        Some(near) => format!("did you mean {}?", Name(near)),
        None => "correct the name, or remove the setting".to_owned(),
    };
    let action = same.map_or(Action::Unclear, Action::Name);
    Draft::new(&rules::UNKNOWN_GATE, message, help, action)
}

/// A gate that was removed. A release may tolerate its final value.
pub(crate) fn removed_gate(
    gate: &str,
    removed: Version,
    final_value: bool,
    tolerated: bool,
) -> Draft {
    let message = format!(
        "gate {} was removed in {removed}, and its feature is always {}",
        Name(gate),
        on_or_off(final_value)
    );
    let draft = Draft::new(&rules::REMOVED_GATE, message, "remove the setting", Action::Remove);
    Draft { tolerated, ..draft }
}

/// A gate that a later release introduces.
pub(crate) fn not_yet_introduced(
    gate: &str,
    introduced: Option<Version>,
    target: Version,
) -> Draft {
    let message = format!("gate {} does not exist yet at {target}", Name(gate));
    let help = match introduced {
        Some(since) => format!("remove the setting, or run {since} or later"),
        None => "remove the setting".to_owned(),
    };
    Draft::new(&rules::NOT_YET_INTRODUCED, message, help, Action::Unclear)
}

/// A locked gate that is set to the other value.
pub(crate) fn locked_gate(gate: &str, value: bool, locked_to: bool, stage: Stage) -> Draft {
    let message = format!(
        "gate {} is {stage} and locked to {locked_to}, so it cannot be set to {value}",
        Name(gate)
    );
    let help = format!("remove the setting; the gate can no longer be turned {}", on_or_off(value));
    Draft::new(&rules::LOCKED_GATE, message, help, Action::Remove)
}

/// A gate that is on while one that it requires is off; with the index of the setting that turns the gate on, or where
/// nothing does, of the one that turns off what it requires.
pub(crate) fn unmet_dependency(
    problem: &Problem,
    number: impl Fn(&Origin) -> Option<usize>,
) -> Option<(usize, Draft)> {
    let ProblemKind::Dependency { by, missing, mend } = problem.kind() else { return None };
    let off_by = || {
        missing.iter().find_map(|needed| match &needed.off {
            Off::Set { origin, .. } => number(origin),
            _ => None,
        })
    };
    let index = problem.origin().and_then(&number).or_else(off_by)?;
    let by = match by {
        OnBy::Group(group) => format!(" by {}", Name(group)),
        OnBy::Default => " by default".to_owned(),
        OnBy::Request => String::new(),
    };
    let needed: Vec<String> = missing.iter().map(required).collect();
    let message =
        format!("gate {} is on{by} but requires {}", Name(problem.gate()), needed.join(" and "));
    let (help, action) = match mend {
        Some(Mend::SwitchOn { gates, more, instead, or_drop }) => {
            let set: Vec<String> =
                gates.iter().map(|gate| format!("{}=true", Name(gate))).collect();
            let more = if *more { ", …" } else { "" };
            let instead = if *instead { "set" } else { "also set" };
            let or_remove = or_drop.as_ref().map(|name| format!(", or remove {}=true", Name(name)));
            let help =
                format!("{instead} {}{more}{}", set.join(", "), or_remove.unwrap_or_default());
            (help, Action::Unclear)
        }
        Some(Mend::Drop(name)) => (format!("remove {}=true", Name(name)), Action::Remove),
        Some(Mend::SwitchOff(gate)) => (format!("set {}=false", Name(gate)), Action::Unclear),
        None => ("remove the setting, or turn on what it requires".to_owned(), Action::Unclear),
    };
    Some((index, Draft::new(&rules::UNMET_DEPENDENCY, message, help, action)))
}

fn required(needed: &Missing) -> String {
    let gate = Name(&needed.gate);
    match &needed.off {
        Off::Default => format!("{gate}, which is off by default"),
        Off::Set { name, .. } if *name == needed.gate => format!("{gate}, which is set to false"),
        Off::Set { name, .. } => format!("{gate}, which {} sets to false", Name(name)),
        Off::Locked => format!("{gate}, which is locked to false"),
        Off::NotYet { introduced: Some(since) } => {
            format!("{gate}, which is introduced in {since}")
        }
        Off::Removed { since } => format!("{gate}, which was removed in {since}"),
        _ => format!("{gate}, which is off"),
    }
}

/// A gate that is GA.
pub(crate) fn ga(gate: &GateState<'_>) -> Draft {
    if gate.locked() {
        return locked(gate);
    }
    let (name, default) = (Name(gate.name()), gate.default());
    let (message, help, action) = if gate.enabled() == default {
        let message = format!("gate {name} is GA and {} by default", on_or_off(default));
        (
            message,
            "remove the setting; once the gate is removed, setting it is an error",
            Action::Removable,
        )
    } else {
        let message = format!(
            "gate {name} is GA, and a later release will lock it to {default} or remove it"
        );
        (message, "prepare to run without the setting", Action::Keep)
    };
    Draft::new(&rules::REDUNDANT_GATE, message, help, action)
}

/// A gate that is locked to the value that it is set to.
pub(crate) fn locked(gate: &GateState<'_>) -> Draft {
    let message = format!(
        "gate {} is {} and locked to {}, so the setting has no effect",
        Name(gate.name()),
        gate.stage(),
        gate.default()
    );
    let help = "remove the setting; once the gate is removed, setting it is an error";
    Draft::new(&rules::REDUNDANT_GATE, message, help, Action::Removable)
}

/// A gate that is deprecated.
pub(crate) fn deprecated(gate: &GateState<'_>, target: Version) -> Draft {
    let spec = gate.spec();
    let since = spec.at(target, target).since();
    let due = match spec.remove_in() {
        Some(release) => format!(" and is due to be removed in {release}"),
        None => String::new(),
    };
    let (help, action) = if gate.enabled() == gate.default() {
        (format!("remove the setting; {} is the default", gate.default()), Action::Removable)
    } else {
        ("prepare to run without the setting".to_owned(), Action::Keep)
    };
    let message = format!("gate {} is deprecated since {since}{due}", Name(gate.name()));
    Draft::new(&rules::DEPRECATED_GATE, message, help, action)
}

/// A gate that is set under a former name.
pub(crate) fn former_name(written: &str, gate: &str) -> Draft {
    let message = format!("{} is a former name of gate {}", Name(written), Name(gate));
    let action = Action::Name(gate.to_owned());
    Draft::new(&rules::DEPRECATED_GATE, message, format!("write {}", Name(gate)), action)
}

/// A gate that a map or list already sets on that line, to the `same` value or the other one.
pub(crate) fn duplicate(gate: &str, kind: ListKind, line: u32, same: bool) -> Draft {
    let (what, tolerated) = match kind {
        ListKind::Map => ("map", false),
        ListKind::List => ("list", true),
    };
    let value = if same { "to the same value" } else { "to the other value" };
    let (help, action) = match (same, kind) {
        (true, _) => ("remove one of them", Action::Remove),
        (false, ListKind::List) => ("keep one of them; the last one applies", Action::Unclear),
        (false, ListKind::Map) => ("keep one of them", Action::Unclear),
    };
    let message =
        format!("gate {} is already set {value} on line {line} of this {what}", Name(gate));
    Draft { tolerated, ..Draft::new(&rules::DUPLICATE_GATE, message, help, action) }
}

/// A gate that is already set on that line, under another name and to the other value.
pub(crate) fn contradiction(gate: &str, earlier: &str, line: u32) -> Draft {
    let message = format!(
        "gate {} is already set to the other value on line {line}, under its name {}",
        Name(gate),
        Name(earlier)
    );
    Draft::new(&rules::DUPLICATE_GATE, message, "keep one of them", Action::Unclear)
}
