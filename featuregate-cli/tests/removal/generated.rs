//! A program with many gates in several crates, made by a generator: each gate is removed to each side, and what is left
//! compiles and passes its tests.

use std::fmt::Write as _;

use crate::project::{Project, manifest};

/// The size of a program.
struct Size {
    gates: usize,
    crates: usize,
    files: usize,
}

/// The enum is in the first crate; each file of each crate has functions that check a few gates, in all the ways that the
/// simplifier knows, and tests of both sides.
fn program(size: &Size) -> Project {
    let Size { gates, crates, files } = *size;
    let mut members = Vec::new();
    let mut all: Vec<(String, String)> = Vec::new();
    for number in 0..crates {
        let name = format!("part{number}");
        members.push(format!("\"{name}\""));
        let dependencies = if number == 0 {
            "featuregate = { path = \"REPOSITORY/featuregate\" }\n".to_owned()
        } else {
            "gates = { path = \"../part0\", package = \"part0\" }\n".to_owned()
        };
        let tests =
            "\n[dev-dependencies]\nfeaturegate-test = { path = \"REPOSITORY/featuregate-test\" }\n";
        all.push((format!("{name}/Cargo.toml"), manifest(&name, &dependencies) + tests));
        let mut library = String::new();
        if number == 0 {
            library.push_str("pub mod gates;\n");
            all.push((format!("{name}/src/gates.rs"), enumeration(gates)));
        }
        for file in 0..files / crates {
            writeln!(library, "pub mod file{file};").unwrap();
            let own = number * files / crates + file;
            all.push((format!("{name}/src/file{file}.rs"), module(number, own, gates)));
        }
        all.push((format!("{name}/src/lib.rs"), library));
    }
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    all.push(("Cargo.toml".to_owned(), workspace));
    let files: Vec<(&str, &str)> =
        all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = Project::with(&files);
    let tested = project.test();
    assert_eq!(tested.code, 0, "before: {tested:?}");
    project
}

fn enumeration(gates: usize) -> String {
    let mut text = String::from(
        "use featuregate::FeatureGate;\n\n/// The gates.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]\n#[feature_gate(version = \"1.36\")]\npub enum Feature {\n",
    );
    for gate in 0..gates {
        let stage = match gate % 4 {
            0 => "alpha = \"1.30\"",
            1 => "alpha = \"1.28\", beta = \"1.30\"",
            2 => "beta = \"1.30\", ga = \"1.33\"",
            _ => "alpha = \"1.28\", beta = \"1.30\", ga = \"1.33\", owner = \"team\"",
        };
        write!(text, "    /// Gate {gate}.\n    #[gate({stage})]\n    Gate{gate},\n").unwrap();
    }
    text + "}\n"
}

/// A file whose functions check three gates each.
fn module(part: usize, own: usize, gates: usize) -> String {
    let path = if part == 0 { "crate::gates::Feature" } else { "gates::gates::Feature" };
    let gate = |shift: usize| format!("Gate{}", (own * 3 + shift) % gates);
    let (a, b, c) = (gate(0), gate(1), gate(2));
    let import = match own % 3 {
        0 => format!("use {path};\n"),
        1 => format!("use {path} as Feature;\n"),
        _ => format!("use {}::*;\n", path.trim_end_matches("::Feature")),
    };
    let text = r#"
pub fn choose(n: u32) -> u32 {
    if Feature::A.enabled() && n > 2 {
        newer(n)
    } else if Feature::B.enabled() {
        n + 1
    } else {
        older(n)
    }
}

fn newer(n: u32) -> u32 {
    let fast = Feature::B.enabled();
    // Nothing to do.
    if !fast {
        return n;
    }
    n * if Feature::C.enabled() { 2 } else { 3 }
}

fn older(n: u32) -> u32 {
    match (Feature::C.enabled(), n) {
        (true, 0) => 10,
        (true, _) => 11,
        (false, n) => n,
    }
}

pub fn collect(all: &[u32]) -> Vec<u32> {
    let mut kept = Vec::new();
    for n in all {
        if Feature::C.enabled() {
            kept.push(*n);
            continue;
        }
        let double = || if Feature::A.enabled() { n * 2 } else { *n };
        kept.push(double());
    }
    kept
}

pub fn describe() -> String {
    let name = match Feature::A.enabled() {
        true => "a",
        false => "b",
    };
    format!("{name} {}", Feature::B.enabled().then_some("on").unwrap_or("off"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use featuregate_test::overrides;

    #[test]
    fn with_a() {
        overrides::<Feature>().at("1.31").on(Feature::A).run(|| {
            assert!(describe().starts_with('a'));
        });
    }

    #[test]
    fn without_a() {
        let _scope = overrides::<Feature>().at("1.31").off(Feature::A).enter();
        assert!(describe().starts_with('b'));
    }

    #[test]
    fn in_any_case() {
        assert!(choose(3) < 100);
        assert_eq!(collect(&[1, 2]).len(), 2);
        assert!(describe().len() < 10);
    }
}
"#;
    let text = text.replace("::A.", &format!("::{a}.")).replace("::A)", &format!("::{a})"));
    let text = text.replace("::B.", &format!("::{b}.")).replace("::C.", &format!("::{c}."));
    format!("//! File {own}.\n\n{import}{text}")
}

/// Removes a gate, tests what is left, and takes the removal back.
fn remove(project: &Project, gates: &[String], side: &str) {
    let names: Vec<&str> = gates.iter().map(String::as_str).collect();
    let ran = project.featuregate("part0", &[&["remove", "--as", side], names.as_slice()].concat());
    let summary: Vec<&str> =
        ran.out.lines().filter(|line| !line.starts_with(['+', '-', ' ', '@'])).collect();
    assert_eq!(ran.code, 0, "{gates:?} {side}: {summary:#?} {}", ran.err);
    for gate in gates {
        let uses = project.git(&["grep", "--count", "-w", gate, "--", "*.rs"]);
        assert_eq!(uses, "part0/src/gates.rs:1\n", "{gate} {side}");
    }
    let tested = project.test();
    assert_eq!(tested.code, 0, "{gates:?} {side}: {tested:?}");
    assert!(!tested.warns(), "{gates:?} {side}: {tested:?}");
    project.git(&["checkout", "-q", "."]);
}

#[test]
fn gates_of_a_small_program_are_removed_to_each_side() {
    let project = program(&Size { gates: 3, crates: 2, files: 4 });
    let gates = ["Gate0", "Gate1", "Gate2"].map(str::to_owned);
    for side in ["on", "off"] {
        remove(&project, &[gates[0].clone(), gates[2].clone()], side);
        remove(&project, &gates, side);
    }
}

#[test]
#[ignore = "it takes half an hour; .ci/full runs it"]
fn each_gate_of_a_large_program_is_removed_to_each_side() {
    let project = program(&Size { gates: 50, crates: 5, files: 300 });
    for gate in 0..50 {
        for side in ["on", "off"] {
            remove(&project, &[format!("Gate{gate}")], side);
        }
    }
}

#[test]
#[ignore = "it takes minutes; .ci/full runs it"]
fn all_gates_of_a_large_program_are_removed_at_once() {
    let project = program(&Size { gates: 50, crates: 5, files: 300 });
    let gates: Vec<String> = (0..50).map(|gate| format!("Gate{gate}")).collect();
    for side in ["on", "off"] {
        remove(&project, &gates, side);
    }
}
