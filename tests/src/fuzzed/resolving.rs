//! Any gates and any requests, compared with the second statement of the rules.

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::{Arbitrary, Result, Unstructured};
use featuregate_core::__private::{Declared, Extras, changed, choose_channel, compose};
use featuregate_core::{
    Assignment, Channel, Effect, Fix, GateSpec, Group, Groups, Item, ItemError, Layer, NoticeKind,
    Origin, Policy, Problem, ProblemKind, RawMilestone, RawSpec, Registry, RemovedPolicy,
    Resolution, Selection, Source, Stage, Treatment, Version, resolve_layers, resolve_lenient,
};

use crate::oracle::{Bundle, Expected, Given, Rank, Reported, World};

/// Builds gates and requests from any bytes, resolves them, and compares the result with
/// [`World::expected`]; then applies each suggestion, and checks that it helps.
///
/// # Panics
/// If the two differ, a failed change leaves something behind, or a suggestion does not help.
pub fn resolving(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let Ok(registry) = registry(&mut bytes) else { return };
    let Ok(layers) = layers(&mut bytes) else { return };
    let Ok(items) = items(&mut bytes, &registry, layers.len()) else { return };
    check(&registry, &layers, &items);
    let Ok(edits) = edits(&mut bytes, &registry) else { return };
    changing_while_running(&registry, &layers, &items, &edits);
}

/// Follows one suggestion after the other.
///
/// # Panics
/// If that does not come to an input that resolves.
pub fn following(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let Ok(registry) = registry(&mut bytes) else { return };
    let Ok(mut items) = items(&mut bytes, &registry, 4) else { return };
    // Nothing suggests what a name or value means that nobody can read.
    items.retain(|item| item.value.is_some() && registry.gates().knows(&item.name));
    let layers = vec![Rank::default(); 4];
    // Where the gates contradict each other without any setting, no setting helps.
    if registry.resolve([]).is_err() {
        return;
    }
    for _ in 0..64 {
        let world = world(&registry, &layers, &items);
        let Err(problems) = resolve_layers(registry.gates().clone(), as_layers(&layers, &items))
        else {
            return;
        };
        let problem = problems.iter().find(|problem| problem.fix().is_some());
        let Some(problem) = problem else {
            panic!("nothing is suggested:\n{problems}\n{:?}\n{}", world.items, shown(&registry))
        };
        apply(&registry, &mut items, problem.fix().unwrap());
    }
    panic!("suggestions have no end: {items:?}\n{}", shown(&registry));
}

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const ALIASES: [&str; 3] = ["OldA", "OldB", "OlderA"];
/// What groups may be called, and what tags gates may have.
const GROUPS: [&str; 3] = ["all", "net", "ui"];
const TAGS: [&str; 2] = ["net", "ui"];
const CHANNEL: &str = "nightly";
const UNKNOWN: [&str; 2] = ["Nowhere", "Elsewhere"];
const STAGES: [Stage; 5] =
    [Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Deprecated, Stage::PreAlpha];
const TREATMENTS: [Treatment; 3] = [Treatment::Refuse, Treatment::Notice, Treatment::Ignore];

fn version(bytes: &mut Unstructured<'_>) -> Result<Version> {
    Ok(Version::new(1, bytes.int_in_range(0..=6)?))
}

