//! Whether an expression gives away a value that may do something when it is dropped.

use ra_ap_syntax::ast::{self, AstNode as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, T};

use super::marks::is_format;
use super::shape::{binds, diverges, is_pure, statements};
use crate::code::tree;

/// Types whose values do nothing when they are dropped but free their memory.
const SILENT: [&str; 36] = [
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "Box",
    "Cow",
    "HashMap",
    "HashSet",
    "Instant",
    "OsString",
    "Path",
    "Rc",
    "Result",
    "SystemTime",
    "VecDeque",
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "String",
    "Option",
    "Vec",
    "PathBuf",
    "Duration",
];

/// Whether dropping a value of a type, as it is written, does nothing that can be seen.
pub(crate) fn is_silent(ty: &str) -> bool {
    ty.starts_with('&') || names(ty).all(|name| SILENT.contains(&name))
}

/// The same, where types of the file that have no `Drop` do nothing if none of their fields does.
pub(crate) fn is_silent_at(node: &SyntaxNode, ty: &str) -> bool {
    is_silent_in(&tree::root(node), ty, 0)
}

fn is_silent_in(file: &SyntaxNode, ty: &str, depth: usize) -> bool {
    let is_plain = |name: &str| {
        let mut items = file.descendants().filter(|item| {
            let of = ast::Adt::cast(item.clone()).and_then(|item| item.name());
            of.is_some_and(|of| of.text() == name)
        });
        let Some(item) = items.next().filter(|_| depth < 4 && !has_drop(file, name)) else {
            return false;
        };
        let mut types = item.descendants().filter_map(|part| {
            let ty = ast::RecordField::cast(part.clone()).and_then(|field| field.ty());
            ty.or_else(|| ast::TupleField::cast(part)?.ty())
        });
        types.all(|ty| is_silent_in(file, &ty.syntax().text().to_string(), depth + 1))
    };
    ty.starts_with('&') || names(ty).all(|name| SILENT.contains(&name) || is_plain(name))
}

/// Whether a file has an implementation of `Drop` for a type.
pub(crate) fn has_drop(file: &SyntaxNode, name: &str) -> bool {
    let text =
        |ty: Option<ast::Type>| ty.map(|ty| ty.syntax().text().to_string()).unwrap_or_default();
    file.descendants().filter_map(ast::Impl::cast).any(|block| {
        text(block.trait_()).ends_with("Drop")
            && text(block.self_ty()).split(['<', ' ']).next() == Some(name)
    })
}

/// The names in a text, without lifetimes.
pub(crate) fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '\'');
    parts.filter(|part| !part.is_empty() && !part.starts_with('\''))
}

/// The variables, and the fields of them, that an expression or a closure moves and that may do something when they are
/// dropped: where the expression leaves the code, they would be dropped later. Receivers of methods are taken to be borrowed.
pub(crate) fn given_away(node: &SyntaxNode) -> Vec<String> {
    let is_place =
        |part: &SyntaxNode| matches!(part.kind(), SyntaxKind::PATH_EXPR | SyntaxKind::FIELD_EXPR);
    let places = node.descendants().filter(is_place);
    let moved = places.filter(|place| place == node || is_moved(place));
    let own = moved.filter(|place| root(place).is_some_and(|root| !is_copied(&root, place, node)));
    let mut names: Vec<String> = own.map(|place| place.text().to_string()).collect();
    names.sort();
    names.dedup();
    names
}

/// Whether an expression moves variables that may do something when they are dropped.
pub(crate) fn gives_away(node: &SyntaxNode) -> bool {
    !given_away(node).is_empty()
}

/// Whether a path is a variable that is declared around a closure and may do something when it is dropped.
pub(crate) fn is_captured(path: &SyntaxNode, closure: &SyntaxNode) -> bool {
    let name = path.text().to_string();
    let is_outer = |node: &SyntaxNode| !closure.text_range().contains_range(node.text_range());
    name != "self"
        && declared(path, &name).is_some_and(|(node, _)| is_outer(&node))
        && !is_copied(path, path, closure)
}

/// Where a variable is read in a node.
pub(crate) fn mentions<'n>(
    node: &SyntaxNode,
    name: &'n str,
) -> impl Iterator<Item = SyntaxNode> + use<'n> {
    node.descendants()
        .filter(move |path| path.kind() == SyntaxKind::PATH_EXPR && path.text() == name)
}

