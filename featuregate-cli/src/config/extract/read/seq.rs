//! The items of a sequence, which may be arguments of a program, and texts with gates in them.

use std::sync::Arc;

use featuregate_core::__private::slice;

use super::super::keys::is_variable;
use super::super::own;
use super::super::removal::{Out, PartId};
use super::super::setting::{Consumer, ListId, ListKind};
use super::super::tree::{Kind, NodeId, Style};
use super::arguments::{hands_on, takes_next};
use super::document::{Document, Language, RECORD};

impl Document<'_, '_, '_, '_> {
    pub(super) fn seq(&mut self, id: NodeId) {
        self.reading.consumer = self.consumer(id);
        let items: Vec<NodeId> = self.tree.children(id).collect();
        let mut items = items.into_iter().peekable();
        let from = self.next.len();
        let mut previous = None;
        while let Some(item) = items.next() {
            let before = previous.replace(item);
            if !self.mentioned(item, item) || self.done.contains(&item) {
                continue;
            }
            let next = items.peek().copied().filter(|next| {
                matches!(self.tree.kind(*next), Kind::Scalar(_))
                    && self.text_of(item).is_some_and(|text| {
                        text.text().starts_with('-') && self.reading.keys.name(text.text())
                    })
            });
            if let Some(next) = next {
                let list = self.arguments_of(id, item);
                let list = match self.text_of(item) {
                    Some(flag) => self.reading.flag_list(list, flag.text()),
                    None => list,
                };
                let flag = self.part(item);
                let part = self.part(next);
                if let Some(part) = part {
                    self.reading.parts.all[part].also = flag;
                }
                self.done.insert(next);
                previous = Some(next);
                let flag = self.text_of(item);
                if let (Some(flag), Some(text)) = (flag, self.text_of(next)) {
                    self.reading.under(flag.text(), |reading| {
                        reading.items(&text, 0..text.text().len(), list, part);
                    });
                }
                continue;
            }
            if let Some(before) = before {
                self.before.insert(item, before);
            }
            self.next.push(item);
        }
        self.next.split_at_mut(from).1.reverse();
    }

    /// The list of all arguments of a sequence, as far as they are in the same branch as one of them.
    pub(super) fn arguments_of(&mut self, seq: NodeId, item: NodeId) -> ListId {
        let reading = &mut *self.reading;
        let at = self.passage.span(self.tree.span(item)).start;
        let branch = reading.template.branches(at);
        *self.arguments.entry((seq, branch)).or_insert_with(|| reading.add_list(ListKind::List))
    }

    pub(super) fn scalar(&mut self, id: NodeId) {
        let Some(text) = self.text_of(id) else { return };
        let all = text.text();
        // What is written to a file is for the program that reads the file.
        let consumer = self.consumer(id);
        self.reading.consumer = if self.is_of_file(id) {
            // Of what is around it, only that it is for a program with gates of its own.
            let own = consumer.program.clone().filter(|program| own::program(program).is_some());
            Arc::new(Consumer { program: own, ..Consumer::default() })
        } else {
            consumer
        };
        let seq =
            self.tree.parent(id).filter(|parent| matches!(self.tree.kind(*parent), Kind::Seq(_)));
        let option = self.option_before(id);
        let part = if seq.is_some_and(|seq| self.is_joined(seq)) {
            self.reading.add_part(None, Out::Fixed)
        } else {
            self.pair_of(id).or_else(|| self.argument(id, option))
        };
        let first = all.split('=').next().unwrap_or_default();
        let is_argument = all.starts_with('-') || self.reading.keys.name(first.trim());
        let list = seq.filter(|_| is_argument).map(|seq| {
            let list = self.arguments_of(seq, id);
            // What an option hands on is for the program that the option names.
            let handed = option
                .and_then(|option| self.text_of(option))
                .filter(|_| self.reading.keys.name(first) && !all.starts_with('-'));
            match handed {
                Some(option) => self.reading.flag_list(list, &[option.text(), first].concat()),
                None => list,
            }
        });
        let before = self.reading.found.len();
        let depth = self.depth + 1;
        // No shell takes the quotes away from an argument of a container.
        let is_handed_on =
            option.and_then(|option| self.text_of(option)).is_some_and(|it| hands_on(it.text()));
        if let Some(list) = list
            .filter(|_| self.reading.keys.name(first) && self.is_container(seq) && !is_handed_on)
        {
            let value = first.len() + 1..all.len().max(first.len() + 1);
            let list = self.reading.flag_list(list, first);
            if value.end == all.len() {
                let filter = self.filter(slice(all, value.start..));
                let value = value.start..filter.map_or(value.end, |length| value.start + length);
                // What is before a comma stays, so that the rest cannot become empty.
                let is_first = !first.contains(',');
                let part = if is_first { part } else { self.reading.add_part(None, Out::Fixed) };
                self.reading.under(first, |reading| reading.items(&text, value, list, part));
            }
        } else if self.language == Language::Json && is_expression(all) {
            let at = text.span(0..0).start;
            self.reading.skip(at, "gates in an expression of a template are not read");
        } else {
            let passage = match self.filter(all) {
                Some(end) => text.slice(0..end),
                None => text.slice(0..all.len()),
            };
            // A comment in quotes is not seen by everyone, and lines without quotes may only look like a value.
            let unclear = match self.tree.kind(id) {
                Kind::Scalar(Style::Quoted(_)) => all.contains('#') && all.contains('\n'),
                Kind::Scalar(Style::Plain) => self.written(id).contains('\n'),
                _ => false,
            };
            let part = part.filter(|_| !unclear);
            self.reading.frozen_unless(!unclear, |reading| {
                reading.embedded(&passage, part, list, depth);
            });
        }
        if self.reading.found.len() > before {
            self.indented(id);
        }
    }

