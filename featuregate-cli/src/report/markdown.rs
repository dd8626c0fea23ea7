//! A page of the gates in Markdown, as Kubernetes publishes one.

use std::mem::{Discriminant, discriminant};

use featuregate_core::__private::on_or_off;
use featuregate_core::{Group, Milestone, Stage, Status, Version};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::error::Error;
use crate::io::escape::escape;
use crate::program::gates::{Facts, Gates, Listed, promise};
use crate::report::page::{Page, SYNTAX, is_address, written};

/// Where the page comes from, for readers of its source.
const ORIGIN: &str = "<!-- Written by `featuregate docs`. Change the gates, not this page. -->\n";

/// The stages on the page.
const STAGES: [Stage; 4] = [Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Deprecated];

/// The page of the gates at a release.
pub(crate) fn page(gates: &Gates) -> Result<String, Error> {
    let mut page = Page(Vec::new());
    page.element(Tag::HtmlBlock, |page| page.0.push(Event::Html(ORIGIN.into())));
    page.heading(HeadingLevel::H1, "Feature gates");
    page.element(Tag::Paragraph, |page| {
        page.text("The feature gates of release ");
        page.text(gates.target.to_string());
        let groups: Vec<_> = gates.groups().collect();
        let is_usual = |(_, group): &(&str, &Group)| Group::KUBERNETES.contains(group);
        if groups.is_empty() {
            page.text(", with their histories. A gate that is not set has its default.");
        } else if groups.iter().all(is_usual) {
            page.text(", with their histories. A gate that is not set has its default; ");
            for (index, group) in Group::KUBERNETES.iter().enumerate() {
                page.text(if index == 0 { "" } else { " and " });
                page.code(group.name());
            }
            page.text(" set all gates of a stage that are not set themselves.");
        } else {
            page.text(", with their histories. A gate that is not set has its default, or the value of a group: ");
            for (index, (name, group)) in groups.iter().enumerate() {
                page.text(if index == 0 { "" } else { ", and " });
                page.code(*name);
                page.text(format!(" sets {}", group.selection()));
            }
            page.text(".");
        }
        page.text(" A locked gate can only be set to its default.");
    });
    page.element(Tag::List(None), |page| {
        for stage in STAGES {
            page.element(Tag::Item, |page| {
                page.element(Tag::Strong, |page| page.text(stage.as_str()));
                page.text(format!(": {}{}.", usual(stage), promise(stage)));
            });
        }
    });

    let of = |wanted: &[Stage]| -> Vec<Listed<'_>> {
        let present = gates.iter().filter(|listed| listed.status.exists());
        present.filter(|listed| wanted.contains(&listed.status.stage())).collect()
    };
    let removed = gates.iter().filter(|it| matches!(it.status, Status::Removed { .. }));
    let sections = [
        ("Feature gates for Alpha or Beta features", of(&[Stage::Alpha, Stage::Beta])),
        ("Feature gates for graduated or deprecated features", of(&[Stage::Ga, Stage::Deprecated])),
        ("Feature gates that are removed", removed.collect()),
    ];
    for (title, listed) in sections.iter().filter(|(_, listed)| !listed.is_empty()) {
        page.heading(HeadingLevel::H2, *title);
        page.histories(listed, gates.target);
    }
    let listed = sections.into_iter().flat_map(|(_, listed)| listed);
    let described = listed.map(|listed| (listed.gate.name(), listed.facts()));
    let mut described: Vec<(&str, Facts<'_>)> =
        described.filter(|(_, facts)| has_description(facts)).collect();
    described.sort_by_key(|(name, _)| *name);
    if !described.is_empty() {
        page.heading(HeadingLevel::H2, "List of feature gates");
        page.element(Tag::List(None), |page| {
            let alone = described.len() == 1;
            for (name, facts) in &described {
                page.item(name, facts, alone);
            }
        });
    }
    page.written()
}

/// The usual default and lock of that stage.
fn usual(stage: Stage) -> String {
    let locked = if stage.usually_locked() { " and locked" } else { "" };
    let usually = |default| format!("usually {}{locked}; ", on_or_off(default));
    stage.usual_default().map(usually).unwrap_or_default()
}

/// Whether there is more about a gate than the tables have.
fn has_description(facts: &Facts<'_>) -> bool {
    !facts.doc.is_empty() || titled(facts).iter().any(|(title, _)| *title != REMOVED_IN)
}

const REMOVED_IN: &str = "Removed in";

