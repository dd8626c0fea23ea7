//! Tests that override a gate which is removed.

use std::ops::Range;

use featuregate_core::parse_bool;
use ra_ap_syntax::ast::{self, AstNode as _, HasName as _};
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
    let gate = given.first()?.text().to_string();
    if set == value { same(&call, text) } else { other(call.syntax(), &gate, text) }
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
        if name.trim() == gate { parse_bool(set.trim()) } else { None }
    };
    let is_same = items.iter().filter_map(set).next_back()? == value;
    let others: Vec<&str> = items.iter().filter(|item| set(item).is_none()).copied().collect();
    let call = token.parent_ancestors().find_map(ast::MethodCallExpr::cast);
    if let Some(call) =
        call.filter(|call| call.name_ref().is_some_and(|name| name.text() == "text"))
    {
        return match (is_same, others.is_empty()) {
            (false, _) => other(call.syntax(), gate, text),
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
            let list = statement.parent()?;
            let Some(drops) = only_dropped(&statement, &list) else { return Some(vec![link]) };
            let whole = |own: &SyntaxNode| Edit::removal(own, text);
            Some(std::iter::once(&statement).chain(&drops).map(whole).collect())
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
            if is_statement && !leaves {
                return Some(vec![Edit::of(&chain, body.text().to_string())]);
            }
            Some(vec![link])
        }
        _ => Some(vec![link]),
    }
}

/// The statements that drop a guard, if nothing else is done with it.
fn only_dropped(statement: &SyntaxNode, list: &SyntaxNode) -> Option<Vec<SyntaxNode>> {
    let name = guard(statement)?;
    let all = statements(list);
    let after = all.iter().skip_while(|own| *own != statement).skip(1);
    // Up to another guard of that name.
    let own = after.take_while(|own| guard(own).as_ref() != Some(&name));
    let uses = own.filter(|own| name != "_" && tokens(own).any(|token| token.text() == name));
    let uses: Vec<SyntaxNode> = uses.cloned().collect();
    uses.iter().all(|own| drops(own, &name)).then_some(uses)
}

/// The name that a statement gives to a guard.
fn guard(statement: &SyntaxNode) -> Option<String> {
    let declared = ast::LetStmt::cast(statement.clone())?;
    declared.pat().map(|pattern| pattern.syntax().text().to_string())
}

/// Whether a statement is `drop(guard);`.
fn drops(statement: &SyntaxNode, guard: &str) -> bool {
    statement.text().to_string().split_once("drop(").is_some_and(|(path, argument)| {
        path.chars().all(|c| c.is_alphabetic() || c == ':')
            && argument.trim_end_matches(';').trim_end_matches(')').trim() == guard
    })
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
                matches!(
                    name.text().as_str(),
                    "on" | "off" | "set" | "named" | "strict" | "text" | "at"
                )
            })
        })
}

/// An override with the other value: what it applies to no longer exists.
fn other(call: &SyntaxNode, gate: &str, text: &str) -> Option<Vec<Edit>> {
    let statement = call.ancestors().find(|node| {
        matches!(node.kind(), SyntaxKind::EXPR_STMT | SyntaxKind::LET_STMT)
            || node.parent().is_some_and(|parent| parent.kind() == SyntaxKind::STMT_LIST)
    })?;
    let list = statement.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST)?;
    let block = list.parent()?;
    let around = block.parent()?;
    let ends_here = statement.kind() != SyntaxKind::LET_STMT;
    if ends_here {
        // A function that gives the scope away.
        let function =
            ast::Fn::cast(around.clone()).filter(|_| statement.kind() != SyntaxKind::EXPR_STMT);
        if function.is_some_and(|function| function.ret_type().is_some()) && !is_test(&around) {
            return None;
        }
        // The scope is the statement.
        let only = statements(&list).len() == 1;
        let function = around.kind() == SyntaxKind::FN && is_test(&around);
        let removed = if only && function { &around } else { &statement };
        return (function || !only).then(|| vec![Edit::removal(removed, text)]);
    }
    // A scope that is entered later, perhaps by several statements.
    let method = ast::MethodCallExpr::cast(outermost(call))?.name_ref();
    if method.is_none_or(|name| name.text() != "enter") {
        return None;
    }
    if around.kind() == SyntaxKind::FN {
        let removed = || part(&statement, &list, gate, text).unwrap_or(whole(&around, text));
        return is_test(&around).then(|| vec![Edit::new(removed(), "")]);
    }
    // A block of its own.
    let is_block = matches!(around.kind(), SyntaxKind::EXPR_STMT | SyntaxKind::STMT_LIST);
    let removed = if around.kind() == SyntaxKind::EXPR_STMT { &around } else { &block };
    (is_block && block.kind() == SyntaxKind::BLOCK_EXPR).then(|| vec![Edit::removal(removed, text)])
}

/// The statements of a test for which an override holds, if the test has others that do something: up to where the guard is
/// dropped, or the gate is overridden again.
fn part(statement: &SyntaxNode, list: &SyntaxNode, gate: &str, text: &str) -> Option<Range<usize>> {
    let all = statements(list);
    let at = all.iter().position(|own| own == statement)?;
    let guard = guard(statement)?;
    let is_drop = |own: &SyntaxNode| drops(own, &guard);
    let overrides = |own: &SyntaxNode| {
        let text = own.text().to_string();
        own.kind() == SyntaxKind::LET_STMT && names(&text, gate) && text.contains(".enter()")
    };
    let does = |own: &SyntaxNode| own.kind() != SyntaxKind::LET_STMT && !is_drop(own);
    let after = all.get(at + 1..)?;
    let length = after
        .iter()
        .position(|own| is_drop(own) || overrides(own))
        .map_or(after.len(), |end| end + usize::from(after.get(end).is_some_and(is_drop)));
    let removed = all.get(at..=at + length)?;
    // What is declared there is needed below.
    let rest = after.get(length..)?;
    let names = removed.iter().filter(|own| own.kind() == SyntaxKind::LET_STMT).flat_map(|own| {
        let pattern = ast::LetStmt::cast(own.clone()).and_then(|own| own.pat());
        let bound = pattern
            .into_iter()
            .flat_map(|pattern| pattern.syntax().descendants().collect::<Vec<_>>());
        bound
            .filter_map(ast::IdentPat::cast)
            .filter_map(|own| own.name())
            .map(|name| name.text().to_string())
            .collect::<Vec<_>>()
    });
    let is_needed = |name: String| {
        rest.iter().any(|own| {
            tokens(own).any(|token| {
                token.text() == name
                    || token.kind() == SyntaxKind::STRING && token.text().contains(&name)
            })
        })
    };
    if names.into_iter().any(is_needed) {
        return None;
    }
    let others = all.get(..at)?.iter().chain(rest);
    let ending = all.get(at + length)?;
    let range = whole(statement, text).start..whole(ending, text).end;
    others.into_iter().any(does).then_some(range)
}

/// Whether a text names a gate, and not one whose name begins like it.
fn names(text: &str, gate: &str) -> bool {
    text.match_indices(gate).any(|(at, _)| {
        let after = text.get(at + gate.len()..).and_then(|after| after.chars().next());
        !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}
