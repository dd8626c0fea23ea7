//! What has one setting, variable or instruction on each line: environment files, units of systemd, files that build
//! an image, and files of make.

use std::ops::Range;

use featuregate_core::__private::slice;

use super::super::keys::is_variable;
use super::super::removal::Out;
use super::super::setting::ListKind;
use super::super::text::{Passage, line_end};
use super::super::tree;
use super::arguments::Takes;
use super::document::{Document, Language};
use super::heredoc::Script;
use super::reading::Reading;
use super::word::{Word, split};

/// A line with those that continue it.
#[derive(Debug)]
struct Line {
    /// Its bytes, without the end of the line.
    range: Range<usize>,
    /// The same with the end of the line.
    whole: Range<usize>,
}

/// The lines of a text without comments and empty lines. A backslash at the end continues a line, also past comments.
fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    lines_with(text, '\\')
}

/// The same with another sign at the end of a line that goes on.
fn lines_with(text: &str, sign: char) -> impl Iterator<Item = Line> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let mut end = start;
            let mut goes_on = false;
            loop {
                let line = slice(text, at..).split_inclusive('\n').next().unwrap_or_default();
                let content = line.trim_end();
                let signs = content.len() - content.trim_end_matches(sign).len();
                // Nothing but whitespace is left of a template's action.
                let is_action = content.is_empty() && line.starts_with(' ');
                let is_passed = is_comment(content) || is_action;
                goes_on = if is_passed { goes_on } else { signs % 2 == 1 };
                end = (at + content.len()).max(end);
                at += line.len();
                if !goes_on || at >= text.len() {
                    break;
                }
            }
            let range = start..end;
            let written = slice(text, range.clone());
            if !is_comment(written) && !written.trim().is_empty() {
                return Some(Line { range, whole: start..at });
            }
        }
        None
    })
}

