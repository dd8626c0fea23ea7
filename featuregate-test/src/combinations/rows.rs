//! The rows of a model.

use core::fmt;

use featuregate_core::__private::IdVec;

use super::classes::{Cell, ClassRow, Classes};
use super::model::{Model, ModelGate};
use super::{ipog, pairs};

impl Model {
    /// How many values are free: gates that are not fixed, neither themselves nor by what they require or what
    /// requires them. Gates that require each other in a cycle count once.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// let mut model = Model::new();
    /// let [gate, _free] = [None; 2].map(|fixed| model.add(fixed));
    /// let locked_off = model.add(Some(false));
    /// model.require(gate, locked_off);
    /// assert_eq!(model.free(), 1);
    /// ```
    #[must_use]
    pub fn free(&self) -> usize {
        Classes::of(self).map_or(0, |(classes, _)| classes.len())
    }

    /// Rows, each with a value for every gate: any `strength` gates have in some row any values that they can have
    /// together.
    ///
    /// There is one row if no gate is free. There is none if no row is valid, because a gate that is fixed on
    /// requires one that is fixed off.
    ///
    /// ```
    /// use featuregate_test::combinations::{Model, bound};
    ///
    /// let free = |gates| vec![None; gates].into_iter().collect::<Model>();
    /// assert_eq!(free(200).rows(2).len(), bound(200));
    /// assert_eq!(free(0).rows(2).len(), 1);
    ///
    /// let mut contradiction = Model::new();
    /// let [on, off] = [Some(true), Some(false)].map(|fixed| contradiction.add(fixed));
    /// contradiction.require(on, off);
    /// assert!(contradiction.rows(2).is_empty());
    /// ```
    #[must_use]
    pub fn rows(&self, strength: usize) -> Vec<ModelRow> {
        let Some((classes, cells)) = Classes::of(self) else {
            return Vec::new();
        };
        let rows: Vec<ClassRow> = match strength.min(classes.len()) {
            0 => vec![classes.map(|_| false)],
            1 => [false, true].map(|value| classes.map(|_| value)).into(),
            2 => pairs::rows(&classes),
            strength => ipog::rows(&classes, strength),
        };
        let of_gates = |row: ClassRow| {
            let value = |gate| match cells[gate] {
                Cell::Fixed(value) => value,
                Cell::Class(class) => row[class],
            };
            ModelRow { values: cells.map(value) }
        };
        rows.into_iter().map(of_gates).collect()
    }
}

/// A value for each gate of a [`Model`].
///
/// `Debug` shows the values in the order of the gates, as in `001`.
#[derive(Clone, PartialEq, Eq)]
pub struct ModelRow {
    values: IdVec<ModelGate, bool>,
}

impl ModelRow {
    /// Whether a gate is on.
    ///
    /// # Panics
    /// If it is a gate of another model, which has more gates.
    #[must_use]
    pub fn enabled(&self, gate: ModelGate) -> bool {
        self.values[gate]
    }

    /// The values, in the order of the gates.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = bool> + DoubleEndedIterator + Clone {
        self.values.values().copied()
    }
}

impl fmt::Debug for ModelRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values().try_for_each(|value| f.write_str(if value { "1" } else { "0" }))
    }
}
