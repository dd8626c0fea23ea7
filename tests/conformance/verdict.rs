//! What becomes of each scenario, and of all.

use std::fmt;
use std::panic::catch_unwind;

use serde::Deserialize;
use serde_json::Value;

use crate::compare::compare;
use crate::expected::Expected;
use crate::replay::{Replay, replay};
use crate::scenario::Scenario;
use crate::vectors::Vectors;

/// How many scenarios are as expected, and which are not.
#[derive(Default)]
pub(crate) struct Tally {
    /// As expected, which is what Kubernetes answers.
    pub(crate) agree: usize,
    /// As expected, which is not what Kubernetes answers.
    pub(crate) wanted: usize,
    /// The ids of the others, with the first thing that is not as expected.
    pub(crate) differences: Vec<(String, String)>,
}

impl Tally {
    pub(crate) fn of(vectors: &Vectors) -> Self {
        let mut tally = Self::default();
        for recorded in &vectors.recorded {
            let id = recorded.get("id").and_then(Value::as_str).unwrap_or("");
            let expected = vectors.expected.get(id);
            let verdict = catch_unwind(|| judge(recorded, expected));
            match verdict.unwrap_or_else(|_| Err("ours panics".into())) {
                Ok(differs) if differs.is_empty() => tally.agree += 1,
                Ok(_) => tally.wanted += 1,
                Err(difference) => tally.differences.push((id.into(), difference)),
            }
        }
        tally
    }

    fn scenarios(&self) -> usize {
        self.agree + self.wanted + self.differences.len()
    }

    /// Nothing differs, and there was something that could.
    pub(crate) fn passes(&self) -> bool {
        self.differences.is_empty() && self.scenarios() > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} scenarios, {} agree, {} wanted differences, {} differ",
            self.scenarios(),
            self.agree,
            self.wanted,
            self.differences.len()
        )
    }
}

fn judge(recorded: &Value, expected: Option<&Value>) -> Result<Vec<u32>, String> {
    check(expected.ok_or("no expected answers")?, &replayed(recorded)?)
}

/// What our registries answer to a recorded scenario.
pub(crate) fn replayed(recorded: &Value) -> Result<Replay, String> {
    let scenario = Scenario::deserialize(recorded).map_err(|error| format!("recorded: {error}"))?;
    replay(&scenario)
}

/// The numbers of the wanted differences in a scenario that is as expected, else what is not.
pub(crate) fn check(expected: &Value, ours: &Replay) -> Result<Vec<u32>, String> {
    let expected = Expected::deserialize(expected).map_err(|error| format!("expected: {error}"))?;
    compare(&expected, ours)?;
    Ok(expected.differs)
}
