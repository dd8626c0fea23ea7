//! Whether a tree is another one minus settings and what only they filled.
//!
//! This is the promise of a fix, written a second time: it knows nothing about how a fix is made, only which gates
//! had one.

use std::collections::BTreeSet;

use crate::tree::{Node, yaml};

/// What a fix may have changed.
#[derive(Debug, Default)]
pub(crate) struct Fixes {
    /// The gates that may be missing.
    pub(crate) gates: BTreeSet<String>,
    /// The names and values that may be written instead.
    pub(crate) corrections: BTreeSet<String>,
}

impl Fixes {
    /// Of the findings that have a fix, given as the gate and the description of the fix.
    pub(crate) fn of<'a>(findings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut fixes = Self::default();
        for (gate, description) in findings {
            fixes.gates.insert(gate.to_owned());
            if let Some(correction) = description.strip_prefix("write ") {
                fixes.corrections.insert(correction.to_owned());
            }
        }
        fixes
    }

    /// Compares documents.
    pub(crate) fn documents(&self, old: &[Node], new: &[Node]) -> Result<(), String> {
        let pairs = old.len().max(new.len());
        for index in 0..pairs {
            let (old, new) =
                (old.get(index).unwrap_or(&Node::Null), new.get(index).unwrap_or(&Node::Null));
            let at = format!("document {}", index + 1);
            // Of a file that has nothing but settings, nothing is left.
            if old.get("kind").is_none() && new.is_empty() && self.is_removable(old) {
                continue;
            }
            self.object(&at, old, new)?;
            self.node(&at, old, new)?;
        }
        Ok(())
    }

    /// An object keeps its keys, except for those that are settings themselves.
    fn object(&self, at: &str, old: &Node, new: &Node) -> Result<(), String> {
        let (Some(_), Node::Map(entries), Node::Map(left)) = (old.get("kind"), old, new) else {
            return Ok(());
        };
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
            // A text whose only setting was removed.
            (Node::Text(old), Node::Null) => self.text(at, old, ""),
            (old, new) => {
                let written = new.scalar().filter(|new| self.corrections.contains(new));
                match (old.scalar(), written) {
                    (Some(_), Some(_)) => Ok(()),
                    _ => Err(format!("{at}: {old:?} became {new:?}")),
                }
            }
        }
    }

    fn map(&self, at: &str, old: &[(Node, Node)], new: &[(Node, Node)]) -> Result<(), String> {
        let mut rest = new.iter().peekable();
        for (key, value) in old {
            let at = format!("{at}.{}", key.scalar().unwrap_or_default());
            if let Some((other, left)) = rest.peek()
                && (other == key || self.is_corrected(key, other))
                && self.node(&at, value, left).is_ok()
            {
                rest.next();
            } else if !self.is_removable_entry(key, value) {
                return match rest.peek() {
                    Some((other, left)) if other == key => self.node(&at, value, left),
                    _ => Err(format!("{at}: {value:?} is missing")),
                };
            }
        }
        rest.next().map_or(Ok(()), |more| Err(format!("{at}: {more:?} was not there")))
    }

    fn list(&self, at: &str, old: &[Node], new: &[Node]) -> Result<(), String> {
        let mut rest = new.iter().peekable();
        let mut items = old.iter().enumerate().peekable();
        while let Some((index, item)) = items.next() {
            let at = format!("{at}[{index}]");
            let next = items.peek().map(|(_, next)| *next);
            if let Some(left) = rest.peek()
                && self.node(&at, item, left).is_ok()
            {
                rest.next();
                continue;
            }
            // An option goes with its value.
            let option = item.scalar().filter(|text| is_option(text) && !text.contains(' '));
            if option.is_some() && next.is_some_and(|next| self.is_removable(next)) {
                items.next();
            } else if !self.is_removable(item) {
                return match rest.peek() {
                    Some(left) => self.node(&at, item, left),
                    None => Err(format!("{at}: {item:?} is missing")),
                };
            }
        }
        rest.next().map_or(Ok(()), |more| Err(format!("{at}: {more:?} was not there")))
    }

    /// Compares texts: as YAML, if both are, otherwise word by word.
    fn text(&self, at: &str, old: &str, new: &str) -> Result<(), String> {
        let structure = |text: &str| {
            let documents = yaml(text).ok()?;
            let is = |node: &Node| matches!(node, Node::List(_) | Node::Map(_));
            (!documents.is_empty() && documents.iter().all(is)).then_some(documents)
        };
        match (structure(old), structure(new)) {
            // Of an object in a text, an empty key may be removed as well.
            (Some(old), Some(new)) if old.len() == new.len() => {
                old.iter().zip(&new).try_for_each(|(old, new)| self.node(at, old, new))
            }
            _ => self.words(old, new).map_err(|error| format!("{at}: {error}")),
        }
    }

    /// Compares texts word by word. Each run of words that are missing has a gate in it, and otherwise only values,
    /// options and variables.
    pub(crate) fn words(&self, old: &str, new: &str) -> Result<(), String> {
        let (old, new) = (words(old), words(new));
        let mut rest = new.iter().peekable();
        let mut run: Vec<String> = Vec::new();
        for word in old {
            let left = rest.peek().map(|left| left.as_str());
            let changed = left.is_some_and(|left| self.corrections.contains(left));
            if left == Some(word.as_str()) {
                self.run(&run)?;
                run.clear();
                rest.next();
            } else if changed && (self.is_gate(&word) || is_boolean(&word)) {
                rest.next();
            } else if self.is_gate(&word)
                || is_boolean(&word)
                || is_option(&word)
                || word == "\\"
                || word.starts_with('@')
            {
                run.push(word);
            } else {
                return Err(format!("{word:?} is missing"));
            }
        }
        self.run(&run)?;
        rest.next().map_or(Ok(()), |more| Err(format!("{more:?} was not there")))
    }

    fn run(&self, run: &[String]) -> Result<(), String> {
        let has_gate = run.is_empty() || run.iter().any(|word| self.is_gate(word));
        has_gate.then_some(()).ok_or_else(|| "words without a gate are missing".to_owned())
    }

    fn is_gate(&self, word: &str) -> bool {
        self.gates.contains(word.trim_start_matches(['+', '-']))
    }

    fn is_setting(&self, key: &Node) -> bool {
        key.scalar().is_some_and(|key| self.is_gate(&key))
    }

    fn is_corrected(&self, key: &Node, new: &Node) -> bool {
        self.is_setting(key) && new.scalar().is_some_and(|new| self.corrections.contains(&new))
    }

    /// Whether an entry of a map may be missing.
    fn is_removable_entry(&self, key: &Node, value: &Node) -> bool {
        let is_scalar = !matches!(value, Node::List(_) | Node::Map(_));
        (self.is_setting(key) && is_scalar) || self.is_removable(value)
    }

    /// Whether a value has settings that may be missing, and nothing else.
    fn is_removable(&self, node: &Node) -> bool {
        match node {
            Node::Null | Node::Bool(_) | Node::Number(_) => false,
            Node::Text(text) => self.text("", text, "").is_ok() || self.is_document(text),
            Node::List(items) => {
                !items.is_empty()
                    && items.iter().all(|item| {
                        self.is_removable(item) || {
                            item.scalar().is_some_and(|text| is_option(&text))
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
            let is = |node: &Node| !matches!(node, Node::Text(_)) && self.is_removable(node);
            !documents.is_empty() && documents.iter().all(is)
        })
    }
}

/// The keys that belong to a setting, an argument or a variable.
const BELONGING: [&str; 8] =
    ["name", "nodeFilters", "op", "path", "mode", "enabled", "nodes", "value"];

/// What stands between quotes, commas, equals signs and spaces.
fn words(text: &str) -> Vec<String> {
    let separates = |letter: char| letter.is_whitespace() || "\"'`,=:;|&<>()[]{}#".contains(letter);
    text.split(separates).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_boolean(word: &str) -> bool {
    let words = ["true", "false", "t", "f", "1", "0", "on", "off", "yes", "no"];
    words.contains(&word.to_lowercase().as_str())
}

/// `--feature-gates`, `kubelet-arg`, `FEATURE_GATES` and the like.
fn is_option(word: &str) -> bool {
    let letters = word.to_lowercase().replace(['-', '_'], "");
    (word.starts_with('-') && word.len() > 1)
        || letters.contains("featuregate")
        || letters.ends_with("arg")
        || letters.ends_with("args")
}
