//! Verdicts that are wrong, which must be noticed.

use std::collections::BTreeSet;

use crate::Data;
use crate::expected::{Found, Report};

type Falsify = fn(&mut Found);

/// A way to falsify each thing that a verdict says.
const LIES: [(&str, Falsify); 11] = [
    ("name", |found| found.name.push('x')),
    ("value", |found| found.value = !found.value),
    ("lines", |found| found.lines.push(1)),
    ("status", |found| found.status = other(&found.status, ["known", "removed"])),
    ("stage", |found| found.stage = found.stage.take().xor(Some("beta".into()))),
    ("default", |found| found.default = found.default.xor(Some(true))),
    ("locked", |found| found.locked = found.locked.xor(Some(true))),
    ("severity", |found| found.severity = other(&found.severity, ["ok", "error"])),
    ("code", |found| found.code = other(&found.code, ["override", "stable-set"])),
    ("removed_in", |found| found.removed_in = found.removed_in.take().xor(Some("1.99".into()))),
    ("first", |found| found.first = found.first.take().xor(Some("1.99".into()))),
];

fn other(word: &str, words: [&str; 2]) -> String {
    words.into_iter().find(|other| *other != word).unwrap().to_owned()
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_wrong_verdict_of_each_kind_is_noticed_whatever_is_wrong_with_it() {
    let data = Data::find();
    let mut kinds = BTreeSet::new();
    for file in &data.expected {
        for (target, expected) in &file.targets {
            for (index, found) in expected.gates.iter().enumerate() {
                if !kinds.insert(&found.code) {
                    continue;
                }
                for (what, falsify) in LIES {
                    let mut wrong = expected.clone();
                    falsify(wrong.gates.get_mut(index).unwrap());
                    let noticed = data.differences(&file.file, target, &wrong);
                    assert_eq!(noticed.len(), 1, "{what} of {found:?}: {noticed:?}");
                }
            }
        }
    }
    assert!(kinds.len() >= 9, "{kinds:?}");
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_wrong_count_and_a_verdict_too_few_or_too_many_are_noticed() {
    let data = Data::find();
    let file = data.expected.first().unwrap();
    let (target, right) = file.targets.first_key_value().unwrap();
    let noticed = |lie: &dyn Fn(&mut Report)| {
        let mut wrong = right.clone();
        lie(&mut wrong);
        data.differences(&file.file, target, &wrong).len()
    };
    assert_eq!(noticed(&|_| ()), 0);
    assert_eq!(noticed(&|report| report.breaks = !report.breaks), 1);
    assert_eq!(noticed(&|report| report.errors += 1), 1);
    assert_eq!(noticed(&|report| report.warnings += 1), 1);
    assert_eq!(noticed(&|report| drop(report.gates.pop())), 1);
    assert_eq!(noticed(&|report| report.gates.extend(report.gates.last().cloned())), 1);
}
