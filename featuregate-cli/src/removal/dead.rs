//! Removes what became dead: what the compiler warns of after a removal and did not warn of before.

use std::collections::BTreeMap;
use std::path::PathBuf;

use featuregate_core::__private::slice;
use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::compile::{CompilerMessage, DROP_ORDER};
use super::rewrite::is_snapshot;
use super::{declaration, only_tests};
use crate::code::tree::{bytes, covering, parse, root, tokens};
use crate::io::text::Lines;
use crate::simplify::branch::is_test;
use crate::simplify::edit::{Edit, indentation, line, tidy};
use crate::simplify::ownership;
use crate::simplify::shape::{is_conditional, is_item, is_pure, plain_name, statements};
use crate::simplify::temporaries::has_no_temporaries;

/// The lints of which the fix by the compiler is taken.
const FIXED: [&str; 15] = [
    "unused_imports",
    "unused_mut",
    "unused_parens",
    "unused_braces",
    "clippy::needless_return",
    "clippy::let_and_return",
    "clippy::unused_unit",
    "clippy::needless_bool",
    "clippy::bool_comparison",
    "clippy::nonminimal_bool",
    "clippy::match_single_binding",
    "clippy::needless_borrow",
    "clippy::needless_late_init",
    "clippy::redundant_field_names",
    "clippy::map_identity",
];

/// The edits for a warning, by file.
pub(crate) fn edits(message: &CompilerMessage, text: &str) -> BTreeMap<PathBuf, Vec<Edit>> {
    let code = message.code.as_deref().unwrap_or_default();
    let mut all = BTreeMap::new();
    if message.in_one_build
        && let Some(own) = used_by_tests(message, code, text)
    {
        return BTreeMap::from([(message.file.clone(), own)]);
    }
    if FIXED.contains(&code) {
        if loses_comment(message, text) || is_in_time(message, text) {
            return all;
        }
        for (file, range, replacement) in &message.fix {
            let edit = Edit::new(range.clone(), replacement.clone());
            let edit = if *file == message.file { import(edit, text) } else { edit };
            all.entry(file.clone()).or_insert_with(Vec::new).push(edit);
        }
        return all;
    }
    let Some(tree) = parse(text) else { return all };
    let own: Vec<Edit> = message
        .spans
        .iter()
        .filter_map(|span| {
            let node = covering(&tree, span);
            match code {
                "dead_code" => unused(&node, text),
                "unused_variables" => variable(&node, text),
                DROP_ORDER => last(&node),
                "dropping_copy_types" | "dropping_references" => dropped(&node, text),
                "unused_labels" => label(&node, text),
                "unreachable_code" => unreached(&node, text),
                "unreachable_patterns" => arm(&node, text),
                _ => None,
            }
        })
        .flatten()
        .collect();
    if !own.is_empty() {
        all.insert(message.file.clone(), own);
    }
    all
}

/// The edits for what only tests use, if there are any; `None` for what is in tests, and so in one build as a whole.
fn used_by_tests(message: &CompilerMessage, code: &str, text: &str) -> Option<Vec<Edit>> {
    let one = |node: &SyntaxNode| match code {
        "unused_imports" => only_tests::import(node, text),
        _ => match only_tests::function(node) {
            Some(function) => only_tests::with_function(&function, text),
            None => unused(node, text),
        },
    };
    if !matches!(code, "unused_imports" | "dead_code") {
        return None;
    }
    let Some(tree) = parse(text) else { return Some(Vec::new()) };
    let nodes: Vec<SyntaxNode> = message.spans.iter().map(|span| covering(&tree, span)).collect();
    if nodes.iter().any(only_tests::has) {
        return None;
    }
    let edits: Option<Vec<_>> = nodes.iter().map(one).collect();
    Some(edits.unwrap_or_default().concat())
}

/// Whether the fix by the compiler removes a comment. One of an import is about the import.
fn loses_comment(message: &CompilerMessage, text: &str) -> bool {
    let begins = |text: &str| text.contains("//") || text.contains("/*");
    let is_import = message.code.as_deref() == Some("unused_imports");
    !is_import
        && message.fix.iter().any(|(file, range, replacement)| {
            *file == message.file && begins(slice(text, range.clone())) && !begins(replacement)
        })
}

