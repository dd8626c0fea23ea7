//! Finds settings in documents, scalars and lines.

use std::collections::HashSet;
use std::ops::Range;

use super::arguments::{self, Argument, Lines};
use super::items::{self, items};
use super::keys::Keys;
use super::layout::{Form, Layout, Member, Owner};
use super::mapped::Mapped;
use super::template::Masked;
use super::tree::{Kind, Layout as Brackets, Style, Tree};
use super::{Extract, Given, List, ListKind, Setting, yaml};

/// How deep texts may stand in texts: YAML in a block scalar of YAML in a string of JSON is two.
const DEEPEST: usize = 4;

/// The keys of a JSON Schema, a workflow and the like under which names are described.
const DESCRIBING: &[&str] = &["properties", "inputs", "parameters"];

/// The keys whose texts are for people.
const PROSE: &[&str] =
    &["comment", "description", "help", "message", "name", "summary", "title", "usage"];

/// What has been found so far.
pub(super) struct Finder<'a> {
    pub(super) keys: Keys<'a>,
    pub(super) masked: &'a Masked<'a>,
    pub(super) out: Extract,
    /// How the settings stand among others, where somebody wants to know.
    pub(super) layout: Option<Layout>,
}

/// A text whose nodes and lines are looked at.
#[derive(Clone, Copy)]
struct Source<'s> {
    mapped: &'s Mapped<'s>,
    /// How many texts it stands in.
    depth: usize,
    /// Whether its lines are lines of the file.
    lined: bool,
}

/// A document of a source.
#[derive(Clone, Copy)]
struct Document<'s> {
    source: Source<'s>,
    tree: &'s Tree,
}

/// Where a node stands.
#[derive(Clone)]
struct Place {
    /// What becomes of it once it is empty.
    owner: Owner,
    /// The member of a list that it is.
    item: Option<Member>,
}

