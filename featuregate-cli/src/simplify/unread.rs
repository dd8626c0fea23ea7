//! Collections that were read only where code was removed: what is added to them is removed too.

use ra_ap_syntax::ast::{self, AstNode as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use super::edit::{Edit, tidy};
use super::ownership::gives_away;
use super::shape::{arguments, is_pure, statements};
use super::types::is_collection;
use crate::code::tree::{parse, tokens};

/// Collections of the standard library, which do nothing but keep values.
const COLLECTIONS: [&str; 8] =
    ["BTreeMap", "BTreeSet", "BinaryHeap", "HashMap", "HashSet", "String", "Vec", "VecDeque"];

/// Methods that add to them.
const ADDING: [&str; 6] = ["extend", "insert", "push", "push_back", "push_front", "push_str"];

/// The edits that remove a variable that nothing reads now, and what is added to it. `before` is the text in which
/// it was read.
pub(crate) fn reduce(before: &SyntaxNode, text: &str) -> Option<Vec<Edit>> {
    let tree = parse(text)?;
    let mut all = tree.descendants().filter_map(ast::LetStmt::cast);
    all.find_map(|declared| {
        let name = collection(&declared)?;
        // Another function may have a variable of that name.
        let (was, is) = same_function(before, &tree, declared.syntax())?;
        let was_used = mentions(&was, &name).count() > mentions(&is, &name).count();
        let mut edits = additions(&declared, &name, text).filter(|_| was_used)?;
        edits.push(Edit::removal(declared.syntax(), text));
        tidy(&mut edits);
        Some(edits)
    })
}

/// The function that a node of a tree is in, as it was before and as it is.
fn same_function(
    before: &SyntaxNode,
    tree: &SyntaxNode,
    node: &SyntaxNode,
) -> Option<(SyntaxNode, SyntaxNode)> {
    let own = node.ancestors().filter_map(ast::Fn::cast).last()?;
    let name = own.name()?.text().to_string();
    let all = |tree: &SyntaxNode| -> Vec<SyntaxNode> {
        let functions = tree.descendants().filter_map(ast::Fn::cast);
        let named =
            functions.filter(|function| function.name().is_some_and(|it| it.text() == name));
        named.map(|function| function.syntax().clone()).collect()
    };
    let (was, is) = (all(before), all(tree));
    if was.len() != is.len() {
        return None;
    }
    was.into_iter().zip(is).find(|(_, is)| is == own.syntax())
}

/// The name of a variable that begins as an empty collection.
fn collection(declared: &ast::LetStmt) -> Option<String> {
    let Some(ast::Pat::IdentPat(pattern)) = declared.pat() else { return None };
    let made = ast::CallExpr::cast(declared.initializer()?.syntax().clone())?;
    let made = made.expr()?.syntax().text().to_string();
    let (of, how) = made.rsplit_once("::")?;
    let of = of.split(['<', ':']).find(|part| COLLECTIONS.contains(&part.trim()));
    let is_new = of.is_some() && matches!(how, "new" | "default" | "with_capacity");
    let is_own = pattern.mut_token().is_some() && is_new && declared.let_else().is_none();
    pattern.name().filter(|_| is_own).map(|name| name.text().to_string())
}

/// Where a name is written, also in texts, which may be formats.
fn mentions(tree: &SyntaxNode, name: &str) -> impl Iterator<Item = SyntaxToken> {
    let name = name.to_owned();
    tokens(tree).filter(move |token| match token.kind() {
        SyntaxKind::IDENT => token.text() == name,
        SyntaxKind::STRING => token.text().contains(&name),
        _ => false,
    })
}

/// Whether a name is that of a field or a method.
fn is_of_another(token: &SyntaxToken) -> bool {
    token.parent().and_then(|name| name.parent()).is_some_and(|around| {
        matches!(around.kind(), SyntaxKind::FIELD_EXPR | SyntaxKind::METHOD_CALL_EXPR)
    })
}

/// The statements that add to a variable, if it is not used otherwise.
fn additions(declared: &ast::LetStmt, name: &str, text: &str) -> Option<Vec<Edit>> {
    let list = declared.syntax().parent()?;
    let own = declared.pat()?.syntax().text_range();
    let uses = mentions(&list, name)
        .filter(|token| !own.contains_range(token.text_range()) && !is_of_another(token));
    uses.map(|token| {
        let path = token.parent_ancestors().find_map(ast::PathExpr::cast)?;
        let call = ast::MethodCallExpr::cast(path.syntax().parent()?)?;
        let is_receiver =
            call.receiver()?.syntax() == path.syntax() && path.syntax().text() == name;
        let name = call.name_ref()?.text().to_string();
        let takes_all = name == "extend";
        let keeps_none = |given: &SyntaxNode| !takes_all || is_collection(given);
        let adds =
            ADDING.contains(&name.as_str()) && arguments(call.syntax()).iter().all(keeps_none);
        let only_looks =
            arguments(call.syntax()).iter().all(|given| is_pure(given) && !gives_away(given));
        let statement =
            call.syntax().parent().filter(|parent| parent.kind() == SyntaxKind::EXPR_STMT)?;
        let is_alone = statements(&statement.parent()?).len() == 1;
        (is_receiver && adds && only_looks && !is_alone).then(|| Edit::removal(&statement, text))
    })
    .collect()
}
