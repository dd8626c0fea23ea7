//! The entries of `#[gate(…)]`, which a tombstone keeps.

use featuregate_core::Relation;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{LitStr, Path, PathArguments, Variant};

use super::milestone::{MILESTONE_KEYS, RawMilestone, STAGES};
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{self, Entry, Form, Grammar, Once, Spanned, entries, list, separator, whole};
use crate::model::Other;

const NO_STAGE: (&str, &str) = ("`#[gate]` has no stage", "write #[gate(alpha = \"1.36\")]");

/// The keys of a tombstone. Those of a gate are the first ones.
const KEYS: [&str; 18] = [
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
    "implies",
    "meta",
    "tags",
    "except_from_groups",
    "runtime",
    "removed",
    "value",
];

const GATE: Grammar<'_> =
    Grammar { list: "#[gate(…)]", keys: KEYS.split_at(KEYS.len() - 2).0, version: "alpha" };

pub(super) const TOMBSTONE: Grammar<'_> =
    Grammar { list: "#[tombstone(…)]", keys: &KEYS, version: "removed" };

pub(super) const TOMBSTONES: Grammar<'_> =
    Grammar { list: "#[tombstones(…)]", keys: &KEYS, version: "removed" };

/// A gate as its attribute declares it.
#[derive(Debug, Default)]
pub(crate) struct Declaration {
    pub(crate) milestones: Vec<RawMilestone>,
    /// Whether a part of the history has an error that is reported already, so that no rule is applied.
    pub(crate) unreadable: bool,
    pub(crate) requires: Needs,
    pub(crate) implies: Needs,
    pub(crate) owner: Once<Spanned<String>>,
    pub(crate) issue: Once<Spanned<String>>,
    pub(crate) remove_in: Once<Spanned<String>>,
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) name: Once<Spanned<String>>,
    pub(crate) available: Once<TokenStream>,
    pub(crate) runtime: Once<()>,
    pub(crate) removed: Once<Spanned<String>>,
    pub(crate) value: Once<Spanned<bool>>,
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) tags: Vec<Spanned<String>>,
    pub(crate) except_from_groups: Once<()>,
}

/// The gates that one requires, or those that it implies.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    /// Variants of its own enum.
    pub(crate) own: Vec<Ident>,
    /// Variants of other enums.
    pub(crate) others: Vec<Other>,
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
        if let Some(key) = MILESTONE_KEYS.iter().find(|key| entry.key == *key) {
            errors.add(
                Code::Attribute,
                entry.range,
                format!("`{}` can only be used in a stage", entry.key),
                match key {
                    &"switchable" => {
                        "write it there, as in ga(since = \"1.36\", locked = false, switchable)"
                    }
                    _ => "write it there, as in beta(since = \"1.36\", default = false)",
                },
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
            "requires" => needs(&mut self.requires, Relation::Requires, entry, errors),
            "implies" => needs(&mut self.implies, Relation::Implies, entry, errors),
            "meta" => self.meta(entry, errors),
            "tags" => self.tags(entry, errors),
            "except_from_groups" => {
                self.except_from_groups.set(entry, entry.bare(errors).then_some(()), errors);
            }
            "owner" => self.owner.set(entry, entry.filled_string("sig-node", errors), errors),
            "issue" => self.issue.set(entry, entry.filled_string("https://…", errors), errors),
            "remove_in" => self.remove_in.set(entry, entry.string("1.39", errors), errors),
            "alias" => self.aliases.extend(entry.string("FormerName", errors)),
            "name" => self.name.set(entry, entry.string("the-name", errors), errors),
            "available" => self.available.set(entry, condition(entry, errors), errors),
            "runtime" => self.runtime.set(entry, entry.bare(errors).then_some(()), errors),
            _ => return false,
        }
        true
    }

    /// `meta(menu = "Edit", since = "0.98")`.
    fn meta(&mut self, entry: &Entry, errors: &mut Sink) {
        const META: Grammar<'_> = Grammar { list: "meta(…)", keys: &["menu"], version: "since" };
        let form = ("a list of notes", "meta(menu = \"Edit\")", "write a note as menu = \"Edit\"");
        let Some(list) = filled_list(entry, form, errors) else { return };
        for note in entry::entries(list, META, errors) {
            let key = note.key.unraw().to_string();
            let Some(text) = note.filled_string("…", errors) else { continue };
            if self.meta.iter().any(|(known, _)| *known == key) {
                let message = format!("`meta` has `{key}` twice");
                errors.add(Code::Attribute, note.range, message, "remove one of them");
                continue;
            }
            self.meta.push((key, text.value));
        }
    }

    /// `tags(net, "user-interface")`.
    fn tags(&mut self, entry: &Entry, errors: &mut Sink) {
        let form = ("a list of tags", "tags(net, tui)", "name a tag");
        let Some(list) = filled_list(entry, form, errors) else { return };
        for tokens in entry::split(list, errors) {
            let Some(range) = Range::of_tokens(&tokens) else { continue };
            let is_tag = |tag: &String| !tag.is_empty() && separator(tag).is_none();
            let Some(value) = word(&tokens).filter(is_tag) else {
                errors.add(
                    Code::Attribute,
                    range,
                    "expected a tag",
                    "write a word, or a text without commas and spaces in quotes, as in tags(net, \"user-interface\")",
                );
                continue;
            };
            if STAGES.iter().any(|(stage, _)| *stage == value) {
                let message = format!("`{value}` is a stage, and cannot be a tag");
                let help =
                    "remove the tag, since a group can name the stage, or choose another word";
                errors.add(Code::Name, range, message, help);
            } else if self.tags.iter().any(|known| known.value == value) {
                let message = format!("the tag `{value}` is given twice");
                errors.add(Code::Attribute, range, message, "remove one of them");
            } else {
                self.tags.push(Spanned { value, range });
            }
        }
    }

    /// Where the gate is said to stay a switch at GA.
    pub(crate) fn switchable(&self) -> Option<Range> {
        self.milestones.iter().find_map(|milestone| milestone.switchable.get().copied())
    }
}

