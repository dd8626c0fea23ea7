//! What is run by hand in this repository: `cargo xtask gates` writes the gates of Kubernetes that the command has built in.

pub mod gates;
pub mod timeline;
