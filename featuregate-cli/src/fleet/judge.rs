//! What a release changes for the programs that run: which settings it refuses, and which gates get another value.
//!
//! Every answer is that of `lint` about the same setting in a file, or of the core about values.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use featuregate_core::__private::{IdVec, Name, on_or_off};
use featuregate_core::{Assignment, Item, Origin as ItemOrigin, Source, Status, Version};
use foldhash::fast::RandomState;

use crate::config::extract::{Given, Setting, SettingId};
use crate::finding::Level;
use crate::fleet::base::{Base, Known, Origin};
use crate::fleet::configured::Configured;
use crate::fleet::finding::{Certainty, Finding, What};
use crate::fleet::instances::{Component, Instance, NameId, Profile, Value};
use crate::lint::draft::Draft;
use crate::lint::rule::Policy;
use crate::lint::rules;
use crate::lint::target::Target;

/// Judges instances by the release that they are to run.
pub(crate) struct Judge<'a> {
    known: Known<'a>,
    policy: &'a Policy,
    /// Where configurations set gates.
    configured: &'a Configured,
    target: Version,
    /// By program, when first needed.
    targets: BTreeMap<Component, Arc<Target>>,
    /// What is the same for all instances of a program.
    shared: HashMap<Key, Option<Arc<What>>, RandomState>,
}

/// A program, a gate with its value, and what is asked about it.
type Key = (Component, NameId, bool, Question);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Question {
    /// Whether a setting of the gate is accepted.
    Set,
    /// The same where it may or may not be set.
    PerhapsSet,
    /// That the gate gets the other value.
    Turns(Certainty),
    /// A gate that no list has.
    Unknown,
}

impl<'a> Judge<'a> {
    pub(crate) fn of(
        known: Known<'a>,
        policy: &'a Policy,
        configured: &'a Configured,
        target: Version,
    ) -> Self {
        let (targets, shared) = (BTreeMap::new(), HashMap::default());
        Self { known, policy, configured, target, targets, shared }
    }

    /// What is found, by component, instance, level and gate.
    pub(crate) fn findings(&mut self) -> Vec<Finding> {
        type Judged = HashMap<(Component, *const Profile), Arc<[Arc<What>]>, RandomState>;
        let mut judged = Judged::default();
        let mut findings = Vec::new();
        for instance in &self.known.fleet.instances {
            let (program, _) = self.known.program(instance.component.as_ref());
            let key = (program, Arc::as_ptr(&instance.profile));
            let found = judged.entry(key).or_insert_with(|| self.judge(instance).into());
            findings.extend(found.iter().map(|what| Finding {
                what: Arc::clone(what),
                instance: Some(Arc::clone(&instance.name)),
                component: instance.component.clone(),
            }));
        }
        findings
    }

    /// What is found about one of the instances that have the same values.
    fn judge(&mut self, instance: &Instance) -> Vec<Arc<What>> {
        let component = instance.component.as_ref();
        let profile = &instance.profile;
        let base = self.known.base(component, profile);
        let origins = base.origins(profile);
        let Some(target) = self.target(component) else { return Vec::new() };
        let (program, _) = self.known.program(component);
        let names = &self.known.fleet.names;

        let mut found = Vec::new();
        let mut settings = Settings::of(names, &base, profile);
        for (value, origin) in &origins {
            let name = &names[value.gate];
            let is_known = base.status(value.gate).is_some() || target.knows(name);
            let question = match origin {
                Origin::Setting { certain: true } => Question::Set,
                Origin::Setting { certain: false } if !is_known => Question::Unknown,
                Origin::Setting { certain: false } | Origin::Default { certain: false } => {
                    Question::PerhapsSet
                }
                Origin::Group if value.by.is_none() => Question::PerhapsSet,
                Origin::Group | Origin::Default { certain: true } => continue,
            };
            if !is_known && question != Question::Unknown {
                continue;
            }
            if let Origin::Setting { certain } = origin {
                settings.add(name, value.on, Some(*certain));
            }
            found.extend(self.shared(program.as_ref(), &target, *value, question));
        }
        let unmet = settings.unmet(&target);
        for (setting, draft) in &unmet {
            let Setting { name, value, .. } = &settings.all[*setting];
            let Some(level) = draft.level(self.policy) else { continue };
            let certain = settings.certain[*setting].unwrap_or(true);
            let (certainty, level) = doubted(level, certain);
            let on = *value == Given::Boolean(true);
            let (message, help) = (draft.message.clone(), draft.help.clone());
            found.push(Arc::new(What {
                set_in: self.configured.get(name, on),
                ..What::of(draft.rule, level, certainty, name.as_str(), on, message, help)
            }));
        }
        let refused = settings.refused(&target);
        settings.removed.extend(unmet.keys().copied().chain(refused));
        let resolution = target.registry().resolve(settings.items());
        let resolution = resolution.as_ref().unwrap_or(target.registry().resolution());
        for (value, origin) in &origins {
            let certainty = match origin {
                Origin::Setting { .. } => continue,
                Origin::Default { certain: true } => Certainty::Certain,
                Origin::Group if value.by.is_some() => Certainty::Certain,
                Origin::Group | Origin::Default { certain: false } => Certainty::Possible,
            };
            let Some(state) = resolution.state(target.gate(&names[value.gate])) else { continue };
            let introduced = !matches!(state.status(), Status::NotIntroduced { .. });
            if introduced && state.enabled() != value.on {
                found.extend(self.shared(
                    program.as_ref(),
                    &target,
                    *value,
                    Question::Turns(certainty),
                ));
            }
        }
        found
    }

