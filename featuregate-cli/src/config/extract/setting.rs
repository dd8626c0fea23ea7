//! A setting, and what it is in.

use std::borrow::Cow;
use std::ops::Range;

use featuregate_core::__private::id;

id! {
    /// A setting of an [`Extract`](super::Extract).
    pub struct SettingId;
    /// A map, list or argument of an [`Extract`](super::Extract) that has settings.
    pub struct ListId;
}

/// A part of a file that gives a gate a value.
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
    /// The map, list or argument that it is in.
    pub list: ListId,
}

/// The value that a setting gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// A text, as it is written, without quotes.
    Text(Cow<'static, str>),
    /// A bare name (`A`, `+A`, `-A`) turns a gate on, or off.
    Sign(bool),
    /// Something that has no text, such as `a map`.
    Other(&'static str),
}

/// What settings are in. The last setting of a gate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A map, in which a gate may be set once.
    Map,
    /// A list or the arguments of one command.
    List,
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
    /// Unknown: found out from the text.
    Unknown,
}

impl Given {
    /// What a text gives. Of most there are two.
    pub(crate) fn text(written: &str) -> Self {
        Self::Text(match written {
            "true" => Cow::Borrowed("true"),
            "false" => Cow::Borrowed("false"),
            other => Cow::Owned(other.to_owned()),
        })
    }
}
