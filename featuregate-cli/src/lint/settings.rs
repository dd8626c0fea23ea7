//! `[check]` of `featuregate.toml`: what `featuregate check` does without arguments.
//!
//! ```toml
//! [check]
//! targets = ["1.36", "1.37"]
//! paths = ["deploy"]
//!
//! [check.programs.kueue]
//! manifest = "lists/kueue.yaml"
//! paths = ["deploy/kueue/**"]
//! ```

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use featuregate_core::__private::{Name, Quoted, nearest};
use featuregate_core::Version;
use ignore::overrides::OverrideBuilder;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::extract;
use crate::error::{Error, did_you_mean};
use crate::lint::owner::{Kind, Matching, Program, at};
use crate::lint::policy::{self, Reader};
use crate::program::builtin;
use crate::program::options::{BuildOption, Options};
use crate::program::programs::Programs;
use crate::program::wanted::Wanted;
use crate::source::package::relative;

/// The section.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// As `--manifest` takes them.
    pub(crate) manifests: Vec<OsString>,
    pub(crate) targets: Vec<Wanted>,
    pub(crate) paths: Vec<PathBuf>,
    /// Globs from the folder of the file.
    pub(crate) exclude: Vec<String>,
    pub(crate) keys: Vec<String>,
    /// The options of the build.
    pub(crate) cfg: Vec<BuildOption>,
    pub(crate) strict: bool,
    /// By name.
    programs: Vec<ProgramSettings>,
    /// The folder that paths are relative to, from the current one.
    folder: PathBuf,
    /// The same from the root of the system, which globs are matched with.
    pub(crate) root: PathBuf,
}

/// A program of the section.
#[derive(Clone, Debug, Default)]
struct ProgramSettings {
    name: String,
    manifests: Vec<OsString>,
    targets: Vec<Wanted>,
    matching: Matching,
}

const OF_CHECK: [&str; 8] =
    ["manifest", "targets", "paths", "exclude", "keys", "cfg", "strict", "programs"];
const OF_PROGRAM: [&str; 5] = ["manifest", "targets", "paths", "kinds", "commands"];

impl Settings {
    /// Reads the section of a file as [`policy::find`] finds it; without a file, nothing is set.
    pub(crate) fn find(file: Option<&Path>) -> Result<Self, Error> {
        let Some(file) = policy::find(file, Path::new("."))? else { return Ok(Self::default()) };
        let root = std::path::absolute(&file).unwrap_or_else(|_| file.clone());
        let root = root.parent().unwrap_or(Path::new("."));
        policy::open(&file, |text| Self::read(text, root))
    }

    /// Reads the section of a text, whose file is in that folder; or everything that is wrong with it.
    fn read(text: &str, root: &Path) -> Result<Self, Vec<String>> {
        let folder = relative(root.to_owned());
        let mut settings = Self { folder, root: root.to_owned(), ..Self::default() };
        let mut reader = Reader::of(text);
        // Other errors are those of the rules.
        let table = DeTable::parse(text).ok();
        let check = table.as_ref().and_then(|table| table.get_ref().get("check"));
        if let Some(table) = check.and_then(|check| reader.table("check", check)) {
            settings.check(table, &mut reader);
        }
        reader.done(settings)
    }

    fn check(&mut self, table: &DeTable<'_>, reader: &mut Reader<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "manifest" => self.manifests = reader.manifests(&self.folder, value),
                "targets" => self.targets = reader.targets(value),
                "paths" => {
                    let paths = reader.texts("paths", value).into_iter();
                    self.paths = paths.map(|(path, _)| self.folder.join(path)).collect();
                }
                "exclude" => self.exclude = texts(reader.texts("exclude", value)),
                "keys" => self.keys = reader.keys(value),
                "cfg" => self.cfg = reader.options(value),
                "strict" => match value.get_ref().as_bool() {
                    Some(strict) => self.strict = strict,
                    None => reader.wrong("strict", value, "write true or false"),
                },
                "programs" => {
                    let Some(programs) = reader.table("programs", value) else { continue };
                    for (name, value) in programs {
                        let program = reader.program((&self.folder, &self.root), name, value);
                        self.programs.extend(program);
                    }
                }
                _ => reader.unknown("[check]", &OF_CHECK, key),
            }
        }
    }

    /// The programs of the section, at their releases or those that are asked for; notes about their manifests are added.
    pub(crate) fn programs(
        &self,
        targets: &[Version],
        options: &Options,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Program>, Error> {
        let mut programs = Vec::new();
        for settings in &self.programs {
            let mut read = Programs::read(&settings.manifests)?;
            if !options.is_empty() {
                read = read.built_with(options);
            }
            notes.extend(read.notes);
            let own = settings.targets.iter().map(|target| read.main.exact(*target));
            let own: Vec<Version> = own.collect::<Result<_, Error>>()?;
            let targets = if own.is_empty() { targets } else { &own };
            programs.push(Program {
                name: settings.name.clone(),
                targets: at(&read.main, targets),
                matching: settings.matching.clone(),
            });
        }
        Ok(programs)
    }
}

