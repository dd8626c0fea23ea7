//! Benchmarks of featuregate beside its peers. The library itself is empty.
