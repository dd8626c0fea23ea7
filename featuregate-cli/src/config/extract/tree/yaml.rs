//! YAML as a tree. Aliases stay aliases, so a text costs its length and no more.

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::maps::maps;
use super::node::{Anchor, Fault, Kind, Layout, Planter, Style, Tree};
use crate::config::extract::keys::Keys;
use crate::config::extract::text::Quotes;

/// How deep maps and lists may be nested; real files are not a tenth as deep.
const DEPTH: usize = 200;

/// Reads a text as YAML.
///
/// With keys, maps and lists that have nothing to do with them are left empty.
pub(crate) fn yaml(text: &str, keys: Option<&Keys>) -> Tree {
    maps(text, keys).unwrap_or_else(|| parsed(text, keys))
}

/// The same by the parser, which reads everything.
fn parsed(text: &str, keys: Option<&Keys>) -> Tree {
    let mut options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
        simple_key_max_lookahead: 1 << 14,
    };
    options.set_emit_comments(false);
    let mut planter = Planter::new(text, keys);
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                plant(&mut planter, &event, span);
                if let (Some(tag), Some(node)) = (tag(&event), planter.newest) {
                    planter.tree.tags.insert(node, tag.to_string());
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let reason = format!("invalid YAML: {}", error.info());
                return planter.finish(Some(Fault { at, reason }));
            }
        }
    }
    planter.finish(None)
}

/// The tag of the node that an event begins.
fn tag<'e>(event: &'e Event<'_>) -> Option<&'e Tag> {
    match event {
        Event::Scalar(.., tag) | Event::SequenceStart(.., tag) | Event::MappingStart(.., tag) => {
            tag.as_deref()
        }
        _ => None,
    }
}

