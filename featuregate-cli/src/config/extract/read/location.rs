//! Where nodes are in the file, so that they can be removed.

use std::ops::Range;

use featuregate_core::__private::{IdVec, slice};

use super::super::removal::{Cell, Indented, Out, Part, PartId, Row, RowId, Rows};
use super::super::text::{line_end, line_start};
use super::super::tree::{Kind, Layout, NodeId, Style};
use super::document::{Document, Language};

impl Document<'_, '_, '_, '_> {
    /// The part of an item, or of the entry with that value, or of a document.
    /// Nothing where no parts are wanted.
    pub(super) fn part(&mut self, id: NodeId) -> Option<PartId> {
        if !self.reading.parts.wanted {
            return None;
        }
        let mut missing = Vec::new();
        let mut part = None;
        let mut at = Some(id);
        while let Some(node) = at {
            part = self.parts.get(&node).copied();
            if part.is_some() {
                break;
            }
            missing.push(node);
            at = self.tree.parent(node);
        }
        for node in missing.into_iter().rev() {
            let new = self.new_part(node, part);
            let new = self.reading.parts.all.push(new);
            self.parts.insert(node, new);
            part = Some(new);
        }
        part
    }

    /// The part of a map that is removed as one, such as a name with its value.
    pub(super) fn as_one(&mut self, map: NodeId) -> Option<PartId> {
        self.tree.parent(map)?;
        let part = self.part(map)?;
        let lines = self.whole_lines(map);
        let part_of = &mut self.reading.parts.all[part];
        part_of.covers = true;
        match &mut part_of.out {
            out @ (Out::Cut(_) | Out::Nothing) => *out = lines.map_or(Out::Fixed, Out::Cut),
            Out::Cell { own, .. } => *own = lines,
            Out::Stay | Out::Empty(..) | Out::Fixed => {}
        }
        Some(part)
    }

    /// What a node is, whose container is a part already.
    fn new_part(&mut self, node: NodeId, parent: Option<PartId>) -> Part {
        let parts = match self.tree.kind(node) {
            Kind::Map(_) => self.tree.entries(node).count(),
            Kind::Seq(_) => self.tree.children(node).count(),
            _ => 1,
        };
        // What was not read may contain more.
        let parts = parts + usize::from(self.tree.open.contains(&node));
        let covers = !self.is_block(node);
        let Some(container) = self.tree.parent(node) else {
            let stays = self.host.is_none() && covers;
            let out = if stays { Out::Stay } else { Out::Nothing };
            return Part { parent: self.host, parts, out, covers: false, also: None };
        };
        let out = self.out(node, container);
        Part { parent, parts, out, covers, also: None }
    }

    fn out(&mut self, node: NodeId, container: NodeId) -> Out {
        let (Kind::Map(layout) | Kind::Seq(layout)) = self.tree.kind(container) else {
            return Out::Fixed;
        };
        if self.is_needed(node, container) {
            return Out::Fixed;
        }
        // What a tag makes of a value is not known.
        if self.property(node).is_some_and(|property| property.starts_with('!')) {
            return Out::Fixed;
        }
        if let Some(stays) = self.stays(node, container) {
            return stays;
        }
        match layout {
            Layout::Flow => {
                let row = self.flow_row(container);
                self.cell(node, row, None)
            }
            Layout::Tables => Out::Stay,
            Layout::Header | Layout::Dotted => self.statement(node),
            Layout::Block if self.language == Language::Toml => self.statement(node),
            Layout::Block => self.block_out(node, container),
        }
    }

    /// The tag or the anchor that is right before a node.
    pub(super) fn property(&self, node: NodeId) -> Option<&str> {
        let before = slice(self.passage.text(), ..self.tree.span(node).start).trim_end();
        let word = before.rsplit(|c: char| c.is_whitespace() || ",[{".contains(c)).next()?;
        (self.language == Language::Yaml && word.starts_with(['!', '&'])).then_some(word)
    }

    /// A statement of TOML, or a header with what is below it.
    fn statement(&self, node: NodeId) -> Out {
        let start = self.start(node);
        let text = self.passage.text();
        let first = line_start(text, start);
        let end = match self.tree.kind(node) {
            // Its lines go one by one.
            Kind::Map(Layout::Dotted) => return Out::Nothing,
            Kind::Map(Layout::Header) | Kind::Seq(Layout::Tables) => start,
            _ => self.tree.span(node).end,
        };
        let header = matches!(self.tree.kind(node), Kind::Map(Layout::Header));
        let stop = line_end(text, end);
        let rest = slice(text, end..stop);
        if !header && !is_rest(rest, self.language) {
            return Out::Fixed;
        }
        Out::Cut(self.passage.lines(first..stop))
    }

