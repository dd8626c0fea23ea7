//! Code that is not compiled here, such as that of other platforms: the compiler proves nothing about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
    /// The files that the compiler reads.
    built: BTreeSet<PathBuf>,
    /// The names in what is not compiled, by file, for the packages that are.
    names: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Unbuilt {
    /// Looks for it below a folder, of which the compiler reads these files.
    pub(crate) fn find(root: &Path, built: BTreeSet<PathBuf>) -> Self {
        let packages: BTreeSet<&Path> = built.iter().filter_map(|file| package(file)).collect();
        let options = options(root);
        let mut names: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        let walk = ignore::WalkBuilder::new(root).build().filter_map(Result::ok);
        for path in walk.map(ignore::DirEntry::into_path) {
            let is_code = path.extension().is_some_and(|ending| ending == "rs");
            if !is_code || package(&path).is_none_or(|package| !packages.contains(package)) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            let is_built = built.contains(&path);
            if is_built && !text.contains("cfg(") {
                continue;
            }
            let Some(tree) = parse(&text) else { continue };
            let own: BTreeSet<String> = if is_built {
                let excluded = tree.descendants().filter(|node| excludes(&options, node));
                excluded.flat_map(|node| words(&node)).collect()
            } else {
                words(&tree).collect()
            };
            if !own.is_empty() {
                names.insert(path, own);
            }
        }
        Self { options, built, names }
    }

    /// The same after code has changed.
    pub(crate) fn again(&mut self, root: &Path) {
        *self = Self::find(root, mem::take(&mut self.built));
    }

    /// Whether a node of a file is not compiled.
    pub(crate) fn has(&self, file: &Path, node: &SyntaxNode) -> bool {
        !self.built.contains(file) || node.ancestors().any(|node| excludes(&self.options, &node))
    }

    /// Whether a name is in that of the package of a file.
    pub(crate) fn mentions(&self, of: &Path, name: &str) -> bool {
        let of = package(of);
        let mut own = self.names.iter().filter(|(file, _)| package(file) == of);
        own.any(|(_, names)| names.contains(name))
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
}

/// Whether an attribute of a node excludes it from what is compiled with these options.
fn excludes(options: &BTreeSet<String>, node: &SyntaxNode) -> bool {
    is_excluded(node, &|option| is_set(options, option))
}

/// Whether a condition of a node does not apply, as far as it is known which options are set.
pub(super) fn is_excluded(node: &SyntaxNode, is_set: &dyn Fn(&str) -> Option<bool>) -> bool {
    node.children().filter(|child| child.kind() == SyntaxKind::ATTR).any(|attribute| {
        let condition = Condition::of_attribute(&attribute.text().to_string());
        condition.and_then(|it| it.applies(is_set)) == Some(false)
    })
}

/// Whether an option is set; nothing if it is in some of the builds that are made here, or that is not known.
fn is_set(options: &BTreeSet<String>, option: &str) -> Option<bool> {
    let option: String = option.split_whitespace().collect();
    let name = option.split('=').next().unwrap_or_default();
    let is_known = !options.is_empty() && OPTIONS.contains(&name);
    is_known.then(|| options.contains(&option))
}

/// The folder of the package that a file is in.
fn package(file: &Path) -> Option<&Path> {
    file.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").is_file())
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
