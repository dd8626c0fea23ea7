//! The enums of one component, whose gates are one list.

use std::collections::BTreeMap;

use featuregate_core::manifest::{Gate, Manifest, Syntax};
use featuregate_core::{RemovedPolicy, Version};

use featuregate_core::__private::{IdVec, id, written_with};

use super::declared::{Declared, DeclaredId, Enum};
use super::diagnostic::{Diagnostic, Spot};

id! {
    /// An enum of a component.
    struct EnumId;
}

/// What a component declares.
#[derive(Clone, Debug)]
pub(crate) struct Component {
    /// Its name; `None` for the one whose gates are written bare.
    pub(crate) name: Option<String>,
    /// The release that it is.
    pub(crate) version: Version,
    /// Its enums, in the order of the source; at least one.
    enums: IdVec<EnumId, Enum>,
    first: EnumId,
    /// Its gates by name.
    pub(crate) manifest: Manifest,
    /// The gates, by name and by former name.
    names: BTreeMap<String, (EnumId, DeclaredId)>,
    former: BTreeMap<String, (EnumId, DeclaredId)>,
}

impl Component {
    /// A gate or removed gate, with its locations.
    pub(crate) fn get(&self, name: &str) -> Option<&Declared> {
        self.names.get(name).map(|at| self.at(*at))
    }

    /// The gate or removed gate that had this name.
    pub(crate) fn formerly(&self, name: &str) -> Option<&Declared> {
        self.former.get(name).map(|at| self.at(*at))
    }

    fn at(&self, (declaring, gate): (EnumId, DeclaredId)) -> &Declared {
        &self.enums[declaring].gates[gate]
    }

    /// The first enum of the source.
    pub(crate) fn first(&self) -> &Enum {
        &self.enums[self.first]
    }

    /// The name of one of its gates in a text.
    pub(crate) fn written(&self, gate: &str) -> String {
        written_with(self.name.as_deref(), gate)
    }

    /// Its enums, in the order of the source.
    pub(crate) fn enums(&self) -> impl Iterator<Item = &Enum> {
        self.enums.values()
    }

    /// All gates and removed gates, in the order of the source.
    pub(crate) fn gates(&self) -> impl Iterator<Item = &Declared> {
        self.enums.values().flat_map(|declaring| declaring.gates.values())
    }
}

