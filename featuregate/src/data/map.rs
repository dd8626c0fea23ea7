//! The gates map of a typed configuration.

use core::marker::PhantomData;
use core::{fmt, slice};

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::{self, Vec};
use featuregate_core::{Assignment, Item, ItemError, Origin, Source, Value};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{self, Serialize, Serializer};

/// The gates map of a configuration: names with booleans. It works with every self-describing format of
/// `serde` (JSON, YAML, TOML, CBOR and similar ones; not bincode).
///
/// It keeps the order, and every entry of a repeated name if the format provides them. A value that
/// is not a boolean is kept too, so that it is reported with the other problems, as is a gate that is set twice; a null
/// means that the gate is not set. Unlike the flag, it takes only booleans: neither `"true"` nor `1`.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate::data::GateMap;
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
///     #[serde(rename = "featureGates", default)]
///     gates: GateMap,
/// }
///
/// let config: Config = serde_json::from_str(r#"{"featureGates": {"Cache": true}}"#)?;
/// let resolution = Feature::resolver().config(config.gates.items("app.json")).resolve()?;
/// assert!(resolution.enabled(Feature::Cache));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct GateMap {
    entries: Vec<(String, GateValue)>,
}

impl GateMap {
    /// The assignments, with the path of their file. They have no line; a program that knows the locations of
    /// its entries creates the items itself, with [`GateValue::item`].
    pub fn items(&self, path: &str) -> impl Iterator<Item = Item> {
        let source = Source::config(path);
        let mut set = Set::default();
        self.entries
            .iter()
            .filter_map(move |(name, value)| set.item(name, value, Origin::new(source.clone())))
    }

    /// The entries, in their order.
    pub fn iter(&self) -> slice::Iter<'_, (String, GateValue)> {
        self.entries.iter()
    }

    /// The same for a program whose gates may also be tables: the value of a table is that of its key `enabled`, and a
    /// table without one does not set its gate.
    ///
    /// ```
    /// use featuregate::data::{GateMap, GateValue};
    ///
    /// let text = r#"{"a": true, "b": {"enabled": true, "size": 3}, "c": {"size": 4}}"#;
    /// let map = serde_json::from_str::<GateMap>(text)?.with_tables();
    /// let on = |(name, value): &(String, GateValue)| {
    ///     (*value == GateValue::Bool(true)).then(|| name.clone())
    /// };
    /// assert!(map.iter().filter_map(on).eq(["a", "b"]));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn with_tables(self) -> Self {
        let flat = |(name, value)| match value {
            GateValue::Table(enabled) => (name, *enabled),
            value => (name, value),
        };
        Self { entries: self.entries.into_iter().map(flat).collect() }
    }

    /// Whether the map is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<N: Into<String>, V: Into<GateValue>> FromIterator<(N, V)> for GateMap {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        let entry = |(name, value): (N, V)| (name.into(), value.into());
        Self { entries: entries.into_iter().map(entry).collect() }
    }
}

impl From<BTreeMap<String, bool>> for GateMap {
    fn from(entries: BTreeMap<String, bool>) -> Self {
        entries.into_iter().collect()
    }
}

/// The entries that set a gate, in their order.
impl Serialize for GateMap {
    /// # Errors
    /// A value of which only a description was kept cannot be written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = self.entries.iter().filter(|(_, value)| *value != GateValue::Null);
        serializer.collect_map(set.map(|(name, value)| (name, value)))
    }
}

impl Serialize for GateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Table(enabled) => {
                let set = Some(enabled).filter(|enabled| ***enabled != Self::Null);
                serializer.collect_map(set.map(|enabled| ("enabled", enabled)))
            }
            Self::Other(what) => {
                Err(ser::Error::custom(format!("{what} is not the value of a gate")))
            }
        }
    }
}

impl IntoIterator for GateMap {
    type Item = (String, GateValue);
    type IntoIter = vec::IntoIter<(String, GateValue)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> IntoIterator for &'a GateMap {
    type Item = &'a (String, GateValue);
    type IntoIter = slice::Iter<'a, (String, GateValue)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de> Deserialize<'de> for GateMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        entries(deserializer).map(|entries| Self { entries })
    }
}

/// The entries of a map of gates; none for null.
pub(super) fn entries<'de, K: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(K, GateValue)>, D::Error> {
    struct Entries<K>(PhantomData<K>);

    impl<'de, K: Deserialize<'de>> Visitor<'de> for Entries<K> {
        type Value = Vec<(K, GateValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map of gates with booleans")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_none<E>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }

        fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
            inner.deserialize_map(self)
        }
    }

    deserializer.deserialize_any(Entries(PhantomData))
}

