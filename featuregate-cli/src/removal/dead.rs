//! Removes what became dead: what the compiler warns of after a removal and did not warn of before.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::compile::Said;
use super::declaration::item;
use super::rewrite::is_snapshot;
use crate::code::tree::{bytes, covering, parse};
use crate::simplify::edit::{Edit, whole};
use crate::simplify::shape::{is_item, is_pure, plain_name, statements};

/// The lints of which the fix by the compiler is taken.
const FIXED: [&str; 13] = [
    "unused_imports",
    "unused_mut",
    "unused_parens",
    "unused_braces",
    "unused_labels",
    "clippy::needless_return",
    "clippy::let_and_return",
    "clippy::unused_unit",
    "clippy::needless_bool",
    "clippy::bool_comparison",
    "clippy::nonminimal_bool",
    "clippy::match_single_binding",
    "clippy::needless_borrow",
];

/// The edits for a warning, by file.
pub(crate) fn edits(said: &Said, text: &str) -> BTreeMap<PathBuf, Vec<Edit>> {
    let code = said.code.as_deref().unwrap_or_default();
    let mut all = BTreeMap::new();
    if FIXED.contains(&code) {
        for (file, range, replacement) in &said.fix {
            let edit = Edit::new(range.clone(), replacement.clone());
            all.entry(file.clone()).or_insert_with(Vec::new).push(edit);
        }
        return all;
    }
    let Some(tree) = parse(text) else { return all };
    let own: Vec<Edit> = said
        .spans
        .iter()
        .filter_map(|span| {
            let node = covering(&tree, span);
            match code {
                "dead_code" => unused(&node, text),
                "unused_variables" => variable(&node, text),
                "unreachable_code" => unreached(&node, text),
                "unreachable_patterns" => arm(&node, text),
                _ => None,
            }
        })
        .flatten()
        .collect();
    if !own.is_empty() {
        all.insert(said.file.clone(), own);
    }
    all
}

/// An item that nothing uses.
fn unused(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let name = node.ancestors().find(|node| node.kind() == SyntaxKind::NAME)?;
    let declared = name.parent()?;
    match declared.kind() {
        SyntaxKind::FN | SyntaxKind::CONST | SyntaxKind::STATIC | SyntaxKind::TYPE_ALIAS => {
            let block = declared.parent().and_then(|list| list.parent()).filter(|block| {
                block.kind() == SyntaxKind::IMPL
                    && block
                        .descendants()
                        .filter(|node| ast::AssocItem::can_cast(node.kind()))
                        .count()
                        == 1
            });
            Some(vec![item(block.as_ref().unwrap_or(&declared), text)])
        }
        SyntaxKind::STRUCT | SyntaxKind::ENUM => {
            let own = name.text().to_string();
            let tree = declared.ancestors().last()?;
            let blocks = tree.descendants().filter_map(ast::Impl::cast).filter(|block| {
                block.self_ty().is_some_and(|ty| ty.syntax().text() == own.as_str())
            });
            let mut edits: Vec<Edit> = blocks.map(|block| item(block.syntax(), text)).collect();
            edits.push(item(&declared, text));
            Some(edits)
        }
        _ => None,
    }
}

/// A variable that nothing reads.
fn variable(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let declared = node.ancestors().find_map(ast::LetStmt::cast)?;
    let pattern = declared.pat()?;
    plain_name(pattern.syntax())?;
    let is_own = pattern.syntax().text_range().contains_range(node.text_range());
    let initializer = declared.initializer()?;
    if !is_own {
        return None;
    }
    if is_pure(initializer.syntax()) || is_snapshot(initializer.syntax()) {
        return Some(vec![Edit::new(whole(declared.syntax(), text), "")]);
    }
    Some(vec![Edit::of(pattern.syntax(), "_")])
}

/// Statements that are not reached.
fn unreached(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let statement = node
        .ancestors()
        .find(|node| node.parent().is_some_and(|parent| parent.kind() == SyntaxKind::STMT_LIST))?;
    if statement.text_range().start() != node.text_range().start() {
        return None;
    }
    let list = statement.parent()?;
    let after = statements(&list).into_iter().skip_while(|other| *other != statement);
    Some(
        after
            .filter(|statement| !is_item(statement))
            .map(|statement| Edit::new(whole(&statement, text), ""))
            .collect(),
    )
}

fn arm(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let arm = node.ancestors().find_map(ast::MatchArm::cast)?;
    let is_whole = bytes(arm.pat()?.syntax().text_range()) == bytes(node.text_range());
    is_whole.then(|| vec![Edit::new(whole(arm.syntax(), text), "")])
}
