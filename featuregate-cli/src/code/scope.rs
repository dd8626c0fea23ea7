//! What the names in a file mean, as far as the file itself says so.

use std::ops::Range;

use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _, HasModuleItem as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use super::tree::bytes;
use crate::io::text::Lines;

/// Where a name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Another path.
    Path(Vec<String>),
    /// An enum that is declared here, with the line of its name and its variants.
    Enum(u32, Vec<String>),
    /// Another item that is declared here.
    Item,
    /// A module in this file, by its scope.
    Inline(usize),
    /// A module in another file, with the path that an attribute names.
    File(Option<String>),
}

/// A file, a module in it, or a block with declarations of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    range: Range<usize>,
    pub(crate) parent: Option<usize>,
    pub(crate) is_module: bool,
    pub(crate) names: Vec<(String, Meaning)>,
    /// The paths of which all names are imported.
    pub(crate) globs: Vec<Vec<String>>,
    /// The names of the modules around it in the file.
    pub(crate) within: Vec<String>,
}

/// The scopes of a file, the first of which is the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scopes(Vec<Scope>);

impl Scopes {
    pub(crate) fn of(tree: &SyntaxNode, lines: &Lines<'_>) -> Self {
        let mut scopes = Self(Vec::new());
        scopes.add(tree, None, true, Vec::new(), lines);
        for node in tree.descendants() {
            match node.kind() {
                SyntaxKind::STMT_LIST if has_declarations(&node) => {
                    let parent = scopes.at(bytes(node.text_range()).start);
                    let within = scopes.get(parent).within.clone();
                    scopes.add(&node, Some(parent), false, within, lines);
                }
                SyntaxKind::MODULE => scopes.module(&node, lines),
                _ => {}
            }
        }
        scopes
    }

    /// The innermost scope at a byte.
    pub(crate) fn at(&self, byte: usize) -> usize {
        let fits = |scope: &(usize, &Scope)| scope.1.range.contains(&byte) || scope.0 == 0;
        let all = self.0.iter().enumerate().filter(fits);
        all.min_by_key(|(index, scope)| (*index == 0, scope.range.len()))
            .map_or(0, |(index, _)| index)
    }

    pub(crate) fn get(&self, index: usize) -> &Scope {
        const EMPTY: &Scope = &Scope {
            range: 0..0,
            parent: None,
            is_module: true,
            names: Vec::new(),
            globs: Vec::new(),
            within: Vec::new(),
        };
        self.0.get(index).unwrap_or(EMPTY)
    }

    /// The module that a scope is in.
    pub(crate) fn module_of(&self, mut scope: usize) -> usize {
        while let Some(parent) = self.get(scope).parent.filter(|_| !self.get(scope).is_module) {
            scope = parent;
        }
        scope
    }

    fn module(&mut self, node: &SyntaxNode, lines: &Lines<'_>) {
        let Some(module) = ast::Module::cast(node.clone()) else { return };
        let Some(name) = module.name().map(|name| plain(&name.text()).to_owned()) else { return };
        let parent = self.at(bytes(node.text_range()).start);
        let meaning = match module.item_list() {
            Some(items) => {
                let mut within = self.get(parent).within.clone();
                within.push(name.clone());
                let scope = self.add(items.syntax(), Some(parent), true, within, lines);
                Meaning::Inline(scope)
            }
            None => Meaning::File(module.attrs().find_map(|attribute| {
                let is_path = attribute.simple_name().is_some_and(|name| name == "path");
                let text = attribute.expr().filter(|_| is_path)?.syntax().text().to_string();
                Some(text.trim_matches('"').to_owned())
            })),
        };
        if let Some(scope) = self.0.get_mut(parent) {
            scope.names.push((name, meaning));
        }
    }

