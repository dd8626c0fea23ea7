//! What an upgrade of Kubernetes does to configurations that people run, and what fixes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use featuregate_cli::builtin;
use featuregate_cli::check::Checker;
use featuregate_cli::extract::Syntax;
use featuregate_cli::finding::{Finding, Level};
use featuregate_cli::releases::Releases;
use featuregate_core::Version;
use featuregate_core::manifest::Manifest;
use featuregate_tests::data;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    file: String,
    targets: BTreeMap<String, Report>,
}

#[derive(Deserialize)]
struct Report {
    breaks: bool,
    gates: Vec<Gate>,
}

#[derive(Deserialize)]
struct Gate {
    name: String,
    value: bool,
    lines: Vec<u32>,
    code: String,
}

/// The rule for a verdict of the data, or `None` if it is not a finding.
fn rule(gate: &Gate) -> Option<&'static str> {
    match gate.code.as_str() {
        "invalid-value" => Some("invalid-value"),
        "unknown:never-existed" => Some("unknown-gate"),
        "unknown:removed" => Some("removed-gate"),
        "unknown:not-yet" => Some("not-yet-introduced"),
        "locked-contrary" => Some("locked-gate"),
        "stable-set" => Some("redundant-gate"),
        "deprecated-set" => Some("deprecated-gate"),
        "meta-gate" if gate.name == "AllAlpha" && gate.value => Some("all-alpha"),
        "same-as-default" | "override" | "meta-gate" => None,
        other => panic!("{other}"),
    }
}

struct Data {
    files: Vec<(File, String)>,
    /// The documented history.
    releases: Releases,
    /// What the command has built in.
    built_in: Releases,
}

impl Data {
    fn find() -> Self {
        let folder = data::folder();
        let history = data::read(&folder.join("history.featuregates.yaml"));
        let releases = Releases::of([Manifest::read(&history).unwrap()]);
        let expected = data::read(&folder.join("expected_upgrade.json"));
        let files: Vec<File> = serde_json::from_str(&expected).unwrap();
        assert!(files.len() >= 86);
        let read = |file: File| {
            let text = data::read(&folder.join(&file.file));
            (file, text)
        };
        let built_in = builtin::releases("kubernetes").unwrap().remove("kubernetes").unwrap();
        Self { files: files.into_iter().map(read).collect(), releases, built_in }
    }

    fn checker(&self, targets: &[&str]) -> Checker {
        let targets: Vec<Version> = targets.iter().map(|target| target.parse().unwrap()).collect();
        Checker::new(&self.releases, &targets, &[])
    }
}

fn syntax(file: &str) -> Syntax {
    let json = std::path::Path::new(file).extension().is_some_and(|ending| ending == "json");
    if json { Syntax::Json } else { Syntax::Yaml }
}

