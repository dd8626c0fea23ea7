//! Any gates and any requests, compared with the second statement of the rules.

use arbitrary::{Arbitrary, Result, Unstructured};
use featuregate_core::{
    Assignment, Fix, GateSpec, Item, ItemError, NoticeKind, Origin, ProblemKind, Problems,
    RawMilestone, RawSpec, Registry, RemovedPolicy, Source, Stage, UnknownPolicy, Version,
};

use crate::oracle::{Given, Reported, World};

/// Builds gates and requests from any bytes, resolves them, and compares the result with
/// [`World::expected`]; then applies each suggestion, and checks that it helps.
///
/// # Panics
/// If the two differ, a failed change leaves something behind, or a suggestion does not help.
pub fn resolving(data: &[u8]) {
    let mut bytes = Unstructured::new(data);
    let Ok((registry, unknown)) = registry(&mut bytes) else { return };
    let Ok(items) = items(&mut bytes) else { return };
    check(&registry, unknown, &items);
}

const NAMES: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const ALIASES: [&str; 3] = ["OldA", "OldB", "OlderA"];
const STAGES: [Stage; 5] =
    [Stage::Alpha, Stage::Beta, Stage::Ga, Stage::Deprecated, Stage::PreAlpha];

fn version(bytes: &mut Unstructured<'_>) -> Result<Version> {
    Ok(Version::new(1, bytes.int_in_range(0..=6)?))
}

fn registry(bytes: &mut Unstructured<'_>) -> Result<(Registry, UnknownPolicy)> {
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
        spec = spec.available(!bytes.ratio(1, 24)?);
        if let Some(alias) = ALIASES.get(number) {
            spec = spec.alias(*alias);
        }
        // A history that breaks a rule is refused; then the gate does not exist.
        let _ = registry.register([spec]);
    }
    for _ in 0..bytes.int_in_range(0..=16)? {
        let mut names = NAMES.to_vec();
        names.extend(["AllAlpha", "AllBeta"]);
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
    let unknown =
        *bytes.choose(&[UnknownPolicy::Refuse, UnknownPolicy::Notice, UnknownPolicy::Ignore])?;
    registry.treat_unknown(unknown);
    Ok((registry, unknown))
}

fn items(bytes: &mut Unstructured<'_>) -> Result<Vec<Given>> {
    let mut names: Vec<&str> = NAMES.to_vec();
    names.extend(ALIASES);
    names.extend(["AllAlpha", "AllBeta"]);
    let mut items = Vec::new();
    let mut source = 0;
    for _ in 0..bytes.int_in_range(0..=12)? {
        source = (source + usize::from(bytes.ratio(1, 4)?)).min(2);
        let unknown = bytes.ratio(1, 32)?;
        let name = *bytes.choose(if unknown { &["Nowhere", "Elsewhere"] } else { &names[..] })?;
        let name = name.to_owned();
        let value = if bytes.ratio(1, 64)? { None } else { Some(bool::arbitrary(bytes)?) };
        items.push(Given { source, name, value });
    }
    Ok(items)
}

/// The items as the library takes them; the column is the number of the item, from 1.
fn as_items(items: &[Given]) -> Vec<Item> {
    let sources = [Source::config("a.yaml"), Source::env("GATES"), Source::flag("--gates")];
    let item = |(number, given): (usize, &Given)| {
        let column = u32::try_from(number + 1).unwrap();
        let origin = Origin::new(sources[given.source].clone()).at(1, column);
        match given.value {
            Some(value) => Ok(Assignment::new(given.name.clone(), value, origin)),
            None => Err(ItemError::new(given.name.clone(), None, origin)),
        }
    };
    items.iter().enumerate().map(item).collect()
}

