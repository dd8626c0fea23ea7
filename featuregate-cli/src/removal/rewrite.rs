//! The edits that take a gate out of a file.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::left::{Left, Rest};
use super::overrides;
use super::unbuilt::Unbuilt;
use crate::code::tree::{bytes, covering, parse, tokens};
use crate::code::usage::{Kind, Use};
use crate::io::text::Lines;
use crate::simplify::depth::Depth;
use crate::simplify::edit::{Edit, tidy};
use crate::simplify::marks::{after_value, mark_for};
use crate::simplify::shape::is_pure;

/// The edits for the uses in a file, each simplified up to a depth, and what is left. What names the gate without reading it
/// stays if the gate does.
pub(crate) fn edits(
    text: &str,
    uses: &[&Use],
    value: bool,
    stays: bool,
    unbuilt: &Unbuilt,
    depth: impl Fn(&Use) -> Depth,
) -> (Vec<Edit>, Vec<Left>) {
    let mut left = Vec::new();
    let Some(tree) = parse(text) else { return (Vec::new(), left) };
    let mut edits: Vec<Edit> = Vec::new();
    for used in uses {
        if stays && matches!(used.kind, Kind::Match | Kind::Path) {
            continue;
        }
        let node = covering(&tree, &used.name);
        let is_unbuilt = used.kind.is_code() && unbuilt.has(&used.file, &node);
        let listed = |reason: &str| Left {
            file: used.file.clone(),
            line: used.location.line,
            reason: reason.to_owned(),
            rest: Rest::Code,
        };
        let depth = if is_unbuilt { Depth::Values } else { depth(used) };
        match one(&node, used, mark_for(value, depth), value, text) {
            Ok(own) if is_unbuilt && used.kind == Kind::Check => {
                edits.extend(own);
                left.push(listed(
                    "this code is not compiled here: it has the value, and is not simplified",
                ));
            }
            Ok(own) => {
                edits.extend(own);
                if is_unbuilt {
                    left.push(listed("this code is not compiled here: compile it where it is"));
                }
            }
            Err(None) => {}
            Err(Some(reason)) => left.push(Left {
                file: used.file.clone(),
                line: used.location.line,
                reason,
                rest: if used.kind.is_code() { Rest::Gate } else { Rest::Mention },
            }),
        }
    }
    // What is within a part that is removed is removed with it.
    let removed: Vec<Edit> = edits.iter().filter(|edit| edit.text.is_empty()).cloned().collect();
    edits.retain(|edit| {
        !removed.iter().any(|outer| {
            outer != edit
                && outer.range.start <= edit.range.start
                && edit.range.end <= outer.range.end
        })
    });
    let lines = Lines::of(text);
    left.retain(|left| {
        !removed.iter().any(|outer| {
            let (from, to) = (lines.location(outer.range.start), lines.location(outer.range.end));
            from.line < left.line && left.line <= to.line
        })
    });
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits.dedup();
    tidy(&mut edits);
    (edits, left)
}

fn one(
    node: &SyntaxNode,
    used: &Use,
    written: &str,
    value: bool,
    text: &str,
) -> Result<Vec<Edit>, Option<String>> {
    let decide = |what: &str| Err(Some(what.to_owned()));
    match used.kind {
        Kind::Check => Ok(vec![Edit::new(used.expression.clone(), written)]),
        Kind::Gates => {
            let call = node.ancestors().find_map(ast::MethodCallExpr::cast);
            let receiver =
                call.and_then(|call| call.receiver()).map(|receiver| receiver.syntax().clone());
            let evaluated =
                receiver.filter(|receiver| !is_pure(receiver) && !is_snapshot(receiver));
            let own = match evaluated {
                Some(receiver) => after_value(&receiver.text().to_string(), written),
                None => written.to_owned(),
            };
            Ok(vec![Edit::new(used.expression.clone(), own)])
        }
        Kind::Require => require(node, used, value, text)
            .map_or_else(|| decide("what happens without the gate is not known"), Ok),
        Kind::Override => {
            let quoted = tokens(node).find(|token| {
                let range = bytes(token.text_range());
                token.kind() == SyntaxKind::STRING
                    && range.start <= used.name.start
                    && used.name.end <= range.end
            });
            let is_named = node
                .ancestors()
                .find_map(ast::MethodCallExpr::cast)
                .is_some_and(|call| call.name_ref().is_some_and(|name| name.text() == "named"));
            let edits = match quoted.filter(|_| !is_named) {
                Some(token) => {
                    let name = text.get(used.name.clone()).unwrap_or_default();
                    overrides::in_text(&token, name, value, text)
                }
                None => overrides::remove(node, value, text),
            };
            edits.map_or_else(|| decide("a test sets the gate here in a way that is not known"), Ok)
        }
        Kind::Match => pattern(node, text).map_or_else(
            || decide("the gate is part of a pattern that is not an arm of its own"),
            Ok,
        ),
        Kind::Path => import(node, text).map_or_else(|| decide("this import is not known"), Ok),
        Kind::Value => decide("the gate itself is passed on as a value"),
        Kind::Macro => decide("what this macro makes of the gate is not known"),
        Kind::Doctest => decide("a doctest uses the gate"),
        Kind::Cfg => decide("the gate is in a condition of conditional compilation"),
        Kind::Documentation => Err(Some("this documentation mentions the gate".to_owned())),
        Kind::Configuration | Kind::Text => Err(Some("this still sets the gate".to_owned())),
    }
}

