//! The history of a gate as a bar over the releases of its component.

use featuregate_core::{Component, GateId, GateSet, GateSpec, Milestone, Stage, Version};
use maud::{Markup, html};

/// The releases of a component that its gates mention, in order, with today's.
pub(crate) struct Axis {
    releases: Vec<Version>,
    today: Version,
}

/// A part of a gate's history: a stage from one release to the next milestone.
struct Span {
    from: usize,
    to: usize,
    class: &'static str,
    label: String,
}

impl Axis {
    /// The releases of one component.
    pub(crate) fn of(gates: &GateSet, component: &Component) -> Self {
        let today = component.versions().emulated;
        let is_own = |gate: &GateId| {
            gates.component_of(*gate).name() == component.name() && !gates.is_group(*gate)
        };
        let own = gates.ids().filter(is_own);
        let mut releases: Vec<Version> = own.flat_map(|gate| mentioned(gates.spec(gate))).collect();
        releases.push(today);
        releases.sort_unstable();
        releases.dedup();
        Self { releases, today }
    }

    fn position(&self, version: Version) -> usize {
        self.releases.partition_point(|known| *known < version)
    }

    /// The first and the last release, for the heading.
    pub(crate) fn ends(&self) -> Option<(Version, Version)> {
        Some((*self.releases.first()?, *self.releases.last()?))
    }

    /// The history of a gate. It is an image with a text for those who do not see it.
    pub(crate) fn draw(&self, gate: &GateSpec) -> Markup {
        let spans = self.spans(gate);
        let label = match spans.as_slice() {
            [] => "no history".to_owned(),
            spans => spans.iter().map(|span| span.label.as_str()).collect::<Vec<_>>().join(", "),
        };
        let width = self.releases.len();
        let today = self.position(self.today);
        html! {
            svg.timeline role="img" aria-label=(label) viewBox={ "0 0 " (width) " 8" } preserveAspectRatio="none" {
                rect.release x="0" y="3" width=(width) height="2" {}
                @for span in &spans {
                    rect class=(span.class) x=(span.from) y="0" width=(span.to - span.from) height="8" {
                        title { (span.label) }
                    }
                }
                rect.today x=(today) y="0" width="1" height="8" { title { "today: " (self.today) } }
            }
        }
    }

    fn spans(&self, gate: &GateSpec) -> Vec<Span> {
        let end = gate.removed().map_or(self.releases.len(), |removed| self.position(removed));
        let starts =
            gate.milestones().iter().filter(|milestone| milestone.stage() != Stage::PreAlpha);
        let starts: Vec<_> =
            starts.map(|milestone| (self.position(milestone.since()), milestone)).collect();
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([end]);
        let span = |((from, milestone), to): (&(usize, &Milestone), usize)| {
            let value = if milestone.default() { "on" } else { "off" };
            let locked = if milestone.is_locked() { ", locked" } else { "" };
            Span {
                from: *from,
                to: to.max(*from),
                class: class(milestone.stage()),
                label: format!(
                    "{} since {} ({value}{locked})",
                    milestone.stage(),
                    milestone.since()
                ),
            }
        };
        let mut spans: Vec<Span> = starts.iter().zip(ends).map(span).collect();
        if let Some(removed) = gate.removed() {
            let from = self.position(removed);
            let label = format!("removed in {removed}");
            spans.push(Span { from, to: from, class: "removed", label });
        }
        spans
    }
}

fn mentioned(gate: &GateSpec) -> impl Iterator<Item = Version> + '_ {
    let history = gate.milestones().iter().map(Milestone::since);
    history.chain(gate.removed()).chain(gate.remove_in())
}

/// The class of a stage in the style sheet.
pub(crate) fn class(stage: Stage) -> &'static str {
    match stage {
        Stage::PreAlpha => "pre-alpha",
        Stage::Alpha => "alpha",
        Stage::Beta => "beta",
        Stage::Ga => "ga",
        Stage::Deprecated => "deprecated",
    }
}
