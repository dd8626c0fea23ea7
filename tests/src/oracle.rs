//! Resolving a second time: the rules in the order of SPEC.md, without any regard for speed.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::{GateSpec, Milestone, Stage, Treatment, Versions};

/// One item of a text or map: its layer, its source, its name, and its value where that could be read.
#[derive(Clone, Debug)]
pub struct Given {
    /// The number of the layer; later ones win.
    pub layer: usize,
    /// The source within the layer.
    pub source: usize,
    /// The name as it is written.
    pub name: String,
    /// The value, unless the item cannot be read.
    pub value: Option<bool>,
}

/// What applies to all items of a layer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rank {
    /// How unknown names are treated.
    pub unknown: Treatment,
    /// How items are treated that cannot be read.
    pub invalid: Treatment,
    /// How removed gates are treated, if not as the gates say.
    pub removed: Option<Treatment>,
    /// Whether these are pins.
    pub pinned: bool,
}

/// Gates that are meant by their stages and tags: those of a group, or of a channel.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The name of the group or channel.
    pub name: String,
    /// The stages.
    pub stages: Vec<Stage>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether it is the master switch.
    pub master: bool,
}

/// The input of resolving.
#[derive(Clone, Debug)]
pub struct World {
    /// All gates, with the groups.
    pub gates: Vec<GateSpec>,
    /// The groups, in the order of their declaration.
    pub groups: Vec<Bundle>,
    /// The channel that the program has chosen.
    pub channel: Option<Bundle>,
    /// The versions in effect.
    pub versions: Versions,
    /// Whether every mention of a removed gate is refused.
    pub refuse_removed: bool,
    /// The layers, in the order of precedence.
    pub layers: Vec<Rank>,
    /// The items, in the order of precedence.
    pub items: Vec<Given>,
}

/// What is reported: about which item, of which kind, and about which gate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reported {
    /// The item. Without one, it is the defaults that are at fault.
    pub item: Option<usize>,
    /// The kind of problem or notice.
    pub kind: &'static str,
    /// The gate.
    pub gate: String,
}

impl Reported {
    /// What is reported about an item.
    #[must_use]
    pub fn about(item: usize, kind: &'static str, gate: &str) -> Self {
        Self { item: Some(item), kind, gate: gate.to_owned() }
    }
}

/// The expected output.
#[derive(Debug)]
pub struct Expected {
    /// Every problem, sorted.
    pub problems: Vec<Reported>,
    /// Every notice, sorted.
    pub notices: Vec<Reported>,
    /// The value of every gate.
    pub values: BTreeMap<String, bool>,
    /// For each gate that others have turned on by implying it, the items that may have turned those on.
    pub implied: BTreeMap<String, BTreeSet<usize>>,
}

/// What is asked for after some items are left out, and what lenient resolving adds.
#[derive(Default)]
struct Left<'a> {
    /// The items that are left out.
    items: BTreeSet<usize>,
    /// The gates whose own items are a problem: they have their defaults.
    troubled: BTreeSet<&'a str>,
    /// The gates that are off whatever is asked for.
    off: BTreeSet<&'a str>,
    /// The gates that are not turned off, whatever is asked for.
    kept: BTreeSet<&'a str>,
}

/// The values of all gates, and the items that turned on what is implied.
struct Values {
    on: BTreeMap<String, bool>,
    implied: BTreeMap<String, BTreeSet<usize>>,
}

impl World {
    fn gate(&self, written: &str) -> Option<&GateSpec> {
        let by_name = self.gates.iter().find(|gate| gate.name() == written);
        by_name.or_else(|| self.gates.iter().find(|gate| gate.aliases().any(|it| it == written)))
    }

    fn now(&self, gate: &GateSpec) -> Option<Milestone> {
        let Versions { emulated, min_compat, .. } = self.versions;
        let applies = |milestone: &&Milestone| {
            milestone.since() <= emulated
                && milestone.min_compat().is_none_or(|needed| needed <= min_compat)
        };
        gate.milestones().iter().rfind(|it| applies(it)).copied()
    }

    fn stage(&self, gate: &GateSpec) -> Stage {
        self.now(gate).map_or(Stage::PreAlpha, |now| now.stage())
    }

    fn is_removed(&self, gate: &GateSpec) -> bool {
        gate.removed().is_some_and(|removed| removed <= self.versions.binary)
    }

