//! Operators and methods of a known value.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxElement, SyntaxKind, SyntaxNode};

use super::closure;
use super::edit::{Edit, apply, content, indentation};
use super::marks::{
    after, after_of, after_value, discarded, is_after_value, literal, mark, matched_of, only_guard,
    unmatched, value,
};
use super::negation::{bare, negation};
use super::ownership::{given_away, gives_away};
use super::patterns::Tuple;
use super::place::{ended, ends_here, is_condition, outermost};
use super::precedence::needs_parentheses;
use super::shape::{arguments, has_let, is_plain, is_pure, statements};
use super::temporaries::has_no_temporaries;
use super::types::{has_type, is_bool, typed};
use crate::code::macros::stays_inside;
use crate::code::tree::bytes;

/// The edit for an expression, one of whose parts is known.
pub(crate) fn reduce(node: &SyntaxNode, text: &str) -> Option<Edit> {
    match node.kind() {
        SyntaxKind::PAREN_EXPR => {
            let inner = node.children().next()?;
            let known = value(&inner).is_some() || after_of(&inner).is_some();
            known.then(|| Edit::of(node, inner.text().to_string()))
        }
        SyntaxKind::BLOCK_EXPR => braces(node),
        SyntaxKind::PREFIX_EXPR => prefix(node),
        SyntaxKind::BIN_EXPR => binary(node, text),
        SyntaxKind::IF_EXPR => same_branches(node),
        SyntaxKind::LET_EXPR => pattern(node),
        SyntaxKind::METHOD_CALL_EXPR => method(node),
        SyntaxKind::CALL_EXPR => matches(node).or_else(|| number(node)),
        SyntaxKind::CAST_EXPR => cast(node),
        _ => None,
    }
}

/// Integers, which a `bool` can become.
const INTEGERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

/// `usize::from(true)`
fn number(node: &SyntaxNode) -> Option<Edit> {
    let call = ast::CallExpr::cast(node.clone())?;
    let called = call.expr()?.syntax().text().to_string();
    let given = arguments(node);
    let known = value(given.first().filter(|_| given.len() == 1)?)?;
    integer(node, called.strip_suffix("::from")?, known)
}

/// `true as usize`
fn cast(node: &SyntaxNode) -> Option<Edit> {
    let cast = ast::CastExpr::cast(node.clone())?;
    integer(node, &cast.ty()?.syntax().text().to_string(), value(cast.expr()?.syntax())?)
}

/// The number that a known value becomes. An index needs no type.
fn integer(node: &SyntaxNode, ty: &str, known: bool) -> Option<Edit> {
    let indexed = node.parent().and_then(ast::IndexExpr::cast);
    let is_index = indexed
        .and_then(|indexed| indexed.index())
        .is_some_and(|index| index.syntax() == node && ty == "usize");
    let suffix = if is_index { "" } else { ty };
    INTEGERS.contains(&ty).then(|| Edit::of(node, format!("{}{suffix}", u8::from(known))))
}

/// `matches!(…)` of which the gate decided whether the pattern fits.
fn matches(node: &SyntaxNode) -> Option<Edit> {
    if let Some(known) = matched_of(node) {
        return Some(Edit::of(node, mark(known)));
    }
    if let Some(guard) = only_guard(node) {
        let own =
            if needs_parentheses(&guard, node) { format!("({guard})") } else { guard.to_string() };
        return Some(Edit::of(node, own));
    }
    let of = unmatched(node)?;
    Some(Edit::of(
        node,
        if is_pure(&of) {
            mark(false).to_owned()
        } else {
            after_value(&of.text().to_string(), mark(false))
        },
    ))
}

/// `{ true }` within an expression.
fn braces(node: &SyntaxNode) -> Option<Edit> {
    let list = node.children().find(|child| child.kind() == SyntaxKind::STMT_LIST)?;
    let known = only_value(&list)?;
    let parent = node.parent()?;
    let is_operand = match parent.kind() {
        SyntaxKind::IF_EXPR => ast::IfExpr::cast(parent)?.condition()?.syntax() == node,
        SyntaxKind::FN
        | SyntaxKind::STMT_LIST
        | SyntaxKind::CLOSURE_EXPR
        | SyntaxKind::LOOP_EXPR
        | SyntaxKind::FOR_EXPR
        | SyntaxKind::LET_ELSE => false,
        SyntaxKind::WHILE_EXPR => ast::WhileExpr::cast(parent)?.condition()?.syntax() == node,
        _ => true,
    };
    (is_plain(node) && is_operand).then(|| Edit::of(node, mark(known)))
}

