//! The gates that the command has built in are those of the published lists.
#![expect(clippy::unwrap_used, reason = "helpers of tests, where it is the failure")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use featuregate_cli::builtin;
use featuregate_cli::compact;
use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{RawMilestone, Version};
use featuregate_tests::data;
use xtask::gates;

/// The lists that releases shipped with; of 1.37 the one late in its cycle.
const LISTS: [&str; 6] = ["1.32", "1.33", "1.34", "1.35", "1.36", "1.37-dev"];

/// The gates of which the lists tell another past. What applies at the release of a list is the same for all gates.
const OTHER_PAST: [(&str, &[&str]); 3] = [
    (
        "the lists have what applied before the gate existed as a milestone of 1.0; the gate could not be set then",
        &[
            "AggregatedDiscoveryRemoveBetaType",
            "AllowDNSOnlyNodeCSR",
            "AllowInsecureKubeletCertificateSigningRequests",
            "AllowOverwriteTerminationGracePeriodSeconds",
            "AllowServiceExternalIPs",
            "AllowServiceLBStatusOnNonLB",
            "ChangeContainerStatusOnKubeletRestart",
            "GitRepoVolumeDriver",
            "KMSv1",
            "KubeProxyIPVS",
            "KubeletPodResourcesListUseActivePods",
            "KubeletRegistrationGetOnExistsOnly",
            "LegacySidecarContainers",
            "ServiceCIDRStatusFieldWiping",
            "StatefulSetSemanticRevisionComparison",
        ],
    ),
    (
        "before the first list, the documented history applies",
        &[
            "APIResponseCompression",
            "DynamicResourceAllocation",
            "MutatingAdmissionPolicy",
            "SchedulerQueueingHints",
            "StrictCostEnforcementForWebhooks",
            "UnauthenticatedHTTP2DOSMitigation",
            "UserNamespacesSupport",
            "WatchFromStorageWithoutResourceVersion",
        ],
    ),
    (
        "a list contradicts the one that an earlier release shipped with",
        &[
            "ImageVolumeWithDigest",
            "StreamingCollectionEncodingToJSON",
            "StreamingCollectionEncodingToProtobuf",
            "TopologyManagerPolicyOptions",
            "WindowsHostNetwork",
        ],
    ),
];

