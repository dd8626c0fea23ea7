//! The documentation of an enum: its gates and removed gates as tables.

use std::fmt::Write;

use featuregate_core::{GateSpec, Milestone, Version};
use featuregate_syntax::{Gate, Model};
use syn::ext::IdentExt;

/// Markdown for the `impl` block of the enum's methods. Rustdoc shows it on the page of the enum.
pub(crate) fn of(model: &Model) -> String {
    let mut text = String::new();
    if !model.gates.is_empty() {
        let _ = writeln!(text, "# Gates at {}", model.version);
    }
    if let Some(component) = &model.component {
        let _ = writeln!(
            text,
            "\nTheir names are written with a prefix: {}.",
            code(&format!("{component}:NAME"))
        );
    }
    if let Some(variable) = &model.env {
        let _ = writeln!(text, "\nThe environment variable {} sets them.", code(variable));
    }
    if let Some(prefix) = &model.env_prefix {
        let _ = writeln!(
            text,
            "\nEach gate has an environment variable: {} and its name in capitals, as in {}.",
            code(prefix),
            code(&format!("{prefix}NAME=1"))
        );
    }
    if !model.gates.is_empty() {
        text.push_str("\n| gate | stage | default | history | requires | notes |\n");
        text.push_str("|---|---|---|---|---|---|\n");
    }
    for gate in &model.gates {
        row(&mut text, model, gate);
    }
    let mut tombstones = model.tombstones.iter().map(|tombstone| &tombstone.spec).peekable();
    if tombstones.peek().is_some() {
        text.push_str("\n# Removed gates\n\n| gate | removed in | final value | history |\n");
        text.push_str("|---|---|---|---|\n");
    }
    for spec in tombstones {
        let removed = spec.removed().map(|version| version.to_string()).unwrap_or_default();
        let value = spec.final_value().map(on).unwrap_or_default();
        let name = code(spec.name());
        let _ = writeln!(text, "| {name} | {removed} | {value} | {} |", history(spec));
    }
    text
}

fn row(text: &mut String, model: &Model, gate: &Gate) {
    let spec = &gate.spec;
    let now = spec.at(model.version, model.version.previous_minor());
    let locked = if now.is_locked() { ", locked" } else { "" };
    let own = spec.requires().map(code);
    let others = gate.others.iter().map(|other| {
        let path: String = other.path.to_string().split_whitespace().collect();
        code(&format!("{path}::{}", other.variant))
    });
    let requires: Vec<String> = own.chain(others).collect();
    let _ = writeln!(
        text,
        "| [{name}](Self::{variant}) | {stage} | {default}{locked} | {history} | {requires} | {notes} |",
        name = code(spec.name()),
        variant = gate.ident.unraw(),
        stage = now.stage().as_word(),
        default = default(gate, now.since()),
        history = history(spec),
        requires = requires.join(", "),
        notes = notes(gate),
    );
}

/// The default since a milestone, or its condition.
fn default(gate: &Gate, since: Version) -> String {
    let now = gate.spec.milestones().iter().position(|milestone| milestone.since() == since);
    let condition = gate.conditions.iter().find(|(milestone, _)| Some(*milestone) == now);
    match (condition, now.and_then(|now| gate.spec.milestones().get(now))) {
        (Some((_, condition)), _) => code(&condition.to_string()),
        (None, Some(milestone)) => on(milestone.default()).to_owned(),
        (None, None) => on(false).to_owned(),
    }
}

