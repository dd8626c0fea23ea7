//! What is known of an expression without its types.

use ra_ap_syntax::ast::{self, AstNode as _, HasArgList as _, HasLoopBody as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::marks;

/// How deep an expression is looked into.
const DEPTH: usize = 48;

/// Methods of the standard library that only look, and the check of a gate.
const LOOKING: [&str; 15] = [
    "as_ref",
    "as_str",
    "contains",
    "contains_key",
    "enabled",
    "ends_with",
    "is_empty",
    "is_err",
    "is_none",
    "is_ok",
    "is_positive",
    "is_negative",
    "is_some",
    "len",
    "starts_with",
];

/// Whether an expression only looks at values, so that it can be removed. Comparing is looking.
pub(crate) fn is_pure(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    node.descendants().all(|node| match node.kind() {
        K::PATH_EXPR => !is_made(&node),
        K::PATH | K::PATH_SEGMENT | K::NAME_REF | K::LITERAL | K::FIELD_EXPR | K::PAREN_EXPR
        | K::CAST_EXPR | K::TUPLE_EXPR | K::GENERIC_ARG_LIST | K::TYPE_ARG | K::PATH_TYPE
        // A pattern of `let` is looked at too.
        | K::LET_EXPR | K::TUPLE_STRUCT_PAT | K::IDENT_PAT | K::NAME | K::WILDCARD_PAT | K::LITERAL_PAT
        | K::PATH_PAT | K::REF_PAT | K::TUPLE_PAT | K::REST_PAT
        // Of macros that stand for a constant.
        | K::TOKEN_TREE => true,
        K::PREFIX_EXPR => ast::PrefixExpr::cast(node).is_some_and(|prefix| match prefix.op_kind() {
            // A static may be made when it is first read.
            Some(ast::UnaryOp::Deref) => prefix.expr().is_some_and(|of| {
                !of.syntax().text().to_string().starts_with(char::is_uppercase)
            }),
            op => op.is_some(),
        }),
        K::REF_EXPR => ast::RefExpr::cast(node).is_some_and(|of| of.mut_token().is_none()),
        K::MACRO_EXPR | K::MACRO_CALL => is_constant(&node),
        K::BIN_EXPR => ast::BinExpr::cast(node).is_some_and(|binary| match binary.op_kind() {
            Some(ast::BinaryOp::ArithOp(ast::ArithOp::Rem | ast::ArithOp::Div)) => {
                let divisor = binary.rhs().map(|right| right.syntax().text().to_string());
                divisor.is_some_and(|divisor| divisor.parse::<u64>().is_ok_and(|number| number > 0))
            }
            Some(ast::BinaryOp::LogicOp(_) | ast::BinaryOp::CmpOp(_) | ast::BinaryOp::ArithOp(ast::ArithOp::BitAnd | ast::ArithOp::BitOr | ast::ArithOp::BitXor)) => true,
            _ => false,
        }),
        K::METHOD_CALL_EXPR => looks(&node),
        K::ARG_LIST => node.parent().is_some_and(|call| call.kind() == K::METHOD_CALL_EXPR),
        _ => false,
    })
}

/// Whether a call of a method only looks.
pub(crate) fn looks(call: &SyntaxNode) -> bool {
    ast::MethodCallExpr::cast(call.clone())
        .and_then(|call| call.name_ref())
        .is_some_and(|name| LOOKING.contains(&name.text().as_str()))
}

/// Whether a path is a struct without fields, which does something when it is dropped if it implements that.
pub(crate) fn is_made(path: &SyntaxNode) -> bool {
    let path = path.text().to_string();
    let (of, name) = path.rsplit_once("::").unwrap_or(("", &path));
    let is_type = name.starts_with(char::is_uppercase)
        && (name.contains(char::is_lowercase) || name.len() == 1);
    // A variant is one of a type.
    let of = of.rsplit("::").next().unwrap_or_default();
    is_type && name != "None" && !of.starts_with(char::is_uppercase)
}

/// Whether a statement or an arm is only compiled under a condition.
pub(crate) fn is_conditional(node: &SyntaxNode) -> bool {
    let attributes = node.descendants().filter(|node| node.kind() == SyntaxKind::ATTR);
    let own = attributes.take_while(|attribute| {
        attribute.parent().is_some_and(|of| of.text_range().start() == node.text_range().start())
    });
    own.into_iter().any(|attribute| attribute.text().to_string().contains("cfg"))
}

/// Whether a macro is a constant.
fn is_constant(node: &SyntaxNode) -> bool {
    const CONSTANT: [&str; 9] = [
        "cfg",
        "column",
        "concat",
        "env",
        "file",
        "line",
        "module_path",
        "option_env",
        "stringify",
    ];
    node.first_token().is_some_and(|name| CONSTANT.contains(&name.text()))
}

/// Whether a condition has a `let`.
pub(crate) fn has_let(node: &SyntaxNode) -> bool {
    node.descendants().any(|node| node.kind() == SyntaxKind::LET_EXPR)
}

/// Whether control never comes to the end of an expression.
pub(crate) fn diverges(node: &SyntaxNode) -> bool {
    never_ends(node, 0)
}

fn never_ends(node: &SyntaxNode, depth: usize) -> bool {
    use SyntaxKind as K;
    // With an attribute, it may not be compiled.
    if depth > DEPTH || has_attributes(node) {
        return false;
    }
    match node.kind() {
        K::RETURN_EXPR | K::BREAK_EXPR | K::CONTINUE_EXPR => true,
        K::CALL_EXPR => {
            let is_exit = ast::CallExpr::cast(node.clone())
                .and_then(|call| call.expr())
                .is_some_and(|called| {
                    let path = called.syntax().text().to_string();
                    path.trim_start_matches("::").trim_start_matches("std::") == "process::exit"
                });
            is_exit
                || marks::macro_of(node).is_some_and(|name| {
                    ["bail", "panic", "todo", "unimplemented", "unreachable"]
                        .contains(&name.as_str())
                })
        }
        K::PAREN_EXPR => node.children().any(|inner| never_ends(&inner, depth + 1)),
        K::BLOCK_EXPR => {
            is_plain(node)
                && node
                    .children()
                    .any(|list| list.kind() == K::STMT_LIST && list_never_ends(&list, depth + 1))
        }
        K::IF_EXPR => ast::IfExpr::cast(node.clone()).is_some_and(|choice| {
            let then =
                choice.then_branch().is_some_and(|then| never_ends(then.syntax(), depth + 1));
            let otherwise = choice.else_branch();
            then && otherwise.is_some_and(|it| never_ends(it.syntax(), depth + 1))
        }),
        K::MATCH_EXPR => ast::MatchExpr::cast(node.clone())
            .and_then(|choice| choice.match_arm_list())
            .is_some_and(|list| {
                let mut arms = list.arms().peekable();
                arms.peek().is_some()
                    && arms.all(|arm| {
                        arm.expr().is_some_and(|expr| never_ends(expr.syntax(), depth + 1))
                    })
            }),
        K::LOOP_EXPR => !is_left(node),
        _ => false,
    }
}

/// Whether control never comes to the end of the statements of a block.
pub(crate) fn list_diverges(list: &SyntaxNode) -> bool {
    list_never_ends(list, 0)
}

fn list_never_ends(list: &SyntaxNode, depth: usize) -> bool {
    statements(list).last().is_some_and(|last| match last.kind() {
        SyntaxKind::EXPR_STMT => last.children().any(|inner| never_ends(&inner, depth + 1)),
        _ => never_ends(last, depth + 1),
    })
}

/// The statements of a block and its value.
pub(crate) fn statements(list: &SyntaxNode) -> Vec<SyntaxNode> {
    list.children().filter(|child| child.kind() != SyntaxKind::ATTR).collect()
}

/// Whether a statement declares an item, which is visible before it too.
pub(crate) fn is_item(statement: &SyntaxNode) -> bool {
    ast::Item::can_cast(statement.kind()) && statement.kind() != SyntaxKind::MACRO_CALL
}

/// A block without a label and without `unsafe`, `async` and `const`.
pub(crate) fn is_plain(block: &SyntaxNode) -> bool {
    ast::BlockExpr::cast(block.clone())
        .is_some_and(|block| block.modifier().is_none() && !has_attributes(block.syntax()))
}

pub(crate) fn has_attributes(node: &SyntaxNode) -> bool {
    node.children().any(|child| child.kind() == SyntaxKind::ATTR)
}

/// The loop that a `break` or `continue` leads to.
pub(crate) fn target(jump: &SyntaxNode) -> Option<SyntaxNode> {
    use SyntaxKind as K;
    let label = jump.children().find(|child| child.kind() == K::LIFETIME);
    let label = label.map(|label| label.text().to_string());
    for node in jump.ancestors().skip(1) {
        match node.kind() {
            K::CLOSURE_EXPR | K::FN => return None,
            K::LOOP_EXPR | K::WHILE_EXPR | K::FOR_EXPR | K::BLOCK_EXPR => {
                let own = node.children().find(|child| child.kind() == K::LABEL);
                let own =
                    own.map(|own| own.text().to_string().trim_end_matches(':').trim().to_owned());
                let is_loop = node.kind() != K::BLOCK_EXPR;
                if (label.is_none() && is_loop) || (label.is_some() && label == own) {
                    return Some(node);
                }
            }
            _ => {}
        }
    }
    None
}

/// The `break`s that leave a loop or block.
pub(crate) fn breaks(target_of: &SyntaxNode) -> Vec<SyntaxNode> {
    jumps(target_of).into_iter().filter(|jump| jump.kind() == SyntaxKind::BREAK_EXPR).collect()
}

/// The `break`s and `continue`s of a loop.
pub(crate) fn jumps(target_of: &SyntaxNode) -> Vec<SyntaxNode> {
    let kinds = [SyntaxKind::BREAK_EXPR, SyntaxKind::CONTINUE_EXPR];
    let jumps = target_of.descendants().filter(|node| kinds.contains(&node.kind()));
    jumps.filter(|jump| target(jump).as_ref() == Some(target_of)).collect()
}

/// Whether a node has a macro that is not known: it may contain a jump.
pub(crate) fn has_unknown_macro(node: &SyntaxNode) -> bool {
    const KNOWN: [&str; 3] = ["include_bytes", "include_str", "matches"];
    node.descendants().filter(|node| node.kind() == SyntaxKind::MACRO_CALL).any(|node| {
        let path = ast::MacroCall::cast(node.clone()).and_then(|call| call.path());
        let name = path.map(|path| path.syntax().text().to_string()).unwrap_or_default();
        !is_constant(&node) && !KNOWN.contains(&name.rsplit("::").next().unwrap_or_default())
    })
}

/// Whether a loop can be left by `break`, also by one that a macro may contain.
fn is_left(node: &SyntaxNode) -> bool {
    !breaks(node).is_empty() || has_unknown_macro(node)
}

/// Whether an expression ends a statement without a semicolon.
pub(crate) fn is_block_like(node: &SyntaxNode) -> bool {
    ast::Expr::cast(node.clone()).is_some_and(|expr| expr.is_block_like())
}

/// Whether a struct literal in an expression could be taken for a block after `if`, `while`, `match` or `in`.
pub(crate) fn has_struct_literal(node: &SyntaxNode) -> bool {
    node.descendants().any(|node| node.kind() == SyntaxKind::RECORD_EXPR)
}

/// The name that a pattern binds if it fits every value.
pub(crate) fn plain_name(pattern: &SyntaxNode) -> Option<String> {
    let pattern = ast::IdentPat::cast(pattern.clone())?;
    let plain =
        pattern.ref_token().is_none() && pattern.mut_token().is_none() && pattern.pat().is_none();
    let name = pattern.name()?.text().to_string();
    (plain && is_variable(&name)).then_some(name)
}

/// Whether a name is written as that of a variable, and not of a constant or a variant.
fn is_variable(name: &str) -> bool {
    name.chars().find(|c| *c != '_').is_some_and(|first| !first.is_uppercase())
}

/// Whether a pattern fits every value.
pub(crate) fn is_irrefutable(pattern: &SyntaxNode) -> bool {
    pattern.kind() == SyntaxKind::WILDCARD_PAT
        || ast::IdentPat::cast(pattern.clone()).is_some_and(|pattern| {
            pattern.pat().is_none() && pattern.name().is_some_and(|name| is_variable(&name.text()))
        })
}

/// A pattern in a form that is the same for patterns that fit the same values.
pub(crate) fn canonical(pattern: &SyntaxNode) -> String {
    let mut text = String::new();
    for token in crate::code::tree::tokens(pattern).filter(|token| !token.kind().is_trivia()) {
        let binding = token
            .parent()
            .filter(|parent| parent.kind() == SyntaxKind::NAME)
            .and_then(|name| name.parent())
            .is_some_and(|pattern| is_irrefutable(&pattern));
        text.push_str(if binding { "_" } else { token.text() });
        text.push(' ');
    }
    text
}

/// Whether a pattern binds a name.
pub(crate) fn binds(pattern: &SyntaxNode, name: &str) -> bool {
    pattern
        .descendants()
        .filter_map(ast::IdentPat::cast)
        .any(|pattern| pattern.name().is_some_and(|own| own.text() == name))
}

/// The block of statements of a loop.
pub(crate) fn body(node: &SyntaxNode) -> Option<SyntaxNode> {
    let block = match node.kind() {
        SyntaxKind::LOOP_EXPR => ast::LoopExpr::cast(node.clone())?.loop_body()?,
        SyntaxKind::WHILE_EXPR => ast::WhileExpr::cast(node.clone())?.loop_body()?,
        SyntaxKind::FOR_EXPR => ast::ForExpr::cast(node.clone())?.loop_body()?,
        _ => return None,
    };
    Some(block.syntax().clone())
}

/// The arguments of a call.
pub(crate) fn arguments(node: &SyntaxNode) -> Vec<SyntaxNode> {
    let list = match node.kind() {
        SyntaxKind::CALL_EXPR => ast::CallExpr::cast(node.clone()).and_then(|call| call.arg_list()),
        _ => ast::MethodCallExpr::cast(node.clone()).and_then(|call| call.arg_list()),
    };
    list.map(|list| list.args().map(|argument| argument.syntax().clone()).collect())
        .unwrap_or_default()
}
