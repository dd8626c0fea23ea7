//! All gates of a process, by name.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::milestone::Milestone;
use crate::declare::spec::{GateSpec, RemovedPolicy, Text};
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::declare::versions::Versions;
use crate::nearest::nearest;

/// The gates of one component or of several: each component with its versions, its groups `AllAlpha` and
/// `AllBeta`, and its gates in the order in which they were added.
///
/// A text names a gate with its component, as in `etcd:MemoryQoS`; the gates of the component without a
/// name are written bare. Every written name belongs to one gate, be it as its name or as an alias.
///
/// ```
/// use featuregate_core::{GateSet, Version, Versions};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// assert!(gates.get("AllAlpha").is_some());
/// assert!(gates.get("allalpha").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct GateSet {
    gates: Vec<GateSpec>,
    nodes: Vec<Node>,
    components: Vec<Component>,
}

/// What a gate is among the others.
#[derive(Clone, Debug)]
struct Node {
    component: usize,
    /// The name as it is written, where that is not the gate's alone.
    written: Option<String>,
    /// The positions of the gates that it requires.
    requires: Vec<usize>,
    /// Whether it is compiled in, with all that it requires.
    available: bool,
}

/// Gates that share a prefix, a history of releases, and groups.
#[derive(Clone, Debug)]
pub struct Component {
    name: Option<Text>,
    versions: Versions,
    removed: RemovedPolicy,
    groups: [usize; Group::ALL.len()],
    index: BTreeMap<Text, Slot>,
}

impl Component {
    /// The prefix before the colon; `None` for the component whose gates are written bare.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The versions in effect.
    #[must_use]
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// What an assignment to a removed gate is.
    #[must_use]
    pub fn removed(&self) -> RemovedPolicy {
        self.removed
    }
}

/// What a written name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Gate(usize),
    Alias(usize),
}

impl Slot {
    /// The gate, by whichever name.
    pub(crate) fn position(self) -> usize {
        match self {
            Self::Gate(position) | Self::Alias(position) => position,
        }
    }
}

/// A gate of each component that sets all others of a stage.
///
/// ```
/// use featuregate_core::{Group, Stage};
///
/// assert_eq!(Group::of_stage(Stage::Beta).map(|group| group.name), Some("AllBeta"));
/// assert!(Group::named("MemoryQoS").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// The stage of the gates that it sets.
    pub stage: Stage,
    /// What it does: one sentence.
    pub doc: &'static str,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 2] = [
        Self {
            name: "AllAlpha",
            stage: Stage::Alpha,
            doc: "Sets every alpha gate that is not set itself.",
        },
        Self {
            name: "AllBeta",
            stage: Stage::Beta,
            doc: "Sets every beta gate that is not set itself.",
        },
    ];

    /// The group of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name == name)
    }

    /// The group that sets the gates of a stage.
    #[must_use]
    pub fn of_stage(stage: Stage) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.stage == stage)
    }
}

impl GateSet {
    /// The groups of a component without a name, at its versions.
    #[must_use]
    pub fn new(versions: Versions) -> Self {
        let mut set = Self::default();
        set.add_component(None, versions, RemovedPolicy::default());
        set
    }

    /// Adds a component with its groups, and returns its number; the one that there is, where one has
    /// that name.
    pub fn add_component(
        &mut self,
        name: Option<Text>,
        versions: Versions,
        removed: RemovedPolicy,
    ) -> usize {
        if let Some(known) = self.component_named(name.as_deref()) {
            return known;
        }
        let number = self.components.len();
        let groups = [0; Group::ALL.len()];
        self.components.push(Component { name, versions, removed, groups, index: BTreeMap::new() });
        for (which, group) in Group::ALL.into_iter().enumerate() {
            let position = self.insert(number, spec(group));
            let groups = self.components.get_mut(number).map(|component| &mut component.groups);
            if let (Some(Some(group)), Ok(position)) =
                (groups.map(|groups| groups.get_mut(which)), position)
            {
                *group = position;
            }
        }
        number
    }

    /// The number of the component of that name.
    #[must_use]
    pub fn component_named(&self, name: Option<&str>) -> Option<usize> {
        self.components.iter().position(|component| component.name() == name)
    }

