//! One gate of the page.

use featuregate_core::{Effect, Explanation, GateState, Link, Status};
use maud::{Markup, html};

use crate::timeline::{Axis, class};

/// What the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The gates of a process, with their values.
    Process,
    /// The gates that a program declares.
    Declared,
}

/// A row of the table. The texts of `data-label` are shown instead of the headings where the screen is narrow.
pub(crate) fn row(explanation: &Explanation<'_>, axis: &Axis, kind: Kind) -> Markup {
    let state = explanation.state();
    let column = stage(&state);
    html! {
        tr role="row" data-stage=(column.class) data-changed=(is_changed(&state)) {
            th role="rowheader" scope="row" data-sort=(state.name()) {
                (name(explanation))
            }
            td role="cell" data-label="Stage" data-sort=(column.order) {
                div {
                    span.badge.(column.class) { (column.name) }
                    @if state.is_locked() && state.status().exists() { " " span.note { "locked" } }
                }
            }
            @if kind == Kind::Process {
                td role="cell" data-label="Value" data-sort=(u8::from(!state.enabled())) {
                    div { (value(&state)) }
                }
                td role="cell" data-label="Set by" data-sort=(state.cause()) {
                    div { (origin(explanation)) }
                }
            } @else {
                td role="cell" data-label="Default" data-sort=(u8::from(!state.default())) {
                    div { (switch(state.default())) }
                }
            }
            td role="cell" data-label="Timeline" data-sort=(since(&state)) {
                div { (axis.draw(state.spec())) }
            }
        }
    }
}

/// Whether a gate has another value than without settings.
pub(crate) fn is_changed(state: &GateState<'_>) -> bool {
    state.enabled() != state.default()
}

struct StageCell {
    name: &'static str,
    class: &'static str,
    order: usize,
}

fn stage(state: &GateState<'_>) -> StageCell {
    let (name, class) = match state.status() {
        Status::Removed { .. } => ("Removed", "removed"),
        Status::NotIntroduced { .. } => ("Not introduced yet", "pre-alpha"),
        _ => (state.stage().as_str(), class(state.stage())),
    };
    let order = STAGES.iter().position(|(known, _)| *known == class).unwrap_or(STAGES.len());
    StageCell { name, class, order }
}

/// The classes of the stages in the order of a lifecycle, with their names for the filter.
pub(crate) const STAGES: [(&str, &str); 6] = [
    ("pre-alpha", "Not introduced yet"),
    ("alpha", "Alpha"),
    ("beta", "Beta"),
    ("ga", "GA"),
    ("deprecated", "Deprecated"),
    ("removed", "Removed"),
];

/// The class of a gate's stage.
pub(crate) fn stage_class(state: &GateState<'_>) -> &'static str {
    stage(state).class
}

/// When the gate entered its stage, so that a column can be sorted by it.
fn since(state: &GateState<'_>) -> String {
    let since = state.status().milestone().map(|milestone| milestone.since());
    since.or(state.spec().removed()).map(|version| version.to_string()).unwrap_or_default()
}

fn name(explanation: &Explanation<'_>) -> Markup {
    let state = explanation.state();
    let spec = state.spec();
    let doc = spec.doc().trim();
    let (summary, more) = doc.split_once('\n').unwrap_or((doc, ""));
    let paragraphs = more.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let requires: Vec<&str> = state.requires().collect();
    let aliases: Vec<&str> = spec.aliases().collect();
    html! {
        details {
            summary { code { (state.name()) } @if !summary.is_empty() { " " span.doc { (doc_text(summary)) } } }
            dl {
                @for (index, paragraph) in paragraphs.enumerate() {
                    @if index == 0 { dt { "Description" } } dd { (doc_text(paragraph)) }
                }
                @if !requires.is_empty() { dt { "Requires" } dd { (codes(&requires)) } }
                @if !aliases.is_empty() { dt { "Former names" } dd { (codes(&aliases)) } }
                @if let Some(owner) = spec.owner() { dt { "Owner" } dd { (owner) } }
                @if let Some(issue) = spec.issue() { dt { "Issue" } dd { (link(issue)) } }
                @if let Some(version) = spec.remove_in() { dt { "To be removed in" } dd { (version) } }
                dt { "History" }
                dd {
                    @if spec.milestones().is_empty() { "unknown" }
                    @for milestone in spec.milestones() {
                        div {
                            (milestone.since()) ": " (milestone.stage()) ", "
                            (if milestone.default() { "on" } else { "off" })
                            @if milestone.is_locked() { ", locked" }
                        }
                    }
                    @if let Some(removed) = spec.removed() { div { (removed) ": removed" } }
                }
                @if explanation.links().len() > 1 {
                    dt { "Settings, the weakest first" }
                    dd { @for link in explanation.links() { (setting(link)) } }
                }
            }
        }
    }
}

/// A text of a doc comment, with the code in it as code.
fn doc_text(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn codes(names: &[&str]) -> Markup {
    html! { @for (index, name) in names.iter().enumerate() { @if index > 0 { ", " } code { (name) } } }
}

/// A link only where it leads to a page: a text from data may be `javascript:…`.
fn link(issue: &str) -> Markup {
    let is_page = ["https://", "http://"].iter().any(|scheme| issue.starts_with(scheme));
    html! {
        @if is_page { a href=(issue) rel="noreferrer" { (issue) } } @else { (issue) }
    }
}

fn setting(link: &Link<'_>) -> Markup {
    let effect = match link.effect() {
        Effect::Decides => "decides",
        Effect::Overridden => "overridden",
        _ => "has no effect",
    };
    html! { div { (link) ": " (switch(link.value())) " (" (effect) ")" } }
}

fn value(state: &GateState<'_>) -> Markup {
    html! {
        (switch(state.enabled()))
        @if is_changed(state) { " " span.note { "default: " (if state.default() { "on" } else { "off" }) } }
    }
}

fn switch(value: bool) -> Markup {
    html! { @if value { span.on { "on" } } @else { span.off { "off" } } }
}

/// What decided the value, and how many settings it overrides.
fn origin(explanation: &Explanation<'_>) -> Markup {
    let overridden = explanation.links().iter().skip(1);
    let overridden = overridden.filter(|link| link.effect() == Effect::Overridden).count();
    html! {
        (explanation.state().cause())
        @if overridden > 0 {
            " " span.note { "overrides " (overridden) @if overridden == 1 { " setting" } @else { " settings" } }
        }
    }
}
