//! The nodes of a text, and how they are put together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, IndexMut, Range};

use featuregate_core::__private::{Id, id, slice};

use super::super::keys::{Keys, Mentions};
use super::super::text::{Passage, Quotes, block, plain, quoted};

id! {
    /// A node of a tree.
    pub(crate) struct NodeId;
}

/// The nodes of a text in the order in which they begin, the documents of a stream one after the other.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(crate) anchors: Vec<Anchor>,
    /// The numbers of the anchors that aliases refer to.
    pub(crate) aliases: BTreeSet<usize>,
    /// The tags of nodes.
    pub(crate) tags: BTreeMap<NodeId, String>,
    /// Where keys are mentioned.
    pub(crate) mentions: Vec<usize>,
    /// Maps and lists that were not read to their end.
    pub(crate) open: Vec<NodeId>,
    /// Whether a comma is before the end of a map or list of JSON without comments.
    pub(crate) trailing: bool,
    /// Where and why reading ended before the text did.
    pub(crate) fault: Option<Fault>,
}

/// Why a text could not be read further.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) reason: String,
}

/// A name that aliases refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anchor {
    pub(crate) number: usize,
    pub(crate) node: NodeId,
    /// Where it is written.
    pub(crate) at: usize,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    start: u32,
    end: u32,
    /// How many nodes there are up to the end of those in it.
    after: u32,
    parent: Option<NodeId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Its children are keys and values, by turns.
    Map(Layout),
    Seq(Layout),
    Scalar(Style),
    /// Refers to the node with the anchor of that number, if there is one.
    Alias(Option<u32>),
}

/// How the children of a map or sequence are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
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
pub(crate) enum Style {
    /// A word or several without quotes, which may be a number, boolean or null.
    Plain,
    Quoted(Quotes),
    Literal,
    Folded,
}

impl Tree {
    /// Whether the text could not be read to its end.
    pub(crate) fn faulty(&self) -> bool {
        self.fault.is_some()
    }

    /// Where the scalars are, in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let texts = self.nodes.iter().filter(|node| matches!(node.kind, Kind::Scalar(_)));
        texts.map(|node| node.start as usize..node.end as usize)
    }

    pub(crate) fn span(&self, id: NodeId) -> Range<usize> {
        self[id].start as usize..self[id].end as usize
    }

    pub(crate) fn kind(&self, id: NodeId) -> Kind {
        self[id].kind
    }

    /// The node with the anchor of that number.
    pub(crate) fn anchored(&self, number: u32) -> Option<NodeId> {
        let number = number as usize;
        let found = self.anchors.binary_search_by_key(&number, |anchor| anchor.number).ok()?;
        self.anchors.get(found).map(|anchor| anchor.node)
    }

    /// Whether other parsers refuse the text: it has an alias of nothing, or JSON in single quotes or with a comma too
    /// many.
    pub(crate) fn is_lax(&self, text: &str) -> bool {
        self.trailing
            || self.nodes.iter().any(|node| match node.kind {
                Kind::Alias(number) => number.is_none(),
                Kind::Scalar(Style::Quoted(Quotes::Json)) => {
                    slice(text, node.start as usize..).starts_with('\'')
                }
                _ => false,
            })
    }

    /// The map or sequence that a node is in.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self[id].parent
    }

    /// The documents.
    pub(crate) fn roots(&self) -> Siblings<'_> {
        Siblings { tree: self, at: 0, end: number(self.nodes.len()) }
    }

    /// The items of a sequence, or the keys and values of a map, by turns.
    pub(crate) fn children(&self, id: NodeId) -> Siblings<'_> {
        Siblings { tree: self, at: number(id.index() + 1), end: self[id].after }
    }

    /// The keys and values of a map.
    pub(crate) fn entries(&self, id: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        let mut children = self.children(id);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The key of a value, if that is in a map.
    pub(crate) fn key(&self, value: NodeId) -> Option<NodeId> {
        let map = self.parent(value).filter(|parent| matches!(self.kind(*parent), Kind::Map(_)))?;
        let mut key = NodeId::from_index(number(value.index()).checked_sub(1)?);
        while self.parent(key)? != map {
            key = self.parent(key)?;
        }
        Some(key)
    }

    /// The text of a scalar.
    pub(crate) fn text<'p>(&self, id: NodeId, passage: &'p Passage<'_>) -> Option<Passage<'p>> {
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

impl Index<NodeId> for Tree {
    type Output = Node;

    #[expect(clippy::indexing_slicing, reason = "the tree created the id")]
    fn index(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }
}

impl IndexMut<NodeId> for Tree {
    #[expect(clippy::indexing_slicing, reason = "the tree created the id")]
    fn index_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }
}

/// Nodes beside each other.
#[derive(Clone, Debug)]
pub(crate) struct Siblings<'a> {
    tree: &'a Tree,
    at: u32,
    end: u32,
}

