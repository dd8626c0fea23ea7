//! Finds the uses of gates in a file of Rust.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::Path;

use ra_ap_syntax::ast::{self, AstNode as _, BinaryOp, CmpOp, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use super::doctest;
use super::macros::{around, has_expressions};
use super::names::{Names, Target};
use super::own::Own;
use super::scope::{OUTSIDE, Scopes, plain};
use super::spelling::{Spelled, Spellings, is_mention, is_plain, mentioned};
use super::tree::{TOO_DEEP, boolean, bytes, parse, tokens};
use super::usage::{EnumId, Kind, Unresolved, Use};
use crate::io::text::Lines;

/// What is found in a file.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) uses: Vec<Use>,
    /// Other names that imports give to gates.
    pub(crate) aliases: BTreeSet<String>,
    pub(crate) unresolved: Vec<Unresolved>,
    /// The macros of the workspace that have the name of a known one.
    pub(crate) macros: BTreeSet<String>,
}

/// The names that are looked for.
pub(crate) type Wanted<'n> = HashSet<&'n str>;

/// The uses in a file.
pub(crate) fn in_file(
    names: &Names<'_>,
    wanted: &Wanted<'_>,
    spellings: &Spellings<'_>,
    own: &Own,
    file: &Path,
    text: &str,
) -> Found {
    let mut found = Found::default();
    let Some(tree) = parse(text) else {
        found.unresolved.push(Unresolved {
            file: file.to_owned(),
            line: 1,
            gate: None,
            reason: TOO_DEEP.to_owned(),
        });
        return found;
    };
    let lines = Lines::of(text);
    let reader = Reader {
        names,
        spellings,
        own,
        file,
        scopes: Scopes::of(&tree, &lines),
        lines,
        tokens: tokens(&tree).filter(|token| token.kind() != SyntaxKind::WHITESPACE).collect(),
    };
    for (index, token) in reader.tokens.iter().enumerate() {
        match token.kind() {
            SyntaxKind::IDENT if wanted.contains(plain(token.text())) => {
                reader.name(index, token, &mut found);
            }
            SyntaxKind::STRING => reader.text(token, &mut found),
            SyntaxKind::COMMENT => reader.comment(index, token, &mut found),
            _ => {}
        }
    }
    found
}

struct Reader<'r> {
    names: &'r Names<'r>,
    spellings: &'r Spellings<'r>,
    own: &'r Own,
    file: &'r Path,
    lines: Lines<'r>,
    scopes: Scopes,
    tokens: Vec<SyntaxToken>,
}

/// A path before a token.
struct Written {
    segments: Vec<String>,
    start: usize,
    /// The index of its first token.
    first: usize,
    /// Whether something is before it that is not a name, as in `<T>::X`.
    is_open: bool,
}

