//! A value that is no boolean.

use featuregate_core::quote::{Name, Quoted};

use crate::config::extract::{Given, Setting};
use crate::finding::Level;
use crate::lint::rules::Rule;
use crate::lint::rules::check::{Remedy, Verdict};

pub(crate) const RULE: Rule = Rule {
    name: "invalid-value",
    level: Level::Error,
    summary: "a value is not a boolean",
    page: include_str!("../../../../docs/rules/invalid-value.md"),
    ..Rule::USUAL
};

/// What people write who mean one of the two.
const ON: &[&str] = &["true", "yes", "y", "on", "enable", "enabled"];
const OFF: &[&str] = &["false", "no", "n", "off", "disable", "disabled"];

pub(crate) fn tell(setting: &Setting) -> Verdict {
    let gate = Name(&setting.name);
    let (message, meant) = match &setting.value {
        Given::Sign(_) => ("the item names no gate".to_owned(), None),
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
        None if setting.name.is_empty() => "write NAME=true or NAME=false, or drop it".to_owned(),
        None => "write true or false".to_owned(),
    };
    let remedy = meant.map_or(Remedy::Unclear, Remedy::Value);
    Verdict { rule: &RULE, tolerated: false, message, help, remedy }
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
