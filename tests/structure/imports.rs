//! Which files of a crate import from which: every path is followed to the file that defines its item.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::{Contents, ImportKind, OUTSIDE, read};

/// For each file of a crate, the files whose items it uses, each with the paths that say so.
pub(crate) type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Reads the modules of a crate, from its root file on. `text` gives the text of a file, if there is one.
pub(crate) fn imports(root: &str, text: &dyn Fn(&str) -> Option<String>) -> Imports {
    let mut tree = Tree::default();
    let contents = read(&text(root).unwrap_or_else(|| panic!("{root} cannot be read")));
    let folder = root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    tree.add(root, &folder, None, contents, text);
    tree.imports()
}

#[derive(Default)]
struct Tree {
    modules: Vec<Module>,
}

struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    contents: Contents,
}

/// What a path leads to.
#[derive(Clone)]
enum Target {
    Module(usize),
    /// An item, in the module that defines it.
    Item(usize),
    OtherCrate,
}

/// The imports that are being followed: a module, and the number of the import in it.
type Followed = Vec<(usize, usize)>;

impl Tree {
    /// Adds a module, whose children are in `folder`.
    fn add(
        &mut self,
        file: &str,
        folder: &str,
        parent: Option<usize>,
        mut contents: Contents,
        text: &dyn Fn(&str) -> Option<String>,
    ) -> usize {
        let id = self.modules.len();
        let declared = std::mem::take(&mut contents.modules);
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            contents,
        });
        for (name, inline) in declared {
            let below = format!("{folder}{name}/");
            let (child_file, child) = match inline {
                Some(contents) => (file.to_owned(), contents),
                None => [format!("{folder}{name}.rs"), format!("{below}mod.rs")]
                    .into_iter()
                    .find_map(|file| text(&file).map(|text| (file, read(&text))))
                    .unwrap_or_else(|| {
                        panic!("{file} declares the module {name}, which has no file")
                    }),
            };
            let child = self.add(&child_file, &below, Some(id), child, text);
            self.modules[id].children.insert(name, child);
        }
        id
    }

    fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (id, module) in self.modules.iter().enumerate() {
            let of_file = imports.entry(module.file.clone()).or_default();
            let mut add = |path: &[String], target: usize| {
                let file = &self.modules[target].file;
                if *file != module.file {
                    of_file.entry(file.clone()).or_default().insert(path.join("::"));
                }
            };
            for import in &module.contents.imports {
                for target in self.resolve(id, &import.path, &mut Vec::new()) {
                    match (target, &import.kind) {
                        // A module that is only named is imported from by the paths that begin with it.
                        (Target::Module(module), ImportKind::Glob)
                        | (Target::Item(module), ImportKind::Named(_)) => add(&import.path, module),
                        _ => {}
                    }
                }
            }
            for path in &module.contents.paths {
                // What begins with an item, as `Kind::Map` does, is used by the import of that item.
                let begins_with_item =
                    matches!(self.resolve(id, &path[..1], &mut Vec::new())[..], [Target::Item(_)]);
                for target in self.resolve(id, path, &mut Vec::new()) {
                    if let (Target::Item(module), false) = (target, begins_with_item) {
                        add(path, module);
                    }
                }
            }
        }
        imports
    }

    /// What a path in a module leads to. A name may be that of a module and that of an item.
    fn resolve(&self, from: usize, path: &[String], followed: &mut Followed) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut targets = match first.as_str() {
            OUTSIDE => return vec![Target::OtherCrate],
            "crate" => vec![Target::Module(0)],
            "self" => vec![Target::Module(from)],
            "super" => self.modules[from].parent.map(Target::Module).into_iter().collect(),
            name => self.look_up(from, name, followed),
        };
        for name in rest {
            let module = targets.iter().find_map(|target| match target {
                Target::Module(module) => Some(*module),
                _ => None,
            });
            let Some(module) = module else { return targets };
            targets = if name == "super" {
                self.modules[module].parent.map(Target::Module).into_iter().collect()
            } else {
                self.look_up(module, name, followed)
            };
            if targets.is_empty() {
                // A macro of the module may have defined it.
                targets.push(Target::Item(module));
            }
        }
        targets
    }

    /// What a name in the scope of a module means. Nothing if it is another crate's, or a macro defined it.
    fn look_up(&self, module: usize, name: &str, followed: &mut Followed) -> Vec<Target> {
        let Module { children, contents, .. } = &self.modules[module];
        let mut targets: Vec<Target> =
            children.get(name).map(|child| Target::Module(*child)).into_iter().collect();
        if contents.items.iter().any(|item| item == name) {
            targets.push(Target::Item(module));
        }
        if module == 0 {
            let exporting =
                |module: &Module| module.contents.exported.iter().any(|exported| exported == name);
            targets.extend(self.modules.iter().position(exporting).map(Target::Item));
        }
        for glob in [false, true] {
            if glob && !targets.is_empty() {
                break;
            }
            for (number, import) in contents.imports.iter().enumerate() {
                let fits = match &import.kind {
                    ImportKind::Named(own) | ImportKind::Module(own) => !glob && own == name,
                    ImportKind::Glob => glob,
                };
                if !fits || followed.contains(&(module, number)) {
                    continue;
                }
                followed.push((module, number));
                let found = self.resolve(module, &import.path, followed);
                for target in found {
                    match (target, &import.kind) {
                        (Target::Module(module), ImportKind::Glob) => {
                            targets.extend(self.look_up(module, name, followed));
                        }
                        (_, ImportKind::Glob) | (Target::Item(_), ImportKind::Module(_)) => {}
                        (target, _) => targets.push(target),
                    }
                }
                if !glob && targets.is_empty() {
                    targets.push(Target::OtherCrate);
                }
                followed.pop();
            }
        }
        targets
    }
}

