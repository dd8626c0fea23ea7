//! Texts in Markdown: put together as events of a Markdown parser, and written by the same library's writer, which escapes
//! what comes from outside.

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Options, Tag};
use pulldown_cmark_to_cmark::cmark_with_options;

use crate::error::Error;

/// What readers of a page understand in addition to plain Markdown.
pub(super) const SYNTAX: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// A page that is being built.
#[derive(Default)]
pub(super) struct Page<'a>(pub(super) Vec<Event<'a>>);

impl<'a> Page<'a> {
    pub(super) fn element(&mut self, tag: Tag<'a>, content: impl FnOnce(&mut Self)) {
        let end = tag.to_end();
        self.0.push(Event::Start(tag));
        content(self);
        self.0.push(Event::End(end));
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, title: impl Into<CowStr<'a>>) {
        let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
        self.element(tag, |page| page.text(title));
    }

    pub(super) fn text(&mut self, text: impl Into<CowStr<'a>>) {
        self.0.push(Event::Text(text.into()));
    }

    pub(super) fn code(&mut self, text: impl Into<CowStr<'a>>) {
        self.0.push(Event::Code(text.into()));
    }

    pub(super) fn link(&mut self, address: String, text: impl Into<CowStr<'a>>) {
        let link = Tag::Link {
            link_type: LinkType::Inline,
            dest_url: address.into(),
            title: "".into(),
            id: "".into(),
        };
        self.element(link, |page| page.text(text));
    }

    /// A table; `row` adds the cells of one.
    pub(super) fn table<const N: usize, T>(
        &mut self,
        columns: [&'a str; N],
        rows: impl IntoIterator<Item = T>,
        row: impl Fn(&mut Self, T),
    ) {
        self.element(Tag::Table(columns.map(|_| Alignment::None).to_vec()), |page| {
            page.element(Tag::TableHead, |page| page.cells(columns));
            for item in rows {
                page.element(Tag::TableRow, |page| row(page, item));
            }
        });
    }

    /// Cells with plain texts.
    pub(super) fn cells<const N: usize>(&mut self, texts: [impl Into<CowStr<'a>>; N]) {
        for text in texts {
            self.element(Tag::TableCell, |page| page.text(text));
        }
    }

    /// Its text.
    pub(super) fn written(&self) -> Result<String, Error> {
        written(&self.0).map_err(|error| Error::new(format!("cannot write the page: {error}")))
    }
}

/// Whether a text is an address that a link can have.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The Markdown of events, without whitespace at the ends of lines, which editors and hooks remove.
pub(super) fn written(events: &[Event<'_>]) -> Result<String, pulldown_cmark_to_cmark::Error> {
    let mut text = String::new();
    let options = pulldown_cmark_to_cmark::Options {
        list_token: '-',
        code_block_token_count: 3,
        ..pulldown_cmark_to_cmark::Options::default()
    };
    cmark_with_options(events.iter(), &mut text, SYNTAX, options)?;
    Ok(text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect())
}