impl Finder<'_> {
    /// Reads YAML, as far as it can be read.
    pub(super) fn yaml(&mut self, mapped: &Mapped<'_>) {
        let source = Source { mapped, depth: 0, lined: true };
        let mut tree = Tree::default();
        let mut from = 0;
        while from < mapped.text.len() {
            let rest = mapped.part(&(from..mapped.text.len()));
            let rest_source = Source { mapped: &rest, ..source };
            let read = yaml::read(&rest.text, &mut tree, |tree| {
                self.document(Document { source: rest_source, tree });
            });
            let Err(broken) = read else { return };
            tree.clear();
            // Documents of JSON need nothing between them.
            let next = rest.text.get(broken.at..).unwrap_or_default();
            if broken.at > 0 && broken.begins == broken.at && next.starts_with(['{', '[']) {
                from += broken.at;
                continue;
            }
            let line = self.line(rest.at(broken.at));
            self.out.skipped.push((Some(line), broken.reason));
            // Arguments stand in it all the same, and the next document may be fine.
            let next = rest.text.get(broken.at..).unwrap_or_default().find("\n---");
            let end = next.map_or(rest.text.len(), |next| broken.at + next + 1);
            let unread = rest_source.mapped.get(0..broken.at);
            let unread = unread.rfind('\n').map_or(0, |at| at + 1);
            self.lines(rest_source, &(unread..end), Lines::Script, &Owner::Fixed, &mut None);
            from += end;
        }
    }

    /// Reads a text of which the syntax is not known.
    pub(super) fn unknown(&mut self, mapped: &Mapped<'_>) {
        let source = Source { mapped, depth: 0, lined: true };
        if !self.nested(source) && super::toml::try_read(mapped, self).is_err() {
            self.script(mapped);
        }
    }

    pub(super) fn skip_at(&mut self, mapped: &Mapped<'_>, at: usize, reason: String) {
        let line = self.line(mapped.at(at));
        self.skip(line, reason);
    }

    /// Reads lines of a script, an environment file or a unit.
    pub(super) fn script(&mut self, mapped: &Mapped<'_>) {
        let source = Source { mapped, depth: 0, lined: true };
        self.lines(source, &(0..mapped.text.len()), Lines::Assignments, &Owner::Open, &mut None);
    }

    /// Reads a document of another syntax.
    pub(super) fn tree(&mut self, mapped: &Mapped<'_>, tree: &Tree) {
        self.document(Document { source: Source { mapped, depth: 0, lined: true }, tree });
    }

    fn document(&mut self, document: Document<'_>) {
        if let Some(root) = document.tree.root() {
            let mut walk = Walk { finder: self, document, seen: HashSet::new() };
            walk.node(root, "", &Place { owner: Owner::Open, item: None });
        }
    }

    fn line(&self, byte: usize) -> u32 {
        let before = self.masked.text.get(..byte).unwrap_or_default();
        let breaks = before.matches('\n').count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }

    fn list(&mut self, kind: ListKind) -> usize {
        self.out.lists.push(List { kind });
        self.out.lists.len() - 1
    }

    fn group(
        &mut self,
        owner: &Owner,
        form: Form,
        members: impl IntoIterator<Item = Range<usize>>,
    ) -> usize {
        let layout = self.layout.as_mut();
        layout.map_or(0, |layout| layout.group(owner.clone(), form, members))
    }

    /// A scalar's text, which may be anything.
    ///
    /// `arguments` is the list of the command whose arguments are texts of their own.
    fn text(
        &mut self,
        source: Source<'_>,
        part: &Range<usize>,
        style: Style,
        owner: &Owner,
        arguments: &mut Option<usize>,
    ) {
        let written = source.mapped.get(part.clone());
        if !self.keys.mentioned(written) {
            return;
        }
        if source.depth >= DEEPEST {
            let line = self.line(source.mapped.at(part.start));
            let reason = format!("texts stand in texts deeper than {DEEPEST} levels");
            self.out.skipped.push((Some(line), reason));
            return;
        }
        let content = content(source, part, style);
        let lined = source.lined && style == Style::Block;
        let inner = Source { mapped: &content, depth: source.depth + 1, lined };
        let text = content.text.trim_start();
        let several = content.text.trim_end().contains('\n');
        let block = style == Style::Block;
        if (several || block || text.starts_with(['{', '['])) && self.nested(inner) {
            return;
        }
        let kind = if several && style != Style::Plain { Lines::Script } else { Lines::One };
        let arguments = if kind == Lines::One { arguments } else { &mut None };
        self.lines(inner, &(0..content.text.len()), kind, owner, arguments);
    }

    /// Reads a text as YAML, if it is YAML with a structure.
    fn nested(&mut self, source: Source<'_>) -> bool {
        self.structured(source, Self::document)
    }

    /// The same for a text that is a map or list of gates.
    fn nested_gates(&mut self, source: Source<'_>) -> bool {
        source.depth < DEEPEST
            && self.structured(source, |finder, document| {
                if let Some(root) = document.tree.root() {
                    let mut walk = Walk { finder, document, seen: HashSet::new() };
                    walk.gates(root, &Place { owner: Owner::Open, item: None });
                }
            })
    }

    fn structured(&mut self, source: Source<'_>, read: impl Fn(&mut Self, Document<'_>)) -> bool {
        let (settings, skipped) = (self.out.settings.len(), self.out.skipped.len());
        let mut tree = Tree::default();
        let mut structured = false;
        let ended = yaml::read(&source.mapped.text, &mut tree, |tree| {
            let root = tree.root().map(|root| tree.kind(root));
            if matches!(root, Some(Kind::Map(_) | Kind::List(_))) {
                structured = true;
                read(self, Document { source, tree });
            }
        });
        if ended.is_ok() && structured {
            return true;
        }
        self.out.settings.truncate(settings);
        self.out.skipped.truncate(skipped);
        false
    }

    /// Looks for arguments and assignments.
    fn lines(
        &mut self,
        source: Source<'_>,
        part: &Range<usize>,
        kind: Lines,
        owner: &Owner,
        arguments: &mut Option<usize>,
    ) {
        let text = &source.mapped.text;
        for line in arguments::lines(text, part, kind) {
            let found = arguments::arguments(text, &line, kind, self.keys);
            if !found.is_empty() {
                let list = match kind {
                    Lines::One => self.of_command(arguments),
                    Lines::Script | Lines::Assignments => self.list(ListKind::List),
                };
                self.line_of_arguments(source, &line, &found, kind, owner, list);
            }
        }
    }

    /// The list of a command's arguments, which is made with the first of them.
    fn of_command(&mut self, arguments: &mut Option<usize>) -> usize {
        *arguments.get_or_insert_with(|| {
            self.out.lists.push(List { kind: ListKind::List });
            self.out.lists.len() - 1
        })
    }

    fn line_of_arguments(
        &mut self,
        source: Source<'_>,
        line: &Range<usize>,
        found: &[Argument],
        kind: Lines,
        owner: &Owner,
        list: usize,
    ) {
        let text = &source.mapped.text;
        // A line that is only that goes with it; so does a text.
        let only = only(text, line, found);
        let owner = match (kind, only) {
            (_, false) => Owner::Open,
            (Lines::One, true) => owner.clone(),
            (_, true) => {
                let form = if source.lined { Form::Lines } else { Form::Unknown };
                let trimmed = trim(text, line.clone());
                let lines = self.group(&Owner::Open, form, [source.mapped.span(&trimmed)]);
                Owner::Members(lines, vec![0])
            }
        };
        let spans =
            found.iter().map(|it| source.mapped.span(&with_blanks(text, line, &it.whole, kind)));
        let group = self.group(&owner, Form::Whole, spans);
        for (index, argument) in found.iter().enumerate() {
            // An argument that is handed to two programs of the line counts once, and goes from both.
            let same = |other: &Argument| {
                text.get(other.whole.clone()) == text.get(argument.whole.clone())
            };
            if found.iter().take(index).any(same) {
                continue;
            }
            let all = (index..found.len()).filter(|&other| found.get(other).is_some_and(same));
            let owner = Owner::Members(group, all.collect());
            self.items(source, &argument.value, list, &owner);
        }
    }

    /// Settings in a text such as `A=true,B=false`.
    fn items(&mut self, source: Source<'_>, part: &Range<usize>, list: usize, owner: &Owner) {
        let found = items(&source.mapped.text, part);
        let spans = found.iter().map(|item| source.mapped.span(&item.whole));
        let group = self.group(owner, Form::Commas, spans);
        for (index, item) in found.into_iter().enumerate() {
            let (value, value_span) = match item.value {
                items::Value::Text(value) => {
                    (Given::Text(source.mapped.get(value.clone()).to_owned()), value)
                }
                items::Value::Sign(on) => (Given::Sign(on), item.name.end..item.name.end),
            };
            self.setting(source, item.name, value, &value_span, list, (group, index), false);
        }
    }

    fn setting(
        &mut self,
        source: Source<'_>,
        name: Range<usize>,
        value: Given,
        value_span: &Range<usize>,
        list: usize,
        member: Member,
        escaped: bool,
    ) {
        let (name_span, value_span) = (source.mapped.span(&name), source.mapped.span(value_span));
        let mut name = source.mapped.get(name).to_owned();
        if escaped && name.contains('\\') {
            let whole = Mapped::file(&name).unescaped(&(0..name.len())).text.into_owned();
            name = whole;
        }
        let given = if let Given::Text(text) = &value { text.as_str() } else { "" };
        let templated = self.masked.hides(&name_span) || self.masked.hides(&value_span);
        let replaced = templated || is_variable(&name) || is_variable(given);
        if replaced {
            let line = self.line(name_span.start);
            let what = if templated { "a template" } else { "a variable" };
            self.skip(line, format!("what {what} inserts is not known"));
            return;
        }
        self.out.settings.push(Setting { name, name_span, value, value_span, list, member });
    }

    /// Tells it where a template inserts the lines that follow.
    fn inserted(&mut self, at: usize) {
        let at = self.masked.text.get(..at).unwrap_or_default().trim_end().len();
        let rest = self.masked.original.get(at..).unwrap_or_default();
        let action = rest.trim_start_matches(':').trim_start();
        if action.starts_with("{{") {
            let line = self.line(at + (rest.len() - action.len()));
            self.skip(line, "what a template inserts is not known".to_owned());
        }
    }

    fn skip(&mut self, line: u32, reason: String) {
        let entry = (Some(line), reason);
        if self.out.skipped.last() != Some(&entry) {
            self.out.skipped.push(entry);
        }
    }
}

