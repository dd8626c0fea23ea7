//! The arguments that select the source.

use std::path::{Path, PathBuf};

use clap::Args;
use featuregate_core::{Precision, Version};
use ignore::WalkBuilder;

use super::modules::{Instead, Root};
use super::package::{self, Package};
use super::read::Source;
use super::workspace::Workspace;
use crate::error::Error;

/// The file beside a package's `Cargo.toml`.
const MANIFEST: &str = "featuregates.yaml";

/// The source and the manifest.
#[derive(Clone, Debug, Args)]
pub(crate) struct Selection {
    #[command(flatten)]
    pub(crate) code: Code,
    /// The manifest; by default featuregates.yaml beside the package's Cargo.toml.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// The source.
#[derive(Clone, Debug, Args)]
pub(crate) struct Code {
    /// The Cargo.toml of the package; by default the nearest one from the current directory upwards.
    #[arg(long, value_name = "FILE", conflicts_with = "src")]
    manifest_path: Option<PathBuf>,
    /// The package, if it is not the one of the Cargo.toml.
    #[arg(long, short, value_name = "NAME", conflicts_with = "src")]
    package: Option<String>,
    /// Reads this source instead of a package's, without cargo: a file with the modules that it declares, or
    /// all files of a folder. May be repeated.
    #[arg(long, value_name = "PATH")]
    src: Vec<PathBuf>,
    /// The enum to read, if there are several that do not belong together.
    #[arg(long = "enum", value_name = "NAME")]
    name: Option<String>,
    /// The release of enums without a version of their own, which is that of their crate.
    #[arg(long, value_name = "VERSION", requires = "src")]
    crate_version: Option<String>,
}

/// The selected source.
#[derive(Debug)]
pub(crate) struct Selected {
    /// What it declares.
    pub(crate) source: Source,
    /// The folder of the package; without a package, the current one.
    pub(crate) folder: PathBuf,
    /// The crates of the package, as their code names them.
    pub(crate) crates: Vec<String>,
    manifest: Option<PathBuf>,
}

impl Selection {
    /// Reads the source.
    pub(crate) fn read(&self) -> Result<Selected, Error> {
        Ok(Selected { manifest: self.manifest.clone(), ..self.code.read()? })
    }

    /// Reads the other packages of the workspace that have enums.
    pub(crate) fn read_others(&self, selected: &Selected) -> Result<Vec<Selected>, Error> {
        if !self.code.src.is_empty() {
            return Ok(Vec::new());
        }
        let mut all = Code { name: None, ..self.code.clone() }.read_workspace()?;
        all.retain(|other| other.folder != selected.folder);
        Ok(all)
    }

    /// Reads all enums of the source, of which that of the argument is the one that is meant, unless they do not belong
    /// together. Some files may have another text.
    pub(crate) fn read_around(&self, instead: &Instead) -> Result<Selected, Error> {
        let all = self.code.read_named(None, instead)?;
        let apart = self.code.name.is_some() && !all.source.diagnostics.is_empty();
        let read = if apart { self.code.read_named(self.enum_name(), instead)? } else { all };
        Ok(Selected { manifest: self.manifest.clone(), ..read })
    }

    /// All enums of a package.
    pub(crate) fn of_package(package: &Package) -> Self {
        let code = Code {
            manifest_path: Some(package.folder.join("Cargo.toml")),
            package: Some(package.name.clone()),
            src: Vec::new(),
            name: None,
            crate_version: None,
        };
        Self { code, manifest: None }
    }

    /// The enum that is meant.
    pub(crate) fn enum_name(&self) -> Option<&str> {
        self.code.name.as_deref()
    }

    /// The same selection in another folder.
    pub(crate) fn moved(&self, there: &dyn Fn(&Path) -> PathBuf) -> Result<Self, Error> {
        let manifest = self.manifest.as_deref().map(there);
        Ok(Self { code: self.code.moved(there)?, manifest })
    }
}

impl Code {
    /// Reads the source.
    pub(crate) fn read(&self) -> Result<Selected, Error> {
        self.read_named(self.name.as_deref(), &Instead::default())
    }

