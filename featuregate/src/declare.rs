//! What an enum of gates is: what the derive declares of it.

pub(crate) mod bits;
pub(crate) mod declaration;
pub(crate) mod found;
pub(crate) mod gate_enum;
pub(crate) mod part;
pub(crate) mod requires;
