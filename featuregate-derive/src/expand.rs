//! From the validated model to code.
//!
//! An enum becomes two literals (its gates, packed), three small arrays of bits, and a call of the
//! runtime's macro `__declare_gates`, in which the code stands that is the same for every enum.

use featuregate_core::declare::packed;
use featuregate_core::{GateSpec, RemovedPolicy, Version};
use featuregate_syntax::{Diagnostic, Gate, Mistakes, Model, Other};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput};

pub(crate) fn expand(model: &Model) -> TokenStream {
    let now = |gate: &Gate| gate.spec.at(model.version, model.version.previous_minor());
    let specs: Vec<GateSpec> =
        model.gates.iter().map(|gate| &gate.spec).chain(&model.tombstones).cloned().collect();
    let (text, table) = packed::encode(&specs);
    let mut code = checks(model);
    code.extend(call(&Call {
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
        crosses: crosses(model),
    }));
    code
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
            available: Vec::new(),
            crosses: Vec::new(),
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
    /// For each byte of the bits its defaults and its fixed gates.
    defaults: Vec<u8>,
    fixed: Vec<u8>,
    /// The conditions of gates, each with the bits that it decides on.
    available: Vec<TokenStream>,
    /// The gates of other enums that are required, each with the position of the gate that requires it.
    crosses: Vec<TokenStream>,
}

fn call(call: &Call<'_>) -> TokenStream {
    let Call { ident, variants, position, text, available, crosses, .. } = call;
    let krate = runtime(call.krate);
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
            #bytes [#(#defaults)*] [#(#fixed)*] [#(#available)*] [#(#crosses)*]
        }
    }
}

/// The path of the runtime crate.
fn runtime(named: Option<&TokenStream>) -> TokenStream {
    named.cloned().unwrap_or_else(|| quote!(::featuregate))
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

/// One bit for each gate, the first in the lowest bit of the first byte.
fn bits(model: &Model, of: impl Fn(&Gate) -> bool) -> Vec<u8> {
    bits_at(model, |position| model.gates.get(position).is_some_and(&of))
}

/// The same by the position of the gate. An enum without gates has one byte too, so that there is something
/// to read.
fn bits_at(model: &Model, of: impl Fn(usize) -> bool) -> Vec<u8> {
    let mut bytes = vec![0; model.gates.len().div_ceil(8).max(1)];
    for (index, byte) in bytes.iter_mut().enumerate() {
        for bit in 0..8 {
            *byte |= u8::from(of(index * 8 + bit)) << bit;
        }
    }
    bytes
}

/// For each condition the gates that it decides on: its own gate and those that require this one, directly
/// or not. A required gate of another enum is such a condition too.
fn available(model: &Model) -> Vec<TokenStream> {
    let krate = runtime(model.krate.as_ref());
    let conditions = |(position, gate): (usize, &Gate)| {
        if gate.available.is_none() && gate.others.is_empty() {
            return Vec::new();
        }
        let concerned = dependents(model, position);
        let mask = literals(&bits_at(model, |position| concerned.contains(&position)));
        let own = gate.available.iter().map(|condition| quote!((#condition) [#(#mask)*]));
        let others = gate.others.iter().map(|Other { path, variant, .. }| {
            quote!((#krate::__private::is_available::<#path>(#path::__featuregate_position(#path::#variant))) [#(#mask)*])
        });
        own.chain(others).collect()
    };
    model.gates.iter().enumerate().flat_map(conditions).collect()
}

/// The required gates of other enums, for the time when names are looked up.
fn crosses(model: &Model) -> Vec<TokenStream> {
    let of = |(position, gate): (usize, &Gate)| {
        let from = Literal::usize_unsuffixed(position);
        let cross = |Other { path, variant, .. }: &Other| quote!((#from [#path] #variant));
        gate.others.iter().map(cross).collect::<Vec<_>>()
    };
    model.gates.iter().enumerate().flat_map(of).collect()
}

/// What checks, while the program is compiled, that gates fit those of other enums that they require. It
/// stands here and not in the runtime's macro so that an error points at the required gate.
fn checks(model: &Model) -> TokenStream {
    let krate = runtime(model.krate.as_ref());
    let own = &model.ident;
    let mut code = TokenStream::new();
    for (position, gate) in model.gates.iter().enumerate() {
        let from = Literal::usize_unsuffixed(position);
        for Other { path, variant, range, .. } in &gate.others {
            // The compiler points from the first to the last token of the call.
            let krate = at(krate.clone(), range.start);
            let numbers = quote!(#from, #path::__featuregate_position(#path::#variant));
            let mut arguments = Group::new(Delimiter::Parenthesis, numbers);
            arguments.set_span(range.end);
            code.extend(quote_spanned! {range.start=>
                const _: () = #krate::__private::require::<
                    #own,
                    #path,
                    { #krate::__private::milestones::<#own>(#from) },
                    { #krate::__private::milestones::<#path>(#path::__featuregate_position(#path::#variant)) },
                > #arguments;
            });
        }
    }
    code
}

/// The same tokens in another place.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let at = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(at).collect()
}

/// A gate and all that require it, directly or not.
fn dependents(model: &Model, gate: usize) -> Vec<usize> {
    let mut found = vec![gate];
    let mut next = 0;
    while let Some(needed) = found.get(next).and_then(|&gate| model.gates.get(gate)) {
        next += 1;
        let requires = |gate: &Gate| gate.spec.requires().any(|name| name == needed.spec.name());
        for (position, gate) in model.gates.iter().enumerate() {
            if requires(gate) && !found.contains(&position) {
                found.push(position);
            }
        }
    }
    found
}
