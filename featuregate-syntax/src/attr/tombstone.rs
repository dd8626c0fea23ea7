//! `#[tombstone(Name, …)]`: a removed gate; `#[tombstones(…; A, B)]`: several.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, LitStr};

use super::declaration::{Declaration, TOMBSTONE, TOMBSTONES};
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
    /// Which attribute of the enum it is from.
    pub(crate) attribute: usize,
}

const NO_NAMES: (&str, &str) = (
    "expected the names of removed gates after a semicolon",
    "write #[tombstones(removed = \"1.26\", value = false; A, B)]",
);

impl RawTombstone {
    /// Reads `#[tombstones(removed = "1.26", value = false; A, B)]`: the entries of each gate, and their names.
    pub(super) fn read_several(
        attribute: &Attribute,
        position: usize,
        errors: &mut Sink,
    ) -> Vec<Self> {
        let Some(list) = list(attribute, NO_NAMES, errors) else { return Vec::new() };
        let is_semicolon =
            |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == ';');
        let mut tokens = list.into_iter();
        let before: TokenStream = tokens.by_ref().take_while(|it| !is_semicolon(it)).collect();
        let names = entry::split(tokens.collect(), errors);
        if names.is_empty() {
            errors.add(Code::Attribute, whole(attribute), NO_NAMES.0, NO_NAMES.1);
        }
        let entries = entry::split(before, errors);
        let mut tombstones = Vec::new();
        for tokens in names {
            let declaration = Self::shared(&entries, errors);
            let range = Range::of_tokens(&tokens).unwrap_or(whole(attribute));
            let Some((name, variant)) = tombstone_name(&tokens) else {
                errors.add(
                    Code::Attribute,
                    range,
                    "expected the name of a removed gate",
                    "write a word, or a text in quotes",
                );
                continue;
            };
            tombstones.push(Self { name, variant, declaration, attribute: position });
        }
        tombstones
    }

    fn shared(entries: &[TokenStream], errors: &mut Sink) -> Declaration {
        let mut declaration = Declaration::default();
        for tokens in entries {
            let Some(entry) = entry::entry(tokens.clone(), TOMBSTONES, errors) else {
                declaration.unreadable = true;
                continue;
            };
            if entry.key == "name" || entry.key == "alias" {
                declaration.unreadable = true;
                errors.add(
                    Code::Attribute,
                    entry.range,
                    format!("`{}` belongs to one gate", entry.key),
                    "write #[tombstone(Name, …)] for that gate",
                );
            } else {
                declaration.tombstone_entry(&entry, errors);
            }
        }
        declaration
    }

    pub(super) fn read(attribute: &Attribute, position: usize, errors: &mut Sink) -> Option<Self> {
        let list = list(attribute, NO_NAME, errors)?;
        let first = list.clone().into_iter().next()?.to_string();
        errors.of_gate(first.trim_matches('"'), |errors| {
            let tombstone = Self::read_list(list, attribute, errors)?;
            Some(Self { attribute: position, ..tombstone })
        })
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
        Some(Self { name: renamed.unwrap_or(name), variant, declaration, attribute: 0 })
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
