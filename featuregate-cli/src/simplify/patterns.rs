//! Which values a pattern fits.

use ra_ap_syntax::SyntaxNode;
use ra_ap_syntax::ast::{self, AstNode as _};

use super::shape::is_irrefutable;

/// Whether a pattern fits a value; `None` if that is not known.
pub(crate) fn fits(pattern: &ast::Pat, known: bool) -> Option<bool> {
    match pattern {
        ast::Pat::LiteralPat(literal) => {
            let text = literal.syntax().text();
            (text == "true" || text == "false").then(|| (text == "true") == known)
        }
        ast::Pat::WildcardPat(_) => Some(true),
        ast::Pat::IdentPat(_) => is_irrefutable(pattern.syntax()).then_some(true),
        ast::Pat::ParenPat(inner) => fits_inner(&inner.pat()?, known),
        ast::Pat::OrPat(alternatives) => {
            let mut any = false;
            for alternative in alternatives.pats() {
                any |= fits_inner(&alternative, known)?;
            }
            Some(any)
        }
        _ => None,
    }
}

/// The same for a part of a pattern, which has no parts.
fn fits_inner(pattern: &ast::Pat, known: bool) -> Option<bool> {
    match pattern {
        ast::Pat::ParenPat(_) | ast::Pat::OrPat(_) => None,
        _ => fits(pattern, known),
    }
}

/// The parts of a tuple without one; a single one without parentheses.
pub(crate) fn without(parts: &[SyntaxNode], position: usize) -> String {
    let left: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != position)
        .map(|(_, part)| part.text().to_string())
        .collect();
    match left.as_slice() {
        [only] => only.clone(),
        _ => format!("({})", left.join(", ")),
    }
}
