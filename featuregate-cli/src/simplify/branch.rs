//! `if`, `while` and statements whose condition is known.

use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::boolean::{is_never, some};
use super::capture;
use super::edit::{Edit, comments_between, indentation, reindented};
use super::marks::{CUT, after_of, discarded, literal, macro_of, mark, value};
use super::patterns::Tuple;
use super::place::{Left, put};
use super::shape::{
    arguments, body, breaks, has_let, has_unknown_macro, is_plain, is_pure, jumps, statements,
    target,
};
use super::types::is_bool;
use crate::code::tree::{bytes, tokens};

/// The edits for a node whose condition is known.
pub(crate) fn reduce(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    match node.kind() {
        SyntaxKind::IF_EXPR => choice(node, text),
        SyntaxKind::WHILE_EXPR => repetition(node, text),
        SyntaxKind::EXPR_STMT => statement(node, text),
        SyntaxKind::LET_STMT => declaration(node, text),
        SyntaxKind::CALL_EXPR => assertion(node, text),
        SyntaxKind::STMT_LIST => last_value(node, text),
        SyntaxKind::BIN_EXPR => assigned(node, text),
        _ => None,
    }
}

fn choice(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let choice = ast::IfExpr::cast(node.clone())?;
    let condition = choice.condition()?.syntax().clone();
    let then = choice.then_branch()?.syntax().clone();
    let otherwise = choice.else_branch();
    let Some(known) = value(&condition) else {
        return evaluated_first(node, &condition, text)
            .or_else(|| never_after_let(node, &condition, &then, otherwise.is_some(), text))
            .or_else(|| always_some(&condition, &then));
    };
    let (left, comments) = match (known, otherwise) {
        (true, _) => {
            let from = bytes(condition.text_range()).end;
            let comments = comments_between(node, from, bytes(then.text_range()).start);
            (Left::Block(then), comments)
        }
        (false, None) => (Left::Nothing, Vec::new()),
        (false, Some(otherwise)) => {
            let left = match otherwise {
                ast::ElseBranch::Block(block) => Left::Block(block.syntax().clone()),
                ast::ElseBranch::IfExpr(next) => Left::Expression(next.syntax().clone()),
            };
            let from = bytes(then.text_range()).end;
            (left, comments_between(node, from, bytes(node.text_range()).end))
        }
    };
    let removed: Vec<SyntaxNode> = match &left {
        Left::Block(kept) | Left::Expression(kept) => {
            node.children().filter(|child| child != kept).collect()
        }
        Left::Nothing => vec![node.clone()],
    };
    let mut edits = put(node, text, &left, &comments)?;
    edits.extend(capture::kept(&removed, ""));
    edits.extend(never_left(&removed, node).or_else(|| left_at_the_end(&removed)));
    Some(edits)
}

/// A `loop` of which only the `break` at its end is left: it is run once.
fn left_at_the_end(removed: &[SyntaxNode]) -> Option<Edit> {
    let mut parts = removed.iter().flat_map(SyntaxNode::descendants);
    let jump = parts.find(|node| node.kind() == SyntaxKind::BREAK_EXPR)?;
    let repeated = target(&jump).filter(|target| target.kind() == SyntaxKind::LOOP_EXPR)?;
    let list = body(&repeated)?.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
    let ending = statements(&list).pop()?;
    let is_within = |jump: &SyntaxNode| {
        removed.iter().any(|part| part.text_range().contains_range(jump.text_range()))
    };
    let left: Vec<SyntaxNode> =
        jumps(&repeated).into_iter().filter(|jump| !is_within(jump)).collect();
    let [only] = left.as_slice() else { return None };
    if has_unknown_macro(&repeated) {
        return None;
    }
    let end = bytes(ending.text_range()).end;
    (only.parent().as_ref() == Some(&ending)).then(|| Edit::new(end..end, format!(" {CUT}")))
}

