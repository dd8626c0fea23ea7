//! The gates of a component by their names.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::declare::spec::GateSpec;
use crate::id::IdVec;

crate::__id! {
    /// A gate of a [`GateSet`](crate::GateSet), which created the id.
    pub struct GateId;
}

/// A name as it is written in a text, with the component if there is one.
///
/// ```
/// use featuregate_core::__private::written_with;
///
/// assert_eq!(written_with(Some("etcd"), "Cache"), "etcd:Cache");
/// assert_eq!(written_with(None, "Cache"), "Cache");
/// ```
#[must_use]
pub fn written_with(component: Option<&str>, name: &str) -> String {
    match component {
        Some(component) => format!("{component}:{name}"),
        None => name.into(),
    }
}

/// The gate that a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lookup {
    pub(crate) gate: GateId,
    /// Whether the name is an alias of the gate.
    pub(crate) is_alias: bool,
}

/// Finds a gate by its name or a former one. The names stay with their gates.
///
/// It is a hash table, since comparing names in the order of a map took half of the time that a program needs to
/// start, and since a map needs names of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// A power of two of them, of which at least a quarter is free.
    slots: Vec<Option<Slot>>,
    taken: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    gate: GateId,
    /// Which of the gate's former names it is.
    alias: Option<u32>,
}

/// A name that no gate has yet.
pub(crate) struct Free {
    hash: u32,
    /// The slot that is free for it, until another name is added.
    slot: usize,
}

impl Names {
    /// The gate with a name, of the gates that were added, or the name to be added.
    pub(crate) fn find(&self, gates: &IdVec<GateId, GateSpec>, name: &str) -> Result<Lookup, Free> {
        let hash = hash(name);
        let is_named = |slot: &Slot| {
            let spec = &gates[slot.gate];
            match slot.alias {
                None => *spec.name == *name,
                Some(alias) => spec.rare.aliases.get(alias as usize).is_some_and(|it| it == name),
            }
        };
        let mut at = self.start(hash);
        while let Some(Some(slot)) = self.slots.get(at) {
            if slot.hash == hash && is_named(slot) {
                return Ok(Lookup { gate: slot.gate, is_alias: slot.alias.is_some() });
            }
            at = self.after(at);
        }
        Err(Free { hash, slot: at })
    }

    /// Makes room for more names.
    pub(crate) fn reserve(&mut self, more: usize) {
        let names = self.taken + more;
        if self.is_full(names) {
            let larger = vec![None; (3 * names / 2).max(16).next_power_of_two()];
            for slot in core::mem::replace(&mut self.slots, larger).into_iter().flatten() {
                let free = self.free(slot.hash);
                self.place(free, slot);
            }
        }
    }

    /// Adds a gate by its name, or by the former name at a position.
    pub(crate) fn add(&mut self, Free { hash, slot }: Free, gate: GateId, alias: Option<u32>) {
        let is_full = self.is_full(self.taken + 1);
        if is_full {
            self.reserve(1);
        }
        let free = if is_full { self.free(hash) } else { slot };
        self.place(free, Slot { hash, gate, alias });
        self.taken += 1;
    }

    /// Whether so many names need more slots.
    fn is_full(&self, names: usize) -> bool {
        3 * self.slots.len() <= 4 * names
    }

    /// A slot that is free for a name.
    fn free(&self, hash: u32) -> usize {
        let mut at = self.start(hash);
        while let Some(Some(_)) = self.slots.get(at) {
            at = self.after(at);
        }
        at
    }

    fn place(&mut self, at: usize, slot: Slot) {
        if let Some(free) = self.slots.get_mut(at) {
            *free = Some(slot);
        }
    }

    /// The slot at which a name is looked for first.
    fn start(&self, hash: u32) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

    /// The slot at which it is looked for next.
    fn after(&self, slot: usize) -> usize {
        (slot + 1) & self.slots.len().wrapping_sub(1)
    }
}

/// A number that is rarely the same for two names.
fn hash(name: &str) -> u32 {
    // The highest byte of a product depends on all bits of its factors.
    let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).swap_bytes();
    let bytes = name.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let hash = words.fold(bytes.len() as u64, mix);
    // The last word may repeat bytes of the one before.
    let last = match bytes.last_chunk() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let [a, b, c, d, ..] = mix(hash, last).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::rare::Facts;
    use crate::declare::spec::Text;
    use alloc::collections::BTreeSet;
    use alloc::format;

    #[test]
    fn each_of_many_names_is_found_and_no_other() {
        let mut gates: IdVec<GateId, GateSpec> = IdVec::new();
        let mut names = Names::default();
        assert_eq!(names.find(&gates, "").ok(), None);
        for number in 0..1_000 {
            let aliases =
                Vec::from([format!("Old{number}").into(), format!("Older{number}").into()]);
            let name: Text = format!("Gate{number}").into();
            let rare = Facts { aliases, ..Facts::default() }.into();
            let gate = gates.push(GateSpec { name, rare, ..GateSpec::default() });
            for (name, alias) in [("Gate", None), ("Old", Some(0)), ("Older", Some(1))] {
                let free = names.find(&gates, &format!("{name}{number}")).err().unwrap();
                names.add(free, gate, alias);
            }
        }
        for (gate, number) in gates.ids().zip(0..) {
            for (name, is_alias) in [("Gate", false), ("Old", true), ("Older", true)] {
                let found = names.find(&gates, &format!("{name}{number}")).ok();
                assert_eq!(found, Some(Lookup { gate, is_alias }));
            }
        }
        for unknown in ["", "Gate", "Gate1000", "gate1", "Gate1 ", "Oldest1"] {
            assert_eq!(names.find(&gates, unknown).ok(), None, "{unknown}");
        }
    }

    #[test]
    fn names_that_differ_at_their_end_are_spread_over_the_slots() {
        for prefix in ["FeatureNumber", "Gate", "AVeryLongNameOfAGateThatHas"] {
            let slots = (0..384).map(|number| hash(&format!("{prefix}{number:03}")) % 512);
            let slots: BTreeSet<u32> = slots.collect();
            // Of numbers by chance, 270 would differ.
            assert!(slots.len() > 240, "{prefix}: {}", slots.len());
        }
    }

    #[test]
    fn names_that_differ_in_one_character_or_their_length_have_other_numbers() {
        for (one, other) in [
            ("", "\0"),
            ("MemoryQoS", "MemoryQoT"),
            ("12345678", "12345678\0"),
            ("1234567", "12345678"),
            ("NodeSwap", "NodeSwep"),
            ("AAAAAAAABBBBBBBB", "BBBBBBBBAAAAAAAA"),
        ] {
            assert_ne!(hash(one), hash(other), "{one} {other}");
        }
    }
}
