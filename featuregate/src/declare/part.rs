//! An enum without its type, from its type.

use core::any::{TypeId, type_name};

use featuregate_core::__private::Declared;

use crate::declare::declaration::{Declaration, Part};
use crate::declare::gate_enum::{GateEnum, specs};
use crate::memory::hook::TESTING;

pub(crate) fn of<F: GateEnum>() -> Part {
    Part {
        id: TypeId::of::<F>(),
        name: type_name::<F>(),
        // Nothing folds while the hook for tests is compiled in.
        emulates: F::EMULATES || TESTING,
        declaration: F::DECLARATION,
        cells: F::cells(),
        declared: declared::<F>,
        required: F::REQUIRED,
    }
}

fn declared<F: GateEnum>(part: &Part) -> Declared {
    let Part { name, emulates, declaration, .. } = part;
    let Declaration { component, version, removed, .. } = *declaration;
    Declared {
        name,
        component,
        version,
        emulates: *emulates,
        removed,
        groups: declaration.groups(),
        lists_all_settable: declaration.lists_all_settable,
        requires_others: !F::REQUIRED.is_empty(),
        gates: specs::<F>().collect(),
        tombstones: F::DECLARATION.tombstones().collect(),
    }
}
