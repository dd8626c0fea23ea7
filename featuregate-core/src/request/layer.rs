//! Settings of one rank, and how those are treated that cannot be used.

use alloc::vec::Vec;

use crate::request::assignment::Item;

/// What becomes of a setting that cannot be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Treatment {
    /// It is a problem.
    #[default]
    Refuse,
    /// It is a notice, and sets nothing.
    Notice,
    /// It sets nothing.
    Ignore,
}

/// How a source's settings are treated that cannot be used: names that no gate has, removed gates, and values that
/// are not booleans.
///
/// By default, unknown names and invalid values are refused, and removed gates are treated as their
/// [component](crate::Component::removed) says.
///
/// ```
/// use featuregate_core::{Policy, Treatment};
///
/// // A configuration may be older or newer than the program.
/// let lax = Policy::of(Treatment::Notice).removed(Treatment::Ignore);
/// assert_eq!(lax, Policy::new().unknown(Treatment::Notice).invalid(Treatment::Notice).removed(Treatment::Ignore));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Policy {
    pub(crate) unknown: Treatment,
    pub(crate) invalid: Treatment,
    pub(crate) removed: Option<Treatment>,
}

impl Policy {
    /// The default policy.
    #[must_use]
    pub const fn new() -> Self {
        Self { unknown: Treatment::Refuse, invalid: Treatment::Refuse, removed: None }
    }

    /// All three are treated alike.
    #[must_use]
    pub const fn of(treatment: Treatment) -> Self {
        Self { unknown: treatment, invalid: treatment, removed: Some(treatment) }
    }

    /// The same for names that no gate has.
    #[must_use]
    pub const fn unknown(self, treatment: Treatment) -> Self {
        Self { unknown: treatment, ..self }
    }

    /// The same for removed gates, at any value.
    #[must_use]
    pub const fn removed(self, treatment: Treatment) -> Self {
        Self { removed: Some(treatment), ..self }
    }

    /// The same for items without a value, or with one that is not a boolean.
    #[must_use]
    pub const fn invalid(self, treatment: Treatment) -> Self {
        Self { invalid: treatment, ..self }
    }
}

/// Settings of one rank: those of a file, of the environment, or of the flags.
///
/// Within a layer, two names of one gate may not contradict each other. Between two layers, the later one wins.
///
/// ```
/// use featuregate_core::{
///     GateSet, Layer, Policy, Source, Treatment, Version, Versions, parse, resolve_layers,
/// };
///
/// let lax = Policy::new().unknown(Treatment::Ignore);
/// let file = Layer::new(parse("AllBeta=false,Later=true", &Source::config("app.toml"))).policy(lax);
/// let flags = Layer::new(parse("AllBeta=true", &Source::flag("--gates")));
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// let resolution = resolve_layers(gates, [file, flags])?;
/// assert_eq!(resolution.enabled("AllBeta"), Some(true));
/// # Ok::<(), featuregate_core::Problems>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Layer {
    pub(crate) items: Vec<Item>,
    pub(crate) rank: Rank,
}

/// What holds for all settings of a layer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rank {
    pub(crate) policy: Policy,
    /// Whether the program has pinned them, so that nobody can change them.
    pub(crate) pinned: bool,
}

crate::__id! {
    /// A layer of the input of resolving.
    pub(crate) struct LayerId;
}

impl Layer {
    /// Settings with the default policy.
    #[must_use]
    pub fn new(items: impl IntoIterator<Item = Item>) -> Self {
        Self { items: items.into_iter().collect(), rank: Rank::default() }
    }

    /// The same with these settings instead.
    #[must_use]
    pub fn with_items(self, items: impl IntoIterator<Item = Item>) -> Self {
        Self { items: items.into_iter().collect(), ..self }
    }

    /// The same with another policy.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.rank.policy = policy;
        self
    }

    /// The same as pins of the program: a setting of a weaker layer that says otherwise has no effect, which is a
    /// notice, and no suggestion asks to change a pin.
    #[must_use]
    pub fn pinned(mut self) -> Self {
        self.rank.pinned = true;
        self
    }

    /// Whether there are no settings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::origin::Source;
    use crate::request::parse::parse;

    #[test]
    fn each_part_of_a_policy_is_chosen_by_itself() {
        let parts = |policy: Policy| (policy.unknown, policy.invalid, policy.removed);
        let (refuse, ignore) = (Treatment::Refuse, Treatment::Ignore);
        assert_eq!(parts(Policy::new()), (refuse, refuse, None));
        assert_eq!(parts(Policy::of(ignore)), (ignore, ignore, Some(ignore)));
        assert_eq!(parts(Policy::new().unknown(ignore)), (ignore, refuse, None));
        assert_eq!(parts(Policy::new().invalid(ignore)), (refuse, ignore, None));
        assert_eq!(parts(Policy::new().removed(ignore)), (refuse, refuse, Some(ignore)));
    }

    #[test]
    fn other_settings_leave_the_rest_of_a_layer_as_it_is() {
        let empty = Layer::default().policy(Policy::of(Treatment::Ignore)).pinned();
        assert!(empty.is_empty());
        let layer = empty.with_items(parse("A=true,B=false", &Source::config("a.yaml")));
        assert_eq!((layer.items.len(), layer.is_empty()), (2, false));
        assert!(layer.rank.pinned && layer.rank.policy.unknown == Treatment::Ignore);
    }
}
