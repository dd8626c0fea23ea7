//! What the page shows, and that nothing on it is more than text.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use featuregate_core::{RawMilestone, RawSpec, Registry, Version};
use featuregate_page::{CONTENT_SECURITY_POLICY, Page};

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";

fn registry(gates: impl IntoIterator<Item = RawSpec>) -> Registry {
    let mut registry = Registry::new(Version::new(1, 36));
    registry.register(gates).unwrap();
    registry
}

fn gate(name: &str) -> RawSpec {
    RawSpec::new(name).milestone(RawMilestone::alpha("1.30")).milestone(RawMilestone::beta("1.34"))
}

#[test]
fn texts_from_data_are_never_markup() {
    let mut hostile = gate("A").doc(format!("{HOSTILE}\n\n{HOSTILE}")).alias("Old<b>");
    hostile.owner = Some(HOSTILE.into());
    hostile.issue = Some("javascript:alert(1)".into());
    let registry = registry([hostile]);
    let html = Page::of_process(HOSTILE, registry.resolution()).to_html();
    assert!(!html.contains("<script>alert"), "a script");
    assert!(!html.contains("<img"), "an element");
    assert!(!html.contains("href=\"javascript:"), "a link that runs");
    assert_eq!(html.matches("<script>").count(), 1, "only the page's own");
    assert!(html.contains("javascript:alert(1)"), "shown as text");
}

#[test]
fn the_page_asks_for_nothing() {
    let html = Page::of_process("app", registry([gate("A")]).resolution()).to_html();
    for loads in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "rel=\"stylesheet\""] {
        assert!(!html.contains(loads), "{loads}");
    }
    let inline = CONTENT_SECURITY_POLICY.split("; frame-ancestors").next().unwrap();
    assert!(html.contains(inline), "the policy is in the page");
}

#[test]
fn a_process_shows_value_origin_and_what_was_overridden() {
    let mut registry = registry([gate("A"), gate("B").requires("A")]);
    registry.set("AllBeta=true,B=false").unwrap();
    let html = Page::of_process("app", registry.resolution()).to_html();
    assert!(
        html.contains("2 gates") && html.contains("1 on") && html.contains("1 differs"),
        "{html}"
    );
    assert!(html.contains("AllBeta, the program, column 1, &quot;AllBeta=true&quot;"), "the group");
    assert!(html.contains("overrides 1 setting"), "what the gate's own setting overrides");
    assert!(html.contains("Alpha since 1.30 (off), Beta since 1.34 (on)"), "the timeline as text");
    assert!(html.contains("today: 1.36"));
}

#[test]
fn declarations_include_removed_gates_and_no_values() {
    let removed = RawSpec::new("Gone").milestone(RawMilestone::alpha("1.20")).removed("1.30");
    let registry = registry([gate("A"), removed]);
    let declared = Page::of_declarations("app", registry.resolution()).to_html();
    assert!(declared.contains("Gone") && declared.contains("removed in 1.30"));
    assert!(!declared.contains("Set by"));
    let process = Page::of_process("app", registry.resolution()).to_html();
    assert!(!process.contains("Gone"), "a process no longer has it");
}

#[test]
fn each_component_has_a_timeline_of_its_own_releases() {
    let html = Page::of_process("app", registry([gate("A")]).resolution()).to_html();
    assert!(html.contains("viewBox=\"0 0 3 8\""), "1.30, 1.34 and 1.36: {html}");
}

#[test]
fn a_program_without_gates_has_a_page() {
    let html = Page::of_process("app", registry([]).resolution()).to_html();
    assert!(html.contains("0 gates") && html.contains("No gate matches."));
}
