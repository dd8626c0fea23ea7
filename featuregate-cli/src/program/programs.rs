//! The programs whose gates are known, each with the manifests of its releases.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::path::Path;

use featuregate_core::__private::Name;
use featuregate_core::manifest::Manifest;
use featuregate_core::{Precision, Version};

use crate::error::Error;
use crate::io::file;
use crate::program::builtin::{self, KUBERNETES};
use crate::program::gates::groups;
use crate::program::options::Options;
use crate::program::releases::{Release, Releases};
use crate::program::wanted::Wanted;

/// The manifest that is read where none is named.
const FILE: &str = "featuregates.yaml";

/// The programs whose gates are known.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    /// The one that is meant where nothing names another.
    pub(crate) main: Releases,
    /// Whether that is Kubernetes as it is built in.
    pub(crate) is_built_in: bool,
    /// The others by name.
    pub(crate) others: BTreeMap<String, Releases>,
    /// What the user should know about the choice of manifests, or about one of them: a clause each.
    pub(crate) notes: Vec<String>,
}

impl Programs {
    /// The release of the main program that is asked for, or an error for one that no manifest knows.
    pub(crate) fn exact(&self, wanted: Wanted) -> Result<Version, Error> {
        let all = self.others.values().chain([&self.main]);
        match all.max_by_key(|known| known.newest()) {
            Some(newest) if newest.newest() > self.main.newest() => newest.exact(wanted),
            _ => self.main.exact(wanted),
        }
    }

    /// The names of all groups.
    pub(crate) fn groups(&self) -> BTreeSet<String> {
        let all = self.others.values().chain([&self.main]);
        let newest = all.filter_map(|releases| releases.at(releases.newest()));
        let names = |release: &Release| -> Vec<String> {
            groups(&release.registry).map(|(name, _)| name.to_owned()).collect()
        };
        newest.flat_map(|release| names(&release)).collect()
    }

    /// The same in a build with these options.
    pub(crate) fn built_with(self, options: &Options) -> Self {
        let others = self.others.into_iter();
        Self {
            main: self.main.built_with(options),
            others: others.map(|(name, known)| (name, known.built_with(options))).collect(),
            ..self
        }
    }

    /// Reads manifests, each given as `FILE`, `VERSION=FILE`, `NAME=FILE`, or the name of a program that is built in.
    /// Where none is that of the main program, it has the manifest of the current folder, or else is Kubernetes.
    pub(crate) fn read(arguments: &[OsString]) -> Result<Self, Error> {
        let mut given = Argument::all(arguments);
        let is_main = |argument: &Argument<'_>| match argument {
            Argument::BuiltIn(_) => true,
            Argument::File { program, .. } => program.is_empty(),
        };
        let mut notes = Vec::new();
        if !given.iter().any(is_main) {
            given.push(Argument::default(&mut notes));
        }
        Self::load(&given, notes)
    }

    /// The same for one program, which is the first one that is given.
    pub(crate) fn read_one(arguments: &[OsString]) -> Result<Self, Error> {
        let mut given = Argument::all(arguments);
        let mut notes = Vec::new();
        if given.is_empty() {
            given.push(Argument::default(&mut notes));
        }
        Self::load(&given, notes)
    }

    fn load(arguments: &[Argument<'_>], mut notes: Vec<String>) -> Result<Self, Error> {
        let mut errors = Vec::new();
        let mut releases: BTreeMap<String, Releases> = BTreeMap::new();
        let mut manifests: BTreeMap<&str, BTreeMap<Version, Manifest>> = BTreeMap::new();
        for argument in arguments {
            match *argument {
                Argument::BuiltIn(program) => {
                    for (program, known) in builtin::releases(program).map_err(Error::new)? {
                        releases.insert(program.to_owned(), known);
                    }
                }
                Argument::File { program, version, path } => match read(version, path) {
                    Ok(manifest) => {
                        notes.extend(doubts(&manifest, path));
                        let version = manifest.version();
                        if manifests.entry(program).or_default().insert(version, manifest).is_some()
                        {
                            errors.push(format!(
                                "two manifests are of release {version}; write VERSION=FILE to give the release of each"
                            ));
                        }
                    }
                    Err(error) => errors.push(error),
                },
            }
        }
        let of_files = manifests.into_iter();
        releases.extend(of_files.map(|(program, manifests)| {
            (program.to_owned(), Releases::of(manifests.into_values()))
        }));
        let named: Vec<&str> = arguments.iter().map(Argument::program).collect();
        let main = ["", KUBERNETES].into_iter().find(|program| named.contains(program));
        let main = main.or(named.first().copied()).unwrap_or_default();
        let is_built_in = main == KUBERNETES && arguments.contains(&Argument::BuiltIn(KUBERNETES));
        match releases.remove(main) {
            Some(main) if errors.is_empty() => {
                Ok(Self { main, is_built_in, others: releases, notes })
            }
            _ => Err(Error::Messages(errors)),
        }
    }
}

/// What `--manifest` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Argument<'a> {
    BuiltIn(&'a str),
    /// A file; the program is empty where none is named.
    File {
        program: &'a str,
        version: Option<Version>,
        path: &'a OsStr,
    },
}

impl<'a> Argument<'a> {
    fn all(arguments: &'a [OsString]) -> Vec<Self> {
        arguments.iter().map(|argument| Self::of(argument)).collect()
    }

