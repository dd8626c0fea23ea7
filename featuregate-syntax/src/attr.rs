//! The attributes and their entries: what there is to say, before any rule about what it means.
//!
//! | attribute | stands on | entries |
//! |---|---|---|
//! | `#[feature_gate(…)]` | the enum | `version`, `emulation`, `removed_gates`, `env`, `component`, `crate` |
//! | `#[gate(…)]` | a variant | milestones, `requires`, `owner`, `issue`, `remove_in`, `alias`, `name`, `available` |
//! | `#[tombstone(Name, …)]` | the enum | the same, `removed`, `value` |

use featuregate_core::nearest::nearest;
use featuregate_core::{RemovedPolicy, Stage};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Lit, LitStr, Meta, Variant};

use crate::diagnostic::{Range, Sink};
use crate::entry::{self, Entry, Form, Once, Spanned, entries};

/// The enum as written.
#[derive(Debug)]
pub(crate) struct RawEnum {
    pub(crate) ident: Ident,
    pub(crate) settings: Settings,
    pub(crate) gates: Vec<RawGate>,
    pub(crate) tombstones: Vec<RawTombstone>,
    pub(crate) explicit_discriminants: bool,
}

/// `#[feature_gate(…)]`.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) version: Once<Spanned<String>>,
    pub(crate) emulation: Once<()>,
    pub(crate) removed_gates: Once<RemovedPolicy>,
    pub(crate) env: Once<Spanned<String>>,
    pub(crate) component: Once<Spanned<String>>,
    pub(crate) krate: Once<TokenStream>,
}

/// A variant with its `#[gate(…)]`.
#[derive(Debug)]
pub(crate) struct RawGate {
    pub(crate) ident: Ident,
    pub(crate) doc: String,
    pub(crate) declaration: Declaration,
}

/// `#[tombstone(Name, …)]`.
#[derive(Debug)]
pub(crate) struct RawTombstone {
    pub(crate) name: Spanned<String>,
    pub(crate) declaration: Declaration,
}

/// What an attribute says about a gate.
#[derive(Debug, Default)]
pub(crate) struct Declaration {
    pub(crate) milestones: Vec<RawMilestone>,
    /// A milestone has a mistake that was told already, so the history can't be judged.
    pub(crate) unreadable: bool,
    pub(crate) requires: Vec<Ident>,
    pub(crate) owner: Once<Spanned<String>>,
    pub(crate) issue: Once<Spanned<String>>,
    pub(crate) remove_in: Once<Spanned<String>>,
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) name: Once<Spanned<String>>,
    pub(crate) available: Once<TokenStream>,
    pub(crate) removed: Once<Spanned<String>>,
    pub(crate) value: Once<Spanned<bool>>,
}

/// `beta`, `beta = "1.33"` or `beta(since = "1.33", default = false, locked = true)`.
#[derive(Debug)]
pub(crate) struct RawMilestone {
    pub(crate) stage: Stage,
    pub(crate) range: Range,
    pub(crate) since: Once<Spanned<String>>,
    pub(crate) default: Once<Spanned<bool>>,
    pub(crate) locked: Once<Spanned<bool>>,
}

const STAGES: [(&str, Stage); 4] = [
    ("alpha", Stage::Alpha),
    ("beta", Stage::Beta),
    ("ga", Stage::Ga),
    ("deprecated", Stage::Deprecated),
];

/// Reads an enum and all its attributes; nothing where it is no enum that could have gates.
pub(crate) fn read(input: &DeriveInput, errors: &mut Sink) -> Option<RawEnum> {
    let Data::Enum(data) = &input.data else {
        errors.add(
            &input.ident,
            format!("`{}` is no enum; gates are the variants of an enum", input.ident),
        );
        return None;
    };
    if let (Some(open), Some(close)) = (&input.generics.lt_token, &input.generics.gt_token) {
        let range = Range { start: open.span, end: close.span };
        errors.add(
            range,
            "an enum of gates can't be generic, since all its gates live in one static; drop the parameters",
        );
    }
    let mut settings = Settings::default();
    let mut tombstones = Vec::new();
    for attribute in &input.attrs {
        if attribute.path().is_ident("feature_gate") {
            let expected =
                "`#[feature_gate(…)]` needs a list, as in #[feature_gate(version = \"1.36\")]";
            if let Some(list) = list(attribute, expected, errors) {
                settings.read(list, errors);
            }
        } else if attribute.path().is_ident("tombstone") {
            tombstones.extend(RawTombstone::read(attribute, errors));
        } else if attribute.path().is_ident("gate") {
            errors.add(
                whole(attribute),
                "`#[gate(…)]` belongs on a variant; settings of the enum are written #[feature_gate(…)]",
            );
        }
    }
    let gates = data.variants.iter().filter_map(|variant| RawGate::read(variant, errors)).collect();
    Some(RawEnum {
        ident: input.ident.clone(),
        settings,
        gates,
        tombstones,
        explicit_discriminants: data.variants.iter().any(|variant| variant.discriminant.is_some()),
    })
}

