//! The rows of an enum.

use core::fmt;

use featuregate::{Enums, FeatureGate, Gates, Problems, Registry, Resolution, Resolver};

use super::model::Model;

/// The rows of an enum's gates, or of several enums'; never empty.
///
/// ```
/// # use featuregate::FeatureGate;
/// # #[derive(Clone, Copy, FeatureGate)]
/// # enum Feature {
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     Cache,
/// # }
/// let rows = featuregate_test::combinations::<Feature>()?;
/// // One row again, by its number from 1.
/// assert!(rows.get(2).is_some_and(|row| row.enabled(Feature::Cache)));
/// # Ok::<(), featuregate::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Combinations<F> {
    rows: Vec<Row<F>>,
}

impl<F: Enums> Combinations<F> {
    pub(super) fn new(
        resolver: &dyn Fn() -> Resolver<F>,
        strength: usize,
    ) -> Result<Self, Problems> {
        let default = Registry::of_gates(resolver().gates()?).into_resolution();
        let model = Model::of(&default);
        // Tells first what is wrong with the gates themselves.
        drop(resolver().resolve()?);
        let rows = model.rows(strength);
        let of = rows.len();
        let row = |(number, values): (usize, Vec<bool>)| {
            let free = default.all().zip(model.gates()).zip(values);
            let free = free.filter(|((_, fixed), _)| fixed.is_none());
            let (mut assignments, mut text) = (Vec::new(), String::new());
            for ((state, _), value) in free {
                assignments.push((state.name().to_owned(), value));
                if value != state.default() {
                    let comma = if text.is_empty() { "" } else { "," };
                    text.extend([comma, state.name(), "=", if value { "true" } else { "false" }]);
                }
            }
            let resolution = resolver().flag(&full(&assignments)).resolve()?;
            Ok(Row { number: number + 1, of, assignments, text, resolution })
        };
        let rows = rows.into_iter().enumerate().map(row).collect::<Result<_, Problems>>()?;
        Ok(Self { rows })
    }
}

impl<F> Combinations<F> {
    /// How many rows there are.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of that number, from 1.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&Row<F>> {
        self.rows.get(number.checked_sub(1)?)
    }

    /// The rows, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, Row<F>> {
        self.rows.iter()
    }
}

impl<F> IntoIterator for Combinations<F> {
    type Item = Row<F>;
    type IntoIter = std::vec::IntoIter<Row<F>>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a, F> IntoIterator for &'a Combinations<F> {
    type Item = &'a Row<F>;
    type IntoIter = core::slice::Iter<'a, Row<F>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One setting of all gates.
///
/// `Display` names it and says how to repeat it, for the message of a failing test:
///
/// ```
/// # use featuregate::FeatureGate;
/// # #[derive(Clone, Copy, FeatureGate)]
/// # enum Feature {
/// #     /// Off.
/// #     #[gate(alpha)]
/// #     Cache,
/// #     /// On.
/// #     #[gate(beta)]
/// #     Pipelining,
/// # }
/// let rows = featuregate_test::combinations::<Feature>()?;
/// let row = rows.get(3).unwrap();
/// assert_eq!(row.to_string(), "row 3 of 4 (--feature-gates=Cache=true,Pipelining=false)");
/// assert_eq!(row.name(), "row 3 of 4");
/// assert_eq!(row.text(), "Cache=true,Pipelining=false");
/// # Ok::<(), featuregate::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Row<F> {
    number: usize,
    of: usize,
    assignments: Vec<(String, bool)>,
    text: String,
    resolution: Resolution<F>,
}

impl<F> Row<F> {
    /// The row's number, from 1.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Which one it is of how many, as in `row 3 of 11`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("row {} of {}", self.number, self.of)
    }

    /// What differs from the defaults, as the text of `--feature-gates`; empty for the row of the defaults.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value of every gate that can be set, by its name as it is written in a text.
    #[must_use]
    pub fn assignments(&self) -> impl ExactSizeIterator<Item = (&str, bool)> {
        self.assignments.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The row as the program itself would have it: resolved by the same resolver. Of several enums, each
    /// one's part is [`of`](Resolution::of) it.
    pub fn resolution(&self) -> &Resolution<F> {
        &self.resolution
    }
}

impl<F: FeatureGate> Row<F> {
    /// Whether a gate is on in this row.
    #[must_use]
    pub fn enabled(&self, gate: F) -> bool {
        self.resolution.enabled(gate)
    }

    /// All values, as a plain value.
    #[must_use]
    pub fn gates(&self) -> Gates<F> {
        self.resolution.gates()
    }
}

impl<F> fmt::Display for Row<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} of {} (", self.number, self.of)?;
        match self.text.as_str() {
            "" => f.write_str("the defaults)"),
            text => write!(f, "--feature-gates={text})"),
        }
    }
}

/// All assignments as a text, so that a row holds whatever else the resolver was told.
fn full(assignments: &[(String, bool)]) -> String {
    let items: Vec<String> =
        assignments.iter().map(|(name, value)| format!("{name}={value}")).collect();
    items.join(",")
}