fn check(registry: &Registry, unknown: UnknownPolicy, items: &[Given]) {
    let component = &registry.gates().components()[0];
    let world = World {
        gates: registry.gates().specs().to_vec(),
        versions: registry.versions(),
        refuse_removed: component.removed() == RemovedPolicy::Refuse,
        unknown,
        items: items.to_vec(),
    };
    let expected = world.expected();
    let mut tried = registry.clone();
    match tried.apply(as_items(items)) {
        Ok(notices) => {
            assert_eq!(expected.problems, [], "{items:?}\n{}", shown(registry));
            let mut reported: Vec<Reported> = notices
                .iter()
                .map(|notice| Reported {
                    item: item(notice.origin()),
                    kind: notice_kind(notice.kind()),
                    gate: notice.gate().to_owned(),
                })
                .collect();
            reported.sort();
            assert_eq!(reported, expected.notices, "{items:?}\n{}", shown(registry));
            for (name, value) in &expected.values {
                assert_eq!(
                    tried.enabled(name),
                    Some(*value),
                    "{name}: {items:?}\n{}",
                    shown(registry)
                );
            }
            for explanation in &tried.resolution().explain_all() {
                assert!(explanation.links().iter().any(|link| {
                    link.effect() == featuregate_core::Effect::Decides
                        && link.value() == explanation.state().enabled()
                }));
            }
        }
        Err(problems) => {
            let mut reported = reported(&problems);
            let position = |it: &Reported| (it.item.is_none(), it.item);
            assert!(reported.is_sorted_by_key(position), "the order of the input");
            reported.sort();
            assert_eq!(reported, expected.problems, "{items:?}\n{}", shown(registry));
            unchanged(registry, &tried);
            for problem in &problems {
                if let (ProblemKind::UnmetDependency { .. }, Some(fix)) =
                    (problem.kind(), problem.fix())
                {
                    follow(registry, items, &expected.problems, fix, problem.gate());
                }
            }
        }
    }
}

/// The number of an item, as [`as_items`] has put it into the origin.
fn item(origin: Option<&Origin>) -> Option<usize> {
    origin.and_then(Origin::column).map(|column| usize::try_from(column).unwrap() - 1)
}

fn reported(problems: &Problems) -> Vec<Reported> {
    problems
        .iter()
        .map(|problem| Reported {
            item: item(problem.origin()),
            kind: problem_kind(problem.kind()),
            gate: problem.gate().to_owned(),
        })
        .collect()
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
fn follow(registry: &Registry, items: &[Given], before: &[Reported], fix: &Fix, gate: &str) {
    let mut items = items.to_vec();
    let last = items.last().map_or(0, |item| item.source);
    let set = |items: &mut Vec<Given>, gate: &str, value: bool| {
        let names: Vec<&str> = registry
            .gates()
            .get(gate)
            .map(|spec| spec.aliases().chain([spec.name()]).collect())
            .unwrap_or_default();
        items.retain(|item| item.value.is_none() || !names.contains(&item.name.as_str()));
        items.push(Given { source: last, name: gate.to_owned(), value: Some(value) });
    };
    let remove = |items: &mut Vec<Given>, name: &str| {
        let last = items.iter().rposition(|item| item.value.is_some() && item.name == *name);
        items.remove(last.unwrap());
    };
    match fix {
        Fix::TurnOn { more: true, .. } => return,
        Fix::TurnOn { gates, .. } => gates.iter().for_each(|gate| set(&mut items, gate, true)),
        Fix::TurnOff { gate } => set(&mut items, gate, false),
        Fix::Remove { name, .. } => remove(&mut items, name),
        Fix::GiveUp { remove: names, turn_off } => {
            for name in names {
                remove(&mut items, name);
            }
            for gate in turn_off {
                set(&mut items, gate, false);
            }
        }
        other => panic!("a dependency is not fixed by {other:?}"),
    }
    let Err(problems) = registry.clone().apply(as_items(&items)) else { return };
    for Reported { kind, gate: of, .. } in reported(&problems) {
        let known = before.iter().any(|it| it.kind == kind && it.gate == of);
        assert!(
            known && !(kind == "dependency" && of == gate),
            "{fix:?} for {gate} leads to {kind} of {of}\n{items:?}\n{problems}\n{}",
            shown(registry)
        );
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
        format!(
            "{} {history:?} requires {requires:?} removed {:?} available {}\n",
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
        other => panic!("resolving does not report {other:?}"),
    }
}
