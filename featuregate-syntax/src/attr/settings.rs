//! `#[feature_gate(…)]`: the settings of the enum as a whole.

use featuregate_core::__private::nearest;
use featuregate_core::{Precision, RemovedPolicy};
use proc_macro2::TokenStream;

use super::groups::RawGroup;
use crate::case::Case;
use crate::diagnostic::{Code, Sink};
use crate::entry::{Entry, Form, Grammar, Once, Spanned, entries};

const SETTINGS: Grammar<'_> = Grammar {
    list: "#[feature_gate(…)]",
    keys: &[
        "version",
        "versions",
        "emulation",
        "runtime",
        "removed_gates",
        "env",
        "env_prefix",
        "component",
        "crate",
        "rename_all",
        "groups",
        "group",
        "master",
        "channel",
        "help",
    ],
    version: "version",
};

/// `#[feature_gate(…)]`.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) version: Once<Spanned<String>>,
    pub(crate) versions: Once<Precision>,
    pub(crate) emulation: Once<()>,
    pub(crate) runtime: Once<()>,
    pub(crate) removed_gates: Once<RemovedPolicy>,
    pub(crate) env: Once<Spanned<String>>,
    pub(crate) env_prefix: Once<Spanned<String>>,
    pub(crate) component: Once<Spanned<String>>,
    pub(crate) krate: Once<TokenStream>,
    pub(crate) rename_all: Once<Case>,
    /// Whether there are the groups of Kubernetes.
    pub(crate) groups: Once<bool>,
    pub(crate) own_groups: Vec<RawGroup>,
    pub(crate) channels: Vec<RawGroup>,
    pub(crate) master: Once<Spanned<String>>,
    /// Whether the help lists all gates that can be set.
    pub(crate) help: Once<bool>,
    /// Whether an entry has an error that is reported already, and may have been meant as any of them.
    pub(crate) unreadable: bool,
}

impl Settings {
    /// How versions are written.
    pub(crate) fn precision(&self) -> Precision {
        self.versions.get().copied().unwrap_or_default()
    }

    pub(super) fn read(&mut self, list: TokenStream, errors: &mut Sink) {
        let before = errors.count();
        let entries = entries(list, SETTINGS, errors);
        self.unreadable |= errors.count() > before;
        for entry in entries {
            match entry.key.to_string().as_str() {
                "version" => self.version.set(&entry, entry.string("1.36", errors), errors),
                "versions" => self.versions.set(&entry, precision(&entry, errors), errors),
                "emulation" => self.emulation.set(&entry, entry.bare(errors).then_some(()), errors),
                "runtime" => self.runtime.set(&entry, entry.bare(errors).then_some(()), errors),
                "removed_gates" => {
                    self.removed_gates.set(&entry, removed_policy(&entry, errors), errors);
                }
                "env" => {
                    self.env.set(&entry, entry.filled_string("APP_FEATURE_GATES", errors), errors);
                }
                "env_prefix" => {
                    self.env_prefix.set(&entry, entry.filled_string("APP_GATE_", errors), errors);
                }
                "component" => {
                    self.component.set(&entry, entry.filled_string("etcd", errors), errors);
                }
                "rename_all" => self.rename_all.set(&entry, case(&entry, errors), errors),
                "groups" => self.groups.set(&entry, groups(&entry, errors), errors),
                "group" | "channel" => {
                    let before = errors.count();
                    let read = RawGroup::read(&entry, errors);
                    self.unreadable |= errors.count() > before;
                    let known = if entry.key == "group" {
                        &mut self.own_groups
                    } else {
                        &mut self.channels
                    };
                    known.extend(read);
                }
                "help" => self.help.set(&entry, help(&entry, errors), errors),
                "master" => self.master.set(&entry, entry.filled_string("all", errors), errors),
                "crate" => self.krate.set(&entry, crate_path(&entry, errors), errors),
                _ => {
                    self.unreadable = true;
                    SETTINGS.unknown(&entry, errors);
                }
            }
        }
    }
}

fn precision(entry: &Entry, errors: &mut Sink) -> Option<Precision> {
    let words = [("patch", Precision::Patch), ("minor", Precision::Minor)];
    let help = "write \"minor\" for major.minor, or \"patch\" for major.minor.patch";
    one_of(entry, words, |word| format!("unknown form {word} of versions"), help, errors)
}

fn removed_policy(entry: &Entry, errors: &mut Sink) -> Option<RemovedPolicy> {
    let words = [("refuse", RemovedPolicy::Refuse), ("tolerate", RemovedPolicy::Tolerate)];
    let help = "write \"tolerate\" or \"refuse\"";
    one_of(entry, words, |word| format!("unknown policy {word} for removed gates"), help, errors)
}

/// `help = "settable"`: whether the help lists all gates that can be set.
fn help(entry: &Entry, errors: &mut Sink) -> Option<bool> {
    let words = [("settable", true), ("kubernetes", false)];
    let help = "write \"settable\" for all gates that can be set, or \"kubernetes\" for alpha and beta gates";
    one_of(entry, words, |word| format!("unknown help {word}"), help, errors)
}

/// `groups = "none"`: whether there are the groups of Kubernetes.
fn groups(entry: &Entry, errors: &mut Sink) -> Option<bool> {
    if let Form::List(_) = entry.form {
        let message = "`groups` does not take a list";
        let help = "write each group as group(ui = [alpha, tui])";
        errors.add(Code::Attribute, entry.range, message, help);
        return None;
    }
    let words = [("none", false), ("kubernetes", true)];
    let help = "write \"none\" for no groups besides those of the program, or \"kubernetes\" for AllAlpha and AllBeta";
    one_of(entry, words, |word| format!("unknown groups {word}"), help, errors)
}

/// One of two words, of which the first is the example of a message.
fn one_of<T>(
    entry: &Entry,
    words: [(&str, T); 2],
    unknown: impl Fn(String) -> String,
    help: &str,
    errors: &mut Sink,
) -> Option<T> {
    let [(example, _), _] = &words;
    let text = entry.string(example, errors)?;
    let found = words.into_iter().find(|(word, _)| *word == text.value);
    if found.is_none() {
        let message = unknown(format!("{:?}", text.value));
        errors.add(Code::Attribute, text.range, message, help);
    }
    found.map(|(_, value)| value)
}

/// `rename_all = "kebab-case"`.
fn case(entry: &Entry, errors: &mut Sink) -> Option<Case> {
    let text = entry.string("kebab-case", errors)?;
    let case = Case::named(&text.value);
    if case.is_none() {
        let nearest = nearest(&text.value, Case::ALL.into_iter().map(Case::name));
        let names = || Case::ALL.map(|case| format!("{:?}", case.name())).join(", ");
        let help = nearest.map_or_else(
            || format!("write one of {}", names()),
            |nearest| format!("did you mean {nearest:?}?"),
        );
        let message = format!("unknown way {:?} to write names", text.value);
        errors.add(Code::Attribute, text.range, message, help);
    }
    case
}

/// `crate = some::path`.
fn crate_path(entry: &Entry, errors: &mut Sink) -> Option<TokenStream> {
    if let Form::Value(value) = &entry.form
        && syn::parse2::<syn::Path>(value.clone()).is_ok()
    {
        return Some(value.clone());
    }
    errors.add(
        Code::Attribute,
        entry.range,
        "expected a path for `crate`",
        "write the path of the featuregate crate without quotes, as in crate = some::path",
    );
    None
}
