//! The selected package, as cargo knows it.

use std::path::{Path, PathBuf};

use cargo_metadata::{MetadataCommand, Target, TargetKind};
use featuregate_core::{Precision, Version};

use crate::error::Error;
use crate::io::file;

/// A package.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: Version,
    /// The folder of its `Cargo.toml`.
    pub(crate) folder: PathBuf,
    /// The root files of its library and programs.
    pub(crate) roots: Vec<PathBuf>,
    /// The names of its library and programs, as their code has them.
    pub(crate) crates: Vec<String>,
    /// The root file of its library.
    pub(crate) library: Option<PathBuf>,
    /// The root file of its program, the one with its name if there are several.
    pub(crate) program: Option<PathBuf>,
}

impl Package {
    /// Asks cargo for the package of a `Cargo.toml`, by default the nearest one, or for one of its workspace by name.
    pub(crate) fn find(manifest: Option<&Path>, name: Option<&str>) -> Result<Self, Error> {
        let manifest = self::manifest(manifest)?;
        let metadata = MetadataCommand::new().manifest_path(&manifest).no_deps().exec();
        let metadata = metadata.map_err(|error| failure(&error))?;
        let own = std::fs::canonicalize(&manifest).ok();
        let is_own = |package: &cargo_metadata::Package| {
            let manifest = std::fs::canonicalize(&package.manifest_path).ok();
            manifest.is_some() && manifest == own
        };
        let meant = |package: &&cargo_metadata::Package| {
            name.map_or_else(|| is_own(package), |name| package.name.as_str() == name)
        };
        let Some(package) = metadata.packages.iter().find(meant) else {
            let names: Vec<&str> =
                metadata.packages.iter().map(|package| package.name.as_str()).collect();
            let (shown, names) = (manifest.display(), names.join(", "));
            return Err(Error::new(match name {
                Some(name) => {
                    format!("the workspace of {shown} has no package {name}; it has {names}")
                }
                None => format!(
                    "{shown} is a workspace without a package of its own; name one with --package: {names}"
                ),
            }));
        };
        Self::of(package)
    }

    /// Asks cargo for all packages of the workspace of a `Cargo.toml`, by default the nearest one.
    pub(super) fn all(manifest: Option<&Path>) -> Result<Vec<Self>, Error> {
        let manifest = self::manifest(manifest)?;
        let metadata = MetadataCommand::new().manifest_path(&manifest).no_deps().exec();
        let metadata = metadata.map_err(|error| failure(&error))?;
        metadata.packages.iter().map(Self::of).collect()
    }

    fn of(package: &cargo_metadata::Package) -> Result<Self, Error> {
        let version =
            Precision::Patch.of_release(&package.version.to_string()).map_err(|error| {
                Error::new(format!("the version of the package is not valid: {error}"))
            })?;
        let folder = package.manifest_path.parent().map(|folder| folder.as_std_path().to_owned());
        let of_program: Vec<&Target> =
            package.targets.iter().filter(|target| is_of_program(target)).collect();
        let root = |target: &&Target| target.src_path.as_std_path().to_owned();
        let programs = of_program.iter().filter(|target| target.is_bin());
        let program = programs.min_by_key(|target| target.name != package.name.as_str());
        Ok(Self {
            name: package.name.to_string(),
            version,
            folder: relative(folder.unwrap_or_default()),
            roots: of_program.iter().map(root).collect(),
            crates: of_program.iter().map(|target| target.name.replace('-', "_")).collect(),
            library: of_program.iter().find(|target| !target.is_bin()).map(root),
            program: program.map(root),
        })
    }
}

/// Whether it is a part of what runs, and not a test of it or a program that builds it.
fn is_of_program(target: &Target) -> bool {
    let other = |kind: &TargetKind| {
        matches!(
            kind,
            TargetKind::Bench | TargetKind::CustomBuild | TargetKind::Example | TargetKind::Test
        )
    };
    !target.kind.iter().any(other)
}

/// The given `Cargo.toml`, or else the nearest one from the current directory upwards.
pub(super) fn manifest(given: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let here = std::env::current_dir()
        .map_err(|error| Error::new(format!("cannot read the current directory: {error}")))?;
    let manifests = here.ancestors().map(|folder| folder.join("Cargo.toml"));
    manifests.into_iter().find(|manifest| manifest.is_file()).ok_or_else(|| {
        Error::new(format!(
            "no Cargo.toml in {} or a folder above it; name one with --manifest-path, or the source with --src",
            here.display()
        ))
    })
}

/// The version of the crate that a file belongs to.
pub(crate) fn version_at(file: &Path) -> Option<Version> {
    Precision::Patch.of_release(&field_at(file, "version")?).ok()
}

/// A field of the package that a file belongs to, as its `Cargo.toml` or that of its workspace says. Cargo is not run,
/// since its configuration may name programs.
pub(crate) fn field_at(file: &Path, field: &str) -> Option<String> {
    let mut inherited = false;
    for folder in file.ancestors().skip(1) {
        let Ok(bytes) = file::read(&folder.join("Cargo.toml")) else { continue };
        let manifest: toml::Table = toml::from_str(str::from_utf8(&bytes).ok()?).ok()?;
        let package = manifest.get("package").filter(|_| !inherited);
        // Of the workspace, or none.
        inherited |= package.is_some();
        let workspace = manifest.get("workspace").filter(|_| inherited);
        let shared = workspace.and_then(|workspace| workspace.get("package"));
        let text = |table: &toml::Value| Some(table.get(field)?.as_str()?.to_owned());
        if let Some(text) = package.and_then(text).or_else(|| shared.and_then(text)) {
            return Some(text);
        }
    }
    None
}

/// A path as it is shown: from the current directory, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    relative(path.to_owned()).to_string_lossy().replace('\\', "/")
}

/// A path from the current directory, if it is below it.
pub(crate) fn relative(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().ok();
    match here.as_deref().and_then(|here| path.strip_prefix(here).ok()) {
        Some(inside) => inside.to_owned(),
        None => path,
    }
}

fn failure(error: &cargo_metadata::Error) -> Error {
    Error::new(match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            format!("cargo cannot find the source: {}", stderr.trim())
        }
        cargo_metadata::Error::Io(error) => {
            format!("cannot run cargo: {error}; name the source with --src")
        }
        error => format!("cargo cannot find the source: {error}"),
    })
}
