//! A document as a tree of places: maps, lists and scalars, flat in the order of the text.

use std::collections::HashMap;
use std::ops::Range;

/// A node and how far its subtree reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    start: u32,
    end: u32,
    /// The number of the node after its subtree.
    after: u32,
    pub(super) kind: Kind,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its children are keys and values in turn.
    Map(Layout),
    List(Layout),
    Scalar(Style),
    /// Stands for another node of the document.
    Alias,
}

/// How the members of a map or list are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// By lines.
    Block,
    /// By commas between brackets.
    Flow,
    /// By lines, under a header of its own (TOML).
    Table,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Within quotes, which are part of its span, as it stands.
    Quoted,
    /// Within quotes, which are part of its span, with escapes.
    Escaped,
    /// In indented lines of its own, from the first letter on.
    Block,
}

/// A document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// Where the text of the last complete node ends.
    end: u32,
    /// For each alias the node that it stands for.
    aliases: HashMap<usize, usize>,
}

impl Tree {
    /// Forgets everything but the memory that it took.
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.open.clear();
        self.aliases.clear();
    }

    /// How many nodes are open, one in another.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Adds a node without children.
    pub(super) fn leaf(&mut self, span: Range<usize>, kind: Kind) -> usize {
        let number = self.nodes.len();
        self.nodes.push(Node {
            start: short(span.start),
            end: short(span.end),
            after: short(number + 1),
            kind,
        });
        self.end = short(span.end);
        number
    }

    /// Adds a node that stands for another one.
    pub(super) fn alias(&mut self, span: Range<usize>, of: Option<usize>) {
        let number = self.leaf(span, Kind::Alias);
        if let Some(of) = of {
            self.aliases.insert(number, of);
        }
    }

    /// Adds a node whose children follow.
    pub(super) fn open(&mut self, start: usize, kind: Kind) -> usize {
        let number = self.leaf(start..start, kind);
        self.open.push(number);
        number
    }

    /// The children of the last open node are complete.
    pub(super) fn close(&mut self, end: usize) {
        let after = short(self.nodes.len());
        let last = self.end;
        if let Some(node) = self.open.pop().and_then(|number| self.nodes.get_mut(number)) {
            // Where a block ends is where its last member does, not where the next line begins.
            let flow = matches!(node.kind, Kind::Map(Layout::Flow) | Kind::List(Layout::Flow));
            node.end = if flow { short(end) } else { last.max(node.start) };
            node.after = after;
            self.end = node.end;
        }
    }

    /// The children of all open nodes are complete.
    pub(super) fn close_all(&mut self, end: usize) {
        while !self.open.is_empty() {
            self.close(end);
        }
    }

    /// A node ends there, wherever its children stand.
    pub(super) fn set_end(&mut self, node: usize, end: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.end = short(end);
        }
    }

    /// The first node, if the document has one.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.nodes.is_empty()).then_some(0)
    }

    pub(super) fn kind(&self, node: usize) -> Kind {
        self.nodes.get(node).map_or(Kind::Alias, |node| node.kind)
    }

    /// The bytes of the text that a node takes.
    pub(super) fn span(&self, node: usize) -> Range<usize> {
        self.nodes.get(node).map_or(0..0, |node| node.start as usize..node.end as usize)
    }

    /// The children of a node.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes.get(node).map_or(0, |node| node.after as usize);
        let next = move |child: &usize| {
            let after = self.nodes.get(*child)?.after as usize;
            (after < end).then_some(after)
        };
        std::iter::successors((node + 1 < end).then_some(node + 1), next)
    }

    /// The keys of a map with their values.
    pub(super) fn entries(&self, map: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut children = self.children(map);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The node itself, or the one that an alias stands for.
    pub(super) fn meant(&self, node: usize) -> Option<usize> {
        match self.kind(node) {
            Kind::Alias => self.aliases.get(&node).copied(),
            _ => Some(node),
        }
    }
}

/// A place in a text, which is shorter than four gigabytes.
fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
