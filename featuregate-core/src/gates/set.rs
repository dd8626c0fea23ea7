//! All gates of a process, by name.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::declare::group::{Channel, Group, Groups};
use crate::declare::spec::{GateSpec, RemovedPolicy, Text};
use crate::declare::stage::Stage;
use crate::declare::version::Version;
use crate::gates::component::{Component, ComponentId, GateId};
use crate::gates::names::{Lookup, Names, written_with};
use crate::gates::versions::Versions;
use crate::id::{IdVec, between};
use crate::nearest::{Case, nearest_by};

/// The gates of one component or of several: each component with its versions, its groups `AllAlpha` and
/// `AllBeta`, and its gates in the order in which they were added.
///
/// A text names a gate with its component, as in `etcd:MemoryQoS`; the gates of the component without a
/// name are written without a prefix. Every written name belongs to one gate, as its name or as an alias.
///
/// ```
/// use featuregate_core::{GateSet, Version, Versions};
///
/// let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
/// assert!(gates.get("AllAlpha").is_some());
/// assert!(gates.get("allalpha").is_none());
/// ```
#[derive(Clone, Default)]
pub struct GateSet {
    gates: IdVec<GateId, GateSpec>,
    nodes: IdVec<GateId, Node>,
    components: IdVec<ComponentId, Component>,
    /// What gates need, those of one gate after those of another.
    needs: Vec<GateId>,
    /// How letters of names are compared.
    case: Case,
}

/// What a gate is among the others.
#[derive(Clone, Debug)]
struct Node {
    component: ComponentId,
    /// The name with the component's prefix, where it has one.
    written: Option<String>,
    /// Where the gates that it requires begin in the list of all.
    required: usize,
    /// Where they end, and those that it implies begin.
    implied: usize,
    /// Where those end.
    end: usize,
    /// Whether it is compiled in, with all that it requires and implies.
    is_compiled_in: bool,
}

/// Gates that were added one after the other, such as those of one enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GateRange {
    start: GateId,
    end: GateId,
}

impl GateRange {
    /// The gates, in the order in which they were added.
    #[must_use]
    pub fn iter(self) -> impl ExactSizeIterator<Item = GateId> + Clone {
        between(self.start, self.end)
    }

    pub(crate) fn contains(self, gate: GateId) -> bool {
        (self.start..self.end).contains(&gate)
    }
}

/// A name that belongs to another gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameTaken {
    pub(crate) name: Text,
    /// The gate that has it.
    pub(crate) by: GateId,
}

impl GateSet {
    /// The groups of a component without a name, at its versions.
    #[must_use]
    pub fn new(versions: Versions) -> Self {
        let mut set = Self::default();
        set.add_component(None, versions, RemovedPolicy::default(), Groups::default());
        set
    }

    // ---- building ----

    /// Adds a component with its groups; returns the existing one where one has that name.
    pub(crate) fn add_component(
        &mut self,
        name: Option<Text>,
        versions: Versions,
        removed: RemovedPolicy,
        groups: Groups,
    ) -> ComponentId {
        if let Some(known) = self.component_named(name.as_deref()) {
            return known;
        }
        let component = self.components.next_id();
        let (mut of_component, mut names) = (Vec::new(), Names::default());
        for group in groups.groups() {
            // The derive and the manifest see to it that no two have one name.
            if let Err(free) = names.find(&self.gates, group.name()) {
                let gate = self.push(component, name.as_ref(), group.spec());
                names.add(free, gate, None);
                of_component.push((gate, group.clone()));
            }
        }
        let (groups, channels, channel) = (of_component, groups.channels, None);
        self.components.push(Component {
            name,
            versions,
            removed,
            groups,
            channels,
            channel,
            lists_all_settable: false,
            names,
        })
    }

    /// The component that was added first; adds one without a name if there is none.
    pub(crate) fn first_component(&mut self) -> ComponentId {
        self.components.ids().next().unwrap_or_else(|| {
            let versions = Versions::of_binary(Version::ZERO);
            self.add_component(None, versions, RemovedPolicy::default(), Groups::default())
        })
    }

