//! Names: that text and environment variables can contain them, and that each belongs to one gate.

use featuregate_core::__private::{is_variable_of, variable};
use featuregate_core::Group;
use syn::ext::IdentExt;

use crate::attr::RawEnum;
use crate::attr::settings::Settings;
use crate::attr::tombstone::RawTombstone;
use crate::diagnostic::{Code, Sink};
use crate::entry::{Spanned, separator};

/// Each variant with the name of its gate. This is a list, since an enum is small and a map takes long to
/// compile.
pub(super) type Names = [(String, String)];

pub(super) fn of_variants(raw: &RawEnum) -> Vec<(String, String)> {
    raw.gates.iter().map(|gate| (gate.ident.unraw().to_string(), gate.name.value.clone())).collect()
}

/// Writes the names of variants and former variants as `rename_all` says; a name of its own stays.
pub(super) fn rename_all(raw: &mut RawEnum) {
    let Some(&case) = raw.settings.rename_all.get() else { return };
    let gates = raw.gates.iter_mut().filter(|gate| !gate.declaration.name.is_given());
    let is_variant =
        |it: &&mut RawTombstone| it.variant.is_some() && !it.declaration.name.is_given();
    let tombstones = raw.tombstones.iter_mut().filter(is_variant);
    let groups = raw.settings.own_groups.iter_mut().map(|group| &mut group.name);
    let names = gates.map(|gate| &mut gate.name).chain(tombstones.map(|it| &mut it.name));
    let names = names.chain(groups);
    for name in names {
        name.value = case.of(&name.value);
    }
}

/// The name of a variant's gate.
pub(super) fn of_variant<'a>(names: &'a Names, variant: &str) -> Option<&'a str> {
    names.iter().find(|(known, _)| known == variant).map(|(_, name)| name.as_str())
}

pub(super) fn check(raw: &RawEnum, errors: &mut Sink) {
    component_and_variable(&raw.settings, errors);
    unique(raw, errors);
    variables(raw, errors);
}

fn component_and_variable(settings: &Settings, errors: &mut Sink) {
    if let Some(component) = settings.component.get()
        && let Some(bad) = separator(&component.value)
    {
        errors.add(
            Code::Name,
            component.range,
            format!("a component cannot contain {bad:?}"),
            "choose another name, which can be written in `--feature-gates=COMPONENT:NAME=true`",
        );
    }
    let variables = [
        (&settings.env, "write only the name, as in env = \"APP_FEATURE_GATES\""),
        (&settings.env_prefix, "write only the prefix, as in env_prefix = \"APP_GATE_\""),
    ];
    for (setting, help) in variables {
        if let Some(env) = setting.get().filter(|env| env.value.contains(['=', '\0'])) {
            errors.add(
                Code::Name,
                env.range,
                format!("{:?} cannot be the name of an environment variable", env.value),
                help,
            );
        }
    }
}

/// If each gate has a variable, it has one of its own.
fn variables(raw: &RawEnum, errors: &mut Sink) {
    let Some(prefix) = raw.settings.env_prefix.get() else { return };
    let names: Vec<Spanned<String>> = raw.gates.iter().map(|gate| gate.name.clone()).collect();
    for (index, name) in names.iter().enumerate() {
        let before = names.iter().take(index);
        let same = |before: &&Spanned<String>| {
            before.value != name.value && is_variable_of(&name.value, &before.value)
        };
        if let Some(before) = before.into_iter().find(same) {
            let variable = variable(&prefix.value, &name.value);
            errors.add(
                Code::Name,
                name.range,
                format!(
                    "`{}` and `{}` have the same variable, {variable}",
                    before.value, name.value
                ),
                "rename one of them",
            );
        }
    }
}

/// A name that an enum uses.
struct Used {
    /// What messages say it is already, when it is used again.
    role: &'static str,
    /// What to do where it is used already.
    help: &'static str,
    gate: String,
    name: Spanned<String>,
}

/// Names and former names can be written in text, and each belongs to one gate.
fn unique(raw: &RawEnum, errors: &mut Sink) {
    let mut names: Vec<Used> = Vec::new();
    let mut aliases = Vec::new();
    for gate in &raw.gates {
        let (role, help) = ("the name of a gate", "choose another name");
        names.push(Used { role, help, gate: gate.ident.to_string(), name: gate.name.clone() });
        aliases
            .extend(gate.declaration.aliases.iter().map(|alias| (gate.ident.to_string(), alias)));
    }
    for tombstone in &raw.tombstones {
        let (role, help) =
            ("the name of a removed gate", "remove the tombstone, or choose another name");
        let (name, gate) = (tombstone.name.clone(), tombstone.name.value.clone());
        aliases.extend(tombstone.declaration.aliases.iter().map(|alias| (gate.clone(), alias)));
        names.push(Used { role, help, gate, name });
    }
    for group in &raw.settings.own_groups {
        let (role, help) = ("the name of a group", "choose another name for one of them");
        let name = group.name.clone();
        names.push(Used { role, help, gate: raw.ident.to_string(), name });
    }
    for (gate, alias) in aliases {
        let (role, help) = ("the alias of a gate", "remove the alias");
        names.push(Used { role, help, gate, name: alias.clone() });
    }
    let mut taken: Vec<(&str, &str)> = Vec::new();
    for Used { role, help, gate, name } in &names {
        let text = name.value.as_str();
        errors.of_gate(gate, |errors| {
            if !can_be_written(name, errors) {
                return;
            }
            match taken.iter().find(|(known, _)| *known == text) {
                Some((_, already)) => {
                    let message = format!("`{text}` is already {already}");
                    errors.add(Code::Name, name.range, message, *help);
                }
                None => taken.push((text, *role)),
            }
        });
    }
}

fn can_be_written(name: &Spanned<String>, errors: &mut Sink) -> bool {
    let text = &name.value;
    let (message, help) = if text.is_empty() {
        ("the name is empty".into(), "write a name, or remove the entry")
    } else if let Some(bad) = separator(text) {
        (
            format!("a name cannot contain {bad:?}"),
            "choose another name, which can be written in `--feature-gates=NAME=true`",
        )
    } else if Group::is_of_kubernetes(text) {
        (format!("`{text}` is the name of a group of gates"), "choose another name")
    } else {
        return true;
    };
    errors.add(Code::Name, name.range, message, help);
    false
}