    /// The manifest of the current folder, or else Kubernetes, of which there is a note.
    fn default(notes: &mut Vec<String>) -> Self {
        if Path::new(FILE).exists() {
            return Self::of(OsStr::new(FILE));
        }
        notes.push(format!(
            "there is no {FILE}, so the gates are those of Kubernetes; name another list with --manifest FILE"
        ));
        Self::BuiltIn(KUBERNETES)
    }

    /// A file may have an equals sign in its name, but what is before the first one is not a path then.
    fn of(argument: &'a OsStr) -> Self {
        let file = |program, version, path| Self::File { program, version, path };
        let Some(text) = argument.to_str() else { return file("", None, argument) };
        if let Some(program) = builtin::PROGRAMS.into_iter().find(|program| *program == text) {
            return Self::BuiltIn(program);
        }
        let (program, rest) = match text.split_once('=') {
            Some((name, rest)) if is_name(name) && name.parse::<Wanted>().is_err() => (name, rest),
            _ => ("", text),
        };
        match rest
            .split_once('=')
            .and_then(|(version, path)| Some((Precision::Patch.read(version).ok()?, path)))
        {
            Some((version, path)) => file(program, Some(version), OsStr::new(path)),
            None => file(program, None, OsStr::new(rest)),
        }
    }

    fn program(&self) -> &'a str {
        match self {
            Self::BuiltIn(program) | Self::File { program, .. } => program,
        }
    }
}

/// Whether a text can be the name of a program or component.
fn is_name(text: &str) -> bool {
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.chars().all(of_name)
}

/// The manifest of a file.
fn read(version: Option<Version>, path: &OsStr) -> Result<Manifest, String> {
    let shown = Path::new(path).display();
    let bytes = file::read(Path::new(path)).map_err(|error| {
        let help = "name the list of gates with --manifest FILE, or a built-in one with --manifest kubernetes";
        format!("cannot read manifest {shown}: {error}; {help}")
    })?;
    let manifest = of_text(&shown.to_string(), &bytes)?;
    Ok(match version {
        Some(version) => manifest.with_version(version),
        None => manifest,
    })
}

/// The manifest in a file of that name, or everything that is wrong with it.
pub(crate) fn of_text(shown: &str, bytes: &[u8]) -> Result<Manifest, String> {
    Manifest::read_bytes(bytes).map_err(|error| {
        let lines: Vec<String> =
            error.to_string().lines().map(|line| format!("{shown}:{line}")).collect();
        format!("manifest {shown} is malformed:\n{}", lines.join("\n"))
    })
}

/// That a gate has two milestones of one version, of which only the last one can apply.
fn doubts(manifest: &Manifest, path: &OsStr) -> Vec<String> {
    let shown = Path::new(path).display();
    let mut doubts = Vec::new();
    for gate in manifest.gates() {
        let milestones = &gate.spec.milestones;
        for (before, after) in milestones.iter().zip(milestones.iter().skip(1)) {
            let same = before.since == after.since && before.min_compat == after.min_compat;
            if let Some(version) = after.since.as_ref().filter(|_| same) {
                doubts.push(format!(
                    "manifest {shown} is doubtful: gate {} has {version} twice without a minimum compatibility version, so the last entry counts",
                    Name(gate.name())
                ));
            }
        }
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_without_end_is_refused() {
        let endless = "/dev/zero";
        if Path::new(endless).exists() {
            let message = read(None, OsStr::new(endless)).unwrap_err();
            assert!(
                message.starts_with("cannot read manifest /dev/zero: larger than 32 MB; "),
                "{message}"
            );
        }
    }

    #[test]
    fn what_is_before_an_equals_sign_is_a_release_or_a_program_unless_it_is_a_path() {
        let at = |minor| Some(Version::new(1, minor));
        for (argument, expected) in [
            ("list.yaml", ("", None, "list.yaml")),
            ("1.36=list.yaml", ("", at(36), "list.yaml")),
            ("1.36=a=b.yaml", ("", at(36), "a=b.yaml")),
            ("csi-provisioner=list.yaml", ("csi-provisioner", None, "list.yaml")),
            ("store=1.36=list.yaml", ("store", at(36), "list.yaml")),
            ("./a=b.yaml", ("", None, "./a=b.yaml")),
            ("./kubernetes", ("", None, "./kubernetes")),
        ] {
            let (program, version, path) = expected;
            let expected = Argument::File { program, version, path: OsStr::new(path) };
            assert_eq!(Argument::of(OsStr::new(argument)), expected, "{argument}");
        }
        assert_eq!(Argument::of(OsStr::new("kubeadm")), Argument::BuiltIn("kubeadm"));
    }

    #[test]
    fn a_version_that_a_gate_has_twice_is_doubtful_without_a_minimum_compatibility_version() {
        let gate = |second: &str| {
            let text = format!(
                "[{{name: A, versionedSpecs: [{{version: \"1.37\", preRelease: Beta, default: false}}, \
                 {{version: \"1.37\", preRelease: Beta, default: true{second}}}]}}]"
            );
            doubts(&Manifest::read(&text).unwrap(), OsStr::new("list.yaml"))
        };
        assert_eq!(
            gate(""),
            [
                "manifest list.yaml is doubtful: gate A has 1.37 twice without a minimum compatibility version, so the last entry counts"
            ]
        );
        assert_eq!(gate(", minCompatibilityVersion: \"1.37\""), [""; 0]);
    }
}
