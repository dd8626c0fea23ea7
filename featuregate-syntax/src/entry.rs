//! An attribute's list, split into its entries: `key`, `key = value`, `key(list)`.

use featuregate_core::__private::nearest;
use featuregate_core::Version;
use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::{Attribute, LitBool, LitFloat, LitStr, Meta};

use crate::diagnostic::{Code, Range, Sink};

/// A value and its location.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) range: Range,
}

/// The first character that would end a name in a text.
pub(crate) fn separator(name: &str) -> Option<char> {
    name.chars().find(|c| ",=:".contains(*c) || c.is_whitespace() || c.is_control())
}

/// One entry of a list.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: Ident,
    pub(crate) form: Form,
    /// From the key to the end of the entry.
    pub(crate) range: Range,
}

#[derive(Debug)]
pub(crate) enum Form {
    /// `key`
    Bare,
    /// `key = value`; the value may be empty.
    Value(TokenStream),
    /// `key(list)`
    List(TokenStream),
}

/// Which entries a list can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar<'a> {
    /// How messages call the list: `#[gate(…)]`.
    pub(crate) list: &'a str,
    pub(crate) keys: &'a [&'a str],
    /// The key that a version without a key was probably meant for.
    pub(crate) version: &'a str,
}

/// Words of other systems for a stage: the word, the key that corresponds to it, and what it is for.
const STAGES_OF_OTHERS: [(&str, &str, &str); 6] = [
    ("stable", "ga", "for a stable gate"),
    ("stabilized", "ga", "for a stable gate"),
    ("released", "ga", "for a stable gate"),
    ("experimental", "alpha", "for an experimental gate"),
    ("unstable", "alpha", "for an unstable gate"),
    ("preview", "beta", "for a preview that is on by default, or alpha for one that is off"),
];

/// Other words that other systems use: the word, the key that corresponds to it, and what to write instead.
const WORDS_OF_OTHERS: [(&str, &str, &str); 7] = [
    ("lock", "locked", "did you mean `locked`?"),
    ("on", "default", "write default = true"),
    ("off", "default", "write default = false"),
    ("enabled", "default", "write default = true or default = false"),
    ("menu", "meta", "write it as meta(menu = \"…\")"),
    ("doc", "owner", "write it as a doc comment"),
    ("description", "owner", "write it as a doc comment"),
];

impl Grammar<'_> {
    /// Reports an entry with a key that does not exist.
    pub(crate) fn unknown(&self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        let of_ours = |words: &'static [(&str, &str, &str)]| {
            words.iter().find(|(word, ours, _)| *word == key && self.keys.contains(ours))
        };
        let stage = of_ours(&STAGES_OF_OTHERS);
        let word = of_ours(&WORDS_OF_OTHERS);
        let help = match (stage, word, nearest(&key, self.keys.iter().copied())) {
            (Some((_, stage, purpose)), ..) => {
                let written = match &entry.form {
                    Form::Value(value) if !value.is_empty() => format!("{stage} = {value}"),
                    Form::List(list) if !list.is_empty() => format!("{stage}({list})"),
                    _ => format!("{stage} = \"1.36\""),
                };
                format!("write {} {purpose}", written.replace(" ,", ","))
            }
            (_, Some((_, _, help)), _) => (*help).to_owned(),
            (.., Some(nearest)) => format!("did you mean `{nearest}`?"),
            (.., None) => format!("the entries are {}", self.keys.join(", ")),
        };
        let message = format!("unknown entry `{key}` in `{}`", self.list);
        errors.add(Code::Attribute, &entry.key, message, help);
    }

    /// Reports an entry that does not begin with a key.
    fn no_key(&self, first: TokenTree, range: Range, errors: &mut Sink) {
        let text = syn::parse2::<LitStr>(first.into()).map(|text| text.value()).ok();
        let text = text.as_deref().unwrap_or_default();
        let (message, help) = if text.parse::<Version>().is_ok() {
            let entry = format!("{} = \"{text}\"", self.version);
            let help = match self.list.strip_suffix("(…)") {
                // The version of a stage may be the only thing that is said of it.
                Some(stage) if self.keys.contains(&"since") => {
                    format!("write {stage} = \"{text}\", or {stage}({entry}, …) with other entries")
                }
                _ => format!("write {entry}"),
            };
            ("expected an entry, found a version", help)
        } else if let Ok(word) = syn::parse_str::<Ident>(text) {
            ("expected an entry, found a string", format!("write {word} without quotes"))
        } else {
            ("expected an entry", "write it as `key`, `key = …` or `key(…)`".into())
        };
        errors.add(Code::Attribute, range, message, help);
    }
}

