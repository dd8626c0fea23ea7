//! The rows of enums.

use core::fmt;
use core::num::{NonZeroUsize, ParseIntError};
use core::str::FromStr;
use std::collections::BTreeMap;

use featuregate::{Enums, FeatureGate, Gates, Problems, Registry, Resolution, Resolver};

use super::model::{Model, ModelGate};
use super::rows::ModelRow;

impl Model {
    /// The gates of a resolution at the versions in effect, in the order of
    /// [`all`](featuregate_core::Resolution::all).
    ///
    /// The values of the resolution do not count, only those that the gates can have. A gate is fixed to its default
    /// if it is locked, removed, not introduced yet, not compiled in, or a group.
    ///
    /// ```
    /// use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
    /// use featuregate_test::combinations::Model;
    ///
    /// let mut registry = Registry::new(Version::new(1, 36));
    /// registry.register([
    ///     RawSpec::new("Cache").milestone(RawMilestone::alpha("1.30")),
    ///     RawSpec::new("Proven").milestone(RawMilestone::ga("1.30")),
    /// ])?;
    /// let model = Model::of(registry.resolution());
    /// let fixed: Vec<_> = model.gates().map(|(_, fixed)| fixed).collect();
    /// assert_eq!(fixed, [Some(false), Some(false), None, Some(true)], "the two groups come first");
    /// # Ok::<(), featuregate_core::Problems>(())
    /// ```
    #[must_use]
    pub fn of(resolution: &featuregate_core::Resolution) -> Self {
        let mut model = Self::new();
        let locks: BTreeMap<&str, bool> =
            resolution.iter().map(|state| (state.name(), state.is_locked())).collect();
        let mut gates = Vec::new();
        for state in resolution.all() {
            let is_free = locks.get(state.name()) == Some(&false);
            let gate = model.add((!is_free).then(|| state.default()));
            gates.push((gate, state));
        }
        let by_name: BTreeMap<&str, ModelGate> =
            gates.iter().map(|(gate, state)| (state.name(), *gate)).collect();
        for (gate, state) in &gates {
            // Each gate of a row is set, so what it implies is not turned on by it.
            let needed = state.requires().chain(state.implies());
            for required in needed.filter_map(|name| by_name.get(name)) {
                model.require(*gate, *required);
            }
        }
        model
    }
}

/// The rows of the gates of an enum, or of several enums. There is at least one row.
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
/// // One row again, by its number.
/// assert!(rows.get("2".parse()?).is_some_and(|row| row.enabled(Feature::Cache)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
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
        // Reports problems of the gates themselves before those of a row.
        drop(resolver().resolve()?);
        let rows = model.rows(strength);
        let count = rows.len();
        let row = |(number, values): (RowNumber, ModelRow)| {
            let gates = default.all().zip(model.gates()).zip(values.values());
            let free = gates.filter(|((_, (_, fixed)), _)| fixed.is_none());
            let (mut assignments, mut text) = (Vec::new(), Vec::new());
            for ((state, _), value) in free {
                assignments.push((state.name().to_owned(), value));
                if value != state.default() {
                    text.push(format!("{}={value}", state.name()));
                }
            }
            let resolution = resolver().flag(&full(&assignments)).resolve()?;
            Ok(Row { number, count, assignments, text: text.join(","), resolution })
        };
        let rows = RowNumber::all().zip(rows).map(row).collect::<Result<_, Problems>>()?;
        Ok(Self { rows })
    }
}

impl<F> Combinations<F> {
    /// How many rows there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one row")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row with a number.
    #[must_use]
    pub fn get(&self, number: RowNumber) -> Option<&Row<F>> {
        self.rows.iter().find(|row| row.number == number)
    }

    /// The rows, in order.
    pub fn iter(&self) -> core::slice::Iter<'_, Row<F>> {
        self.rows.iter()
    }
}

impl<F> fmt::Debug for Combinations<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Combinations({} rows)", self.len())
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

/// The number of a row. The first row has the number 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowNumber(NonZeroUsize);

impl RowNumber {
    fn all() -> impl Iterator<Item = Self> {
        core::iter::successors(Some(NonZeroUsize::MIN), |number| number.checked_add(1)).map(Self)
    }
}

impl fmt::Display for RowNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for RowNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowNumber({})", self.0)
    }
}

impl FromStr for RowNumber {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// One value for each gate.
///
/// `Display` shows the number of the row and the flag that repeats it, for the message of a failing test:
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
/// let row = rows.iter().nth(2).unwrap();
/// assert_eq!(row.to_string(), "row 3 of 4 (--feature-gates=Cache=true,Pipelining=false)");
/// assert_eq!(row.name(), "row 3 of 4");
/// assert_eq!(row.text(), "Cache=true,Pipelining=false");
/// # Ok::<(), featuregate::Problems>(())
/// ```
#[derive(Clone)]
pub struct Row<F> {
    number: RowNumber,
    /// How many rows there are.
    count: usize,
    assignments: Vec<(String, bool)>,
    text: String,
    resolution: Resolution<F>,
}

impl<F> Row<F> {
    /// The number of the row.
    #[must_use]
    pub fn number(&self) -> RowNumber {
        self.number
    }

    /// The number of the row and how many rows there are, as in `row 3 of 11`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("row {} of {}", self.number, self.count)
    }

    /// The values that differ from the defaults, as the text of `--feature-gates`. It is empty for the row of the
    /// defaults.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value of every gate that can be set, with the name that sets it in a text.
    #[must_use]
    pub fn assignments(&self) -> impl ExactSizeIterator<Item = (&str, bool)> {
        self.assignments.iter().map(|(name, value)| (name.as_str(), *value))
    }

    /// The resolution that the program itself would have with these values, by the same resolver. Of several enums,
    /// the part of each is [`of`](Resolution::of) it.
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

    /// The values of all gates.
    #[must_use]
    pub fn gates(&self) -> Gates<F> {
        self.resolution.gates()
    }
}

impl<F> fmt::Display for Row<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (", self.name())?;
        match self.text.as_str() {
            "" => f.write_str("the defaults)"),
            text => write!(f, "--feature-gates={text})"),
        }
    }
}

impl<F> fmt::Debug for Row<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({self})")
    }
}

/// All assignments as a text, so that the row does not depend on the other settings of the resolver.
fn full(assignments: &[(String, bool)]) -> String {
    let items: Vec<String> =
        assignments.iter().map(|(name, value)| format!("{name}={value}")).collect();
    items.join(",")
}
