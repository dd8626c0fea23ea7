//! What the derive passes on for an enum: its gates and settings, as constants.

use core::any::TypeId;

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use featuregate_core::__private::packed::{
    Named, Packed, decode_groups, require, set_available, set_on_by_default,
};
use featuregate_core::__private::{Case, Declared, Specs};
use featuregate_core::{GateSpec, Groups, Milestone, Precision, RemovedPolicy, Stage, Version};

use crate::declare::bits::bit;
use crate::memory::installed::CellsRef;

/// An enum's gates and settings.
#[derive(Clone, Copy, Debug)]
pub struct Declaration {
    pub(crate) packed: Packed,
    /// How many of the packed gates are variants; tombstones follow.
    pub(crate) gates: usize,
    pub(crate) version: Version,
    #[cfg_attr(not(feature = "clap"), expect(dead_code, reason = "only arguments are read by it"))]
    pub(crate) versions: Precision,
    pub(crate) removed: RemovedPolicy,
    pub(crate) env: Option<&'static str>,
    pub(crate) env_prefix: Option<&'static str>,
    pub(crate) component: Option<&'static str>,
    groups: Option<PackedGroups>,
    /// The defaults that depend on conditions: the gate, its milestone, and whether it is on.
    pub(crate) conditions: &'static [(usize, usize, bool)],
    pub(crate) lists_all_settable: bool,
    /// How letters of names are compared, if not as in ASCII.
    pub(crate) case: Option<Case>,
    /// Whether no gate has a former name, or requires or implies one of the same enum.
    pub(crate) is_independent: bool,
}

/// Groups and channels, with a function that is only in programs that have some.
#[derive(Clone, Copy, Debug)]
struct PackedGroups {
    text: &'static str,
    table: &'static [u8],
    decode: fn(&'static str, &'static [u8]) -> Groups,
}

impl Declaration {
    /// From the literals of the expansion.
    #[must_use]
    pub const fn new(
        packed: Packed,
        gates: usize,
        (major, minor, patch): (u32, u32, &[u32]),
        refuse_removed: bool,
        env: &[&'static str],
        env_prefix: &[&'static str],
        component: &[&'static str],
    ) -> Self {
        let removed = if refuse_removed { RemovedPolicy::Refuse } else { RemovedPolicy::Tolerate };
        let version = Version::new(major, minor);
        let (version, versions) = match patch {
            [patch, ..] => (version.with_patch(*patch), Precision::Patch),
            [] => (version, Precision::Minor),
        };
        let (env, env_prefix, component) = (only(env), only(env_prefix), only(component));
        let groups = None;
        Self {
            packed,
            gates,
            version,
            versions,
            removed,
            env,
            env_prefix,
            component,
            groups,
            conditions: &[],
            lists_all_settable: false,
            case: None,
            is_independent: true,
        }
    }

    /// The same with a help that lists all gates that can be set.
    #[must_use]
    pub const fn listing_all_settable(self) -> Self {
        Self { lists_all_settable: true, ..self }
    }

    /// The same with names that are not all in ASCII.
    #[must_use]
    pub const fn naming_in_any_script(self) -> Self {
        Self { case: Some(Case::ANY), ..self }
    }

    /// The same with gates that have former names, or require or imply others.
    #[must_use]
    pub const fn relating_gates(self) -> Self {
        Self { is_independent: false, ..self }
    }

    /// The same with groups and channels of its own.
    #[must_use]
    pub const fn with_groups(self, groups: &[(&'static str, &'static [u8])]) -> Self {
        let groups = match only(groups) {
            Some((text, table)) => Some(PackedGroups { text, table, decode: decode_groups }),
            None => None,
        };
        Self { groups, ..self }
    }

    /// The same with defaults that depend on conditions.
    #[must_use]
    pub const fn with_conditions(self, conditions: &'static [(usize, usize, bool)]) -> Self {
        Self { conditions, ..self }
    }

    // What is asked of one variant is `const`, and so are the methods of the enum.

    /// The name of a variant.
    #[must_use]
    pub const fn name(&self, position: usize) -> &'static str {
        or_empty(self.packed.name(position))
    }

    /// The help text of a variant.
    #[must_use]
    pub const fn doc(&self, position: usize) -> &'static str {
        or_empty(self.packed.doc(position))
    }

    /// The stage of a variant in the release of the enum.
    #[must_use]
    pub const fn stage(&self, position: usize) -> Stage {
        self.packed.milestone_at(position, self.version).stage()
    }

    /// The milestones of a variant, of which there are that many, with the defaults that its conditions give.
    #[expect(clippy::indexing_slicing, reason = "a const fn has no iterators; the bound is N")]
    pub(crate) const fn milestones<const N: usize>(&self, position: usize) -> [Milestone; N] {
        let mut milestones = self.packed.milestones(position);
        let mut rest = self.conditions;
        while let [(of, milestone, is_on), others @ ..] = rest {
            if *of == position && *is_on && *milestone < N {
                milestones[*milestone] = milestones[*milestone].on_by_default();
            }
            rest = others;
        }
        milestones
    }

    /// Who is responsible for a variant.
    #[must_use]
    pub const fn owner(&self, position: usize) -> Option<&'static str> {
        self.packed.owner(position)
    }

