//! Scripts of a shell: what each command takes, and the documents that it is given.

use std::collections::BTreeSet;
use std::ops::Range;

use featuregate_core::__private::slice;
use tree_sitter::{Node, Parser, Tree};

use super::super::removal::Out;
use super::super::setting::{ListKind, unread};
use super::super::text::{Builder, Passage};
use super::arguments::Takes;
use super::command::{
    LANGUAGES, Role, WRAPPERS, added, assigns, base_name, handed_to, is_name, program_on, role,
    started, substituted,
};
use super::embedded::{DEPTH, TOO_DEEP};
use super::heredoc::Script;
use super::reading::Reading;
use super::word::{Decoder, Word, children, whole};

/// The syntax tree of a script without its documents, and these. A part that is not a script is an error node.
pub(crate) fn parse(text: &str) -> Option<(Tree, Script)> {
    let script = Script::of(text);
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bash::LANGUAGE.into()).ok()?;
    Some((parser.parse(&script.text, None)?, script))
}

/// A node to look at, and whether what it prints goes to a file or another program.
type Next<'t> = (Node<'t>, bool);

/// A script that is being read.
struct Walk<'r, 'f, 'p, 't> {
    reading: &'r mut Reading<'f>,
    passage: &'p Passage<'t>,
    mentions: &'r [usize],
    /// The functions that it declares, whose arguments have positions.
    functions: BTreeSet<&'p str>,
    /// The variables that it uses.
    used: BTreeSet<&'p str>,
    /// Whether settings can be removed: the whole text is a script.
    fixable: bool,
    depth: usize,
}

impl Reading<'_> {
    /// Reads the arguments of a command.
    fn run(
        &mut self,
        program: &str,
        passage: &Passage<'_>,
        words: &[Word<'_>],
        fixable: bool,
        depth: usize,
    ) {
        let list = self.add_list(ListKind::List);
        let host = fixable.then(|| self.add_part(None, Out::Stay)).flatten();
        let filters = program == "k3d";
        let runs_text = matches!(program, "sh" | "bash" | "dash" | "zsh" | "su" | "ssh");
        let takes = Takes { host, filters, ..Takes::found(list) };
        if runs_text && let Some(script) = after(words, "-c") {
            return self.shell(&script.text, fixable && script.is_straight(), depth + 1);
        }
        self.frozen_unless(fixable, |reading| reading.words(passage, words, takes, depth));
    }

    /// Reads a script. Without `fixable`, its settings are only found.
    pub(super) fn shell(&mut self, passage: &Passage<'_>, fixable: bool, depth: usize) {
        let text = passage.text();
        let mentions = self.keys.mentions(text);
        if mentions.is_empty() {
            return;
        }
        if depth > DEPTH {
            return self.skip(passage.span(0..text.len()).start, TOO_DEEP);
        }
        let Some((tree, script)) = parse(text) else { return };
        let fixable =
            fixable && self.parts.wanted && !tree.root_node().has_error() && !script.unread;
        let (functions, used) =
            if fixable { declared(text, &tree) } else { (BTreeSet::new(), BTreeSet::new()) };
        let mut walk =
            Walk { reading: self, passage, mentions: &mentions, functions, used, fixable, depth };
        walk.walk(tree.root_node());
        for heredoc in script.heredocs {
            let line = slice(&script.text, heredoc.line);
            let program = base_name(program_on(line));
            if LANGUAGES.contains(&program) && walk.mentioned(&heredoc.body) {
                walk.unread(heredoc.body, program);
                continue;
            }
            let writes = role(program) == Role::Writes;
            let target = written_to(line).filter(|_| writes);
            let language = target.and_then(|file| unread(file.rsplit_once('.')?.1));
            if let Some(language) = language.filter(|_| walk.mentioned(&heredoc.body)) {
                let at = walk.passage.span(heredoc.body).start;
                let reason = format!("it mentions feature gates, but {language} is not read");
                walk.reading.skip(at, reason);
                continue;
            }
            if writes && is_message(line, slice(text, heredoc.body.clone())) {
                continue;
            }
            walk.document(heredoc.body, heredoc.captured || goes_on(line), heredoc.tabs);
        }
    }
}

