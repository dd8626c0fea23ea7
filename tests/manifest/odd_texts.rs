//! Manifests with texts that YAML could take for something else, and texts that are no manifests.

use std::collections::BTreeMap;

use featuregate_core::manifest::{Gate, Manifest};
use featuregate_core::{RawMilestone, RawSpec, RemovedPolicy, Stage, Version};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What means something to YAML or breaks its lines.
const ODD: &[&str] = &[
    "\n",
    "\r",
    "\r\n",
    " ",
    "  ",
    "\t",
    "#",
    " #",
    ":",
    ": ",
    "-",
    "- ",
    "'",
    "\"",
    "\\",
    "|",
    ">",
    "&",
    "*",
    "!",
    "!!str",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    ",",
    "?",
    "? ",
    "---",
    "...",
    "<<",
    "~",
    "null",
    "yes",
    "off",
    "true",
    "1.0",
    "1.30",
    "0x1F",
    "1e3",
    ".nan",
    "2026-01-01",
    "12:30:45",
    "é",
    "日本",
    "𝒳",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffd}",
    "\0",
    "\u{7}",
    "\u{1b}[1m",
    "\u{7f}",
    "a",
    "word",
    "a longer piece of text that goes on for more than a line of eighty characters would hold",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(select(ODD), 1..8).prop_map(|pieces| pieces.concat()),
        any::<String>().prop_filter("texts are not empty", |text| !text.is_empty()),
    ]
}

fn version() -> impl Strategy<Value = String> {
    (any::<u32>(), any::<u32>()).prop_map(|(major, minor)| Version::new(major, minor).to_string())
}

prop_compose! {
    fn milestone()(
        since in version(),
        stage in select(Stage::ALL),
        default in any::<bool>(),
        locked in any::<bool>(),
        min_compat in proptest::option::of(version()),
    ) -> RawMilestone {
        let mut milestone =
            RawMilestone::new(since, stage).with_default(default).with_lock(locked);
        milestone.min_compat = min_compat;
        milestone
    }
}

prop_compose! {
    fn gate()(
        (name, doc, owner, issue) in
            (text(), prop_oneof![Just(String::new()), text()], proptest::option::of(text()), proptest::option::of(text())),
        milestones in vec(milestone(), 0..3),
        (requires, aliases, components) in (vec(text(), 0..3), vec(text(), 0..3), vec(text(), 0..3)),
        (remove_in, removed, value) in
            (proptest::option::of(version()), proptest::option::of(version()), any::<Option<bool>>()),
        cfg in proptest::option::of(text()),
    ) -> Gate {
        let mut spec = RawSpec::new(name).doc(doc);
        (spec.owner, spec.issue, spec.milestones) = (owner, issue, milestones);
        (spec.requires, spec.aliases, spec.value) = (requires, aliases, value);
        (spec.remove_in, spec.removed) = (remove_in, removed);
        let mut gate = Gate::new(spec);
        (gate.components, gate.cfg) = (components, cfg);
        gate
    }
}

fn manifest() -> impl Strategy<Value = Manifest> {
    let policy = select(&[RemovedPolicy::Tolerate, RemovedPolicy::Refuse][..]);
    ((any::<u32>(), any::<u32>()), policy, vec(gate(), 0..4)).prop_map(
        |((major, minor), removed, gates)| {
            let named: BTreeMap<String, Gate> =
                gates.into_iter().map(|gate| (gate.name().to_owned(), gate)).collect();
            Manifest::new(Version::new(major, minor), removed, named.into_values())
        },
    )
}

proptest! {
    #[test]
    fn what_was_written_is_read_back_whatever_its_texts_are(manifest in manifest()) {
        let written = manifest.to_yaml().unwrap();
        let read = Manifest::read(&written);
        prop_assert_eq!(read.as_ref(), Ok(&manifest), "{}", written);
        prop_assert_eq!(manifest.to_yaml().unwrap(), written, "the same bytes once more");
    }

    #[test]
    fn the_order_of_the_gates_does_not_matter(manifest in manifest()) {
        let reversed = manifest.gates().iter().rev().cloned();
        let other = Manifest::new(manifest.version(), manifest.removed(), reversed);
        prop_assert_eq!(other.to_yaml().unwrap(), manifest.to_yaml().unwrap());
    }

    #[test]
    fn reading_never_panics_and_every_mistake_has_a_place(
        pieces in vec(prop_oneof![3 => select(ODD), 1 => select(FIELDS)], 0..30),
        bytes in vec(any::<u8>(), 0..40),
    ) {
        for text in [pieces.concat().into_bytes(), bytes] {
            if let Err(error) = Manifest::read_bytes(&text) {
                let breaks = text.iter().filter(|byte| b"\r\n".contains(byte)).count();
                let last = u32::try_from(breaks + 1).unwrap();
                prop_assert!(!error.diagnostics().is_empty());
                for diagnostic in error.diagnostics() {
                    prop_assert!(diagnostic.line() >= 1 && diagnostic.column() >= 1);
                    prop_assert!(diagnostic.line() <= last, "{}", diagnostic);
                    prop_assert!(!diagnostic.message().contains(|c: char| c.is_control()));
                }
            }
        }
    }

    #[test]
    fn a_manifest_that_can_be_read_can_be_resolved_however_odd_it_is(manifest in manifest()) {
        let (registry, breaches) = manifest.lenient_registry(manifest.version());
        prop_assert_eq!(manifest.registry(manifest.version()).is_ok(), breaches.is_empty());
        for gate in manifest.gates() {
            prop_assert!(registry.enabled(gate.name()).is_some());
        }
    }
}

/// Parts of a manifest.
const FIELDS: &[&str] = &[
    "version: \"1.36\"\n",
    "gates:\n",
    "- name: A\n",
    "  versionedSpecs:\n",
    "  - default: true\n",
    "    preRelease: Beta\n",
    "    version: \"1.30\"\n",
    "removedGates: refuse\n",
    "  requires: [",
];