fn registry(bytes: &mut Unstructured<'_>) -> Result<Registry> {
    let mut specs: BTreeMap<&str, RawSpec> = BTreeMap::new();
    let mut registry = Registry::new(Version::new(1, bytes.int_in_range(3..=6)?));
    for (number, name) in NAMES.iter().enumerate() {
        let mut spec = RawSpec::new(*name);
        let mut minor = bytes.int_in_range(0..=3)?;
        let mut stage = 0;
        for _ in 0..bytes.int_in_range(1..=3)? {
            stage = if bytes.ratio(1, 16)? {
                bytes.choose_index(STAGES.len())?
            } else {
                (stage + bytes.choose_index(2)?).min(3)
            };
            let stage = STAGES[stage];
            let mut milestone = RawMilestone::new(format!("1.{minor}"), stage);
            if bytes.ratio(1, 3)? {
                milestone = milestone.with_default(bool::arbitrary(bytes)?);
            }
            if bytes.ratio(1, 4)? {
                milestone = milestone.with_lock(bool::arbitrary(bytes)?);
            }
            if bytes.ratio(1, 8)? {
                milestone = milestone.with_min_compat(format!("1.{}", bytes.int_in_range(0..=4)?));
            }
            spec = spec.milestone(milestone);
            minor += bytes.int_in_range(0..=2)?;
        }
        if bytes.ratio(1, 12)? {
            spec = spec.removed(format!("1.{}", minor + 1));
        }
        spec = spec.available(!bytes.ratio(1, 24)?).runtime(bytes.ratio(2, 3)?);
        spec = spec.except_from_groups(bytes.ratio(1, 8)?);
        for tag in TAGS {
            spec = if bytes.ratio(1, 3)? { spec.tag(tag) } else { spec };
        }
        if bytes.ratio(1, 6)? && registry.clone().register([spec.clone().switchable(true)]).is_ok()
        {
            spec = spec.switchable(true);
        }
        if let Some(alias) = ALIASES.get(number) {
            spec = spec.alias(*alias);
        }
        // A history that breaks a rule is refused; then the gate does not exist.
        let _ = registry.register([spec.clone()]);
        specs.insert(name, spec);
    }
    for _ in 0..bytes.int_in_range(0..=8)? {
        let (gate, implied) = (*bytes.choose(&NAMES)?, *bytes.choose(&NAMES)?);
        // So is an implication that breaks one.
        let _ = registry.register([specs[gate].clone().implies(implied)]);
    }
    let mut registry = grouped(bytes, registry)?;
    // As in Kubernetes, its groups may require gates, and be required; those of a program cannot.
    let groups = groups_of(&registry);
    let of_kubernetes = groups.iter().filter(|name| Group::is_of_kubernetes(name));
    for _ in 0..bytes.int_in_range(0..=16)? {
        let mut names = NAMES.to_vec();
        names.extend(of_kubernetes.clone().map(String::as_str));
        let (gate, needed) = (*bytes.choose(&names)?, *bytes.choose(&names)?);
        let before = registry.gates().clone();
        if registry.add_dependencies([(gate, [needed])]).is_err() {
            let requires = |name: &str, gates: &featuregate_core::GateSet| {
                gates.get(name).map(|gate| gate.requires().map(String::from).collect::<Vec<_>>())
            };
            assert_eq!(requires(gate, &before), requires(gate, registry.gates()));
        }
    }
    if bytes.ratio(1, 2)? {
        let (emulated, min_compat) = (version(bytes)?, version(bytes)?);
        let _ = registry.emulate_with(emulated, min_compat);
    }
    if bytes.ratio(1, 4)? {
        let _ = registry.treat_removed(RemovedPolicy::Refuse);
    }
    Ok(registry)
}

/// The same gates, perhaps with groups and a channel of the program's own.
fn grouped(bytes: &mut Unstructured<'_>, registry: Registry) -> Result<Registry> {
    if bytes.ratio(1, 3)? {
        return Ok(registry);
    }
    let mut groups = if bool::arbitrary(bytes)? { Groups::none() } else { Groups::default() };
    for name in GROUPS {
        if bytes.ratio(2, 3)? {
            let group = Group::new(name, selection(bytes)?);
            groups = groups.group(if bytes.ratio(1, 3)? { group.as_master() } else { group });
        }
    }
    groups = groups.channel(Channel::new(CHANNEL, selection(bytes)?));
    let known = registry.gates();
    let gates = known.ids().filter(|gate| !known.is_group(*gate));
    let gates: Vec<GateSpec> = gates.map(|gate| known.spec(gate).clone()).collect();
    let declared = Declared {
        name: "an enum",
        component: None,
        version: registry.versions().binary,
        emulates: true,
        removed: RemovedPolicy::Tolerate,
        groups,
        lists_all_settable: false,
        requires_others: false,
        count: gates.len(),
        case: None,
        gates: Box::new(|take| gates.into_iter().for_each(take)),
        tombstones: Box::new(|_| ()),
    };
    let (mut gates, _) = compose(vec![declared], &[], Some(Extras::RELATED_GATES)).unwrap();
    if bytes.ratio(1, 2)? {
        choose_channel(&mut gates, CHANNEL).unwrap();
    }
    Ok(Registry::of_gates(gates))
}