    /// Adds a gate with its aliases to a component, and returns its position.
    ///
    /// # Errors
    /// The first of its names that is taken; then nothing has changed.
    pub fn insert(&mut self, component: usize, gate: GateSpec) -> Result<usize, Taken> {
        let position = self.gates.len();
        let Some(of) = self.components.get_mut(component) else {
            return Err(Taken { name: gate.name, by: None });
        };
        let taken = core::iter::once(&gate.name)
            .chain(&gate.aliases)
            .find_map(|name| of.index.get(name).map(|slot| (name, slot.position())));
        if let Some((name, by)) = taken {
            return Err(Taken { name: name.clone(), by: Some(by) });
        }
        of.index.insert(gate.name.clone(), Slot::Gate(position));
        for alias in &gate.aliases {
            of.index.entry(alias.clone()).or_insert(Slot::Alias(position));
        }
        let written = of.name.as_ref().map(|component| format!("{component}:{}", gate.name));
        let available = gate.available;
        self.gates.push(gate);
        self.nodes.push(Node { component, written, requires: Vec::new(), available });
        Ok(position)
    }

    /// Gives a gate one more former name.
    pub(crate) fn add_alias(&mut self, position: usize, alias: Text) -> Result<(), Taken> {
        let number = self.component_number(position);
        let (Some(gate), Some(component)) =
            (self.gates.get_mut(position), self.components.get_mut(number))
        else {
            return Ok(());
        };
        match component.index.get(&alias).map(|slot| slot.position()) {
            Some(by) if by == position => Ok(()),
            Some(by) => Err(Taken { name: alias, by: Some(by) }),
            None => {
                component.index.insert(alias.clone(), Slot::Alias(position));
                gate.aliases.push(alias);
                Ok(())
            }
        }
    }

    /// Looks the required gates up by name; unknown ones are left out, and those of removed gates. A gate
    /// that requires one that is not compiled in counts as not compiled in.
    pub fn link(&mut self) {
        let resolved: Vec<Vec<usize>> = (0..self.gates.len())
            .map(|position| {
                let binary = self.versions(position).binary;
                // What a removed gate required is nobody's business any more.
                let gate = self.gates.get(position).filter(|gate| !gate.is_gone(binary));
                let names = gate.map_or(&[][..], |gate| &gate.requires);
                names.iter().filter_map(|name| self.required(position, name)).collect()
            })
            .collect();
        for ((node, requires), gate) in self.nodes.iter_mut().zip(resolved).zip(&self.gates) {
            node.requires = requires;
            node.available = gate.available;
        }
        let dependents = self.dependents(|_| true);
        let mut open: Vec<usize> = self.positions().filter(|&gate| !self.available(gate)).collect();
        while let Some(gate) = open.pop() {
            for &dependent in dependents.get(gate).into_iter().flatten() {
                if let Some(node) = self.nodes.get_mut(dependent).filter(|node| node.available) {
                    node.available = false;
                    open.push(dependent);
                }
            }
        }
    }

    /// The gate that another one requires by this name, which is one of its own component's, or written
    /// with a component and a colon; before the colon is nothing for the component without a name.
    pub(crate) fn required(&self, dependent: usize, name: &str) -> Option<usize> {
        let own = self.component(dependent).and_then(|component| component.index.get(name));
        let other = || self.lookup(name.strip_prefix(':').unwrap_or(name));
        match own.copied().or_else(other)? {
            Slot::Gate(position) => Some(position),
            Slot::Alias(_) => None,
        }
    }

    /// For each gate those that require it, of the edges whose dependent is wanted.
    pub(crate) fn dependents(&self, wanted: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let mut dependents = alloc::vec![Vec::new(); self.gates.len()];
        for dependent in self.positions().filter(|&position| wanted(position)) {
            for &needed in self.requires(dependent) {
                if let Some(of) = dependents.get_mut(needed) {
                    of.push(dependent);
                }
            }
        }
        dependents
    }

    /// The gates that require a gate, directly or not, by their written names; in the order in which they
    /// were added.
    #[must_use]
    pub fn dependents_of(&self, name: &str) -> Vec<&str> {
        let dependents = self.dependents(|_| true);
        let mut found = alloc::vec![false; self.gates.len()];
        let mut open: Vec<usize> = self.position(name).into_iter().collect();
        while let Some(gate) = open.pop() {
            for &dependent in dependents.get(gate).into_iter().flatten() {
                if let Some(found @ false) = found.get_mut(dependent) {
                    *found = true;
                    open.push(dependent);
                }
            }
        }
        let names = self.positions().zip(found).filter(|(_, found)| *found);
        names.map(|(position, _)| self.written(position)).collect()
    }

