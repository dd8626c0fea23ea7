//! Puts what is left of an expression where the expression was.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxElement, SyntaxKind, SyntaxNode, SyntaxToken};

use super::edit::{Edit, content, content_at, ends_with_line_comment, indentation, moved};
use super::marks::{CUT, is_format};
use super::negation::negated;
use super::ownership::{can_change, declared, gives_away, is_place, is_silent};
use super::precedence::needs_parentheses;
use super::shape::{
    arguments, diverges, has_attributes, has_let, has_struct_literal, is_block_like, is_item,
    is_plain, is_pure, list_diverges, looks, plain_name, statements,
};
use super::temporaries::has_no_temporaries;
use super::types::{
    changes_receiver, has_open_type, has_type, is_collection, keep_type, results, type_of,
};
use crate::code::tree::bytes;

/// What is left of an expression.
pub(crate) enum Left {
    /// Nothing; its value is `()`.
    Nothing,
    /// A block.
    Block(SyntaxNode),
    /// Another expression.
    Expression(SyntaxNode),
}

/// Where an expression is.
enum Position {
    /// A statement with its semicolon, or the value of a block.
    Statement { statement: SyntaxNode, list: SyntaxNode, is_value: bool, semicolon: bool },
    /// After `else`.
    Else(SyntaxNode),
    /// Within an expression.
    Operand,
}

impl Position {
    fn of(node: &SyntaxNode) -> Option<Self> {
        let parent = node.parent()?;
        Some(match parent.kind() {
            SyntaxKind::STMT_LIST => Self::Statement {
                statement: node.clone(),
                list: parent,
                is_value: true,
                semicolon: false,
            },
            SyntaxKind::EXPR_STMT => {
                let semicolon = parent.last_token()?.kind() == SyntaxKind::SEMICOLON;
                Self::Statement {
                    list: parent.parent()?,
                    statement: parent,
                    is_value: false,
                    semicolon,
                }
            }
            SyntaxKind::IF_EXPR => {
                let choice = ast::IfExpr::cast(parent.clone())?;
                let is_else = choice.condition().is_none_or(|condition| condition.syntax() != node);
                if is_else { Self::Else(parent) } else { Self::Operand }
            }
            _ => Self::Operand,
        })
    }
}

/// The edits that replace a node by what is left of it, with these comments before it.
pub(crate) fn put(
    node: &SyntaxNode,
    text: &str,
    left: &Left,
    comments: &[String],
) -> Option<Vec<Edit>> {
    if let Left::Block(kept) | Left::Expression(kept) = left {
        let edits = keep_type(node, std::slice::from_ref(kept));
        if !edits.is_empty() {
            return Some(edits);
        }
    }
    let position = Position::of(node)?;
    if has_attributes(node) {
        return put_attributed(node, text, left, &position);
    }
    match position {
        Position::Else(parent) => put_after_else(node, &parent, left, comments),
        Position::Statement { statement, list, is_value, semicolon } => {
            put_statement(text, left, comments, &statement, &list, is_value, semicolon)
        }
        Position::Operand => put_operand(node, text, left, comments),
    }
}

/// A statement with attributes, such as lints: they stay on the block.
fn put_attributed(
    node: &SyntaxNode,
    text: &str,
    left: &Left,
    position: &Position,
) -> Option<Vec<Edit>> {
    let Position::Statement { statement, is_value: false, .. } = position else { return None };
    match left {
        Left::Nothing => Some(vec![Edit::removal(statement, text)]),
        Left::Block(block) => {
            let kind = |part: &SyntaxElement| part.kind();
            let is_own = |part: &SyntaxElement| {
                kind(part) != SyntaxKind::ATTR
                    && kind(part) != SyntaxKind::WHITESPACE
                    && kind(part) != SyntaxKind::COMMENT
            };
            let first = node.children_with_tokens().find(is_own)?;
            let from = bytes(first.text_range()).start;
            let own = moved(block, &indentation(statement));
            Some(vec![Edit::new(from..bytes(node.text_range()).end, own)])
        }
        Left::Expression(_) => None,
    }
}

