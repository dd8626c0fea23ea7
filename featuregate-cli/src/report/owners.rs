//! The gates that are due, by owner.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{Cell, Color};
use featuregate_core::Version;
use pulldown_cmark::{Event, HeadingLevel, Tag};
use serde::Serialize;

use crate::error::Error;
use crate::io::escape::escape;
use crate::lint::due::{Due, Reason};
use crate::report::page::{Page, is_address};
use crate::report::table::{self, Table};

/// Gates that are due at a release, by owner.
#[derive(Debug)]
pub(crate) struct Owners<'a> {
    target: Version,
    /// By owner; the gates without one last.
    owners: Vec<(Option<&'a str>, Vec<Due<'a>>)>,
}

/// What is due, in JSON.
#[derive(Debug, Serialize)]
struct DueJson<'a> {
    gate: &'a str,
    status: &'static str,
    due: String,
    reason: &'static str,
    stage: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<&'a str>,
}

/// An owner in JSON.
#[derive(Debug, Serialize)]
struct OwnerJson<'a> {
    owner: Option<&'a str>,
    gates: Vec<DueJson<'a>>,
}

/// The report in JSON.
#[derive(Debug, Serialize)]
pub(crate) struct OwnersJson<'a> {
    version: u32,
    target: String,
    owners: Vec<OwnerJson<'a>>,
}

impl<'a> Owners<'a> {
    pub(crate) fn of(target: Version, due: Vec<Due<'a>>) -> Self {
        let mut owners: BTreeMap<(bool, &str), Vec<Due<'a>>> = BTreeMap::new();
        for due in due {
            let owner = due.gate.spec.owner();
            owners.entry((owner.is_none(), owner.unwrap_or_default())).or_default().push(due);
        }
        let owners = owners.into_iter();
        let owners = owners.map(|((without, owner), due)| ((!without).then_some(owner), due));
        Self { target, owners: owners.collect() }
    }

    fn count(&self, is_overdue: bool) -> usize {
        let all = self.owners.iter().flat_map(|(_, due)| due);
        all.filter(|due| due.is_overdue == is_overdue).count()
    }

    /// `2 overdue, 1 soon at 1.36`.
    fn summary(&self) -> String {
        let counts = [true, false].map(|overdue| (self.count(overdue), status(overdue)));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(count, status)| format!("{count} {status}")).collect();
        let counts =
            if counts.is_empty() { "nothing is due".to_owned() } else { counts.join(", ") };
        format!("{counts} at {}", self.target)
    }

    /// A table for each owner.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = Style::new().bold();
        for (owner, due) in &self.owners {
            writeln!(out, "{bold}{}{bold:#}", escape(owner.unwrap_or(NOBODY)))?;
            let mut table = Table::new(["GATE", "STATUS", "DUE", "REASON", "ISSUE"]);
            for due in due {
                let color = if due.is_overdue { Color::DarkRed } else { Color::DarkYellow };
                table.push([
                    table::text(due.gate.gate.name()),
                    Cell::new(status(due.is_overdue)).fg(color),
                    Cell::new(due.release),
                    Cell::new(reason(due)),
                    table::text(due.gate.spec.issue().unwrap_or_default()),
                ]);
            }
            table.write(out)?;
            writeln!(out)?;
        }
        writeln!(out, "{}", self.summary())
    }

    /// A list with a box to check for each gate, as an issue has it.
    pub(crate) fn markdown(&self) -> Result<String, Error> {
        let mut page = Page::default();
        page.heading(HeadingLevel::H2, "Feature gates that are due");
        page.element(Tag::Paragraph, |page| page.text(format!("{}.", self.summary())));
        for (owner, due) in &self.owners {
            page.heading(HeadingLevel::H3, escape(owner.unwrap_or(NOBODY)));
            page.element(Tag::List(None), |page| {
                for due in due {
                    page.element(Tag::Item, |page| Self::item(page, due));
                }
            });
        }
        page.written()
    }

    fn item(page: &mut Page<'a>, due: &Due<'a>) {
        page.0.push(Event::TaskListMarker(false));
        page.code(escape(due.gate.gate.name()));
        let since = if due.is_overdue { "has been overdue since" } else { "is due in" };
        page.text(format!(" {since} {} ({})", due.release, reason(due)));
        match due.gate.spec.issue() {
            Some(issue) if is_address(issue) => {
                page.text(" · ");
                page.link(issue.to_owned(), "issue");
            }
            Some(issue) => page.text(format!(" · issue {}", escape(issue))),
            None => {}
        }
    }

    pub(crate) fn json(&self) -> OwnersJson<'a> {
        let gate = |due: &Due<'a>| DueJson {
            gate: due.gate.gate.name(),
            status: status(due.is_overdue),
            due: due.release.to_string(),
            reason: match due.reason {
                Reason::Removal => "removal",
                Reason::Expiry(_) => "expiry",
            },
            stage: due.gate.status.stage().as_str(),
            since: due.gate.since().map(|since| since.to_string()),
            issue: due.gate.spec.issue(),
        };
        let owner = |(owner, due): &(Option<&'a str>, Vec<Due<'a>>)| OwnerJson {
            owner: *owner,
            gates: due.iter().map(gate).collect(),
        };
        OwnersJson {
            version: 1,
            target: self.target.to_string(),
            owners: self.owners.iter().map(owner).collect(),
        }
    }
}

/// The owner that is shown for a gate that has none.
const NOBODY: &str = "(no owner)";

/// How urgent it is.
const fn status(is_overdue: bool) -> &'static str {
    if is_overdue { "overdue" } else { "soon" }
}

/// Why a gate is due, as one clause.
fn reason(due: &Due<'_>) -> String {
    match due.reason {
        Reason::Removal => "its removal is planned".to_owned(),
        Reason::Expiry(expiry) => format!("{} since {}", expiry.stage.as_word(), expiry.since),
    }
}
