//! A long text takes time by its length. What counts is the time of the thread on a processor, so that other work on
//! the machine does not.
#![cfg(unix)]

use std::time::Duration;

use featuregate_cli::extract::{Syntax, extract};
use rustix::time::{ClockId, clock_gettime};

/// How much longer a long text is than a short one.
const LONGER: u32 = 16;

/// How often a text that takes too long is tried again, since something else may have kept the machine busy.
const TRIES: usize = 5;

/// Texts of about that many bytes, or a part of it where each costs much.
fn texts(size: usize) -> Vec<(&'static str, Syntax, String)> {
    vec![
        (
            "one line",
            Syntax::Yaml,
            format!("x: {}\nfeatureGates: {{A: true}}\n", "a ".repeat(5 * size)),
        ),
        ("commas", Syntax::Yaml, format!("feature-gates: \"A=true{}\"\n", ",".repeat(size))),
        ("items", Syntax::Yaml, format!("feature-gates: {}\n", "A=true,".repeat(size / 16))),
        ("signs", Syntax::Yaml, format!("- --feature-gates={}\n", "+a,-b,c,".repeat(size / 32))),
        ("arguments", Syntax::Shell, "--feature-gates=A=true ".repeat(size / 32)),
        ("mentions", Syntax::Shell, "feature-gates".repeat(size / 16)),
        ("names", Syntax::Shell, "FEATURE_GATES=".repeat(size / 16)),
        ("quotes", Syntax::Shell, "FEATURE_GATES=\"".repeat(size / 16)),
        ("variables", Syntax::Shell, "FEATURE_GATES=${".repeat(size / 16)),
        ("words", Syntax::Shell, "--feature-gates ".repeat(size / 16)),
        ("continued", Syntax::Shell, "kubelet --feature-gates=A=true \\\n".repeat(size / 32)),
        ("lines", Syntax::Shell, "FEATURE_GATES=A=true\n".repeat(size / 32)),
        ("map", Syntax::Yaml, format!("featureGates:\n{}", "  A: true\n".repeat(size / 16))),
        ("maps", Syntax::Yaml, "- featureGates: {A: true}\n".repeat(size / 32)),
        ("flow", Syntax::Yaml, format!("featureGates: {{{}}}\n", "A: true, ".repeat(size / 16))),
        (
            "flow lines",
            Syntax::Json,
            format!(
                "{{\"featureGates\": {{\n{}\"B\": true}}}}",
                "\"A\": true,\n".repeat(size / 16)
            ),
        ),
        ("list", Syntax::Yaml, format!("featureGates:\n{}", "- A=true\n".repeat(size / 16))),
        ("documents", Syntax::Yaml, "---\nfeatureGates: {A: true}\n".repeat(size / 32)),
        ("broken documents", Syntax::Yaml, "---\nfeatureGates: {A: true]\n".repeat(size / 64)),
        ("blocks", Syntax::Yaml, "- |\n  featureGates:\n    A: true\n".repeat(size / 64)),
        (
            "script",
            Syntax::Yaml,
            format!("run: |\n{}", "  kubelet --feature-gates=A=true\n".repeat(size / 64)),
        ),
        (
            "escapes",
            Syntax::Json,
            format!("\"{}--feature-gates=A=true\"", "\\u0041\\n".repeat(size / 16)),
        ),
        (
            "actions",
            Syntax::Yaml,
            format!(
                "featureGates:\n{}",
                "  {{ if x }}\n  A: {{ x }}\n  {{ end }}\n  B: true\n".repeat(size / 256)
            ),
        ),
        (
            "action items",
            Syntax::Yaml,
            format!("feature-gates: {}\n", "A={{ x }},".repeat(size / 64)),
        ),
        ("blanks", Syntax::Yaml, format!("x: |\n  featureGates=\n{}\n  x\n", "\n".repeat(size))),
        ("dashes", Syntax::Shell, "-".repeat(size)),
        ("openers", Syntax::Shell, "featureGates{{".repeat(size / 16)),
        // Longer than an action may reach.
        ("closed late", Syntax::Shell, format!("{}}}}}", "featureGates{{".repeat(size / 2))),
        (
            "values",
            Syntax::Yaml,
            format!(
                "x:\n{}",
                "  name: feature-gates\n  value: --feature-gates=A=true\n".repeat(size / 64)
            ),
        ),
        (
            "objects",
            Syntax::Yaml,
            format!("featureGates:\n{}", "- name: A\n  enabled: true\n".repeat(size / 64)),
        ),
        ("flags", Syntax::Yaml, "- --feature-gates=A=true\n".repeat(size / 64)),
        ("pairs", Syntax::Yaml, "- name: feature-gates\n  value: A=true\n".repeat(size / 64)),
        ("tables", Syntax::Toml, "[[x]]\nfeatureGates = {A = true}\n".repeat(size / 64)),
        ("backslashes", Syntax::Shell, format!("featureGates={}", "\\".repeat(size))),
        (
            "comments",
            Syntax::Yaml,
            format!("featureGates: {{A: true,\n{}}}", "# c, d\n".repeat(size / 16)),
        ),
        ("dotted", Syntax::Toml, format!("{}featureGates = {{A = true}}\n", "a.".repeat(size / 8))),
    ]
}

/// The same of command lines with many arguments or gates.
fn commands(size: usize) -> Vec<(&'static str, Syntax, String)> {
    let gates: Vec<String> = (0..size / 32).map(|gate| format!("A{gate}=true")).collect();
    let gates = gates.join(",");
    let in_quotes = |gates: &str, again: &str| {
        format!("--feature-gates={gates} --flags=\"--feature-gates={again}\"\n")
    };
    vec![
        (
            "blanks after arguments",
            Syntax::Yaml,
            format!(
                "x: \"{}{}\"\n",
                "--feature-gates=A=true ".repeat(size / 64),
                " ".repeat(size / 2)
            ),
        ),
        ("gates again in quotes", Syntax::Shell, in_quotes(&gates, &gates)),
        ("one gate in quotes", Syntax::Shell, in_quotes("A=true", &"A=true,".repeat(size / 8))),
    ]
}

/// How long it takes to read a text and to take everything out of it.
fn time(syntax: Syntax, text: &str) -> Duration {
    let start = now();
    let found = extract(syntax, text, &[]);
    let all: Vec<_> = found.settings.ids().collect();
    let _ = found.removal(text, &all);
    now().saturating_sub(start)
}

/// For how long this thread has had a processor.
fn now() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap_or_default()
}

#[test]
fn a_text_takes_time_by_its_length_and_not_by_its_square() {
    let long = 1 << 18;
    let all = |size| texts(size).into_iter().chain(commands(size));
    let short = all(long / LONGER as usize);
    for ((what, syntax, long), (_, _, short)) in all(long).zip(short) {
        // By its square it would be LONGER times as much.
        let slow = |_: &usize| {
            let shorter = (0..3).map(|_| time(syntax, &short)).min().unwrap_or_default();
            time(syntax, &long) > shorter * LONGER * 4 + Duration::from_millis(20)
        };
        assert!((0..TRIES).take_while(slow).count() < TRIES, "{what}");
    }
}