impl<'a> Page<'a> {
    /// A table with a row for each milestone up to the release.
    fn histories(&mut self, gates: &[Listed<'a>], target: Version) {
        let columns = ["Feature", "Default", "Stage", "Since", "Until"];
        let rows = gates.iter().flat_map(|listed| rows(*listed, target));
        self.table(columns, rows, Self::row);
    }

    fn row(&mut self, row: HistoryRow<'a>) {
        self.element(Tag::TableCell, |page| page.code(escape(row.name)));
        self.element(Tag::TableCell, |page| {
            page.code(row.default.to_string());
            if row.locked {
                page.text(", locked");
            }
        });
        self.cells([row.stage.to_owned(), row.since, row.until]);
    }

    /// An item of the list of gates. Documentation that the writer cannot write in one is plain text. The list does not
    /// have paragraphs if its only item has no more than one.
    fn item(&mut self, name: &'a str, facts: &Facts<'a>, alone: bool) {
        let item = |doc| {
            let mut page = Page(Vec::new());
            page.element(Tag::Item, |page| page.description(name, facts, doc));
            let paragraph = |event: &Event<'_>| *event == Event::Start(Tag::Paragraph);
            if alone && page.0.iter().filter(|event| paragraph(event)).count() == 1 {
                page.0.retain(|it| !paragraph(it) && *it != Event::End(TagEnd::Paragraph));
            }
            page.0
        };
        let marked = item(doc(facts.doc));
        let list = [Event::Start(Tag::List(None))].into_iter().chain(marked.iter().cloned());
        let list: Vec<Event<'_>> = list.chain([Event::End(TagEnd::List(false))]).collect();
        let faithful = written(&list)
            .is_ok_and(|text| skeleton(Parser::new_ext(&text, SYNTAX)) == skeleton(list));
        self.0.extend(if faithful { marked } else { item(paragraph(facts.doc)) });
    }

    /// What a gate does, who is responsible for it, and other facts.
    fn description(&mut self, name: &'a str, facts: &Facts<'_>, doc: Vec<Event<'a>>) {
        let mut doc = doc.into_iter().peekable();
        self.element(Tag::Paragraph, |page| {
            page.code(escape(name));
            // The first paragraph follows the name.
            if doc.next_if_eq(&Event::Start(Tag::Paragraph)).is_some() {
                page.text(": ");
                let first = std::iter::from_fn(|| {
                    doc.next_if(|event| *event != Event::End(TagEnd::Paragraph))
                });
                page.0.extend(first);
                let _ = doc.next();
            }
        });
        self.0.extend(doc);
        let facts = titled(facts);
        if !facts.is_empty() {
            self.element(Tag::Paragraph, |page| {
                for (index, (title, values)) in facts.into_iter().enumerate() {
                    page.text(if index == 0 { "" } else { " · " });
                    page.text(title);
                    for (index, value) in values.into_iter().enumerate() {
                        page.text(if index == 0 { " " } else { ", " });
                        page.value(value);
                    }
                }
            });
        }
    }

    fn value(&mut self, value: Value) {
        match value {
            Value::Code(code) => self.code(code),
            Value::Text(text) if is_address(&text) => self.link(text.clone(), text),
            Value::Text(text) => self.text(text),
        }
    }
}

/// What a text is made of, apart from its words and from the empty lines between its blocks.
fn skeleton<'e>(
    events: impl IntoIterator<Item = Event<'e>>,
) -> Vec<(Discriminant<Event<'e>>, Option<Discriminant<Tag<'e>>>)> {
    let words = |event: &Event<'_>| {
        matches!(
            event,
            Event::Text(_)
                | Event::SoftBreak
                | Event::Start(Tag::Paragraph)
                | Event::End(TagEnd::Paragraph)
        )
    };
    let part = |event: Event<'e>| match &event {
        Event::Start(tag) => (discriminant(&event), Some(discriminant(tag))),
        _ => (discriminant(&event), None),
    };
    events.into_iter().filter(|event| !words(event)).map(part).collect()
}

/// A row of a table of histories.
struct HistoryRow<'a> {
    name: &'a str,
    default: bool,
    locked: bool,
    stage: &'static str,
    since: String,
    until: String,
}