type Key<'t> = Spanned<Cow<'t, str>>;
type Value<'t> = Spanned<DeValue<'t>>;

fn texts(spanned: Vec<(String, std::ops::Range<usize>)>) -> Vec<String> {
    spanned.into_iter().map(|(text, _)| text).collect()
}

impl Reader<'_> {
    fn table<'t>(&mut self, key: &str, value: &'t Value<'t>) -> Option<&'t DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(key, value, "write a table");
        }
        table
    }

    fn unknown(&mut self, of: &str, known: &[&str], key: &Key<'_>) {
        let near = nearest(key.get_ref(), known.iter().copied());
        let help = did_you_mean(near, &format!("it has {}", known.join(", ")));
        self.report(key.span(), &format!("{of} has no key {}; {help}", Name(key.get_ref())));
    }

    /// A text, or a list of texts.
    fn texts(&mut self, key: &str, value: &Value<'_>) -> Vec<(String, std::ops::Range<usize>)> {
        let one = std::slice::from_ref(value);
        let values = match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            _ => one.iter().collect::<Vec<_>>(),
        };
        let mut texts = Vec::new();
        for value in values {
            match value.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), value.span())),
                None => self.wrong(key, value, "write a text in quotes, or a list of texts"),
            }
        }
        texts
    }

    fn keys(&mut self, value: &Value<'_>) -> Vec<String> {
        let keys = self.texts("keys", value);
        for (key, span) in &keys {
            if let Err(wrong) = extract::Key::parse(key) {
                let message = format!("the key {} is wrong, since {wrong}", Quoted(key));
                self.report(span.clone(), &message);
            }
        }
        texts(keys)
    }

    fn targets(&mut self, value: &Value<'_>) -> Vec<Wanted> {
        let mut targets = Vec::new();
        for (text, span) in self.texts("targets", value) {
            match text.parse() {
                Ok(version) => targets.push(version),
                Err(error) => {
                    let error: featuregate_core::VersionError = error;
                    let help = error.help();
                    self.report(span, &format!("{}; {help}", error.message()));
                }
            }
        }
        targets
    }

    fn options(&mut self, value: &Value<'_>) -> Vec<BuildOption> {
        let mut options = Vec::new();
        for (text, span) in self.texts("cfg", value) {
            match text.parse::<BuildOption>() {
                Ok(option) => options.push(option),
                Err(error) => self.report(span, &format!("{} is {error}", Quoted(&text))),
            }
        }
        options
    }

    /// As `--manifest` takes them; files are relative to the folder.
    fn manifests(&mut self, folder: &Path, value: &Value<'_>) -> Vec<OsString> {
        let manifest = |(text, _): (String, _)| {
            if builtin::PROGRAMS.contains(&text.as_str()) {
                return OsString::from(text);
            }
            let (version, file) = match text.split_once('=') {
                Some((version, file)) if version.parse::<Wanted>().is_ok() => {
                    (format!("{version}="), file)
                }
                _ => (String::new(), text.as_str()),
            };
            // A path, so that nothing in it is the name of a program.
            let mut argument = OsString::from(version);
            argument.push(Path::new(".").join(folder).join(file));
            argument
        };
        self.texts("manifest", value).into_iter().map(manifest).collect()
    }

    fn program(
        &mut self,
        (folder, root): (&Path, &Path),
        name: &Key<'_>,
        value: &Value<'_>,
    ) -> Option<ProgramSettings> {
        let table = self.table(name.get_ref(), value)?;
        let mut program =
            ProgramSettings { name: name.get_ref().to_string(), ..ProgramSettings::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "manifest" => program.manifests = self.manifests(folder, value),
                "targets" => program.targets = self.targets(value),
                "paths" => {
                    let mut paths = OverrideBuilder::new(root);
                    for (glob, span) in self.texts("paths", value) {
                        if let Err(error) = paths.add(&glob) {
                            let glob = Quoted(&glob);
                            self.report(span, &format!("{glob} is not a glob; {error}"));
                        }
                    }
                    program.matching.paths = paths.build().ok();
                }
                "kinds" => {
                    let kinds = self.texts("kinds", value).into_iter();
                    program.matching.kinds = kinds.map(|(kind, _)| Kind::of(&kind)).collect();
                }
                "commands" => program.matching.commands = texts(self.texts("commands", value)),
                _ => self.unknown(&format!("program {}", program.name), &OF_PROGRAM, key),
            }
        }
        if program.manifests.is_empty() {
            if builtin::PROGRAMS.contains(&program.name.as_str()) {
                program.manifests.push(OsString::from(&program.name));
            } else {
                let name = Name(&program.name);
                let help = "write manifest = \"FILE\"";
                self.report(value.span(), &format!("program {name} has no manifest; {help}"));
            }
        }
        Some(program)
    }
}
