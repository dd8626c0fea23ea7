//! `featureflag`: a facade whose evaluator decides by name; here it looks into a map.

use std::collections::HashMap;

use featureflag::{Context, Evaluator, is_enabled, set_global_default};

use crate::gates::NAMES;
use crate::repeat::repeat;

struct Map(HashMap<&'static str, bool>);

impl Evaluator for Map {
    fn is_enabled(&self, feature: &str, _: &Context) -> Option<bool> {
        self.0.get(feature).copied()
    }
}

pub(super) fn set_up() {
    set_global_default(Map(HashMap::from(NAMES.map(|name| (name, false)))));
}

#[inline(never)]
pub(super) fn run(turns: u64) {
    repeat!(
        turns,
        [
            is_enabled!("Off0", true),
            is_enabled!("Off1", true),
            is_enabled!("Off2", true),
            is_enabled!("Off3", true),
            is_enabled!("Off4", true),
            is_enabled!("Off5", true),
            is_enabled!("Off6", true),
            is_enabled!("Off7", true),
        ]
    );
}
