//! `#[derive(FeatureGate)]`. It is documented in the crate `featuregate`, which re-exports it.

mod documentation;
mod expand;

use featuregate_core::{Precision, Version};
use proc_macro::TokenStream;

/// Makes the variants of an enum feature gates; documented in the crate `featuregate`.
#[proc_macro_derive(FeatureGate, attributes(feature_gate, gate, tombstone, tombstones))]
pub fn derive_feature_gate(input: TokenStream) -> TokenStream {
    let input = match syn::parse2(input.into()) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error().into(),
    };
    match featuregate_syntax::read(&input, crate_version()) {
        Ok(model) => expand::expand(&model).into(),
        Err(error) => expand::fallback(&input, &error).into(),
    }
}

/// The version of the crate that is being compiled, which cargo passes in a variable. A build without cargo
/// has none, and needs `version = "…"` on the enum.
fn crate_version() -> Version {
    std::env::var("CARGO_PKG_VERSION")
        .ok()
        .and_then(|version| Precision::Patch.of_release(&version).ok())
        .unwrap_or_default()
}
