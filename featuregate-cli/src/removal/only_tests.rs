//! What only tests use after a removal.

use std::collections::BTreeSet;

use ra_ap_syntax::ast::{
    self, AstNode as _, HasAttrs as _, HasModuleItem as _, HasName as _, HasVisibility as _,
};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::rewrite;
use super::unbuilt::is_excluded;
use crate::code::tree::{bytes, tokens};
use crate::simplify::branch::is_test;
use crate::simplify::edit::{Edit, indentation};

const ATTRIBUTE: &str = "#[cfg(test)]";

/// Whether a node is in code that is compiled for tests alone.
pub(super) fn has(node: &SyntaxNode) -> bool {
    node.ancestors().any(|node| is_test(&node) || is_for_tests(&node))
}

/// Whether an attribute says so.
fn is_for_tests(node: &SyntaxNode) -> bool {
    is_excluded(node, &|option| (option == "test").then_some(false))
}

/// An import that only tests use is compiled for tests alone.
pub(super) fn import(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let own = node.ancestors().find_map(ast::UseTree::cast)?;
    let item = own.syntax().ancestors().find_map(ast::Use::cast)?;
    let start = bytes(item.use_token()?.text_range()).start;
    let indentation = indentation(item.syntax());
    if item.use_tree()? == own {
        let start = item.visibility().map_or(start, |own| bytes(own.syntax().text_range()).start);
        return Some(vec![Edit::new(start..start, format!("{ATTRIBUTE}\n{indentation}"))]);
    }
    if item.attrs().next().is_some() || item.visibility().is_some() {
        return None;
    }
    let above = own.syntax().ancestors().skip(1).filter_map(ast::UseTree::cast);
    let mut path: Vec<String> =
        above.filter_map(|tree| Some(tree.path()?.syntax().text().to_string())).collect();
    path.reverse();
    path.push(own.syntax().text().to_string());
    let own = format!("{ATTRIBUTE}\n{indentation}use {};\n{indentation}", path.join("::"));
    let mut edits = vec![Edit::new(start..start, own)];
    edits.extend(rewrite::import(node, text)?);
    Some(edits)
}

/// The function outside of other items that has a name.
pub(super) fn function(name: &SyntaxNode) -> Option<ast::Fn> {
    let declared = name.ancestors().find_map(ast::Name::cast)?.syntax().parent()?;
    let is_outside = declared.parent()?.kind() == SyntaxKind::SOURCE_FILE;
    ast::Fn::cast(declared).filter(|_| is_outside)
}

/// A function that only its tests use, with these. `None` if they test another function of the file too.
pub(super) fn with_function(declared: &ast::Fn, text: &str) -> Option<Vec<Edit>> {
    let name = declared.name()?.text().to_string();
    let file = declared.syntax().parent().and_then(ast::SourceFile::cast)?;
    let others: BTreeSet<String> = file
        .syntax()
        .children()
        .filter(|item| !is_test(item))
        .filter_map(ast::Fn::cast)
        .filter_map(|function| Some(function.name()?.text().to_string()))
        .filter(|other| *other != name)
        .collect();
    let mut removed: Vec<SyntaxNode> = Vec::new();
    let mut edits = vec![Edit::removal(declared.syntax(), text)];
    for token in tokens(file.syntax()).filter(|token| token.text() == name) {
        if declared.syntax().text_range().contains_range(token.text_range()) {
            continue;
        }
        let used = token.parent().filter(has)?;
        if used.ancestors().any(|node| node.kind() == SyntaxKind::USE) {
            edits.extend(rewrite::import(&used, text)?);
            continue;
        }
        let tested = used.ancestors().find(is_test)?;
        if tokens(&tested).any(|token| others.contains(token.text())) {
            return None;
        }
        edits.push(Edit::removal(&tested, text));
        removed.push(tested);
    }
    // Modules of which nothing but imports is left.
    for module in file.syntax().children().filter_map(ast::Module::cast) {
        let mut items = module.item_list().into_iter().flat_map(|list| list.items()).peekable();
        let has_some = items.peek().is_some();
        let is_left = |item: ast::Item| {
            !matches!(item, ast::Item::Use(_)) && !removed.contains(item.syntax())
        };
        if has_some && is_for_tests(module.syntax()) && !removed.is_empty() && !items.any(is_left) {
            edits.push(Edit::removal(module.syntax(), text));
        }
    }
    Some(edits)
}
