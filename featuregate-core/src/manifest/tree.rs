//! A YAML text as a tree in which each node has its location, so that everything that is wrong with its
//! shape can be reported together.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::diagnostic::{Diagnostic, Location};

/// The longest text that is read. The list of Kubernetes has 50 kilobytes.
const LONGEST: usize = 16 << 20;

/// The deepest nesting; a manifest needs six.
const DEEPEST: usize = 16;

/// The most nodes, also of those that aliases repeat: some 7,000 gates with three milestones each.
const MOST: usize = 250_000;

/// A node and where it begins.
#[derive(Clone)]
pub(super) struct Node<'t> {
    pub(super) location: Location,
    pub(super) value: Value<'t>,
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
}

#[derive(Clone)]
pub(super) enum Value<'t> {
    Nothing,
    Bool(bool),
    Number,
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    /// Keys and values in their order, also keys that are given twice.
    Map(Vec<(Node<'t>, Node<'t>)>),
}

/// Reads a text; the diagnostic is about YAML itself, or a text that would cost too much.
pub(super) fn read(text: &str) -> Result<Node<'_>, Diagnostic> {
    if text.len() > LONGEST {
        let message = "the manifest is longer than 16 MiB";
        return Err(Diagnostic::new(Location::START, message, "name the list of gates"));
    }
    let mut options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    options.set_emit_comments(false);
    let mut planter = Planter::default();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| scan_error(&error))?;
        planter.plant(event, span)?;
    }
    let nothing = Node { location: Location::START, value: Value::Nothing, span: 0..0 };
    Ok(planter.root.unwrap_or(nothing))
}

/// Puts nodes together in the order of the text.
#[derive(Default)]
struct Planter<'t> {
    root: Option<Node<'t>>,
    /// The lists and maps that are open, the innermost last.
    open: Vec<Open<'t>>,
    /// Nodes that aliases refer to; none where that is still open.
    anchors: BTreeMap<usize, Option<Node<'t>>>,
    documents: usize,
    nodes: usize,
}

/// A list or map that is not read to its end.
struct Open<'t> {
    node: Node<'t>,
    /// The key whose value comes next.
    key: Option<Node<'t>>,
    anchor: usize,
}

impl<'t> Planter<'t> {
    fn plant(&mut self, event: Event<'t>, span: Span) -> Result<(), Diagnostic> {
        let location = location(&span.start);
        let bytes = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second document begins here";
                    return Err(Diagnostic::new(location, message, "write the manifest as one"));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(text, style, tag.as_deref(), location)?;
                let node = Node { location, value, span: bytes };
                self.known(anchor, &node);
                self.add(node)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                untagged(tag.as_deref(), location)?;
                self.open(Node { location, value: Value::List(Vec::new()), span: bytes }, anchor)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                untagged(tag.as_deref(), location)?;
                self.open(Node { location, value: Value::Map(Vec::new()), span: bytes }, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.known(open.anchor, &open.node);
                    self.add(open.node)?;
                }
            }
            Event::Alias(number) => {
                let Some(Some(node)) = self.anchors.get(&number) else {
                    let message = "the alias is within what it refers to";
                    return Err(Diagnostic::new(location, message, "write that out"));
                };
                self.nodes += size(node) - 1;
                let value = node.value.clone();
                self.add(Node { location, value, span: bytes })?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, node: Node<'t>, anchor: usize) -> Result<(), Diagnostic> {
        if self.open.len() == DEEPEST {
            let message = "the manifest is nested too deeply";
            let help = "remove what does not belong to a manifest";
            return Err(Diagnostic::new(node.location, message, help));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        self.open.push(Open { node, key: None, anchor });
        Ok(())
    }

    /// Remembers a node that has an anchor.
    fn known(&mut self, anchor: usize, node: &Node<'t>) {
        if anchor != 0 {
            self.anchors.insert(anchor, Some(node.clone()));
        }
    }

    fn add(&mut self, node: Node<'t>) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MOST {
            let message = "the manifest has more than 250,000 values";
            return Err(Diagnostic::new(node.location, message, "name the list of gates"));
        }
        let Some(Open { node: outer, key, .. }) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut outer.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match key.take() {
                Some(key) => entries.push((key, node)),
                None if matches!(&node.value, Value::Text(text) if text == "<<") => {
                    let message = "a manifest cannot have merge keys";
                    return Err(Diagnostic::new(node.location, message, "write the entries out"));
                }
                None => *key = Some(node),
            },
            _ => {}
        }
        Ok(())
    }
}

/// How many nodes a node is, with those in it.
fn size(node: &Node<'_>) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => {
            1 + entries.iter().map(|(key, value)| size(key) + size(value)).sum::<usize>()
        }
        _ => 1,
    }
}

/// What a scalar is, by the core schema of YAML 1.2.
fn scalar<'t>(
    text: Cow<'t, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
    location: Location,
) -> Result<Value<'t>, Diagnostic> {
    if tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix() == "str") {
        return Ok(Value::Text(text));
    }
    untagged(tag, location)?;
    if style != ScalarStyle::Plain {
        return Ok(Value::Text(text));
    }
    Ok(match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Nothing,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text if is_number(text) => Value::Number,
        _ => Value::Text(text),
    })
}

fn is_number(text: &str) -> bool {
    let digits = |digits: &str, radix: u32| {
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
    };
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return digits(hexadecimal, 16);
    }
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    match number {
        ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN" => true,
        // `parse` also takes words such as `inf`.
        _ => {
            number.starts_with(|c: char| c == '.' || c.is_ascii_digit())
                && number.parse::<f64>().is_ok()
        }
    }
}

fn untagged(tag: Option<&Tag>, location: Location) -> Result<(), Diagnostic> {
    match tag {
        Some(_) => Err(Diagnostic::new(
            location,
            "a manifest cannot have tags",
            "remove what begins with !",
        )),
        None => Ok(()),
    }
}

/// The library's message.
fn scan_error(error: &ScanError) -> Diagnostic {
    /// The most characters of a message, which may repeat a part of the text.
    const SHOWN: usize = 200;
    // What it repeats must not steer the terminal.
    let harmless = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let message: String = error.info().chars().take(SHOWN).map(harmless).collect();
    Diagnostic::without_help(location(error.marker()), message)
}

fn location(of: &Marker) -> Location {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Location { line: number(of.line()).max(1), column: number(of.col() + 1) }
}
