//! The help of the flags.

use featuregate_core::__private::on_or_off;
use featuregate_core::{GateSet, Notation, help};

use crate::resolve::enums::{Enums, declared, gates, variables};

/// How gates are written, for the help.
const fn example(notation: &Notation) -> &'static str {
    match notation {
        Notation::Assignments => "A=true,B=false",
        Notation::Switches => "A,B=false",
        Notation::Signs => "A,-B",
        _ => "A,B",
    }
}

pub(super) fn short<F: Enums>(notation: &Notation) -> String {
    let env = match &*variables::<F>() {
        [] => String::new(),
        variables => format!(" [env: {}]", variables.join(", ")),
    };
    let example = example(notation);
    format!("Turn features on or off, as in {example}; --help lists them{env}")
}

pub(super) fn long<F: Enums>(notation: &Notation) -> String {
    let merged = merged(&variables::<F>());
    let example = example(notation);
    let gates = listed::<F>(help::known_gates);
    format!(
        "Turn features on or off, as in {example}. May be repeated; a later value wins over an earlier one. {merged}, gate by gate.\n\nGates that may be set:\n{gates}"
    )
}

/// What the flag and these variables override.
fn merged(variables: &[&str]) -> String {
    match variables {
        [] => "They override those of a configuration file".into(),
        [variable] => format!(
            "They override those of the variable {variable}, which override those of a configuration file"
        ),
        variables => format!(
            "They override those of the variables {}, which override those of a configuration file",
            variables.join(", ")
        ),
    }
}

pub(super) fn short_list(on: bool, env: Option<&str>) -> String {
    let env = env.map(|variable| format!(" [env: {variable}]")).unwrap_or_default();
    let word = on_or_off(on);
    format!("Turn features {word}, as in A,B; --help lists them{env}")
}

pub(super) fn long_list<F: Enums>(on: bool, env: Option<&str>) -> String {
    let merged = merged(env.as_slice());
    let word = on_or_off(on);
    let gates = listed::<F>(help::known_names);
    format!(
        "Turn features {word}, as in A,B. May be repeated. {merged}, gate by gate.\n\nNames that may be listed:\n{gates}"
    )
}

/// What a switch for a gate or group leaves alone, and what it overrides.
pub(super) fn exceptions<F: Enums>(gate: &str) -> &'static str {
    let (component, name) = match gate.split_once(':') {
        Some((component, name)) => (Some(component), name),
        None => (None, gate),
    };
    // A program asks at each start, and the gates need not be read for it.
    let declared = declared::<F>();
    let of_component = declared.iter().filter(|declared| declared.component == component);
    let mut groups = of_component.flat_map(|declared| declared.groups.groups());
    match groups.find(|group| group.name() == name) {
        Some(group) if group.is_master() => {
            ", whatever a configuration or variable says about its gates"
        }
        Some(_) => ", but for the gates that are set themselves",
        None => "",
    }
}

fn listed<F: Enums>(lines: impl Fn(&GateSet) -> Vec<String>) -> String {
    match gates::<F>() {
        Ok(gates) => lines(&gates).join("\n"),
        Err(problems) => format!("none, because:\n{problems}"),
    }
}