    /// What a removed gate needed no longer counts.
    fn is_available(&self, gate: &GateSpec) -> bool {
        let needed = |name: &str| self.gates.iter().find(|gate| gate.name() == name);
        let is_available = |name: &str| needed(name).is_none_or(|needed| self.is_available(needed));
        gate.is_available()
            && (self.is_removed(gate) || gate.requires().chain(gate.implies()).all(is_available))
    }

    fn exists(&self, gate: &GateSpec) -> bool {
        !self.is_removed(gate) && self.stage(gate) != Stage::PreAlpha
    }

    /// What a gate requires and implies.
    fn needs<'a>(&'a self, gate: &'a GateSpec) -> Vec<&'a GateSpec> {
        let names = gate.requires().chain(gate.implies());
        let needs = names.filter_map(|name| self.gates.iter().find(|it| it.name() == name));
        if self.is_removed(gate) { Vec::new() } else { needs.collect() }
    }

    fn default(&self, gate: &GateSpec) -> bool {
        match gate.final_value() {
            Some(value) if self.is_removed(gate) => value,
            _ => {
                self.now(gate).is_some_and(|now| now.default()) && self.is_available(gate)
                    || self.is_free(gate)
                        && self.channel.as_ref().is_some_and(|it| self.includes(it, gate))
            }
        }
    }

    /// Whether a gate can have either value.
    fn is_free(&self, gate: &GateSpec) -> bool {
        self.exists(gate) && !self.is_locked(gate)
    }

    fn is_group(&self, gate: &GateSpec) -> bool {
        self.groups.iter().any(|group| group.name == gate.name())
    }

    /// Whether a group or channel means a gate at the versions in effect.
    fn includes(&self, bundle: &Bundle, gate: &GateSpec) -> bool {
        !self.is_group(gate)
            && !gate.is_except_from_groups()
            && (bundle.stages.contains(&self.stage(gate))
                || gate.tags().any(|tag| bundle.tags.iter().any(|it| it == tag)))
    }

    fn is_locked(&self, gate: &GateSpec) -> bool {
        self.is_removed(gate)
            || !self.is_available(gate)
            || self.now(gate).is_some_and(|now| now.is_locked())
    }

    fn is_of(&self, item: &Given, gate: &GateSpec) -> bool {
        item.value.is_some() && self.gate(&item.name).map(GateSpec::name) == Some(gate.name())
    }

    /// The last item under any of the names of a gate.
    fn last(&self, gate: &GateSpec, left: &Left<'_>) -> Option<usize> {
        let own = |number: &usize| {
            self.items.get(*number).is_some_and(|item| self.is_of(item, gate))
                && !left.items.contains(number)
        };
        (0..self.items.len()).rev().find(own)
    }

    /// The item that decides the value of a gate: its last one, unless a master switch of a later layer sets the gate.
    fn judged(&self, gate: &GateSpec, left: &Left<'_>) -> Option<usize> {
        let last = self.last(gate, left)?;
        let is_later = |group: &&Bundle| {
            let by = self.gate(&group.name).and_then(|it| self.last(it, &Left::default()));
            by.is_some_and(|by| self.items[by].layer > self.items[last].layer)
        };
        let mut masters = self.groups.iter().filter(|it| it.master && self.includes(it, gate));
        let is_overridden = self.is_free(gate) && masters.any(|it| is_later(&it));
        Some(last).filter(|_| !is_overridden)
    }

    /// The same, unless it sets nothing.
    fn deciding(&self, gate: &GateSpec, left: &Left<'_>) -> Option<usize> {
        let sets_nothing = |number: &usize| {
            let removed = self.layers[self.items[*number].layer].removed;
            self.is_removed(gate) && matches!(removed, Some(Treatment::Notice | Treatment::Ignore))
        };
        self.judged(gate, left).filter(|number| !sets_nothing(number))
    }

    /// The item that sets a group of a gate: of the latest layer, and there the group that is declared last. A group
    /// that is refused sets nothing.
    fn by_group(&self, gate: &GateSpec, left: &Left<'_>) -> Option<usize> {
        if !self.is_free(gate) {
            return None;
        }
        let sets_nothing = |name: &str| left.troubled.contains(name) || left.off.contains(name);
        let groups = self.groups.iter().filter(|group| self.includes(group, gate));
        let groups = groups.filter(|group| !sets_nothing(&group.name));
        let items = groups.filter_map(|group| self.deciding(self.gate(&group.name)?, left));
        items.max_by_key(|number| self.items[*number].layer)
    }

    /// The item that gives a gate its value, if one does.
    fn cause(&self, gate: &GateSpec, left: &Left<'_>) -> Option<usize> {
        self.deciding(gate, left).or_else(|| self.by_group(gate, left))
    }