/// The functions that a script declares, and the variables that it uses.
fn declared<'t>(text: &'t str, tree: &Tree) -> (BTreeSet<&'t str>, BTreeSet<&'t str>) {
    let (mut functions, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut cursor = tree.walk();
    let mut next = vec![tree.root_node()];
    while let Some(node) = next.pop() {
        let name = match node.kind() {
            "function_definition" => {
                node.child_by_field_name("name").map(|name| (name, &mut functions))
            }
            "simple_expansion" | "expansion" => {
                let name =
                    node.named_children(&mut cursor).find(|child| child.kind() == "variable_name");
                name.map(|name| (name, &mut used))
            }
            _ => None,
        };
        if let Some((name, names)) = name {
            names.insert(slice(text, whole(name, text)));
        }
        next.extend(node.named_children(&mut cursor));
    }
    (functions, used)
}

impl<'p> Walk<'_, '_, 'p, '_> {
    fn walk(&mut self, root: Node<'_>) {
        let mut next: Vec<Next<'_>> = vec![(root, false)];
        while let Some((node, goes_on)) = next.pop() {
            if !self.mentioned(&node.byte_range()) {
                continue;
            }
            match node.kind() {
                "comment" | "test_command" | "binary_expression" => {}
                "command" => self.command(node, goes_on, &mut next),
                "variable_assignment" => self.assignment(node, true, &mut next),
                "pipeline" => self.pipeline(node, goes_on, &mut next),
                "redirected_statement" => {
                    let goes_on = self.redirected(node).unwrap_or(goes_on);
                    next.extend(children(node).map(|child| (child, goes_on)));
                }
                "command_substitution" | "process_substitution" => {
                    next.extend(children(node).map(|child| (child, true)));
                }
                // What follows the pattern.
                "case_item" => {
                    let mut cursor = node.walk();
                    let patterns: Vec<Node<'_>> =
                        node.children_by_field_name("value", &mut cursor).collect();
                    let after = children(node).filter(|child| !patterns.contains(child));
                    next.extend(after.map(|child| (child, goes_on)));
                }
                "for_statement" | "select_statement" => {
                    self.values(node);
                    next.extend(node.child_by_field_name("body").map(|body| (body, goes_on)));
                }
                "expansion" => self.expansion(node),
                "ERROR" => self.error(node, &mut next),
                _ => next.extend(children(node).map(|child| (child, goes_on))),
            }
        }
    }

    fn mentioned(&self, range: &Range<usize>) -> bool {
        let at = self.mentions.partition_point(|mention| *mention < range.start);
        self.mentions.get(at).is_some_and(|mention| *mention < range.end)
    }

    fn text(&self, node: Node<'_>) -> &'p str {
        let passage: &'p Passage<'_> = self.passage;
        slice(passage.text(), whole(node, passage.text()))
    }

    /// A document that a command is given, which is for people if it only goes to the terminal and is not
    /// structured.
    fn document(&mut self, range: Range<usize>, goes_on: bool, tabs: bool) {
        let passage = self.passage.slice(range);
        let leading = |line: &str| line.len() - line.trim_start_matches('\t').len();
        let passage = if tabs { passage.without(leading) } else { passage };
        let depth = self.depth + 1;
        let fixable = self.fixable && !tabs;
        self.reading.frozen_unless(fixable, |reading| {
            // A command may need it, so that it cannot become empty.
            let document = reading.add_part(None, Out::Fixed);
            if !reading.structured(&passage, document, depth) && goes_on {
                reading.embedded(&passage, document, None, depth);
            }
        });
    }

    /// What goes from one command to the next.
    fn pipeline<'n>(&mut self, node: Node<'n>, goes_on: bool, next: &mut Vec<Next<'n>>) {
        let commands: Vec<Node<'_>> = children(node).collect();
        let ends = commands.last().is_some_and(|last| {
            self.program_of(*last).is_some_and(|program| {
                role(program) == Role::Ignores && !matches!(program, "grep" | "jq" | "yq" | "awk")
            })
        });
        for (index, command) in commands.iter().enumerate() {
            let last = index + 1 == commands.len();
            next.push((*command, if last { goes_on } else { !ends }));
        }
    }

    /// The program of a command, perhaps with redirections.
    fn program_of(&self, node: Node<'_>) -> Option<&'p str> {
        let command = if node.kind() == "redirected_statement" {
            node.child_by_field_name("body")?
        } else {
            node
        };
        let name = command.child_by_field_name("name")?;
        let program = base_name(self.text(name));
        if !WRAPPERS.contains(&program) {
            return Some(program);
        }
        let mut cursor = command.walk();
        let words =
            command.children_by_field_name("argument", &mut cursor).map(|word| self.text(word));
        // `timeout 10`, `nice -n 5`.
        let is_for_wrapper = |word: &&str| {
            word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) || word.contains('=')
        };
        let mut rest = words.skip_while(is_for_wrapper);
        Some(base_name(rest.next()?))
    }

    /// Whether the output of a statement goes to a file; `None` where it goes where that of its surroundings does.
    fn redirected(&self, node: Node<'_>) -> Option<bool> {
        let mut found = None;
        for redirect in children(node).filter(|child| child.kind() == "file_redirect") {
            let text = self.text(redirect).trim_start_matches(|c: char| c.is_ascii_digit());
            if let Some(target) = text.strip_prefix("&>").or_else(|| text.strip_prefix('>')) {
                let target = target.trim_start_matches(['>', '|']).trim();
                found = Some(!target.starts_with('&') && !target.starts_with("/dev/"));
            }
        }
        found
    }

    /// The values that a variable has one after the other. Their settings are only found.
    fn values(&mut self, node: Node<'_>) {
        let mut cursor = node.walk();
        let values: Vec<Word<'_>> =
            node.children_by_field_name("value", &mut cursor).map(|word| self.word(word)).collect();
        let Some(name) = node.child_by_field_name("variable") else { return };
        let named = (self.text(name), whole(name, self.passage.text()));
        let (passage, depth) = (self.passage, self.depth);
        let is_gates = self.reading.keys.name(named.0);
        self.reading.frozen(|reading| {
            if !is_gates {
                let list = reading.add_list(ListKind::List);
                return reading.words(passage, &values, Takes::found(list), depth);
            }
            for value in &values {
                let takes = Takes::found(reading.add_list(ListKind::List));
                reading.variable(named.clone(), passage, value, takes, depth);
            }
        });
    }

    /// A variable with the gates that it has by default: `${FEATURE_GATES:-A=true}`.
    fn expansion(&mut self, node: Node<'_>) {
        let range = whole(node, self.passage.text());
        let Some(inner) = self.text(node).strip_prefix("${").and_then(|it| it.strip_suffix('}'))
        else {
            return;
        };
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, rest) = inner.split_at(inner.find(|c| !name(c)).unwrap_or(inner.len()));
        let default = [":-", ":=", "-", "="].iter().find_map(|sign| rest.strip_prefix(*sign));
        let Some(default) = default.filter(|_| self.reading.keys.name(name)) else { return };
        let quoted = |quote| default.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
        let lead = usize::from(quoted('"').or_else(|| quoted('\'')).is_some());
        let end = range.end - 1 - lead;
        let range = range.end - 1 - default.len() + lead..end;
        let (passage, list) = (self.passage, self.reading.add_list(ListKind::List));
        let list = self.reading.list_of(name, list);
        self.reading.frozen(|reading| reading.items(passage, range, list, None));
    }

    /// A part that is not a script: its words are arguments of something unknown.
    fn error<'n>(&mut self, node: Node<'n>, next: &mut Vec<Next<'n>>) {
        let is_word = |node: &Node<'_>| {
            matches!(node.kind(), "word" | "string" | "raw_string" | "concatenation")
        };
        let (words, others): (Vec<Node<'_>>, Vec<Node<'_>>) = children(node).partition(is_word);
        let words: Vec<Word<'_>> = words.iter().map(|word| self.word(*word)).collect();
        let list = self.reading.add_list(ListKind::List);
        let (passage, depth) = (self.passage, self.depth);
        self.reading.frozen(|reading| reading.words(passage, &words, Takes::found(list), depth));
        next.extend(others.into_iter().map(|node| (node, false)));
    }

    fn command<'n>(&mut self, node: Node<'n>, goes_on: bool, next: &mut Vec<Next<'n>>) {
        let program = self.program_of(node).unwrap_or_default();
        // A variable may be named for what it starts.
        let named = program.trim_start_matches(['$', '{']).trim_end_matches('}');
        let program = if named.eq_ignore_ascii_case("yq") { "yq" } else { program };
        let role = role(program);
        let mut words = Vec::new();
        for child in children(node) {
            match child.kind() {
                "variable_assignment" => self.assignment(child, false, next),
                "command_name" => words.extend(children(child).map(|child| self.word(child))),
                "file_redirect" => {
                    words.push(Word::other(whole(child, self.passage.text())));
                    next.push((child, goes_on));
                }
                _ => words.push(self.word(child)),
            }
            substitutions(child, next);
        }
        if program == "printf"
            || words.iter().any(|word| program == "echo" && word.text.text() == "-e")
        {
            words = words.iter().map(printed).collect();
        }
        let is_exec = |word: &Word<'_>| ["-exec", "-execdir", "-ok"].contains(&word.text.text());
        if program == "find"
            && let Some(at) = words.iter().position(is_exec)
        {
            let words = words.split_off(at + 1);
            let program = words.first().map_or("", |word| base_name(word.text.text()));
            let (passage, depth) = (self.passage, self.depth);
            return self.reading.read_by(Some(program), |reading| {
                reading.run(program, passage, &words, false, depth);
            });
        }
        match role {
            Role::Ignores => {
                if words.iter().any(|word| self.is_program(program, word)) {
                    self.unread(whole(node, self.passage.text()), program);
                }
                return;
            }
            Role::Writes if !goes_on => return,
            Role::Edits => return self.edits(&words),
            Role::Runs | Role::Writes | Role::Shell => {}
        }
        // What is handed on is read by another program.
        let flag = words.iter().position(|word| self.reading.is_flag(word));
        let before = words.get(..flag.unwrap_or_default()).unwrap_or_default();
        let started = started(program, before);
        let known = role == Role::Runs
            && flag.is_some()
            && (started.is_some() || is_name(program) && !self.is_of_template(node));
        let reader = started.as_deref().unwrap_or(program);
        let fixable = self.fixable && role == Role::Runs && !self.functions.contains(program);
        let (passage, depth) = (self.passage, self.depth);
        let hint = if known { None } else { handed_to(program, &words) };
        self.reading.hinted(hint.as_deref(), |reading| {
            reading.read_by(known.then_some(reader), |reading| {
                reading.run(program, passage, &words, fixable, depth);
            });
        });
    }

    /// Whether a template gives the name of a command.
    fn is_of_template(&self, command: Node<'_>) -> bool {
        let name = command.child_by_field_name("name");
        name.is_some_and(|name| {
            let span = self.passage.span(whole(name, self.passage.text()));
            self.reading.template.gives(&span)
        })
    }

    /// Reports a program of a language.
    fn unread(&mut self, range: Range<usize>, of: &str) {
        let at = self.passage.span(range).start;
        self.reading.skip(at, format!("a program of {of} is not read"));
    }

    /// Whether a word is a program that may write settings: one of a language, or an expression of `jq` or `yq` that
    /// assigns.
    fn is_program(&self, of: &str, word: &Word<'_>) -> bool {
        let text = word.text.text();
        self.reading.keys.mentioned(text)
            && match of {
                "jq" => assigns(text),
                "yq" => assigns(text) || text.split('.').any(|part| self.reading.keys.name(part)),
                _ => LANGUAGES.contains(&of) && text.contains(['=', ':']),
            }
    }

    /// What `sed` adds to a text: what is after its commands `a`, `c` and `i`. What a substitution makes of gates, or is
    /// added below their key, depends on the text.
    fn edits(&mut self, words: &[Word<'_>]) {
        for word in words {
            let text = word.text.text();
            let keys = &self.reading.keys;
            let Some(added) = added(text) else {
                let written = substituted(text).map(|written| slice(text, written));
                if written.is_some_and(|written| keys.mentioned(written)) {
                    self.unread(word.span.clone(), "sed");
                }
                continue;
            };
            let added = word.text.slice(added);
            let is_entry = added.text().contains([':', '=']) && keys.mentioned(text);
            if is_entry && !keys.mentioned(added.text()) {
                self.unread(word.span.clone(), "sed");
                continue;
            }
            let depth = self.depth + 1;
            self.reading.frozen(|reading| reading.embedded(&added, None, None, depth));
        }
    }

    /// A variable. One that the script uses keeps its value: what depends on it cannot be known.
    fn assignment<'n>(&mut self, node: Node<'n>, alone: bool, next: &mut Vec<Next<'n>>) {
        let (Some(name), Some(value)) =
            (node.child_by_field_name("name"), node.child_by_field_name("value"))
        else {
            return;
        };
        substitutions(value, next);
        let list = self.reading.add_list(ListKind::List);
        let passage = self.passage;
        if value.kind() == "array" {
            let words: Vec<Word<'_>> = children(value).map(|word| self.item(word)).collect();
            let depth = self.depth;
            return self.reading.frozen(|reading| {
                reading.words(passage, &words, Takes::found(list), depth);
            });
        }
        let word = self.word(value);
        // An item of an array would be empty, and not missing.
        let is_item = self.text(name).contains('[');
        let fixable = self.fixable && !is_item && !(alone && self.used.contains(self.text(name)));
        let span = passage.span(word.span.clone());
        let host = fixable.then(|| self.reading.add_part(None, Out::Cut(span))).flatten();
        let takes = Takes { host, keeps_variables: true, ..Takes::found(list) };
        // Of an item, the key in its brackets.
        let (mut at, mut named) = (whole(name, passage.text()), self.text(name));
        if let Some(opening) = named.find('[').filter(|_| named.ends_with(']')) {
            named = slice(named, opening + 1..named.len() - 1).trim_matches(['"', '\'']);
            at.start += opening + 1;
            at.end = at.start + named.len();
        }
        let named = (named, at);
        let depth = self.depth;
        self.reading.frozen_unless(fixable, |reading| {
            reading.variable(named, passage, &word, takes, depth);
        });
    }

    /// An item of an array, without the brackets around its key.
    fn item(&self, node: Node<'_>) -> Word<'p> {
        let word = self.word(node);
        let text = word.text.text();
        let Some(end) = text.find("]=").filter(|_| text.starts_with('[')) else { return word };
        let key = slice(text, 1..end).trim_matches(['"', '\'']);
        let mut builder = Builder::new(&word.text, 0);
        let from = 1 + slice(text, 1..end).find(key).unwrap_or_default();
        builder.copy(from..from + key.len());
        builder.copy(end + 1..text.len());
        Word { text: builder.finish(), span: word.span.clone(), expands: true, ..word }
    }

    fn word(&self, node: Node<'_>) -> Word<'p> {
        let mut word = Decoder::new(self.passage, whole(node, self.passage.text()));
        word.node(node);
        word.finish()
    }
}

/// Whether what is on a line goes to a file or another program, or is taken by one.
fn goes_on(line: &str) -> bool {
    line.contains(['|', '>']) || role(base_name(program_on(line))) == Role::Runs
}

/// The file that the output of a line goes to.
fn written_to(line: &str) -> Option<&str> {
    let (_, target) = line.rsplit_once('>')?;
    let target = target.split_whitespace().next()?.trim_matches(['"', '\'']);
    (!target.starts_with('&')).then_some(target)
}

/// Whether the document of a line is for people: it goes to standard error, or says how a program is used.
fn is_message(line: &str, document: &str) -> bool {
    let first = document.trim_start().get(..5).unwrap_or_default();
    line.contains(">&2") || first.eq_ignore_ascii_case("usage")
}

/// Adds the commands within a word.
fn substitutions<'n>(node: Node<'n>, next: &mut Vec<Next<'n>>) {
    let mut within = vec![node];
    while let Some(node) = within.pop() {
        match node.kind() {
            "command_substitution" | "process_substitution" => next.push((node, true)),
            "string" | "concatenation" | "array" | "command_name" => {
                within.extend(children(node));
            }
            "expansion" => {
                next.push((node, true));
                within.extend(children(node));
            }
            _ => {}
        }
    }
}

/// What is printed for a word: `\n` ends a line.
fn printed<'p>(word: &Word<'p>) -> Word<'p> {
    let text = word.text.text();
    let mut builder = Builder::new(&word.text, 0);
    let mut at = 0;
    for (end, _) in text.match_indices("\\n") {
        builder.copy(at..end);
        builder.put('\n', end..end + 2);
        at = end + 2;
    }
    builder.copy(at..text.len());
    Word { text: builder.finish(), span: word.span.clone(), tail: text.len(), ..*word }
}

/// The word after an option.
fn after<'w, 'p>(words: &'w [Word<'p>], option: &str) -> Option<&'w Word<'p>> {
    let at = words.iter().position(|word| word.text.text() == option)?;
    words.get(at + 1)
}
