//! Which test reads which gate with which value, and how.

/// What is read, and where.
pub(crate) struct Plan {
    pub(crate) tests: Vec<Test>,
    gates: Vec<Gate>,
}

pub(crate) struct Gate {
    /// Its name in a text.
    pub(crate) name: String,
    /// The gate in code.
    pub(crate) code: String,
}

pub(crate) struct Test {
    pub(crate) place: Place,
    /// The numbers of the gates, each with its value.
    pub(crate) reads: Vec<(usize, bool)>,
}

/// Where a test reads its gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On its own thread.
    Own,
    /// On a thread that it starts, with a name that a test could have.
    Thread,
    /// In a task that any worker of a runtime polls.
    Task,
}

/// The gate that only a program reads which a test starts; it is off.
pub(crate) const OF_PROGRAM: &str = "OfProgram";

/// The gate that nothing reads.
pub(crate) const UNUSED: &str = "Unused";

/// How many of the gates are those of a component.
pub(crate) const OF_STORE: usize = 5;

const GATES: usize = 28;

impl Plan {
    /// A plan of so many tests.
    pub(crate) fn of(tests: usize) -> Self {
        let gate = |number: usize| {
            if number < OF_STORE {
                Gate { name: format!("store:S{number}"), code: format!("Store::S{number}") }
            } else {
                Gate { name: format!("G{number}"), code: format!("Feature::G{number}") }
            }
        };
        let named = |name: &str| Gate { name: name.into(), code: format!("Feature::{name}") };
        let gates = (0..GATES).map(gate).chain([named(OF_PROGRAM), named(UNUSED)]).collect();
        let places = [Place::Own, Place::Own, Place::Thread, Place::Task];
        let mut state = 7_u64;
        let mut random = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut test = |number: usize| {
            let first = random(GATES);
            // Gates that are next to one another, each once; the last gate is only read off.
            let reads = (first..(first + 1 + random(4)).min(GATES))
                .map(|gate| (gate, gate + 1 < GATES && random(3) > 0))
                .collect();
            Test { place: places[number % places.len()], reads }
        };
        Self { tests: (0..tests).map(&mut test).collect(), gates }
    }

    pub(crate) fn gates(&self) -> impl Iterator<Item = &Gate> {
        self.gates.iter()
    }

    pub(crate) fn gate(&self, number: usize) -> &Gate {
        &self.gates[number]
    }
}