/// A label that nothing jumps to.
fn label(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let label = node.ancestors().find_map(ast::Label::cast)?;
    let range = bytes(label.syntax().text_range());
    let after = slice(text, range.end..);
    Some(vec![Edit::new(range.start..range.end + (after.len() - after.trim_start().len()), "")])
}

/// A whole import leaves no empty line.
fn import(edit: Edit, text: &str) -> Edit {
    let own = slice(text, edit.range.clone());
    let is_whole = edit.text.is_empty() && own.trim_end().ends_with(';');
    if !is_whole {
        return edit;
    }
    let start = edit.range.start + (own.len() - own.trim_start().len());
    let end = edit.range.end - (own.len() - own.trim_end().len());
    Edit::new(line(text, start..end), "")
}

/// An item that nothing uses.
fn unused(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let name = node.ancestors().find(|node| node.kind() == SyntaxKind::NAME)?;
    let declared = name.parent()?;
    match declared.kind() {
        SyntaxKind::FN | SyntaxKind::CONST | SyntaxKind::STATIC | SyntaxKind::TYPE_ALIAS => {
            let block = declared.parent().and_then(|list| list.parent()).filter(|block| {
                block.kind() == SyntaxKind::IMPL
                    && block
                        .descendants()
                        .filter(|node| ast::AssocItem::can_cast(node.kind()))
                        .count()
                        == 1
            });
            Some(vec![Edit::removal(block.as_ref().unwrap_or(&declared), text)])
        }
        // What the program was asked about its gates stays, also if none is left.
        SyntaxKind::ENUM if has_gates(&declared) => None,
        SyntaxKind::STRUCT | SyntaxKind::ENUM => {
            let own = name.text().to_string();
            let tree = root(&declared);
            // Another module may have a type of that name.
            let blocks = tree.descendants().filter_map(ast::Impl::cast).filter(|block| {
                block.syntax().parent() == declared.parent()
                    && block.self_ty().is_some_and(|ty| ty.syntax().text() == own.as_str())
            });
            let mut edits: Vec<Edit> =
                blocks.map(|block| Edit::removal(block.syntax(), text)).collect();
            edits.push(Edit::removal(&declared, text));
            Some(edits)
        }
        SyntaxKind::RECORD_FIELD => field(&declared, text),
        _ => None,
    }
}

/// The edits for modules that have nothing, and had something before.
pub(crate) fn emptied(before: &str, after: &str) -> Vec<Edit> {
    let modules = |text: &str| -> Vec<ast::Module> {
        let tree = parse(text);
        tree.iter().flat_map(SyntaxNode::descendants).filter_map(ast::Module::cast).collect()
    };
    let name = |module: &ast::Module| module.name().map(|name| name.text().to_string());
    let is_empty = |module: &ast::Module| {
        module.item_list().is_some_and(|list| {
            let inside = list.syntax().children_with_tokens();
            inside.into_iter().all(|part| {
                matches!(
                    part.kind(),
                    SyntaxKind::L_CURLY | SyntaxKind::R_CURLY | SyntaxKind::WHITESPACE
                )
            })
        })
    };
    let empty: Vec<ast::Module> = modules(after).into_iter().filter(is_empty).collect();
    if empty.is_empty() {
        return Vec::new();
    }
    let known = modules(before);
    let was_empty =
        |own: &ast::Module| known.iter().any(|it| name(it) == name(own) && is_empty(it));
    let edits =
        empty.iter().filter(|own| !was_empty(own)).map(|own| Edit::removal(own.syntax(), after));
    let mut edits: Vec<Edit> = edits.collect();
    tidy(&mut edits);
    edits
}

