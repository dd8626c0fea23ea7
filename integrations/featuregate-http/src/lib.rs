//! The gates and flags of a process over HTTP, as services for `tower` and a router for axum.
//!
//! | path | what it answers |
//! |---|---|
//! | `/featurez` | the gates in effect: a page, JSON or text, by the header `Accept` ([`Featurez`]) |
//! | `/flagz` | the flags that the process was started with, as in Kubernetes ([`Flagz`]) |
//!
//! [`Problem`] is the answer of a handler whose gate is off.
//!
//! The services only read. They do not decide who may see them: put them on a port for operators, or behind the middleware that
//! authenticates. Names of files and values of settings are shown.
//!
//! ```
//! use featuregate::FeatureGate;
//! use featuregate_http::Featurez;
//!
//! #[derive(Clone, Copy, FeatureGate)]
//! enum Feature {
//!     /// A cache in front of the disk.
//!     #[gate(alpha)]
//!     Cache,
//! }
//!
//! let featurez = Featurez::of::<Feature>("app");
//! // With the feature `axum`:
//! // let router = axum::Router::new().route_service("/featurez", featurez);
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod featurez;
mod flagz;
mod problem;

pub use answer::Body;
pub use featurez::Featurez;
pub use flagz::Flagz;
pub use problem::Problem;

#[cfg(feature = "axum")]
mod router;
#[cfg(feature = "axum")]
pub use router::router;
