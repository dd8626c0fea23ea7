//! What the simplifier writes into the text between its steps.
//!
//! A value that is known is written as a name that no program has, so that it is not confused with a `true` that was
//! there. The arguments of macros that take expressions are made arguments of a function, so that the tree has them.

use std::collections::BTreeSet;

use ra_ap_syntax::ast::{self, AstNode as _, HasArgList as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use super::depth::Depth;
use super::edit::{Edit, apply, indentation};
use super::start::block_needs_parentheses;
use crate::code::macros::{MATCHES, takes_expressions};
use crate::code::tree::{boolean, bytes, is_valid, parse, tokens};

/// What every mark begins with. A text that contains it already is not simplified.
pub(crate) const PREFIX: &str = "__featuregate_";

const TRUE: &str = "__featuregate_true";
const FALSE: &str = "__featuregate_false";
/// A statement: what follows is not reached.
pub(crate) const CUT: &str = "__featuregate_cut;";
/// A call: its first argument is evaluated, and its value is the second one.
const AFTER: &str = "__featuregate_after";
/// The same where what is evaluated need not be a `bool`.
const AFTER_VALUE: &str = "__featuregate_after_value";
/// What follows the name of a macro whose arguments are those of a function.
const CALL: &str = "__featuregate_call";
/// The same for a macro with brackets.
const LIST: &str = "__featuregate_list";
/// A call: `matches!(…)` as a `match` with two arms.
const MATCHED: &str = "__featuregate_matches";
/// The value of these arms.
const YES: &str = "__featuregate_yes";
const NO: &str = "__featuregate_no";

/// A known value as it is written.
pub(crate) fn mark(value: bool) -> &'static str {
    if value { TRUE } else { FALSE }
}

/// A known value for rules up to a depth: to those of a greater depth, it is a name like any other.
pub(crate) fn mark_for(value: bool, depth: Depth) -> &'static str {
    match (depth, value) {
        (Depth::Bold, _) => mark(value),
        (Depth::Careful, true) => "__featuregate_careful_true",
        (Depth::Careful, false) => "__featuregate_careful_false",
        (Depth::Values, true) => "__featuregate_values_true",
        (Depth::Values, false) => "__featuregate_values_false",
    }
}

/// The text in which the values for a depth are open to its rules.
pub(crate) fn opened_for(text: &str, depth: Depth) -> String {
    [true, false]
        .iter()
        .fold(text.to_owned(), |text, value| text.replace(mark_for(*value, depth), mark(*value)))
}

/// The known value that an expression is.
pub(crate) fn value(node: &SyntaxNode) -> Option<bool> {
    match node.text() {
        _ if node.kind() != SyntaxKind::PATH_EXPR => None,
        text if text == TRUE => Some(true),
        text if text == FALSE => Some(false),
        _ => None,
    }
}

/// The value of `true` or `false`, or the known value that an expression is.
pub(crate) fn literal(node: &SyntaxNode) -> Option<bool> {
    boolean(node).or_else(|| value(node))
}

/// A known value after something that must be evaluated.
pub(crate) fn after(evaluated: &str, value: bool) -> String {
    format!("{AFTER}({evaluated}, {})", mark(value))
}

/// A known value after something that must be evaluated and is not known to be a `bool`.
pub(crate) fn after_value(evaluated: &str, value: &str) -> String {
    format!("{AFTER_VALUE}({evaluated}, {value})")
}

/// Whether what must be evaluated need not be a `bool`.
pub(crate) fn is_after_value(node: &SyntaxNode) -> bool {
    let call = ast::CallExpr::cast(node.clone()).and_then(|call| call.expr());
    call.is_some_and(|called| called.syntax().text() == AFTER_VALUE)
}

/// What must be evaluated before a known value, and the value.
pub(crate) fn after_of(node: &SyntaxNode) -> Option<(String, bool)> {
    let call = ast::CallExpr::cast(node.clone())?;
    if call.expr()?.syntax().text() != AFTER && !is_after_value(node) {
        return None;
    }
    let mut arguments = call.arg_list()?.args();
    let (evaluated, known) = (arguments.next()?, arguments.next()?);
    Some((evaluated.syntax().text().to_string(), value(known.syntax())?))
}

/// The statement that evaluates an expression whose value is not needed.
pub(crate) fn discarded(evaluated: &str) -> String {
    let is_drop = evaluated.trim_start_matches("{ ").starts_with("drop(");
    if is_drop { format!("{evaluated};") } else { format!("let _ = {evaluated};") }
}

/// Whether a token begins a mark that a rule may apply to.
pub(crate) fn is_mark(token: &SyntaxToken) -> bool {
    token.kind() == SyntaxKind::IDENT
        && [TRUE, FALSE, YES, NO, "__featuregate_cut"].contains(&token.text())
}