fn selection(bytes: &mut Unstructured<'_>) -> Result<Selection> {
    let mut selection = Selection::new();
    for stage in [Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Deprecated] {
        selection = if bytes.ratio(1, 3)? { selection.stage(stage) } else { selection };
    }
    for tag in TAGS {
        selection = if bytes.ratio(1, 3)? { selection.tag(tag) } else { selection };
    }
    Ok(selection)
}

fn bundle(name: &str, selection: &Selection, master: bool) -> Bundle {
    let tags = selection.tags().map(str::to_owned).collect();
    Bundle { name: name.to_owned(), stages: selection.stages().collect(), tags, master }
}

/// The names of the groups.
fn groups_of(registry: &Registry) -> Vec<String> {
    let groups = registry.gates().components()[0].groups();
    groups.iter().map(|(_, group)| group.name().to_owned()).collect()
}

/// Two configurations, the environment, flags, and pins.
fn layers(bytes: &mut Unstructured<'_>) -> Result<Vec<Rank>> {
    let mut layers = Vec::new();
    for _ in 0..4 + usize::from(bytes.ratio(1, 3)?) {
        let mut rank = Rank::default();
        if bytes.ratio(1, 3)? {
            rank.unknown = *bytes.choose(&TREATMENTS)?;
            rank.invalid = *bytes.choose(&TREATMENTS)?;
            rank.removed =
                if bool::arbitrary(bytes)? { Some(*bytes.choose(&TREATMENTS)?) } else { None };
        }
        layers.push(rank);
    }
    if let Some(pins) = layers.get_mut(4) {
        pins.pinned = true;
    }
    Ok(layers)
}

fn items(bytes: &mut Unstructured<'_>, registry: &Registry, layers: usize) -> Result<Vec<Given>> {
    let groups = groups_of(registry);
    let mut names: Vec<&str> = NAMES.to_vec();
    names.extend(ALIASES);
    names.extend(groups.iter().map(String::as_str));
    let mut items = Vec::new();
    let mut layer = 0;
    for _ in 0..bytes.int_in_range(0..=12)? {
        layer = (layer + usize::from(bytes.ratio(1, 3)?)).min(layers - 1);
        let source = usize::from(bytes.ratio(1, 8)?);
        let unknown = bytes.ratio(1, 32)?;
        let name = *bytes.choose(if unknown { &UNKNOWN } else { &names[..] })?;
        let name = name.to_owned();
        let value = if bytes.ratio(1, 64)? { None } else { Some(bool::arbitrary(bytes)?) };
        items.push(Given { layer, source, name, value });
    }
    Ok(items)
}

/// The items as the library takes them; the column is the number of the item, from 1.
fn as_items<'a>(items: impl Iterator<Item = (usize, &'a Given)>, is_runtime: bool) -> Vec<Item> {
    let item = |(number, given): (usize, &Given)| {
        let column = u32::try_from(number + 1).unwrap();
        // Two layers are of one file.
        let names = [["a.yaml", "b.yaml"], ["--gates", "--more"]];
        let name = names[usize::from(given.layer > 2)][given.source];
        let source = match given.layer {
            _ if is_runtime => Source::runtime(None, None),
            0..=2 => Source::config(name),
            _ => Source::flag(name),
        };
        let origin = Origin::new(source).at(1, column);
        match given.value {
            Some(value) => Ok(Assignment::new(given.name.clone(), value, origin)),
            None => Err(ItemError::new(given.name.clone(), None, origin)),
        }
    };
    items.map(item).collect()
}

