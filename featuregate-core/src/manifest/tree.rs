//! A YAML text as a tree in which each node knows its place, so that everything that is wrong with its
//! shape can be told together.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{
    DuplicateKeyPolicy, MergeKeyPolicy, MessageFormatter as _, Options, Spanned,
    UserMessageFormatter,
};

use super::mistake::{Mistake, Place};

/// The longest text that is read. The list of Kubernetes has 50 kilobytes.
const LONGEST: usize = 16 << 20;

/// The deepest nesting; a manifest needs six.
const DEEPEST: usize = 16;

/// A node and where it begins.
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
    /// The bytes of the text that it stands in.
    pub(super) span: Range<usize>,
}

pub(super) enum Value {
    Nothing,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Node>),
    /// Keys and values in their order, also keys that stand twice.
    Map(Vec<(Node, Node)>),
}

/// Reads a text; the mistake is one of YAML itself, or a text that would cost too much.
pub(super) fn read(text: &str) -> Result<Node, Mistake> {
    if text.len() > LONGEST {
        let message = "the manifest is longer than 16 MiB; a list of gates is a thousandth of that";
        return Err(Mistake::new(Place::START, message));
    }
    serde_saphyr::from_str_with_options(text, options()).map_err(|error| mistake(&error))
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST,
            flow_nesting_limit: DEEPEST,
            // Some 7,000 gates with three milestones each.
            max_nodes: 250_000,
            max_events: 500_000,
            max_total_scalar_bytes: LONGEST,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        reject_unsupported_tags: true,
        strict_booleans: true,
        with_snippet: false,
    }
}

/// The library's message without advice to programmers.
fn mistake(error: &serde_saphyr::Error) -> Mistake {
    /// The most characters of a message, which may repeat a part of the text.
    const SHOWN: usize = 200;
    let error = error.without_snippet();
    let message = UserMessageFormatter.format_message(error);
    // What it repeats must not steer the terminal.
    let harmless = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let message: String = message.chars().take(SHOWN).map(harmless).collect();
    let place = error.location().map_or(Place::START, place);
    Mistake::new(place, message)
}

fn place(of: serde_saphyr::Location) -> Place {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Place { line: number(of.line()).max(1), column: number(of.column()).max(1) }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced, .. } = Spanned::<Value>::deserialize(deserializer)?;
        let span = referenced.span();
        let start = span.byte_offset().unwrap_or(0);
        let end = start.saturating_add(span.byte_len().unwrap_or(0));
        let index = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
        Ok(Self { place: place(referenced), value, span: index(start)..index(end) })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of a manifest")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Value::Map(entries))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Value, E> {
        Err(E::custom("a manifest has no binary data"))
    }
}
