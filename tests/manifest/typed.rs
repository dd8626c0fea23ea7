//! The manifest of an enum.

use std::fs;

use featuregate::FeatureGate;
use featuregate::manifest::{Manifest, compare, manifest};
use featuregate_core::Version;

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.36", emulation, removed_gates = "refuse")]
#[tombstone(Gone, removed = "1.30", value = true)]
#[tombstone(OldCache, alpha = "1.20", beta = "1.24", removed = "1.33")]
enum Feature {
    /// Needs it.
    #[gate(
        alpha = "1.30",
        beta(since = "1.33", default = false),
        requires(Base),
        owner = "node",
        issue = "https://example.org/1",
        remove_in = "1.40",
        alias = "OldUpper"
    )]
    Upper,
    /// There for good.
    #[gate(beta = "1.20", ga = "1.30", name = "the-base")]
    Base,
    /// Listed, though it is not compiled in.
    #[gate(alpha = "1.36", available = cfg!(any()))]
    Absent,
}

featuregate::golden_manifest!(Feature, "manifest/typed.yaml");

#[test]
fn a_registry_of_the_manifest_is_what_the_enum_is() {
    let text = manifest::<Feature>().to_yaml().unwrap();
    let read = Manifest::read(&text).unwrap();
    let mut registry = read.registry(Feature::version()).unwrap();
    for minor in 19..=36 {
        let version = Version::new(1, minor);
        let resolution = Feature::resolver().emulate(version).resolve().unwrap();
        registry.emulate(version).unwrap();
        for gate in Feature::all().filter(|gate| *gate != Feature::Absent) {
            assert_eq!(registry.enabled(gate.name()), Some(resolution.enabled(gate)), "{version}");
        }
    }
    let mentioned = registry.set("Gone=true").unwrap_err();
    assert!(mentioned.to_string().contains("was removed in 1.30"));
}

#[test]
fn a_file_that_differs_is_told_with_the_lines_and_how_to_update_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("featuregates.yaml");
    let told = || compare::<Feature>(&path).unwrap_err().to_string();
    assert!(told().contains("no manifest is committed yet; it would have 5 gates"));

    let right = manifest::<Feature>().to_yaml().unwrap();
    fs::write(&path, &right).unwrap();
    assert!(compare::<Feature>(&path).is_ok());

    fs::write(&path, right.replace("owner: node", "owner: storage")).unwrap();
    let drift = told();
    assert!(drift.starts_with(&path.display().to_string()), "{drift}");
    assert!(drift.contains("-  owner: storage\n+  owner: node\n"), "{drift}");
    assert!(
        drift.ends_with("set FEATUREGATE_UPDATE=1 and run this again to write it, then commit it")
    );

    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(compare::<Feature>(&path).is_err(), "what is no text differs");
    assert!(compare::<Feature>(folder.path()).unwrap_err().difference().is_none(), "a folder");
}