fn put_after_else(
    node: &SyntaxNode,
    parent: &SyntaxNode,
    left: &Left,
    comments: &[String],
) -> Option<Vec<Edit>> {
    let to = indentation(parent);
    Some(match left {
        Left::Nothing => {
            let then = ast::IfExpr::cast(parent.clone())?.then_branch()?;
            let from = usize::from(then.syntax().text_range().end());
            vec![Edit::new(from..node.text_range().end().into(), "")]
        }
        Left::Block(block) if comments.is_empty() => vec![Edit::of(node, moved(block, &to))],
        Left::Block(block) => {
            // The comments become the first lines of the block.
            let list = block.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
            let inner = format!("{to}    ");
            let lines: Vec<String> =
                comments.iter().map(|line| format!("\n{inner}{line}")).collect();
            let rest = content_at(&list, &inner, None);
            vec![Edit::of(node, format!("{{{}\n{inner}{rest}\n{to}}}", lines.concat()))]
        }
        Left::Expression(next) if next.kind() == SyntaxKind::IF_EXPR => {
            vec![Edit::of(node, moved(next, &to))]
        }
        Left::Expression(value) => vec![Edit::of(node, format!("{{ {} }}", moved(value, &to)))],
    })
}

/// Whether a value that becomes a statement does nothing.
fn is_nothing(value: &SyntaxNode, is_value: bool, semicolon: bool) -> bool {
    value.text() == "()"
        || (!is_value
            && semicolon
            && ast::Expr::can_cast(value.kind())
            && is_pure(value)
            && !gives_away(value))
}

/// Lines before something at an indentation.
fn above(comments: &[String], to: &str) -> String {
    comments.iter().flat_map(|comment| [comment, "\n", to]).collect()
}

fn put_statement(
    text: &str,
    left: &Left,
    comments: &[String],
    statement: &SyntaxNode,
    list: &SyntaxNode,
    is_value: bool,
    semicolon: bool,
) -> Option<Vec<Edit>> {
    let to = indentation(statement);
    let lines = above(comments, &to);
    Some(match left {
        Left::Nothing => vec![without(statement, text)],
        Left::Expression(value) if is_nothing(value, is_value, semicolon) => {
            vec![without(statement, text)]
        }
        Left::Expression(value) => {
            let ends = diverges(value);
            let bare = is_value && !ends;
            let needs = !bare && (semicolon || ends || !is_block_like(value));
            let cut = if ends { format!(" {CUT}") } else { String::new() };
            let end = if needs { ";" } else { "" };
            vec![Edit::of(statement, format!("{lines}{}{end}{cut}", moved(value, &to)))]
        }
        Left::Block(block) => {
            let inner = block.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
            let inside = statements(&inner);
            let kept = content(&inner);
            let only = inside.first().filter(|_| {
                inside.len() == 1 && !kept.iter().any(|token| token.kind() == SyntaxKind::COMMENT)
            });
            let is_nothing = only.is_some_and(|only| is_nothing(only, is_value, semicolon));
            if (kept.is_empty() || is_nothing) && comments.is_empty() {
                return Some(vec![without(statement, text)]);
            }
            let ends = list_diverges(&inner);
            let cut = if ends { format!(" {CUT}") } else { String::new() };
            let all = statements(list);
            let follows = all.iter().skip_while(|other| *other != statement).skip(1);
            if ends
                && is_plain(block)
                && inside.iter().any(is_item)
                && follows.clone().next().is_some()
                && !follows.clone().any(is_item)
            {
                // What follows is removed first; then no other statement sees the items.
                let is_cut = follows.clone().any(|other| other.text() == CUT);
                let end = bytes(statement.text_range()).end;
                return (!is_cut).then(|| vec![Edit::new(end..end, format!(" {CUT}"))]);
            }
            // With temporary values, a last expression drops them before or after its own variables.
            let is_last = |last: &&SyntaxNode| is_value && !ends && !has_no_temporaries(last);
            let keeps_order = inside.len() > 1 && inside.last().as_ref().is_some_and(is_last);
            if !is_plain(block) || keeps_order || !joins(&inside, statement, list, ends) {
                let end = if semicolon { ";" } else { "" };
                return Some(vec![Edit::of(
                    statement,
                    format!("{lines}{}{end}{cut}", moved(block, &to)),
                )]);
            }
            let value = inside.last().filter(|last| ast::Expr::can_cast(last.kind()));
            let needs = value.is_some_and(|value| {
                let bare = is_value && !ends;
                !bare && (semicolon || !is_block_like(value))
            });
            let mut own = content_at(&inner, &to, value.filter(|_| needs));
            if ends_with_line_comment(&kept) && !cut.is_empty() {
                own.push('\n');
            }
            vec![Edit::of(statement, format!("{lines}{own}{cut}"))]
        }
    })
}

