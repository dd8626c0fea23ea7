//! Whether a tree is another one minus settings and what only they filled.
//!
//! This is the promise of a fix, written a second time: it knows nothing about how a fix is made, only which gates
//! had one.

use std::collections::{BTreeMap, BTreeSet};

use crate::comments;
use crate::tree::{Node, yaml};

/// What a fix may have changed.
#[derive(Debug, Default)]
pub(crate) struct Fixes {
    /// The gates that may be missing.
    pub(crate) gates: BTreeSet<String>,
    /// The names and values that may be written instead of those of a gate.
    corrections: BTreeMap<String, BTreeSet<String>>,
}

impl Fixes {
    /// Of the findings that have a fix, given as the gate and the description of the fix.
    pub(crate) fn of<'a>(findings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut fixes = Self::default();
        for (gate, description) in findings {
            fixes.gates.insert(gate.trim_matches(['"', '\'']).to_owned());
            if let Some(correction) = description.strip_prefix("write ") {
                // Where the gate is given under both names, one is left.
                if correction.starts_with(|first: char| first.is_ascii_uppercase()) {
                    fixes.gates.insert(correction.to_owned());
                }
                fixes.corrections.entry(gate.to_owned()).or_default().insert(correction.to_owned());
            }
        }
        fixes
    }

    /// Compares documents.
    pub(crate) fn documents(&self, old: &[Node], new: &[Node]) -> Result<(), String> {
        self.all("", old, new, true)
    }

    /// Compares documents, in which the keys of objects may have to stay.
    fn all(&self, at: &str, old: &[Node], new: &[Node], keep: bool) -> Result<(), String> {
        let compare = |from: usize, to: usize| {
            let at = format!("{at}document {}", from + 1);
            if keep {
                self.object(&at, &old[from], &new[to])?;
            }
            if new[to].is_empty() && self.is_removable_document(&old[from]) {
                return Ok(());
            }
            self.node(&at, &old[from], &new[to])
        };
        let removable = |from: usize| usize::from(self.is_removable_document(&old[from]));
        aligned(old.len(), new.len(), compare, removable)
    }

    /// Whether a document may be removed, since nothing but settings is in it.
    fn is_removable_document(&self, node: &Node) -> bool {
        !node.is_object() && self.is_removable(node)
    }

    /// An object keeps its keys, except for those that are settings themselves.
    fn object(&self, at: &str, old: &Node, new: &Node) -> Result<(), String> {
        let (Node::Map(entries), Node::Map(left)) = (old, new) else { return Ok(()) };
        if !old.is_object() {
            return Ok(());
        }
        for (key, value) in entries {
            let direct = match value {
                Node::Map(gates) => gates.iter().all(|(gate, _)| self.is_setting(gate)),
                _ => true,
            };
            if !direct && !left.iter().any(|(other, _)| other == key) {
                return Err(format!("{at}: a key of an object was removed: {key:?}"));
            }
        }
        Ok(())
    }

    fn node(&self, at: &str, old: &Node, new: &Node) -> Result<(), String> {
        match (old, new) {
            (old, new) if old == new => Ok(()),
            (Node::Map(old), Node::Map(new)) => self.map(at, old, new),
            (Node::List(old), Node::List(new)) => self.list(at, old, new),
            (Node::Text(old), Node::Text(new)) => self.text(at, old, new),
            (Node::Tagged(tag, old), Node::Tagged(other, new)) if tag == other => {
                self.node(at, old, new)
            }
            // A text whose only setting was removed.
            (Node::Text(old), Node::Null) => self.text(at, old, ""),
            (old, new) => Err(format!("{at}: {old:?} became {new:?}")),
        }
    }

    /// Whether a name or value may be written instead of one of this gate.
    fn corrects(&self, gate: &str, new: &str) -> bool {
        self.corrections.get(gate).is_some_and(|all| all.contains(new))
    }

    /// Compares an entry of a map. The name or the value of a gate may be corrected.
    fn entry(&self, at: &str, old: &(Node, Node), new: &(Node, Node)) -> Result<(), String> {
        let gate = old.0.scalar().unwrap_or_default();
        let corrected = |new: &Node| new.scalar().is_some_and(|new| self.corrects(&gate, &new));
        if old.0 != new.0 && !corrected(&new.0) {
            return Err(format!("{at}: {:?} became {:?}", old.0, new.0));
        }
        let is_scalar = old.1.scalar().is_some();
        if is_scalar && corrected(&new.1) { Ok(()) } else { self.node(at, &old.1, &new.1) }
    }

    fn map(&self, at: &str, old: &[(Node, Node)], new: &[(Node, Node)]) -> Result<(), String> {
        let compare = |from: usize, to: usize| {
            let key = old[from].0.scalar().unwrap_or_default();
            self.entry(&format!("{at}.{key}"), &old[from], &new[to])
        };
        let removable = |from: usize| {
            let (key, value) = &old[from];
            usize::from(self.is_removable_entry(key, value))
        };
        aligned(old.len(), new.len(), compare, removable).map_err(|error| format!("{at}: {error}"))
    }

    fn list(&self, at: &str, old: &[Node], new: &[Node]) -> Result<(), String> {
        let compare =
            |from: usize, to: usize| self.node(&format!("{at}[{from}]"), &old[from], &new[to]);
        let removable = |from: usize| {
            // An option goes with its value.
            let option = old[from].scalar().is_some_and(|text| is_option_alone(&text));
            if option && old.get(from + 1).is_some_and(|next| self.is_removable(next)) {
                2
            } else {
                usize::from(self.is_removable(&old[from]))
            }
        };
        aligned(old.len(), new.len(), compare, removable).map_err(|error| format!("{at}: {error}"))
    }

    /// Compares texts: as YAML, if both are, otherwise word by word.
    fn text(&self, at: &str, old: &str, new: &str) -> Result<(), String> {
        let structure = |text: &str| {
            let documents = yaml(text).ok()?;
            let is = |node: &Node| matches!(node, Node::List(_) | Node::Map(_));
            let all = documents.iter().all(|node| is(node) || *node == Node::Null);
            (all && documents.iter().any(is)).then_some(documents)
        };
        match (structure(old), structure(new)) {
            // Of an object in a text, an empty key may be removed as well.
            (Some(before), Some(after)) => {
                comments::kept(old, new, comments::yaml)
                    .map_err(|error| format!("{at}: {error}"))?;
                self.all(at, &before, &after, false)
            }
            // What only the parser of the command reads, such as a tab before a comment, cannot be compared.
            _ if yaml(old).is_err() && is_read(old) && is_read(new) => Ok(()),
            _ => self.words(old, new).map_err(|error| format!("{at}: {error}")),
        }
    }

    /// Compares texts word by word. Each run of words that are missing has a gate in it, and otherwise only values,
    /// options and variables.
    pub(crate) fn words(&self, old: &str, new: &str) -> Result<(), String> {
        let (old, new) = (words(old), words(new));
        let mut rest = new.iter().peekable();
        let mut run: Vec<String> = Vec::new();
        let mut gate = String::new();
        let mut kept = String::new();
        for word in old {
            if self.is_gate(&word) {
                gate.clone_from(&word);
            }
            let left = rest.peek().map(|left| left.as_str());
            let changed = left.is_some_and(|left| self.corrects(&gate, left));
            if left == Some(word.as_str()) {
                self.run(&kept, &run, &word)?;
                run.clear();
                rest.next();
                kept = word;
            } else if changed && (self.is_gate(&word) || is_boolean(&word)) {
                rest.next();
            } else if self.is_gate(&word)
                || is_boolean(&word)
                || is_option(&word)
                || word.starts_with('@')
            {
                run.push(word);
            } else {
                return Err(format!("{word:?} is missing"));
            }
        }
        self.run(&kept, &run, "--")?;
        rest.next().map_or(Ok(()), |more| Err(format!("{more:?} was not there")))
    }

    /// Checks the words that are missing between two others.
    fn run(&self, before: &str, run: &[String], after: &str) -> Result<(), String> {
        if run.is_empty() {
            return Ok(());
        }
        if !run.iter().any(|word| self.is_gate(word)) {
            return Err("words without a gate are missing".to_owned());
        }
        let emptied = before.ends_with("feature-gates") && after.starts_with("--");
        if emptied { Err(format!("{before} is left without a value")) } else { Ok(()) }
    }

    fn is_gate(&self, word: &str) -> bool {
        // `featureGates.Name` is how helm names it.
        let name = word.trim_start_matches(['+', '-']);
        self.gates.contains(name.rsplit("eatureGates.").next().unwrap_or(name))
    }

    fn is_setting(&self, key: &Node) -> bool {
        key.scalar().is_some_and(|key| self.is_gate(&key))
    }

    /// Whether an entry of a map may be missing.
    fn is_removable_entry(&self, key: &Node, value: &Node) -> bool {
        let is_scalar = *value == Node::Null || value.scalar().is_some();
        (self.is_setting(key) && is_scalar) || self.is_removable(value)
    }

    /// Whether a value has settings that may be missing, and nothing else.
    fn is_removable(&self, node: &Node) -> bool {
        match node {
            Node::Null | Node::Bool(_) | Node::Number(_) => false,
            Node::Tagged(_, value) => self.is_removable(value),
            Node::Text(text) => self.text("", text, "").is_ok() || self.is_document(text),
            Node::List(items) => {
                !items.is_empty()
                    && items.iter().all(|item| {
                        self.is_removable(item) || {
                            item.scalar().is_some_and(|text| is_option_alone(&text))
                        }
                    })
                    && items.iter().any(|item| self.is_removable(item))
            }
            Node::Map(entries) => {
                let removable = |(key, value): &(Node, Node)| self.is_removable_entry(key, value);
                let belongs = |(key, _): &(Node, Node)| {
                    key.scalar().is_some_and(|key| BELONGING.contains(&key.as_str()))
                };
                entries.iter().any(removable)
                    && entries.iter().all(|entry| removable(entry) || belongs(entry))
            }
        }
    }

    /// Whether a text is a document with settings that may be missing, and nothing else.
    fn is_document(&self, text: &str) -> bool {
        yaml(text).is_ok_and(|documents| {
            let is = |node: &&Node| !matches!(node, Node::Text(_)) && self.is_removable(node);
            let mut rest = documents.iter().filter(|node| **node != Node::Null).peekable();
            rest.peek().is_some() && rest.all(|node| is(&node))
        })
    }
}