fn as_layers(layers: &[Rank], items: &[Given]) -> Vec<Layer> {
    let layer = |(number, rank): (usize, &Rank)| {
        let own = items.iter().enumerate().filter(|(_, item)| item.layer == number);
        let mut policy = Policy::new().unknown(rank.unknown).invalid(rank.invalid);
        if let Some(removed) = rank.removed {
            policy = policy.removed(removed);
        }
        // Above the flags are changes while the program runs, and pins.
        let is_runtime = number == 4 && !rank.pinned;
        let layer = Layer::new(as_items(own, is_runtime)).policy(policy);
        if rank.pinned { layer.pinned() } else { layer }
    };
    layers.iter().enumerate().map(layer).collect()
}

fn world(registry: &Registry, layers: &[Rank], items: &[Given]) -> World {
    let component = &registry.gates().components()[0];
    let groups = component.groups().iter();
    let groups =
        groups.map(|(_, group)| bundle(group.name(), group.selection(), group.is_master()));
    let channel = component.channel();
    World {
        gates: registry.gates().specs().to_vec(),
        groups: groups.collect(),
        channel: channel.map(|channel| bundle(channel.name(), channel.selection(), false)),
        versions: registry.versions(),
        refuse_removed: registry.gates().components()[0].removed() == RemovedPolicy::Refuse,
        layers: layers.to_vec(),
        items: items.to_vec(),
    }
}

fn check(registry: &Registry, layers: &[Rank], items: &[Given]) {
    let world = world(registry, layers, items);
    let context = || format!("{layers:?}\n{items:?}\n{}", shown(registry));
    let expected = world.expected();
    let lenient = resolve_lenient(registry.gates().clone(), as_layers(layers, items));
    match resolve_layers(registry.gates().clone(), as_layers(layers, items)) {
        Ok(resolution) => {
            assert_eq!(expected.problems, [], "{}", context());
            compare(&resolution, &expected.values, &context);
            assert_eq!(notices(&resolution), expected.notices, "{}", context());
            let lenient = lenient.unwrap();
            compare(&lenient, &expected.values, &context);
            assert!(lenient.problems().is_empty(), "{}", context());
        }
        Err(problems) => {
            let problems: Vec<Problem> = problems.into_iter().collect();
            let position = |problem: &Problem| (problem.item().is_none(), problem.item());
            assert!(problems.is_sorted_by_key(position), "the order of the input");
            assert_eq!(reported(&problems, &expected), expected.problems, "{}", context());
            for problem in &problems {
                if let (ProblemKind::UnmetDependency { .. }, Some(fix)) =
                    (problem.kind(), problem.fix())
                {
                    follow(registry, layers, items, &expected.problems, fix, problem.gate());
                }
            }
            match (world.lenient(), lenient) {
                (None, Err(_)) => {}
                (Some(values), Ok(lenient)) => {
                    compare(&lenient, &values, &context);
                    let is_reported = |problem| lenient.problems().contains(problem);
                    assert!(problems.iter().all(is_reported), "{}", context());
                    for state in lenient
                        .all()
                        .filter(|state| state.cause() == featuregate_core::Cause::Unmet)
                    {
                        let of_gate = |problem: &Problem| problem.gate() == state.name();
                        assert!(lenient.problems().iter().any(of_gate), "{}", context());
                    }
                }
                (expected, found) => panic!("{expected:?} {found:?}\n{}", context()),
            }
        }
    }
    if layers.iter().all(|rank| !rank.pinned) {
        changing(registry, items);
    }
}

