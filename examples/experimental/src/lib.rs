//! A shell with experimental options; the binary is `main.rs`.

pub mod options;