/// The tokens between the parentheses of `#[attribute(…)]`; an attribute without any is an error.
pub(crate) fn list(
    attribute: &Attribute,
    (message, help): (&str, &str),
    errors: &mut Sink,
) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => Some(list.tokens.clone()),
        _ => {
            errors.add(Code::Attribute, whole(attribute), message, help);
            None
        }
    }
}

/// `#[…]` from the hash sign to the bracket.
pub(crate) fn whole(attribute: &Attribute) -> Range {
    Range::new(attribute.pound_token.span, attribute.bracket_token.span.close())
}

/// Splits a list at its commas. Empty entries are errors; a trailing comma is allowed.
pub(crate) fn split(tokens: TokenStream, errors: &mut Sink) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    let mut entry: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if entry.is_empty() {
                    errors.add(
                        Code::Attribute,
                        Range::of(comma.span()),
                        "expected an entry before this comma",
                        "remove the comma",
                    );
                }
                entries.push(entry.drain(..).collect::<TokenStream>());
            }
            _ => entry.push(token),
        }
    }
    entries.push(entry.into_iter().collect());
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// Splits a list into entries. What has none of the three forms is an error, and left out.
pub(crate) fn entries(tokens: TokenStream, grammar: Grammar<'_>, errors: &mut Sink) -> Vec<Entry> {
    split(tokens, errors).into_iter().filter_map(|tokens| entry(tokens, grammar, errors)).collect()
}

pub(crate) fn entry(tokens: TokenStream, grammar: Grammar<'_>, errors: &mut Sink) -> Option<Entry> {
    let range = Range::of_tokens(&tokens)?;
    let mut rest = tokens.into_iter();
    let key = match rest.next()? {
        TokenTree::Ident(key) => key,
        other => {
            grammar.no_key(other, range, errors);
            return None;
        }
    };
    let form = match rest.next() {
        None => Form::Bare,
        Some(TokenTree::Punct(equals))
            if equals.as_char() == '=' && equals.spacing() == Spacing::Alone =>
        {
            return Some(Entry { key, form: Form::Value(rest.collect()), range });
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            Form::List(group.stream())
        }
        Some(other) => {
            errors.add(
                Code::Attribute,
                Range::new(other.span(), range.end),
                format!("expected `=`, `(` or a comma after `{key}`"),
                format!(
                    "write `{key}`, `{key} = …` or `{key}(…)`, and a comma before the next entry"
                ),
            );
            return None;
        }
    };
    if let Some(stray) = rest.next() {
        missing_comma(&key, Range::new(stray.span(), range.end), errors);
        return None;
    }
    Some(Entry { key, form, range })
}

/// Reports a comma that is missing before some tokens.
pub(crate) fn missing_comma(key: &Ident, before: impl Into<Range>, errors: &mut Sink) {
    let message = format!("expected a comma after the entry `{key}`");
    errors.add(Code::Attribute, before, message, "add a comma before this");
}

/// What follows a value where a comma is missing: a word, with which the next entry begins.
fn next_entry(value: &TokenStream) -> Option<Range> {
    let mut tokens = value.clone().into_iter();
    let single = matches!(tokens.next()?, TokenTree::Literal(_) | TokenTree::Ident(_));
    let TokenTree::Ident(next) = tokens.next().filter(|_| single)? else {
        return None;
    };
    Some(Range::from(&next))
}

/// The text of a string literal.
fn text_of(tokens: &TokenStream) -> Option<String> {
    let mut rest = tokens.clone().into_iter();
    if let (Some(TokenTree::Literal(literal)), None) = (rest.next(), rest.next()) {
        let written = literal.to_string();
        let text = written.strip_prefix('"').and_then(|written| written.strip_suffix('"'));
        // Parsing takes longer than all else that is done for an entry.
        if let Some(text) = text.filter(|text| !text.contains(['\\', '\r'])) {
            return Some(text.into());
        }
    }
    syn::parse2::<LitStr>(tokens.clone()).map(|text| text.value()).ok()
}

impl Entry {
    /// The text of `key = "text"`.
    pub(crate) fn string(&self, example: &str, errors: &mut Sink) -> Option<Spanned<String>> {
        let key = &self.key;
        let (message, range, text) = match &self.form {
            Form::Value(value) => match Range::of_tokens(value) {
                None => (format!("expected a string after `{key} =`"), self.range, example.into()),
                Some(range) => {
                    if let Some(value) = text_of(value) {
                        return Some(Spanned { value, range });
                    }
                    if let Some(next) = next_entry(value) {
                        missing_comma(key, next, errors);
                        return None;
                    }
                    let message = format!("the value of `{key}` is not a string");
                    (message, range, as_text(value, example))
                }
            },
            Form::Bare | Form::List(_) => {
                (format!("expected a string for `{key}`"), self.range, example.into())
            }
        };
        errors.add(Code::Attribute, range, message, format!("write {key} = \"{text}\""));
        None
    }

