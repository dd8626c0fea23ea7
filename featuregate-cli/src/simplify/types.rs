//! What the text around an expression says about its type.

use ra_ap_syntax::ast::{self, AstNode as _, HasArgList as _, HasGenericArgs as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, T};

use super::edit::Edit;
use super::marks::{after_of, is_format, is_matches, macro_of, matched_of, value};
use super::ownership::{Declared, declared, is_silent};
use super::precedence::binds_tighter_than_prefix;
use super::shape::{arguments, is_pure, statements};
use crate::code::tree::{self, boolean, bytes};

/// Functions and methods of the standard library whose numbers have the type of their receiver, or are sizes.
const NUMBERED: [&str; 24] = [
    "checked_add",
    "checked_mul",
    "checked_sub",
    "clamp",
    "get",
    "max",
    "min",
    "nth",
    "repeat",
    "reserve",
    "resize",
    "saturating_add",
    "saturating_mul",
    "saturating_sub",
    "skip",
    "split_at",
    "step_by",
    "swap_remove",
    "take",
    "truncate",
    "with_capacity",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
];

/// How deep an expression is looked into.
const DEPTH: usize = 48;

/// Whether something around an expression says which type it has.
pub(crate) fn has_type(node: &SyntaxNode, parent: &SyntaxNode) -> bool {
    match parent.kind() {
        SyntaxKind::RETURN_EXPR | SyntaxKind::RECORD_EXPR_FIELD => true,
        // Also references can be added to a collection.
        SyntaxKind::ARG_LIST => parent.parent().is_none_or(|call| {
            let method = ast::MethodCallExpr::cast(call.clone()).and_then(|call| call.name_ref());
            method.is_none_or(|name| name.text() != "extend") && !is_format(&call)
        }),
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

/// The edits that give what is kept of a choice the type that another value has, where nothing else says which one it is: a
/// number the suffix that the other one has or needs, and a pointer what made the other one a slice or `dyn`.
pub(crate) fn keep_type(node: &SyntaxNode, kept: &[SyntaxNode]) -> Vec<Edit> {
    if kept.iter().all(|kept| is_typed(node, kept)) {
        return Vec::new();
    }
    let own: Vec<SyntaxNode> = kept.iter().flat_map(|kept| results(kept, 0)).collect();
    let others: Vec<SyntaxNode> =
        results(node, 0).into_iter().filter(|result| !own.contains(result)).collect();
    let mut edits: Vec<Edit> = own.iter().flat_map(|value| typed(value, &own, &others)).collect();
    edits.dedup();
    edits
}

/// The edits by which a value that is left of several keeps the type that another one has. `own` are all that are left.
pub(crate) fn typed(value: &SyntaxNode, own: &[SyntaxNode], others: &[SyntaxNode]) -> Vec<Edit> {
    let ty = |all: &[SyntaxNode]| all.iter().find_map(|result| type_of(result, 0));
    if let Some((number, fallback)) = untyped(value) {
        let ty = ty(others).filter(|ty| is_number(ty) && ty != fallback);
        let is_open = own.iter().all(|own| type_of(own, 0).is_none());
        let end = bytes(number.text_range()).end;
        return ty.filter(|_| is_open).map(|ty| Edit::new(end..end, ty)).into_iter().collect();
    }
    let same = others.iter().find_map(|other| parts_of_both(value, other));
    if let Some(pairs) = same {
        let edits = pairs.into_iter().flat_map(|(own, other)| typed(&own, &[], &[other]));
        return edits.collect();
    }
    let edit = if value.kind() == SyntaxKind::CAST_EXPR {
        None
    } else if value.kind() == SyntaxKind::REF_EXPR
        && !is_slice(value)
        && others.iter().any(is_slice)
    {
        Some(format!("{value}[..]"))
    } else if ty(others).is_some_and(|ty| ty == "&str") && is_of_type(value, "&String") {
        let text = value.first_child();
        text.map(|text| format!("{text}.as_str()"))
    } else {
        let ty = ty(others).filter(|ty| ty.contains("dyn ") && !is_of_type(value, ty));
        let is_tight = binds_tighter_than_prefix(value);
        ty.map(
            |ty| if is_tight { format!("{value} as {ty}") } else { format!("({value}) as {ty}") },
        )
    };
    edit.map(|own| Edit::of(value, own)).into_iter().collect()
}

/// The parts of two values that are built in the same way, such as `Some(1)` and `Some(2)`.
fn parts_of_both(one: &SyntaxNode, other: &SyntaxNode) -> Option<Vec<(SyntaxNode, SyntaxNode)>> {
    use SyntaxKind as K;
    let parts = |node: &SyntaxNode| -> Option<Vec<SyntaxNode>> {
        Some(match node.kind() {
            K::CALL_EXPR => arguments(node),
            K::TUPLE_EXPR | K::ARRAY_EXPR | K::REF_EXPR | K::PAREN_EXPR => {
                node.children().filter(|part| ast::Expr::can_cast(part.kind())).collect()
            }
            _ => return None,
        })
    };
    let called = |node: &SyntaxNode| node.first_child().map(|called| called.text().to_string());
    let is_call = one.kind() == K::CALL_EXPR;
    if one.kind() != other.kind() || (is_call && called(one) != called(other)) {
        return None;
    }
    let is_place = |part: &SyntaxNode| matches!(part.kind(), K::PATH_EXPR | K::INDEX_EXPR);
    let (own, others) = (parts(one)?, parts(other)?);
    // Of places, the reference is what counts.
    let counts = one.kind() != K::REF_EXPR || !own.iter().chain(&others).any(is_place);
    counts.then(|| own.into_iter().zip(others).collect())
}

/// Whether an expression is known to have a type.
fn is_of_type(value: &SyntaxNode, ty: &str) -> bool {
    type_of(value, 0).is_some_and(|own| own == ty)
}

/// Whether something around an expression says which type it has, or nothing needs it.
fn is_typed(node: &SyntaxNode, kept: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let Some(parent) = node.parent() else { return true };
    if parent.kind() == K::ARG_LIST {
        // What is printed is the same.
        let is_shown = results(kept, 0).iter().all(|own| own.kind() == K::LITERAL)
            && parent.parent().is_some_and(|call| is_format(&call));
        return is_shown || takes_known_type(node, &parent);
    }
    if has_type(node, &parent) || parent.kind() == K::EXPR_STMT {
        return true;
    }
    if let Some(binary) = ast::BinExpr::cast(parent.clone()) {
        let other = [binary.lhs(), binary.rhs()].into_iter().flatten();
        let other = other.into_iter().find(|operand| operand.syntax() != node);
        return other.is_some_and(|it| type_of(it.syntax(), 0).is_some_and(|ty| is_number(&ty)));
    }
    let is_value = || parent.children().last().as_ref() == Some(node);
    match parent.kind() {
        K::STMT_LIST if is_value() => parent.parent().is_none_or(|block| is_typed(&block, kept)),
        K::STMT_LIST | K::INDEX_EXPR => true,
        K::PAREN_EXPR => is_typed(&parent, kept),
        K::RANGE_EXPR => parent.parent().is_some_and(|around| around.kind() == K::INDEX_EXPR),
        K::IF_EXPR => {
            let choice = ast::IfExpr::cast(parent.clone());
            let condition = choice.and_then(|choice| choice.condition());
            condition.is_none_or(|condition| condition.syntax() == node || is_typed(&parent, kept))
        }
        K::MATCH_ARM => {
            let choice = parent.parent().and_then(|list| list.parent());
            choice.is_none_or(|choice| is_typed(&choice, kept))
        }
        _ => false,
    }
}

/// `&x[a..b]`
fn is_slice(node: &SyntaxNode) -> bool {
    let index = ast::RefExpr::cast(node.clone()).and_then(|of| of.expr());
    let index = index.and_then(|index| ast::IndexExpr::cast(index.syntax().clone()));
    index
        .and_then(|index| index.index())
        .is_some_and(|index| index.syntax().kind() == SyntaxKind::RANGE_EXPR)
}

fn is_number(ty: &str) -> bool {
    let width = ty.strip_prefix(['i', 'u', 'f']).unwrap_or_default();
    matches!(width, "8" | "16" | "32" | "64" | "128" | "size")
}

/// The first number of a value that has no suffix, and the type that it has where nothing says another one.
fn untyped(value: &SyntaxNode) -> Option<(SyntaxNode, &'static str)> {
    match ast::Expr::cast(value.clone())? {
        ast::Expr::PrefixExpr(prefix) => untyped(prefix.expr()?.syntax()),
        ast::Expr::ParenExpr(inner) => untyped(inner.expr()?.syntax()),
        ast::Expr::BinExpr(binary) => {
            let is_sum = matches!(binary.op_kind()?, ast::BinaryOp::ArithOp(_));
            let right = binary.rhs()?;
            let is_open = type_of(right.syntax(), 0).is_none();
            untyped(binary.lhs().filter(|_| is_sum && is_open)?.syntax())
        }
        ast::Expr::Literal(literal) => match literal.kind() {
            ast::LiteralKind::IntNumber(number) if number.suffix().is_none() => {
                Some((value.clone(), "i32"))
            }
            ast::LiteralKind::FloatNumber(number) if number.suffix().is_none() => {
                Some((value.clone(), "f64"))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The type of an expression, if the file says it.
pub(crate) fn type_of(node: &SyntaxNode, depth: usize) -> Option<String> {
    use SyntaxKind as K;
    if depth > 4 {
        return None;
    }
    let of = |node: Option<ast::Expr>| type_of(node?.syntax(), depth + 1);
    match node.kind() {
        K::LITERAL => match ast::Literal::cast(node.clone())?.kind() {
            ast::LiteralKind::IntNumber(number) => number.suffix().map(str::to_owned),
            ast::LiteralKind::FloatNumber(number) => number.suffix().map(str::to_owned),
            ast::LiteralKind::String(_) => Some("&str".to_owned()),
            _ => None,
        },
        K::CAST_EXPR => Some(ast::CastExpr::cast(node.clone())?.ty()?.syntax().text().to_string()),
        K::PAREN_EXPR => of(ast::ParenExpr::cast(node.clone())?.expr()),
        K::REF_EXPR => Some(format!("&{}", of(ast::RefExpr::cast(node.clone())?.expr())?)),
        K::ARRAY_EXPR => Some("[_]".to_owned()),
        K::PREFIX_EXPR => {
            let prefix = ast::PrefixExpr::cast(node.clone())?;
            let is_same = prefix.op_kind() != Some(ast::UnaryOp::Deref);
            of(prefix.expr().filter(|_| is_same))
        }
        K::BIN_EXPR => {
            let binary = ast::BinExpr::cast(node.clone())?;
            let is_sum = matches!(binary.op_kind()?, ast::BinaryOp::ArithOp(_));
            of(binary.lhs().filter(|_| is_sum)).or_else(|| of(binary.rhs().filter(|_| is_sum)))
        }
        K::PATH_EXPR => {
            let path = node.text().to_string();
            if let Some((ty, _)) = path.split_once("::") {
                return is_number(ty).then(|| ty.to_owned());
            }
            match declared(node, &path)?.1 {
                Declared::Type(ty) => Some(ty),
                Declared::Initializer(initializer) => type_of(&initializer, depth + 1),
                Declared::SelfReference | Declared::Unknown => None,
            }
        }
        K::FIELD_EXPR => {
            let name = ast::FieldExpr::cast(node.clone())?.name_ref()?.text().to_string();
            let fields = tree::root(node).descendants().filter_map(ast::RecordField::cast);
            only(
                fields
                    .filter(|field| field.name().is_some_and(|own| own.text() == name))
                    .map(|field| field.ty()),
            )
        }
        K::CALL_EXPR => {
            let path = ast::CallExpr::cast(node.clone())?.expr()?.syntax().text().to_string();
            match path.split_once("::") {
                _ if macro_of(node).is_some_and(|name| name == "vec") => Some("Vec<_>".to_owned()),
                _ if macro_of(node).is_some_and(|name| name == "format") => {
                    Some("String".to_owned())
                }
                Some((ty, "new" | "with_capacity" | "from")) if is_silent(ty) => {
                    Some(ty.to_owned())
                }
                Some((ty, "from")) if is_number(ty) => Some(ty.to_owned()),
                _ => returned(node, path.rsplit("::").next().unwrap_or_default()),
            }
        }
        K::METHOD_CALL_EXPR => {
            let call = ast::MethodCallExpr::cast(node.clone())?;
            let name = call.name_ref()?.text().to_string();
            let is_of_receiver =
                ["wrapping_", "saturating_"].iter().any(|start| name.starts_with(start))
                    || matches!(
                        name.as_str(),
                        "clone" | "to_owned" | "max" | "min" | "clamp" | "pow" | "abs"
                    );
            if is_of_receiver {
                return of(call.receiver());
            }
            let is_size = matches!(name.as_str(), "len" | "count")
                && call.arg_list()?.args().next().is_none();
            returned(node, &name).or_else(|| is_size.then(|| "usize".to_owned()))
        }
        _ => None,
    }
}

/// Whether an argument is one of a function in the file that takes a certain type.
fn takes_known_type(argument: &SyntaxNode, arguments: &SyntaxNode) -> bool {
    let Some(position) = arguments.children().position(|own| own == *argument) else {
        return false;
    };
    let name = arguments.parent().and_then(|call| match ast::MethodCallExpr::cast(call.clone()) {
        Some(method) => method.name_ref().map(|name| name.text().to_string()),
        None => call.first_child().map(|called| called.text().to_string()),
    });
    let Some(name) = name else { return false };
    let name = name.rsplit("::").next().unwrap_or_default();
    if NUMBERED.contains(&name) {
        let call = arguments.parent().and_then(ast::MethodCallExpr::cast);
        let receiver = call.and_then(|call| call.receiver());
        return receiver.is_none_or(|receiver| untyped(receiver.syntax()).is_none());
    }
    let functions = tree::root(argument).descendants().filter_map(ast::Fn::cast);
    let mut own = functions
        .filter(|function| function.name().is_some_and(|own| own.text() == name))
        .peekable();
    own.peek().is_some()
        && own.all(|function| {
            let parameter = function.param_list().and_then(|list| list.params().nth(position));
            let ty = parameter.and_then(|parameter| parameter.ty());
            ty.is_some_and(|ty| is_number(&ty.syntax().text().to_string()))
        })
}

/// Whether an expression is known to be a collection of the standard library, a reference to one, or a text.
pub(crate) fn is_collection(node: &SyntaxNode) -> bool {
    const COLLECTIONS: [&str; 10] = [
        "BTreeMap", "BTreeSet", "HashMap", "HashSet", "Option", "String", "Vec", "VecDeque", "str",
        "[",
    ];
    is_pure(node)
        && type_of(node, 0).is_some_and(|ty| {
            // Behind `&`, a lifetime and `mut`.
            let words = ty.trim_start_matches('&').split_inclusive(' ');
            let is_prefix = |word: &&str| word.starts_with('\'') || *word == "mut ";
            let ty: String = words.skip_while(is_prefix).collect();
            COLLECTIONS.iter().any(|name| {
                ty.strip_prefix(name)
                    .is_some_and(|rest| *name == "[" || !rest.starts_with(char::is_alphanumeric))
            })
        })
}

/// Whether an expression is known to be a `bool`.
pub(crate) fn is_bool(node: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let all = |parts: &[Option<ast::Expr>]| {
        parts.iter().all(|part| part.as_ref().is_some_and(|part| is_bool(part.syntax())))
    };
    let is_known = match node.kind() {
        K::LITERAL => boolean(node).is_some(),
        K::PAREN_EXPR => all(&[ast::ParenExpr::cast(node.clone()).and_then(|of| of.expr())]),
        K::PREFIX_EXPR => all(&[ast::PrefixExpr::cast(node.clone()).and_then(|of| of.expr())]),
        K::BIN_EXPR => {
            ast::BinExpr::cast(node.clone()).is_some_and(|binary| match binary.op_kind() {
                Some(ast::BinaryOp::LogicOp(_) | ast::BinaryOp::CmpOp(_)) => true,
                _ => all(&[binary.lhs(), binary.rhs()]),
            })
        }
        K::IF_EXPR | K::MATCH_EXPR | K::BLOCK_EXPR => {
            let results = results(node, 0);
            !results.is_empty() && results.iter().any(is_bool)
        }
        K::METHOD_CALL_EXPR => ast::MethodCallExpr::cast(node.clone())
            .and_then(|call| call.name_ref())
            .is_some_and(|name| {
                let name = name.text().to_string();
                name.starts_with("is_")
                    || matches!(
                        name.as_str(),
                        "enabled"
                            | "contains"
                            | "any"
                            | "all"
                            | "contains_key"
                            | "starts_with"
                            | "ends_with"
                            | "exists"
                    )
            }),
        K::PATH_EXPR => match declared(node, &node.text().to_string()) {
            Some((_, Declared::Initializer(initializer))) => {
                value(&initializer).is_some() || is_bool(&initializer)
            }
            _ => false,
        },
        K::MACRO_EXPR => {
            let text = node.text().to_string();
            text.starts_with("matches!") || text.starts_with("cfg!")
        }
        K::CALL_EXPR => matched_of(node).is_some() || is_matches(node),
        _ => false,
    };
    is_known
        || value(node).is_some()
        || after_of(node).is_some()
        || type_of(node, 0).is_some_and(|ty| ty == "bool")
}

/// Whether a method of the file with the name of a call changes what it is called on.
pub(crate) fn changes_receiver(call: &SyntaxNode) -> bool {
    let name = ast::MethodCallExpr::cast(call.clone()).and_then(|call| call.name_ref());
    let Some(name) = name.map(|name| name.text().to_string()) else { return false };
    tree::root(call).descendants().filter_map(ast::Fn::cast).any(|function| {
        let own = function.param_list().and_then(|list| list.self_param());
        function.name().is_some_and(|own| own.text() == name)
            && own.is_some_and(|own| own.amp_token().is_some() && own.mut_token().is_some())
    })
}

/// What all functions of a name in the file return.
pub(crate) fn returned(node: &SyntaxNode, name: &str) -> Option<String> {
    let functions = tree::root(node).descendants().filter_map(ast::Fn::cast);
    let own = functions.filter(|function| function.name().is_some_and(|own| own.text() == name));
    only(own.map(|function| function.ret_type().and_then(|returned| returned.ty())))
}

/// The only type among several.
fn only(types: impl Iterator<Item = Option<ast::Type>>) -> Option<String> {
    let mut all: Vec<String> =
        types.map(|ty| ty.map(|ty| ty.syntax().text().to_string()).unwrap_or_default()).collect();
    all.dedup();
    let ty = all.pop().filter(|ty| all.is_empty() && !ty.is_empty())?;
    Some(ty)
}

/// The expressions of which one is the value of a choice.
pub(crate) fn results(node: &SyntaxNode, depth: usize) -> Vec<SyntaxNode> {
    use SyntaxKind as K;
    let of = |node: &SyntaxNode| results(node, depth + 1);
    match node.kind() {
        _ if depth > DEPTH => Vec::new(),
        K::IF_EXPR => node
            .children()
            .filter(|part| matches!(part.kind(), K::BLOCK_EXPR | K::IF_EXPR))
            .flat_map(|part| of(&part))
            .collect(),
        K::MATCH_EXPR => ast::MatchExpr::cast(node.clone())
            .and_then(|choice| choice.match_arm_list())
            .into_iter()
            .flat_map(|list| list.arms())
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
