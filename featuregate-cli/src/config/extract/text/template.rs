//! The actions of a template (Helm, Jinja) in a text, which are hidden before it is read.

use std::borrow::Cow;
use std::ops::Range;

use featuregate_core::__private::{slice, slice_bytes};

use memchr::memmem;

use super::{line_end, line_start};

/// The actions of a text, in order.
#[derive(Debug, Default)]
pub(crate) struct Template {
    actions: Vec<Action>,
}

#[derive(Clone, Debug)]
struct Action {
    span: Range<usize>,
    kind: Kind,
    /// Whether its line has only actions.
    alone: bool,
    /// How many before it begin or end a branch.
    branches: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Gives a text.
    Value,
    /// Opens a branch or a loop.
    Open,
    /// Goes on with another branch.
    Split,
    /// Closes a branch or a loop.
    Close,
    /// Sets a variable, or controls a loop.
    Control,
    /// A comment.
    Comment,
}

impl Template {
    /// The actions of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut actions = Vec::new();
        let mut at = 0;
        let mut branches = 0;
        let mut finder = Finder::default();
        while let Some(action) = finder.next(text, at) {
            let kind = action.kind;
            at = action.span.end;
            actions.push(Action { branches, ..action });
            branches += usize::from(kind.branches());
        }
        let mut template = Self { actions };
        template.mark_alone(text);
        template
    }

    fn mark_alone(&mut self, text: &str) {
        let is_empty = |range: Range<usize>| slice(text, range).trim().is_empty();
        let mut first = 0;
        while let Some(action) = self.actions.get(first) {
            let start = line_start(text, action.span.start);
            let mut alone = is_empty(start..action.span.start);
            let mut end = action.span.end;
            let mut last = first + 1;
            let mut stop = line_end(text, end);
            while let Some(next) = self.actions.get(last).filter(|next| next.span.start < stop) {
                alone &= is_empty(end..next.span.start);
                end = next.span.end;
                last += 1;
                if end > stop {
                    stop = line_end(text, end);
                }
            }
            alone &= is_empty(end..stop);
            for action in self.actions.iter_mut().take(last).skip(first) {
                action.alone = alone;
            }
            first = last;
        }
    }

    /// The text with other bytes, as many, instead of its actions: spaces where a line has nothing
    /// else, and elsewhere something that can be a value.
    pub(crate) fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.actions.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut bytes = text.as_bytes().to_vec();
        for action in &self.actions {
            let hidden = action.alone || action.kind == Kind::Comment;
            // A number is a key and a value in every syntax.
            let mut fill = if hidden { b' ' } else { b'1' };
            for byte in bytes.iter_mut().take(action.span.end).skip(action.span.start) {
                match byte {
                    b'\n' => fill = b' ',
                    other => *other = fill,
                }
            }
        }
        String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// Whether a part of the text depends on what an action gives.
    pub(crate) fn gives(&self, span: &Range<usize>) -> bool {
        let first = self.actions.partition_point(|action| action.span.end <= span.start);
        let mut within = self.actions.iter().skip(first);
        within.next().is_some_and(|action| action.span.start < span.end)
    }

    /// The part of a text without the branches and comments at its ends.
    pub(crate) fn trim(&self, span: &Range<usize>) -> Range<usize> {
        let mut span = span.clone();
        let first = self.actions.partition_point(|action| action.span.end <= span.start);
        let within = self.actions.iter().skip(first).take_while(|a| a.span.start < span.end);
        let within: Vec<&Action> = within.collect();
        for action in &within {
            if action.kind == Kind::Value || action.span.start > span.start {
                break;
            }
            span.start = action.span.end.min(span.end);
        }
        for action in within.iter().rev() {
            if action.kind == Kind::Value || action.span.end < span.end {
                break;
            }
            span.end = action.span.start.max(span.start);
        }
        span
    }

    /// Where lines of a part, or between it and what is before and after it, have nothing but actions that
    /// give a text.
    pub(crate) fn values_around(&self, text: &str, span: &Range<usize>) -> Vec<usize> {
        let mut start = span.start;
        let mut first = self.actions.partition_point(|action| action.span.start < start);
        while let Some(before) = first.checked_sub(1).and_then(|index| self.actions.get(index)) {
            if !before.alone || !is_filler(text, before.span.end..start) {
                break;
            }
            start = before.span.start;
            first -= 1;
        }
        let mut end = span.end;
        let mut found = Vec::new();
        // Whether what is before on the line has nothing but actions.
        let mut leads = Lead { end: line_start(text, start), empty: true };
        for action in self.actions.iter().skip(first) {
            let begins = leads.passes(text, &action.span);
            if action.span.start >= end {
                if !is_filler(text, end..action.span.start) {
                    break;
                }
                if !action.alone && !begins {
                    break;
                }
                end = action.span.end;
            }
            if action.kind == Kind::Value && (action.alone || begins) {
                found.push(action.span.start);
            }
        }
        found
    }

    /// The first action after a byte that is more than a comment, if there is only whitespace between, and
    /// it gives a text.
    pub(crate) fn value_after(&self, text: &str, byte: usize) -> Option<usize> {
        let first = self.actions.partition_point(|action| action.span.start < byte);
        let mut at = byte;
        for action in self.actions.iter().skip(first) {
            if !slice(text, at..action.span.start).trim().is_empty() {
                return None;
            }
            match action.kind {
                Kind::Value => return Some(action.span.start),
                Kind::Comment => at = action.span.end,
                Kind::Open | Kind::Split | Kind::Close | Kind::Control => return None,
            }
        }
        None
    }

    /// How many branches begin or end before a byte.
    pub(crate) fn branches(&self, byte: usize) -> usize {
        let after = self.actions.partition_point(|action| action.span.start < byte);
        let last = after.checked_sub(1).and_then(|before| self.actions.get(before));
        last.map_or(0, |last| last.branches + usize::from(last.kind.branches()))
    }

    /// Where the actions are, in order.
    pub(crate) fn spans(&self) -> impl Iterator<Item = &Range<usize>> {
        self.actions.iter().map(|action| &action.span)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }
}

