//! Texts for people, in the form that the editor shows.

use featuregate_core::Group;
use gen_lsp_types::{MarkupContent, MarkupKind};

use crate::error::Error;
use crate::io::escape::escape;
use crate::program::gates::{Gates, Listed};
use crate::program::story::Story;
use crate::report::gate;

/// The texts that an editor can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    Plain,
    Markdown,
}

impl Markup {
    fn content(self, value: String) -> MarkupContent {
        let kind = match self {
            Self::Plain => MarkupKind::PlainText,
            Self::Markdown => MarkupKind::Markdown,
        };
        MarkupContent { kind, value }
    }

    /// The history of a gate, and what it means.
    pub(super) fn story(self, gates: &Gates, listed: Listed<'_>) -> Result<MarkupContent, Error> {
        let story = Story::of(gates, listed);
        Ok(self.content(match self {
            Self::Markdown => gate::page(&story)?,
            Self::Plain => {
                let mut text = Vec::new();
                story.write(&mut text)?;
                let text = String::from_utf8_lossy(&text);
                anstream::adapter::strip_str(&text).to_string()
            }
        }))
    }

    /// What a group does.
    pub(super) fn group(self, group: &Group) -> MarkupContent {
        self.content(group.doc())
    }

    /// What a gate does, if that is known.
    pub(super) fn doc(self, listed: Listed<'_>) -> Result<Option<MarkupContent>, Error> {
        let doc = listed.spec.doc().trim();
        let doc = match self {
            Self::Markdown => gate::doc_page(doc)?,
            Self::Plain => {
                let lines: Vec<_> = doc.lines().map(escape).collect();
                Some(lines.join("\n")).filter(|doc| !doc.is_empty())
            }
        };
        Ok(doc.map(|doc| self.content(doc)))
    }
}