    /// Where an item, or the key of an entry, begins.
    fn start(&self, node: NodeId) -> usize {
        self.tree.span(self.tree.key(node).unwrap_or(node)).start
    }

    fn end(&self, node: NodeId) -> usize {
        let span = self.tree.span(node);
        let written = slice(self.passage.text(), span.clone());
        span.start + written.trim_end().len()
    }

    /// An item or entry of a block of YAML.
    fn block_out(&mut self, node: NodeId, container: NodeId) -> Out {
        let Some(lines) = self.lines_of(node) else { return Out::Fixed };
        let own = if self.is_block(node) { self.frame(node) } else { Some(lines) };
        let own = own.map(|lines| self.passage.lines(lines));
        match self.compact_row(container) {
            Some(row) => self.cell(node, row, own),
            None => own.map_or(Out::Nothing, Out::Cut),
        }
    }

    fn cell(&self, node: NodeId, row: RowId, own: Option<Range<usize>>) -> Out {
        let cell = self.cells.get(&node).copied();
        cell.map_or(Out::Fixed, |cell| Out::Cell { row, cell, own })
    }

    /// All lines of an item or entry of a block, if it has them for itself.
    fn lines_of(&self, node: NodeId) -> Option<Range<usize>> {
        let text = self.passage.text();
        let start = self.start(node);
        let first = line_start(text, start);
        let prefix = without_properties(slice(text, first..start));
        let container = self.tree.parent(node)?;
        let is_item = matches!(self.tree.kind(container), Kind::Seq(_));
        let prefix = if is_item {
            match prefix.trim_end_matches([' ', '\t']).strip_suffix('-') {
                Some(prefix) => prefix,
                None if prefix.trim().is_empty() => {
                    let dash = dash_line(text, first)?;
                    return Some(dash..self.stop(node)?);
                }
                None => return None,
            }
        } else {
            prefix
        };
        if !prefix.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'-')) {
            return None;
        }
        Some(first..self.stop(node)?)
    }

    /// The end of the last line of a node, if nothing but a comment follows there.
    fn stop(&self, node: NodeId) -> Option<usize> {
        let text = self.passage.text();
        let end = self.end(node);
        let stop = line_end(text, end);
        is_rest(slice(text, end..stop), self.language).then_some(stop)
    }

    /// The line of the key or dash of a node with a block.
    fn frame(&self, node: NodeId) -> Option<Range<usize>> {
        let text = self.passage.text();
        let start = self.start(node);
        let first = line_start(text, start);
        let container = self.tree.parent(node)?;
        if matches!(self.tree.kind(container), Kind::Map(_)) {
            return Some(first..line_end(text, start));
        }
        // The dash of an item is before its content, and is removed with that.
        let prefix = slice(text, first..start);
        if !prefix.trim().is_empty() {
            return None;
        }
        let dash = dash_line(text, first)?;
        Some(dash..line_end(text, dash))
    }

    fn whole_lines(&self, node: NodeId) -> Option<Range<usize>> {
        Some(self.passage.lines(self.lines_of(node)?))
    }

    /// The row of a block that begins behind the dash of a list.
    fn compact_row(&mut self, container: NodeId) -> Option<RowId> {
        if let Some(row) = self.rows.get(&container) {
            return *row;
        }
        let is_map = matches!(self.tree.kind(container), Kind::Map(_));
        let text = self.passage.text();
        let compact = self.tree.children(container).next().is_some_and(|first| {
            let start = self.tree.span(first).start;
            let prefix = slice(text, line_start(text, start)..start);
            let dashes = without_properties(prefix).bytes().filter(|byte| *byte == b'-').count();
            dashes > usize::from(!is_map)
        });
        let row = compact.then(|| {
            let mut cells = IdVec::new();
            for node in self.parts_of(container) {
                let mut start = self.start(node);
                if !is_map {
                    // The dash is the item's.
                    let before = slice(text, ..start);
                    start = before.rfind('-').unwrap_or(start);
                }
                let span = self.passage.span(start..self.end(node).max(start));
                let cell = Cell { span, comma: None, lines: self.whole_lines(node) };
                self.cells.insert(node, cells.push(cell));
            }
            self.reading.parts.rows.push(Row { kind: Rows::Compact, cells })
        });
        self.rows.insert(container, row);
        row
    }

    /// The items or values of a container, each of which is a cell of its row.
    fn parts_of(&self, container: NodeId) -> Vec<NodeId> {
        match self.tree.kind(container) {
            Kind::Map(_) => self.tree.entries(container).map(|(_, value)| value).collect(),
            _ => self.tree.children(container).collect(),
        }
    }

    /// The row of a map or list in brackets.
    fn flow_row(&mut self, container: NodeId) -> RowId {
        if let Some(Some(row)) = self.rows.get(&container) {
            return *row;
        }
        let text = self.passage.text();
        let span = self.tree.span(container);
        let one_line = !slice(text, span.clone()).contains('\n');
        let nodes = self.parts_of(container);
        let mut cells = IdVec::new();
        let mut nodes = nodes.into_iter().peekable();
        // Where the one before ends; a line with many of them is not searched for each.
        let mut before = span.start;
        while let Some(node) = nodes.next() {
            let node_start = self.start(node);
            let first = before + line_start(slice(text, before..node_start), node_start - before);
            let start = first + without_properties(slice(text, first..node_start)).len();
            let end = self.end(node).max(start);
            before = end;
            let next = nodes.peek().map_or(span.end, |next| self.start(*next));
            let comma = find_comma(text, end..next, self.language);
            let lines = (!one_line).then(|| self.cell_lines(start, comma.map_or(end, |c| c + 1)));
            let cell = cells.push(Cell {
                span: self.passage.span(start..end),
                comma: comma.map(|comma| self.passage.span(comma..comma + 1)),
                lines: lines.flatten().map(|lines| self.passage.lines(lines)),
            });
            self.cells.insert(node, cell);
        }
        let kind = if one_line { Rows::Items } else { Rows::Flow };
        let row = self.reading.parts.rows.push(Row { kind, cells });
        self.rows.insert(container, Some(row));
        row
    }

    fn cell_lines(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let text = self.passage.text();
        let (first, stop) = (line_start(text, start), line_end(text, end));
        let alone = slice(text, first..start).trim().is_empty()
            && is_rest(slice(text, end..stop), self.language);
        alone.then_some(first..stop)
    }

    /// Remembers that the first line of a block scalar sets its indentation.
    pub(super) fn indented(&mut self, id: NodeId) {
        let is_block = matches!(self.tree.kind(id), Kind::Scalar(Style::Literal | Style::Folded));
        if !is_block || !self.reading.parts.wanted {
            return;
        }
        let text = self.passage.text();
        let span = self.tree.span(id);
        let first = line_start(text, span.start);
        let lines = self.passage.span(first..span.end);
        let written = slice(self.reading.text, lines.clone());
        let indent = written.trim_start().len();
        let indent = slice(written, ..written.len() - indent);
        let first = indent.rfind('\n').map_or(0, |newline| newline + 1);
        let by = indent.len() - first;
        let first = lines.start + first;
        self.reading.parts.indented.push(Indented { first, end: lines.end, by });
    }
}

