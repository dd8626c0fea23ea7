//! Follows names to the enums of gates: through imports, aliases, modules and crates.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use featuregate_core::__private::{IdVec, is_variable_of, variable};

use super::scope::{Meaning, OUTSIDE, Scopes};
use super::spelling::{Spelled, Spellings};
use super::tree::parse;
use super::usage::EnumId;
use crate::io::file;
use crate::io::text::Lines;
use crate::source::workspace::Workspace;

/// How many names lead to one another at most.
const STEPS: usize = 64;

/// An enum of gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GateEnum {
    pub(crate) name: String,
    /// The file that declares it, and the line of its name.
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    /// Its gates, as code names them.
    pub(crate) gates: Vec<String>,
    /// Its removed gates.
    pub(crate) removed: Vec<String>,
    /// How configuration and documents name them all, by present and former names, each with the gate.
    pub(crate) written: BTreeMap<String, String>,
    /// The environment variables that set them, as a manifest has them.
    pub(crate) variables: Vec<String>,
}

impl GateEnum {
    /// Whether it has this gate or removed gate, as code names it.
    pub(crate) fn has(&self, gate: &str) -> bool {
        self.gates.iter().chain(&self.removed).any(|own| own == gate)
    }

    /// The gate that has a name in configuration or in code.
    pub(crate) fn named<'d>(&'d self, name: &'d str) -> Option<&'d str> {
        let written = self.written.get(name).map(String::as_str);
        written.or_else(|| self.has(name).then_some(name))
    }

    /// The variables that have the values of single gates, each with its gate.
    fn own_variables(&self) -> impl Iterator<Item = (String, &str)> {
        let prefixes = self.variables.iter().filter_map(|variable| variable.strip_suffix('*'));
        prefixes.flat_map(|prefix| {
            let plain = self.written.iter().filter(|(name, _)| !name.contains(':'));
            plain.map(move |(name, gate)| (variable(prefix, name), gate.as_str()))
        })
    }
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// An enum of gates.
    Enum(EnumId),
    /// A name within such an enum.
    Member(EnumId, String),
    Module(Module),
    /// Another enum, with its variants.
    OtherEnum(Vec<String>),
    /// Something else, or something of a crate outside of the workspace.
    Other,
}

/// A module: its file, and its scope in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Module {
    pub(crate) file: PathBuf,
    pub(crate) scope: usize,
}

/// The names of a workspace. Files are read when a name leads to them.
pub(crate) struct Names<'w> {
    pub(crate) workspace: &'w Workspace,
    pub(crate) enums: IdVec<EnumId, GateEnum>,
    files: Mutex<HashMap<PathBuf, Option<Arc<Scopes>>>>,
}

/// The names on the way to a target, so that none is followed in a cycle.
type Followed = Vec<(PathBuf, usize, String)>;

impl<'w> Names<'w> {
    pub(crate) fn new(workspace: &'w Workspace, enums: Vec<GateEnum>) -> Self {
        Self { workspace, enums: enums.into(), files: Mutex::default() }
    }

    /// The gates that have a name in configuration or in code, each with its enum.
    pub(crate) fn named(&self, name: &str) -> Vec<(EnumId, String)> {
        let all = self.enums.iter();
        all.filter_map(|(id, of)| Some((id, of.named(name)?.to_owned()))).collect()
    }

