//! TOML as a tree of places.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::find::Finder;
use super::mapped::Mapped;
use super::tree::{Kind, Layout, Style, Tree};

/// Reads a text.
pub(super) fn read(mapped: &Mapped<'_>, finder: &mut Finder<'_>) {
    if let Err((at, reason)) = try_read(mapped, finder) {
        finder.skip_at(mapped, at, reason);
    }
}

/// Reads a text, if it is one.
///
/// # Errors
/// Where it is none, and why.
pub(super) fn try_read(
    mapped: &Mapped<'_>,
    finder: &mut Finder<'_>,
) -> Result<(), (usize, String)> {
    let text = mapped.text.as_ref();
    match DeTable::parse(text) {
        Ok(table) => {
            let mut tree = Tree::default();
            add_table(&mut tree, text, table.get_ref(), 0..0, Layout::Table);
            finder.tree(mapped, &tree);
            Ok(())
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            Err((at, error.message().lines().next().unwrap_or("it is no TOML").to_owned()))
        }
    }
}

fn add_table(tree: &mut Tree, text: &str, table: &DeTable<'_>, span: Range<usize>, layout: Layout) {
    let node = tree.open(span.start, Kind::Map(layout));
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        tree.leaf(key.span(), Kind::Scalar(style(text, &key.span())));
        add(tree, text, value);
    }
    tree.close(span.end);
    tree.set_end(node, span.end);
}

fn add(tree: &mut Tree, text: &str, value: &Spanned<DeValue<'_>>) {
    let span = value.span();
    match value.get_ref() {
        DeValue::Table(table) => {
            let inline = text.get(span.clone()).is_some_and(|written| written.starts_with('{'));
            let layout = if inline { Layout::Flow } else { Layout::Table };
            add_table(tree, text, table, span, layout);
        }
        DeValue::Array(items) => {
            let inline = text.get(span.clone()).is_some_and(|written| written.starts_with('['));
            let layout = if inline { Layout::Flow } else { Layout::Table };
            let node = tree.open(span.start, Kind::List(layout));
            items.iter().for_each(|item| add(tree, text, item));
            tree.close(span.end);
            tree.set_end(node, span.end);
        }
        _ => {
            tree.leaf(span.clone(), Kind::Scalar(style(text, &span)));
        }
    }
}

/// How a key or value is written. Of three quotes two are taken for blanks of the text, which nothing but
/// a text of several lines has.
fn style(text: &str, span: &Range<usize>) -> Style {
    match text.get(span.clone()).and_then(|written| written.chars().next()) {
        Some('"') => Style::Escaped,
        Some('\'') => Style::Quoted,
        _ => Style::Plain,
    }
}
