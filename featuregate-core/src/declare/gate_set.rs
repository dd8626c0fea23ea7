//! All gates of a component, by name.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::borrow::Borrow;

use crate::declare::milestone::Milestone;
use crate::declare::spec::{GateSpec, Text};
use crate::declare::stage::Stage;
use crate::declare::version::Version;

/// The gates of a component: the groups `AllAlpha` and `AllBeta` first, then the others in the order
/// in which they were added.
///
/// Every name belongs to one gate, be it as its name or as an alias.
#[derive(Clone, Debug)]
pub struct GateSet {
    gates: Vec<GateSpec>,
    index: BTreeMap<Text, Slot>,
    /// For each gate the positions of the gates that it requires.
    requires: Vec<Vec<usize>>,
    component: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Gate(usize),
    Alias(usize),
}

/// The two gates that set all others of a stage.
pub(crate) const GROUPS: [(&str, Stage); 2] =
    [("AllAlpha", Stage::Alpha), ("AllBeta", Stage::Beta)];

impl Default for GateSet {
    fn default() -> Self {
        Self::new()
    }
}

impl GateSet {
    /// Only the groups.
    #[must_use]
    pub fn new() -> Self {
        let mut set = Self {
            gates: Vec::new(),
            index: BTreeMap::new(),
            requires: Vec::new(),
            component: None,
        };
        for (name, stage) in GROUPS {
            let doc = match stage {
                Stage::Alpha => "Sets every alpha gate that is not set itself.",
                _ => "Sets every beta gate that is not set itself.",
            };
            set.insert(GateSpec {
                name: name.into(),
                doc: doc.into(),
                milestones: Vec::from([Milestone {
                    since: Version::ZERO,
                    stage,
                    default: false,
                    locked: false,
                    min_compat: None,
                }]),
                requires: Vec::new(),
                owner: None,
                issue: None,
                remove_in: None,
                aliases: Vec::new(),
                available: true,
                removal: None,
            });
        }
        set
    }

    /// A set of gates that are known to be consistent: the derive's, which checked them when the
    /// program was compiled. A gate whose name is taken already is left out.
    #[must_use]
    pub fn of_declared(
        component: Option<&'static str>,
        gates: impl IntoIterator<Item = GateSpec>,
    ) -> Self {
        let mut set = Self::new();
        set.component = component.map(Into::into);
        for gate in gates {
            set.insert(gate);
        }
        set.link();
        set
    }

    /// Adds a gate with its aliases; `false`, and no change, where its name is taken.
    pub(crate) fn insert(&mut self, gate: GateSpec) -> bool {
        if self.index.contains_key(&gate.name) {
            return false;
        }
        let position = self.gates.len();
        self.index.insert(gate.name.clone(), Slot::Gate(position));
        for alias in &gate.aliases {
            self.index.entry(alias.clone()).or_insert(Slot::Alias(position));
        }
        self.gates.push(gate);
        self.requires.push(Vec::new());
        true
    }

    /// Looks the required gates up by name; unknown ones are left out.
    pub(crate) fn link(&mut self) {
        for (gate, requires) in self.gates.iter().zip(&mut self.requires) {
            requires.clear();
            requires.extend(gate.requires.iter().filter_map(|name| match self.index.get(name) {
                Some(Slot::Gate(position)) => Some(*position),
                _ => None,
            }));
        }
    }

    /// Adds names to what a gate requires, sorted and once each; `false` where the gate is unknown.
    pub(crate) fn require(&mut self, gate: &str, names: impl IntoIterator<Item = Text>) -> bool {
        let Some(gate) = self.position(gate).and_then(|position| self.gates.get_mut(position))
        else {
            return false;
        };
        for name in names {
            let at = gate.requires.partition_point(|known| *known < name);
            if gate.requires.get(at) != Some(&name) {
                gate.requires.insert(at, name);
            }
        }
        true
    }

    /// All gates, groups and tombstones included.
    #[must_use]
    pub fn gates(&self) -> &[GateSpec] {
        &self.gates
    }

    /// The component before the colon of `etcd:MemoryQoS`, if these gates are named so.
    #[must_use]
    pub fn component(&self) -> Option<&str> {
        self.component.as_deref()
    }

    /// The gate of that name (not alias).
    ///
    /// ```
    /// # use featuregate_core::GateSet;
    /// assert!(GateSet::new().get("AllAlpha").is_some());
    /// assert!(GateSet::new().get("allalpha").is_none());
    /// ```
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&GateSpec> {
        self.gates.get(self.position(name)?)
    }

    pub(crate) fn get_mut(&mut self, position: usize) -> Option<&mut GateSpec> {
        self.gates.get_mut(position)
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match self.index.get(name) {
            Some(Slot::Gate(position)) => Some(*position),
            _ => None,
        }
    }

    /// What a name in a text means, with the component's prefix where these gates have one.
    pub(crate) fn lookup(&self, written: &str) -> Option<Slot> {
        let name = match &self.component {
            None => written,
            Some(component) => {
                written.strip_prefix(component.as_ref() as &str)?.strip_prefix(':')?
            }
        };
        self.index.get(name).copied()
    }

    pub(crate) fn slot(&self, name: &str) -> Option<Slot> {
        self.index.get(name).copied()
    }

    /// Every name that can be written, aliases included.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(Borrow::borrow)
    }

    pub(crate) fn requires(&self, position: usize) -> &[usize] {
        self.requires.get(position).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn is_group(position: usize) -> bool {
        position < GROUPS.len()
    }

    /// The position of the group that sets the gates of a stage.
    pub(crate) fn group_of(stage: Stage) -> Option<usize> {
        GROUPS.iter().position(|(_, of)| *of == stage)
    }
}
