//! A list of gates in a typed configuration.

use core::fmt;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use featuregate_core::{Assignment, Item, ItemError, Origin, Source, Value, parse, parse_item};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use crate::data::map::GateValue;

/// A list of gates in a configuration: `["a", "b"]`, one text `"a,b"`, or a boolean for a group of gates. It works with
/// every self-describing format of `serde`.
///
/// How an item is written is the notation of the source: names that are on, names that are off, or `b=false` too. What is not
/// a name is kept, so that it is reported with the other problems.
///
/// ```
/// use featuregate::data::GateList;
/// use featuregate::{FeatureGate, Notation, Source};
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
///     #[serde(rename = "preview-features", default)]
///     preview: GateList,
/// }
///
/// let source = Source::config("app.json").written(Notation::On);
/// for text in [r#"{"preview-features": ["Cache"]}"#, r#"{"preview-features": true}"#] {
///     let config: Config = serde_json::from_str(text)?;
///     let items = config.preview.items_or_group(&source, "AllAlpha");
///     assert!(Feature::resolver().config(items).resolve()?.enabled(Feature::Cache));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct GateList(Written);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Written {
    List(Vec<GateValue>),
    Other(GateValue),
}

impl Default for Written {
    fn default() -> Self {
        Self::Other(GateValue::Null)
    }
}

impl GateList {
    /// The items, in the notation of the source. A boolean is a problem.
    #[must_use]
    pub fn items(&self, source: &Source) -> Vec<Item> {
        match &self.0 {
            Written::List(values) => values.iter().filter_map(|value| one(value, source)).collect(),
            Written::Other(GateValue::Text(text)) => parse(text, source),
            Written::Other(value) => one(value, source).into_iter().collect(),
        }
    }

    /// The same, but a boolean is the value of this gate or group.
    #[must_use]
    pub fn items_or_group(&self, source: &Source, group: &str) -> Vec<Item> {
        match self.switch() {
            Some(value) => {
                Vec::from([Ok(Assignment::new(group, value, Origin::new(source.clone())))])
            }
            None => self.items(source),
        }
    }

    /// The boolean that is written instead of a list.
    #[must_use]
    pub fn switch(&self) -> Option<bool> {
        match self.0 {
            Written::Other(GateValue::Bool(value)) => Some(value),
            _ => None,
        }
    }
}

/// An item of a list; nothing for null.
fn one(value: &GateValue, source: &Source) -> Option<Item> {
    let is = match value {
        GateValue::Text(text) => return Some(parse_item(text, source)),
        GateValue::Null => return None,
        GateValue::Bool(value) => format!("the boolean {value}"),
        GateValue::Table(_) => "a map".to_string(),
        GateValue::Other(what) => what.clone(),
    };
    Some(Err(ItemError::new(String::new(), Some(Value::Typed(is)), Origin::new(source.clone()))))
}

impl<N: Into<String>> FromIterator<N> for GateList {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        let names = names.into_iter().map(|name| GateValue::Text(name.into()));
        Self(Written::List(names.collect()))
    }
}

impl<'de> Deserialize<'de> for GateList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = GateList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of gates")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<GateList, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(GateList(Written::List(values)))
            }

            fn visit_bool<E>(self, value: bool) -> Result<GateList, E> {
                Ok(GateList(Written::Other(GateValue::Bool(value))))
            }

            fn visit_str<E>(self, text: &str) -> Result<GateList, E> {
                Ok(GateList(Written::Other(GateValue::Text(text.to_string()))))
            }

            fn visit_unit<E>(self) -> Result<GateList, E> {
                Ok(GateList::default())
            }

            fn visit_none<E>(self) -> Result<GateList, E> {
                Ok(GateList::default())
            }

            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<GateList, D::Error> {
                inner.deserialize_any(self)
            }
        }

        deserializer.deserialize_any(Any)
    }
}
