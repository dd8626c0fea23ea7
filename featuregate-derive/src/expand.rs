//! From the validated model to code.
//!
//! An enum becomes two literals (its gates, packed), three small arrays of bits, and one static of cells
//! that begins with the defaults. Everything else is the runtime's. What a user's tokens are put beside
//! has names that no user would choose.

use featuregate_core::{GateSpec, RemovedPolicy, Version, packed};
use featuregate_syntax::{Diagnostic, Model};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput};

/// What the code is made of.
struct Parts<'a> {
    ident: &'a Ident,
    krate: TokenStream,
    variants: Vec<&'a Ident>,
    /// How a variant becomes its position.
    position: TokenStream,
    /// A marker for enums that can emulate.
    emulates: bool,
    declaration: TokenStream,
    /// For each byte of the bits its defaults, its fixed gates, and what is compiled in.
    defaults: Vec<u8>,
    fixed: Vec<u8>,
    available: Vec<TokenStream>,
}

pub(crate) fn expand(model: &Model) -> TokenStream {
    let specs: Vec<GateSpec> =
        model.gates.iter().map(|gate| &gate.spec).chain(&model.tombstones).cloned().collect();
    let now = |spec: &GateSpec| spec.at(model.version, model.version.previous_minor());
    let default = |spec: &GateSpec| now(spec).default();
    // An enum that can emulate may run at a version where the gate is not locked.
    let fixed = |spec: &GateSpec| now(spec).locked() && !model.emulation;
    parts_code(&Parts {
        ident: &model.ident,
        krate: model.krate.clone().unwrap_or_else(|| quote!(::featuregate)),
        variants: model.gates.iter().map(|gate| &gate.ident).collect(),
        position: position(model),
        emulates: model.emulation,
        declaration: declaration(model, &specs),
        defaults: bits(model, default),
        fixed: bits(model, fixed),
        available: available(model),
    })
}

