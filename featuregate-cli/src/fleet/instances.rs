//! The instances of programs, each with its release and the values of its gates, gathered from samples in any order.
//!
//! There may be millions of values, so a value has eight bytes, and instances with the same values share them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use featuregate_core::__private::{Id, IdVec, Name, id};
use featuregate_core::{Stage, Version};
use foldhash::fast::RandomState;

use crate::fleet::exposition::{Labels, Sample};
use crate::fleet::missing::Missing;

id! {
    /// The name of a gate.
    pub(crate) struct NameId;
    /// An instance that is being gathered.
    struct TargetId;
}

/// The most values that are kept: 160 MB.
const VALUES: usize = 20_000_000;

/// The most bytes of names and labels that are kept, for about 200,000 instances.
const TEXTS: usize = 64 << 20;

/// About as many bytes are kept beside each of them.
const BESIDE: usize = 256;

/// What is running.
#[derive(Debug, Default)]
pub(crate) struct Fleet {
    pub(crate) names: IdVec<NameId, Arc<str>>,
    /// By component and name.
    pub(crate) instances: Vec<Instance>,
}

/// A running program.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) name: Arc<str>,
    /// The program, as it or the configuration of Prometheus names it.
    pub(crate) component: Component,
    pub(crate) profile: Arc<Profile>,
}

/// The name of a program, if it is known.
pub(crate) type Component = Option<Arc<str>>;

/// What is the same for many instances.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Profile {
    pub(crate) release: Option<Version>,
    /// The release that applies, if that is not the program's own.
    pub(crate) emulated: Option<Version>,
    /// By gate.
    pub(crate) values: Vec<Value>,
    /// How many of them are gates, and not groups.
    pub(crate) gates: usize,
}

/// The value of a gate or group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Value {
    pub(crate) gate: NameId,
    pub(crate) on: bool,
    /// As the program reports it.
    pub(crate) stage: Option<Stage>,
    /// What decided the value, where the program says so. A metric does not.
    pub(crate) by: Option<By>,
}

/// What decided a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum By {
    Default,
    Group,
    /// A setting of the gate.
    Setting,
}

/// The names of the metrics that are read.
#[derive(Clone, Debug)]
pub(crate) struct Metrics {
    /// The values of gates.
    pub(crate) gates: String,
    /// The releases of components, perhaps with the prefix of the former.
    pub(crate) versions: Vec<String>,
}

/// As Kubernetes names it.
pub(crate) const GATES: &str = "kubernetes_feature_enabled";
pub(crate) const VERSIONS: &str = "version_info";
pub(crate) const BUILD: &str = "kubernetes_build_info";

/// The labels that these metrics have of their own; all others are those of the target.
const OF_GATES: [&str; 2] = ["name", "stage"];
const OF_VERSIONS: [&str; 4] = ["binary", "component", "emulation", "min_compat"];
const OF_BUILD: [&str; 16] = [
    "build_date",
    "buildDate",
    "compiler",
    "git_commit",
    "gitCommit",
    "git_tree_state",
    "gitTreeState",
    "git_version",
    "gitVersion",
    "go_version",
    "goVersion",
    "major",
    "minor",
    "platform",
    "build_user",
    "branch",
];

impl Metrics {
    /// Those of a metric of gates; a program that gives it a prefix gives that to the other one too.
    pub(crate) fn of(gates: &str) -> Self {
        let prefix =
            gates.strip_suffix("feature_enabled").filter(|prefix| *prefix != "kubernetes_");
        let prefixed = prefix.map(|prefix| format!("{prefix}{VERSIONS}"));
        let versions = [VERSIONS.to_owned()].into_iter().chain(prefixed).collect();
        Self { gates: gates.to_owned(), versions }
    }

    pub(crate) fn wants(&self, metric: &str) -> bool {
        metric == self.gates || metric == BUILD || self.versions.iter().any(|name| name == metric)
    }
}

/// An instance of those with one name: its other labels, and its values.
type Same = (String, Arc<Profile>);

/// Instances that are being gathered.
#[derive(Debug)]
pub(crate) struct Gathering {
    metrics: Metrics,
    targets: IdVec<TargetId, Target>,
    known: HashMap<Box<str>, TargetId, RandomState>,
    names: IdVec<NameId, Arc<str>>,
    ids: HashMap<Arc<str>, NameId, RandomState>,
    values: usize,
    texts: usize,
    /// The key of the last sample, which is often that of the next one, and the space for that.
    last: Option<(String, TargetId)>,
    key: String,
}

#[derive(Debug)]
struct Target {
    /// Where it was read from.
    source: Arc<str>,
    labels: Vec<(Box<str>, Box<str>)>,
    /// The releases of its components.
    versions: BTreeMap<Box<str>, Versions>,
    build: Option<Version>,
    values: Vec<Value>,
}