/// Removes a statement, and with it the branches that would have nothing left.
fn without(statement: &SyntaxNode, text: &str) -> Edit {
    emptied(statement, text).unwrap_or_else(|| Edit::removal(statement, text))
}

/// Whether an iterator only looks: at a reference, a range, or what `iter` gives.
fn is_iteration(iterable: &SyntaxNode) -> bool {
    match ast::Expr::cast(iterable.clone()) {
        Some(ast::Expr::RefExpr(of)) => {
            of.mut_token().is_none() && of.expr().is_some_and(|of| is_collection(of.syntax()))
        }
        Some(ast::Expr::RangeExpr(_)) => iterable.children().all(|end| is_pure(&end)),
        Some(ast::Expr::MethodCallExpr(call)) => {
            let name = call.name_ref().map(|name| name.text().to_string()).unwrap_or_default();
            let receiver = call.receiver();
            matches!(name.as_str(), "iter" | "keys" | "values" | "chars" | "bytes" | "lines")
                && receiver.is_some_and(|receiver| is_collection(receiver.syntax()))
        }
        _ => false,
    }
}

/// Whether a condition is `let Some(x) = all.first()` and the like, which only looks.
fn is_lookup(condition: &SyntaxNode) -> bool {
    let Some(matched) = ast::LetExpr::cast(condition.clone()).and_then(|it| it.expr()) else {
        return false;
    };
    let Some(call) = ast::MethodCallExpr::cast(matched.syntax().clone()) else { return false };
    let name = call.name_ref().map(|name| name.text().to_string()).unwrap_or_default();
    matches!(name.as_str(), "first" | "last" | "get" | "as_ref" | "as_deref")
        && call.receiver().is_some_and(|receiver| is_collection(receiver.syntax()))
        && arguments(call.syntax()).iter().all(is_pure)
}

/// The edit for a loop that has only this statement, and otherwise only looks.
fn emptied_loop(
    repeated: &ast::ForExpr,
    statement: &SyntaxNode,
    list: &SyntaxNode,
    text: &str,
) -> Option<Edit> {
    let is_other_comment = |part: SyntaxElement| {
        part.kind() == SyntaxKind::COMMENT
            && !statement.text_range().contains_range(part.text_range())
    };
    let node = repeated.syntax();
    let is_empty = statements(list).len() == 1
        && !has_attributes(node)
        && !list.descendants_with_tokens().any(is_other_comment);
    match Position::of(node)? {
        Position::Statement { statement, .. }
            if is_empty && is_iteration(repeated.iterable()?.syntax()) =>
        {
            Some(without(&statement, text))
        }
        _ => None,
    }
}

