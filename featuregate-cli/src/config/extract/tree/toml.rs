//! TOML as a tree. A header is a key with a map of what is below it, so that all comes in the order of
//! the text.

use featuregate_core::__private::slice;
use toml_parser::Source;
use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

use super::node::{Fault, Kind, Layout, Planter, Style, Tree};
use crate::config::extract::keys::Keys;
use crate::config::extract::text::Quotes;

/// How deep arrays and inline tables may lie in each other.
const DEPTH: u32 = 80;

/// Reads a text as TOML.
///
/// With keys, maps and lists that have nothing to do with them are left empty.
pub(crate) fn toml(text: &str, keys: Option<&Keys>) -> Tree {
    // Reading it as a whole finds every mistake, but does not keep the order.
    let fault = toml::de::DeTable::parse(text).err().map(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().next().unwrap_or_default();
        Fault { at, reason: format!("invalid TOML: {message}") }
    });
    let tokens = Source::new(text).lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    // Those are reported already.
    let mut mistakes = ();
    let mut guarded = RecursionGuard::new(&mut events, DEPTH);
    parse_document(&tokens, &mut guarded, &mut mistakes);
    let until = fault.as_ref().map(|fault| fault.at);
    let mut planter = Planter::new(text, keys);
    planter.open(Kind::Map(Layout::Block), 0..0);
    let mut reader = Reader { planter, header: 1, dotted: 0 };
    let events = events.iter().filter(|event| event.kind() != EventKind::Whitespace);
    let mut events = events
        .filter(|event| until.is_none_or(|until| event.span().start() < until))
        .take_while(|event| is_closed(text, event))
        .peekable();
    while let Some(event) = events.next() {
        let span = event.span().start()..event.span().end();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                let tables = event.kind() == EventKind::ArrayTableOpen;
                let is_key = |event: &&Event| event.kind() == EventKind::SimpleKey;
                let is_of_header =
                    |event: &&Event| is_key(event) || event.kind() == EventKind::KeySep;
                let header = std::iter::from_fn(|| events.next_if(is_of_header));
                let keys: Vec<&Event> = header.filter(is_key).collect();
                reader.header(&keys, span.start, tables);
            }
            EventKind::SimpleKey => reader.key(event, events.peek().copied()),
            EventKind::InlineTableOpen => {
                reader.planter.open(Kind::Map(Layout::Flow), span);
            }
            EventKind::ArrayOpen => {
                reader.planter.open(Kind::Seq(Layout::Flow), span);
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                reader.undot();
                reader.planter.close(Some(span.end));
                reader.after_value();
            }
            EventKind::ValueSep => reader.undot(),
            EventKind::Scalar => {
                reader.planter.add(Kind::Scalar(style(event)), span);
                reader.after_value();
            }
            _ => {}
        }
    }
    reader.planter.finish(fault)
}

struct Reader<'t, 'k> {
    planter: Planter<'t, 'k>,
    /// How many maps and lists are open for the header.
    header: usize,
    /// How many dotted keys are open in the innermost inline table.
    dotted: usize,
}

impl Reader<'_, '_> {
    /// Reads the keys of a header.
    fn header(&mut self, keys: &[&Event], start: usize, tables: bool) {
        while self.planter.open.len() > 1 {
            self.planter.close(None);
        }
        self.dotted = 0;
        for (index, key) in keys.iter().enumerate() {
            let end = key.span().end();
            self.planter.add(Kind::Scalar(style(key)), key.span().start()..end);
            if tables && index + 1 == keys.len() {
                self.planter.open(Kind::Seq(Layout::Tables), start..end);
            }
            self.planter.open(Kind::Map(Layout::Header), start..end);
        }
        self.header = self.planter.open.len();
    }

    fn key(&mut self, event: &Event, next: Option<&Event>) {
        let (start, end) = (event.span().start(), event.span().end());
        self.planter.add(Kind::Scalar(style(event)), start..end);
        if next.is_some_and(|next| next.kind() == EventKind::KeySep) {
            self.planter.open(Kind::Map(Layout::Dotted), start..end);
            self.dotted += 1;
        }
    }

    /// A value on the level of statements ends the dotted keys before it.
    fn after_value(&mut self) {
        if self.planter.open.len() == self.header + self.dotted {
            self.undot();
        }
    }

    fn undot(&mut self) {
        while let Some(innermost) = self.planter.open.last() {
            if self.planter.tree.kind(*innermost) != Kind::Map(Layout::Dotted) {
                break;
            }
            self.planter.close(None);
            self.dotted = self.dotted.saturating_sub(1);
        }
    }
}

/// Whether a string ends with quotes. The parser takes one without them up to the end of the line or text.
fn is_closed(text: &str, event: &Event) -> bool {
    let quotes = match event.encoding() {
        None => return true,
        Some(Encoding::BasicString) => "\"",
        Some(Encoding::MlBasicString) => "\"\"\"",
        Some(Encoding::LiteralString) => "'",
        Some(Encoding::MlLiteralString) => "'''",
    };
    let written = slice(text, event.span().start()..event.span().end());
    written.len() >= 2 * quotes.len() && written.ends_with(quotes)
}

fn style(event: &Event) -> Style {
    match event.encoding() {
        None => Style::Plain,
        Some(Encoding::BasicString) => Style::Quoted(Quotes::TomlBasic),
        Some(Encoding::MlBasicString) => Style::Quoted(Quotes::TomlLongBasic),
        Some(Encoding::LiteralString) => Style::Quoted(Quotes::TomlLiteral),
        Some(Encoding::MlLiteralString) => Style::Quoted(Quotes::TomlLongLiteral),
    }
}