/// A release, and the one that applies.
type Versions = (Version, Option<Version>);

impl Gathering {
    pub(crate) fn new(metrics: Metrics) -> Self {
        Self {
            metrics,
            targets: IdVec::new(),
            known: HashMap::default(),
            names: IdVec::new(),
            ids: HashMap::default(),
            values: 0,
            texts: 0,
            last: None,
            key: String::new(),
        }
    }

    /// How many values it has.
    pub(crate) fn values(&self) -> usize {
        self.values
    }

    /// Why a sample cannot be used, and of which instance it is.
    pub(crate) fn unusable(&self, sample: &Sample<'_>) -> Option<String> {
        if sample.metric != self.metrics.gates || is_on(sample.value).is_some() {
            return None;
        }
        let wrong = unknown_value(own(&sample.labels, "name").unwrap_or_default(), sample.value);
        Some(match own(&sample.labels, "instance") {
            Some(instance) => format!("at {}, {wrong}", Name(instance)),
            None => wrong,
        })
    }

    /// Takes a sample of a source; other metrics say nothing.
    pub(crate) fn add(&mut self, source: &Arc<str>, mut sample: Sample<'_>) -> Result<(), String> {
        sample.labels.sort_unstable();
        let labels = &sample.labels;
        if sample.metric == self.metrics.gates {
            let name = own(labels, "name").ok_or("a gate without a name")?;
            let on = is_on(sample.value).ok_or_else(|| unknown_value(name, sample.value))?;
            let stage = own(labels, "stage").and_then(stage);
            let name = self.name(name)?;
            let target = self.target(source, labels, &OF_GATES)?;
            self.value(target, Value { gate: name, on, stage, by: None })
        } else if sample.metric == BUILD {
            let release = own(labels, "git_version").or_else(|| own(labels, "gitVersion"));
            let release = release.and_then(|text| Version::of_release(text).ok());
            let target = self.target(source, labels, &OF_BUILD)?;
            self.targets[target].build = release;
            Ok(())
        } else if self.metrics.wants(sample.metric) {
            let [component, binary, emulation] =
                ["component", "binary", "emulation"].map(|label| own(labels, label));
            // Other programs have a metric of that name.
            let (Some(component), Some(binary)) = (component, binary) else { return Ok(()) };
            let Ok(binary) = Version::of_release(binary) else { return Ok(()) };
            let emulation = emulation.and_then(|text| Version::of_release(text).ok());
            let target = self.target(source, labels, &OF_VERSIONS)?;
            self.version(target, component, (binary, emulation))
        } else {
            Ok(())
        }
    }

    /// Takes an instance that says by itself what it is.
    pub(crate) fn add_instance<'a>(
        &mut self,
        source: &Arc<str>,
        component: Option<&'a str>,
        versions: Option<Versions>,
        gates: impl IntoIterator<Item = (&'a str, bool, Option<Stage>, Option<By>)>,
    ) -> Result<(), String> {
        let label = |component: &'a str| ("component".into(), component.into());
        let target = self.target(source, &component.map(label).into_iter().collect(), &[])?;
        if let Some(versions) = versions {
            self.version(target, "", versions)?;
        }
        for (name, on, stage, by) in gates {
            let gate = self.name(name)?;
            self.value(target, Value { gate, on, stage, by })?;
        }
        Ok(())
    }

    fn version(&mut self, target: TargetId, component: &str, it: Versions) -> Result<(), String> {
        self.text(component.len())?;
        self.targets[target].versions.insert(component.into(), it);
        Ok(())
    }

    fn value(&mut self, target: TargetId, value: Value) -> Result<(), String> {
        if self.values == VALUES {
            return Err(format!("there are more than {VALUES} values"));
        }
        self.values += 1;
        self.targets[target].values.push(value);
        Ok(())
    }

    /// Counts a text that is kept, with what is kept beside it.
    fn text(&mut self, length: usize) -> Result<(), String> {
        self.texts += BESIDE + length;
        if self.texts > TEXTS {
            Err("there are too many names and labels".to_owned())
        } else {
            Ok(())
        }
    }

    fn name(&mut self, name: &str) -> Result<NameId, String> {
        if let Some(known) = self.ids.get(name) {
            return Ok(*known);
        }
        self.text(name.len())?;
        let name: Arc<str> = name.into();
        let id = self.names.push(Arc::clone(&name));
        self.ids.insert(name, id);
        Ok(id)
    }

