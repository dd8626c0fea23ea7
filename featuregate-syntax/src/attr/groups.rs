//! `group(…)` and `channel(…)`: names for gates that are chosen by their stages and tags.

use featuregate_core::Stage;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;

use super::declaration::{filled_list, word};
use super::milestone::STAGES;
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{self, Entry, Form, Grammar, Spanned};

/// `ui = [tui, net]`.
#[derive(Debug)]
pub(crate) struct RawGroup {
    pub(crate) name: Spanned<String>,
    pub(crate) members: Vec<Member>,
}

/// What a group has in its list.
#[derive(Debug)]
pub(crate) enum Member {
    Stage(Stage),
    Tag(Spanned<String>),
}

impl RawGroup {
    /// Reads the groups of `group(ui = [tui, net])`, or the channels of `channel(nightly = [alpha])`.
    pub(super) fn read(entry: &Entry, errors: &mut Sink) -> Vec<Self> {
        let key = entry.key.to_string();
        let (what, example, may_be_empty) = match key.as_str() {
            "group" => ("a list of groups", "group(ui = [alpha, tui])", false),
            _ => ("a list of channels", "channel(nightly = [alpha])", true),
        };
        let form = (what, example, "name stages or tags");
        let Some(list) = filled_list(entry, form, errors) else { return Vec::new() };
        let list_name = format!("{key}(…)");
        let grammar = Grammar { list: &list_name, keys: &[], version: "since" };
        let mut groups = Vec::new();
        for inner in entry::entries(list, grammar, errors) {
            let name =
                Spanned { value: inner.key.unraw().to_string(), range: Range::from(&inner.key) };
            let Some(tokens) = bracketed(&inner) else {
                let message = format!("expected a list of stages and tags for `{}`", inner.key);
                let help = format!("write {example}");
                errors.add(Code::Attribute, inner.range, message, help);
                continue;
            };
            if tokens.is_empty() && !may_be_empty {
                let message = format!("the group `{}` has no gates", inner.key);
                errors.add(
                    Code::Attribute,
                    inner.range,
                    message,
                    "name stages or tags, or remove it",
                );
                continue;
            }
            groups.push(Self { name, members: members(tokens, errors) });
        }
        groups
    }
}

/// The tokens of `name = […]`.
fn bracketed(entry: &Entry) -> Option<TokenStream> {
    let Form::Value(value) = &entry.form else { return None };
    let mut tokens = value.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Bracket => {
            Some(group.stream())
        }
        _ => None,
    }
}

fn members(tokens: TokenStream, errors: &mut Sink) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for tokens in entry::split(tokens, errors) {
        let Some(range) = Range::of_tokens(&tokens) else { continue };
        let Some(value) = word(&tokens) else {
            let help = "write a word, as in group(ui = [alpha, tui])";
            errors.add(Code::Attribute, range, "expected a stage or a tag", help);
            continue;
        };
        let stage = STAGES.into_iter().find(|(name, _)| *name == value).map(|(_, stage)| stage);
        let is_repeated = members.iter().any(|known| match known {
            Member::Stage(known) => stage == Some(*known),
            Member::Tag(known) => known.value == value,
        });
        if is_repeated {
            let message = format!("`{value}` is given twice");
            errors.add(Code::Attribute, range, message, "remove one of them");
            continue;
        }
        members.push(match stage {
            Some(stage) => Member::Stage(stage),
            None => Member::Tag(Spanned { value, range }),
        });
    }
    members
}
