//! What gates are called, and what a gate says of itself.

use featuregate::{FeatureGate, GateSpec, Stage, Version};

/// The gates of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.3", rename_all = "kebab-case", component = "term")]
#[tombstone(GhostCommit, removed = "1.2", value = false)]
#[tombstone("JS_REPL", ga = "1.0", removed = "1.1")]
#[tombstone(OldUndo, name = "undo_once", beta = "1.0", removed = "1.3", requires(ShellTool))]
enum Feature {
    /// Runs commands in one shell.
    #[gate(
        alpha = "1.0",
        beta = "1.2",
        alias = "unified_exec",
        alias = "exec",
        owner = "shell",
        issue = "https://example.org/7",
        meta(menu = "Shell", since = "2025")
    )]
    ShellTool,
    /// Searches the web.
    #[gate(ga(since = "1.1", locked = false, default = false), name = "WEB", tags(net))]
    WebSearch,
    /// Is never there.
    #[gate(beta = "1.3", available = cfg!(any()), requires(ShellTool))]
    Absent,
}

#[test]
fn all_names_are_written_in_one_way_except_those_that_are_given() {
    let names: Vec<&str> = Feature::all().map(Feature::name).collect();
    assert_eq!(names, ["shell-tool", "WEB", "absent"]);
    let absent = Feature::Absent.spec();
    assert_eq!(absent.requires().collect::<Vec<_>>(), ["shell-tool"]);
    let resolver = Feature::resolver();
    let gates = resolver.gates().unwrap();
    let removed: Vec<&str> =
        gates.specs().iter().filter(|spec| spec.removed().is_some()).map(GateSpec::name).collect();
    assert_eq!(removed, ["ghost-commit", "JS_REPL", "undo_once"]);
    let undo = gates.get("term:undo_once").unwrap();
    assert_eq!(undo.requires().collect::<Vec<_>>(), ["shell-tool"], "the name, not the variant");
}

#[test]
fn a_gate_is_found_by_each_of_its_names() {
    for (text, gate, former) in [
        ("shell-tool", Feature::ShellTool, None),
        ("exec", Feature::ShellTool, Some("exec")),
        ("term:unified_exec", Feature::ShellTool, Some("unified_exec")),
        ("WEB", Feature::WebSearch, None),
        ("term:WEB", Feature::WebSearch, None),
    ] {
        let found = Feature::find(text).unwrap();
        assert_eq!((found.gate(), found.former_name()), (gate, former), "{text}");
        assert_eq!(text.parse(), Ok(gate), "{text}");
    }
    for text in ["ShellTool", "web", "other:WEB", "", "undo_once", "JS_REPL", ":WEB"] {
        assert_eq!(Feature::find(text), None, "{text}");
    }
}

#[test]
fn what_is_not_found_was_removed_or_has_a_nearest_name() {
    for (text, shown) in [
        ("shell_tool", "unknown gate \"shell_tool\"; did you mean shell-tool?"),
        ("unifiedexec", "unknown gate \"unifiedexec\"; did you mean shell-tool?"),
        ("elsewhere", "unknown gate \"elsewhere\""),
        ("ghost-commit", "gate ghost-commit was removed in 1.2"),
    ] {
        assert_eq!(text.parse::<Feature>().unwrap_err().to_string(), shown);
    }
    let error = "undo_once".parse::<Feature>().unwrap_err();
    assert_eq!((error.removed(), error.nearest()), (Some(Version::new(1, 3)), None));
}

#[test]
fn what_a_gate_says_of_itself_is_constant() {
    const SHELL: (&str, &str, Stage, bool) = (
        Feature::ShellTool.name(),
        Feature::ShellTool.doc(),
        Feature::ShellTool.stage(),
        Feature::ShellTool.default(),
    );
    const TRACKED: (Option<&str>, Option<&str>) =
        (Feature::ShellTool.owner(), Feature::ShellTool.issue());
    assert_eq!(SHELL, ("shell-tool", "Runs commands in one shell.", Stage::Beta, true));
    assert_eq!(TRACKED, (Some("shell"), Some("https://example.org/7")));
    assert_eq!((Feature::WebSearch.stage(), Feature::WebSearch.default()), (Stage::Ga, false));
    assert_eq!((Feature::WebSearch.owner(), Feature::WebSearch.issue()), (None, None));
    assert!(!Feature::Absent.default(), "it is not compiled in");
}

#[test]
fn a_gate_has_the_notes_and_tags_of_its_program() {
    let spec = Feature::ShellTool.spec();
    assert_eq!(spec.metas().collect::<Vec<_>>(), [("menu", "Shell"), ("since", "2025")]);
    assert_eq!(spec.tags().count(), 0);
    assert_eq!(Feature::WebSearch.spec().tags().collect::<Vec<_>>(), ["net"]);
}
