//! The entries of `#[gate(…)]`, which a tombstone keeps.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Path, PathArguments, Variant};

use super::milestone::{MILESTONE_KEYS, RawMilestone, STAGES};
use super::{list, unknown_key, whole};
use crate::diagnostic::{Range, Sink};
use crate::entry::{self, Entry, Form, Once, Spanned, entries};
use crate::model::Other;

const GATE: &str = "`#[gate(…)]` needs a stage; write #[gate(alpha = \"1.36\")]";

const GATE_KEYS: [&str; 11] = [
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
];

const TOMBSTONE_KEYS: [&str; 13] = [
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

/// What an attribute says about a gate.
#[derive(Debug, Default)]
pub(crate) struct Declaration {
    pub(crate) milestones: Vec<RawMilestone>,
    /// A milestone has a mistake that was told already, so the history can't be judged.
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
    /// What the one `#[gate(…)]` of a variant says.
    pub(super) fn of_variant(variant: &Variant, errors: &mut Sink) -> Self {
        let mut attributes =
            variant.attrs.iter().filter(|attribute| attribute.path().is_ident("gate"));
        let first = attributes.next();
        let mut declaration = Self::default();
        for again in attributes {
            // A part of the history may stand there.
            declaration.unreadable = true;
            errors.add(
                whole(again),
                format!("`{}` has two #[gate(…)]; write one with all entries", variant.ident),
            );
        }
        match first.map(|attribute| list(attribute, GATE, errors)) {
            Some(Some(list)) => {
                let before = errors.count();
                let entries = entries(list, errors);
                declaration.unreadable |= errors.count() > before;
                for entry in &entries {
                    declaration.gate_entry(entry, errors);
                }
            }
            Some(None) => declaration.unreadable = true,
            None => {
                declaration.unreadable = true;
                errors.add(
                    &variant.ident,
                    format!(
                        "`{}` has no #[gate(…)]; say its stage, as in #[gate(alpha = \"1.36\")]",
                        variant.ident
                    ),
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
                    entry.range,
                    format!("`{key}` is for removed gates, which are no variants any more; move the attribute to the enum, as in #[tombstone(Name, …, removed = \"1.26\")]"),
                );
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, &GATE_KEYS, "`#[gate(…)]`", errors),
        }
    }

    /// It may have been meant as a stage, so that the history can't be judged.
    fn unknown_entry(&mut self, entry: &Entry, known: &[&str], place: &str, errors: &mut Sink) {
        self.unreadable = true;
        if MILESTONE_KEYS.iter().any(|key| entry.key == key) {
            let key = &entry.key;
            errors.add(
                entry.range,
                format!("`{key}` belongs to a stage; write it there, as in beta(since = \"1.36\", default = false)"),
            );
        } else {
            unknown_key(entry, known, place, errors);
        }
    }

    pub(super) fn tombstone_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" => {
                let text = entry.string("1.26", errors);
                self.unreadable |= text.is_none();
                self.removed.set(&entry.key, entry.range, text, errors);
            }
            "value" => {
                let value = entry.boolean(errors);
                self.unreadable |= value.is_none();
                self.value.set(&entry.key, entry.range, value, errors);
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, &TOMBSTONE_KEYS, "`#[tombstone(…)]`", errors),
        }
    }

    /// An entry that a gate has and keeps as a tombstone; `false` if it is none.
    fn shared_entry(&mut self, key: &str, entry: &Entry, errors: &mut Sink) -> bool {
        if let Some((_, stage)) = STAGES.into_iter().find(|(name, _)| *name == key) {
            let before = errors.count();
            self.milestones.push(RawMilestone::read(stage, entry, errors));
            self.unreadable |= errors.count() > before;
            return true;
        }
        let (ident, range) = (&entry.key, entry.range);
        match key {
            "requires" => self.requires(entry, errors),
            "owner" => {
                let text = entry.filled_string("sig-node", errors);
                self.owner.set(ident, range, text, errors);
            }
            "issue" => {
                let text = entry.filled_string("https://…", errors);
                self.issue.set(ident, range, text, errors);
            }
            "remove_in" => {
                let text = entry.string("1.39", errors);
                self.remove_in.set(ident, range, text, errors);
            }
            "alias" => self.aliases.extend(entry.string("FormerName", errors)),
            "name" => {
                let text = entry.string("the-name", errors);
                self.name.set(ident, range, text, errors);
            }
            "available" => {
                let condition = condition(entry, errors);
                self.available.set(ident, range, condition, errors);
            }
            _ => return false,
        }
        true
    }

    fn requires(&mut self, entry: &Entry, errors: &mut Sink) {
        let Form::List(list) = &entry.form else {
            errors.add(entry.range, "`requires` takes a list of variants; write requires(A, B)");
            return;
        };
        if list.is_empty() {
            errors.add(entry.range, "`requires` lists nothing; name a variant, or drop it");
        }
        for tokens in entry::split(list.clone(), errors) {
            let Some(range) = Range::of_tokens(&tokens) else {
                continue;
            };
            match required(&tokens) {
                Some(Required::Own(gate)) if self.requires.contains(&gate) => {
                    errors.add(range, format!("`{gate}` is required twice; drop one of them"));
                }
                Some(Required::Own(gate)) => self.requires.push(gate),
                Some(Required::Other(other)) => {
                    let same = |known: &Other| {
                        known.variant == other.variant
                            && known.path.to_string() == other.path.to_string()
                    };
                    if self.others.iter().any(same) {
                        let gate = &other.variant;
                        errors.add(range, format!("`{gate}` is required twice; drop one of them"));
                    } else {
                        self.others.push(other);
                    }
                }
                None => errors.add(
                    range,
                    "this is no gate; name a variant of this enum, as in requires(Other), or one of another enum by its path, as in requires(net::Feature::Other)",
                ),
            }
        }
    }
}

/// What a gate requires.
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

/// The tokens of a path that a macro by example may have handed on as one.
fn whole_path(tokens: &TokenStream) -> TokenStream {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            group.stream()
        }
        _ => tokens.clone(),
    }
}

/// `available = cfg!(…)` or another constant expression.
fn condition(entry: &Entry, errors: &mut Sink) -> Option<TokenStream> {
    match &entry.form {
        Form::Value(value) if !value.is_empty() => match entry::next_assignment(value) {
            Some(next) => {
                errors.add(next, entry::missing_comma(&entry.key));
                None
            }
            None => Some(value.clone()),
        },
        _ => {
            errors
                .add(entry.range, "`available` is a constant condition; write available = cfg!(…)");
            None
        }
    }
}
