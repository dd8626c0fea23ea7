//! From the validated model to code.
//!
//! An enum becomes two literals (its gates, packed), three small arrays of bits, and a call of the
//! runtime's macro `__declare_gates`, which has the code that is the same for every enum.

use featuregate_core::__private::packed::{self, Encoded, is_independent};
use featuregate_core::{GateSpec, Milestone, Precision, RemovedPolicy};
use featuregate_syntax::{Diagnostic, Gate, Model, Other, Range, ReadError};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::{Data, DeriveInput};

use crate::documentation;

pub(crate) fn expand(model: &Model) -> TokenStream {
    let others = others(model);
    let checks = others.iter().map(|other| &other.code);
    let runtime = model.gates.iter().any(|gate| gate.spec.is_runtime());
    let call = call(model, &others, &position(model), runtime);
    if others.is_empty() {
        return call;
    }
    quote!(const _: () = { #(#checks)* #call };)
}

/// The errors, and a stub with all the methods, so that uses of the enum give no errors of their own.
pub(crate) fn fallback(input: &DeriveInput, error: &ReadError) -> TokenStream {
    let mut code: TokenStream = error.diagnostics.iter().map(compile_error).collect();
    if matches!(input.data, Data::Enum(_)) && input.generics.params.is_empty() {
        let mut stub = Model::new(input.ident.clone());
        stub.krate.clone_from(&error.krate);
        stub.emulation = true;
        code.extend(call(&stub, &[], &quote!(gate 0), true));
    }
    code
}

/// What the declaration of an enum is besides: names of its methods.
fn settings(model: &Model, specs: &[GateSpec]) -> TokenStream {
    let mut names = specs.iter().flat_map(names).chain(model.component.as_deref());
    let listing = model.lists_all_settable.then(|| quote!(listing_all_settable));
    let naming = (!names.all(str::is_ascii)).then(|| quote!(naming_in_any_script));
    let relating = (!specs.iter().all(is_independent)).then(|| quote!(relating_gates));
    quote!(#listing #naming #relating)
}

/// The names of a gate, present and former.
fn names(spec: &GateSpec) -> impl Iterator<Item = &str> {
    core::iter::once(spec.name()).chain(spec.aliases())
}

fn compile_error(diagnostic: &Diagnostic) -> TokenStream {
    let message = Literal::string(&diagnostic.to_string());
    // The compiler points from the first to the last token of the call.
    let mut code = quote_spanned!(diagnostic.range.start=> ::core::compile_error!);
    code.extend(quote_spanned!(diagnostic.range.end=> { #message }));
    code
}

/// The call of the runtime's macro. `position` is a name for the variant and its position, where that is not its number.
fn call(model: &Model, others: &[Needed], position: &TokenStream, runtime: bool) -> TokenStream {
    let tombstones = model.tombstones.iter().map(|tombstone| &tombstone.spec);
    let specs: Vec<GateSpec> =
        model.gates.iter().map(|gate| &gate.spec).chain(tombstones).cloned().collect();
    let Encoded { text, table, index } = packed::encode(&specs);
    let (table, index) = (Literal::byte_string(&table), Literal::byte_string(&index));
    let groups = packed::encode_groups(&model.groups).into_iter().map(|(text, table)| {
        let table = Literal::byte_string(&table);
        quote!(#text #table)
    });
    let settings = settings(model, &specs);
    let ident = &model.ident;
    let variants = model.gates.iter().map(|gate| &gate.ident);
    let count = Literal::usize_unsuffixed(model.gates.len());
    let krate = self::runtime(model.krate.as_ref());
    let major = Literal::u32_unsuffixed(model.version.major());
    let minor = Literal::u32_unsuffixed(model.version.minor());
    let patch = (model.versions == Precision::Patch)
        .then(|| Literal::u32_unsuffixed(model.version.patch()))
        .into_iter();
    let refuse = model.removed_gates == RemovedPolicy::Refuse;
    let [env, env_prefix, component] =
        [&model.env, &model.env_prefix, &model.component].map(Option::iter);
    let emulation = model.emulation.then(|| quote!(emulation));
    let runtime = runtime.then(|| quote!(runtime));
    let now = |gate: &Gate| gate.spec.at(model.version, model.version.previous_minor());
    let defaults = bits(model, |gate| now(gate).default());
    let bytes = Literal::usize_unsuffixed(defaults.len());
    // An enum that can emulate may run at a version where the gate is not locked, and nothing of a gate that may
    // change is folded.
    let fixed =
        bits(model, |gate| now(gate).is_locked() && !model.emulation && !gate.spec.is_runtime());
    let (defaults, fixed) = (literals(&defaults), literals(&fixed));
    let (available, conditions) = (available(model, others), conditions(model));
    let required = others.iter().map(|other| {
        let (from, name) = (Literal::usize_unsuffixed(other.from), &other.name);
        quote!((#from #name))
    });
    let documentation = documentation::of(model);
    quote! {
        #krate::__declare_gates! {
            #ident [#(#variants)*] [#position];
            #text #table #index #count (#major #minor #(#patch)*) #refuse [#(#env)*] [#(#env_prefix)*] [#(#component)*] [#emulation] [#runtime] [#(#groups)*] [#settings];
            #bytes [#(#defaults)*] [#(#fixed)*] [#(#available)*] [#(#conditions)*] [#(#required)*];
            #documentation
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

/// One bit for each gate, the first in the lowest bit of the first byte. An enum without gates has one byte too,
/// so that there is something to read.
fn bits(model: &Model, of: impl Fn(&Gate) -> bool) -> Vec<u8> {
    let byte = |gates: &[Gate]| gates.iter().rfold(0, |byte, gate| byte << 1 | u8::from(of(gate)));
    let bytes: Vec<u8> = model.gates.chunks(8).map(byte).collect();
    if bytes.is_empty() { vec![0] } else { bytes }
}

/// A gate of another enum that is required: what represents it in the expansion, and the code that finds it and
/// checks it.
struct Needed {
    from: usize,
    name: Ident,
    code: TokenStream,
}

/// All of them. Each is found once, so that a path to nowhere is one error; and the check is here and not in the
/// runtime's macro, so that an error points at the path.
fn others(model: &Model) -> Vec<Needed> {
    let own = &model.ident;
    let mut needed = Vec::new();
    for (from, gate) in model.gates.iter().enumerate() {
        for Other { path, variant, range, .. } in &gate.others {
            let krate = at(runtime(model.krate.as_ref()), range.start);
            let name = format_ident!("__FEATUREGATE_REQUIRED_{}", needed.len());
            let position = Literal::usize_unsuffixed(from);
            // The compiler points from the first to the last token of a call.
            let found = quote!(gate, gate as #krate::__private::i128);
            let found = arguments(&at(found, range.start), range);
            let checked = arguments(&quote!(#position), range);
            let this = Ident::new(&name.to_string(), range.start);
            let code = quote_spanned! {range.start=>
                const #name: #krate::__private::Required = {
                    let gate = #path::#variant;
                    #krate::__private::Required::new #found
                };
                const _: () = #this.check::<
                    #own,
                    { #krate::__private::milestones::<#own>(#position) },
                    { #name.milestones() },
                > #checked;
            };
            needed.push(Needed { from, name, code });
        }
    }
    needed
}

/// The arguments of a call that ends where something in the source does.
fn arguments(tokens: &TokenStream, range: &Range) -> Group {
    let mut group = Group::new(Delimiter::Parenthesis, tokens.clone());
    group.set_span(range.end);
    group
}

/// For each condition the gates that it decides on: its own gate and those that require this one, directly
/// or not. A required gate of another enum is such a condition too.
fn available(model: &Model, others: &[Needed]) -> Vec<TokenStream> {
    let conditions = |(position, gate): (usize, &Gate)| {
        if gate.available.is_none() && gate.others.is_empty() {
            return Vec::new();
        }
        let concerned = dependents(model, gate);
        let mask = literals(&bits(model, |gate| concerned.contains(&gate.spec.name())));
        let own = gate.available.iter().map(|condition| quote!((#condition) [#(#mask)*]));
        let others = others.iter().filter(|other| other.from == position).map(|other| {
            let name = &other.name;
            quote!((#name.available()) [#(#mask)*])
        });
        own.chain(others).collect()
    };
    model.gates.iter().enumerate().flat_map(conditions).collect()
}

/// The defaults that depend on conditions.
fn conditions(model: &Model) -> Vec<TokenStream> {
    let of_gate = |(position, gate): (usize, &Gate)| {
        let applies = |since: &Milestone| since.since() <= model.version;
        let now = gate.spec.milestones().iter().rposition(applies);
        let condition = |(milestone, condition): &(usize, TokenStream)| {
            let own = |other: &Gate| now == Some(*milestone) && other.ident == gate.ident;
            let mask = literals(&bits(model, own));
            let (position, milestone) =
                (Literal::usize_unsuffixed(position), Literal::usize_unsuffixed(*milestone));
            quote!((#position #milestone (#condition) [#(#mask)*]))
        };
        gate.conditions.iter().map(condition).collect::<Vec<_>>()
    };
    model.gates.iter().enumerate().flat_map(of_gate).collect()
}

/// The same tokens at another location.
fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let at = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(at).collect()
}

/// The names of a gate and of all that require or imply it, directly or not.
fn dependents<'a>(model: &'a Model, gate: &'a Gate) -> Vec<&'a str> {
    let mut found = vec![gate.spec.name()];
    let mut pending = found.clone();
    while let Some(needed) = pending.pop() {
        for gate in &model.gates {
            let name = gate.spec.name();
            let mut needs = gate.spec.requires().chain(gate.spec.implies());
            if needs.any(|name| name == needed) && !found.contains(&name) {
                found.push(name);
                pending.push(name);
            }
        }
    }
    found
}
