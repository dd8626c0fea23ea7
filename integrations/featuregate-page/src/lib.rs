//! The gates of a program as one HTML page, which needs nothing else: no request leaves it.
//!
//! It shows the stage, the value and the origin of each gate, what it requires, and its timeline over the releases, with
//! today marked. It can be filtered and sorted, also by keyboard; it is light or dark as the reader prefers, and it can
//! be read without scripts.
//!
//! `featuregate-http` serves it at `/featurez`, and `featuregate docs --html` writes it to a file.
//!
//! ```
//! use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
//! use featuregate_page::Page;
//!
//! let mut registry = Registry::new(Version::new(1, 36));
//! registry.register([RawSpec::new("MemoryQoS").milestone(RawMilestone::alpha("1.22"))])?;
//! registry.set("MemoryQoS=true")?;
//!
//! let html = Page::of_process("kubelet", registry.resolution()).to_html();
//! assert!(html.starts_with("<!DOCTYPE html>"));
//! assert!(html.contains("MemoryQoS"));
//! # Ok::<(), featuregate_core::Problems>(())
//! ```

mod document;
mod row;
mod timeline;

pub use document::{CONTENT_SECURITY_POLICY, Page};
