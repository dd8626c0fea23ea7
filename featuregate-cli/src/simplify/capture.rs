//! Closures and blocks that own what they capture, and would no longer capture it.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::edit::Edit;
use super::ownership::{is_captured, is_silent_at, mentions};
use super::types::type_of;
use crate::code::tree::{bytes, tokens};

/// The edits that keep the variables of a removed part in the `move` closures and blocks around it, which drop them: the end
/// of a channel or a guard is seen elsewhere.
/// `left` is what replaces the removed part.
pub(crate) fn kept(removed: &[SyntaxNode], left: &str) -> Vec<Edit> {
    let Some(first) = removed.first() else { return Vec::new() };
    let within = |node: &SyntaxNode| {
        removed.iter().any(|part| part.text_range().contains_range(node.text_range()))
    };
    let mut edits = Vec::new();
    for owner in first.ancestors().skip(1) {
        let Some(body) = owned(&owner) else { continue };
        if within(&owner) {
            continue;
        }
        let is_left = |name: &str| {
            left.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
                || mentions(&body, name).any(|path| !within(&path))
                || tokens(&body).any(|token| {
                    token.kind() == SyntaxKind::STRING
                        && token.text().contains(&format!("{{{name}"))
                        && !removed
                            .iter()
                            .any(|part| part.text_range().contains_range(token.text_range()))
                })
        };
        let is_silent =
            |place: &SyntaxNode| type_of(place, 0).is_some_and(|ty| is_silent_at(place, &ty));
        let paths = removed.iter().flat_map(SyntaxNode::descendants);
        let mut places: Vec<String> = paths
            .filter(|node| node.kind() == SyntaxKind::PATH_EXPR && is_captured(node, &owner))
            .filter(|path| !is_left(&path.text().to_string()))
            .map(place)
            .filter(|place| !is_silent(place))
            .map(|place| place.text().to_string())
            .collect();
        places.sort();
        places.dedup();
        if places.is_empty() {
            continue;
        }
        let uses =
            places.iter().fold(String::new(), |uses, place| format!("{uses} let _ = &{place};"));
        let range = bytes(body.text_range());
        let list = body.children().find(|child| child.kind() == SyntaxKind::STMT_LIST);
        if let Some(opening) = list.and_then(|list| list.first_token()) {
            let at = bytes(opening.text_range()).end;
            edits.push(Edit::new(at..at, uses));
        } else {
            edits.push(Edit::new(range.start..range.start, format!("{{{uses} ")));
            edits.push(Edit::new(range.end..range.end, " }"));
        }
    }
    edits
}

/// A variable with the fields that are taken of it: a closure captures no more.
fn place(path: SyntaxNode) -> SyntaxNode {
    let field = path.parent().filter(|parent| parent.kind() == SyntaxKind::FIELD_EXPR);
    field.map_or(path, place)
}

/// The body of a closure or a block that owns what it captures.
fn owned(node: &SyntaxNode) -> Option<SyntaxNode> {
    if let Some(closure) = ast::ClosureExpr::cast(node.clone()) {
        let body = closure.body().filter(|_| closure.move_token().is_some())?;
        return Some(body.syntax().clone());
    }
    let block = ast::BlockExpr::cast(node.clone())?;
    (block.async_token().is_some() && block.move_token().is_some()).then(|| node.clone())
}
