//! Moves a gate from its enum to a tombstone.

use featuregate_core::Version;
use featuregate_core::manifest::Gate;
use ra_ap_syntax::ast::{self, AstNode as _, HasAttrs as _, HasName as _};
use ra_ap_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

use crate::code::scope::plain;
use crate::code::tree::{bytes, parse, tokens};
use crate::io::text::Lines;
use crate::lint::transition::spec;
use crate::lint::verify::attribute;
use crate::simplify::edit::{Edit, apply, indentation, tidy};

/// From how many attributes on, a tombstone is one of a list: the compiler expands at most 128 attributes of an item.
const ATTRIBUTES: usize = 100;

/// The lint about attributes that are given twice.
const DUPLICATED: &str = "clippy::duplicated_attributes";

/// The text of the declaring file with the gate as a tombstone, or why a person has to do that.
pub(crate) fn bury(
    text: &str,
    enumeration: &str,
    variant: &str,
    gate: &Gate,
    removed: Version,
    value: bool,
) -> Result<String, String> {
    let unknown = || format!("the enum {enumeration} is not found in its file");
    let tree = parse(text).ok_or_else(unknown)?;
    let declared = tree
        .descendants()
        .filter_map(ast::Enum::cast)
        .find(|item| {
            item.name().is_some_and(|name| plain(&name.text()) == enumeration) && has(item, variant)
        })
        .ok_or_else(unknown)?;
    let mut edits = vec![tombstone(&declared, gate, removed, value)];
    for own in declared.variant_list().into_iter().flat_map(|list| list.variants()) {
        let is_gate = own.name().is_some_and(|name| plain(&name.text()) == variant);
        if is_gate {
            edits.push(removal(own.syntax(), text));
            continue;
        }
        let named = own.name().map(|name| name.text().to_string()).unwrap_or_default();
        for attribute in own.attrs() {
            if let Some(list) = required(attribute.syntax(), variant) {
                if !value {
                    return Err(format!("gate {named} requires it"));
                }
                edits.extend(list);
            }
        }
    }
    tidy(&mut edits);
    Ok(apply(text, &edits))
}

/// The line of the name of an enum with one of these gates, and those that it has.
pub(crate) fn find(text: &str, enumeration: &str, gates: &[String]) -> Option<(u32, Vec<String>)> {
    let tree = parse(text)?;
    let own = |item: &ast::Enum| -> Vec<String> {
        gates.iter().filter(|gate| has(item, gate)).cloned().collect()
    };
    let (declared, own) = tree
        .descendants()
        .filter_map(ast::Enum::cast)
        .filter(|item| item.name().is_some_and(|name| plain(&name.text()) == enumeration))
        .map(|item| {
            let own = own(&item);
            (item, own)
        })
        .find(|(_, own)| gates.is_empty() || !own.is_empty())?;
    let at = bytes(declared.name()?.syntax().text_range()).start;
    Some((Lines::of(text).location(at).line, own))
}

fn has(item: &ast::Enum, variant: &str) -> bool {
    let list = item.variant_list();
    list.is_some_and(|list| {
        list.variants().any(|own| own.name().is_some_and(|name| plain(&name.text()) == variant))
    })
}

/// Removes a node of a list with the comma after it.
pub(super) fn removal(node: &SyntaxNode, text: &str) -> Edit {
    let comma = node
        .siblings_with_tokens(ra_ap_syntax::Direction::Next)
        .skip(1)
        .filter_map(ra_ap_syntax::NodeOrToken::into_token)
        .find(|token| !token.kind().is_trivia())
        .filter(|token| token.kind() == SyntaxKind::COMMA);
    let end = comma.map_or(bytes(node.text_range()).end, |comma| bytes(comma.text_range()).end);
    Edit::new(crate::simplify::edit::whole_to(node, end, text), "")
}

