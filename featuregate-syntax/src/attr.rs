//! The attributes and their entries, before any rule about what they mean.
//!
//! | attribute | on | entries |
//! |---|---|---|
//! | `#[feature_gate(…)]` | the enum | `version`, `versions`, `emulation`, `runtime`, `removed_gates`, `env`, `env_prefix`, `component`, `rename_all`, `groups`, `group`, `master`, `channel`, `help`, `crate` |
//! | `#[gate(…)]` | a variant | milestones, `requires`, `implies`, `owner`, `issue`, `meta`, `tags`, `except_from_groups`, `remove_in`, `alias`, `name`, `available`, `runtime` |
//! | `#[tombstone(Name, …)]` | the enum | those of `#[gate(…)]`, `removed`, `value` |
//! | `#[tombstones(…; A, B)]` | the enum | the same, without `name` and `alias`, for several removed gates |

pub(crate) mod declaration;
pub(crate) mod groups;
pub(crate) mod milestone;
pub(crate) mod settings;
pub(crate) mod tombstone;
pub(crate) mod variant;

use proc_macro2::Ident;
use syn::{Data, DeriveInput};

use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{list, whole};
use settings::Settings;
use tombstone::RawTombstone;
use variant::RawGate;

const NO_SETTINGS: (&str, &str) = (
    "`#[feature_gate]` has no settings",
    "write #[feature_gate(version = \"1.36\")], or remove the attribute",
);

/// The enum as it is written.
#[derive(Debug)]
pub(crate) struct RawEnum {
    pub(crate) ident: Ident,
    pub(crate) settings: Settings,
    pub(crate) gates: Vec<RawGate>,
    pub(crate) tombstones: Vec<RawTombstone>,
    pub(crate) explicit_discriminants: bool,
}

/// Reads an enum and all its attributes; `None` if it is not an enum.
pub(crate) fn read(input: &DeriveInput, errors: &mut Sink) -> Option<RawEnum> {
    let Data::Enum(data) = &input.data else {
        errors.add(
            Code::Enum,
            &input.ident,
            "`FeatureGate` can only be derived for enums",
            "declare an enum whose variants are the gates",
        );
        return None;
    };
    if let (Some(open), Some(close)) = (&input.generics.lt_token, &input.generics.gt_token) {
        errors.add(
            Code::Enum,
            Range::new(open.span, close.span),
            "`FeatureGate` cannot be derived for generic enums",
            "remove the parameters, since a gate has one value in the whole program",
        );
    }
    let mut settings = Settings::default();
    let mut tombstones = Vec::new();
    // Of the attributes that declare removed gates.
    let mut position = 0;
    for attribute in &input.attrs {
        if attribute.path().is_ident("feature_gate") {
            if let Some(list) = list(attribute, NO_SETTINGS, errors) {
                settings.read(list, errors);
            }
        } else if attribute.path().is_ident("tombstone") {
            tombstones.extend(RawTombstone::read(attribute, position, errors));
            position += 1;
        } else if attribute.path().is_ident("tombstones") {
            tombstones.extend(RawTombstone::read_several(attribute, position, errors));
            position += 1;
        } else if attribute.path().is_ident("gate") {
            errors.add(
                Code::Attribute,
                whole(attribute),
                "`#[gate(…)]` can only be used on variants",
                "write settings of the enum as #[feature_gate(…)]",
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
