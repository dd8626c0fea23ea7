//! What is found about running programs.

use std::sync::Arc;

use serde::Serialize;

use crate::finding::Level;
use crate::io::text::Location;
use crate::lint::rule::Rule;

/// A rule that an instance breaks, or all instances of a component. There may be a million of them.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) what: Arc<What>,
    pub(crate) instance: Option<Arc<str>>,
    pub(crate) component: Option<Arc<str>>,
}

/// What is the same for many instances.
#[derive(Debug)]
pub(crate) struct What {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    pub(crate) certainty: Certainty,
    pub(crate) gate: Arc<str>,
    /// The value in effect.
    pub(crate) value: Option<bool>,
    /// What is wrong: one clause without a full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: String,
    /// Where configuration files set it so.
    pub(crate) set_in: Vec<SetIn>,
    /// Since when it is so.
    pub(crate) since: Option<String>,
    /// Whether the release that is asked for accepts no other value.
    pub(crate) is_locked: bool,
}

impl What {
    /// What is found about a gate that has a value.
    pub(crate) fn of(
        rule: &'static Rule,
        level: Level,
        certainty: Certainty,
        gate: impl Into<Arc<str>>,
        on: bool,
        message: String,
        help: String,
    ) -> Self {
        let (gate, value) = (gate.into(), Some(on));
        let (set_in, since, is_locked) = (Vec::new(), None, false);
        Self { rule, level, certainty, gate, value, message, help, set_in, since, is_locked }
    }
}

/// A setting in a configuration file.
#[derive(Clone, Debug)]
pub(crate) struct SetIn {
    pub(crate) path: Arc<str>,
    pub(crate) location: Location,
}

/// Whether it is so, or depends on what a metric does not say: whether a value that is the default was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Certainty {
    Certain,
    Possible,
}
