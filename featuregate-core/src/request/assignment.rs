//! What a source asks for: gates with values, each with its origin.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::quote::{Name, Quoted};
use crate::request::boolean::parse_bool;
use crate::request::notation::Notation;
use crate::request::origin::Origin;

crate::__id! {
    /// An item of the input of [`resolve`](fn@crate::resolve), in its order.
    pub struct ItemId;
}

/// A name, the value that it is given, and where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Assignment {
    /// The gate as it was written.
    pub name: String,
    /// The value.
    pub value: bool,
    /// Where.
    pub origin: Origin,
}

impl Assignment {
    /// An assignment.
    #[must_use]
    pub fn new(name: impl Into<String>, value: bool, origin: Origin) -> Self {
        Self { name: name.into(), value, origin }
    }
}

/// An item that is not an assignment: it has no value, or one that is not a boolean, or a map has its gate twice.
///
/// It travels with the assignments, so that its problem is reported among theirs, in the order of the input.
/// `Display` has the location, what is wrong, and what to write.
///
/// ```
/// use featuregate_core::{Source, parse};
///
/// let error = parse("A=yes", &Source::env("GATES")).remove(0).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "GATES, column 1, \"A=yes\": the value \"yes\" of gate A is not a boolean; write true"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ItemError {
    /// The name as it was written; its gate is not looked up.
    pub name: String,
    /// What is written instead of a boolean; `None` if nothing is.
    pub value: Option<Value>,
    /// Where.
    pub origin: Origin,
}

impl ItemError {
    /// An item without a value, or with this one.
    #[must_use]
    pub fn new(name: impl Into<String>, value: Option<Value>, origin: Origin) -> Self {
        Self { name: name.into(), value, origin }
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, value) = (&self.name, self.value.as_ref());
        let notation = self.origin.source().notation();
        write!(f, "{}: {}; {}", self.origin, message(name, value), help(name, value, notation))
    }
}

impl core::error::Error for ItemError {}

/// What is written instead of a boolean.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// A text of a flag or variable that is none of the twelve spellings.
    Text(String),
    /// A text where a typed map has a boolean, as in `A: "true"`.
    Quoted(String),
    /// A value of another type in a typed map, described for a person: `the number 3`.
    Typed(String),
    /// A text after an equals sign in a list of names, as in `--enable A=true`.
    Unexpected(String),
    /// A second value for a gate in one map.
    Repeated {
        /// The line of the first one, if it is known.
        first: Option<u32>,
    },
}

impl Value {
    /// The boolean that a person who writes this most likely means, as in `yes` or `"true"`.
    ///
    /// ```
    /// use featuregate_core::Value;
    ///
    /// assert_eq!(Value::Text("Yes".into()).meant(), Some(true));
    /// assert_eq!(Value::Text("2".into()).meant(), None);
    /// ```
    #[must_use]
    pub fn meant(&self) -> Option<bool> {
        const ON: [&str; 6] = ["true", "yes", "y", "on", "enable", "enabled"];
        const OFF: [&str; 6] = ["false", "no", "n", "off", "disable", "disabled"];
        let (Self::Text(text) | Self::Quoted(text) | Self::Unexpected(text)) = self else {
            return None;
        };
        let word = text.trim().trim_matches(['"', '\'']);
        let is = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        if is(&ON) { Some(true) } else { is(&OFF).then_some(false) }
    }
}

/// What a source contains at one location.
pub type Item = Result<Assignment, ItemError>;

/// What is wrong with an item that is not an assignment.
pub(crate) fn message(name: &str, value: Option<&Value>) -> String {
    let gate = Name(name);
    match value {
        None if name.is_empty() => "the item is empty".to_string(),
        None => match with_colon(name) {
            Some((name, _)) => {
                format!("gate {} has no value, since a colon is not an equals sign", Name(name))
            }
            None if gate.is_plain() => format!("gate {gate} has no value"),
            None => format!("{gate} has no value"),
        },
        Some(Value::Text(text)) if text.is_empty() => format!("the value of gate {gate} is empty"),
        Some(Value::Text(text)) => {
            format!("the value {} of gate {gate} is not a boolean", Quoted(text))
        }
        Some(Value::Quoted(text)) => {
            format!("the value of gate {gate} is the text {}, not a boolean", Quoted(text))
        }
        Some(Value::Typed(what)) if name.is_empty() => format!("the item is {what}, not a name"),
        Some(Value::Typed(what)) => format!("the value of gate {gate} is {what}, not a boolean"),
        Some(Value::Unexpected(_)) => {
            format!("gate {gate} has a value, but this is a list of names")
        }
        Some(Value::Repeated { first: Some(line) }) => {
            format!("gate {gate} is set twice in one map, first on line {line}")
        }
        Some(Value::Repeated { first: None }) => format!("gate {gate} is set twice in one map"),
    }
}

