//! What is known of an expression without its types.

use ra_ap_syntax::ast::{
    self, AstNode as _, HasArgList as _, HasGenericArgs as _, HasLoopBody as _, HasName as _,
};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken, T};

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
        | K::CAST_EXPR | K::TUPLE_EXPR | K::GENERIC_ARG_LIST | K::TYPE_ARG | K::PATH_TYPE | K::REF_EXPR
        // A pattern of `let` is looked at too.
        | K::LET_EXPR | K::TUPLE_STRUCT_PAT | K::IDENT_PAT | K::NAME | K::WILDCARD_PAT | K::LITERAL_PAT
        | K::PATH_PAT | K::REF_PAT | K::TUPLE_PAT | K::REST_PAT
        // Of macros that stand for a constant.
        | K::TOKEN_TREE => true,
        K::PREFIX_EXPR => ast::PrefixExpr::cast(node)
            .and_then(|prefix| prefix.op_kind())
            .is_some_and(|op| matches!(op, ast::UnaryOp::Not | ast::UnaryOp::Neg | ast::UnaryOp::Deref)),
        K::MACRO_EXPR | K::MACRO_CALL => is_constant(&node),
        K::BIN_EXPR => ast::BinExpr::cast(node).is_some_and(|binary| match binary.op_kind() {
            Some(ast::BinaryOp::ArithOp(ast::ArithOp::Rem | ast::ArithOp::Div)) => {
                let divisor = binary.rhs().map(|right| right.syntax().text().to_string());
                divisor.is_some_and(|divisor| divisor.parse::<u64>().is_ok_and(|number| number > 0))
            }
            Some(ast::BinaryOp::LogicOp(_) | ast::BinaryOp::CmpOp(_) | ast::BinaryOp::ArithOp(ast::ArithOp::BitAnd | ast::ArithOp::BitOr | ast::ArithOp::BitXor)) => true,
            _ => false,
        }),
        K::METHOD_CALL_EXPR => ast::MethodCallExpr::cast(node)
            .and_then(|call| call.name_ref())
            .is_some_and(|name| LOOKING.contains(&name.text().as_str())),
        K::ARG_LIST => node.parent().is_some_and(|call| call.kind() == K::METHOD_CALL_EXPR),
        _ => false,
    })
}