/// A `loop` that is no longer left, since its last `break` is in what is removed: nothing after it is reached.
fn never_left(removed: &[SyntaxNode], node: &SyntaxNode) -> Option<Edit> {
    let of_removed = |jump: &SyntaxNode| {
        removed.iter().any(|part| part.text_range().contains_range(jump.text_range()))
    };
    let all = removed.iter().flat_map(SyntaxNode::descendants);
    let jump = all.filter(|node| node.kind() == SyntaxKind::BREAK_EXPR).find(|jump| {
        target(jump).is_some_and(|target| target.text_range().contains_range(node.text_range()))
    })?;
    let repeated = target(&jump).filter(|target| target.kind() == SyntaxKind::LOOP_EXPR)?;
    if !breaks(&repeated).iter().all(of_removed) || has_unknown_macro(&repeated) {
        return None;
    }
    cut_after(&repeated)
}

/// A mark after the statement that an expression is, or whose value it is.
fn cut_after(node: &SyntaxNode) -> Option<Edit> {
    let parent = node.parent()?;
    let statement = match parent.kind() {
        SyntaxKind::EXPR_STMT | SyntaxKind::LET_STMT => parent,
        _ => return None,
    };
    let end = bytes(statement.text_range()).end;
    Some(Edit::new(end..end, format!(" {CUT}")))
}

/// `if a() && false { … }`: `a()` is evaluated before.
fn evaluated_first(node: &SyntaxNode, condition: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let (evaluated, known) = after_of(condition)?;
    let parent = node.parent()?;
    let known = mark(known);
    let own = text.get(bytes(condition.text_range()).end..bytes(node.text_range()).end)?;
    Some(vec![match parent.kind() {
        SyntaxKind::STMT_LIST | SyntaxKind::EXPR_STMT => {
            let to = indentation(node);
            Edit::of(node, format!("{}\n{to}if {known}{own}", discarded(&evaluated)))
        }
        SyntaxKind::IF_EXPR => {
            let to = indentation(&parent);
            let (before, own) = (
                format!("{to}    {}", discarded(&evaluated)),
                after_condition(node, condition, &to),
            );
            Edit::of(node, format!("{{\n{before}\n{to}    if {known}{own}\n{to}}}"))
        }
        _ => Edit::of(node, format!("{{ {} if {known}{own} }}", discarded(&evaluated))),
    }])
}

/// What follows a condition, indented by one level more.
fn after_condition(node: &SyntaxNode, condition: &SyntaxNode, to: &str) -> String {
    let after =
        tokens(node).skip_while(|token| token.text_range().start() < condition.text_range().end());
    reindented(after, to, &format!("{to}    "))
}

/// `if let P = a() && false { … }`: the condition is evaluated, and only what is after `else` follows.
fn never_after_let(
    node: &SyntaxNode,
    condition: &SyntaxNode,
    then: &SyntaxNode,
    has_else: bool,
    text: &str,
) -> Option<Vec<Edit>> {
    let left = never_after(condition)?;
    let parent = node.parent()?.kind();
    if !has_else && parent != SyntaxKind::IF_EXPR {
        return Some(vec![Edit::of(condition, left.text().to_string()), Edit::of(then, "{}")]);
    }
    let never = mark(false);
    let own = text.get(bytes(condition.text_range()).end..bytes(node.text_range()).end)?;
    Some(vec![match parent {
        SyntaxKind::STMT_LIST | SyntaxKind::EXPR_STMT => {
            let to = indentation(node);
            Edit::of(node, format!("if {left} {{}}\n{to}if {never}{own}"))
        }
        SyntaxKind::IF_EXPR => {
            let to = indentation(node);
            let own = after_condition(node, condition, &to);
            Edit::of(node, format!("{{\n{to}    if {left} {{}}\n{to}    if {never}{own}\n{to}}}"))
        }
        _ => Edit::of(node, format!("{{ if {left} {{}} if {never}{own} }}")),
    }])
}

/// `if let Some(x) = true.then(|| a) { … }` is `let x = a;` in the block.
fn always_some(condition: &SyntaxNode, then: &SyntaxNode) -> Option<Vec<Edit>> {
    let condition = ast::LetExpr::cast(condition.clone())?;
    let (name, value) = some(condition.pat()?.syntax(), condition.expr()?.syntax())?;
    let list = then.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
    let space = list.first_token()?.next_token()?;
    let line = space.text().rsplit_once('\n').map_or_else(
        || format!(" let {name} = {value};"),
        |(_, inner)| format!("\n{inner}let {name} = {value};"),
    );
    let at = bytes(list.first_token()?.text_range()).end;
    Some(vec![Edit::of(condition.syntax(), mark(true)), Edit::new(at..at, line)])
}