/// The known value that is all that a block has.
fn only_value(list: &SyntaxNode) -> Option<bool> {
    let comments = content(list).iter().any(|token| token.kind() == SyntaxKind::COMMENT);
    let inside = statements(list);
    value(inside.first().filter(|_| inside.len() == 1 && !comments)?)
}

fn prefix(node: &SyntaxNode) -> Option<Edit> {
    let prefix = ast::PrefixExpr::cast(node.clone())?;
    if prefix.op_kind()? != ast::UnaryOp::Not {
        return None;
    }
    let inner = prefix.expr()?;
    if let Some((evaluated, known)) = after_of(inner.syntax()) {
        return Some(Edit::of(node, again(inner.syntax(), &evaluated, !known)));
    }
    Some(Edit::of(node, mark(!value(inner.syntax())?)))
}

/// Another value after the same.
fn again(node: &SyntaxNode, evaluated: &str, value: bool) -> String {
    if is_after_value(node) { after_value(evaluated, mark(value)) } else { after(evaluated, value) }
}

/// What an operator makes of a known value and another one.
enum Outcome {
    /// The other operand.
    Other,
    /// The other operand, negated.
    Negated,
    /// A value, for which the other operand need not be evaluated if it is on the right of `&&` and `||`.
    Value(bool),
}

fn binary(node: &SyntaxNode, text: &str) -> Option<Edit> {
    use ast::{ArithOp, BinaryOp, CmpOp, LogicOp};
    let binary = ast::BinExpr::cast(node.clone())?;
    let (left, right) = (binary.lhs()?.syntax().clone(), binary.rhs()?.syntax().clone());
    let op = binary.op_kind()?;
    if let (BinaryOp::CmpOp(CmpOp::Ord { ordering, strict }), Some(left), Some(right)) =
        (op, literal(&left), literal(&right))
    {
        let holds = match (ordering, strict) {
            (ast::Ordering::Less, true) => !left && right,
            (ast::Ordering::Less, false) => left <= right,
            (ast::Ordering::Greater, true) => left && !right,
            (ast::Ordering::Greater, false) => left >= right,
        };
        return Some(Edit::of(node, mark(holds)));
    }
    let outcome = |known: bool| match op {
        BinaryOp::LogicOp(LogicOp::And) | BinaryOp::ArithOp(ArithOp::BitAnd) => {
            Some(if known { Outcome::Other } else { Outcome::Value(false) })
        }
        BinaryOp::LogicOp(LogicOp::Or) | BinaryOp::ArithOp(ArithOp::BitOr) => {
            Some(if known { Outcome::Value(true) } else { Outcome::Other })
        }
        BinaryOp::ArithOp(ArithOp::BitXor) | BinaryOp::CmpOp(CmpOp::Eq { negated: true }) => {
            Some(if known { Outcome::Negated } else { Outcome::Other })
        }
        BinaryOp::CmpOp(CmpOp::Eq { negated: false }) => {
            Some(if known { Outcome::Other } else { Outcome::Negated })
        }
        _ => None,
    };
    let is_lazy = matches!(op, BinaryOp::LogicOp(_));
    if after_of(&left).is_some() || after_of(&right).is_some() {
        return evaluated(&binary, op, &outcome);
    }
    let (known, other, is_left) = match (value(&left), value(&right)) {
        (Some(known), _) => (known, &right, true),
        (None, Some(known)) => (known, &left, false),
        (None, None) => return None,
    };
    if let (false, Some(literal)) = (is_lazy, literal(other)) {
        let result = match outcome(known)? {
            Outcome::Other => literal,
            Outcome::Negated => !literal,
            Outcome::Value(result) => result,
        };
        return Some(Edit::of(node, mark(result)));
    }
    match outcome(known)? {
        // What is on the right of `&&` is a scope of its own.
        Outcome::Other if is_lazy && is_left && !ends_here(node) && !has_no_temporaries(other) => {
            Some(Edit::of(node, ended(&other.text().to_string())))
        }
        Outcome::Other if is_bits(op) && !is_bool(other) && !is_condition(node) => None,
        Outcome::Other => {
            let other = bare(other, node);
            let own = operand(node, &other, is_left, text);
            Some(Edit::of(&outermost(node, &other), own))
        }
        Outcome::Negated | Outcome::Value(_)
            if is_bits(op) && !is_bool(other) && !is_condition(node) =>
        {
            None
        }
        Outcome::Negated => {
            if let Some(other) = value(other) {
                return Some(Edit::of(node, mark(!other)));
            }
            Some(negation(node, other))
        }
        Outcome::Value(known) if (is_lazy && is_left) || is_pure(other) => {
            Some(Edit::of(node, mark(known)))
        }
        Outcome::Value(known) if is_lazy && !known && chain_of_never(node, other) => {
            let (outer, left) = (node.parent()?, other.text());
            Some(Edit::of(&outer, format!("{left} && {}", mark(false))))
        }
        Outcome::Value(_) if has_let(other) => None,
        Outcome::Value(known) => Some(Edit::of(node, after(&other.text().to_string(), known))),
    }
}

