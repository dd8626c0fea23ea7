//! `match` on a known value, and arms whose guard is known.

use std::fmt::Write as _;

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::capture;
use super::edit::{Edit, whole};
use super::marks::value;
use super::patterns::{fits, without};
use super::place::{Left, put};
use super::shape::{canonical, is_conditional, is_irrefutable, is_plain, is_pure, plain_name};
use super::types::keep_type;
use crate::code::tree::bytes;

/// The edits for a `match` or a guard.
pub(crate) fn reduce(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    // Which arms there are depends on what is compiled.
    let choice = node.ancestors().find_map(ast::MatchExpr::cast);
    let mut arms = choice.and_then(|choice| choice.match_arm_list()).into_iter();
    if arms.any(|list| list.arms().any(|arm| is_conditional(arm.syntax()))) {
        return None;
    }
    match node.kind() {
        SyntaxKind::MATCH_EXPR => matched(node, text),
        SyntaxKind::MATCH_GUARD => guard(node, text),
        _ => None,
    }
}

/// The comments above an arm, and at the end of its line.
fn comments(arm: &SyntaxNode, text: &str) -> Vec<String> {
    let all = whole(arm, text);
    let own = bytes(arm.text_range());
    let above = text.get(all.start..own.start).unwrap_or_default();
    let rest = text.get(own.end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let lines = above.lines().chain([rest]).map(str::trim);
    lines.filter(|line| line.starts_with("//")).map(str::to_owned).collect()
}

/// The edits that put an arm in the place of its `match`.
fn put_arm(node: &SyntaxNode, arm: &ast::MatchArm, text: &str) -> Option<Vec<Edit>> {
    let expression = arm.expr()?.syntax().clone();
    let is_block = expression.kind() == SyntaxKind::BLOCK_EXPR && is_plain(&expression);
    let left = if is_block { Left::Block(expression) } else { Left::Expression(expression) };
    let mut edits = put(node, text, &left, &comments(arm.syntax(), text))?;
    let arms = arm.syntax().parent()?.children();
    let removed: Vec<SyntaxNode> = arms.filter(|other| other != arm.syntax()).collect();
    edits.extend(capture::kept(&removed, ""));
    Some(edits)
}

fn matched(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let choice = ast::MatchExpr::cast(node.clone())?;
    let scrutinee = choice.expr()?.syntax().clone();
    if scrutinee.kind() == SyntaxKind::TUPLE_EXPR {
        return tuple(&choice, &scrutinee, text);
    }
    if super::boolean::is_none(&scrutinee) {
        return none(node, &choice, text);
    }
    if let Some(inner) = ast::RefExpr::cast(scrutinee.clone()).and_then(|of| of.expr())
        && let Some(known) = value(inner.syntax())
    {
        // The patterns are those of the value, if they are literals.
        let literal = |arm: ast::MatchArm| {
            arm.pat().is_some_and(|pattern| {
                matches!(pattern, ast::Pat::LiteralPat(_) | ast::Pat::WildcardPat(_))
            })
        };
        let all = choice.match_arm_list()?.arms().all(literal);
        return all.then(|| vec![Edit::of(&scrutinee, super::marks::mark(known))]);
    }
    let known = value(&scrutinee)?;
    let mut possible = Vec::new();
    for arm in choice.match_arm_list()?.arms() {
        if fits(&arm.pat()?, known)? {
            let ends = arm.guard().is_none();
            possible.push(arm);
            if ends {
                break;
            }
        }
    }
    let (last, guarded) = possible.split_last()?;
    if last.guard().is_some() {
        return None;
    }
    let binding = |arm: &ast::MatchArm| {
        let name = plain_name(arm.pat()?.syntax())?;
        (name != "_").then_some(name)
    };
    if guarded.is_empty() {
        if let Some(name) = binding(last) {
            let body = last.expr()?;
            let own = format!("{{ let {name} = {}; {body} }}", super::marks::mark(known));
            return Some(vec![Edit::of(node, own)]);
        }
        return put_arm(node, last, text);
    }
    if possible.iter().any(|arm| binding(arm).is_some()) {
        return None;
    }
    // `true if c => a, true => b` is `if c { a } else { b }`.
    let block = |arm: &ast::MatchArm| {
        let expression = arm.expr()?.syntax().clone();
        let is_block = expression.kind() == SyntaxKind::BLOCK_EXPR && is_plain(&expression);
        Some(if is_block { expression.text().to_string() } else { format!("{{ {expression} }}") })
    };
    let mut own = String::new();
    for arm in guarded {
        let condition = arm.guard()?.condition()?;
        let has_record =
            condition.syntax().descendants().any(|node| node.kind() == SyntaxKind::RECORD_EXPR);
        let condition = if has_record { format!("({condition})") } else { condition.to_string() };
        let _ = write!(own, "if {condition} {} else ", block(arm)?);
    }
    own.push_str(&block(last)?);
    Some(vec![Edit::of(node, own)])
}

/// `match false.then(…) { Some(x) => …, None => … }`
fn none(node: &SyntaxNode, choice: &ast::MatchExpr, text: &str) -> Option<Vec<Edit>> {
    for arm in choice.match_arm_list()?.arms() {
        let pattern = arm.pat()?.syntax().text().to_string();
        if pattern.starts_with("Some(") && !pattern.contains('|') {
            continue;
        }
        if (pattern != "None" && pattern != "_") || arm.guard().is_some() {
            return None;
        }
        return put_arm(node, &arm, text);
    }
    None
}

fn guard(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let guard = ast::MatchGuard::cast(node.clone())?;
    let known = value(guard.condition()?.syntax())?;
    let arm = ast::MatchArm::cast(node.parent()?)?;
    let choice = ast::MatchExpr::cast(arm.syntax().parent()?.parent()?)?;
    let arms: Vec<ast::MatchArm> = choice.match_arm_list()?.arms().collect();
    let pattern = arm.pat()?.syntax().clone();
    let removed: Vec<ast::MatchArm> = if known {
        let is_first = arms.first() == Some(&arm);
        let all = pattern.kind() == SyntaxKind::WILDCARD_PAT;
        if is_first && all && is_pure(choice.expr()?.syntax()) {
            return put_arm(choice.syntax(), &arm, text);
        }
        let (own, everything) = (canonical(&pattern), is_irrefutable(&pattern));
        let is_hidden = |later: &ast::MatchArm| {
            everything || later.pat().is_some_and(|later| canonical(later.syntax()) == own)
        };
        let later = arms.iter().skip_while(|other| **other != arm).skip(1);
        later.filter(|later| is_hidden(later)).cloned().collect()
    } else if arms.len() > 1 {
        vec![arm]
    } else {
        return None;
    };
    let mut edits = without_arms(&choice, &arms, &removed, text);
    if known {
        let from = bytes(pattern.text_range()).end;
        edits.push(Edit::new(from..bytes(node.text_range()).end, ""));
    }
    Some(edits)
}

/// The edits that remove arms, and keep what they said of the types of the others and what a closure owned for them.
fn without_arms(
    choice: &ast::MatchExpr,
    arms: &[ast::MatchArm],
    removed: &[ast::MatchArm],
    text: &str,
) -> Vec<Edit> {
    let kept = arms.iter().filter(|arm| !removed.contains(arm));
    let kept = kept.filter_map(ast::MatchArm::expr).map(|value| value.syntax().clone());
    let nodes: Vec<SyntaxNode> = removed.iter().map(|arm| arm.syntax().clone()).collect();
    let mut edits: Vec<Edit> = nodes.iter().map(|arm| Edit::removal(arm, text)).collect();
    if !removed.is_empty() {
        edits.extend(keep_type(choice.syntax(), &kept.collect::<Vec<_>>()));
        edits.extend(capture::kept(&nodes, ""));
    }
    edits
}

/// `match (true, x) { (true, Some(y)) => … }` is `match x { Some(y) => … }`.
fn tuple(choice: &ast::MatchExpr, scrutinee: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let parts: Vec<SyntaxNode> =
        scrutinee.children().filter(|part| ast::Expr::can_cast(part.kind())).collect();
    let position = parts.iter().position(|part| value(part).is_some())?;
    let known = value(parts.get(position)?)?;
    if parts.len() < 2 {
        return None;
    }
    let mut edits = vec![Edit::of(scrutinee, without(&parts, position))];
    let others_look = parts.iter().all(is_pure);
    let mut kept: Vec<(String, bool)> = Vec::new();
    let mut removed = Vec::new();
    let mut is_first = true;
    let arms: Vec<ast::MatchArm> = choice.match_arm_list()?.arms().collect();
    for arm in &arms {
        let pattern = arm.pat()?;
        let alternatives = match &pattern {
            ast::Pat::OrPat(alternatives) => alternatives.pats().collect(),
            pattern => vec![pattern.clone()],
        };
        let mut left = Vec::new();
        for alternative in alternatives {
            match &alternative {
                ast::Pat::WildcardPat(_) => left.push("_".to_owned()),
                ast::Pat::TuplePat(tuple) => {
                    let fields: Vec<SyntaxNode> =
                        tuple.fields().map(|field| field.syntax().clone()).collect();
                    let rest = fields.iter().any(|field| field.kind() == SyntaxKind::REST_PAT);
                    if rest || fields.len() != parts.len() {
                        return None;
                    }
                    let field = ast::Pat::cast(fields.get(position)?.clone())?;
                    if plain_name(field.syntax()).is_some() {
                        return None;
                    }
                    if fits(&field, known)? {
                        left.push(without(&fields, position));
                    }
                }
                _ => return None,
            }
        }
        let own = left.join(" | ");
        if kept.is_empty() && is_first && others_look && own == "_" && arm.guard().is_none() {
            return put_arm(choice.syntax(), arm, text);
        }
        is_first &= left.is_empty();
        let shadowed = kept.iter().any(|(earlier, whole)| *whole || *earlier == own);
        if left.is_empty() || shadowed {
            removed.push(arm.clone());
            continue;
        }
        if arm.guard().is_none() {
            kept.push((own.clone(), left.iter().any(|pattern| fits_all(pattern))));
        }
        edits.push(Edit::of(pattern.syntax(), own));
    }
    edits.extend(without_arms(choice, &arms, &removed, text));
    Some(edits)
}

/// Whether the text of a pattern fits every value.
fn fits_all(pattern: &str) -> bool {
    pattern.trim_matches(['(', ')', ' ']).split(',').all(|part| {
        let part = part.trim();
        part == "_" || {
            let mut chars = part.chars();
            let begins = chars.next().is_some_and(|first| first.is_lowercase() || first == '_');
            let is_literal = part == "true" || part == "false";
            begins && !is_literal && chars.all(|c| c.is_alphanumeric() || c == '_')
        }
    })
}
