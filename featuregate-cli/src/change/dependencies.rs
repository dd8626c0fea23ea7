//! The dependencies of a package, in its `Cargo.toml`.

use std::path::PathBuf;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TomlError, Value};

/// A dependency that a package needs.
#[derive(Clone, Debug)]
pub(crate) struct Dependency {
    pub(crate) name: &'static str,
    pub(crate) source: Source,
    pub(crate) features: &'static [&'static str],
    /// Whether only tests need it.
    pub(crate) of_tests: bool,
}

/// Where a package comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// The registry.
    Version(&'static str),
    Path(PathBuf),
}

/// The text of a `Cargo.toml` with these dependencies. What it says of them already stays, with the features that are
/// missing.
pub(crate) fn with(text: &str, dependencies: &[Dependency]) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    for dependency in dependencies {
        let section = if dependency.of_tests { "dev-dependencies" } else { "dependencies" };
        let section = document.entry(section).or_insert_with(|| Item::Table(Table::new()));
        let Some(section) = section.as_table_like_mut() else { continue };
        match section.get_mut(dependency.name) {
            Some(known) => add_features(known, dependency.features),
            None => {
                section.insert(dependency.name, Item::Value(dependency.value()));
            }
        }
    }
    Ok(document.to_string())
}

impl Dependency {
    fn value(&self) -> Value {
        let mut table = InlineTable::new();
        match &self.source {
            Source::Version(version) if self.features.is_empty() => return (*version).into(),
            Source::Version(version) => table.insert("version", (*version).into()),
            Source::Path(path) => table.insert("path", path.to_string_lossy().into_owned().into()),
        };
        if !self.features.is_empty() {
            table.insert("features", self.features.iter().copied().collect::<Array>().into());
        }
        table.into()
    }
}

/// Adds the features that a dependency does not have yet.
fn add_features(known: &mut Item, features: &[&str]) {
    if features.is_empty() {
        return;
    }
    if let Some(version) = known.as_str() {
        let mut table = InlineTable::new();
        table.insert("version", version.into());
        *known = Item::Value(table.into());
    }
    let Some(table) = known.as_table_like_mut() else { return };
    let list = table.entry("features").or_insert_with(|| Item::Value(Array::new().into()));
    let Some(list) = list.as_array_mut() else { return };
    for feature in features {
        if !list.iter().any(|known| known.as_str() == Some(feature)) {
            list.push(*feature);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dependency, Source, with};

    const NEEDED: &[Dependency] = &[
        Dependency {
            name: "featuregate",
            source: Source::Version("0.1.0"),
            features: &["clap", "serde"],
            of_tests: false,
        },
        Dependency { name: "toml", source: Source::Version("1"), features: &[], of_tests: false },
        Dependency {
            name: "featuregate-test",
            source: Source::Version("0.1.0"),
            features: &["record"],
            of_tests: true,
        },
    ];

    #[test]
    fn missing_dependencies_and_features_are_added_and_the_rest_stays() {
        for (before, after) in [
            (
                "[package]\nname = \"a\" # mine\n\n[dependencies]\n",
                "[package]\nname = \"a\" # mine\n\n[dependencies]\n\
                 featuregate = { version = \"0.1.0\", features = [\"clap\", \"serde\"] }\ntoml = \"1\"\n\n\
                 [dev-dependencies]\nfeaturegate-test = { version = \"0.1.0\", features = [\"record\"] }\n",
            ),
            (
                "[dependencies]\nfeaturegate = \"0.1\"\ntoml = { workspace = true }\n\
                 [dev-dependencies]\nfeaturegate-test.workspace = true\n",
                "[dependencies]\nfeaturegate = { version = \"0.1\", features = [\"clap\", \"serde\"] }\ntoml = { workspace = true }\n\
                 [dev-dependencies]\nfeaturegate-test.workspace = true\nfeaturegate-test.features = [\"record\"]\n",
            ),
            (
                "[dependencies.featuregate]\npath = \"../f\"\nfeatures = [\"serde\"]\n[dependencies.toml]\nversion = \"0.9\"\n\
                 [dev-dependencies]\nfeaturegate-test = { path = \"../t\", features = [\"record\"] }\n",
                "[dependencies.featuregate]\npath = \"../f\"\nfeatures = [\"serde\", \"clap\"]\n[dependencies.toml]\nversion = \"0.9\"\n\
                 [dev-dependencies]\nfeaturegate-test = { path = \"../t\", features = [\"record\"] }\n",
            ),
        ] {
            assert_eq!(with(before, NEEDED).unwrap(), after);
            assert_eq!(with(after, NEEDED).unwrap(), after);
        }
        assert!(with("[dependencies", NEEDED).is_err());
    }
}