/// The tokens between the parentheses of `#[attribute(…)]`.
fn list(attribute: &Attribute, expected: &str, errors: &mut Sink) -> Option<TokenStream> {
    match &attribute.meta {
        Meta::List(list) if !list.tokens.is_empty() => Some(list.tokens.clone()),
        _ => {
            errors.add(whole(attribute), expected);
            None
        }
    }
}

/// `#[…]` from the hash sign to the bracket.
fn whole(attribute: &Attribute) -> Range {
    Range { start: attribute.pound_token.span, end: attribute.bracket_token.span.close() }
}

/// An entry with a key that does not exist.
fn unknown_key(entry: &Entry, known: &[&str], place: &str, errors: &mut Sink) {
    let key = entry.key.to_string();
    let hint = match nearest(&key, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    errors.add(&entry.key, format!("{place} has no `{key}`; {hint}"));
}

impl Settings {
    fn read(&mut self, list: TokenStream, errors: &mut Sink) {
        const KNOWN: [&str; 6] =
            ["version", "emulation", "removed_gates", "env", "component", "crate"];
        for entry in entries(list, errors) {
            let Entry { key, range, .. } = &entry;
            match key.to_string().as_str() {
                "version" => {
                    let text = entry.string("1.36", errors);
                    self.version.set(key, *range, text, errors);
                }
                "emulation" => {
                    let given = entry.bare(errors).then_some(());
                    self.emulation.set(key, *range, given, errors);
                }
                "removed_gates" => {
                    let policy = removed_policy(&entry, errors);
                    self.removed_gates.set(key, *range, policy, errors);
                }
                "env" => {
                    let text = entry.filled_string("APP_FEATURE_GATES", errors);
                    self.env.set(key, *range, text, errors);
                }
                "component" => {
                    let text = entry.filled_string("etcd", errors);
                    self.component.set(key, *range, text, errors);
                }
                "crate" => {
                    let path = crate_path(&entry, errors);
                    self.krate.set(key, *range, path, errors);
                }
                _ => unknown_key(&entry, &KNOWN, "`#[feature_gate(…)]`", errors),
            }
        }
    }
}

fn removed_policy(entry: &Entry, errors: &mut Sink) -> Option<RemovedPolicy> {
    let text = entry.string("refuse", errors)?;
    match text.value.as_str() {
        "tolerate" => Some(RemovedPolicy::Tolerate),
        "refuse" => Some(RemovedPolicy::Refuse),
        _ => {
            errors.add(
                text.range,
                "removed gates are either tolerated or refused; write \"tolerate\" or \"refuse\"",
            );
            None
        }
    }
}

/// `crate = some::path`.
fn crate_path(entry: &Entry, errors: &mut Sink) -> Option<TokenStream> {
    if let Form::Value(value) = &entry.form {
        if syn::parse2::<syn::Path>(value.clone()).is_ok() {
            return Some(value.clone());
        }
    }
    errors.add(
        entry.range,
        "`crate` is the path of the featuregate crate; write crate = some::path, without quotes",
    );
    None
}

impl RawGate {
    fn read(variant: &Variant, errors: &mut Sink) -> Option<Self> {
        let fields = match &variant.fields {
            Fields::Unit => None,
            Fields::Named(fields) => Some(fields.brace_token.span.close()),
            Fields::Unnamed(fields) => Some(fields.paren_token.span.close()),
        };
        if let Some(end) = fields {
            errors.add(
                Range { start: variant.ident.span(), end },
                format!(
                    "`{}` has fields; a gate is on or off and nothing else, so drop them",
                    variant.ident
                ),
            );
        }
        let doc = doc(variant, errors);
        let mut given: Option<(Declaration, Range)> = None;
        for attribute in &variant.attrs {
            if attribute.path().is_ident("gate") {
                if let Some((_, first)) = &given {
                    errors.add(
                        first.to(whole(attribute)),
                        format!(
                            "`{}` has two #[gate(…)]; write one with all entries",
                            variant.ident
                        ),
                    );
                    continue;
                }
                let expected = "`#[gate(…)]` needs a stage, as in #[gate(alpha = \"1.36\")]";
                let mut declaration = Declaration::default();
                match list(attribute, expected, errors) {
                    Some(list) => {
                        for entry in entries(list, errors) {
                            declaration.gate_entry(&entry, errors);
                        }
                    }
                    // Said already; the variant is left out so that nothing more is said of it.
                    None => return None,
                }
                given = Some((declaration, whole(attribute)));
            } else if let Some(name) = ["feature_gate", "tombstone"]
                .into_iter()
                .find(|name| attribute.path().is_ident(name))
            {
                errors.add(
                    whole(attribute),
                    format!("`#[{name}(…)]` belongs on the enum; a variant has #[gate(…)]"),
                );
            }
        }
        let Some((declaration, _)) = given else {
            errors.add(
                &variant.ident,
                format!(
                    "`{}` has no #[gate(…)]; say its stage, as in #[gate(alpha = \"1.36\")]",
                    variant.ident
                ),
            );
            return None;
        };
        Some(Self { ident: variant.ident.clone(), doc: doc?, declaration })
    }
}

/// The doc comment, which is the help text.
fn doc(variant: &Variant, errors: &mut Sink) -> Option<String> {
    let mut text = String::new();
    let mut computed: Option<Range> = None;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        // `#[doc(hidden)]` and its like say nothing to an operator.
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        let Expr::Lit(literal) = &pair.value else {
            computed = Some(whole(attribute));
            continue;
        };
        if let Lit::Str(line) = &literal.lit {
            let line = line.value();
            text.push_str(line.strip_prefix(' ').unwrap_or(&line));
            text.push('\n');
        }
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
        None => errors.add(
            &variant.ident,
            format!("`{}` has no doc comment; say in a line with /// what it does, since that is its help text", variant.ident),
        ),
    }
    None
}

