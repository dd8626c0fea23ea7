//! What the derive passes on for an enum: its gates and settings, as constants.

use alloc::format;
use alloc::string::String;

use featuregate_core::__private::packed::Packed;
use featuregate_core::{GateSpec, RemovedPolicy, Version};

/// An enum's gates and settings.
#[derive(Clone, Debug)]
pub struct Declaration {
    pub(crate) packed: Packed,
    /// How many of the packed gates are variants; tombstones follow.
    pub(crate) gates: usize,
    pub(crate) version: Version,
    pub(crate) removed: RemovedPolicy,
    pub(crate) env: Option<&'static str>,
    pub(crate) component: Option<&'static str>,
}

impl Declaration {
    /// From the literals of the expansion.
    #[must_use]
    pub const fn new(
        text: &'static str,
        table: &'static [u8],
        gates: usize,
        (major, minor): (u32, u32),
        refuse_removed: bool,
        env: &[&'static str],
        component: &[&'static str],
    ) -> Self {
        let removed = if refuse_removed { RemovedPolicy::Refuse } else { RemovedPolicy::Tolerate };
        let version = Version::new(major, minor);
        let (env, component) = (only(env), only(component));
        Self { packed: Packed::new(text, table), gates, version, removed, env, component }
    }

    pub(crate) fn name(self, position: usize) -> Option<&'static str> {
        self.packed.name(position)
    }

    /// The declarations of the variants, without what they require of other enums.
    pub(crate) fn variants(self) -> impl Iterator<Item = GateSpec> {
        self.packed.take(self.gates)
    }

    /// The declarations of the removed gates.
    pub(crate) fn tombstones(self) -> impl Iterator<Item = GateSpec> {
        self.packed.skip(self.gates)
    }
}

/// A gate of another enum, which is required.
#[derive(Clone, Debug)]
pub struct Required {
    pub(crate) declaration: Declaration,
    pub(crate) position: usize,
    pub(crate) available: bool,
}

impl Required {
    /// The name of the gate, as a gate of that component writes it.
    pub(crate) fn written(&self, own: Option<&str>) -> Option<String> {
        let name = self.declaration.packed.clone().name(self.position)?;
        Some(match self.declaration.component {
            component if component == own => name.into(),
            component => format!("{}:{name}", component.unwrap_or_default()),
        })
    }
}

/// The text that was given, if one was.
const fn only(given: &[&'static str]) -> Option<&'static str> {
    match given {
        [text, ..] => Some(text),
        [] => None,
    }
}
