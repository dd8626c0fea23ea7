//! Which values a pattern fits.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::marks::value;
use super::ownership::gives_away;
use super::shape::{is_irrefutable, is_pure, plain_name};

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

/// A tuple that is matched with a pattern of as many fields, one part of which has a known value: `(Some(x), true)` and
/// `(f(), true)`.
pub(crate) struct Tuple {
    fields: Vec<SyntaxNode>,
    parts: Vec<SyntaxNode>,
    position: usize,
    /// Whether the pattern fits the known value.
    pub(crate) fits: bool,
}

impl Tuple {
    pub(crate) fn of(pattern: &SyntaxNode, matched: &SyntaxNode) -> Option<Self> {
        let fields = ast::TuplePat::cast(pattern.clone())?.fields();
        let fields: Vec<SyntaxNode> = fields.map(|field| field.syntax().clone()).collect();
        let tuple = ast::TupleExpr::cast(matched.clone())?;
        let parts: Vec<SyntaxNode> = tuple.fields().map(|part| part.syntax().clone()).collect();
        let position = parts.iter().position(|part| value(part).is_some())?;
        let field = fields.get(position)?;
        let has_rest = fields.iter().any(|field| field.kind() == SyntaxKind::REST_PAT);
        let binds = plain_name(field).is_some_and(|name| name != "_");
        if has_rest || binds || fields.len() != parts.len() || parts.len() < 2 {
            return None;
        }
        let fits = fits(&ast::Pat::cast(field.clone())?, value(parts.get(position)?)?)?;
        Some(Self { fields, parts, position, fits })
    }

    /// The pattern and the value of the other parts, as a declaration.
    pub(crate) fn others(&self) -> String {
        let of = |parts: &[SyntaxNode]| without(parts, self.position);
        format!("{} = {}", of(&self.fields), of(&self.parts))
    }

    /// Whether the pattern of the other parts fits every value.
    pub(crate) fn is_irrefutable(&self) -> bool {
        let mut others = self.fields.iter().enumerate();
        others.all(|(index, field)| index == self.position || is_irrefutable(field))
    }

    /// What is evaluated, or dropped, of the other parts where the pattern does not fit.
    pub(crate) fn ignored(&self) -> Option<String> {
        let looks = |part: &SyntaxNode| is_pure(part) && !gives_away(part);
        let others = self.parts.iter().enumerate().filter(|(index, _)| *index != self.position);
        let others: Vec<&SyntaxNode> = others.map(|(_, part)| part).collect();
        match others.as_slice() {
            all if all.iter().all(|part| looks(part)) => None,
            [only] if is_pure(only) => Some(format!("drop({only})")),
            _ => Some(without(&self.parts, self.position)),
        }
    }
}
