//! Configurations as people have them, with what `check` must find and how `check --fix` must leave them; the README
//! beside this file describes them. Only the built command is used, and the files are read by other parsers.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

#[cfg(unix)]
mod behaviour;
#[cfg(unix)]
mod canonical;
mod case;
mod command;
mod comments;
mod emit;
mod kinds;
mod known;
mod minus;
mod mutants;
mod proof;
#[cfg(unix)]
mod sample;
#[cfg(unix)]
mod scripts;
#[cfg(unix)]
mod shell;
mod tree;
mod vary;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use crate::case::{Case, differences};
use crate::command::{How, check, run};
use crate::known::{BUILT_IN, KNOWN, MENTIONED};
use crate::minus::Fixes;
use crate::tree::Node;

/// What is wrong with a case.
type Problems = Vec<String>;

/// A folder with the files of a case.
fn copy(case: &Case) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in &case.files {
        fs::write(folder.path().join(file), fs::read(case.folder.join(file)).unwrap()).unwrap();
    }
    folder
}

/// Whether something may be found or not.
fn may_differ(case: &Case, file: &str, line: Option<u32>) -> bool {
    let mut all = MENTIONED.iter().filter(|(name, ..)| *name == case.name());
    all.any(|(_, path, at)| *path == file && *at == line)
}

/// What is not found as expected.
fn found(case: &Case) -> Problems {
    let mut problems = Vec::new();
    let folder = copy(case);
    for (target, expected) in &case.targets {
        for how in [How::ByName, How::InAWalk] {
            let report = match check(case, folder.path(), target, how, false) {
                Ok(report) => report,
                Err(error) => {
                    problems.push(format!("{how:?} at {target}: {error}"));
                    continue;
                }
            };
            let found = report.found();
            let (missing, extra) = differences(expected, &found);
            // A file that is not read is listed as such.
            let is_skipped =
                |file: &str| report.skipped.iter().any(|it| it.line.is_none() && it.path() == file);
            let excused = |file: &str| may_differ(case, file, None) && is_skipped(file);
            let missing = missing.into_iter().filter(|it| !excused(it.path()));
            for missing in missing {
                problems.push(format!("{how:?} at {target}: missing {missing:?}"));
            }
            let extra = extra.into_iter().filter(|it| !may_differ(case, &it.0, Some(it.1)));
            for extra in extra {
                problems.push(format!("{how:?} at {target}: too much {extra:?}"));
            }
            for (name, file, line) in MENTIONED {
                let at =
                    |path: &str, at: Option<u32>| path == *file && (line.is_none() || *line == at);
                let mentioned = report.skipped.iter().any(|it| at(&it.path(), it.line))
                    || found.iter().any(|it| at(&it.0, Some(it.1)));
                if *name == case.name() && !mentioned {
                    problems.push(format!("{how:?} at {target}: {file} {line:?} is not mentioned"));
                }
            }
        }
    }
    problems
}

/// What is wrong with the files after a fix.
fn fixed(case: &Case, how: How) -> Result<Problems, String> {
    let folder = copy(case);
    let now = |fix| check(case, folder.path(), &case.fix_target, how, fix);
    let before = now(false)?;
    let claimed = now(true)?;
    let after = now(false)?;
    let mut problems = Vec::new();
    if claimed.found() != after.found() {
        problems.push("the findings after the fix are not those that it reports".to_owned());
    }
    if let Some(left) = after.findings.iter().find(|it| it.fix.is_some()) {
        problems.push(format!("a fix was promised but not made: {left:?}"));
    }
    let mut known = before.found();
    for found in after.found() {
        match known.iter().position(|it| (&it.0, &it.2) == (&found.0, &found.2)) {
            Some(at) => drop(known.remove(at)),
            None => problems.push(format!("a finding is new: {found:?}")),
        }
    }
    let promised = before.findings.iter();
    let fixes = Fixes::of(
        promised.filter_map(|it| Some((it.gate.as_str(), it.fix.as_ref()?.description.as_str()))),
    );
    let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
    let texts: Vec<String> = case.files.iter().map(|file| read(file)).collect();
    for (file, text) in case.files.iter().zip(&texts) {
        let old = fs::read_to_string(case.folder.join(file)).unwrap();
        match fs::read_to_string(case.folder.join("fixed").join(file)) {
            Ok(expected) if *text != expected => {
                problems.push(format!("{file} is not as expected, but\n{text}"));
            }
            Ok(_) => {}
            Err(_) => {
                if let Err(error) = compare(file, &old, text, &fixes) {
                    problems.push(format!("{file}: {error}\n{text}"));
                }
            }
        }
    }
    now(true)?;
    for (file, text) in case.files.iter().zip(&texts) {
        if read(file) != *text {
            problems.push(format!("a second run changes {file}"));
        }
    }
    Ok(problems)
}