/// The errors, and a stub with all the methods, so that uses of the enum give no errors of their own.
pub(crate) fn fallback(input: &DeriveInput, errors: &[Diagnostic]) -> TokenStream {
    let errors = errors.iter().map(|Diagnostic { range, message }| {
        let path = quote_spanned!(range.start=> ::core::compile_error!);
        let message = Literal::string(message);
        let argument = quote_spanned!(range.end=> { #message });
        quote!(#path #argument)
    });
    let errors = quote!(#(#errors)*);
    let can_have_gates = matches!(input.data, Data::Enum(_)) && input.generics.params.is_empty();
    if !can_have_gates {
        return errors;
    }
    let stub = parts_code(&Parts {
        ident: &input.ident,
        krate: named_crate(input).unwrap_or_else(|| quote!(::featuregate)),
        variants: Vec::new(),
        position: quote!(0),
        emulates: true,
        declaration: declaration_code(
            "",
            &[],
            0,
            Version::ZERO,
            RemovedPolicy::Tolerate,
            None,
            None,
        ),
        defaults: vec![0],
        fixed: vec![0],
        available: vec![quote!(255)],
    });
    quote!(#errors #stub)
}

/// The path in `#[feature_gate(crate = …)]` of an enum that could not be read.
fn named_crate(input: &DeriveInput) -> Option<TokenStream> {
    let settings = input.attrs.iter().filter(|attribute| attribute.path().is_ident("feature_gate"));
    let mut path = None;
    for attribute in settings {
        // Whatever is wrong with it was told already.
        let _ = attribute.parse_nested_meta(|meta| {
            let is_crate = meta.path.is_ident("crate");
            if meta.input.peek(syn::Token![=]) {
                let value: TokenStream = meta.value()?.step(|cursor| {
                    let mut rest = *cursor;
                    let mut value = TokenStream::new();
                    while let Some((token, next)) = rest.token_tree() {
                        if matches!(&token, proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',') {
                            break;
                        }
                        value.extend([token]);
                        rest = next;
                    }
                    Ok((value, rest))
                })?;
                if is_crate {
                    path = Some(value);
                }
            }
            Ok(())
        });
    }
    path.filter(|path| syn::parse2::<syn::Path>(path.clone()).is_ok())
}

// ---- the parts ----

fn position(model: &Model) -> TokenStream {
    if model.gates.is_empty() {
        return quote!(match self {});
    }
    if !model.explicit_discriminants {
        return quote!(self as __featuregate::usize);
    }
    let variants = model.gates.iter().map(|gate| &gate.ident);
    let positions = (0..model.gates.len()).map(Literal::usize_unsuffixed);
    quote!(match self { #(Self::#variants => #positions,)* })
}

/// One bit for each gate, the first in the lowest bit of the first byte. An enum without gates has one
/// byte too, so that there is something to read.
fn bits(model: &Model, of: impl Fn(&GateSpec) -> bool) -> Vec<u8> {
    let byte = |gates: &[featuregate_syntax::Gate]| {
        gates.iter().enumerate().fold(0, |byte, (bit, gate)| byte | u8::from(of(&gate.spec)) << bit)
    };
    if model.gates.is_empty() { vec![0] } else { model.gates.chunks(8).map(byte).collect() }
}

/// For each byte an expression with the bits of the gates that are compiled in.
fn available(model: &Model) -> Vec<TokenStream> {
    let byte = |gates: &[featuregate_syntax::Gate]| {
        let conditions = gates.iter().enumerate().filter_map(|(bit, gate)| {
            let condition = gate.available.as_ref()?;
            let mask = Literal::u8_unsuffixed(1 << bit);
            Some(quote!(& __featuregate::available(#condition, #mask)))
        });
        quote!(255 #(#conditions)*)
    };
    if model.gates.is_empty() {
        vec![quote!(255)]
    } else {
        model.gates.chunks(8).map(byte).collect()
    }
}

fn declaration(model: &Model, specs: &[GateSpec]) -> TokenStream {
    let (text, table) = packed::encode(specs);
    declaration_code(
        &text,
        &table,
        model.gates.len(),
        model.version,
        model.removed_gates,
        model.env.as_deref(),
        model.component.as_deref(),
    )
}

fn declaration_code(
    text: &str,
    table: &[u8],
    gates: usize,
    version: Version,
    removed: RemovedPolicy,
    env: Option<&str>,
    component: Option<&str>,
) -> TokenStream {
    let table = Literal::byte_string(table);
    let gates = Literal::usize_unsuffixed(gates);
    let major = Literal::u32_unsuffixed(version.major());
    let minor = Literal::u32_unsuffixed(version.minor());
    let refuse = removed == RemovedPolicy::Refuse;
    let option = |text: Option<&str>| {
        text.map_or_else(|| quote!(__featuregate::None), |text| quote!(__featuregate::Some(#text)))
    };
    let (env, component) = (option(env), option(component));
    quote! {
        __featuregate::Declaration::new(
            #text, #table, #gates, (#major, #minor), #refuse, #env, #component,
        )
    }
}

fn parts_code(parts: &Parts<'_>) -> TokenStream {
    let Parts { ident, krate, variants, position, emulates, declaration, .. } = parts;
    let Parts { defaults, fixed, available, .. } = parts;
    let bytes = Literal::usize_unsuffixed(defaults.len());
    let literals =
        |bytes: &[u8]| bytes.iter().copied().map(Literal::u8_unsuffixed).collect::<Vec<_>>();
    let (defaults, fixed) = (literals(defaults), literals(fixed));
    let emulates = emulates.then(|| quote!(impl __featuregate::Emulates for #ident {}));
    let methods = methods(ident);
    // Lints of the user's crate are about the user's code.
    let lints = quote! {
        #[allow(dead_code, unreachable_pub, missing_docs, clippy::all, clippy::pedantic, clippy::restriction)]
    };
    // The crate's path may be relative, and so is resolved where the enum stands.
    let private = Ident::new("__private", Span::call_site());
    quote! {
        #lints
        const _: () = {
            use #krate::#private as __featuregate;

            const __AVAILABLE: [__featuregate::u8; #bytes] = [#(#available),*];
            const __DEFAULTS: [__featuregate::u8; #bytes] =
                __featuregate::both([#(#defaults),*], __AVAILABLE);
            const __FIXED: [__featuregate::u8; #bytes] =
                __featuregate::fixed([#(#fixed),*], __AVAILABLE);
            static __CELLS: __featuregate::Cells<#bytes> = __featuregate::Cells::new(__DEFAULTS);

            #methods

            #[automatically_derived]
            impl __featuregate::FeatureGate for #ident {
                type Bits = [__featuregate::u8; #bytes];
                const DECLARATION: __featuregate::Declaration = #declaration;
                const ALL: &'static [Self] = &[#(Self::#variants),*];
                const AVAILABLE: [__featuregate::u8; #bytes] = __AVAILABLE;
                const DEFAULTS: [__featuregate::u8; #bytes] = __DEFAULTS;
                const FIXED: [__featuregate::u8; #bytes] = __FIXED;

                #[inline(always)]
                fn position(self) -> __featuregate::usize {
                    #position
                }

                #[inline(always)]
                fn enabled(self) -> __featuregate::bool {
                    #ident::enabled(self)
                }

                #[inline]
                fn cells() -> __featuregate::CellsRef {
                    __CELLS.as_ref()
                }
            }

            #emulates

            #[automatically_derived]
            impl __featuregate::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, f: &mut __featuregate::fmt::Formatter<'_>) -> __featuregate::fmt::Result {
                    f.pad(__featuregate::FeatureGate::name(*self))
                }
            }

            #[automatically_derived]
            impl __featuregate::FromStr for #ident {
                type Err = __featuregate::UnknownGate;

                #[inline]
                fn from_str(name: &__featuregate::str) -> __featuregate::Result<Self, Self::Err> {
                    <Self as __featuregate::FeatureGate>::from_name(name)
                }
            }
        };
    }
}

/// The methods that need no import of the trait.
fn methods(ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #ident {
            /// Whether this gate is on: its default until a resolution is installed.
            #[inline(always)]
            #[must_use]
            pub fn enabled(self) -> __featuregate::bool {
                let position = <Self as __featuregate::FeatureGate>::position(self);
                __featuregate::enabled(position, &__CELLS, &__FIXED, &__DEFAULTS)
            }

            /// The gate's name, as operators write it.
            #[inline]
            #[must_use]
            pub fn name(self) -> &'static __featuregate::str {
                __featuregate::FeatureGate::name(self)
            }

            /// The gate's declaration.
            #[inline]
            #[must_use]
            pub fn spec(self) -> __featuregate::GateSpec {
                __featuregate::FeatureGate::spec(self)
            }

            /// All gates, in the order of declaration.
            #[inline]
            pub fn all() -> __featuregate::All<Self> {
                <Self as __featuregate::FeatureGate>::all()
            }

            /// The declarations of all gates, in the order of declaration.
            #[inline]
            pub fn specs() -> __featuregate::Specs {
                <Self as __featuregate::FeatureGate>::specs()
            }

            /// Begins to resolve the gates: sources, then `resolve`, then `install`.
            #[inline]
            #[must_use]
            pub fn resolver() -> __featuregate::Resolver<Self> {
                __featuregate::Resolver::new()
            }

            /// The values that hold now, as a value of their own.
            #[inline]
            #[must_use]
            pub fn snapshot() -> __featuregate::Gates<Self> {
                <Self as __featuregate::FeatureGate>::snapshot()
            }
        }
    }
}
