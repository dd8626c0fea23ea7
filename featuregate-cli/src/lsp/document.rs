//! The documents of an editor.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gen_lsp_types::TextDocumentContentChangeEvent as Change;
use percent_encoding::percent_decode_str;

use crate::config::extract::Syntax;
use crate::config::walk::name;
use crate::lsp::position::{Encoding, Index};
use crate::lsp::remark::Remark;

/// The longest text that is checked while it is edited. What people write is a thousandth of that.
const LONGEST: usize = 4 << 20;

/// A document that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// Its path, or its address if it is not a file.
    pub(super) path: Arc<str>,
    /// Its file, if it is one.
    pub(super) file: Option<PathBuf>,
    pub(super) kind: Kind,
    pub(super) version: Option<i32>,
    /// Its text; `None` if that is too long.
    text: Option<String>,
    /// What is wrong with the text, if that is known.
    pub(super) remarks: Option<Vec<Remark>>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Configuration.
    Config(Syntax),
    /// Rust, in which gates may be declared.
    Rust,
    /// A program or document, which a walk does not read either.
    Other,
}

impl Document {
    pub(super) fn open(uri: &str, language: &str, version: i32, text: String) -> Self {
        // As the system names it, since paths are compared.
        let file = file(uri).map(|file| fs::canonicalize(&file).unwrap_or(file));
        let kind = file.as_deref().and_then(kind_of_file);
        let kind = kind.unwrap_or_else(|| kind_of_language(language));
        let path = file.as_ref().map_or_else(|| uri.into(), |file| file.to_string_lossy().into());
        let mut document =
            Self { path, file, kind, version: Some(version), text: None, remarks: None };
        document.set(text);
        document
    }

    /// Its text, unless it is too long to be checked.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Applies changes, each to the result of the one before.
    pub(super) fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        self.version = Some(version);
        self.remarks = None;
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => self.set(whole.text),
                Change::TextDocumentContentChangePartial(part) => {
                    // What a part of a text that was too long changes, is unknown.
                    let Some(mut text) = self.text.take() else { continue };
                    let bytes = Index::of(&text, encoding).bytes(part.range);
                    text.replace_range(bytes, &part.text);
                    self.set(text);
                }
            }
        }
    }

    fn set(&mut self, text: String) {
        self.text = Some(text).filter(|text| text.len() <= LONGEST);
    }
}

