//! The manifest of an enum: its gates as data, beside the program.
//!
//! The compiled program is authoritative, and people, release tools and other languages read the committed
//! `featuregates.yaml`. The command `featuregate update` writes the same file from the source; it
//! also sees which gates are compiled only under a `cfg`, and the comparison here ignores that. One line in a
//! test keeps the file up to date:
//!
//! ```
//! # use featuregate::FeatureGate;
//! # #[derive(Clone, Copy, FeatureGate)]
//! # enum Feature {
//! #     /// A cache in front of the disk.
//! #     #[gate(alpha)]
//! #     Cache,
//! # }
//! featuregate::golden_manifest!(Feature);
//! ```

use core::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use featuregate_core::__private::Declared;
use featuregate_core::GateSpec;
pub use featuregate_core::manifest::{
    Component, Diagnostic, Gate, GoldenError, Manifest, ReadError, UPDATE_VARIABLE, WriteError,
};
use featuregate_core::manifest::{Syntax, golden};

use crate::declare::declaration::Part;
use crate::resolve::enums::{Enums, declared};

/// The manifest of an enum as it was compiled, or of a tuple of enums: variants and removed gates.
///
/// Gates of a component have its prefix. Gates of other enums that a gate requires are left out.
///
/// ```
/// use featuregate::FeatureGate;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// #[feature_gate(version = "1.36")]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha = "1.35", owner = "storage")]
///     Cache,
/// }
///
/// assert_eq!(
///     featuregate::manifest::<Feature>().to_yaml()?,
///     "\
/// version: \"1.36\"
/// gates:
/// - name: Cache
///   versionedSpecs:
///   - default: false
///     lockToDefault: false
///     preRelease: Alpha
///     version: \"1.35\"
///   doc: A cache in front of the disk.
///   owner: storage
/// "
/// );
/// # Ok::<(), featuregate::manifest::WriteError>(())
/// ```
#[must_use]
pub fn manifest<E: Enums>() -> Manifest {
    let mut components: BTreeMap<Option<&str>, Declared> = BTreeMap::new();
    for declared in declared::<E>() {
        let joined = match components.remove(&declared.component) {
            Some(known) => known.join(declared),
            None => declared,
        };
        components.insert(joined.component, joined);
    }
    let manifest = Manifest::of_components(components.into_iter().map(|(component, declared)| {
        let mut specs: Vec<GateSpec> = Vec::new();
        (declared.gates)(&mut |spec| specs.push(spec));
        (declared.tombstones)(&mut |spec| specs.push(spec));
        let manifest = Manifest::of_specs(declared.version, declared.removed, &specs);
        let manifest = manifest.with_syntax(Syntax::Featuregate).with_groups(declared.groups);
        (component.map(String::from), manifest)
    }));
    manifest.with_variables(E::parts().iter().flat_map(Part::variables))
}

/// Compares the manifest of an enum or of several with a committed file; with the environment variable
/// [`UPDATE_VARIABLE`] set, writes the file instead if it differs. See
/// [`golden_manifest!`](crate::golden_manifest), which makes a test of it.
///
/// # Errors
/// [`CompareError`]: the difference and how to update the file, or why the file cannot be read or written.
pub fn compare<E: Enums>(path: impl AsRef<Path>) -> Result<(), CompareError> {
    let path = path.as_ref();
    let failed = |error| CompareError { path: path.into(), cause: Cause::Io(error) };
    let committed = match fs::read(path) {
        // A file that is not UTF-8 differs from the expected text.
        Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let Err(error) = golden(committed.as_deref(), &manifest::<E>()) else {
        return Ok(());
    };
    let is_update =
        env::var_os(UPDATE_VARIABLE).is_some_and(|value| !value.is_empty() && value != "0");
    match error.expected().filter(|_| is_update) {
        Some(expected) => fs::write(path, expected).map_err(failed),
        None => Err(CompareError { path: path.into(), cause: Cause::Golden(error) }),
    }
}

/// Why a committed manifest is not up to date. `Display` shows the lines that differ, and how to update it.
#[derive(Debug)]
pub struct CompareError {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Golden(GoldenError),
    Io(io::Error),
}

impl CompareError {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The difference, if the file could be read.
    #[must_use]
    pub fn difference(&self) -> Option<&GoldenError> {
        match &self.cause {
            Cause::Golden(error) => Some(error),
            Cause::Io(_) => None,
        }
    }
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Golden(error) => error.fmt(f),
            Cause::Io(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for CompareError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.cause {
            Cause::Golden(error) => Some(error),
            Cause::Io(error) => Some(error),
        }
    }
}

/// A test that the committed manifest of an enum, or of a tuple of enums, matches the compiled program: `featuregates.yaml`
/// beside the crate's `Cargo.toml`, or the path in the second argument, relative to that folder.
///
/// If it differs, the test shows the lines and says how to update the file:
/// `FEATUREGATE_UPDATE=1 cargo test golden_manifest`. A third argument is the name of the test, for a module with
/// several such tests. See [`manifest`](mod@crate::manifest).
#[macro_export]
macro_rules! golden_manifest {
    ($gates:ty) => {
        $crate::golden_manifest!($gates, "featuregates.yaml");
    };
    ($gates:ty, $file:expr) => {
        $crate::golden_manifest!($gates, $file, golden_manifest);
    };
    ($gates:ty, $file:expr, $test:ident) => {
        #[test]
        fn $test() {
            let folder = ::std::path::Path::new(::core::env!("CARGO_MANIFEST_DIR"));
            if let ::core::result::Result::Err(error) =
                $crate::manifest::compare::<$gates>(folder.join($file))
            {
                ::core::panic!("{error}");
            }
        }
    };
}
