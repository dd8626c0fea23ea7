//! How a source writes gates.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::quote::{Name, list, on_or_off};

/// How a source writes gates: it decides how a text is read, and messages suggest what can be written there.
///
/// ```
/// use featuregate_core::{Notation, Source, parse};
///
/// let flag = Source::flag("--enable").written(Notation::On);
/// let items = parse("fast, small", &flag);
/// assert!(items.into_iter().flatten().map(|item| (item.name, item.value)).eq([
///     ("fast".into(), true),
///     ("small".into(), true),
/// ]));
/// let error = parse("fast=true", &flag).remove(0).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "--enable, column 1, \"fast=true\": gate fast has a value, but this is a list of names; write fast"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Notation {
    /// `A=true,B=false`, as in Kubernetes.
    #[default]
    Assignments,
    /// `A,B=false`: a name by itself is on. The list may be in brackets.
    Switches,
    /// `A,-B`: a name is on, and one after a minus sign is off; a plus sign changes nothing. The list may be in
    /// brackets.
    Signs,
    /// `A,B`: every name is turned on. The list may be in brackets.
    On,
    /// `A,B`: every name is turned off. The list may be in brackets.
    Off,
    /// `true`: the source is for one gate, and its text is the value, as in `APP_GATE_A=1` or `--preview`.
    Value {
        /// The gate.
        gate: Arc<str>,
        /// The variables of the other gates, if each gate has one.
        variables: Option<Variables>,
    },
}

/// The environment variables of gates: what they begin with, and the words of each name in capitals.
///
/// ```
/// use featuregate_core::{Notation, Source, Variables, parse};
///
/// let variables = Some(Variables::new("APP_GATE_"));
/// let notation = Notation::Value { gate: "Cache".into(), variables };
/// let error = parse("x", &Source::env("APP_GATE_CACHE").written(notation)).remove(0).unwrap_err();
/// assert!(error.to_string().starts_with("APP_GATE_CACHE: "));
/// ```
#[derive(Clone, Debug)]
pub struct Variables {
    prefix: Arc<str>,
    /// A function, so that it and the tables of letters are only in programs that have such variables.
    of_gate: fn(&str, &str) -> String,
}

impl Variables {
    /// Those that begin with a prefix.
    #[must_use]
    pub fn new(prefix: impl AsRef<str>) -> Self {
        Self { prefix: prefix.as_ref().into(), of_gate: variable }
    }
}

impl PartialEq for Variables {
    fn eq(&self, other: &Self) -> bool {
        self.prefix == other.prefix
    }
}

impl Eq for Variables {}

impl Hash for Variables {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.prefix.hash(state);
    }
}

impl Notation {
    /// That of a source for one gate, or for a group: its text is the value.
    ///
    /// ```
    /// use featuregate_core::{Notation, Source, parse};
    ///
    /// let variable = Source::env("APP_PREVIEW").written(Notation::value("AllAlpha"));
    /// let preview = parse("1", &variable).remove(0)?;
    /// assert_eq!((preview.name.as_str(), preview.value), ("AllAlpha", true));
    /// # Ok::<(), featuregate_core::ItemError>(())
    /// ```
    #[must_use]
    pub fn value(gate: impl AsRef<str>) -> Self {
        Self::Value { gate: gate.as_ref().into(), variables: None }
    }

    /// How this notation gives a gate a value; `None` if it cannot.
    ///
    /// ```
    /// use featuregate_core::Notation;
    ///
    /// assert_eq!(Notation::Assignments.setting("A", false).as_deref(), Some("A=false"));
    /// assert_eq!(Notation::Signs.setting("A", false).as_deref(), Some("-A"));
    /// assert_eq!(Notation::On.setting("A", false), None);
    /// ```
    #[must_use]
    pub fn setting(&self, gate: &str, value: bool) -> Option<String> {
        let name = Name(gate);
        match self {
            Self::Switches | Self::Signs | Self::On if value => Some(format!("{name}")),
            Self::Assignments | Self::Switches => Some(format!("{name}={value}")),
            Self::Signs => Some(format!("-{name}")),
            Self::Off if !value => Some(format!("{name}")),
            Self::On | Self::Off => None,
            Self::Value { .. } => {
                self.variable(gate).map(|variable| format!("{variable}={}", u8::from(value)))
            }
        }
    }

    /// The name of a gate, as it is written in this notation.
    pub(crate) fn name(&self, gate: &str) -> String {
        self.variable(gate).unwrap_or_else(|| format!("{}", Name(gate)))
    }

    /// The variable of a gate, if each gate of its component has one.
    fn variable(&self, of: &str) -> Option<String> {
        let Self::Value { gate, variables: Some(Variables { prefix, of_gate }) } = self else {
            return None;
        };
        let (own, component) = (component(gate), component(of));
        (own == component).then(|| of_gate(prefix, of.strip_prefix(component).unwrap_or(of)))
    }

    /// Whether a list is one of names, which get a value from the list and not from the item.
    pub(crate) fn listed(&self) -> Option<bool> {
        match self {
            Self::On => Some(true),
            Self::Off => Some(false),
            _ => None,
        }
    }

    /// What to do to give these gates a value: `set A=true and B=true`, `add A and B`, or `turn on A and B`.
    pub(crate) fn change(&self, gates: &[String], value: bool, more: bool) -> String {
        let settings: Option<Vec<String>> =
            gates.iter().map(|gate| self.setting(gate, value)).collect();
        match settings {
            Some(settings) if self.listed().is_some() => {
                format!("add {}", list(&settings, more))
            }
            Some(settings) => format!("set {}", list(&settings, more)),
            None => turn(gates, value, more),
        }
    }