/// Puts the enums of each component together.
///
/// This reports what the program refuses when it composes them, or the compiler when it checks what one requires of
/// another.
pub(super) fn compose(mut enums: Vec<Enum>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Component> {
    requirements(&mut enums);
    // The gates of one enum were checked when it was read.
    let several = enums.len() > 1;
    let mut components: BTreeMap<Option<String>, Vec<Enum>> = BTreeMap::new();
    for declaring in enums {
        components.entry(declaring.component.clone()).or_default().push(declaring);
    }
    let components = components.into_iter();
    let components: Vec<Component> =
        components.filter_map(|(name, enums)| component(name, enums, diagnostics)).collect();
    if several {
        between(&components, diagnostics);
    }
    components
}

/// The manifest of a program with these components.
pub(crate) fn manifest(components: &[Component]) -> Manifest {
    Manifest::of_components(
        components.iter().map(|component| (component.name.clone(), component.manifest.clone())),
    )
}

fn component(
    name: Option<String>,
    mut enums: Vec<Enum>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Component> {
    let version = one_version(&enums, diagnostics)?;
    let refuses = enums.iter().any(|declaring| declaring.removed == RemovedPolicy::Refuse);
    let removed = if refuses { RemovedPolicy::Refuse } else { RemovedPolicy::Tolerate };
    let mut groups = enums.first().map(|first| first.groups.clone()).unwrap_or_default();
    for declaring in enums.iter().skip(1) {
        groups.merge(declaring.groups.clone());
    }
    let variables = enums.iter().flat_map(|declaring| declaring.variables.iter().cloned());
    let variables: Vec<String> = variables.collect();
    let gates = gates(&mut enums, diagnostics);
    let manifest = Manifest::new(version, removed, gates)
        .with_syntax(Syntax::Featuregate)
        .with_groups(groups)
        .with_variables(variables);
    let enums: IdVec<EnumId, Enum> = enums.into_iter().collect();
    let mut component = Component {
        first: enums.ids().next()?,
        name,
        version,
        enums,
        manifest,
        names: BTreeMap::new(),
        former: BTreeMap::new(),
    };
    for (at, declaring) in component.enums.iter() {
        for (gate, declared) in declaring.gates.iter() {
            component.names.entry(declared.gate.name().to_owned()).or_insert((at, gate));
            for alias in &declared.gate.spec.aliases {
                component.former.entry(alias.clone()).or_insert((at, gate));
            }
        }
    }
    Some(component)
}

fn one_version(enums: &[Enum], diagnostics: &mut Vec<Diagnostic>) -> Option<Version> {
    let (first, rest) = enums.split_first()?;
    for other in rest.iter().filter(|other| other.version != first.version) {
        let message = format!(
            "`{}` has version {}, but `{}` of the same component has {}",
            other.name, other.version, first.name, first.version
        );
        let help = "give both the same version, or each its own component";
        diagnostics.push(Diagnostic::new(&other.spot, &other.name, message, help));
    }
    Some(first.version)
}

/// Finds the gates of other enums that are required. Those of another component are written with its name and a colon,
/// those of the unnamed one with a colon only.
fn requirements(enums: &mut [Enum]) {
    let mut names: BTreeMap<(String, String), (Option<String>, String)> = BTreeMap::new();
    for declaring in enums.iter() {
        for declared in declaring.gates.values() {
            if let Some(variant) = &declared.variant {
                let key = (declaring.name.clone(), variant.clone());
                let gate = (declaring.component.clone(), declared.gate.name().to_owned());
                names.entry(key).or_insert(gate);
            }
        }
    }
    for declaring in enums {
        let own = &declaring.component;
        let relative = |(component, gate): &(Option<String>, String)| {
            if component == own {
                gate.clone()
            } else {
                format!("{}:{gate}", component.as_deref().unwrap_or_default())
            }
        };
        for declared in declaring.gates.values_mut() {
            let found = declared.others.iter().filter_map(|other| names.get(other)).map(relative);
            declared.gate.spec.requires.extend(found);
        }
    }
}

/// The gates, each name once: what is declared twice is one gate if only one of the two is compiled.
fn gates(enums: &mut [Enum], diagnostics: &mut Vec<Diagnostic>) -> Vec<Gate> {
    let mut known: BTreeMap<String, Declared> = BTreeMap::new();
    for declared in enums.iter_mut().flat_map(|declaring| declaring.gates.values_mut()) {
        if !declared.condition.is_always() {
            declared.gate.cfg = Some(declared.condition.to_string());
        }
        let name = declared.gate.name();
        let Some(first) = known.get_mut(name) else {
            known.insert(name.to_owned(), declared.clone());
            continue;
        };
        let conditional = !first.condition.is_always() && !declared.condition.is_always();
        if conditional && first.gate.spec == declared.gate.spec {
            first.condition = first.condition.clone().or(declared.condition.clone());
            first.gate.cfg = Some(first.condition.to_string());
            continue;
        }
        let Spot { path, location, .. } = &first.spot;
        let message = format!("gate {name} is already declared in {path}:{}", location.line);
        let help = "rename or remove one of them, or give one enum its own component";
        diagnostics.push(Diagnostic::new(&declared.spot, name, message, help));
    }
    known.into_values().map(|declared| declared.gate).collect()
}

/// Reports what is wrong between gates of several enums.
fn between(components: &[Component], diagnostics: &mut Vec<Diagnostic>) {
    let manifest = manifest(components);
    let Err(problems) = manifest.registry(manifest.version()) else { return };
    for problem in &problems {
        let Some(declared) = named(components, problem.gate()) else { continue };
        let (message, help) = (problem.message(), problem.help().unwrap_or_default());
        diagnostics.push(Diagnostic::new(&declared.spot, problem.gate(), message, help));
    }
}

/// The gate that is written so.
fn named<'a>(components: &'a [Component], written: &str) -> Option<&'a Declared> {
    let of = |name: Option<&str>, gate: &str| {
        components.iter().find(|component| component.name.as_deref() == name)?.get(gate)
    };
    of(None, written).or_else(|| {
        let (component, gate) = written.split_once(':')?;
        of(Some(component), gate)
    })
}
