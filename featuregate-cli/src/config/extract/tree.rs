//! YAML, JSON and TOML as one tree of nodes with their places.

mod json;
mod toml;
mod yaml;

use std::ops::Range;

use featuregate_core::__private::slice;

pub(super) use json::json;
pub(super) use toml::toml;
pub(super) use yaml::yaml;

use super::keys::{Keys, Mentions};
use super::text::{Passage, Quotes, block, plain, quoted};

/// A node, as an index into its tree.
pub(super) type Id = u32;

/// No node.
pub(super) const NONE: Id = u32::MAX;

/// The nodes of a text in the order in which they begin, the documents of a stream one after the other.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    pub(super) anchors: Vec<Anchor>,
    /// Where keys are mentioned.
    pub(super) mentions: Vec<usize>,
    /// Maps and lists that were not read to their end.
    pub(super) open: Vec<Id>,
    /// Where and why reading ended before the text did.
    pub(super) fault: Option<Fault>,
}

/// Why a text could not be read further.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) reason: String,
}

/// A name that aliases refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) number: usize,
    pub(super) node: Id,
    /// Where it is written.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    start: u32,
    end: u32,
    /// The first node after those in it.
    after: Id,
    pub(super) parent: Id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its children are keys and values, by turns.
    Map(Layout),
    Seq(Layout),
    Scalar(Style),
    /// Stands for the node with the anchor of that number.
    Alias(u32),
}

/// How the children of a map or sequence stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// On lines, as in YAML.
    Block,
    /// With commas between.
    Flow,
    /// On lines below a header of TOML.
    Header,
    /// In an array of tables of TOML.
    Tables,
    /// Behind a key with dots of TOML.
    Dotted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A word or several without quotes, which may be a number, boolean or null.
    Plain,
    Quoted(Quotes),
    Literal,
    Folded,
}

impl Tree {
    /// Whether the text could not be read to its end.
    pub(super) fn faulty(&self) -> bool {
        self.fault.is_some()
    }

    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The numbers of the anchors that aliases refer to.
    pub(super) fn alias_numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.nodes.iter().filter_map(|node| match node.kind {
            Kind::Alias(number) => Some(number as usize),
            _ => None,
        })
    }

    pub(super) fn span(&self, id: Id) -> Range<usize> {
        self.node(id).map_or(0..0, |node| node.start as usize..node.end as usize)
    }

    pub(super) fn kind(&self, id: Id) -> Kind {
        self.node(id).map_or(Kind::Alias(NONE), |node| node.kind)
    }

    /// The map or sequence that a node stands in.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).map(|node| node.parent).filter(|parent| *parent != NONE)
    }

    /// The documents.
    pub(super) fn roots(&self) -> Siblings<'_> {
        let end = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        Siblings { tree: self, at: 0, end }
    }

    /// The items of a sequence, or the keys and values of a map, by turns.
    pub(super) fn children(&self, id: Id) -> Siblings<'_> {
        Siblings { tree: self, at: id + 1, end: self.node(id).map_or(0, |node| node.after) }
    }

    /// The keys and values of a map.
    pub(super) fn entries(&self, id: Id) -> impl Iterator<Item = (Id, Id)> + '_ {
        let mut children = self.children(id);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The text of a scalar.
    pub(super) fn text<'p>(&self, id: Id, passage: &'p Passage<'_>) -> Option<Passage<'p>> {
        let span = self.span(id);
        match self.kind(id) {
            Kind::Scalar(Style::Plain) => Some(plain(passage, span)),
            Kind::Scalar(Style::Quoted(quotes)) => Some(quoted(passage, span, quotes)),
            Kind::Scalar(Style::Literal) => Some(block(passage, span, false)),
            Kind::Scalar(Style::Folded) => Some(block(passage, span, true)),
            _ => None,
        }
    }
}

/// Nodes beside each other.
#[derive(Clone, Debug)]
pub(super) struct Siblings<'a> {
    tree: &'a Tree,
    at: Id,
    end: Id,
}

impl Iterator for Siblings<'_> {
    type Item = Id;

    fn next(&mut self) -> Option<Id> {
        if self.at >= self.end {
            return None;
        }
        let id = self.at;
        self.at = self.tree.node(id)?.after;
        Some(id)
    }
}

