//! `#[tombstone(Name, …)]`: a removed gate.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, LitStr};

use super::declaration::Declaration;
use super::{list, whole};
use crate::diagnostic::{Range, Sink};
use crate::entry::{self, Spanned};

const TOMBSTONE: &str = "a tombstone begins with the name of its gate; write #[tombstone(Name, removed = \"1.26\", value = false)]";

/// `#[tombstone(Name, …)]`.
#[derive(Debug)]
pub(crate) struct RawTombstone {
    pub(crate) name: Spanned<String>,
    pub(crate) declaration: Declaration,
}

impl RawTombstone {
    pub(super) fn read(attribute: &Attribute, errors: &mut Sink) -> Option<Self> {
        let list = list(attribute, TOMBSTONE, errors)?;
        let mut parts = entry::split(list, errors).into_iter();
        let first = parts.next()?;
        let Some(name) = tombstone_name(&first) else {
            errors.add(Range::of_tokens(&first).unwrap_or(whole(attribute)), TOMBSTONE);
            return None;
        };
        let mut declaration = Declaration::default();
        for tokens in parts {
            match entry::entry(tokens, errors) {
                Some(entry) => declaration.tombstone_entry(&entry, errors),
                None => declaration.unreadable = true,
            }
        }
        let renamed = declaration.name.get().cloned();
        Some(Self { name: renamed.unwrap_or(name), declaration })
    }
}

/// `Name` or `"name-that-is-no-identifier"`.
fn tombstone_name(tokens: &TokenStream) -> Option<Spanned<String>> {
    let range = Range::of_tokens(tokens)?;
    let value = match Ident::parse_any.parse2(tokens.clone()) {
        Ok(name) => name.unraw().to_string(),
        Err(_) => syn::parse2::<LitStr>(tokens.clone()).ok()?.value(),
    };
    Some(Spanned { value, range })
}