    /// How texts name gates. A name with a component, and a variable of one gate, say which enum is meant.
    pub(crate) fn spellings(&self) -> Spellings<'_> {
        let mut all = Spellings::new();
        for (id, of) in self.enums.iter() {
            let in_code = of.gates.iter().chain(&of.removed).map(|gate| (gate.clone(), &**gate));
            let written = of.written.iter().map(|(name, gate)| (name.clone(), &**gate));
            for (name, gate) in in_code.chain(written).chain(of.own_variables()) {
                let is_own =
                    name.contains(':') || !of.written.contains_key(&name) && !of.has(&name);
                let new = Spelled { gate, declaring: is_own.then_some(id) };
                all.entry(name)
                    .and_modify(|known| {
                        if *known != new {
                            known.declaring = None;
                        }
                    })
                    .or_insert(new);
            }
        }
        all
    }

    /// The gate that a variable with a prefix of single gates sets.
    pub(crate) fn of_variable(&self, prefix: &str, name: &str) -> Option<Spelled<'_>> {
        let has = |of: &GateEnum| {
            of.variables.iter().any(|own| own.strip_suffix('*').is_some_and(|own| own == prefix))
        };
        self.enums.iter().filter(|(_, of)| has(of)).find_map(|(id, of)| {
            let (_, gate) = of.written.iter().find(|(own, _)| is_variable_of(name, own))?;
            Some(Spelled { gate, declaring: Some(id) })
        })
    }

    /// The environment variables that set gates, as manifests have them.
    pub(crate) fn variables(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.enums.values().flat_map(|of| &of.variables).collect();
        all.into_iter().cloned().collect()
    }

    /// What a path means at a byte of a file; `None` if that cannot be found out.
    pub(crate) fn at(
        &self,
        file: &Path,
        scopes: &Scopes,
        byte: usize,
        path: &[String],
    ) -> Option<Target> {
        self.in_scope(file, scopes, scopes.at(byte), path, &mut Vec::new())
    }

    /// What a path means in a scope, which sees what is declared in the blocks and in the module around it.
    fn in_scope(
        &self,
        file: &Path,
        scopes: &Scopes,
        mut scope: usize,
        path: &[String],
        followed: &mut Followed,
    ) -> Option<Target> {
        let first = path.first()?;
        while !scopes.get(scope).is_module {
            let block = Module { file: file.to_owned(), scope };
            if let Some(target) = self.look_up(&block, scopes, first, followed) {
                return self.rest(target, path.get(1..)?, followed);
            }
            scope = scopes.get(scope).parent?;
        }
        self.resolve(&Module { file: file.to_owned(), scope }, path, followed)
    }

    fn resolve(&self, from: &Module, path: &[String], followed: &mut Followed) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let package = self.workspace.package_of(&from.file);
        let library = |name: &str| {
            let root = package.and_then(|package| self.workspace.library(package, name))?;
            Some(Target::Module(Module { file: root.to_owned(), scope: 0 }))
        };
        let target = match first.as_str() {
            "crate" | "$crate" => return self.in_crate(from, rest, followed),
            "self" => Target::Module(from.clone()),
            "super" => Target::Module(self.parent(from)?),
            OUTSIDE => {
                let (name, rest) = rest.split_first()?;
                return match library(name) {
                    Some(target) => self.rest(target, rest, followed),
                    None => Some(Target::Other),
                };
            }
            name => {
                let scopes = self.scopes(&from.file)?;
                let here = self.look_up(from, &scopes, name, followed);
                here.or_else(|| library(name))?
            }
        };
        self.rest(target, rest, followed)
    }

    /// A path from the root of the crate that a module is in. Several targets of a package may have the file.
    fn in_crate(&self, from: &Module, rest: &[String], followed: &mut Followed) -> Option<Target> {
        let package = self.workspace.package_of(&from.file)?;
        let above =
            |root: &&PathBuf| root.parent().is_some_and(|folder| from.file.starts_with(folder));
        let mut roots: Vec<&PathBuf> = package.roots.iter().filter(above).collect();
        // The nearest first, and the file itself before all.
        roots.sort_by_key(|root| (**root != from.file, usize::MAX - root.components().count()));
        roots.into_iter().find_map(|root| {
            let root = Module { file: root.clone(), scope: 0 };
            self.rest(Target::Module(root), rest, followed)
        })
    }

    fn rest(&self, target: Target, rest: &[String], followed: &mut Followed) -> Option<Target> {
        let mut target = target;
        for name in rest {
            target = match target {
                Target::Module(module) if name == "super" => Target::Module(self.parent(&module)?),
                Target::Module(module) => {
                    let scopes = self.scopes(&module.file)?;
                    self.look_up(&module, &scopes, name, followed)?
                }
                Target::Enum(declaring) => Target::Member(declaring, name.clone()),
                Target::Member(..) | Target::OtherEnum(_) | Target::Other => {
                    return Some(Target::Other);
                }
            };
        }
        Some(target)
    }

    /// What a name in a scope means.
    fn look_up(
        &self,
        at: &Module,
        scopes: &Scopes,
        name: &str,
        followed: &mut Followed,
    ) -> Option<Target> {
        let step = (at.file.clone(), at.scope, name.to_owned());
        if followed.len() > STEPS || followed.contains(&step) {
            return None;
        }
        followed.push(step);
        let target = self.follow(at, scopes, name, followed);
        followed.pop();
        target
    }

    fn follow(
        &self,
        at: &Module,
        scopes: &Scopes,
        name: &str,
        followed: &mut Followed,
    ) -> Option<Target> {
        let scope = scopes.get(at.scope);
        let mut found = None;
        for (_, meaning) in scope.names.iter().filter(|(own, _)| own == name) {
            let target = match meaning {
                Meaning::Enum(line, variants) => {
                    let is_own = |declaring: &GateEnum| {
                        declaring.name == name
                            && declaring.file == at.file
                            && declaring.line == *line
                    };
                    Some(self.enums.iter().find(|(_, declaring)| is_own(declaring)).map_or_else(
                        || Target::OtherEnum(variants.clone()),
                        |(id, _)| Target::Enum(id),
                    ))
                }
                Meaning::Item => Some(Target::Other),
                Meaning::Inline(scope) => {
                    Some(Target::Module(Module { file: at.file.clone(), scope: *scope }))
                }
                Meaning::File(named) => self
                    .file_of(at, scopes, name, named.as_deref())
                    .map(|file| Target::Module(Module { file, scope: 0 })),
                Meaning::Path(path) => {
                    // What is imported from outside of the workspace is nothing of ours.
                    let target = self.in_scope(&at.file, scopes, at.scope, path, followed);
                    Some(target.unwrap_or(Target::Other))
                }
            };
            // A name may be that of a module and that of an item.
            match target {
                Some(Target::Other) => found = found.or(Some(Target::Other)),
                Some(target) => return Some(target),
                None => {}
            }
        }
        if found.is_some() {
            return found;
        }
        scope.globs.iter().find_map(|path| {
            match self.in_scope(&at.file, scopes, at.scope, path, followed)? {
                Target::Module(module) => {
                    let scopes = self.scopes(&module.file)?;
                    self.look_up(&module, &scopes, name, followed)
                }
                Target::Enum(id) => {
                    self.enums[id].has(name).then(|| Target::Member(id, name.to_owned()))
                }
                Target::OtherEnum(variants) => {
                    variants.iter().any(|variant| variant == name).then_some(Target::Other)
                }
                _ => None,
            }
        })
    }

    /// The file of a module.
    fn file_of(
        &self,
        at: &Module,
        scopes: &Scopes,
        name: &str,
        named: Option<&str>,
    ) -> Option<PathBuf> {
        let folder = at.file.parent()?;
        if let Some(named) = named {
            return Some(folder.join(named)).filter(|file| file.is_file());
        }
        let mut below = if self.owns_folder(&at.file) {
            folder.to_owned()
        } else {
            folder.join(at.file.file_stem()?)
        };
        below.extend(&scopes.get(at.scope).within);
        let files = [below.join(format!("{name}.rs")), below.join(name).join("mod.rs")];
        files.into_iter().find(|file| file.is_file())
    }

    /// Whether the modules of a file are beside it.
    fn owns_folder(&self, file: &Path) -> bool {
        let of_package = || self.workspace.package_of(file);
        file.file_name().is_some_and(|name| name == "mod.rs")
            || of_package().is_some_and(|package| package.roots.iter().any(|root| root == file))
    }

    /// The module around another one.
    fn parent(&self, module: &Module) -> Option<Module> {
        let scopes = self.scopes(&module.file)?;
        if let Some(parent) = scopes.get(module.scope).parent {
            return Some(Module { file: module.file.clone(), scope: scopes.module_of(parent) });
        }
        let folder = module.file.parent()?;
        let (folder, name) = if module.file.file_name()? == "mod.rs" {
            (folder.parent()?, folder.file_name()?)
        } else {
            (folder, module.file.file_stem()?)
        };
        let mut files = vec![folder.join("mod.rs"), folder.with_extension("rs")];
        if let Some(package) = self.workspace.package_of(&module.file) {
            files
                .extend(package.roots.iter().filter(|root| root.parent() == Some(folder)).cloned());
        }
        let name = name.to_str()?;
        files.into_iter().filter(|file| *file != module.file && file.is_file()).find_map(|file| {
            let scopes = self.scopes(&file)?;
            let declares = scopes
                .get(0)
                .names
                .iter()
                .any(|(own, meaning)| own == name && matches!(meaning, Meaning::File(_)));
            declares.then_some(Module { file, scope: 0 })
        })
    }

    /// The scopes of a file, which is read once.
    fn scopes(&self, file: &Path) -> Option<Arc<Scopes>> {
        let known = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(scopes) = known().get(file) {
            return scopes.clone();
        }
        let text = file::read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let scopes =
            text.and_then(|text| Some(Arc::new(Scopes::of(&parse(&text)?, &Lines::of(&text)))));
        known().insert(file.to_owned(), scopes.clone());
        scopes
    }
}
