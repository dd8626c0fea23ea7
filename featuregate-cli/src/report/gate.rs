//! The story of a gate in Markdown, as an editor shows it beside the gate.

use pulldown_cmark::Tag;

use crate::error::Error;
use crate::io::escape::escape;
use crate::program::story::Story;
use crate::report::markdown::doc;
use crate::report::page::{Page, is_address};

/// The name of a gate, what it does, its history, and what it means to an operator.
pub(crate) fn page(story: &Story<'_>) -> Result<String, Error> {
    let mut page = Page::default();
    page.element(Tag::Paragraph, |page| {
        page.element(Tag::Strong, |page| page.text(escape(story.gate)));
    });
    page.0.extend(doc(story.facts.doc));
    let removal = story.removal.as_deref().map(|removal| (removal, "removed"));
    let history = story.milestones.iter();
    let history = history.map(|entry| (entry.version.as_str(), entry.description.as_str()));
    let mut history = history.chain(removal).peekable();
    if history.peek().is_some() {
        page.element(Tag::List(None), |page| {
            for (version, description) in history {
                page.element(Tag::Item, |page| {
                    page.code(version.to_owned());
                    page.text(format!(" {description}"));
                });
            }
        });
    }
    page.element(Tag::Paragraph, |page| {
        page.text(format!("At {}: {}", story.target, escape(&story.meaning.join(" "))));
    });
    let facts = story.titled();
    if !facts.is_empty() {
        page.element(Tag::List(None), |page| {
            for (title, values) in facts {
                page.element(Tag::Item, |page| {
                    page.text(format!("{title}: "));
                    if is_address(&values) {
                        page.link(values.clone(), values);
                    } else {
                        page.text(escape(&values).into_owned());
                    }
                });
            }
        });
    }
    page.written()
}

/// What a gate does, if that is known.
pub(crate) fn doc_page(text: &str) -> Result<Option<String>, Error> {
    let mut page = Page::default();
    page.0.extend(doc(text));
    let written = page.written()?;
    Ok(Some(written).filter(|text| !text.trim().is_empty()))
}
