//! The attributes and their entries: what there is to say, before any rule about what it means.
//!
//! | attribute | stands on | entries |
//! |---|---|---|
//! | `#[feature_gate(…)]` | the enum | `version`, `emulation`, `removed_gates`, `env`, `component`, `crate` |
//! | `#[gate(…)]` | a variant | milestones, `requires`, `owner`, `issue`, `remove_in`, `alias`, `name`, `available` |
//! | `#[tombstone(Name, …)]` | the enum | the same, `removed`, `value` |

pub(crate) mod declaration;
pub(crate) mod milestone;
pub(crate) mod settings;
pub(crate) mod tombstone;
pub(crate) mod variant;

use featuregate_core::__private::nearest;
use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Data, DeriveInput, Meta};

use crate::diagnostic::{Range, Sink};
use crate::entry::Entry;
use settings::Settings;
use tombstone::RawTombstone;
use variant::RawGate;

const SETTINGS: &str =
    "`#[feature_gate(…)]` needs a list; write #[feature_gate(version = \"1.36\")], or drop it";

/// The enum as written.
#[derive(Debug)]
pub(crate) struct RawEnum {
    pub(crate) ident: Ident,
    pub(crate) settings: Settings,
    pub(crate) gates: Vec<RawGate>,
    pub(crate) tombstones: Vec<RawTombstone>,
    pub(crate) explicit_discriminants: bool,
}

/// Reads an enum and all its attributes; nothing where it is no enum that could have gates.
pub(crate) fn read(input: &DeriveInput, errors: &mut Sink) -> Option<RawEnum> {
    let Data::Enum(data) = &input.data else {
        errors.add(
            &input.ident,
            format!(
                "`{}` is no enum; derive FeatureGate for an enum, whose variants are its gates",
                input.ident
            ),
        );
        return None;
    };
    if let (Some(open), Some(close)) = (&input.generics.lt_token, &input.generics.gt_token) {
        let range = Range { start: open.span, end: close.span };
        errors.add(
            range,
            "an enum of gates can't be generic, since a gate has one value in the whole program; drop the parameters",
        );
    }
    let mut settings = Settings::default();
    let mut tombstones = Vec::new();
    for attribute in &input.attrs {
        if attribute.path().is_ident("feature_gate") {
            if let Some(list) = list(attribute, SETTINGS, errors) {
                settings.read(list, errors);
            }
        } else if attribute.path().is_ident("tombstone") {
            tombstones.extend(RawTombstone::read(attribute, errors));
        } else if attribute.path().is_ident("gate") {
            errors.add(
                whole(attribute),
                "`#[gate(…)]` belongs on a variant; write settings of the enum as #[feature_gate(…)]",
            );
        }
    }
    let gates = data.variants.iter().map(|variant| RawGate::read(variant, errors)).collect();
    Some(RawEnum {
        ident: input.ident.clone(),
        settings,
        gates,
        tombstones,
        explicit_discriminants: data.variants.iter().any(|variant| variant.discriminant.is_some()),
    })
}

/// The tokens between the parentheses of `#[attribute(…)]`.
fn list(attribute: &Attribute, expected: &str, errors: &mut Sink) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => Some(list.tokens.clone()),
        _ => {
            errors.add(whole(attribute), expected);
            None
        }
    }
}

/// `#[…]` from the hash sign to the bracket.
fn whole(attribute: &Attribute) -> Range {
    Range { start: attribute.pound_token.span, end: attribute.bracket_token.span.close() }
}

/// An entry with a key that does not exist.
fn unknown_key(entry: &Entry, known: &[&str], place: &str, errors: &mut Sink) {
    let key = entry.key.to_string();
    let hint = match nearest(&key, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("it takes {}", known.join(", ")),
    };
    errors.add(&entry.key, format!("{place} has no `{key}`; {hint}"));
}
