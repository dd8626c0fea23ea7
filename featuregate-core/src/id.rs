//! Identities, and maps that have a value for each of them.
//!
//! An id is created by the collection that owns its item, and by nothing else. So a lookup by id cannot fail, and
//! no code has to say what happens where it would.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::{Index, IndexMut};

/// An identity: the number of an item in the collection that owns it.
pub trait Id: Copy + Ord + fmt::Debug {
    /// The id of the item with that number. Only [`IdVec`] calls it.
    fn from_index(index: u32) -> Self;
    /// The number of the item.
    fn index(self) -> usize;
}

/// Declares types that implement [`Id`], each with its documentation.
#[macro_export]
#[doc(hidden)]
macro_rules! __id {
    ($($(#[$attribute:meta])* $visibility:vis struct $name:ident;)*) => {$(
        $(#[$attribute])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(u32);

        #[doc(hidden)]
        impl $crate::__private::Id for $name {
            #[inline]
            fn from_index(index: u32) -> Self {
                Self(index)
            }

            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::write!(f, ::core::concat!(::core::stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

/// The items of a collection that hands out ids of type `I`, or one value for each of another's.
///
/// Indexing panics with an id of another collection that is longer; ids are never taken from outside.
pub struct IdVec<I, T> {
    items: Vec<T>,
    id: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// A collection without items.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Vec::new(), id: PhantomData }
    }

    /// Adds an item and creates its id.
    pub fn push(&mut self, item: T) -> I {
        let id = self.next_id();
        self.items.push(item);
        id
    }

    /// Makes room for more items.
    pub fn reserve(&mut self, more: usize) {
        self.items.reserve(more);
    }

    /// Exchanges two items.
    pub fn swap(&mut self, one: I, other: I) {
        self.items.swap(one.index(), other.index());
    }

    /// The id that the next item will have.
    #[must_use]
    pub fn next_id(&self) -> I {
        I::from_index(number(self.items.len()))
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All ids, in order.
    pub fn ids(
        &self,
    ) -> impl ExactSizeIterator<Item = I> + DoubleEndedIterator + Clone + use<I, T> {
        (0..number(self.items.len())).map(I::from_index)
    }

    /// All ids with their items, in order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (I, &T)> + DoubleEndedIterator + Clone {
        self.ids().zip(&self.items)
    }

    /// All items, in order.
    pub fn values(&self) -> core::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// All items, in order, to be changed.
    pub fn values_mut(&mut self) -> core::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// All items, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// All items, in order, without their ids.
    #[must_use]
    pub fn into_values(self) -> Vec<T> {
        self.items
    }

    /// A map from the same ids to one value.
    #[must_use]
    pub fn fill<U: Clone>(&self, value: U) -> IdVec<I, U> {
        IdVec { items: alloc::vec![value; self.len()], id: PhantomData }
    }

    /// A map from the same ids to other values.
    #[must_use]
    pub fn map<U>(&self, mut value: impl FnMut(I) -> U) -> IdVec<I, U> {
        // A loop compiles in half the time of `collect`, and every program compiles this for many types.
        let mut items = Vec::with_capacity(self.len());
        for id in self.ids() {
            items.push(value(id));
        }
        IdVec { items, id: PhantomData }
    }
}

/// The number of an item, or of all of them.
///
/// # Panics
/// With more than 2³² items, each of which takes at least four bytes of input.
#[expect(clippy::expect_used, reason = "16 GiB of input end earlier")]
fn number(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 2³² items")
}

/// The ids from one to another, without that one.
pub(crate) fn between<I: Id>(start: I, end: I) -> impl ExactSizeIterator<Item = I> + Clone {
    (number(start.index())..number(end.index())).map(I::from_index)
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the collection created the id")]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the collection created the id")]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<I: Id, T> From<Vec<T>> for IdVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, id: PhantomData }
    }
}

impl<I: Id, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Self { items: items.into_iter().collect(), id: PhantomData }
    }
}

impl<I: Id, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, T: Clone> Clone for IdVec<I, T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), id: PhantomData }
    }
}

impl<I, T: PartialEq> PartialEq for IdVec<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<I, T: Eq> Eq for IdVec<I, T> {}

impl<I, T: fmt::Debug> fmt::Debug for IdVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    crate::__id! {
        /// A word of a test.
        struct WordId;
    }

    #[test]
    fn an_item_is_found_by_the_id_that_adding_it_created() {
        let mut words: IdVec<WordId, &str> = IdVec::new();
        assert!(words.is_empty());
        let (first, second) = (words.push("a"), words.push("b"));
        words[second] = "c";
        assert_eq!((words[first], words[second], words.len()), ("a", "c", 2));
        assert!(!words.is_empty());
        assert_eq!(words.ids().collect::<Vec<_>>(), [first, second]);
        assert_eq!(words.iter().next_back(), Some((second, &"c")));
        assert_eq!(format!("{words:?} {second:?}"), "[\"a\", \"c\"] WordId(1)");
    }

    #[test]
    fn a_map_has_a_value_for_each_id() {
        let words: IdVec<WordId, &str> = ["a", "bc"].into_iter().collect();
        let lengths = words.map(|word| words[word].len());
        assert_eq!(lengths.as_slice(), [1, 2]);
        assert_eq!(lengths.map(|word| lengths[word] > 1).into_values(), [false, true]);
        assert_eq!(words.fill('x').into_values(), ['x', 'x']);
    }

    #[test]
    fn two_maps_are_equal_if_their_items_are() {
        let words =
            |items: &[&'static str]| -> IdVec<WordId, &str> { items.iter().copied().collect() };
        assert_eq!(words(&["a", "b"]), words(&["a", "b"]));
        assert_ne!(words(&["a", "b"]), words(&["a", "c"]));
    }
}