/// The edit for an `if` or a loop that has only this statement.
fn emptied(statement: &SyntaxNode, text: &str) -> Option<Edit> {
    let list = statement.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST)?;
    let block = list.parent().filter(is_plain)?;
    if let Some(repeated) = ast::ForExpr::cast(block.parent()?) {
        return emptied_loop(&repeated, statement, &list, text);
    }
    let choice = ast::IfExpr::cast(block.parent()?)?;
    let node = choice.syntax();
    let is_comment = |part: SyntaxElement| part.kind() == SyntaxKind::COMMENT;
    let comments = list.children_with_tokens().chain(node.children_with_tokens()).any(is_comment);
    if statements(&list).len() != 1 || comments || has_attributes(node) {
        return None;
    }
    let then = choice.then_branch()?.syntax().clone();
    let condition = choice.condition()?.syntax().clone();
    let end = bytes(node.text_range()).end;
    match choice.else_branch() {
        Some(_) if then != block => Some(Edit::new(bytes(then.text_range()).end..end, "")),
        Some(ast::ElseBranch::Block(otherwise)) if !has_let(&condition) => {
            let from = bytes(condition.text_range()).start;
            let to = bytes(otherwise.syntax().text_range()).start;
            Some(Edit::new(from..to, format!("{} ", negated(&condition, &condition))))
        }
        Some(_) => None,
        None if !is_lookup(&condition) && (has_let(&condition) || !is_pure(&condition)) => None,
        None => match Position::of(node)? {
            Position::Statement { statement, .. } => Some(without(&statement, text)),
            Position::Else(outer) => {
                let then = ast::IfExpr::cast(outer)?.then_branch()?;
                Some(Edit::new(bytes(then.syntax().text_range()).end..end, ""))
            }
            Position::Operand => None,
        },
    }
}

/// Whether the statements of a block can join those around it: no name that they declare is seen by others, and no value
/// lives longer.
fn joins(inside: &[SyntaxNode], statement: &SyntaxNode, list: &SyntaxNode, ends: bool) -> bool {
    let others = statements(list);
    if inside.iter().any(is_item) {
        return others.len() == 1;
    }
    let declares = inside.iter().any(|inner| inner.kind() == SyntaxKind::LET_STMT);
    let after = || others.iter().skip_while(|other| *other != statement).skip(1);
    if !declares {
        return true;
    }
    if ends { !after().any(is_item) } else { after().next().is_none() }
}

fn put_operand(
    node: &SyntaxNode,
    text: &str,
    left: &Left,
    comments: &[String],
) -> Option<Vec<Edit>> {
    let to = indentation(node);
    let parent = node.parent()?;
    let in_arm = parent.kind() == SyntaxKind::MATCH_ARM;
    let comma = |is_block: bool| {
        let needs = in_arm
            && !is_block
            && parent.next_sibling().is_some()
            && parent.last_token().is_none_or(|last| last.kind() != SyntaxKind::COMMA);
        if needs { "," } else { "" }
    };
    let (value, list) = match left {
        Left::Nothing => return Some(vec![Edit::of(node, format!("(){}", comma(false)))]),
        Left::Expression(value) => (Some(value.clone()), None),
        Left::Block(block) => {
            let list = block.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
            let inside = statements(&list);
            let only = inside
                .first()
                .filter(|first| inside.len() == 1 && ast::Expr::can_cast(first.kind()));
            (only.filter(|_| is_plain(block)).cloned(), Some((block, list)))
        }
    };
    let inner_ends = match (&value, &list) {
        (Some(value), _) => diverges(value),
        (None, Some((_, list))) => list_diverges(list),
        (None, None) => false,
    };
    if inner_ends && let Some(edits) = put_end(node, left, comments) {
        return Some(edits);
    }
    let lines = above(comments, &to);
    let Some(value) = value else {
        let (block, list) = list?;
        if content(&list).is_empty() {
            return Some(vec![Edit::of(node, format!("(){}", comma(false)))]);
        }
        if comments.is_empty() {
            return Some(vec![Edit::of(node, moved(block, &to))]);
        }
        let inner = format!("{to}    ");
        let rest = content_at(&list, &inner, None);
        let own = format!("{{\n{inner}{}{rest}\n{to}}}", above(comments, &inner));
        return Some(vec![Edit::of(node, own)]);
    };
    if is_assigned(node, &parent) && is_pure(&value) && is_same_as_target(&value, &parent) {
        let statement = parent.parent().filter(|parent| parent.kind() == SyntaxKind::EXPR_STMT);
        if let Some(statement) = statement {
            return Some(vec![Edit::removal(&statement, text)]);
        }
    }
    if let Some(declared) = ast::LetStmt::cast(parent.clone())
        && is_same_variable(&declared, &value)
    {
        return Some(vec![Edit::removal(&parent, text)]);
    }
    // Another branch says which type it has.
    if has_open_type(&value) && !has_type(node, &parent) {
        return None;
    }
    if is_moved_to_end(node, &value) {
        let own = format!("drop({value});");
        return Some(vec![Edit::of(&statement_of(node)?, own)]);
    }
    if needs_value(node, &value) {
        return None;
    }
    let direct = ends_here(node);
    if let Some(edits) = put_below_comments(node, &value, list.as_ref(), comments) {
        return Some(edits);
    }
    if !direct && !has_no_temporaries(&value) {
        let own = match &list {
            Some((block, _)) if own_comments(list.as_ref()) => moved(block, &to),
            _ => ended(&moved(&value, &to)),
        };
        return Some(vec![Edit::of(node, format!("{lines}{own}"))]);
    }
    let has_no_lines = lines.is_empty() && !own_comments(list.as_ref());
    let mut own = match &list {
        Some((_, list)) => {
            let mut own = content_at(list, &to, None);
            if ends_with_line_comment(&content(list)) {
                own.push('\n');
                own.push_str(&to);
            }
            own
        }
        None => moved(&value, &to),
    };
    if needs_parentheses(&value, node) {
        own = format!("({own})");
    }
    if has_no_lines {
        return Some(vec![Edit::of(&outermost(node, &value), own + comma(is_block_like(&value)))]);
    }
    let comma = comma(is_block_like(&value));
    Some(vec![Edit::of(node, format!("{lines}{own}{comma}"))])
}