/// The tokens of `key(…)`, which must not be empty. Messages name what is expected, how it is written, and what to
/// do where there is nothing.
pub(super) fn filled_list(
    entry: &Entry,
    (what, example, fill): (&str, &str, &str),
    errors: &mut Sink,
) -> Option<TokenStream> {
    let key = &entry.key;
    match &entry.form {
        Form::List(list) if !list.is_empty() => return Some(list.clone()),
        Form::List(_) => {
            let (message, help) =
                (format!("`{key}` is empty"), format!("{fill}, or remove the entry"));
            errors.add(Code::Attribute, entry.range, message, help);
        }
        Form::Bare | Form::Value(_) => {
            let (message, help) =
                (format!("expected {what} for `{key}`"), format!("write {example}"));
            errors.add(Code::Attribute, entry.range, message, help);
        }
    }
    None
}

/// A word, with or without quotes.
pub(super) fn word(tokens: &TokenStream) -> Option<String> {
    let text = syn::parse2::<LitStr>(tokens.clone()).map(|text| text.value());
    text.or_else(|_| syn::parse2::<Ident>(tokens.clone()).map(|word| word.unraw().to_string())).ok()
}

/// Reads the variants of `requires(…)` or `implies(…)`.
fn needs(needs: &mut Needs, relation: Relation, entry: &Entry, errors: &mut Sink) {
    let example = format!("{relation}(A, B)");
    let form = ("a list of variants", example.as_str(), "name a variant");
    let Some(list) = filled_list(entry, form, errors) else { return };
    for tokens in entry::split(list, errors) {
        let Some(range) = Range::of_tokens(&tokens) else { continue };
        let Some(needed) = needed(&tokens) else {
            let help = match relation {
                Relation::Requires => {
                    "name one of this enum, as in requires(Other), or one of another enum by its path, as in requires(net::Feature::Other)"
                }
                Relation::Implies => "name one of this enum, as in implies(Other)",
            };
            errors.add(Code::Attribute, range, "expected a variant", help);
            continue;
        };
        if let Err(gate) = needs.add(needed) {
            let done = match relation {
                Relation::Requires => "required",
                Relation::Implies => "implied",
            };
            let message = format!("`{gate}` is {done} twice");
            errors.add(Code::Dependency, range, message, "remove one of them");
        }
    }
}

impl Needs {
    /// Adds a gate; the variant is returned if it is one already.
    fn add(&mut self, needed: Needed) -> Result<(), Ident> {
        match needed {
            Needed::Own(gate) if self.own.contains(&gate) => Err(gate),
            Needed::Other(other) if self.others.iter().any(|known| same(known, &other)) => {
                Err(other.variant)
            }
            Needed::Own(gate) => {
                self.own.push(gate);
                Ok(())
            }
            Needed::Other(other) => {
                self.others.push(other);
                Ok(())
            }
        }
    }
}

fn same(one: &Other, other: &Other) -> bool {
    one.variant == other.variant && one.path.to_string() == other.path.to_string()
}

/// A gate that another one needs.
enum Needed {
    /// A variant of its own enum.
    Own(Ident),
    /// A variant of another enum.
    Other(Other),
}

/// Reads `Variant`, `Self::Variant`, or `path::Enum::Variant`.
fn needed(tokens: &TokenStream) -> Option<Needed> {
    let tokens = &whole_path(tokens);
    if let Ok(gate) = syn::parse2::<Ident>(tokens.clone()) {
        return Some(Needed::Own(gate));
    }
    let path = syn::parse2::<Path>(tokens.clone()).ok()?;
    let plain =
        path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None));
    let variant = path.segments.last().filter(|_| plain)?.ident.clone();
    if path.segments.len() < 2 {
        return None;
    }
    if path.segments.len() == 2 && path.segments.first()?.ident == "Self" {
        return Some(Needed::Own(variant));
    }
    // The path without `::Variant` is the enum.
    let count = tokens.clone().into_iter().count();
    let range = Range::of_tokens(tokens)?;
    let path = tokens.clone().into_iter().take(count.checked_sub(3)?).collect();
    Some(Needed::Other(Other { path, variant, range }))
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