/// Whether the rest of a line is empty or a comment.
pub(super) fn is_rest(rest: &str, language: Language) -> bool {
    let content = rest.trim();
    content.is_empty()
        || match language {
            Language::Json => content.starts_with("//"),
            Language::Toml => content.starts_with('#'),
            Language::Yaml => rest.starts_with([' ', '\t']) && content.starts_with('#'),
        }
}

/// A prefix of a line without anchors and tags at its end.
fn without_properties(prefix: &str) -> &str {
    let mut prefix = prefix;
    loop {
        let trimmed = prefix.trim_end_matches([' ', '\t']);
        let word = trimmed.rsplit([' ', '\t', ',', '[', '{']).next().unwrap_or_default();
        if !word.starts_with(['&', '!']) {
            return prefix;
        }
        prefix = slice(trimmed, ..trimmed.len() - word.len());
    }
}

/// The beginning of the line before another one that has nothing but the dash of a list.
fn dash_line(text: &str, before: usize) -> Option<usize> {
    let mut at = before;
    loop {
        let end = at.checked_sub(1)?;
        let start = line_start(text, end);
        let line = slice(text, start..end).trim();
        let content = line.split(" #").next().unwrap_or_default().trim_end();
        if content == "-" {
            return Some(start);
        }
        if !content.is_empty() && !content.starts_with('#') {
            return None;
        }
        at = start;
    }
}

/// The comma between two values, past comments.
fn find_comma(text: &str, range: Range<usize>, language: Language) -> Option<usize> {
    let between = slice(text, range.clone());
    let mut at = 0;
    loop {
        let rest = slice(between, at..);
        let found = rest.find([',', '#', '/'])?;
        let here = slice(rest, found..);
        let skipped = match language {
            _ if here.starts_with(',') => return Some(range.start + at + found),
            Language::Json if here.starts_with("/*") => here.find("*/").map(|length| length + 2),
            Language::Json if here.starts_with("//") => here.find('\n'),
            Language::Yaml | Language::Toml if here.starts_with('#') => here.find('\n'),
            _ => Some(1),
        };
        at += found + skipped?;
    }
}
