//! The answers to requests about a document.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    CodeAction, CodeActionKind, CompletionItem, ErrorCodes, Hover, LspRequestMethod, Position,
    Range, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;
use crate::lsp::client::Client;
use crate::lsp::document::{Document, Kind};
use crate::lsp::position::Index;
use crate::lsp::workspace::Workspace;
use crate::lsp::{config, rust};

/// Why a request has no answer.
pub(super) type Refused = (ErrorCodes, String);

/// A position in a document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct At {
    text_document: TextDocumentIdentifier,
    position: Position,
}

/// A range of a document for which there may be actions.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Within {
    text_document: TextDocumentIdentifier,
    range: Range,
    #[serde(default)]
    context: Context,
}

#[derive(Default, Deserialize)]
struct Context {
    /// The kinds of actions that are asked for; all of them, if it is missing.
    only: Option<Vec<String>>,
}

/// Answers a request by its method.
pub(super) fn answer(
    workspace: Option<&Workspace>,
    documents: &BTreeMap<String, Document>,
    client: Client,
    method: LspRequestMethod<'_>,
    params: Value,
) -> Result<Value, Refused> {
    match method {
        LspRequestMethod::TextDocumentHover => {
            let At { text_document, position } = read(params)?;
            let document = documents.get(&text_document.uri.0);
            let shown = document.map(|document| hover(workspace, document, client, position));
            value(shown.transpose()?.flatten())
        }
        LspRequestMethod::TextDocumentCompletion => {
            let At { text_document, position } = read(params)?;
            let document = documents.get(&text_document.uri.0);
            let items = document.map(|document| completion(workspace, document, client, position));
            value(items.transpose()?.unwrap_or_default())
        }
        LspRequestMethod::TextDocumentCodeAction => {
            let within: Within = read(params)?;
            let document = documents.get(&within.text_document.uri.0);
            let actions = document.map(|document| actions(workspace, document, client, &within));
            value(actions.unwrap_or_default())
        }
        method => Err((ErrorCodes::MethodNotFound, format!("unknown method {method}"))),
    }
}

fn hover(
    workspace: Option<&Workspace>,
    document: &Document,
    client: Client,
    position: Position,
) -> Result<Option<Hover>, Refused> {
    let shown = match (document.kind, workspace, document.text()) {
        (Kind::Rust, _, _) => rust::hover(document, position, (client.encoding, client.hover)),
        (Kind::Config(syntax), Some(workspace), Some(text)) => {
            let index = Index::of(text, client.encoding);
            let byte = index.byte(position);
            config::hover(workspace, (document, syntax), (text, byte), client.hover)
                .map(|shown| shown.map(|(content, span)| (content, index.range(span))))
        }
        _ => Ok(None),
    };
    let shown = shown.map_err(|error| internal(&error))?;
    Ok(shown.map(|(content, range)| Hover { contents: content.into(), range: Some(range) }))
}

fn completion(
    workspace: Option<&Workspace>,
    document: &Document,
    client: Client,
    position: Position,
) -> Result<Vec<CompletionItem>, Refused> {
    let Some(text) = document.text() else { return Ok(Vec::new()) };
    let index = Index::of(text, client.encoding);
    let at = (text, index.byte(position));
    match (document.kind, workspace) {
        (Kind::Rust, _) => Ok(rust::completion(document, at, &index)),
        (Kind::Config(syntax), Some(workspace)) => {
            let items =
                config::completion(workspace, (document, syntax), at, (&index, client.completion));
            items.map_err(|error| internal(&error))
        }
        _ => Ok(Vec::new()),
    }
}

/// The fixes of the findings in a range, and the fix of all findings of the document.
fn actions(
    workspace: Option<&Workspace>,
    document: &Document,
    client: Client,
    within: &Within,
) -> Vec<CodeAction> {
    let Within { text_document, range, context: Context { only } } = within;
    // A kind includes those below it, as `source` includes `source.fixAll`.
    let wanted = |kind: &CodeActionKind| {
        let kind = kind.to_string();
        let below = |asked: &String| {
            kind.strip_prefix(asked.as_str())
                .is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        only.as_ref().is_none_or(|only| only.iter().any(below))
    };
    let edit = |edits: Vec<TextEdit>| WorkspaceEdit {
        changes: Some(HashMap::from([(text_document.uri.clone(), edits)])),
        ..WorkspaceEdit::default()
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        let here = document.remarks.iter().flatten().filter(|remark| {
            let found = remark.diagnostic.range;
            found.start <= range.end && range.start <= found.end
        });
        actions.extend(here.filter_map(|remark| {
            let fix = remark.fix.as_ref()?;
            Some(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![remark.diagnostic.clone()]),
                is_preferred: Some(true),
                edit: Some(edit(fix.edits.clone())),
                ..CodeAction::default()
            })
        }));
    }
    // Fixing everything is asked for by its kind, not offered at every line.
    if only.is_some() && wanted(&CodeActionKind::SourceFixAll) {
        let fixed = fix_all(workspace, document, client);
        actions.extend(fixed.map(|fixed| CodeAction {
            title: "Fix all settings of feature gates that have one right answer".to_owned(),
            kind: Some(CodeActionKind::SourceFixAll),
            edit: Some(edit(vec![fixed])),
            ..CodeAction::default()
        }));
    }
    actions
}

/// The part of a document that changes if everything is fixed that can be.
fn fix_all(workspace: Option<&Workspace>, document: &Document, client: Client) -> Option<TextEdit> {
    let (Kind::Config(syntax), Some(workspace), Some(text)) =
        (document.kind, workspace, document.text())
    else {
        return None;
    };
    document.remarks.iter().flatten().find(|remark| remark.fix.is_some())?;
    let fixed = workspace.checker.fix_settings(&document.path, syntax, text, &|_| true);
    let fixed = fixed.ok()??.text;
    let same = text.chars().zip(fixed.chars()).take_while(|(one, other)| one == other);
    let start: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (text.get(start..)?, fixed.get(start..)?);
    let same = old.chars().rev().zip(new.chars().rev()).take_while(|(one, other)| one == other);
    let end: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let range = Index::of(text, client.encoding).range(start..text.len() - end);
    Some(TextEdit { range, new_text: new.get(..new.len() - end)?.to_owned() })
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params)
        .map_err(|error| (ErrorCodes::InvalidParams, format!("invalid parameters: {error}")))
}

pub(super) fn value(answer: impl serde::Serialize) -> Result<Value, Refused> {
    serde_json::to_value(answer).map_err(|error| (ErrorCodes::InternalError, error.to_string()))
}

fn internal(error: &Error) -> Refused {
    (ErrorCodes::InternalError, error.to_string())
}
