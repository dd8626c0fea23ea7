//! Manifests: the lists of Kubernetes and of other projects as they are, what an enum comes to, and
//! odd texts.
#![expect(clippy::panic, reason = "helpers of tests, where these are the failure")]

mod enums;
mod lists;
mod odd_texts;
mod typed;
