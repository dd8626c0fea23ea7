//! Tests that override a gate which is removed.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use crate::code::macros::around;
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

/// The edits for an override in a text: `.text("A=true,B=false")`, or a setting of `under!`.
pub(crate) fn in_text(
    token: &SyntaxToken,
    gate: &str,
    value: bool,
    text: &str,
) -> Option<Vec<Edit>> {
    let quoted = token.text();
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let items: Vec<&str> = inner.split(',').collect();
    let set = |item: &&str| {
        let (name, set) = item.split_once('=')?;
        (name.trim() == gate).then(|| set.trim().eq_ignore_ascii_case("true"))
    };
    let is_same = items.iter().filter_map(set).next_back()? == value;
    let others: Vec<&str> = items.iter().filter(|item| set(item).is_none()).copied().collect();
    let call = token.parent_ancestors().find_map(ast::MethodCallExpr::cast);
    if let Some(call) =
        call.filter(|call| call.name_ref().is_some_and(|name| name.text() == "text"))
    {
        return match (is_same, others.is_empty()) {
            (false, _) => other(call.syntax(), text),
            (true, true) => same(&call, text),
            (true, false) => Some(vec![literal(token, &others)]),
        };
    }
    let is_setting = around(token).first().is_some_and(|name| name == "under");
    if !is_setting {
        return None;
    }
    if is_same {
        return Some(vec![literal(token, &others)]);
    }
    // What the others set is decided by themselves; one of them must stay.
    let is_other = |text: &str| {
        let items = text.trim_matches('"').split(',');
        items.filter_map(|item| set(&item)).next_back().is_some_and(|set| set != value)
    };
    setting(token, &is_other)
}

fn literal(token: &SyntaxToken, items: &[&str]) -> Edit {
    Edit::new(bytes(token.text_range()), format!("\"{}\"", items.join(",")))
}

/// Removes `name = "text",` from the settings of `under!`, unless all of them have the other value.
fn setting(token: &SyntaxToken, is_other: &dyn Fn(&str) -> bool) -> Option<Vec<Edit>> {
    let tree = token.parent()?;
    let all: Vec<SyntaxToken> = tree
        .children_with_tokens()
        .filter_map(ra_ap_syntax::NodeOrToken::into_token)
        .filter(|token| !token.kind().is_trivia())
        .collect();
    let settings = all.iter().take_while(|token| token.kind() != SyntaxKind::SEMICOLON);
    let mut texts = settings.filter(|token| token.kind() == SyntaxKind::STRING);
    if texts.all(|token| is_other(token.text())) {
        return None;
    }
    let at = all.iter().position(|other| other == token)?;
    let name = all.get(at.checked_sub(2)?)?;
    let comma = |index: usize| all.get(index).filter(|token| token.kind() == SyntaxKind::COMMA);
    let start = bytes(name.text_range()).start;
    let range = match (comma(at + 1), all.get(at + 2)) {
        (Some(_), Some(next)) if next.kind() == SyntaxKind::IDENT => {
            start..bytes(next.text_range()).start
        }
        _ => {
            let before = comma(at.checked_sub(3)?)?;
            bytes(before.text_range()).start..bytes(token.text_range()).end
        }
    };
    Some(vec![Edit::new(range, "")])
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
