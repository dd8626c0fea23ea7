//! Texts as trees, read by parsers that the command does not use: of YAML that of libyaml, of JSON `serde_json`.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value. A map keeps the order of its keys, and keys that are repeated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// A value with a tag of its own.
    Tagged(String, Box<Node>),
}

impl Node {
    /// A text, or another scalar as it would be written.
    pub(crate) fn scalar(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(text) | Self::Text(text) => Some(text.clone()),
            Self::Tagged(_, value) => value.scalar(),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(items) => items.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            Self::Tagged(_, value) => value.is_empty(),
            _ => false,
        }
    }

    /// Whether it has a `kind`.
    pub(crate) fn is_object(&self) -> bool {
        let Self::Map(entries) = self else { return false };
        entries
            .iter()
            .any(|entry| matches!(entry, (Self::Text(key), Self::Text(_)) if key == "kind"))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Node::Map(map))
    }

    /// A value with a tag, which is kept beside it.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (tag, value): (String, _) = data.variant()?;
        Ok(Node::Tagged(tag, Box::new(value.newtype_variant()?)))
    }
}

/// The documents of a text in YAML.
pub(crate) fn yaml(text: &str) -> Result<Vec<Node>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let documents = yaml_serde::Deserializer::from_str(text).map(Node::deserialize);
    documents.collect::<Result<_, _>>().map_err(|error| error.to_string())
}

pub(crate) fn json(text: &str) -> Result<Vec<Node>, String> {
    let node = serde_json::from_str(text.trim_start_matches('\u{feff}'));
    node.map(|node| vec![node]).map_err(|error| error.to_string())
}

pub(crate) fn toml(text: &str) -> Result<Vec<Node>, String> {
    toml::from_str(text).map(|node| vec![node]).map_err(|error| error.to_string())
}
