//! From the validated model to code.
//!
//! An enum becomes two literals (its gates, packed), three small arrays of bits, and a call of the
//! runtime's macro `__declare_gates`, in which the code stands that is the same for every enum.

use featuregate_core::declare::packed;
use featuregate_core::{GateSpec, RemovedPolicy, Version};
use featuregate_syntax::{Diagnostic, Gate, Mistakes, Model};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let now = |gate: &Gate| gate.spec.at(model.version, model.version.previous_minor());
    let specs: Vec<GateSpec> =
        model.gates.iter().map(|gate| &gate.spec).chain(&model.tombstones).cloned().collect();
    let (text, table) = packed::encode(&specs);
    call(&Call {
        ident: &model.ident,
        krate: model.krate.as_ref(),
        variants: model.gates.iter().map(|gate| &gate.ident).collect(),
        position: position(model),
        text: &text,
        table: &table,
        version: model.version,
        removed: model.removed_gates,
        env: model.env.as_deref(),
        component: model.component.as_deref(),
        emulation: model.emulation,
        defaults: bits(model, |gate| now(gate).default()),
        // An enum that can emulate may run at a version where the gate is not locked.
        fixed: bits(model, |gate| now(gate).locked() && !model.emulation),
        available: available(model),
    })
}

/// The errors, and a stub with all the methods, so that uses of the enum give no errors of their own.
pub(crate) fn fallback(input: &DeriveInput, mistakes: &Mistakes) -> TokenStream {
    let mut code: TokenStream = mistakes.diagnostics.iter().map(compile_error).collect();
    if matches!(input.data, Data::Enum(_)) && input.generics.params.is_empty() {
        code.extend(call(&Call {
            ident: &input.ident,
            krate: mistakes.krate.as_ref(),
            variants: Vec::new(),
            position: quote!(gate 0),
            text: "",
            table: &[],
            version: Version::ZERO,
            removed: RemovedPolicy::Tolerate,
            env: None,
            component: None,
            emulation: true,
            defaults: vec![0],
            fixed: vec![0],
            available: vec![TokenStream::new()],
        }));
    }
    code
}

fn compile_error(error: &Diagnostic) -> TokenStream {
    let message = Literal::string(&error.message);
    // The compiler points from the first to the last token of the call.
    let mut code = quote_spanned!(error.range.start=> ::core::compile_error!);
    code.extend(quote_spanned!(error.range.end=> { #message }));
    code
}

/// What the runtime's macro is called with.
struct Call<'a> {
    ident: &'a Ident,
    krate: Option<&'a TokenStream>,
    variants: Vec<&'a Ident>,
    /// A name for the variant and its position, where that is not its number.
    position: TokenStream,
    text: &'a str,
    table: &'a [u8],
    version: Version,
    removed: RemovedPolicy,
    env: Option<&'a str>,
    component: Option<&'a str>,
    emulation: bool,
    /// For each byte of the bits its defaults, its fixed gates, and the conditions of its gates.
    defaults: Vec<u8>,
    fixed: Vec<u8>,
    available: Vec<TokenStream>,
}

fn call(call: &Call<'_>) -> TokenStream {
    let Call { ident, variants, position, text, available, .. } = call;
    let default_path = quote!(::featuregate);
    let krate = call.krate.unwrap_or(&default_path);
    let bytes = Literal::usize_unsuffixed(call.defaults.len());
    let count = Literal::usize_unsuffixed(variants.len());
    let table = Literal::byte_string(call.table);
    let major = Literal::u32_unsuffixed(call.version.major());
    let minor = Literal::u32_unsuffixed(call.version.minor());
    let refuse = call.removed == RemovedPolicy::Refuse;
    let (env, component) = (call.env.into_iter(), call.component.into_iter());
    let emulation = call.emulation.then(|| quote!(emulation));
    let (defaults, fixed) = (literals(&call.defaults), literals(&call.fixed));
    quote! {
        #krate::__declare_gates! {
            #ident [#(#variants)*] [#position];
            #text #table #count (#major #minor) #refuse [#(#env)*] [#(#component)*] [#emulation];
            #bytes [#(#defaults)*] [#(#fixed)*] [#([#available])*]
        }
    }
}

fn literals(bytes: &[u8]) -> Vec<Literal> {
    bytes.iter().copied().map(Literal::u8_unsuffixed).collect()
}

fn position(model: &Model) -> TokenStream {
    if model.gates.is_empty() {
        return quote!(gate match gate {});
    }
    if !model.explicit_discriminants {
        return TokenStream::new();
    }
    let variants = model.gates.iter().map(|gate| &gate.ident);
    let positions = (0..model.gates.len()).map(Literal::usize_unsuffixed);
    let ident = &model.ident;
    quote!(gate match gate { #(#ident::#variants => #positions,)* })
}

/// The gates of each byte; an enum without gates has one byte too, so that there is something to read.
fn bytes<T>(model: &Model, of: impl Fn(&[Gate]) -> T) -> Vec<T> {
    if model.gates.is_empty() { vec![of(&[])] } else { model.gates.chunks(8).map(of).collect() }
}

/// One bit for each gate, the first in the lowest bit of the first byte.
fn bits(model: &Model, of: impl Fn(&Gate) -> bool) -> Vec<u8> {
    let bit = |(bit, gate): (usize, &Gate)| u8::from(of(gate)) << bit;
    bytes(model, |gates| gates.iter().enumerate().map(bit).fold(0, |byte, bit| byte | bit))
}

/// For each byte the conditions under which its gates are compiled in, each with its bit.
fn available(model: &Model) -> Vec<TokenStream> {
    let condition = |(bit, gate): (usize, &Gate)| {
        let condition = gate.available.as_ref()?;
        let mask = Literal::u8_unsuffixed(1 << bit);
        Some(quote!((#condition) #mask))
    };
    bytes(model, |gates| gates.iter().enumerate().filter_map(condition).collect())
}
