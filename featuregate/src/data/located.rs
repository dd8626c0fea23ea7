//! The gates map of a configuration whose parser knows locations.

use core::fmt;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::{Item, Origin, Source};
use serde::de::{Deserialize, Deserializer, Visitor};

use crate::data::map::{GateValue, Set, entries};

/// The gates map of a configuration, where each name has its location: `K` is the type for that of the format, such as
/// `serde_saphyr::Spanned<String>` (YAML, and JSON, which is YAML too), `toml::Spanned<String>`, or [`JsonName`] for
/// `serde_json`.
///
/// Every problem is then reported with file, line and column. Otherwise it is the same as [`GateMap`](crate::data::GateMap).
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate::data::{LocatedGates, Position};
/// use toml::Spanned;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct Config {
///     #[serde(default)]
///     feature_gates: LocatedGates<Spanned<String>>,
/// }
///
/// let text = "[feature_gates]\nCahce = true\n";
/// let config: Config = toml::from_str(text)?;
/// let items = config.feature_gates.items("app.toml", |name| {
///     (name.get_ref(), Position::in_text(text, name.span().start))
/// });
/// let problems = Feature::resolver().config(items).resolve().unwrap_err();
/// assert_eq!(problems.to_string(), "app.toml:2:1: unknown gate Cahce; did you mean Cache?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocatedGates<K> {
    entries: Vec<(K, GateValue)>,
}

impl<K> LocatedGates<K> {
    /// The assignments, with the path of their file and the locations of their names.
    pub fn items<'a>(
        &'a self,
        path: &str,
        location: impl Fn(&'a K) -> (&'a str, Position),
    ) -> Vec<Item> {
        let source = Source::config(path);
        let mut set = Set::default();
        let item = |(name, value): &'a (K, GateValue)| {
            let (name, Position { line, column }) = location(name);
            set.item(name, value, Origin::new(source.clone()).at(line, column))
        };
        self.entries.iter().filter_map(item).collect()
    }
}

impl<K> Default for LocatedGates<K> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<'de, K: Deserialize<'de>> Deserialize<'de> for LocatedGates<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        entries(deserializer).map(|entries| Self { entries })
    }
}

/// The name of a gate in a text that `serde_json` reads, and where it is in that text.
///
/// `serde_json` does not know locations, but lends what it reads from a text: with `#[serde(borrow)]`, a name is a part of
/// that text.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate::data::{JsonName, LocatedGates};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct Config<'a> {
///     #[serde(rename = "featureGates", borrow, default)]
///     gates: LocatedGates<JsonName<'a>>,
/// }
///
/// let text = "{\n  \"featureGates\": {\"Cahce\": true}\n}";
/// let config: Config = serde_json::from_str(text)?;
/// let items = config.gates.items("app.json", |name| name.located(text));
/// let problems = Feature::resolver().config(items).resolve().unwrap_err();
/// assert_eq!(problems.to_string(), "app.json:2:20: unknown gate Cahce; did you mean Cache?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JsonName<'a>(Cow<'a, str>);

impl JsonName<'_> {
    /// The name and its position, which is that of its quote. A name with escapes (`"\u0041"`) has no position, nor does one of
    /// another text.
    #[must_use]
    pub fn located(&self, text: &str) -> (&str, Position) {
        let Self(name) = self;
        let at = match name {
            Cow::Borrowed(name) => name.as_ptr().addr().checked_sub(text.as_ptr().addr()),
            Cow::Owned(_) => None,
        };
        let position = at
            .filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(&**name)))
            .and_then(|at| at.checked_sub(1))
            .map_or(Position::UNKNOWN, |quote| Position::in_text(text, quote));
        (name, position)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonName<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;

        impl<'de> Visitor<'de> for Name {
            type Value = JsonName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a gate")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(JsonName(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(JsonName(Cow::Owned(name.to_string())))
            }

            fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
                Ok(JsonName(Cow::Owned(name)))
            }
        }

        deserializer.deserialize_str(Name)
    }
}

/// A line and a column, both from 1; columns count Unicode scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    line: u32,
    column: u32,
}

impl Position {
    /// A position that is not known. A problem then names only the file.
    pub const UNKNOWN: Self = Self { line: 0, column: 0 };

    /// That line and column.
    #[must_use]
    pub fn new(line: u64, column: u64) -> Self {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: small(line), column: small(column) }
    }

    /// The position of the byte with that offset, for parsers that give offsets. An offset after the end is the end; one within a
    /// character is that character.
    ///
    /// ```
    /// use featuregate::data::Position;
    ///
    /// assert_eq!(Position::in_text("é = 1\nx = 2", 7), Position::new(2, 1));
    /// ```
    #[must_use]
    pub fn in_text(text: &str, offset: usize) -> Self {
        let before = text.char_indices().take_while(|(at, _)| *at < offset).map(|(_, c)| c);
        let (mut line, mut column) = (1, 1);
        for c in before {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        Self::new(line, column)
    }
}
