//! A variant: its doc comment, its `#[gate(…)]`, and what a gate cannot have.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Fields, Lit, Meta, Variant};

use super::declaration::Declaration;
use crate::diagnostic::{Code, Range, Sink};
use crate::entry::{Spanned, whole};

/// A variant with its `#[gate(…)]`.
#[derive(Debug)]
pub(crate) struct RawGate {
    pub(crate) ident: Ident,
    /// The name of the gate: that of the variant, unless it is renamed.
    pub(crate) name: Spanned<String>,
    pub(crate) doc: String,
    pub(crate) declaration: Declaration,
}

impl RawGate {
    /// A variant with errors remains a gate, so that others can require it.
    pub(super) fn read(variant: &Variant, errors: &mut Sink) -> Self {
        errors.of_gate(variant.ident.to_string(), |errors| {
            no_fields(variant, errors);
            misplaced(variant, errors);
            let own = Spanned {
                value: variant.ident.unraw().to_string(),
                range: Range::from(&variant.ident),
            };
            let doc = doc(variant, errors).unwrap_or_default();
            let declaration = Declaration::of_variant(variant, errors);
            let name = declaration.name.get().cloned().unwrap_or(own);
            Self { ident: variant.ident.clone(), name, doc, declaration }
        })
    }
}

fn no_fields(variant: &Variant, errors: &mut Sink) {
    let end = match &variant.fields {
        Fields::Unit => return,
        Fields::Named(fields) => fields.brace_token.span.close(),
        Fields::Unnamed(fields) => fields.paren_token.span.close(),
    };
    errors.add(
        Code::Enum,
        Range::new(variant.ident.span(), end),
        format!("variant `{}` has fields", variant.ident),
        "remove them, since a gate is only on or off",
    );
}

/// Reports attributes of the enum on a variant.
fn misplaced(variant: &Variant, errors: &mut Sink) {
    for attribute in &variant.attrs {
        for name in ["feature_gate", "tombstone", "tombstones"] {
            if attribute.path().is_ident(name) {
                errors.add(
                    Code::Attribute,
                    whole(attribute),
                    format!("`#[{name}(…)]` can only be used on the enum"),
                    "move it to the enum",
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
        // `#[doc(hidden)]` and the like are not text.
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
            Code::Doc,
            range,
            "macros cannot read a computed doc comment",
            "write the help text of the gate in a line with ///",
        ),
        None => errors.add(
            Code::Doc,
            &variant.ident,
            format!("`{}` has no doc comment", variant.ident),
            "write what the gate does in a line with ///, since that is its help text",
        ),
    }
    None
}

/// The text of a literal, including one that a macro passed on.
fn written_out(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        Expr::Group(group) => written_out(&group.expr),
        _ => None,
    }
}
