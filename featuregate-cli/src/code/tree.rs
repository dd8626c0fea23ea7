//! Rust source as a lossless tree that also exists for text with errors.

use featuregate_core::__private::slice;
use ra_ap_syntax::{Edition, SourceFile, SyntaxNode, SyntaxToken, TextRange, TextSize};
use std::ops::Range;

/// The deepest nesting that is read. The parser calls itself for each level.
const DEPTH: usize = 512;

/// How many signs may follow each other, each of which is a level for the parser.
const SIGNS: usize = 128;

/// The largest file that is read, in bytes. Levels that are words, as in `return return`, are bounded by it.
const SIZE: usize = 4 << 20;

/// The stack of a thread that reads or changes source. Only what is used of it takes memory.
const STACK: usize = 512 << 20;

/// Why a text is not read.
pub(crate) const TOO_DEEP: &str = "it is nested too deep or too large to be read";

/// The tree of a file; `None` if it is nested too deep or too large.
pub(crate) fn parse(text: &str) -> Option<SyntaxNode> {
    is_bounded(text).then(|| SourceFile::parse(text, Edition::Edition2024).syntax_node())
}

/// Whether a text is Rust without syntax errors.
pub(crate) fn is_valid(text: &str) -> bool {
    is_bounded(text) && SourceFile::parse(text, Edition::Edition2024).errors().is_empty()
}

/// Runs on a thread with a stack for the deepest nesting that is read.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        thread.join().map_err(|panic| std::panic::resume_unwind(panic))
    })
}

/// Counts brackets, also those in texts and comments, which only makes it more careful.
fn is_bounded(text: &str) -> bool {
    if text.len() > SIZE {
        return false;
    }
    let (mut depth, mut signs) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'!' | b'-' | b'*' | b'&' | b'|' | b'<' | b'.' => signs += 1,
            b' ' | b'\n' | b'/' | b'=' => continue,
            _ => signs = 0,
        }
        if depth > DEPTH || signs > SIGNS {
            return is_bounded_in_code(text);
        }
    }
    true
}

/// The same without texts and comments, which may be drawn from such signs.
fn is_bounded_in_code(text: &str) -> bool {
    let (mut depth, mut signs) = (0_usize, 0_usize);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            '"' => end_of_text(rest),
            _ => first.len_utf8(),
        };
        match first {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '!' | '-' | '*' | '&' | '|' | '<' | '.' => signs += 1,
            ' ' | '\n' | '=' | '/' => {}
            _ => signs = 0,
        }
        if depth > DEPTH || signs > SIGNS {
            return false;
        }
        rest = slice(rest, skipped..);
    }
    true
}

fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The bytes of a range of the tree.
pub(crate) fn bytes(range: TextRange) -> Range<usize> {
    range.start().into()..range.end().into()
}

/// The smallest node with a range of bytes, or the whole tree.
pub(crate) fn covering(tree: &SyntaxNode, range: &Range<usize>) -> SyntaxNode {
    let offset = |byte: usize| TextSize::try_from(byte).unwrap_or_default();
    let end = bytes(tree.text_range()).end;
    let range =
        TextRange::new(offset(range.start.min(range.end).min(end)), offset(range.end.min(end)));
    match tree.covering_element(range) {
        ra_ap_syntax::NodeOrToken::Node(node) => node,
        ra_ap_syntax::NodeOrToken::Token(token) => token.parent().unwrap_or_else(|| tree.clone()),
    }
}

/// All tokens below a node, in the order of the text.
pub(crate) fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> {
    node.descendants_with_tokens().filter_map(ra_ap_syntax::NodeOrToken::into_token)
}

/// The value of `true` or `false`.
pub(crate) fn boolean(node: &SyntaxNode) -> Option<bool> {
    match node.text() {
        text if text == "true" => Some(true),
        text if text == "false" => Some(false),
        _ => None,
    }
}

/// The whole tree that a node is in.
pub(crate) fn root(node: &SyntaxNode) -> SyntaxNode {
    node.ancestors().last().unwrap_or_else(|| node.clone())
}
