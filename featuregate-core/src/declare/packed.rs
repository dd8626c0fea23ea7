//! Gates as the derive hands them to the program: one text, one table of bytes and an index, since a compiler
//! reads three literals faster than hundreds of nested structs.
//!
//! The format is private to the crates that are released together, and both ends of it are here.
//!
//! ```text
//! table     = *gate
//! gate      = name-length doc-length flags
//!             length *( version bits )             ; milestones, by their bytes; bits: stage, default << 3, locked << 4
//!             count *length                        ; required gates, by name
//!             count *length                        ; aliases
//!             [ owner-length ] [ issue-length ]    ; as the flags say
//!             [ version ]                          ; remove_in
//!             [ version value ]                    ; removal
//!             [ count *length ]                    ; implied gates, by name
//!             [ count *( length length ) ]         ; meta: keys and values
//!             [ count *length ]                    ; tags
//! version   = major minor [ patch ]                ; as the flags say
//! index     = count *( text-offset table-offset )  ; of each gate
//!             *( position number )                 ; of each name, sorted: its gate, and which of its names
//! ```
//! In the table, numbers are LEB128; lengths are those of the next piece of the text, in bytes. In the index, numbers
//! have four bytes, the lowest first. The name of a gate is number 0, and its aliases follow.

mod flags;
mod groups;
mod read;
mod write;

use alloc::string::String;

pub use groups::{decode_groups, encode_groups};
pub use read::{Named, Packed, Specs};
pub use write::{Encoded, encode};

use crate::declare::spec::{GateSpec, Text};

/// Says whether a gate is compiled in, which the table cannot.
pub fn set_available(spec: &mut GateSpec, available: bool) {
    spec.available = available;
}

/// Turns on a default because of a condition, which the table cannot evaluate.
pub fn set_on_by_default(spec: &mut GateSpec, milestone: usize) {
    spec.milestones.edit(milestone, |milestone| milestone.default = true);
}

/// Adds a gate that is required, which the table cannot name since it is of another enum.
pub fn require(spec: &mut GateSpec, gate: String) {
    spec.requires.push(Text::Owned(gate));
}