/// Where the documented history, from which the verdicts follow, says something else than the list that the release
/// shipped with: the gate, from which release on, and what is found with the built-in list, which follows the shipped ones.
const UNDOCUMENTED: [(&str, &str, &str); 2] = [
    ("StrictCostEnforcementForVAP", "1.35", "removed-gate"),
    ("StrictCostEnforcementForWebhooks", "1.35", "removed-gate"),
];

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_findings_are_those_expected_no_more_and_no_less() {
    let data = Data::find();
    data.finds(&data.releases, &[]);
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_built_in_list_finds_the_same_except_where_a_shipped_list_contradicts_the_documentation() {
    let data = Data::find();
    data.finds(&data.built_in, &UNDOCUMENTED);
}

impl Data {
    /// Compares the findings with those expected, apart from gates about which documentation is wrong.
    fn finds(&self, releases: &Releases, undocumented: &[(&str, &str, &str)]) {
        let mut findings = 0;
        let mut wrong = Vec::new();
        let mut unused: BTreeSet<&str> = undocumented.iter().map(|(gate, ..)| *gate).collect();
        for (file, text) in &self.files {
            for (target, expected) in &file.targets {
                let version: Version = target.parse().unwrap();
                let checker = Checker::new(releases, &[version], &[]);
                let path = Arc::from(file.file.as_str());
                let found_now = checker.check(&path, syntax(&file.file), text);
                let described =
                    |line: u32, rule: &str, gate: &str| format!("{line}: {rule} {gate}");
                let mut wanted: Vec<String> = Vec::new();
                let mut breaks = expected.breaks;
                for gate in &expected.gates {
                    let other = undocumented.iter().find(|(name, since, _)| {
                        gate.name == *name && version >= since.parse().unwrap()
                    });
                    if let Some((name, ..)) = other {
                        unused.remove(name);
                        breaks = true;
                    }
                    let other = other.map(|(.., rule)| *rule);
                    let Some(rule) = other.or(rule(gate)) else { continue };
                    wanted.extend(gate.lines.iter().map(|line| described(*line, rule, &gate.name)));
                }
                let mut found: Vec<String> = found_now
                    .findings
                    .iter()
                    .map(|it| described(it.location.line, it.rule, &it.gate))
                    .collect();
                wanted.sort();
                found.sort();
                findings += found.len();
                let errors = found_now.findings.iter().any(|it| it.level == Level::Error);
                if wanted != found || errors != breaks {
                    wrong.push(format!("{} at {target}:\n  {wanted:?}\n  {found:?}", file.file));
                }
            }
        }
        assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(findings > 1_000, "{findings}");
        assert!(unused.is_empty(), "{unused:?}");
    }
}

/// What a list that was shipped cannot say: which gates were removed before the first list, and what gates require.
#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_built_in_list_finds_what_the_shipped_lists_find() {
    let data = Data::find();
    let lists = ["1.32", "1.33", "1.34", "1.35", "1.36", "1.37-dev"];
    let shipped = Releases::of(lists.map(|list| {
        let text = data::read(&data::folder().join(format!("versioned_feature_list.{list}.yaml")));
        let release: Version = list.trim_end_matches("-dev").parse().unwrap();
        Manifest::read(&text).unwrap().with_version(release)
    }));
    let mut compared = 0;
    for list in lists {
        let target: Version = list.trim_end_matches("-dev").parse().unwrap();
        let at = shipped.at(target).unwrap();
        let [built_in, plain] =
            [&data.built_in, &shipped].map(|releases| Checker::new(releases, &[target], &[]));
        for (file, text) in &data.files {
            let path = Arc::from(file.file.as_str());
            let [built_in, plain] = [&built_in, &plain].map(|checker| {
                let findings = checker.check(&path, syntax(&file.file), text).findings;
                let listed = findings.into_iter().filter(|it| {
                    at.manifest.get(&it.gate).is_some() && it.rule != "unmet-dependency"
                });
                listed
                    .map(|it| (it.location, it.rule, it.level, it.gate.clone()))
                    .collect::<Vec<_>>()
            });
            compared += plain.len();
            assert_eq!(built_in, plain, "{} at {target}", file.file);
        }
    }
    assert!(compared > 300, "{compared}");
}

/// What is found in a file, in an order that does not depend on the targets.
fn found(checker: &Checker, file: &str, text: &str) -> Vec<String> {
    let findings = checker.check(&Arc::from(file), syntax(file), text).findings;
    let described = |it: Finding| {
        format!("{:?}", (it.location, it.target, it.rule, it.level, &it.message, &it.help))
    };
    let mut sorted: Vec<String> = findings.into_iter().map(described).collect();
    sorted.sort();
    sorted
}