/// Whether an expression is a place whose variable, or a part of it, can be changed.
pub(crate) fn can_change(place: &SyntaxNode) -> bool {
    let Some(root) = root(place) else { return true };
    let name = root.text().to_string();
    let Some((node, of)) = declared(&root, &name) else { return false };
    let is_whole = root == *place;
    let is_mutable = || {
        node.descendants().filter_map(ast::IdentPat::cast).any(|pattern| {
            pattern.mut_token().is_some() && pattern.name().is_some_and(|own| own.text() == name)
        })
    };
    match of {
        Declared::SelfReference => node.text().to_string().contains("mut"),
        Declared::Type(ty) if ty.starts_with('&') => !is_whole && ty.contains("mut"),
        _ if name == "self" => node.text().to_string().contains("mut"),
        _ => is_mutable(),
    }
}

/// Whether an expression is a variable, or a part of one.
pub(crate) fn is_place(node: &SyntaxNode) -> bool {
    match node.kind() {
        SyntaxKind::PATH_EXPR => {
            let name = node.text().to_string();
            !name.contains("::") && !name.starts_with(char::is_uppercase)
        }
        SyntaxKind::FIELD_EXPR | SyntaxKind::INDEX_EXPR => true,
        SyntaxKind::PREFIX_EXPR => is_dereference(node),
        SyntaxKind::PAREN_EXPR => node.first_child().is_some_and(|inner| is_place(&inner)),
        _ => false,
    }
}

/// Whether what is around a variable takes its value.
fn is_moved(place: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let Some(parent) = place.parent() else { return false };
    match parent.kind() {
        K::TUPLE_EXPR
        | K::ARRAY_EXPR
        | K::RECORD_EXPR_FIELD
        | K::LET_STMT
        | K::CLOSURE_EXPR
        | K::STMT_LIST
        | K::RETURN_EXPR => true,
        K::PAREN_EXPR => is_moved(&parent),
        K::ARG_LIST => parent.parent().is_some_and(|call| !is_format(&call)),
        _ => false,
    }
}

/// `*x`
fn is_dereference(node: &SyntaxNode) -> bool {
    ast::PrefixExpr::cast(node.clone())
        .is_some_and(|prefix| prefix.op_kind() == Some(ast::UnaryOp::Deref))
}

/// The variable of `variable.field.field`.
fn root(place: &SyntaxNode) -> Option<SyntaxNode> {
    let mut node = place.clone();
    while matches!(
        node.kind(),
        SyntaxKind::FIELD_EXPR | SyntaxKind::INDEX_EXPR | SyntaxKind::PAREN_EXPR
    ) || is_dereference(&node)
    {
        node = node.first_child()?;
    }
    (node.kind() == SyntaxKind::PATH_EXPR).then_some(node)
}

/// Whether the value of a place is known to be a copy, to do nothing when it is dropped, or to be declared in `within`. What
/// is not declared in the function is a function, a constant or a static.
fn is_copied(variable: &SyntaxNode, place: &SyntaxNode, within: &SyntaxNode) -> bool {
    let name = variable.text().to_string();
    if name.contains("::") || name.starts_with(char::is_uppercase) {
        return true;
    }
    let declared = declared(variable, &name);
    let is_inner = declared
        .as_ref()
        .is_some_and(|(node, _)| within.text_range().contains_range(node.text_range()));
    is_inner
        || is_used_later(within, &name)
        || declared.is_none_or(|(_, of)| of.is_copied(variable, variable == place))
}

/// What is known of a variable.
pub(crate) enum Declared {
    Type(String),
    Initializer(SyntaxNode),
    /// `&self`
    SelfReference,
    Unknown,
}

impl Declared {
    /// Whether the value, or a field of it if it is not `whole`, is a copy or does nothing when it is dropped.
    fn is_copied(&self, of: &SyntaxNode, whole: bool) -> bool {
        match self {
            Self::SelfReference => true,
            // Nothing but a copy can be taken out of a reference.
            Self::Type(ty) if ty.starts_with('&') => true,
            Self::Type(ty) => whole && is_silent_at(of, ty),
            Self::Initializer(node) => match node.kind() {
                SyntaxKind::REF_EXPR => true,
                SyntaxKind::LITERAL
                | SyntaxKind::CAST_EXPR
                | SyntaxKind::BIN_EXPR
                | SyntaxKind::METHOD_CALL_EXPR => whole && is_pure(node),
                _ => false,
            },
            Self::Unknown => false,
        }
    }
}

