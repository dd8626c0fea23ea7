//! An enum as it is declared: its gates with their locations.

use std::collections::BTreeMap;

use featuregate_core::__private::{IdVec, id};
use featuregate_core::manifest::Gate;
use featuregate_core::{Groups, RemovedPolicy, Version};
use featuregate_syntax::{Code, Diagnostic as TokenDiagnostic, Locations, Model, Other, Range};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Data, DeriveInput, Variant};

use super::attributes::ours;
use super::condition::Condition;
use super::diagnostic::{Diagnostic, Spot};
use super::modules::File;

id! {
    /// A gate or a removed gate of an enum.
    pub(crate) struct DeclaredId;
}

/// An enum of gates.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    /// Its name.
    pub(crate) name: String,
    /// The location of the name.
    pub(crate) spot: Spot,
    /// The component that its gates are written with.
    pub(super) component: Option<String>,
    /// The release of the component.
    pub(crate) version: Version,
    pub(crate) removed: RemovedPolicy,
    /// Where its variants are.
    pub(crate) body: Body,
    pub(crate) groups: Groups,
    /// The environment variables that set its gates, as a manifest has them.
    pub(crate) variables: Vec<String>,
    /// Its gates and removed gates.
    pub(crate) gates: IdVec<DeclaredId, Declared>,
}

/// Where the variants of an enum are in its file, as bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    /// From after the opening brace to the closing one.
    pub(crate) inside: (usize, usize),
    /// From the first to the end of the last variant, if there are any.
    pub(crate) variants: Option<(usize, usize)>,
}

/// A gate or a removed gate.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    /// The gate as a manifest has it.
    pub(crate) gate: Gate,
    /// The name.
    pub(crate) spot: Spot,
    /// Each milestone.
    pub(crate) milestones: Vec<Spot>,
    /// Each former name.
    pub(crate) aliases: Vec<Spot>,
    /// The planned release of removal.
    pub(crate) remove_in: Option<Spot>,
    /// The release of removal.
    pub(crate) removed: Option<Spot>,
    /// The variant; a removed gate has none.
    pub(crate) variant: Option<String>,
    /// When it is compiled.
    pub(super) condition: Condition,
    /// The gates of other enums that it requires: the enum and the variant.
    pub(super) others: Vec<(String, String)>,
}

/// Reads an enum that is compiled under a condition.
pub(super) fn read(
    file: &File<'_>,
    condition: &Condition,
    tokens: TokenStream,
    crate_version: Version,
) -> Result<Enum, Vec<Diagnostic>> {
    let body = body(&tokens);
    let input: DeriveInput = syn::parse2(tokens).map_err(|error| {
        let message = format!("cannot read this enum: {error}");
        let spot = file.spot(&Range::of(error.span()));
        vec![Diagnostic::new(&spot, "", message, "")]
    })?;
    let mut enumeration = Unconditional::of(input);
    let model = featuregate_syntax::read(&enumeration.input, crate_version);
    let otherwise =
        enumeration.otherwise().map(|input| featuregate_syntax::read(&input, crate_version));
    for model in otherwise.iter().chain([&model]) {
        let diagnostics = model.as_ref().err().map(|diagnostics| diagnostics.diagnostics.clone());
        enumeration.differing.extend(diagnostics.unwrap_or_default());
    }
    let merged = match (&model, otherwise) {
        (Ok(model), Some(Ok(otherwise))) => enumeration.merge(model, &otherwise),
        _ => BTreeMap::new(),
    };
    match model {
        Ok(model) if enumeration.differing.is_empty() => {
            Ok(file.enumeration(model, condition, &enumeration, merged, body))
        }
        _ => Err(file.diagnostics(&enumeration)),
    }
}

/// The locations of an enum's variants, whose braces come last.
fn body(tokens: &TokenStream) -> Body {
    let Some(TokenTree::Group(braces)) = tokens.clone().into_iter().last() else {
        return Body { inside: (0, 0), variants: None };
    };
    let comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
    let inside = braces.stream().into_iter();
    let first = inside.clone().next().map(|token| token.span().byte_range().start);
    let last =
        inside.filter(|token| !comma(token)).last().map(|token| token.span().byte_range().end);
    Body {
        inside: (braces.span_open().byte_range().end, braces.span_close().byte_range().start),
        variants: first.zip(last),
    }
}