/// What a line begins with.
struct Lead {
    end: usize,
    empty: bool,
}

impl Lead {
    /// Whether there are only actions before this one on its line.
    fn passes(&mut self, text: &str, action: &Range<usize>) -> bool {
        let start = self.end.min(action.start);
        let passed = slice_bytes(text.as_bytes(), start..action.start);
        if let Some(newline) = memchr::memrchr(b'\n', passed) {
            *self = Self { end: start + newline + 1, empty: true };
        }
        self.empty &= slice(text, self.end.min(action.start)..action.start).trim().is_empty();
        self.end = action.end;
        self.empty
    }
}

/// Whether a part of a text has only whitespace and comments, of which the first may begin on a line before.
fn is_filler(text: &str, range: Range<usize>) -> bool {
    let mut lines = slice(text, range).lines();
    let first = lines.next().unwrap_or_default().trim();
    (first.is_empty() || first.starts_with('#'))
        && lines.all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Finds actions one after the other. Each end is looked for once, however many beginnings come before it.
#[derive(Debug, Default)]
struct Finder {
    /// Of `}}`.
    action: End,
    /// Of `%}`.
    statement: End,
    /// Of `#}`.
    note: End,
    /// Of `*/`.
    comment: End,
}

/// Where a delimiter is.
#[derive(Debug, Default)]
enum End {
    /// It was not looked for yet.
    #[default]
    Unknown,
    /// The first one from where it was looked for.
    At(usize),
    /// Nowhere after that.
    Nowhere,
}

/// How an action begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// `{{`
    Action,
    /// `{%`
    Statement,
    /// `{#`
    Note,
}

impl End {
    /// The first of those delimiters from a byte on. Each search begins after the one before it.
    fn find(&mut self, delimiter: &str, text: &str, from: usize) -> Option<usize> {
        match *self {
            Self::At(found) if found >= from => return Some(found),
            Self::Nowhere => return None,
            Self::At(_) | Self::Unknown => {}
        }
        let rest = slice_bytes(text.as_bytes(), from..);
        let found = memmem::find(rest, delimiter.as_bytes()).map(|length| from + length);
        *self = found.map_or(Self::Nowhere, Self::At);
        found
    }
}

impl Finder {
    /// The next action from a byte on.
    fn next(&mut self, text: &str, from: usize) -> Option<Action> {
        let mut at = from;
        loop {
            let rest = slice_bytes(text.as_bytes(), at..);
            let start = at + memchr::memchr(b'{', rest)?;
            if let Some(span) = variable_line(text, start) {
                let kind = Kind::Value;
                return Some(Action { span, kind, alone: false, branches: 0 });
            }
            let opening = match text.as_bytes().get(start + 1) {
                Some(b'{') => Some(Opening::Action),
                Some(b'%') => Some(Opening::Statement),
                // `${#list[@]}` of a shell is not one.
                Some(b'#') if !slice(text, ..start).ends_with('$') => Some(Opening::Note),
                _ => None,
            };
            let action = opening.and_then(|opening| self.action(text, start, opening));
            if action.is_some() {
                return action;
            }
            at = start + 1;
        }
    }