impl Iterator for Siblings<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId::from_index(self.at);
        self.at = self.tree[id].after;
        Some(id)
    }
}

/// Puts a tree together in the order of the text. The content of a map or list that has nothing to do with gates
/// is left out when it closes, so a large file takes little memory.
#[derive(Debug)]
pub(super) struct Planter<'t, 'k> {
    text: &'t str,
    /// Without these everything is kept.
    mentions: Option<Mentions<'k>>,
    pub(super) tree: Tree,
    /// The maps and lists that are open.
    pub(super) open: Vec<NodeId>,
    /// The node that was added last.
    pub(super) newest: Option<NodeId>,
    /// How many of them are in a value that is kept in any case.
    kept: usize,
    /// Where the last node ended.
    last: usize,
}

/// A byte or the number of a node; no text that is read has more than 4 GiB.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'t, 'k> Planter<'t, 'k> {
    pub(super) fn new(text: &'t str, keys: Option<&'k Keys>) -> Self {
        Self {
            text,
            mentions: keys.map(Mentions::new),
            tree: Tree { nodes: Vec::with_capacity((text.len() / 16).min(64)), ..Tree::default() },
            open: Vec::new(),
            newest: None,
            kept: 0,
            last: 0,
        }
    }

    pub(super) fn add(&mut self, kind: Kind, span: Range<usize>) -> NodeId {
        let id = NodeId::from_index(number(self.tree.nodes.len()));
        self.tree.nodes.push(Node {
            kind,
            start: number(span.start),
            end: number(span.end),
            after: number(id.index() + 1),
            parent: self.open.last().copied(),
        });
        self.last = span.end;
        self.newest = Some(id);
        id
    }

    /// Adds a map or sequence, which the following nodes are in.
    pub(super) fn open(&mut self, kind: Kind, span: Range<usize>) -> NodeId {
        let whole = self.kept > 0 || self.matters();
        let id = self.add(kind, span);
        self.open.push(id);
        self.kept += usize::from(whole);
        id
    }

    /// Closes the map or sequence that was opened last, at a byte or where its last node ends.
    pub(super) fn close(&mut self, at: Option<usize>) {
        let Some(id) = self.open.pop() else { return };
        let at = at.unwrap_or(self.last);
        if self.kept > 0 {
            self.kept -= 1;
        } else {
            self.leave_out(id, at);
        }
        let after = number(self.tree.nodes.len());
        let node = &mut self.tree[id];
        node.after = after;
        node.end = number(at).max(node.start);
        self.last = at.max(self.last);
    }

    /// Keeps all of the map or list that was opened last, if it is that one.
    pub(super) fn keep(&mut self, id: NodeId) {
        if self.kept == 0 && self.open.last() == Some(&id) {
            self.kept = 1;
        }
    }

    /// Whether the map or list that begins is the value of a key that mentions gates, or of one that describes
    /// its neighbour.
    fn matters(&mut self) -> bool {
        let Some(mentions) = &mut self.mentions else { return true };
        let in_map = self.open.last().is_some_and(|id| matches!(self.tree.kind(*id), Kind::Map(_)));
        let Some(key) = self.tree.nodes.last().filter(|_| in_map) else { return false };
        let span = key.start as usize..key.end as usize;
        let written = slice(self.text, span.clone());
        // What a name sets, and what shows who reads it.
        let neighbours = ["chart", "command", "image", "metadata", "value", "valueFrom"];
        mentions.within(self.text, &span) || neighbours.contains(&written.trim_matches(['"', '\'']))
    }

    /// Leaves out the content of a map or list, unless it mentions a key or has an anchor.
    fn leave_out(&mut self, id: NodeId, end: usize) {
        let Some(mentions) = &mut self.mentions else { return };
        let start = self.tree[id].start as usize;
        let anchored = self.tree.anchors.last().is_some_and(|anchor| anchor.node >= id);
        if !anchored && !mentions.within(self.text, &(start..end)) {
            self.tree.nodes.truncate(id.index() + 1);
        }
    }

    /// How many entries and items the innermost map or sequence has, if it has an odd number of them.
    fn lacks_value(&self) -> bool {
        let Some(map) = self.open.last() else { return false };
        let tree = &self.tree;
        matches!(tree.kind(*map), Kind::Map(_)) && {
            let end = number(tree.nodes.len());
            Siblings { tree, at: number(map.index() + 1), end }.count() % 2 == 1
        }
    }

    /// The tree as far as it goes.
    pub(super) fn finish(mut self, fault: Option<Fault>) -> Tree {
        if fault.is_some() {
            self.tree.open = self.open.clone();
        }
        // Those that are open end here, so that their content can be counted.
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
