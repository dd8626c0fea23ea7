//! The packages of a workspace, as cargo knows them.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand};

use crate::error::Error;

/// A package.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The folder of its `Cargo.toml`.
    pub(crate) folder: PathBuf,
    /// The name of its library in code, and the library's root file.
    library: Option<(String, PathBuf)>,
    /// The root files of all targets.
    pub(crate) roots: Vec<PathBuf>,
    /// What it depends on: the name in code, and the name of the package.
    dependencies: Vec<(String, String)>,
}

/// A workspace.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
    pub(crate) packages: Vec<Package>,
    /// Whether a package has features of its own.
    pub(crate) has_features: bool,
}

impl Workspace {
    /// Asks cargo for the workspace of a `Cargo.toml`.
    pub(crate) fn of(manifest: &Path) -> Result<Self, Error> {
        let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec();
        let metadata = metadata.map_err(|error| {
            Error::new(match error {
                cargo_metadata::Error::CargoMetadata { stderr } => {
                    format!("cargo cannot find the source: {}", stderr.trim())
                }
                error => format!("cargo cannot find the source: {error}"),
            })
        })?;
        Ok(Self {
            root: metadata.workspace_root.as_std_path().to_owned(),
            target: metadata.target_directory.as_std_path().to_owned(),
            packages: packages(&metadata),
            has_features: metadata
                .packages
                .iter()
                .any(|package| package.features.keys().any(|feature| feature != "default")),
        })
    }

    /// A folder without cargo.
    pub(crate) fn of_folder(root: PathBuf) -> Self {
        Self { target: root.join("target"), root, packages: Vec::new(), has_features: false }
    }

    /// The package that a file belongs to: the one in the deepest folder.
    pub(crate) fn package_of(&self, file: &Path) -> Option<&Package> {
        self.packages
            .iter()
            .filter(|package| file.starts_with(&package.folder))
            .max_by_key(|package| package.folder.components().count())
    }

    /// The root file of the library that a name means in a package's code.
    pub(crate) fn library<'a>(&'a self, package: &'a Package, name: &str) -> Option<&'a Path> {
        let own = package.library.as_ref().filter(|(own, _)| own == name);
        if let Some((_, root)) = own {
            return Some(root);
        }
        let (_, of) = package.dependencies.iter().find(|(known, _)| known == name)?;
        let of = self.packages.iter().find(|package| package.name == *of)?;
        of.library.as_ref().map(|(_, root)| root.as_path())
    }
}

fn packages(metadata: &Metadata) -> Vec<Package> {
    let in_code = |name: &str| name.replace('-', "_");
    let package = |package: &cargo_metadata::Package| {
        let folder = package.manifest_path.parent()?.as_std_path().to_owned();
        let is_library = |kind: &cargo_metadata::TargetKind| {
            !matches!(
                kind,
                cargo_metadata::TargetKind::Bin
                    | cargo_metadata::TargetKind::Test
                    | cargo_metadata::TargetKind::Bench
                    | cargo_metadata::TargetKind::Example
                    | cargo_metadata::TargetKind::CustomBuild
            )
        };
        let library = package.targets.iter().find(|target| target.kind.iter().any(is_library));
        let library_of = |name: &str| {
            // A library may have another name than its package.
            let of = metadata.packages.iter().find(|package| package.name.as_str() == name)?;
            let library = of.targets.iter().find(|target| target.kind.iter().any(is_library))?;
            Some(in_code(&library.name))
        };
        let dependency = |dependency: &cargo_metadata::Dependency| {
            let name = match &dependency.rename {
                Some(rename) => in_code(rename),
                None => library_of(&dependency.name).unwrap_or_else(|| in_code(&dependency.name)),
            };
            (name, dependency.name.clone())
        };
        Some(Package {
            name: package.name.to_string(),
            folder,
            library: library
                .map(|target| (in_code(&target.name), target.src_path.as_std_path().to_owned())),
            roots: package
                .targets
                .iter()
                .map(|target| target.src_path.as_std_path().to_owned())
                .collect(),
            dependencies: package.dependencies.iter().map(dependency).collect(),
        })
    };
    metadata.packages.iter().filter_map(package).collect()
}