/// A registry, to which all items are one source, does not keep what is refused.
fn changing(registry: &Registry, items: &[Given]) {
    let all = || as_items(items.iter().enumerate(), false);
    let mut tried = registry.clone();
    match (tried.apply(all()), registry.resolve(all())) {
        (Ok(_), Ok(resolution)) => {
            for state in resolution.all() {
                assert_eq!(tried.enabled(state.name()), Some(state.enabled()));
            }
        }
        (Err(one), Err(other)) => {
            assert_eq!(one, other);
            unchanged(registry, &tried);
        }
        (one, other) => panic!("{one:?} {other:?}"),
    }
}

/// What a change while the program runs sets, or takes back.
type Edit = BTreeMap<String, Option<bool>>;

fn edits(bytes: &mut Unstructured<'_>, registry: &Registry) -> Result<Vec<Edit>> {
    let groups = groups_of(registry);
    let mut edits = Vec::new();
    for _ in 0..bytes.int_in_range(0..=4)? {
        let mut edit = Edit::new();
        for _ in 0..bytes.int_in_range(1..=3)? {
            let name = match bytes.int_in_range(0..=15)? {
                0 => UNKNOWN[0],
                1 if !groups.is_empty() => bytes.choose(&groups)?.as_str(),
                2 => *bytes.choose(&ALIASES)?,
                _ => *bytes.choose(&NAMES)?,
            };
            let value = if bytes.ratio(1, 4)? { None } else { Some(bool::arbitrary(bytes)?) };
            // As the layer does, which has one value for each gate, under its present name.
            let name = registry.gates().current_name(name).unwrap_or(name);
            edit.insert(name.to_owned(), value);
        }
        edits.push(edit);
    }
    Ok(edits)
}

/// Changes gates while the program runs, one change after the other: a layer above all but the pins.
fn changing_while_running(registry: &Registry, layers: &[Rank], items: &[Given], edits: &[Edit]) {
    let resolve = |items: &[Given], layers: &[Rank]| {
        resolve_layers(registry.gates().clone(), as_layers(layers, items))
    };
    let mut values: BTreeMap<String, bool> = BTreeMap::new();
    let (mut in_effect, mut ranks) = with_changes(layers, items, &values);
    let Ok(mut before) = resolve(&in_effect, &ranks) else { return };
    for edit in edits {
        let mut edited = values.clone();
        for (name, value) in edit {
            match value {
                Some(value) => drop(edited.insert(name.clone(), *value)),
                None => drop(edited.remove(name)),
            }
        }
        // What has the value that it had already is not asked for.
        let differs = |name: &&String| values.get(*name) != edited.get(*name);
        let names = values.keys().chain(edited.keys()).filter(differs).cloned();
        let asked: Edit = names.map(|name| (name.clone(), edited.get(&name).copied())).collect();
        let (next, next_ranks) = with_changes(layers, items, &edited);
        let context =
            || format!("{edit:?} over {values:?}\n{layers:?}\n{items:?}\n{}", shown(registry));
        let expected = world(registry, &ranks, &in_effect)
            .change(&world(registry, &next_ranks, &next), &asked);
        let after = resolve(&next, &next_ranks);
        let found = after.and_then(|after| {
            let differing = changed(&before, &after, asked.keys().map(String::as_str))?;
            Ok((differing, after))
        });
        match (expected, found) {
            (Ok(names), Ok((differing, after))) => {
                let written = |gate| after.gates().written(gate).to_owned();
                let differing: BTreeSet<String> = differing.into_iter().map(written).collect();
                assert_eq!(differing, names, "{}", context());
                (before, in_effect, ranks, values) = (after, next, next_ranks, edited);
            }
            (Err(expected), Err(problems)) => {
                let reported = problems.iter().map(|problem| {
                    let kind = match problem.kind() {
                        ProblemKind::NotRuntime { .. } => "not-runtime",
                        ProblemKind::Pinned { .. } => "pinned",
                        kind => problem_kind(kind),
                    };
                    (kind, problem.gate().to_owned())
                });
                assert_eq!(reported.collect::<BTreeSet<_>>(), expected, "{}", context());
            }
            (expected, found) => panic!("{expected:?} {found:?}\n{}", context()),
        }
    }
}

