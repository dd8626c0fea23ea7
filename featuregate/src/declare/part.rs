//! An enum without its type, from its type.

use core::any::{TypeId, type_name};

use crate::declare::declaration::Part;
use crate::declare::gate_enum::GateEnum;
use crate::memory::hook::TESTING;

pub(crate) fn of<F: GateEnum>() -> Part {
    Part {
        id: TypeId::of::<F>(),
        name: type_name::<F>(),
        // Nothing folds while the hook for tests is compiled in.
        emulates: F::EMULATES || TESTING,
        declaration: F::DECLARATION,
        cells: F::cells(),
        available: F::AVAILABLE,
        required: F::REQUIRED,
    }
}
