//! Dependencies: every required variant exists, and the rules of `featuregate-core` are obeyed.

use featuregate_core::__private::{check_specs, nearest};
use featuregate_core::{DependencyError, GateSpec};
use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::names::{self, Names};
use crate::attr::RawEnum;
use crate::diagnostic::{Code, Range, Sink};
use crate::model::Other;

/// Makes what is required by a path through the enum's own name a variant of this enum.
pub(super) fn merge_own_paths(raw: &mut RawEnum) {
    let own = raw.ident.to_string();
    for gate in &mut raw.gates {
        let declaration = &mut gate.declaration;
        let (own, others) = core::mem::take(&mut declaration.others)
            .into_iter()
            .partition(|other: &Other| other.path.to_string() == own);
        declaration.others = others;
        for other in Vec::into_iter(own) {
            if !declaration.requires.contains(&other.variant) {
                declaration.requires.push(other.variant);
            }
        }
    }
}

pub(super) fn check(raw: &RawEnum, names: &Names, specs: &[Option<GateSpec>], errors: &mut Sink) {
    for gate in &raw.gates {
        errors.of_gate(gate.ident.to_string(), |errors| {
            for needed in &gate.declaration.requires {
                known(needed, raw, names, errors);
            }
        });
    }
    // Gates with errors of their own are left out, and so are the errors of their dependencies.
    for error in check_specs(specs.iter().flatten().cloned()) {
        if let Some((gate, range)) = required_at(&error, raw) {
            errors.of_gate(gate, |errors| {
                errors.add(Code::Dependency, range, error.message(), error.help());
            });
        }
    }
}

/// Reports a required gate that does not exist.
fn known(needed: &Ident, raw: &RawEnum, names: &Names, errors: &mut Sink) {
    let wanted = needed.unraw().to_string();
    if names::of_variant(names, &wanted).is_some() {
        return;
    }
    if raw.tombstones.iter().any(|removed| removed.name.value == wanted) {
        errors.add(
            Code::Dependency,
            needed,
            format!("the removed gate `{wanted}` cannot be required"),
            "remove it from `requires`",
        );
        return;
    }
    let help = match nearest(&wanted, names.iter().map(|(variant, _)| variant.as_str())) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("name a variant of `{}`", raw.ident),
    };
    errors.add(Code::Dependency, needed, format!("unknown gate `{wanted}`"), help);
}

/// The variant and the token within its `requires(…)` that an error is about. `None` if one of the gates has
/// errors of its own.
fn required_at(error: &DependencyError, raw: &RawEnum) -> Option<(String, Range)> {
    let (gate, dependency) = match error {
        DependencyError::Stage(mismatch)
        | DependencyError::Default(mismatch)
        | DependencyError::Lock(mismatch) => {
            (mismatch.gate.as_str(), vec![mismatch.dependency.as_str()])
        }
        DependencyError::Cycle { members } => {
            (members.first()?.as_str(), members.iter().map(String::as_str).collect())
        }
        _ => return None,
    };
    let dependent = raw.gates.iter().find(|candidate| names::of(candidate).value == gate)?;
    let named = |variant: &&Ident| {
        let needed = raw.gates.iter().find(|candidate| candidate.ident == **variant);
        needed.is_some_and(|needed| dependency.contains(&names::of(needed).value.as_str()))
    };
    let token = dependent.declaration.requires.iter().find(named)?;
    Some((dependent.ident.to_string(), Range::from(token)))
}
