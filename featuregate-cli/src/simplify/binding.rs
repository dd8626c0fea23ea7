//! Variables and closures whose value is known.

use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::edit::Edit;
use super::marks::{mark, names_argument, value};
use super::ownership::gives_away;
use super::shape::{arguments, binds, plain_name, statements};
use crate::code::tree::{bytes, tokens};

/// The edits for a declaration of which the value is known: its uses are replaced, and it is removed unless something
/// that cannot be read may use it.
pub(crate) fn reduce(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let declared = ast::LetStmt::cast(node.clone())?;
    let initializer = declared.initializer()?.syntax().clone();
    let pattern = declared.pat()?.syntax().clone();
    if initializer.kind() == SyntaxKind::TUPLE_EXPR {
        return separate(&declared, &pattern, &initializer);
    }
    let closure = ast::ClosureExpr::cast(initializer.clone());
    let known = match &closure {
        Some(closure) => {
            let takes = closure.param_list().is_some_and(|list| list.params().next().is_some());
            if takes || closure.async_token().is_some() {
                return None;
            }
            value(closure.body()?.syntax())?
        }
        None => value(&initializer)?,
    };
    if is_conditional(&declared) {
        return None;
    }
    let is_bool = declared.ty().is_none_or(|ty| ty.syntax().text() == "bool");
    let name = plain_name(&pattern)?;
    let list = node.parent().filter(|list| list.kind() == SyntaxKind::STMT_LIST)?;
    if !is_bool || declared.let_else().is_some() {
        return None;
    }
    let scope: Vec<SyntaxNode> =
        statements(&list).into_iter().skip_while(|other| other != node).skip(1).collect();
    let mut edits = Vec::new();
    let mut is_needed = false;
    for part in &scope {
        is_needed |= may_use(part, &name);
        for path in part.descendants().filter_map(ast::PathExpr::cast) {
            let path = path.syntax().clone();
            if path.text() != name.as_str()
                || names_argument(&path)
                || is_hidden(&path, &name, &list, node)
            {
                continue;
            }
            let called = path.parent().filter(|call| {
                call.kind() == SyntaxKind::CALL_EXPR
                    && call.first_child().as_ref() == Some(&path)
                    && arguments(call).is_empty()
            });
            match (&closure, called) {
                (Some(_), Some(call)) => edits.push(Edit::of(&call, mark(known))),
                (Some(_), None) => is_needed = true,
                (None, _) if is_shorthand(&path) => {
                    edits.push(Edit::of(&path, format!("{name}: {}", mark(known))));
                }
                (None, _) => edits.push(Edit::of(&path, mark(known))),
            }
        }
    }
    if is_needed {
        // Without a mark in the declaration, it is not looked at again.
        let body = closure.and_then(|closure| closure.body()).map(|body| body.syntax().clone());
        let kept = body.unwrap_or(initializer);
        edits.push(Edit::of(&kept, if known { "true" } else { "false" }));
    } else {
        edits.push(Edit::removal(node, text));
    }
    Some(edits)
}

/// Whether a declaration is not compiled everywhere.
fn is_conditional(declared: &ast::LetStmt) -> bool {
    declared.attrs().any(|attribute| attribute.syntax().text().to_string().contains("cfg"))
}

/// `Config { on }`.
fn is_shorthand(path: &SyntaxNode) -> bool {
    path.parent()
        .and_then(ast::RecordExprField::cast)
        .is_some_and(|field| field.colon_token().is_none())
}

/// Whether something that is not read as code may use a variable: the tokens of a macro, or a text to be filled in.
fn may_use(part: &SyntaxNode, name: &str) -> bool {
    tokens(part).any(|token| match token.kind() {
        SyntaxKind::IDENT => {
            token.text() == name
                && token.parent().is_some_and(|parent| parent.kind() == SyntaxKind::TOKEN_TREE)
        }
        SyntaxKind::STRING => fills_in(token.text(), name),
        _ => false,
    })
}

fn fills_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.trim_end().chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.trim_start().chars().next());
        // Also as a width or precision, as in `{x:on$}`.
        (before == Some('{') && matches!(after, Some('}' | ':'))) || after == Some('$')
    })
}

