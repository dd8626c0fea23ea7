//! One environment variable for each gate: `APP_GATE_CACHE=1`.

use alloc::string::String;
use alloc::vec::Vec;
use featuregate_core::__private::{is_variable_of, sorted, written_with};
use featuregate_core::{GateSet, Item, Notation, Source, Variables, parse};

use crate::declare::declaration::Part;
use crate::resolve::enums::{Enums, composed};

/// What the process's environment says about the gates of enums that have a variable for each gate. Variables that are
/// named are something else.
pub(crate) fn gate_variables<F: Enums>(named: &[&str]) -> Vec<Item> {
    let parts = F::parts();
    // What is not Unicode is replaced, and is then not a valid name or value.
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let variables: Vec<(String, String)> = std::env::vars_os()
        .map(|(name, value)| (text(name), text(value)))
        .filter(|(name, _)| !named.contains(&name.as_str()))
        .collect();
    let variables = sorted(variables, &Ord::cmp);
    // The resolver reports why several enums cannot be composed.
    let gates = composed(parts.clone(), &[], F::EXTRAS).map(|(gates, _)| gates).unwrap_or_default();
    items(&parts, &gates, &variables)
}

/// What variables, by name, say about the gates of enums.
fn items(parts: &[Part], gates: &GateSet, variables: &[(String, String)]) -> Vec<Item> {
    let mut items = Vec::new();
    for part in parts {
        let Some(prefix) = part.declaration.env_prefix else { continue };
        let names = names(gates, part.component());
        for (variable, text) in variables {
            let Some(written) = variable.strip_prefix(prefix) else { continue };
            let known = names.iter().find(|(name, _)| is_variable_of(written, name));
            let gate = match known {
                Some((_, gate)) => gate.clone(),
                None => written_with(part.component(), written),
            };
            let variables = Some(Variables::new(prefix));
            let notation = Notation::Value { gate: gate.into(), variables };
            items.extend(parse(text, &Source::env(variable).written(notation)));
        }
    }
    items
}

/// The names of a component's gates, present and former, by themselves and as they are written.
fn names<'a>(gates: &'a GateSet, component: Option<&str>) -> Vec<(&'a str, String)> {
    let own = gates.ids().filter(|&gate| gates.component_of(gate).name() == component);
    own.flat_map(|gate| {
        let spec = gates.spec(gate);
        let names = core::iter::once(spec.name()).chain(spec.aliases());
        names.map(move |name| (name, written_with(component, name)))
    })
    .collect()
}
