//! Attributes before conditional compilation: `cfg` and `cfg_attr` taken apart.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::{Attribute, Meta};

use super::condition::{Condition, split};

/// An attribute's content, as in `derive(FeatureGate)`, and when it applies.
#[derive(Clone, Debug)]
pub(super) struct Applied {
    pub(super) content: TokenStream,
    pub(super) condition: Condition,
}

/// An attribute itself, or the content of its `cfg_attr`.
pub(super) fn apply(content: TokenStream, condition: &Condition) -> Vec<Applied> {
    let Some(list) = list(&content, "cfg_attr") else {
        return vec![Applied { content, condition: condition.clone() }];
    };
    let mut parts = split(list).into_iter();
    let Some(when) = parts.next() else { return Vec::new() };
    let condition = condition.clone().and(Condition::read(when));
    parts.flat_map(|part| apply(part, &condition)).collect()
}

/// The content of the parentheses of an attribute of that name.
pub(super) fn list(content: &TokenStream, name: &str) -> Option<TokenStream> {
    let mut tokens = content.clone().into_iter();
    match (tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(word), TokenTree::Group(group)) if word == name => Some(group.stream()),
        _ => None,
    }
}

/// Whether the path of an attribute ends with that name, as `tokio::test` does with `test`.
pub(super) fn ends_with(content: &TokenStream, name: &str) -> bool {
    let path =
        content.clone().into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
    matches!(path.last(), Some(TokenTree::Ident(last)) if last == name)
}

/// When an enum derives `FeatureGate`; not at all, if it does not.
pub(super) fn derives(applied: &[Applied]) -> Option<Condition> {
    let of_derive = |applied: &Applied| {
        let derived = split(list(&applied.content, "derive")?);
        let gates = derived.iter().any(|path| ends_with(path, "FeatureGate"));
        gates.then(|| applied.condition.clone())
    };
    applied.iter().filter_map(of_derive).reduce(Condition::or)
}

/// When an item is compiled, by its `cfg` attributes.
pub(super) fn condition(applied: &[Applied]) -> Condition {
    let conditions = applied.iter().filter_map(|applied| list(&applied.content, "cfg"));
    conditions.map(Condition::read).fold(Condition::always(), Condition::and)
}

/// The attributes that `featuregate-syntax` reads, each with the condition of its `cfg_attr`.
pub(super) fn ours(attributes: Vec<Attribute>) -> Vec<(Attribute, Condition)> {
    const OURS: [&str; 5] = ["doc", "feature_gate", "gate", "tombstone", "tombstones"];
    let mut kept = Vec::new();
    for attribute in attributes {
        let conditional = attribute.path().is_ident("cfg_attr");
        match &attribute.meta {
            Meta::List(list) if conditional => {
                for applied in apply(whole(&attribute, list.tokens.clone()), &Condition::always()) {
                    let attributes = parsed(&attribute, applied.content);
                    kept.extend(attributes.into_iter().map(|it| (it, applied.condition.clone())));
                }
            }
            _ => kept.push((attribute, Condition::always())),
        }
    }
    kept.retain(|(attribute, _)| OURS.iter().any(|name| attribute.path().is_ident(name)));
    kept
}

/// `cfg_attr(…)` with these tokens.
fn whole(attribute: &Attribute, tokens: TokenStream) -> TokenStream {
    let name = Ident::new("cfg_attr", attribute.pound_token.span);
    let list = Group::new(proc_macro2::Delimiter::Parenthesis, tokens);
    [TokenTree::Ident(name), TokenTree::Group(list)].into_iter().collect()
}

/// Another attribute in the location of this one.
fn parsed(at: &Attribute, content: TokenStream) -> Vec<Attribute> {
    let mut hash = proc_macro2::Punct::new('#', proc_macro2::Spacing::Alone);
    hash.set_span(at.pound_token.span);
    let mut list = Group::new(proc_macro2::Delimiter::Bracket, content);
    list.set_span(at.bracket_token.span.join());
    let tokens: TokenStream =
        [TokenTree::Punct(hash), TokenTree::Group(list)].into_iter().collect();
    Attribute::parse_outer.parse2(tokens).unwrap_or_default()
}
