//! The groups and channels of an enum, in the same form as its gates.
//!
//! ```text
//! table     = own-only count *( selected master ) count *selected   ; groups, channels
//! selected  = name-length stages count *length                      ; stages: a bit for each; tags
//! ```

use alloc::string::String;
use alloc::vec::Vec;

use super::write::Writer;
use crate::declare::group::{Channel, Group, Groups, Selection};
use crate::declare::reader::Reader;
use crate::declare::spec::Text;
use crate::declare::stage::Stage;

/// Writes groups as text and table; `None` for those that each enum has.
#[must_use]
pub fn encode_groups(groups: &Groups) -> Option<(String, Vec<u8>)> {
    if *groups == Groups::default() {
        return None;
    }
    let mut writer = Writer::default();
    writer.number(u32::from(!groups.has_those_of_kubernetes()));
    writer.count(groups.own().len());
    for group in groups.own() {
        selected(group.name(), group.selection(), &mut writer);
        writer.number(u32::from(group.is_master()));
    }
    writer.count(groups.channels().len());
    for channel in groups.channels() {
        selected(channel.name(), channel.selection(), &mut writer);
    }
    Some((writer.text, writer.table))
}

fn selected(name: &str, selection: &Selection, writer: &mut Writer) {
    writer.text(name);
    writer.number(selection.stages().fold(0, |bits, stage| bits | 1 << stage as u8));
    writer.count(selection.tags().len());
    selection.tags().for_each(|tag| writer.text(tag));
}

/// Reads what [`encode_groups`] wrote.
#[must_use]
pub fn decode_groups(text: &'static str, table: &'static [u8]) -> Groups {
    read(&mut Reader::new(text, table)).unwrap_or_default()
}

fn read(reader: &mut Reader) -> Option<Groups> {
    let mut groups = if reader.number()? == 0 { Groups::default() } else { Groups::none() };
    for _ in 0..reader.length()? {
        let (name, of) = read_selected(reader)?;
        let group = Group::new(name, of);
        groups = groups.group(if reader.number()? == 0 { group } else { group.as_master() });
    }
    for _ in 0..reader.length()? {
        let (name, of) = read_selected(reader)?;
        groups = groups.channel(Channel::new(name, of));
    }
    Some(groups)
}

fn read_selected(reader: &mut Reader) -> Option<(Text, Selection)> {
    let name = reader.str()?;
    let bits = reader.number()?;
    let stages = Stage::ALL.iter().filter(|stage| bits & (1 << **stage as u8) != 0);
    let mut selection = stages.fold(Selection::new(), |all, stage| all.stage(*stage));
    for _ in 0..reader.length()? {
        selection = selection.tag(reader.str()?);
    }
    Some((name.into(), selection))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::boxed::Box;

    #[test]
    fn groups_are_read_back() {
        assert_eq!(encode_groups(&Groups::default()), None);
        let selection = Selection::new().stage(Stage::Alpha).stage(Stage::Ga).tag("net").tag("ui");
        let groups = Groups::none()
            .group(Group::new("all", selection.clone()).as_master())
            .group(Group::new("Ünï", Selection::new()))
            .channel(Channel::new("nightly", selection));
        for groups in [groups.clone(), Groups { own_only: false, ..groups }, Groups::none()] {
            let (text, table) = encode_groups(&groups).unwrap();
            let text: &'static str = Box::leak(text.into_boxed_str());
            let table: &'static [u8] = Box::leak(table.into_boxed_slice());
            assert_eq!(decode_groups(text, table), groups);
            for length in 0..table.len() {
                let _ = decode_groups(text, table.get(..length).unwrap());
            }
        }
    }
}
