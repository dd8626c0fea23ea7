//! Reads what a file of Rust declares and names: its modules, items, imports and paths.
//!
//! It works on tokens, not on a syntax tree, so that it also sees the paths inside of macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What the text of one module declares and names, outside of `#[cfg(test)]`.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// `mod name;` has no contents of its own here; `mod name { … }` has.
    pub(crate) modules: Vec<(String, Option<Contents>)>,
    /// The names of items that are defined here.
    pub(crate) items: Vec<String>,
    /// The names of exported macros, which belong to the root of their crate.
    pub(crate) exported: Vec<String>,
    pub(crate) imports: Vec<Import>,
    /// Paths of two segments and more in code.
    pub(crate) paths: Vec<Vec<String>>,
}

/// One name of a `use`.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) kind: ImportKind,
}

#[derive(Debug, PartialEq)]
pub(crate) enum ImportKind {
    /// Under this name, which may be that of an item, a module, or both.
    Named(String),
    /// `{self}`: the module alone.
    Module(String),
    /// `*`
    Glob,
}

/// The first segment of a path to another crate, as in `::std::fmt`.
pub(crate) const OUTSIDE: &str = "::";

/// Reads the text of a module.
pub(crate) fn read(text: &str) -> Contents {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error} in:\n{text}"));
    let mut contents = Contents::default();
    contents.read_items(&trees(tokens));
    contents
}

fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

impl Contents {
    fn read_items(&mut self, mut tokens: &[TokenTree]) {
        while !tokens.is_empty() {
            let (attributes, rest) = split_attributes(tokens);
            let (item, rest) = split_item(rest);
            tokens = rest;
            if !attributes.iter().any(|attribute| is_for_tests(attribute)) {
                self.read_item(&attributes, item);
            }
        }
    }

    fn read_item(&mut self, attributes: &[Vec<TokenTree>], item: &[TokenTree]) {
        let item = without_visibility(item);
        let Some(keyword) = item.first().and_then(word) else { return };
        let second = item.get(1).and_then(word);
        match (keyword.as_str(), second) {
            ("mod", Some(name)) => self.modules.push((
                name,
                group(item.get(2), Delimiter::Brace).map(|tokens| {
                    let mut inline = Self::default();
                    inline.read_items(&tokens);
                    inline
                }),
            )),
            ("use", _) => self.read_use(&item[1..]),
            ("extern", Some(second)) if second == "crate" => {
                let name = item.get(2).and_then(word).unwrap_or_default();
                self.imports.push(Import {
                    path: vec![OUTSIDE.to_owned(), name.clone()],
                    kind: ImportKind::Named(name),
                });
            }
            ("macro_rules", _) => {
                let name = item.get(2).and_then(word).unwrap_or_default();
                let mut names = attributes.iter().filter_map(|tokens| word(tokens.first()?));
                if names.any(|name| name == "macro_export") {
                    // Another crate may expand it, so that all paths but those with `$crate` are that crate's.
                    let mut body = Self::default();
                    body.read_code(item);
                    self.paths.extend(body.paths.into_iter().filter(|path| path[0] == "crate"));
                    self.exported.push(name.clone());
                } else {
                    self.read_code(item);
                }
                self.items.push(name);
            }
            _ => {
                self.items.extend(defined_name(item));
                self.read_code(item);
            }
        }
    }

    /// Collects the paths of code, and the imports inside of functions as if they were the module's.
    fn read_code(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(inner) => self.read_code(&trees(inner.stream())),
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    let (attributes, rest) = split_attributes(&tokens[at..]);
                    if attributes.iter().any(|attribute| is_for_tests(attribute)) {
                        at = tokens.len() - split_item(rest).1.len();
                        continue;
                    }
                }
                TokenTree::Ident(name) if *name == "use" && !is_mark(tokens.get(at + 1), '<') => {
                    let end = tokens[at..].iter().position(|token| is_mark(Some(token), ';'));
                    let end = end.map_or(tokens.len(), |end| at + end);
                    self.read_use(&tokens[at + 1..end]);
                    at = end;
                }
                TokenTree::Ident(_) => {
                    let (path, length) = split_path(&tokens[at..]);
                    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
                    let is_variable = is_mark(before, '$') && path[0] != "crate";
                    let is_start =
                        !is_mark(before, '.') && !follows_colons(tokens, at) && !is_variable;
                    if path.len() > 1 && is_start {
                        self.paths.push(path);
                    }
                    at += length;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn read_use(&mut self, tokens: &[TokenTree]) {
        self.read_use_tree(tokens, Vec::new());
    }

    fn read_use_tree(&mut self, tokens: &[TokenTree], mut path: Vec<String>) {
        let mut tokens = tokens;
        if let Some(rest) = after_colons(tokens) {
            path.push(OUTSIDE.to_owned());
            tokens = rest;
        }
        loop {
            match tokens.first() {
                Some(TokenTree::Ident(name)) => {
                    let name = name.to_string();
                    let is_self = name == "self" && !path.is_empty();
                    if !is_self {
                        path.push(name.clone());
                    }
                    if let Some(rest) = after_colons(&tokens[1..]) {
                        tokens = rest;
                        continue;
                    }
                    let is_renamed = tokens.get(1).and_then(word).as_deref() == Some("as");
                    let new_name = tokens.get(2).and_then(word).filter(|_| is_renamed);
                    let kind = if is_self {
                        ImportKind::Module(
                            new_name.or_else(|| path.last().cloned()).unwrap_or_default(),
                        )
                    } else {
                        ImportKind::Named(new_name.unwrap_or(name))
                    };
                    self.imports.push(Import { path, kind });
                }
                Some(TokenTree::Group(inner)) => {
                    let inner = trees(inner.stream());
                    for branch in inner.split(|token| is_mark(Some(token), ',')) {
                        self.read_use_tree(branch, path.clone());
                    }
                }
                Some(TokenTree::Punct(mark)) if mark.as_char() == '*' => {
                    self.imports.push(Import { path, kind: ImportKind::Glob });
                }
                _ => {}
            }
            return;
        }
    }
}

/// Whether the name at that position is part of a path to another crate or of a type in angle brackets.
fn follows_colons(tokens: &[TokenTree], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|before| after_colons(&tokens[before..]).is_some())
}

