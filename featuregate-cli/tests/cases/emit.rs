//! Writes trees as YAML and JSON in every style that these have: quotes, flow and block, anchors, folds, comments,
//! indentation, tabs, spaces at the ends of lines.

use std::fmt::Write as _;

use fastrand::Rng;

use crate::tree::Node;

/// Writes documents as YAML.
pub(crate) fn yaml(rng: &mut Rng, documents: &[Node]) -> String {
    let mut text = String::new();
    for (index, document) in documents.iter().enumerate() {
        let mut emitter = Emitter::new(rng);
        if index > 0 || emitter.one_in(4) {
            text.push_str("---");
            text.push_str(&emitter.tail());
            text.push('\n');
        }
        for line in emitter.document(document) {
            text.push_str(&line);
            text.push('\n');
        }
        if emitter.one_in(12) {
            text.push_str("...\n");
        }
    }
    text
}

/// Writes a tree as JSON; `None` if a key is not a text.
pub(crate) fn json(rng: &mut Rng, node: &Node) -> Option<String> {
    let style = (rng.bool(), ["", " ", "  ", "\t", "    "][rng.usize(..5)]);
    let mut text = String::new();
    write_json(rng, node, style, 0, &mut text)?;
    if rng.u8(..4) > 0 {
        text.push('\n');
    }
    Some(text)
}

fn write_json(
    rng: &mut Rng,
    node: &Node,
    style: (bool, &str),
    depth: usize,
    text: &mut String,
) -> Option<()> {
    let (lines, step) = style;
    let lines = lines && rng.u8(..8) > 0;
    let (open, close, count) = match node {
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) => {
            text.push_str(&match node {
                Node::Text(value) => double(rng, value, None),
                node => node.scalar().unwrap_or_else(|| "null".to_owned()),
            });
            return Some(());
        }
        Node::Tagged(_, value) => return write_json(rng, value, style, depth, text),
        Node::List(items) => ('[', ']', items.len()),
        Node::Map(entries) => ('{', '}', entries.len()),
    };
    let end = |text: &mut String, depth: usize| {
        if lines {
            text.push('\n');
            text.push_str(&step.repeat(depth));
        }
    };
    text.push(open);
    for index in 0..count {
        end(text, depth + 1);
        match node {
            Node::List(items) => write_json(rng, &items[index], style, depth + 1, text)?,
            Node::Map(entries) => {
                let (Node::Text(key), value) = &entries[index] else { return None };
                text.push_str(&double(rng, key, None));
                text.push_str([":", ": ", " : ", ":\t"][rng.usize(..4)]);
                write_json(rng, value, style, depth + 1, text)?;
            }
            _ => {}
        }
        if index + 1 < count {
            text.push_str(if lines || rng.bool() { "," } else { ", " });
        }
    }
    if count > 0 {
        end(text, depth);
    }
    text.push(close);
    Some(())
}

/// A text in double quotes. With `fold`, lines may end at spaces and go on at this column.
fn double(rng: &mut Rng, value: &str, fold: Option<usize>) -> String {
    let mut text = String::from('"');
    let escapes = rng.u8(..6) == 0;
    let letters: Vec<char> = value.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let inner = at > 0 && letters.get(at + 1).is_some_and(|next| !next.is_whitespace());
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            letter if letter.is_control() || (*letter == '\u{feff}') => {
                let _ = write!(text, "\\u{:04x}", u32::from(*letter));
            }
            letter if escapes && letter.is_ascii() && rng.u8(..12) == 0 => {
                let _ = write!(text, "\\u{:04x}", u32::from(*letter));
            }
            ' ' if inner
                && !letters[at - 1].is_whitespace()
                && rng.u8(..6) == 0
                && fold.is_some() =>
            {
                text.push_str(if rng.bool() { "\n" } else { " \\\n" });
                text.push_str(&" ".repeat(fold.unwrap_or_default()));
            }
            letter => text.push(*letter),
        }
    }
    text.push('"');
    text
}

struct Emitter<'r> {
    rng: &'r mut Rng,
    anchors: Vec<Node>,
    /// How often: comments, flow, anchors.
    style: [u8; 3],
    step: usize,
}

/// What follows a key or a dash: the first line goes on after it. Says whether a comment may follow the last line,
/// or only the first.
struct Inline {
    lines: Vec<String>,
    header: bool,
}

