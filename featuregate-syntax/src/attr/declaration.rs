//! The entries of `#[gate(…)]`, which a tombstone keeps.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Path, PathArguments, Variant};

use super::milestone::{MILESTONE_KEYS, RawMilestone, STAGES};
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{self, Entry, Form, Grammar, Once, Spanned, entries, list, whole};
use crate::model::Other;

const NO_STAGE: (&str, &str) = ("`#[gate]` has no stage", "write #[gate(alpha = \"1.36\")]");

/// The keys of a tombstone. Those of a gate are the first ones.
const KEYS: [&str; 13] = [
    "alpha",
    "beta",
    "ga",
    "deprecated",
    "requires",
    "owner",
    "issue",
    "remove_in",
    "alias",
    "name",
    "available",
    "removed",
    "value",
];

const GATE: Grammar<'_> =
    Grammar { list: "#[gate(…)]", keys: KEYS.split_at(11).0, version: "alpha" };

pub(super) const TOMBSTONE: Grammar<'_> =
    Grammar { list: "#[tombstone(…)]", keys: &KEYS, version: "removed" };

/// A gate as its attribute declares it.
#[derive(Debug, Default)]
pub(crate) struct Declaration {
    pub(crate) milestones: Vec<RawMilestone>,
    /// Whether a part of the history has an error that is reported already, so that no rule is applied.
    pub(crate) unreadable: bool,
    pub(crate) requires: Vec<Ident>,
    pub(crate) others: Vec<Other>,
    pub(crate) owner: Once<Spanned<String>>,
    pub(crate) issue: Once<Spanned<String>>,
    pub(crate) remove_in: Once<Spanned<String>>,
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) name: Once<Spanned<String>>,
    pub(crate) available: Once<TokenStream>,
    pub(crate) removed: Once<Spanned<String>>,
    pub(crate) value: Once<Spanned<bool>>,
}

impl Declaration {
    /// Reads the `#[gate(…)]` of a variant.
    pub(super) fn of_variant(variant: &Variant, errors: &mut Sink) -> Self {
        let mut attributes =
            variant.attrs.iter().filter(|attribute| attribute.path().is_ident("gate"));
        let first = attributes.next();
        let mut declaration = Self::default();
        for again in attributes {
            // It may contain a part of the history.
            declaration.unreadable = true;
            errors.add(
                Code::Attribute,
                whole(again),
                format!("`{}` has more than one `#[gate(…)]`", variant.ident),
                "write one with all entries",
            );
        }
        match first.map(|attribute| list(attribute, NO_STAGE, errors)) {
            Some(Some(list)) => {
                let before = errors.count();
                let entries = entries(list, GATE, errors);
                declaration.unreadable |= errors.count() > before;
                for entry in &entries {
                    declaration.gate_entry(entry, errors);
                }
            }
            Some(None) => declaration.unreadable = true,
            None => {
                declaration.unreadable = true;
                errors.add(
                    Code::Attribute,
                    &variant.ident,
                    format!("`{}` has no `#[gate(…)]`", variant.ident),
                    "add its stage, as in #[gate(alpha = \"1.36\")]",
                );
            }
        }
        declaration
    }