/// The attribute on the enum, after the last one of its kind.
fn tombstone(declared: &ast::Enum, gate: &Gate, removed: Version, value: bool) -> Edit {
    let attributes: Vec<ast::Attr> = declared.attrs().collect();
    // A list has no former names.
    let text = if attributes.len() >= ATTRIBUTES && gate.spec.aliases.is_empty() {
        let (list, name) =
            (attribute::tombstones_at(removed, value), attribute::written(gate.name()));
        let known = attributes
            .iter()
            .find(|attribute| attribute.syntax().text().to_string().starts_with(&list));
        if let Some(known) = known {
            let at = bytes(known.syntax().text_range()).start + list.len();
            return Edit::new(at..at, format!(" {name},"));
        }
        format!("{list} {name})]")
    } else if spec(&gate.clone().removed_in(removed)).final_value() == Some(value) {
        attribute::tombstone(gate, removed)
    } else {
        // Its history would give it the other value.
        attribute::tombstone_at(gate, removed, value)
    };
    let named = |wanted: &str| {
        attributes.iter().rfind(|attribute| {
            attribute.path().is_some_and(|path| {
                path.syntax().text().to_string().rsplit("::").next() == Some(wanted)
            })
        })
    };
    let after = named("tombstone")
        .or_else(|| named("feature_gate"))
        .or_else(|| named("derive"))
        .or(attributes.last());
    let to = indentation(declared.syntax());
    let Some(after) = after else {
        let start = bytes(declared.syntax().text_range()).start;
        return Edit::new(start..start, format!("{text}\n{to}"));
    };
    let end = bytes(after.syntax().text_range()).end;
    // Clippy takes the release that several gates have in common for a mistake.
    let is_second = named("tombstone").is_some_and(|before| {
        before.syntax().text().to_string().contains(&format!("removed = \"{removed}\""))
    });
    let expects = attributes.iter().any(|own| own.syntax().text().to_string().contains(DUPLICATED));
    let lint = if is_second && !expects {
        format!(
            "\n{to}#[allow({DUPLICATED}, reason = \"several gates were removed in one release\")]"
        )
    } else {
        String::new()
    };
    Edit::new(end..end, format!("\n{to}{text}{lint}"))
}

/// The edits that take a gate out of `requires(…)`; `None` if it is not there.
fn required(attribute: &SyntaxNode, variant: &str) -> Option<Vec<Edit>> {
    let all: Vec<SyntaxToken> =
        tokens(attribute).filter(|token| !token.kind().is_trivia()).collect();
    let start = all.windows(2).position(|pair| match pair {
        [name, opening] => name.text() == "requires" && opening.text() == "(",
        _ => false,
    })?;
    let end = all.iter().skip(start).position(|token| token.text() == ")")? + start;
    let list = all.get(start + 2..end)?;
    let entries: Vec<&[SyntaxToken]> =
        list.split(|token| token.text() == ",").filter(|entry| !entry.is_empty()).collect();
    let is_own =
        |entry: &&[SyntaxToken]| entry.last().is_some_and(|last| plain(last.text()) == variant);
    let position = entries.iter().position(is_own)?;
    let from_to = |first: &SyntaxToken, last: &SyntaxToken| {
        bytes(first.text_range()).start..bytes(last.text_range()).end
    };
    if entries.len() > 1 {
        let entry = entries.get(position)?;
        let range = from_to(entry.first()?, entry.last()?);
        let range = match entries.get(position + 1) {
            Some(next) => range.start..bytes(next.first()?.text_range()).start,
            None => {
                bytes(entries.get(position.checked_sub(1)?)?.last()?.text_range()).end..range.end
            }
        };
        return Some(vec![Edit::new(range, "")]);
    }
    let (name, closing) = (all.get(start)?, all.get(end)?);
    let range = from_to(name, closing);
    let before =
        start.checked_sub(1).and_then(|before| all.get(before)).filter(|token| token.text() == ",");
    let after = all.get(end + 1).filter(|token| token.text() == ",");
    let range = match (before, after) {
        (Some(comma), _) => bytes(comma.text_range()).start..range.end,
        (None, Some(comma)) => {
            let next = comma.next_token().filter(|space| space.kind() == SyntaxKind::WHITESPACE);
            range.start
                ..next.map_or(bytes(comma.text_range()).end, |space| bytes(space.text_range()).end)
        }
        (None, None) => range,
    };
    Some(vec![Edit::new(range, "")])
}