fn split_path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let Some(name) = rest.first().and_then(word) {
        path.push(name);
        rest = &rest[1..];
        match after_colons(rest) {
            Some(after) if after.first().and_then(word).is_some() => rest = after,
            _ => break,
        }
    }
    (path, tokens.len() - rest.len())
}

/// The attributes that these tokens begin with, each as the tokens in its brackets.
fn split_attributes(mut tokens: &[TokenTree]) -> (Vec<Vec<TokenTree>>, &[TokenTree]) {
    let mut attributes = Vec::new();
    while is_mark(tokens.first(), '#') {
        let start = if is_mark(tokens.get(1), '!') { 2 } else { 1 };
        let Some(attribute) = group(tokens.get(start), Delimiter::Bracket) else { break };
        attributes.push(attribute);
        tokens = &tokens[start + 1..];
    }
    (attributes, tokens)
}

/// The first item, which a semicolon ends, or the first braces of what has a body.
fn split_item(tokens: &[TokenTree]) -> (&[TokenTree], &[TokenTree]) {
    let declaration = without_visibility(tokens);
    let keyword = declaration.first().and_then(word).unwrap_or_default();
    let second = declaration.get(1).and_then(word).unwrap_or_default();
    let has_no_body = match keyword.as_str() {
        "use" | "static" | "type" => true,
        "const" => !matches!(second.as_str(), "fn" | "unsafe" | "async" | "extern"),
        _ => false,
    };
    let end = tokens.iter().position(|token| {
        is_mark(Some(token), ';') || !has_no_body && group(Some(token), Delimiter::Brace).is_some()
    });
    tokens.split_at(end.map_or(tokens.len(), |end| end + 1))
}

fn without_visibility(tokens: &[TokenTree]) -> &[TokenTree] {
    if tokens.first().and_then(word).as_deref() != Some("pub") {
        return tokens;
    }
    let restricted = group(tokens.get(1), Delimiter::Parenthesis).is_some();
    &tokens[if restricted { 2 } else { 1 }..]
}

/// The name that follows the last keyword of a declaration, of `const unsafe fn name` as of `struct Name`.
fn defined_name(item: &[TokenTree]) -> Option<String> {
    const KEYWORDS: [&str; 8] =
        ["const", "enum", "fn", "static", "struct", "trait", "type", "union"];
    const MODIFIERS: [&str; 4] = ["async", "extern", "mut", "unsafe"];
    let mut is_declared = false;
    for token in item {
        match word(token) {
            Some(name) if KEYWORDS.contains(&name.as_str()) => is_declared = true,
            Some(name) if MODIFIERS.contains(&name.as_str()) => {}
            Some(name) => return is_declared.then_some(name),
            // The ABI of `extern "C" fn`.
            None if matches!(token, TokenTree::Literal(_)) => {}
            None => return None,
        }
    }
    None
}

/// `cfg(test)`, `cfg(all(test, …))`; not `cfg(not(test))`, nor `cfg(any(test, …))`.
fn is_for_tests(attribute: &[TokenTree]) -> bool {
    let name = attribute.first().and_then(word);
    let Some(mut condition) = group(attribute.get(1), Delimiter::Parenthesis) else { return false };
    if name.as_deref() != Some("cfg") {
        return false;
    }
    if condition.first().and_then(word).as_deref() == Some("all") {
        condition = group(condition.get(1), Delimiter::Parenthesis).unwrap_or_default();
    }
    condition.split(|token| is_mark(Some(token), ',')).any(|part| match part {
        [only] => word(only).as_deref() == Some("test"),
        _ => false,
    })
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match token {
        Some(TokenTree::Group(found)) if found.delimiter() == delimiter => {
            Some(trees(found.stream()))
        }
        _ => None,
    }
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(first), TokenTree::Punct(second), rest @ ..]
            if first.as_char() == ':'
                && first.spacing() == proc_macro2::Spacing::Joint
                && second.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}
