//! Which program a command runs, and what that does with its arguments.

use std::ops::Range;

use featuregate_core::__private::slice;

use super::super::own::{self, COMPONENTS};
use super::word::Word;

/// What a command does with its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It runs a program with them.
    Runs,
    /// It writes them.
    Writes,
    /// It changes texts; what it adds to one may have settings.
    Edits,
    /// It looks for them, compares them, or reports them to people.
    Ignores,
    /// The shell itself takes them, so none can be removed without a change.
    Shell,
}

pub(super) const ROLES: [(Role, &[&str]); 4] = [
    (Role::Writes, &["echo", "printf", "cat"]),
    (Role::Edits, &["sed", "gsed"]),
    (
        Role::Ignores,
        &[
            "awk", "case", "debug", "die", "egrep", "err", "error", "expr", "fail", "fatal",
            "compgen", "fgrep", "find", "gawk", "git", "grep", "info", "jq", "log", "logger",
            "mail", "mawk", "message", "msg", "note", "notice", "notify", "perl", "python",
            "python3", "read", "rg", "ruby", "say", "test", "true", "usage", "wall", "warn",
            "warning", "yq", "zgrep", "[", "[[", ":", "false",
        ],
    ),
    (
        Role::Shell,
        &[
            "alias", "eval", "for", "return", "select", "set", "shift", "source", "trap", "unset",
            ".",
        ],
    ),
];

pub(super) fn role(program: &str) -> Role {
    let known = ROLES.iter().find(|(_, names)| names.contains(&program));
    if let Some((role, _)) = known {
        return *role;
    }
    // `log_info`, `print_usage`, `error_exit`.
    let reports = |word: &str| {
        matches!(
            word,
            "log" | "usage" | "error" | "err" | "warn" | "warning" | "die" | "fatal" | "info"
        )
    };
    if program.split(['_', '-', ':', '.']).any(reports) { Role::Ignores } else { Role::Runs }
}

/// Programs that run the command after them.
pub(super) const WRAPPERS: [&str; 15] = [
    "chrt", "command", "doas", "env", "exec", "ionice", "nice", "nohup", "setsid", "stdbuf",
    "sudo", "taskset", "time", "timeout", "xargs",
];

/// Programs that hand settings on to a chart or to an object of the cluster.
pub(super) const HANDS_ON: [&str; 6] = ["argocd", "flux", "helm", "helmfile", "kubectl", "oc"];

/// Programs whose arguments and documents can be programs of a language.
pub(super) const LANGUAGES: [&str; 6] = ["node", "perl", "php", "python", "python3", "ruby"];

/// The program that a line runs first.
pub(super) fn program_on(line: &str) -> &str {
    line.split_whitespace().find(|word| !WRAPPERS.contains(word)).unwrap_or_default()
}

pub(super) fn base_name(program: &str) -> &str {
    let name = program.trim_matches(['"', '\'']);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".exe").unwrap_or(name)
}

/// Whether the first word of a command is the name of a program.
pub(super) fn is_name(program: &str) -> bool {
    !program.is_empty() && !program.contains(['$', '=', '"', '\'', '<', '%', '{'])
}

/// The program that another one starts, by the words before its gates: one of Kubernetes, or that of a container's image.
pub(super) fn started(program: &str, words: &[Word<'_>]) -> Option<String> {
    // These are about a program, and do not hand arguments on to it.
    if HANDS_ON.contains(&program) || ["journalctl", "service", "systemctl"].contains(&program) {
        return None;
    }
    let texts = || words.iter().skip(1).map(|word| word.text.text());
    let component = texts().map(base_name).find(|name| COMPONENTS.contains(name));
    if COMPONENTS.contains(&program) || component.is_some() {
        return component.filter(|_| !COMPONENTS.contains(&program)).map(str::to_owned);
    }
    let runs = ["docker", "nerdctl", "podman"].contains(&program) && texts().any(|it| it == "run");
    let image = texts()
        .filter(|text| !text.starts_with(['-', '/', '.', '$']))
        .find(|text| text.contains('/') && !text.contains(['=', ' ']) && !text.contains(":/"));
    let image = image.filter(|_| runs)?;
    Some(base_name(image).split([':', '@']).next()?.to_owned())
}

/// What perhaps reads the settings that a command hands on: the chart that helm installs, or an object of the cluster.
pub(super) fn handed_to(program: &str, words: &[Word<'_>]) -> Option<String> {
    if !HANDS_ON.contains(&program) {
        return None;
    }
    let texts = words.iter().map(|word| word.text.text());
    let places =
        texts.filter(|text| !text.starts_with('-') && !text.contains(['=', '{', '$', ' ']));
    let is_own = |text: &&str| text.split('/').any(|name| own::program(name).is_some());
    let named = places.clone().find(is_own).or_else(|| {
        let mut named = places.filter_map(|text| text.rsplit_once('/'));
        named.find_map(|(_, name)| (!name.is_empty()).then_some(name))
    });
    Some(named.map_or(program, base_name).to_owned())
}

/// Whether what is before a command of `sed` is nothing, an address, or another command.
pub(super) fn is_address(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(|c: char| c.is_ascii_digit() || "/$;{}".contains(c))
}

/// The bytes of the text that a command of `sed` adds, after its address: `5i\`, `$ a`, `/x/a\`.
pub(super) fn added(command: &str) -> Option<Range<usize>> {
    let found = command.match_indices(['a', 'c', 'i']).find(|(at, _)| {
        let after = slice(command, at + 1..);
        is_address(slice(command, ..*at)) && after.starts_with(['\\', ' ', '\t'])
    });
    let (at, _) = found?;
    let after = slice(command, at + 1..);
    let text = after.trim_start_matches(['\\', ' ', '\t']);
    Some(command.len() - text.len()..command.len())
}

/// The bytes of what a substitution of `sed` writes: the part between the last two of its three delimiters.
pub(super) fn substituted(command: &str) -> Option<Range<usize>> {
    let found = command.match_indices('s').find_map(|(at, _)| {
        let delimiter = slice(command, at + 1..).chars().next()?;
        let is_delimiter = delimiter.is_ascii_punctuation() && delimiter != '\\';
        (is_address(slice(command, ..at)) && is_delimiter).then_some((at + 2, delimiter))
    });
    let (from, delimiter) = found?;
    let mut ends = slice(command, from..).match_indices(delimiter).filter(|(at, _)| {
        let before = slice(command, from..from + at);
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 0
    });
    let (pattern, _) = ends.next()?;
    let (end, _) = ends.next()?;
    Some(from + pattern + 1..from + end)
}

/// Whether an expression has `=` that is not part of a comparison.
pub(super) fn assigns(expression: &str) -> bool {
    let bytes = expression.as_bytes();
    memchr::memchr_iter(b'=', bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let compares = |byte: Option<&u8>| byte.is_some_and(|byte| b"=!<>".contains(byte));
        !compares(before) && bytes.get(at + 1) != Some(&b'=')
    })
}