    fn action(&mut self, text: &str, start: usize, opening: Opening) -> Option<Action> {
        let inside = start + 2;
        let head = slice(text, inside..).trim_start_matches(['-', '+']).trim_start();
        let comment = opening == Opening::Action && head.starts_with("/*");
        let from = if comment { self.comment.find("*/", text, inside)? } else { inside };
        let end = match opening {
            Opening::Action => self.action.find("}}", text, from)?,
            Opening::Statement => self.statement.find("%}", text, from)?,
            Opening::Note => self.note.find("#}", text, from)?,
        };
        let end = end + 2;
        if end - start > LONGEST {
            return None;
        }
        let kind = match (opening, kind_of(head)) {
            (Opening::Note, _) => Kind::Comment,
            _ if comment => Kind::Comment,
            (Opening::Statement, Kind::Value) => Kind::Control,
            (_, kind) => kind,
        };
        Some(Action { span: start..end, kind, alone: false, branches: 0 })
    }
}

/// How far an action may reach.
const LONGEST: usize = 1 << 16;

impl Kind {
    fn branches(self) -> bool {
        matches!(self, Self::Open | Self::Split | Self::Close)
    }
}

/// A line that has nothing but a variable, `${gates}`, which Terraform and `envsubst` replace by lines.
fn variable_line(text: &str, brace: usize) -> Option<Range<usize>> {
    let start = brace.checked_sub(1)?;
    let name = text.get(start..)?.strip_prefix("${")?;
    let before = slice(text, ..start).trim_end_matches([' ', '\t']);
    if !before.is_empty() && !before.ends_with('\n') {
        return None;
    }
    let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '-'))?;
    let rest = slice(name, end..).strip_prefix('}')?;
    let alone = rest.split('\n').next().is_some_and(|rest| rest.trim().is_empty());
    (alone && end > 0).then(|| start..start + 3 + end)
}

fn kind_of(head: &str) -> Kind {
    // Handlebars opens with `#` and closes with `/`.
    if head.starts_with('/') {
        return Kind::Close;
    }
    if head.starts_with('#') {
        return Kind::Open;
    }
    let word: &str = head.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let sets = head.starts_with('$') && {
        let name = slice(head, 1..);
        let rest = name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        let rest = rest.trim_start();
        rest.starts_with(":=") || (rest.starts_with('=') && !rest.starts_with("=="))
    };
    match word {
        "if" | "range" | "with" | "define" | "block" | "for" | "macro" | "raw" => Kind::Open,
        "else" | "elif" => Kind::Split,
        "end" | "endif" | "endfor" | "endwith" | "endmacro" | "endblock" | "endraw" => Kind::Close,
        "break" | "continue" => Kind::Control,
        _ if sets => Kind::Control,
        _ => Kind::Value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_hidden_byte_for_byte() {
        let text = "{{- if .x }}\na: {{ .y }}\n{{/* a\n }} */}}{{ end }}\nb: ${#c[@]} {% raw %}\n";
        let template = Template::of(text);
        let hidden = template.hide(text);
        assert_eq!(hidden.len(), text.len());
        let lines: Vec<&str> = hidden.lines().map(str::trim_end).collect();
        assert_eq!(lines, ["", "a: 11111111", "", "", "b: ${#c[@]} 111111111"]);
        assert!(template.gives(&(16..17)));
        assert!(!template.gives(&(13..16)));
    }

    #[test]
    fn what_opens_and_is_never_closed_is_text() {
        for text in ["a: {{ b", "{{ {{ {{", "{% {# {{", "{\"a\":{\"b\":{}}}"] {
            assert!(Template::of(text).is_empty(), "{text}");
        }
        let many = "{{ ".repeat(200_000);
        assert!(Template::of(&many).is_empty());
    }

    #[test]
    fn branches_at_the_ends_of_a_part_are_trimmed() {
        let text = "{{ if .a }}A=true{{ end }},{{ .b }}=x";
        let template = Template::of(text);
        assert_eq!(text.get(template.trim(&(0..26))).unwrap(), "A=true");
        assert_eq!(template.trim(&(27..37)), 27..37);
    }
}