    /// Adds names to what a gate requires, sorted and once each; `false` where the gate is unknown.
    pub(crate) fn require(&mut self, gate: &str, names: impl IntoIterator<Item = Text>) -> bool {
        let Some(gate) = self.position(gate).and_then(|position| self.gates.get_mut(position))
        else {
            return false;
        };
        for name in names {
            if !gate.requires.contains(&name) {
                let at = gate.requires.partition_point(|known| *known < name);
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

    /// The components, in the order in which they were added.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The gate of that written name (not alias).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&GateSpec> {
        self.gates.get(self.position(name)?)
    }

    pub(crate) fn get_mut(&mut self, position: usize) -> Option<&mut GateSpec> {
        self.gates.get_mut(position)
    }

    pub(crate) fn component_mut(
        &mut self,
        number: usize,
    ) -> Option<(&mut Versions, &mut RemovedPolicy)> {
        let component = self.components.get_mut(number)?;
        Some((&mut component.versions, &mut component.removed))
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match self.lookup(name) {
            Some(Slot::Gate(position)) => Some(position),
            _ => None,
        }
    }

    /// What a name in a text means, with the component's prefix where it has one.
    pub(crate) fn lookup(&self, written: &str) -> Option<Slot> {
        let of = |component: Option<&str>, name: &str| {
            let number = self.component_named(component)?;
            self.components.get(number)?.index.get(name).copied()
        };
        // Names from data may hold a colon.
        of(None, written).or_else(|| {
            let (component, name) = written.split_once(':')?;
            of(Some(component), name)
        })
    }

    /// Every name that can be written, aliases included, each with its component's prefix.
    pub(crate) fn names(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.components.iter().flat_map(|component| {
            component.index.keys().map(|name| (component.name(), name.as_ref()))
        })
    }

    /// Whether a gate has that written name, or an alias of it.
    #[must_use]
    pub fn knows(&self, written: &str) -> bool {
        self.lookup(written).is_some()
    }

    /// The nearest name to one that is unknown, as it would be written: of the component that is named; else of
    /// all, and then a name with another component or without one.
    #[must_use]
    pub fn nearest(&self, written: &str) -> Option<String> {
        let full = |(component, name): (Option<&str>, &str)| match component {
            Some(component) => format!("{component}:{name}"),
            None => name.into(),
        };
        let (prefix, bare) = match written.split_once(':') {
            Some((prefix, bare)) => (Some(prefix), bare),
            None => (None, written),
        };
        if prefix.is_some() && self.component_named(prefix).is_some() {
            let own = self.names().filter(|(component, _)| *component == prefix);
            if let Some(name) = nearest(bare, own.map(|(_, name)| name)) {
                return Some(full((prefix, &name)));
            }
        }
        if prefix.is_some() {
            let all: Vec<String> = self.names().map(full).collect();
            if let Some(name) = nearest(written, all.iter().map(String::as_str)) {
                return Some(name);
            }
        }
        let exact = self.names().find(|(_, name)| *name == bare);
        exact.map(full).or_else(|| {
            let name = nearest(bare, self.names().map(|(_, name)| name))?;
            self.names().find(|(_, known)| *known == name).map(full)
        })
    }

    /// A gate's name as it stands in a text, with the component's prefix if it has one.
    #[must_use]
    pub fn written(&self, position: usize) -> &str {
        let written = self.nodes.get(position).and_then(|node| node.written.as_deref());
        written.unwrap_or_else(|| self.gates.get(position).map_or("", GateSpec::name))
    }

    pub(crate) fn positions(&self) -> core::ops::Range<usize> {
        0..self.gates.len()
    }

    pub(crate) fn requires(&self, position: usize) -> &[usize] {
        self.nodes.get(position).map_or(&[], |node| node.requires.as_slice())
    }

    /// Whether a gate is compiled in, with all that it requires.
    pub(crate) fn available(&self, position: usize) -> bool {
        self.nodes.get(position).is_none_or(|node| node.available)
    }

    pub(crate) fn component_number(&self, position: usize) -> usize {
        self.nodes.get(position).map_or(0, |node| node.component)
    }

    pub(crate) fn component(&self, position: usize) -> Option<&Component> {
        self.components.get(self.nodes.get(position)?.component)
    }

    /// The versions in effect for a gate.
    pub(crate) fn versions(&self, position: usize) -> Versions {
        self.component(position)
            .map_or(Versions::of_binary(Version::ZERO), |component| component.versions)
    }

    pub(crate) fn is_group(&self, position: usize) -> bool {
        self.component(position).is_some_and(|component| component.groups.contains(&position))
    }

    /// The position of the group that sets a gate while it is of that stage; none for a group.
    pub(crate) fn group_of(&self, position: usize, stage: Stage) -> Option<usize> {
        let component = self.component(position)?;
        if component.groups.contains(&position) {
            return None;
        }
        let which = Group::ALL.iter().position(|group| group.stage == stage)?;
        component.groups.get(which).copied()
    }
}

/// A name that belongs to another gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub(crate) name: Text,
    /// The position of the gate that has it.
    pub(crate) by: Option<usize>,
}

fn spec(group: Group) -> GateSpec {
    GateSpec {
        name: group.name.into(),
        doc: group.doc.into(),
        milestones: Vec::from([Milestone {
            since: Version::ZERO,
            stage: group.stage,
            default: false,
            locked: false,
            min_compat: None,
        }]),
        available: true,
        ..GateSpec::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;

    fn spec(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(RawMilestone::alpha("1.0"))
    }

    fn set(component: Option<&'static str>, specs: impl IntoIterator<Item = RawSpec>) -> GateSet {
        let mut set = GateSet::default();
        let versions = Versions::of_binary(Version::new(1, 36));
        let number =
            set.add_component(component.map(Text::Borrowed), versions, RemovedPolicy::default());
        for raw in specs {
            set.insert(number, validate(raw, Strictness::Data).unwrap()).unwrap();
        }
        set.link();
        set
    }

    #[test]
    fn what_requires_an_absent_gate_is_absent() {
        let set = set(
            None,
            [
                spec("A").requires("B"),
                spec("B").requires("C"),
                spec("C").available(false),
                spec("D").requires("E"),
                spec("E"),
            ],
        );
        let available = |name: &str| set.available(set.position(name).unwrap());
        assert_eq!(["A", "B", "C", "D", "E"].map(available), [false, false, false, true, true]);
        assert!(set.get("A").unwrap().available(), "the gate itself is compiled in");
    }

    #[test]
    fn a_name_is_looked_up_with_its_component_or_bare() {
        let mut set = set(Some("etcd"), [spec("A").alias("OldA")]);
        let bare = set.add_component(
            None,
            Versions::of_binary(Version::new(1, 36)),
            RemovedPolicy::default(),
        );
        let insert = |set: &mut GateSet, name: &str| {
            set.insert(bare, validate(spec(name), Strictness::Data).unwrap())
        };
        assert_eq!(insert(&mut set, "A").unwrap(), 5);
        assert_eq!(insert(&mut set, "odd:name").unwrap(), 6, "data may have such names");
        let taken = insert(&mut set, "A").unwrap_err();
        assert_eq!((taken.name.as_ref(), taken.by), ("A", Some(5)));
        assert_eq!(set.lookup("etcd:A"), Some(Slot::Gate(2)));
        assert_eq!(set.lookup("etcd:OldA"), Some(Slot::Alias(2)));
        assert_eq!(set.lookup("A"), Some(Slot::Gate(5)));
        assert_eq!(set.lookup("odd:name"), Some(Slot::Gate(6)));
        assert_eq!(set.lookup("OldA"), None);
        assert!(set.knows("etcd:OldA") && !set.knows("kube:A"));
        assert_eq!(set.get("etcd:OldA").map(GateSpec::name), None, "an alias is no name");
        assert_eq!([2, 5, 6, 99].map(|it| set.written(it)), ["etcd:A", "A", "odd:name", ""]);
        let names: Vec<_> = set.components().iter().map(Component::name).collect();
        assert_eq!(names, [Some("etcd"), None]);
    }

    #[test]
    fn each_component_has_groups_of_its_own() {
        let mut set = set(Some("etcd"), [spec("A")]);
        let other = set.add_component(
            Some("kube".into()),
            Versions::of_binary(Version::new(1, 36)),
            RemovedPolicy::default(),
        );
        let position = set.insert(other, validate(spec("A"), Strictness::Data).unwrap()).unwrap();
        assert_eq!(set.group_of(2, Stage::Alpha), Some(0));
        assert_eq!(set.group_of(2, Stage::Beta), Some(1));
        assert_eq!(set.group_of(position, Stage::Alpha), Some(3));
        assert_eq!(set.group_of(2, Stage::Ga), None);
        assert_eq!(set.group_of(0, Stage::Alpha), None, "a group has none");
        let numbers: Vec<usize> = set.positions().map(|it| set.component_number(it)).collect();
        assert_eq!(numbers, [0, 0, 0, 1, 1, 1]);
        let docs = set.gates().iter().filter(|gate| gate.doc().starts_with("Sets every "));
        assert_eq!(docs.count(), 4, "a group says what it does");
        let groups: Vec<bool> = set.positions().map(|it| set.is_group(it)).collect();
        assert_eq!(groups, [true, true, false, true, true, false]);
        let again = set.add_component(
            Some("kube".into()),
            Versions::of_binary(Version::ZERO),
            RemovedPolicy::default(),
        );
        assert_eq!(again, other);
    }

    #[test]
    fn the_nearest_name_is_written_with_its_component() {
        let set = set(Some("etcd"), [spec("MemoryQoS")]);
        for (written, nearest) in [
            ("MemoryQoS", Some("etcd:MemoryQoS")),
            ("kube:MemoryQoS", Some("etcd:MemoryQoS")),
            ("etcd:MemoryQos", Some("etcd:MemoryQoS")),
            ("Elsewhere", None),
        ] {
            let expected = nearest.filter(|_| cfg!(feature = "std") || !written.ends_with("Qos"));
            assert_eq!(set.nearest(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn all_that_requires_a_gate_is_found() {
        let set = set(
            None,
            [spec("A").requires("B"), spec("B").requires("C"), spec("C"), spec("D").requires("C")],
        );
        assert_eq!(set.dependents_of("C"), ["A", "B", "D"]);
        assert_eq!(set.dependents_of("B"), ["A"]);
        assert_eq!(set.dependents_of("A"), [] as [&str; 0]);
        assert_eq!(set.dependents_of("Nowhere"), [] as [&str; 0]);
    }

    #[cfg(feature = "std")]
    #[test]
    fn the_nearest_name_is_one_of_the_component_that_is_named() {
        let mut set = set(None, [spec("Compaction")]);
        let store = set.add_component(
            Some("store".into()),
            Versions::of_binary(Version::new(3, 6)),
            RemovedPolicy::default(),
        );
        set.insert(store, validate(spec("Compaction"), Strictness::Data).unwrap()).unwrap();
        for (written, nearest) in [
            ("store:Compactoin", "store:Compaction"),
            ("store:allalpha", "store:AllAlpha"),
            ("stoer:Compaction", "store:Compaction"),
            ("kubelet:Compaction", "Compaction"),
            ("kubelet:Compactoin", "Compaction"),
            ("other", ""),
            ("store:other", ""),
            ("Compactoin", "Compaction"),
        ] {
            let nearest = Some(nearest).filter(|nearest| !nearest.is_empty());
            assert_eq!(set.nearest(written).as_deref(), nearest, "{written}");
        }
    }

    #[test]
    fn names_that_are_required_are_added_once_and_in_order() {
        let mut set = set(None, [spec("A").requires("C"), spec("B"), spec("C")]);
        assert!(set.require("A", ["B".into(), "C".into(), "B".into()]));
        assert!(!set.require("Nowhere", ["B".into()]));
        assert_eq!(set.get("A").unwrap().requires().collect::<Vec<_>>(), ["B", "C"]);
        assert!(set.require("B", ["C".into(), "A".into(), "B".into()]));
        assert_eq!(set.get("B").unwrap().requires().collect::<Vec<_>>(), ["A", "B", "C"]);
        set.get_mut(3).unwrap().requires.clear();
        set.link();
        assert_eq!(set.requires(2), [3, 4]);
        assert_eq!(set.dependents(|_| true), [vec![], vec![], vec![], vec![2], vec![2]]);
        assert!(set.dependents(|it| it != 2).iter().all(Vec::is_empty));
    }
}