/// Whether a pattern fitted, if an expression is the value of `matches!(…)`.
pub(crate) fn matched_of(node: &SyntaxNode) -> Option<bool> {
    let only = argument_of(node)?;
    match only.text() {
        text if text == YES => Some(true),
        text if text == NO => Some(false),
        _ => None,
    }
}

/// The expression of which `matches!(…)` asks, if no pattern is left that it can fit.
pub(crate) fn unmatched(node: &SyntaxNode) -> Option<SyntaxNode> {
    let choice = ast::MatchExpr::cast(argument_of(node)?)?;
    let all: Vec<ast::MatchArm> = choice.match_arm_list()?.arms().collect();
    let only = all.first().filter(|_| all.len() == 1)?;
    (only.expr()?.syntax().text() == NO).then_some(choice.expr()?.syntax().clone())
}

/// The guard that is all that is left of the pattern of `matches!(…)`.
pub(crate) fn only_guard(node: &SyntaxNode) -> Option<SyntaxNode> {
    let choice = ast::IfExpr::cast(argument_of(node)?)?;
    let ast::ElseBranch::Block(otherwise) = choice.else_branch()? else { return None };
    let only = |block: ast::BlockExpr| block.stmt_list()?.tail_expr();
    let is_whole = only(choice.then_branch()?)?.syntax().text() == YES
        && only(otherwise)?.syntax().text() == NO;
    let condition = choice.condition()?.syntax().clone();
    (is_whole && condition.kind() != SyntaxKind::LET_EXPR).then_some(condition)
}

/// Whether an expression is `matches!(…)`.
pub(crate) fn is_matches(node: &SyntaxNode) -> bool {
    argument_of(node).is_some()
}

/// The only argument of the call that `matches!(…)` is.
fn argument_of(node: &SyntaxNode) -> Option<SyntaxNode> {
    let call = ast::CallExpr::cast(node.clone())?;
    if call.expr()?.syntax().text() != MATCHED {
        return None;
    }
    Some(call.arg_list()?.args().next()?.syntax().clone())
}

/// The name of the macro that a call is.
pub(crate) fn macro_of(call: &SyntaxNode) -> Option<String> {
    let called = ast::CallExpr::cast(call.clone())?.expr()?.syntax().text().to_string();
    let path = called.strip_suffix(CALL).or_else(|| called.strip_suffix(LIST))?;
    Some(path.rsplit("::").next().unwrap_or(path).trim().to_owned())
}

/// Whether a call is a macro that borrows its arguments, as `println!` does.
pub(crate) fn is_format(call: &SyntaxNode) -> bool {
    macro_of(call).is_some_and(|name| !matches!(name.as_str(), "dbg" | "vec"))
}

/// Makes the arguments of macros that take expressions arguments of functions, but for those of the program that have the
/// name of a known one.
pub(crate) fn open_macros(text: &str, own: &BTreeSet<String>) -> Option<String> {
    let tree = parse(text)?;
    let all: Vec<SyntaxToken> = tokens(&tree).filter(|token| !token.kind().is_trivia()).collect();
    let mut edits = Vec::new();
    for window in all.windows(3) {
        let [name, bang, opening] = window else { continue };
        let is_matches = name.text() == MATCHES;
        let is_call =
            bang.kind() == SyntaxKind::BANG && (is_matches || takes_expressions(name.text()));
        let adjacent = name.text_range().end() == bang.text_range().start()
            && bang.text_range().end() == opening.text_range().start();
        if !is_call || !adjacent || own.contains(name.text()) || in_macro_definition(name) {
            continue;
        }
        let Some(arguments) = opening.parent() else { continue };
        let inner = arguments.text().to_string();
        let Some(inner) = inner.get(1..inner.len().saturating_sub(1)) else { continue };
        let from = usize::from(bang.text_range().start());
        let end = usize::from(arguments.text_range().end());
        match opening.kind() {
            SyntaxKind::L_PAREN if is_matches && inner.contains(PREFIX) => {
                edits.extend(opened(name, &arguments).unwrap_or_default());
            }
            _ if is_matches => {}
            SyntaxKind::L_PAREN if is_valid(&format!("fn f() {{ f({inner}); }}")) => {
                edits.push(Edit::new(from..from + 1, CALL));
            }
            SyntaxKind::L_BRACK if is_valid(&format!("fn f() {{ f([{inner}]); }}")) => {
                edits.push(Edit::new(from..from + 1, format!("{LIST}(")));
                edits.push(Edit::new(end..end, ")"));
            }
            _ => {}
        }
    }
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    Some(apply(text, &edits))
}