/// The part of `let P = a() && false` that is evaluated.
fn never_after(condition: &SyntaxNode) -> Option<SyntaxNode> {
    let binary = ast::BinExpr::cast(condition.clone())?;
    let (left, right) = (binary.lhs()?, binary.rhs()?);
    let is_and = matches!(binary.op_kind()?, ast::BinaryOp::LogicOp(ast::LogicOp::And));
    let never = is_and && value(right.syntax()) == Some(false) && has_let(left.syntax());
    never.then(|| left.syntax().clone())
}

fn repetition(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let repeated = ast::WhileExpr::cast(node.clone())?;
    let condition = repeated.condition()?.syntax().clone();
    let is_statement =
        matches!(node.parent()?.kind(), SyntaxKind::STMT_LIST | SyntaxKind::EXPR_STMT);
    if let Some((evaluated, known)) = after_of(&condition) {
        return (is_statement && !known).then(|| {
            let (to, never) = (indentation(node), mark(false));
            vec![Edit::of(node, format!("{}\n{to}while {never} {{}}", discarded(&evaluated)))]
        });
    }
    if let Some(left) = never_after(&condition) {
        // The condition is evaluated once.
        return is_statement.then(|| vec![Edit::of(node, format!("if {left} {{}}"))]);
    }
    if value(&condition)? {
        let from = bytes(repeated.while_token()?.text_range()).start;
        let mut edits = vec![Edit::new(from..bytes(condition.text_range()).end, "loop")];
        if breaks(node).is_empty() && !has_unknown_macro(node) {
            edits.extend(cut_after(node));
        }
        return Some(edits);
    }
    put(node, text, &Left::Nothing, &[])
}

/// A statement that is a known value.
fn statement(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let inner = node.children().next()?;
    if let Some((evaluated, _)) = after_of(&inner) {
        return Some(vec![Edit::of(node, discarded(&evaluated))]);
    }
    value(&inner)?;
    Some(vec![Edit::removal(node, text)])
}

/// `x &= true;` and the like, and `_ = true;`.
fn assigned(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    use ast::{ArithOp, BinaryOp};
    let binary = ast::BinExpr::cast(node.clone())?;
    let BinaryOp::Assignment { op } = binary.op_kind()? else { return None };
    let known = value(binary.rhs()?.syntax())?;
    let target = binary.lhs()?.syntax().clone();
    if node.parent()?.kind() != SyntaxKind::EXPR_STMT {
        return None;
    }
    let own = match (op, known) {
        (None, _) if target.kind() == SyntaxKind::UNDERSCORE_EXPR => None,
        (Some(ArithOp::BitAnd), true) | (Some(ArithOp::BitOr | ArithOp::BitXor), false) => None,
        (Some(ArithOp::BitAnd), false) | (Some(ArithOp::BitOr), true) => {
            Some(format!("{target} = {}", mark(known)))
        }
        (Some(ArithOp::BitXor), true) => Some(format!("{target} = !{target}")),
        _ => return None,
    };
    let is_ignored = target.kind() == SyntaxKind::UNDERSCORE_EXPR;
    // Types of the program may have these operators too.
    if !is_ignored && !is_bool(&target) {
        return None;
    }
    let looks = is_ignored || is_pure(&target);
    match own {
        _ if !looks => None,
        None => put(node, text, &Left::Nothing, &[]),
        Some(own) => Some(vec![Edit::of(node, own)]),
    }
}

/// A known value at the end of a block that is a statement without a value.
fn last_value(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let last = node.children().last()?;
    value(&last)?;
    let block = node.parent()?;
    let is_statement = block.parent()?.kind() == SyntaxKind::EXPR_STMT;
    let ended = block.parent()?.last_token()?.kind() == SyntaxKind::SEMICOLON;
    (is_statement && ended).then(|| vec![Edit::removal(&last, text)])
}