const TOMBSTONE: &str = "a tombstone begins with the name of its gate, as in #[tombstone(Name, removed = \"1.26\", value = false)]";

impl RawTombstone {
    fn read(attribute: &Attribute, errors: &mut Sink) -> Option<Self> {
        let list = list(attribute, TOMBSTONE, errors)?;
        let mut parts = entry::split(list, errors).into_iter();
        let name = parts.next().and_then(|tokens| tombstone_name(&tokens));
        let Some(name) = name else {
            errors.add(whole(attribute), TOMBSTONE);
            return None;
        };
        let mut declaration = Declaration::default();
        for tokens in parts {
            let Some(entry) = entry::entry(tokens, errors) else {
                continue;
            };
            declaration.tombstone_entry(&entry, errors);
        }
        let renamed = declaration.name.get().cloned();
        Some(Self { name: renamed.unwrap_or(name), declaration })
    }
}

/// `Name` or `"name-that-is-no-identifier"`.
fn tombstone_name(tokens: &TokenStream) -> Option<Spanned<String>> {
    let range = Range::of_tokens(tokens)?;
    let mut tokens_of = tokens.clone().into_iter();
    let value = match (tokens_of.next(), tokens_of.next()) {
        (Some(TokenTree::Ident(name)), None) => name.unraw().to_string(),
        (Some(TokenTree::Literal(_)), None) => syn::parse2::<LitStr>(tokens.clone()).ok()?.value(),
        _ => return None,
    };
    Some(Spanned { value, range })
}

const GATE_KEYS: [&str; 11] = [
    "alpha",
    "beta",
    "ga",
    "deprecated",
    "requires",
    "owner",
    "issue",
    "remove_in",
    "alias",
    "name",
    "available",
];
const TOMBSTONE_KEYS: [&str; 13] = [
    "alpha",
    "beta",
    "ga",
    "deprecated",
    "requires",
    "owner",
    "issue",
    "remove_in",
    "alias",
    "name",
    "available",
    "removed",
    "value",
];