fn rows(listed: Listed<'_>, target: Version) -> Vec<HistoryRow<'_>> {
    const NEVER: &str = "–";
    let name = listed.gate.name();
    let removed = listed.removed_in();
    let milestones: Vec<&Milestone> = listed
        .spec
        .milestones()
        .iter()
        .filter(|milestone| milestone.since() <= target && milestone.stage() != Stage::PreAlpha)
        .collect();
    let until = |next: Option<Version>| next.map_or_else(|| NEVER.to_owned(), before);
    if let (true, Status::Removed { since, value, .. }) = (milestones.is_empty(), listed.status) {
        let (default, until) = (value, until(Some(since)));
        let since = NEVER.to_owned();
        return vec![HistoryRow { name, default, locked: false, stage: NEVER, since, until }];
    }
    let next = milestones.iter().skip(1).map(|next| Some(next.since())).chain([removed]);
    let row = |(milestone, next): (&&Milestone, Option<Version>)| HistoryRow {
        name,
        default: milestone.default(),
        locked: milestone.is_locked(),
        stage: milestone.stage().as_str(),
        since: match milestone.since() {
            Version::ZERO => NEVER.to_owned(),
            since => since.to_string(),
        },
        until: until(next),
    };
    milestones.iter().zip(next).map(row).collect()
}

/// The release before another one, which has no known number before the first minor one.
fn before(version: Version) -> String {
    if version.minor() == 0 {
        format!("before {version}")
    } else {
        version.previous_minor().to_string()
    }
}

/// What follows a fact's title.
enum Value {
    Code(String),
    Text(String),
}

fn titled(facts: &Facts<'_>) -> Vec<(&'static str, Vec<Value>)> {
    let text = |text: &str| Value::Text(escape(text).into_owned());
    let code = |code: &str| Value::Code(escape(code).into_owned());
    let meta = facts.meta.iter().map(|(key, value)| text(&format!("{key} = {value}"))).collect();
    let facts: [(&'static str, Vec<Value>); 12] = [
        ("Owner:", facts.owner.map(text).into_iter().collect()),
        ("Issue:", facts.issue.map(text).into_iter().collect()),
        ("Requires", facts.requires.iter().map(|gate| code(gate)).collect()),
        ("Implies", facts.implies.iter().map(|gate| code(gate)).collect()),
        ("Formerly", facts.aliases.iter().map(|name| code(name)).collect()),
        ("Read by", facts.components.iter().map(|part| text(part)).collect()),
        ("Compiled if", facts.cfg.map(code).into_iter().collect()),
        ("On by default if", facts.default_if.map(code).into_iter().collect()),
        ("Tags:", facts.tags.iter().map(|tag| text(tag)).collect()),
        ("Meta:", meta),
        ("To be removed in", facts.remove_in.as_deref().map(text).into_iter().collect()),
        (REMOVED_IN, facts.removed.as_deref().map(text).into_iter().collect()),
    ];
    facts.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}

/// The Markdown of a gate's documentation, as it may appear in a list of a larger page: HTML is text, and
/// headings are paragraphs.
pub(super) fn doc(text: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut html: Option<String> = None;
    for event in Parser::new_ext(text, SYNTAX) {
        match (event, &mut html) {
            (Event::Start(Tag::HtmlBlock), _) => html = Some(String::new()),
            (Event::Html(line), Some(html)) => html.push_str(&line),
            (Event::End(TagEnd::HtmlBlock), _) => {
                events.extend(paragraph(&html.take().unwrap_or_default()));
            }
            (Event::Html(tag) | Event::InlineHtml(tag), _) => events.extend(lines(&tag)),
            (Event::Start(Tag::Heading { .. }), _) => {
                events.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]);
            }
            (Event::End(TagEnd::Heading(_)), _) => {
                events.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
            }
            // The page has one place for definitions, and the names of two gates' definitions may be the same.
            (Event::Start(Tag::Link { dest_url, title, .. }), _) => {
                let (link_type, id) = (LinkType::Inline, "".into());
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            (Event::Start(Tag::Image { dest_url, title, .. }), _) => {
                let (link_type, id) = (LinkType::Inline, "".into());
                events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
            }
            // The end of the text may be within code.
            (event @ Event::End(TagEnd::CodeBlock), _) => {
                if matches!(events.last(), Some(Event::Text(text)) if !text.ends_with('\n')) {
                    events.push(Event::Text("\n".into()));
                }
                events.push(event);
            }
            // Written as two spaces, which editors would remove.
            (Event::HardBreak, _) => events.push(Event::SoftBreak),
            (event, _) => events.push(event),
        }
    }
    events
}

/// A text of several lines as one paragraph.
fn paragraph(text: &str) -> Vec<Event<'static>> {
    let mut events = vec![Event::Start(Tag::Paragraph)];
    events.extend(lines(text));
    events.push(Event::End(TagEnd::Paragraph));
    events
}

