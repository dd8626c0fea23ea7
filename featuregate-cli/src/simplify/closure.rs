//! Closures whose value is known, as arguments of methods of `Option`, `Result` and iterators.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::edit::Edit;
use super::marks::{mark, value};
use super::ownership::gives_away;
use super::shape::{arguments, is_pure};
use crate::code::tree::bytes;

/// The edit for `x.is_some_and(|y| true)` and the like.
pub(crate) fn reduce(node: &SyntaxNode) -> Option<Edit> {
    let call = ast::MethodCallExpr::cast(node.clone())?;
    let receiver = call.receiver()?.syntax().clone();
    let given = arguments(node);
    let only = given.first().filter(|_| given.len() == 1)?;
    // What takes its receiver drops it.
    let known = constant(only).filter(|_| !gives_away(&receiver))?;
    let name = call.name_ref()?;
    let shorter = match (name.text().as_str(), known) {
        ("is_some_and", true) => "is_some()",
        ("is_ok_and", true) => "is_ok()",
        ("is_err_and", true) => "is_err()",
        ("is_none_or", false) => "is_none()",
        // The iterator goes on elsewhere.
        ("any" | "all", _)
            if matches!(receiver.kind(), SyntaxKind::PATH_EXPR | SyntaxKind::FIELD_EXPR) =>
        {
            return None;
        }
        ("is_some_and" | "is_ok_and" | "is_err_and" | "any", false)
        | ("is_none_or" | "all", true) => {
            return is_pure(&receiver).then(|| Edit::of(node, mark(known)));
        }
        ("filter", true) => {
            // What follows does not need the type of a filter.
            let goes_on = node.parent()?.kind() == SyntaxKind::METHOD_CALL_EXPR;
            let range = bytes(receiver.text_range()).end..bytes(node.text_range()).end;
            return goes_on.then(|| Edit::new(range, ""));
        }
        _ => return None,
    };
    let range = bytes(name.syntax().text_range()).start..bytes(node.text_range()).end;
    Some(Edit::new(range, shorter))
}

/// The value of a closure that does nothing else.
fn constant(node: &SyntaxNode) -> Option<bool> {
    let closure = ast::ClosureExpr::cast(node.clone())?;
    let is_plain = closure.async_token().is_none() && closure.ret_type().is_none();
    value(closure.body().filter(|_| is_plain)?.syntax())
}
