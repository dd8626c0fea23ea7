//! The attributes and their entries: what there is to say, before any rule about what it means.
//!
//! | attribute | stands on | entries |
//! |---|---|---|
//! | `#[feature_gate(…)]` | the enum | `version`, `emulation`, `removed_gates`, `env`, `component`, `crate` |
//! | `#[gate(…)]` | a variant | milestones, `requires`, `owner`, `issue`, `remove_in`, `alias`, `name`, `available` |
//! | `#[tombstone(Name, …)]` | the enum | the same, `removed`, `value` |

use featuregate_core::nearest::nearest;
use featuregate_core::{RemovedPolicy, Stage};
use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Lit, LitStr, Meta, Variant};

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
    /// An entry has a mistake that was told already, and may have been meant as any of them.
    pub(crate) unreadable: bool,
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

const SETTINGS: &str =
    "`#[feature_gate(…)]` needs a list; write #[feature_gate(version = \"1.36\")], or drop it";
const GATE: &str = "`#[gate(…)]` needs a stage; write #[gate(alpha = \"1.36\")]";
const TOMBSTONE: &str = "a tombstone begins with the name of its gate; write #[tombstone(Name, removed = \"1.26\", value = false)]";

/// Reads an enum and all its attributes; nothing where it is no enum that could have gates.
pub(crate) fn read(input: &DeriveInput, errors: &mut Sink) -> Option<RawEnum> {
    let Data::Enum(data) = &input.data else {
        errors.add(
            &input.ident,
            format!(
                "`{}` is no enum; derive FeatureGate for an enum, whose variants are its gates",
                input.ident
            ),
        );
        return None;
    };
    if let (Some(open), Some(close)) = (&input.generics.lt_token, &input.generics.gt_token) {
        let range = Range { start: open.span, end: close.span };
        errors.add(
            range,
            "an enum of gates can't be generic, since a gate has one value in the whole program; drop the parameters",
        );
    }
    let mut settings = Settings::default();
    let mut tombstones = Vec::new();
    for attribute in &input.attrs {
        if attribute.path().is_ident("feature_gate") {
            if let Some(list) = list(attribute, SETTINGS, errors) {
                settings.read(list, errors);
            }
        } else if attribute.path().is_ident("tombstone") {
            tombstones.extend(RawTombstone::read(attribute, errors));
        } else if attribute.path().is_ident("gate") {
            errors.add(
                whole(attribute),
                "`#[gate(…)]` belongs on a variant; write settings of the enum as #[feature_gate(…)]",
            );
        }
    }
    let gates = data.variants.iter().map(|variant| RawGate::read(variant, errors)).collect();
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
        None => format!("it takes {}", known.join(", ")),
    };
    errors.add(&entry.key, format!("{place} has no `{key}`; {hint}"));
}