/// The file of an address.
pub(super) fn file(uri: &str) -> Option<PathBuf> {
    let path = uri.strip_prefix("file://")?;
    // The host, if there is one, is this computer.
    let path = path.find('/').and_then(|start| path.get(start..))?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let drive = path.strip_prefix('/').filter(|_| cfg!(windows));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// What a document is by the name of its file, if that shows it.
fn kind_of_file(file: &Path) -> Option<Kind> {
    if file.extension().is_some_and(|extension| extension == "rs") {
        return Some(Kind::Rust);
    }
    match name::kind(file) {
        name::Kind::Configuration(syntax) => Some(Kind::Config(syntax)),
        name::Kind::Unread(_) | name::Kind::Other => Some(Kind::Other),
        name::Kind::Unknown(_) => None,
    }
}

/// What a document is that has no name, or one that says nothing.
fn kind_of_language(language: &str) -> Kind {
    Kind::Config(match language {
        "rust" => return Kind::Rust,
        "yaml" | "helm" => Syntax::Yaml,
        "json" | "jsonc" | "json5" => Syntax::Json,
        "toml" => Syntax::Toml,
        "shellscript" | "sh" | "bash" => Syntax::Shell,
        "systemd" => Syntax::Unit,
        "dotenv" => Syntax::Env,
        "dockerfile" => Syntax::Dockerfile,
        "just" | "makefile" | "make" => Syntax::Makefile,
        _ => Syntax::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_lsp_types::{
        Position, Range, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument,
    };
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn part(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        let at = |(line, character)| Position { line, character };
        let range = Range { start: at(start), end: at(end) };
        #[expect(deprecated, reason = "the field exists")]
        let part =
            TextDocumentContentChangePartial { range, range_length: None, text: text.into() };
        part.into()
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut document = Document::open("file:///a.yaml", "", 1, "🦀 = 1\nb: 2".into());
        let changes = vec![
            part((0, 2), (0, 5), ":"),
            part((1, 0), (1, 0), "a: 🦀\n"),
            part((2, 9), (9, 9), "\n"),
        ];
        document.change(2, changes, Encoding::Utf16);
        assert_eq!((document.text(), document.version), (Some("🦀:1\na: 🦀\nb: 2\n"), Some(2)));
        let whole = TextDocumentContentChangeWholeDocument { text: "c".into() };
        document.change(3, vec![part((0, 0), (0, 1), "x"), whole.into()], Encoding::Utf8);
        assert_eq!(document.text(), Some("c"));
    }

    #[test]
    fn a_text_that_is_too_long_is_not_kept() {
        let mut document = Document::open("untitled:1", "yaml", 1, "x".repeat(LONGEST));
        document.change(2, vec![part((0, 0), (0, 0), "x")], Encoding::Utf16);
        assert_eq!(document.text(), None);
        document.change(3, vec![part((0, 0), (0, 9), "")], Encoding::Utf16);
        assert_eq!(document.text(), None);
        let whole = TextDocumentContentChangeWholeDocument { text: "c".into() };
        document.change(4, vec![whole.into()], Encoding::Utf16);
        assert_eq!(document.text(), Some("c"));
    }

    #[test]
    fn the_name_of_a_document_decides_what_it_is_and_then_its_language() {
        for (uri, language, expected) in [
            ("file:///a/lib.rs", "", Kind::Rust),
            ("untitled:Untitled-1", "rust", Kind::Rust),
            ("file:///a/b%20c.yaml", "plaintext", Kind::Config(Syntax::Yaml)),
            ("file:///a/values", "yaml", Kind::Config(Syntax::Yaml)),
            ("file:///etc/default/kubelet", "", Kind::Config(Syntax::Env)),
            ("untitled:Untitled-1", "jsonc", Kind::Config(Syntax::Json)),
            ("untitled:Untitled-1", "plaintext", Kind::Config(Syntax::Unknown)),
            ("file:///a/README.md", "yaml", Kind::Other),
            ("file:///a/main.tf", "", Kind::Other),
        ] {
            assert_eq!(Document::open(uri, language, 1, String::new()).kind, expected, "{uri}");
        }
        assert_eq!(
            &*Document::open("file://host/a/b%20c.yaml", "", 1, String::new()).path,
            "/a/b c.yaml"
        );
        for uri in ["https://example.org/a", "file://", "file:", "", "file:///%ff"] {
            assert_eq!(file(uri), None, "{uri}");
        }
    }

    /// The position of a character, counted one after the other; between the two of a line's end there is none.
    fn position(text: &[char], at: usize, encoding: Encoding) -> (u32, u32) {
        let (mut line, mut units) = (0, 0);
        let end = match text.get(at.saturating_sub(1)..at.saturating_add(1)) {
            Some(['\r', '\n']) => at - 1,
            _ => at,
        };
        for (index, c) in text.iter().enumerate().take(end) {
            let ends = *c == '\n' || (*c == '\r' && text.get(index + 1) != Some(&'\n'));
            let length = match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
            };
            units += u32::try_from(length).unwrap();
            if ends {
                (line, units) = (line + 1, 0);
            }
        }
        (line, units)
    }

    proptest! {
        #[test]
        fn an_editor_and_the_server_have_the_same_text_after_any_changes(
            start in "[a🦀ä東\r\n]{0,20}",
            changes in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[b🦀\r\n]{0,3}"), 0..8),
            utf8 in any::<bool>(),
        ) {
            let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
            let mut document = Document::open("untitled:1", "yaml", 0, start.clone());
            let mut text: Vec<char> = start.chars().collect();
            for (version, (from, to, new)) in (1..).zip(changes) {
                let between = |at: usize| {
                    let inside = text.get(at.saturating_sub(1)..=at) == Some(&['\r', '\n']);
                    at - usize::from(inside)
                };
                let (from, to) = (between(from.index(text.len() + 1)), between(to.index(text.len() + 1)));
                let (from, to) = (from.min(to), from.max(to));
                let change = part(position(&text, from, encoding), position(&text, to, encoding), &new);
                document.change(version, std::vec::Vec::from([change]), encoding);
                text.splice(from..to, new.chars());
                let expected: String = text.iter().collect();
                prop_assert_eq!(document.text(), Some(expected.as_str()));
            }
        }
    }
}
