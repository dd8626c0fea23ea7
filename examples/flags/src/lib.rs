//! The flags of a database: those of its storage are set when it starts, and what is experimental while it runs.

mod flag;
mod layer;
mod routes;
mod start;

pub use flag::Flag;
pub use routes::router;
pub use start::{Config, resolve};
