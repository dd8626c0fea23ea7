//! Programs whose gates change in patch releases.

use clap::Parser;
use featuregate::args::EmulationArgs;
use featuregate::manifest::{Manifest, manifest};
use featuregate::{FeatureGate, Version};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(version = "1.13.5", versions = "patch", emulation)]
#[tombstone(Old, alpha = "1.12.1", removed = "1.13.4")]
enum Feature {
    /// Compacts data.
    #[gate(alpha = "1.13.2", beta = "1.13.5", remove_in = "1.14.1")]
    Compaction,
    /// Reads ahead.
    #[gate(alpha = "1.13", requires(Base))]
    ReadAhead,
    /// The base.
    #[gate(alpha(since = "1.12.9"))]
    Base,
    /// Not yet.
    #[gate(alpha = "1.13.6")]
    Later,
}

const fn at(patch: u32) -> Version {
    Version::new(1, 13).with_patch(patch)
}

#[test]
fn a_patch_release_can_change_a_gate() {
    assert_eq!(Feature::version(), at(5));
    let on = |patch| {
        let resolution = Feature::resolver().emulate(at(patch)).resolve().unwrap();
        resolution.enabled(Feature::Compaction)
    };
    assert_eq!([2, 4, 5].map(on), [false, false, true]);
    let problem = |text: &str, patch| {
        let resolved = Feature::resolver().emulate(at(patch)).flag(text).resolve();
        resolved.unwrap_err().to_string()
    };
    assert_eq!(
        problem("Compaction=true", 1),
        "--feature-gates, column 1, \"Compaction=true\": gate Compaction does not exist yet in 1.13.1, so it cannot be set to true; remove the setting, or run as 1.13.2 or later"
    );
    assert_eq!(
        problem("Old=true", 5),
        "--feature-gates, column 1, \"Old=true\": gate Old was removed in 1.13.4 and stays off, so it cannot be set to true; remove the setting"
    );
    assert!(problem("Later=true", 5).contains("1.13.6 or later"));
}

#[test]
fn the_flag_emulates_a_patch_release() {
    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        emulation: EmulationArgs<Feature>,
    }
    let parse = |text: &str| Cli::try_parse_from(["app", "--emulated-version", text]);
    assert_eq!(parse("1.13.3").unwrap().emulation.emulated_version(), at(3));
    assert!(parse("1.13.6").unwrap_err().to_string().contains("write 1.13.5 or an earlier one"));
}

#[test]
fn the_manifest_has_patch_parts_only_where_there_are_some() {
    let text = manifest::<Feature>().to_yaml().unwrap();
    assert!(text.starts_with("version: \"1.13.5\"\nversions: patch\n"), "{text}");
    assert!(text.contains("removed: \"1.13.4\"\n"), "{text}");
    let read = Manifest::read(&text).unwrap();
    assert_eq!(read, manifest::<Feature>());
    let mut registry = read.registry(Feature::version()).unwrap();
    for patch in 0..=5 {
        let resolution = Feature::resolver().emulate(at(patch)).resolve().unwrap();
        registry.emulate(at(patch)).unwrap();
        for gate in Feature::all() {
            assert_eq!(registry.enabled(gate.name()), Some(resolution.enabled(gate)), "{patch}");
        }
    }
    let error = Manifest::read(&text.replace("versions: patch\n", "")).unwrap_err().to_string();
    assert!(error.contains("\"1.13.5\" has more parts than major.minor"), "{error}");
}

/// A program that does not ask for patch releases is the same in each of them.
#[test]
fn a_patch_part_of_the_release_does_not_count_otherwise() {
    #[derive(Clone, Copy, Debug, FeatureGate)]
    #[feature_gate(version = "1.13.5")]
    enum Minor {
        /// Compacts data.
        #[gate(alpha = "1.13")]
        Compaction,
    }
    assert_eq!(Minor::version(), Version::new(1, 13));
    assert!(!Minor::Compaction.enabled());
    assert!(manifest::<Minor>().to_yaml().unwrap().starts_with("version: \"1.13\"\ngates:"));
}