impl Reader<'_> {
    fn token(&self, index: usize) -> Option<&SyntaxToken> {
        self.tokens.get(index)
    }

    fn is(&self, index: Option<usize>, kind: SyntaxKind) -> bool {
        index.and_then(|index| self.token(index)).is_some_and(|token| token.kind() == kind)
    }

    /// The index before `::`, which is two tokens in a macro.
    fn before_colons(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1)?;
        if self.is(Some(before), SyntaxKind::COLON2) {
            return Some(before);
        }
        let first = before.checked_sub(1)?;
        (self.is(Some(before), SyntaxKind::COLON) && self.is(Some(first), SyntaxKind::COLON))
            .then_some(first)
    }

    fn path(&self, index: usize) -> Written {
        let name =
            |index: usize| self.token(index).map_or("", |token| plain(token.text())).to_owned();
        let mut written =
            Written { segments: vec![name(index)], start: 0, first: index, is_open: false };
        let mut at = index;
        while let Some(colons) = self.before_colons(at) {
            let segment =
                colons.checked_sub(1).and_then(|before| Some((before, self.token(before)?)));
            match segment {
                Some((before, token))
                    if token.kind() == SyntaxKind::IDENT
                        || token.kind().is_keyword(ra_ap_syntax::Edition::Edition2024) =>
                {
                    written.segments.insert(0, plain(token.text()).to_owned());
                    at = before;
                }
                Some((before, token)) if token.kind() == SyntaxKind::R_ANGLE => {
                    // `<T>::X`, where `T` is a path.
                    match before
                        .checked_sub(1)
                        .filter(|last| self.is(Some(*last), SyntaxKind::IDENT))
                    {
                        Some(last) => {
                            let inner = self.path(last);
                            written.is_open = inner.is_open
                                || !self.is(inner.first.checked_sub(1), SyntaxKind::L_ANGLE);
                            at = inner.first.saturating_sub(1);
                            written.segments.splice(0..0, inner.segments);
                        }
                        None => written.is_open = true,
                    }
                    break;
                }
                _ => {
                    written.segments.insert(0, OUTSIDE.to_owned());
                    at = colons;
                    break;
                }
            }
        }
        written.first = at;
        written.start = self.token(at).map_or(0, |token| bytes(token.text_range()).start);
        written
    }

    fn name(&self, index: usize, token: &SyntaxToken, found: &mut Found) {
        let own = plain(token.text());
        let parent = token.parent();
        let declares = parent.as_ref().is_some_and(|parent| {
            parent.kind() == SyntaxKind::NAME
                && parent.parent().is_some_and(|parent| parent.kind() != SyntaxKind::IDENT_PAT)
        });
        let in_attribute = token.parent_ancestors().any(|node| node.kind() == SyntaxKind::ATTR);
        let is_lone_segment = parent.as_ref().is_some_and(|parent| {
            parent.kind() == SyntaxKind::NAME_REF
                && parent.parent().is_some_and(|parent| {
                    // A field or a method.
                    !matches!(parent.kind(), SyntaxKind::PATH_SEGMENT)
                })
        });
        if declares || in_attribute || is_lone_segment {
            return;
        }
        // The name of a module or type, and not the end of a path.
        if self.is(Some(index + 1), SyntaxKind::COLON2)
            || (self.is(Some(index + 1), SyntaxKind::COLON)
                && self.is(Some(index + 2), SyntaxKind::COLON))
        {
            return;
        }
        let (written, is_import) = match import(token) {
            Some(segments) => (
                Written {
                    segments,
                    start: bytes(token.text_range()).start,
                    first: index,
                    is_open: false,
                },
                true,
            ),
            None => (self.path(index), false),
        };
        let range = written.start..bytes(token.text_range()).end;
        let Some((declaring, gate)) = self.resolved(token, &written, own, found) else { return };
        if is_import {
            found.aliases.extend(alias(token));
        }
        let (kind, expression) = if is_import {
            (Kind::Path, range.clone())
        } else {
            self.kind(index, token, &written, &range)
        };
        let negated =
            matches!(kind, Kind::Check | Kind::Gates) && self.is_negated(token, &expression);
        found.uses.push(Use {
            gate,
            declaring: Some(declaring),
            kind,
            file: self.file.to_owned(),
            name: range,
            location: self.lines.location(expression.start),
            expression,
            function: function(token),
            negated,
        });
    }

    /// The gate that a path leads to.
    fn resolved(
        &self,
        token: &SyntaxToken,
        written: &Written,
        own: &str,
        found: &mut Found,
    ) -> Option<(EnumId, String)> {
        let at = bytes(token.text_range()).start;
        let mut segments = written.segments.clone();
        let qualifier =
            segments.len().checked_sub(2).and_then(|index| segments.get(index)).cloned();
        if segments.first().is_some_and(|first| first == "Self") {
            let of = self_type(token)?;
            segments.splice(0..1, of);
        }
        let target = if written.is_open {
            None
        } else {
            self.names.at(self.file, &self.scopes, at, &segments)
        };
        match target {
            Some(Target::Member(declaring, name)) => Some((declaring, name)),
            Some(_) => None,
            None => {
                let qualifier = qualifier.unwrap_or_default();
                let is_named = self.names.enums.values().any(|declaring| {
                    declaring.name == qualifier && declaring.gates.iter().any(|gate| gate == own)
                });
                if is_named || written.is_open {
                    let shown = segments.join("::").replace(":::::", "::");
                    found.unresolved.push(Unresolved {
                        file: self.file.to_owned(),
                        line: self.lines.location(at).line,
                        gate: Some(own.to_owned()),
                        reason: format!("{shown} cannot be followed to its declaration"),
                    });
                }
                None
            }
        }
    }

    /// How a gate is used, and the whole expression.
    fn kind(
        &self,
        index: usize,
        token: &SyntaxToken,
        written: &Written,
        range: &Range<usize>,
    ) -> (Kind, Range<usize>) {
        let macros = around(token);
        let is_known = |name: &String| has_expressions(name) && !self.own.macros.contains(name);
        let known = macros.iter().all(is_known);
        if !known {
            let is_cfg = macros.iter().any(|name| name == "cfg");
            return (if is_cfg { Kind::Cfg } else { Kind::Macro }, range.clone());
        }
        if self.is(Some(index + 1), SyntaxKind::DOT)
            && self.is(Some(index + 3), SyntaxKind::L_PAREN)
            && self.is(Some(index + 4), SyntaxKind::R_PAREN)
        {
            let called = self.token(index + 2).map(SyntaxToken::text);
            let end =
                self.token(index + 4).map_or(range.end, |token| bytes(token.text_range()).end);
            match called {
                Some("enabled") => return (Kind::Check, range.start..end),
                Some("require") => return (Kind::Require, range.start..end),
                _ => return (Kind::Value, range.clone()),
            }
        }
        let opening = written.first.checked_sub(1);
        let method = opening
            .filter(|opening| self.is(Some(*opening), SyntaxKind::L_PAREN))
            .and_then(|opening| opening.checked_sub(1))
            .filter(|name| self.is(name.checked_sub(1), SyntaxKind::DOT));
        if let Some(method) = method {
            let called = self.token(method).map(SyntaxToken::text);
            let end =
                self.token(index + 1).map_or(range.end, |token| bytes(token.text_range()).end);
            match called {
                Some("enabled")
                    if self.is(Some(index + 1), SyntaxKind::R_PAREN) && !self.own.enabled =>
                {
                    if let Some(start) = self.receiver(method) {
                        return (Kind::Gates, start..end);
                    }
                }
                Some("on" | "off" | "set") if self.is_of_overrides(method) => {
                    return (Kind::Override, range.clone());
                }
                _ => {}
            }
        }
        let is_pattern = token.parent_ancestors().any(|node| ast::Pat::can_cast(node.kind()));
        (if is_pattern { Kind::Match } else { Kind::Value }, range.clone())
    }

    /// Whether the method with its name at this index is one of a test's overrides: the chain of calls begins with
    /// `overrides`, or with a variable that was given such a chain. Other types have methods of these names.
    fn is_of_overrides(&self, method: usize) -> bool {
        let names_overrides = |text: &str| text.contains("overrides") || text.contains("Overrides");
        let Some(token) = self.token(method) else { return false };
        let call = token.parent_ancestors().find_map(ast::MethodCallExpr::cast);
        let Some(call) = call else {
            // Of the arguments of a macro, only tokens are known.
            let tree = token.parent_ancestors().find(|node| node.kind() == SyntaxKind::TOKEN_TREE);
            return tree.is_some_and(|tree| names_overrides(&tree.text().to_string()));
        };
        let mut first = call.receiver();
        while let Some(ast::Expr::MethodCallExpr(call)) = &first {
            first = call.receiver();
        }
        match first {
            Some(ast::Expr::CallExpr(call)) => call
                .expr()
                .is_some_and(|called| names_overrides(&called.syntax().text().to_string())),
            Some(ast::Expr::PathExpr(variable)) => {
                let name = variable.syntax().text();
                let function =
                    token.parent_ancestors().filter(|node| node.kind() == SyntaxKind::FN);
                let declared = function.last().into_iter().flat_map(|node| node.descendants());
                declared.filter_map(ast::LetStmt::cast).any(|declared| {
                    let is_own = declared.pat().is_some_and(|pattern| {
                        let pattern = pattern.syntax().text().to_string();
                        name == pattern.trim_start_matches("mut ")
                    });
                    let value =
                        declared.initializer().map(|value| value.syntax().text().to_string());
                    is_own && value.is_some_and(|value| names_overrides(&value))
                })
            }
            _ => false,
        }
    }

    /// Where the expression begins whose method has its name at this index: names, and calls without arguments.
    fn receiver(&self, method: usize) -> Option<usize> {
        let node = self
            .token(method)?
            .parent_ancestors()
            .find(|node| node.kind() == SyntaxKind::METHOD_CALL_EXPR);
        if let Some(call) = node.and_then(ast::MethodCallExpr::cast) {
            return Some(bytes(call.receiver()?.syntax().text_range()).start);
        }
        let mut at = method.checked_sub(1)?;
        loop {
            let before = at.checked_sub(1)?;
            let token = self.token(before)?;
            match token.kind() {
                SyntaxKind::IDENT
                | SyntaxKind::SELF_KW
                | SyntaxKind::DOT
                | SyntaxKind::COLON2
                | SyntaxKind::COLON => {}
                SyntaxKind::R_PAREN if self.is(before.checked_sub(1), SyntaxKind::L_PAREN) => {
                    at = before - 1;
                    continue;
                }
                _ => break,
            }
            at = before;
        }
        self.token(at).map(|token| bytes(token.text_range()).start)
    }

    /// Whether `!` is before an expression, or `false` is compared with it.
    fn is_negated(&self, token: &SyntaxToken, expression: &Range<usize>) -> bool {
        let whole = token.parent_ancestors().find(|node| {
            let range = bytes(node.text_range());
            range.start <= expression.start
                && expression.end <= range.end
                && node.kind() != SyntaxKind::TOKEN_TREE
        });
        let mut negated = false;
        if let Some(node) = whole.filter(|node| bytes(node.text_range()) == *expression) {
            for parent in node.ancestors().skip(1) {
                match parent.kind() {
                    SyntaxKind::PAREN_EXPR => {}
                    SyntaxKind::PREFIX_EXPR => {
                        negated ^= parent.text().to_string().starts_with('!');
                    }
                    SyntaxKind::BIN_EXPR => match compared(&parent) {
                        Some(value) => negated ^= !value,
                        None => break,
                    },
                    _ => break,
                }
            }
            return negated;
        }
        let before = self.lines.text().get(..expression.start).unwrap_or_default().trim_end();
        before.ends_with('!')
            && !before.trim_end_matches('!').ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    /// Settings in a text of the program.
    fn text(&self, token: &SyntaxToken, found: &mut Found) {
        let is_override = Self::is_override(token);
        let kind = if is_override { Kind::Override } else { Kind::Configuration };
        let is_setting = |name: &str, before: Option<char>, after: Option<char>| {
            matches!(before, Some('"' | ',' | '=' | ':' | ' '))
                && match after {
                    Some('=') => true,
                    Some('"') => is_override || !is_plain(name),
                    _ => false,
                }
        };
        for (spelled, name) in mentioned(self.spellings, token.text(), is_setting) {
            self.mention(token, spelled, name, kind, found);
        }
    }

    /// Whether a text is an argument of what overrides gates in tests.
    fn is_override(token: &SyntaxToken) -> bool {
        let called = token.parent_ancestors().find_map(ast::MethodCallExpr::cast);
        let by_method = called
            .and_then(|call| call.name_ref())
            .is_some_and(|name| matches!(name.text().as_str(), "named" | "text" | "flag"));
        by_method || around(token).iter().any(|name| name == "under")
    }

    fn comment(&self, index: usize, token: &SyntaxToken, found: &mut Found) {
        let text = token.text();
        if !is_documentation(token) {
            return;
        }
        for (spelled, name) in mentioned(self.spellings, text, is_mention) {
            let before = text.get(..name.start).unwrap_or_default();
            let is_code =
                self.ends_with_enum_of(before, spelled.gate) && self.is_example(index, before);
            let kind = if is_code { Kind::Doctest } else { Kind::Documentation };
            self.mention(token, spelled, name, kind, found);
        }
    }

    /// Whether a text ends with the name of an enum that has a gate, as `Feature::` does.
    fn ends_with_enum_of(&self, text: &str, gate: &str) -> bool {
        let Some(path) = text.strip_suffix("::") else { return false };
        self.names.enums.values().any(|of| {
            let has = of.gates.iter().any(|own| own == gate);
            has && path.strip_suffix(of.name.as_str()).is_some_and(|rest| {
                !rest.ends_with(|last: char| last.is_alphanumeric() || last == '_')
            })
        })
    }

    /// Whether the code after a text in a comment is an example that is compiled.
    fn is_example(&self, index: usize, text: &str) -> bool {
        let above = self.tokens.get(..index).unwrap_or_default();
        let start = above.iter().rposition(|token| !is_documentation(token));
        let above = above.get(start.map_or(0, |start| start + 1)..).unwrap_or_default();
        doctest::is_open(above.iter().flat_map(|token| token.text().lines()).chain(text.lines()))
    }

    fn mention(
        &self,
        token: &SyntaxToken,
        spelled: Spelled<'_>,
        name: Range<usize>,
        kind: Kind,
        found: &mut Found,
    ) {
        let start = bytes(token.text_range()).start;
        let range = start + name.start..start + name.end;
        // The documentation of a gate at its declaration.
        let of_variant = token.parent_ancestors().any(|node| {
            node.kind() == SyntaxKind::VARIANT
                && ast::Variant::cast(node)
                    .and_then(|variant| variant.name())
                    .is_some_and(|name| name.text() == spelled.gate)
        });
        if of_variant {
            return;
        }
        found.uses.push(Use {
            gate: spelled.gate.to_owned(),
            declaring: spelled.declaring,
            kind,
            file: self.file.to_owned(),
            name: range.clone(),
            location: self.lines.location(range.start),
            expression: range,
            function: function(token),
            negated: false,
        });
    }
}