/// Puts a tree together in the order of the text. What stands in a map or list that has nothing to do with gates
/// is left out when it closes, so a large file takes little memory.
#[derive(Debug)]
struct Planter<'t, 'k> {
    text: &'t str,
    /// Without these everything is kept.
    mentions: Option<Mentions<'k>>,
    tree: Tree,
    /// The maps and lists that are open.
    open: Vec<Id>,
    /// How many of them stand in a value that is kept whatever it is.
    kept: usize,
    /// Where the last node ended.
    last: usize,
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'t, 'k> Planter<'t, 'k> {
    fn new(text: &'t str, keys: Option<&'k Keys>) -> Self {
        Self {
            text,
            mentions: keys.map(Mentions::new),
            tree: Tree { nodes: Vec::with_capacity((text.len() / 16).min(64)), ..Tree::default() },
            open: Vec::new(),
            kept: 0,
            last: 0,
        }
    }

    fn add(&mut self, kind: Kind, span: Range<usize>) -> Id {
        let id = place(self.tree.nodes.len());
        self.tree.nodes.push(Node {
            kind,
            start: place(span.start),
            end: place(span.end),
            after: id.saturating_add(1),
            parent: self.open.last().copied().unwrap_or(NONE),
        });
        self.last = span.end;
        id
    }

    /// Adds a map or sequence, which those that follow stand in.
    fn open(&mut self, kind: Kind, span: Range<usize>) -> Id {
        let whole = self.kept > 0 || self.matters();
        let id = self.add(kind, span);
        self.open.push(id);
        self.kept += usize::from(whole);
        id
    }

    /// Closes the map or sequence that was opened last, at a byte or where its last node ends.
    fn close(&mut self, at: Option<usize>) {
        let Some(id) = self.open.pop() else { return };
        let at = at.unwrap_or(self.last);
        if self.kept > 0 {
            self.kept -= 1;
        } else {
            self.leave_out(id, at);
        }
        let after = place(self.tree.nodes.len());
        if let Some(node) = self.tree.nodes.get_mut(id as usize) {
            node.after = after;
            node.end = place(at).max(node.start);
        }
        self.last = at.max(self.last);
    }

    /// Keeps all of the map or list that was opened last, if it is that one.
    fn keep(&mut self, id: Id) {
        if self.kept == 0 && self.open.last() == Some(&id) {
            self.kept = 1;
        }
    }

    /// Whether the map or list that begins is the value of a key that mentions gates, or of one that says what
    /// its neighbour is about.
    fn matters(&mut self) -> bool {
        let Some(mentions) = &mut self.mentions else { return true };
        let in_map = self.open.last().is_some_and(|id| matches!(self.tree.kind(*id), Kind::Map(_)));
        let Some(key) = self.tree.nodes.last().filter(|_| in_map) else { return false };
        let span = key.start as usize..key.end as usize;
        let written = slice(self.text, span.clone());
        mentions.within(self.text, &span) || written.trim_matches(['"', '\'']) == "value"
    }

    /// Leaves out what stands in a map or list, unless it mentions a key or has an anchor.
    fn leave_out(&mut self, id: Id, end: usize) {
        let Some(mentions) = &mut self.mentions else { return };
        let start = self.tree.nodes.get(id as usize).map_or(0, |node| node.start as usize);
        let anchored = self.tree.anchors.last().is_some_and(|anchor| anchor.node >= id);
        if !anchored && !mentions.within(self.text, &(start..end)) {
            self.tree.nodes.truncate(id as usize + 1);
        }
    }

    /// How many entries and items the innermost map or sequence has, if it has an odd number of them.
    fn lacks_value(&self) -> bool {
        let Some(map) = self.open.last() else { return false };
        let tree = &self.tree;
        matches!(tree.kind(*map), Kind::Map(_)) && {
            let end = place(tree.nodes.len());
            Siblings { tree, at: map + 1, end }.count() % 2 == 1
        }
    }

    /// The tree as far as it goes.
    fn finish(mut self, fault: Option<Fault>) -> Tree {
        if fault.is_some() {
            self.tree.open = self.open.clone();
        }
        // Those that are open end here for whoever counts what stands in them.
        while !self.open.is_empty() {
            if self.lacks_value() {
                self.add(Kind::Scalar(Style::Plain), self.last..self.last);
            }
            self.close(None);
        }
        if let Some(mut mentions) = self.mentions {
            mentions.scan(self.text, fault.as_ref().map_or(self.text.len(), |fault| fault.at));
            self.tree.mentions = mentions.found;
        }
        self.tree.fault = fault;
        self.tree
    }
}
