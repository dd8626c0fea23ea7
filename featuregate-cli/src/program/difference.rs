//! How a committed manifest differs from what the source comes to.

use std::fmt;

use featuregate_core::Version;
use featuregate_core::manifest::Manifest;

/// What differs; nothing, if only the layout does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Before and after.
    version: Option<(Version, Version)>,
    removed_gates: bool,
    added: Vec<String>,
    changed: Vec<String>,
    dropped: Vec<String>,
}

impl Difference {
    /// What becomes of a committed manifest.
    pub(crate) fn of(committed: &Manifest, expected: &Manifest) -> Self {
        let mut difference =
            Self { removed_gates: committed.removed() != expected.removed(), ..Self::default() };
        let versions = (committed.version(), expected.version());
        difference.version = Some(versions).filter(|(before, after)| before != after);
        for gate in expected.gates() {
            match committed.get(gate.name()) {
                None => difference.added.push(gate.name().into()),
                Some(known) if known != gate => difference.changed.push(gate.name().into()),
                Some(_) => {}
            }
        }
        for gate in committed.gates() {
            if expected.get(gate.name()).is_none() {
                difference.dropped.push(gate.name().into());
            }
        }
        difference
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some((before, after)) = self.version {
            parts.push(format!("version {before} becomes {after}"));
        }
        if self.removed_gates {
            parts.push("removedGates changes".into());
        }
        for (names, verb) in
            [(&self.added, "added"), (&self.changed, "changed"), (&self.dropped, "dropped")]
        {
            if !names.is_empty() {
                parts.push(format!("{} {verb}", listed(names)));
            }
        }
        if parts.is_empty() {
            return f.write_str("only the layout changes");
        }
        f.write_str(&parts.join(", "))
    }
}

/// `A, B and 12 more`.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let (shown, more) = names.split_at_checked(SHOWN).unwrap_or((names, &[]));
    let shown = shown.join(", ");
    match more.len() {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::Difference;
    use featuregate_core::manifest::Manifest;

    fn manifest(version: &str, gates: &[(&str, bool)]) -> Manifest {
        let gate = |(name, beta): &(&str, bool)| {
            let stage = if *beta { "Beta" } else { "Alpha" };
            format!(
                "{{name: {name}, versionedSpecs: [{{version: \"1.0\", preRelease: {stage}, default: {beta}}}]}}"
            )
        };
        let gates: Vec<String> = gates.iter().map(gate).collect();
        Manifest::read(&format!("{{version: \"{version}\", gates: [{}]}}", gates.join(", ")))
            .unwrap()
    }

    #[test]
    fn a_difference_names_what_becomes_of_which_gates() {
        let before = manifest("1.35", &[("A", false), ("B", false), ("C", true)]);
        let after = manifest("1.36", &[("B", true), ("C", true), ("D", false)]);
        let told = "version 1.35 becomes 1.36, D added, B changed, A dropped";
        assert_eq!(Difference::of(&before, &after).to_string(), told);
        assert_eq!(Difference::of(&after, &after).to_string(), "only the layout changes");
        let many = manifest("1.35", &["D", "E", "F", "G", "H", "I", "J"].map(|name| (name, true)));
        let told = "D, E, F, G, H and 2 more added";
        assert_eq!(Difference::of(&manifest("1.35", &[]), &many).to_string(), told);
    }
}