/// A walk over a document.
struct Walk<'f, 'a, 's> {
    finder: &'f mut Finder<'a>,
    document: Document<'s>,
    /// The maps of gates that were read, which an alias may lead to again.
    seen: HashSet<usize>,
}

impl Walk<'_, '_, '_> {
    fn tree(&self) -> &Tree {
        self.document.tree
    }

    fn kind(&self, node: usize) -> Kind {
        self.document.tree.kind(node)
    }

    /// The text of a scalar without its quotes, as far as that is needed to compare it.
    fn scalar(&self, node: usize) -> &str {
        let span = self.tree().span(node);
        let part = match self.kind(node) {
            Kind::Scalar(Style::Quoted | Style::Escaped) => inner(span),
            Kind::Scalar(_) => span,
            _ => return "",
        };
        self.document.source.mapped.get(part)
    }

    fn file(&self, span: &Range<usize>) -> Range<usize> {
        self.document.source.mapped.span(span)
    }

    /// The form of a map's or list's members.
    fn form(&self, brackets: Brackets) -> Form {
        match brackets {
            Brackets::Flow => Form::Commas,
            Brackets::Block | Brackets::Table if self.document.source.lined => Form::Lines,
            Brackets::Block | Brackets::Table => Form::Unknown,
        }
    }

    /// The group of a map's entries.
    fn entries(&mut self, map: usize, brackets: Brackets, owner: &Owner) -> usize {
        if self.finder.layout.is_none() {
            return 0;
        }
        let mut owner = owner.clone();
        if brackets == Brackets::Table {
            let header = self.tree().span(map);
            let written = self.document.source.mapped.get(header.clone()).starts_with('[');
            let header = self.file(&header);
            owner = Owner::Open;
            if written {
                let line = self.finder.group(&Owner::Open, Form::Lines, [header]);
                owner = Owner::Beside(line, vec![0]);
            }
        }
        if owner == Owner::Fixed {
            owner = Owner::Emptied(self.file(&self.tree().span(map)), "{}");
        }
        let (tree, source) = (self.document.tree, self.document.source);
        let spans = tree.entries(map).map(|(key, value)| {
            let (key, value) = (tree.span(key), tree.span(value));
            source.mapped.span(&(key.start..value.end.max(key.end)))
        });
        let form = self.form(brackets);
        self.finder.group(&owner, form, spans)
    }

    /// The group of a list's items.
    fn members(&mut self, list: usize, brackets: Brackets, owner: &Owner) -> usize {
        if self.finder.layout.is_none() {
            return 0;
        }
        let owner = match owner {
            Owner::Fixed => Owner::Emptied(self.file(&self.tree().span(list)), "[]"),
            owner => owner.clone(),
        };
        let (tree, source) = (self.document.tree, self.document.source);
        let spans = tree.children(list).map(|item| {
            let span = tree.span(item);
            let start = match brackets {
                Brackets::Flow => span.start,
                Brackets::Block | Brackets::Table => dash(&source.mapped.text, span.start),
            };
            source.mapped.span(&(start..span.end))
        });
        let form = self.form(brackets);
        self.finder.group(&owner, form, spans)
    }

    fn node(&mut self, node: usize, key: &str, place: &Place) {
        match self.kind(node) {
            Kind::Map(brackets) => self.map(node, brackets, key, place),
            Kind::List(brackets) => self.sequence(node, brackets, place),
            Kind::Scalar(style) => {
                let span = self.tree().span(node);
                self.finder.text(self.document.source, &span, style, &place.owner, &mut None);
            }
            Kind::Alias => {}
        }
    }

    fn map(&mut self, map: usize, brackets: Brackets, of: &str, place: &Place) {
        let group = self.entries(map, brackets, &place.owner);
        let tree = self.document.tree;
        let (mut named, mut valued) = (None, None);
        let mut count = 0;
        for (index, (key, value)) in tree.entries(map).enumerate() {
            count += 1;
            let name = self.scalar(key).to_owned();
            match name.as_str() {
                "name" => named = Some(value),
                "value" => valued = Some(value),
                _ => {}
            }
            let owner = Owner::Members(group, vec![index]);
            if self.finder.keys.has(&name) {
                // There it is described, not set.
                if DESCRIBING.contains(&of) && matches!(self.kind(value), Kind::Map(_)) {
                    continue;
                }
                self.gates(value, &Place { owner, item: None });
                continue;
            }
            if PROSE.contains(&name.as_str()) && matches!(self.kind(value), Kind::Scalar(_)) {
                continue;
            }
            // A patch needs its value, and a variable has one.
            let needed = name == "value";
            let owner = if needed { Owner::Fixed } else { owner };
            self.node(value, &name, &Place { owner, item: None });
        }
        if let (Some(name), Some(value)) = (named, valued)
            && matches!(self.kind(value), Kind::Scalar(_))
            && self.finder.keys.has(self.scalar(name))
        {
            let owner = match place.item {
                Some((list, item)) if count == 2 => Owner::Members(list, vec![item]),
                _ => Owner::Fixed,
            };
            self.gates_text(value, &owner, None);
        }
    }

    fn sequence(&mut self, list: usize, brackets: Brackets, place: &Place) {
        let group = self.members(list, brackets, &place.owner);
        let tree = self.document.tree;
        let mut arguments = None;
        let mut flag = false;
        for (index, item) in tree.children(list).enumerate() {
            let owner = Owner::Members(group, vec![index]);
            let scalar = matches!(self.kind(item), Kind::Scalar(_));
            if scalar && flag {
                let owner = Owner::Members(group, vec![index - 1, index]);
                let of_command = self.finder.of_command(&mut arguments);
                self.gates_text(item, &owner, Some(of_command));
                flag = false;
                continue;
            }
            let text = self.scalar(item).trim();
            flag = scalar && text.starts_with('-') && self.finder.keys.has(text);
            if let Kind::Scalar(style) = self.kind(item) {
                let span = tree.span(item);
                self.finder.text(self.document.source, &span, style, &owner, &mut arguments);
                continue;
            }
            self.node(item, "", &Place { owner: Owner::Fixed, item: Some((group, index)) });
        }
    }

    /// The value of a key that stands for gates.
    fn gates(&mut self, value: usize, place: &Place) {
        match self.kind(value) {
            Kind::Map(brackets) => self.gates_map(value, brackets, &place.owner),
            Kind::List(brackets) => self.gates_list(value, brackets, &place.owner),
            Kind::Scalar(_) => self.gates_text(value, &place.owner, None),
            Kind::Alias => {
                if let Some(meant) = self.tree().meant(value).filter(|meant| *meant != value) {
                    self.gates(meant, &Place { owner: Owner::Open, item: None });
                }
            }
        }
    }

    fn gates_map(&mut self, map: usize, brackets: Brackets, owner: &Owner) {
        if !self.seen.insert(map) {
            return;
        }
        let group = self.entries(map, brackets, owner);
        let list = self.finder.list(ListKind::Map);
        let tree = self.document.tree;
        for (index, (key, value)) in tree.entries(map).enumerate() {
            if self.scalar(key) == "<<" {
                self.merged(value);
                continue;
            }
            self.pair(key, value, list, (group, index));
        }
    }

    /// What a merge key brings into a map of gates.
    fn merged(&mut self, value: usize) {
        let tree = self.document.tree;
        let open = Place { owner: Owner::Open, item: None };
        match self.kind(value) {
            Kind::List(_) => {
                let items: Vec<usize> = tree.children(value).collect();
                for item in items {
                    self.gates(item, &open);
                }
            }
            Kind::Map(_) | Kind::Alias => self.gates(value, &open),
            Kind::Scalar(_) => {}
        }
    }

    /// A name and a value, each a node.
    fn pair(&mut self, key: usize, value: usize, list: usize, member: Member) {
        let tree = self.document.tree;
        let source = self.document.source;
        let Kind::Scalar(key_style) = self.kind(key) else { return };
        let name = bare(key_style, tree.span(key));
        let value = tree.meant(value).unwrap_or(value);
        let span = tree.span(value);
        let (given, span) = match self.kind(value) {
            Kind::Scalar(style) => {
                let bare = bare(style, span.clone());
                let text = source.mapped.get(bare.clone());
                if style == Style::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
                    return;
                }
                match style {
                    Style::Block => {
                        let text = content(source, &span, style).text.trim_end().to_owned();
                        (Given::Text(text), span.start..span.start)
                    }
                    _ => (Given::Text(text.to_owned()), bare),
                }
            }
            Kind::Map(_) => (Given::Other("a map"), span.start..span.start),
            Kind::List(_) => (Given::Other("a list"), span.start..span.start),
            Kind::Alias => (Given::Other("an alias of nothing"), span),
        };
        let escaped = key_style == Style::Escaped;
        self.finder.setting(source, name, given, &span, list, member, escaped);
    }

    fn gates_list(&mut self, list_node: usize, brackets: Brackets, owner: &Owner) {
        if !self.seen.insert(list_node) {
            return;
        }
        let group = self.members(list_node, brackets, owner);
        let list = self.finder.list(ListKind::List);
        let tree = self.document.tree;
        for (index, item) in tree.children(list_node).enumerate() {
            let Some(item) = tree.meant(item) else { continue };
            let owner = Owner::Members(group, vec![index]);
            match self.kind(item) {
                Kind::Scalar(style) => {
                    let part = bare(style, tree.span(item));
                    self.finder.items(self.document.source, &part, list, &owner);
                }
                Kind::Map(brackets) => self.gates_object(item, brackets, list, (group, index)),
                Kind::List(_) | Kind::Alias => {}
            }
        }
    }

    /// An item such as `{name: A, enabled: true}`, or `{A: true}`.
    fn gates_object(&mut self, map: usize, brackets: Brackets, list: usize, member: Member) {
        let tree = self.document.tree;
        let of = |wanted: &[&str]| {
            let mut entries = tree.entries(map);
            entries.find(|(key, _)| wanted.contains(&self.scalar(*key))).map(|(_, value)| value)
        };
        let (name, value) = (of(&["name"]), of(&["enabled", "value", "enable", "default"]));
        match (name, value) {
            (Some(name), Some(value)) => self.pair(name, value, list, member),
            (Some(_), None) => {}
            (None, _) => {
                let owner = Owner::Members(member.0, vec![member.1]);
                let group = self.entries(map, brackets, &owner);
                for (index, (key, value)) in tree.entries(map).enumerate() {
                    self.pair(key, value, list, (group, index));
                }
            }
        }
    }

    /// A scalar that stands where gates belong.
    fn gates_text(&mut self, node: usize, owner: &Owner, list: Option<usize>) {
        let Kind::Scalar(style) = self.kind(node) else { return };
        let span = self.tree().span(node);
        let source = self.document.source;
        let content = content(source, &span, style);
        let text = content.text.trim();
        // It is not set, or switches all of it on or off, which says nothing of a gate.
        let switch = ["", "~", "null", "true", "false"].contains(&text);
        if switch {
            self.finder.inserted(source.mapped.at(span.end));
            return;
        }
        if text.starts_with('-') && text.contains("gates=") {
            self.finder.text(source, &span, style, owner, &mut None);
            return;
        }
        let lined = source.lined && style == Style::Block;
        let inner = Source { mapped: &content, depth: source.depth + 1, lined };
        let structured =
            text.starts_with(['{', '[']) || style == Style::Block && text.contains(": ");
        if structured && self.finder.nested_gates(inner) {
            return;
        }
        let list = list.unwrap_or_else(|| self.finder.list(ListKind::List));
        self.finder.items(inner, &(0..content.text.len()), list, owner);
    }
}