/// Where a variable is declared, and what is known of it.
pub(crate) fn declared(path: &SyntaxNode, name: &str) -> Option<(SyntaxNode, Declared)> {
    use SyntaxKind as K;
    let mut child = path.clone();
    for node in path.ancestors().skip(1) {
        match node.kind() {
            K::STMT_LIST => {
                let before = statements(&node).into_iter().take_while(|other| *other != child);
                let own = before.filter_map(ast::LetStmt::cast).filter(|declared| {
                    declared.pat().is_some_and(|pattern| binds(pattern.syntax(), name))
                });
                if let Some(declared) = own.last() {
                    let of = of_parts(declared.pat(), declared.ty(), declared.initializer());
                    return Some((declared.syntax().clone(), of));
                }
            }
            K::FN | K::CLOSURE_EXPR => {
                let list = node.children().find_map(ast::ParamList::cast);
                if let Some(own) = list.as_ref().and_then(ast::ParamList::self_param)
                    && name == "self"
                {
                    let of = if own.amp_token().is_some() {
                        Declared::SelfReference
                    } else {
                        Declared::Unknown
                    };
                    return Some((own.syntax().clone(), of));
                }
                let own = list.and_then(|list| {
                    list.params().find(|parameter| {
                        parameter.pat().is_some_and(|pattern| binds(pattern.syntax(), name))
                    })
                });
                if let Some(own) = own {
                    let of = of_parts(own.pat(), own.ty(), None);
                    return Some((own.syntax().clone(), of));
                }
                if node.kind() == K::FN {
                    return None;
                }
            }
            K::MATCH_ARM | K::IF_EXPR | K::WHILE_EXPR | K::FOR_EXPR => {
                let head = node.children().filter(|part| part.kind() != K::BLOCK_EXPR);
                if head.into_iter().any(|part| binds(&part, name)) {
                    return Some((node, Declared::Unknown));
                }
            }
            _ => {}
        }
        child = node;
    }
    None
}

/// What a declaration says of the only variable that it has.
fn of_parts(
    pattern: Option<ast::Pat>,
    ty: Option<ast::Type>,
    initializer: Option<ast::Expr>,
) -> Declared {
    let is_only = pattern.is_some_and(|pattern| {
        ast::IdentPat::cast(pattern.syntax().clone())
            .is_some_and(|own| own.ref_token().is_none() && own.pat().is_none())
    });
    match (ty, initializer) {
        _ if !is_only => Declared::Unknown,
        (Some(ty), _) => Declared::Type(ty.syntax().text().to_string()),
        (None, Some(initializer)) => Declared::Initializer(initializer.syntax().clone()),
        (None, None) => Declared::Unknown,
    }
}

/// Whether a variable is read after its value was given away, which only a copy allows.
fn is_used_later(value: &SyntaxNode, name: &str) -> bool {
    let is_function =
        |node: &SyntaxNode| matches!(node.kind(), SyntaxKind::FN | SyntaxKind::CLOSURE_EXPR);
    let Some(function) = value.ancestors().skip(1).find(is_function) else { return false };
    let statement = value.ancestors().find_map(ast::LetStmt::cast);
    let declares_again = statement.and_then(|declared| declared.pat());
    if declares_again.is_some_and(|pattern| binds(pattern.syntax(), name)) {
        return false;
    }
    let end = value.text_range().end();
    let after = || function.descendants().filter(|node| node.text_range().start() >= end);
    let is_given_anew = |node: SyntaxNode| match node.kind() {
        SyntaxKind::IDENT_PAT => binds(&node, name),
        _ => ast::BinExpr::cast(node).is_some_and(|binary| {
            binary.op_token().is_some_and(|op| op.kind() == T![=])
                && binary.lhs().is_some_and(|left| left.syntax().text() == name)
        }),
    };
    let is_read = |node: SyntaxNode| {
        node.kind() == SyntaxKind::PATH_EXPR && node.text() == name && follows(value, &node)
    };
    !after().any(is_given_anew) && after().any(is_read)
}

/// Whether control comes to `later` after `value`: they are not in two branches, and no jump may be between them.
fn follows(value: &SyntaxNode, later: &SyntaxNode) -> bool {
    use SyntaxKind as K;
    let holds = |node: &SyntaxNode| node.text_range().contains_range(later.text_range());
    let part = value.ancestors().take_while(|node| !holds(node)).last();
    let around = value.ancestors().find(holds);
    let (Some(part), Some(around)) = (part, around) else { return false };
    let jumps = part.descendants().any(|node| {
        matches!(node.kind(), K::RETURN_EXPR | K::BREAK_EXPR | K::CONTINUE_EXPR | K::MACRO_EXPR)
            || diverges(&node)
    });
    !jumps && !matches!(around.kind(), K::IF_EXPR | K::MATCH_ARM_LIST)
}
