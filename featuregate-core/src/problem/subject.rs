//! The gate that a message is about.

use core::fmt;

use crate::quote::Name;
use crate::request::origin::Origin;

/// Displays a gate's name, with the former name that is written for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    gate: Name<'a>,
    written: Option<Name<'a>>,
}

impl<'a> Subject<'a> {
    /// The origin of an item shows what is written.
    pub(crate) fn new(gate: &'a str, written: Option<&'a str>, origin: Option<&Origin>) -> Self {
        let written = written.filter(|_| origin.and_then(Origin::item).is_none());
        Self { gate: Name(gate), written: written.map(Name) }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.written {
            Some(written) => write!(f, "{} (set as {written})", self.gate),
            None => self.gate.fmt(f),
        }
    }
}