/// Whether a path is a struct without fields, which does something when it is dropped if it implements that.
fn is_made(path: &SyntaxNode) -> bool {
    let name = path.text().to_string();
    let is_type = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
    is_type && name != "None" && !name.contains("::")
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

/// Whether an expression leaves no temporary value whose end would come later in a larger expression.
pub(crate) fn has_no_temporaries(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    node.descendants().all(|node| {
        let base = match node.kind() {
            K::METHOD_CALL_EXPR | K::FIELD_EXPR | K::INDEX_EXPR | K::REF_EXPR => {
                node.children().find_map(ast::Expr::cast)
            }
            K::PREFIX_EXPR if node.first_token().is_some_and(|token| token.kind() == T![*]) => {
                node.children().find_map(ast::Expr::cast)
            }
            _ => return true,
        };
        base.is_some_and(|base| {
            !matches!(
                base.syntax().kind(),
                K::CALL_EXPR | K::METHOD_CALL_EXPR | K::AWAIT_EXPR | K::TRY_EXPR | K::MATCH_EXPR
            )
        })
    })
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
        K::MACRO_EXPR => node.first_token().is_some_and(|name| {
            ["panic", "todo", "unimplemented", "unreachable"].contains(&name.text())
        }),
        K::CALL_EXPR => {
            let is_exit =
                ast::CallExpr::cast(node.clone()).and_then(|call| call.expr()).is_some_and(
                    |called| called.syntax().text().to_string().ends_with("process::exit"),
                );
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

/// Whether a loop can be left by `break`, also by one that a macro may contain.
fn is_left(node: &SyntaxNode) -> bool {
    let in_macro = |token: SyntaxToken| {
        token.kind() == SyntaxKind::BREAK_KW
            && token.parent().is_some_and(|parent| parent.kind() == SyntaxKind::TOKEN_TREE)
    };
    !breaks(node).is_empty() || crate::code::tree::tokens(node).any(in_macro)
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

/// Whether something around an expression says which type it has.
pub(crate) fn has_type(node: &SyntaxNode, parent: &SyntaxNode) -> bool {
    match parent.kind() {
        SyntaxKind::RETURN_EXPR | SyntaxKind::RECORD_EXPR_FIELD => true,
        // Also references can be added to a collection.
        SyntaxKind::ARG_LIST => parent
            .parent()
            .and_then(ast::MethodCallExpr::cast)
            .and_then(|call| call.name_ref())
            .is_none_or(|name| name.text() != "extend"),
        SyntaxKind::LET_STMT => ast::LetStmt::cast(parent.clone()).is_some_and(|declared| {
            declared.ty().is_some_and(|ty| !ty.syntax().text().to_string().contains('_'))
        }),
        SyntaxKind::STMT_LIST => {
            let is_value = parent.children().last().as_ref() == Some(node);
            let function = parent.parent().and_then(|block| block.parent());
            is_value && function.is_some_and(|function| function.kind() == SyntaxKind::FN)
        }
        SyntaxKind::BIN_EXPR => ast::BinExpr::cast(parent.clone())
            .and_then(|binary| binary.op_token())
            .is_some_and(|op| op.kind() == T![=]),
        _ => false,
    }
}

/// The suffix that a number needs which is left of several values: the one that another value has.
pub(crate) fn suffix(value: &SyntaxNode, of: &SyntaxNode) -> Option<String> {
    let number = |node: &SyntaxNode| {
        let literal = ast::Literal::cast(node.clone())?;
        let suffix = match literal.kind() {
            ast::LiteralKind::IntNumber(number) => number.suffix().map(str::to_owned),
            ast::LiteralKind::FloatNumber(number) => number.suffix().map(str::to_owned),
            _ => return None,
        };
        Some(suffix)
    };
    if number(value)?.is_some() {
        return None;
    }
    results(of, 0).iter().find_map(|result| match result.kind() {
        SyntaxKind::CAST_EXPR => {
            let name = ast::CastExpr::cast(result.clone())?.ty()?.syntax().text().to_string();
            let is_number = name.starts_with(['i', 'u', 'f'])
                && (name.ends_with("size") || name.ends_with(|last: char| last.is_ascii_digit()));
            is_number.then_some(name)
        }
        _ => number(result).flatten(),
    })
}

/// The expressions of which one is the value of a choice.
fn results(node: &SyntaxNode, depth: usize) -> Vec<SyntaxNode> {
    use SyntaxKind as K;
    let of = |node: &SyntaxNode| results(node, depth + 1);
    match node.kind() {
        _ if depth > DEPTH => Vec::new(),
        K::IF_EXPR => node
            .children()
            .filter(|part| matches!(part.kind(), K::BLOCK_EXPR | K::IF_EXPR))
            .flat_map(|part| of(&part))
            .collect(),
        K::MATCH_EXPR => node
            .descendants()
            .filter_map(ast::MatchArm::cast)
            .filter_map(|arm| arm.expr())
            .flat_map(|expression| of(expression.syntax()))
            .collect(),
        K::BLOCK_EXPR => node
            .children()
            .filter(|list| list.kind() == K::STMT_LIST)
            .filter_map(|list| statements(&list).last().cloned())
            .flat_map(|last| of(&last))
            .collect(),
        _ => vec![node.clone()],
    }
}

/// Whether the type of an expression depends on what is around it.
pub(crate) fn has_open_type(node: &SyntaxNode) -> bool {
    const GENERIC: [&str; 8] =
        ["BTreeMap", "BTreeSet", "Default", "HashMap", "HashSet", "Vec", "VecDeque", "iter"];
    let text = || node.text().to_string();
    match node.kind() {
        SyntaxKind::PATH_EXPR => text() == "None",
        SyntaxKind::ARRAY_EXPR | SyntaxKind::MACRO_EXPR => {
            matches!(text().as_str(), "[]" | "vec![]" | "vec__featuregate_list([])")
        }
        SyntaxKind::CALL_EXPR => {
            let Some(called) = node.first_child().map(|called| called.text().to_string()) else {
                return false;
            };
            let generic = called.rsplit_once("::").is_some_and(|(of, name)| {
                let of = of.rsplit("::").next().unwrap_or(of);
                GENERIC.contains(&of) && matches!(name, "new" | "default" | "empty")
            });
            matches!(called.as_str(), "Ok" | "Err")
                || generic
                || called == "vec__featuregate_list" && text() == "vec__featuregate_list([])"
        }
        SyntaxKind::METHOD_CALL_EXPR => {
            ast::MethodCallExpr::cast(node.clone()).is_some_and(|call| {
                call.generic_arg_list().is_none()
                    && call.name_ref().is_some_and(|name| {
                        matches!(
                            name.text().as_str(),
                            "collect" | "into" | "parse" | "product" | "sum" | "try_into"
                        )
                    })
            })
        }
        _ => false,
    }
}