    /// The instance that has these labels apart from the metric's own. Where Prometheus scraped it, its labels identify it
    /// wherever they were read.
    fn target(
        &mut self,
        source: &Arc<str>,
        labels: &Labels<'_>,
        own: &[&str],
    ) -> Result<TargetId, String> {
        let of_target = |label: &str, value: &str| match label.strip_prefix("exported_") {
            Some(exported) if own.contains(&exported) => false,
            // Prometheus leaves out an empty stage, so that its target's label keeps the name.
            _ if label == "stage" && stage(value).is_none() => true,
            _ => !own.contains(&label) || has(labels, &format!("exported_{label}")),
        };
        self.key.clear();
        if !has(labels, "instance") {
            self.key.push_str(source);
        }
        for (label, value) in labels.iter().filter(|(label, value)| of_target(label, value)) {
            for part in ["\u{1}", label, "\u{2}", value] {
                self.key.push_str(part);
            }
        }
        if let Some((_, target)) = self.last.as_ref().filter(|(last, _)| *last == self.key) {
            return Ok(*target);
        }
        let target = if let Some(known) = self.known.get(self.key.as_str()) {
            *known
        } else {
            self.text(self.key.len())?;
            let labels = labels.iter().filter(|(label, value)| of_target(label, value));
            let labels = labels.map(|(label, value)| (boxed(label), boxed(value))).collect();
            let target = self.targets.push(Target {
                source: Arc::clone(source),
                labels,
                versions: BTreeMap::new(),
                build: None,
                values: Vec::new(),
            });
            self.known.insert(self.key.as_str().into(), target);
            target
        };
        let (last, of_last) = self.last.get_or_insert_with(|| (String::new(), target));
        last.clone_from(&self.key);
        *of_last = target;
        Ok(target)
    }

    /// Takes what another one gathered.
    pub(crate) fn join(&mut self, other: &Self) -> Result<(), String> {
        let mut names = IdVec::new();
        for name in other.names.values() {
            let id = self.name(name)?;
            let _: NameId = names.push(id);
        }
        for target in other.targets.values() {
            let labels = target.labels.iter();
            let labels = labels.map(|(label, value)| (Cow::from(&**label), Cow::from(&**value)));
            let id = self.target(&target.source, &labels.collect(), &[])?;
            for (component, versions) in &target.versions {
                self.version(id, component, *versions)?;
            }
            self.targets[id].build = self.targets[id].build.or(target.build);
            for value in &target.values {
                self.value(id, Value { gate: names[value.gate], ..*value })?;
            }
        }
        Ok(())
    }

    /// The instances that have gates, each with its job.
    pub(crate) fn scraped(&self) -> BTreeSet<(&str, &str)> {
        let with_gates = self.targets.values().filter(|target| !target.values.is_empty());
        with_gates.filter_map(|target| target.label("job").zip(target.label("instance"))).collect()
    }

    /// What was gathered; `is_group` says which names are not gates. Programs without gates are left out. A gate with two
    /// values at one instance is missing.
    pub(crate) fn finish(
        self,
        is_group: impl Fn(&str) -> bool,
        missing: &mut Vec<Missing>,
    ) -> Fleet {
        let groups: BTreeSet<NameId> =
            self.names.iter().filter(|(_, name)| is_group(name)).map(|(id, _)| id).collect();
        // Gates of a part of a program have its name as a prefix.
        let parts: BTreeSet<&str> =
            self.names.values().filter_map(|name| Some(name.split_once(':')?.0)).collect();
        let mut profiles: HashMap<Arc<Profile>, Arc<Profile>, RandomState> = HashMap::default();
        let mut components: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut named: BTreeMap<(Component, Arc<str>), Vec<Same>> = BTreeMap::new();
        for mut target in self.targets.into_values() {
            if target.values.is_empty() {
                continue;
            }
            if let Some((gate, more)) = target.unite() {
                let name = target.label("instance").unwrap_or(&target.source);
                let gate = Name(&self.names[gate]);
                let more = if more > 0 { format!(", as do {more} more") } else { String::new() };
                let reason =
                    format!("gate {gate} has two values at {name}{more}; the first one counts");
                missing.push(Missing::of(&target.source, reason));
            }
            let component = target.component(&parts).map(|name| {
                let known = components.get(name).cloned();
                known.unwrap_or_else(|| {
                    let name: Arc<str> = name.into();
                    components.insert(Arc::clone(&name));
                    name
                })
            });
            let name =
                target.label("instance").map_or_else(|| Arc::clone(&target.source), Arc::from);
            let others = target.others();
            let profile = Arc::new(target.into_profile(&groups, &parts));
            let profile = profiles.entry(Arc::clone(&profile)).or_insert(profile);
            named.entry((component, name)).or_default().push((others, Arc::clone(profile)));
        }
        let mut instances = Vec::new();
        for ((component, name), mut same) in named {
            same.sort_by(|(a, _), (b, _)| a.cmp(b));
            let alone = same.len() == 1;
            instances.extend(same.into_iter().map(|(others, profile)| Instance {
                // Only together are these unique.
                name: if alone { Arc::clone(&name) } else { format!("{name}{{{others}}}").into() },
                component: component.clone(),
                profile,
            }));
        }
        Fleet { names: self.names, instances }
    }
}

