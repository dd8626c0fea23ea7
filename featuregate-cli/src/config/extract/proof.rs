//! The proof that edits of a text change nothing but what they are meant to.
//!
//! The text before and the text after are both read as a whole. What the first one has, without what the edits
//! remove, has to be what the second one has, in the same order.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use featuregate_core::__private::slice;
use tree_sitter::Node;

use super::read::embedded::{Text, kind_of};
use super::read::{is_changeable, shell};
use super::setting::Syntax;
use super::text::{Passage, is_mark};
use super::tree::{self, Kind, NodeId, Tree};
use crate::finding::Edit;

/// Whether a text after edits has what it had before, without what they remove and with what they replace.
pub(super) fn holds(syntax: Syntax, before: &str, after: &str, edits: &[Edit]) -> bool {
    // What ends a document is never a part of a setting.
    let ends_document = |edit: &Edit| {
        let removed = before.get(edit.span.0..edit.span.1).unwrap_or_default();
        syntax == Syntax::Yaml
            && removed
                .lines()
                .skip(1)
                .any(|line| line.starts_with("---") || line.starts_with("..."))
    };
    if !is_changeable(syntax, before) || edits.iter().any(ends_document) {
        return false;
    }
    let start = if before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = Passage::of_file(before);
    let passage = whole.slice(start..before.len());
    let Some(rest) = after.get(start..) else { return false };
    let text = match syntax {
        Syntax::Yaml => Text::Yaml,
        Syntax::Json => Text::Json,
        Syntax::Toml | Syntax::Cargo => Text::Toml,
        Syntax::Shell => Text::Shell,
        Syntax::Env | Syntax::Unit => Text::Lines,
        Syntax::Unknown | Syntax::Text => kind_of(passage.text()),
        Syntax::Dockerfile | Syntax::Makefile | Syntax::Unread(_) => return false,
    };
    same(text, &passage, rest, Edits(edits))
}

fn same(text: Text, before: &Passage<'_>, after: &str, edits: Edits<'_>) -> bool {
    match text {
        Text::Yaml => same_tree(tree::yaml, before, after, edits),
        Text::Json => same_tree(tree::json, before, after, edits),
        Text::Toml => same_tree(tree::toml, before, after, edits),
        Text::Shell => same_script(before, after, edits),
        // A line has a name and words, which are cut as a whole.
        Text::Lines | Text::Words => true,
    }
}

/// Edits in the order of the text, none of which overlap.
#[derive(Clone, Copy, Debug)]
struct Edits<'e>(&'e [Edit]);

impl<'e> Edits<'e> {
    /// Those that reach beyond a byte.
    fn beyond(self, byte: usize) -> &'e [Edit] {
        let first = self.0.partition_point(|edit| edit.span.1.max(edit.span.0 + 1) <= byte);
        self.0.split_at(first).1
    }

    /// Whether one changes something within a part.
    fn touch(self, span: &Range<usize>) -> bool {
        self.beyond(span.start).first().is_some_and(|edit| edit.span.0 < span.end)
    }

    /// What is removed together with a byte.
    fn removal_of(self, byte: usize) -> Option<Range<usize>> {
        let after = self.0.partition_point(|edit| edit.span.0 <= byte);
        let mut before = self.0.split_at(after).0.iter().rev();
        let edit = before.find(|edit| edit.span.0 < edit.span.1)?;
        (edit.text.is_empty() && byte < edit.span.1).then_some(edit.span.0..edit.span.1)
    }

    /// Whether one removes a part as a whole.
    fn remove(self, span: &Range<usize>) -> bool {
        self.removal_of(span.start).is_some_and(|removed| span.end <= removed.end)
    }
}

/// Something that a tree has, in the order of the text.
#[derive(Debug, PartialEq, Eq)]
enum Item<'a> {
    Map,
    Seq,
    End,
    /// The text of a scalar, and whether it is plain.
    Scalar(Cow<'a, str>, bool),
    /// The tag of what follows.
    Tag(String),
    /// What follows has an anchor.
    Anchor,
    /// Which item it refers to.
    Alias(Option<usize>),
}

