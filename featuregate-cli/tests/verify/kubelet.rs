//! The worked example: what the command reads from its source is what the program is.

use std::fs;
use std::path::{Path, PathBuf};

use featuregate_core::manifest::Manifest;
use featuregate_tests::data;

use crate::command::found;
use crate::project::{Project, run_in};

fn kubelet() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kubelet")
}

fn committed() -> String {
    fs::read_to_string(kubelet().join("featuregates.yaml")).unwrap()
}

/// Its manifest as `update` writes a new one.
fn updated() -> String {
    let project = Project::with(&[]);
    let manifest = project.path().join("featuregates.yaml");
    let ran = run_in(&kubelet(), &["update", "--manifest", manifest.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.contains("featuregates.yaml is new: "), "{ran:?}");
    project.read("featuregates.yaml")
}

#[test]
fn the_manifest_from_source_is_that_of_the_compiled_program() {
    assert!(updated() == committed());
}

#[test]
fn an_update_of_what_is_up_to_date_writes_nothing() {
    let modified =
        || fs::metadata(kubelet().join("featuregates.yaml")).unwrap().modified().unwrap();
    let before = modified();
    for _ in 0..2 {
        let ran = run_in(&kubelet(), &["update"]);
        assert_eq!((ran.code, ran.out.as_str()), (0, "featuregates.yaml is up to date\n"));
    }
    assert_eq!(modified(), before);
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_real_list_comes_back_field_for_field() {
    let folder = data::folder();
    let list =
        Manifest::read(&data::read(&folder.join("versioned_feature_list.1.36.yaml"))).unwrap();
    let updated = Manifest::read(&updated()).unwrap();
    let live = updated.gates().iter().filter(|gate| gate.spec.removed.is_none());
    let names = |gates: &[featuregate_core::manifest::Gate]| {
        gates.iter().map(|gate| gate.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&live.cloned().collect::<Vec<_>>()), names(list.gates()));
    for gate in list.gates() {
        let spec = &updated.get(gate.name()).unwrap().spec;
        assert_eq!(spec.milestones, gate.spec.milestones, "{}", gate.name());
    }
    assert_eq!(list.gates().len(), 230);
}

#[test]
fn verify_passes_unchanged() {
    for arguments in [&["verify"][..], &["verify", "--base", "HEAD"]] {
        let ran = run_in(&kubelet(), arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.starts_with("ok: "), "{ran:?}");
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_list_of_another_release_is_a_manifest_to_verify_against() {
    let folder = data::folder();
    let list = folder.join("versioned_feature_list.1.35.yaml");
    let project = Project::with(&[("featuregate.toml", "[rules]\nstale-manifest = \"off\"\n")]);
    let config = project.path().join("featuregate.toml");
    let files = [list.to_str().unwrap(), "--config", config.to_str().unwrap()];
    let arguments = [&["verify", "--format", "json", "--manifest"][..], &files].concat();
    let found: Vec<_> = found(&run_in(&kubelet(), &arguments))
        .into_iter()
        .map(|(rule, gate, _)| format!("{rule} {gate}"))
        .collect();
    // Kubernetes removed a deprecated gate that was not locked, its list called two gates by other names until
    // then, and it locked one for releases that were out.
    assert_eq!(
        found,
        [
            "removed-too-early InPlacePodVerticalScalingAllocatedStatus",
            "missing-tombstone CPUCFSQuotaPeriod",
            "missing-tombstone RuntimeClassInImageCriAPI",
            "illegal-transition TopologyManagerPolicyOptions",
        ]
    );
}