fn is_documentation(token: &SyntaxToken) -> bool {
    let begins = |start| token.text().starts_with(start);
    token.kind() == SyntaxKind::COMMENT && (begins("///") || begins("//!") || begins("/**"))
}

/// The whole path of an import that ends with a token.
fn import(token: &SyntaxToken) -> Option<Vec<String>> {
    let mut trees: Vec<ast::UseTree> =
        token.parent_ancestors().filter_map(ast::UseTree::cast).collect();
    if trees.is_empty() {
        return None;
    }
    trees.reverse();
    let mut segments = Vec::new();
    for tree in trees {
        let Some(path) = tree.path() else { continue };
        if segments.is_empty() && path.syntax().text().to_string().starts_with("::") {
            segments.push(OUTSIDE.to_owned());
        }
        segments.extend(
            path.segments().map(|segment| plain(&segment.syntax().text().to_string()).to_owned()),
        );
    }
    Some(segments)
}

/// The name that an import gives to what ends with a token.
fn alias(token: &SyntaxToken) -> Option<String> {
    let rename = token.parent_ancestors().find_map(ast::UseTree::cast)?.rename()?;
    rename.name().map(|name| plain(&name.text()).to_owned())
}

/// The type whose `impl` a token is in.
fn self_type(token: &SyntaxToken) -> Option<Vec<String>> {
    let of = token.parent_ancestors().find_map(|node| match node.kind() {
        SyntaxKind::IMPL => {
            let ty = ast::Impl::cast(node)?.self_ty()?;
            Some(ty.syntax().text().to_string())
        }
        SyntaxKind::ENUM => ast::Enum::cast(node)?.name().map(|name| name.text().to_string()),
        _ => None,
    })?;
    Some(of.split("::").map(|segment| plain(segment.trim()).to_owned()).collect())
}

