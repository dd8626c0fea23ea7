//! What gates were given while the program ran.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::time::SystemTime;

use featuregate_core::{Assignment, GateSet, Item, Origin, Source};

/// The values that gates were given while the program ran. They override all sources of the start; only a pin of the
/// program stays.
///
/// [`Installed::change`](crate::Installed::change) edits it. It is serialised (feature `serde`) as
/// `{"Cache": {"value": true, "by": "alice", "at": "2026-11-28T14:00:00Z"}}`, without fields that are not known, so that
/// a program can keep it and give it to [`Resolver::runtime`](crate::Resolver::runtime) when it starts again. A map
/// with booleans is read too.
///
/// ```
/// use featuregate::{FeatureGate, RuntimeLayer};
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(runtime)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let mut layer = RuntimeLayer::new();
/// layer.set(Feature::Cache, true);
/// let resolution = Feature::resolver().flag("Cache=false").runtime(layer).resolve()?;
/// assert!(resolution.enabled(Feature::Cache));
/// # Ok::<(), featuregate::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeLayer {
    entries: BTreeMap<String, RuntimeEntry>,
    /// The names of values that were taken back.
    resets: Vec<String>,
    /// Who makes the changes that follow.
    by: Option<Arc<str>>,
}

/// The value of a gate in a [`RuntimeLayer`], with who gave it and when.
///
/// ```
/// let mut layer = featuregate::RuntimeLayer::new();
/// layer.by("alice");
/// layer.set_named("Cache", true);
/// let entry = layer.get("Cache").unwrap();
/// assert_eq!((entry.value(), entry.by(), entry.at()), (true, Some("alice"), None));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeEntry {
    pub(crate) value: bool,
    pub(crate) by: Option<Arc<str>>,
    pub(crate) at: Option<SystemTime>,
}

impl RuntimeEntry {
    /// The value.
    #[must_use]
    pub fn value(&self) -> bool {
        self.value
    }

    /// Who gave it.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    /// When it was given. It is not known before the change is made.
    #[must_use]
    pub fn at(&self) -> Option<SystemTime> {
        self.at
    }

    /// When it was given, as text.
    pub(crate) fn at_text(&self) -> Option<String> {
        let at = humantime::format_rfc3339_seconds(self.at?);
        // A time after the year 9999 cannot be written.
        let mut text = String::new();
        core::fmt::write(&mut text, format_args!("{at}")).ok()?;
        Some(text)
    }

    fn source(&self) -> Source {
        Source::runtime(self.by(), self.at_text().as_deref())
    }
}

impl RuntimeLayer {
    /// A layer without values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says who gives the values that follow, as `resolution.explain(…)` shows it.
    pub fn by(&mut self, who: &str) {
        self.by = Some(who.into());
    }

    /// Gives a gate a value by its name in a text. The name is looked up where the change is made.
    pub fn set_named(&mut self, name: &str, value: bool) {
        let entry = RuntimeEntry { value, by: self.by.clone(), at: None };
        self.entries.insert(name.into(), entry);
    }

    /// Takes back the value of a gate, by its name in a text: the gate has the value of the start again.
    pub fn reset_named(&mut self, name: &str) {
        self.entries.remove(name);
        self.resets.push(name.into());
    }

    /// Takes back all values.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The value of a gate by its name in a text, if it has one in this layer.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RuntimeEntry> {
        self.entries.get(name)
    }

    /// The gates that have values in this layer, sorted by name.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &RuntimeEntry)> {
        self.entries.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// Whether no gate has a value in this layer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[cfg(feature = "serde")]
    pub(crate) fn of(entries: BTreeMap<String, RuntimeEntry>) -> Self {
        Self { entries, ..Self::default() }
    }

    /// The assignments of this layer.
    pub(crate) fn items(&self) -> Vec<Item> {
        let item = |(name, entry): (&str, &RuntimeEntry)| {
            Ok(Assignment::new(name, entry.value, Origin::new(entry.source())))
        };
        self.iter().map(item).collect()
    }

    /// Completes an edited layer: former names become those of their gates, and each value that is new has its
    /// time. Returns the names that were set or reset.
    pub(crate) fn complete(&mut self, before: &Self, gates: &GateSet) -> Vec<String> {
        self.by = None;
        for name in core::mem::take(&mut self.resets) {
            let current = gates.current_name(&name).unwrap_or(&name);
            // It may have got another value since.
            if self.entries.get(current) == before.entries.get(current) {
                self.entries.remove(current);
            }
        }
        let now = SystemTime::now();
        for (name, entry) in core::mem::take(&mut self.entries) {
            let is_new = before.entries.get(&name) != Some(&entry);
            let entry = if is_new { RuntimeEntry { at: Some(now), ..entry } } else { entry };
            match gates.current_name(&name) {
                Some(current) if current != name => {
                    self.entries.insert(current.into(), entry);
                }
                _ => {
                    self.entries.entry(name).or_insert(entry);
                }
            }
        }
        let differs = |name: &&String| self.entries.get(*name) != before.entries.get(*name);
        let names = before.entries.keys().chain(self.entries.keys());
        names.filter(differs).cloned().collect()
    }
}