/// Whether a file after a fix is the file before minus settings and what only they filled.
fn compare(file: &str, old: &str, new: &str, fixes: &Fixes) -> Result<(), String> {
    if old == new {
        return Ok(());
    }
    let ending = Path::new(file).extension().and_then(|ending| ending.to_str());
    let read: fn(&str) -> Result<Vec<Node>, String> = match ending {
        Some("json" | "manifest") => tree::json,
        Some("toml") => tree::toml,
        Some("yaml" | "yml" | "bu") => tree::yaml,
        _ if file == "user-data" => tree::yaml,
        ending => {
            if matches!(ending, Some("sh" | "env")) && is_script(old)? && !is_script(new)? {
                return Err("no longer a script".to_owned());
            }
            return fixes.words(old, new);
        }
    };
    // What another parser does not read, such as a template, cannot be compared.
    let Ok(old_tree) = read(old) else { return fixes.words(old, new) };
    fixes.documents(&old_tree, &read(new)?)
}

/// Whether a shell can read a text.
fn is_script(text: &str) -> Result<bool, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script");
    fs::write(&path, text).unwrap();
    let mut command = Command::new("bash");
    let status = command.arg("-n").arg(&path).stderr(Stdio::null()).status();
    status.map(|status| status.success()).map_err(|error| error.to_string())
}

fn problems(case: &Case) -> Problems {
    let mut problems = found(case);
    for how in [How::ByName, How::InAWalk] {
        let fixed = fixed(case, how).unwrap_or_else(|error| vec![error]);
        problems.extend(fixed.iter().map(|it| format!("fixed {how:?}: {it}")));
    }
    problems
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_case_is_found_and_fixed_as_expected() {
    let cases = Case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    assert!(cases.len() >= 50, "{}", cases.len());
    let rest = Mutex::new(cases.iter());
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(case) = rest.lock().unwrap().next() else { return };
                    let problems = problems(case);
                    let known = KNOWN.iter().any(|(name, _)| *name == case.name());
                    let text = match (known, problems.is_empty()) {
                        (true, true) => {
                            "is right now: remove it from the known failures".to_owned()
                        }
                        (false, false) => problems.join("\n"),
                        _ => continue,
                    };
                    wrong.lock().unwrap().push(format!("{}: {text}", case.name()));
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    let unknown = |name: &str| !cases.iter().any(|case| case.name() == name);
    let mut named = KNOWN.iter().map(|it| it.0).chain(MENTIONED.iter().map(|it| it.0));
    assert_eq!(named.find(|name| unknown(name)), None, "is not a case");
}

#[test]
fn the_built_in_list_finds_the_same_as_the_history() {
    let cases = Case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    let mut wrong = Vec::new();
    for case in cases.iter().filter(|case| case.manifest.is_none()) {
        let folder = copy(case);
        let mut problems = Vec::new();
        for (target, expected) in &case.targets {
            let mut arguments = vec!["--manifest", "kubernetes", "--target", target];
            arguments.extend(case.arguments());
            arguments.extend(case.files.iter().map(String::as_str));
            let report = run(folder.path(), &arguments).unwrap();
            let found = report.found();
            let (missing, extra) = differences(expected, &found);
            let missing = missing.into_iter().filter(|it| !may_differ(case, it.path(), None));
            let extra = extra.into_iter().filter(|it| !may_differ(case, &it.0, Some(it.1)));
            problems.extend(missing.map(|it| format!("at {target}: missing {it:?}")));
            problems.extend(extra.map(|it| format!("at {target}: too much {it:?}")));
        }
        let known = BUILT_IN.iter().find(|(name, _)| *name == case.name());
        match known {
            Some((name, why)) if problems.is_empty() => {
                wrong.push(format!("{name}: is right now, although {why}: remove that"));
            }
            None if !problems.is_empty() => {
                wrong.push(format!("{}: {}", case.name(), problems.join("\n  ")));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