    /// Adds a gate with its aliases to a component.
    ///
    /// # Errors
    /// The first of its names that is taken; then nothing has changed.
    pub(crate) fn insert(
        &mut self,
        component: ComponentId,
        gate: GateSpec,
    ) -> Result<GateId, NameTaken> {
        let of = &self.components[component];
        let find = |name: &Text| match of.names.find(&self.gates, name) {
            Err(free) => Ok(free),
            Ok(known) => Err(NameTaken { name: name.clone(), by: known.gate }),
        };
        let free = find(&gate.name)?;
        for alias in &gate.rare.aliases {
            find(alias)?;
        }
        let prefix = of.name.clone();
        let gate = self.push(component, prefix.as_ref(), gate);
        let names = &mut self.components[component].names;
        names.add(free, gate, None);
        for (position, alias) in (0..).zip(&self.gates[gate].rare.aliases) {
            if let Err(free) = names.find(&self.gates, alias) {
                names.add(free, gate, Some(position));
            }
        }
        Ok(gate)
    }

    fn push(&mut self, component: ComponentId, prefix: Option<&Text>, gate: GateSpec) -> GateId {
        let written = prefix.map(|prefix| format!("{prefix}:{}", gate.name));
        let is_compiled_in = gate.available;
        let node = Node { component, written, required: 0, implied: 0, end: 0, is_compiled_in };
        self.nodes.push(node);
        self.gates.push(gate)
    }

    /// Gives a gate one more former name.
    pub(crate) fn add_alias(&mut self, gate: GateId, alias: Text) -> Result<(), NameTaken> {
        let component = &mut self.components[self.nodes[gate].component];
        match component.names.find(&self.gates, &alias) {
            Ok(known) if known.gate == gate => Ok(()),
            Ok(known) => Err(NameTaken { name: alias, by: known.gate }),
            Err(free) => {
                let aliases = &mut self.gates[gate].rare.aliases;
                component.names.add(free, gate, u32::try_from(aliases.len()).ok());
                aliases.push(alias);
                Ok(())
            }
        }
    }

    /// Adds names to what a gate requires, sorted and once each.
    pub(crate) fn require(&mut self, gate: GateId, names: impl IntoIterator<Item = Text>) {
        add_sorted(&mut self.gates[gate].requires, names);
    }

    /// Adds names to what a gate implies, sorted and once each.
    pub(crate) fn imply(&mut self, gate: GateId, names: impl IntoIterator<Item = Text>) {
        add_sorted(&mut self.gates[gate].rare.implies, names);
    }

    /// Looks up the required and implied gates by name; leaves out unknown ones, and those of removed gates.
    /// A gate that needs one that is not compiled in counts as not compiled in.
    pub(crate) fn link(&mut self) {
        let mut needs = Vec::new();
        for gate in self.gates.ids() {
            let spec = &self.gates[gate];
            // What a removed gate required no longer matters.
            let is_removed = spec.removal_at(self.versions(gate).binary).is_some();
            let required = needs.len();
            for name in spec.requires.iter().filter(|_| !is_removed) {
                needs.extend(self.required(gate, name));
            }
            let implied = needs.len();
            for name in spec.rare.implies.iter().filter(|_| !is_removed) {
                needs.extend(self.required(gate, name));
            }
            let is_compiled_in = spec.available;
            let node = &mut self.nodes[gate];
            (node.required, node.implied, node.end) = (required, implied, needs.len());
            node.is_compiled_in = is_compiled_in;
        }
        self.needs = needs;
        let mut open: Vec<GateId> = self.ids().filter(|&gate| !self.is_compiled_in(gate)).collect();
        if open.is_empty() {
            return;
        }
        let dependents = self.dependents(&|_| true, Self::needs);
        while let Some(gate) = open.pop() {
            for &dependent in &dependents[gate] {
                if core::mem::take(&mut self.nodes[dependent].is_compiled_in) {
                    open.push(dependent);
                }
            }
        }
    }

    /// Says how letters of names are compared, which is as in ASCII otherwise.
    pub(crate) fn compare_letters(&mut self, case: Case) {
        self.case = case;
    }

    /// Makes room for more gates of a component.
    pub(crate) fn reserve(&mut self, component: ComponentId, more: usize) {
        self.gates.reserve(more);
        self.nodes.reserve(more);
        self.components[component].names.reserve(more);
    }

    pub(crate) fn spec_mut(&mut self, gate: GateId) -> &mut GateSpec {
        &mut self.gates[gate]
    }

