//! Changed configurations, whose fixes are proven by another reading.
//!
//! `FEATUREGATE_MUTANTS` is how many, `FEATUREGATE_MUTANT` the number of a single one, and `FEATUREGATE_SHOWN` how many
//! failures of each kind are shown, also of the known kinds. Each number gives the same mutant again.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use fastrand::Rng;
use featuregate_cli::check::Checker;
use featuregate_cli::extract::Syntax;
use featuregate_cli::releases::Releases;
use featuregate_core::manifest::Manifest;
use featuregate_tests::data;

use crate::known::KINDS;
use crate::proof::{Outcome, prove};
use crate::tree::{self, Node};
use crate::{emit, vary};

/// The texts that mutants are made of.
struct Corpus {
    texts: Vec<(Syntax, String)>,
    trees: Vec<Vec<Node>>,
    checkers: Vec<Checker>,
}

impl Corpus {
    fn read() -> Self {
        let kubernetes = data::folder();
        let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let folders = fs::read_dir(&cases).unwrap().map(|it| it.unwrap().path());
        let mut folders: Vec<_> = folders.filter(|it| it.is_dir()).collect();
        folders.sort();
        folders.push(kubernetes.join("configs"));
        let mut texts = Vec::new();
        for folder in folders {
            let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
            let mut files: Vec<_> = files.filter(|it| it.is_file()).collect();
            files.sort();
            for file in files {
                let name = file.file_name().unwrap().to_str().unwrap();
                let ending = name.rsplit('.').next().unwrap();
                let syntax = match ending {
                    "yaml" | "yml" | "user-data" | "sls" | "tmpl" => Syntax::Yaml,
                    "json" | "manifest" => Syntax::Json,
                    _ => continue,
                };
                if name != "index.json"
                    && name != "expect.json"
                    && !name.ends_with(".featuregates.yaml")
                {
                    texts.push((syntax, fs::read_to_string(&file).unwrap()));
                }
            }
        }
        assert!(texts.len() > 150, "{}", texts.len());
        let read = |(syntax, text): &(Syntax, String)| {
            let json = *syntax == Syntax::Json;
            if json { tree::json(text) } else { tree::yaml(text) }.ok()
        };
        let trees =
            texts.iter().filter_map(read).filter(|documents| !documents.is_empty()).collect();
        let history = data::read(&kubernetes.join("history.featuregates.yaml"));
        let releases = Releases::of([Manifest::read(&history).unwrap()]);
        let checker = |target: &str| Checker::new(&releases, &[target.parse().unwrap()], &[]);
        Self { texts, trees, checkers: ["1.28", "1.34", "1.36"].map(checker).into() }
    }

    /// The mutant with a number, and the checker that it is for.
    fn mutant(&self, number: u64) -> (&Checker, Syntax, String) {
        let mut rng = Rng::with_seed(number);
        let rng = &mut rng;
        let checker = &self.checkers[rng.usize(..self.checkers.len())];
        if rng.u8(..3) == 0 {
            let (syntax, mut text) = self.texts[rng.usize(..self.texts.len())].clone();
            if text.len() > 20_000 && rng.u8(..20) > 0 {
                text = text.split_inclusive('\n').take(80).collect();
            }
            vary::text(rng, &mut text);
            return (checker, syntax, text);
        }
        let documents = &self.trees[rng.usize(..self.trees.len())];
        let keep = rng.usize(..4);
        let mut documents: Vec<Node> =
            documents.iter().take(6).map(|document| vary::pruned(rng, document, keep)).collect();
        for document in &mut documents {
            vary::tree(rng, document);
        }
        if rng.u8(..12) == 0 {
            documents.push(documents[0].clone());
        }
        if rng.u8(..5) == 0 {
            documents = vary::nested(rng, &documents);
        }
        let other = match rng.u8(..14) {
            0 | 1 => emit::json(rng, &documents[0]).map(|text| (Syntax::Json, text)),
            2 => emit::toml(rng, &documents[0]).map(|text| (Syntax::Toml, text)),
            _ => None,
        };
        let (syntax, mut text) =
            other.unwrap_or_else(|| (Syntax::Yaml, emit::yaml(rng, &documents)));
        match rng.u8(..10) {
            0 => text = text.replace('\n', "\r\n"),
            1 => text = text.trim_end_matches('\n').to_owned(),
            2 => text.insert(0, '\u{feff}'),
            3 if syntax == Syntax::Yaml => vary::text(rng, &mut text),
            _ => {}
        }
        (checker, syntax, text)
    }
}