/// The tests that a file had and has no longer, with their lines.
pub(crate) fn removed_tests(before: &str, after: &str) -> Vec<(u32, String)> {
    let tests = |text: &str| -> Vec<(usize, String)> {
        let tree = parse(text);
        let functions = tree.iter().flat_map(SyntaxNode::descendants).filter_map(ast::Fn::cast);
        let own = functions.filter(|function| is_test(function.syntax()));
        own.filter_map(|function| {
            let name = function.name()?;
            Some((name.syntax().text_range().start().into(), name.text().to_string()))
        })
        .collect()
    };
    let lines = Lines::of(before);
    let mut left = tests(after);
    let removed = tests(before).into_iter().filter(|(_, name)| {
        match left.iter().position(|(_, own)| own == name) {
            Some(index) => {
                left.swap_remove(index);
                false
            }
            None => true,
        }
    });
    removed.map(|(at, name)| (lines.location(at).line, name)).collect()
}

/// Whether an item is an enum of gates.
fn has_gates(item: &SyntaxNode) -> bool {
    let Some(declared) = ast::Enum::cast(item.clone()) else { return false };
    declared.attrs().any(|attribute| {
        let text = attribute.syntax().text().to_string();
        ["FeatureGate", "feature_gate", "tombstone"].iter().any(|name| text.contains(name))
    })
}

/// A field that nothing reads, with the values that it gets in this file, if these only look.
fn field(declared: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let name = ast::RecordField::cast(declared.clone())?.name()?.text().to_string();
    let record = declared.ancestors().find_map(ast::Struct::cast)?;
    if !is_unseen(&record, declared) {
        return None;
    }
    let of = record.name()?.text().to_string();
    let tree = root(declared);
    let mut edits = vec![declaration::removal(declared, text)];
    for made in tree.descendants().filter_map(ast::RecordExpr::cast) {
        let path = made.path()?.syntax().text().to_string();
        let is_self = path == "Self"
            && made.syntax().ancestors().find_map(ast::Impl::cast).is_some_and(|block| {
                block.self_ty().is_some_and(|ty| ty.syntax().text() == of.as_str())
            });
        if !is_self && path.rsplit("::").next().is_none_or(|last| last.trim() != of) {
            continue;
        }
        let fields = made.record_expr_field_list()?;
        let own = fields
            .fields()
            .find(|own| own.field_name().is_some_and(|own| own.text() == name.as_str()));
        if let Some(own) = own {
            if !is_pure(own.expr()?.syntax()) {
                return None;
            }
            edits.push(declaration::removal(own.syntax(), text));
        }
    }
    edits.sort_by_key(|edit| edit.range.start);
    Some(edits)
}

/// Whether removing a field changes nothing that can be seen: the record is not printed, and nothing happens when the value is
/// dropped.
fn is_unseen(record: &ast::Struct, field: &SyntaxNode) -> bool {
    let is_printed =
        record.attrs().any(|attribute| attribute.syntax().text().to_string().contains("Debug"));
    let ty = ast::RecordField::cast(field.clone()).and_then(|field| field.ty());
    let ty = ty.map(|ty| ty.syntax().text().to_string()).unwrap_or_default();
    !is_printed && ownership::is_silent(&ty)
}

/// A parameter, or a name in a pattern, that nothing reads.
fn parameter(node: &SyntaxNode) -> Option<Vec<Edit>> {
    let pattern = node.ancestors().find(|node| node.kind() == SyntaxKind::IDENT_PAT)?;
    let name = plain_name(&pattern)?;
    let parent = pattern.parent()?;
    let is_short = ast::RecordPatField::cast(parent.clone())
        .is_some_and(|field| field.colon_token().is_none());
    // Not `_` alone: a value that does something when it is dropped would be dropped at once.
    let unread = unread(&name, &pattern);
    let unread = if is_short { format!("{name}: {unread}") } else { unread };
    Some(vec![Edit::of(&pattern, unread)])
}

/// The name of a variable that nothing reads, which no other one has.
fn unread(name: &str, node: &SyntaxNode) -> String {
    let function = node.ancestors().filter(|node| node.kind() == SyntaxKind::FN).last();
    let around = function.unwrap_or_else(|| node.clone());
    let mut unread = format!("_{name}");
    while tokens(&around).any(|token| token.text() == unread) {
        unread.insert(0, '_');
    }
    unread
}

