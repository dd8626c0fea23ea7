//! Dependencies: every required variant exists, and the rules of `featuregate-core` are obeyed.

use featuregate_core::__private::{check_specs, nearest};
use featuregate_core::{DependencyError, GateSpec, Relation};
use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::names::{self, Names};
use crate::attr::RawEnum;
use crate::attr::tombstone::RawTombstone;
use crate::diagnostic::{Code, Range, Sink};
use crate::model::Other;

/// Makes what is required by a path through the enum's own name a variant of this enum.
pub(super) fn merge_own_paths(raw: &mut RawEnum) {
    let own = raw.ident.to_string();
    for gate in &mut raw.gates {
        for needs in [&mut gate.declaration.requires, &mut gate.declaration.implies] {
            let (own, others) = core::mem::take(&mut needs.others)
                .into_iter()
                .partition(|other: &Other| other.path.to_string() == own);
            needs.others = others;
            for other in Vec::into_iter(own) {
                if !needs.own.contains(&other.variant) {
                    needs.own.push(other.variant);
                }
            }
        }
    }
}

/// The rules hold with all conditions false, and with all of them true.
pub(super) fn check(
    raw: &RawEnum,
    names: &Names,
    sides: [&[Option<GateSpec>]; 2],
    errors: &mut Sink,
) {
    for gate in &raw.gates {
        errors.of_gate(gate.ident.to_string(), |errors| {
            for needed in &gate.declaration.requires.own {
                known(needed, Relation::Requires, raw, names, errors);
            }
            for implied in &gate.declaration.implies.own {
                known(implied, Relation::Implies, raw, names, errors);
            }
            for other in &gate.declaration.implies.others {
                errors.add(
                    Code::Dependency,
                    other.range,
                    "a gate cannot imply one of another enum",
                    "require it instead, so that the operator sets both, or move the gates into one enum",
                );
            }
        });
    }
    // Gates with errors of their own are left out, and so are the errors of their dependencies.
    let mut found: Vec<DependencyError> = Vec::new();
    for specs in sides {
        let needs = |spec: &GateSpec| spec.requires().len() + spec.implies().len() > 0;
        if !specs.iter().flatten().any(needs) {
            continue;
        }
        for error in check_specs(specs.iter().flatten().cloned()) {
            if !found.contains(&error) {
                found.push(error);
            }
        }
    }
    for error in found {
        if let Some((gate, range)) = needed_at(&error, raw) {
            errors.of_gate(gate, |errors| {
                errors.add(Code::Dependency, range, error.message(), error.help());
            });
        }
    }
}

/// Whether a removed gate was the variant of that name, or has the name.
fn is_named(removed: &RawTombstone, wanted: &str) -> bool {
    removed.variant.as_deref() == Some(wanted) || removed.name.value == wanted
}

/// Reports a required gate that does not exist.
fn known(needed: &Ident, relation: Relation, raw: &RawEnum, names: &Names, errors: &mut Sink) {
    let wanted = needed.unraw().to_string();
    if names::of_variant(names, &wanted).is_some() {
        return;
    }
    if raw.tombstones.iter().any(|removed| is_named(removed, &wanted)) {
        let done = match relation {
            Relation::Requires => "required",
            Relation::Implies => "implied",
        };
        errors.add(
            Code::Dependency,
            needed,
            format!("the removed gate `{wanted}` cannot be {done}"),
            format!("remove it from `{relation}`"),
        );
        return;
    }
    let help = match nearest(&wanted, names.iter().map(|(variant, _)| variant.as_str())) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("name a variant of `{}`", raw.ident),
    };
    errors.add(Code::Dependency, needed, format!("unknown gate `{wanted}`"), help);
}

/// The variant and the token within its `requires(…)` or `implies(…)` that an error is about. `None` if one of the
/// gates has errors of its own.
fn needed_at(error: &DependencyError, raw: &RawEnum) -> Option<(String, Range)> {
    let (gate, dependency, relation) = match error {
        DependencyError::Stage(mismatch)
        | DependencyError::Default(mismatch)
        | DependencyError::Lock(mismatch)
        | DependencyError::CanBeOn(mismatch) => {
            (mismatch.gate.as_str(), vec![mismatch.dependency.as_str()], Some(mismatch.relation))
        }
        DependencyError::RequiredAndImplied { gate, dependency } => {
            (gate.as_str(), vec![dependency.as_str()], Some(Relation::Implies))
        }
        DependencyError::Cycle { members, .. } => {
            (members.first()?.as_str(), members.iter().map(String::as_str).collect(), None)
        }
        _ => return None,
    };
    let dependent = raw.gates.iter().find(|candidate| candidate.name.value == gate)?;
    let named = |variant: &&Ident| {
        let needed = raw.gates.iter().find(|candidate| candidate.ident == **variant);
        needed.is_some_and(|needed| dependency.contains(&needed.name.value.as_str()))
    };
    let needs = [
        (Relation::Requires, &dependent.declaration.requires),
        (Relation::Implies, &dependent.declaration.implies),
    ];
    let wanted = needs.into_iter().filter(|(own, _)| relation.is_none_or(|it| it == *own));
    let token = wanted.flat_map(|(_, needs)| &needs.own).find(named)?;
    Some((dependent.ident.to_string(), Range::from(token)))
}
