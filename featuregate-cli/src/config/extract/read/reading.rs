//! What is found while a file is read, and how it is reported.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use featuregate_core::__private::{IdVec, slice, slice_bytes};

use super::super::keys::{Keys, Under, is_usual};
use super::super::own::{self, reader};
use super::super::removal::{Out, Part, PartId, Parts};
use super::super::setting::{
    Consumer, Dialect, Given, List, ListId, ListKind, Readers, Setting, SettingId,
};
use super::super::text::Template;

pub(super) const FROM_TEMPLATE: &str = "gates come from a template action, which is not evaluated";

/// What is read in a file.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) settings: IdVec<SettingId, Setting>,
    pub(crate) lists: IdVec<ListId, List>,
    pub(crate) skipped: Vec<(Option<u32>, String)>,
    /// None of them unless they are wanted.
    pub(crate) parts: Parts,
}

/// What is found while a file is read.
#[derive(Debug)]
pub(super) struct Reading<'f> {
    pub(super) text: &'f str,
    pub(super) keys: Keys,
    /// What may read the file.
    pub(super) readers: &'f dyn Readers,
    /// How the reader of a list takes gates, of the last one that it was asked of.
    pub(super) dialect: Option<(ListId, Dialect)>,
    /// Whether what is read now is the value of a variable, which is a text in every file.
    pub(super) is_variable: bool,
    pub(super) template: Template,
    pub(super) found: Vec<(Setting, Option<PartId>)>,
    pub(super) lists: IdVec<ListId, List>,
    /// What reads the settings that are found now.
    pub(super) consumer: Arc<Consumer>,
    /// The lists of flags other than the usual one, among the arguments of that list.
    pub(super) flags: (Option<ListId>, Vec<(String, ListId)>),
    /// What the key says about what is read now.
    pub(super) under: Under,
    /// Lists of names, in which each turns its gate on, or off.
    pub(super) names: BTreeMap<ListId, bool>,
    /// The byte where it is, and why.
    pub(super) skipped: Vec<(Option<usize>, String)>,
    pub(super) parts: Parts,
    /// Whether parts are wanted at all.
    pub(super) wanted: bool,
    pub(super) variables: OnceCell<BTreeSet<&'f str>>,
    pub(super) templated: OnceCell<BTreeSet<&'f str>>,
    pub(super) repeated: OnceCell<BTreeSet<&'f str>>,
}