/// A variable that nothing reads.
fn variable(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let own = node.ancestors().find_map(ast::LetStmt::cast).and_then(|declared| {
        let pattern = declared.pat()?;
        let is_own = pattern.syntax().text_range().contains_range(node.text_range());
        let name = plain_name(pattern.syntax()).filter(|_| is_own)?;
        Some((declared, pattern, name))
    });
    let Some((declared, pattern, name)) = own else { return parameter(node) };
    let initializer = declared.initializer()?;
    let initializer = taken(&initializer);
    let looks = is_pure(initializer.syntax()) && !ownership::gives_away(initializer.syntax());
    if looks || is_snapshot(initializer.syntax()) {
        return Some(vec![Edit::removal(declared.syntax(), text)]);
    }
    Some(vec![Edit::of(pattern.syntax(), unread(&name, pattern.syntax()))])
}

/// The value of `if false { … } else { … }`, which a type can need.
fn taken(value: &ast::Expr) -> ast::Expr {
    let own = || {
        let ast::Expr::IfExpr(choice) = value else { return None };
        let ast::ElseBranch::Block(otherwise) = choice.else_branch()? else { return None };
        let block = match choice.condition()?.syntax().text() {
            text if text == "true" => choice.then_branch()?,
            text if text == "false" => otherwise,
            _ => return None,
        };
        let list = block.stmt_list()?;
        list.tail_expr().filter(|_| list.statements().next().is_none())
    };
    own().unwrap_or_else(|| value.clone())
}

/// The last expression of a block, whose temporary values were dropped before the variables and still are.
fn last(node: &SyntaxNode) -> Option<Vec<Edit>> {
    let is_last = |node: &SyntaxNode| {
        ast::Expr::can_cast(node.kind())
            && node.parent().is_some_and(|list| list.kind() == SyntaxKind::STMT_LIST)
    };
    // The outermost one, of blocks in one another.
    let value =
        node.ancestors().take_while(|node| node.kind() != SyntaxKind::FN).filter(is_last).last()?;
    let to = indentation(&value);
    Some(vec![Edit::of(&value, format!("let value = {value};\n{to}value"))])
}

/// Whether a variable has the value of an expression so that its temporary values are dropped in time.
pub(crate) fn is_in_time(message: &CompilerMessage, text: &str) -> bool {
    message.code.as_deref() == Some("clippy::let_and_return") && {
        let tree = parse(text);
        let node = tree.zip(message.spans.first()).map(|(tree, span)| covering(&tree, span));
        let list = node.and_then(|node| node.ancestors().find_map(ast::StmtList::cast));
        let declared = list.and_then(|list| match list.statements().last()? {
            ast::Stmt::LetStmt(declared) => declared.initializer(),
            _ => None,
        });
        declared.is_some_and(|value| !has_no_temporaries(value.syntax()))
    }
}

/// `drop(x)`, which kept a value from living longer than before: it is a copy or a reference.
fn dropped(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let statement = node.ancestors().find(|node| node.kind() == SyntaxKind::EXPR_STMT)?;
    Some(vec![Edit::removal(&statement, text)])
}

/// Statements that are not reached.
fn unreached(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let statement = node
        .ancestors()
        .find(|node| node.parent().is_some_and(|parent| parent.kind() == SyntaxKind::STMT_LIST))?;
    if statement.text_range().start() != node.text_range().start() {
        return None;
    }
    let list = statement.parent()?;
    let before = statements(&list).into_iter().take_while(|other| *other != statement);
    if before.into_iter().any(|statement| is_conditional(&statement)) {
        return None;
    }
    let after = statements(&list).into_iter().skip_while(|other| *other != statement);
    Some(
        after
            .filter(|statement| !is_item(statement))
            .map(|statement| Edit::removal(&statement, text))
            .collect(),
    )
}

fn arm(node: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let arm = node.ancestors().find_map(ast::MatchArm::cast)?;
    let mut arms = arm.syntax().parent()?.children();
    if arms.any(|arm| is_conditional(&arm)) {
        return None;
    }
    let is_whole = bytes(arm.pat()?.syntax().text_range()) == bytes(node.text_range());
    is_whole.then(|| vec![Edit::removal(arm.syntax(), text)])
}
