//! The settings of gates in a file: where one is given a value, and how it is written there.
//!
//! Nothing here knows which gates there are.

mod arguments;
mod comments;
mod find;
mod items;
mod keys;
mod layout;
mod mapped;
mod template;
mod toml;
mod tree;
mod yaml;

use std::ops::Range;

use crate::finding::Edit;

use find::Finder;
use keys::Keys;
use layout::{Layout, Member};
use mapped::Mapped;
use template::Masked;

/// A place of a file that gives a gate a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The gate's name.
    pub name: String,
    /// Its bytes.
    pub name_span: Range<usize>,
    /// What it is set to.
    pub value: Given,
    /// The bytes of the value, without quotes; empty, after the name, where none is written.
    pub value_span: Range<usize>,
    /// The map, list or argument that it stands in, as an index into [`Extract::lists`].
    pub list: usize,
    /// Where it stands among others.
    member: Member,
}

/// The value that a setting gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A text, as it is written, without quotes.
    Text(String),
    /// A bare name (`A`, `+A`, `-A`) turns a gate on, or off.
    Sign(bool),
    /// Something that has no text, such as `a map`.
    Other(&'static str),
}

/// What holds settings of one list: the last of a gate counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What it is.
    pub kind: ListKind,
}

/// What holds settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A map, in which a gate may stand once.
    Map,
    /// A list or the arguments of one command.
    List,
}

/// What stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extract {
    /// The settings, by place.
    pub settings: Vec<Setting>,
    /// What holds them.
    pub lists: Vec<List>,
    /// The parts that could not be read: the line, if not the whole file, and the reason.
    pub skipped: Vec<(Option<u32>, String)>,
    /// How the settings stand among others, where that was asked for.
    layout: Option<Layout>,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// YAML, also with a template's actions in it.
    Yaml,
    /// JSON, also with comments.
    Json,
    /// TOML.
    Toml,
    /// Lines of a shell, environment file or systemd unit.
    Lines,
    /// Not known: from what stands in it.
    Unknown,
}

/// Finds the settings in a text.
///
/// `keys` are names of maps of gates beside `featureGates` and its spellings.
///
/// ```
/// use featuregate_cli::extract::{Given, Syntax, extract};
///
/// let found = extract(Syntax::Yaml, "args: [--feature-gates=A=true]", &[]);
/// assert_eq!(found.settings[0].name, "A");
/// assert_eq!(found.settings[0].name_span, 23..24);
/// assert_eq!(found.settings[0].value, Given::Text("true".into()));
/// ```
#[must_use]
pub fn extract(syntax: Syntax, text: &str, keys: &[String]) -> Extract {
    find(syntax, text, Keys { more: keys }, None)
}

/// The same, ready for [`removal`](Extract::removal).
#[must_use]
pub fn extract_with_layout(syntax: Syntax, text: &str, keys: &[String]) -> Extract {
    find(syntax, text, Keys { more: keys }, Some(Layout::default()))
}

/// Whether a text mentions a map of gates at all; most don't, and need not be read.
#[must_use]
pub fn mentions(text: &str, keys: &[String]) -> bool {
    Keys { more: keys }.mentioned(text)
}

fn find(syntax: Syntax, text: &str, keys: Keys<'_>, layout: Option<Layout>) -> Extract {
    if u32::try_from(text.len()).is_err() {
        let reason = "it is larger than four gigabytes".to_owned();
        return Extract { skipped: vec![(None, reason)], ..Extract::default() };
    }
    let masked = Masked::of(text);
    let mapped = Mapped::file(&masked.text);
    let mut finder = Finder { keys, masked: &masked, out: Extract::default(), layout };
    match syntax {
        Syntax::Yaml => finder.yaml(&mapped),
        Syntax::Json => finder.yaml(&Mapped::file(&comments::hidden(&masked.text))),
        Syntax::Toml => toml::read(&mapped, &mut finder),
        Syntax::Lines => finder.script(&mapped),
        Syntax::Unknown => finder.unknown(&mapped),
    }
    let Finder { mut out, layout, .. } = finder;
    out.layout = layout;
    out.settings.sort_by_key(|setting| setting.name_span.start);
    out.skipped.sort();
    out.skipped.dedup();
    out
}

impl Extract {
    /// The edits that take settings out, with the key or argument that is left empty by that; `None` where
    /// the file would be broken by it, or where the layout was not asked for.
    ///
    /// ```
    /// use featuregate_cli::extract::{Syntax, extract_with_layout};
    ///
    /// let text = "kind: Kubelet\nfeatureGates:\n  A: true\n";
    /// let found = extract_with_layout(Syntax::Yaml, text, &[]);
    /// let edits = found.removal(text, &[0]).unwrap();
    /// assert_eq!(edits[0].span, (14, 38));
    /// ```
    #[must_use]
    pub fn removal(&self, text: &str, settings: &[usize]) -> Option<Vec<Edit>> {
        let members: Option<Vec<Member>> =
            settings.iter().map(|&index| Some(self.settings.get(index)?.member)).collect();
        self.layout.as_ref()?.removal(text, members?)
    }
}