type Read = fn(&str, Option<&super::keys::Keys>) -> Tree;

fn same_tree(read: Read, before: &Passage<'_>, after: &str, edits: Edits<'_>) -> bool {
    let (old, new) = (read(before.text(), None), read(after, None));
    if old.faulty() || new.faulty() || old.is_lax(before.text()) {
        return false;
    }
    let passage = Passage::of_file(after);
    let expected = Items::of(&old, before, edits);
    let found = Items::of(&new, &passage, Edits(&[]));
    // A text of which nothing is left may have a document with nothing in it, but no marks of documents.
    if expected.kept.is_empty() {
        return new.roots().all(|root| slice(after, new.span(root)).is_empty())
            && !after.lines().any(is_mark);
    }
    if expected.kept != found.kept || expected.cut.len() > found.kept.len() {
        return false;
    }
    // Others do not take the end of a document before there is one.
    let content = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    if after.lines().find(content).is_some_and(|line| line.starts_with("...")) {
        return false;
    }
    // What is in the scalars that were edited.
    expected.cut.iter().all(|(index, scalar)| {
        let Some(Item::Scalar(text, ..)) = found.kept.get(*index) else { return false };
        // Others take these lines for the ends of documents.
        if scalar.text().lines().any(|line| matches!(line.trim(), "..." | "---")) {
            return false;
        }
        same(kind_of(scalar.text()), scalar, text, edits)
    })
}

/// The items of a tree that edits keep.
struct Items<'a, 't> {
    tree: &'a Tree,
    passage: &'a Passage<'t>,
    edits: Edits<'a>,
    /// The nodes with anchors.
    anchored: HashSet<NodeId>,
    kept: Vec<Item<'a>>,
    /// The item of each node that something may refer to.
    known: HashMap<NodeId, usize>,
    /// The scalars that are edited, by item.
    cut: Vec<(usize, Passage<'a>)>,
}

impl<'a, 't> Items<'a, 't> {
    fn of(tree: &'a Tree, passage: &'a Passage<'t>, edits: Edits<'a>) -> Self {
        let anchored = tree.anchors.iter().map(|anchor| anchor.node).collect();
        let (kept, known, cut) = (Vec::new(), HashMap::new(), Vec::new());
        let mut items = Self { tree, passage, edits, anchored, kept, known, cut };
        items.add_kept(tree.roots());
        items
    }

    /// Adds the nodes that are not removed.
    fn add_kept(&mut self, nodes: impl Iterator<Item = NodeId>) {
        for node in nodes {
            if !self.is_removed(node) {
                self.add(node);
            }
        }
    }

    /// Adds a node. A tree is at most 200 deep.
    fn add(&mut self, id: NodeId) {
        self.kept.extend(self.tree.tags.get(&id).cloned().map(Item::Tag));
        self.kept.extend(self.anchored.contains(&id).then_some(Item::Anchor));
        self.known.insert(id, self.kept.len());
        match self.tree.kind(id) {
            Kind::Map(_) => {
                self.kept.push(Item::Map);
                for (key, value) in self.tree.entries(id) {
                    if !self.is_removed(key) {
                        self.add(key);
                        self.add(value);
                    }
                }
                self.kept.push(Item::End);
            }
            Kind::Seq(_) => {
                self.kept.push(Item::Seq);
                self.add_kept(self.tree.children(id));
                self.kept.push(Item::End);
            }
            Kind::Scalar(style) => {
                let Some(text) = self.tree.text(id, self.passage) else { return };
                let edited = self.edits.touch(&self.passage.span(self.tree.span(id)));
                let is_plain = style == tree::Style::Plain;
                let expected = if edited {
                    let rest = rest(&text, self.edits);
                    self.cut.push((self.kept.len(), text));
                    Cow::Owned(rest)
                } else {
                    text.into_text()
                };
                // How many empty lines end a text depends on what follows it.
                let expected = trimmed(expected);
                self.kept.push(Item::Scalar(expected, is_plain));
            }
            Kind::Alias(number) => {
                let target = number.and_then(|number| self.tree.anchored(number));
                self.kept.push(Item::Alias(target.and_then(|node| self.known.get(&node).copied())));
            }
        }
    }

