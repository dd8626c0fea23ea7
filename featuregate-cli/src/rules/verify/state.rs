//! What holds for a gate, in words.

use featuregate_core::{Milestone, Stage};

use crate::gates::on_or_off;

/// `beta, off by default`, or `GA and locked on`.
pub(super) fn told(milestone: &Milestone) -> String {
    let value = on_or_off(milestone.default());
    match (milestone.stage(), milestone.locked()) {
        (Stage::PreAlpha, _) => "not there yet".into(),
        (stage, true) => format!("{} and locked {value}", word(stage)),
        (stage, false) => format!("{}, {value} by default", word(stage)),
    }
}

/// A stage within a sentence.
pub(super) fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::PreAlpha => "pre-alpha",
        Stage::Alpha => "alpha",
        Stage::Beta => "beta",
        Stage::Ga => "GA",
        Stage::Deprecated => "deprecated",
    }
}

/// Whether a gate that is in one stage comes to an earlier one.
pub(super) fn goes_back(from: Stage, to: Stage) -> bool {
    let order = |stage: Stage| match stage {
        Stage::PreAlpha => 0,
        Stage::Alpha => 1,
        Stage::Beta => 2,
        Stage::Ga => 3,
        Stage::Deprecated => 4,
    };
    order(to) < order(from)
}
