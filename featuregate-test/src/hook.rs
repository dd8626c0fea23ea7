//! The hook of the runtime: the only file that uses [`featuregate::testing`].

use featuregate::{Enums, FeatureGate, Problems, Resolution, testing};

pub(crate) use featuregate::testing::EnumId;

/// The gates of one enum, by the names that a text has for them, with their values.
#[derive(Clone)]
pub(crate) struct Values {
    pub(crate) id: EnumId,
    gates: Vec<(String, bool)>,
}

/// A gate, from the runtime: its number among the variants of its enum.
#[derive(Clone, Copy)]
pub(crate) struct Gate {
    position: usize,
    named: fn(usize) -> (&'static str, &'static str),
}

impl Gate {
    /// The type of the enum, and the name of the gate.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        (self.named)(self.position)
    }
}

impl Values {
    /// The values of each enum of a resolution.
    pub(crate) fn resolved<F: Enums>(resolution: &Resolution<F>) -> Vec<Self> {
        testing::values(resolution).into_iter().map(Self::new).collect()
    }

    /// The values of each enum in the process, without those of scopes.
    pub(crate) fn of_process<F: Enums>() -> Result<Vec<Self>, Problems> {
        Ok(testing::process_values::<F>()?.into_iter().map(Self::new).collect())
    }

    fn new(values: testing::Values) -> Self {
        Self { id: values.id, gates: values.gates }
    }

    /// The value of a gate of this enum.
    #[expect(clippy::indexing_slicing, reason = "the runtime numbers the gates of each enum")]
    pub(crate) fn value(&self, gate: Gate) -> bool {
        self.gates[gate.position].1
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.gates.iter().map(|(name, value)| (name.as_str(), *value))
    }
}

/// The name of a gate in a text, with its component if it has one.
pub(crate) fn name_in_text<F: FeatureGate>(gate: F) -> String {
    testing::written(gate)
}

/// The ids of enums.
pub(crate) fn ids<F: Enums>() -> Vec<EnumId> {
    testing::ids::<F>()
}

/// What the runtime asks before each check.
pub(crate) trait Hook {
    /// The value that overrides the gate's own one.
    fn overridden(of: EnumId, gate: Gate) -> Option<bool>;
}

/// Makes the runtime ask a hook from now on. There is only one in a process.
pub(crate) fn install<H: Hook>() {
    testing::set_hook(|of, position, named| H::overridden(of, Gate { position, named }));
}
