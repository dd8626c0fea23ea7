//! What is still wrong, and compared exactly, so that it can only shrink. The aim is that both lists are empty.

/// A crate, and files of it that import from one another.
pub(crate) const KNOWN_CYCLES: &[(&str, &[&str])] = &[
    (
        "featuregate",
        &[
            "cells.rs",
            "declaration.rs",
            "enums.rs",
            "gate.rs",
            "gates.rs",
            "lib.rs",
            "manifest.rs",
            "resolution.rs",
            "resolver.rs",
            "testing.rs",
        ],
    ),
    ("featuregate", &["serde.rs", "serde/explained.rs", "serde/report.rs"]),
    (
        "featuregate-cli",
        &["extract.rs", "extract/read.rs", "extract/read/document.rs", "extract/sniff.rs"],
    ),
    (
        "featuregate-cli",
        &[
            "extract/tree.rs",
            "extract/tree/json.rs",
            "extract/tree/toml.rs",
            "extract/tree/yaml.rs",
        ],
    ),
    (
        "featuregate-cli",
        &[
            "report.rs",
            "report/github.rs",
            "report/human.rs",
            "report/json.rs",
            "report/sarif.rs",
            "report/texts.rs",
        ],
    ),
    (
        "featuregate-cli",
        &[
            "rules.rs",
            "rules/check.rs",
            "rules/check/deprecated_gate.rs",
            "rules/check/duplicate_gate.rs",
            "rules/check/invalid_value.rs",
            "rules/check/locked_gate.rs",
            "rules/check/not_yet_introduced.rs",
            "rules/check/redundant_gate.rs",
            "rules/check/removed_gate.rs",
            "rules/check/unknown_gate.rs",
            "rules/check/unmet_dependency.rs",
            "rules/policy.rs",
            "rules/verify.rs",
            "rules/verify/alpha_on_by_default.rs",
            "rules/verify/attribute.rs",
            "rules/verify/dropped_tombstone.rs",
            "rules/verify/illegal_transition.rs",
            "rules/verify/invalid_declaration.rs",
            "rules/verify/missing_tombstone.rs",
            "rules/verify/no_doc.rs",
            "rules/verify/no_issue.rs",
            "rules/verify/no_owner.rs",
            "rules/verify/old_alpha.rs",
            "rules/verify/overdue_removal.rs",
            "rules/verify/removed_too_early.rs",
            "rules/verify/reused_name.rs",
            "rules/verify/stale_manifest.rs",
        ],
    ),
    (
        "featuregate-cli",
        &[
            "source.rs",
            "source/component.rs",
            "source/declared.rs",
            "source/modules.rs",
            "source/selection.rs",
        ],
    ),
    ("featuregate-cli", &["walk.rs", "walk/named.rs"]),
    (
        "featuregate-core",
        &["manifest.rs", "manifest/golden.rs", "manifest/read.rs", "manifest/write.rs"],
    ),
    (
        "featuregate-syntax",
        &[
            "attr.rs",
            "attr/declaration.rs",
            "attr/milestone.rs",
            "attr/settings.rs",
            "attr/tombstone.rs",
            "attr/variant.rs",
        ],
    ),
];

/// A crate, and an import against the order of its folders.
pub(crate) const KNOWN_BACKWARD: &[(&str, &str)] = &[("featuregate-core", "declare → resolve")];
