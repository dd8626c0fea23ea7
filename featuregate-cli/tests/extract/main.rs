//! What the extractor finds, and what it takes out.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where it fails")]

mod fixtures;
mod growth;
mod index;
mod lists;
mod removing;
mod robust;