/// The settings with the changes in a layer below the pins. Unknown names in it are noticed, so that those of an earlier
/// start do not prevent the next one.
fn with_changes(
    layers: &[Rank],
    items: &[Given],
    values: &BTreeMap<String, bool>,
) -> (Vec<Given>, Vec<Rank>) {
    let (below, pins) = layers.split_at(4);
    let lenient = Rank { unknown: Treatment::Notice, ..Rank::default() };
    let ranks = [below, &[lenient], pins].concat();
    let given = |(name, value): (&String, &bool)| Given {
        layer: 4,
        source: 0,
        name: name.clone(),
        value: Some(*value),
    };
    let at = items.iter().position(|item| item.layer == 4).unwrap_or(items.len());
    let (below, pins) = items.split_at(at);
    let pins = pins.iter().map(|item| Given { layer: 5, ..item.clone() });
    let all = below.iter().cloned().chain(values.iter().map(given)).chain(pins);
    (all.collect(), ranks)
}

fn compare(resolution: &Resolution, values: &BTreeMap<String, bool>, context: &dyn Fn() -> String) {
    for (name, value) in values {
        assert_eq!(resolution.enabled(name), Some(*value), "{name}: {}", context());
    }
    for explanation in &resolution.explain_all() {
        let decides = explanation.links().iter().filter(|link| link.effect() == Effect::Decides);
        let values: Vec<bool> = decides.map(featuregate_core::Link::value).collect();
        assert_eq!(values, [explanation.state().enabled()], "{explanation}{}", context());
    }
}

fn notices(resolution: &Resolution) -> Vec<Reported> {
    let notice = |notice: &featuregate_core::Notice| Reported {
        item: item(notice.origin()),
        kind: notice_kind(notice.kind()),
        gate: notice.gate().to_owned(),
    };
    let mut notices: Vec<Reported> = resolution.notices().iter().map(notice).collect();
    notices.sort();
    notices
}

/// The number of an item, as [`as_items`] has put it into the origin.
fn item(origin: Option<&Origin>) -> Option<usize> {
    origin.and_then(Origin::column).map(|column| usize::try_from(column).unwrap() - 1)
}

/// What is reported, sorted. Of several gates that imply one, any may have turned it on.
fn reported(problems: &[Problem], expected: &Expected) -> Vec<Reported> {
    let report = |problem: &Problem| {
        let kind = problem_kind(problem.kind());
        let mut item = item(problem.origin());
        if let Some(items) = expected.implied.get(problem.gate()).filter(|_| kind == "dependency")
            && item.is_some_and(|item| items.contains(&item))
        {
            item = items.first().copied();
        }
        Reported { item, kind, gate: problem.gate().to_owned() }
    };
    let mut reported: Vec<Reported> = problems.iter().map(report).collect();
    reported.sort();
    reported
}

fn unchanged(before: &Registry, after: &Registry) {
    let values = |registry: &Registry| -> Vec<Option<bool>> {
        let names = registry.gates().specs().iter().map(GateSpec::name);
        names.map(|name| registry.enabled(name)).collect()
    };
    assert_eq!(values(before), values(after), "a failed change leaves nothing behind");
    assert_eq!(before.requests(), after.requests());
}

/// Applies a suggestion: then the gate must not have this problem, and no other gate a new one.
fn follow(
    registry: &Registry,
    layers: &[Rank],
    items: &[Given],
    before: &[Reported],
    fix: &Fix,
    gate: &str,
) {
    if matches!(fix, Fix::TurnOn { more: true, .. }) {
        return;
    }
    let mut items = items.to_vec();
    apply(registry, &mut items, fix);
    let after = resolve_layers(registry.gates().clone(), as_layers(layers, &items));
    let Err(problems) = after else { return };
    for problem in &problems {
        let (kind, of) = (problem_kind(problem.kind()), problem.gate());
        let known = before.iter().any(|it| it.kind == kind && it.gate == of);
        assert!(
            known && !(kind == "dependency" && of == gate),
            "{fix:?} for {gate} leads to {kind} of {of}\n{items:?}\n{problems}\n{}",
            shown(registry)
        );
    }
}

