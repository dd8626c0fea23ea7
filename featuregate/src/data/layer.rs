//! The layer of changes, to be kept for the next start.

use core::fmt;
use std::time::SystemTime;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::data::origin;
use crate::memory::layer::{RuntimeEntry, RuntimeLayer};

impl Serialize for RuntimeLayer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl Serialize for RuntimeEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &self.value())?;
        origin::entry(&mut map, "by", self.by())?;
        origin::entry(&mut map, "at", self.at_text())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for RuntimeLayer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::<String, RuntimeEntry>::deserialize(deserializer).map(Self::of)
    }
}

impl<'de> Deserialize<'de> for RuntimeEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Entry)
    }
}

struct Entry;

impl<'de> Visitor<'de> for Entry {
    type Value = RuntimeEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean, or a map with value, by and at")
    }

    fn visit_bool<E>(self, value: bool) -> Result<RuntimeEntry, E> {
        Ok(RuntimeEntry { value, by: None, at: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuntimeEntry, A::Error> {
        let (mut value, mut by, mut at) = (None, None::<Arc<str>>, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "value" => value = Some(map.next_value()?),
                "by" => by = Some(map.next_value::<String>()?.into()),
                "at" => at = Some(time(&map.next_value::<String>()?)?),
                // A later release may write more.
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let value = value.ok_or_else(|| de::Error::missing_field("value"))?;
        Ok(RuntimeEntry { value, by, at })
    }
}

fn time<E: de::Error>(text: &str) -> Result<SystemTime, E> {
    humantime::parse_rfc3339(text)
        .map_err(|_| E::custom("at is not a time; write it as in 2026-11-28T14:00:00Z"))
}