    /// The same where the gates are set to the other value elsewhere, which this replaces.
    pub(crate) fn change_instead(&self, gates: &[String], value: bool, more: bool) -> String {
        let change = match self.listed() {
            Some(_) => turn(gates, value, more),
            None => self.change(gates, value, more),
        };
        format!("{change} instead")
    }

    /// What to remove: the setting as it is written, or `the setting`.
    pub(crate) fn removal(&self, gate: &str, value: bool) -> String {
        format!("remove {}", self.setting(gate, value).as_deref().unwrap_or("the setting"))
    }
}

fn turn(gates: &[String], value: bool, more: bool) -> String {
    let names: Vec<String> = gates.iter().map(|gate| format!("{}", Name(gate))).collect();
    let names = list(&names, more);
    format!("turn {} {names}", on_or_off(value))
}

/// The component of a gate with its colon, as it is written before the name.
fn component(gate: &str) -> &str {
    gate.find(':').and_then(|colon| gate.get(..=colon)).unwrap_or_default()
}

/// The variable of a gate: the prefix, and the words of the name in capitals.
///
/// ```
/// use featuregate_core::__private::variable;
///
/// assert_eq!(variable("APP_GATE_", "js-repl"), "APP_GATE_JS_REPL");
/// assert_eq!(variable("APP_GATE_", "MemoryQoS"), "APP_GATE_MEMORY_QOS");
/// ```
#[must_use]
pub fn variable(prefix: &str, gate: &str) -> String {
    let mut text = String::from(prefix);
    let mut ends_word = false;
    let mut rest = gate.chars().peekable();
    while let Some(c) = rest.next() {
        if c.is_uppercase() && ends_word && rest.peek().is_some_and(|next| next.is_lowercase()) {
            text.push('_');
        }
        ends_word = c.is_lowercase() || c.is_numeric();
        if c.is_alphanumeric() {
            text.extend(c.to_uppercase());
        } else {
            text.push('_');
        }
    }
    text
}

/// Whether a variable is that of a gate: its name after the prefix has the same letters, and only them count.
///
/// ```
/// use featuregate_core::__private::is_variable_of;
///
/// assert!(is_variable_of("JS_REPL", "js-repl"));
/// assert!(is_variable_of("MEMORYQOS", "MemoryQoS"));
/// assert!(!is_variable_of("JS_REP", "js-repl"));
/// ```
#[must_use]
pub fn is_variable_of(name: &str, gate: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    };
    letters(name) == letters(gate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_notation_says_what_it_can_write() {
        let one = |prefix: Option<&str>| Notation::Value {
            gate: "b".into(),
            variables: prefix.map(Variables::new),
        };
        for (notation, on, off) in [
            (Notation::Assignments, Some("a=true"), Some("a=false")),
            (Notation::Switches, Some("a"), Some("a=false")),
            (Notation::Signs, Some("a"), Some("-a")),
            (Notation::On, Some("a"), None),
            (Notation::Off, None, Some("a")),
            (one(None), None, None),
            (one(Some("APP_")), Some("APP_A=1"), Some("APP_A=0")),
        ] {
            assert_eq!(notation.setting("a", true).as_deref(), on, "{notation:?}");
            assert_eq!(notation.setting("a", false).as_deref(), off, "{notation:?}");
        }
    }

    /// The sum of what is hashed.
    struct Sum(u64);

    impl Hasher for Sum {
        fn finish(&self) -> u64 {
            self.0
        }

        fn write(&mut self, bytes: &[u8]) {
            self.0 += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
        }
    }

    #[test]
    fn variables_are_equal_if_their_prefixes_are() {
        let hash = |prefix: &str| {
            let mut sum = Sum(0);
            Variables::new(prefix).hash(&mut sum);
            sum.finish()
        };
        assert_eq!(Variables::new("A_"), Variables::new("A_"));
        assert_ne!(Variables::new("A_"), Variables::new("B_"));
        assert_eq!(hash("A_"), hash("A_"));
        assert_ne!(hash("A_"), hash("B_"));
    }

    #[test]
    fn a_value_is_that_of_its_gate() {
        assert!(
            matches!(Notation::value("A"), Notation::Value { gate, variables: None } if &*gate == "A")
        );
        for (name, gate, is_own) in [
            ("JS_REPL", "js-repl", true),
            ("JSREPL", "js-repl", true),
            ("JS_REP", "js-repl", false),
        ] {
            assert_eq!(is_variable_of(name, gate), is_own, "{name} {gate}");
        }
    }

    #[test]
    fn a_variable_is_suggested_only_for_a_gate_of_the_same_component() {
        let variables = Some(Variables::new("STORE_"));
        let store = Notation::Value { gate: "store:a".into(), variables };
        assert_eq!(store.setting("store:b", true).as_deref(), Some("STORE_B=1"));
        assert_eq!(store.setting("b", true), None);
        assert_eq!((store.name("store:b").as_str(), store.name("b").as_str()), ("STORE_B", "b"));
    }

    #[test]
    fn the_variable_of_a_gate_is_in_capitals() {
        for (gate, expected) in [
            ("js-repl", "P_JS_REPL"),
            ("UserNamespaces", "P_USER_NAMESPACES"),
            ("IPv6Stack", "P_IPV6_STACK"),
            ("a.b_c", "P_A_B_C"),
            ("http2Push", "P_HTTP2_PUSH"),
            ("MemoryQoS", "P_MEMORY_QOS"),
        ] {
            assert_eq!(variable("P_", gate), expected);
        }
    }
}