    /// Whether the items of a sequence are pieces of one text, so that one that is removed would join others: lines, or what
    /// `Fn::Join` puts together.
    fn is_joined(&mut self, seq: NodeId) -> bool {
        if let Some(known) = self.joined.get(&seq) {
            return *known;
        }
        let tree = &self.tree;
        let is_piece = |item: NodeId| {
            self.text_of(item).is_some_and(|text| text.text().ends_with(['\n', '\\']))
        };
        let outer = tree.parent(seq).filter(|outer| matches!(tree.kind(*outer), Kind::Seq(_)));
        let is_argument = outer.is_some_and(|outer| {
            let mut items = tree.children(outer);
            let separator =
                items.next().filter(|first| matches!(tree.kind(*first), Kind::Scalar(_)));
            separator.is_some() && items.next() == Some(seq) && items.next().is_none()
        });
        let is_joined = is_argument || tree.children(seq).any(is_piece);
        self.joined.insert(seq, is_joined);
        is_joined
    }

    /// The option before an item, whose value the item is.
    fn option_before(&self, item: NodeId) -> Option<NodeId> {
        let before = *self.before.get(&item)?;
        let is_option = takes_next(self.text_of(before)?.text(), self.text_of(item)?.text());
        is_option.then_some(before)
    }

    /// The part of an item, which is removed with the option that it is the value of. A variable that a program is given
    /// may be needed, unless its option says that it is one.
    fn argument(&mut self, item: NodeId, option: Option<NodeId>) -> Option<PartId> {
        let Some(option) = option else { return self.part(item) };
        let is_given = self
            .text_of(item)
            .is_some_and(|text| is_variable(text.text().split('=').next().unwrap_or_default()));
        let is_env = ["-e", "--env"].iter().any(|name| self.is_text(option, name));
        if is_given && !is_env {
            return self.reading.add_part(None, Out::Fixed);
        }
        let part = self.part(item)?;
        self.reading.parts.all[part].also = self.part(option);
        Some(part)
    }

    /// Whether a scalar is the content of a file in a map that has its path as well.
    fn is_of_file(&self, id: NodeId) -> bool {
        let Some(map) = self.tree.parent(id) else { return false };
        let entries: Vec<(NodeId, NodeId)> = self.tree.entries(map).take(RECORD).collect();
        matches!(self.tree.kind(map), Kind::Map(_))
            && ["content", "contents", "data"]
                .iter()
                .any(|key| self.entry(&entries, key) == Some(id))
            && ["dest", "dst", "path"].iter().any(|key| self.entry(&entries, key).is_some())
    }

    /// Where the nodes begin that k3d wants an argument for.
    fn filter(&self, argument: &str) -> Option<usize> {
        let consumer = &self.reading.consumer;
        let is_file = consumer.api_version.as_ref().is_some_and(|it| it.starts_with("k3d.io/"));
        let is_command = consumer.program.as_deref() == Some("k3d");
        if is_file || is_command { argument.find('@') } else { None }
    }

    /// Whether a sequence has the arguments of a container.
    fn is_container(&self, seq: Option<NodeId>) -> bool {
        let key = seq.and_then(|seq| self.tree.key(seq)).and_then(|key| self.text_of(key));
        key.is_some_and(|key| matches!(key.text(), "args" | "command"))
    }
}

/// Whether a text is an expression, as templates of Azure have them: `[concat('a', 'b')]`.
fn is_expression(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    inner.and_then(|inner| inner.split_once('(')).is_some_and(|(function, rest)| {
        rest.ends_with(')') && function.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}
