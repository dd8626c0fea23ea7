//! Gates as the derive hands them to the program: one text and one table of bytes, since a compiler
//! reads two literals faster than hundreds of nested structs.
//!
//! The format is private to the crates that are released together, and both ends of it are here.
//!
//! ```text
//! table     = *gate
//! gate      = name-length doc-length flags
//!             count *( major minor bits )          ; milestones; bits: stage, default << 3, locked << 4
//!             count *length                        ; required gates, by name
//!             count *length                        ; aliases
//!             [ owner-length ] [ issue-length ]    ; as the flags say
//!             [ major minor ]                      ; remove_in
//!             [ major minor value ]                ; removal
//!             [ count *length ]                    ; implied gates, by name
//!             [ count *( length length ) ]         ; meta: keys and values
//!             [ count *length ]                    ; tags
//! ```
//! Numbers are LEB128; lengths are those of the next piece of the text, in bytes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::milestone::Milestone;
use crate::declare::spec::{GateSpec, Removal, Text};
use crate::declare::stage::Stage;
use crate::declare::version::Version;

const OWNER: u32 = 1;
const ISSUE: u32 = 1 << 1;
const REMOVE_IN: u32 = 1 << 2;
const REMOVAL: u32 = 1 << 3;
const IMPLIES: u32 = 1 << 4;
const META: u32 = 1 << 5;
const TAGS: u32 = 1 << 6;
const SWITCHABLE: u32 = 1 << 7;
const EXCEPT_FROM_GROUPS: u32 = 1 << 8;
const RUNTIME: u32 = 1 << 9;

/// Writes specs as text and table. Minimum compatibility versions and availability are left out: an
/// enum has no such versions, and says in code what is available.
#[must_use]
pub fn encode(specs: &[GateSpec]) -> (String, Vec<u8>) {
    let mut writer = Writer { text: String::new(), table: Vec::new() };
    for spec in specs {
        writer.gate(spec);
    }
    (writer.text, writer.table)
}

struct Writer {
    text: String,
    table: Vec<u8>,
}

impl Writer {
    fn gate(&mut self, spec: &GateSpec) {
        self.text(&spec.name);
        self.text(&spec.doc);
        let flag = |given: bool, flag: u32| if given { flag } else { 0 };
        self.number(
            flag(spec.owner.is_some(), OWNER)
                | flag(spec.issue.is_some(), ISSUE)
                | flag(spec.remove_in.is_some(), REMOVE_IN)
                | flag(spec.removal.is_some(), REMOVAL)
                | flag(!spec.implies.is_empty(), IMPLIES)
                | flag(!spec.meta.is_empty(), META)
                | flag(!spec.tags.is_empty(), TAGS)
                | flag(spec.switchable, SWITCHABLE)
                | flag(spec.except_from_groups, EXCEPT_FROM_GROUPS)
                | flag(spec.runtime, RUNTIME),
        );
        self.count(spec.milestones.len());
        for milestone in &spec.milestones {
            self.version(milestone.since);
            let stage = u32::from(milestone.stage as u8);
            let bits = u32::from(milestone.default) << 3 | u32::from(milestone.locked) << 4;
            self.number(stage | bits);
        }
        self.texts(&spec.requires);
        self.texts(&spec.aliases);
        spec.owner.iter().chain(&spec.issue).for_each(|text| self.text(text));
        if let Some(version) = spec.remove_in {
            self.version(version);
        }
        if let Some(removal) = spec.removal {
            self.version(removal.since);
            self.number(removal.value.into());
        }
        if !spec.implies.is_empty() {
            self.texts(&spec.implies);
        }
        if !spec.meta.is_empty() {
            self.count(spec.meta.len());
            for (key, value) in &spec.meta {
                self.text(key);
                self.text(value);
            }
        }
        if !spec.tags.is_empty() {
            self.texts(&spec.tags);
        }
    }

    fn texts(&mut self, texts: &[Text]) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.text.push_str(text);
    }

    fn version(&mut self, version: Version) {
        self.number(version.major());
        self.number(version.minor());
    }

    fn count(&mut self, count: usize) {
        // A source file is at most 4 GiB, and so is any part of it.
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    fn number(&mut self, mut number: u32) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.table.push(low);
            }
            self.table.push(low | 0x80);
        }
    }
}

/// Reads what [`encode`] wrote: one spec after the other.
#[derive(Clone, Debug)]
pub struct Packed {
    text: &'static str,
    table: &'static [u8],
}