impl Reading<'_> {
    /// Variables and options, each on a line.
    pub(super) fn env(&mut self, passage: &Passage<'_>, depth: usize) {
        let text = passage.text();
        for line in lines(text) {
            let written = slice(text, line.range.clone());
            if !self.keys.mentioned(written) {
                continue;
            }
            let list = self.add_list(ListKind::List);
            let Some((name, value)) = assigned(written, &['=']) else {
                self.options_line(passage, &line, list, depth);
                continue;
            };
            let at =
                |range: Range<usize>| line.range.start + range.start..line.range.start + range.end;
            self.entry(passage, at(name), at(value), (list, None), depth);
        }
    }

    /// A line that is not a variable has options, as files of flags do.
    fn options_line(
        &mut self,
        passage: &Passage<'_>,
        line: &Line,
        list: super::ListId,
        depth: usize,
    ) {
        let inner = passage.slice(line.range.clone());
        let host = self.add_part(None, Out::Cut(passage.lines(line.whole.clone())));
        let takes = Takes { host, unordered: true, ..Takes::found(list) };
        self.words(&inner, &split(&inner), takes, depth);
    }

    /// A name with a value that may be in quotes. With a line, that is removed with the value of a name of gates.
    fn entry(
        &mut self,
        passage: &Passage<'_>,
        name: Range<usize>,
        value: Range<usize>,
        (list, line): (super::ListId, Option<Range<usize>>),
        depth: usize,
    ) {
        let text = passage.text();
        let written = slice(text, value.clone());
        let takes = Takes { keeps_variables: true, ..Takes::found(list) };
        let name_of = slice(text, name.clone());
        let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = quote.and_then(|quote| {
            let inner = slice(written, 1..);
            let closing = inner.find(quote)?;
            let rest = slice(inner, closing + 1..).trim_start();
            (rest.is_empty() || rest.starts_with(['#', ';']))
                .then_some(value.start + 1..value.start + 1 + closing)
        });
        // What an escape within quotes, a quote that is not closed, or a comment means depends on the reader.
        let comment = || [" #", " ;"].iter().filter_map(|sign| written.find(sign)).min();
        let unclear = match &inner {
            Some(inner) => slice(text, inner.clone()).contains('\\').then_some(written.len()),
            None => comment().or_else(|| quote.map(|_| written.len())),
        };
        if let Some(length) = unclear {
            let value = passage.slice(value.start..value.start + length);
            return self.frozen(|reading| {
                for word in split(&value) {
                    reading.variable((name_of, name.clone()), passage, &word, takes, depth);
                }
            });
        }
        let span = value.start..inner.as_ref().map_or(value.end, |inner| inner.end + 1);
        let inner = inner.unwrap_or(value);
        let cut = match line {
            Some(line) if self.keys.name(name_of) => passage.lines(line),
            _ => passage.span(span.clone()),
        };
        let host = self.add_part(None, Out::Cut(cut));
        let word =
            Word { text: passage.slice(inner), span, tail: 0, expands: false, is_other: false };
        self.variable((name_of, name), passage, &word, Takes { host, ..takes }, depth);
    }

    /// Sections with keys, as of systemd.
    pub(super) fn unit(&mut self, passage: &Passage<'_>, depth: usize) {
        let text = passage.text();
        for line in lines(text) {
            let written = slice(text, line.range.clone());
            if !self.keys.mentioned(written) || written.trim_start().starts_with('[') {
                continue;
            }
            let list = self.add_list(ListKind::List);
            let Some((name, value)) = assigned(written, &['=', ':']) else { continue };
            let (start, key) = (line.range.start, slice(written, name.clone()));
            let value = start + value.start..start + value.end;
            // A command on a line below its key.
            if written.starts_with([' ', '\t']) && key.contains(' ') {
                self.shell(&passage.slice(line.range), false, depth);
                continue;
            }
            if matches!(key, "Description" | "Documentation") {
                continue;
            }
            if self.keys.name(key)
                || !slice(text, value.clone()).contains([' ', '\t', '\'', '"', '='])
            {
                // Nothing refers to the key of a section.
                let whole = (!is_variable(key)).then(|| line.whole.clone());
                let name = start + name.start..start + name.end;
                self.entry(passage, name, value, (list, whole), depth);
                continue;
            }
            let whole = passage.slice(value);
            if key == "environment" {
                self.environment(&whole, depth);
                continue;
            }
            // A line that goes on must not end before a comment.
            let has_comment = whole.text().lines().any(is_comment);
            let inner = if has_comment {
                whole.without(|line| if is_comment(line) { line.len() } else { 0 })
            } else {
                whole.slice(0..whole.text().len())
            };
            let words = split(&inner);
            let runs = key.starts_with("Exec") || key == "command";
            let program = if runs && words.iter().any(|word| self.is_flag(word)) {
                let first = words.first().map_or("", |word| word.text.text());
                first.trim_start_matches(['-', '@', ':', '+', '!']).rsplit('/').next()
            } else {
                None
            };
            let script = words.windows(3).find_map(|three| match three {
                [shell, flag, script] => {
                    let shell = shell.text.text().rsplit('/').next().unwrap_or_default();
                    let runs = matches!(shell, "sh" | "bash" | "dash") && flag.text.text() == "-c";
                    runs.then_some(script)
                }
                _ => None,
            });
            if let Some(script) = script {
                self.shell(&script.text, script.is_straight(), depth + 1);
                continue;
            }
            let takes = Takes {
                host: self.add_part(None, Out::Stay),
                keeps_variables: key == "Environment",
                unordered: key != "Environment" && !runs,
                ..Takes::found(list)
            };
            self.read_by(program, |reading| {
                let list = reading.add_list(ListKind::List);
                reading.frozen_unless(!has_comment, |reading| {
                    reading.words(&inner, &words, Takes { list, ..takes }, depth);
                });
            });
        }
    }

    /// Variables with commas between them, as supervisord takes them. Their settings are only found.
    fn environment(&mut self, passage: &Passage<'_>, depth: usize) {
        let text = passage.text();
        let mut quote = None;
        let between = move |c: char| {
            match quote {
                Some(open) if c == open => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                _ => {}
            }
            c == ',' && quote.is_none()
        };
        let mut at = 0;
        for variable in text.split(between) {
            let variable = passage.slice(at..at + variable.len());
            at += variable.text().len() + 1;
            let list = self.add_list(ListKind::List);
            self.frozen(|reading| {
                reading.words(&variable, &split(&variable), Takes::found(list), depth);
            });
        }
    }

    /// Instructions that build an image. Their settings are only found.
    pub(super) fn dockerfile(&mut self, passage: &Passage<'_>, depth: usize) {
        let text = passage.text();
        let is_windows = has_backticks(text);
        // Documents in it end where a shell says they do.
        let documents = if text.contains("<<") { Script::of(text).heredocs } else { Vec::new() };
        let mut documents = documents.into_iter().peekable();
        let mut read = 0;
        for line in lines_with(text, if is_windows { '`' } else { '\\' }) {
            if line.range.start < read {
                continue;
            }
            while let Some(document) = documents.next_if(|it| it.line.start < line.range.end) {
                read = line_end(text, document.body.end);
            }
            if read > line.range.start {
                let instruction = passage.slice(line.range.start..read);
                self.shell(&instruction, false, depth);
                continue;
            }
            let written = slice(text, line.range.clone());
            if !self.keys.mentioned(written) {
                continue;
            }
            let lead = arguments_of(written);
            let inner = passage.slice(line.range.start + lead..line.range.end);
            let rest = inner.text();
            if rest.trim_start().starts_with('[') {
                let tree = tree::json(rest, Some(&self.keys));
                if !tree.faulty() {
                    self.frozen(|reading| {
                        Document::new(reading, &inner, tree, Language::Json).walk();
                    });
                    continue;
                }
            }
            let instruction = slice(written, ..lead).split_whitespace().next_back();
            let is = |name: &str| instruction.is_some_and(|it| it.eq_ignore_ascii_case(name));
            // What a label has is for people.
            if is("LABEL") {
                continue;
            }
            // The commands of Windows have no syntax of a shell that is read.
            if is_windows || ["ENV", "ARG"].iter().any(|name| is(name)) {
                let list = self.add_list(ListKind::List);
                self.frozen(|reading| {
                    reading.words(&inner, &split(&inner), Takes::found(list), depth);
                });
            } else {
                self.shell(&inner, false, depth);
            }
        }
    }

    /// Rules and variables of make, or of just. Their settings are only found.
    pub(super) fn makefile(&mut self, passage: &Passage<'_>, depth: usize) {
        let text = passage.text();
        for line in lines(text) {
            let written = slice(text, line.range.clone());
            if !self.keys.mentioned(written) {
                continue;
            }
            let mut words = written.split_whitespace();
            let first = words.next().unwrap_or_default();
            let assigns = words.next().is_some_and(|sign| sign.ends_with('=') && sign.len() <= 3);
            if written.starts_with('\t') || written.starts_with(' ') && !assigns {
                let command = written.trim_start().trim_start_matches(['@', '-', '+', ' ']);
                let inner = passage.slice(line.range.end - command.len()..line.range.end);
                self.shell(&inner, false, depth);
                continue;
            }
            if let Some((name, value)) = assigned(written, &['=']) {
                let start = line.range.start;
                let before =
                    slice(written, name.clone()).trim_end_matches([':', '?', '+', '!', ' ']);
                // The name is behind a target, or `override`.
                let key = before.rsplit([' ', '\t']).next().unwrap_or_default();
                let end = start + name.start + before.len();
                let value = start + value.start..start + value.end;
                let list = self.add_list(ListKind::List);
                self.frozen(|reading| {
                    reading.entry(passage, end - key.len()..end, value, (list, None), depth);
                });
            } else if !MAKE.contains(&first) && !first.starts_with("$(") {
                let at = passage.span(line.range).start;
                self.skip(at, "gates in this line of a makefile are not read");
            }
        }
    }
}