impl<'f> Reading<'f> {
    /// The names of variables that the file refers to, which must be kept.
    pub(super) fn variables(&self) -> &BTreeSet<&'f str> {
        self.variables.get_or_init(|| {
            let text = if self.wanted { self.text } else { "" };
            let bytes = text.as_bytes();
            let names = memchr::memchr_iter(b'$', bytes).map(|at| {
                let rest = slice(text, at + 1..).trim_start_matches(['{', '(']);
                let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                slice(rest, ..rest.find(|c| !name(c)).unwrap_or(rest.len()))
            });
            names.filter(|name| !name.is_empty()).collect()
        })
    }

    /// Whether the file refers to a name, so that what it names must be kept: as a variable, in a template, or as the key
    /// of a `ConfigMap`.
    pub(super) fn is_referred(&self, name: &str) -> bool {
        self.variables().contains(name) || self.templated().contains(name)
    }

    /// Whether a variable is in the file more than once: without one of its values, that of the environment around it, or an
    /// earlier one, would count.
    pub(super) fn is_repeated(&self, name: &str) -> bool {
        let repeated = self.repeated.get_or_init(|| {
            let text = if self.wanted { self.text } else { "" };
            let (mut once, mut repeated) = (BTreeSet::new(), BTreeSet::new());
            let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
            for name in text.split(|c| !is_name(c)).filter(|name| !name.is_empty()) {
                if !once.insert(name) {
                    repeated.insert(name);
                }
            }
            repeated
        });
        repeated.contains(name)
    }

    /// The words in `{{ … }}`, in `$(params.…)`, and after `key:`.
    fn templated(&self) -> &BTreeSet<&'f str> {
        self.templated.get_or_init(|| {
            let text = if self.wanted { self.text } else { "" };
            let mut names = BTreeSet::new();
            for (opening, closing) in [("{{", "}}"), ("$(", ")"), ("key:", "\n")] {
                for (at, _) in text.match_indices(opening) {
                    let rest = slice(text, at + opening.len()..);
                    let inner = slice(rest, ..rest.find(closing).unwrap_or(rest.len()));
                    // A command of a shell has words of its own.
                    if opening == "$(" && inner.contains(char::is_whitespace) {
                        continue;
                    }
                    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                    names.extend(inner.split(|c| !is_name(c)).filter(|name| !name.is_empty()));
                }
            }
            names
        })
    }

    /// Reports a part that cannot be read.
    pub(super) fn skip(&mut self, at: usize, reason: impl Into<String>) {
        self.skipped.push((Some(at), reason.into()));
    }

    /// How many settings and skipped parts there are so far.
    pub(super) fn reported(&self) -> usize {
        self.found.len() + self.skipped.len()
    }

    pub(super) fn add_list(&mut self, kind: ListKind) -> ListId {
        self.lists.push(List { kind, consumer: Arc::clone(&self.consumer) })
    }

    /// How the reader of a list takes gates.
    pub(super) fn dialect(&mut self, list: ListId) -> &Dialect {
        let known = self.dialect.take().filter(|(known, _)| *known == list);
        let known = known.unwrap_or_else(|| (list, self.readers.dialect(&self.lists[list])));
        &self.dialect.insert(known).1
    }

    /// The list of the gates of a flag: those of different flags, such as `--kubelet-arg=feature-gates` and
    /// `--kube-apiserver-arg=feature-gates`, are not given twice.
    pub(super) fn flag_list(&mut self, arguments: ListId, flag: &str) -> ListId {
        // Flags that turn names on and off are of the program itself.
        let key = flag.trim_end_matches('=');
        if is_usual(key) || self.keys.under(key).bare.is_some() {
            return arguments;
        }
        if self.flags.0 != Some(arguments) {
            self.flags = (Some(arguments), Vec::new());
        }
        let known = self.flags.1.iter().find(|(known, _)| known == flag);
        if let Some((_, list)) = known {
            return *list;
        }
        let kind = self.lists[arguments].kind;
        let list = self.read_by(reader(flag), |reading| reading.add_list(kind));
        self.flags.1.push((flag.to_owned(), list));
        list
    }

    /// Reads a part of which nothing can be removed.
    pub(super) fn frozen(&mut self, read: impl FnOnce(&mut Self)) {
        self.frozen_unless(false, read);
    }

    /// The same unless the part can be changed.
    pub(super) fn frozen_unless(&mut self, changeable: bool, read: impl FnOnce(&mut Self)) {
        let wanted = self.parts.narrow(changeable);
        read(self);
        self.parts.wanted = wanted;
    }

    /// Reads the value of a key, which may say something about it.
    pub(super) fn under(&mut self, key: &str, read: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.under, self.keys.under(key));
        read(self);
        self.under = around;
    }

    /// Reads settings that this program reads, if one is known.
    pub(super) fn read_by<R>(
        &mut self,
        program: Option<&str>,
        read: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let Some(program) = program else { return read(self) };
        let consumer = Consumer { program: Some(program.to_owned()), ..(*self.consumer).clone() };
        self.read_as(consumer, read)
    }

    /// The same of what perhaps reads them, whatever has the command that hands them on.
    pub(super) fn hinted<R>(&mut self, hint: Option<&str>, read: impl FnOnce(&mut Self) -> R) -> R {
        let Some(hint) = hint else { return read(self) };
        let program = own::program(hint).map(str::to_owned);
        let consumer = Consumer { program, hint: Some(hint.to_owned()), ..Consumer::default() };
        self.read_as(consumer, read)
    }

    fn read_as<R>(&mut self, consumer: Consumer, read: impl FnOnce(&mut Self) -> R) -> R {
        let outer = std::mem::replace(&mut self.consumer, Arc::new(consumer));
        let result = read(self);
        self.consumer = outer;
        result
    }

    /// The list of the gates under a key, whose words may say who reads them.
    pub(super) fn list_of(&mut self, key: &str, list: ListId) -> ListId {
        match reader(key) {
            Some(program) => {
                let kind = self.lists[list].kind;
                self.read_by(Some(program), |reading| reading.add_list(kind))
            }
            None => list,
        }
    }

    pub(super) fn add_part(&mut self, parent: Option<PartId>, out: Out) -> Option<PartId> {
        self.parts.add(Part { parent, parts: 1, out, covers: true, also: None })
    }

    /// Sets how many parts a part has.
    pub(super) fn set_count(&mut self, part: Option<PartId>, count: usize) {
        if let Some(part) = part {
            self.parts.all[part].parts = count;
        }
    }

    /// Adds a setting, unless it depends on something that is not in the file.
    pub(super) fn set(
        &mut self,
        (name, name_span): (&str, Range<usize>),
        (value, value_span): (Given, Range<usize>),
        list: ListId,
        part: Option<PartId>,
    ) {
        let variable = self.keys.prefix_before(self.text, name_span.start);
        let text = if let Given::Text(text) = &value { text.as_ref() } else { "" };
        let unclear = self.unclear((name, &name_span), (text, &value_span));
        let (mut value, mut part) = (value, part);
        if let Some(reason) = unclear {
            self.skip(name_span.start, reason);
            let hidden = self.template.gives(&name_span);
            let is_name =
                !name.is_empty() && !hidden && !substitutes(name) && !name.contains(['{', '}']);
            // Its name alone may be wrong.
            if !is_name || matches!(value, Given::Sign(_) | Given::Listed(_) | Given::Missing) {
                return;
            }
            (value, part) = (Given::Filled, None);
        }
        let name = name.to_owned();
        let setting = Setting { name, name_span, value, value_span, list, variable };
        self.found.push((setting, part));
    }

    /// Why it is not known what a setting is, if it depends on something that is not in the file.
    fn unclear(
        &self,
        (name, name_span): (&str, &Range<usize>),
        (value, value_span): (&str, &Range<usize>),
    ) -> Option<String> {
        // Most are words.
        if self.template.is_empty() && !has_signs(name) && !has_signs(value) {
            return None;
        }
        if self.template.gives(name_span) || (self.template.gives(value_span) && name.is_empty()) {
            Some(FROM_TEMPLATE.to_owned())
        } else if self.template.gives(value_span) {
            Some(format!(
                "the value of `{name}` comes from a template action, which is not evaluated"
            ))
        } else if substitutes(name) {
            Some("gates come from a variable, which is not expanded".to_owned())
        } else if memchr::memchr2(b'{', b'}', name.as_bytes()).is_some() {
            Some("gates come from a brace expansion, which is not evaluated".to_owned())
        } else if substitutes(value) {
            Some(format!("the value of `{name}` comes from a variable, which is not expanded"))
        } else if is_encrypted(value) {
            Some(format!("the value of `{name}` is encrypted"))
        } else if is_placeholder(value) {
            Some(format!("the value of `{name}` is a placeholder, which is not filled in"))
        } else {
            None
        }
    }

    /// A name without a value gives one in a list of names, and in one with `+A` or `-B`.
    fn give_names(&mut self) {
        // Only OpenTelemetry has dots in its names, and takes them without a value.
        let is_signed = |setting: &Setting| match setting.value {
            Given::Sign(_) => true,
            Given::Missing => setting.name.contains('.'),
            _ => false,
        };
        let signed = self.found.iter().filter(|(setting, _)| is_signed(setting));
        let signed: BTreeSet<ListId> = signed.map(|(setting, _)| setting.list).collect();
        for (setting, _) in &mut self.found {
            if setting.value == Given::Missing {
                if let Some(on) = self.names.get(&setting.list) {
                    setting.value = Given::Listed(*on);
                } else if signed.contains(&setting.list) {
                    setting.value = Given::Sign(true);
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> Read {
        // What is read twice, in a word and in a command within it, can be removed if one of them can.
        self.found.sort_by_key(|(setting, part)| (setting.name_span.start, part.is_none()));
        // The line of a fault is read twice: as far as it could be, and as a line.
        self.found.dedup_by(|(later, _), (first, _)| {
            later.name_span == first.name_span && !later.name.is_empty()
        });
        self.give_names();
        self.parts.settings = self.found.iter().map(|(_, part)| *part).collect();
        let settings = self.found.into_iter().map(|(setting, _)| setting).collect();
        self.parts.finish();
        self.skipped.sort();
        let bytes = self.text.as_bytes();
        let (mut line, mut at) = (1_u32, 0);
        let mut skipped: Vec<(Option<u32>, String)> = Vec::new();
        for (byte, reason) in self.skipped {
            let at_line = byte.map(|byte| {
                let passed = slice_bytes(bytes, at..byte);
                let lines = memchr::memchr_iter(b'\n', passed).count();
                line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                at = at.max(byte);
                line
            });
            skipped.push((at_line, reason));
        }
        skipped.dedup();
        Read { settings, lists: self.lists, skipped, parts: self.parts }
    }
}

/// Whether a text has a sign of something that is expanded or encrypted. It looks at all bytes, which is quicker than
/// to end at the first.
fn has_signs(text: &str) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'$' | b'{' | b'}' | b'[' | b'@' | b'%' | b'_' | b'<');
    text.bytes().fold(false, |found, byte| found | is_sign(byte))
}

/// Whether a text has a variable in it, as in `$A`, `${A}` or `$(A)`.
pub(super) fn substitutes(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).any(|at| {
        let after = bytes.get(at + 1);
        after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, b'{' | b'(' | b'_'))
    })
}

/// Whether a text is a word that something else replaces, as in `@A@`, `__A__`, `%A%` or `<A>`.
fn is_placeholder(text: &str) -> bool {
    let marks = [("@", "@"), ("__", "__"), ("%", "%"), ("<", ">")];
    marks.iter().any(|(opening, closing)| {
        let inner = text.strip_prefix(opening).and_then(|rest| rest.strip_suffix(closing));
        inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

/// Whether a text is one that SOPS or Ansible has encrypted.
pub(super) fn is_encrypted(text: &str) -> bool {
    text.starts_with("ENC[") || text.starts_with("$ANSIBLE_VAULT;")
}