    /// The text of `key = "text"`, which must not be empty.
    pub(crate) fn filled_string(
        &self,
        example: &str,
        errors: &mut Sink,
    ) -> Option<Spanned<String>> {
        let text = self.string(example, errors)?;
        if text.value.trim().is_empty() {
            let key = &self.key;
            errors.add(
                Code::Attribute,
                text.range,
                format!("`{key}` is empty"),
                format!("write {key} = \"{example}\", or remove the entry"),
            );
            return None;
        }
        Some(text)
    }

    /// The value of `key = true`.
    pub(crate) fn boolean(&self, errors: &mut Sink) -> Option<Spanned<bool>> {
        let key = &self.key;
        let mut wrong = self.range;
        let mut help = format!("write {key} = true or {key} = false");
        if let Form::Value(value) = &self.form {
            let range = Range::of_tokens(value).unwrap_or(self.range);
            if let Ok(value) = syn::parse2::<LitBool>(value.clone()) {
                return Some(Spanned { value: value.value, range });
            }
            if let Some(next) = next_entry(value) {
                missing_comma(key, next, errors);
                return None;
            }
            if begins_with_cfg(value) {
                help += ", or available = cfg!(…) for a gate that only some builds have";
            }
            wrong = range;
        }
        errors.add(Code::Attribute, wrong, format!("expected `true` or `false` for `{key}`"), help);
        None
    }

    /// The value of `key = true`, or of `key = cfg!(…)`.
    pub(crate) fn boolean_or_condition(&self, errors: &mut Sink) -> Option<Spanned<Conditional>> {
        if let Form::Value(value) = &self.form
            && mentions_cfg(value)
            && let Some(range) = Range::of_tokens(value)
        {
            if let Some(next) = next_assignment(value) {
                missing_comma(&self.key, next, errors);
                return None;
            }
            return Some(Spanned { value: Conditional::If(value.clone()), range });
        }
        let Spanned { value, range } = self.boolean(errors)?;
        Some(Spanned { value: Conditional::Always(value), range })
    }

    /// Whether it is `key` without a value.
    pub(crate) fn bare(&self, errors: &mut Sink) -> bool {
        let bare = matches!(self.form, Form::Bare);
        if !bare {
            let key = &self.key;
            errors.add(
                Code::Attribute,
                self.range,
                format!("`{key}` does not take a value"),
                format!("write `{key}` by itself"),
            );
        }
        bare
    }
}

/// A boolean, or the constant condition that it depends on.
#[derive(Clone, Debug)]
pub(crate) enum Conditional {
    Always(bool),
    If(TokenStream),
}

/// Whether a value is a condition, and not a boolean that is written in a wrong way.
fn mentions_cfg(value: &TokenStream) -> bool {
    value.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "cfg"))
}

fn begins_with_cfg(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "cfg")
}

/// Where an expression runs into `key = …` of the next entry.
pub(crate) fn next_assignment(value: &TokenStream) -> Option<Range> {
    let equals = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '=' && punct.spacing() == Spacing::Alone);
    let words = value.clone().into_iter().skip(1);
    words.zip(value.clone().into_iter().skip(2)).find_map(|(word, next)| match word {
        TokenTree::Ident(key) if equals(&next) => Some(Range::from(&key)),
        _ => None,
    })
}

/// What a value without quotes was probably meant to be, or an example.
fn as_text(value: &TokenStream, example: &str) -> String {
    match syn::parse2::<LitFloat>(value.clone()) {
        // As it is written, since 1.30 is not 1.3.
        Ok(number) if number.suffix().is_empty() => number.to_string(),
        _ => match syn::parse2::<Ident>(value.clone()) {
            Ok(word) => word.to_string(),
            Err(_) => example.into(),
        },
    }
}

/// An entry that may be given once.
#[derive(Debug, Default)]
pub(crate) enum Once<T> {
    #[default]
    Absent,
    /// It was given, but could not be read, which is reported already.
    Unreadable,
    Given(T),
}

impl<T> Once<T> {
    /// Keeps the first value; a second one is an error.
    pub(crate) fn set(&mut self, entry: &Entry, value: Option<T>, errors: &mut Sink) {
        match self {
            Self::Absent => *self = value.map_or(Self::Unreadable, Self::Given),
            Self::Unreadable | Self::Given(_) => {
                let message = format!("duplicate entry `{}`", entry.key);
                errors.add(Code::Attribute, entry.range, message, "remove one of them");
            }
        }
    }

    /// Whether it was given, readable or not.
    pub(crate) fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    pub(crate) fn get(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }

    pub(crate) fn take(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Unreadable => None,
        }
    }
}
