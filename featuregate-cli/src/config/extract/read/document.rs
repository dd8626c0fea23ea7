//! Walks a tree and finds what contains gates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use featuregate_core::__private::slice;

use super::super::keys::Under;
use super::super::removal::{CellId, PartId, RowId};
use super::super::setting::{Consumer, ListId};
use super::super::text::Passage;
use super::super::tree::{Kind, Layout, NodeId, Style, Tree};
use super::reading::Reading;

/// What a tree was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Json,
    Toml,
}

/// A tree that is being read.
#[derive(Debug)]
pub(super) struct Document<'d, 'f, 'p, 't> {
    pub(super) reading: &'d mut Reading<'f>,
    pub(super) passage: &'p Passage<'t>,
    pub(super) tree: Tree,
    pub(super) language: Language,
    /// The part that it is in, where it is a text in a text.
    pub(super) host: Option<PartId>,
    /// How many texts it lies in.
    pub(super) depth: usize,
    pub(super) parts: BTreeMap<NodeId, PartId>,
    pub(super) rows: BTreeMap<NodeId, Option<RowId>>,
    /// The cells of nodes in their rows.
    pub(super) cells: BTreeMap<NodeId, CellId>,
    /// The lists of the arguments of sequences, one for each branch of a template.
    pub(super) arguments: BTreeMap<(NodeId, usize), ListId>,
    /// The lists of maps behind dotted keys, by the map that they are in and the key.
    pub(super) dotted: BTreeMap<(NodeId, String), ListId>,
    /// The items before those of sequences that are looked at.
    pub(super) before: BTreeMap<NodeId, NodeId>,
    /// Whether the items of sequences are pieces of one text.
    pub(super) joined: BTreeMap<NodeId, bool>,
    /// What is known of maps that contain others.
    around: BTreeMap<NodeId, Around>,
    /// Nodes whose gates are listed.
    pub(super) done: BTreeSet<NodeId>,
    /// Nodes that contain gates because of an alias.
    pub(super) meant: Vec<Meant>,
    /// Nodes to look at, the next one last.
    pub(super) next: Vec<NodeId>,
    /// What reads the text that this one is in.
    pub(super) outer: Arc<Consumer>,
    /// Whether the names of the list that is read are off.
    pub(super) off: bool,
    /// What reads it, where its key says that.
    pub(super) named: Option<&'static str>,
}

/// A node that contains gates because of an alias.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    node: NodeId,
    /// What the key of the alias says.
    under: Under,
    /// Whether its names are off.
    off: bool,
}

/// What is known of a map, for each of its entries.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// The maps that are merged into it.
    pub(super) merged: Vec<NodeId>,
    /// Whether it has a `kind`, and an `apiVersion`.
    pub(super) has_kind: bool,
    pub(super) has_version: bool,
}

/// How many entries a map has at most in which one describes another.
pub(super) const RECORD: usize = 64;

/// All that is in a document.
pub(super) fn roots(document: &Document<'_, '_, '_, '_>) -> Vec<NodeId> {
    document.tree.roots().collect()
}

/// What is not for cargo in a `Cargo.toml`.
pub(super) fn metadata(document: &Document<'_, '_, '_, '_>) -> Vec<NodeId> {
    let tree = &document.tree;
    // A table is in parts where another one is between its headers.
    let named = |map: NodeId, names: &'static [&'static str]| {
        let is_named = |key| names.iter().any(|name| document.is_text(key, name));
        tree.entries(map).filter(move |(key, _)| is_named(*key)).map(|(_, value)| value)
    };
    let tables = tree.roots().flat_map(|root| named(root, &["package", "workspace"]));
    tables.flat_map(|table| named(table, &["metadata"])).collect()
}

impl<'d, 'f, 'p, 't> Document<'d, 'f, 'p, 't> {
    pub(super) fn new(
        reading: &'d mut Reading<'f>,
        passage: &'p Passage<'t>,
        tree: Tree,
        language: Language,
    ) -> Self {
        Self {
            outer: Arc::clone(&reading.consumer),
            off: false,
            named: None,
            reading,
            passage,
            tree,
            language,
            host: None,
            depth: 0,
            parts: BTreeMap::new(),
            rows: BTreeMap::new(),
            cells: BTreeMap::new(),
            arguments: BTreeMap::new(),
            dotted: BTreeMap::new(),
            before: BTreeMap::new(),
            joined: BTreeMap::new(),
            around: BTreeMap::new(),
            done: BTreeSet::new(),
            meant: Vec::new(),
            next: Vec::new(),
        }
    }

    /// The same as a text in a text, which is in that part.
    pub(super) fn within(self, host: Option<PartId>, depth: usize) -> Self {
        Self { host, depth, ..self }
    }

    pub(super) fn walk(self) {
        let roots = roots(&self);
        self.walk_from(roots);
    }

