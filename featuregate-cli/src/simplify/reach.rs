//! Removes what is no longer reached, and jumps that lead to where control goes anyway.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::branch::is_test;
use super::edit::{Edit, indentation, whole_to};
use super::marks::CUT;
use super::shape::{
    body, diverges, has_unknown_macro, is_conditional, is_item, is_plain, jumps, statements, target,
};
use crate::code::tree::bytes;

/// The edits for the mark of what is not reached.
pub(crate) fn reduce(mark: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let list = mark.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST)?;
    let all = statements(&list);
    let position = all.iter().position(|statement| statement == mark)?;
    let (before, after) = (all.get(..position)?, all.get(position + 1..)?);
    let own = bytes(mark.text_range());
    let start =
        text.get(..own.start).map_or(own.start, |before| before.trim_end_matches(' ').len());
    let taken = Edit::new(start..own.end, "");
    if before.last().is_some_and(is_conditional) {
        return Some(vec![taken]);
    }
    let runs = after.chunk_by(|one, other| is_item(one) == is_item(other));
    let unreached = runs.filter(|run| !run.iter().any(is_item)).filter_map(|run| {
        let end = bytes(run.last()?.text_range()).end;
        Some(Edit::new(whole_to(run.first()?, end, text), ""))
    });
    let unreached: Vec<Edit> = unreached.collect();
    if !unreached.is_empty() {
        return Some(unreached);
    }
    let block = list.parent()?;
    let ending = before.last().filter(|_| after.is_empty());
    if let Some(edits) = ending.and_then(|ending| jump(ending, &list, &block, text, &taken)) {
        return Some(edits);
    }
    let mut edits = vec![taken];
    edits.extend(outer(&block, mark));
    Some(edits)
}

/// A jump at the end of a block that leads to where control goes anyway.
fn jump(
    ending: &SyntaxNode,
    list: &SyntaxNode,
    block: &SyntaxNode,
    text: &str,
    taken: &Edit,
) -> Option<Vec<Edit>> {
    let expression = match ending.kind() {
        SyntaxKind::EXPR_STMT => ending.children().next()?,
        _ => ending.clone(),
    };
    let parent = block.parent()?;
    let whole = || vec![Edit::new(whole_to(ending, taken.range.end, text), "")];
    let value_of = |value: Option<ast::Expr>| match value {
        Some(value) => vec![Edit::of(ending, value.syntax().text().to_string()), taken.clone()],
        None => whole(),
    };
    match expression.kind() {
        // A test that is left at once is about the other value.
        SyntaxKind::RETURN_EXPR if is_test(&parent) && statements(list).len() == 2 => {
            Some(vec![Edit::removal(&parent, text)])
        }
        SyntaxKind::RETURN_EXPR => {
            let is_function = parent.kind() == SyntaxKind::FN
                || (parent.kind() == SyntaxKind::CLOSURE_EXPR && is_plain(block))
                || is_async(block);
            if !is_function {
                return None;
            }
            Some(value_of(ast::ReturnExpr::cast(expression)?.expr()))
        }
        SyntaxKind::BREAK_EXPR if target(&expression).as_ref() == Some(block) => {
            // The end of a block with a label.
            if jumps(block).len() > 1 || has_unknown_macro(block) {
                return Some(value_of(ast::BreakExpr::cast(expression)?.expr()));
            }
            leave(ending, &expression, list, block)
        }
        SyntaxKind::CONTINUE_EXPR => {
            let own =
                body(&parent).is_some_and(|body| body == *block) && target(&expression)? == parent;
            own.then(whole)
        }
        SyntaxKind::BREAK_EXPR => {
            let own =
                body(&parent).is_some_and(|body| body == *block) && target(&expression)? == parent;
            if !own || jumps(&parent).len() > 1 || has_unknown_macro(&parent) {
                return None;
            }
            leave(ending, &expression, list, &parent)
        }
        _ => None,
    }
}

