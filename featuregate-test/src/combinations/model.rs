//! Gates without an enum: which are free, which are fixed, and which requires which.

use featuregate_core::__private::{IdVec, id};

id! {
    /// A gate of a [`Model`], which created it.
    pub struct ModelGate;
}

/// Gates, each free or fixed to a value, and which gate requires which.
///
/// ```
/// use featuregate_test::combinations::Model;
///
/// let mut model = Model::new();
/// let cache = model.add(None);
/// let prefetch = model.add(None);
/// let locked = model.add(Some(true));
/// model.require(prefetch, cache);
/// let rows = model.rows(2);
/// assert!(rows.iter().all(|row| row.enabled(locked)));
/// assert_eq!(format!("{rows:?}"), "[001, 111, 101]");
/// ```
///
/// Gates may require each other in a cycle: they are on or off together. A model can be collected from the values
/// to which its gates are fixed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    fixed: IdVec<ModelGate, Option<bool>>,
    dependencies: Vec<(ModelGate, ModelGate)>,
}

impl Model {
    /// A model without gates.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a gate that is fixed to a value, or free.
    pub fn add(&mut self, fixed: Option<bool>) -> ModelGate {
        self.fixed.push(fixed)
    }

    /// Makes a gate require another one.
    ///
    /// # Panics
    /// If one of them is a gate of another model, which has more gates.
    ///
    /// ```
    /// use featuregate_test::combinations::Model;
    ///
    /// let mut chain = Model::new();
    /// let [first, second, third] = [None; 3].map(|fixed| chain.add(fixed));
    /// chain.require(second, first);
    /// chain.require(third, second);
    /// assert_eq!(chain.rows(2).len(), 4);
    /// ```
    #[track_caller]
    pub fn require(&mut self, gate: ModelGate, required: ModelGate) {
        let last = self.fixed.next_id();
        assert!(gate < last && required < last, "a gate of another model");
        self.dependencies.push((gate, required));
    }

    /// The gates in the order in which they were added, with the values to which they are fixed.
    #[must_use]
    pub fn gates(
        &self,
    ) -> impl ExactSizeIterator<Item = (ModelGate, Option<bool>)> + DoubleEndedIterator + Clone
    {
        self.fixed.iter().map(|(gate, fixed)| (gate, *fixed))
    }

    /// The pairs of a gate and one that it requires.
    #[must_use]
    pub fn dependencies(
        &self,
    ) -> impl ExactSizeIterator<Item = (ModelGate, ModelGate)> + DoubleEndedIterator + Clone {
        self.dependencies.iter().copied()
    }

    /// A value for each gate.
    pub(super) fn map<T>(&self, value: impl FnMut(ModelGate) -> T) -> IdVec<ModelGate, T> {
        self.fixed.map(value)
    }
}

impl FromIterator<Option<bool>> for Model {
    fn from_iter<I: IntoIterator<Item = Option<bool>>>(fixed: I) -> Self {
        Self { fixed: fixed.into_iter().collect(), dependencies: Vec::new() }
    }
}

impl Extend<Option<bool>> for Model {
    fn extend<I: IntoIterator<Item = Option<bool>>>(&mut self, fixed: I) {
        for fixed in fixed {
            self.add(fixed);
        }
    }
}