/// A block that ends the temporary values of an expression, in all editions.
pub(crate) fn ended(value: &str) -> String {
    format!("{{ let value = {value}; value }}")
}

/// Whether the temporary values of an expression end with it also where it is: nothing follows it in its statement.
pub(crate) fn ends_here(node: &SyntaxNode) -> bool {
    let Some(parent) = node.parent() else { return true };
    let is_second = || {
        ast::BinExpr::cast(parent.clone()).is_some_and(|binary| {
            matches!(binary.op_kind(), Some(ast::BinaryOp::LogicOp(_)))
                && binary.rhs().is_some_and(|right| right.syntax() == node)
        })
    };
    match parent.kind() {
        SyntaxKind::PAREN_EXPR => ends_here(&parent),
        SyntaxKind::LET_STMT
        | SyntaxKind::RETURN_EXPR
        | SyntaxKind::CLOSURE_EXPR
        | SyntaxKind::MATCH_ARM
        | SyntaxKind::EXPR_STMT
        | SyntaxKind::STMT_LIST => true,
        _ => is_assigned(node, &parent) || is_wrapped(&parent) || is_condition(node) || is_second(),
    }
}

/// The statement that an expression is the whole value of.
fn statement_of(node: &SyntaxNode) -> Option<SyntaxNode> {
    let parent = node.parent()?;
    let statement = if parent.kind() == SyntaxKind::BIN_EXPR { parent.parent()? } else { parent };
    matches!(statement.kind(), SyntaxKind::LET_STMT | SyntaxKind::EXPR_STMT).then_some(statement)
}

/// Whether the value of a choice is dropped at once, as that of `let _ = …;`, which does not take a variable.
fn is_moved_to_end(node: &SyntaxNode, value: &SyntaxNode) -> bool {
    let Some(statement) = statement_of(node) else { return false };
    let pattern = statement.first_child();
    let is_ignored = match statement.kind() {
        SyntaxKind::LET_STMT => {
            pattern.is_some_and(|pattern| pattern.kind() == SyntaxKind::WILDCARD_PAT)
        }
        _ => pattern
            .and_then(|assigned| assigned.first_child())
            .is_some_and(|target| target.kind() == SyntaxKind::UNDERSCORE_EXPR),
    };
    is_ignored && is_place(value) && gives_away(value)
}