/// The text of a scalar, with its places.
fn content<'s>(source: Source<'s>, span: &Range<usize>, style: Style) -> Mapped<'s> {
    let mapped = source.mapped;
    match style {
        Style::Plain => mapped.part(span),
        Style::Quoted => mapped.part(&inner(span.clone())),
        Style::Escaped => {
            let inner = inner(span.clone());
            if mapped.get(inner.clone()).contains('\\') {
                mapped.unescaped(&inner)
            } else {
                mapped.part(&inner)
            }
        }
        Style::Block => {
            let before = mapped.get(0..span.start);
            let indent = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
            mapped.dedented(span, indent)
        }
    }
}

/// A scalar's place without its quotes.
fn bare(style: Style, span: Range<usize>) -> Range<usize> {
    match style {
        Style::Quoted | Style::Escaped => inner(span),
        Style::Plain | Style::Block => span,
    }
}

fn inner(span: Range<usize>) -> Range<usize> {
    (span.start + 1).min(span.end)..span.end.saturating_sub(1).max((span.start + 1).min(span.end))
}

/// Where the dash of a list's item stands.
fn dash(text: &str, item: usize) -> usize {
    let before = text.get(..item).unwrap_or_default();
    let blank = before.trim_end();
    if blank.ends_with('-') {
        return blank.len() - 1;
    }
    // An anchor or a tag stands between them.
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    before.get(line..).and_then(|line_text| line_text.rfind("- ")).map_or(item, |at| line + at)
}