    fn read_named(&self, name: Option<&str>, instead: &Instead) -> Result<Selected, Error> {
        let (source, folder, crates, read_from) = if self.src.is_empty() {
            let package = Package::find(self.manifest_path.as_deref(), self.package.as_deref())?;
            let roots = package.roots.into_iter().map(Root::of_file).collect();
            let source = Source::read(roots, package.version, name, instead);
            (source, package.folder, package.crates, format!("package {}", package.name))
        } else {
            let mut roots = Vec::new();
            for path in &self.src {
                roots.extend(self::roots(path)?);
            }
            let source = Source::read(roots, self.crate_version()?, name, instead);
            let shown: Vec<String> =
                self.src.iter().map(|path| path.display().to_string()).collect();
            (source, PathBuf::new(), Vec::new(), shown.join(", "))
        };
        let source = source.require_enums(name, &read_from)?;
        Ok(Selected { source, folder, crates, manifest: None })
    }

    /// Reads the source of each package of the workspace that has enums.
    pub(crate) fn read_workspace(&self) -> Result<Vec<Selected>, Error> {
        let name = self.name.as_deref();
        let mut selected = Vec::new();
        for package in Package::all(self.manifest_path.as_deref())? {
            let roots = package.roots.into_iter().map(Root::of_file).collect();
            let source = Source::read(roots, package.version, name, &Instead::default());
            if !source.components.is_empty() || !source.diagnostics.is_empty() {
                let Package { folder, crates, .. } = package;
                selected.push(Selected { source, folder, crates, manifest: None });
            }
        }
        if selected.is_empty() {
            return Err(Error::new("no enum in a package of the workspace derives FeatureGate"));
        }
        Ok(selected)
    }

    /// The same selection in another folder.
    fn moved(&self, there: &dyn Fn(&Path) -> PathBuf) -> Result<Self, Error> {
        let manifest = package::manifest(self.manifest_path.as_deref())?;
        Ok(Self {
            manifest_path: self.src.is_empty().then(|| there(&manifest)),
            src: self.src.iter().map(|path| there(path)).collect(),
            ..self.clone()
        })
    }

    /// Reads the source of the named package, or else that of the whole workspace.
    pub(crate) fn read_widely(&self) -> Result<Vec<Selected>, Error> {
        if self.package.is_none() && self.src.is_empty() {
            self.read_workspace()
        } else {
            Ok(vec![self.read()?])
        }
    }

    /// The workspace of the selected package.
    pub(crate) fn workspace(&self) -> Result<Workspace, Error> {
        Workspace::of(&package::manifest(self.manifest_path.as_deref())?)
    }

    /// Where code may use the gates of the selected source: in the workspace, or where only files were named, in the
    /// current folder.
    pub(crate) fn searched(&self) -> Result<Workspace, Error> {
        if self.src.is_empty() {
            return self.workspace();
        }
        let here = std::env::current_dir();
        here.map(Workspace::of_folder)
            .map_err(|error| Error::new(format!("cannot read the current directory: {error}")))
    }

    fn crate_version(&self) -> Result<Version, Error> {
        match &self.crate_version {
            Some(text) => Precision::Patch
                .of_release(text)
                .map_err(|error| Error::new(format!("--crate-version: {error}"))),
            None => Ok(Version::ZERO),
        }
    }
}

impl Selected {
    /// The file of the manifest.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.manifest.clone().unwrap_or_else(|| self.folder.join(MANIFEST))
    }
}

/// The roots in a file or a folder.
fn roots(path: &Path) -> Result<Vec<Root>, Error> {
    let shown = path.display();
    let metadata = std::fs::metadata(path).map_err(|error| {
        Error::new(format!("cannot read {shown}: {error}; name the source with --src PATH"))
    })?;
    if metadata.is_file() {
        return Ok(vec![Root::of_file(path.to_owned())]);
    }
    if !metadata.is_dir() {
        return Err(Error::new(format!("{shown} is neither a file nor a folder of source")));
    }
    let mut roots = Vec::new();
    for entry in WalkBuilder::new(path).build() {
        let entry = entry.map_err(|error| Error::new(format!("cannot read {shown}: {error}")))?;
        let source = entry.path().extension().is_some_and(|extension| extension == "rs");
        if source && entry.file_type().is_some_and(|kind| kind.is_file()) {
            roots.push(Root::in_folder(entry.into_path()));
        }
    }
    roots.sort_by_cached_key(Root::order);
    Ok(roots)
}
