//! What a file does: which programs it starts, how, and what it writes. The programs are stubs, which record their
//! calls.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::canonical;
use crate::minus::Fixes;
use crate::sample::{Kind, Sample};
use crate::tree::{self, Node};

/// Records its name, its arguments and the variables that are of interest. It prints its arguments, and reads what it
/// is given if an argument says so.
const STUB: &str = r#"#!/bin/sh
{
    printf '%s\0' "${0##*/}" "$@"
    printf '\001'
    for name in FEATURE_GATES GATES KUBELET_EXTRA_ARGS ARGS A B K8S_FEATURE_GATES; do
        eval "value=\${$name-}"
        printf '%s\0' "$name=$value"
    done
    printf '\001'
    case "${0##*/} $*" in
        kind*|kubectl*|*config=file*) while IFS= read -r line; do printf '%s\n' "$line"; done ;;
    esac
    printf '\002'
} >> "$RECORD"
case "${0##*/}" in
    env|sudo|exec-it) [ "${0##*/}" = env ] || "$@" ;;
esac
printf '%s ' "$@"
echo
[ "$*" != --loop ]
"#;

const PROGRAMS: [&str; 10] = [
    "kubelet",
    "kube-apiserver",
    "k3s",
    "kubeadm",
    "kind",
    "kubectl",
    "sudo",
    "exec-it",
    "rm",
    "docker",
];

/// A call of a program: its arguments, its variables, and what it read.
type Call = (Vec<String>, Vec<String>, String);

/// What a script did.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Behaviour {
    calls: Vec<Call>,
    code: Option<i32>,
    output: Vec<String>,
    files: Vec<(String, String)>,
}

/// Lines without removed gates. Lines without anything are left out.
fn lines(text: &str) -> Vec<String> {
    let left = text.lines().filter_map(canonical::text);
    left.filter(|line| !line.trim().is_empty()).collect()
}

impl Behaviour {
    /// What a file does.
    pub(crate) fn of(sample: &Sample, text: &str, stubs: &Path) -> Self {
        match sample.kind {
            Kind::Bash => Self::run(&["bash", "./file"], text, stubs),
            Kind::Sh => Self::run(&["sh", "./file"], text, stubs),
            Kind::Make => Self::run(&["make", "-sf", "./file"], text, stubs),
            Kind::Environment => Self::run(&["sh", "-c", "set -a; . ./file; kubelet"], text, stubs),
            Kind::Unit => Self { calls: unit(text), ..Self::default() },
            Kind::Docker => Self::image(text, stubs),
            Kind::Workflow => Self::workflow(text, stubs),
        }
    }