/// Whether a shell or a tool inserts something there.
fn is_variable(text: &str) -> bool {
    let after = text.split_once('$').and_then(|(_, after)| after.chars().next());
    after.is_some_and(|next| next.is_alphabetic() || matches!(next, '{' | '(' | '_'))
}

/// Whether a line holds the arguments and nothing else, but for what makes them an assignment.
fn only(text: &str, line: &Range<usize>, found: &[Argument]) -> bool {
    let mut at = line.start;
    let mut rest = String::new();
    for argument in found {
        rest.push_str(text.get(at..argument.whole.start).unwrap_or_default());
        at = argument.whole.end;
    }
    rest.push_str(text.get(at..line.end).unwrap_or_default());
    matches!(rest.trim(), "" | "export" | "Environment=" | "Environment=\"\"")
}

/// An argument with the blanks that belong to it, so that the rest of its line stays as it is.
fn with_blanks(
    text: &str,
    line: &Range<usize>,
    argument: &Range<usize>,
    kind: Lines,
) -> Range<usize> {
    let before = text.get(line.start..argument.start).unwrap_or_default();
    let blank = |letter: char| match kind {
        Lines::One => letter.is_whitespace(),
        Lines::Script | Lines::Assignments => letter.is_whitespace() || letter == '\\',
    };
    let kept = before.trim_end_matches(blank);
    if !kept.is_empty() && kept.len() < before.len() {
        return line.start + kept.len()..argument.end;
    }
    let after = text.get(argument.end..line.end).unwrap_or_default();
    let next = after.len() - after.trim_start_matches([' ', '\t']).len();
    argument.start..argument.end + next
}

fn trim(text: &str, part: Range<usize>) -> Range<usize> {
    let written = text.get(part.clone()).unwrap_or_default();
    let start = part.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}