/// `let _ = true;`, `let true = true else { … };`, and a declaration after something that is evaluated.
fn declaration(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let declared = ast::LetStmt::cast(node.clone())?;
    let initializer = declared.initializer()?.syntax().clone();
    if let Some((evaluated, known)) = after_of(&initializer) {
        let to = indentation(node);
        let from = bytes(node.text_range()).start;
        return Some(vec![
            Edit::new(from..from, format!("{}\n{to}", discarded(&evaluated))),
            Edit::of(&initializer, mark(known)),
        ]);
    }
    if let Some(otherwise) = declared.let_else()
        && declared.ty().is_none()
    {
        let pattern = declared.pat()?.syntax().clone();
        if let Some(edits) = tuple(node, &pattern, &initializer, &otherwise) {
            return Some(edits);
        }
        if let Some((name, value)) = some(&pattern, &initializer) {
            let (from, to) = (bytes(pattern.text_range()).start, bytes(node.text_range()).end);
            return Some(vec![Edit::new(from..to, format!("{name} = {value};"))]);
        }
        if is_never(&pattern, &initializer) {
            let block = otherwise.block_expr()?;
            return Some(vec![Edit::of(node, format!("if {} {}", mark(true), block.syntax()))]);
        }
    }
    let known = value(&initializer)?;
    let pattern = declared.pat()?.syntax().text().to_string();
    match (pattern.as_str(), declared.let_else()) {
        ("_", _) => Some(vec![Edit::removal(node, text)]),
        ("true" | "false", Some(otherwise)) => {
            if (pattern == "true") == known {
                return Some(vec![Edit::removal(node, text)]);
            }
            // As if it were `if true { … }`.
            let block = otherwise.block_expr()?;
            let own = format!("if {} {}", mark(true), block.syntax().text());
            Some(vec![Edit::of(node, own)])
        }
        _ => None,
    }
}

/// `let (Some(x), true) = (f(), true) else { … };`
fn tuple(
    node: &SyntaxNode,
    pattern: &SyntaxNode,
    initializer: &SyntaxNode,
    otherwise: &ast::LetElse,
) -> Option<Vec<Edit>> {
    let tuple = Tuple::of(pattern, initializer)?;
    if tuple.fits {
        let (own, start) = (tuple.others(), bytes(pattern.text_range()).start);
        // What fits each value needs no `else`.
        return Some(vec![if tuple.is_irrefutable() {
            Edit::new(start..bytes(node.text_range()).end, own + ";")
        } else {
            Edit::new(start..bytes(initializer.text_range()).end, own)
        }]);
    }
    let to = indentation(node);
    let first = tuple.ignored().map(|own| format!("{}\n{to}", discarded(&own)));
    let block = otherwise.block_expr()?;
    let own = format!("{}if {} {}", first.unwrap_or_default(), mark(true), block.syntax());
    Some(vec![Edit::of(node, own)])
}

/// `assert!` and its relatives with a known value.
fn assertion(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let name = macro_of(node)?;
    let given = arguments(node);
    let (first, rest) = given.split_first()?;
    let (holds, messages) = match name.as_str() {
        "assert" | "debug_assert" | "prop_assert" | "ensure" => {
            if let Some((evaluated, true)) = after_of(first) {
                let parent = node.parent()?;
                let is_statement = parent.kind() == SyntaxKind::EXPR_STMT;
                return is_statement.then(|| vec![Edit::of(&parent, discarded(&evaluated))]);
            }
            (value(first)?, rest)
        }
        "assert_eq" | "debug_assert_eq" | "assert_ne" | "debug_assert_ne" => {
            let (second, rest) = rest.split_first()?;
            let same = literal(first)? == literal(second)?;
            (same == name.ends_with("eq"), rest)
        }
        _ => return None,
    };
    if holds {
        return put(node, text, &Left::Nothing, &[]);
    }
    if !name.starts_with("assert") {
        return None;
    }
    let parent = node.parent()?;
    if let Some(test) = test_of(node) {
        let removed = if is_one_of_several(&parent) { parent } else { test };
        return Some(vec![Edit::removal(&removed, text)]);
    }
    let list = match parent.kind() {
        SyntaxKind::EXPR_STMT | SyntaxKind::STMT_LIST => parent,
        _ => return None,
    };
    let messages: Vec<String> = messages.iter().map(|part| part.text().to_string()).collect();
    let message =
        if messages.is_empty() { "\"assertion failed\"".to_owned() } else { messages.join(", ") };
    let whole = if list.kind() == SyntaxKind::EXPR_STMT { list } else { node.clone() };
    Some(vec![Edit::of(&whole, format!("panic__featuregate_call({message}); {CUT}"))])
}