/// Whether an operator is `&`, `|` or `^`, which types of the program may have for a `bool`.
fn is_bits(op: ast::BinaryOp) -> bool {
    matches!(
        op,
        ast::BinaryOp::ArithOp(ast::ArithOp::BitAnd | ast::ArithOp::BitOr | ast::ArithOp::BitXor)
    )
}

/// An operator of which one operand has a known value after something that must be evaluated.
fn evaluated(
    binary: &ast::BinExpr,
    op: ast::BinaryOp,
    outcome: &dyn Fn(bool) -> Option<Outcome>,
) -> Option<Edit> {
    use ast::{BinaryOp, LogicOp};
    let node = binary.syntax();
    let (left, right) = (binary.lhs()?.syntax().clone(), binary.rhs()?.syntax().clone());
    let is_lazy = matches!(op, BinaryOp::LogicOp(_));
    if let Some((evaluated, known)) = after_of(&left) {
        let (to, first) = (indentation(node), discarded(&evaluated));
        let is_last = node.parent()?.kind() == SyntaxKind::STMT_LIST;
        // The right side is evaluated only if the value decides nothing.
        return match outcome(known)? {
            Outcome::Value(known) if is_lazy || is_pure(&right) => {
                Some(Edit::of(node, again(&left, &evaluated, known)))
            }
            Outcome::Other if is_last => Some(Edit::of(node, format!("{first}\n{to}{right}"))),
            Outcome::Other => Some(Edit::of(node, format!("{{ {first} {right} }}"))),
            _ => None,
        };
    }
    let (evaluated, known) = after_of(&right).filter(|_| is_lazy && !has_let(&left))?;
    let Outcome::Value(known) = outcome(known)? else { return None };
    let operator = binary.op_token()?;
    let own = if is_after_value(&right) {
        let neither = matches!(op, BinaryOp::LogicOp(LogicOp::Or));
        format!("{{ {} {neither} }}", discarded(&evaluated))
    } else {
        evaluated
    };
    let evaluated = format!("{left} {operator} {own}");
    Some(Edit::of(node, after(&evaluated, known)))
}

/// Whether more follows `let P = a() && false`, which is never evaluated.
fn chain_of_never(node: &SyntaxNode, other: &SyntaxNode) -> bool {
    has_let(other)
        && node.parent().and_then(ast::BinExpr::cast).is_some_and(|outer| {
            let is_and = matches!(outer.op_kind(), Some(ast::BinaryOp::LogicOp(ast::LogicOp::And)));
            is_and && outer.lhs().is_some_and(|left| left.syntax() == node)
        })
}