    /// The program of a component at the release that is asked for, or at its newest one if that is older.
    fn target(&mut self, component: Option<&Arc<str>>) -> Option<Arc<Target>> {
        let (name, releases) = self.known.program(component);
        if let Some(target) = self.targets.get(&name) {
            return Some(Arc::clone(target));
        }
        let release = releases.at(self.target.min(releases.newest()))?;
        let target = Arc::new(Target::of(release));
        self.targets.insert(name, Arc::clone(&target));
        Some(target)
    }

    /// The answer to a question about a gate of a program, which is the same for all its instances.
    fn shared(
        &mut self,
        program: Option<&Arc<str>>,
        target: &Target,
        value: Value,
        question: Question,
    ) -> Option<Arc<What>> {
        let key = (program.cloned(), value.gate, value.on, question);
        if let Some(known) = self.shared.get(&key) {
            return known.clone();
        }
        let name = &self.known.fleet.names[value.gate];
        let what = match question {
            Question::Set => self.set(target, name, value.on),
            Question::PerhapsSet => self.perhaps_set(target, name, value.on),
            Question::Turns(certainty) => self.turns(target, name, value.on, certainty),
            Question::Unknown => self.unknown(name, value.on),
        };
        let set_in = self.configured.get(name, value.on);
        let stays = !set_in.is_empty() && question == Question::Turns(Certainty::Possible);
        let what = what.map(|what| {
            let mut what = What { set_in, ..what };
            if stays {
                what.level = Level::Note;
                what.help =
                    format!("instances that have this configuration stay {}", on_or_off(value.on));
            }
            Arc::new(what)
        });
        self.shared.insert(key, what.clone());
        what
    }

    /// What the release says to a setting that an instance has.
    fn set(&self, target: &Target, name: &str, on: bool) -> Option<What> {
        let setting = setting(name, on);
        let answer = target.setting(&setting, true);
        let draft = answer.draft.as_ref()?;
        let level = draft.level(self.policy)?;
        let after = target.registry().resolution().state(target.gate(name));
        let after = after.filter(|_| draft.refuses() && draft.help == REMOVE);
        let help = match after.map(|after| after.enabled()) {
            // Until then, the gate would not be what it is to be.
            Some(after) if after == on => {
                format!(
                    "{REMOVE} together with the upgrade; before, that turns the gate {}",
                    on_or_off(!on)
                )
            }
            Some(after) => format!("{REMOVE}; that turns the gate {}", on_or_off(after)),
            None => draft.help.clone(),
        };
        let message = draft.message.clone();
        Some(What::of(draft.rule, level, Certainty::Certain, name, on, message, help))
    }

    /// The same for a setting that it may have.
    fn perhaps_set(&self, target: &Target, name: &str, on: bool) -> Option<What> {
        let setting = setting(name, on);
        let answer = target.setting(&setting, true);
        let draft = answer.draft.as_ref().filter(|draft| draft.refuses())?;
        let (certainty, level) = doubted(draft.level(self.policy)?, false);
        let help = format!(
            "if the configuration of the instance sets it to {on}, remove the setting; a metric does not show that"
        );
        Some(What::of(draft.rule, level, certainty, name, on, draft.message.clone(), help))
    }

