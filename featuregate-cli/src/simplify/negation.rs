//! Expressions with the other value.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::edit::Edit;
use super::precedence::{binds_tighter_than_prefix, needs_parentheses};
use super::shape::has_struct_literal;

/// The edit that puts an expression with the other value where another one is. `!!x` is `x`, and `!x` needs no parentheses
/// but as a receiver.
pub(crate) fn negation(node: &SyntaxNode, expression: &SyntaxNode) -> Edit {
    let mut around = node.clone();
    while let Some(outer) = around.parent().filter(|outer| {
        outer.kind() == SyntaxKind::PAREN_EXPR
            && outer.children_with_tokens().all(|part| part.kind() != SyntaxKind::COMMENT)
    }) {
        around = outer;
    }
    if let Some(prefix) = around.parent().and_then(ast::PrefixExpr::cast)
        && prefix.op_kind() == Some(ast::UnaryOp::Not)
    {
        let bare = bare(expression, prefix.syntax());
        let needs = needs_parentheses(&bare, prefix.syntax());
        return Edit::of(
            prefix.syntax(),
            if needs { format!("({bare})") } else { bare.to_string() },
        );
    }
    let own = negated(expression, node);
    let is_receiver = around.parent().is_some_and(|parent| {
        matches!(
            parent.kind(),
            SyntaxKind::METHOD_CALL_EXPR
                | SyntaxKind::FIELD_EXPR
                | SyntaxKind::TRY_EXPR
                | SyntaxKind::AWAIT_EXPR
        )
    });
    Edit::of(if own.starts_with('!') && !is_receiver { &around } else { node }, own)
}

/// An expression with the other value, where another one is.
pub(crate) fn negated(expression: &SyntaxNode, node: &SyntaxNode) -> String {
    let bare = match ast::ParenExpr::cast(expression.clone()).and_then(|outer| outer.expr()) {
        Some(inner) => inner.syntax().clone(),
        None => expression.clone(),
    };
    let prefix = ast::PrefixExpr::cast(bare.clone());
    let is_negation = |prefix: &ast::PrefixExpr| prefix.op_kind() == Some(ast::UnaryOp::Not);
    if let Some(inner) = prefix.filter(is_negation).and_then(|prefix| prefix.expr()) {
        let inner = self::bare(inner.syntax(), node);
        return if needs_parentheses(&inner, node) {
            format!("({inner})")
        } else {
            inner.to_string()
        };
    }
    if binds_tighter_than_prefix(&bare) { format!("!{bare}") } else { format!("!({bare})") }
}

/// An operand without parentheses that it does not need in place of its operator.
pub(crate) fn bare(other: &SyntaxNode, node: &SyntaxNode) -> SyntaxNode {
    let is_bare = other.kind() == SyntaxKind::PAREN_EXPR
        && other.children_with_tokens().all(|part| part.kind() != SyntaxKind::COMMENT);
    let inner = other
        .first_child()
        .filter(|inner| is_bare && !has_struct_literal(inner) && !needs_parentheses(inner, node));
    inner.unwrap_or_else(|| other.clone())
}
