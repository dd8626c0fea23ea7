//! Where an expression needs parentheses.

use ra_ap_syntax::ast::{self, ArithOp, AstNode as _, BinaryOp, LogicOp};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::shape::{has_struct_literal, is_block_like};
use super::start::block_needs_parentheses;

/// How tightly an expression binds, from loose to tight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Jump,
    Assign,
    Range,
    Or,
    And,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Product,
    Cast,
    Prefix,
    Atom,
}

fn level(node: &SyntaxNode) -> Level {
    use SyntaxKind as K;
    match node.kind() {
        K::CLOSURE_EXPR | K::RETURN_EXPR | K::BREAK_EXPR | K::CONTINUE_EXPR => Level::Jump,
        K::RANGE_EXPR => Level::Range,
        K::LET_EXPR => Level::And,
        K::CAST_EXPR => Level::Cast,
        K::PREFIX_EXPR | K::REF_EXPR => Level::Prefix,
        K::BIN_EXPR => match ast::BinExpr::cast(node.clone()).and_then(|binary| binary.op_kind()) {
            Some(BinaryOp::LogicOp(LogicOp::Or)) => Level::Or,
            Some(BinaryOp::LogicOp(LogicOp::And)) => Level::And,
            Some(BinaryOp::CmpOp(_)) => Level::Compare,
            Some(BinaryOp::ArithOp(op)) => match op {
                ArithOp::BitOr => Level::BitOr,
                ArithOp::BitXor => Level::BitXor,
                ArithOp::BitAnd => Level::BitAnd,
                ArithOp::Shl | ArithOp::Shr => Level::Shift,
                ArithOp::Add | ArithOp::Sub => Level::Sum,
                ArithOp::Mul | ArithOp::Div | ArithOp::Rem => Level::Product,
            },
            Some(BinaryOp::Assignment { .. }) | None => Level::Assign,
        },
        _ => Level::Atom,
    }
}

/// Whether an expression can follow `!` as it is.
pub(crate) fn binds_tighter_than_prefix(node: &SyntaxNode) -> bool {
    level(node) >= Level::Prefix
}

/// Whether an expression needs parentheses where another one is.
pub(crate) fn needs_parentheses(value: &SyntaxNode, node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let Some(parent) = node.parent() else { return false };
    if has_struct_literal(value) && is_in_head(node) {
        return true;
    }
    let own = level(value);
    let is_first = parent.first_child().as_ref() == Some(node);
    match parent.kind() {
        _ if own == Level::Atom => is_block_like(value) && block_needs_parentheses(node),
        K::BIN_EXPR => {
            let around = level(&parent);
            let same = own == around;
            // `a as b < c` would begin the arguments of a type.
            let is_cast = own == Level::Cast && is_first;
            let is_chain = same && matches!(own, Level::And | Level::Or);
            let equal = if is_chain { false } else { own == Level::Compare || !is_first };
            own < around || own == Level::Jump || is_cast || (same && equal)
        }
        K::PREFIX_EXPR | K::REF_EXPR => own < Level::Prefix,
        K::CAST_EXPR => own < Level::Cast,
        K::METHOD_CALL_EXPR
        | K::FIELD_EXPR
        | K::TRY_EXPR
        | K::AWAIT_EXPR
        | K::CALL_EXPR
        | K::INDEX_EXPR => is_first,
        K::RANGE_EXPR => own <= Level::Range,
        K::LET_EXPR => own <= Level::And,
        _ => false,
    }
}

/// Whether a node is in the head of an `if`, a loop or a `match`, where a struct literal could be taken for a block.
fn is_in_head(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let mut child = node.clone();
    for parent in node.ancestors().skip(1) {
        match parent.kind() {
            K::IF_EXPR | K::WHILE_EXPR | K::MATCH_EXPR | K::FOR_EXPR => {
                return child.kind() != K::BLOCK_EXPR;
            }
            K::PAREN_EXPR
            | K::ARG_LIST
            | K::BLOCK_EXPR
            | K::STMT_LIST
            | K::MATCH_ARM
            | K::RECORD_EXPR
            | K::ARRAY_EXPR
            | K::TUPLE_EXPR => return false,
            _ => child = parent,
        }
    }
    false
}