/// An operand instead of its operator, with the comments that belong to it.
fn operand(node: &SyntaxNode, other: &SyntaxNode, is_left: bool, text: &str) -> String {
    let mut own = other.text().to_string();
    if needs_parentheses(other, node) {
        own = format!("({own})");
    }
    let parts: Vec<SyntaxElement> = node.children_with_tokens().collect();
    if is_left {
        // A comment on lines of its own before the operand that stays.
        let mut kept = String::new();
        let mut own_line = false;
        for part in parts.iter().skip(1) {
            match part {
                SyntaxElement::Token(token) if token.kind() == SyntaxKind::COMMENT && own_line => {
                    kept.push_str(token.text());
                }
                SyntaxElement::Token(token) if token.kind() == SyntaxKind::WHITESPACE => {
                    own_line |= token.text().contains('\n');
                    if !kept.is_empty() {
                        kept.push_str(token.text());
                    }
                }
                _ => {}
            }
        }
        return if kept.is_empty() { own } else { kept + &own };
    }
    // A comment at the end of the line of the operand that stays.
    let end = bytes(other.text_range()).end;
    let line = text.get(end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let trailing = line.trim_start();
    let node_end = bytes(node.text_range()).end;
    let within = end + line.len() < node_end;
    if within && trailing.starts_with("//") {
        let follows =
            text.get(node_end..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
        if follows.starts_with('\n') {
            return format!("{own} {trailing}");
        }
        let indentation = super::edit::indentation(node);
        return format!("{own} {trailing}\n{indentation}");
    }
    own
}

/// `if c { true } else { false }`, of which the gate decided the values.
fn same_branches(node: &SyntaxNode) -> Option<Edit> {
    let choice = ast::IfExpr::cast(node.clone())?;
    let ast::ElseBranch::Block(otherwise) = choice.else_branch()? else { return None };
    let only = |block: ast::BlockExpr| only_value(block.stmt_list()?.syntax());
    let (then, otherwise) = (only(choice.then_branch()?)?, only(otherwise)?);
    let condition = choice.condition()?.syntax().clone();
    let is_statement = node.parent()?.kind() == SyntaxKind::EXPR_STMT;
    if has_let(&condition) || is_statement {
        return None;
    }
    let own = match (then, otherwise) {
        (true, false) if needs_parentheses(&condition, node) => format!("({condition})"),
        (true, false) => condition.text().to_string(),
        (false, true) => return Some(negation(node, &condition)),
        (known, _) if is_pure(&condition) => mark(known).to_owned(),
        (known, _) => after(&condition.text().to_string(), known),
    };
    Some(Edit::of(node, own))
}

/// `let true = …` in a condition.
fn pattern(node: &SyntaxNode) -> Option<Edit> {
    let condition = ast::LetExpr::cast(node.clone())?;
    let matched = condition.expr()?;
    let pattern = condition.pat()?;
    if let Some(known) = value(matched.syntax()) {
        let wanted = match pattern.syntax().text().to_string().as_str() {
            "true" => true,
            "false" => false,
            "_" => known,
            _ => return None,
        };
        return Some(Edit::of(node, mark(wanted == known)));
    }
    if matched.syntax().kind() == SyntaxKind::TUPLE_EXPR {
        return tuple(node, pattern.syntax(), matched.syntax());
    }
    let call = never(pattern.syntax(), matched.syntax())?;
    let drops = call.drops();
    let never = mark(false);
    let own =
        if drops.is_empty() { never.to_owned() } else { after_value(&block(&drops, ""), never) };
    Some(Edit::of(node, own))
}

/// `let (Some(x), true) = (f(), true)` is `let Some(x) = f()`.
fn tuple(node: &SyntaxNode, pattern: &SyntaxNode, matched: &SyntaxNode) -> Option<Edit> {
    let tuple = Tuple::of(pattern, matched)?;
    if tuple.fits {
        return Some(Edit::of(node, format!("let {}", tuple.others())));
    }
    let never = mark(false);
    let own = tuple.ignored().map(|evaluated| after_value(&evaluated, never));
    Some(Edit::of(node, own.unwrap_or_else(|| never.to_owned())))
}

/// `let Some(x) = false.then(…)`
pub(crate) fn is_never(pattern: &SyntaxNode, matched: &SyntaxNode) -> bool {
    never(pattern, matched).is_some_and(|call| call.drops().is_empty())
}

fn never(pattern: &SyntaxNode, matched: &SyntaxNode) -> Option<Then> {
    let is_some = pattern.text().to_string().starts_with("Some(");
    then(matched).filter(|call| is_some && !call.known && call.is_lazy_or_pure())
}

/// Whether an expression is `None`, since the gate is off.
pub(crate) fn is_none(node: &SyntaxNode) -> bool {
    then(node)
        .is_some_and(|call| !call.known && call.is_lazy_or_pure() && !gives_away(&call.argument))
}

/// `None`, after what is dropped.
pub(crate) fn none(node: &SyntaxNode) -> Option<String> {
    let call = then(node).filter(|call| !call.known && call.is_lazy_or_pure())?;
    Some(block(&call.drops(), "None"))
}

/// The name in a pattern `Some(x)`, and the value in the `Some` that a gate that is on makes, if no part of it would
/// be dropped earlier as the value of a variable.
pub(crate) fn some(pattern: &SyntaxNode, made: &SyntaxNode) -> Option<(String, String)> {
    let fields = ast::TupleStructPat::cast(pattern.clone())?;
    let is_some = fields.path()?.syntax().text() == "Some";
    let only = fields.fields().next().filter(|_| is_some)?;
    let is_name = ast::IdentPat::cast(only.syntax().clone())
        .is_some_and(|name| name.pat().is_none() && name.ref_token().is_none());
    let call = then(made).filter(|call| call.known && is_name)?;
    let value = call.content().filter(|_| has_no_temporaries(&call.argument))?;
    Some((only.syntax().text().to_string(), value))
}

/// Whether the value in a `Some` becomes that of a variable.
fn is_bound(node: &SyntaxNode, parent: &SyntaxNode) -> bool {
    let (pattern, alone) = match parent.kind() {
        SyntaxKind::LET_EXPR => (
            ast::LetExpr::cast(parent.clone()).and_then(|condition| condition.pat()),
            parent.parent().is_some_and(|choice| choice.kind() == SyntaxKind::IF_EXPR),
        ),
        SyntaxKind::LET_STMT => ast::LetStmt::cast(parent.clone())
            .map(|declared| {
                (declared.pat(), declared.let_else().is_some() && declared.ty().is_none())
            })
            .unwrap_or_default(),
        _ => return false,
    };
    alone && pattern.is_some_and(|pattern| some(pattern.syntax(), node).is_some())
}

/// A call of `then` or `then_some` on a known value.
struct Then {
    known: bool,
    is_lazy: bool,
    argument: SyntaxNode,
}

impl Then {
    fn is_lazy_or_pure(&self) -> bool {
        self.is_lazy || is_pure(&self.argument)
    }

    /// What drops the variables that the argument owns, if they are not dropped by themselves.
    fn drops(&self) -> Vec<String> {
        given_away(&self.argument).iter().map(|name| format!("drop({name})")).collect()
    }

    /// Whether also what is in `Some` only looks.
    fn is_pure(&self) -> bool {
        let body = ast::ClosureExpr::cast(self.argument.clone()).and_then(|closure| closure.body());
        let is_pure = |node: &SyntaxNode| is_pure(node) && !gives_away(node);
        body.map_or_else(|| !self.is_lazy && is_pure(&self.argument), |body| is_pure(body.syntax()))
    }

    /// The expression of what is in `Some`.
    fn value(&self) -> SyntaxNode {
        let body = ast::ClosureExpr::cast(self.argument.clone()).and_then(|closure| closure.body());
        body.map_or_else(|| self.argument.clone(), |body| body.syntax().clone())
    }

    /// The content of a `Some` that nothing reads, as a statement.
    fn ended(&self) -> Option<String> {
        let value = self.value();
        let is_place = matches!(value.kind(), SyntaxKind::PATH_EXPR | SyntaxKind::FIELD_EXPR);
        let own = self.content()?;
        Some(if is_place && gives_away(&value) { format!("drop({own})") } else { own })
    }

    /// The same where an expression is: the temporary values of a closure end with it.
    fn content_in(&self, node: &SyntaxNode) -> Option<String> {
        let own = self.content()?;
        let ends = !self.is_lazy || ends_here(node) || has_no_temporaries(&self.value());
        Some(if ends { own } else { ended(&own) })
    }

    /// What is in `Some`, if the value is true.
    fn content(&self) -> Option<String> {
        if self.is_lazy { called(&self.argument) } else { Some(self.argument.text().to_string()) }
    }
}

fn then(node: &SyntaxNode) -> Option<Then> {
    let call = ast::MethodCallExpr::cast(node.clone())?;
    let known = value(call.receiver()?.syntax())?;
    let is_lazy = match call.name_ref()?.text().as_str() {
        "then" => true,
        "then_some" => false,
        _ => return None,
    };
    let arguments = arguments(node);
    let argument = arguments.first().filter(|_| arguments.len() == 1)?.clone();
    Some(Then { known, is_lazy, argument })
}

/// A call of a function or of a closure that is written here.
fn called(function: &SyntaxNode) -> Option<String> {
    let Some(closure) = ast::ClosureExpr::cast(function.clone()) else {
        return (function.kind() == SyntaxKind::PATH_EXPR).then(|| format!("{function}()"));
    };
    let body = closure.body()?;
    let mut jumps = body.syntax().descendants().filter(|node| {
        matches!(
            node.kind(),
            SyntaxKind::RETURN_EXPR | SyntaxKind::TRY_EXPR | SyntaxKind::MACRO_EXPR
        )
    });
    // What another macro does is not known.
    let leaves = jumps.any(|node| {
        let called = ast::MacroExpr::cast(node.clone()).and_then(|called| called.macro_call());
        let name =
            called.and_then(|called| called.path()).map(|path| path.syntax().text().to_string());
        let text = node.text().to_string();
        !name.is_some_and(|name| stays_inside(&name))
            || text.contains("return")
            || text.contains('?')
    });
    let has_type = closure.ret_type().is_some();
    let is_async = closure.async_token().is_some();
    // What it captures is its own: copies, and values that are dropped with it.
    let moves = closure.move_token().is_some();
    (!leaves && !has_type && !is_async && !moves).then(|| body.syntax().text().to_string())
}

fn method(node: &SyntaxNode) -> Option<Edit> {
    if let Some(edit) = consumed(node).or_else(|| extended(node)).or_else(|| closure::reduce(node))
    {
        return Some(edit);
    }
    let call = then(node)?;
    let parent = node.parent()?;
    let has_consumer = parent.kind() == SyntaxKind::METHOD_CALL_EXPR && consumed(&parent).is_some();
    if has_consumer || is_bound(node, &parent) {
        return None;
    }
    let is_statement = parent.kind() == SyntaxKind::EXPR_STMT;
    let is_unused = match parent.kind() {
        SyntaxKind::EXPR_STMT => true,
        SyntaxKind::LET_STMT => ast::LetStmt::cast(parent.clone())?
            .pat()
            .is_some_and(|pattern| pattern.syntax().kind() == SyntaxKind::WILDCARD_PAT),
        _ => false,
    };
    let drops = call.drops();
    if is_unused {
        let own = if call.known {
            call.ended()?
        } else if !call.is_lazy_or_pure() {
            call.argument.text().to_string()
        } else if drops.is_empty() {
            return Some(Edit::of(node, mark(false)));
        } else {
            block(&drops, "")
        };
        return Some(if is_statement {
            Edit::of(node, own)
        } else {
            Edit::of(&parent, discarded(&own))
        });
    }
    if call.known {
        return Some(Edit::of(node, format!("Some({})", call.content_in(node)?)));
    }
    (call.is_lazy_or_pure() && has_type(node, &parent))
        .then(|| Edit::of(node, block(&drops, "None")))
}

/// The text of an expression that has the type of another one.
fn with_type_of(value: &SyntaxNode, other: &SyntaxNode) -> String {
    let mut text = value.text().to_string();
    let start = bytes(value.text_range()).start;
    for edit in typed(value, &[], std::slice::from_ref(other)).into_iter().rev() {
        let range = edit.range.start.saturating_sub(start)..edit.range.end.saturating_sub(start);
        text = apply(&text, &[Edit::new(range, edit.text)]);
    }
    text
}

/// An expression after statements; the only statement by itself if there is no expression.
fn block(statements: &[String], value: &str) -> String {
    match statements {
        [] => value.to_owned(),
        [only] if value.is_empty() => only.clone(),
        _ => format!("{{ {}; {value} }}", statements.join("; ")),
    }
}

/// `all.extend(false.then(…));`
fn extended(node: &SyntaxNode) -> Option<Edit> {
    let call = ast::MethodCallExpr::cast(node.clone())?;
    let is_statement = node.parent()?.kind() == SyntaxKind::EXPR_STMT;
    let given = arguments(node);
    let nothing = call.name_ref()?.text() == "extend"
        && given.first().is_some_and(is_none)
        && is_pure(call.receiver()?.syntax());
    (is_statement && nothing).then(|| Edit::of(node, mark(false)))
}

/// `then(…).unwrap_or(…)` and the like.
fn consumed(node: &SyntaxNode) -> Option<Edit> {
    let consumer = ast::MethodCallExpr::cast(node.clone())?;
    let call = then(consumer.receiver()?.syntax())?;
    let name = consumer.name_ref()?.text().to_string();
    let given = arguments(node);
    let argument = given.first();
    let drops = call.drops();
    let own = match (name.as_str(), call.known) {
        // The value is dropped at the end of the statement.
        ("is_some" | "is_none", true) if !call.is_pure() => return None,
        ("is_some" | "is_none", false) if !call.is_lazy_or_pure() => return None,
        ("is_some" | "is_none", known) => {
            let result = mark((name == "is_some") == known);
            if known || drops.is_empty() {
                result.to_owned()
            } else {
                after_value(&block(&drops, ""), result)
            }
        }
        ("unwrap_or", true) => {
            if !is_pure(argument?) || gives_away(argument?) {
                return None;
            }
            let value = call.value();
            let own = with_type_of(&value, argument?);
            if value.text() == own.as_str() { call.content_in(node)? } else { own }
        }
        ("unwrap_or_else" | "unwrap_or_default" | "unwrap" | "expect", true) => {
            let value = call.value();
            let otherwise = argument.and_then(|it| ast::ClosureExpr::cast(it.clone())?.body());
            let own = otherwise.map(|other| with_type_of(&value, other.syntax()));
            own.filter(|own| value.text() != own.as_str()).or_else(|| call.content_in(node))?
        }
        ("ok_or" | "ok_or_else", known) if has_type(node, &node.parent()?) => match known {
            true if name == "ok_or_else" || (is_pure(argument?) && !gives_away(argument?)) => {
                format!("Ok({})", call.content_in(node)?)
            }
            false if !call.is_lazy_or_pure() => return None,
            false if name == "ok_or" => block(&drops, &format!("Err({})", argument?.text())),
            false => block(&drops, &format!("Err({})", called(argument?)?)),
            true => return None,
        },
        ("unwrap_or", false) if call.is_lazy_or_pure() => {
            let argument = argument?;
            block(&drops, &with_type_of(argument, &call.value()))
        }
        ("unwrap_or_else", false) if call.is_lazy_or_pure() => block(&drops, &called(argument?)?),
        ("unwrap_or_default", false) if call.is_lazy_or_pure() => {
            block(&drops, "Default::default()")
        }
        _ => return None,
    };
    let simple = own.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_\"".contains(&byte))
        || own.starts_with(super::marks::PREFIX);
    let direct = matches!(
        node.parent()?.kind(),
        SyntaxKind::LET_STMT
            | SyntaxKind::EXPR_STMT
            | SyntaxKind::STMT_LIST
            | SyntaxKind::ARG_LIST
            | SyntaxKind::RETURN_EXPR
            | SyntaxKind::CLOSURE_EXPR
            | SyntaxKind::RECORD_EXPR_FIELD
            | SyntaxKind::MATCH_ARM
    );
    Some(Edit::of(node, if simple || direct { own } else { format!("({own})") }))
}
