//! Merges findings that are the same for several targets.

use std::iter;

use featuregate_core::Version;

use crate::finding::Finding;
use crate::io::escape::escape;

/// Findings of one location that differ only in their targets and messages.
#[derive(Debug)]
pub(crate) struct Block<'r> {
    /// The first of them.
    pub(crate) finding: &'r Finding,
    /// The others, which most blocks do not have.
    others: Vec<&'r Finding>,
}

/// What is wrong, at some targets.
#[derive(Debug)]
pub(crate) struct Message<'r> {
    pub(crate) text: &'r str,
    pub(super) targets: Vec<Version>,
}

impl<'r> Block<'r> {
    /// The blocks, in the order of their first findings, which are sorted by path and location. Each is made when it is
    /// needed, since there may be a million of them.
    pub(crate) fn each(findings: &'r [Finding]) -> impl Iterator<Item = Self> {
        let same = |one: &Finding, other: &Finding| {
            one.path == other.path && one.location == other.location
        };
        findings.chunk_by(same).flat_map(Self::of_location)
    }

    /// The blocks of one location.
    fn of_location(findings: &'r [Finding]) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        for finding in findings {
            let merged = blocks.iter_mut().any(|block| block.repeat(finding))
                || blocks.iter_mut().any(|block| block.join(finding));
            if !merged {
                blocks.push(Self { finding, others: Vec::new() });
            }
        }
        blocks
    }

    /// All of them.
    fn findings(&self) -> impl Iterator<Item = &'r Finding> {
        iter::once(self.finding).chain(self.others.iter().copied())
    }

    /// Takes in a finding with the same message, for another target.
    fn repeat(&mut self, finding: &'r Finding) -> bool {
        let repeats = same(self.finding, finding)
            && self.findings().any(|before| before.message == finding.message);
        self.others.extend(repeats.then_some(finding));
        repeats
    }

    /// Takes in a finding with another message, for a target that the block does not have yet.
    fn join(&mut self, finding: &'r Finding) -> bool {
        let another = |target| self.targets().all(|here| here != target);
        let joins = same(self.finding, finding) && finding.target.is_some_and(another);
        self.others.extend(joins.then_some(finding));
        joins
    }

    /// What is wrong, each with its targets, in the order of the findings; at least one.
    pub(crate) fn messages(&self) -> Vec<Message<'r>> {
        let mut messages: Vec<Message<'r>> = Vec::new();
        for finding in self.findings() {
            match messages.iter_mut().find(|message| *message.text == *finding.message) {
                Some(message) => message.targets.extend(finding.target),
                None => messages.push(Message {
                    text: &finding.message,
                    targets: finding.target.into_iter().collect(),
                }),
            }
        }
        messages
    }

    /// The targets of all findings.
    pub(super) fn targets(&self) -> impl Iterator<Item = Version> {
        self.findings().filter_map(|finding| finding.target)
    }

    /// Its text in one line: what is wrong, and the help.
    pub(super) fn sentence(&self, all: &[Version]) -> String {
        let text = self.text(all);
        let lines = text.lines().filter(|line| !line.starts_with("with --fix: "));
        lines.collect::<Vec<_>>().join("; ")
    }

    /// Its text in lines: what is wrong and for which targets, the help, and what `--fix` does.
    pub(super) fn text(&self, all: &[Version]) -> String {
        let mut lines = Vec::new();
        for message in self.messages() {
            let text = escape(message.text);
            lines.push(match message.targets_text(all) {
                Some(targets) => format!("{text} ({targets})"),
                None => text.into_owned(),
            });
        }
        if !self.finding.help.is_empty() {
            lines.push(format!("help: {}", escape(&self.finding.help)));
        }
        if let Some(fix) = &self.finding.fix {
            lines.push(format!("with --fix: {}", escape(&fix.description)));
        }
        lines.join("\n")
    }
}

impl Message<'_> {
    /// `for 1.34 and 1.36`, where there are several targets to choose from.
    pub(crate) fn targets_text(&self, all: &[Version]) -> Option<String> {
        let several = all.len() > 1 && !self.targets.is_empty();
        several.then(|| format!("for {}", releases(&self.targets)))
    }
}

/// Whether two findings of one location differ at most in their target and message.
fn same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule
        && one.level == other.level
        && one.gate == other.gate
        && one.value == other.value
        && one.span == other.span
        && one.help == other.help
        && one.fix == other.fix
}

/// Releases in words: `1.31 to 1.34 and 1.36`.
pub(super) fn releases(versions: &[Version]) -> String {
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
    use super::{Block, releases};
    use crate::finding::Finding;
    use featuregate_core::Version;

    fn versions(minors: &[u32]) -> Vec<Version> {
        minors.iter().map(|minor| Version::new(1, *minor)).collect()
    }

    #[test]
    fn consecutive_releases_are_merged() {
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
            assert_eq!(releases(&versions(minors)), *expected);
        }
    }

    fn findings(cases: &[(u32, usize, &str)]) -> Vec<Finding> {
        let finding = |(target, at, message): &(u32, usize, &str)| {
            let mut finding = Finding::example("A: true\nA: true\n", *at..at + 1);
            finding.target = (*target > 0).then(|| Version::new(1, *target));
            std::sync::Arc::make_mut(&mut finding.about).message = (*message).into();
            finding
        };
        cases.iter().map(finding).collect()
    }

    fn blocks(cases: &[(u32, usize, &str)]) -> Vec<(u32, String)> {
        let findings = findings(cases);
        let all = versions(&[35, 36, 37]);
        Block::each(&findings).map(|it| (it.finding.location.line, it.text(&all))).collect()
    }

    #[test]
    fn findings_of_one_location_are_merged_for_several_targets() {
        let merged = blocks(&[(35, 0, "on"), (36, 0, "on"), (37, 0, "locked"), (35, 8, "on")]);
        let first =
            "on (for 1.35 and 1.36)\nlocked (for 1.37)\nhelp: remove the setting".to_owned();
        assert_eq!(merged, [(1, first), (2, "on (for 1.35)\nhelp: remove the setting".to_owned())]);
    }

    #[test]
    fn two_findings_for_one_target_are_not_merged() {
        let apart = blocks(&[(35, 0, "on"), (35, 0, "locked"), (36, 0, "locked")]);
        let apart: Vec<_> = apart.iter().map(|(_, text)| text.lines().next().unwrap()).collect();
        assert_eq!(apart, ["on (for 1.35)", "locked (for 1.35 and 1.36)"]);
        assert_eq!(blocks(&[(0, 0, "no owner"), (0, 0, "no issue")]).len(), 2);
    }

    #[test]
    fn a_single_target_is_not_repeated_at_each_finding() {
        let findings = findings(&[(36, 0, "on")]);
        let blocks: Vec<Block<'_>> = Block::each(&findings).collect();
        let [block] = blocks.try_into().unwrap();
        assert_eq!(block.text(&versions(&[36])), "on\nhelp: remove the setting");
    }
}
