//! Ours.

use std::cell::Cell;
use std::hint::black_box;

use featuregate::Gates;

use crate::gates::Feature;
use crate::repeat::repeat;

#[inline(never)]
pub(super) fn default(turns: u64) {
    repeat!(
        turns,
        [
            Feature::Off0.enabled(),
            Feature::Off1.enabled(),
            Feature::Off2.enabled(),
            Feature::Off3.enabled(),
            Feature::Off4.enabled(),
            Feature::Off5.enabled(),
            Feature::Off6.enabled(),
            Feature::Off7.enabled(),
        ]
    );
}

#[inline(never)]
pub(super) fn set(turns: u64) {
    repeat!(
        turns,
        [
            !Feature::Set0.enabled(),
            !Feature::Set1.enabled(),
            !Feature::Set2.enabled(),
            !Feature::Set3.enabled(),
            !Feature::Set4.enabled(),
            !Feature::Set5.enabled(),
            !Feature::Set6.enabled(),
            !Feature::Set7.enabled(),
        ]
    );
}

#[inline(never)]
pub(super) fn locked(turns: u64) {
    repeat!(
        turns,
        [
            !Feature::Locked0.enabled(),
            !Feature::Locked1.enabled(),
            !Feature::Locked2.enabled(),
            !Feature::Locked3.enabled(),
            !Feature::Locked4.enabled(),
            !Feature::Locked5.enabled(),
            !Feature::Locked6.enabled(),
            !Feature::Locked7.enabled(),
        ]
    );
}

/// The gates as a value. It is plain memory, which would be read once for all turns if nobody else could
/// write to it; so it is in a cell that others may know.
#[inline(never)]
pub(super) fn gates_value(turns: u64) {
    let gates: Cell<Gates<Feature>> = Cell::new(Feature::snapshot());
    black_box(&gates);
    repeat!(
        turns,
        [
            gates.get().enabled(Feature::Off0),
            gates.get().enabled(Feature::Off1),
            gates.get().enabled(Feature::Off2),
            gates.get().enabled(Feature::Off3),
            gates.get().enabled(Feature::Off4),
            gates.get().enabled(Feature::Off5),
            gates.get().enabled(Feature::Off6),
            gates.get().enabled(Feature::Off7),
        ]
    );
}

/// Gates that are not known before the program runs.
#[inline(never)]
pub(super) fn at_run_time(turns: u64) {
    let gates = [
        Feature::Off0,
        Feature::Off1,
        Feature::Off2,
        Feature::Off3,
        Feature::Off4,
        Feature::Off5,
        Feature::Off6,
        Feature::Off7,
    ];
    for _ in 0..turns {
        let gates = black_box(&gates);
        repeat!(
            1,
            [
                gates[0].enabled(),
                gates[1].enabled(),
                gates[2].enabled(),
                gates[3].enabled(),
                gates[4].enabled(),
                gates[5].enabled(),
                gates[6].enabled(),
                gates[7].enabled(),
            ]
        );
    }
}