/// The test that always runs an assertion: it is about the other value of the gate. One that should panic is not.
fn test_of(assertion: &SyntaxNode) -> Option<SyntaxNode> {
    use SyntaxKind as K;
    let mut part = assertion.clone();
    loop {
        let whole = part.parent()?;
        let goes_on = match whole.kind() {
            K::FN => return (is_test(&whole) && !should_panic(&whole)).then_some(whole),
            K::BLOCK_EXPR => is_plain(&whole) || is_run(&whole),
            K::CLOSURE_EXPR => is_run(&whole),
            other => ALWAYS.contains(&other),
        };
        if !goes_on {
            return None;
        }
        part = whole;
    }
}

/// What evaluates each of its parts.
const ALWAYS: [SyntaxKind; 8] = [
    SyntaxKind::ARG_LIST,
    SyntaxKind::AWAIT_EXPR,
    SyntaxKind::CALL_EXPR,
    SyntaxKind::EXPR_STMT,
    SyntaxKind::LET_STMT,
    SyntaxKind::METHOD_CALL_EXPR,
    SyntaxKind::STMT_LIST,
    SyntaxKind::TRY_EXPR,
];

/// Whether a closure or an `async` block is run by what it is passed to: each function but those that catch a panic, and
/// the methods that are named for it. Others, such as `map` and `unwrap_or_else`, may not run what they get.
fn is_run(closure: &SyntaxNode) -> bool {
    let call = closure.parent().and_then(|list| match list.kind() {
        SyntaxKind::ARG_LIST => list.parent(),
        _ => None,
    });
    let Some(call) = call else { return false };
    if let Some(method) = ast::MethodCallExpr::cast(call.clone()) {
        return method.name_ref().is_some_and(|name| {
            matches!(
                name.text().as_str(),
                "run" | "run_until" | "block_on" | "in_scope" | "install"
            )
        });
    }
    let called = call.first_child().map(|called| called.text().to_string());
    called.is_some_and(|called| !called.contains("panic") && !called.contains("unwind"))
}

/// Whether the statements beside an assertion of a test are assertions too, so that they do not need it.
fn is_one_of_several(statement: &SyntaxNode) -> bool {
    let list = statement.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST);
    let Some(list) = list.filter(|_| statement.kind() == SyntaxKind::EXPR_STMT) else {
        return false;
    };
    let others = statements(&list);
    let others: Vec<&SyntaxNode> = others
        .iter()
        .filter(|other| *other != statement && other.kind() != SyntaxKind::LET_STMT)
        .collect();
    let asserts = |other: &&SyntaxNode| {
        let call = if other.kind() == SyntaxKind::EXPR_STMT { other.first_child() } else { None };
        let name = macro_of(call.as_ref().unwrap_or(other));
        name.is_some_and(|name| name.starts_with("assert"))
    };
    !others.is_empty() && others.iter().all(asserts)
}

fn should_panic(function: &SyntaxNode) -> bool {
    let attributes = function.children().filter(|child| child.kind() == SyntaxKind::ATTR);
    attributes.into_iter().any(|attribute| attribute.text().to_string().contains("should_panic"))
}

/// Whether a function is a test.
pub(crate) fn is_test(function: &SyntaxNode) -> bool {
    ast::Fn::cast(function.clone()).is_some_and(|function| {
        function.attrs().any(|attribute| {
            attribute.path().is_some_and(|path| {
                let path = path.syntax().text().to_string();
                path.rsplit("::").next().is_some_and(|last| {
                    matches!(last.trim(), "test" | "rstest" | "test_case" | "quickcheck")
                })
            })
        })
    })
}