    fn add(
        &mut self,
        node: &SyntaxNode,
        parent: Option<usize>,
        is_module: bool,
        within: Vec<String>,
        lines: &Lines<'_>,
    ) -> usize {
        let mut scope = Scope {
            range: bytes(node.text_range()),
            parent,
            is_module,
            within,
            ..Scope::default()
        };
        let items: Vec<ast::Item> = match ast::SourceFile::cast(node.clone()) {
            Some(file) => file.items().collect(),
            None => node.children().filter_map(ast::Item::cast).collect(),
        };
        for item in items {
            scope.item(&item, lines);
        }
        self.0.push(scope);
        self.0.len() - 1
    }
}

fn has_declarations(list: &SyntaxNode) -> bool {
    list.children()
        .any(|child| child.kind() != SyntaxKind::MACRO_CALL && ast::Item::can_cast(child.kind()))
}

impl Scope {
    fn item(&mut self, item: &ast::Item, lines: &Lines<'_>) {
        let name = |name: Option<ast::Name>| name.map(|name| plain(&name.text()).to_owned());
        let (name, meaning) = match item {
            ast::Item::Use(import) => {
                if let Some(tree) = import.use_tree() {
                    self.import(&tree);
                }
                return;
            }
            ast::Item::ExternCrate(krate) => {
                let Some(of) = krate.name_ref().map(|name| plain(&name.text()).to_owned()) else {
                    return;
                };
                let own = krate.rename().and_then(|rename| rename.name());
                let own = own.map_or_else(|| of.clone(), |own| plain(&own.text()).to_owned());
                let path = if of == "self" {
                    vec!["crate".to_owned()]
                } else {
                    vec![OUTSIDE.to_owned(), of]
                };
                (Some(own), Meaning::Path(path))
            }
            ast::Item::Enum(item) => {
                let at = item.name().map_or(0, |name| bytes(name.syntax().text_range()).start);
                let variants = item.variant_list().into_iter().flat_map(|list| list.variants());
                let variants = variants.filter_map(|variant| name(variant.name())).collect();
                (name(item.name()), Meaning::Enum(lines.location(at).line, variants))
            }
            ast::Item::TypeAlias(alias) => {
                let of = alias.ty().map(|ty| ty.syntax().text().to_string());
                let path: Vec<String> =
                    of.unwrap_or_default().split("::").map(|part| part.trim().to_owned()).collect();
                (name(alias.name()), Meaning::Path(path))
            }
            ast::Item::Struct(item) => (name(item.name()), Meaning::Item),
            ast::Item::Union(item) => (name(item.name()), Meaning::Item),
            ast::Item::Trait(item) => (name(item.name()), Meaning::Item),
            ast::Item::Const(item) => (name(item.name()), Meaning::Item),
            ast::Item::Static(item) => (name(item.name()), Meaning::Item),
            ast::Item::Fn(item) => (name(item.name()), Meaning::Item),
            _ => return,
        };
        self.names.extend(name.map(|name| (name, meaning)));
    }

    /// The imports of a tree, whose branches are on a stack.
    fn import(&mut self, tree: &ast::UseTree) {
        let mut open = vec![(Vec::new(), tree.clone())];
        while let Some((mut path, tree)) = open.pop() {
            if let Some(own) = tree.path() {
                if path.is_empty() && own.syntax().text().to_string().starts_with("::") {
                    path.push(OUTSIDE.to_owned());
                }
                path.extend(
                    own.segments()
                        .map(|segment| plain(&segment.syntax().text().to_string()).to_owned()),
                );
            }
            if let Some(list) = tree.use_tree_list() {
                open.extend(list.use_trees().map(|tree| (path.clone(), tree)));
                continue;
            }
            if tree.star_token().is_some() {
                self.globs.push(path);
                continue;
            }
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let own = match tree.rename() {
                Some(rename) => rename.name().map(|name| plain(&name.text()).to_owned()),
                None => path.last().cloned(),
            };
            self.names.extend(own.map(|own| (own, Meaning::Path(path))));
        }
    }
}

/// What a path begins with that is another crate's.
pub(crate) const OUTSIDE: &str = "::";

/// A name without `r#`.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
