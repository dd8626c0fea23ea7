//! The hook of the runtime: the only file that uses [`featuregate::testing`].

use featuregate::{Enums, FeatureGate, Problems, Resolution, testing};

pub(crate) use featuregate::testing::EnumId;

/// The gates of one enum, by the names that a text has for them, with their values.
#[derive(Clone)]
pub(crate) struct Values {
    pub(crate) id: EnumId,
    gates: Vec<(String, bool)>,
}

/// The number of a gate among the variants of its enum, from the runtime.
#[derive(Clone, Copy)]
pub(crate) struct Gate(usize);

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

    /// The name and the value of a gate of this enum.
    #[expect(clippy::indexing_slicing, reason = "the runtime numbers the gates of each enum")]
    pub(crate) fn gate(&self, gate: Gate) -> (&str, bool) {
        let (name, value) = &self.gates[gate.0];
        (name, *value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.gates.iter().map(|(name, value)| (name.as_str(), *value))
    }
}

/// The name of a gate in a text, with its component if it has one.
pub(crate) fn name_in_text<F: FeatureGate>(gate: F) -> String {
    testing::written(gate)
}

/// What the runtime asks before each check.
pub(crate) trait Hook {
    /// The value that overrides the gate's own one.
    fn overridden(of: EnumId, gate: Gate) -> Option<bool>;
}

/// Makes the runtime ask a hook from now on. There is only one in a process.
pub(crate) fn install<H: Hook>() {
    testing::set_hook(|of, position| H::overridden(of, Gate(position)));
}