/// A shorter text with the same kind of failure: lines are left out as long as it stays.
fn shortened(checker: &Checker, syntax: Syntax, text: &str, error: &str) -> (String, String) {
    let (mut text, mut error) = (text.to_owned(), error.to_owned());
    let mut size = text.lines().count() / 2;
    while size > 0 {
        let mut at = 0;
        while at < text.lines().count() {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let end = (at + size).min(lines.len());
            let shorter = [&lines[..at], &lines[end..]].concat().concat();
            match prove(checker, syntax, &shorter) {
                Err(next) if kind(&next) == kind(&error) => (text, error) = (shorter, next),
                _ => at += size,
            }
        }
        size /= 2;
    }
    (text, error)
}

/// The word at the start of an error, which says what kind it is.
fn kind(error: &str) -> &str {
    error.split(':').next().unwrap_or_default()
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap())
}

/// What becomes of a mutant, also if that is a panic, or takes too long.
fn outcome(checker: &Checker, syntax: Syntax, text: &str) -> Result<Outcome, String> {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| prove(checker, syntax, text)));
    let outcome = outcome.unwrap_or_else(|_| Err("panic: see above".to_owned()));
    let seconds = start.elapsed().as_secs();
    if seconds > 20 { Err(format!("slow: {seconds} s")) } else { outcome }
}

/// What is wrong with a mutant, as short as possible, and how to see it again.
fn described(corpus: &Corpus, number: u64, error: &str) -> String {
    let (checker, syntax, text) = corpus.mutant(number);
    let (text, error) = match kind(error) {
        "panic" | "slow" => (text, error.to_owned()),
        _ => shortened(checker, syntax, &text, error),
    };
    let fixed = match checker.fix(syntax, &text) {
        Ok(Some(fixed)) => fixed.text,
        Ok(None) => "unchanged".to_owned(),
        Err(reason) => reason,
    };
    let shown = text.replace('\r', "\\r").replace('\t', "\\t").replace('\u{feff}', "\\ufeff");
    format!("FEATUREGATE_MUTANT={number}: {error}\n{shown}\n--- becomes\n{fixed}\n---\n")
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn every_fix_of_a_changed_configuration_is_proven_by_another_reading() {
    let corpus = Corpus::read();
    let numbers = match number("FEATUREGATE_MUTANT") {
        Some(one) => one..one + 1,
        None => 0..number("FEATUREGATE_MUTANTS").unwrap_or(DEFAULT),
    };
    let count = numbers.end - numbers.start;
    let next = AtomicU64::new(numbers.start);
    let results = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        return;
                    }
                    let (checker, syntax, text) = corpus.mutant(number);
                    let outcome = outcome(checker, syntax, &text);
                    results.lock().unwrap().push((number, outcome));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by_key(|(number, _)| *number);
    let mut outcomes: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    for (number, outcome) in results {
        let (name, error) = match outcome {
            Ok(outcome) => (format!("{outcome:?}"), String::new()),
            Err(error) => (kind(&error).to_owned(), error),
        };
        outcomes.entry(name).or_default().push((number, error));
    }
    let counts: Vec<String> =
        outcomes.iter().map(|(name, all)| format!("{name} {}", all.len())).collect();
    println!("{count} mutants: {}", counts.join(", "));
    let fixed = outcomes.get("Fixed").map_or(0, Vec::len);
    let shown = number("FEATUREGATE_SHOWN");
    let known = |name: &str| shown.is_none() && KINDS.iter().any(|(kind, _)| *kind == name);
    let shown = usize::try_from(shown.unwrap_or(3)).unwrap();
    let mut wrong = Vec::new();
    for (name, all) in outcomes.iter().filter(|(name, _)| !known(name)) {
        let errors = all.iter().filter(|(_, error)| !error.is_empty()).take(shown);
        let errors: Vec<_> =
            errors.map(|(number, error)| described(&corpus, *number, error)).collect();
        if !errors.is_empty() {
            wrong.push(format!("{} of the kind \"{name}\":\n{}", all.len(), errors.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if count >= DEFAULT {
        let right = KINDS.iter().find(|(kind, _)| !outcomes.contains_key(*kind));
        assert_eq!(right, None, "no longer occurs: remove it from the known kinds");
        // Otherwise this would prove nothing.
        assert!(fixed * 3 > usize::try_from(count).unwrap(), "only {fixed} of {count} are fixed");
    }
}

/// How many mutants there are by default: as many as take ten seconds.
const DEFAULT: u64 = 1_000;
