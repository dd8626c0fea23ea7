//! YAML, and with it JSON, as a tree of places.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::tree::{Kind, Layout, Style, Tree};

/// The deepest nesting. Kubernetes' deepest custom resources have some thirty levels.
const DEEPEST: usize = 100;

/// Reads the documents of a text one after the other, into the same memory.
///
/// # Errors
/// What is wrong with the next document.
pub(super) fn read(
    text: &str,
    tree: &mut Tree,
    mut document: impl FnMut(&Tree),
) -> Result<(), Broken> {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut anchors: HashMap<usize, usize> = HashMap::new();
    let mut begins = 0;
    let broken = |error: &ScanError, begins: usize| Broken {
        reason: error.info(),
        begins,
        at: error.marker().byte_offset().unwrap_or(0).min(text.len()),
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let broken = broken(&error, begins);
                // What was read of the document stands in it all the same.
                tree.close_all(broken.at);
                document(tree);
                return Err(broken);
            }
        };
        let bytes = span.byte_range().unwrap_or(0..0);
        let layout = |style| match style {
            StructureStyle::Flow => Layout::Flow,
            StructureStyle::Block => Layout::Block,
        };
        if tree.depth() > DEEPEST {
            let reason = format!("it is nested deeper than {DEEPEST} levels");
            return Err(Broken { reason, begins, at: bytes.start });
        }
        match event {
            Event::DocumentStart(..) => {
                begins = bytes.start;
                tree.clear();
                anchors.clear();
            }
            Event::DocumentEnd => {
                document(tree);
                begins = bytes.end;
                tree.clear();
            }
            Event::MappingStart(style, anchor, _) => {
                let node = tree.open(bytes.start, Kind::Map(layout(style)));
                remember(&mut anchors, anchor, node);
            }
            Event::SequenceStart(style, anchor, _) => {
                let node = tree.open(bytes.start, Kind::List(layout(style)));
                remember(&mut anchors, anchor, node);
            }
            Event::MappingEnd | Event::SequenceEnd => tree.close(bytes.end),
            Event::Scalar(_, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Quoted,
                    ScalarStyle::DoubleQuoted => Style::Escaped,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let node = tree.leaf(bytes, Kind::Scalar(style));
                remember(&mut anchors, anchor, node);
            }
            Event::Alias(anchor) => tree.alias(bytes, anchors.get(&anchor).copied()),
            Event::UnresolvedAlias(_) => tree.alias(bytes, None),
            _ => {}
        }
    }
    Ok(())
}

/// Zero is no anchor.
fn remember(anchors: &mut HashMap<usize, usize>, anchor: usize, node: usize) {
    if anchor > 0 {
        anchors.insert(anchor, node);
    }
}

/// Why a document can't be read.
pub(super) struct Broken {
    /// The parser's reason.
    pub(super) reason: String,
    /// Where the document begins.
    pub(super) begins: usize,
    /// Where reading ended.
    pub(super) at: usize,
}