    pub(crate) fn component_mut(&mut self, component: ComponentId) -> &mut Component {
        &mut self.components[component]
    }

    pub(crate) fn components_mut(&mut self) -> core::slice::IterMut<'_, Component> {
        self.components.values_mut()
    }

    /// The gates that were added since the next one would have had that id.
    pub(crate) fn since(&self, start: GateId) -> GateRange {
        GateRange { start, end: self.gates.next_id() }
    }

    pub(crate) fn next_id(&self) -> GateId {
        self.gates.next_id()
    }

    // ---- looking up ----

    /// The gate of that written name (not alias).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&GateSpec> {
        self.named(name).map(|gate| self.spec(gate))
    }

    /// The gate of that written name (not alias).
    #[must_use]
    pub fn named(&self, name: &str) -> Option<GateId> {
        self.lookup(name).filter(|lookup| !lookup.is_alias).map(|lookup| lookup.gate)
    }

    /// Whether a gate has that written name, or an alias of it.
    #[must_use]
    pub fn knows(&self, written: &str) -> bool {
        self.lookup(written).is_some()
    }

    /// The name of a gate as it is written now, by that name or a former one.
    ///
    /// ```
    /// use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
    ///
    /// let mut registry = Registry::new(Version::new(1, 36));
    /// registry.register([RawSpec::new("New").milestone(RawMilestone::alpha("1.30")).alias("Old")])?;
    /// assert_eq!(registry.gates().current_name("Old"), Some("New"));
    /// # Ok::<(), featuregate_core::Problems>(())
    /// ```
    #[must_use]
    pub fn current_name(&self, written: &str) -> Option<&str> {
        self.lookup(written).map(|lookup| self.written(lookup.gate))
    }

    /// What a name in a text refers to, with the component's prefix where it has one.
    pub(crate) fn lookup(&self, written: &str) -> Option<Lookup> {
        let of = |component: Option<&str>, name: &str| {
            self.components[self.component_named(component)?].names.find(&self.gates, name).ok()
        };
        // Names from data may contain a colon.
        of(None, written).or_else(|| {
            let (component, name) = written.split_once(':')?;
            of(Some(component), name)
        })
    }

    /// The gate that another one requires by this name, which is one of its own component's, or written
    /// with a component and a colon; nothing before the colon is the component without a name.
    pub(crate) fn required(&self, dependent: GateId, name: &str) -> Option<GateId> {
        let own = self.component_of(dependent).names.find(&self.gates, name).ok();
        let lookup = own.or_else(|| self.lookup(name.strip_prefix(':').unwrap_or(name)))?;
        Some(lookup.gate).filter(|_| !lookup.is_alias)
    }

    /// Every name of a gate that can be written, aliases included, each with its component's prefix; without the
    /// groups.
    fn names(&self) -> Vec<(Option<&str>, &str)> {
        let mut names = Vec::new();
        for gate in self.ids().filter(|&gate| !self.is_group(gate)) {
            let (spec, component) = (self.spec(gate), self.component_of(gate).name());
            names.push((component, spec.name()));
            names.extend(spec.aliases().map(|alias| (component, alias)));
        }
        names
    }

    /// The nearest name to one that is unknown, as it would be written: of the component that is named; else
    /// of all, and then a name with another component or without one. For a former name, it is the present one. A group
    /// is never suggested, since it sets more than a slip of the pen is worth.
    #[must_use]
    pub fn nearest(&self, written: &str) -> Option<String> {
        let name = self.nearest_written(written)?;
        Some(self.current_name(&name).map_or(name.clone(), Into::into))
    }

    fn nearest_written(&self, written: &str) -> Option<String> {
        let full = |(component, name): (Option<&str>, &str)| written_with(component, name);
        let (case, names) = (self.case, self.names());
        let (prefix, bare) = match written.split_once(':') {
            Some((prefix, bare)) => (Some(prefix), bare),
            None => (None, written),
        };
        if prefix.is_some() && self.component_named(prefix).is_some() {
            let own = names.iter().filter(|(component, _)| *component == prefix);
            if let Some(name) = nearest_by(case, bare, own.map(|(_, name)| *name)) {
                return Some(full((prefix, &name)));
            }
        }
        if prefix.is_some() {
            let all: Vec<String> = names.iter().copied().map(full).collect();
            if let Some(name) = nearest_by(case, written, all.iter().map(String::as_str)) {
                return Some(name);
            }
        }
        let find = |wanted: &str| names.iter().find(|(_, name)| *name == wanted).copied();
        let nearest = || find(&nearest_by(case, bare, names.iter().map(|(_, name)| *name))?);
        find(bare).or_else(nearest).map(full)
    }

    // ---- asking ----

    /// All gates, in the order in which they were added; groups and tombstones included.
    #[must_use]
    pub fn ids(&self) -> impl ExactSizeIterator<Item = GateId> + DoubleEndedIterator + Clone {
        self.gates.ids()
    }

    /// The declaration of a gate.
    #[must_use]
    pub fn spec(&self, gate: GateId) -> &GateSpec {
        &self.gates[gate]
    }

    /// A component.
    #[must_use]
    pub fn component(&self, component: ComponentId) -> &Component {
        &self.components[component]
    }

    /// The specs of all gates, in the order in which they were added; groups and tombstones included.
    #[must_use]
    pub fn specs(&self) -> &[GateSpec] {
        self.gates.as_slice()
    }

    /// The components, in the order in which they were added.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        self.components.as_slice()
    }

    /// The component of that name; `None` is the name of the one whose gates are written without a prefix.
    #[must_use]
    pub fn component_named(&self, name: Option<&str>) -> Option<ComponentId> {
        self.components.iter().find(|(_, component)| component.name() == name).map(|(id, _)| id)
    }

    /// A gate's name as it is written in a text, with the component's prefix if it has one.
    #[must_use]
    pub fn written(&self, gate: GateId) -> &str {
        self.nodes[gate].written.as_deref().unwrap_or_else(|| self.gates[gate].name())
    }

    /// One value for all gates.
    pub(crate) fn fill<T: Clone>(&self, value: T) -> IdVec<GateId, T> {
        self.gates.fill(value)
    }

    /// A value for each gate.
    pub(crate) fn map<T>(&self, value: impl FnMut(GateId) -> T) -> IdVec<GateId, T> {
        self.gates.map(value)
    }

    pub(crate) fn requires(&self, gate: GateId) -> &[GateId] {
        let node = &self.nodes[gate];
        self.needs_between(node.required, node.implied)
    }

    /// The gates that a gate implies: they are turned on with it.
    pub(crate) fn implies(&self, gate: GateId) -> &[GateId] {
        let node = &self.nodes[gate];
        self.needs_between(node.implied, node.end)
    }

    /// The gates that must be on where a gate is on: those that it requires, and those that it implies.
    pub(crate) fn needs(&self, gate: GateId) -> &[GateId] {
        let node = &self.nodes[gate];
        self.needs_between(node.required, node.end)
    }

    fn needs_between(&self, start: usize, end: usize) -> &[GateId] {
        self.needs.get(start..end).unwrap_or_default()
    }

    /// Whether a gate is compiled in, with all that it requires and implies.
    pub(crate) fn is_compiled_in(&self, gate: GateId) -> bool {
        self.nodes[gate].is_compiled_in
    }

    pub(crate) fn component_id(&self, gate: GateId) -> ComponentId {
        self.nodes[gate].component
    }

    /// The component of a gate.
    #[must_use]
    pub fn component_of(&self, gate: GateId) -> &Component {
        &self.components[self.component_id(gate)]
    }

    /// The versions in effect for a gate.
    pub(crate) fn versions(&self, gate: GateId) -> Versions {
        self.component_of(gate).versions
    }

    /// Whether it is a group, which sets gates of a stage.
    #[must_use]
    pub fn is_group(&self, gate: GateId) -> bool {
        self.component_of(gate).is_group(gate)
    }

    /// The groups that set a gate while it is of that stage, of which a later one counts more; none for a group.
    #[must_use]
    pub fn groups_of(
        &self,
        gate: GateId,
        stage: Stage,
    ) -> impl DoubleEndedIterator<Item = GateId> + Clone {
        let component = self.component_of(gate);
        let groups = if component.is_group(gate) { &[][..] } else { component.groups() };
        let spec = self.spec(gate);
        let of_gate = move |(_, group): &&(GateId, Group)| group.selection().includes(spec, stage);
        groups.iter().filter(of_gate).map(|(group, _)| *group)
    }

    /// The group that a gate is.
    #[must_use]
    pub fn group(&self, gate: GateId) -> Option<&Group> {
        let groups = self.component_of(gate).groups();
        groups.iter().find(|(group, _)| *group == gate).map(|(_, group)| group)
    }

    /// Whether a gate is on by default in the channel in effect, while it is of that stage.
    pub(crate) fn is_on_by_channel(&self, gate: GateId, stage: Stage) -> bool {
        let channel = self.component_of(gate).channel();
        let is_member = |it: &Channel| it.selection().includes(self.spec(gate), stage);
        channel.is_some_and(is_member) && !self.is_group(gate)
    }

    /// Chooses the release channel of the program, in each component that has one of that name.
    ///
    /// # Errors
    /// The names of all channels, if no component has one of that name.
    pub(crate) fn choose_channel(&mut self, name: &str) -> Result<(), Vec<String>> {
        let mut is_known = false;
        for component in self.components.values_mut() {
            let found = component.channels.iter().find(|channel| channel.name() == name);
            is_known |= found.is_some();
            component.channel = found.cloned();
        }
        if is_known {
            return Ok(());
        }
        let mut known: Vec<String> = Vec::new();
        for channel in self.components.values().flat_map(Component::channels) {
            if !known.iter().any(|name| name == channel.name()) {
                known.push(channel.name().into());
            }
        }
        Err(known)
    }

    /// For each gate those that depend on it, of those that are wanted: they have it in the list that is given.
    pub(crate) fn dependents(
        &self,
        wanted: &dyn Fn(GateId) -> bool,
        list: fn(&Self, GateId) -> &[GateId],
    ) -> IdVec<GateId, Vec<GateId>> {
        let mut dependents = self.fill(Vec::new());
        for dependent in self.ids().filter(|&gate| wanted(gate)) {
            for &needed in list(self, dependent) {
                dependents[needed].push(dependent);
            }
        }
        dependents
    }

    /// The gates that require a gate, directly or not, by their written names; in the order in which they
    /// were added.
    #[must_use]
    pub fn dependents_of(&self, name: &str) -> Vec<&str> {
        let dependents = self.dependents(&|_| true, Self::requires);
        let mut found = self.fill(false);
        let mut open: Vec<GateId> = self.named(name).into_iter().collect();
        while let Some(gate) = open.pop() {
            for &dependent in &dependents[gate] {
                if !core::mem::replace(&mut found[dependent], true) {
                    open.push(dependent);
                }
            }
        }
        self.ids().filter(|&gate| found[gate]).map(|gate| self.written(gate)).collect()
    }
}

