//! Preview features of a package manager: `--preview`, `--no-preview`, `--preview-features a,b`, the variables
//! `APP_PREVIEW` and `APP_PREVIEW_FEATURES`, and the keys `preview` and `preview-features` of its own configuration.

mod feature;
mod preview;

pub use feature::PreviewFeature;
pub use preview::{PreviewArgs, Settings, Shown};