impl Packed {
    /// The text and the table of the expansion.
    #[must_use]
    pub const fn new(text: &'static str, table: &'static [u8]) -> Self {
        Self { text, table }
    }

    // What is read here is `const`, since a gate's history is compared with that of a gate of another enum
    // while the program is compiled. Hence no `?` and no iterators.

    const fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        let mut shift = 0;
        while shift < u32::BITS {
            let Some((&byte, rest)) = self.table.split_first() else {
                return None;
            };
            self.table = rest;
            number |= ((byte & 0x7f) as u32) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
        None
    }

    const fn count(&mut self) -> Option<usize> {
        match self.number() {
            Some(count) => Some(count as usize),
            None => None,
        }
    }

    const fn str(&mut self) -> Option<&'static str> {
        let Some(length) = self.count() else {
            return None;
        };
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            return None;
        };
        self.text = rest;
        Some(text)
    }

    const fn version(&mut self) -> Option<Version> {
        match (self.number(), self.number()) {
            (Some(major), Some(minor)) => Some(Version::new(major, minor)),
            _ => None,
        }
    }

    #[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the bound is the length")]
    const fn milestone(&mut self) -> Option<Milestone> {
        let (Some(since), Some(bits)) = (self.version(), self.number()) else {
            return None;
        };
        let stage = (bits & 7) as usize;
        if stage >= Stage::ALL.len() {
            return None;
        }
        Some(Milestone {
            since,
            stage: Stage::ALL[stage],
            default: bits & (1 << 3) != 0,
            locked: bits & (1 << 4) != 0,
            min_compat: None,
        })
    }

    /// How many milestones the gate at a position has; none where there is no gate.
    #[must_use]
    pub const fn milestone_count(&self, position: usize) -> usize {
        match self.again().begin(position) {
            Some((_, count)) => count,
            None => 0,
        }
    }

    /// The milestones of the gate at a position, of which there are that many.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
    pub const fn milestones<const N: usize>(&self, position: usize) -> [Milestone; N] {
        let mut milestones = [Milestone::BEFORE_THE_FIRST; N];
        let mut reader = self.again();
        if reader.begin(position).is_some() {
            let mut read = 0;
            while read < N {
                if let Some(milestone) = reader.milestone() {
                    milestones[read] = milestone;
                }
                read += 1;
            }
        }
        milestones
    }

    /// `clone`, where only constants are allowed.
    const fn again(&self) -> Self {
        Self { text: self.text, table: self.table }
    }

    /// Reads up to the first milestone of the gate at a position: its flags, and how many milestones there
    /// are.
    const fn begin(&mut self, position: usize) -> Option<(u32, usize)> {
        let mut passed = 0;
        while passed < position {
            if self.pass().is_none() {
                return None;
            }
            passed += 1;
        }
        match (self.str(), self.str(), self.number(), self.count()) {
            (Some(_), Some(_), Some(flags), Some(count)) => Some((flags, count)),
            _ => None,
        }
    }

    fn many<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        (0..count).map(|_| read(self)).collect()
    }

    fn gate(&mut self) -> Option<GateSpec> {
        let name = self.str()?;
        let doc = self.str()?;
        let flags = self.number()?;
        let text = |packed: &mut Self| packed.str().map(Text::Borrowed);
        let milestones = self.many(Self::milestone)?;
        let requires = self.many(text)?;
        let aliases = self.many(text)?;
        let owner = if flags & OWNER != 0 { Some(text(self)?) } else { None };
        let issue = if flags & ISSUE != 0 { Some(text(self)?) } else { None };
        let remove_in = if flags & REMOVE_IN != 0 { Some(self.version()?) } else { None };
        let removal = if flags & REMOVAL != 0 {
            Some(Removal { since: self.version()?, value: self.number()? != 0 })
        } else {
            None
        };
        let implies = if flags & IMPLIES != 0 { self.many(text)? } else { Vec::new() };
        let pair = |packed: &mut Self| Some((text(packed)?, text(packed)?));
        let meta = if flags & META != 0 { self.many(pair)? } else { Vec::new() };
        let tags = if flags & TAGS != 0 { self.many(text)? } else { Vec::new() };
        Some(GateSpec {
            name: name.into(),
            doc: doc.into(),
            milestones,
            requires,
            owner,
            issue,
            remove_in,
            aliases,
            available: true,
            runtime: flags & RUNTIME != 0,
            removal,
            implies,
            switchable: flags & SWITCHABLE != 0,
            meta,
            tags,
            except_from_groups: flags & EXCEPT_FROM_GROUPS != 0,
        })
    }

    /// The name of the gate at a position, without reading the gates before it into memory.
    #[must_use]
    pub fn name(mut self, position: usize) -> Option<&'static str> {
        for _ in 0..position {
            self.pass()?;
        }
        self.str()
    }

    /// Reads over a list, each item of which is so many texts.
    const fn pass_texts(&mut self, of_each: usize) -> Option<()> {
        let Some(count) = self.count() else {
            return None;
        };
        let mut texts = count.saturating_mul(of_each);
        while texts > 0 {
            if self.str().is_none() {
                return None;
            }
            texts -= 1;
        }
        Some(())
    }

    /// Reads over a gate.
    const fn pass(&mut self) -> Option<()> {
        let Some((flags, mut milestones)) = self.begin(0) else {
            return None;
        };
        while milestones > 0 {
            if self.milestone().is_none() {
                return None;
            }
            milestones -= 1;
        }
        let whole = self.pass_texts(1).is_some()
            && self.pass_texts(1).is_some()
            && (flags & OWNER == 0 || self.str().is_some())
            && (flags & ISSUE == 0 || self.str().is_some())
            && (flags & REMOVE_IN == 0 || self.version().is_some())
            && (flags & REMOVAL == 0 || (self.version().is_some() && self.number().is_some()))
            && (flags & IMPLIES == 0 || self.pass_texts(1).is_some())
            && (flags & META == 0 || self.pass_texts(2).is_some())
            && (flags & TAGS == 0 || self.pass_texts(1).is_some());
        if whole { Some(()) } else { None }
    }
}

