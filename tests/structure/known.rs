//! What is still wrong, and compared exactly, so that it can only shrink. The aim is that both lists are empty.

/// A crate, and files of it that import from one another.
pub(crate) const KNOWN_CYCLES: &[(&str, &[&str])] = &[
    (
        "featuregate-cli",
        &[
            "config/extract.rs",
            "config/extract/read.rs",
            "config/extract/read/document.rs",
            "config/extract/sniff.rs",
        ],
    ),
    (
        "featuregate-cli",
        &[
            "config/extract/tree.rs",
            "config/extract/tree/json.rs",
            "config/extract/tree/toml.rs",
            "config/extract/tree/yaml.rs",
        ],
    ),
    ("featuregate-cli", &["config/walk.rs", "config/walk/named.rs"]),
];

/// A crate, and an import against the order of its folders.
pub(crate) const KNOWN_BACKWARD: &[(&str, &str)] = &[];
