//! What is counted.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::listing::{Listing, Purpose, before_main, functions};
use crate::probe::{Build, programs};

/// Where a gate and a flag are beside each other.
const LOCATIONS: [&str; 5] = ["own", "other", "public", "private", "gates"];
const SHAPES: [&str; 3] = ["branch", "value", "number"];

struct Program {
    build: Build,
    bytes: Vec<u8>,
    functions: BTreeMap<String, Listing>,
}

impl Program {
    fn function(&self, name: &str) -> &Listing {
        let function = self.functions.get(name);
        function.unwrap_or_else(|| panic!("{name} is not in the program ({})", self.build.name))
    }

    fn mentions(&self, text: &str) -> bool {
        self.bytes.windows(text.len()).any(|window| window == text.as_bytes())
    }
}

static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(|| {
    let built = programs().map(|(build, bytes)| {
        let functions = functions(&bytes);
        Program { build, bytes, functions }
    });
    built.collect()
});

/// Runs a check of every program, and fails with all that it finds.
fn in_each_program(check: impl Fn(&Program) -> Vec<String>) {
    let faults: Vec<String> = PROGRAMS
        .iter()
        .flat_map(|program| {
            let faults = check(program).into_iter();
            faults.map(|fault| format!("{}: {fault}", program.build.name))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The constant gates of a location.
fn gates(location: &str) -> Vec<String> {
    let mut gates = vec!["first", "last", "second"];
    if location == "own" {
        gates.extend(["emulating", "changing", "changing_locked", "changing_alone"]);
    }
    gates.into_iter().map(|gate| format!("{location}.{gate}")).collect()
}

/// What is wrong where a check has more instructions than that of a flag.
fn longer(program: &Program, check: &str, flag: &str) -> Option<String> {
    let (check_code, flag_code) = (program.function(check), program.function(flag));
    (check_code.len() > flag_code.len()).then(|| {
        format!(
            "{check} has {} instructions, {flag} has {}:\n {check_code}\n {flag_code}",
            check_code.len(),
            flag_code.len()
        )
    })
}

/// What is wrong where a branch costs more than one load, one test and the branch itself.
fn more_than_load_and_test(program: &Program, check: &str) -> Option<String> {
    let code = program.function(check);
    let purposes = code.purposes();
    let count = |of: &[Purpose]| purposes.iter().filter(|purpose| of.contains(purpose)).count();
    let more = count(&[Purpose::Load, Purpose::LoadAndTest]) > 1
        || count(&[Purpose::Test, Purpose::LoadAndTest]) > 1
        || count(&[Purpose::Call, Purpose::Other]) > 0
        // To each of two functions, and between them.
        || count(&[Purpose::Branch]) > 3;
    more.then(|| format!("{check} is more than a load and a test: {code}"))
}

/// What is wrong where a check of a fixed gate leaves anything behind.
fn left_behind(program: &Program, check: &str) -> Vec<String> {
    let code = program.function(&format!("{check}.branch"));
    let mut faults = Vec::new();
    // What is left is the jump to the function that is called in any case.
    if code.purposes() != [Purpose::Branch] {
        faults.push(format!("{check} is more than the live branch: {code}"));
    }
    if program.mentions(&format!("only a dead branch of {check}")) {
        faults.push(format!("the text in the dead branch of {check} is in the program"));
    }
    if !program.mentions(&format!("a live branch of {check}")) {
        faults.push(format!("the text in the live branch of {check} is not in the program"));
    }
    faults
}

#[test]
fn a_check_is_never_longer_than_that_of_a_static_bool_beside_it() {
    in_each_program(|program| {
        let mut faults = Vec::new();
        for location in LOCATIONS {
            for (gate, shape) in
                gates(location).iter().flat_map(|gate| SHAPES.map(|shape| (gate.clone(), shape)))
            {
                let flag = format!("{location}.flag.{shape}");
                faults.extend(longer(program, &format!("{gate}.{shape}"), &flag));
            }
        }
        faults
    });
}

#[test]
fn a_check_in_the_crate_of_its_enum_is_a_load_and_a_test() {
    in_each_program(|program| {
        let locations = LOCATIONS.into_iter().filter(|location| *location != "other");
        let checks = locations.flat_map(gates).map(|gate| format!("{gate}.branch"));
        checks.filter_map(|check| more_than_load_and_test(program, &check)).collect()
    });
}

#[test]
fn a_check_of_a_gate_that_may_change_is_a_load_and_a_test() {
    in_each_program(|program| {
        let gates = ["own.changing", "own.changing_locked", "own.changing_alone"];
        let faults = gates.into_iter().flat_map(|gate| {
            let check = format!("{gate}.branch");
            let more = more_than_load_and_test(program, &check);
            // It is neither folded nor read in another way.
            more.into_iter().chain(longer(program, "own.flag.branch", &check))
        });
        faults.collect()
    });
}

#[test]
fn a_check_of_a_fixed_gate_leaves_nothing_behind() {
    in_each_program(|program| {
        let checks = LOCATIONS
            .into_iter()
            .flat_map(|location| ["locked", "absent"].map(|gate| format!("{location}.{gate}")));
        let checks = checks.chain(["own.mixed".to_owned()]);
        let mut faults: Vec<String> =
            checks.flat_map(|check| left_behind(program, &check)).collect();
        // Of the dead branches that are there, one is that of the flag.
        let dead = |name: &&String| name.contains("only_a_dead_branch_calls_this");
        let dead = program.functions.keys().filter(dead).count();
        if dead != 1 {
            faults.push(format!("{dead} functions are there that only dead branches call"));
        }
        faults
    });
}

#[test]
fn nothing_of_ours_runs_before_main() {
    in_each_program(|program| {
        let names = before_main(&program.bytes);
        // The standard library keeps the arguments, the C library registers frames.
        let others = |name: &&String| name.contains("ARGV_INIT_ARRAY") || *name == "frame_dummy";
        let mut faults = Vec::new();
        if !names.iter().any(|name| name.contains("ARGV_INIT_ARRAY")) {
            faults.push(format!("what runs before main was not found: {names:?}"));
        }
        if names.iter().filter(others).count() < names.len() {
            faults.push(format!("more runs before main than of the system: {names:?}"));
        }
        faults
    });
}

#[test]
fn what_costs_more_is_noticed() {
    in_each_program(|program| {
        let mut faults = Vec::new();
        for worse in ["worse.two_flags", "worse.lock"] {
            for shape in SHAPES {
                let flag = format!("own.flag.{shape}");
                if longer(program, &format!("{worse}.{shape}"), &flag).is_none() {
                    faults.push(format!("{worse}.{shape} passes for as short as a flag"));
                }
            }
            if more_than_load_and_test(program, &format!("{worse}.branch")).is_none() {
                faults.push(format!("{worse} passes for a load and a test"));
            }
        }
        if left_behind(program, "worse.not_locked").len() != 2 {
            faults.push("a gate that is not locked passes for one that is".into());
        }
        faults
    });
}

#[test]
fn one_instruction_more_is_counted() {
    // movzx eax, byte ptr [rip]; test al, 1; ret
    let check = [0x0f, 0xb6, 0x05, 0, 0, 0, 0, 0xa8, 1, 0xc3];
    // The same with `and al, 3` before the test.
    let more = [0x0f, 0xb6, 0x05, 0, 0, 0, 0, 0x24, 3, 0xa8, 1, 0xc3];
    let (check, more) = (Listing::of(&check), Listing::of(&more));
    assert_eq!(check.purposes(), [Purpose::Load, Purpose::Test, Purpose::Branch]);
    assert_eq!(more.len(), check.len() + 1);
}
