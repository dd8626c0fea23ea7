//! The page as a whole.

use std::collections::BTreeMap;

use featuregate_core::{Explanation, Resolution, Versions};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::row::{Kind, STAGES, is_changed, row, stage_class};
use crate::timeline::Axis;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What both the header and the element say. A test compares the hashes with the style and the script.
macro_rules! policy {
    () => {
        "default-src 'none'; style-src 'sha256-kAuwd8K/0mWqcGQkLgQUvjXAi2lDa18X3EAKjg+SE9g='; script-src 'sha256-kjGYDS7WI0h72hLRIH2SZIArc/4j4Xop32ydKX6jwuo='; img-src data:; base-uri 'none'; form-action 'none'"
    };
}

/// The value of the header `Content-Security-Policy` for the page: only its own style and script, and no request.
///
/// The page has the same as a `meta` element, for files. A server should send the header too, since only that keeps the
/// page out of frames.
///
/// ```
/// assert!(featuregate_page::CONTENT_SECURITY_POLICY.starts_with("default-src 'none'"));
/// ```
pub const CONTENT_SECURITY_POLICY: &str = concat!(policy!(), "; frame-ancestors 'none'");

/// The page of some gates: see the [crate](crate).
#[derive(Clone, Debug)]
pub struct Page<'a> {
    title: String,
    resolution: &'a Resolution,
    kind: Kind,
}

impl<'a> Page<'a> {
    /// The gates in effect in a process of that name, with their values and what decided them.
    #[must_use]
    pub fn of_process(name: &str, resolution: &'a Resolution) -> Self {
        Self { title: format!("Feature gates of {name}"), resolution, kind: Kind::Process }
    }

    /// The gates that a program declares, those that it removed included, with their defaults.
    #[must_use]
    pub fn of_declarations(title: impl Into<String>, resolution: &'a Resolution) -> Self {
        Self { title: title.into(), resolution, kind: Kind::Declared }
    }

    /// The page in HTML. The same gates give the same bytes.
    #[must_use]
    pub fn to_html(&self) -> String {
        let explanations = self.explanations();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy!());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    // Without it, a browser asks the server for one.
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        h1 { (self.title) }
                        (self.facts(&explanations))
                    }
                    main {
                        (filters(&explanations, self.kind))
                        (self.table(&explanations))
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string()
    }

    fn explanations(&self) -> Vec<Explanation<'a>> {
        if self.kind == Kind::Process {
            return self.resolution.explain_all().sorted().into_iter().collect();
        }
        let gates = self.resolution.gates();
        let all = self.resolution.all().filter(|state| !gates.is_group(state.id()));
        let mut names: Vec<&str> = all.map(|state| state.name()).collect();
        names.sort_unstable();
        names.into_iter().filter_map(|name| self.resolution.explain(name)).collect()
    }

    fn facts(&self, explanations: &[Explanation<'_>]) -> Markup {
        let on = explanations.iter().filter(|it| it.state().enabled()).count();
        let changed = explanations.iter().filter(|it| is_changed(&it.state())).count();
        html! {
            p.facts {
                @for component in self.resolution.gates().components() {
                    @let Versions { binary, emulated, .. } = component.versions();
                    span {
                        @if let Some(name) = component.name() { (name) " " }
                        "release " (binary)
                        @if emulated != binary { " as " (emulated) }
                    }
                }
                span { (explanations.len()) @if explanations.len() == 1 { " gate" } @else { " gates" } }
                @if self.kind == Kind::Process {
                    span { (on) " on" }
                    span { (changed) @if changed == 1 { " differs" } @else { " differ" } " from the default" }
                }
            }
        }
    }

    fn table(&self, explanations: &[Explanation<'_>]) -> Markup {
        let gates = self.resolution.gates();
        let axes: BTreeMap<Option<&str>, Axis> = gates
            .components()
            .iter()
            .map(|component| (component.name(), Axis::of(gates, component)))
            .collect();
        let columns: &[&str] = match self.kind {
            Kind::Process => &["Gate", "Stage", "Value", "Set by", "Timeline"],
            Kind::Declared => &["Gate", "Stage", "Default", "Timeline"],
        };
        html! {
            table role="table" {
                caption.hidden { "All gates; the headings sort the table" }
                thead role="rowgroup" {
                    tr role="row" {
                        @for (index, column) in columns.iter().enumerate() {
                            th role="columnheader" scope="col" aria-sort=(if index == 0 { "ascending" } else { "none" }) {
                                button type="button" { (column) }
                                @if *column == "Timeline" { " " span.note { "framed: today" } (ends(&axes)) }
                            }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for explanation in explanations {
                        @let component = gates.component_of(explanation.state().id()).name();
                        @if let Some(axis) = axes.get(&component) { (row(explanation, axis, self.kind)) }
                    }
                }
            }
            p.empty hidden[!explanations.is_empty()] { "No gate matches." }
        }
    }
}

/// The first and the last release of the timeline, if there is one for all gates.
fn ends(axes: &BTreeMap<Option<&str>, Axis>) -> Markup {
    let mut all = axes.values().filter_map(Axis::ends);
    html! {
        @if let (Some((first, last)), None) = (all.next(), all.next()) {
            span.ends { span { (first) } span { (last) } }
        }
    }
}

/// They are shown by the script, without which they do nothing.
fn filters(explanations: &[Explanation<'_>], kind: Kind) -> Markup {
    let is_used = |class: &str| explanations.iter().any(|it| stage_class(&it.state()) == class);
    html! {
        form.filters role="search" hidden {
            span.field.wide {
                label for="text" { "Filter" }
                input #text type="search" autocomplete="off" spellcheck="false" aria-keyshortcuts="/" placeholder="name, owner, file … (/)";
            }
            span.field {
                label for="stage" { "Stage" }
                select #stage {
                    option value="" { "all" }
                    @for (class, name) in STAGES.iter().filter(|(class, _)| is_used(class)) {
                        option value=(class) { (name) }
                    }
                }
            }
            @if kind == Kind::Process {
                label.check { input #changed type="checkbox"; " Only what differs from the default" }
            }
            output #count aria-live="polite" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use sha2::Digest as _;

    use super::*;

    #[test]
    fn the_policy_allows_exactly_the_style_and_the_script_of_the_page() {
        for (directive, text) in [("style-src", STYLE), ("script-src", SCRIPT)] {
            let hash = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(text));
            let allowed = format!("{directive} 'sha256-{hash}'");
            assert!(CONTENT_SECURITY_POLICY.contains(&allowed), "write {allowed}");
        }
    }
}
