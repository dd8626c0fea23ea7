//! The manifest's reader.

use featuregate_core::manifest::{Manifest, golden};
use featuregate_core::{ProblemKind, Version, help};

/// Reads any bytes as a manifest; writes a valid one, reads it back, and builds registries from it.
///
/// # Panics
/// If a mistake has no location or no help, what is written reads differently, or the strict and the
/// lenient registry disagree on a list without faults.
pub fn manifests(data: &[u8]) {
    let manifest = match Manifest::read_bytes(data) {
        Ok(manifest) => manifest,
        Err(error) => {
            assert!(!error.diagnostics().is_empty());
            for diagnostic in error.diagnostics() {
                let line = diagnostic.to_string();
                assert!(diagnostic.line() >= 1 && diagnostic.column() >= 1);
                assert!(line.len() < 4_000, "{} bytes", line.len());
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            return;
        }
    };
    let text = manifest.to_yaml().unwrap();
    let again = Manifest::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(again, manifest, "{text}");
    assert_eq!(again.to_yaml().unwrap(), text);
    assert!(golden(Some(&text), &manifest).is_ok());

    for binary in [Version::ZERO, Version::new(1, 30), manifest.version()] {
        let (lenient, breaches) = manifest.lenient_registry(binary);
        match manifest.registry(binary) {
            Ok(strict) => {
                assert!(breaches.is_empty(), "{breaches:?}");
                let values = |registry: &featuregate_core::Registry| -> Vec<bool> {
                    registry.resolution().all().map(|state| state.enabled()).collect()
                };
                assert_eq!(values(&lenient), values(&strict));
                assert_eq!(lenient.known_gates(), help::known_gates(strict.gates()));
            }
            // A gate that is on may require one that is off, where a program is older than the list.
            Err(problems) => {
                let value =
                    |kind: &ProblemKind| matches!(kind, ProblemKind::UnmetDependency { .. });
                let only_values = problems.iter().all(|problem| value(problem.kind()));
                assert_eq!(only_values, breaches.is_empty(), "{problems}\n{breaches:?}");
            }
        }
        assert!(lenient.clone().set("AllAlpha=true,AllBeta=true").map_or(true, |it| it.is_empty()));
    }
}