/// Whether a variable is not the same as its value where an expression is: it could be changed, or would no longer be moved.
pub(crate) fn needs_value(node: &SyntaxNode, value: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let Some(parent) = node.parent() else { return false };
    if !is_place(value) {
        return false;
    }
    let is_first = || parent.first_child().as_ref() == Some(node);
    let names_part = |pattern: &SyntaxNode| {
        !matches!(pattern.kind(), K::IDENT_PAT) || pattern.text().to_string().starts_with("ref ")
    };
    let pattern = || parent.children().find(|child| ast::Pat::can_cast(child.kind()));
    let changes = |text: &str| text.contains("ref mut");
    let (borrows, may_change) = match parent.kind() {
        K::PAREN_EXPR => return needs_value(&parent, value),
        // Not even a variable that cannot be changed could be.
        K::METHOD_CALL_EXPR if is_first() && changes_receiver(&parent) => return true,
        K::METHOD_CALL_EXPR if is_first() => (true, !looks(&parent)),
        K::FIELD_EXPR | K::INDEX_EXPR if is_first() => (true, false),
        K::REF_EXPR => {
            (true, ast::RefExpr::cast(parent.clone()).is_some_and(|of| of.mut_token().is_some()))
        }
        K::MATCH_EXPR => (true, changes(&parent.text().to_string())),
        K::LET_EXPR => (true, pattern().is_some_and(|own| changes(&own.text().to_string()))),
        K::LET_STMT => pattern()
            .map_or((false, false), |own| (names_part(&own), changes(&own.text().to_string()))),
        K::BIN_EXPR => {
            let op = ast::BinExpr::cast(parent.clone()).and_then(|binary| binary.op_kind());
            (matches!(op, Some(ast::BinaryOp::CmpOp(_))), false)
        }
        K::ARG_LIST => (parent.parent().is_some_and(|call| is_format(&call)), false),
        _ => (false, false),
    };
    let is_plain = || {
        results(node, 0).iter().any(|result| {
            matches!(result.kind(), K::LITERAL | K::REF_EXPR)
                || type_of(result, 0).is_some_and(|ty| is_silent(&ty))
        })
    };
    (may_change && can_change(value)) || (borrows && gives_away(value) && !is_plain())
}

/// The value of a declaration or an assignment, with comments above the statement.
fn put_below_comments(
    node: &SyntaxNode,
    value: &SyntaxNode,
    block: Option<&(&SyntaxNode, SyntaxNode)>,
    comments: &[String],
) -> Option<Vec<Edit>> {
    let parent = node.parent()?;
    let statement = if is_assigned(node, &parent) { parent.parent()? } else { parent.clone() };
    let is_statement = matches!(statement.kind(), SyntaxKind::LET_STMT | SyntaxKind::EXPR_STMT);
    let is_first = statement.first_token()?.prev_token().is_some_and(|before| {
        before.kind() == SyntaxKind::WHITESPACE && before.text().contains('\n')
    });
    let inside = block.map(|(_, list)| content(list)).unwrap_or_default();
    let is_comment = |token: &&SyntaxToken| token.kind() == SyntaxKind::COMMENT;
    let inside: Vec<&SyntaxToken> = inside.iter().filter(is_comment).collect();
    let is_above = |token: &&SyntaxToken| {
        token.text().starts_with("//") && token.text_range().end() <= value.text_range().start()
    };
    let has_inner = value.descendants_with_tokens().any(|part| part.kind() == SyntaxKind::COMMENT);
    let all: Vec<String> =
        comments.iter().cloned().chain(inside.iter().map(|own| own.text().to_owned())).collect();
    if !is_statement || !is_first || all.is_empty() || has_inner || !inside.iter().all(is_above) {
        return None;
    }
    let to = indentation(&statement);
    let start = bytes(statement.text_range()).start;
    let own = moved(value, &to);
    Some(vec![Edit::new(start..start, above(&all, &to)), Edit::of(node, own)])
}

/// The argument of `Ok`, `Some` or `Err` that is a value by itself: nothing happens between it and what it is for.
fn is_wrapped(arguments: &SyntaxNode) -> bool {
    let call = arguments.parent().and_then(ast::CallExpr::cast);
    call.is_some_and(|call| {
        let called = call.expr().map(|called| called.syntax().text().to_string());
        let around = call.syntax().parent();
        called.is_some_and(|called| matches!(called.as_str(), "Ok" | "Some" | "Err"))
            && around.is_some_and(|around| {
                matches!(
                    around.kind(),
                    SyntaxKind::STMT_LIST
                        | SyntaxKind::LET_STMT
                        | SyntaxKind::RETURN_EXPR
                        | SyntaxKind::CLOSURE_EXPR
                        | SyntaxKind::MATCH_ARM
                )
            })
    })
}

