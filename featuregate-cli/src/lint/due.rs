//! The gates that are due: whose planned removal is reached, or that are too long at their stage, now or soon.

use featuregate_core::Version;

use crate::lint::rule::Policy;
use crate::lint::verify::old_stage::Expiry;
use crate::program::gates::{Gates, Listed};

/// Something that should be done about a gate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due<'a> {
    pub(crate) gate: Listed<'a>,
    /// The first release of its component in which it should be done.
    pub(crate) release: Version,
    /// Whether that release is reached.
    pub(crate) is_overdue: bool,
    pub(crate) reason: Reason,
}

/// Why a gate is due.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reason {
    /// Its removal was planned.
    Removal,
    /// It is too long at its stage.
    Expiry(Expiry),
}

/// What is due up to so many releases after that of the gates, by release and gate.
pub(crate) fn due<'a>(gates: &'a Gates, policy: &Policy, within: u32) -> Vec<Due<'a>> {
    let mut due: Vec<Due<'a>> = Vec::new();
    for gate in gates.iter().filter(|listed| listed.status.exists()) {
        let now = gates.release_of(gate.gate);
        let removal = gate.spec.remove_in().map(|release| (release, Reason::Removal));
        let expiry = Expiry::of(policy, gate.gate.name(), gate.spec, now);
        let expiry = expiry.map(|expiry| (expiry.due(now), Reason::Expiry(expiry)));
        let both = removal.into_iter().chain(expiry);
        let both = both.filter(|(release, _)| is_near(*release, now, within));
        due.extend(both.map(|(release, reason)| {
            let is_overdue = release <= now;
            Due { gate, release, is_overdue, reason }
        }));
    }
    due.sort_by_key(|due| (due.release, due.gate.gate.name()));
    due
}

/// Whether a release is at most so many after another one. How many minor releases come before a major one is unknown, so
/// that the major one may be the next.
fn is_near(release: Version, target: Version, within: u32) -> bool {
    if release.major() == target.major().saturating_add(1) {
        return release.minor() < within;
    }
    release <= Version::new(target.major(), target.minor().saturating_add(within))
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn a_release_is_near_by_its_minor_number_or_as_the_next_major_one() {
        for (release, within, expected) in [
            ("1.30", 0, true),
            ("1.36", 0, true),
            ("1.37", 0, false),
            ("1.37", 1, true),
            ("1.38", 1, false),
            ("2.0", 0, false),
            ("2.0", 1, true),
            ("2.1", 1, false),
            ("3.0", 9, false),
            ("0.9", 0, true),
        ] {
            let [release, target] = [release, "1.36"].map(|version| version.parse().unwrap());
            assert_eq!(is_near(release, target, within), expected, "{release} within {within}");
        }
    }
}
