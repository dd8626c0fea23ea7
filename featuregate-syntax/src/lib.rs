//! Reads an annotated enum: from `syn`'s tree to a [`Model`] that obeys every rule, or to every
//! [`Diagnostic`] with its location.
//!
//! This crate is internal to [`featuregate`]: its derive and its command share it, and all of them are
//! released together with the same version. Depend on `featuregate`; what is public here can change in any
//! release.
//!
//! The data flows through these files: `entry` splits an attribute into entries, `attr` knows which entries
//! exist, and `valid` applies the rules (those of the lifecycle are in `featuregate-core`) and makes the
//! [`Model`]. `diagnostic` collects what is wrong on the way.
//!
//! [`featuregate`]: https://docs.rs/featuregate

mod attr;
mod case;
mod diagnostic;
mod entry;
mod model;
mod valid;

pub use attr::milestone::milestone_key;
pub use diagnostic::{Code, Diagnostic, Range};
pub use model::{Gate, Locations, Model, Other, Tombstone};

use core::fmt;

use featuregate_core::Version;
use proc_macro2::TokenStream;
use syn::DeriveInput;

/// Reads and validates an enum.
///
/// `crate_version` is the version of the crate that declares the enum, with its patch part. It is the version of the component
/// if the enum does not have a `version` of its own.
///
/// # Errors
/// Every diagnostic of the enum, in the order of the source.
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
/// let model = read(&input, Version::new(0, 1))?;
/// assert_eq!(model.version, Version::new(1, 36));
/// assert_eq!(model.gates[0].spec.name(), "Protocol");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(input: &DeriveInput, crate_version: Version) -> Result<Model, ReadError> {
    let mut errors = diagnostic::Sink::new();
    let raw = attr::read(input, &mut errors);
    let krate = raw.as_ref().and_then(|raw| raw.settings.krate.get()).cloned();
    let model = raw.and_then(|raw| valid::validate(raw, crate_version, &mut errors));
    errors.finish(model).map_err(|diagnostics| ReadError { diagnostics, krate })
}

/// Why an enum could not be read. `Display` lists all diagnostics, one a line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadError {
    /// Every diagnostic, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
    /// The path of the runtime crate, if the enum names one.
    pub krate: Option<TokenStream>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, diagnostic) in self.diagnostics.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl core::error::Error for ReadError {}