impl Target {
    fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(label, _)| **label == *name).map(|(_, value)| &**value)
    }

    /// The labels that do not name it.
    fn others(&self) -> String {
        let named = |label: &str| label == "instance" || label == "job";
        let others = self.labels.iter().filter(|(label, _)| !named(label));
        let others: Vec<String> =
            others.map(|(label, value)| format!("{label}={value:?}")).collect();
        others.join(",")
    }

    /// The program. All parts of Kubernetes say that they are `kube`, so that the job says more.
    fn component(&self, parts: &BTreeSet<&str>) -> Option<&str> {
        let own = self.main(parts).filter(|name| !name.is_empty());
        let other = own.filter(|name| *name != KUBE);
        other.or_else(|| self.label("component")).or_else(|| self.label("job")).or(own)
    }

    /// Of the components that it reports releases of, the one that it is, and not a part of it.
    fn main(&self, parts: &BTreeSet<&str>) -> Option<&str> {
        let mut names = self.versions.keys().map(|name| &**name);
        let mut kube = names.clone().filter(|name| *name == KUBE);
        let mut whole = names.clone().filter(|name| !parts.contains(name));
        kube.next().or_else(|| whole.next()).or_else(|| names.next())
    }

    /// Keeps one value of each gate. Returns the first gate that has two, and how many others have.
    fn unite(&mut self) -> Option<(NameId, usize)> {
        let mut twice = BTreeSet::new();
        // Stable, so that the first value of a gate is kept.
        self.values.sort_by_key(|value| value.gate);
        self.values.dedup_by(|next, kept| {
            if next.gate == kept.gate && next.on != kept.on {
                twice.insert(next.gate);
            }
            next.gate == kept.gate
        });
        self.values.shrink_to_fit();
        twice.first().map(|first| (*first, twice.len() - 1))
    }

    fn into_profile(self, groups: &BTreeSet<NameId>, parts: &BTreeSet<&str>) -> Profile {
        let main = self.main(parts).and_then(|name| self.versions.get(name)).copied();
        let (release, emulated) = match main {
            Some((binary, emulated)) => (Some(binary), emulated.filter(|it| *it != binary)),
            None => (self.build, None),
        };
        let gates = self.values.iter().filter(|value| !groups.contains(&value.gate)).count();
        Profile { release, emulated, values: self.values, gates }
    }
}

/// The component that parts of Kubernetes say they are.
pub(crate) const KUBE: &str = "kube";

impl Profile {
    /// The release whose stages and defaults apply.
    pub(crate) fn effective(&self) -> Option<Version> {
        self.emulated.or(self.release)
    }

    /// The value of a gate, if it reports one.
    pub(crate) fn get(&self, gate: NameId) -> Option<&Value> {
        let at = self.values.binary_search_by_key(&gate.index(), |value| value.gate.index());
        at.ok().and_then(|at| self.values.get(at))
    }
}

/// A label of a metric. Prometheus renames it where its target has one of that name.
pub(crate) fn own<'l>(labels: &'l Labels<'_>, name: &str) -> Option<&'l str> {
    let find =
        |wanted: &str| labels.iter().find(|(label, _)| label == wanted).map(|(_, value)| &**value);
    find(&format!("exported_{name}")).or_else(|| find(name))
}

/// The value of a gate, as a metric has it.
fn is_on(value: f64) -> Option<bool> {
    match value {
        0.0 => Some(false),
        1.0 => Some(true),
        _ => None,
    }
}

fn unknown_value(gate: &str, value: f64) -> String {
    format!("gate {gate:?} has the value {value}; expected 0 or 1")
}

fn has(labels: &Labels<'_>, name: &str) -> bool {
    labels.iter().any(|(label, _)| label == name)
}

fn boxed(text: &str) -> Box<str> {
    text.into()
}

/// A stage as metrics and manifests write it.
pub(crate) fn stage(text: &str) -> Option<Stage> {
    Some(match text {
        "ALPHA" | "Alpha" | "alpha" => Stage::Alpha,
        "BETA" | "Beta" | "beta" => Stage::Beta,
        "" | "GA" | "STABLE" => Stage::Ga,
        "DEPRECATED" | "Deprecated" | "deprecated" => Stage::Deprecated,
        _ => return None,
    })
}
