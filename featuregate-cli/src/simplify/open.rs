//! What may leave a type open: tried last, since only the compiler can tell.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::boolean::none;
use super::edit::Edit;
use super::marks::value;
use super::place::{ended, ends_here, needs_value};
use super::precedence::needs_parentheses;
use super::shape::{is_plain, statements};
use super::temporaries::has_no_temporaries;

/// The edit for a choice whose other value said which type it has, and for a `None` without one.
pub(crate) fn reduce(node: &SyntaxNode) -> Option<Vec<Edit>> {
    match node.kind() {
        SyntaxKind::METHOD_CALL_EXPR => Some(vec![Edit::of(node, none(node)?)]),
        SyntaxKind::IF_EXPR => choice(node),
        _ => None,
    }
}

fn choice(node: &SyntaxNode) -> Option<Vec<Edit>> {
    let choice = ast::IfExpr::cast(node.clone())?;
    let known = value(choice.condition()?.syntax())?;
    let is_operand = !matches!(
        node.parent()?.kind(),
        SyntaxKind::STMT_LIST | SyntaxKind::EXPR_STMT | SyntaxKind::IF_EXPR
    );
    let left = match choice.else_branch()? {
        _ if !is_operand => return None,
        _ if known => choice.then_branch()?.syntax().clone(),
        otherwise => otherwise.syntax().clone(),
    };
    let list = left.children().find(|child| child.kind() == SyntaxKind::STMT_LIST);
    let only = list.map(|list| statements(&list)).filter(|inside| inside.len() == 1);
    let only = only.and_then(|inside| inside.into_iter().next());
    let is_bare = left.descendants_with_tokens().all(|part| part.kind() != SyntaxKind::COMMENT);
    let only = only.filter(|only| is_plain(&left) && is_bare && ast::Expr::can_cast(only.kind()));
    let left = only.unwrap_or(left);
    if needs_value(node, &left) {
        return None;
    }
    if !ends_here(node) && !has_no_temporaries(&left) {
        return Some(vec![Edit::of(node, ended(&left.text().to_string()))]);
    }
    let own = left.text().to_string();
    let own = if needs_parentheses(&left, node) { format!("({own})") } else { own };
    Some(vec![Edit::of(node, own)])
}