/// The lines of a text, without the empty ones.
fn lines(text: &str) -> Vec<Event<'static>> {
    let lines =
        text.lines().map(|line| escape(line.trim()).into_owned()).filter(|line| !line.is_empty());
    let events = lines.flat_map(|line| [Event::SoftBreak, Event::Text(line.into())]);
    events.skip(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::releases::Releases;
    use featuregate_core::manifest::{Gate, Manifest};
    use featuregate_core::{RawMilestone, RawSpec, RemovedPolicy};
    use proptest::prelude::*;

    fn page_of(spec: RawSpec) -> String {
        let after = RawSpec::new("Zebra").milestone(RawMilestone::ga("1.30")).doc("Stripes.");
        let gates = [Gate::new(spec), Gate::new(after)];
        let manifest = Manifest::new(Version::new(1, 36), RemovedPolicy::Refuse, gates);
        page(&Gates::at(&Releases::of([manifest]), None).unwrap()).unwrap()
    }

    /// What a page is made of, apart from its texts.
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Shape {
        headings: usize,
        tables: usize,
        cells: usize,
        html: Vec<String>,
        last: String,
    }

    fn shape(page: &str) -> Shape {
        let mut shape = Shape::default();
        for event in Parser::new_ext(page, SYNTAX) {
            match event {
                Event::Start(Tag::Heading { .. }) => shape.headings += 1,
                Event::Start(Tag::Table(_)) => shape.tables += 1,
                Event::Start(Tag::TableCell) => shape.cells += 1,
                Event::Html(html) | Event::InlineHtml(html) => shape.html.push(html.into()),
                Event::Text(text) => shape.last = text.into(),
                _ => {}
            }
        }
        shape
    }

    #[test]
    fn the_only_gate_is_listed_without_a_mark() {
        let list = |doc: &str| {
            let spec = RawSpec::new("A").milestone(RawMilestone::alpha("1.30")).doc(doc);
            let manifest =
                Manifest::new(Version::new(1, 36), RemovedPolicy::Refuse, [Gate::new(spec)]);
            let page = page(&Gates::at(&Releases::of([manifest]), None).unwrap()).unwrap();
            page.split_once("## List of feature gates\n\n").unwrap().1.to_owned()
        };
        assert_eq!(list("Keeps pages."), "- `A`: Keeps pages.\n");
        assert_eq!(list("Keeps pages.\n\nAll."), "- `A`: Keeps pages.\n\n  All.\n");
        assert_eq!(list("Keeps:\n```\na"), "- `A`: Keeps:\n  ```\n  a\n  ```\n");
    }

    #[test]
    fn definitions_and_code_without_an_end_stay_within_their_gate() {
        let spec = RawSpec::new("A").milestone(RawMilestone::alpha("1.30"));
        let page = page_of(spec.clone().doc("See [this].\n\n[this]: https://example.org/1"));
        assert!(page.contains("`A`: See [this](https://example.org/1)."), "{page}");
        let page = page_of(spec.doc("```\ncode"));
        assert!(page.contains("  ```\n  code\n  ```\n\n- `Zebra`: Stripes."), "{page}");
    }

    #[test]
    fn a_page_of_plain_words_has_this_shape() {
        let spec = RawSpec::new("A").milestone(RawMilestone::alpha("1.30")).doc("Words.");
        let shape = shape(&page_of(spec));
        assert_eq!((shape.headings, shape.tables, shape.cells), (4, 2, 20));
        assert_eq!(shape.html, [ORIGIN]);
        assert_eq!(shape.last, ": Stripes.");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// No documentation, owner or name breaks the structure of the page.
        #[test]
        fn nothing_breaks_the_structure_of_the_page(
            doc in "([#>|`*_~<>&!\\\\\\[\\]()\n\r\t :=+.a1-]|```\n|<b>|<!--|</|\n\n|\n    |- |1\\. ){0,24}",
            owner in "[#>|`*_~<>&!\\\\\\[\\]() \n:a1-]{0,8}",
            name in "[A-Za-z#|`*_<>& !-]{1,8}",
        ) {
            let name = format!("A{name}");
            let mut spec = RawSpec::new(name).milestone(RawMilestone::alpha("1.30")).doc(doc);
            spec.owner = Some(owner);
            let page = page_of(spec);
            let shape = shape(&page);
            prop_assert_eq!(shape.headings, 4, "{}", page);
            prop_assert_eq!(shape.html, vec![ORIGIN.to_owned()], "{}", page);
            prop_assert_eq!(shape.last, ": Stripes.", "{}", page);
            prop_assert!(page.lines().all(|line| line == line.trim_end()), "{}", page);
        }
    }
}
