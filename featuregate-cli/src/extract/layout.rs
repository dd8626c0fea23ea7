//! How settings stand among others, so that they can be taken out without breaking what remains.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::finding::Edit;

/// Members of one map, list, text or line, which are kept apart in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    owner: Owner,
    form: Form,
    /// By place: the bytes of each in the file.
    members: Vec<Range<usize>>,
}

/// What becomes of whatever holds a group once all of its members are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// It goes too: these members of another group.
    Members(usize, Vec<usize>),
    /// They go as well, but don't hold the members: the header of a table.
    Beside(usize, Vec<usize>),
    /// It stays, and is written as empty: these bytes become that text.
    Emptied(Range<usize>, &'static str),
    /// It may be left empty.
    Open,
    /// It may not, so the members can't all go.
    Fixed,
}

/// How members are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// By commas.
    Commas,
    /// By lines.
    Lines,
    /// The bytes of each member can be left out as they are.
    Whole,
    /// In a way that allows for no removal.
    Unknown,
}

/// A member of a group, by numbers.
pub(super) type Member = (usize, usize);

/// The groups of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    groups: Vec<Group>,
}

impl Layout {
    /// Adds a group; groups that it depends on must have been added before.
    pub(super) fn group(
        &mut self,
        owner: Owner,
        form: Form,
        members: impl IntoIterator<Item = Range<usize>>,
    ) -> usize {
        self.groups.push(Group { owner, form, members: members.into_iter().collect() });
        self.groups.len() - 1
    }

    /// The edits that take members out.
    pub(super) fn removal(
        &self,
        text: &str,
        members: impl IntoIterator<Item = Member>,
    ) -> Option<Vec<Edit>> {
        let mut gone: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (group, member) in members {
            gone.entry(group).or_default().insert(member);
        }
        let mut spans = Vec::new();
        let mut emptied = Vec::new();
        // What holds a group has a smaller number, so it comes later.
        while let Some((number, members)) = gone.pop_last() {
            let group = self.groups.get(number)?;
            let all = members.len() == group.members.len();
            match (&group.owner, all) {
                (Owner::Fixed, true) => return None,
                (Owner::Emptied(span, text), true) => {
                    emptied.push(Edit { span: (span.start, span.end), text: (*text).to_owned() });
                }
                (Owner::Members(holder, of_holder), true) => {
                    gone.entry(*holder).or_default().extend(of_holder);
                }
                (owner, all) => {
                    spans.extend(group.spans(text, &members)?);
                    if let (Owner::Beside(header, of_header), true) = (owner, all) {
                        gone.entry(*header).or_default().extend(of_header);
                    }
                }
            }
        }
        let mut edits = merged(spans);
        edits.extend(emptied);
        edits.sort();
        Some(edits)
    }
}

impl Group {
    fn spans(&self, text: &str, gone: &BTreeSet<usize>) -> Option<Vec<Range<usize>>> {
        let member = |index: usize| self.members.get(index).cloned();
        match self.form {
            Form::Unknown => None,
            Form::Whole => gone.iter().map(|&index| member(index)).collect(),
            Form::Commas => self.between_commas(text, gone),
            Form::Lines => {
                let mut spans = Vec::new();
                for &index in gone {
                    let span = trimmed(text, member(index)?);
                    let before = text.get(..span.start)?;
                    let line = before.rfind('\n').map_or(0, |at| at + 1);
                    if !rest_is_blank(text, span.end)? {
                        return None;
                    }
                    let indent = text.get(line..span.start)?;
                    if indent.trim_matches(['\u{feff}', ' ', '\t']).is_empty() {
                        spans.push(line..line_end(text, span.end));
                        continue;
                    }
                    // The first member in the line of what holds it: the next one takes its place.
                    let next = (index + 1..self.members.len()).find(|next| !gone.contains(next))?;
                    spans.push(span.start..member(next)?.start);
                }
                Some(spans)
            }
        }
    }

    fn between_commas(&self, text: &str, gone: &BTreeSet<usize>) -> Option<Vec<Range<usize>>> {
        let mut spans = Vec::new();
        let mut left = gone.iter().copied().peekable();
        while let Some(first) = left.next() {
            let mut index = first + 1;
            while left.next_if_eq(&index).is_some() {
                index += 1;
            }
            let (start, end) = (self.members.get(first)?.start, self.members.get(index - 1)?.end);
            let span = match (self.members.get(index), first.checked_sub(1)) {
                (Some(next), _) => start..next.start,
                (None, Some(last)) => self.members.get(last)?.end..end,
                (None, None) => start..end,
            };
            // A comment between members belongs to one of them, and it is not known to which.
            if text.get(span.clone())?.contains('#') {
                return None;
            }
            spans.push(span);
        }
        Some(spans)
    }
}

/// Without blanks at the end, which a block scalar may have.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let length = text.get(span.clone()).unwrap_or_default().trim_end().len();
    span.start..span.start + length
}

/// Whether nothing but a comment follows in the line.
fn rest_is_blank(text: &str, at: usize) -> Option<bool> {
    let rest = text.get(at..)?;
    let line = rest.split('\n').next().unwrap_or_default();
    let trimmed = line.trim_start();
    Some(trimmed.is_empty() || trimmed.starts_with('#') && trimmed.len() < line.len())
}

/// Where the next line begins.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |found| at + found + 1)
}

/// The removals of these bytes, those that touch or overlap together.
fn merged(mut spans: Vec<Range<usize>>) -> Vec<Edit> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut edits: Vec<Edit> = Vec::new();
    for span in spans {
        match edits.last_mut() {
            Some(last) if last.span.1 >= span.start => last.span.1 = last.span.1.max(span.end),
            _ => edits.push(Edit { span: (span.start, span.end), text: String::new() }),
        }
    }
    edits
}
