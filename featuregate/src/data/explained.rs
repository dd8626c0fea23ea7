//! Why gates have their values, as data.

use alloc::vec::Vec;
use featuregate_core::{Effect, Explanation, Explanations, Link, Status};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::data::origin;

/// Explanations of gates as data: why they have their values.
///
/// It is serialised as a sequence of `{"name", "stage", "default", "locked", "enabled", "presence", "requires",
/// "chain"}`. `presence` is `there`, `not-yet`, `removed` or `unavailable`; `requires` the names of gates, as they are
/// written in settings. The chain goes from the weakest to the strongest step; each has the fields of
/// an origin in a [`Report`](crate::data::Report), and `"value", "effect", "by"`: its `effect` is `decides`,
/// `overridden`, `none` or `left-out`, and `by` the index of the step that overrides it.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate::data::Explained;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let resolution = Feature::resolver().flag("Cache=true").resolve()?;
/// let explanations = resolution.explain_all();
/// let json = serde_json::to_value(Explained::new(&explanations))?;
/// assert_eq!(json[0]["chain"][0]["effect"], "overridden");
/// assert_eq!(json[0]["chain"][1]["item"], "Cache=true");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a>(&'a Explanations<'a>);

impl<'a> Explained<'a> {
    /// The explanations of gates, from [`Resolution::explain_all`](crate::Resolution::explain_all) or
    /// [`Resolution::explain`](crate::Resolution::explain).
    #[must_use]
    pub fn new(explanations: &'a Explanations<'a>) -> Self {
        Self(explanations)
    }
}

impl Serialize for Explained<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(One))
    }
}

struct One<'a>(&'a Explanation<'a>);

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let state = self.0.state();
        let presence = match state.status() {
            Status::NotIntroduced { .. } => "not-yet",
            Status::Removed { .. } => "removed",
            Status::NotCompiledIn { .. } => "unavailable",
            _ => "there",
        };
        let mut one = serializer.serialize_struct("Explanation", 8)?;
        one.serialize_field("name", state.name())?;
        one.serialize_field("stage", state.stage().as_str())?;
        one.serialize_field("default", &state.default())?;
        one.serialize_field("locked", &state.is_locked())?;
        one.serialize_field("enabled", &state.enabled())?;
        one.serialize_field("presence", presence)?;
        one.serialize_field("requires", &state.requires().collect::<Vec<_>>())?;
        let chain = self.0.links().iter().enumerate().map(OneLink);
        one.serialize_field("chain", &chain.collect::<Vec<_>>())?;
        one.end()
    }
}

/// A link of a chain, with its index.
struct OneLink<'a>((usize, &'a Link<'a>));

impl Serialize for OneLink<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (index, link) = self.0;
        let (effect, by) = match link.effect() {
            Effect::Decides => ("decides", None),
            Effect::Overridden => ("overridden", Some(index + 1)),
            Effect::LeftOut => ("left-out", None),
            _ => ("none", None),
        };
        let mut map = serializer.serialize_map(None)?;
        origin::write(&mut map, link.cause(), link.implied_by())?;
        map.serialize_entry("value", &link.value())?;
        map.serialize_entry("effect", effect)?;
        origin::entry(&mut map, "by", by)?;
        map.end()
    }
}
