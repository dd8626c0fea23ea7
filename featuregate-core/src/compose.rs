//! Several enums in one process: their gates side by side, in one component or in several.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::declare::group::Groups;
use crate::declare::packed::is_independent;
use crate::declare::spec::{GateSpec, RemovedPolicy};
use crate::declare::version::Version;
use crate::gates::component::{ComponentId, GateId};
use crate::gates::dependency;
use crate::gates::set::{GateRange, GateSet, NameTaken};
use crate::gates::versions::Versions;
use crate::nearest::{Case, nearest};
use crate::problem::problems::{Problem, ProblemKind, Problems};

/// Declarations, which are read where they are put together: hands over one after the other.
pub type Specs = Box<dyn FnOnce(&mut dyn FnMut(GateSpec))>;

/// An enum as a program composes it with others.
pub struct Declared {
    /// What messages call it: the path of its type.
    pub name: &'static str,
    /// The component that its gates are written with.
    pub component: Option<&'static str>,
    /// The release that it declares.
    pub version: Version,
    /// Whether it can run as another release.
    pub emulates: bool,
    /// How an assignment to one of its removed gates is treated.
    pub removed: RemovedPolicy,
    /// How letters of its names are compared, if not as in ASCII.
    pub case: Option<Case>,
    /// Its groups and channels, which are those of its component.
    pub groups: Groups,
    /// Whether the help of its component lists all gates that can be set.
    pub lists_all_settable: bool,
    /// Whether a gate requires one of another enum; what lies within one was checked when it was compiled.
    pub requires_others: bool,
    /// Its gates.
    pub gates: Specs,
    /// Its removed gates.
    pub tombstones: Specs,
    /// How many of both there are.
    pub count: usize,
}

impl Declared {
    /// Adds the gates of another enum of the same component. One enum that refuses removed gates, or leaves out the
    /// groups of Kubernetes, does so for all.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        if other.removed == RemovedPolicy::Refuse {
            self.removed = other.removed;
        }
        self.case = self.case.or(other.case);
        self.groups.merge(other.groups);
        self.gates = both(self.gates, other.gates);
        self.tombstones = both(self.tombstones, other.tombstones);
        self.count += other.count;
        self
    }
}

fn both(first: Specs, second: Specs) -> Specs {
    Box::new(|take| {
        first(take);
        second(take);
    })
}

/// The release that a component runs as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emulation {
    /// The component's name; `None` for the one whose gates are written without a prefix.
    pub component: Option<String>,
    /// The release whose stages, defaults and locks apply; the component's own if there is none.
    pub emulated: Option<Version>,
    /// The minimum compatibility version; the release before the emulated one if there is none.
    pub min_compat: Option<Version>,
}

/// Chooses the release channel of a program, in each component that has one of that name.
///
/// # Errors
/// If none has.
pub fn choose_channel(set: &mut GateSet, name: &str) -> Result<(), Problems> {
    set.choose_channel(name).map_err(|known| {
        let nearest = nearest(name, known.iter().map(String::as_str));
        Problem::of_gate(ProblemKind::UnknownChannel { nearest, known }, name).into()
    })
}

/// What only some programs need. It is passed as functions, so that other programs do not have it.
#[derive(Clone, Copy, Debug)]
pub struct Extras {
    /// Looks up what gates require and imply.
    link: fn(&mut GateSet),
    several: Option<Several>,
}

/// What only programs with several enums need.
#[derive(Clone, Copy, Debug)]
struct Several {
    /// Joins the groups of two enums.
    join: fn(&mut Groups, Groups),
    /// Every dependency that breaks a rule.
    check: fn(&GateSet) -> Vec<Problem>,
}

impl Extras {
    /// For gates with former names, and those that require or imply gates of the same enum, which was checked when it
    /// was compiled.
    pub const RELATED_GATES: Self = Self { link: GateSet::link, several: None };

    /// For several enums, and for gates that require those of another enum.
    pub const SEVERAL_ENUMS: Self = Self {
        several: Some(Several { join: Groups::merge, check: check_dependencies }),
        ..Self::RELATED_GATES
    };
}