#[cfg(test)]
mod tests {
    use super::{Imports, imports};
    use crate::cycles::cycles;

    fn made_up(files: &[(&str, &str)]) -> Imports {
        imports("lib.rs", &|file| {
            files.iter().find(|(name, _)| *name == file).map(|(_, text)| (*text).to_owned())
        })
    }

    /// Each import as `from → to`.
    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let mut arrows = Vec::new();
        for (from, targets) in made_up(files) {
            arrows.extend(targets.into_keys().map(|to| format!("{from} → {to}")));
        }
        arrows
    }

    #[test]
    fn two_files_that_import_from_each_other_are_a_cycle() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "pub struct B; impl B { fn a() -> crate::a::A { crate::a::A } }"),
            ("c.rs", "use crate::a::A;"),
        ];
        assert_eq!(cycles(&made_up(&files)), [["a.rs", "b.rs"]]);
    }

    #[test]
    fn a_cycle_of_three_files_is_found_as_one() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::{self, B}; pub fn f() { b::g() }"),
            ("b.rs", "use super::c; pub struct B; pub fn g() { c::h() }"),
            ("c.rs", "pub fn h() { use crate::a; a::f() }"),
        ];
        assert_eq!(cycles(&made_up(&files)), [["a.rs", "b.rs", "c.rs"]]);
    }

    #[test]
    fn an_import_leads_to_the_file_that_defines_the_item() {
        let files = [
            ("lib.rs", "mod parent; pub use parent::Leaf; use parent::leaf;"),
            ("parent.rs", "mod leaf; mod other; pub use leaf::Leaf as Leaf;"),
            ("parent/leaf.rs", "pub struct Leaf;"),
            ("parent/other.rs", "use super::Leaf; use crate::Leaf as Same;"),
        ];
        assert_eq!(
            arrows(&files),
            [
                "lib.rs → parent/leaf.rs",
                "parent.rs → parent/leaf.rs",
                "parent/other.rs → parent/leaf.rs"
            ]
        );
    }

    #[test]
    fn a_child_that_uses_an_item_of_its_parent_is_a_cycle_if_the_parent_uses_the_child() {
        let child = ("parent/child.rs", "use super::Parent; pub struct Child(Parent);");
        let declares =
            [("lib.rs", "mod parent;"), ("parent.rs", "mod child; pub struct Parent;"), child];
        assert!(cycles(&made_up(&declares)).is_empty());
        let exports = [
            ("lib.rs", "mod parent;"),
            ("parent.rs", "mod child; pub use child::Child; pub struct Parent;"),
            child,
        ];
        assert_eq!(cycles(&made_up(&exports)), [["parent.rs", "parent/child.rs"]]);
    }

    #[test]
    fn tests_may_import_what_they_like() {
        let files = [
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod absent;"),
            (
                "a.rs",
                "pub struct A; #[cfg(test)] mod tests { use crate::b::B; } #[cfg(all(test, unix))] use crate::b::B;",
            ),
            (
                "b.rs",
                "use crate::a::A; impl B { #[cfg(test)] fn b() { crate::a::f() } #[cfg(not(test))] fn c() {} }",
            ),
        ];
        assert_eq!(arrows(&files), ["b.rs → a.rs"]);
    }

    #[test]
    fn paths_in_macros_types_and_functions_count_and_text_does_not() {
        let used = "pub struct Used; pub mod inner { pub fn f() {} }";
        for code in [
            "fn f() { println!(\"{}\", crate::used::inner::f()) }",
            "struct S { field: crate::used::Used }",
            "struct S { field: Vec<super::used::Used> }",
            "macro_rules! m { () => { $crate::used::Used } }",
            "#[macro_export] macro_rules! m { () => { use super::*; $crate::used::Used } }",
            "use crate::used as other; fn f() { other::Used; }",
            "use crate::used::inner; fn f() { inner::f::<u8>() }",
            "use crate::used::*;",
            "impl Iterator for S { type Item = <crate::used::Used as Other>::Item; }",
        ] {
            let files = [("lib.rs", "mod user; mod used;"), ("user.rs", code), ("used.rs", used)];
            assert_eq!(arrows(&files), ["user.rs → used.rs"], "{code}");
        }
        for code in [
            "/// [`crate::used::Used`]\nfn f() { \"crate::used::Used\"; }",
            "use ::used::Used;",
            "use crate::used; pub(in crate::used) fn f() {}",
            "fn f() { ::used::f(); x.used::<u8>(); $used::f(); }",
        ] {
            let files = [("lib.rs", "mod user; mod used;"), ("user.rs", code), ("used.rs", used)];
            assert!(arrows(&files).is_empty(), "{code}");
        }
    }

    #[test]
    fn a_name_may_be_that_of_a_module_and_of_a_function() {
        let files = [
            (
                "lib.rs",
                "pub mod resolve; mod user; pub use resolve::resolve; mod only; extern crate std;",
            ),
            ("resolve.rs", "pub mod child; pub fn resolve() {}"),
            ("resolve/child.rs", "pub struct Child; pub fn f() { crate::std::f() }"),
            ("user.rs", "use crate::resolve; fn f() { resolve() }"),
            (
                "only.rs",
                "use crate::resolve::{self, child}; fn f() { resolve::child::f(); child::f(); }",
            ),
        ];
        assert_eq!(
            arrows(&files),
            ["lib.rs → resolve.rs", "only.rs → resolve/child.rs", "user.rs → resolve.rs"]
        );
    }

    #[test]
    fn an_exported_macro_belongs_to_the_root_and_is_defined_in_its_file() {
        let files = [
            ("lib.rs", "mod a; mod b; mod ids;"),
            ("a.rs", "#[macro_export] macro_rules! __id { () => {} }"),
            ("b.rs", "crate::__id! { pub struct Id; }"),
            ("ids.rs", "use crate::b::Id;"),
        ];
        assert_eq!(arrows(&files), ["b.rs → a.rs", "ids.rs → b.rs"]);
    }
}
