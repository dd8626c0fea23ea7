//! Resolving a second time: the rules in the order of SPEC.md, without any regard for speed.

use std::collections::{BTreeMap, BTreeSet};

use featuregate_core::{GateSpec, Milestone, Stage, UnknownPolicy, Versions};

/// One item of a text or map: its source, its name, and its value where that could be read.
#[derive(Clone, Debug)]
pub struct Given {
    /// The number of the source; later ones win.
    pub source: usize,
    /// The name as it is written.
    pub name: String,
    /// The value, unless the item cannot be read.
    pub value: Option<bool>,
}

/// The input of resolving.
#[derive(Clone, Debug)]
pub struct World {
    /// All gates, with the groups.
    pub gates: Vec<GateSpec>,
    /// The versions in effect.
    pub versions: Versions,
    /// Whether every mention of a removed gate is refused.
    pub refuse_removed: bool,
    /// How unknown names are treated.
    pub unknown: UnknownPolicy,
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

    /// What a removed gate required no longer counts.
    fn is_available(&self, gate: &GateSpec) -> bool {
        let needed = |name: &str| self.gates.iter().find(|gate| gate.name() == name);
        let is_available = |name: &str| needed(name).is_none_or(|needed| self.is_available(needed));
        gate.is_available() && (self.is_removed(gate) || gate.requires().all(is_available))
    }

    fn default(&self, gate: &GateSpec) -> bool {
        match gate.final_value() {
            Some(value) if self.is_removed(gate) => value,
            _ => self.now(gate).is_some_and(|now| now.default()) && self.is_available(gate),
        }
    }

    fn is_locked(&self, gate: &GateSpec) -> bool {
        self.is_removed(gate)
            || !self.is_available(gate)
            || self.now(gate).is_some_and(|now| now.is_locked())
    }

    /// The item that decides the value of a gate: the last one under any of its names.
    fn deciding(&self, gate: &GateSpec) -> Option<usize> {
        let own = |item: &Given| {
            item.value.is_some() && self.gate(&item.name).map(GateSpec::name) == Some(gate.name())
        };
        self.items.iter().rposition(own)
    }

    /// The item that sets the group of a gate. A group that is refused sets nothing.
    fn by_group(&self, gate: &GateSpec, troubled: &BTreeSet<&str>) -> Option<usize> {
        let group = match self.stage(gate) {
            Stage::Alpha => "AllAlpha",
            Stage::Beta => "AllBeta",
            _ => return None,
        };
        let is_group = ["AllAlpha", "AllBeta"].contains(&gate.name());
        if is_group || self.is_locked(gate) || troubled.contains(group) {
            return None;
        }
        self.deciding(self.gate(group)?)
    }

    /// The output that the rules ask for.
    ///
    /// # Panics
    /// If a gate requires one that does not exist.
    #[must_use]
    pub fn expected(&self) -> Expected {
        let mut problems: Vec<Reported> = Vec::new();
        let mut notices: Vec<Reported> = Vec::new();
        let mut troubled: BTreeSet<&str> = BTreeSet::new();

        for (number, item) in self.items.iter().enumerate() {
            if item.value.is_none() {
                problems.push(Reported::about(number, "invalid-value", &item.name));
            } else if self.gate(&item.name).is_none() {
                let again = self.items[number + 1..]
                    .iter()
                    .any(|later| later.value.is_some() && later.name == item.name);
                let unknown = Reported::about(number, "unknown", &item.name);
                match self.unknown {
                    _ if again => {}
                    UnknownPolicy::Refuse => problems.push(unknown),
                    UnknownPolicy::Notice => notices.push(unknown),
                    UnknownPolicy::Ignore => {}
                    other => panic!("the rules do not know {other:?}"),
                }
            }
        }

        for gate in &self.gates {
            self.check_names(gate, &mut problems, &mut notices, &mut troubled);
            self.check_request(gate, &mut problems, &mut notices, &mut troubled);
        }

        let mut values = BTreeMap::new();
        for gate in &self.gates {
            let given = self.deciding(gate).or_else(|| self.by_group(gate, &troubled));
            let asked = given.and_then(|number| self.items[number].value);
            let value = match asked {
                Some(asked) if !troubled.contains(gate.name()) => asked && self.is_available(gate),
                _ => self.default(gate),
            };
            values.insert(gate.name().to_owned(), value);
        }
        self.check_dependencies(&values, &troubled, &mut problems);
        problems.sort();
        notices.sort();
        Expected { problems, notices, values }
    }

