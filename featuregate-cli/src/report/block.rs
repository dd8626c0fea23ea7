//! Findings merged: what is the same for several targets is told once.

use featuregate_core::Version;

use crate::finding::Finding;
use crate::harmless::harmless;

/// Findings that differ in nothing but their targets.
#[derive(Debug)]
pub(super) struct Block<'r> {
    pub(super) finding: &'r Finding,
    /// In the order of the findings.
    pub(super) targets: Vec<Version>,
}

impl<'r> Block<'r> {
    /// The blocks, in the order of their first findings, which stand by path and place.
    pub(super) fn of(findings: &'r [Finding]) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        // Where the blocks of the place at hand begin.
        let mut begin = 0;
        for finding in findings {
            let here = |block: &Self| {
                block.finding.path == finding.path && block.finding.place == finding.place
            };
            if !blocks.last().is_some_and(here) {
                begin = blocks.len();
            }
            let of_place = blocks.get_mut(begin..).unwrap_or_default();
            match of_place.iter_mut().find(|block| same(block.finding, finding)) {
                Some(block) => block.targets.extend(finding.target),
                None => {
                    blocks.push(Self { finding, targets: finding.target.into_iter().collect() });
                }
            }
        }
        blocks
    }

    /// All that it says, in lines: what is wrong and for which targets, what would be right, and what
    /// `--fix` does.
    pub(super) fn told(&self, all: &[Version]) -> String {
        let finding = self.finding;
        let mut told = harmless(&finding.message).into_owned();
        if let Some(targets) = self.told_targets(all) {
            told.extend([" (", &targets, ")"]);
        }
        if !finding.help.is_empty() {
            told.extend(["\nhelp: ", &harmless(&finding.help)]);
        }
        if let Some(fix) = &finding.fix {
            told.extend(["\nwith --fix: ", &harmless(&fix.description)]);
        }
        told
    }

    /// `for 1.34 and 1.36`, where there are several targets to choose from.
    pub(super) fn told_targets(&self, all: &[Version]) -> Option<String> {
        let several = all.len() > 1 && !self.targets.is_empty();
        several.then(|| format!("for {}", told(&self.targets)))
    }
}

/// Whether two findings of one place differ at most in their target.
fn same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule
        && one.level == other.level
        && one.gate == other.gate
        && one.value == other.value
        && one.span == other.span
        && one.message == other.message
        && one.help == other.help
        && one.fix == other.fix
}

/// Releases in a sentence: `1.31 to 1.34 and 1.36`.
pub(super) fn told(versions: &[Version]) -> String {
    let mut runs: Vec<(Version, Version)> = Vec::new();
    for &version in versions {
        match runs.last_mut() {
            Some((_, last))
                if last.major() == version.major()
                    && last.minor().checked_add(1) == Some(version.minor()) =>
            {
                *last = version;
            }
            _ => runs.push((version, version)),
        }
    }
    let mut parts: Vec<String> = Vec::new();
    for (first, last) in runs {
        match last.minor() - first.minor() {
            0 => parts.push(first.to_string()),
            1 => parts.extend([first.to_string(), last.to_string()]),
            _ => parts.push(format!("{first} to {last}")),
        }
    }
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, told};
    use crate::report::example;
    use featuregate_core::Version;

    fn versions(minors: &[u32]) -> Vec<Version> {
        minors.iter().map(|minor| Version::new(1, *minor)).collect()
    }

    #[test]
    fn releases_in_a_row_are_told_as_one() {
        let cases: &[(&[u32], &str)] = &[
            (&[], ""),
            (&[36], "1.36"),
            (&[35, 36], "1.35 and 1.36"),
            (&[34, 36], "1.34 and 1.36"),
            (&[34, 35, 36], "1.34 to 1.36"),
            (&[30, 32, 33, 34, 36], "1.30, 1.32 to 1.34 and 1.36"),
            (&[36, 35], "1.36 and 1.35"),
        ];
        for (minors, expected) in cases {
            assert_eq!(told(&versions(minors)), *expected);
        }
    }

    #[test]
    fn only_what_differs_in_nothing_but_its_target_is_merged() {
        let text = "A: true\nA: true\n";
        let mut findings = Vec::new();
        for (target, at, message) in
            [(35, 0, "gone"), (36, 0, "gone"), (37, 0, "locked"), (35, 8, "gone"), (36, 8, "gone")]
        {
            let mut finding = example::finding(text, at..at + 1);
            finding.target = Some(Version::new(1, target));
            message.clone_into(&mut finding.message);
            findings.push(finding);
        }
        let blocks = Block::of(&findings);
        let told: Vec<_> = blocks
            .iter()
            .map(|it| (it.finding.place.line, it.finding.message.as_str(), told(&it.targets)))
            .collect();
        assert_eq!(
            told,
            [
                (1, "gone", "1.35 and 1.36".to_owned()),
                (1, "locked", "1.37".to_owned()),
                (2, "gone", "1.35 and 1.36".to_owned()),
            ]
        );
    }

    #[test]
    fn a_single_target_is_not_told_at_each_finding() {
        let mut finding = example::finding("A: true", 0..1);
        finding.target = Some(Version::new(1, 36));
        let findings = [finding];
        let [block] = Block::of(&findings).try_into().unwrap();
        assert_eq!(block.told_targets(&versions(&[36])), None);
        assert_eq!(block.told_targets(&versions(&[35, 36])).as_deref(), Some("for 1.36"));
    }
}
