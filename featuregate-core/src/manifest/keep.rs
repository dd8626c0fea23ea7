//! What a committed manifest knows that declarations don't say.

use alloc::vec::Vec;

use super::gate::Gate;
use super::list::Manifest;
use super::syntax::Syntax;
use crate::declare::milestone::RawMilestone;
use crate::declare::version::Precision;

impl Manifest {
    /// The same with what a committed manifest knows besides: how the program writes lists, which parts of it read a gate, and the
    /// history of a removed gate whose tombstone is in short form, as far as it lies before the removal and
    /// ends with the value that the tombstone says.
    ///
    /// ```
    /// use featuregate_core::manifest::Manifest;
    ///
    /// let committed = Manifest::read(
    ///     "{version: \"1.35\", gates: [{name: A, components: [proxy], versionedSpecs: [\
    ///      {version: \"1.30\", preRelease: Alpha, default: false}]}]}",
    /// )?;
    /// let declared = "{version: \"1.36\", gates: [{name: A, removed: \"1.36\", value: false}]}";
    /// let kept = Manifest::read(declared)?.keeping(&committed);
    /// assert_eq!(kept.gates()[0].spec.milestones, committed.gates()[0].spec.milestones);
    /// assert_eq!(kept.gates()[0].spec.value, None);
    /// assert_eq!(kept.gates()[0].components, ["proxy"]);
    /// # Ok::<(), featuregate_core::manifest::ReadError>(())
    /// ```
    #[must_use]
    pub fn keeping(mut self, committed: &Self) -> Self {
        if committed.syntax != Syntax::implied(committed.removed) {
            self.syntax = committed.syntax;
        }
        for gate in &mut self.gates {
            let Some(known) = committed.get(&gate.spec.name) else { continue };
            if gate.components.is_empty() {
                gate.components.clone_from(&known.components);
            }
            if let Some(history) = history(gate, known) {
                gate.spec.milestones = history;
                gate.spec.value = None;
            }
        }
        self
    }

    /// The same with the conditions of a committed manifest, and with the gates that a condition keeps out of
    /// this program.
    pub(super) fn keeping_conditions(self, committed: &Self) -> Self {
        let mut kept = self;
        let gates = &mut kept.gates;
        for gate in &mut *gates {
            let Some(known) = committed.get(&gate.spec.name) else { continue };
            let milestones = gate.spec.milestones.iter_mut().zip(&known.spec.milestones);
            for (own, known) in milestones {
                if known.condition.is_some() && known.since == own.since {
                    own.condition.clone_from(&known.condition);
                    own.default = known.default;
                }
            }
        }
        for known in committed.gates.iter().filter(|known| known.cfg.is_some()) {
            match gates.binary_search_by(|gate| gate.name().cmp(known.name())) {
                Ok(at) => {
                    if let Some(gate) = gates.get_mut(at) {
                        gate.cfg.clone_from(&known.cfg);
                    }
                }
                Err(at) => gates.insert(at, known.clone()),
            }
        }
        kept
    }
}

/// The history of a tombstone in short form, if the known one agrees with it.
fn history(gate: &Gate, known: &Gate) -> Option<Vec<RawMilestone>> {
    if !gate.spec.milestones.is_empty() {
        return None;
    }
    let removed = Precision::Patch.read(gate.spec.removed.as_deref()?).ok()?;
    let history = known.history_before(removed);
    let ended = history.last()?.default;
    (Some(ended) == gate.spec.value).then_some(history)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;

    fn manifest(gates: &str) -> Manifest {
        Manifest::read(&format!("{{version: \"1.36\", gates: [{gates}]}}")).unwrap()
    }

    fn gate(fields: &str) -> String {
        format!("{{name: A, {fields}}}")
    }

    const HISTORY: &str = "versionedSpecs: [{version: \"1.30\", preRelease: Alpha, default: false}, \
                           {version: \"1.32\", preRelease: Beta, default: true}]";

    #[test]
    fn how_lists_are_written_is_kept() {
        let committed = "{version: \"1.35\", syntax: opentelemetry, gates: []}";
        let committed = Manifest::read(committed).unwrap();
        let declared = Manifest::read("{version: \"1.36\", gates: []}").unwrap();
        assert_eq!(declared.clone().keeping(&committed).syntax(), Syntax::OpenTelemetry);
        assert_eq!(declared.clone().keeping(&declared).syntax(), Syntax::Featuregate);
    }

    #[test]
    fn a_history_is_kept_only_where_it_agrees_with_the_tombstone() {
        let committed = manifest(&gate(HISTORY));
        for (tombstone, kept) in [
            ("removed: \"1.36\", value: true", 2),
            ("removed: \"1.36\", value: false", 0),
            ("removed: \"1.32\", value: false", 1),
            ("removed: \"1.32\", value: true", 0),
            ("removed: \"1.30\", value: true", 0),
        ] {
            let gates = manifest(&gate(tombstone)).keeping(&committed);
            let spec = &gates.gates()[0].spec;
            assert_eq!(spec.milestones.len(), kept, "{tombstone}");
            assert_eq!(spec.value.is_none(), kept > 0, "{tombstone}");
        }
    }

    #[test]
    fn what_is_declared_is_kept_as_it_is() {
        let declared = manifest(&gate(HISTORY));
        let committed = manifest(&gate("removed: \"1.20\", value: false"));
        assert_eq!(declared.clone().keeping(&committed), declared);
        assert_eq!(declared.clone().keeping(&manifest("")), declared);
    }

    #[test]
    fn gates_behind_a_condition_stay() {
        let committed = manifest(&format!(
            "{{name: A, cfg: unix, {HISTORY}}}, {{name: B, cfg: windows, {HISTORY}}}, {{name: C, {HISTORY}}}"
        ));
        let kept = manifest(&gate(HISTORY)).keeping_conditions(&committed);
        let names: alloc::vec::Vec<_> = kept.gates().iter().map(Gate::name).collect();
        assert_eq!(names, ["A", "B"]);
        assert_eq!(kept.get("A").unwrap().cfg.as_deref(), Some("unix"));
    }
}