/// Whether a gate has no former name, and requires and implies nothing.
#[must_use]
pub fn is_independent(spec: &GateSpec) -> bool {
    spec.requires.is_empty() && spec.rare.implies.is_empty() && spec.rare.aliases.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::Milestone;
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::declare::version::{Precision, Version};
    use alloc::boxed::Box;
    use alloc::vec::Vec;

    fn specs() -> Vec<GateSpec> {
        let mut full = RawSpec::new("Full")
            .doc("Ünïcode — and a \"quote\".")
            .milestone(RawMilestone::alpha("1.12"))
            .milestone(RawMilestone::beta("1.300").with_default(false).with_lock(true))
            .requires("Short")
            .requires("Other")
            .alias("Former");
        full.owner = Some("sig-node".into());
        full.issue = Some("https://example.org/1".into());
        full.remove_in = Some("4294967295.4294967295".into());
        let full = full
            .implies("Short")
            .implies("Third")
            .meta("menu", "Edit")
            .meta("icon", "u")
            .tag("net")
            .except_from_groups(true)
            .runtime(true);
        let short = RawSpec::new("Short").milestone(RawMilestone::alpha("0.0"));
        let removed = RawSpec::new("Gone").removed("1.26.3").final_value(true);
        let removed = removed.versions(Precision::Patch);
        [full, short, removed]
            .into_iter()
            .map(|raw| validate(raw, Strictness::Declared).unwrap())
            .collect()
    }

    fn leaked(bytes: Vec<u8>) -> &'static [u8] {
        Box::leak(bytes.into_boxed_slice())
    }

    fn packed(specs: &[GateSpec]) -> Packed {
        let Encoded { text, table, index } = encode(specs);
        Packed::new(Box::leak(text.into_boxed_str()), leaked(table), leaked(index))
    }

    #[test]
    fn what_is_written_is_read_back() {
        let specs = specs();
        assert_eq!(packed(&specs).from(0).collect::<Vec<_>>(), specs);
        for (position, spec) in specs.iter().enumerate() {
            assert_eq!(packed(&specs).spec(position).as_ref(), Some(spec));
        }
        assert_eq!(packed(&specs).spec(specs.len()), None);
    }

    #[test]
    fn names_are_found_by_position() {
        let packed = packed(&specs());
        let names: Vec<_> = (0..4).map(|position| packed.name(position)).collect();
        assert_eq!(names, [Some("Full"), Some("Short"), Some("Gone"), None]);
    }

    #[test]
    fn each_gate_is_found_by_its_name_and_its_former_names_and_by_nothing_else() {
        let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("0.1"));
        let raw = [
            gate("m").alias("z").alias("a"),
            gate("b"),
            gate("Ünï").alias("mm"),
            RawSpec::new("removed").removed("0.2").final_value(false).alias("old-removed"),
        ];
        let specs = raw.map(|raw| validate(raw, Strictness::Declared).unwrap());
        let packed = packed(&specs);
        for (position, spec) in specs.iter().enumerate() {
            let found = Named { position, former: None };
            assert_eq!(packed.find(spec.name()), Some(found));
            for alias in spec.aliases() {
                let former = packed.find(alias).unwrap();
                assert_eq!((former.position, former.former), (position, Some(alias)));
            }
        }
        for unknown in ["", "A", "c", "zz", "old", "Ün"] {
            assert_eq!(packed.find(unknown), None, "{unknown}");
        }
        assert_eq!(Packed::new("", &[], &[]).find("a"), None);
    }

    #[test]
    fn single_facts_are_those_of_the_spec() {
        let specs = specs();
        let packed = packed(&specs);
        for (position, spec) in specs.iter().enumerate() {
            assert_eq!(packed.doc(position), Some(spec.doc()));
            assert_eq!(packed.owner(position), spec.owner());
            assert_eq!(packed.issue(position), spec.issue());
            for release in [Version::ZERO, Version::new(1, 12), Version::new(1, 400)] {
                let now = packed.milestone_at(position, release);
                assert_eq!(now, spec.at(release, release), "{} in {release}", spec.name());
            }
        }
        assert_eq!((packed.doc(3), packed.owner(3), packed.issue(3)), (None, None, None));
    }

    #[test]
    fn what_is_cut_ends_the_specs() {
        let Encoded { text, table, index } = encode(&specs());
        let text: &'static str = Box::leak(text.into_boxed_str());
        let (table, index) = (leaked(table), leaked(index));
        for length in 0..table.len() {
            let cut = Packed::new(text, table.get(..length).unwrap(), index);
            assert!(cut.from(0).count() < 3);
            let _ = (cut.find("Former"), cut.issue(0), cut.milestone_count(1));
        }
        for length in 0..index.len() {
            let cut = Packed::new(text, table, index.get(..length).unwrap());
            let _ = (cut.find("Former"), cut.name(2));
        }
    }

    /// What a constant of the expansion reads of a gate, behind others of every form.
    #[test]
    fn a_history_is_found_by_position() {
        let mut specs = specs();
        let switch = RawMilestone::ga("1.30").with_lock(false);
        let switch = RawSpec::new("Switch").milestone(switch).switchable(true).tag("ui").tag("net");
        specs.push(validate(switch, Strictness::Declared).unwrap());
        let mut locked = RawSpec::new("Locked").milestone(RawMilestone::ga("1.30"));
        locked.owner = Some("node".into());
        locked.remove_in = Some("1.40".into());
        let removed = RawSpec::new("Old").milestone(RawMilestone::beta("1.20")).removed("1.25");
        let last = RawSpec::new("Last")
            .milestone(RawMilestone::alpha("1.1"))
            .milestone(RawMilestone::beta("1.2"))
            .milestone(RawMilestone::ga("1.3").with_lock(false))
            .milestone(RawMilestone::deprecated("1.4"));
        for raw in [locked, removed, last] {
            specs.push(validate(raw, Strictness::Declared).unwrap());
        }
        let packed = packed(&specs);
        for (position, spec) in specs.iter().enumerate() {
            assert_eq!(packed.milestone_count(position), spec.milestones().len(), "{position}");
        }
        assert_eq!(packed.milestone_count(specs.len()), 0);
        assert_eq!(packed.milestones::<4>(6), *specs.get(6).unwrap().milestones());
        assert_eq!(packed.milestones::<2>(0), *specs.first().unwrap().milestones());
        assert_eq!(packed.milestones::<1>(4), *specs.get(4).unwrap().milestones());
        assert_eq!(packed.milestones::<1>(9), [Milestone::BEFORE_THE_FIRST]);
        assert_eq!(packed.name(6), Some("Last"));
        assert_eq!(packed.from(0).collect::<Vec<_>>(), specs);
    }

    #[test]
    fn what_the_table_cannot_contain_is_added() {
        let mut spec = specs().remove(0);
        set_available(&mut spec, false);
        require(&mut spec, "net:Quic".into());
        set_on_by_default(&mut spec, 1);
        set_on_by_default(&mut spec, 9);
        assert_eq!((spec.name(), spec.is_available()), ("Full", false));
        assert_eq!(spec.requires().collect::<Vec<_>>(), ["Short", "Other", "net:Quic"]);
        assert_eq!(
            spec.milestones().iter().map(Milestone::default).collect::<Vec<_>>(),
            [false, true]
        );
    }

    #[test]
    fn patch_releases_and_large_numbers_are_read_back() {
        let raw = RawSpec::new("A")
            .versions(Precision::Patch)
            .milestone(RawMilestone::alpha("1.2.3"))
            .milestone(RawMilestone::beta("1.128.16384"));
        let spec = validate(raw, Strictness::Declared).unwrap();
        let read = packed(core::slice::from_ref(&spec)).spec(0).unwrap();
        let since: Vec<Version> = read.milestones().iter().map(Milestone::since).collect();
        assert_eq!(
            since,
            [Version::new(1, 2).with_patch(3), Version::new(1, 128).with_patch(16384)]
        );
        assert_eq!(read, spec);
    }

    #[test]
    fn the_owner_and_the_issue_of_a_gate_are_its_own() {
        let gate = |name: &str, owner: Option<&str>, issue: Option<&str>| {
            let mut raw = RawSpec::new(name).milestone(RawMilestone::alpha("0.1"));
            (raw.owner, raw.issue) = (owner.map(Into::into), issue.map(Into::into));
            validate(raw, Strictness::Declared).unwrap()
        };
        let (owner, issue) = (Some("@team"), Some("https://example.org/1"));
        let facts = [(None, None), (owner, None), (None, issue), (owner, issue), (None, None)];
        let specs: Vec<GateSpec> =
            facts.iter().map(|(owner, issue)| gate("Gate", *owner, *issue)).collect();
        let packed = packed(&specs);
        for (position, fact) in facts.into_iter().enumerate() {
            assert_eq!((packed.owner(position), packed.issue(position)), fact, "{position}");
        }
    }
}
