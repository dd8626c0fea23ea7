//! Reads the annotated enum: from `syn`'s tree to a [`Model`] that obeys every rule, or to every error
//! with its place.
//!
//! The way of the data: `entry` splits an attribute, `attr` knows which entries there are, `valid`
//! applies the rules (those of the lifecycle are `featuregate-core`'s) and makes the [`model`].
//! [`diagnostic`] collects what is wrong on the way.

pub(crate) mod attr;
pub mod diagnostic;
pub(crate) mod entry;
pub mod model;
mod valid;

pub use attr::milestone::milestone_key;
pub use diagnostic::{About, Diagnostic, Range};
pub use model::{Gate, Model, Other, Places, Tombstone};

use featuregate_core::Version;
use proc_macro2::TokenStream;
use syn::DeriveInput;

/// Reads and validates an enum.
///
/// `crate_version` is the version of the crate that declares it; it is the component's version where
/// the enum names none.
///
/// # Errors
/// Every mistake in the enum, in the order of the source.
///
/// ```
/// use featuregate_core::Version;
/// use featuregate_syntax::read;
///
/// let input: syn::DeriveInput = syn::parse_str(
///     r#"
///     #[feature_gate(version = "1.36")]
///     enum Feature {
///         /// Speaks a new protocol.
///         #[gate(alpha = "1.35", beta = "1.36")]
///         Protocol,
///     }"#,
/// )?;
/// let model = read(&input, Version::new(0, 1)).unwrap();
/// assert_eq!(model.version, Version::new(1, 36));
/// assert_eq!(model.gates[0].spec.name(), "Protocol");
/// # Ok::<(), syn::Error>(())
/// ```
pub fn read(input: &DeriveInput, crate_version: Version) -> Result<Model, Mistakes> {
    let mut errors = diagnostic::Sink::new();
    let raw = attr::read(input, &mut errors);
    let krate = raw.as_ref().and_then(|raw| raw.settings.krate.get()).cloned();
    let model = raw.and_then(|raw| valid::validate(raw, crate_version, &mut errors));
    errors.finish(model).map_err(|diagnostics| Mistakes { diagnostics, krate })
}

/// Why an enum could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mistakes {
    /// Every mistake, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
    /// The path of the runtime crate, if the enum names one.
    pub krate: Option<TokenStream>,
}
