//! A setting, and what it is in.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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
    /// What the variable begins with that has the value of this gate only, if the program has one for each gate.
    pub variable: Option<Arc<str>>,
}

/// The value that a setting gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// A text, as it is written, without quotes. It is read like a value of the flag.
    Text(Cow<'static, str>),
    /// A boolean of the file, in another spelling than the flag's: `yes` in YAML.
    Boolean(bool),
    /// `+A` turns a gate on, and `-A` off.
    Sign(bool),
    /// A name by itself, in a list in which each name is on, or off.
    Listed(bool),
    /// A value after a name in such a list, which takes none; and what its names are.
    Unexpected(Cow<'static, str>, bool),
    /// A boolean in place of such a list: the master switch.
    Switch(bool),
    /// Something that is filled in: by a variable, or a template.
    Filled,
    /// A name without a value, where one is needed.
    Missing,
    /// A text, and what it is instead of what the consumer takes, such as `a string`.
    Typed(Cow<'static, str>, &'static str),
    /// Something that has no text, such as `a map`.
    Other(&'static str),
}

/// A map, list or argument with settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What it is.
    pub kind: ListKind,
    /// What reads it.
    pub consumer: Arc<Consumer>,
}

/// What settings are in. The last setting of a gate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// A map, in which a gate may be set once.
    Map,
    /// A list or the arguments of one command.
    List,
}

/// What reads settings, as far as the file shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consumer {
    /// The command, or the container's program: `kube-apiserver`, `csi-provisioner`. It has no path, registry or tag.
    pub program: Option<String>,
    /// The `apiVersion` of the innermost object around the settings.
    pub api_version: Option<String>,
    /// Its `kind`.
    pub kind: Option<String>,
    /// What may read them, where nothing of that is known: the name of a container, or the chart that helm installs.
    pub hint: Option<String>,
}

/// What type the values of a map have to be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    /// It is not known, or does not matter.
    Any,
    /// Booleans, in YAML as 1.1 defines them.
    Booleans,
    /// Strings.
    Strings,
}

/// How a program takes gates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// What its maps take, where nothing in the file shows that.
    pub(crate) values: Values,
    /// Its master switch, which is what a boolean in place of a list of names sets.
    pub(crate) master: Option<Arc<str>>,
}

/// The programs that may read a file.
pub(crate) trait Readers: fmt::Debug + Send + Sync {
    /// How the one that reads a list takes gates.
    fn dialect(&self, list: &List) -> Dialect;
}

/// One program reads everything.
impl Readers for Dialect {
    fn dialect(&self, _: &List) -> Dialect {
        self.clone()
    }
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
    /// TOML of which only the metadata is read: a `Cargo.toml`, whose features are those of cargo.
    Cargo,
    /// A script of a shell.
    Shell,
    /// Variables, one on each line.
    Env,
    /// Sections with keys, as of systemd.
    Unit,
    /// Instructions that build an image.
    Dockerfile,
    /// Rules and variables of make.
    Makefile,
    /// Something that is not read; the name of its syntax.
    Unread(&'static str),
    /// Unknown: found out from the text.
    Unknown,
    /// The same, unless it is for people to read.
    Text,
}

/// What is written in a language that is not read, and how such names end.
const UNREAD: &[(&str, &[&str])] = &[
    ("Terraform", &["tf", "tfvars"]),
    ("HCL", &["hcl", "nomad"]),
    ("Nix", &["nix"]),
    ("CUE", &["cue"]),
    ("Dhall", &["dhall"]),
    ("Jsonnet", &["jsonnet", "libsonnet"]),
    ("PowerShell", &["ps1", "psm1"]),
    (
        "source code",
        &[
            "rs", "go", "c", "h", "cc", "cpp", "cxx", "hh", "hpp", "cs", "java", "kt", "kts",
            "scala", "swift", "m", "py", "pyi", "ipynb", "rb", "php", "pl", "pm", "lua", "r", "jl",
            "dart", "ex", "exs", "erl", "hs", "ml", "clj", "el", "vim", "zig", "js", "jsx", "mjs",
            "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "css", "scss", "less", "sql",
            "proto", "graphql", "s", "asm",
        ],
    ),
    (
        "documentation",
        &["md", "markdown", "mdx", "rst", "adoc", "asciidoc", "tex", "org", "html", "htm", "po"],
    ),
    ("a record", &["log", "diff", "patch"]),
];

/// The language that is not read of a file whose name ends so.
pub(crate) fn unread(ending: &str) -> Option<&'static str> {
    let known = UNREAD.iter().find(|(_, endings)| endings.contains(&ending));
    known.map(|(language, _)| *language)
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
