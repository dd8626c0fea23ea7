//! Where a block would end the statement or the arm that it begins.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

/// Whether a block needs parentheses where an expression is: it would end the statement or the arm that goes on after it.
pub(crate) fn block_needs_parentheses(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let goes_on = |parent: &SyntaxNode| {
        matches!(
            parent.kind(),
            K::BIN_EXPR
                | K::CAST_EXPR
                | K::METHOD_CALL_EXPR
                | K::FIELD_EXPR
                | K::TRY_EXPR
                | K::AWAIT_EXPR
                | K::INDEX_EXPR
                | K::CALL_EXPR
        )
    };
    let parent = node.parent().filter(goes_on);
    parent.is_some_and(|parent| {
        parent.first_child().as_ref() == Some(node) && begins_statement(&parent)
    })
}

/// Whether an expression begins its statement or the arm of a match, where a block would end it.
fn begins_statement(node: &SyntaxNode) -> bool {
    let start = node.text_range().start();
    let is_arm = |node: &SyntaxNode| {
        let arm = node.parent().and_then(ast::MatchArm::cast);
        arm.and_then(|arm| arm.expr()).is_some_and(|own| own.syntax() == node)
    };
    node.ancestors().any(|node| {
        (matches!(node.kind(), SyntaxKind::EXPR_STMT | SyntaxKind::STMT_LIST) || is_arm(&node))
            && node.text_range().start() == start
    }) || node.parent().is_some_and(|list| {
        list.kind() == SyntaxKind::STMT_LIST && list.children().any(|child| child == *node)
    })
}
