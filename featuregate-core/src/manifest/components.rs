//! A manifest as the manifests of its components, and the other way around.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::component::Component;
use super::gate::Gate;
use super::list::Manifest;
use crate::declare::spec::RemovedPolicy;
use crate::declare::version::Version;

impl Manifest {
    /// The components with a prefix, by name.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// Whether there are gates that are written without a prefix, which is so unless all are of named components.
    #[must_use]
    pub fn has_unnamed(&self) -> bool {
        self.has_unnamed
    }

    /// The named component that a gate belongs to by the name with which it is written.
    #[must_use]
    pub fn component_of(&self, gate: &str) -> Option<&Component> {
        let (prefix, _) = gate.split_once(':')?;
        self.components.iter().find(|component| component.name == prefix)
    }

    /// The same with other gates, of the same components.
    #[must_use]
    pub fn with_gates(&self, gates: impl IntoIterator<Item = Gate>) -> Self {
        // Not a copy with other gates: a copy would have all gates first.
        Self {
            components: self.components.clone(),
            has_unnamed: self.has_unnamed,
            syntax: self.syntax,
            variables: self.variables.clone(),
            groups: self.groups.clone(),
            ..Self::new(self.version, self.removed, gates)
        }
    }

    /// The manifest of a program from those of its components, of which one has no name. Each names the gates of others
    /// with a prefix, and those of the unnamed component with a colon only; gates that none of them has are left out.
    #[must_use]
    pub fn of_components(components: impl IntoIterator<Item = (Option<String>, Self)>) -> Self {
        let mut all: Vec<(Option<String>, Self)> = components.into_iter().collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut gates = Vec::new();
        let mut named = Vec::new();
        for (name, manifest) in &all {
            let own = name.as_deref();
            gates.extend(manifest.gates.iter().map(|gate| written(gate, own)));
            if let Some(name) = name {
                let component = Component::new(name.clone(), manifest.version, manifest.removed);
                named.push(Component { groups: manifest.groups.clone(), ..component });
            }
        }
        let first = all.first().map(|(name, manifest)| (name.is_none(), manifest));
        let variables = all.iter().flat_map(|(_, manifest)| manifest.variables.iter().cloned());
        let (has_unnamed, version, removed) = match first {
            Some((has_unnamed, first)) => (has_unnamed, first.version, first.removed),
            None => (true, Version::ZERO, RemovedPolicy::default()),
        };
        let mut manifest = Self::new(version, removed, gates).with_variables(variables);
        if let Some((is_unnamed, first)) = first {
            manifest.syntax = first.syntax;
            if is_unnamed {
                manifest.groups = first.groups.clone();
            }
        }
        manifest.components = named;
        manifest.has_unnamed = has_unnamed;
        let known: Vec<String> = manifest.gates.iter().map(|gate| gate.spec.name.clone()).collect();
        for gate in &mut manifest.gates {
            let is_known = |needed: &String| known.binary_search(needed).is_ok();
            gate.spec.requires.retain(is_known);
            gate.spec.implies.retain(is_known);
        }
        manifest
    }

    /// The manifest of one component, as [`of_components`](Self::of_components) takes it.
    #[must_use]
    pub fn of_component(&self, name: Option<&str>) -> Option<Self> {
        let (version, removed, groups) = match name {
            Some(name) => {
                let component = self.components.iter().find(|it| it.name == name)?;
                (component.version, component.removed, &component.groups)
            }
            None if self.has_unnamed => (self.version, self.removed, &self.groups),
            None => return None,
        };
        let of = |gate: &&Gate| self.component_of(gate.name()).map(|it| it.name.as_str()) == name;
        let gates = self.gates.iter().filter(of);
        let gates = gates.map(|gate| self.bare(gate, name));
        let manifest = Self::new(version, removed, gates).with_groups(groups.clone());
        Some(manifest.with_syntax(self.syntax).with_variables(self.variables.iter().cloned()))
    }

    /// A gate as its own component names it.
    fn bare(&self, gate: &Gate, own: Option<&str>) -> Gate {
        let mut gate = gate.clone();
        let Some(own) = own else { return gate };
        let strip = |name: &str| {
            let bare = name.strip_prefix(own).and_then(|rest| rest.strip_prefix(':'));
            bare.map(String::from)
        };
        let relative = |name: &String| match strip(name) {
            Some(bare) => bare,
            None if self.component_of(name).is_some() => name.clone(),
            None => format!(":{name}"),
        };
        if let Some(bare) = strip(&gate.spec.name) {
            gate.spec.name = bare;
        }
        gate.spec.aliases = gate.spec.aliases.iter().filter_map(|alias| strip(alias)).collect();
        gate.spec.requires = gate.spec.requires.iter().map(relative).collect();
        gate.spec.implies = gate.spec.implies.iter().map(relative).collect();
        gate
    }
}

/// A gate of a component as it is written in a text.
fn written(gate: &Gate, own: Option<&str>) -> Gate {
    let mut gate = gate.clone();
    let spec = &mut gate.spec;
    let names = spec.aliases.iter_mut().chain(&mut spec.requires).chain(&mut spec.implies);
    let names = names.chain([&mut spec.name]);
    for name in names {
        if let Some(bare) = name.strip_prefix(':') {
            *name = bare.into();
        } else if let Some(own) = own.filter(|_| !name.contains(':')) {
            *name = format!("{own}:{name}");
        }
    }
    gate
}