impl Declaration {
    fn gate_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        if key == "removed" {
            errors.add(
                entry.range,
                "a removed gate is no variant any more; move the attribute to the enum, as in #[tombstone(Name, …, removed = \"1.26\")]",
            );
        } else if !self.shared_entry(&key, entry, errors) {
            unknown_key(entry, &GATE_KEYS, "`#[gate(…)]`", errors);
        }
    }

    fn tombstone_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" => {
                let text = entry.string("1.26", errors);
                self.removed.set(&entry.key, entry.range, text, errors);
            }
            "value" => {
                let value = entry.boolean(errors);
                self.value.set(&entry.key, entry.range, value, errors);
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => unknown_key(entry, &TOMBSTONE_KEYS, "`#[tombstone(…)]`", errors),
        }
    }

    /// An entry that a gate has and keeps as a tombstone; `false` if it is none.
    fn shared_entry(&mut self, key: &str, entry: &Entry, errors: &mut Sink) -> bool {
        if let Some((_, stage)) = STAGES.into_iter().find(|(name, _)| *name == key) {
            let before = errors.count();
            self.milestones.push(RawMilestone::read(stage, entry, errors));
            self.unreadable |= errors.count() > before;
            return true;
        }
        let (ident, range) = (&entry.key, entry.range);
        match key {
            "requires" => self.requires(entry, errors),
            "owner" => {
                let text = entry.filled_string("sig-node", errors);
                self.owner.set(ident, range, text, errors);
            }
            "issue" => {
                let text = entry.filled_string("https://…", errors);
                self.issue.set(ident, range, text, errors);
            }
            "remove_in" => {
                let text = entry.string("1.39", errors);
                self.remove_in.set(ident, range, text, errors);
            }
            "alias" => self.aliases.extend(entry.string("FormerName", errors)),
            "name" => {
                let text = entry.string("the-name", errors);
                self.name.set(ident, range, text, errors);
            }
            "available" => {
                let condition = condition(entry, errors);
                self.available.set(ident, range, condition, errors);
            }
            _ => return false,
        }
        true
    }

    fn requires(&mut self, entry: &Entry, errors: &mut Sink) {
        let Form::List(list) = &entry.form else {
            errors.add(entry.range, "`requires` takes a list of variants; write requires(A, B)");
            return;
        };
        if list.is_empty() {
            errors.add(entry.range, "`requires` lists nothing; name a variant, or drop it");
        }
        for tokens in entry::split(list.clone(), errors) {
            let Some(range) = Range::of_tokens(&tokens) else {
                continue;
            };
            let Ok(gate) = syn::parse2::<Ident>(tokens) else {
                errors.add(range, "a gate requires a variant of its own enum; name it alone, as in requires(Other)");
                continue;
            };
            if self.requires.contains(&gate) {
                errors.add(range, format!("`{gate}` is required twice; drop one of them"));
                continue;
            }
            self.requires.push(gate);
        }
    }
}

/// `available = cfg!(…)` or another constant expression.
fn condition(entry: &Entry, errors: &mut Sink) -> Option<TokenStream> {
    match &entry.form {
        Form::Value(value) if !value.is_empty() => Some(value.clone()),
        _ => {
            errors
                .add(entry.range, "`available` is a constant condition; write available = cfg!(…)");
            None
        }
    }
}

impl RawMilestone {
    fn read(stage: Stage, entry: &Entry, errors: &mut Sink) -> Self {
        let mut milestone = Self {
            stage,
            range: Range::from(&entry.key),
            since: Once::default(),
            default: Once::default(),
            locked: Once::default(),
        };
        match &entry.form {
            Form::Bare => {}
            Form::Value(_) => {
                let since = entry.string("1.36", errors);
                milestone.since.set(&entry.key, entry.range, since, errors);
            }
            Form::List(list) => {
                for inner in entries(list.clone(), errors) {
                    milestone.entry(&entry.key, &inner, errors);
                }
            }
        }
        milestone
    }

    fn entry(&mut self, stage: &Ident, entry: &Entry, errors: &mut Sink) {
        let Entry { key, range, .. } = entry;
        match key.to_string().as_str() {
            "since" => {
                let since = entry.string("1.36", errors);
                self.since.set(key, *range, since, errors);
            }
            "default" => {
                let value = entry.boolean(errors);
                self.default.set(key, *range, value, errors);
            }
            "locked" => {
                let value = entry.boolean(errors);
                self.locked.set(key, *range, value, errors);
            }
            _ => unknown_key(
                entry,
                &["since", "default", "locked"],
                &format!("`{stage}(…)`"),
                errors,
            ),
        }
    }
}
