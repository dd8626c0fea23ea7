//! Arguments and variables in a command line.

use std::collections::HashMap;
use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};

use super::super::removal::{Out, PartId};
use super::super::setting::{Given, ListId, ListKind, Setting};
use super::super::text::Passage;
use super::reading::Reading;

/// An argument with gates.
#[derive(Debug)]
struct Argument {
    /// What is removed with it.
    whole: Range<usize>,
    /// Its gates.
    value: Range<usize>,
    /// How many quotes it is in.
    depth: usize,
}

/// What the arguments of a command give, so that a repetition is found without a search through all of them.
#[derive(Debug)]
struct GivenBefore {
    /// By name and value, the part that is removed with it, or the last one that was joined to that.
    parts: HashMap<(String, Given), Option<PartId>>,
    /// The first setting that is not among them yet.
    from: usize,
}

impl Reading<'_> {
    /// Adds the gates of all arguments of a command. `part` is removed when nothing else is left of it.
    pub(super) fn command(
        &mut self,
        passage: &Passage<'_>,
        part: Option<PartId>,
        list: Option<ListId>,
    ) {
        let text = passage.text();
        let mut arguments: Vec<Argument> = Vec::new();
        // From the back, so that each is read up to the next one and no byte twice.
        let mut limit = text.len();
        for mention in self.keys.mentions(text).into_iter().rev() {
            let Some((start, value)) = self.beginning(text, mention) else { continue };
            if start >= limit {
                continue;
            }
            // In `"GATES="` the quote after the sign ends what the one before the name begins.
            let quote = slice(text, ..start).chars().next_back();
            let closing = slice(text, value..).chars().next();
            let given = slice(text, ..value).ends_with('=');
            if given && closing == quote && matches!(quote, Some('"' | '\'')) {
                limit = start;
                continue;
            }
            // `GATES="--feature-gates=A=true"` contains an argument, not gates.
            let value = value_at(slice(text, ..limit), value, limit < text.len());
            limit = start;
            arguments.extend(value.map(|(value, end)| Argument::new(text, start..end, value)));
        }
        arguments.reverse();
        if arguments.is_empty() {
            return;
        }
        measure(text, &mut arguments);
        let list = list.unwrap_or_else(|| self.add_list(ListKind::List));
        let alone = rest(text, &arguments);
        let stays = |argument: &Argument| {
            argument.variable(text).is_some_and(|name| !alone || self.variables().contains(name))
        };
        let stays: Vec<bool> = arguments.iter().map(stays).collect();
        let keeps = !alone || stays.contains(&true);
        self.set_count(part, arguments.len() + usize::from(keeps));
        let mut given = GivenBefore { parts: HashMap::new(), from: self.found.len() };
        let mut outer: Option<usize> = None;
        for (argument, stays) in arguments.into_iter().zip(stays) {
            let (depth, before) = (argument.depth, self.found.len());
            let out = if argument.is_compared(text) {
                Out::Fixed
            } else if stays {
                Out::Cut(passage.span(argument.value.clone()))
            } else {
                Out::Cut(passage.span(with_separator(text, &argument.whole)))
            };
            let word = self.add_part(part, out);
            if argument.value.is_empty() {
                // It gives nothing, and what gives nothing is not removed.
                continue;
            }
            self.items(passage, argument.value, list, word);
            if outer.is_some_and(|outer| depth > outer) {
                self.join_repeated(&mut given, before);
            }
            outer = Some(outer.map_or(depth, |outer| outer.min(depth)));
        }
    }

    /// What a command hands on in quotes, as in `--feature-gates=A=true --flags="--feature-gates=A=true"`, is
    /// given once where it is the same; both are removed together.
    fn join_repeated(&mut self, given: &mut GivenBefore, before: usize) {
        let added = self.found.split_off(before);
        for (setting, part) in self.found.iter().skip(given.from) {
            let known = (setting.name.clone(), setting.value.clone());
            given.parts.entry(known).or_insert(*part);
        }
        given.from = before;
        for (setting, part) in added {
            let repeated = (setting.name, setting.value);
            let Some(last) = given.parts.get_mut(&repeated) else {
                let (name, value) = repeated;
                self.found.push((Setting { name, value, ..setting }, part));
                continue;
            };
            // What is removed together is a chain, and what was added to it last its end.
            if let (Some(last), Some(part)) = (last, part) {
                while let Some(next) = self.parts.all[*last].also {
                    *last = next;
                }
                self.parts.all[*last].also = Some(part);
                *last = part;
            }
        }
    }

    /// Where the argument begins whose name has a mention in it, and where its value does.
    fn beginning(&self, text: &str, mention: usize) -> Option<(usize, usize)> {
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let bytes = text.as_bytes();
        let before =
            slice_bytes(bytes, ..mention).iter().rev().take(LONGEST).take_while(|b| name(b));
        let start = mention - before.count();
        let after =
            slice_bytes(bytes, mention..).iter().take(LONGEST).take_while(|byte| name(byte));
        let end = mention + after.count();
        let word = slice(text, start..end);
        if !self.keys.name(word) {
            return None;
        }
        let lead = slice(text, ..start);
        let begins = lead.is_empty()
            || lead.ends_with(|c: char| c.is_whitespace() || "\"'=([,;|&:`\\".contains(c));
        if !begins {
            return None;
        }
        let rest = slice(text, end..);
        let value = match rest.strip_prefix('=').or(rest.strip_prefix("+=")) {
            Some(value) if value.starts_with('=') => return None,
            Some(value) => value,
            None if word.starts_with('-') => next_word(rest)?,
            None => return None,
        };
        Some((start, text.len() - value.len()))
    }
}