    fn values(&self, left: &Left<'_>) -> Values {
        let mut on = BTreeMap::new();
        for gate in &self.gates {
            let asked = self.cause(gate, left).and_then(|number| self.items[number].value);
            let value = match asked {
                _ if left.off.contains(gate.name()) => false,
                Some(asked) if !left.troubled.contains(gate.name()) && !self.is_locked(gate) => {
                    asked || (left.kept.contains(gate.name()) && self.default(gate))
                }
                _ => self.default(gate),
            };
            on.insert(gate.name().to_owned(), value);
        }
        // What is implied goes on until nothing changes.
        let mut implied: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        loop {
            let before = (on.clone(), implied.clone());
            for gate in self.gates.iter().filter(|gate| self.exists(gate)) {
                if !on[gate.name()] {
                    continue;
                }
                for name in gate.implies() {
                    let Some(other) = self.gates.iter().find(|other| other.name() == name) else {
                        continue;
                    };
                    let by_itself = self.deciding(other, left).filter(|number| {
                        !left.kept.contains(name) || self.items[*number].value == Some(true)
                    });
                    let is_open = self.exists(other)
                        && !self.is_locked(other)
                        && by_itself.is_none()
                        && !left.off.contains(name);
                    if !is_open || (on[name] && !implied.contains_key(name)) {
                        continue;
                    }
                    on.insert(name.to_owned(), true);
                    let from = match implied.get(gate.name()) {
                        Some(from) => from.clone(),
                        None => self.cause(gate, left).into_iter().collect(),
                    };
                    implied.entry(name.to_owned()).or_default().extend(from);
                }
            }
            if (&on, &implied) == (&before.0, &before.1) {
                return Values { on, implied };
            }
        }
    }

    /// The output that the rules ask for.
    ///
    /// # Panics
    /// If a gate requires one that does not exist.
    #[must_use]
    pub fn expected(&self) -> Expected {
        let mut problems: Vec<Reported> = Vec::new();
        let mut notices: Vec<Reported> = Vec::new();
        let mut left = Left::default();

        for (number, item) in self.items.iter().enumerate() {
            let rank = self.layers[item.layer];
            let (kind, treatment) = if item.value.is_none() {
                ("invalid-value", rank.invalid)
            } else if self.gate(&item.name).is_none() {
                ("unknown", rank.unknown)
            } else {
                continue;
            };
            let again = kind == "unknown"
                && self.items[number + 1..].iter().any(|later| {
                    later.value.is_some()
                        && later.name == item.name
                        && self.layers[later.layer].unknown == treatment
                });
            let reported = Reported::about(number, kind, &item.name);
            match treatment {
                _ if again => {}
                Treatment::Refuse => problems.push(reported),
                Treatment::Notice => notices.push(reported),
                Treatment::Ignore => {}
                other => panic!("the rules do not know {other:?}"),
            }
        }

        for gate in &self.gates {
            self.check_request(gate, &mut problems, &mut notices, &mut left.troubled);
            self.check_names(gate, &mut problems, &mut notices, &mut left.troubled);
            self.check_pins(gate, &mut notices);
        }
        let Values { on, implied } = self.values(&left);
        self.check_dependencies(&on, &implied, &left, &mut problems);
        problems.sort();
        notices.sort();
        Expected { problems, notices, values: on, implied }
    }

    /// The values that apply where resolving is lenient; nothing if no item is to blame.
    #[must_use]
    pub fn lenient(&self) -> Option<BTreeMap<String, bool>> {
        let mut left = Left::default();
        for gate in &self.gates {
            for layer in self.contradicted(gate) {
                let of_layer =
                    |(_, item): &(usize, &Given)| item.layer == layer && self.is_of(item, gate);
                let items = self.items.iter().enumerate().filter(of_layer);
                left.items.extend(items.map(|(number, _)| number));
            }
            while let Some(number) = self.judged(gate, &left) {
                let sets_nothing = self.deciding(gate, &left).is_none();
                if !sets_nothing && self.refusal(gate, number).is_none() {
                    break;
                }
                left.items.insert(number);
            }
        }
        // What a locked gate needs.
        let is_locked_on =
            |gate: &&GateSpec| self.exists(gate) && self.is_locked(gate) && self.default(gate);
        let mut needed: Vec<&GateSpec> = self.gates.iter().filter(is_locked_on).collect();
        let mut next = 0;
        while let Some(gate) = needed.get(next).copied() {
            next += 1;
            for other in self.needs(gate) {
                if self.exists(gate) && !needed.iter().any(|it| it.name() == other.name()) {
                    needed.push(other);
                }
            }
        }
        needed.retain(|gate| self.exists(gate));
        let off = |on: &BTreeMap<String, bool>| -> Vec<&str> {
            needed.iter().map(|gate| gate.name()).filter(|name| !on[*name]).collect()
        };
        let missing = off(&self.values(&left).on);
        left.kept.extend(missing);
        if !off(&self.values(&left).on).is_empty() {
            return None;
        }
        // One gate after the other, from the last one.
        loop {
            let Values { on, .. } = self.values(&left);
            let fails = |gate: &&GateSpec| {
                self.exists(gate)
                    && on[gate.name()]
                    && self.needs(gate).iter().any(|needed| !on[needed.name()])
            };
            match self.gates.iter().rev().find(fails) {
                Some(gate) => left.off.insert(gate.name()),
                None => return Some(on),
            };
        }
    }

