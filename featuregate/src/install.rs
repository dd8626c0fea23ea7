//! What installing answers.

use core::fmt;

use alloc::string::String;
use alloc::vec::Vec;

/// A resolution is installed.
///
/// A gate that was read before its value changed may have led somewhere that its new value would not:
/// install first. Such gates are known in debug builds only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "gates that were read before their value changed should be reported"]
pub struct Installed {
    read_before: Vec<String>,
}

impl Installed {
    pub(crate) fn new(read_before: Vec<String>) -> Self {
        Self { read_before }
    }

    /// The names of the gates that were read before their value changed, in the order of declaration.
    /// Empty in release builds, which don't keep count.
    #[must_use]
    pub fn read_before(&self) -> &[String] {
        &self.read_before
    }
}

/// A resolution of this enum was installed before, and only one can be in a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyInstalled;

impl fmt::Display for AlreadyInstalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these gates were installed before, and a process installs them once; use the values of Resolution::gates instead")
    }
}

impl core::error::Error for AlreadyInstalled {}