    fn turns(&self, target: &Target, name: &str, on: bool, certainty: Certainty) -> Option<What> {
        let rule = &rules::CHANGED_DEFAULT;
        let level = self.policy.level(rule)?;
        let status = target.registry().resolution().state(target.gate(name))?.status();
        let (release, now, new) = (target.version(), on_or_off(on), on_or_off(!on));
        let turns = format!("gate {} turns {new} in {release}", Name(name));
        let message = match status {
            Status::Removed { since, .. } => format!("{turns}; it was removed in {since}"),
            status if status.default() == on => turns,
            status if status.is_locked() => format!("{turns}, where it is locked {new}"),
            _ => format!("{turns}, where it is {new} by default"),
        };
        let help = if status.is_locked() {
            format!("try the upgrade with this gate {new}; it can no longer be {now}")
        } else {
            format!("set it to {on} to keep it {now}, or try the upgrade with this gate {new}")
        };
        let is_locked = status.is_locked();
        Some(What { is_locked, ..What::of(rule, level, certainty, name, on, message, help) })
    }

    fn unknown(&self, name: &str, on: bool) -> Option<What> {
        let rule = &rules::UNKNOWN_GATE;
        let (certainty, level) = doubted(self.policy.level(rule)?, false);
        let message = format!(
            "gate {} is {}, and the list of gates does not have it",
            Name(name),
            on_or_off(on)
        );
        let help = "name the list of its program with --manifest NAME=FILE".to_owned();
        Some(What::of(rule, level, certainty, name, on, message, help))
    }
}

/// The help for a setting that is refused whatever its value is.
const REMOVE: &str = "remove the setting";

/// The level of what may not be so.
fn doubted(level: Level, certain: bool) -> (Certainty, Level) {
    if certain {
        (Certainty::Certain, level)
    } else {
        (Certainty::Possible, level.min(Level::Warning))
    }
}

/// The settings that an instance was started with, as far as its values show them.
struct Settings {
    all: IdVec<SettingId, Setting>,
    /// Whether the gate was set for certain; none of a group.
    certain: IdVec<SettingId, Option<bool>>,
    /// Those that a release refuses.
    removed: BTreeSet<SettingId>,
}

impl Settings {
    /// The groups that are on.
    fn of(names: &IdVec<NameId, Arc<str>>, base: &Base, profile: &Profile) -> Self {
        let mut settings =
            Self { all: IdVec::new(), certain: IdVec::new(), removed: BTreeSet::new() };
        for value in profile.values.iter().filter(|value| value.on) {
            if base.is_group(value.gate) {
                settings.add(&names[value.gate], true, None);
            }
        }
        settings
    }

    fn add(&mut self, name: &str, on: bool, certain: Option<bool>) {
        self.all.push(setting(name, on));
        self.certain.push(certain);
    }

    /// Those that the release does not accept by themselves.
    fn refused(&self, target: &Target) -> Vec<SettingId> {
        let is_refused = |setting: &Setting| {
            target.setting(setting, false).draft.as_ref().is_some_and(Draft::refuses)
        };
        self.all.iter().filter(|(_, setting)| is_refused(setting)).map(|(id, _)| id).collect()
    }

    /// Those that require another gate to be on.
    fn unmet(&self, target: &Target) -> BTreeMap<SettingId, Draft> {
        let all: Vec<(SettingId, &Setting)> = self.all.iter().collect();
        target.dependencies(&all, &|_| ItemOrigin::new(Source::call()))
    }

    fn items(&self) -> impl Iterator<Item = Item> {
        self.all.iter().filter(|(id, _)| !self.removed.contains(id)).map(|(_, setting)| {
            let on = setting.value == Given::Boolean(true);
            Ok(Assignment::new(&setting.name, on, ItemOrigin::new(Source::call())))
        })
    }
}

fn setting(name: &str, on: bool) -> Setting {
    let value = Given::Boolean(on);
    let (name, list) = (name.to_owned(), IdVec::new().push(()));
    Setting { name, name_span: 0..0, value, value_span: 0..0, list, variable: None }
}