/// Adds names to a list, sorted and once each.
fn add_sorted(list: &mut Vec<Text>, names: impl IntoIterator<Item = Text>) {
    for name in names {
        if !list.contains(&name) {
            let at = list.partition_point(|known| *known < name);
            list.insert(at, name);
        }
    }
}

impl fmt::Debug for GateSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateSet").field("gates", &self.gates.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
impl GateSet {
    /// The gates of a program of release 1.36 with these groups and channels, without a component's name.
    pub(crate) fn with_groups(
        groups: Groups,
        specs: impl IntoIterator<Item = crate::declare::spec::RawSpec>,
    ) -> Self {
        use crate::declare::lifecycle::{Strictness, validate};
        let mut set = Self::default();
        let versions = Versions::of_binary(crate::declare::version::Version::new(1, 36));
        let id = set.add_component(None, versions, RemovedPolicy::default(), groups);
        for raw in specs {
            set.insert(id, validate(raw, Strictness::Data).unwrap()).unwrap();
        }
        set.link();
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::group::{Channel, Selection};
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::stage::Stage;
    use alloc::vec;

    fn spec(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(RawMilestone::alpha("1.0"))
    }

    fn set(component: Option<&'static str>, specs: impl IntoIterator<Item = RawSpec>) -> GateSet {
        let mut set = GateSet::default();
        let versions = Versions::of_binary(Version::new(1, 36));
        let id = set.add_component(
            component.map(Text::Borrowed),
            versions,
            RemovedPolicy::default(),
            Groups::default(),
        );
        for raw in specs {
            set.insert(id, validate(raw, Strictness::Data).unwrap()).unwrap();
        }
        set.link();
        set
    }

    #[test]
    fn a_range_has_the_gates_between_its_ends() {
        let mut set = set(None, [spec("A")]);
        let component = set.component_named(None).unwrap();
        let start = set.next_id();
        let own = set.insert(component, validate(spec("B"), Strictness::Data).unwrap()).unwrap();
        let range = set.since(start);
        let later = set.insert(component, validate(spec("C"), Strictness::Data).unwrap()).unwrap();
        let before = set.named("A").unwrap();
        assert_eq!([before, own, later].map(|gate| range.contains(gate)), [false, true, false]);
        assert_eq!(range.iter().collect::<Vec<_>>(), [own]);
    }

    #[test]
    fn a_current_name_is_that_of_the_gate() {
        let set = set(Some("net"), [spec("New").alias("Old")]);
        assert_eq!(set.current_name("net:Old"), Some("net:New"));
        assert_eq!(set.current_name("net:New"), Some("net:New"));
        assert_eq!(set.current_name("Old"), None);
    }

    #[cfg(feature = "std")]
    #[test]
    fn the_nearest_name_is_of_the_written_component_first() {
        let mut set = set(Some("net"), [spec("Proxies")]);
        let versions = Versions::of_binary(Version::new(1, 36));
        let store = set.add_component(
            Some(Text::Borrowed("store")),
            versions,
            RemovedPolicy::default(),
            Groups::default(),
        );
        for name in ["Proxied", "Compaction"] {
            set.insert(store, validate(spec(name), Strictness::Data).unwrap()).unwrap();
        }
        set.link();
        for (written, nearest) in [
            ("net:Proxie", Some("net:Proxies")),
            ("store:Proxie", Some("store:Proxied")),
            ("nett:Proxies", Some("net:Proxies")),
            ("stor:Compaction", Some("store:Compaction")),
            ("Compaction", Some("store:Compaction")),
            ("net:Compactio", Some("store:Compaction")),
            ("Unrelated", None),
        ] {
            assert_eq!(set.nearest(written).as_deref(), nearest, "{written}");
        }
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
        let available = |name: &str| set.is_compiled_in(set.named(name).unwrap());
        assert_eq!(["A", "B", "C", "D", "E"].map(available), [false, false, false, true, true]);
        assert!(set.get("A").unwrap().is_available(), "the gate itself is compiled in");
    }

    #[test]
    fn a_name_is_looked_up_with_its_component_or_bare() {
        let mut set = set(Some("etcd"), [spec("A").alias("OldA")]);
        let bare = set.add_component(
            None,
            Versions::of_binary(Version::new(1, 36)),
            RemovedPolicy::default(),
            Groups::default(),
        );
        let insert = |set: &mut GateSet, name: &str| {
            set.insert(bare, validate(spec(name), Strictness::Data).unwrap())
        };
        let of_etcd = set.named("etcd:A").unwrap();
        let added = insert(&mut set, "A").unwrap();
        let odd = insert(&mut set, "odd:name").unwrap();
        let taken = insert(&mut set, "A").unwrap_err();
        assert_eq!((taken.name.as_ref(), taken.by), ("A", added));
        let lookup = |name: &str| set.lookup(name).map(|it| (it.gate, it.is_alias));
        assert_eq!(lookup("etcd:A"), Some((of_etcd, false)));
        assert_eq!(lookup("etcd:OldA"), Some((of_etcd, true)));
        assert_eq!(lookup("A"), Some((added, false)));
        assert_eq!(lookup("odd:name"), Some((odd, false)), "data may have such names");
        assert_eq!(lookup("OldA"), None);
        assert!(set.knows("etcd:OldA") && !set.knows("kube:A"));
        assert_eq!(set.get("etcd:OldA").map(GateSpec::name), None, "an alias is not a name");
        assert_eq!([of_etcd, added, odd].map(|it| set.written(it)), ["etcd:A", "A", "odd:name"]);
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
            Groups::default(),
        );
        set.insert(other, validate(spec("A"), Strictness::Data).unwrap()).unwrap();
        let gate = |name: &str| set.named(name).unwrap();
        let group = |name: &str, stage| set.groups_of(gate(name), stage).next();
        assert_eq!(group("etcd:A", Stage::Alpha), Some(gate("etcd:AllAlpha")));
        assert_eq!(group("etcd:A", Stage::Beta), Some(gate("etcd:AllBeta")));
        assert_eq!(group("kube:A", Stage::Alpha), Some(gate("kube:AllAlpha")));
        assert_eq!(group("etcd:A", Stage::Ga), None);
        assert_eq!(group("etcd:AllAlpha", Stage::Alpha), None, "a group has none");
        let components: Vec<Option<&str>> =
            set.ids().map(|it| set.component_of(it).name()).collect();
        assert_eq!(components, [[Some("etcd"); 3], [Some("kube"); 3]].concat());
        let docs = set.specs().iter().filter(|gate| gate.doc().starts_with("Sets every "));
        assert_eq!(docs.count(), 4, "a group says what it does");
        let groups: Vec<bool> = set.ids().map(|it| set.is_group(it)).collect();
        assert_eq!(groups, [true, true, false, true, true, false]);
        let again = set.add_component(
            Some("kube".into()),
            Versions::of_binary(Version::ZERO),
            RemovedPolicy::default(),
            Groups::default(),
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
            Groups::default(),
        );
        set.insert(store, validate(spec("Compaction"), Strictness::Data).unwrap()).unwrap();
        for (written, nearest) in [
            ("store:Compactoin", "store:Compaction"),
            ("store:allalpha", ""),
            ("allbeta", ""),
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
    fn what_implies_a_gate_that_is_not_compiled_in_is_not_compiled_in_either() {
        let set = set(
            None,
            [
                spec("A").implies("B"),
                spec("B").requires("C"),
                spec("C").available(false),
                spec("D").implies("E"),
                spec("E"),
            ],
        );
        let gate = |name: &str| set.named(name).unwrap();
        let compiled_in = ["A", "B", "C", "D", "E"].map(|name| set.is_compiled_in(gate(name)));
        assert_eq!(compiled_in, [false, false, false, true, true]);
        assert_eq!(set.implies(gate("A")), [gate("B")]);
        assert_eq!((set.implies(gate("B")), set.requires(gate("A"))), (&[][..], &[][..]));
        assert_eq!(set.needs(gate("B")), [gate("C")]);
    }

    #[test]
    fn names_that_are_required_are_added_once_and_in_order() {
        let mut set = set(None, [spec("A").requires("C"), spec("B"), spec("C")]);
        let [a, b, c] = ["A", "B", "C"].map(|name| set.named(name).unwrap());
        set.require(a, ["B".into(), "C".into(), "B".into()]);
        assert_eq!(set.spec(a).requires().collect::<Vec<_>>(), ["B", "C"]);
        set.require(b, ["C".into(), "A".into(), "B".into()]);
        assert_eq!(set.spec(b).requires().collect::<Vec<_>>(), ["A", "B", "C"]);
        set.spec_mut(b).requires.clear();
        set.link();
        assert_eq!(set.requires(a), [b, c]);
        let dependents = set.dependents(&|_| true, GateSet::requires);
        assert_eq!((&dependents[b], &dependents[c]), (&vec![a], &vec![a]));
        assert_eq!(dependents.values().flatten().count(), 2);
        assert!(set.dependents(&|it| it != a, GateSet::requires).values().all(Vec::is_empty));
    }

    #[test]
    fn a_set_is_shown_by_how_many_gates_it_has() {
        assert_eq!(alloc::format!("{:?}", set(None, [spec("A")])), "GateSet { gates: 3, .. }");
    }

    #[test]
    fn an_unknown_channel_is_an_error_with_each_known_one_once() {
        let mut set = GateSet::default();
        for (component, names) in [("net", ["nightly", "beta"]), ("store", ["beta", "canary"])] {
            let channel = |name| Channel::new(name, Selection::new().stage(Stage::Alpha));
            let groups = names.into_iter().map(channel).fold(Groups::none(), Groups::channel);
            let component = Some(Text::Borrowed(component));
            let versions = Versions::of_binary(Version::new(1, 36));
            set.add_component(component, versions, RemovedPolicy::default(), groups);
        }
        let known = set.choose_channel("dev").unwrap_err();
        assert_eq!(known, ["nightly", "beta", "canary"]);
        assert_eq!(set.choose_channel("canary"), Ok(()));
    }
}
