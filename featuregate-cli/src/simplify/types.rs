//! What the text around an expression says about its type.

use ra_ap_syntax::ast::{self, AstNode as _, HasArgList as _, HasGenericArgs as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, T};

use super::ownership::{Declared, declared};
use super::precedence::binds_tighter_than_prefix;
use super::shape::statements;

/// How deep an expression is looked into.
const DEPTH: usize = 48;

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

/// What is left of several values, as it has to be written to keep its type where nothing else says which one it is: a number
/// with the suffix that another value has or says, and a pointer that another one made one to a slice or to `dyn`.
pub(crate) fn typed(value: &SyntaxNode, of: &SyntaxNode, own: &str) -> Option<String> {
    let others = results(of, 0);
    let others = || others.iter().filter(|result| *result != value);
    if let Some(fallback) = fallback(value) {
        let ty = others().find_map(|result| type_of(result, 0).filter(|ty| is_number(ty)))?;
        return (ty != fallback).then(|| format!("{own}{ty}"));
    }
    if value.kind() == SyntaxKind::CAST_EXPR {
        return None;
    }
    if value.kind() == SyntaxKind::REF_EXPR && !is_slice(value) && others().any(is_slice) {
        return Some(format!("{own}[..]"));
    }
    let ty = others().find_map(|result| type_of(result, 0).filter(|ty| ty.contains("dyn ")))?;
    let own = if binds_tighter_than_prefix(value) { own.to_owned() } else { format!("({own})") };
    let is_whole = of.parent().is_some_and(|parent| {
        matches!(
            parent.kind(),
            SyntaxKind::LET_STMT | SyntaxKind::CLOSURE_EXPR | SyntaxKind::MATCH_ARM
        )
    });
    Some(if is_whole { format!("{own} as {ty}") } else { format!("({own} as {ty})") })
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

/// The type that a number without a suffix has where nothing says another one.
fn fallback(value: &SyntaxNode) -> Option<&'static str> {
    let literal = match ast::PrefixExpr::cast(value.clone()) {
        Some(prefix) if prefix.op_kind() == Some(ast::UnaryOp::Neg) => {
            prefix.expr()?.syntax().clone()
        }
        _ => value.clone(),
    };
    match ast::Literal::cast(literal)?.kind() {
        ast::LiteralKind::IntNumber(number) if number.suffix().is_none() => Some("i32"),
        ast::LiteralKind::FloatNumber(number) if number.suffix().is_none() => Some("f64"),
        _ => None,
    }
}

/// The type of an expression, if the file says it.
fn type_of(node: &SyntaxNode, depth: usize) -> Option<String> {
    use SyntaxKind as K;
    if depth > 4 {
        return None;
    }
    let of = |node: Option<ast::Expr>| type_of(node?.syntax(), depth + 1);
    match node.kind() {
        K::LITERAL => match ast::Literal::cast(node.clone())?.kind() {
            ast::LiteralKind::IntNumber(number) => number.suffix().map(str::to_owned),
            ast::LiteralKind::FloatNumber(number) => number.suffix().map(str::to_owned),
            _ => None,
        },
        K::CAST_EXPR => Some(ast::CastExpr::cast(node.clone())?.ty()?.syntax().text().to_string()),
        K::PAREN_EXPR => of(ast::ParenExpr::cast(node.clone())?.expr()),
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
            let fields = file(node).descendants().filter_map(ast::RecordField::cast);
            only(
                fields
                    .filter(|field| field.name().is_some_and(|own| own.text() == name))
                    .map(|field| field.ty()),
            )
        }
        K::CALL_EXPR => {
            let path = ast::CallExpr::cast(node.clone())?.expr()?.syntax().text().to_string();
            match path.split_once("::") {
                Some((ty, "from")) if is_number(ty) => Some(ty.to_owned()),
                _ => returned(node, path.rsplit("::").next().unwrap_or_default()),
            }
        }
        K::METHOD_CALL_EXPR => {
            let call = ast::MethodCallExpr::cast(node.clone())?;
            let name = call.name_ref()?.text().to_string();
            let is_size = matches!(name.as_str(), "len" | "count")
                && call.arg_list()?.args().next().is_none();
            returned(node, &name).or_else(|| is_size.then(|| "usize".to_owned()))
        }
        _ => None,
    }
}

fn file(node: &SyntaxNode) -> SyntaxNode {
    node.ancestors().last().unwrap_or_else(|| node.clone())
}

/// What all functions of a name in the file return.
fn returned(node: &SyntaxNode, name: &str) -> Option<String> {
    let functions = file(node).descendants().filter_map(ast::Fn::cast);
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
