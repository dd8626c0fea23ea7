//! Answers about configuration.

use std::ops::Range;

use featuregate_core::Stage;
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, MarkupContent, TextEdit,
};

use featuregate_core::__private::{on_or_off, slice};

use crate::config::extract::Syntax;
use crate::error::Error;
use crate::lint::target::Target;
use crate::lsp::document::Document;
use crate::lsp::position::Index;
use crate::lsp::remark::Remark;
use crate::lsp::text::Markup;
use crate::lsp::workspace::Workspace;
use crate::program::gates::{Gates, Listed, began};

/// What is wrong with a document.
pub(super) fn remarks(
    workspace: &Workspace,
    document: &Document,
    syntax: Syntax,
    index: &Index<'_>,
) -> Vec<Remark> {
    let Some(text) = document.text().filter(|text| workspace.checker.concerns(text)) else {
        return Vec::new();
    };
    let findings = workspace.checker.check(&document.path, syntax, text).findings;
    Remark::all(&findings, &workspace.targets, index)
}

/// The gate whose name is at a byte, and the bytes of the name.
pub(super) fn hover(
    workspace: &Workspace,
    (document, syntax): (&Document, Syntax),
    (text, byte): (&str, usize),
    markup: Markup,
) -> Result<Option<(MarkupContent, Range<usize>)>, Error> {
    if !workspace.checker.concerns(text) {
        return Ok(None);
    }
    let extract = workspace.checker.extract(&document.path, syntax, text);
    let mut settings = extract.settings.values();
    let here = |span: &Range<usize>| span.start <= byte && byte <= span.end;
    let Some(setting) = settings.find(|setting| here(&setting.name_span)) else { return Ok(None) };
    let list = &extract.lists[setting.list];
    let reader = workspace.checker.reader(&document.path, list, setting);
    let Some(gates) = reader.and_then(<[_]>::last).map(Target::gates) else { return Ok(None) };
    let text = match gates.get(&setting.name).or_else(|| gates.renamed(&setting.name)) {
        Some(listed) => markup.story(gates, listed)?,
        None => match gates.groups().find(|(name, _)| *name == setting.name) {
            Some((_, group)) => markup.group(group),
            None => return Ok(None),
        },
    };
    Ok(Some((text, setting.name_span.clone())))
}

/// A name that no gate has, to find out where one is expected.
const HERE: &str = "FeatureGateHere";

/// The gates that can be written at a byte.
///
/// Whether a name is expected there is asked of the reader of configuration: a made-up name is completed to a
/// setting in each of the usual ways, until it is found as one.
pub(super) fn completion(
    workspace: &Workspace,
    (document, syntax): (&Document, Syntax),
    (text, byte): (&str, usize),
    (index, markup): (&Index<'_>, Markup),
) -> Result<Vec<CompletionItem>, Error> {
    let expected = expected(workspace, (document, syntax), text, byte);
    let Some((word, gates)) = expected else { return Ok(Vec::new()) };
    let range = index.range(word);
    let mut items = Vec::new();
    for listed in gates.iter().filter(|listed| listed.status.exists()) {
        let tags = is_leaving(listed).then(|| vec![CompletionItemTag::Deprecated]);
        items.push(CompletionItem {
            tags,
            detail: Some(detail(listed)),
            documentation: markup.doc(listed)?.map(Into::into),
            ..item(listed.gate.name(), range)
        });
    }
    items.extend(
        gates
            .groups()
            .map(|(name, group)| CompletionItem { detail: Some(group.doc()), ..item(name, range) }),
    );
    Ok(items)
}

fn item(name: &str, range: gen_lsp_types::Range) -> CompletionItem {
    let edit = TextEdit { range, new_text: name.to_owned() };
    CompletionItem {
        label: name.to_owned(),
        kind: Some(CompletionItemKind::EnumMember),
        text_edit: Some(edit.into()),
        ..CompletionItem::default()
    }
}

/// Whether setting it is, or soon will be, without effect.
fn is_leaving(listed: Listed<'_>) -> bool {
    listed.status.is_locked() || listed.stage().is_some_and(|stage| stage > Stage::Beta)
}

/// `Beta since 1.30, on by default`.
fn detail(listed: Listed<'_>) -> String {
    let stage = listed.stage().map_or("", Stage::as_str);
    let since = listed.present().as_ref().and_then(began);
    let since = since.map_or_else(String::new, |since| format!(" since {since}"));
    let on = on_or_off(listed.status.default());
    let default = if listed.status.is_locked() { "locked " } else { "" };
    let by_default = if listed.status.is_locked() { "" } else { " by default" };
    format!("{stage}{since}, {default}{on}{by_default}")
}

/// The bytes of the name that is being written at a byte, if one is expected there, and the gates that it may be of.
fn expected<'w>(
    workspace: &'w Workspace,
    (document, syntax): (&Document, Syntax),
    text: &str,
    byte: usize,
) -> Option<(Range<usize>, &'w Gates)> {
    if !workspace.checker.concerns(text) {
        return None;
    }
    let (before, after) = text.split_at_checked(byte)?;
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let rest = after.trim_start_matches(of_name);
    let word = after.strip_suffix(rest).unwrap_or_default();
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'').map(|_| slice(rest, ..1));
    let ways: &[(&str, &str)] = &[
        ("", rest),
        (": true", rest),
        (": true,", rest),
        ("=true", rest),
        (" = true", rest),
        ("\": true", rest),
        ("\": true,", rest),
    ];
    let closed = quote.map(|quote| rest.split_at(quote.len()));
    let closed = closed.into_iter().flat_map(|(quote, rest)| {
        [": true", ": true,", " = true", ""].map(|value| (format!("{quote}{value}"), rest))
    });
    let ways = ways.iter().map(|(value, rest)| ((*value).to_owned(), *rest)).chain(closed);
    for (value, rest) in ways {
        let made_up = format!("{before}{HERE}{word}{value}{rest}");
        let extract = workspace.checker.extract(&document.path, syntax, &made_up);
        let here = |span: &Range<usize>| span.start <= byte && byte + HERE.len() <= span.end;
        if let Some(setting) = extract.settings.values().find(|it| here(&it.name_span)) {
            let list = &extract.lists[setting.list];
            let reader = workspace.checker.reader(&document.path, list, setting)?;
            let span = &setting.name_span;
            return Some((span.start..span.end - HERE.len(), reader.last()?.gates()));
        }
    }
    None
}
