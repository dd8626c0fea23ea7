//! `featuregate add`.

use clap::{Args, ValueEnum};
use featuregate_core::__private::Name;
use featuregate_core::{
    Milestone, Precision, RawMilestone, RawSpec, Stage, Strictness, Version, lifecycle,
};

use crate::change::variant::Variant;
use crate::commands::declaring::{Declaring, Edits, enums};
use crate::commands::output::{Console, Outcome};
use crate::error::Error;
use crate::lint::verify::attribute;
use crate::program::wanted::Wanted;
use crate::source::component::Component;
use crate::source::declared::Enum;
use crate::source::selection::Selected;

/// Adds a gate: a variant with its attribute and doc comment, and updates the manifest.
///
/// The gate is the last variant of the package's enum. The changed source obeys every rule, or nothing is written. For the first
/// enum of a package, use `featuregate init`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Add {
    /// The name of the variant, which is the gate's; one of a component as in store:Compaction.
    #[arg(value_name = "GATE")]
    gate: String,
    /// What the gate does, which is its doc comment and its help text.
    #[arg(long, value_name = "TEXT")]
    doc: Option<String>,
    /// The stage.
    #[arg(long, value_enum, value_name = "STAGE", default_value = "alpha")]
    stage: First,
    /// The release in which it begins; by default that of the enum.
    #[arg(long, value_name = "VERSION")]
    since: Option<Wanted>,
    /// Who is responsible for it.
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// Where its progress is tracked.
    #[arg(long, value_name = "URL")]
    issue: Option<String>,
    #[command(flatten)]
    declaring: Declaring,
}

/// The stage that a gate begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum First {
    /// Off by default.
    Alpha,
    /// On by default.
    Beta,
}

const EXAMPLES: &str = "\
Examples:
  An alpha gate of the current release:
    featuregate add Cache --doc 'Keeps pages in memory.' --owner storage
  In one of several enums, for a release to come:
    featuregate add Cache --enum Feature --since 1.4
  In the enum of a component:
    featuregate add store:Compaction";

impl Add {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Error> {
        let Some(selected) = self.declaring.read(console)? else { return Ok(Outcome::Errors) };
        let (component, of, name) = self.place(&selected)?;
        let since = self.since.map_or(component.version, |since| since.version);
        let doc = self.doc.as_deref().map(str::trim).filter(|doc| !doc.is_empty());
        let words = format!("{}.", words(name));
        let mut entries = vec![attribute::entry(&self.milestone(name, since)?, None)];
        entries.extend(self.owner.iter().map(|owner| format!("owner = {owner:?}")));
        entries.extend(self.issue.iter().map(|issue| format!("issue = {issue:?}")));
        let variant = Variant { name, doc: doc.unwrap_or(&words), entries };
        let path = &of.spot.path;
        let text = selected.source.texts.get(path).map(String::as_str).unwrap_or_default();
        let edits = Edits::from([(path.clone(), variant.added(text, of.body))]);
        let stage = self.stage.stage().as_word();
        let meaning =
            format!("gate {} is new: {stage} since {since}", Name(&component.written(name)));
        let outcome = self.declaring.change(&selected, edits, &meaning, console)?;
        if outcome == Outcome::Clean {
            let of = &of.name;
            let describe = match doc {
                Some(_) => String::new(),
                None => "describe what it does in its doc comment, which is its help text; ".into(),
            };
            let advice = format!("{describe}check it with {of}::{name}.enabled()");
            self.declaring.advise(&advice, console)?;
        }
        Ok(outcome)
    }

