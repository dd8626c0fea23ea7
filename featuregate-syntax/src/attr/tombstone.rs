//! `#[tombstone(Name, …)]`: a removed gate.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, LitStr};

use super::declaration::{Declaration, TOMBSTONE};
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{self, Spanned, list, whole};

const NO_NAME: (&str, &str) = (
    "expected the name of a removed gate",
    "write #[tombstone(Name, removed = \"1.26\", value = false)]",
);

/// `#[tombstone(Name, …)]`.
#[derive(Debug)]
pub(crate) struct RawTombstone {
    pub(crate) name: Spanned<String>,
    /// The former variant, unless the name is in quotes.
    pub(crate) variant: Option<String>,
    pub(crate) declaration: Declaration,
}

impl RawTombstone {
    pub(super) fn read(attribute: &Attribute, errors: &mut Sink) -> Option<Self> {
        let list = list(attribute, NO_NAME, errors)?;
        let first = list.clone().into_iter().next()?.to_string();
        errors.of_gate(first.trim_matches('"'), |errors| Self::read_list(list, attribute, errors))
    }

    fn read_list(list: TokenStream, attribute: &Attribute, errors: &mut Sink) -> Option<Self> {
        let mut parts = entry::split(list, errors).into_iter();
        let first = parts.next()?;
        let Some((name, variant)) = tombstone_name(&first) else {
            let range = Range::of_tokens(&first).unwrap_or(whole(attribute));
            errors.add(Code::Attribute, range, NO_NAME.0, NO_NAME.1);
            return None;
        };
        let mut declaration = Declaration::default();
        for tokens in parts {
            match entry::entry(tokens, TOMBSTONE, errors) {
                Some(entry) => declaration.tombstone_entry(&entry, errors),
                None => declaration.unreadable = true,
            }
        }
        let renamed = declaration.name.get().cloned();
        Some(Self { name: renamed.unwrap_or(name), variant, declaration })
    }
}

/// `Name` or `"name-that-is-not-an-identifier"`, and the variant if it is the former.
fn tombstone_name(tokens: &TokenStream) -> Option<(Spanned<String>, Option<String>)> {
    let range = Range::of_tokens(tokens)?;
    if let Ok(variant) = Ident::parse_any.parse2(tokens.clone()) {
        let value = variant.unraw().to_string();
        return Some((Spanned { value: value.clone(), range }, Some(value)));
    }
    let value = syn::parse2::<LitStr>(tokens.clone()).ok()?.value();
    Some((Spanned { value, range }, None))
}