impl Argument {
    fn new(text: &str, mut whole: Range<usize>, value: Range<usize>) -> Self {
        let in_quotes = take_quotes(text, &mut whole);
        // `--env=GATES=A=true` contains nothing else; `--flags=--feature-gates=A=true` does not if nothing follows or
        // quotes end it.
        let lead = slice(text, ..whole.start);
        let word = slice(text, whole.clone());
        let ends = slice(text, whole.end..).trim_start().is_empty()
            || word.starts_with(|c: char| c.is_ascii_alphanumeric());
        if lead.ends_with('=') && (in_quotes || ends) {
            let name = |byte: &u8| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'=')
            };
            let length = lead.bytes().rev().take(LONGEST).take_while(name).count();
            let outer = slice(lead, lead.len() - length..);
            if outer.starts_with('-') {
                whole.start -= length;
                take_quotes(text, &mut whole);
            }
        }
        Self { whole, value, depth: 0 }
    }

    /// The name of the variable that it sets, which may be needed without a value: `set -u`, and a command that
    /// ends with `&&`, want one.
    fn variable<'t>(&self, text: &'t str) -> Option<&'t str> {
        let word = slice(text, self.whole.start..self.value.start);
        let name = word.trim_matches(['"', '\'']).strip_suffix('=')?;
        (!name.starts_with('-')).then(|| name.trim_end_matches('+'))
    }

    /// Whether a shell compares something with it, as in `[[ $x == --feature-gates=A=true ]]` or as the pattern of a
    /// case, so that it is not an argument.
    fn is_compared(&self, text: &str) -> bool {
        // So far one looks for what it belongs to.
        const FAR: usize = 512;
        let lead = slice_bytes(text.as_bytes(), ..self.whole.start);
        let lead = slice_bytes(lead, lead.len().saturating_sub(FAR)..);
        let count = |wanted: u8| memchr::memchr_iter(wanted, lead).count();
        let after = text.as_bytes().get(self.whole.end);
        let operator = lead.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next();
        matches!(operator, Some(b"==" | b"!=" | b"=~" | b"="))
            || after == Some(&b')') && count(b'(') <= count(b')')
    }
}

/// Takes in quotes around an argument, also those of `"--feature-gates", "A=true"`; returns whether there are any.
fn take_quotes(text: &str, whole: &mut Range<usize>) -> bool {
    let lead = slice(text, ..whole.start);
    let after = slice(text, whole.end..);
    let inner = slice(text, whole.clone());
    let open = lead.chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let Some(open) = open else { return false };
    if inner.matches(open).count() % 2 == 1 {
        whole.start -= 1;
    } else if after.starts_with(open) {
        *whole = whole.start - 1..whole.end + 1;
    } else {
        return false;
    }
    true
}

/// How long the name of an argument may be on each side of a mention.
const LONGEST: usize = 64;

/// What follows a flag as a word of its own: only what looks like gates.
fn next_word(rest: &str) -> Option<&str> {
    let next = rest.trim_start_matches(['"', '\'']);
    let next = next.strip_prefix(',').unwrap_or(next);
    let value = next.trim_start();
    if value.len() == next.len() {
        return None;
    }
    // So far one looks for an equals sign.
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=');
    let bare = value.trim_start_matches(['"', '\'', '\\']);
    let name = bare.char_indices().take(LONGEST).find(|(_, c)| ends(*c));
    let looks =
        !bare.starts_with('-') && name.is_some_and(|(_, c)| c == '=') || bare.starts_with('$');
    looks.then_some(value)
}