    /// Where a variant is tracked.
    #[must_use]
    pub const fn issue(&self, position: usize) -> Option<&'static str> {
        self.packed.issue(position)
    }

    /// The gate with this name or former name, which may be written with the component of the enum. It may be a
    /// removed one.
    pub(crate) fn find(&self, text: &str) -> Option<Named> {
        self.packed.find(text).or_else(|| {
            let (component, name) = text.split_once(':')?;
            self.packed.find(name).filter(|_| self.component == Some(component))
        })
    }

    /// The names of the variants, and the former ones.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for spec in self.packed.from(0).take(self.gates) {
            names.push(spec.name().into());
            names.extend(spec.aliases().map(Into::into));
        }
        names
    }

    /// The declarations of the variants, with what they require of other enums, and whether they are compiled in.
    pub(crate) fn variants(
        self,
        required: &'static [(usize, Required)],
        available: &'static [u8],
    ) -> Specs {
        Box::new(move |take| {
            for (position, mut spec) in (0..self.gates).zip(self.packed.from(0)) {
                self.complete(position, &mut spec, required, available);
                take(spec);
            }
        })
    }

    /// The declaration of a variant, in the same way.
    pub(crate) fn variant(
        &self,
        position: usize,
        required: &[(usize, Required)],
        available: &[u8],
    ) -> GateSpec {
        let spec = self.packed.spec(position);
        debug_assert!(spec.is_some(), "every variant has a declaration");
        let mut spec = spec.unwrap_or_default();
        self.complete(position, &mut spec, required, available);
        spec
    }

    fn complete(
        &self,
        position: usize,
        spec: &mut GateSpec,
        required: &[(usize, Required)],
        available: &[u8],
    ) {
        for (of, milestone, is_on) in self.conditions {
            if *of == position && *is_on {
                set_on_by_default(spec, *milestone);
            }
        }
        for (from, required) in required {
            if *from == position
                && let Some(name) = required.written(self.component)
            {
                require(spec, name);
            }
        }
        set_available(spec, bit(available, position));
    }

    /// The groups and channels.
    pub(crate) fn groups(&self) -> Groups {
        self.groups.map(|it| (it.decode)(it.text, it.table)).unwrap_or_default()
    }

    /// The declarations of the removed gates.
    fn tombstones(&self) -> Specs {
        let tombstones = self.packed.from(self.gates);
        Box::new(|take| tombstones.for_each(take))
    }
}

/// An enum without its type.
#[derive(Clone, Debug)]
pub struct Part {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
    pub(crate) emulates: bool,
    pub(crate) declaration: Declaration,
    pub(crate) cells: CellsRef,
    /// Which gates are compiled in.
    pub(crate) available: &'static [u8],
    /// The gates of other enums that its gates require.
    pub(crate) required: &'static [(usize, Required)],
}

impl Part {
    /// All that it declares.
    pub(crate) fn declared(&self) -> Declared {
        let Self { name, emulates, ref declaration, .. } = *self;
        let Declaration { component, version, removed, lists_all_settable, case, .. } =
            *declaration;
        Declared {
            name,
            component,
            version,
            emulates,
            removed,
            case,
            groups: declaration.groups(),
            lists_all_settable,
            requires_others: !self.required.is_empty(),
            gates: declaration.variants(self.required, self.available),
            tombstones: declaration.tombstones(),
            count: declaration.packed.count(),
        }
    }

    pub(crate) fn component(&self) -> Option<&'static str> {
        self.declaration.component
    }

    /// The environment variables that set its gates, as a manifest has them.
    #[cfg(feature = "manifest")]
    pub(crate) fn variables(&self) -> impl Iterator<Item = alloc::string::String> + use<> {
        let of_each = self.declaration.env_prefix.map(|prefix| alloc::format!("{prefix}*"));
        self.declaration.env.map(Into::into).into_iter().chain(of_each)
    }
}

/// A gate of another enum, which is required.
#[derive(Clone, Debug)]
pub struct Required {
    pub(crate) part: fn() -> Part,
    pub(crate) declaration: Declaration,
    pub(crate) position: usize,
    pub(crate) available: bool,
}

impl Required {
    /// The name of the gate, as a gate of that component writes it.
    pub(crate) fn written(&self, own: Option<&str>) -> Option<String> {
        let name = self.declaration.packed.name(self.position)?;
        Some(match self.declaration.component {
            component if component == own => name.into(),
            component => format!("{}:{name}", component.unwrap_or_default()),
        })
    }
}

const fn or_empty(text: Option<&'static str>) -> &'static str {
    match text {
        Some(text) => text,
        None => "",
    }
}

/// What was given, if anything was.
const fn only<T: Copy>(given: &[T]) -> Option<T> {
    match given {
        [given, ..] => Some(*given),
        [] => None,
    }
}