    /// What a change while the program runs comes to, where nothing is left out: the gates that have another value, or
    /// the kind and gate of each problem. `self` is what is in effect, `after` what would be, and `asked` are the names
    /// that the change sets, with their values, or takes back.
    ///
    /// # Errors
    /// Every problem.
    pub fn change(
        &self,
        after: &Self,
        asked: &BTreeMap<String, Option<bool>>,
    ) -> Result<BTreeSet<String>, BTreeSet<(&'static str, String)>> {
        let (before, next) = (self.expected(), after.expected());
        let reported = |reported: Reported| (reported.kind, reported.gate);
        if !next.problems.is_empty() {
            return Err(next.problems.into_iter().map(reported).collect());
        }
        let differs = |gate: &&GateSpec| {
            !self.is_group(gate) && before.values[gate.name()] != next.values[gate.name()]
        };
        let changed: BTreeSet<String> =
            self.gates.iter().filter(differs).map(|gate| gate.name().to_owned()).collect();
        let mut problems = BTreeSet::new();
        for gate in &self.gates {
            let mut names = asked
                .iter()
                .filter(|(name, _)| self.gate(name).map(GateSpec::name) == Some(gate.name()));
            let is_asked = names.clone().next().is_some();
            let is_pinned = after
                .cause(gate, &Left::default())
                .is_some_and(|number| after.layers[after.items[number].layer].pinned);
            let other = names
                .any(|(_, value)| value.is_some_and(|value| value != next.values[gate.name()]));
            let is_changed = is_asked || changed.contains(gate.name());
            if is_changed && !gate.is_runtime() {
                problems.insert(("not-runtime", gate.name().to_owned()));
            } else if is_pinned && other && self.exists(gate) {
                problems.insert(("pinned", gate.name().to_owned()));
            }
        }
        for (name, value) in asked {
            if value.is_some() && self.gate(name).is_none() {
                problems.insert(("unknown", name.clone()));
            }
        }
        if problems.is_empty() { Ok(changed) } else { Err(problems) }
    }

    /// The layers in which one source sets a gate differently under two names.
    fn contradicted(&self, gate: &GateSpec) -> Vec<usize> {
        let (mut problems, mut notices) = (Vec::new(), Vec::new());
        self.check_names(gate, &mut problems, &mut notices, &mut BTreeSet::new());
        let items = problems.iter().filter_map(|problem| problem.item);
        items.map(|number| self.items[number].layer).collect()
    }

    /// Reports the last setting that says otherwise than a pin.
    fn check_pins(&self, gate: &GateSpec, notices: &mut Vec<Reported>) {
        let left = Left::default();
        let is_pinned = |number: usize| self.layers[self.items[number].layer].pinned;
        let Some(pin) = self.deciding(gate, &left).filter(|number| is_pinned(*number)) else {
            return;
        };
        let below = |number: &usize| !is_pinned(*number) && self.is_of(&self.items[*number], gate);
        if let Some(number) = (0..self.items.len()).rev().find(below)
            && self.items[number].value != self.items[pin].value
        {
            notices.push(Reported::about(number, "pinned", gate.name()));
        }
    }