impl Settings {
    fn read(&mut self, list: TokenStream, errors: &mut Sink) {
        const KNOWN: [&str; 6] =
            ["version", "emulation", "removed_gates", "env", "component", "crate"];
        let before = errors.count();
        let entries = entries(list, errors);
        self.unreadable |= errors.count() > before;
        for entry in entries {
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
                _ => {
                    self.unreadable = true;
                    unknown_key(&entry, &KNOWN, "`#[feature_gate(…)]`", errors);
                }
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
                "settings of removed gates are either tolerated or refused; write \"tolerate\" or \"refuse\"",
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
    /// A variant stays a gate whatever is wrong with it, so that others may name it.
    fn read(variant: &Variant, errors: &mut Sink) -> Self {
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
        None => errors.add(
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

impl RawTombstone {
    fn read(attribute: &Attribute, errors: &mut Sink) -> Option<Self> {
        let list = list(attribute, TOMBSTONE, errors)?;
        let mut parts = entry::split(list, errors).into_iter();
        let first = parts.next()?;
        let Some(name) = tombstone_name(&first) else {
            errors.add(Range::of_tokens(&first).unwrap_or(whole(attribute)), TOMBSTONE);
            return None;
        };
        let mut declaration = Declaration::default();
        for tokens in parts {
            match entry::entry(tokens, errors) {
                Some(entry) => declaration.tombstone_entry(&entry, errors),
                None => declaration.unreadable = true,
            }
        }
        let renamed = declaration.name.get().cloned();
        Some(Self { name: renamed.unwrap_or(name), declaration })
    }
}

/// `Name` or `"name-that-is-no-identifier"`.
fn tombstone_name(tokens: &TokenStream) -> Option<Spanned<String>> {
    let range = Range::of_tokens(tokens)?;
    let value = match Ident::parse_any.parse2(tokens.clone()) {
        Ok(name) => name.unraw().to_string(),
        Err(_) => syn::parse2::<LitStr>(tokens.clone()).ok()?.value(),
    };
    Some(Spanned { value, range })
}

const MILESTONE_KEYS: [&str; 3] = ["since", "default", "locked"];
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
    /// What the one `#[gate(…)]` of a variant says.
    fn of_variant(variant: &Variant, errors: &mut Sink) -> Self {
        let mut attributes =
            variant.attrs.iter().filter(|attribute| attribute.path().is_ident("gate"));
        let first = attributes.next();
        let mut declaration = Self::default();
        for again in attributes {
            // A part of the history may stand there.
            declaration.unreadable = true;
            errors.add(
                whole(again),
                format!("`{}` has two #[gate(…)]; write one with all entries", variant.ident),
            );
        }
        match first.map(|attribute| list(attribute, GATE, errors)) {
            Some(Some(list)) => {
                let before = errors.count();
                let entries = entries(list, errors);
                declaration.unreadable |= errors.count() > before;
                for entry in &entries {
                    declaration.gate_entry(entry, errors);
                }
            }
            Some(None) => declaration.unreadable = true,
            None => {
                declaration.unreadable = true;
                errors.add(
                    &variant.ident,
                    format!(
                        "`{}` has no #[gate(…)]; say its stage, as in #[gate(alpha = \"1.36\")]",
                        variant.ident
                    ),
                );
            }
        }
        declaration
    }

    fn gate_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" | "value" => {
                self.unreadable = true;
                errors.add(
                    entry.range,
                    format!("`{key}` is for removed gates, which are no variants any more; move the attribute to the enum, as in #[tombstone(Name, …, removed = \"1.26\")]"),
                );
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, &GATE_KEYS, "`#[gate(…)]`", errors),
        }
    }

    /// It may have been meant as a stage, so that the history can't be judged.
    fn unknown_entry(&mut self, entry: &Entry, known: &[&str], place: &str, errors: &mut Sink) {
        self.unreadable = true;
        if MILESTONE_KEYS.iter().any(|key| entry.key == key) {
            let key = &entry.key;
            errors.add(
                entry.range,
                format!("`{key}` belongs to a stage; write it there, as in beta(since = \"1.36\", default = false)"),
            );
        } else {
            unknown_key(entry, known, place, errors);
        }
    }

    fn tombstone_entry(&mut self, entry: &Entry, errors: &mut Sink) {
        let key = entry.key.to_string();
        match key.as_str() {
            "removed" => {
                let text = entry.string("1.26", errors);
                self.unreadable |= text.is_none();
                self.removed.set(&entry.key, entry.range, text, errors);
            }
            "value" => {
                let value = entry.boolean(errors);
                self.unreadable |= value.is_none();
                self.value.set(&entry.key, entry.range, value, errors);
            }
            _ if self.shared_entry(&key, entry, errors) => {}
            _ => self.unknown_entry(entry, &TOMBSTONE_KEYS, "`#[tombstone(…)]`", errors),
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
        Form::Value(value) if !value.is_empty() => match entry::next_assignment(value) {
            Some(next) => {
                errors.add(next, entry::missing_comma(&entry.key));
                None
            }
            None => Some(value.clone()),
        },
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
                if let Ok(since) = syn::parse2::<LitStr>(list.clone()) {
                    let (key, text) = (&entry.key, since.token());
                    errors.add(
                        Range::of(since.span()),
                        format!("a version alone takes no parentheses; write {key} = {text}, or {key}(since = {text}, …)"),
                    );
                    return milestone;
                }
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
            _ => unknown_key(entry, &MILESTONE_KEYS, &format!("`{stage}(…)`"), errors),
        }
    }
}
