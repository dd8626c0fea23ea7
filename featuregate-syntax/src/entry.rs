//! An attribute's list, split into its entries: `key`, `key = value`, `key(list)`.

use proc_macro2::{Delimiter, Ident, Literal, Spacing, TokenStream, TokenTree};
use syn::{LitBool, LitStr};

use crate::diagnostic::{Range, Sink};

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) range: Range,
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

/// Splits a list at its commas. Empty entries are errors, a trailing comma is not.
pub(crate) fn split(tokens: TokenStream, errors: &mut Sink) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    let mut entry: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if entry.is_empty() {
                    errors
                        .add(Range::of(comma.span()), "nothing stands before this comma; drop it");
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

/// Splits a list into entries; what is none of the three forms is an error, and left out.
pub(crate) fn entries(tokens: TokenStream, errors: &mut Sink) -> Vec<Entry> {
    split(tokens, errors).into_iter().filter_map(|tokens| entry(tokens, errors)).collect()
}

pub(crate) fn entry(tokens: TokenStream, errors: &mut Sink) -> Option<Entry> {
    let range = Range::of_tokens(&tokens)?;
    let mut rest = tokens.into_iter();
    let key = match rest.next()? {
        TokenTree::Ident(key) => key,
        other => {
            let quoted =
                if matches!(other, TokenTree::Literal(_)) { " without quotes" } else { "" };
            errors.add(
                range,
                format!("expected `key`, `key = value` or `key(…)`; begin with a key{quoted}"),
            );
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
            let at = Range { start: other.span(), end: range.end };
            errors.add(at, format!("expected `,`, `=` or `(…)` after `{key}`"));
            return None;
        }
    };
    if let Some(stray) = rest.next() {
        let at = Range { start: stray.span(), end: range.end };
        errors.add(at, format!("expected a comma after the entry of `{key}`"));
        return None;
    }
    Some(Entry { key, form, range })
}

impl Entry {
    /// The text of `key = "text"`.
    pub(crate) fn string(&self, example: &str, errors: &mut Sink) -> Option<Spanned<String>> {
        let Form::Value(value) = &self.form else {
            errors.add(
                self.range,
                format!("`{}` needs a text; write {} = \"{example}\"", self.key, self.key),
            );
            return None;
        };
        let Some(range) = Range::of_tokens(value) else {
            errors.add(
                self.range,
                format!(
                    "nothing stands after `{} =`; write {} = \"{example}\"",
                    self.key, self.key
                ),
            );
            return None;
        };
        if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
            return Some(Spanned { value: text.value(), range });
        }
        errors.add(
            range,
            format!(
                "`{}` is a text in quotes; write {} = \"{}\"",
                self.key,
                self.key,
                as_text(value, example)
            ),
        );
        None
    }

    /// The text of `key = "text"`, which says something.
    pub(crate) fn filled_string(
        &self,
        example: &str,
        errors: &mut Sink,
    ) -> Option<Spanned<String>> {
        let text = self.string(example, errors)?;
        if text.value.trim().is_empty() {
            errors.add(text.range, format!("`{}` is empty; say it, or drop it", self.key));
            return None;
        }
        Some(text)
    }

    /// The value of `key = true`.
    pub(crate) fn boolean(&self, errors: &mut Sink) -> Option<Spanned<bool>> {
        let of = |value: &TokenStream| syn::parse2::<LitBool>(value.clone()).ok();
        if let Form::Value(value) = &self.form {
            if let (Some(range), Some(value)) = (Range::of_tokens(value), of(value)) {
                return Some(Spanned { value: value.value, range });
            }
        }
        errors.add(
            self.range,
            format!(
                "`{}` is a boolean; write {} = true or {} = false",
                self.key, self.key, self.key
            ),
        );
        None
    }

    /// Whether it is `key` alone.
    pub(crate) fn bare(&self, errors: &mut Sink) -> bool {
        let bare = matches!(self.form, Form::Bare);
        if !bare {
            errors.add(self.range, format!("`{}` takes no value; write it alone", self.key));
        }
        bare
    }
}

/// What a value without quotes was probably meant to be, or an example.
fn as_text(value: &TokenStream, example: &str) -> String {
    match syn::parse2::<Literal>(value.clone()) {
        Ok(number) if number.to_string().starts_with(|c: char| c.is_ascii_digit()) => {
            number.to_string()
        }
        _ => match syn::parse2::<Ident>(value.clone()) {
            Ok(word) => word.to_string(),
            Err(_) => example.into(),
        },
    }
}

/// A setting that may be given once.
#[derive(Debug)]
pub(crate) struct Once<T> {
    given: Option<(T, Range)>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { given: None }
    }
}

impl<T> Once<T> {
    /// Keeps the first value; a second one is an error that points at both.
    pub(crate) fn set(&mut self, key: &Ident, range: Range, value: Option<T>, errors: &mut Sink) {
        if let Some((_, first)) = &self.given {
            errors.add(first.to(range), format!("`{key}` is given twice; drop one of them"));
        } else if let Some(value) = value {
            self.given = Some((value, range));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.given.as_ref().map(|(value, _)| value)
    }

    pub(crate) fn take(self) -> Option<T> {
        self.given.map(|(value, _)| value)
    }
}