    fn check_names<'a>(
        &self,
        gate: &'a GateSpec,
        problems: &mut Vec<Reported>,
        notices: &mut Vec<Reported>,
        troubled: &mut BTreeSet<&'a str>,
    ) {
        let own = |(_, item): &(usize, &Given)| self.is_of(item, gate);
        let mine: Vec<(usize, &Given)> = self.items.iter().enumerate().filter(own).collect();
        let uses_alias = mine.iter().any(|(_, item)| item.name != gate.name());
        for (number, item) in &mine {
            let decides = self.judged(gate, &Left::default()) == Some(*number);
            let is_pinned = self.layers[item.layer].pinned;
            if item.name != gate.name()
                && !is_pinned
                && !(decides && self.is_to_remove(gate, *number))
            {
                notices.push(Reported::about(*number, "alias", gate.name()));
            }
        }
        let same_source =
            |one: &Given, other: &Given| (one.layer, one.source) == (other.layer, other.source);
        let is_last = |number: usize, item: &Given| {
            !mine.iter().any(|(later, other)| {
                *later > number && same_source(other, item) && other.name == item.name
            })
        };
        for (number, item) in mine.iter().filter(|(number, item)| is_last(*number, item)) {
            let contradicted = mine.iter().any(|(before, other)| {
                before < number
                    && is_last(*before, other)
                    && same_source(other, item)
                    && other.value != item.value
            });
            if uses_alias && contradicted {
                problems.push(Reported::about(*number, "alias-conflict", &item.name));
                troubled.insert(gate.name());
            }
        }
    }

    /// Whether it is suggested to remove the item that decides a gate.
    fn is_to_remove(&self, gate: &GateSpec, number: usize) -> bool {
        let is_default = self.items[number].value == Some(self.default(gate));
        match self.stage(gate) {
            _ if self.is_removed(gate) => true,
            Stage::Ga if self.is_free(gate) && gate.is_switchable() => false,
            Stage::Ga | Stage::Deprecated => is_default,
            _ => false,
        }
    }

    /// Why an item that decides a gate is refused.
    fn refusal(&self, gate: &GateSpec, number: usize) -> Option<&'static str> {
        let asked = self.items[number].value == Some(true);
        let now = self.now(gate);
        let locked = now.is_some_and(|now| now.is_locked());
        let default = now.is_some_and(|now| now.default());
        if self.is_removed(gate) {
            let refuses = match self.layers[self.items[number].layer].removed {
                Some(treatment) => treatment == Treatment::Refuse,
                None => gate.final_value() != Some(asked) || self.refuse_removed,
            };
            refuses.then_some("removed")
        } else if self.is_available(gate) && locked && asked != default {
            Some("locked")
        } else if self.stage(gate) == Stage::PreAlpha {
            Some("not-yet")
        } else if asked && !self.is_available(gate) {
            Some("unavailable")
        } else {
            None
        }
    }

    fn check_request<'a>(
        &self,
        gate: &'a GateSpec,
        problems: &mut Vec<Reported>,
        notices: &mut Vec<Reported>,
        troubled: &mut BTreeSet<&'a str>,
    ) {
        let Some(number) = self.judged(gate, &Left::default()) else { return };
        if let Some(problem) = self.refusal(gate, number) {
            problems.push(Reported::about(number, problem, gate.name()));
            troubled.insert(gate.name());
            return;
        }
        let rank = self.layers[self.items[number].layer];
        let mut notice = |kind| notices.push(Reported::about(number, kind, gate.name()));
        match self.stage(gate) {
            _ if rank.pinned => {}
            _ if self.is_removed(gate) && rank.removed == Some(Treatment::Ignore) => {}
            _ if self.is_removed(gate) => notice("set-removed"),
            Stage::Ga if self.is_free(gate) && gate.is_switchable() => {}
            Stage::Ga => notice("set-ga"),
            Stage::Deprecated => notice("set-deprecated"),
            _ => {}
        }
    }

    fn check_dependencies(
        &self,
        values: &BTreeMap<String, bool>,
        implied: &BTreeMap<String, BTreeSet<usize>>,
        left: &Left<'_>,
        problems: &mut Vec<Reported>,
    ) {
        for gate in &self.gates {
            if !self.exists(gate) || !values[gate.name()] || left.troubled.contains(gate.name()) {
                continue;
            }
            let mut missing = self.needs(gate);
            missing.retain(|it| !values[it.name()] && !left.troubled.contains(it.name()));
            if missing.is_empty() {
                continue;
            }
            let turned_on = match implied.get(gate.name()) {
                Some(items) => items.first().copied(),
                None => self.cause(gate, left),
            };
            let turned_off = || missing.iter().filter_map(|it| self.cause(it, left)).min();
            let item = turned_on.or_else(turned_off);
            problems.push(Reported { item, kind: "dependency", gate: gate.name().to_owned() });
        }
    }
}