/// Whether another declaration hides a variable of `list` at a path.
fn is_hidden(path: &SyntaxNode, name: &str, list: &SyntaxNode, declared: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let mut child = path.clone();
    for node in path.ancestors().skip(1) {
        let hides = match node.kind() {
            K::STMT_LIST => {
                let after = statements(&node)
                    .into_iter()
                    .skip_while(|other| node == *list && other != declared)
                    .skip(usize::from(node == *list))
                    .take_while(|other| *other != child);
                after.into_iter().any(|other| declares(&other, name))
            }
            K::MATCH_ARM => ast::MatchArm::cast(node.clone()).is_some_and(|arm| {
                let condition = arm.guard().and_then(|guard| guard.condition());
                arm.pat().is_some_and(|pattern| binds(pattern.syntax(), name))
                    || condition.is_some_and(|condition| let_binds(condition.syntax(), name, path))
            }),
            K::CLOSURE_EXPR => ast::ClosureExpr::cast(node.clone())
                .and_then(|closure| closure.param_list())
                .is_some_and(|list| binds(list.syntax(), name)),
            K::FOR_EXPR => ast::ForExpr::cast(node.clone()).is_some_and(|repeated| {
                repeated.iterable().is_none_or(|iterable| iterable.syntax() != &child)
                    && repeated.pat().is_some_and(|pattern| binds(pattern.syntax(), name))
            }),
            K::IF_EXPR => {
                let choice = ast::IfExpr::cast(node.clone());
                let is_else = choice.as_ref().is_some_and(|choice| {
                    choice.else_branch().is_some_and(|otherwise| otherwise.syntax() == &child)
                });
                let condition = choice.and_then(|choice| choice.condition());
                !is_else
                    && condition.is_some_and(|condition| let_binds(condition.syntax(), name, path))
            }
            K::WHILE_EXPR => ast::WhileExpr::cast(node.clone())
                .and_then(|repeated| repeated.condition())
                .is_some_and(|condition| let_binds(condition.syntax(), name, path)),
            // A nested function sees no variables of the one around it.
            K::FN | K::CONST | K::STATIC | K::IMPL | K::MODULE | K::TRAIT => true,
            _ => false,
        };
        if hides {
            return true;
        }
        if node == *list {
            return false;
        }
        child = node;
    }
    true
}

/// Whether a `let` of a condition that comes before a path binds a name.
fn let_binds(condition: &SyntaxNode, name: &str, path: &SyntaxNode) -> bool {
    condition.descendants().filter_map(ast::LetExpr::cast).any(|condition| {
        condition.syntax().text_range().end() <= path.text_range().start()
            && condition.pat().is_some_and(|pattern| binds(pattern.syntax(), name))
    })
}

fn declares(statement: &SyntaxNode, name: &str) -> bool {
    match statement.kind() {
        SyntaxKind::LET_STMT => ast::LetStmt::cast(statement.clone())
            .and_then(|declared| declared.pat())
            .is_some_and(|pattern| binds(pattern.syntax(), name)),
        SyntaxKind::FN => ast::Fn::cast(statement.clone())
            .and_then(|function| function.name())
            .is_some_and(|own| own.text() == name),
        _ => false,
    }
}

/// `let (on, x) = (true, y);` becomes two declarations.
fn separate(
    declared: &ast::LetStmt,
    pattern: &SyntaxNode,
    initializer: &SyntaxNode,
) -> Option<Vec<Edit>> {
    let parts: Vec<SyntaxNode> =
        initializer.children().filter(|part| ast::Expr::can_cast(part.kind())).collect();
    parts.iter().find(|part| value(part).is_some())?;
    let fields: Vec<SyntaxNode> = ast::TuplePat::cast(pattern.clone())?
        .fields()
        .map(|field| field.syntax().clone())
        .collect();
    let plain = fields.iter().all(|field| {
        plain_name(field).is_some()
            || field.kind() == SyntaxKind::WILDCARD_PAT
            || ast::IdentPat::cast(field.clone()).is_some_and(|field| field.pat().is_none())
    });
    // `_` does not take a value; the tuple did.
    let is_lost = fields
        .iter()
        .zip(&parts)
        .any(|(field, part)| field.kind() == SyntaxKind::WILDCARD_PAT && gives_away(part));
    let mentions =
        |name: &str| parts.iter().any(|part| tokens(part).any(|token| token.text() == name));
    let hides = fields.iter().filter_map(plain_name).any(|name| mentions(&name));
    if fields.len() != parts.len()
        || !plain
        || hides
        || is_lost
        || declared.ty().is_some()
        || declared.let_else().is_some()
    {
        return None;
    }
    let to = super::edit::indentation(declared.syntax());
    let lines: Vec<String> =
        fields.iter().zip(&parts).map(|(field, part)| format!("let {field} = {part};")).collect();
    Some(vec![Edit::new(bytes(declared.syntax().text_range()), lines.join(&format!("\n{to}")))])
}