/// The gates that a map sets, each with the line of its first entry.
#[derive(Default)]
pub(crate) struct Set<'a>(BTreeMap<&'a str, Option<u32>>);

impl<'a> Set<'a> {
    /// The assignment of an entry; `None` for null. A gate that was set before is an error.
    pub(crate) fn item(
        &mut self,
        name: &'a str,
        value: &GateValue,
        origin: Origin,
    ) -> Option<Item> {
        let line = origin.line();
        let item = value.item(name, origin)?;
        match self.0.entry(name) {
            Entry::Vacant(unset) => {
                unset.insert(line);
                Some(item)
            }
            Entry::Occupied(set) => {
                let repeated = Some(Value::Repeated { first: *set.get() });
                let origin = item.map_or_else(|error| error.origin, |it| it.origin);
                Some(Err(ItemError::new(name, repeated, origin)))
            }
        }
    }
}

/// The value of a gate in a typed configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GateValue {
    /// A boolean.
    Bool(bool),
    /// Null: the gate is not set.
    Null,
    /// A text, as in `A: "true"`.
    Text(String),
    /// A table, with the value of its key `enabled`; null if it has none.
    Table(Box<GateValue>),
    /// Any other value, described for people: `the number 3`.
    Other(String),
}

impl GateValue {
    /// The assignment of this value to a gate; `None` for null.
    #[must_use]
    pub fn item(&self, name: &str, origin: Origin) -> Option<Item> {
        let invalid = |value: Value, origin| Err(ItemError::new(name, Some(value), origin));
        match self {
            Self::Bool(value) => Some(Ok(Assignment::new(name, *value, origin))),
            Self::Null => None,
            Self::Text(text) => Some(invalid(Value::Quoted(text.clone()), origin)),
            Self::Table(_) => Some(invalid(Value::Typed("a map".to_string()), origin)),
            Self::Other(what) => Some(invalid(Value::Typed(what.clone()), origin)),
        }
    }
}

impl From<bool> for GateValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'de> Deserialize<'de> for GateValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue { of_table: false })
    }
}

/// Reads the value of a gate, or the one of the key `enabled` in the table of a gate.
struct AnyValue {
    of_table: bool,
}

impl AnyValue {
    fn number(number: impl fmt::Display) -> GateValue {
        GateValue::Other(format!("the number {number}"))
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = GateValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E>(self, value: bool) -> Result<GateValue, E> {
        Ok(GateValue::Bool(value))
    }

    fn visit_unit<E>(self) -> Result<GateValue, E> {
        Ok(GateValue::Null)
    }

    fn visit_none<E>(self) -> Result<GateValue, E> {
        Ok(GateValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<GateValue, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_i64<E>(self, number: i64) -> Result<GateValue, E> {
        Ok(Self::number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<GateValue, E> {
        Ok(Self::number(number))
    }

    fn visit_i128<E>(self, number: i128) -> Result<GateValue, E> {
        Ok(Self::number(number))
    }

    fn visit_u128<E>(self, number: u128) -> Result<GateValue, E> {
        Ok(Self::number(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<GateValue, E> {
        Ok(Self::number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<GateValue, E> {
        Ok(GateValue::Text(text.to_string()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<GateValue, E> {
        Ok(GateValue::Other("binary".to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<GateValue, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(GateValue::Other("a list".to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GateValue, A::Error> {
        let mut enabled = GateValue::Null;
        while let Some(IsEnabled(is_enabled)) = map.next_key()? {
            if is_enabled && !self.of_table {
                enabled = map.next_value_seed(AnyValue { of_table: true })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if self.of_table {
            return Ok(GateValue::Other("a map".to_string()));
        }
        Ok(GateValue::Table(Box::new(enabled)))
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = GateValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<GateValue, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Whether a key of a table is `enabled`; it may be of any type.
struct IsEnabled(bool);

impl<'de> Deserialize<'de> for IsEnabled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;

        impl Visitor<'_> for Key {
            type Value = IsEnabled;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<IsEnabled, E> {
                Ok(IsEnabled(key == "enabled"))
            }

            fn visit_bool<E>(self, _: bool) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }

            fn visit_i64<E>(self, _: i64) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }

            fn visit_u64<E>(self, _: u64) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }

            fn visit_f64<E>(self, _: f64) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }

            fn visit_bytes<E>(self, _: &[u8]) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }

            fn visit_unit<E>(self) -> Result<IsEnabled, E> {
                Ok(IsEnabled(false))
            }
        }

        deserializer.deserialize_any(Key)
    }
}