/// An enum without conditional compilation, and the conditions that it had.
struct Unconditional {
    input: DeriveInput,
    /// The condition of each variant.
    variants: Vec<Condition>,
    /// The condition of each attribute that declares removed gates.
    tombstones: Vec<Condition>,
    /// The variants with two `#[gate(…)]` under conditions: the condition of the one that the variant has here, and
    /// the other one with its condition.
    alternatives: Vec<(Ident, Condition, Attribute, Condition)>,
    /// The variants that are declared differently under two conditions.
    differing: Vec<TokenDiagnostic>,
}

impl Unconditional {
    fn of(mut input: DeriveInput) -> Self {
        let (attributes, conditions): (Vec<_>, Vec<_>) =
            ours(std::mem::take(&mut input.attrs)).into_iter().unzip();
        let tombstone = |attribute: &&Attribute| {
            attribute.path().is_ident("tombstone") || attribute.path().is_ident("tombstones")
        };
        let tombstones = attributes.iter().zip(conditions);
        let tombstones = tombstones.filter(|(it, _)| tombstone(it)).map(|(_, condition)| condition);
        let mut all = Self {
            variants: Vec::new(),
            tombstones: tombstones.collect(),
            alternatives: Vec::new(),
            differing: Vec::new(),
            input: DeriveInput { attrs: attributes, ..input },
        };
        if let Data::Enum(data) = &mut all.input.data {
            let variants = std::mem::take(&mut data.variants);
            let mut kept: Vec<Variant> = Vec::new();
            for mut variant in variants {
                let condition =
                    variant.attrs.iter().filter_map(cfg).fold(Condition::always(), Condition::and);
                if condition.is_of_tests() {
                    continue;
                }
                let (mut attributes, mut conditions): (Vec<_>, Vec<_>) =
                    ours(variant.attrs).into_iter().unzip();
                if let Some((own, other)) = two_gates(&attributes)
                    && let (Some(condition), false) =
                        (conditions.get(own).cloned(), conditions.iter().all(Condition::is_always))
                {
                    let (attribute, otherwise) =
                        (attributes.remove(other), conditions.remove(other));
                    let ident = variant.ident.clone();
                    all.alternatives.push((ident, condition, attribute, otherwise));
                }
                variant.attrs = attributes;
                let mut known = kept.iter().zip(&mut all.variants);
                let twin =
                    known.find(|(known, _)| known.ident == variant.ident && !condition.is_always());
                // One of the two is compiled, so they are one gate.
                if let Some((known, before)) = twin.filter(|(_, before)| !before.is_always()) {
                    *before = before.clone().or(condition);
                    if !same(known, &variant) {
                        all.differing.push(differing(&variant.ident));
                    }
                    continue;
                }
                all.variants.push(condition);
                kept.push(variant);
            }
            data.variants.extend(kept);
        }
        all
    }

    /// The enum as it is under the conditions of the other attributes, if there are any.
    fn otherwise(&self) -> Option<DeriveInput> {
        let mut input = self.input.clone();
        let Data::Enum(data) = &mut input.data else { return None };
        for (ident, _, attribute, _) in &self.alternatives {
            let variant = data.variants.iter_mut().find(|variant| variant.ident == *ident)?;
            let own = variant.attrs.iter_mut().find(|own| own.path().is_ident("gate"))?;
            own.clone_from(attribute);
        }
        (!self.alternatives.is_empty()).then_some(input)
    }

    /// The gates that have a default by condition, since their attributes differ only in it. What differs otherwise is
    /// reported.
    fn merge(&mut self, model: &Model, otherwise: &Model) -> BTreeMap<String, Gate> {
        let mut merged = BTreeMap::new();
        for (ident, condition, _, other_condition) in &self.alternatives {
            let gate = |model: &Model| {
                let gate = model.gates.iter().find(|gate| gate.ident == *ident);
                gate.map(|gate| Gate::of_spec(&gate.spec))
            };
            let (Some(mut one), Some(mut other)) = (gate(model), gate(otherwise)) else { continue };
            for (one, other) in one.spec.milestones.iter_mut().zip(&mut other.spec.milestones) {
                if one.default != other.default {
                    let on = if one.default { condition } else { other_condition };
                    *one = one.clone().with_condition(format!("cfg({on})"));
                    *other = other.clone().with_condition(format!("cfg({on})"));
                }
            }
            if one == other {
                merged.insert(ident.to_string(), one);
            } else {
                self.differing.push(differing(ident));
            }
        }
        merged
    }
}