/// Does what is suggested. A gate is set in the strongest layer below the pins, instead of elsewhere.
fn apply(registry: &Registry, items: &mut Vec<Given>, fix: &Fix) {
    let set = |items: &mut Vec<Given>, gate: &str, value: bool| {
        let names: Vec<&str> = registry
            .gates()
            .get(gate)
            .map(|spec| spec.aliases().chain([spec.name()]).collect())
            .unwrap_or_default();
        items.retain(|item| {
            item.value.is_none() || item.layer == 4 || !names.contains(&item.name.as_str())
        });
        let at = items.iter().position(|item| item.layer == 4).unwrap_or(items.len());
        let (name, value) = (gate.to_owned(), Some(value));
        items.insert(at, Given { layer: 3, source: 0, name, value });
    };
    let remove = |items: &mut Vec<Given>, name: &str, value: bool| {
        let is_it = |item: &Given| item.value == Some(value) && item.name == name && item.layer < 4;
        let last = items.iter().rposition(is_it).or_else(|| {
            items.iter().rposition(|item| item.value == Some(value) && item.name == name)
        });
        items.remove(last.unwrap());
    };
    match fix {
        Fix::TurnOn { gates, .. } => gates.iter().for_each(|gate| set(items, gate, true)),
        Fix::TurnOff { gate } => set(items, gate, false),
        Fix::Remove { name, value } => remove(items, name, *value),
        Fix::GiveUp { remove: names, turn_off } => {
            for name in names {
                remove(items, name, true);
            }
            for gate in turn_off {
                set(items, gate, false);
            }
        }
        other => panic!("nobody suggests {other:?}"),
    }
}

/// The gates, one in each line.
fn shown(registry: &Registry) -> String {
    let line = |gate: &GateSpec| {
        let history: Vec<String> = gate
            .milestones()
            .iter()
            .map(|it| {
                format!(
                    "{} {} {} locked={} {:?}",
                    it.since(),
                    it.stage(),
                    it.default(),
                    it.is_locked(),
                    it.min_compat()
                )
            })
            .collect();
        let requires: Vec<&str> = gate.requires().collect();
        let implies: Vec<&str> = gate.implies().collect();
        format!(
            "{} {history:?} requires {requires:?} implies {implies:?} removed {:?} available {}\n",
            gate.name(),
            gate.removed(),
            gate.is_available()
        )
    };
    let gates: String = registry.gates().specs().iter().map(line).collect();
    format!("{:?}\n{gates}", registry.versions())
}

fn problem_kind(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::MissingValue | ProblemKind::InvalidValue(_) => "invalid-value",
        ProblemKind::Unknown { .. } => "unknown",
        ProblemKind::Locked { .. } => "locked",
        ProblemKind::NotIntroduced { .. } => "not-yet",
        ProblemKind::Removed { .. } => "removed",
        ProblemKind::NotCompiledIn { .. } => "unavailable",
        ProblemKind::UnmetDependency { .. } => "dependency",
        ProblemKind::AliasConflict { .. } => "alias-conflict",
        other => panic!("resolving does not report {other:?}"),
    }
}

fn notice_kind(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::SetGa { .. } => "set-ga",
        NoticeKind::SetDeprecated { .. } => "set-deprecated",
        NoticeKind::SetRemoved { .. } => "set-removed",
        NoticeKind::Unknown { .. } => "unknown",
        NoticeKind::Alias { .. } => "alias",
        NoticeKind::Invalid { .. } => "invalid-value",
        NoticeKind::Pinned { .. } => "pinned",
        other => panic!("resolving does not report {other:?}"),
    }
}
