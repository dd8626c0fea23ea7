//! From the source to the manifest.

use std::fs;
use std::path::Path;

use featuregate_core::manifest::Manifest;
use featuregate_tests::data;

use crate::{featuregate, told};

fn kubelet() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kubelet")
}

#[test]
fn the_manifest_of_the_example_is_that_of_the_compiled_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("featuregates.yaml");
    let manifest = path.to_str().unwrap();
    let (_, err, code) = told(&featuregate(&kubelet(), &["update", "--manifest", manifest]));
    assert_eq!(code, 0, "{err}");
    assert!(err.ends_with("is written: 230 gates and 43 tombstones at 1.36\n"), "{err}");
    // The program itself wrote the committed one; its test holds it to that.
    let committed = fs::read_to_string(kubelet().join("featuregates.yaml")).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), committed);

    let written = fs::metadata(&path).unwrap().modified().unwrap();
    let (_, err, _) = told(&featuregate(&kubelet(), &["update", "--manifest", manifest]));
    assert!(err.ends_with("is up to date: 230 gates and 43 tombstones at 1.36\n"), "{err}");
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written, "it is left alone");
}

#[test]
fn the_example_is_the_list_of_kubernetes_field_for_field() {
    let Some(folder) = data::folder() else { return };
    let listed = Manifest::read(&data::read(&folder.join("versioned_feature_list.1.36.yaml")));
    let ours = fs::read_to_string(kubelet().join("featuregates.yaml")).unwrap();
    let (listed, ours) = (listed.unwrap(), Manifest::read(&ours).unwrap());
    let live: Vec<_> = ours.gates().iter().filter(|gate| gate.spec.removed.is_none()).collect();
    assert_eq!(live.len(), listed.gates().len());
    for (ours, theirs) in live.iter().zip(listed.gates()) {
        assert_eq!(ours.name(), theirs.name());
        assert_eq!(ours.spec.milestones, theirs.spec.milestones, "{}", ours.name());
    }
}

#[test]
fn the_example_passes() {
    let (out, err, code) = told(&featuregate(&kubelet(), &["verify"]));
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    assert!(out.lines().all(|line| !line.starts_with("error")), "{out}");
}

/// The manifest that update writes for a source, with what was there before.
fn updated(source: &str, before: Option<&str>) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("gates.rs"), source).unwrap();
    if let Some(before) = before {
        fs::write(path.join("featuregates.yaml"), before).unwrap();
    }
    let arguments = ["update", "--src", "gates.rs", "--manifest", "featuregates.yaml"];
    let (out, err, code) = told(&featuregate(path, &arguments));
    assert_eq!(out, "");
    (fs::read_to_string(path.join("featuregates.yaml")).unwrap_or_default(), err, code)
}

#[test]
fn gates_under_a_condition_are_listed_with_it() {
    let source = r#"
        #[cfg(unix)]
        mod inner {
            #[derive(Clone, Copy, featuregate::FeatureGate)]
            #[feature_gate(version = "1.36")]
            enum Feature {
                /// Here.
                #[gate(alpha = "1.35")]
                #[cfg(all(target_os = "linux",
                          not(target_env = "musl")))]
                Here,
                /// There.
                #[gate(alpha = "1.35", name = "over-there", alias = "There", remove_in = "1.40")]
                There,
            }
        }
        #[cfg(test)]
        mod tests {
            #[derive(Clone, Copy, featuregate::FeatureGate)]
            enum OfATest { /** A. */ #[gate(alpha)] A }
        }
    "#;
    let (text, err, code) = updated(source, None);
    assert_eq!(code, 0, "{err}");
    let manifest = Manifest::read(&text).unwrap();
    let cfg = |name: &str| manifest.get(name).unwrap().cfg.clone().unwrap();
    assert_eq!(cfg("Here"), "all(unix, all(target_os = \"linux\", not(target_env = \"musl\")))");
    assert_eq!(cfg("over-there"), "unix");
    assert_eq!(manifest.gates().len(), 2);
}

