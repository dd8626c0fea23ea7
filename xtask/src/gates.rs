//! `featuregate-cli/data/kubernetes.txt`, and how published lists become its sections.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use featuregate_cli::compact::{self, Section};
use featuregate_core::Version;
use featuregate_core::manifest::{Gate, Manifest};

use crate::timeline;

/// Until 1.35, two gates are listed under the names of their constants.
const CONSTANTS: [(&str, &str); 2] = [
    ("CPUCFSQuotaPeriod", "CustomCPUCFSQuotaPeriod"),
    ("RuntimeClassInImageCriAPI", "RuntimeClassInImageCriApi"),
];

/// The file with the gates.
#[must_use]
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../featuregate-cli/data/kubernetes.txt")
}

/// The text of a file.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The text with the sections that the lists of a folder lead to.
///
/// # Errors
/// If a file of the folder is not what it should be.
pub fn updated(text: &str, folder: &Path) -> Result<String, String> {
    let lists = lists(folder)?;
    let documented = manifest(&folder.join("history.featuregates.yaml"))?;
    let mut specs = timeline::merged(&documented, &lists)?;
    let client = compact::sections(text).find(|section| section.title == "client-go");
    let client = client.into_iter().flat_map(Section::lines).map(compact::gate);
    let client: BTreeSet<String> =
        client.map(|spec| spec.map(|spec| spec.name)).collect::<Result<_, _>>()?;
    specs.retain(|spec| !client.contains(&spec.name));
    let newest = lists.keys().next_back().ok_or("there are no lists")?;
    let gates: String = specs.iter().map(|spec| compact::line(spec) + "\n").collect();

    let mut generated =
        BTreeMap::from([("kubernetes".to_owned(), (format!("kubernetes {newest}"), gates))]);
    for (release, lines) in requires(folder)? {
        let title = format!("requires {release}");
        generated.insert(title.clone(), (title, lines));
    }
    // A section begins with the source of its facts, which a person writes.
    let known = |wanted: &str| {
        compact::sections(text).any(|section| {
            section.title == wanted || section.title.split(' ').next() == Some(wanted)
        })
    };
    if let Some(missing) = generated.keys().find(|wanted| !known(wanted)) {
        return Err(format!(
            "there is no section [{missing}]; add it, with the source of its facts"
        ));
    }
    Ok(replaced(text, &generated))
}

/// The text with other lines in the sections whose title begins so, or is so, below their comments.
fn replaced(text: &str, generated: &BTreeMap<String, (String, String)>) -> String {
    let head = text.split("\n[").next().unwrap_or_default();
    let mut after = head.trim_end().to_owned() + "\n";
    for section in compact::sections(text) {
        let program = section.title.split(' ').next().unwrap_or_default();
        let new = generated.get(section.title).or_else(|| generated.get(program));
        let title = new.map_or(section.title, |(title, _)| title);
        let _ = write!(after, "\n[{title}]\n");
        let comments = section.body.lines().take_while(|line| line.starts_with('#'));
        match new {
            Some((_, lines)) => {
                after.extend(comments.map(|line| format!("{line}\n")));
                after.push_str(lines);
            }
            None => after = after + section.body.trim_end() + "\n",
        }
    }
    after
}

/// The list of each release; of one that has not been released, the list of its development.
fn lists(folder: &Path) -> Result<BTreeMap<Version, Manifest>, String> {
    let mut lists = BTreeMap::new();
    for (name, path) in files(folder)? {
        let of = name.strip_prefix("versioned_feature_list.");
        let Some(of) = of.and_then(|of| of.strip_suffix(".yaml")) else { continue };
        let release = of.strip_suffix("-dev").unwrap_or(of);
        let release: Version = release.parse().map_err(|_| format!("{name} is of no release"))?;
        if release.to_string() == of
            || !folder.join(format!("versioned_feature_list.{release}.yaml")).exists()
        {
            let unversioned = folder.join(format!("unversioned_feature_list.{release}.yaml"));
            lists.insert(release, list(&path, &unversioned, release)?);
        }
    }
    Ok(lists)
}

/// The list of a release, with the gates that it kept outside.
fn list(path: &Path, unversioned: &Path, release: Version) -> Result<Manifest, String> {
    let listed = manifest(path)?;
    let mut gates: Vec<Gate> = listed.gates().to_vec();
    for gate in &mut gates {
        if let Some((_, name)) = CONSTANTS.iter().find(|(constant, _)| *constant == gate.name()) {
            gate.spec.name = (*name).to_owned();
        }
    }
    if unversioned.exists() {
        let text = read(unversioned)?.replace("version: \"\"", &format!("version: \"{release}\""));
        let others = Manifest::read(&text).map_err(|error| error.to_string())?;
        gates.extend(others.gates().iter().cloned());
    }
    Ok(Manifest::new(release, listed.removed(), gates))
}

/// What gates require, by release, as lines.
fn requires(folder: &Path) -> Result<BTreeMap<Version, String>, String> {
    let mut requires = BTreeMap::new();
    for (name, path) in files(folder)? {
        let of = name.strip_prefix("dependencies.").and_then(|of| of.strip_suffix(".json"));
        let Some(release) = of.and_then(|of| of.parse::<Version>().ok()) else { continue };
        let edges: BTreeMap<String, BTreeSet<String>> =
            serde_json::from_str(&read(&path)?).map_err(|error| format!("{name}: {error}"))?;
        let line = |(gate, needed): (&String, &BTreeSet<String>)| {
            let needed: Vec<&str> = needed.iter().map(String::as_str).collect();
            format!("{gate}: {}\n", needed.join(", "))
        };
        requires.insert(release, edges.iter().map(line).collect());
    }
    Ok(requires)
}

fn files(folder: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    let error = |error| format!("cannot read {}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(error)?;
    let files = entries.map(|entry| {
        let entry = entry.map_err(error)?;
        Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
    });
    files.collect()
}

fn manifest(path: &Path) -> Result<Manifest, String> {
    Manifest::read(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}