impl<'r> Emitter<'r> {
    fn new(rng: &'r mut Rng) -> Self {
        let style = [rng.u8(..30), rng.u8(..60), rng.u8(..8)];
        let step = rng.usize(1..5);
        Self { rng, anchors: Vec::new(), style, step }
    }

    fn one_in(&mut self, times: u8) -> bool {
        self.rng.u8(..times) == 0
    }

    fn often(&mut self, which: usize) -> bool {
        self.rng.u8(..100) < self.style[which]
    }

    fn pick<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.rng.usize(..choices.len())]
    }

    fn comment(&mut self) -> String {
        let number = self.rng.u32(..);
        let quotes = self.pick(&[
            "",
            "",
            "",
            " it's",
            " \"x",
            ": A=true,",
            " featureGates: {X: true}",
            " {{ x }}",
        ]);
        format!("#{}c{number}{quotes}", if self.rng.bool() { " " } else { "" })
    }

    /// The end of a line: a comment, or spaces.
    fn tail(&mut self) -> String {
        if self.often(0) {
            let space = self.pick(&[" ", "  ", "\t", " \t"]);
            format!("{space}{}", self.comment())
        } else if self.one_in(30) {
            self.pick(&[" ", "  ", "\t"]).to_owned()
        } else {
            String::new()
        }
    }

    /// Comments and empty lines before an entry.
    fn before(&mut self, indent: usize, lines: &mut Vec<String>) {
        if self.often(0) {
            let indent = if self.one_in(3) { self.rng.usize(..9) } else { indent };
            let comment = self.comment();
            lines.push(format!("{}{comment}", " ".repeat(indent)));
        }
        if self.one_in(40) {
            lines.push(self.pick(&["", " ", "   "]).to_owned());
        }
    }

    fn document(&mut self, node: &Node) -> Vec<String> {
        let mut lines = Vec::new();
        self.before(0, &mut lines);
        if node.is_empty() || self.often(1) && self.one_in(3) {
            let inline = self.inline(node, 0, false);
            lines.extend(self.joined("", inline));
        } else {
            match node {
                Node::Map(_) | Node::List(_) => lines.extend(self.block(node, 0)),
                _ => {
                    let inline = self.inline(node, 0, false);
                    lines.extend(self.joined("", inline));
                }
            }
        }
        self.before(0, &mut lines);
        lines
    }

    /// The lines of a collection in block style.
    fn block(&mut self, node: &Node, indent: usize) -> Vec<String> {
        let mut lines = Vec::new();
        match node {
            Node::Map(entries) => {
                for (key, value) in entries {
                    self.before(indent, &mut lines);
                    lines.extend(self.entry(key, value, indent));
                }
            }
            Node::List(items) => {
                for item in items {
                    self.before(indent, &mut lines);
                    lines.extend(self.item(item, indent));
                }
            }
            _ => {}
        }
        lines
    }

    fn entry(&mut self, key: &Node, value: &Node, indent: usize) -> Vec<String> {
        let key = self.key(key, false);
        let margin = " ".repeat(indent);
        let start = if self.one_in(60) {
            format!("{margin}? {key}{}\n{margin}:", self.tail())
        } else {
            format!("{margin}{key}{}:", if self.one_in(40) { " " } else { "" })
        };
        let is_block = !value.is_empty() && matches!(value, Node::Map(_) | Node::List(_));
        if is_block && !self.known(value) && !self.often(1) {
            let anchor = self.anchor(value);
            let mut lines = vec![format!(
                "{start}{}{}",
                anchor.map_or(String::new(), |it| format!(" {it}")),
                self.tail()
            )];
            let same = matches!(value, Node::List(_)) && self.rng.bool();
            lines.extend(self.block(value, if same { indent } else { indent + self.step }));
            return lines;
        }
        let inline = self.inline(value, indent, false);
        let space = self.pick(&[" ", " ", " ", " ", "  ", "   "]);
        self.joined(&format!("{start}{space}"), inline)
    }

    fn item(&mut self, item: &Node, indent: usize) -> Vec<String> {
        let margin = " ".repeat(indent);
        let is_block = !item.is_empty() && matches!(item, Node::Map(_) | Node::List(_));
        if is_block && !self.known(item) && !self.often(1) {
            if self.one_in(12) {
                let anchor = self.anchor(item).map_or(String::new(), |it| format!(" {it}"));
                let mut lines = vec![format!("{margin}-{anchor}{}", self.tail())];
                lines.extend(self.block(item, indent + self.step));
                return lines;
            }
            let gap = if self.one_in(5) { 3 } else { 1 };
            let mut lines = self.block(item, indent + 1 + gap);
            // Comments and empty lines come before the dash.
            let first =
                lines.iter().position(|it| !it.trim().is_empty() && !it.trim().starts_with('#'));
            if let Some(first) = first {
                lines[first]
                    .replace_range(..=indent + gap, &format!("{margin}-{}", " ".repeat(gap)));
            }
            return lines;
        }
        let inline = self.inline(item, indent, false);
        self.joined(&format!("{margin}- "), inline)
    }

    /// The lines with this start, and a comment where one is allowed.
    fn joined(&mut self, start: &str, mut inline: Inline) -> Vec<String> {
        inline.lines[0].insert_str(0, start);
        let tail = self.tail();
        let at = if inline.header { 0 } else { inline.lines.len() - 1 };
        inline.lines[at].push_str(&tail);
        inline.lines
    }

    fn known(&self, node: &Node) -> bool {
        self.anchors.contains(node)
    }

    /// An anchor, which this node gets.
    fn anchor(&mut self, node: &Node) -> Option<String> {
        if !self.often(2) || self.known(node) || *node == Node::Null {
            return None;
        }
        self.anchors.push(node.clone());
        Some(format!("&a{}", self.anchors.len() - 1))
    }

    fn key(&mut self, key: &Node, flow: bool) -> String {
        match key {
            Node::Text(text) => {
                let quoted = match self.rng.u8(..12) {
                    0 => format!("'{}'", text.replace('\'', "''")),
                    1 => double(self.rng, text, None),
                    _ if is_plain(text, flow) => text.clone(),
                    _ => double(self.rng, text, None),
                };
                let quoted =
                    if text.contains('\n') { double(self.rng, text, None) } else { quoted };
                match self.rng.u8(..150) {
                    0 => format!("!!str {quoted}"),
                    1 => format!("&k{} {quoted}", self.rng.u16(..)),
                    _ => quoted,
                }
            }
            other => other.scalar().unwrap_or_else(|| "null".to_owned()),
        }
    }

    /// A value after a key or a dash whose column is `indent`.
    fn inline(&mut self, node: &Node, indent: usize, flow: bool) -> Inline {
        if let Some(known) = self.anchors.iter().position(|it| it == node)
            && self.rng.u8(..3) > 0
        {
            return Inline { lines: vec![format!("*a{known}")], header: false };
        }
        let anchor = self.anchor(node);
        let mut inline = match node {
            Node::Null => one(self.pick(&["null", "~", ""])),
            Node::Bool(value) => {
                let text = value.to_string();
                one(if self.one_in(20) { if *value { "True" } else { "FALSE" } } else { &text })
            }
            Node::Number(number) => one(number),
            Node::Text(text) => self.text(text, indent, flow),
            Node::List(_) | Node::Map(_) => self.flow(node, indent),
            Node::Tagged(tag, value) => {
                let mut inline = self.inline(value, indent, flow);
                if !inline.lines[0].starts_with('*') {
                    inline.lines[0].insert_str(0, &format!("!{tag} "));
                }
                inline
            }
        };
        let tag = match node {
            Node::Text(_) => "!!str ",
            Node::List(_) => "!!seq ",
            Node::Map(_) => "!!map ",
            _ => "",
        };
        let tag = if self.one_in(100) && !matches!(node, Node::Tagged(..)) {
            self.pick(&[tag, tag, "!x "])
        } else {
            ""
        };
        let anchor = anchor.map_or(String::new(), |anchor| format!("{anchor} "));
        inline.lines[0].insert_str(0, &format!("{anchor}{tag}"));
        inline
    }

    fn text(&mut self, text: &str, indent: usize, flow: bool) -> Inline {
        let column = indent + self.step;
        let margin = " ".repeat(column);
        let split = |text: String| Inline {
            lines: text.split('\n').map(str::to_owned).collect(),
            header: false,
        };
        let lines: Vec<&str> = text.split('\n').collect();
        let printable = text.chars().all(|it| !it.is_control() || it == '\n')
            && !text.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}']);
        let literal = printable
            && !flow
            && lines[0].trim() == lines[0].trim_start()
            && !lines[0].is_empty()
            && !lines[0].starts_with([' ', '\t'])
            && !text.ends_with(' ');
        if literal && (text.contains('\n') && self.rng.u8(..5) > 0 || self.one_in(14)) {
            let ends = lines.iter().rev().take_while(|line| line.is_empty()).count();
            let header = ["|-", "|", "|+"][ends.min(2)];
            let body = &lines[..lines.len() - ends.min(1)];
            let body = body.iter().map(|line| {
                if line.is_empty() { String::new() } else { format!("{margin}{line}") }
            });
            let header = if self.one_in(10) && column > indent && self.step < 10 {
                format!("{}{}{}", &header[..1], self.step, &header[1..])
            } else {
                header.to_owned()
            };
            return Inline { lines: std::iter::once(header).chain(body).collect(), header: true };
        }
        let words: Vec<&str> = text.split(' ').collect();
        let folds = words.len() > 1
            && words.iter().all(|it| !it.is_empty())
            && printable
            && !text.contains('\n');
        if folds && !flow && self.one_in(4) {
            let mut lines = vec![">-".to_owned(), format!("{margin}{}", words[0])];
            for word in &words[1..] {
                let last = lines.len() - 1;
                if self.rng.bool() {
                    lines.push(format!("{margin}{word}"));
                } else {
                    lines[last].push(' ');
                    lines[last].push_str(word);
                }
            }
            return Inline { lines, header: true };
        }
        let fold = (!flow || self.rng.bool()).then_some(column);
        match self.rng.u8(..10) {
            0..5 if is_plain(text, flow) => one(text),
            5 if is_plain(text, flow)
                && folds
                && words.iter().all(|it| is_plain(it, flow))
                && !flow =>
            {
                split(words.join(&format!("\n{margin}")))
            }
            6..9 if printable && !text.contains('\n') => {
                let quoted = format!("'{}'", text.replace('\'', "''"));
                let breaks = folds && self.one_in(4) && !flow;
                split(if breaks { quoted.replacen(' ', &format!("\n{margin}"), 1) } else { quoted })
            }
            _ => split(double(self.rng, text, fold)),
        }
    }

    fn flow(&mut self, node: &Node, indent: usize) -> Inline {
        let (open, close) = if matches!(node, Node::List(_)) { ("[", "]") } else { ("{", "}") };
        let mut lines = vec![open.to_owned()];
        let count = match node {
            Node::List(items) => items.len(),
            Node::Map(entries) => entries.len(),
            _ => 0,
        };
        let column = indent + self.step;
        let broken = self.one_in(4);
        let space = |emitter: &mut Self, lines: &mut Vec<String>, optional: bool| {
            if broken && emitter.rng.u8(..3) > 0 {
                let tail = emitter.tail();
                lines.last_mut().unwrap().push_str(&tail);
                let tabs = if emitter.one_in(10) { "\t" } else { "" };
                lines.push(format!("{}{tabs}", " ".repeat(column + emitter.rng.usize(..4))));
            } else {
                let space = if optional { ["", " ", "  "][emitter.rng.usize(..3)] } else { " " };
                lines.last_mut().unwrap().push_str(space);
            }
        };
        for index in 0..count {
            space(self, &mut lines, true);
            let value = match node {
                Node::List(items) => &items[index],
                Node::Map(entries) => {
                    let (key, value) = &entries[index];
                    let key = self.key(key, true);
                    let _ = write!(lines.last_mut().unwrap(), "{key}: ");
                    value
                }
                _ => node,
            };
            let value = match value {
                Node::Null => one("null"),
                value => self.inline(value, column, true),
            };
            let alias = value.lines[0].starts_with('*');
            let mut rest = value.lines.into_iter();
            lines.last_mut().unwrap().push_str(&rest.next().unwrap_or_default());
            lines.extend(rest);
            if alias {
                lines.last_mut().unwrap().push(' ');
            }
            if index + 1 < count || self.one_in(10) {
                lines.last_mut().unwrap().push(',');
            }
        }
        if count > 0 {
            space(self, &mut lines, true);
        }
        lines.last_mut().unwrap().push_str(close);
        Inline { lines, header: false }
    }
}

