//! Finds the enums of gates in a file.

use featuregate_core::Version;
use featuregate_syntax::{Diagnostic, Model};
use syn::punctuated::Punctuated;
use syn::{Attribute, DeriveInput, Item, ItemEnum, MacroDelimiter, Meta, Token};

use super::files::SourceFile;

/// An enum that derives `FeatureGate`.
pub(super) struct Enum {
    pub(super) item: ItemEnum,
    /// The conditions of the modules that it is in, and its own.
    pub(super) conditions: Vec<String>,
    /// What it declares, or everything that is wrong with it.
    pub(super) model: Result<Model, Vec<Diagnostic>>,
}

/// The enums of a file.
///
/// # Errors
/// Where the file is no Rust.
pub(super) fn of(file: &SourceFile, version: Version) -> syn::Result<Vec<Enum>> {
    // Most files have none, and reading one takes long.
    if !file.text.contains("FeatureGate") {
        return Ok(Vec::new());
    }
    let parsed = syn::parse_file(&file.text)?;
    let mut found = Vec::new();
    collect(parsed.items, &[], version, &mut found);
    Ok(found)
}

fn collect(items: Vec<Item>, conditions: &[String], version: Version, found: &mut Vec<Enum>) {
    for item in items {
        match item {
            Item::Enum(item) if derives(&item.attrs) => {
                let conditions = [conditions, &self::conditions(&item.attrs)].concat();
                let input = DeriveInput::from(item.clone());
                let model = featuregate_syntax::read(&input, version);
                let model = model.map_err(|mistakes| mistakes.diagnostics);
                found.push(Enum { item, conditions, model });
            }
            Item::Mod(module) => {
                let conditions = [conditions, &self::conditions(&module.attrs)].concat();
                // The gates of tests are not the program's.
                let tests = conditions.iter().any(|condition| condition == "test");
                if let (Some((_, items)), false) = (module.content, tests) {
                    collect(items, &conditions, version, found);
                }
            }
            _ => {}
        }
    }
}

/// Whether one of the attributes derives `FeatureGate`, under a condition or without.
fn derives(attributes: &[Attribute]) -> bool {
    fn derive(meta: &Meta) -> bool {
        let Meta::List(list) = meta else { return false };
        if list.path.is_ident("derive") {
            let paths = list.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
            let ours = |path: &syn::Path| {
                path.segments.last().is_some_and(|segment| segment.ident == "FeatureGate")
            };
            return paths.is_ok_and(|paths| paths.iter().any(ours));
        }
        list.path.is_ident("cfg_attr")
            && list
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .is_ok_and(|metas| metas.iter().skip(1).any(derive))
    }
    attributes.iter().any(|attribute| derive(&attribute.meta))
}

/// The conditions of `#[cfg(…)]`, as they are written.
pub(super) fn conditions(attributes: &[Attribute]) -> Vec<String> {
    let of = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let written = match &list.delimiter {
                MacroDelimiter::Paren(paren) => paren.span.join().source_text(),
                MacroDelimiter::Brace(_) | MacroDelimiter::Bracket(_) => None,
            };
            let written = written.unwrap_or_else(|| format!("({})", list.tokens));
            let written = written.strip_prefix('(').and_then(|it| it.strip_suffix(')'))?;
            Some(written.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => None,
    };
    attributes.iter().filter_map(of).collect()
}