impl Iterator for Packed {
    type Item = GateSpec;

    fn next(&mut self) -> Option<GateSpec> {
        self.gate()
    }
}

/// A spec that says whether it is compiled in, which the table cannot.
#[must_use]
pub fn with_availability(mut spec: GateSpec, available: bool) -> GateSpec {
    spec.available = available;
    spec
}

/// A spec that requires more gates, which the table cannot name since they are of other enums.
#[must_use]
pub fn requiring(mut spec: GateSpec, gates: impl Iterator<Item = String>) -> GateSpec {
    spec.requires.extend(gates.map(Text::Owned));
    spec
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use alloc::boxed::Box;

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
        let removed = RawSpec::new("Gone").removed("1.26").final_value(true);
        [full, short, removed]
            .into_iter()
            .map(|raw| validate(raw, Strictness::Declared).unwrap())
            .collect()
    }

    fn packed(specs: &[GateSpec]) -> Packed {
        let (text, table) = encode(specs);
        Packed::new(Box::leak(text.into_boxed_str()), Box::leak(table.into_boxed_slice()))
    }

    #[test]
    fn what_is_written_is_read_back() {
        let specs = specs();
        assert_eq!(packed(&specs).collect::<Vec<_>>(), specs);
    }

    #[test]
    fn names_are_found_by_position() {
        let packed = packed(&specs());
        let names: Vec<_> = (0..4).map(|position| packed.clone().name(position)).collect();
        assert_eq!(names, [Some("Full"), Some("Short"), Some("Gone"), None]);
    }

    #[test]
    fn a_cut_table_ends_the_specs() {
        let whole = packed(&specs());
        for length in 0..whole.table.len() {
            let cut = Packed::new(whole.text, whole.table.get(..length).unwrap());
            assert!(Iterator::count(cut) < 3);
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
        assert_eq!(packed.clone().name(6), Some("Last"));
        assert_eq!(packed.collect::<Vec<_>>(), specs);
    }

    #[test]
    fn numbers_are_read_up_to_the_largest_and_a_longer_one_is_none() {
        let number = |table: &'static [u8]| Packed::new("", table).number();
        assert_eq!(number(&[0x7f]), Some(127));
        assert_eq!(number(&[0x80, 1]), Some(128));
        assert_eq!(number(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Some(u32::MAX));
        assert_eq!(number(&[0x80]), None);
        assert_eq!(number(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]), None);
    }

    #[test]
    fn what_the_table_cannot_contain_is_added() {
        let spec = specs().remove(0);
        let absent = with_availability(spec.clone(), false);
        assert_eq!((absent.name(), absent.is_available()), ("Full", false));
        let more = requiring(spec, ["net:Quic".into()].into_iter());
        assert_eq!(more.requires().collect::<Vec<_>>(), ["Short", "Other", "net:Quic"]);
    }
}