/// Writes a tree as TOML; `None` if it is not a map, or a key is not a text.
pub(crate) fn toml(rng: &mut Rng, node: &Node) -> Option<String> {
    let Node::Map(entries) = node else { return None };
    let mut text = String::new();
    write_table(rng, entries, "", &mut text)?;
    Some(text)
}

/// The entries of a table: first the values, then the tables below it.
fn write_table(
    rng: &mut Rng,
    entries: &[(Node, Node)],
    path: &str,
    text: &mut String,
) -> Option<()> {
    let mut tables = Vec::new();
    for (key, value) in entries {
        let Node::Text(key) = key else { return None };
        let bare = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
        let is_bare = !key.is_empty() && key.chars().all(bare) && rng.u8(..10) > 0;
        let key = if is_bare { key.clone() } else { toml_text(rng, key) };
        match value {
            Node::Null => {}
            Node::Map(below) if rng.u8(..4) > 0 => tables.push((key, below)),
            value => {
                toml_comment(rng, text);
                let value = toml_value(rng, value)?;
                let space = ["", " ", "  "][rng.usize(..3)];
                let _ = write!(text, "{key}{space}={space}{value}");
                toml_end(rng, text);
            }
        }
    }
    for (key, below) in tables {
        let path = if path.is_empty() { key } else { format!("{path}.{key}") };
        toml_comment(rng, text);
        let _ = write!(text, "[{path}]");
        toml_end(rng, text);
        write_table(rng, below, &path, text)?;
    }
    Some(())
}

