//! Temporary values that may do something when they are dropped, which would be later in a larger expression.

use ra_ap_syntax::ast::{self, AstNode as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, T};

use super::ownership::{has_drop, names};
use super::shape::{arguments, is_made};
use super::types::{results, returned};
use crate::code::tree::root;

/// What the names of functions and types have that give or are a guard.
const GUARDS: [&str; 10] = [
    "acquire",
    "begin",
    "borrow",
    "enter",
    "entered",
    "guard",
    "lock",
    "span",
    "timer",
    "transaction",
];

/// Whether an expression leaves no temporary value whose end would be seen later in a larger expression.
pub(crate) fn has_no_temporaries(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    node.descendants().all(|node| {
        let base = node.children().find_map(ast::Expr::cast);
        let is_kept =
            |operand: Option<ast::Expr>| operand.is_none_or(|operand| !is_guard(operand.syntax()));
        match node.kind() {
            K::METHOD_CALL_EXPR | K::FIELD_EXPR | K::INDEX_EXPR | K::REF_EXPR => is_kept(base),
            K::PREFIX_EXPR => {
                node.first_token().is_none_or(|token| token.kind() != T![*]) || is_kept(base)
            }
            // What is compared is borrowed.
            K::BIN_EXPR => ast::BinExpr::cast(node).is_none_or(|binary| {
                let is_comparison = matches!(binary.op_kind(), Some(ast::BinaryOp::CmpOp(_)));
                !is_comparison || (is_kept(binary.lhs()) && is_kept(binary.rhs()))
            }),
            _ => true,
        }
    })
}

/// Whether a value that is not kept in a variable may do something when it is dropped, as far as names and the file say it.
fn is_guard(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let of_receiver = || node.first_child().is_some_and(|receiver| is_guard(&receiver));
    match node.kind() {
        K::PATH_EXPR => is_made(node) && drops(node, &node.text().to_string()),
        K::PAREN_EXPR | K::TRY_EXPR | K::AWAIT_EXPR => of_receiver(),
        K::RECORD_EXPR | K::TUPLE_EXPR | K::ARRAY_EXPR => drops(node, &node.text().to_string()),
        K::METHOD_CALL_EXPR => {
            let Some(call) = ast::MethodCallExpr::cast(node.clone()) else { return false };
            let name = call.name_ref().map(|name| name.text().to_string()).unwrap_or_default();
            match name.as_str() {
                "read" | "write" | "try_read" | "try_write" => arguments(node).is_empty(),
                "unwrap" | "expect" | "ok" | "unwrap_or_else" | "into_inner" => of_receiver(),
                _ => {
                    is_named_guard(&name)
                        || returned(node, &name).is_some_and(|ty| drops(node, &ty))
                }
            }
        }
        K::CALL_EXPR => {
            let Some(path) = node.first_child().map(|called| called.text().to_string()) else {
                return false;
            };
            let name = path.rsplit("::").next().unwrap_or_default();
            is_named_guard(&path)
                || drops(node, &path)
                || returned(node, name).is_some_and(|ty| drops(node, &ty))
                || arguments(node).iter().any(is_guard)
        }
        K::IF_EXPR | K::MATCH_EXPR | K::BLOCK_EXPR => results(node, 0).iter().any(is_guard),
        _ => false,
    }
}

/// Whether a word of a name in `snake_case` or `CamelCase` is that of a guard.
fn is_named_guard(name: &str) -> bool {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() || !c.is_alphanumeric() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words.split(|c: char| !c.is_alphanumeric()).any(|word| GUARDS.contains(&word))
}

/// Whether a text names a type that does something when it is dropped: one of the file, or one that is called a guard.
fn drops(node: &SyntaxNode, text: &str) -> bool {
    let is_guard = |name: &str| name.starts_with(char::is_uppercase) && is_named_guard(name);
    names(text).any(|name| is_guard(name) || has_drop(&root(node), name))
}
