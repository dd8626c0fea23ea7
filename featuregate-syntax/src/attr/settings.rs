//! `#[feature_gate(…)]`: what is said of the enum as a whole.

use featuregate_core::RemovedPolicy;
use proc_macro2::TokenStream;

use super::unknown_key;
use crate::diagnostic::Sink;
use crate::entry::{Entry, Form, Once, Spanned, entries};

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

impl Settings {
    pub(super) fn read(&mut self, list: TokenStream, errors: &mut Sink) {
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