fn check_dependencies(set: &GateSet) -> Vec<Problem> {
    dependency::check(set).into_iter().map(Problem::of_dependency).collect()
}

/// Puts enums together, and returns with the set the gates of each, without the removed ones.
///
/// One enum was checked when it was compiled; what lies between several is checked here. An enum whose removed gates are
/// refused has them refused in its whole component.
///
/// # Errors
/// Every name that two of them declare, every release that does not fit, every dependency that breaks a rule,
/// in the order of the enums.
pub fn compose(
    mut declared: Vec<Declared>,
    emulations: &[Emulation],
    extras: Option<Extras>,
) -> Result<(GateSet, Vec<GateRange>), Problems> {
    let mut composition = Composition::default();
    let several = extras.and_then(|extras| extras.several);
    let is_checked = matches!(&*declared, [only] if !only.requires_others);
    for Emulation { component, .. } in emulations {
        let has_name = |declared: &Declared| declared.component == component.as_deref();
        if !declared.iter().any(has_name) {
            let component = component.as_deref().unwrap_or_default();
            composition.report(component, ProblemKind::UnknownComponent);
        }
    }
    for Declared { component, groups, .. } in &mut declared {
        composition.add_groups(*component, core::mem::take(groups), several);
    }
    let ranges = declared.into_iter().map(|declared| composition.add(declared, emulations));
    let ranges = ranges.collect();
    let Composition { mut set, mut problems, .. } = composition;
    debug_assert!(
        extras.is_some() || set.specs().iter().all(is_independent),
        "the derive says which enums need more"
    );
    if let Some(extras) = extras {
        (extras.link)(&mut set);
    }
    // A name that is declared twice would be reported again for all that requires it.
    if let Some(several) = several
        && problems.is_empty()
        && !is_checked
    {
        problems.extend((several.check)(&set));
    }
    Problems::none(problems)?;
    Ok((set, ranges))
}

