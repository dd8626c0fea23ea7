//! Generated scripts, units, images, make files and workflows do the same after a fix, except that gates are missing.
//!
//! `FEATUREGATE_SCRIPTS` is how many there are, `FEATUREGATE_SCRIPT` the number of a single one, and `FEATUREGATE_SHOWN`
//! how many failures are shown. Each number gives the same file again.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use fastrand::Rng;

use crate::behaviour::{Behaviour, stubs};
use crate::known::SCRIPTS;
use crate::sample::Sample;

/// Fixes all files of a folder.
fn fix(folder: &Path) {
    let history = featuregate_tests::data::folder().join("history.featuregates.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
    command
        .args(["check", "--fix", "--format", "json", "--target", "1.34", "--manifest"])
        .arg(history);
    let output = command.arg(".").current_dir(folder).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {error}", output.status);
}

/// The texts after a fix, and whether a second one changes something.
fn fixed(samples: &[&Sample]) -> Vec<(String, bool)> {
    let folder = tempfile::tempdir().unwrap();
    let path = |index: usize| folder.path().join(index.to_string()).join(samples[index].name());
    for (index, sample) in samples.iter().enumerate() {
        fs::create_dir(folder.path().join(index.to_string())).unwrap();
        fs::write(path(index), sample.text()).unwrap();
    }
    let read =
        || (0..samples.len()).map(|it| fs::read_to_string(path(it)).unwrap()).collect::<Vec<_>>();
    fix(folder.path());
    let once = read();
    fix(folder.path());
    let again = once.iter().zip(read()).map(|(once, twice)| *once != twice).collect::<Vec<_>>();
    once.into_iter().zip(again).collect()
}

/// What a fix changes in what a script does.
fn difference(sample: &Sample, fixed: &str, stubs: &Path) -> Option<String> {
    let before = Behaviour::of(sample, &sample.text(), stubs);
    before.difference(&Behaviour::of(sample, fixed, stubs))
}

/// A script with as few statements as show a difference.
fn shortened(script: &Sample, stubs: &Path) -> (Sample, String, String) {
    let wrong = |script: &Sample| {
        let (text, _) = fixed(&[script]).remove(0);
        let difference = difference(script, &text, stubs)?;
        Some((script.clone(), text, difference))
    };
    let mut shortest = wrong(script).unwrap();
    let mut at = 0;
    while at < shortest.0.parts.len() {
        let mut shorter = shortest.0.clone();
        shorter.parts.remove(at);
        match wrong(&shorter) {
            Some(shorter) => shortest = shorter,
            None => at += 1,
        }
    }
    shortest
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_fixed_file_starts_the_same_programs_without_removed_gates() {
    let numbers = match number("FEATUREGATE_SCRIPT") {
        Some(one) => one..one + 1,
        None => 0..number("FEATUREGATE_SCRIPTS").unwrap_or(1_000),
    };
    let scripts: Vec<(u64, Sample)> =
        numbers.map(|number| (number, Sample::generate(&mut Rng::with_seed(number)))).collect();
    let fixed = fixed(&scripts.iter().map(|(_, script)| script).collect::<Vec<_>>());
    let changed: Vec<_> = scripts
        .iter()
        .zip(&fixed)
        .filter(|((_, script), (text, _))| script.text() != *text)
        .collect();
    let stubs = stubs();
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(((number, script), (text, again))) = changed.get(at) else { return };
                    let difference = if *again {
                        Some("a second fix changes something".to_owned())
                    } else {
                        difference(script, text, stubs.path())
                    };
                    if let Some(difference) = difference {
                        wrong.lock().unwrap().push((*number, script, difference));
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort_by_key(|it| it.0);
    println!("{} scripts: {} fixed, {} of them wrong", scripts.len(), changed.len(), wrong.len());
    let shown = wrong.iter().take(number("FEATUREGATE_SHOWN").unwrap_or(3).try_into().unwrap());
    let shown: Vec<String> = shown
        .map(|(number, script, difference)| {
            if difference.starts_with("a second") {
                return format!("FEATUREGATE_SCRIPT={number}: {difference}\n{}", script.text());
            }
            let (script, fixed, difference) = shortened(script, stubs.path());
            format!(
                "FEATUREGATE_SCRIPT={number}: {difference}\n{}--- becomes\n{fixed}---\n",
                script.text()
            )
        })
        .collect();
    if let Some(reason) = SCRIPTS
        && number("FEATUREGATE_SHOWN").is_none()
    {
        assert!(!wrong.is_empty(), "every file is right now, although {reason}: remove that");
        return;
    }
    assert!(
        wrong.is_empty(),
        "{} of {} are wrong:\n{}",
        wrong.len(),
        scripts.len(),
        shown.join("\n")
    );
    // Otherwise this would prove nothing.
    assert!(
        scripts.len() == 1 || changed.len() * 10 > scripts.len(),
        "only {} are fixed",
        changed.len()
    );
}
