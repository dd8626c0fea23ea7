//! Macros whose arguments are known to be expressions.

use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

/// Their names: those of the standard library and of widely used crates.
const OF_EXPRESSIONS: [&str; 36] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "debug_span",
    "ensure",
    "eprint",
    "eprintln",
    "error",
    "error_span",
    "format",
    "format_args",
    "format_err",
    "info",
    "info_span",
    "log",
    "panic",
    "print",
    "println",
    "prop_assert",
    "prop_assert_eq",
    "todo",
    "trace",
    "trace_span",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "warn_span",
    "write",
    "writeln",
];

/// The macro whose arguments are an expression and a pattern with a guard.
pub(crate) const MATCHES: &str = "matches";

/// Whether the arguments of a macro are expressions.
pub(crate) fn takes_expressions(name: &str) -> bool {
    OF_EXPRESSIONS.contains(&name)
}

/// Whether what a macro becomes does not leave the function that it is in.
pub(crate) fn stays_inside(name: &str) -> bool {
    const LEAVING: [&str; 4] = ["bail", "ensure", "prop_assert", "prop_assert_eq"];
    let name = name.rsplit("::").next().unwrap_or_default().trim();
    !LEAVING.contains(&name)
        && (has_expressions(name) || ["concat", "env", "stringify"].contains(&name))
}

/// Whether it is known what is an expression in the arguments of a macro.
pub(crate) fn has_expressions(name: &str) -> bool {
    takes_expressions(name) || name == MATCHES
}

/// The names of the macros around a token, from the inside out, as far as only tokens are known.
pub(crate) fn around(token: &SyntaxToken) -> Vec<String> {
    let mut names = Vec::new();
    for node in token.parent_ancestors() {
        match node.kind() {
            SyntaxKind::TOKEN_TREE => names.extend(called(&node)),
            SyntaxKind::MACRO_RULES | SyntaxKind::MACRO_DEF => names.push("macro_rules".to_owned()),
            SyntaxKind::ATTR => names.push("an attribute".to_owned()),
            _ => {}
        }
    }
    names
}

/// The macro whose arguments are these tokens.
fn called(tree: &SyntaxNode) -> Option<String> {
    let before = |token: SyntaxToken| {
        let mut token = token.prev_token()?;
        while token.kind().is_trivia() {
            token = token.prev_token()?;
        }
        Some(token)
    };
    let bang = before(tree.first_token()?)?;
    let name = before(bang.clone()).filter(|_| bang.kind() == SyntaxKind::BANG)?;
    (name.kind() == SyntaxKind::IDENT).then(|| name.text().to_owned())
}
