//! What a gate has besides what each gate has, in the order in which it is written.

pub(super) const OWNER: u32 = 1;
pub(super) const ISSUE: u32 = 1 << 1;
pub(super) const REMOVE_IN: u32 = 1 << 2;
pub(super) const REMOVAL: u32 = 1 << 3;
pub(super) const IMPLIES: u32 = 1 << 4;
pub(super) const META: u32 = 1 << 5;
pub(super) const TAGS: u32 = 1 << 6;
pub(super) const SWITCHABLE: u32 = 1 << 7;
pub(super) const EXCEPT_FROM_GROUPS: u32 = 1 << 8;
pub(super) const RUNTIME: u32 = 1 << 9;
/// Each version has a patch part.
pub(super) const PATCH: u32 = 1 << 10;