/// The positions of the only two `#[gate(…)]` among attributes.
fn two_gates(attributes: &[Attribute]) -> Option<(usize, usize)> {
    let gates = attributes.iter().enumerate().filter(|(_, it)| it.path().is_ident("gate"));
    match *gates.map(|(index, _)| index).collect::<Vec<_>>() {
        [one, other] => Some((one, other)),
        _ => None,
    }
}

/// The condition of `cfg(…)`.
fn cfg(attribute: &Attribute) -> Option<Condition> {
    let list = attribute.meta.require_list().ok().filter(|list| list.path.is_ident("cfg"))?;
    Some(Condition::read(list.tokens.clone()))
}

/// Whether two variants are declared in the same words.
fn same(one: &Variant, other: &Variant) -> bool {
    one.attrs.len() == other.attrs.len()
        && one.attrs.iter().zip(&other.attrs).all(|(one, other)| words(one) == words(other))
}

fn words(attribute: &Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.to_string(),
        syn::Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) => text.value(),
        _ => String::new(),
    }
}

fn differing(name: &Ident) -> TokenDiagnostic {
    let message = format!(
        "`{name}` is declared differently under two conditions, but a gate has one history"
    );
    TokenDiagnostic::new(Code::Enum, name, message, "declare it the same for all builds")
        .with_gate(name.to_string())
}

impl File<'_> {
    /// Where tokens are.
    fn spot(&self, range: &Range) -> Spot {
        let start = range.start.byte_range().start;
        let end = range.end.byte_range().end;
        let location = self.lines.location(start);
        Spot { path: self.path.clone(), location, span: start..end.max(start) }
    }

    fn spots(&self, ranges: &[Range]) -> Vec<Spot> {
        ranges.iter().map(|range| self.spot(range)).collect()
    }

    fn diagnostics(&self, enumeration: &Unconditional) -> Vec<Diagnostic> {
        let diagnostic = |diagnostic: &TokenDiagnostic| Diagnostic {
            spot: self.spot(&diagnostic.range),
            gate: diagnostic.gate.clone().unwrap_or_else(|| enumeration.input.ident.to_string()),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            code: Some(diagnostic.code),
        };
        enumeration.differing.iter().map(diagnostic).collect()
    }

    fn enumeration(
        &self,
        model: Model,
        around: &Condition,
        enumeration: &Unconditional,
        mut merged: BTreeMap<String, Gate>,
        body: Body,
    ) -> Enum {
        let mut gates = IdVec::new();
        for (gate, condition) in model.gates.iter().zip(&enumeration.variants) {
            let written = merged.remove(&gate.ident.to_string());
            let mut written = written.unwrap_or_else(|| Gate::of_spec(&gate.spec));
            for (milestone, condition) in &gate.conditions {
                if let Some(milestone) = written.spec.milestones.get_mut(*milestone) {
                    let condition = Condition::of_expression(condition.clone());
                    *milestone = milestone.clone().with_condition(format!("cfg({condition})"));
                }
            }
            let declared = self.declared(written, &gate.locations, around, condition);
            let other = |other: &Other| {
                let path = other.path.clone().into_iter().last();
                (path.map(|last| last.to_string()).unwrap_or_default(), other.variant.to_string())
            };
            gates.push(Declared {
                variant: Some(gate.ident.to_string()),
                others: gate.others.iter().map(other).collect(),
                ..declared
            });
        }
        let always = Condition::always();
        for tombstone in &model.tombstones {
            let condition = enumeration.tombstones.get(tombstone.attribute).unwrap_or(&always);
            let gate = Gate::of_spec(&tombstone.spec);
            gates.push(self.declared(gate, &tombstone.locations, around, condition));
        }
        Enum {
            name: model.ident.to_string(),
            spot: self.spot(&Range::from(&model.ident)),
            component: model.component,
            version: model.version,
            removed: model.removed_gates,
            body,
            groups: model.groups,
            variables: model
                .env
                .into_iter()
                .chain(model.env_prefix.map(|prefix| format!("{prefix}*")))
                .collect(),
            gates,
        }
    }

    fn declared(
        &self,
        gate: Gate,
        locations: &Locations,
        around: &Condition,
        condition: &Condition,
    ) -> Declared {
        Declared {
            gate,
            spot: self.spot(&locations.name),
            milestones: self.spots(&locations.milestones),
            aliases: self.spots(&locations.aliases),
            remove_in: locations.remove_in.as_ref().map(|range| self.spot(range)),
            removed: locations.removed.as_ref().map(|range| self.spot(range)),
            variant: None,
            condition: around.clone().and(condition.clone()),
            others: Vec::new(),
        }
    }
}