#[derive(Default)]
struct Composition {
    set: GateSet,
    /// The gates of each enum with its name, tombstones included.
    owners: Vec<(GateRange, &'static str)>,
    /// The groups of each component.
    groups: Vec<(Option<&'static str>, Groups)>,
    problems: Vec<Problem>,
}

impl Composition {
    /// Joins the groups of an enum with those of the others of its component.
    fn add_groups(
        &mut self,
        component: Option<&'static str>,
        groups: Groups,
        several: Option<Several>,
    ) {
        let known = self.groups.iter_mut().find(|(known, _)| *known == component);
        match known.zip(several) {
            Some(((_, known), several)) => (several.join)(known, groups),
            None => self.groups.push((component, groups)),
        }
    }

    /// The groups of a component, which are added once.
    fn take_groups(&mut self, component: Option<&str>) -> Groups {
        let groups = self.groups.iter_mut().find(|(known, _)| *known == component);
        groups.map(|(_, groups)| core::mem::take(groups)).unwrap_or_default()
    }

    fn add(&mut self, declared: Declared, emulations: &[Emulation]) -> GateRange {
        let own = |emulation: &&Emulation| emulation.component.as_deref() == declared.component;
        let mut versions = Versions::of_binary(declared.version);
        for emulated in emulations.iter().filter(own).filter_map(|emulation| emulation.emulated) {
            versions = versions.emulating(emulated);
        }
        let given = |emulation: &Emulation| emulation.min_compat.filter(|_| own(&emulation));
        let min_compat = emulations.iter().rev().find_map(given).unwrap_or(versions.min_compat);
        let versions = Versions { min_compat, ..versions };
        let groups = self.take_groups(declared.component);
        let name = declared.component.map(Into::into);
        let component = self.set.add_component(name, versions, declared.removed, groups);
        if versions.emulated != declared.version && !declared.emulates {
            self.report(declared.name, ProblemKind::CannotEmulate { version: versions.emulated });
        }
        let known = self.set.component_mut(component);
        known.lists_all_settable |= declared.lists_all_settable;
        if declared.removed == RemovedPolicy::Refuse {
            known.removed = declared.removed;
        }
        let (version, other) = (declared.version, known.versions.binary);
        if version != other {
            self.report(declared.name, ProblemKind::ComponentVersions { version, other });
        }
        if let Some(case) = declared.case {
            self.set.compare_letters(case);
        }
        self.set.reserve(component, declared.count);
        let start = self.set.next_id();
        self.insert(component, declared.name, declared.gates);
        let gates = self.set.since(start);
        self.insert(component, declared.name, declared.tombstones);
        self.owners.push((self.set.since(start), declared.name));
        gates
    }

    fn insert(&mut self, component: ComponentId, owner: &'static str, specs: Specs) {
        specs(&mut |spec| {
            if let Err(NameTaken { name, by }) = self.set.insert(component, spec) {
                let first = self.owner(by).unwrap_or(owner).into();
                self.report(&name, ProblemKind::DeclaredTwice { first, second: owner.into() });
            }
        });
    }

    /// What declares a gate, if it is not the enum that is being added: a group, or another enum.
    fn owner(&self, gate: GateId) -> Option<&'static str> {
        if self.set.is_group(gate) {
            return Some("a group");
        }
        self.owners.iter().find(|(gates, _)| gates.contains(gate)).map(|(_, owner)| *owner)
    }

    fn report(&mut self, gate: &str, kind: ProblemKind) {
        self.problems.push(Problem::of_gate(kind, gate));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declare::group::{Channel, Group, Selection};
    use crate::declare::lifecycle::{Strictness, validate};
    use crate::declare::milestone::RawMilestone;
    use crate::declare::spec::RawSpec;
    use crate::request::layer::Treatment;
    use crate::request::origin::Source;
    use crate::request::parse::parse;
    use crate::resolve::resolve;
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec;

    fn declared(
        name: &'static str,
        component: Option<&'static str>,
        version: Version,
        specs: impl IntoIterator<Item = RawSpec>,
    ) -> Declared {
        let gates = specs.into_iter().map(|raw| validate(raw, Strictness::Data).unwrap());
        let gates: Vec<GateSpec> = gates.collect();
        Declared {
            name,
            component,
            version,
            emulates: false,
            removed: RemovedPolicy::Tolerate,
            case: None,
            groups: Groups::default(),
            lists_all_settable: false,
            requires_others: false,
            count: gates.len(),
            gates: Box::new(|take| gates.into_iter().for_each(take)),
            tombstones: Box::new(|_| ()),
        }
    }

    fn gate(name: &str) -> RawSpec {
        RawSpec::new(name).milestone(RawMilestone::beta("1.0"))
    }

    fn versions(set: &GateSet, component: Option<&str>) -> Versions {
        set.component(set.component_named(component).unwrap()).versions()
    }

    fn composed(
        declared: Vec<Declared>,
        emulations: &[Emulation],
    ) -> Result<(GateSet, Vec<GateRange>), Problems> {
        compose(declared, emulations, Some(Extras::SEVERAL_ENUMS))
    }

    const V1_36: Version = Version::new(1, 36);

    fn reported(declared: Vec<Declared>) -> Vec<String> {
        let problems = composed(declared, &[]).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_name_that_two_enums_declare_is_reported_with_both() {
        assert_eq!(
            reported(vec![
                declared("app::Feature", None, V1_36, [gate("A"), gate("B").alias("C")]),
                declared("net::Feature", None, V1_36, [gate("A"), gate("C")]),
            ]),
            [
                "app::Feature and net::Feature both declare the name A; rename one of them, or give one of the enums a component",
                "app::Feature and net::Feature both declare the name C; rename one of them, or give one of the enums a component",
            ]
        );
    }

    #[test]
    fn components_have_names_groups_and_versions_of_their_own() {
        let (set, ranges) = composed(
            vec![
                declared("app::Feature", None, V1_36, [gate("A")]),
                declared("etcd::Feature", Some("etcd"), Version::new(3, 6), [gate("A"), gate("B")]),
                declared("more::Feature", None, V1_36, [gate("M")]),
            ],
            &[],
        )
        .unwrap();
        let names: Vec<&str> = set.ids().map(|gate| set.written(gate)).collect();
        assert_eq!(
            names,
            ["AllAlpha", "AllBeta", "A", "etcd:AllAlpha", "etcd:AllBeta", "etcd:A", "etcd:B", "M"]
        );
        let names = |range: &GateRange| -> Vec<&str> {
            range.iter().map(|gate| set.written(gate)).collect()
        };
        let of_enums: Vec<_> = ranges.iter().map(names).collect();
        assert_eq!(of_enums, [vec!["A"], vec!["etcd:A", "etcd:B"], vec!["M"]]);
        assert_eq!(set.versions(set.named("etcd:B").unwrap()).binary, Version::new(3, 6));
    }

    #[test]
    fn a_component_is_of_one_release() {
        assert_eq!(
            reported(vec![
                declared("app::Feature", None, V1_36, []),
                declared("net::Feature", None, Version::new(0, 3), []),
            ]),
            [
                "the gates of net::Feature are of release 0.3, but others of the same component are of 1.36; give all of them one version, or give these a component of their own"
            ]
        );
    }

    #[test]
    fn a_gate_requires_one_of_another_enum() {
        let needy = || Declared {
            requires_others: true,
            ..declared("app::Feature", None, V1_36, [gate("A").requires("net:N")])
        };
        let net = |spec| declared("net::Feature", Some("net"), Version::new(0, 3), [spec]);
        let (set, _) = composed(vec![needy(), net(gate("N"))], &[]).unwrap();
        let id = |name: &str| set.named(name).unwrap();
        assert_eq!(set.requires(id("A")), [id("net:N")]);
        assert_eq!(
            reported(vec![needy()]),
            [
                "gate A requires unknown gate net:N; add that gate, or the enum that has it, or correct the name"
            ]
        );
        let cycle = net(gate("N").requires(":A"));
        assert_eq!(reported(vec![needy(), cycle]).len(), 1, "a cycle over two components");
    }

    #[test]
    fn only_enums_that_can_emulate_do() {
        let emulations =
            [Emulation { component: None, emulated: Some(Version::new(1, 34)), min_compat: None }];
        let able = || Declared { emulates: true, ..declared("app::Feature", None, V1_36, []) };
        let unable = declared("net::Feature", None, V1_36, []);
        let other = declared("etcd::Feature", Some("etcd"), V1_36, []);
        let (set, _) = composed(vec![able(), other], &emulations).unwrap();
        assert_eq!(versions(&set, None), Versions::of_binary(V1_36).emulating(Version::new(1, 34)));
        assert_eq!(versions(&set, Some("etcd")), Versions::of_binary(V1_36));
        let problems = composed(vec![able(), unable], &emulations).unwrap_err();
        assert_eq!(
            problems.to_string(),
            "the gates of net::Feature cannot run as 1.34, since its checks are folded; add `emulation` to its #[feature_gate(…)]"
        );
    }

    #[test]
    fn one_enum_that_requires_only_its_own_gates_was_checked_when_it_was_compiled() {
        let off = RawSpec::new("Off").milestone(RawMilestone::beta("1.0").with_default(false));
        let alone = declared("app::Feature", None, V1_36, [gate("A").requires("Off"), off.clone()]);
        assert!(composed(vec![alone], &[]).is_ok(), "its rules are not applied once more");
        let other = declared("app::Feature", None, V1_36, [gate("A").requires(":Elsewhere")]);
        assert_eq!(
            reported(vec![Declared { requires_others: true, ..other }]),
            [
                "gate A requires unknown gate Elsewhere; add that gate, or the enum that has it, or correct the name"
            ]
        );
        let net = declared("net::Feature", None, V1_36, [off]);
        let both = vec![declared("app::Feature", None, V1_36, [gate("A").requires("Off")]), net];
        assert_eq!(
            reported(both),
            [
                "gate A is on by default in 1.0 but requires Off, which is off by default then; make A off by default, or Off on"
            ]
        );
    }

    #[test]
    fn a_component_has_the_minimum_compatibility_version_that_is_given_or_the_usual_one() {
        let min_compat = |emulated: Option<u32>, min_compat: Option<u32>| {
            let version = |minor| Version::new(1, minor);
            let emulation = Emulation {
                component: None,
                emulated: emulated.map(version),
                min_compat: min_compat.map(version),
            };
            let able = Declared { emulates: true, ..declared("app::Feature", None, V1_36, []) };
            let (set, _) = composed(vec![able], &[emulation]).unwrap();
            let Versions { binary, emulated, min_compat } = versions(&set, None);
            assert_eq!(binary, V1_36);
            (emulated.minor(), min_compat.minor())
        };
        assert_eq!(min_compat(None, None), (36, 35));
        assert_eq!(min_compat(Some(34), None), (34, 33));
        assert_eq!(min_compat(None, Some(30)), (36, 30));
        assert_eq!(min_compat(Some(34), Some(32)), (34, 32));
    }

    #[test]
    fn the_order_of_emulations_does_not_matter_and_each_names_a_component() {
        let emulated =
            || Emulation { component: None, emulated: Some(Version::new(1, 34)), min_compat: None };
        let minimum =
            || Emulation { component: None, emulated: None, min_compat: Some(Version::new(1, 30)) };
        let able = || Declared { emulates: true, ..declared("app::Feature", None, V1_36, []) };
        for order in [[emulated(), minimum()], [minimum(), emulated()]] {
            let (set, _) = composed(vec![able()], &order).unwrap();
            let Versions { emulated, min_compat, .. } = versions(&set, None);
            assert_eq!((emulated.minor(), min_compat.minor()), (34, 30));
        }
        let misspelt = Emulation { component: Some("stoer".into()), ..emulated() };
        assert_eq!(
            composed(vec![able()], &[misspelt]).unwrap_err().to_string(),
            "unknown component stoer; correct the name"
        );
    }

    #[test]
    fn an_enum_that_refuses_removed_gates_does_so_for_its_component() {
        let refusing = || Declared {
            removed: RemovedPolicy::Refuse,
            ..declared("strict::Feature", None, V1_36, [gate("A")])
        };
        let tolerant = || declared("app::Feature", None, V1_36, [gate("B")]);
        for order in [vec![refusing(), tolerant()], vec![tolerant(), refusing()]] {
            let (set, _) = composed(order, &[]).unwrap();
            assert_eq!(set.components().first().unwrap().removed(), RemovedPolicy::Refuse);
        }
        let (set, _) = composed(vec![tolerant()], &[]).unwrap();
        assert_eq!(set.components().first().unwrap().removed(), RemovedPolicy::Tolerate);
    }

    #[test]
    fn a_group_without_a_component_names_the_components_whose_gates_it_leaves_out() {
        let alpha = |name: &str| RawSpec::new(name).milestone(RawMilestone::alpha("1.0"));
        let (set, _) = composed(
            vec![
                declared("app::Feature", None, V1_36, [alpha("A"), gate("B")]),
                declared("net::Feature", Some("net"), V1_36, [alpha("N")]),
                declared("beta::Feature", Some("beta"), V1_36, [gate("N")]),
                declared("done::Feature", Some("done"), V1_36, []),
            ],
            &[],
        )
        .unwrap();
        let notices = |text: &str| -> Vec<String> {
            let items = parse(text, &Source::flag("flag"));
            let resolution = resolve(set.clone(), Treatment::default(), items).unwrap();
            resolution.notices().iter().map(ToString::to_string).collect()
        };
        let left_out = |group: &str, other: &str| {
            format!(
                "flag, column 1, \"{group}=true\": {group} applies only to the gates without a component; to set all gates, also set {other}:{group}=true"
            )
        };
        assert_eq!(notices("AllAlpha=true"), [left_out("AllAlpha", "net")]);
        assert_eq!(notices("AllBeta=true"), [left_out("AllBeta", "beta")]);
        assert!(notices("AllAlpha=true,net:AllAlpha=false").is_empty());
        assert!(notices("net:AllAlpha=true").is_empty());
    }

    #[test]
    fn the_values_of_an_enum_are_those_of_its_gates() {
        let (set, ranges) = composed(
            vec![
                declared("app::Feature", None, V1_36, [gate("A"), gate("B")]),
                declared("net::Feature", Some("net"), V1_36, [gate("N")]),
            ],
            &[],
        )
        .unwrap();
        let items = parse("B=false", &Source::flag("flag"));
        let resolution = resolve(set, Treatment::default(), items).unwrap();
        let values = |range: &GateRange| resolution.values(*range).collect::<Vec<_>>();
        assert_eq!(ranges.iter().map(values).collect::<Vec<_>>(), [vec![true, false], vec![true]]);
    }

    #[test]
    fn groups_and_channels_are_those_of_all_enums_of_a_component() {
        let own = |name: &'static str, component, group: &'static str, gate_of: &str| {
            let groups = Groups::none()
                .group(Group::new(group, Selection::new().tag(group)))
                .channel(Channel::new("nightly", Selection::new().tag(group)));
            Declared {
                groups,
                lists_all_settable: group == "net",
                ..declared(
                    name,
                    component,
                    V1_36,
                    [RawSpec::new(gate_of).milestone(RawMilestone::alpha("1.0")).tag(group)],
                )
            }
        };
        let all = vec![
            own("app::Feature", None, "net", "A"),
            own("ui::Feature", None, "ui", "B"),
            own("store::Feature", Some("store"), "disk", "C"),
        ];
        let (mut set, _) = composed(all, &[]).unwrap();
        let names = |set: &GateSet, component| -> Vec<String> {
            let component = set.component(set.component_named(component).unwrap());
            component.groups().iter().map(|(_, group)| group.name().into()).collect()
        };
        assert_eq!(names(&set, None), ["net", "ui"]);
        assert_eq!(names(&set, Some("store")), ["disk"]);
        let listed = |component: Option<&str>| {
            set.component(set.component_named(component).unwrap()).lists_all_settable()
        };
        assert_eq!([listed(None), listed(Some("store"))], [true, false]);
        let group = |name: &str| set.group(set.named(name).unwrap()).map(Group::name);
        assert_eq!(
            [group("ui"), group("store:disk"), group("A")],
            [Some("ui"), Some("disk"), None]
        );
        assert!(Group::is_of_kubernetes("AllAlpha") && !Group::is_of_kubernetes("net"));

        let error = choose_channel(&mut set, "nightli").unwrap_err();
        assert_eq!(error.to_string(), "unknown channel nightli; did you mean nightly?");
        let is_on = |set: GateSet| {
            let resolution = resolve(set, Treatment::Refuse, []).unwrap();
            ["A", "B", "store:C", "net"].map(|name| resolution.enabled(name).unwrap())
        };
        assert_eq!(is_on(set.clone()), [false; 4]);
        choose_channel(&mut set, "nightly").unwrap();
        let chosen = set.component(set.component_named(None).unwrap());
        assert_eq!(chosen.channel().map(Channel::name), Some("nightly"));
        assert_eq!(chosen.channels().len(), 1);
        assert_eq!(is_on(set), [true, true, true, false]);
    }

    #[test]
    fn two_enums_of_a_component_are_joined() {
        let of = |removed, names: &[&str]| Declared {
            removed,
            ..declared("app", None, V1_36, names.iter().map(|name| gate(name)))
        };
        let (refuse, tolerate) = (RemovedPolicy::Refuse, RemovedPolicy::Tolerate);
        for (first, second, joined) in
            [(refuse, tolerate, refuse), (tolerate, refuse, refuse), (tolerate, tolerate, tolerate)]
        {
            let both = of(first, &["A", "B"]).join(of(second, &["C"]));
            assert_eq!((both.removed, both.count), (joined, 3));
            let mut names = Vec::new();
            (both.gates)(&mut |spec: GateSpec| names.push(spec.name().to_string()));
            assert_eq!(names, ["A", "B", "C"]);
        }
    }
}