/// `alpha 1.25 → beta 1.30 (off) → GA 1.36 (locked)`, without what is usual for a stage.
fn history(spec: &GateSpec) -> String {
    let milestones = spec.milestones().iter().map(|milestone: &Milestone| {
        let stage = milestone.stage();
        let mut text = stage.as_word().to_owned();
        // The short form has no version.
        if milestone.since() != Version::ZERO {
            let _ = write!(text, " {}", milestone.since());
        }
        let default = Some(milestone.default()) != stage.usual_default();
        let locked = milestone.is_locked() != stage.usually_locked();
        let unusual = [
            default.then(|| on(milestone.default())),
            locked.then_some(if milestone.is_locked() { "locked" } else { "unlocked" }),
        ];
        let unusual: Vec<&str> = unusual.into_iter().flatten().collect();
        if !unusual.is_empty() {
            let _ = write!(text, " ({})", unusual.join(", "));
        }
        text
    });
    milestones.collect::<Vec<String>>().join(" → ")
}

fn notes(gate: &Gate) -> String {
    let spec = &gate.spec;
    let aliases: Vec<String> = spec.aliases().map(code).collect();
    let implied: Vec<String> = spec.implies().map(code).collect();
    let notes = [
        (!implied.is_empty()).then(|| format!("turns on {}", implied.join(", "))),
        spec.owner().map(|owner| format!("owner {}", code(owner))),
        spec.issue().map(issue),
        spec.remove_in().map(|version| format!("to be removed in {version}")),
        (!aliases.is_empty()).then(|| format!("formerly {}", aliases.join(", "))),
        gate.available.as_ref().map(|_| "not in all builds".to_owned()),
    ];
    notes.into_iter().flatten().collect::<Vec<String>>().join("; ")
}

fn issue(issue: &str) -> String {
    let address = issue.starts_with("https://") || issue.starts_with("http://");
    if address && !issue.contains(['<', '>', '|', ' ']) {
        format!("[issue](<{issue}>)")
    } else {
        format!("issue {}", code(issue))
    }
}

fn on(value: bool) -> &'static str {
    if value { "on" } else { "off" }
}

/// Text from the source, so that nothing in it is Markdown.
fn code(text: &str) -> String {
    let text = text.replace(['`', '\n', '\r'], " ").replace('|', "\\|");
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_show_stage_default_history_and_removed_gates() {
        let input = r#"
            #[feature_gate(version = "1.36", env = "APP_GATES", env_prefix = "APP_GATE_", component = "app")]
            #[tombstone(Old, alpha = "1.20", ga = "1.28", removed = "1.33")]
            #[tombstone("older-one", removed = "1.30", value = false)]
            enum Feature {
                /// One.
                #[gate(alpha = "1.25", beta(since = "1.30", default = false), beta = "1.33", ga = "1.36")]
                One,
                /// Two.
                #[gate(
                    alpha = "1.33",
                    requires(One, net::Feature::Quic),
                    implies(Three),
                    owner = "a|b",
                    issue = "https://example.org/2",
                    remove_in = "1.40",
                    alias = "Former",
                    name = "the-second"
                )]
                Two,
                /// Three.
                #[gate(alpha = "1.33")]
                Three,
            }
        "#;
        let input = syn::parse_str(input).unwrap();
        let model = featuregate_syntax::read(&input, Version::ZERO).unwrap();
        assert_eq!(
            of(&model),
            "\
# Gates at 1.36

Their names are written with a prefix: `app:NAME`.

The environment variable `APP_GATES` sets them.

Each gate has an environment variable: `APP_GATE_` and its name in capitals, as in `APP_GATE_NAME=1`.

| gate | stage | default | history | requires | notes |
|---|---|---|---|---|---|
| [`One`](Self::One) | GA | on, locked | alpha 1.25 → beta 1.30 (off) → beta 1.33 → GA 1.36 |  |  |
| [`the-second`](Self::Two) | alpha | off | alpha 1.33 | `One`, `net::Feature::Quic` | turns on `Three`; owner `a\\|b`; [issue](<https://example.org/2>); to be removed in 1.40; formerly `Former` |
| [`Three`](Self::Three) | alpha | off | alpha 1.33 |  |  |

# Removed gates

| gate | removed in | final value | history |
|---|---|---|---|
| `Old` | 1.33 | on | alpha 1.20 → GA 1.28 |
| `older-one` | 1.30 | off |  |
"
        );
    }
}
