//! A program with many gates in several crates, made by a generator: each gate is removed to each side, and what is left
//! compiles and passes its tests.