/// Whether entries become others if some are left out. `compare` compares one with another, and `removable` says how
/// many may be left out from one on.
fn aligned(
    old: usize,
    new: usize,
    compare: impl Fn(usize, usize) -> Result<(), String>,
    removable: impl Fn(usize) -> usize,
) -> Result<(), String> {
    // Each pair is tried once.
    let mut tried = BTreeSet::new();
    let mut rest = vec![(0, 0)];
    let mut furthest = ((0, 0), String::new());
    while let Some((from, to)) = rest.pop() {
        if (from, to) == (old, new) {
            return Ok(());
        }
        if from == old || !tried.insert((from, to)) {
            continue;
        }
        match removable(from) {
            0 => {}
            count => rest.push((from + count, to)),
        }
        let error = match (to < new).then(|| compare(from, to)) {
            Some(Ok(())) => {
                rest.push((from + 1, to + 1));
                continue;
            }
            Some(Err(error)) => error,
            None => format!("entry {from} is missing"),
        };
        if (from, to) >= furthest.0 {
            furthest = ((from, to), error);
        }
    }
    let (_, error) = furthest;
    Err(if error.is_empty() { "there is more than before".to_owned() } else { error })
}

/// The keys that belong to a setting, an argument or a variable.
const BELONGING: [&str; 10] = [
    "name",
    "nodeFilters",
    "op",
    "path",
    "mode",
    "enabled",
    "nodes",
    "value",
    "components",
    "state",
];

/// Whether the parser that the command uses reads a text.
fn is_read(text: &str) -> bool {
    granit_parser::Parser::new_from_str(text).all(|event| event.is_ok())
}

/// What is between quotes, commas, equals signs and spaces.
fn words(text: &str) -> Vec<String> {
    let separates =
        |letter: char| letter.is_whitespace() || "\"'`,=:;|&<>()[]{}#\\".contains(letter);
    text.split(separates).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_boolean(word: &str) -> bool {
    let words = ["true", "false", "t", "f", "1", "0", "on", "off", "yes", "no"];
    words.contains(&word.to_lowercase().as_str())
}

/// An option whose value is the next item of a list.
fn is_option_alone(text: &str) -> bool {
    is_option(text) && !text.contains([' ', '=', ','])
}

/// `--feature-gates`, `kubelet-arg`, `FEATURE_GATES` and the like.
fn is_option(word: &str) -> bool {
    let letters = word.to_lowercase().replace(['-', '_'], "");
    (word.starts_with('-') && word.len() > 1)
        || letters.contains("featuregate")
        || letters.ends_with("arg")
        || letters.ends_with("args")
}