    /// Reads what is in these nodes.
    pub(super) fn walk_from(mut self, roots: Vec<NodeId>) {
        if self.tree.mentions.is_empty() {
            return;
        }
        self.next = roots;
        // Back to front, so that the stack gives them front to back.
        self.next.reverse();
        while let Some(id) = self.next.pop() {
            if !self.done.contains(&id) && self.mentioned(id, id) {
                match self.tree.kind(id) {
                    Kind::Map(_) => self.map(id),
                    Kind::Seq(_) => self.seq(id),
                    Kind::Scalar(_) => self.scalar(id),
                    Kind::Alias(_) => {}
                }
            }
        }
        let around = self.reading.under;
        while let Some(Meant { node, under, off }) = self.meant.pop() {
            if !self.done.contains(&node) {
                (self.reading.under, self.off) = (under, off);
                self.gates(node, None);
            }
        }
        self.reading.under = around;
        self.reading.consumer = Arc::clone(&self.outer);
        let used = &self.tree.aliases;
        let anchors = self.tree.anchors.iter().filter(|anchor| used.contains(&anchor.number));
        let at = anchors.map(|anchor| self.passage.span(anchor.at..anchor.at).start);
        self.reading.parts.anchors.extend(at);
    }

    /// Reads what an alias refers to later, as what is under its key.
    pub(super) fn mean(&mut self, alias: NodeId) {
        let (under, off) = (self.reading.under, self.off);
        self.meant.extend(self.target(alias).map(|node| Meant { node, under, off }));
    }

    /// The node that an alias refers to.
    pub(super) fn target(&self, alias: NodeId) -> Option<NodeId> {
        let Kind::Alias(Some(number)) = self.tree.kind(alias) else { return None };
        self.tree.anchored(number)
    }

    /// Whether the text between two nodes, both included, mentions a key.
    pub(super) fn mentioned(&self, first: NodeId, last: NodeId) -> bool {
        let (start, end) = (self.tree.span(first).start, self.tree.span(last).end);
        let mentions = &self.tree.mentions;
        let at = mentions.partition_point(|mention| *mention < start);
        mentions.get(at).is_some_and(|mention| *mention < end)
    }

    /// The text of a scalar, decoded.
    pub(super) fn text_of(&self, id: NodeId) -> Option<Passage<'p>> {
        self.tree.text(id, self.passage)
    }

    /// A node as it is written.
    pub(super) fn written(&self, id: NodeId) -> &str {
        slice(self.passage.text(), self.tree.span(id))
    }

    /// Whether a scalar is that word.
    pub(super) fn is_text(&self, id: NodeId, word: &str) -> bool {
        match self.tree.kind(id) {
            // Of several lines it would have a space.
            Kind::Scalar(Style::Plain) => self.written(id) == word,
            Kind::Scalar(Style::Quoted(_)) if self.tree.span(id).len() < word.len() + 2 => false,
            _ => self.text_of(id).is_some_and(|text| text.text() == word),
        }
    }

    /// What is known of a map.
    pub(super) fn around(&mut self, map: NodeId) -> Around {
        if let Some(known) = self.around.get(&map) {
            return known.clone();
        }
        let merged = self.tree.entries(map).filter(|(key, _)| self.is_text(*key, "<<"));
        let around = Around {
            merged: merged.map(|(_, source)| source).collect(),
            has_kind: self.has(map, "kind"),
            has_version: self.has(map, "apiVersion"),
        };
        self.around.insert(map, around.clone());
        around
    }

    /// Reads a part of which nothing can be removed, unless it can be changed.
    pub(super) fn frozen_unless(&mut self, changeable: bool, read: impl FnOnce(&mut Self)) {
        let wanted = self.reading.parts.narrow(changeable);
        read(self);
        self.reading.parts.wanted = wanted;
    }

    /// Reads the value of a key, which may say something about it.
    pub(super) fn under(&mut self, key: &str, read: impl FnOnce(&mut Self)) {
        let under = self.reading.keys.under(key);
        let around = std::mem::replace(&mut self.reading.under, under);
        read(self);
        self.reading.under = around;
    }

    /// The value of a map's key.
    pub(super) fn entry(&self, entries: &[(NodeId, NodeId)], wanted: &str) -> Option<NodeId> {
        entries.iter().find(|(key, _)| self.is_text(*key, wanted)).map(|(_, value)| *value)
    }

    /// Whether a scalar, or the one that an alias refers to, is null.
    pub(super) fn is_null(&self, id: NodeId) -> bool {
        let id = self.target(id).unwrap_or(id);
        self.tree.kind(id) == Kind::Scalar(Style::Plain)
            && matches!(self.written(id), "" | "~" | "null" | "Null" | "NULL")
    }

    pub(super) fn is_block(&self, id: NodeId) -> bool {
        matches!(self.tree.kind(id), Kind::Map(layout) | Kind::Seq(layout) if layout != Layout::Flow)
    }
}