/// The edits that make `matches!(e, p)` a `match`.
fn opened(name: &SyntaxToken, arguments: &SyntaxNode) -> Option<Vec<Edit>> {
    let own: Vec<SyntaxToken> = arguments
        .children_with_tokens()
        .filter_map(ra_ap_syntax::NodeOrToken::into_token)
        .collect();
    let range = |token: &SyntaxToken| bytes(token.text_range());
    let is_comma = |token: &&SyntaxToken| token.kind() == SyntaxKind::COMMA;
    let closing = range(own.last()?);
    let comma = range(own.iter().find(is_comma)?);
    let last = own.iter().rev().skip(1).find(|token| !token.kind().is_trivia());
    let trailing = last.filter(is_comma).map(range).filter(|last| *last != comma);
    let start = range(own.first()?);
    let all = arguments.text().to_string();
    let at = |offset: usize| offset.checked_sub(start.start);
    let end = trailing.as_ref().map_or(closing.start, |comma| comma.start);
    let (of, pattern) = (all.get(1..at(comma.start)?)?, all.get(at(comma.end)?..at(end)?)?);
    if !is_valid(&format!("fn f() {{ match {of} {{ {pattern} => {YES}, _ => {NO} }} }}")) {
        return None;
    }
    let mut edits = vec![
        Edit::new(range(name).start..start.end, format!("{MATCHED}(match ")),
        Edit::new(comma, " {"),
        Edit::new(closing, format!(" => {YES}, _ => {NO} }})")),
    ];
    edits.extend(trailing.map(|comma| Edit::new(comma, "")));
    Some(edits)
}

/// The text of `matches!(…)` of the call that it was.
fn closed(node: &SyntaxNode) -> Option<String> {
    let choice = ast::MatchExpr::cast(argument_of(node)?)?;
    let all: Vec<ast::MatchArm> = choice.match_arm_list()?.arms().collect();
    let [fits, _] = all.as_slice() else { return None };
    let start = bytes(fits.syntax().text_range()).start;
    let end = bytes(fits.fat_arrow_token()?.text_range()).start.checked_sub(start)?;
    let pattern = fits.syntax().text().to_string();
    let of = choice.expr()?;
    Some(format!("{MATCHES}!({of}, {})", pattern.get(..end)?.trim()))
}

fn in_macro_definition(token: &SyntaxToken) -> bool {
    token
        .parent_ancestors()
        .any(|node| matches!(node.kind(), SyntaxKind::MACRO_RULES | SyntaxKind::MACRO_DEF))
}

/// Whether a node is in the arguments of such a macro, as `name = value` is.
pub(crate) fn names_argument(path: &SyntaxNode) -> bool {
    let Some(assignment) = path.parent().and_then(ast::BinExpr::cast) else { return false };
    let is_left = assignment.lhs().is_some_and(|left| left.syntax() == path);
    let is_plain = assignment.op_token().is_some_and(|token| token.kind() == SyntaxKind::EQ);
    let call = assignment.syntax().parent().and_then(|list| list.parent());
    is_left && is_plain && call.is_some_and(|call| macro_of(&call).is_some())
}

/// The text without marks: values are `true` and `false`, and macros are macros again.
pub(crate) fn close(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    while text.contains(AFTER) {
        let tree = parse(&text)?;
        let innermost = tree.descendants().filter(|node| after_of(node).is_some()).last()?;
        let (evaluated, value) = after_of(&innermost)?;
        let (first, value) = (discarded(&evaluated), mark(value));
        let is_last = innermost.parent().is_some_and(|list| {
            list.kind() == SyntaxKind::STMT_LIST
                && list.children().last().as_ref() == Some(&innermost)
        });
        if is_last {
            let own = format!("{first}\n{}{value}", indentation(&innermost));
            text = apply(&text, &[Edit::of(&innermost, own)]);
            continue;
        }
        let block = format!("{{ {first} {value} }}");
        let block = if block_needs_parentheses(&innermost) { format!("({block})") } else { block };
        let edit = Edit::of(&innermost, block);
        text = apply(&text, &[edit]);
    }
    while text.contains(MATCHED) {
        let tree = parse(&text)?;
        let innermost = tree.descendants().filter(|node| argument_of(node).is_some()).last()?;
        text = apply(&text, &[Edit::of(&innermost, closed(&innermost)?)]);
    }
    if text.contains(LIST) {
        let tree = parse(&text)?;
        let mut edits = Vec::new();
        // Also among the arguments of macros that are not calls.
        for name in tokens(&tree).filter(|name| name.text().ends_with(LIST)) {
            let Some(opening) = name.next_token() else { continue };
            let Some(list) = opening.parent() else { continue };
            let end = bytes(list.text_range()).end;
            let from = bytes(name.text_range()).end - LIST.len();
            edits.push(Edit::new(from..bytes(opening.text_range()).end, "!"));
            edits.push(Edit::new(end - 1..end, ""));
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        text = apply(&text, &edits);
    }
    let text = text.replace(&format!(" {CUT}"), "").replace(CUT, "").replace(CALL, "!");
    let text = text.replace(TRUE, "true").replace(FALSE, "false");
    (!text.contains(PREFIX)).then_some(text)
}
