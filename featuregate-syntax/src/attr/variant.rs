//! A variant: its doc comment, and that it has nothing that a gate can't have.

use proc_macro2::Ident;
use syn::{Expr, ExprLit, Fields, Lit, Meta, Variant};

use super::declaration::Declaration;
use super::whole;
use crate::diagnostic::{About, Range, Sink};

/// A variant with its `#[gate(…)]`.
#[derive(Debug)]
pub(crate) struct RawGate {
    pub(crate) ident: Ident,
    pub(crate) doc: String,
    pub(crate) declaration: Declaration,
}

impl RawGate {
    /// A variant stays a gate whatever is wrong with it, so that others may name it.
    pub(super) fn read(variant: &Variant, errors: &mut Sink) -> Self {
        no_fields(variant, errors);
        misplaced(variant, errors);
        Self {
            ident: variant.ident.clone(),
            doc: doc(variant, errors).unwrap_or_default(),
            declaration: Declaration::of_variant(variant, errors),
        }
    }
}

fn no_fields(variant: &Variant, errors: &mut Sink) {
    let end = match &variant.fields {
        Fields::Unit => return,
        Fields::Named(fields) => fields.brace_token.span.close(),
        Fields::Unnamed(fields) => fields.paren_token.span.close(),
    };
    errors.add(
        Range { start: variant.ident.span(), end },
        format!(
            "`{}` has fields; a gate is on or off and nothing else, so drop them",
            variant.ident
        ),
    );
}

/// Attributes of the enum that stand on a variant.
fn misplaced(variant: &Variant, errors: &mut Sink) {
    for attribute in &variant.attrs {
        for name in ["feature_gate", "tombstone"] {
            if attribute.path().is_ident(name) {
                errors.add(
                    whole(attribute),
                    format!("`#[{name}(…)]` belongs on the enum; a variant has #[gate(…)]"),
                );
            }
        }
    }
}

/// The doc comment, which is the help text.
fn doc(variant: &Variant, errors: &mut Sink) -> Option<String> {
    let mut text = String::new();
    let mut computed: Option<Range> = None;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        // `#[doc(hidden)]` and its like say nothing to an operator.
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        let Some(line) = written_out(&pair.value) else {
            computed = Some(whole(attribute));
            continue;
        };
        text.push_str(line.strip_prefix(' ').unwrap_or(&line));
        text.push('\n');
    }
    let text = text.trim();
    if !text.is_empty() {
        return Some(text.into());
    }
    match computed {
        Some(range) => errors.add(
            range,
            "the help text must be written out, since a macro can't read a computed one; add a line with ///",
        ),
        None => errors.add_about(
            About::Doc,
            &variant.ident,
            format!("`{}` has no doc comment; say in a line with /// what it does, since that is its help text", variant.ident),
        ),
    }
    None
}

/// The text of a literal, also of one that a macro handed through.
fn written_out(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(group) => written_out(&group.expr),
        _ => None,
    }
}