fn toml_comment(rng: &mut Rng, text: &mut String) {
    if rng.u8(..10) == 0 {
        let _ = writeln!(text, "# c{}", rng.u32(..));
    }
}

fn toml_end(rng: &mut Rng, text: &mut String) {
    if rng.u8(..10) == 0 {
        let _ = write!(text, " # c{}", rng.u32(..));
    }
    text.push_str(["\n", "\n", "\n", "\n\n"][rng.usize(..4)]);
}

fn toml_text(rng: &mut Rng, value: &str) -> String {
    let literal = value.chars().all(|it| it != '\'' && !it.is_control());
    if literal && rng.bool() { format!("'{value}'") } else { double(rng, value, None) }
}

fn toml_value(rng: &mut Rng, node: &Node) -> Option<String> {
    Some(match node {
        Node::Text(text)
            if text.contains('\n') && !text.contains(['\\', '"', '\t']) && rng.bool() =>
        {
            format!("\"\"\"\n{text}\"\"\"")
        }
        Node::Text(text) => toml_text(rng, text),
        Node::List(items) => {
            let lines = rng.bool();
            let mut text = String::from("[");
            for (index, item) in items.iter().filter(|it| **it != Node::Null).enumerate() {
                if index > 0 {
                    text.push(',');
                }
                match (lines, rng.u8(..8)) {
                    (true, 0) => {
                        let _ = write!(text, " # c{}\n  ", rng.u32(..));
                    }
                    (true, _) => text.push_str("\n  "),
                    _ => text.push(' '),
                }
                text.push_str(&toml_value(rng, item)?);
            }
            let end =
                if lines && !items.is_empty() { [",\n]", "\n]"][rng.usize(..2)] } else { " ]" };
            text + end
        }
        Node::Map(entries) => {
            let mut parts = Vec::new();
            for (key, value) in entries.iter().filter(|it| it.1 != Node::Null) {
                let Node::Text(key) = key else { return None };
                parts.push(format!("{} = {}", toml_text(rng, key), toml_value(rng, value)?));
            }
            format!("{{ {} }}", parts.join(", "))
        }
        node => node.scalar()?,
    })
}

fn one(text: &str) -> Inline {
    Inline { lines: vec![text.to_owned()], header: false }
}

/// Whether a text can be written without quotes.
fn is_plain(text: &str, flow: bool) -> bool {
    let safe = |letter: char| {
        letter.is_ascii_alphanumeric()
            || " _./=+-@;*<>()$%^~".contains(letter)
            || (!flow && ",:[]{}".contains(letter))
    };
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '_')
        && !text.ends_with([' ', ':'])
        && text.chars().all(safe)
        && !text.contains(": ")
        && !text.contains("  ")
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
            .contains(&text.to_lowercase().as_str())
        || text.strip_prefix("--").is_some_and(|it| is_plain(it, flow) && !it.starts_with('-'))
}
