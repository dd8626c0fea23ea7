//! JSON as a tree, with comments and commas at the end, and several values one after the other.

use jsonc_parser::Scanner;
use jsonc_parser::ScannerOptions;
use jsonc_parser::tokens::Token;

use super::node::{Fault, Kind, Layout, Planter, Style, Tree};
use crate::config::extract::keys::Keys;
use crate::config::extract::text::Quotes;

/// How deep maps and lists may be nested.
const DEPTH: usize = 200;

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A value, or the end of the list.
    Value,
    /// A key, or the end of the map.
    Key,
    Colon,
    /// The value of a key.
    Given,
    /// A comma, or the end of the map or list.
    Comma,
}

/// Reads a text as JSON.
///
/// With keys, maps and lists that have nothing to do with them are left empty.
pub(crate) fn json(text: &str, keys: Option<&Keys>) -> Tree {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut planter = Planter::new(text, keys);
    let mut next = Next::Value;
    let (mut after_comma, mut comments) = (false, false);
    loop {
        let token = match scanner.scan() {
            Ok(Some(token)) => token,
            Ok(None) => break,
            Err(error) => {
                let at = error.range().start;
                let reason = format!("invalid JSON: {}", error.kind());
                return planter.finish(Some(Fault { at, reason }));
            }
        };
        let is_comment = matches!(token, Token::CommentLine(_) | Token::CommentBlock(_));
        comments |= is_comment;
        let closes = matches!(token, Token::CloseBrace | Token::CloseBracket);
        planter.tree.trailing |= closes && after_comma;
        after_comma = matches!(token, Token::Comma) || is_comment && after_comma;
        let span = scanner.token_start()..scanner.token_end();
        let at = span.start;
        let fault = |what: &str| {
            let reason = format!("invalid JSON: expected {what}");
            Some(Fault { at, reason })
        };
        match (token, next) {
            (Token::CommentLine(_) | Token::CommentBlock(_), _) => continue,
            (Token::Colon, Next::Colon) => {
                next = Next::Given;
                continue;
            }
            (Token::CloseBrace, Next::Key | Next::Comma) if in_map(&planter) => {
                planter.close(Some(span.end));
            }
            (Token::CloseBracket, Next::Value | Next::Comma)
                if !in_map(&planter) && !planter.open.is_empty() =>
            {
                planter.close(Some(span.end));
            }
            (Token::Comma, Next::Comma) => {
                next = if in_map(&planter) { Next::Key } else { Next::Value };
                continue;
            }
            (Token::OpenBrace | Token::OpenBracket, Next::Value | Next::Given)
                if planter.open.len() >= DEPTH =>
            {
                let reason = format!("maps and lists are nested more than {DEPTH} deep");
                return planter.finish(Some(Fault { at, reason }));
            }
            (Token::OpenBrace, Next::Value | Next::Given) => {
                planter.open(Kind::Map(Layout::Flow), span);
                next = Next::Key;
                continue;
            }
            (Token::OpenBracket, Next::Value | Next::Given) => {
                planter.open(Kind::Seq(Layout::Flow), span);
                next = Next::Value;
                continue;
            }
            (
                scalar @ (Token::String(_)
                | Token::Word(_)
                | Token::Number(_)
                | Token::Boolean(_)
                | Token::Null),
                Next::Key | Next::Value | Next::Given,
            ) => {
                let is_text = matches!(scalar, Token::String(_));
                let style = if is_text { Style::Quoted(Quotes::Json) } else { Style::Plain };
                planter.add(Kind::Scalar(style), span);
                if next == Next::Key {
                    next = Next::Colon;
                    continue;
                }
            }
            (_, Next::Value | Next::Given) => return planter.finish(fault("a value")),
            (_, Next::Key) => return planter.finish(fault("a key")),
            (_, Next::Colon) => return planter.finish(fault("`:`")),
            (_, Next::Comma) => return planter.finish(fault("`,` or the end of the map or list")),
        }
        // After a value.
        next = if planter.open.is_empty() { Next::Value } else { Next::Comma };
    }
    let fault = (!planter.open.is_empty()).then(|| {
        let reason = "invalid JSON: a map or list is never closed".to_owned();
        Fault { at: text.len(), reason }
    });
    planter.tree.trailing &= !comments;
    planter.finish(fault)
}

fn in_map(planter: &Planter<'_, '_>) -> bool {
    let innermost = planter.open.last();
    innermost.is_some_and(|id| matches!(planter.tree.kind(*id), Kind::Map(_)))
}