fn plant(planter: &mut Planter<'_, '_>, event: &Event<'_>, span: Span) {
    let range = span.byte_range().unwrap_or_default();
    let layout = |style: &StructureStyle| match style {
        StructureStyle::Block => Layout::Block,
        StructureStyle::Flow => Layout::Flow,
    };
    match event {
        Event::Scalar(value, style, ..) => {
            let style = match style {
                ScalarStyle::Plain => Style::Plain,
                ScalarStyle::SingleQuoted => Style::Quoted(Quotes::YamlSingle),
                ScalarStyle::DoubleQuoted => Style::Quoted(Quotes::YamlDouble),
                // An empty one has the position of its header, which is not that of a text.
                ScalarStyle::Literal | ScalarStyle::Folded if value.trim().is_empty() => {
                    planter.add(Kind::Scalar(Style::Plain), range.start..range.start);
                    return;
                }
                ScalarStyle::Literal => Style::Literal,
                ScalarStyle::Folded => Style::Folded,
            };
            planter.add(Kind::Scalar(style), range);
        }
        Event::SequenceStart(style, ..) => {
            planter.open(Kind::Seq(layout(style)), range);
        }
        Event::MappingStart(style, ..) => {
            planter.open(Kind::Map(layout(style)), range);
        }
        // A block ends where the next thing begins; its content ends earlier.
        Event::SequenceEnd | Event::MappingEnd => {
            planter.close((!range.is_empty()).then_some(range.end));
        }
        Event::Alias(number) => {
            planter.tree.aliases.insert(*number);
            planter.add(Kind::Alias(u32::try_from(*number).ok()), range);
        }
        Event::UnresolvedAlias(_) => {
            planter.add(Kind::Alias(None), range);
        }
        Event::Anchor(number, _) => {
            if let Some(node) = planter.newest {
                planter.tree.anchors.push(Anchor { number: *number, node, at: range.start });
                // An alias may make it contain gates.
                planter.keep(node);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::NodeId;
    use super::*;
    use crate::config::extract::text::Passage;
    use featuregate_core::__private::Id as _;
    use proptest::prelude::*;

    /// The scalars of a text as the parser decodes them, if it accepts the text.
    fn scalars(text: &str) -> Option<Vec<String>> {
        let mut scalars = Vec::new();
        for event in Parser::new_from_str(text) {
            if let (Event::Scalar(value, style, ..), span) = event.ok()? {
                // What is missing is reported as `~`.
                let absent = span.is_empty() && matches!(style, ScalarStyle::Plain);
                scalars.push(if absent { String::new() } else { value.into_owned() });
            }
        }
        Some(scalars)
    }

    /// The same as we decode them.
    fn decoded(text: &str) -> Vec<String> {
        let passage = Passage::of_file(text);
        let tree = yaml(text, None);
        let all = (0..u32::try_from(tree.nodes.len()).unwrap()).map(NodeId::from_index);
        all.filter_map(|id| Some(tree.text(id, &passage)?.text().to_owned())).collect()
    }

    /// Lines without anything at the beginning and end of a block have nothing to do with gates.
    fn compare(text: &str) {
        let Some(expected) = scalars(text) else { return };
        let trim = |scalars: Vec<String>| -> Vec<String> {
            let whitespace = ['\n', ' ', '\t'];
            let kept = |text: &String| {
                text.trim_start_matches('\n').trim_end_matches(whitespace).to_owned()
            };
            scalars.iter().map(kept).collect()
        };
        assert_eq!(trim(decoded(text)), trim(expected), "{text:?}");
    }

    #[test]
    fn scalars_are_decoded_as_the_parser_does() {
        for text in [
            "a: |\n\n  x\n\n   y\n  z\n\n\nb: c",
            "a: >\n\n  x\n  y\n\n  z\n   deep\n  w\n\n   deep\n\n  v\nb: c\n",
            "a: |2\n    x\n   y\n  z\n",
            "a: |+\n  x\n\n\n",
            "- >-\n  x\n\n\n  y\n- |\r\n  x\r\n\r\n  y\r\n",
            "a: \"x \\\n  y\\n\\x41\\u00e9\\U0001F600 \\\"z\\\"\n\n  w\t\n  v\"",
            "a: 'it''s\n  a\n\n  b'",
            "a: x\n  y\n\n  z\nb: 1",
            "a: |\n  # no comment\n  x\n# comment\nb: c\n",
        ] {
            assert!(scalars(text).is_some(), "{text:?}");
            compare(text);
        }
    }

    #[test]
    #[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
    fn scalars_of_the_published_files_are_decoded_as_the_parser_does() {
        let folder = featuregate_tests::data::folder();
        for entry in std::fs::read_dir(folder.join("configs")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension != "json") {
                compare(&featuregate_tests::data::read(&path));
            }
        }
    }

    /// What a text has without the parser is what it has with it; returns whether it does without.
    fn is_read_as_maps(text: &str) -> bool {
        let Some(tree) = maps(text, None) else { return false };
        assert_eq!(format!("{tree:?}"), format!("{:?}", parsed(text, None)), "{text:?}");
        let keys = Keys::default();
        let (found, expected) = (maps(text, Some(&keys)), parsed(text, Some(&keys)));
        assert_eq!(format!("{:?}", found.unwrap()), format!("{expected:?}"), "{text:?}");
        true
    }

    #[test]
    fn maps_of_words_are_read_as_the_parser_does() {
        for text in [
            "a: b",
            "a:\n- b\n- 'c' # d\ne:\n  f:\n    - g\n    - h\n  i: j\nfeatureGates:\n  - A=true\n",
            "# c\n---\n\na: b # d\n   # e\nfeatureGates:\n  A: true   \n  'B': \"x # y: z\"\nc: 1.5",
            "a:\n b:\n  featureGates:\n   c: d\n e: f\ng: h\n",
            "a: b\n---\nfeatureGates: # two\n    c: 'd'\n---\ne: f\n",
        ] {
            assert!(is_read_as_maps(text), "{text:?}");
        }
        for text in [
            "",
            "a",
            "a:",
            "a: b: c",
            "a: b c",
            "a:b",
            "a:#b",
            "a: b#c",
            "a: [b]",
            "a: |\n b",
            "- a: b",
            "- a",
            "a:\n- b: c",
            "a:\n-b",
            "a:\n  - b\n - c",
            "a: b\n- c",
            "a:\n - b\n c: d",
            "a:\n- b\n  c: d",
            "a:\n- - b",
            "a: &b c",
            " a: b",
            "a:\nb: c",
            "a: b\n  c: d",
            "a:\n  b: c\n d: e",
            "a: 'it''s'",
            "a: \"\\n\"",
            "a:\tb",
            "a: b\r\n",
            "a: \u{e9}",
            "a: b\n---\n",
            "---\n---\na: b",
            "a: b\n...\n",
            "? a\n: b",
            "a: b\n--- c: d",
            "%YAML 1.2\n---\na: b",
            "a: b # \u{7}",
        ] {
            assert!(!is_read_as_maps(text), "{text:?}");
        }
    }

    #[test]
    #[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
    fn published_files_are_read_as_the_parser_does() {
        let folder = featuregate_tests::data::folder();
        let mut read = 0;
        for entry in std::fs::read_dir(folder.join("configs")).unwrap() {
            let text = featuregate_tests::data::read(&entry.unwrap().path());
            // Parts of them are such maps even where a whole is not.
            let lines: Vec<&str> = text.lines().collect();
            for window in lines.windows(4) {
                read += usize::from(is_read_as_maps(&window.join("\n")));
            }
            read += usize::from(is_read_as_maps(&text));
        }
        assert!(read > 100, "{read}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_scalars_are_decoded_as_the_parser_does(
            head in prop::sample::select(vec!["a: |\n", "a: >\n", "a: >-\n", "- |+\n", "a: \"", "a: '", "a: ", "a: |2\n"]),
            body in prop::collection::vec(
                prop::sample::select(vec![
                    "x", "y ", "\n", "\n  ", "\n  ", "\n   ", "\n\n", "\r\n  ", "  ", "\t", "\\n", "\\\n", "''", "\\\"", "#", ":", "é",
                    "\\u0041", "\\x41",
                ]),
                0..16,
            ),
            tail in prop::sample::select(vec!["", "\n", "\"\n", "'\n", "\nb: c\n"]),
        ) {
            compare(&format!("{head}  {}{tail}", body.concat()));
        }

        #[test]
        fn any_maps_of_words_are_read_as_the_parser_does(
            lines in prop::collection::vec(
                (
                    prop::sample::select(vec!["", "  ", "   ", "    ", "      "]),
                    prop::sample::select(vec![
                        "a: b", "featureGates:", "c:", "d: true # e", "'f': \"g: h\"", "i: 'j'", "# k", "---", "l: m,n=o", "p:  q ", "r: s t",
                        "", "u:v", "w: 'x", "- y", "z: - 1", "1: 2#3", "\"4\" : 5", "6: \"7\"8", "/9: @a", "_b: ---", "c.d/e-f: +g", "h: # i", "j: -k",
                        "- x", "- 'y' # z", "-  1", "-", "- a:", "l: \"m'", "n: ''", "o: 'p''q'", "r-: s:", "...", "%t: u", "v: %w",
                    ]),
                ),
                0..9,
            ),
            end in prop::sample::select(vec!["", "\n", "\n\n", " ", "\t", "\r\n"]),
        ) {
            let lines: Vec<String> = lines.iter().map(|(indent, line)| format!("{indent}{line}")).collect();
            is_read_as_maps(&(lines.join("\n") + end));
        }
    }
}