    fn check_names<'a>(
        &'a self,
        gate: &'a GateSpec,
        problems: &mut Vec<Reported>,
        notices: &mut Vec<Reported>,
        troubled: &mut BTreeSet<&'a str>,
    ) {
        let mine: Vec<(usize, &Given)> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.value.is_some())
            .filter(|(_, item)| self.gate(&item.name).map(GateSpec::name) == Some(gate.name()))
            .collect();
        let uses_alias = mine.iter().any(|(_, item)| item.name != gate.name());
        for (number, item) in &mine {
            let decides = self.deciding(gate) == Some(*number);
            let is_default = item.value == Some(self.default(gate));
            let to_remove = match self.stage(gate) {
                _ if self.is_removed(gate) => true,
                Stage::Ga | Stage::Deprecated => is_default,
                _ => false,
            };
            if item.name != gate.name() && !(decides && to_remove) {
                notices.push(Reported::about(*number, "alias", gate.name()));
            }
        }
        let is_last = |number: usize, item: &Given| {
            !mine.iter().any(|(later, other)| {
                *later > number && other.source == item.source && other.name == item.name
            })
        };
        for (number, item) in mine.iter().filter(|(number, item)| is_last(*number, item)) {
            let contradicted = mine.iter().any(|(before, other)| {
                before < number
                    && is_last(*before, other)
                    && other.source == item.source
                    && other.value != item.value
            });
            if uses_alias && contradicted {
                problems.push(Reported::about(*number, "alias-conflict", &item.name));
                troubled.insert(gate.name());
            }
        }
    }

    fn check_request<'a>(
        &'a self,
        gate: &'a GateSpec,
        problems: &mut Vec<Reported>,
        notices: &mut Vec<Reported>,
        troubled: &mut BTreeSet<&'a str>,
    ) {
        let Some(number) = self.deciding(gate) else { return };
        let asked = self.items[number].value == Some(true);
        let now = self.now(gate);
        let locked = now.is_some_and(|now| now.is_locked());
        let default = now.is_some_and(|now| now.default());
        let stage = self.stage(gate);
        let problem = if self.is_removed(gate) {
            let kept = gate.final_value() == Some(asked) && !self.refuse_removed;
            (!kept).then_some("removed")
        } else if self.is_available(gate) && locked && asked != default {
            Some("locked")
        } else if stage == Stage::PreAlpha {
            Some("not-yet")
        } else if asked && !self.is_available(gate) {
            Some("unavailable")
        } else {
            None
        };
        if let Some(problem) = problem {
            problems.push(Reported::about(number, problem, gate.name()));
            troubled.insert(gate.name());
            return;
        }
        let mut notice = |kind| notices.push(Reported::about(number, kind, gate.name()));
        match stage {
            _ if self.is_removed(gate) => notice("set-removed"),
            Stage::Ga => notice("set-ga"),
            Stage::Deprecated => notice("set-deprecated"),
            _ => {}
        }
    }

    fn check_dependencies(
        &self,
        values: &BTreeMap<String, bool>,
        troubled: &BTreeSet<&str>,
        problems: &mut Vec<Reported>,
    ) {
        let cause = |gate: &GateSpec| self.deciding(gate).or_else(|| self.by_group(gate, troubled));
        for gate in &self.gates {
            let exists = !self.is_removed(gate) && self.stage(gate) != Stage::PreAlpha;
            if !exists || !values[gate.name()] || troubled.contains(gate.name()) {
                continue;
            }
            let missing: Vec<&GateSpec> = gate
                .requires()
                .filter(|name| !values[*name] && !troubled.contains(name))
                .filter_map(|name| self.gate(name))
                .collect();
            if missing.is_empty() {
                continue;
            }
            let item = cause(gate).or_else(|| missing.iter().filter_map(|it| cause(it)).min());
            let gate = gate.name().to_owned();
            problems.push(Reported { item, kind: "dependency", gate });
        }
    }
}
