//! The enums of gates in a program's source: from the package to the gates that it declares.

mod declared;
mod enums;
mod files;

pub(crate) use declared::{Declared, Gate, Union};
pub(crate) use files::{Chosen, Source};
