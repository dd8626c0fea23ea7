//! The parts of a diagnostic. The texts of most of them are in `tests/compile_fail` of the workspace.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use featuregate_core::{Rule, Version};
use featuregate_syntax::{Code, Diagnostic, read};

/// The diagnostics of an enum with the variant `X`, which has the attribute `#[gate(…)]` with these entries.
fn gate(entries: &str) -> Vec<Diagnostic> {
    diagnostics(&format!("enum Feature {{ /// Text.\n #[gate({entries})] X }}"))
}

fn diagnostics(code: &str) -> Vec<Diagnostic> {
    let input = syn::parse_str(code).unwrap();
    read(&input, Version::new(1, 36)).err().map(|error| error.diagnostics).unwrap_or_default()
}

#[test]
fn words_of_other_systems_get_a_suggestion() {
    for (entries, message, help) in [
        (
            r#"beta("1.1", default = false)"#,
            "expected an entry, found a version",
            "write beta = \"1.1\", or beta(since = \"1.1\", …) with other entries",
        ),
        (r#""1.1""#, "expected an entry, found a version", "write alpha = \"1.1\""),
        (
            r#"stable = "1.1""#,
            "unknown entry `stable` in `#[gate(…)]`",
            "write ga = \"1.1\" for a stable gate",
        ),
        (
            r#"preview(since = "1.1", locked = true)"#,
            "unknown entry `preview` in `#[gate(…)]`",
            "write beta(since = \"1.1\", locked = true) for a preview that is on by default, or alpha for one that is off",
        ),
        (
            "stable",
            "unknown entry `stable` in `#[gate(…)]`",
            "write ga = \"1.36\" for a stable gate",
        ),
        (
            r#"alpha = "1.1", menu = "Edit""#,
            "unknown entry `menu` in `#[gate(…)]`",
            "write it as meta(menu = \"…\")",
        ),
        ("ga(lock = false)", "unknown entry `lock` in `ga(…)`", "did you mean `locked`?"),
    ] {
        let found = gate(entries);
        let parts: Vec<_> =
            found.iter().map(|it| (it.message.as_str(), it.help.as_str())).collect();
        assert_eq!(parts, [(message, help)], "{entries}");
    }
}

#[test]
fn a_diagnostic_has_a_code_and_its_gate() {
    let code = r#"
        #[feature_gate(version = "1.36", strict)]
        #[tombstone("old-name", alpha = "1.30")]
        #[tombstone(Later, removed = "1.37", value = true)]
        enum Feature<T> {
            #[gate(alpha = "1.34", requires(Nowhere))]
            NoDoc,
            /// Text.
            #[gate(beta = "1.33", alpha = "1.34")]
            Back,
            /// Text.
            #[gate(alpha = "1.34", name = "Back")]
            Renamed,
        }"#;
    let found = diagnostics(code);
    let parts: Vec<_> = found.iter().map(|it| (it.code, it.gate.as_deref())).collect();
    assert_eq!(
        parts,
        [
            (Code::Attribute, None),
            (Code::Attribute, Some("old-name")),
            (Code::Version, Some("Later")),
            (Code::Enum, None),
            (Code::Dependency, Some("NoDoc")),
            (Code::Doc, Some("NoDoc")),
            (Code::Lifecycle(Rule::Regress), Some("Back")),
            (Code::Name, Some("Renamed")),
        ]
    );
}

#[test]
fn no_diagnostic_is_repeated_and_each_says_what_to_write() {
    for entries in [
        "",
        "alpha alpha",
        "alpha, , beta",
        "alpha(default)",
        "alpha, requires()",
        "owner = 1, alpha",
    ] {
        let found = gate(entries);
        assert_eq!(found.len(), 1, "{entries}: {found:?}");
        assert!(found.iter().all(|it| !it.help.is_empty()), "{entries}: {found:?}");
    }
}

/// The words in backticks of the help for an entry that does not exist, which are all entries that do.
fn entries_of(diagnostics: &[Diagnostic]) -> Vec<String> {
    let help = diagnostics.first().map(|it| it.help.as_str()).unwrap_or_default();
    let list = help.strip_prefix("the entries are ").unwrap();
    list.split(", ").map(Into::into).collect()
}

#[test]
fn the_page_of_the_derive_has_a_row_for_each_entry() {
    let page = include_str!("../../featuregate/src/derive.md");
    let (_, table) = page.split_once("# The whole grammar\n").unwrap();
    let (table, _) = table.split_once("\n# ").unwrap();
    let of_gate = entries_of(&gate("qqqqqqqqq"));
    let of_stage = entries_of(&gate("beta(qqqqqqqqq)"));
    let of_enum = entries_of(&diagnostics("#[feature_gate(qqqqqqqqq)] enum Feature {}"));
    let of_tombstone = entries_of(&diagnostics("#[tombstone(A, qqqqqqqqq)] enum Feature {}"));
    assert!(of_gate.len() > 14 && of_stage.len() > 3 && of_enum.len() > 12);
    for entry in [of_gate, of_stage, of_enum, of_tombstone].concat() {
        let forms = [format!("`{entry}"), format!("({entry}"), format!(", {entry}")];
        assert!(
            forms.iter().any(|form| table.contains(form.as_str())),
            "{entry} is not in the table"
        );
    }
}