fn listed(folder: &Path, list: &str) -> Manifest {
    let text = data::read(&folder.join(format!("versioned_feature_list.{list}.yaml")));
    Manifest::read(&text).unwrap()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_file_is_up_to_date_with_the_published_lists() {
    let text = gates::read(&gates::file()).unwrap();
    let updated = gates::updated(&text, &data::folder()).unwrap();
    assert!(updated == text, "run `cargo xtask gates`");
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn at_each_release_every_field_is_that_of_its_list() {
    let folder = data::folder();
    let known = &builtin::releases("kubernetes").unwrap()["kubernetes"];
    let mut wrong = Vec::new();
    let other_past = || OTHER_PAST.iter().flat_map(|(_, gates)| *gates).copied();
    let mut unused: BTreeSet<&str> = other_past().collect();
    let mut compared = 0;
    for list in LISTS {
        let release: Version = list.trim_end_matches("-dev").parse().unwrap();
        let at = known.at(release).unwrap();
        let outside = outside(&folder, release);
        let exists = |gate: &&Gate| {
            let state = at.registry.resolution().state(gate.name()).unwrap();
            state.status().exists()
        };
        let built_in: BTreeMap<String, &Gate> = at
            .manifest
            .gates()
            .iter()
            .filter(exists)
            .map(|gate| (gate.name().to_owned(), gate))
            .collect();
        let list_gates = listed(&folder, list);
        let mut names = BTreeSet::new();
        for gate in list_gates.gates() {
            let name = match gate.name() {
                "CPUCFSQuotaPeriod" => "CustomCPUCFSQuotaPeriod",
                "RuntimeClassInImageCriAPI" => "RuntimeClassInImageCriApi",
                name => name,
            };
            names.insert(name);
            let Some(known) = built_in.get(name) else {
                wrong.push(format!("{name} does not exist at {release}"));
                continue;
            };
            let begun = |milestones: &[RawMilestone]| -> Vec<Fields> {
                let begun = milestones.iter().filter(|milestone| version(milestone) <= release);
                begun.map(fields).collect()
            };
            let (expected, found) = (begun(&gate.spec.milestones), begun(&known.spec.milestones));
            compared += expected.len();
            if expected == found {
                continue;
            }
            let same_now = expected.last().map(applies) == found.last().map(applies);
            if same_now && other_past().any(|other| other == name) {
                unused.remove(name);
                continue;
            }
            wrong.push(format!("{name} at {release}: the list has\n  {expected:?}\n  {found:?}"));
        }
        let more = built_in
            .keys()
            .filter(|name| !names.contains(name.as_str()) && !outside.contains(*name));
        wrong.extend(
            more.map(|name| format!("{name} exists at {release}, but the list does not have it")),
        );
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(unused.is_empty(), "not needed: {unused:?}");
    assert!(compared > 2_000, "only {compared} milestones were compared");
}

type Fields = (String, String, bool, bool);

/// Version, stage, default and lock. The second of two entries for one version is for a minimum compatibility version,
/// which the lists did not say yet.
fn fields(milestone: &RawMilestone) -> Fields {
    let since = milestone.since.clone().unwrap();
    (since, milestone.stage.to_string(), milestone.default, milestone.locked)
}

/// What applies at the release: all but since when.
fn applies((_, stage, default, locked): &Fields) -> (&str, bool, bool) {
    (stage, *default, *locked)
}

fn version(milestone: &RawMilestone) -> Version {
    milestone.since.as_ref().unwrap().parse().unwrap()
}

/// The gates of a release that its list does not have: those of client-go, and three that 1.32 kept in another list.
fn outside(folder: &Path, release: Version) -> BTreeSet<String> {
    let text = gates::read(&gates::file()).unwrap();
    let client = compact::sections(&text).find(|section| section.title == "client-go").unwrap();
    let client = client.lines().map(|line| compact::gate(line).unwrap().name);
    let unversioned = folder.join(format!("unversioned_feature_list.{release}.yaml"));
    let unversioned = if unversioned.exists() { data::read(&unversioned) } else { String::new() };
    let unversioned = unversioned.lines().filter_map(|line| line.strip_prefix("- name: "));
    client.chain(unversioned.map(str::to_owned)).collect()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn what_gates_require_at_1_36_is_what_kubernetes_says() {
    let text = data::read(&data::folder().join("dependencies.1.36.json"));
    let expected: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&text).unwrap();
    let edges = |requires: &BTreeMap<String, BTreeSet<String>>| {
        requires.values().map(BTreeSet::len).sum::<usize>()
    };
    assert_eq!(edges(&expected), 57);
    let known = &builtin::releases("kubernetes").unwrap()["kubernetes"];
    let requires = |release: Version| -> BTreeMap<String, BTreeSet<String>> {
        let at = known.at(release).unwrap();
        let gates = at.manifest.gates().iter().filter(|gate| !gate.spec.requires.is_empty());
        gates
            .map(|gate| (gate.name().to_owned(), gate.spec.requires.iter().cloned().collect()))
            .collect()
    };
    assert_eq!(requires(Version::new(1, 36)), expected);
    // Components check them since 1.35.
    assert_eq!(requires(Version::new(1, 34)), BTreeMap::new());
    assert!(edges(&requires(Version::new(1, 35))) > 30);
    for release in [35, 36, 37] {
        let at = known.at(Version::new(1, release)).unwrap();
        let gates = requires(at.target);
        for name in gates.iter().flat_map(|(gate, needed)| needed.iter().chain([gate])) {
            assert!(
                at.manifest.get(name).is_some(),
                "{name}, which 1.{release} requires, is unknown"
            );
        }
        let problems = at.registry.validate();
        assert!(problems.is_ok(), "the defaults of 1.{release}: {problems:?}");
    }
}

#[test]
fn every_line_of_the_file_is_a_gate_or_a_requirement() {
    let text = gates::read(&gates::file()).unwrap();
    let mut gates = BTreeSet::new();
    for section in compact::sections(&text) {
        for line in section.lines() {
            if section.title.starts_with("requires ") || section.title == "components" {
                let (gate, _) = line.split_once(": ").unwrap();
                let start = format!("\n{gate}: ");
                assert!(text.matches(&start).count() > 1, "{line} is about a gate that is unknown");
                continue;
            }
            let spec = compact::gate(line).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(compact::line(&spec), line);
            let program = section.title.split(' ').next().unwrap();
            let program = if program == "client-go" { "kubernetes" } else { program };
            assert!(gates.insert((program.to_owned(), spec.name)), "{line} is there twice");
        }
    }
    let of = |program: &str| gates.iter().filter(|(of, _)| of == program).count();
    assert!(
        of("kubernetes") > 500 && of("kubeadm") > 10,
        "{} and {}",
        of("kubernetes"),
        of("kubeadm")
    );
    for program in builtin::PROGRAMS {
        let releases = builtin::releases(program).unwrap();
        assert_eq!(releases[program].newest(), Version::new(1, 37));
    }
}
