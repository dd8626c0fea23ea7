//! Simplifies a text in which the values of expressions are known, until nothing more follows.

use std::collections::BTreeSet;
use std::ops::Range;

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use super::depth::Depth;
use super::edit::{Edit, apply, tidy};
use super::marks::{PREFIX, close, is_mark, mark, open_macros, opened_for};
use super::{arms, binding, boolean, branch, capture, open, reach, unread};
use crate::code::tree::{TOO_DEEP, is_valid, parse, tokens};

/// The most steps. Each is as deep as the nesting of what is simplified.
const STEPS: usize = 4096;

/// The text with these expressions replaced by their values and simplified.
///
/// # Errors
/// Why that cannot be done.
pub fn simplify(text: &str, known: &[(Range<usize>, bool)]) -> Result<String, String> {
    let mut edits: Vec<Edit> =
        known.iter().map(|(range, value)| Edit::new(range.clone(), mark(*value))).collect();
    tidy(&mut edits);
    simplified(text, &edits, Depth::Careful, &BTreeSet::new())
}

/// The text with edits, some of which write marks, simplified; what marks are left become literals. `macros` are those of
/// the program that have the name of a known one.
pub(crate) fn simplified(
    text: &str,
    edits: &[Edit],
    depth: Depth,
    macros: &BTreeSet<String>,
) -> Result<String, String> {
    if text.contains(PREFIX) {
        return Err(format!(
            "it contains the name {PREFIX}…, which is used while a file is changed"
        ));
    }
    let before = parse(text).ok_or(TOO_DEEP)?;
    let marked = apply(text, edits);
    let mut current = open_macros(&marked, macros).ok_or(TOO_DEEP)?;
    // What is only known to the rules of a smaller depth is left for these.
    for most in Depth::ALL {
        let opened = opened_for(&current, most);
        if most != Depth::Bold && opened == current {
            continue;
        }
        current = reduced(&before, opened, most.min(depth))?;
    }
    let closed = close(&current).ok_or("a mark could not be removed")?;
    if is_valid(text) && !is_valid(&closed) {
        return Err("what is left would not be valid Rust".to_owned());
    }
    Ok(closed)
}

/// The conditions, operands and receivers of methods in a text that are `true` or `false`: where each is, and what it is a
/// part of.
pub(crate) fn known_conditions(text: &str) -> Vec<(usize, String)> {
    let tree = parse(text);
    let literals = tree.iter().flat_map(SyntaxNode::descendants).filter_map(ast::Literal::cast);
    let known = literals.filter_map(|literal| {
        let parent = literal.syntax().parent()?;
        let is_condition = matches!(
            parent.kind(),
            SyntaxKind::IF_EXPR
                | SyntaxKind::WHILE_EXPR
                | SyntaxKind::MATCH_EXPR
                | SyntaxKind::MATCH_GUARD
                | SyntaxKind::METHOD_CALL_EXPR
                | SyntaxKind::PREFIX_EXPR
        ) || ast::BinExpr::cast(parent.clone()).is_some_and(|binary| {
            matches!(
                binary.op_kind(),
                Some(
                    ast::BinaryOp::LogicOp(_)
                        | ast::BinaryOp::CmpOp(_)
                        | ast::BinaryOp::ArithOp(_)
                        | ast::BinaryOp::Assignment { op: Some(_) }
                )
            )
        }) || is_matched(&parent);
        let is_known = is_condition && matches!(literal.kind(), ast::LiteralKind::Bool(_));
        is_known.then(|| {
            (usize::from(literal.syntax().text_range().start()), parent.text().to_string())
        })
    });
    known.collect()
}

/// Whether a tuple is matched with patterns.
fn is_matched(tuple: &SyntaxNode) -> bool {
    tuple.kind() == SyntaxKind::TUPLE_EXPR
        && tuple.parent().is_some_and(|around| {
            matches!(around.kind(), SyntaxKind::LET_EXPR | SyntaxKind::MATCH_EXPR)
                || around.children().any(|part| part.kind() == SyntaxKind::LET_ELSE)
        })
}

/// The text after all steps up to a depth.
fn reduced(before: &SyntaxNode, text: String, depth: Depth) -> Result<String, &'static str> {
    let mut current = text;
    for _ in 0..STEPS {
        let mut next = None;
        for own in Depth::ALL.into_iter().rev().filter(|own| *own <= depth) {
            if next.is_none() {
                next = step(&current, own)?;
            }
        }
        if depth != Depth::Values && next.is_none() {
            next = unread::reduce(before, &current).map(|edits| apply(&current, &edits));
        }
        match next {
            Some(next) => current = next,
            None => return Ok(current),
        }
    }
    Err("it takes too many steps")
}

/// The text after all changes that can be made at once; `None` if nothing changes.
fn step(text: &str, depth: Depth) -> Result<Option<String>, &'static str> {
    let tree = parse(text).ok_or(TOO_DEEP)?;
    let mut accepted: Vec<Edit> = Vec::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    for token in tokens(&tree).filter(is_mark) {
        let edits = reduction(&token, text, depth).unwrap_or_default();
        let (Some(first), Some(last)) = (edits.first(), edits.last()) else { continue };
        let span = first.range.start..last.range.end;
        if spans.iter().all(|other| other.end < span.start || span.end < other.start) {
            spans.push(span);
            accepted.extend(edits);
        }
    }
    accepted.sort_by_key(|edit| edit.range.start);
    let next = apply(text, &accepted);
    Ok((next != text).then_some(next))
}

/// The first rule that applies to what surrounds a mark, from the inside out.
fn reduction(token: &SyntaxToken, text: &str, depth: Depth) -> Option<Vec<Edit>> {
    for node in token.parent_ancestors() {
        if node.kind() == SyntaxKind::FN {
            return None;
        }
        let edits = match depth {
            Depth::Values => negated(&node, text),
            Depth::Careful => at(&node, text),
            Depth::Bold => open::reduce(&node),
        };
        if let Some(mut edits) = edits {
            tidy(&mut edits);
            return Some(edits);
        }
    }
    None
}

/// `!true` is `false` whatever is around it.
fn negated(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let is_negation = node.kind() == SyntaxKind::PREFIX_EXPR;
    boolean::reduce(node, text).filter(|_| is_negation).map(|edit| vec![edit])
}

fn at(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    if node.kind() == SyntaxKind::EXPR_STMT && node.text() == super::marks::CUT {
        return reach::reduce(node, text);
    }
    boolean::reduce(node, text)
        .map(|edit| {
            let kept = capture::kept(std::slice::from_ref(node), &edit.text);
            [vec![edit], kept].concat()
        })
        .or_else(|| branch::reduce(node, text))
        .or_else(|| arms::reduce(node, text))
        .or_else(|| binding::reduce(node, text))
}
