//! Conformance, compile-fail and end-to-end tests of featuregate. The library itself is empty.