/// The gates that begin at a byte, without quotes, and where the word ends with them; none if that is not
/// before the end of a text after which another argument follows.
fn value_at(text: &str, at: usize, followed: bool) -> Option<(Range<usize>, usize)> {
    let rest = slice(text, at..);
    for quote in ["\\\"", "\\'", "\"", "'"] {
        if let Some(inner) = rest.strip_prefix(quote) {
            let start = at + quote.len();
            let closing = inner.find(quote);
            if closing.is_none() && followed {
                return None;
            }
            let length = closing.unwrap_or(inner.len());
            let end = (start + length + quote.len()).min(text.len());
            return Some((start..start + length, end));
        }
    }
    let mut end = at;
    let mut closing: Option<char> = None;
    let mut chars = rest.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        end = at + offset;
        if let Some(close) = closing {
            if c == close {
                closing = None;
            }
            end += c.len_utf8();
            continue;
        }
        match (c, chars.peek()) {
            ('$', Some((_, '{'))) => closing = Some('}'),
            ('$', Some((_, '('))) => closing = Some(')'),
            _ if c.is_whitespace() => {
                // `A=true, B=false` goes on after the comma.
                let after = slice(text, end..);
                let next = after.trim_start_matches([' ', '\t']);
                let goes_on = slice(text, at..end).ends_with(',')
                    && next.split([' ', ',']).next().is_some_and(|word| {
                        !word.starts_with('-') && word.contains('=') && !word.contains(['"', '\''])
                    });
                if !goes_on {
                    return Some((at..end, end));
                }
            }
            ('"' | '\'' | '`' | ';' | '|' | '&' | ')' | '<' | '>' | ']', _) => {
                return Some((at..end, end));
            }
            ('\\', Some((_, '"' | '\'' | 'n'))) => return Some((at..end, end)),
            _ => {}
        }
        end += c.len_utf8();
    }
    (!followed).then_some((at..end, end))
}

/// Finds out how many quotes each argument is in.
fn measure(text: &str, arguments: &mut [Argument]) {
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    for argument in arguments {
        for byte in slice_bytes(text.as_bytes(), at..argument.value.start) {
            match byte {
                b'"' | b'\'' if open.last() == Some(byte) => {
                    open.pop();
                }
                b'"' | b'\'' if open.len() < 8 => open.push(*byte),
                _ => {}
            }
        }
        at = argument.value.start;
        argument.depth = open.len();
    }
}

/// Whether nothing is left of a command without its arguments.
fn rest(text: &str, arguments: &[Argument]) -> bool {
    let mut left = String::new();
    let mut at = 0;
    for argument in arguments {
        // An argument can begin within the one before.
        if at < argument.whole.start {
            left.push_str(slice(text, at..argument.whole.start));
        }
        at = at.max(argument.whole.end);
        // That is already more than the words below.
        if left.len() > 64 {
            return false;
        }
    }
    if text.len() - at > 64 {
        return false;
    }
    left.push_str(slice(text, at..));
    let words: Vec<String> = left.split_whitespace().map(str::to_ascii_lowercase).collect();
    words.iter().all(|word| {
        matches!(
            word.as_str(),
            "export"
                | "readonly"
                | "local"
                | "declare"
                | "typeset"
                | "-x"
                | "-"
                | "env"
                | "set"
                | "environment="
        )
    })
}

/// An argument with the spaces or the comma that are removed with it.
fn with_separator(text: &str, whole: &Range<usize>) -> Range<usize> {
    let before = slice(text, ..whole.start);
    let after = slice(text, whole.end..);
    let quoted = slice(text, whole.clone()).starts_with(['"', '\'']);
    if quoted {
        let next = after.trim_start();
        if let Some(next) = next.strip_prefix(',') {
            return whole.start..text.len() - next.trim_start().len();
        }
        if let Some(before) = before.trim_end().strip_suffix(',') {
            return before.len()..whole.end;
        }
    }
    let lead = before.trim_end();
    let ends = after.is_empty() || after.starts_with(char::is_whitespace);
    if !lead.is_empty() && lead.len() < before.len() && (ends || after.starts_with(['"', '\''])) {
        return lead.len()..whole.end;
    }
    whole.start..text.len() - after.trim_start_matches([' ', '\t']).len()
}