/// The value that a condition is compared with, as in `… == false` and `true != …`; the opposite one for `!=`.
fn compared(condition: &SyntaxNode) -> Option<bool> {
    let condition = ast::BinExpr::cast(condition.clone())?;
    let BinaryOp::CmpOp(CmpOp::Eq { negated }) = condition.op_kind()? else { return None };
    let sides = [condition.lhs(), condition.rhs()].into_iter().flatten();
    let value = sides.into_iter().find_map(|side| boolean(side.syntax()))?;
    Some(value != negated)
}

/// The function that a token is in, with the type that it belongs to.
pub(crate) fn function(token: &SyntaxToken) -> Option<String> {
    let function = token.parent_ancestors().find_map(ast::Fn::cast)?;
    let name = function.name()?.text().to_string();
    let around = function
        .syntax()
        .ancestors()
        .find(|node| matches!(node.kind(), SyntaxKind::IMPL | SyntaxKind::TRAIT));
    let of = around.and_then(|node: SyntaxNode| match ast::Impl::cast(node.clone()) {
        Some(block) => block.self_ty().map(|ty| ty.syntax().text().to_string()),
        None => ast::Trait::cast(node)?.name().map(|name| name.text().to_string()),
    });
    Some(of.map_or_else(|| name.clone(), |of| format!("{of}::{name}")))
}
