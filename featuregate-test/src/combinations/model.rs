//! Gates as numbers: free or fixed, and what requires what.

use std::collections::BTreeMap;

use featuregate_core::Resolution;

use super::order::{Cell, Order};
use super::{embed, ipog};

/// Gates by their numbers, each free or fixed to a value, and which one requires which.
///
/// It is collected from what each gate is fixed to:
///
/// ```
/// use featuregate_test::combinations::Model;
///
/// // Gate 1 requires gate 0; gate 2 is locked on.
/// let model = [None, None, Some(true)].into_iter().collect::<Model>().requiring([(1, 0)]);
/// let rows = model.rows(2);
/// assert_eq!(rows, [[false, false, true], [true, false, true], [true, true, true]]);
/// ```
///
/// Gates may require each other in a circle; they are on or off together then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    fixed: Vec<Option<bool>>,
    requires: Vec<(usize, usize)>,
}

impl Model {
    /// The gates of a resolution at the versions in effect, in the order of
    /// [`all`](featuregate_core::Resolution::all). What was asked for does not count, only what could be:
    /// a gate is fixed to its default where it is locked, removed, not there yet, not compiled in, or a
    /// group.
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
    /// assert_eq!(model.gates(), [Some(false), Some(false), None, Some(true)], "two groups first");
    /// # Ok::<(), featuregate_core::Problems>(())
    /// ```
    #[must_use]
    pub fn of(resolution: &Resolution) -> Self {
        let mut fixed = Vec::new();
        let mut numbers = BTreeMap::new();
        let settable: BTreeMap<&str, bool> =
            resolution.iter().map(|state| (state.name(), !state.locked())).collect();
        for (number, state) in resolution.all().enumerate() {
            let free = settable.get(state.name()).copied().unwrap_or(false);
            fixed.push((!free).then(|| state.default()));
            numbers.insert(state.name(), number);
        }
        let requires = resolution.all().enumerate().flat_map(|(number, state)| {
            let needed = state.requires().filter_map(|name| numbers.get(name).copied());
            needed.map(move |needed| (number, needed)).collect::<Vec<_>>()
        });
        Self { requires: requires.collect(), fixed }
    }

    /// Adds pairs of a gate and one that it requires. Numbers that no gate has are left out.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// let chain = [None; 3].into_iter().collect::<Model>().requiring([(2, 1), (1, 0), (2, 99)]);
    /// assert_eq!(chain.rows(2).len(), 4);
    /// ```
    #[must_use]
    pub fn requiring(mut self, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let gates = self.fixed.len();
        let known = |&(gate, needed): &(usize, usize)| gate < gates && needed < gates;
        self.requires.extend(pairs.into_iter().filter(known));
        self
    }

    /// What each gate is fixed to; nothing for a free one.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// assert_eq!([None, Some(true)].into_iter().collect::<Model>().gates(), [None, Some(true)]);
    /// ```
    #[must_use]
    pub fn gates(&self) -> &[Option<bool>] {
        &self.fixed
    }

    /// The pairs of a gate and one that it requires.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// let model = [None; 2].into_iter().collect::<Model>().requiring([(1, 0)]);
    /// assert_eq!(model.dependencies(), [(1, 0)]);
    /// ```
    #[must_use]
    pub fn dependencies(&self) -> &[(usize, usize)] {
        &self.requires
    }

    /// How many values are really free: gates without a fixed value of their own or by a dependency,
    /// those that require each other in a circle counted once.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// // Gate 0 requires what is locked off.
    /// let model = [None, Some(false), None].into_iter().collect::<Model>().requiring([(0, 1)]);
    /// assert_eq!(model.free(), 1);
    /// ```
    #[must_use]
    pub fn free(&self) -> usize {
        Order::new(&self.fixed, &self.requires).map_or(0, |(order, _)| order.len())
    }

    /// Rows, each with a value for every gate, so that any `strength` gates have in some row any values
    /// that they can have at once.
    ///
    /// Without a free gate, or without any gate, it is one row. Where gates are fixed to values that
    /// contradict their dependencies there is no valid row, and none comes out.
    ///
    /// ```
    /// use featuregate_test::combinations::{Model, bound};
    ///
    /// let free = |gates| vec![None; gates].into_iter().collect::<Model>();
    /// assert_eq!(free(200).rows(2).len(), bound(200));
    /// assert_eq!(free(0).rows(2), [[false; 0]]);
    /// let contradiction = [Some(true), Some(false)].into_iter().collect::<Model>();
    /// assert!(contradiction.requiring([(0, 1)]).rows(2).is_empty());
    /// ```
    #[must_use]
    pub fn rows(&self, strength: usize) -> Vec<Vec<bool>> {
        let Some((order, cells)) = Order::new(&self.fixed, &self.requires) else {
            return Vec::new();
        };
        let rows = match strength.min(order.len()) {
            0 => vec![vec![false; order.len()]],
            1 => [false, true].map(|value| vec![value; order.len()]).into(),
            2 => embed::rows(&order),
            strength => ipog::rows(&order, strength),
        };
        let whole = |row: Vec<bool>| {
            let value = |cell: &Cell| match *cell {
                Cell::Fixed(value) => value,
                Cell::Class(class) => row.get(class).copied().unwrap_or(false),
            };
            cells.iter().map(value).collect()
        };
        rows.into_iter().map(whole).collect()
    }
}

impl FromIterator<Option<bool>> for Model {
    fn from_iter<I: IntoIterator<Item = Option<bool>>>(fixed: I) -> Self {
        Self { fixed: fixed.into_iter().collect(), requires: Vec::new() }
    }
}