/// `Feature::snapshot()`, which only looks.
pub(super) fn is_snapshot(receiver: &SyntaxNode) -> bool {
    let text = receiver.text().to_string();
    text.ends_with("::snapshot()") || text.ends_with("::default()")
}

/// `Feature::X.require()?` of a gate that is on.
fn require(node: &SyntaxNode, used: &Use, value: bool, text: &str) -> Option<Vec<Edit>> {
    let call = node.ancestors().find(|node| bytes(node.text_range()) == used.expression)?;
    let tried = call.parent().filter(|parent| value && parent.kind() == SyntaxKind::TRY_EXPR)?;
    let statement = tried.parent().filter(|parent| parent.kind() == SyntaxKind::EXPR_STMT);
    Some(vec![match statement {
        Some(statement) => Edit::removal(&statement, text),
        None => Edit::of(&tried, "()"),
    }])
}

/// An arm for the gate, or one alternative of an arm.
fn pattern(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let pattern = node
        .ancestors()
        .find(|node| matches!(node.kind(), SyntaxKind::PATH_PAT | SyntaxKind::IDENT_PAT))?;
    let parent = pattern.parent()?;
    match parent.kind() {
        SyntaxKind::MATCH_ARM => Some(vec![Edit::removal(&parent, text)]),
        SyntaxKind::OR_PAT => separated(&pattern, SyntaxKind::PIPE),
        _ => None,
    }
}

/// A name in an import.
pub(super) fn import(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let tree = node.ancestors().find_map(ast::UseTree::cast)?;
    let parent = tree.syntax().parent()?;
    if let Some(list) = ast::UseTreeList::cast(parent.clone()) {
        if list.use_trees().count() > 1 {
            return separated(tree.syntax(), SyntaxKind::COMMA);
        }
        let outer = list.syntax().ancestors().find_map(ast::UseTree::cast)?;
        return import(outer.syntax(), text);
    }
    let item = ast::Use::cast(parent)?;
    Some(vec![Edit::removal(item.syntax(), text)])
}

/// A node of a list, with the separator after it, or else with the one before it.
fn separated(node: &SyntaxNode, separator: SyntaxKind) -> Option<Vec<Edit>> {
    let range = bytes(node.text_range());
    let beside = |direction| {
        node.siblings_with_tokens(direction)
            .skip(1)
            .filter_map(ra_ap_syntax::NodeOrToken::into_token)
            .find(|token| token.kind() == separator)
    };
    if let Some(after) = beside(ra_ap_syntax::Direction::Next) {
        let mut end = bytes(after.text_range()).end;
        if let Some(space) = after.next_token().filter(|next| next.kind() == SyntaxKind::WHITESPACE)
        {
            end = bytes(space.text_range()).end;
        }
        return Some(vec![Edit::new(range.start..end, "")]);
    }
    let before = beside(ra_ap_syntax::Direction::Prev)?;
    let start = before
        .prev_token()
        .filter(|space| space.kind() == SyntaxKind::WHITESPACE)
        .map_or(bytes(before.text_range()).start, |space| bytes(space.text_range()).start);
    Some(vec![Edit::new(start..range.end, "")])
}