    /// Runs a command with a file in a new folder.
    fn run(arguments: &[&str], text: &str, stubs: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path();
        fs::write(work.join("file"), text).unwrap();
        let record = work.join("record");
        let mut command = Command::new("timeout");
        command.arg("10").args(arguments).current_dir(work).stdin(Stdio::null());
        command.env_clear().env("PATH", format!("{}:/usr/bin:/bin", stubs.display()));
        command.env("RECORD", &record).env("EXTRA", "ImageVolume=true").env("PORT", "1");
        let output = command.output().unwrap();
        let record = fs::read_to_string(&record).unwrap_or_default();
        let list = |text: &str| {
            let mut all: Vec<String> = text.split('\0').map(str::to_owned).collect();
            all.pop();
            all
        };
        let call = |text: &str| {
            let mut parts = text.splitn(3, '\u{1}');
            let arguments = list(parts.next().unwrap_or_default());
            let variables = list(parts.next().unwrap_or_default());
            (arguments, variables, parts.next().unwrap_or_default().to_owned())
        };
        let mut files: Vec<(String, String)> = fs::read_dir(work)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.ends_with("file") && !path.ends_with("record"))
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    fs::read_to_string(path).unwrap(),
                )
            })
            .collect();
        files.sort();
        Self {
            calls: record.split_terminator('\u{2}').map(call).collect(),
            code: output.status.code(),
            output: String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect(),
            files,
        }
    }

    /// The instructions of a Dockerfile; those of a shell are run.
    fn image(text: &str, stubs: &Path) -> Self {
        let mut all = Self::default();
        for line in joined(text, '\\') {
            let (instruction, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
            let words = serde_json::from_str::<Vec<String>>(rest);
            let words = match (instruction, words) {
                (_, Ok(words)) => words,
                ("RUN" | "CMD" | "ENTRYPOINT", _) => {
                    let run = Self::run(&["sh", "./file"], rest, stubs);
                    all.calls.extend(run.calls);
                    all.output.extend(run.output);
                    all.files.extend(run.files);
                    continue;
                }
                _ => split(rest),
            };
            all.calls.push(call(instruction, words));
        }
        all
    }

    /// The scripts of a workflow, which are run, and its other texts.
    fn workflow(text: &str, stubs: &Path) -> Self {
        let mut all = Self::default();
        for node in tree::yaml(text).unwrap_or_default() {
            let mut rest = vec![(String::new(), node)];
            while let Some((key, node)) = rest.pop() {
                match node {
                    Node::Map(entries) => rest.extend(
                        entries
                            .into_iter()
                            .map(|(key, value)| (key.scalar().unwrap_or_default(), value)),
                    ),
                    Node::List(items) => {
                        rest.extend(items.into_iter().map(|item| (key.clone(), item)));
                    }
                    Node::Text(script) if key == "run" || key == "script" => {
                        let run = Self::run(&["bash", "-e", "./file"], &script, stubs);
                        all.calls.push(call("exit", vec![format!("{:?}", run.code)]));
                        all.calls.extend(run.calls);
                        all.output.extend(run.output);
                    }
                    other => all.calls.push(call(&key, vec![other.scalar().unwrap_or_default()])),
                }
            }
        }
        all
    }

    /// The calls without those that only set a variable, if nothing is left of its value.
    fn essential(&self) -> Vec<&Call> {
        let sets_nothing = |(words, variables, _): &&Call| {
            let left = canonical::arguments(words);
            variables.is_empty() && left.iter().skip(1).all(|word| word.ends_with('='))
        };
        self.calls.iter().filter(|call| !sets_nothing(call)).collect()
    }

    /// What another script does differently, apart from gates that are missing.
    pub(crate) fn difference(&self, other: &Self) -> Option<String> {
        let strict = |(arguments, variables, _): &Call| {
            let variables =
                variables.iter().filter_map(|it| canonical::text(it)).collect::<Vec<_>>();
            (canonical::arguments(arguments), variables)
        };
        let (calls, others) = (self.essential(), other.essential());
        for (index, call) in calls.iter().enumerate() {
            let Some(next) = others.get(index) else {
                return Some(format!("is not called: {call:?}"));
            };
            if strict(call) != strict(next) || !same_text(&call.2, &next.2) {
                return Some(format!("is called otherwise:\n  {call:?}\n  {next:?}"));
            }
        }
        if let Some(more) = others.get(calls.len()) {
            return Some(format!("is called in addition: {more:?}"));
        }
        if self.code != other.code {
            return Some(format!("the exit code {:?} becomes {:?}", self.code, other.code));
        }
        let output = |it: &Self| lines(&it.output.join("\n"));
        if output(self) != output(other) {
            return Some(format!("prints otherwise:\n  {:?}\n  {:?}", self.output, other.output));
        }
        let names = |it: &Self| it.files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(self) != names(other) {
            return Some(format!("writes other files: {:?}, {:?}", self.files, other.files));
        }
        let mut pairs = self.files.iter().zip(&other.files);
        let differs = pairs.find(|(one, two)| !same_text(&one.1, &two.1));
        differs.map(|(one, two)| format!("writes otherwise:\n  {one:?}\n  {two:?}"))
    }
}

/// Whether texts are the same but for gates that are missing: as documents, if they are, otherwise line by line.
fn same_text(old: &str, new: &str) -> bool {
    let mut fixes = Fixes::default();
    fixes.gates.extend(canonical::REMOVED.map(str::to_owned));
    let is = |nodes: &[Node]| nodes.iter().all(|it| matches!(it, Node::Map(_) | Node::List(_)));
    match (tree::yaml(old), tree::yaml(new)) {
        (Ok(old), Ok(new)) if !old.is_empty() && is(&old) => fixes.documents(&old, &new).is_ok(),
        _ if lines(old) == lines(new) => true,
        // Several documents one after the other.
        _ => {
            let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
            let pairs = || old.iter().zip(&new);
            old.len() == new.len() && old.len() > 1 && pairs().all(|(old, new)| same_text(old, new))
        }
    }
}

/// A folder with stubs of all programs.
pub(crate) fn stubs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for program in PROGRAMS {
        let path = folder.path().join(program);
        fs::write(&path, STUB).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

fn call(name: &str, words: Vec<String>) -> Call {
    (std::iter::once(name.to_owned()).chain(words).collect(), Vec::new(), String::new())
}

/// Lines, of which one that ends with this mark goes on in the next one. Comments are left out, also between them.
fn joined(text: &str, mark: char) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with(['#', ';']) {
            continue;
        }
        match line.strip_suffix(mark) {
            Some(line) => rest.extend([line, " "]),
            None => lines.push(std::mem::take(&mut rest) + line),
        }
    }
    lines.push(rest);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// The settings of a systemd unit, with the words of each.
fn unit(text: &str) -> Vec<Call> {
    let line = |line: &String| match line.split_once('=') {
        Some((key, "")) => call(key.trim(), vec!["nothing".to_owned()]),
        Some((key, value)) => call(key.trim(), split(value)),
        None => call(line.trim(), Vec::new()),
    };
    joined(text, '\\').iter().map(line).collect()
}

/// The words of a line, in which both kinds of quotes group.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quote != Some('\'') => word.get_or_insert_default().extend(letters.next()),
            _ if quote == Some(letter) => quote = None,
            '"' | '\'' if quote.is_none() => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            _ if quote.is_none() && letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