#[test]
fn several_targets_find_what_each_finds_by_itself() {
    let list = |version: &str, aliases: &str| {
        Manifest::read(&format!(
            "{{version: \"{version}\", gates: [{{name: New{aliases}, versionedSpecs: [\
             {{version: \"1.30\", preRelease: Alpha, default: false}}]}}]}}"
        ))
        .unwrap()
    };
    // Each release knows other names of the gate.
    let renamed = Releases::of([
        list("1.34", ""),
        list("1.35", ", aliases: [Old]"),
        list("1.36", ", aliases: [Old, Older]"),
    ]);
    let targets = ["1.34", "1.35", "1.36"].map(|target| target.parse::<Version>().unwrap());
    let checker = |targets: &[Version]| Checker::new(&renamed, targets, &[]);
    for (gates, repetitions) in [
        ("Old: true, New: false", [0, 1, 1]),
        ("New: false, Older: true", [0, 0, 1]),
        ("Old: true, Older: false, New: true", [0, 0, 2]),
        ("Old: true, New: true", [0, 0, 0]),
        ("Old: true, New: true, Old: true", [1, 1, 1]),
        ("New: true, New: true", [1, 1, 1]),
    ] {
        let text = format!("featureGates: {{{gates}}}\n");
        let mut apart = Vec::new();
        for (target, expected) in targets.iter().zip(repetitions) {
            let alone = found(&checker(&[*target]), "x.yaml", &text);
            let duplicates = alone.iter().filter(|it| it.contains("duplicate-gate")).count();
            assert_eq!(duplicates, expected, "{text} at {target}");
            apart.extend(alone);
        }
        apart.sort();
        assert_eq!(found(&checker(&targets), "x.yaml", &text), apart, "{text}");
    }
    // What one release calls a repetition and another a contradiction is left to people.
    let text = "featureGates: {Old: true, New: false, Old: true}\n";
    let fixed = |targets| checker(targets).fix(Syntax::Yaml, text).unwrap().map(|it| it.text);
    let shorter = fixed(&targets[..1]).unwrap();
    assert!(shorter.matches("Old").count() < 2, "{shorter}");
    assert_eq!(fixed(&targets[..2]), None);
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn several_targets_find_in_the_published_files_what_each_finds_by_itself() {
    let data = Data::find();
    let both = data.checker(&["1.28", "1.36"]);
    let each = [data.checker(&["1.28"]), data.checker(&["1.36"])];
    for (file, text) in &data.files {
        let mut apart: Vec<_> =
            each.iter().flat_map(|checker| found(checker, &file.file, text)).collect();
        apart.sort();
        assert_eq!(found(&both, &file.file, text), apart, "{}", file.file);
    }
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn a_fixed_file_passes_and_is_fixed_once() {
    let data = Data::find();
    for target in ["1.28", "1.32", "1.36"] {
        let checker = data.checker(&[target]);
        let (mut refused, mut whole, mut unfixed) = (0, 0, Vec::new());
        for (file, text) in &data.files {
            let path = Arc::from(file.file.as_str());
            let syntax = syntax(&file.file);
            let errors = |text: &str| {
                let found = checker.check(&path, syntax, text).findings;
                found.iter().filter(|it| it.level == Level::Error).count()
            };
            let before = errors(text);
            let fixed = checker
                .fix(syntax, text)
                .unwrap_or_else(|reason| panic!("{}: {reason}", file.file));
            let after = fixed.as_ref().map_or(before, |fixed| errors(&fixed.text));
            if before > 0 {
                refused += 1;
                whole += usize::from(after == 0);
                if after > 0 {
                    unfixed.push(&file.file);
                }
            }
            let Some(fixed) = fixed else { continue };
            let again = checker.fix(syntax, &fixed.text);
            assert_eq!(again, Ok(None), "{}", file.file);
            // Nothing that has a fix is left.
            let left = checker.check(&path, syntax, &fixed.text).findings;
            let left: Vec<_> = left.iter().filter(|it| it.fix.is_some()).collect();
            assert_eq!(left, [] as [&featuregate_cli::finding::Finding; 0], "{}", file.file);
        }
        let summary = format!("{whole} of {refused} at {target}, not {unfixed:?}");
        if target == "1.36" {
            // An option in an option, whose words are left, is one of those that are not.
            assert!(refused >= 20 && whole * 100 >= refused * 89, "{summary}");
        }
        println!("fixed wholly: {summary}");
    }
}

#[test]
fn very_many_findings_are_shown_and_not_fixed() {
    let releases = builtin::releases("kubernetes").unwrap().remove("kubernetes").unwrap();
    let checker = Checker::new(&releases, &["1.37".parse().unwrap()], &[]);
    let path = Arc::from("x.yaml");
    let text =
        |documents: usize| "---\na: 1\nfeatureGates:\n  APIListChunking: true\n".repeat(documents);
    let few = checker.check(&path, Syntax::Yaml, &text(3));
    assert!(few.findings.len() == 3 && few.findings.iter().all(|finding| finding.fix.is_some()));
    let many = text(100_001);
    let report = checker.check(&path, Syntax::Yaml, &many);
    assert_eq!(report.findings.len(), 100_001);
    assert!(report.findings.iter().all(|finding| finding.fix.is_none()));
    assert_eq!(report.skipped, [(None, "it has too many findings to fix them".to_owned())]);
    assert_eq!(checker.fix(Syntax::Yaml, &many), Ok(None));
}