#[test]
fn a_short_tombstone_keeps_the_history_that_the_manifest_has() {
    let source = |value: bool| {
        format!(
            "#[derive(FeatureGate)] #[feature_gate(version = \"1.36\")] \
             #[tombstone(Gone, value = {value}, removed = \"1.36\")] \
             enum Feature {{ /** A. */ #[gate(alpha = \"1.35\")] A }}"
        )
    };
    let before = "version: \"1.35\"\ngates:\n- name: Gone\n  versionedSpecs:\n  \
                  - {version: \"1.30\", preRelease: Alpha, default: false}\n";
    let (text, err, _) = updated(&source(false), Some(before));
    let gone = Manifest::read(&text).unwrap().get("Gone").unwrap().spec.clone();
    assert_eq!((gone.milestones.len(), gone.value), (1, None), "{err}{text}");
    // Twice changes nothing.
    assert_eq!(updated(&source(false), Some(&text)).0, text);
    // What it ended with is not what the history says, so the history is another gate's.
    let (text, _, _) = updated(&source(true), Some(before));
    let gone = Manifest::read(&text).unwrap().get("Gone").unwrap().spec.clone();
    assert_eq!((gone.milestones.len(), gone.value), (0, Some(true)));
}

#[test]
fn several_enums_of_a_component_are_one_manifest() {
    let source = r#"
        #[derive(FeatureGate)]
        #[feature_gate(version = "1.36")]
        enum Net { /** A. */ #[gate(beta = "1.35")] A }
        #[derive(FeatureGate)]
        #[feature_gate(version = "1.36")]
        enum Disk { /** B. */ #[gate(alpha = "1.35", requires(crate::Net::A))] B }
    "#;
    let (text, err, code) = updated(source, None);
    assert_eq!(code, 0, "{err}");
    let manifest = Manifest::read(&text).unwrap();
    assert_eq!(manifest.get("B").unwrap().spec.requires, ["A"]);
    assert!(manifest.get("A").is_some());
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_is_written() {
    for (source, expected) in [
        (
            "fn main() {}",
            "error: no enum in . derives FeatureGate; name another source with --package or --src\n",
        ),
        ("enum FeatureGate {", "error: gates.rs:1:18: the source can't be read: "),
        (
            "#[derive(FeatureGate)] enum A { /** A. */ #[gate(alpha)] X }\n\
             #[derive(FeatureGate)] enum B { /** A. */ #[gate(alpha)] X }",
            "error: gate X is declared twice, by B and in gates.rs; rename one of them\n",
        ),
        (
            "#[derive(FeatureGate)] #[feature_gate(component = \"a\")] enum A { /** A. */ #[gate(alpha)] X }\n\
             #[derive(FeatureGate)] enum B { /** A. */ #[gate(alpha)] Y }",
            "error: the enums A of component a and B don't belong together, since component, version and \
             removed_gates differ; choose one with --enum, and give each a manifest of its own with --manifest\n",
        ),
    ] {
        let (text, err, code) = updated(source, None);
        assert_eq!((text.as_str(), code), ("", 2), "{err}");
        assert!(err.starts_with(expected), "{err}");
    }
    let (text, err, code) = updated("#[derive(FeatureGate)] enum A { #[gate(alpha)] X }", None);
    assert_eq!((text.as_str(), code), ("", 2));
    assert!(err.contains("error[no-doc]: X has no doc comment"), "{err}");
    assert!(
        err.ends_with("error: the manifest is not written, since the source has mistakes\n"),
        "{err}"
    );
}

#[test]
fn a_source_of_megabytes_is_read() {
    let mut source =
        String::from("#[derive(FeatureGate)] #[feature_gate(version = \"1.36\")] enum Feature {\n");
    for number in 0..20_000 {
        source.push_str(&format!("/// Gate {number} of many, with a text.\n#[gate(alpha = \"1.35\", beta = \"1.36\")]\nGate{number},\n"));
    }
    source.push('}');
    assert!(source.len() > 1_500_000);
    let (text, err, code) = updated(&source, None);
    assert_eq!(code, 0, "{err}");
    assert!(text.len() > 1_000_000);
}