    /// The enum that gets the gate, and the name of the variant.
    fn place<'a>(
        &'a self,
        selected: &'a Selected,
    ) -> Result<(&'a Component, &'a Enum, &'a str), Error> {
        let (wanted, name) = match self.gate.split_once(':') {
            Some((component, name)) => (Some(component).filter(|name| !name.is_empty()), name),
            None => (None, self.gate.as_str()),
        };
        if syn::parse_str::<syn::Ident>(name).is_err() {
            let camel = camel_case(name);
            let help = match syn::parse_str::<syn::Ident>(&camel) {
                Ok(_) => format!("did you mean {camel}?"),
                Err(_) => "write it as in NewCache".to_owned(),
            };
            return Err(Error::new(format!("{name:?} is not the name of a variant; {help}")));
        }
        let of_enum = self.declaring.selection.enum_name();
        let all: Vec<(&Component, &Enum)> = enums(selected, of_enum).collect();
        let within = |component: &Component| match wanted {
            Some(wanted) => component.name.as_deref() == Some(wanted),
            None => of_enum.is_some() || component.name.is_none(),
        };
        let mut fitting: Vec<(&Component, &Enum)> =
            all.iter().copied().filter(|(component, _)| within(component)).collect();
        // Without a component of that kind, a single enum is meant.
        if fitting.is_empty() && wanted.is_none() {
            fitting.clone_from(&all);
        }
        let names = |enums: &[(&Component, &Enum)]| {
            let names: Vec<&str> = enums.iter().map(|(_, of)| of.name.as_str()).collect();
            names.join(", ")
        };
        match fitting.as_slice() {
            [(component, of)] => {
                self.is_new(component, of, name)?;
                Ok((component, of, name))
            }
            [] => {
                let what = match (wanted, of_enum) {
                    (Some(component), _) => {
                        format!("no enum belongs to the component {}", Name(component))
                    }
                    (None, name) => {
                        format!("the package has no enum {}", Name(name.unwrap_or_default()))
                    }
                };
                let known: Vec<(&Component, &Enum)> = enums(selected, None).collect();
                Err(Error::new(format!("{what}; the enums are {}", names(&known))))
            }
            several => Err(Error::new(format!(
                "the package has several enums; name one with --enum: {}",
                names(several)
            ))),
        }
    }

    fn is_new(&self, component: &Component, of: &Enum, name: &str) -> Result<(), Error> {
        let variant = of.gates.values().find(|known| known.variant.as_deref() == Some(name));
        let Some(known) = variant.or_else(|| component.get(name)) else { return Ok(()) };
        let (path, line) = (&known.spot.path, known.spot.location.line);
        let gate = Name(&self.gate);
        Err(Error::new(match &known.gate.spec.removed {
            Some(release) => format!(
                "gate {gate} was removed in {release} ({path}:{line}); a name cannot be used again, so choose another one"
            ),
            None => format!("gate {gate} is already declared in {path}:{line}"),
        }))
    }

    fn milestone(&self, name: &str, since: Version) -> Result<Milestone, Error> {
        let first = RawMilestone::new(since.to_string(), self.stage.stage());
        // Whether the enum counts patch releases is checked in the changed source.
        let spec = RawSpec::new(name).versions(Precision::Patch).milestone(first);
        let spec = lifecycle::validate(spec, Strictness::Declared);
        let spec = spec
            .map_err(|errors| Error::Messages(errors.iter().map(ToString::to_string).collect()))?;
        // The history that was validated has one milestone.
        spec.milestones().first().copied().ok_or_else(|| Error::new("the gate has no history"))
    }
}

impl First {
    fn stage(self) -> Stage {
        match self {
            Self::Alpha => Stage::Alpha,
            Self::Beta => Stage::Beta,
        }
    }
}

/// `Graceful node shutdown` for `GracefulNodeShutdown`.
fn words(name: &str) -> String {
    let mut words = String::new();
    let mut before = None;
    for c in name.chars() {
        let begins = c.is_uppercase() && before.is_some_and(char::is_lowercase);
        if begins || c == '_' {
            words.push(' ');
        }
        if c != '_' {
            words.extend(if begins { c.to_lowercase().collect::<Vec<_>>() } else { vec![c] });
        }
        before = Some(c);
    }
    words
}

/// `NewCache` for `new-cache`.
fn camel_case(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let capital = |part: &str| {
        let mut chars = part.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    parts.map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::{camel_case, words};

    #[test]
    fn a_name_has_words() {
        for (name, expected) in [
            ("Cache", "Cache"),
            ("GracefulNodeShutdown", "Graceful node shutdown"),
            ("HTTPCache", "HTTPCache"),
            ("Http2Server", "Http2Server"),
        ] {
            assert_eq!(words(name), expected);
        }
        assert_eq!(camel_case("new-cache_2"), "NewCache2");
        assert_eq!(camel_case("--"), "");
    }
}