/// `async { … }`, which `return` leaves.
fn is_async(block: &SyntaxNode) -> bool {
    ast::BlockExpr::cast(block.clone()).is_some_and(|block| block.async_token().is_some())
}

/// A loop or a block with a label that is run once at most.
fn leave(
    ending: &SyntaxNode,
    jump: &SyntaxNode,
    list: &SyntaxNode,
    repeated: &SyntaxNode,
) -> Option<Vec<Edit>> {
    let to = indentation(repeated);
    let start = bytes(list.text_range()).start;
    let inside = list.text().to_string();
    let kept = inside.get(..bytes(ending.text_range()).start.checked_sub(start)?)?;
    let value = ast::BreakExpr::cast(jump.clone())?.expr();
    let own = match repeated.kind() {
        SyntaxKind::LOOP_EXPR | SyntaxKind::BLOCK_EXPR => {
            // The block without the jump; the next step finds out whether it is needed.
            let end = match value {
                Some(value) => format!("{kept}{}", value.syntax().text()),
                None => kept.trim_end().to_owned(),
            };
            format!("if {} {end}", super::marks::mark(true))
        }
        SyntaxKind::WHILE_EXPR => {
            let condition = ast::WhileExpr::cast(repeated.clone())?.condition()?;
            format!("if {condition} {}", kept.trim_end())
        }
        _ => return None,
    };
    Some(vec![Edit::of(repeated, format!("{own}\n{to}}}"))])
}

/// The mark after the statement around a block, if control never comes to its end.
fn outer(block: &SyntaxNode, mark: &SyntaxNode) -> Option<Edit> {
    let mut node = block.clone();
    loop {
        let parent = node.parent()?;
        // The mark itself is not a jump; what is before it decides.
        if node == *block && !(is_plain(block) && ends_before(mark)) {
            return None;
        }
        match parent.kind() {
            SyntaxKind::EXPR_STMT | SyntaxKind::LET_STMT => {
                let list = parent.parent()?;
                let follows = statements(&list).last() != Some(&parent);
                let end = bytes(parent.text_range()).end;
                return follows.then(|| Edit::new(end..end, format!(" {CUT}")));
            }
            SyntaxKind::STMT_LIST | SyntaxKind::FN | SyntaxKind::CLOSURE_EXPR => return None,
            _ => {}
        }
        let relevant = matches!(
            parent.kind(),
            SyntaxKind::IF_EXPR
                | SyntaxKind::MATCH_EXPR
                | SyntaxKind::MATCH_ARM
                | SyntaxKind::MATCH_ARM_LIST
        );
        if !relevant
            || (parent.kind() == SyntaxKind::IF_EXPR && !other_ends(&parent, &node))
            || (parent.kind() == SyntaxKind::MATCH_ARM_LIST && !others_end(&parent, &node))
        {
            return None;
        }
        node = parent;
    }
}

fn ends_before(mark: &SyntaxNode) -> bool {
    mark.prev_sibling().is_some_and(|ending| match ending.kind() {
        SyntaxKind::EXPR_STMT => ending.children().any(|inner| diverges(&inner)),
        _ => diverges(&ending),
    })
}

/// Whether the other branch of an `if` does not end either.
fn other_ends(node: &SyntaxNode, branch: &SyntaxNode) -> bool {
    let Some(choice) = ast::IfExpr::cast(node.clone()) else { return false };
    let then = choice.then_branch().map(|then| then.syntax().clone());
    let otherwise = choice.else_branch().map(|otherwise| otherwise.syntax().clone());
    let (Some(then), Some(otherwise)) = (then, otherwise) else { return false };
    if *branch == then { diverges(&otherwise) } else { *branch == otherwise && diverges(&then) }
}

fn others_end(arms: &SyntaxNode, own: &SyntaxNode) -> bool {
    arms.children()
        .filter(|arm| arm != own)
        .filter_map(ast::MatchArm::cast)
        .all(|arm| arm.expr().is_some_and(|expression| diverges(expression.syntax())))
}
