//! Tests that override a gate which is removed.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use crate::code::tree::{bytes, tokens};
use crate::simplify::branch::is_test;
use crate::simplify::edit::{Edit, whole};
use crate::simplify::marks::mark;
use crate::simplify::shape::{arguments, statements};

/// The edits for an override of a gate that from now on has a value; `None` if a person has to decide.
pub(crate) fn remove(node: &SyntaxNode, value: bool, text: &str) -> Option<Vec<Edit>> {
    let call = node.ancestors().find_map(ast::MethodCallExpr::cast)?;
    let given = arguments(call.syntax());
    let set = match call.name_ref()?.text().as_str() {
        "on" => true,
        "off" => false,
        "set" | "named" => match given.get(1)?.text().to_string().as_str() {
            "true" => true,
            "false" => false,
            _ => return None,
        },
        _ => return None,
    };
    if set == value { same(&call, text) } else { other(call.syntax(), text) }
}

/// An override with the value that the gate has: it is not needed.
fn same(call: &ast::MethodCallExpr, text: &str) -> Option<Vec<Edit>> {
    let receiver = call.receiver()?;
    let link = Edit::new(
        bytes(receiver.syntax().text_range()).end..bytes(call.syntax().text_range()).end,
        "",
    );
    let chain = outermost(call.syntax());
    if overrides_more(&chain, call.syntax()) {
        return Some(vec![link]);
    }
    // Nothing else is overridden.
    let end = ast::MethodCallExpr::cast(chain.clone())?;
    let statement = chain.parent()?;
    match end.name_ref()?.text().as_str() {
        "enter" => {
            let declared = ast::LetStmt::cast(statement.clone())?;
            let name = declared.pat()?.syntax().text().to_string();
            let list = statement.parent()?;
            let used = tokens(&list).filter(|token| token.text() == name.as_str()).count() > 1;
            if used && name != "_" {
                Some(vec![link])
            } else {
                Some(vec![Edit::new(whole(&statement, text), "")])
            }
        }
        "run" => {
            let given = arguments(&chain);
            let closure = ast::ClosureExpr::cast(given.first()?.clone())?;
            let body = closure.body()?.syntax().clone();
            let is_statement = statement.kind() == SyntaxKind::EXPR_STMT;
            let leaves = body.descendants().any(|node| node.kind() == SyntaxKind::RETURN_EXPR);
            if is_statement && body.kind() == SyntaxKind::BLOCK_EXPR && !leaves {
                return Some(vec![Edit::of(&chain, format!("if {} {body}", mark(true)))]);
            }
            Some(vec![link])
        }
        _ => Some(vec![link]),
    }
}

/// The whole chain of calls that a call begins.
fn outermost(call: &SyntaxNode) -> SyntaxNode {
    let mut chain = call.clone();
    while let Some(parent) = chain.parent().filter(|parent| {
        parent.kind() == SyntaxKind::METHOD_CALL_EXPR
            && parent.first_child().as_ref() == Some(&chain)
    }) {
        chain = parent;
    }
    chain
}

fn overrides_more(chain: &SyntaxNode, own: &SyntaxNode) -> bool {
    let calls = chain.descendants().filter_map(ast::MethodCallExpr::cast);
    calls
        .filter(|call| {
            call.syntax() != own && call.syntax().text_range().start() == chain.text_range().start()
        })
        .any(|call| {
            call.name_ref().is_some_and(|name| {
                matches!(name.text().as_str(), "on" | "off" | "set" | "named" | "text" | "at")
            })
        })
}

/// An override with the other value: what it applies to no longer exists.
fn other(call: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let statement = call.ancestors().find(|node| {
        matches!(node.kind(), SyntaxKind::EXPR_STMT | SyntaxKind::LET_STMT)
            || node.parent().is_some_and(|parent| parent.kind() == SyntaxKind::STMT_LIST)
    })?;
    let list = statement.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST)?;
    let block = list.parent()?;
    let around = block.parent()?;
    let ends_here = statement.kind() != SyntaxKind::LET_STMT;
    if ends_here {
        // The scope is the statement.
        let only = statements(&list).len() == 1;
        let function = around.kind() == SyntaxKind::FN && is_test(&around);
        let removed = if only && function { &around } else { &statement };
        return (function || !only).then(|| vec![Edit::new(whole(removed, text), "")]);
    }
    if around.kind() == SyntaxKind::FN {
        return is_test(&around).then(|| vec![Edit::new(whole(&around, text), "")]);
    }
    // A block of its own.
    let is_block = matches!(around.kind(), SyntaxKind::EXPR_STMT | SyntaxKind::STMT_LIST);
    let removed = if around.kind() == SyntaxKind::EXPR_STMT { &around } else { &block };
    (is_block && block.kind() == SyntaxKind::BLOCK_EXPR)
        .then(|| vec![Edit::new(whole(removed, text), "")])
}