    fn gate_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" | "value" => {
                self.unreadable = true;
                errors.add(
                    Code::Attribute,
                    entry.range,
                    format!("`{key}` can only be used in `#[tombstone(…)]`"),
                    "replace the variant with a tombstone on the enum, as in #[tombstone(Name, …, removed = \"1.26\")]",
                );
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, GATE, errors),
        }
    }

    /// Reports an entry that may have been meant as a stage, so that no rule is applied to the history.
    fn unknown_entry(&mut self, entry: &Entry, grammar: Grammar<'_>, errors: &mut Sink) {
        self.unreadable = true;
        if MILESTONE_KEYS.iter().any(|key| entry.key == key) {
            errors.add(
                Code::Attribute,
                entry.range,
                format!("`{}` can only be used in a stage", entry.key),
                "write it there, as in beta(since = \"1.36\", default = false)",
            );
        } else {
            grammar.unknown(entry, errors);
        }
    }

    pub(super) fn tombstone_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" => {
                let text = entry.string("1.26", errors);
                self.unreadable |= text.is_none();
                self.removed.set(entry, text, errors);
            }
            "value" => {
                let value = entry.boolean(errors);
                self.unreadable |= value.is_none();
                self.value.set(entry, value, errors);
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, TOMBSTONE, errors),
        }
    }

    /// Reads an entry that gates and tombstones have; `false` if it is not one of these.
    fn shared_entry(&mut self, key: &str, entry: &Entry, errors: &mut Sink) -> bool {
        if let Some((_, stage)) = STAGES.into_iter().find(|(name, _)| *name == key) {
            let before = errors.count();
            self.milestones.push(RawMilestone::read(stage, entry, errors));
            self.unreadable |= errors.count() > before;
            return true;
        }
        match key {
            "requires" => self.requires(entry, errors),
            "owner" => {
                let text = entry.filled_string("sig-node", errors);
                self.owner.set(entry, text, errors);
            }
            "issue" => {
                let text = entry.filled_string("https://…", errors);
                self.issue.set(entry, text, errors);
            }
            "remove_in" => {
                let text = entry.string("1.39", errors);
                self.remove_in.set(entry, text, errors);
            }
            "alias" => self.aliases.extend(entry.string("FormerName", errors)),
            "name" => {
                let text = entry.string("the-name", errors);
                self.name.set(entry, text, errors);
            }
            "available" => {
                let condition = condition(entry, errors);
                self.available.set(entry, condition, errors);
            }
            _ => return false,
        }
        true
    }

    fn requires(&mut self, entry: &Entry, errors: &mut Sink) {
        let Form::List(list) = &entry.form else {
            errors.add(
                Code::Attribute,
                entry.range,
                "expected a list of variants for `requires`",
                "write requires(A, B)",
            );
            return;
        };
        if list.is_empty() {
            errors.add(
                Code::Attribute,
                entry.range,
                "`requires` is empty",
                "name a variant, or remove the entry",
            );
        }
        for tokens in entry::split(list.clone(), errors) {
            let Some(range) = Range::of_tokens(&tokens) else {
                continue;
            };
            let Some(required) = required(&tokens) else {
                errors.add(
                    Code::Attribute,
                    range,
                    "expected a variant",
                    "name one of this enum, as in requires(Other), or one of another enum by its path, as in requires(net::Feature::Other)",
                );
                continue;
            };
            if let Err(gate) = self.add_required(required) {
                let message = format!("`{gate}` is required twice");
                errors.add(Code::Dependency, range, message, "remove one of them");
            }
        }
    }

    /// Adds a required gate; the variant is returned if it is one already.
    fn add_required(&mut self, required: Required) -> Result<(), Ident> {
        match required {
            Required::Own(gate) if self.requires.contains(&gate) => Err(gate),
            Required::Other(other) if self.others.iter().any(|known| same(known, &other)) => {
                Err(other.variant)
            }
            Required::Own(gate) => {
                self.requires.push(gate);
                Ok(())
            }
            Required::Other(other) => {
                self.others.push(other);
                Ok(())
            }
        }
    }
}

fn same(one: &Other, other: &Other) -> bool {
    one.variant == other.variant && one.path.to_string() == other.path.to_string()
}

/// A required gate.
enum Required {
    /// A variant of its own enum.
    Own(Ident),
    /// A variant of another enum.
    Other(Other),
}

/// Reads `Variant`, `Self::Variant`, or `path::Enum::Variant`.
fn required(tokens: &TokenStream) -> Option<Required> {
    let tokens = &whole_path(tokens);
    if let Ok(gate) = syn::parse2::<Ident>(tokens.clone()) {
        return Some(Required::Own(gate));
    }
    let path = syn::parse2::<Path>(tokens.clone()).ok()?;
    let plain =
        path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None));
    let variant = path.segments.last().filter(|_| plain)?.ident.clone();
    if path.segments.len() < 2 {
        return None;
    }
    if path.segments.len() == 2 && path.segments.first()?.ident == "Self" {
        return Some(Required::Own(variant));
    }
    // The path without `::Variant` is the enum.
    let count = tokens.clone().into_iter().count();
    let range = Range::of_tokens(tokens)?;
    let path = tokens.clone().into_iter().take(count.checked_sub(3)?).collect();
    Some(Required::Other(Other { path, variant, range }))
}

/// The tokens of a path, which a `macro_rules!` macro may have passed as one token.
fn whole_path(tokens: &TokenStream) -> TokenStream {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            group.stream()
        }
        _ => tokens.clone(),
    }
}

/// The condition of `available = cfg!(…)`, which may be any constant expression.
fn condition(entry: &Entry, errors: &mut Sink) -> Option<TokenStream> {
    match &entry.form {
        Form::Value(value) if !value.is_empty() => match entry::next_assignment(value) {
            Some(next) => {
                entry::missing_comma(&entry.key, next, errors);
                None
            }
            None => Some(value.clone()),
        },
        _ => {
            errors.add(
                Code::Attribute,
                entry.range,
                "expected a constant condition for `available`",
                "write available = cfg!(…)",
            );
            None
        }
    }
}
