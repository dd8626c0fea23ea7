//! Gates in a form for people who review them: a line for each gate, in sections.
//!
//! ```text
//! [kubernetes 1.37]
//! NodeSwap: alpha 1.22, beta off 1.28, beta 1.30, GA 1.34
//! APIListChunking: alpha 1.8, beta 1.9, GA 1.29, removed 1.33
//! ```
//!
//! A milestone is a stage, its default and lock where these are not the usual ones (an alpha gate is off, a beta gate
//! on, a GA gate on and locked), and the first release to which it applies; `compat` is the minimum compatibility
//! version that it needs. A deprecated gate has no usual default, so it always says one.

use std::fmt::Write as _;

use featuregate_core::{RawMilestone, RawSpec, Stage, Version};

/// A part of a text, under its title in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section<'t> {
    /// What is in the brackets.
    pub title: &'t str,
    /// Its lines, also comments and empty ones.
    pub body: &'t str,
}

impl<'t> Section<'t> {
    /// Its lines, without comments and empty ones.
    pub fn lines(self) -> impl Iterator<Item = &'t str> {
        self.body.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }
}

/// The sections of a text; what is before the first one is not in any.
pub fn sections(text: &str) -> impl Iterator<Item = Section<'_>> {
    let starts = text.match_indices("\n[").map(|(at, _)| at + 1);
    let starts: Vec<usize> = text.starts_with('[').then_some(0).into_iter().chain(starts).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| {
        let (title, body) = text.get(start..end)?.strip_prefix('[')?.split_once("]\n")?;
        Some(Section { title, body })
    })
}

/// The gate of a line.
///
/// # Errors
/// What is wrong with the line.
///
/// ```
/// use featuregate_cli::compact::{gate, line};
///
/// let written = "NodeSwap: alpha 1.22, beta off 1.28, beta 1.30, GA 1.34, removed 1.37";
/// let spec = gate(written)?;
/// assert_eq!((spec.milestones.len(), spec.removed.as_deref()), (4, Some("1.37")));
/// assert_eq!(line(&spec), written);
/// # Ok::<(), String>(())
/// ```
pub fn gate(line: &str) -> Result<RawSpec, String> {
    let wrong = |what: &str| Err(format!("{what} in line {line:?}"));
    let Some((name, history)) = line.split_once(": ") else { return wrong("no history") };
    let mut spec = RawSpec::new(name);
    for part in history.split(", ") {
        match part.strip_prefix("removed ") {
            Some(release) if release.parse::<Version>().is_ok() => {
                spec.removed = Some(release.to_owned());
            }
            Some(_) => return wrong("a removal without release"),
            None => match milestone(part) {
                Some(milestone) => spec.milestones.push(milestone),
                None => return wrong(&format!("{part:?} is not a milestone")),
            },
        }
    }
    Ok(spec)
}

fn milestone(part: &str) -> Option<RawMilestone> {
    let mut words = part.split(' ');
    let stage = words.next()?;
    let stage = STAGES.into_iter().find(|known| known.as_word() == stage)?;
    let mut default = stage.usual_default();
    let mut locked = stage.usually_locked();
    let mut since = None;
    let mut min_compat = None;
    while let Some(word) = words.next() {
        match word {
            "on" => default = Some(true),
            "off" => default = Some(false),
            "locked" => locked = true,
            "unlocked" => locked = false,
            "compat" => min_compat = Some(release(words.next()?)?),
            word => since = Some(release(word)?),
        }
    }
    let mut milestone = RawMilestone::new(since?, stage).with_default(default?).with_lock(locked);
    milestone.min_compat = min_compat;
    Some(milestone)
}

const STAGES: [Stage; 4] = [Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Deprecated];

fn release(word: &str) -> Option<String> {
    word.parse::<Version>().ok().map(|version| version.to_string())
}

/// The line of a gate.
#[must_use]
pub fn line(spec: &RawSpec) -> String {
    let mut line = format!("{}:", spec.name);
    for milestone in &spec.milestones {
        let stage = milestone.stage;
        let _ = write!(line, " {}", stage.as_word());
        if stage.usual_default() != Some(milestone.default) {
            line.push_str(if milestone.default { " on" } else { " off" });
        }
        if stage.usually_locked() != milestone.locked {
            line.push_str(if milestone.locked { " locked" } else { " unlocked" });
        }
        let _ = write!(line, " {}", milestone.since.as_deref().unwrap_or_default());
        if let Some(version) = &milestone.min_compat {
            let _ = write!(line, " compat {version}");
        }
        line.push(',');
    }
    if let Some(release) = &spec.removed {
        let _ = write!(line, " removed {release}");
    }
    line.truncate(line.trim_end_matches(',').len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_same_after_it_was_read() {
        for text in [
            "A: alpha 1.1",
            "B: alpha on 1.1, beta off 1.2, beta locked 1.3, GA unlocked 1.4, GA 1.5, deprecated off locked 1.6",
            "C: beta off 1.37, beta 1.37 compat 1.37, removed 1.38",
        ] {
            assert_eq!(line(&gate(text).unwrap()), text);
        }
    }

    #[test]
    fn a_line_that_is_not_a_gate_is_reported() {
        for (text, message) in [
            ("A", "no history in line \"A\""),
            ("A: gamma 1.1", "\"gamma 1.1\" is not a milestone"),
            ("A: alpha", "\"alpha\" is not a milestone"),
            ("A: deprecated 1.1", "\"deprecated 1.1\" is not a milestone"),
            ("A: alpha 1.1, removed soon", "a removal without release"),
        ] {
            let error = gate(text).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn sections_have_their_lines_without_comments() {
        let text = "# about\n[a 1.1]\n# source\nA: x\n\n[b]\nB: y\n";
        let found: Vec<(&str, Vec<&str>)> =
            sections(text).map(|section| (section.title, section.lines().collect())).collect();
        assert_eq!(found, [("a 1.1", vec!["A: x"]), ("b", vec!["B: y"])]);
    }
}