/// The condition of an `if` or a `while`, or a guard, whose temporary values end with it.
pub(crate) fn is_condition(node: &SyntaxNode) -> bool {
    let Some(parent) = node.parent() else { return false };
    match parent.kind() {
        SyntaxKind::PAREN_EXPR => is_condition(&parent),
        SyntaxKind::MATCH_GUARD => true,
        SyntaxKind::IF_EXPR | SyntaxKind::WHILE_EXPR => node.kind() != SyntaxKind::BLOCK_EXPR,
        _ => false,
    }
}

/// The right side of an assignment.
fn is_assigned(node: &SyntaxNode, parent: &SyntaxNode) -> bool {
    ast::BinExpr::cast(parent.clone()).is_some_and(|binary| {
        matches!(binary.op_kind(), Some(ast::BinaryOp::Assignment { op: None }))
            && binary.rhs().is_some_and(|right| right.syntax() == node)
    })
}

fn own_comments(block: Option<&(&SyntaxNode, SyntaxNode)>) -> bool {
    block.is_some_and(|(_, list)| {
        content(list).iter().any(|token| token.kind() == SyntaxKind::COMMENT)
    })
}

/// `let x = x;` of a variable of the same block.
fn is_same_variable(declared: &ast::LetStmt, value: &SyntaxNode) -> bool {
    let name = declared.pat().and_then(|pattern| plain_name(pattern.syntax()));
    let Some(name) = name.filter(|name| value.text() == name.as_str()) else { return false };
    let list = declared.syntax().parent();
    declared.ty().is_none()
        && declared.let_else().is_none()
        && !has_attributes(declared.syntax())
        && !gives_away(value)
        && self::declared(value, &name).is_some_and(|(node, _)| {
            node.parent() == list
                || node.parent().is_some_and(|around| around.kind() == SyntaxKind::PARAM_LIST)
                    && list.is_some_and(|list| {
                        list.parent()
                            .and_then(|block| block.parent())
                            .is_some_and(|around| around.kind() == SyntaxKind::FN)
                    })
        })
}

/// `x = x`.
fn is_same_as_target(value: &SyntaxNode, assignment: &SyntaxNode) -> bool {
    let target = ast::BinExpr::cast(assignment.clone()).and_then(|binary| binary.lhs());
    target.is_some_and(|target| target.syntax().text() == value.text())
}

/// What an expression replaces instead of a node: also parentheses around it that it does not need.
pub(crate) fn outermost(node: &SyntaxNode, value: &SyntaxNode) -> SyntaxNode {
    let parentheses = node.parent().filter(|parent| {
        parent.kind() == SyntaxKind::PAREN_EXPR
            && !has_attributes(parent)
            && !has_struct_literal(value)
            && !needs_parentheses(value, parent)
            && parent.children_with_tokens().all(|part| part.kind() != SyntaxKind::COMMENT)
    });
    parentheses.unwrap_or_else(|| node.clone())
}

/// What is left ends the statement that it is in: then the statement is not needed.
fn put_end(node: &SyntaxNode, left: &Left, comments: &[String]) -> Option<Vec<Edit>> {
    let statement = node.parent().filter(|parent| parent.kind() == SyntaxKind::LET_STMT)?;
    let list = statement.parent()?;
    let to = indentation(&statement);
    let lines = above(comments, &to);
    let own = match left {
        Left::Nothing => return None,
        Left::Expression(value) => format!("{};", moved(value, &to)),
        Left::Block(block) => {
            let inner = block.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
            let inside = statements(&inner);
            if !joins(&inside, &statement, &list, true) {
                return None;
            }
            let value = inside.last().filter(|last| ast::Expr::can_cast(last.kind()));
            let line = if ends_with_line_comment(&content(&inner)) { "\n" } else { "" };
            content_at(&inner, &to, value) + line
        }
    };
    Some(vec![Edit::of(&statement, format!("{lines}{own} {CUT}"))])
}
