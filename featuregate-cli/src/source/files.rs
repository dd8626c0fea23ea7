//! The files of the source: those of a cargo package, or those that were named.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cargo_metadata::{MetadataCommand, Package};
use clap::Args;
use featuregate_core::Version;
use ignore::WalkBuilder;

use crate::failure::Failure;

/// Which source is meant.
#[derive(Clone, Debug, Args)]
pub(crate) struct Chosen {
    /// The package whose enum is meant, where the workspace has several.
    #[arg(long, short, value_name = "NAME", conflicts_with = "src")]
    package: Option<String>,
    /// The package's Cargo.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "src")]
    manifest_path: Option<PathBuf>,
    /// Reads this file, or the Rust files of this folder, instead of a cargo package.
    #[arg(long, value_name = "PATH")]
    src: Option<PathBuf>,
    /// The enum that is meant, where the source has several that don't belong together.
    #[arg(long = "enum", value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// The source of a program.
#[derive(Debug)]
pub(crate) struct Source {
    /// The folder in which its manifest and its settings lie.
    pub(crate) folder: PathBuf,
    /// The release of the package; zero where there is none.
    pub(crate) version: Version,
    /// By path.
    pub(crate) files: Vec<SourceFile>,
}

/// A file of the source.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// As it is told.
    pub(crate) path: Arc<str>,
    pub(crate) text: String,
}

impl Chosen {
    /// Reads the source.
    pub(crate) fn read(&self) -> Result<Source, Failure> {
        match &self.src {
            Some(path) => {
                let folder = match path.is_dir() {
                    true => path.clone(),
                    false => match path.parent() {
                        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
                        _ => PathBuf::from("."),
                    },
                };
                let files = read(path)?;
                Ok(Source { folder, version: Version::ZERO, files })
            }
            None => self.package(),
        }
    }

    fn package(&self) -> Result<Source, Failure> {
        let mut command = MetadataCommand::new();
        command.no_deps();
        if let Some(path) = &self.manifest_path {
            command.manifest_path(path);
        }
        let metadata = command.exec().map_err(|error| {
            let told = error.to_string();
            let told = told.trim().lines().last().unwrap_or("cargo metadata fails").trim();
            let advice = "run it in a cargo package, or name the source with --src";
            Failure::new(format!("{}; {advice}", told.trim_start_matches("error: ")))
        })?;
        let packages = metadata.workspace_packages();
        let package = self.chosen(&packages)?;
        let folder = package.manifest_path.parent().map_or_else(PathBuf::new, Into::into);
        let release = &package.version;
        let number = |part: u64| u32::try_from(part).ok();
        let version = number(release.major).zip(number(release.minor));
        let (major, minor) = version.ok_or_else(|| {
            Failure::new(format!("the version {release} of {} is too high", package.name))
        })?;
        // Every file below a target's, since modules lie below their crate's root.
        let mut files = Vec::new();
        let mut roots: Vec<PathBuf> = Vec::new();
        for target in &package.targets {
            if target.is_lib() || target.is_bin() || target.is_proc_macro() {
                let root = target.src_path.parent().map_or_else(PathBuf::new, Into::into);
                // A root in the package's own folder would bring in everything, also other packages.
                let root = if root == folder { target.src_path.clone().into() } else { root };
                if !roots.iter().any(|known| root.starts_with(known)) {
                    roots.retain(|known| !known.starts_with(&root));
                    roots.push(root);
                }
            }
        }
        for root in roots {
            files.extend(read(&root)?);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Source { folder, version: Version::new(major, minor), files })
    }

    fn chosen<'p>(&self, packages: &[&'p Package]) -> Result<&'p Package, Failure> {
        let names = || {
            let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
            names.join(", ")
        };
        if let Some(name) = &self.package {
            let found = packages.iter().find(|package| package.name.as_str() == name);
            let unknown =
                || format!("no package of the workspace is named {name}; it has {}", names());
            return found.copied().ok_or_else(|| Failure::new(unknown()));
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let here = match &self.manifest_path {
            Some(path) => {
                path.canonicalize().ok().and_then(|path| path.parent().map(Path::to_path_buf))
            }
            None => here.ok(),
        };
        // The package in whose folder it runs, or the only one.
        let within = |package: &&&Package| {
            let folder = package.manifest_path.parent().map(|it| it.as_std_path().to_path_buf());
            let folder = folder.and_then(|folder| folder.canonicalize().ok());
            folder.zip(here.as_ref()).is_some_and(|(folder, here)| here.starts_with(folder))
        };
        let nearest =
            packages.iter().filter(within).max_by_key(|it| it.manifest_path.as_str().len());
        match (nearest, packages) {
            (Some(package), _) | (None, [package]) => Ok(package),
            _ => Err(Failure::new(format!(
                "the workspace has several packages; choose one with --package: {}",
                names()
            ))),
        }
    }
}

/// A file, or the Rust files of a folder.
fn read(path: &Path) -> Result<Vec<SourceFile>, Failure> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        Failure::new(format!("the source {} can't be read: {error}", path.display()))
    };
    let mut files = Vec::new();
    for entry in WalkBuilder::new(path).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(|error| failed(path, &error))?;
        let named = entry.depth() == 0;
        let rust = entry.path().extension().is_some_and(|extension| extension == "rs");
        if !entry.file_type().is_some_and(|kind| kind.is_file()) || !(named || rust) {
            continue;
        }
        let text =
            std::fs::read_to_string(entry.path()).map_err(|error| failed(entry.path(), &error))?;
        files.push(SourceFile { path: shown(entry.path()), text });
    }
    Ok(files)
}

/// A path from the current directory, where it lies below.
fn shown(path: &Path) -> Arc<str> {
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok());
    Arc::from(below.unwrap_or(path).to_string_lossy())
}