/// Whether a Dockerfile begins with the directive by which a backtick continues a line, as files for Windows do.
fn has_backticks(text: &str) -> bool {
    let directives =
        text.lines().map_while(|line| line.trim_start().strip_prefix('#')?.split_once('='));
    let mut escapes = directives.filter(|(name, _)| name.trim().eq_ignore_ascii_case("escape"));
    escapes.any(|(_, sign)| sign.trim() == "`")
}

/// Words of make that a line without a setting begins with.
const MAKE: [&str; 10] = [
    ".PHONY:", "else", "export", "ifdef", "ifeq", "ifndef", "ifneq", "include", "undefine",
    "unexport",
];

/// Where the arguments of an instruction begin: behind its name, and in `ONBUILD` and `HEALTHCHECK` behind that of the
/// instruction within.
fn arguments_of(instruction: &str) -> usize {
    let mut at = 0;
    let mut is_outer = true;
    while is_outer {
        let rest = slice(instruction, at..);
        let lead = rest.len() - rest.trim_start().len();
        let word = rest.split_whitespace().next().unwrap_or_default();
        at += lead + word.len();
        let outer = ["ONBUILD", "HEALTHCHECK"];
        is_outer = !word.is_empty()
            && (outer.iter().any(|it| word.eq_ignore_ascii_case(it)) || word.starts_with("--"));
    }
    at
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with(['#', ';'])
}

/// The name and the value of `name = value`, without the spaces around them; `None` if there is no name.
fn assigned(line: &str, signs: &[char]) -> Option<(Range<usize>, Range<usize>)> {
    let (name, value) = line.split_at(line.find(signs)?);
    let start = name.len() - name.trim_start().len();
    let mut word = name.trim();
    let mut at = start;
    for lead in ["export ", "set ", "declare "] {
        if let Some(rest) = word.strip_prefix(lead) {
            at += word.len() - rest.trim_start().len();
            word = rest.trim_start();
        }
    }
    let is_name = !word.is_empty()
        && !word.starts_with('-')
        && word.chars().all(|c| c.is_alphanumeric() || "_-.:?+! /".contains(c));
    let value_at = name.len() + 1 + value.len() - 1 - slice(value, 1..).trim_start().len();
    is_name.then(|| (at..at + word.len(), value_at..line.trim_end().len().max(value_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_continues_a_line_and_comments_are_left_out() {
        let text = "a \\\n  b \\\n# no\n  c\n\n; e\nf\\\\\ng";
        let read: Vec<&str> = lines(text).map(|line| slice(text, line.range)).collect();
        assert_eq!(read, ["a \\\n  b \\\n# no\n  c", "f\\\\", "g"]);
    }

    #[test]
    fn a_name_is_before_the_first_sign() {
        let read = |line: &'static str| {
            assigned(line, &['=']).map(|(name, value)| (slice(line, name), slice(line, value)))
        };
        assert_eq!(read("export A = b=c "), Some(("A", "b=c")));
        assert_eq!(read("A="), Some(("A", "")));
        assert_eq!(read("--a=b"), None);
        assert_eq!(read("a"), None);
    }
}
