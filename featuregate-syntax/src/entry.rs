//! An attribute's list, split into its entries: `key`, `key = value`, `key(list)`.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::{LitBool, LitFloat, LitStr};

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
            errors.add(range, no_key(&other));
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
            errors.add(
                at,
                format!("this can't follow `{key}`; write `{key}`, `{key} = …` or `{key}(…)`, and a comma before the next entry"),
            );
            return None;
        }
    };
    if let Some(stray) = rest.next() {
        let at = Range { start: stray.span(), end: range.end };
        errors.add(at, missing_comma(&key));
        return None;
    }
    Some(Entry { key, form, range })
}

/// What to write instead of an entry that does not begin with a word.
fn no_key(first: &TokenTree) -> String {
    let quoted = syn::parse2::<LitStr>(TokenStream::from(first.clone())).ok();
    let word = quoted.and_then(|text| syn::parse_str::<Ident>(&text.value()).ok());
    match word {
        Some(word) => {
            format!("an entry begins with a word, not with a text; write {word} without quotes")
        }
        None => "an entry begins with a word; write it as `word`, `word = …` or `word(…)`".into(),
    }
}

pub(crate) fn missing_comma(key: &Ident) -> String {
    format!("the entry of `{key}` ends before this; put a comma between them")
}

/// What follows a value where a comma was forgotten: a word, with which the next entry begins.
fn next_entry(value: &TokenStream) -> Option<Range> {
    let mut tokens = value.clone().into_iter();
    let single = matches!(tokens.next()?, TokenTree::Literal(_) | TokenTree::Ident(_));
    let TokenTree::Ident(next) = tokens.next().filter(|_| single)? else {
        return None;
    };
    Some(Range::from(&next))
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
        if let Some(next) = next_entry(value) {
            errors.add(next, missing_comma(&self.key));
            return None;
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
            errors.add(text.range, format!("`{}` is empty; fill it in, or drop it", self.key));
            return None;
        }
        Some(text)
    }

    /// The value of `key = true`.
    pub(crate) fn boolean(&self, errors: &mut Sink) -> Option<Spanned<bool>> {
        let mut wrong = self.range;
        if let Form::Value(value) = &self.form {
            let range = Range::of_tokens(value).unwrap_or(self.range);
            if let Ok(value) = syn::parse2::<LitBool>(value.clone()) {
                return Some(Spanned { value: value.value, range });
            }
            if let Some(next) = next_entry(value) {
                errors.add(next, missing_comma(&self.key));
                return None;
            }
            wrong = range;
        }
        errors.add(
            wrong,
            format!(
                "`{}` is true or false; write {} = true or {} = false",
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
        // As written, since 1.30 is no 1.3.
        Ok(number) if number.suffix().is_empty() => number.to_string(),
        _ => match syn::parse2::<Ident>(value.clone()) {
            Ok(word) => word.to_string(),
            Err(_) => example.into(),
        },
    }
}

/// A setting that may be given once.
#[derive(Debug)]
pub(crate) struct Once<T> {
    /// Whether it stands there. One that could not be read has no value, and was told already.
    given: bool,
    value: Option<T>,
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { given: false, value: None }
    }
}

impl<T> Once<T> {
    /// Keeps the first value; a second one is an error.
    pub(crate) fn set(&mut self, key: &Ident, range: Range, value: Option<T>, errors: &mut Sink) {
        if self.given {
            errors.add(range, format!("`{key}` is given twice; drop one of them"));
        } else {
            self.given = true;
            self.value = value;
        }
    }

    /// Whether it stands there, readable or not.
    pub(crate) fn is_given(&self) -> bool {
        self.given
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(crate) fn take(self) -> Option<T> {
        self.value
    }
}
