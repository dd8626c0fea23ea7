//! The settings of gates in a file: where one is given a value, and how it is written there.
//!
//! Nothing here knows which gates there are.
//!
//! ```text
//! text ──template──► Passage ──tree──► nodes with spans   ──read──► settings, lists, skipped
//!                       ▲                                 │              │
//!                       └──────── a text in a text ◄──────┘              └──► removal
//! ```

mod keys;
pub(crate) mod own;
mod proof;
mod read;
mod removal;
mod setting;
mod text;
mod tree;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use featuregate_core::__private::IdVec;

pub(crate) use keys::{Key, Keys};
pub use setting::{Consumer, Given, List, ListId, ListKind, Setting, SettingId, Syntax};
pub(crate) use setting::{Dialect, Readers, Values, unread};

/// The settings of a file.
#[derive(Clone, Debug)]
pub struct Extract {
    /// The settings, in order.
    pub settings: IdVec<SettingId, Setting>,
    /// The lists that they are in.
    pub lists: IdVec<ListId, List>,
    /// The parts that could not be read: the line, if not the whole file, and the reason.
    pub skipped: Vec<(Option<u32>, String)>,
    syntax: Syntax,
    keys: Keys,
    readers: Arc<dyn Readers>,
    /// The gates of variables that have the value of one gate, by what they are called there.
    variables: BTreeMap<String, String>,
    /// What is removed with settings; found out when first needed, since in most files nothing is wrong.
    parts: OnceCell<removal::Parts>,
}

/// Whether a text mentions something that has gates, without which it has no settings. It is read once, so
/// a large file that has nothing to do with gates costs little.
#[must_use]
pub fn mentions(text: &str, keys: &[String]) -> bool {
    Keys::of(keys).concern(text)
}

/// Finds the settings in a text.
///
/// `keys` are names of maps of gates in addition to `featureGates` and its spellings.
///
/// ```
/// use featuregate_cli::extract::{Given, Syntax, extract};
///
/// let found = extract(Syntax::Yaml, "args: [--feature-gates=A=true]", &[]);
/// let setting = found.settings.values().next().unwrap();
/// assert_eq!((setting.name.as_str(), &setting.value), ("A", &Given::Text("true".into())));
/// ```
#[must_use]
pub fn extract(syntax: Syntax, text: &str, keys: &[String]) -> Extract {
    let any = Dialect { values: Values::Any, master: None };
    extract_for(syntax, text, &Keys::of(keys), &(Arc::new(any) as Arc<dyn Readers>))
}

/// The same with keys that were made for many texts, for these programs.
pub(crate) fn extract_for(
    syntax: Syntax,
    text: &str,
    keys: &Keys,
    readers: &Arc<dyn Readers>,
) -> Extract {
    let read = read::file(syntax, text, keys, &**readers, false);
    Extract {
        settings: read.settings,
        lists: read.lists,
        skipped: read.skipped,
        syntax,
        keys: keys.clone(),
        readers: Arc::clone(readers),
        variables: BTreeMap::new(),
        parts: OnceCell::new(),
    }
}

impl Extract {
    /// The settings of another text that is read in the same way.
    pub(crate) fn again(&self, text: &str) -> Self {
        let again = extract_for(self.syntax, text, &self.keys, &self.readers);
        again.with_variables(|_, setting| self.variables.get(&setting.name).cloned())
    }

    /// The same with the names of gates instead of those of their variables: `JS_REPL` in `APP_GATE_JS_REPL` is a gate
    /// `js-repl`, say.
    #[must_use]
    pub(crate) fn with_variables(
        mut self,
        gate: impl Fn(&List, &Setting) -> Option<String>,
    ) -> Self {
        for setting in self.settings.values_mut().filter(|it| it.variable.is_some()) {
            if let Some(gate) = gate(&self.lists[setting.list], setting) {
                self.variables.insert(setting.name.clone(), gate.clone());
                setting.name = gate;
            }
        }
        self
    }

    /// Whether a text after edits has what it had before, without what they remove and with what they write.
    pub(crate) fn proves(&self, before: &str, after: &str, edits: &[crate::finding::Edit]) -> bool {
        proof::holds(self.syntax, before, after, edits)
    }

    /// The edits that remove settings, with the key or argument that is left empty; `None` where that would break
    /// the file. `text` is the one that the settings were found in.
    #[must_use]
    pub fn removal(&self, text: &str, settings: &[SettingId]) -> Option<Vec<crate::finding::Edit>> {
        let parts = self
            .parts
            .get_or_init(|| read::file(self.syntax, text, &self.keys, &*self.readers, true).parts);
        parts.removal(text, settings)
    }
}
