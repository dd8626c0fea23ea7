//! The lists of gates that the command itself has: Kubernetes, with client-go, and kubeadm.
//!
//! `cargo xtask gates` writes the sections that come from published lists; the others are kept by hand.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{RawSpec, RemovedPolicy, Version};

use crate::program::compact::{self, Section};
use crate::program::releases::Releases;

/// The facts, with their sources.
const TEXT: &str = include_str!("../../data/kubernetes.txt");

/// The component of the gates that client programs of Kubernetes have.
const CLIENT: &str = "client-go";

/// The program whose gates include those of client-go.
pub(crate) const KUBERNETES: &str = "kubernetes";
/// The program that sets Kubernetes up.
pub(crate) const KUBEADM: &str = "kubeadm";

/// The programs whose gates are built in. All of them refuse removed gates.
pub const PROGRAMS: [&str; 2] = [KUBERNETES, KUBEADM];

/// The gates of a program that is built in; of Kubernetes also those of kubeadm, which sets it up.
///
/// # Errors
/// If the data is damaged, which a test excludes.
pub fn releases(program: &str) -> Result<BTreeMap<&'static str, Releases>, String> {
    let mut releases = BTreeMap::new();
    if program == KUBERNETES {
        releases.insert(KUBERNETES, kubernetes()?);
    }
    releases.insert(KUBEADM, kubeadm()?);
    Ok(releases)
}

/// The variable of the environment that also sets a gate: every program that is built with client-go takes one for each
/// of client-go's gates.
pub(crate) fn variable(gate: &Gate) -> Option<String> {
    let of_client = gate.components.iter().any(|component| component == CLIENT);
    of_client.then(|| format!("KUBE_FEATURE_{}", gate.name()))
}

fn kubernetes() -> Result<Releases, String> {
    let mut newest = None;
    let mut gates: Vec<Gate> = Vec::new();
    let mut components: BTreeMap<&str, &str> = BTreeMap::new();
    let mut requires: BTreeMap<Version, Requires> = BTreeMap::new();
    // Before the first release that checks them, gates require nothing.
    requires.insert(Version::ZERO, Requires::new());
    for section in compact::sections(TEXT) {
        match section.title.split_once(' ') {
            Some(("kubernetes", release)) => {
                newest = Some(version(release)?);
                gates.extend(specs(section)?.into_iter().map(Gate::new));
            }
            None if section.title == CLIENT => {
                gates.extend(specs(section)?.into_iter().map(|spec| {
                    let mut gate = Gate::new(spec);
                    gate.components.push(CLIENT.to_owned());
                    gate
                }));
            }
            None if section.title == "components" => {
                components.extend(section.lines().filter_map(|line| line.split_once(": ")));
            }
            Some(("requires", release)) => {
                let lines = section.lines().filter_map(|line| line.split_once(": "));
                let lines = lines.map(|(gate, needed)| (gate, needed.split(", ").collect()));
                requires.insert(version(release)?, lines.collect());
            }
            _ => {}
        }
    }
    let newest = newest.ok_or("no section of Kubernetes")?;
    for gate in &mut gates {
        let component = components.get(gate.name()).map(|component| (*component).to_owned());
        gate.components.extend(component);
    }
    // What the last release that is known requires applies to the newest one too.
    let last = requires.last_key_value().map(|(_, last)| last.clone()).unwrap_or_default();
    requires.entry(newest).or_insert(last);
    Ok(Releases::of(requires.iter().map(|(release, requires)| {
        let gates = gates.iter().map(|gate| requiring(gate, requires));
        Manifest::new(*release, RemovedPolicy::Refuse, gates)
    })))
}

/// What gates require, by name.
type Requires = BTreeMap<&'static str, BTreeSet<&'static str>>;

fn requiring(gate: &Gate, requires: &Requires) -> Gate {
    let mut gate = gate.clone();
    let needed = requires.get(gate.name()).into_iter().flatten();
    gate.spec.requires = needed.map(|needed| (*needed).to_owned()).collect();
    gate
}

fn kubeadm() -> Result<Releases, String> {
    let sections = compact::sections(TEXT).find_map(|section| {
        let (program, release) = section.title.split_once(' ')?;
        (program == "kubeadm").then_some((section, release))
    });
    let (section, release) = sections.ok_or("no section of kubeadm")?;
    let gates = specs(section)?.into_iter().map(Gate::new);
    Ok(Releases::of([Manifest::new(version(release)?, RemovedPolicy::Refuse, gates)]))
}

fn specs(section: Section<'_>) -> Result<Vec<RawSpec>, String> {
    section.lines().map(compact::gate).collect()
}

fn version(release: &str) -> Result<Version, String> {
    release.parse().map_err(|_| format!("{release:?} is not a release"))
}