/// What to write instead of an item that is not an assignment.
pub(crate) fn help(name: &str, value: Option<&Value>, notation: &Notation) -> String {
    let gate = Name(name);
    match value {
        None if name.is_empty() => match notation {
            Notation::Assignments => "write NAME=true or NAME=false, or remove the comma",
            _ => "write a name, or remove the comma",
        }
        .to_string(),
        None => match with_colon(name) {
            Some((name, value)) => format!("write {}={value}", Name(name)),
            None if gate.is_plain() => format!("write {gate}=true or {gate}=false"),
            None => "write NAME=true or NAME=false".to_string(),
        },
        Some(Value::Unexpected(text)) => {
            let meant = parse_bool(text).or_else(|| Value::Unexpected(text.clone()).meant());
            match notation.setting(name, meant.unwrap_or(notation.listed().unwrap_or(true))) {
                Some(setting) => format!("write {setting}"),
                None => "remove the item".to_string(),
            }
        }
        Some(Value::Typed(_)) if name.is_empty() => "write a name, or remove the item".to_string(),
        Some(Value::Text(text)) if has_items(text) => {
            "separate the items with commas: NAME=true,NAME=false".to_string()
        }
        Some(Value::Repeated { .. }) => "remove one of the settings".to_string(),
        Some(value) => {
            let meant = match value.meant() {
                Some(true) => "true",
                Some(false) => "false",
                None => "true or false",
            };
            // A reader of YAML also calls `on` a text, which has no quotes to remove.
            let is_quoted = matches!(value, Value::Quoted(text) if text == meant);
            let quotes = if is_quoted { ", without quotes" } else { "" };
            format!("write {meant}{quotes}")
        }
    }
}

/// An item that was written as in a YAML map: `A: true`.
fn with_colon(item: &str) -> Option<(&str, bool)> {
    let (name, value) = item.rsplit_once(':')?;
    let name = name.trim();
    parse_bool(value.trim()).filter(|_| !name.is_empty()).map(|value| (name, value))
}

/// Whether the text after a name has more items, which another character than a comma divides: `true; B=false`.
fn has_items(value: &str) -> bool {
    let others = value.split_once([';', '|', ' ', '\t', '\n']);
    others.is_some_and(|(_, others)| others.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::origin::Source;
    use alloc::string::ToString;

    #[test]
    fn an_item_without_a_name_is_called_an_item() {
        let what = Value::Typed("a list".into());
        assert_eq!(message("", Some(&what)), "the item is a list, not a name");
        assert_eq!(message("A", Some(&what)), "the value of gate A is a list, not a boolean");
        let help = |name: &str| help(name, Some(&what), &Notation::Assignments);
        assert_eq!(help(""), "write a name, or remove the item");
        assert_eq!(help("A"), "write true or false");
    }

    #[test]
    fn an_item_error_says_where_and_what_to_write() {
        let error = |name: &str, value| {
            let origin = Origin::new(Source::flag("--feature-gates"));
            ItemError::new(name, value, origin).to_string()
        };
        let text = Some(Value::Text("on".into()));
        assert_eq!(
            error("A", text),
            "--feature-gates: the value \"on\" of gate A is not a boolean; write true"
        );
        assert_eq!(
            error("A", Some(Value::Unexpected("yes".into()))),
            "--feature-gates: gate A has a value, but this is a list of names; write A=true"
        );
        for several in ["true;B=false", "true B=false", "1; B=0; C=0", "true\nB=true"] {
            let error = error("A", Some(Value::Text(several.into())));
            assert!(
                error.ends_with("; separate the items with commas: NAME=true,NAME=false"),
                "{error}"
            );
        }
        for one in ["a;b", "true=false", ";"] {
            let error = error("A", Some(Value::Text(one.into())));
            assert!(error.ends_with("; write true or false"), "{error}");
        }
        assert_eq!(
            error("A", None),
            "--feature-gates: gate A has no value; write A=true or A=false"
        );
        assert_eq!(
            error("A", Some(Value::Repeated { first: None })),
            "--feature-gates: gate A is set twice in one map; remove one of the settings"
        );
        assert_eq!(
            error("A", Some(Value::Repeated { first: Some(2) })),
            "--feature-gates: gate A is set twice in one map, first on line 2; remove one of the settings"
        );
    }
}