    /// Whether edits remove a key or an item: it is in one of them, or all that is in it is, with the dash before.
    fn is_removed(&self, id: NodeId) -> bool {
        if self.edits.0.is_empty() {
            return false;
        }
        let span = self.passage.span(self.tree.span(id));
        if !span.is_empty() && self.edits.remove(&span) {
            return true;
        }
        let starts_removed = || {
            let removed = self.edits.removal_of(span.start);
            removed.is_some_and(|removed| removed.start < span.start)
        };
        let is_emptied = match self.tree.kind(id) {
            Kind::Map(_) => self.are_removed(self.tree.entries(id).map(|(key, _)| key)),
            Kind::Seq(_) => self.are_removed(self.tree.children(id)),
            Kind::Scalar(_) | Kind::Alias(_) => false,
        };
        is_emptied && (self.tree.parent(id).is_none() || starts_removed())
    }

    /// Whether there are nodes, and all of them are removed.
    fn are_removed(&self, nodes: impl Iterator<Item = NodeId>) -> bool {
        let mut nodes = nodes.peekable();
        nodes.peek().is_some() && nodes.all(|node| self.is_removed(node))
    }
}

/// A text without the whitespace at its end.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end()),
        Cow::Owned(mut text) => {
            text.truncate(text.trim_end().len());
            Cow::Owned(text)
        }
    }
}

/// A text without what edits remove, and with what they write.
fn rest(text: &Passage<'_>, edits: Edits<'_>) -> String {
    let all = text.text();
    let whole = text.span(0..all.len());
    let edits = edits.beyond(whole.start).iter();
    let mut edits = edits.take_while(|edit| edit.span.0 <= whole.end).peekable();
    let mut rest = String::new();
    let mut removed = 0;
    for (at, c) in all.char_indices() {
        let start = text.span(at..at + c.len_utf8()).start;
        while let Some(edit) = edits.next_if(|edit| edit.span.0 <= start) {
            rest.push_str(&edit.text);
            removed = edit.span.1;
        }
        if start >= removed {
            rest.push(c);
        }
    }
    rest
}

/// A part of a script: the kind of a node, and its text if it has no parts itself.
type Part = (u16, Option<String>);

fn same_script(before: &Passage<'_>, after: &str, edits: Edits<'_>) -> bool {
    let (Some((old, script)), Some((new, again))) =
        (shell::parse(before.text()), shell::parse(after))
    else {
        return false;
    };
    if old.root_node().has_error() || new.root_node().has_error() || script.unread {
        return false;
    }
    let passage = Passage::of_file(after);
    let documents = script.heredocs.len() == again.heredocs.len()
        && script.heredocs.iter().zip(&again.heredocs).all(|(old, new)| {
            let (old, new) = (before.slice(old.body.clone()), slice(after, new.body.clone()));
            old.text() == new
                || rest(&old, edits) == new && same(kind_of(old.text()), &old, new, edits)
        });
    documents
        && parts(old.root_node(), before, edits) == parts(new.root_node(), &passage, Edits(&[]))
}

/// The parts of a script that edits keep.
fn parts(root: Node<'_>, passage: &Passage<'_>, edits: Edits<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut cursor = root.walk();
    let mut next = vec![root];
    while let Some(node) = next.pop() {
        let range = node.byte_range();
        if range.is_empty() || edits.remove(&passage.span(range.clone())) {
            continue;
        }
        let children: Vec<Node<'_>> = node.named_children(&mut cursor).collect();
        let leaf = children.is_empty().then(|| rest(&passage.slice(range), edits));
        if leaf.as_ref().is_some_and(String::is_empty) {
            continue;
        }
        parts.push((node.kind_id(), leaf));
        next.extend(children.into_iter().rev());
    }
    parts
}
