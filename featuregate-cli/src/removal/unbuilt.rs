//! Code that is not compiled here, such as that of other platforms: the compiler proves nothing about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ra_ap_syntax::ast::{self, AstNode as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode};

use crate::code::tree::{parse, tokens};
use crate::source::condition::Condition;

/// The options that the compiler sets. Others may be set by a build script, and are taken to be set.
const OPTIONS: [&str; 13] = [
    "debug_assertions",
    "panic",
    "target_arch",
    "target_endian",
    "target_env",
    "target_family",
    "target_feature",
    "target_has_atomic",
    "target_os",
    "target_pointer_width",
    "target_vendor",
    "unix",
    "windows",
];

/// What is not compiled here.
#[derive(Debug, Default)]
pub(crate) struct Unbuilt {
    /// What the compiler sets here, without spaces.
    options: BTreeSet<String>,
    files: BTreeSet<PathBuf>,
    /// The names in it, by file.
    names: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Unbuilt {
    /// Looks for it below a folder.
    pub(crate) fn find(root: &Path) -> Self {
        let mut unbuilt = Self { options: options(root), ..Self::default() };
        let mut modules = Vec::new();
        let walk = ignore::WalkBuilder::new(root).build().filter_map(Result::ok);
        for path in walk.map(ignore::DirEntry::into_path) {
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let tree = if text.contains("cfg(") { parse(&text) } else { None };
            for node in tree.iter().flat_map(SyntaxNode::descendants) {
                if !unbuilt.excludes(&node) {
                    continue;
                }
                unbuilt.names.entry(path.clone()).or_default().extend(words(&node));
                let module = ast::Module::cast(node).filter(|module| module.item_list().is_none());
                modules.extend(module.and_then(|module| files(&path, &module)));
            }
        }
        // A module, and the modules in it.
        while let Some((file, folder)) = modules.pop() {
            let inner = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
            modules.extend(inner.map(|entry| entry.path()).filter(|path| *path != file).map(
                |path| {
                    let folder = path.with_extension("");
                    (path, folder)
                },
            ));
            let text = fs::read_to_string(&file).unwrap_or_default();
            let is_code = file.extension().is_some_and(|ending| ending == "rs");
            if is_code && unbuilt.files.insert(file.clone()) {
                unbuilt.names.entry(file).or_default().extend(parse(&text).iter().flat_map(words));
            }
        }
        unbuilt
    }

    /// Whether a node of a file is not compiled.
    pub(crate) fn has(&self, file: &Path, node: &SyntaxNode) -> bool {
        self.files.contains(file) || node.ancestors().any(|node| self.excludes(&node))
    }

    /// Whether a name is in it.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.names.values().any(|names| names.contains(name))
    }

    /// Whether a name is in that of a file.
    pub(crate) fn mentions_in(&self, file: &Path, name: &str) -> bool {
        self.names.get(file).is_some_and(|names| names.contains(name))
    }

    /// Whether what a file imports under a name, or with `*`, could be used in it: in the same file, or in a module below.
    pub(crate) fn uses_import(&self, of: &Path, name: &str) -> bool {
        let below = module_folder(of);
        let is_near =
            |file: &Path| file == of || below.as_ref().is_some_and(|below| file.starts_with(below));
        let mut names = self.names.iter().filter(|(file, _)| is_near(file));
        names.any(|(_, names)| name == "*" || names.contains(name))
    }

    /// Whether an attribute of a node excludes it.
    fn excludes(&self, node: &SyntaxNode) -> bool {
        node.children().filter(|child| child.kind() == SyntaxKind::ATTR).any(|attribute| {
            let condition = Condition::of_attribute(&attribute.text().to_string());
            let applies = condition.and_then(|it| it.applies(&|option| self.is_set(option)));
            applies == Some(false)
        })
    }

    /// Whether an option is set; nothing if it is in some of the builds that are made here, or that is not known.
    fn is_set(&self, option: &str) -> Option<bool> {
        let option: String = option.split_whitespace().collect();
        let name = option.split('=').next().unwrap_or_default();
        let is_known = !self.options.is_empty() && OPTIONS.contains(&name);
        is_known.then(|| self.options.contains(&option))
    }
}

/// What the compiler sets; nothing if it cannot be asked.
fn options(root: &Path) -> BTreeSet<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let asked = Command::new(rustc)
        .args(["--print", "cfg"])
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let text = asked.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}

fn words(node: &SyntaxNode) -> impl Iterator<Item = String> + use<> {
    let names = tokens(node).filter(|token| token.kind() == SyntaxKind::IDENT);
    names.map(|token| token.text().to_owned()).collect::<Vec<_>>().into_iter()
}

/// The folder of the modules that a file declares.
fn module_folder(of: &Path) -> Option<PathBuf> {
    let is_root =
        of.file_stem().is_some_and(|stem| stem == "lib" || stem == "main" || stem == "mod");
    if is_root { of.parent().map(Path::to_owned) } else { Some(of.with_extension("")) }
}

/// The file of `mod name;`, and the folder of the modules in it.
fn files(of: &Path, module: &ast::Module) -> Option<(PathBuf, PathBuf)> {
    let name = module.name()?.text().to_string();
    let folder = module_folder(of)?.join(&name);
    let candidates = [folder.with_extension("rs"), folder.join("mod.rs")];
    Some((candidates.into_iter().find(|file| file.is_file())?, folder))
}
