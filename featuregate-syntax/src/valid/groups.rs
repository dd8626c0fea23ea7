//! Groups and channels: what is named exists, and no channel turns a gate on without what it requires.

use featuregate_core::__private::nearest;
use featuregate_core::{Channel, GateSpec, Group, Groups, Milestone, Selection, Version};

use crate::attr::RawEnum;
use crate::attr::groups::{Member, RawGroup};
use crate::diagnostic::{Code, Sink};

/// The groups and channels of an enum. Their names are checked with those of the gates.
pub(super) fn groups(raw: &RawEnum, errors: &mut Sink) -> Groups {
    let settings = &raw.settings;
    let mut groups = match settings.groups.get() {
        Some(false) => Groups::none(),
        _ => Groups::default(),
    };
    let master = settings.master.get();
    if let Some(master) = master {
        let names = || settings.own_groups.iter().map(|group| group.name.value.as_str());
        if !names().any(|name| name == master.value) && !settings.unreadable {
            let help = match nearest(&master.value, names()) {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "name a group, as in group(all = [alpha, beta]), master = \"all\"".into(),
            };
            let message = format!("unknown group {:?}", master.value);
            errors.add(Code::Name, master.range, message, help);
        }
    }
    let tags: Vec<&str> = raw
        .gates
        .iter()
        .flat_map(|gate| gate.declaration.tags.iter().map(|tag| tag.value.as_str()))
        .collect();
    for raw in &settings.own_groups {
        let group = Group::new(raw.name.value.clone(), selection(raw, &tags, errors));
        let is_master = master.is_some_and(|master| master.value == raw.name.value);
        groups = groups.group(if is_master { group.as_master() } else { group });
    }
    for (index, raw) in settings.channels.iter().enumerate() {
        let mut before = settings.channels.iter().take(index);
        if before.any(|known| known.name.value == raw.name.value) {
            let message = format!("the channel `{}` is given twice", raw.name.value);
            errors.add(Code::Name, raw.name.range, message, "remove one of them");
        }
        let selection = selection(raw, &tags, errors);
        groups = groups.channel(Channel::new(raw.name.value.clone(), selection));
    }
    groups
}

fn selection(raw: &RawGroup, tags: &[&str], errors: &mut Sink) -> Selection {
    let mut selection = Selection::new();
    for member in &raw.members {
        selection = match member {
            Member::Stage(stage) => selection.stage(*stage),
            Member::Tag(tag) => {
                if !tags.contains(&tag.value.as_str()) {
                    let stages = ["alpha", "beta", "ga", "deprecated"];
                    let known = tags.iter().copied().chain(stages);
                    let help = match nearest(&tag.value, known) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => format!(
                            "add it to gates, as in #[gate(…, tags({}))], or name a stage",
                            tag.value
                        ),
                    };
                    let message = format!("no gate has the tag `{}`", tag.value);
                    errors.add(Code::Name, tag.range, message, help);
                }
                selection.tag(tag.value.clone())
            }
        };
    }
    selection
}

/// In each channel, at the version of the enum, what is on by default has on by default what it requires.
pub(super) fn check_channels(
    raw: &RawEnum,
    groups: &Groups,
    specs: &[Option<GateSpec>],
    version: Version,
    errors: &mut Sink,
) {
    let specs: Vec<&GateSpec> = specs.iter().flatten().collect();
    let now = |spec: &GateSpec| spec.at(version, version.previous_minor());
    for (channel, raw) in groups.channels().iter().zip(&raw.settings.channels) {
        let is_on = |spec: &GateSpec| {
            let milestone: Milestone = now(spec);
            let by_channel = || channel.selection().includes(spec, milestone.stage());
            milestone.default() || (!milestone.is_locked() && by_channel())
        };
        let off = specs.iter().filter(|spec| is_on(spec)).find_map(|spec| {
            let mut needed =
                specs.iter().filter(|it| spec.requires().any(|name| name == it.name()));
            Some((spec.name(), needed.find(|needed| !is_on(needed))?.name()))
        });
        if let Some((gate, needed)) = off {
            errors.add(
                Code::Dependency,
                raw.name.range,
                format!(
                    "gate {gate} is on by default in the channel `{}` but requires {needed}, which is off by default",
                    channel.name()
                ),
                format!("add a stage or tag of {needed} to the channel, or except_from_groups to {gate}"),
            );
        }
    }
}
