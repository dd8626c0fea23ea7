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
                "version" => {
                    let text = entry.string("1.36", errors);
                    self.version.set(&entry, text, errors);
                }
                "versions" => {
                    let versions = precision(&entry, errors);
                    self.versions.set(&entry, versions, errors);
                }
                "emulation" => {
                    let given = entry.bare(errors).then_some(());
                    self.emulation.set(&entry, given, errors);
                }
                "runtime" => {
                    let given = entry.bare(errors).then_some(());
                    self.runtime.set(&entry, given, errors);
                }
                "removed_gates" => {
                    let policy = removed_policy(&entry, errors);
                    self.removed_gates.set(&entry, policy, errors);
                }
                "env" => {
                    let text = entry.filled_string("APP_FEATURE_GATES", errors);
                    self.env.set(&entry, text, errors);
                }
                "env_prefix" => {
                    let text = entry.filled_string("APP_GATE_", errors);
                    self.env_prefix.set(&entry, text, errors);
                }
                "component" => {
                    let text = entry.filled_string("etcd", errors);
                    self.component.set(&entry, text, errors);
                }
                "rename_all" => {
                    let case = case(&entry, errors);
                    self.rename_all.set(&entry, case, errors);
                }
                "groups" => {
                    let groups = groups(&entry, errors);
                    self.groups.set(&entry, groups, errors);
                }
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
                "help" => {
                    let help = help(&entry, errors);
                    self.help.set(&entry, help, errors);
                }
                "master" => {
                    let text = entry.filled_string("all", errors);
                    self.master.set(&entry, text, errors);
                }
                "crate" => {
                    let path = crate_path(&entry, errors);
                    self.krate.set(&entry, path, errors);
                }
                _ => {
                    self.unreadable = true;
                    SETTINGS.unknown(&entry, errors);
                }
            }
        }
    }
}

fn precision(entry: &Entry, errors: &mut Sink) -> Option<Precision> {
    let text = entry.string("patch", errors)?;
    match text.value.as_str() {
        "minor" => Some(Precision::Minor),
        "patch" => Some(Precision::Patch),
        _ => {
            errors.add(
                Code::Attribute,
                text.range,
                format!("unknown form {:?} of versions", text.value),
                "write \"minor\" for major.minor, or \"patch\" for major.minor.patch",
            );
            None
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
                Code::Attribute,
                text.range,
                format!("unknown policy {:?} for removed gates", text.value),
                "write \"tolerate\" or \"refuse\"",
            );
            None
        }
    }
}

/// `help = "settable"`: whether the help lists all gates that can be set.
fn help(entry: &Entry, errors: &mut Sink) -> Option<bool> {
    let text = entry.string("settable", errors)?;
    match text.value.as_str() {
        "settable" => Some(true),
        "kubernetes" => Some(false),
        _ => {
            errors.add(
                Code::Attribute,
                text.range,
                format!("unknown help {:?}", text.value),
                "write \"settable\" for all gates that can be set, or \"kubernetes\" for alpha and beta gates",
            );
            None
        }
    }
}

/// `groups = "none"`: whether there are the groups of Kubernetes.
fn groups(entry: &Entry, errors: &mut Sink) -> Option<bool> {
    let text = match &entry.form {
        Form::List(_) => {
            errors.add(
                Code::Attribute,
                entry.range,
                "`groups` does not take a list",
                "write each group as group(ui = [alpha, tui])",
            );
            return None;
        }
        _ => entry.string("none", errors)?,
    };
    match text.value.as_str() {
        "none" => Some(false),
        "kubernetes" => Some(true),
        _ => {
            errors.add(
                Code::Attribute,
                text.range,
                format!("unknown groups {:?}", text.value),
                "write \"none\" for no groups besides those of the program, or \"kubernetes\" for AllAlpha and AllBeta",
            );
            None
        }
    }
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
