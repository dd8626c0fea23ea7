//! Changes to configurations: to their trees, and to their texts.

use fastrand::Rng;

use crate::emit;
use crate::tree::Node;

/// Gates that are removed, locked, misspelt, deprecated and fine at most releases.
const GATES: [&str; 12] = [
    "CSIMigration",
    "BlockVolume",
    "EphemeralContainers",
    "CPUManager",
    "DynamicKubeletConfig",
    "TTLAfterFinished",
    "NodeSwap",
    "MemoryQos",
    "MemoryQoS",
    "APIServerIdentity",
    "ImageVolume",
    "AllAlpha",
];

fn gate(rng: &mut Rng) -> &'static str {
    GATES[rng.usize(..GATES.len())]
}

fn setting(rng: &mut Rng) -> String {
    format!("{}={}", gate(rng), rng.u8(..4) > 0)
}

fn is_map_of_gates(key: &str) -> bool {
    key.to_lowercase().replace(['-', '_'], "").ends_with("featuregates")
}

/// Whether a text names gates.
fn names_gates(text: &str) -> bool {
    is_map_of_gates(text.split('=').next().unwrap_or_default())
        || text.contains("eature-gates")
        || text.contains("eatureGates")
}

/// Whether something in a tree names gates.
fn has_gates(node: &Node) -> bool {
    match node {
        Node::Text(text) => names_gates(text),
        Node::List(items) => items.iter().any(has_gates),
        Node::Map(entries) => entries.iter().any(|(key, value)| has_gates(key) || has_gates(value)),
        _ => false,
    }
}

/// Leaves out most of what names no gates, so that a mutant is small.
pub(crate) fn pruned(rng: &mut Rng, node: &Node, keep: usize) -> Node {
    match node {
        Node::List(items) => {
            let kept =
                items.iter().filter(|item| has_gates(item) || rng.usize(..items.len()) < keep);
            let kept: Vec<_> = kept.cloned().collect();
            Node::List(kept.iter().map(|item| pruned(rng, item, keep)).collect())
        }
        Node::Map(entries) => {
            let important = |(key, value): &&(Node, Node)| {
                let named = matches!(key, Node::Text(key) if ["kind", "apiVersion", "name", "nodeFilters"].contains(&key.as_str()));
                named || has_gates(key) || has_gates(value)
            };
            let kept = entries
                .iter()
                .filter(|entry| important(entry) || rng.usize(..entries.len()) < keep);
            let kept: Vec<_> = kept.cloned().collect();
            let value = |rng: &mut Rng, (key, value): &(Node, Node)| {
                (key.clone(), pruned(rng, value, keep))
            };
            Node::Map(kept.iter().map(|entry| value(rng, entry)).collect())
        }
        other => other.clone(),
    }
}

/// Changes a tree: gates are added, entries move, and something is repeated.
pub(crate) fn tree(rng: &mut Rng, node: &mut Node) {
    let before = node.clone();
    match node {
        Node::List(items) => {
            for item in &mut *items {
                tree(rng, item);
            }
            let arguments = |item: &Node| matches!(item, Node::Text(text) if names_gates(text) || text.starts_with("--"));
            if items.iter().any(arguments) && rng.u8(..3) == 0 {
                let at = rng.usize(..=items.len());
                match rng.u8(..3) {
                    0 => {
                        let value = Node::Text(setting(rng));
                        items.splice(at..at, [Node::Text("--feature-gates".into()), value]);
                    }
                    _ => items.insert(at, Node::Text(format!("--feature-gates={}", setting(rng)))),
                }
            }
            if items.len() > 1 && rng.u8(..12) == 0 {
                rng.shuffle(items);
            }
            if !items.is_empty() && rng.u8(..30) == 0 {
                let copy = items[rng.usize(..items.len())].clone();
                items.push(copy);
            }
        }
        Node::Map(entries) => {
            for (key, value) in entries.iter_mut() {
                let is_gates = matches!(key, Node::Text(key) if is_map_of_gates(key));
                tree(rng, value);
                if is_gates {
                    gates(rng, value);
                }
            }
            if entries.len() > 1 && rng.u8(..8) == 0 {
                rng.shuffle(entries);
            }
            if rng.u8(..40) == 0 {
                let at = rng.usize(..=entries.len());
                let map = (0..rng.usize(1..4))
                    .map(|_| (Node::Text(gate(rng).into()), Node::Bool(rng.u8(..4) > 0)));
                let map = Node::Map(map.collect());
                entries.insert(at, (Node::Text("featureGates".into()), map));
            }
            if rng.u8(..60) == 0 {
                entries.push((Node::Text(format!("copy{}", rng.u8(..))), before));
            }
        }
        Node::Text(text) => {
            if let Some((start, rest)) =
                text.split_once("eature-gates=").filter(|_| rng.u8(..2) == 0)
            {
                *text = format!("{start}eature-gates={},{rest}", setting(rng));
            }
        }
        _ => {}
    }
}

/// Changes the value of a key that names gates.
fn gates(rng: &mut Rng, value: &mut Node) {
    match value {
        Node::Map(entries) => {
            for _ in 0..rng.usize(..4) {
                let at = rng.usize(..=entries.len());
                let on = rng.u8(..4) > 0;
                let value =
                    if rng.u8(..10) == 0 { Node::Text(on.to_string()) } else { Node::Bool(on) };
                entries.insert(at, (Node::Text(gate(rng).into()), value));
            }
            if rng.u8(..6) == 0 {
                entries.retain(
                    |(key, _)| matches!(key, Node::Text(key) if GATES[..6].contains(&key.as_str())),
                );
            }
        }
        Node::List(items)
            if items.iter().all(|it| matches!(it, Node::Text(text) if text.contains('='))) =>
        {
            for _ in 0..rng.usize(..3) {
                items.insert(rng.usize(..=items.len()), Node::Text(setting(rng)));
            }
        }
        Node::Text(text) => {
            for _ in 0..rng.usize(..3) {
                let space = if rng.u8(..8) == 0 { " " } else { "" };
                *text = if text.is_empty() {
                    setting(rng)
                } else {
                    format!("{},{space}{text}", setting(rng))
                };
            }
        }
        _ => {}
    }
}

/// Puts documents into a text of another one, or at another depth.
pub(crate) fn nested(rng: &mut Rng, documents: &[Node]) -> Vec<Node> {
    let text = |key: &str| Node::Text(key.to_owned());
    let inner = match rng.u8(..4) {
        0 => documents[0].clone(),
        1 => Node::List(vec![documents[0].clone(), Node::Null, documents[0].clone()]),
        2 => text(&emit::json(rng, &documents[0]).unwrap_or_default()),
        _ => text(&emit::yaml(rng, documents)),
    };
    let entries = vec![
        (text("apiVersion"), text("v1")),
        (text("kind"), text("ConfigMap")),
        (text("data"), Node::Map(vec![(text("a.yaml"), inner), (text("b"), text("c"))])),
    ];
    vec![Node::Map(entries)]
}

/// Changes a text.
pub(crate) fn text(rng: &mut Rng, text: &mut String) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return;
    }
    let mut ending = "\n";
    let (mut start, mut end) = ("", "\n");
    for _ in 0..rng.usize(1..6) {
        match rng.u8(..20) {
            0 => ending = "\r\n",
            1 => start = "\u{feff}",
            2 => end = ["", "\n\n", "\n \n", " "][rng.usize(..4)],
            3..7 => gates_of_lines(rng, &mut lines),
            _ => one_line(rng, &mut lines),
        }
        if lines.is_empty() {
            break;
        }
    }
    *text = format!("{start}{}{end}", lines.join("\n")).replace('\n', ending);
}

/// Writes other gates, or more of them.
fn gates_of_lines(rng: &mut Rng, lines: &mut Vec<String>) {
    let maps = lines.iter().position(|it| is_map_of_gates(it.trim().trim_end_matches(':')));
    if let Some(first) = maps
        && let Some(next) = lines.get(first + 1)
        && rng.u8(..4) == 0
    {
        let margin = " ".repeat(next.len() - next.trim_start().len());
        lines.insert(first + 1, format!("{margin}{}: {}", gate(rng), rng.bool()));
        return;
    }
    let from = rng.usize(..lines.len());
    for line in lines.iter_mut().skip(from) {
        let Some(at) = line.find("=true").or_else(|| line.find(": true")) else { continue };
        let name = line[..at].rsplit(|it: char| !it.is_ascii_alphanumeric()).next();
        let start = at - name.unwrap_or_default().len();
        line.replace_range(start..at, gate(rng));
        return;
    }
}

/// Changes a line, or adds one.
fn one_line(rng: &mut Rng, lines: &mut Vec<String>) {
    let at = rng.usize(..lines.len());
    let margin = " ".repeat(lines[at].len() - lines[at].trim_start().len());
    match rng.u8(..13) {
        0 => lines[at].push_str([" ", "   ", "\t"][rng.usize(..3)]),
        1 => {
            let margin = if rng.bool() { margin } else { " ".repeat(rng.usize(..8)) };
            lines.insert(at, format!("{margin}# c{}", rng.u32(..)));
        }
        2 => {
            let comment = format!("{}# c{}", [" ", "  ", "\t"][rng.usize(..3)], rng.u32(..));
            lines[at].push_str(&comment);
        }
        3 => {
            let copy = lines.clone();
            lines.push("---".to_owned());
            if lines.len() < 200 {
                lines.extend(copy);
            }
        }
        4 => {
            if let Some((key, value)) = lines[at].rsplit_once(": ") {
                let mark = ['"', '\''][rng.usize(..2)];
                lines[at] = format!("{key}: {mark}{}{mark}", value.trim());
            }
        }
        5 => {
            let trimmed = lines[at].trim_start().to_owned();
            if let Some((key, value)) = trimmed.split_once(':') {
                let mark = ['"', '\''][rng.usize(..2)];
                lines[at] = format!("{margin}{mark}{key}{mark}:{value}");
            }
        }
        6 => indent(lines, "  "),
        7 => drop(lines.remove(at)),
        8 => {
            let other = rng.usize(..lines.len());
            lines.swap(at, other);
        }
        9 => lines[at] = lines[at].replacen(": ", ":\t", 1),
        10 => {
            indent(lines, "    ");
            let header = ["|", "|-", ">", "|+"][rng.usize(..4)];
            let before =
                ["kind: ConfigMap".to_owned(), "data:".to_owned(), format!("  x: {header}")];
            lines.splice(..0, before);
            lines.push("  y: z".to_owned());
        }
        _ => {
            let action = [
                "{{- if .Values.x }}",
                "{{- end }}",
                "{% if x %}",
                "...",
                "---",
                "",
                "- a",
                "x: y",
            ];
            lines.insert(at, format!("{margin}{}", action[rng.usize(..action.len())]));
        }
    }
}

fn indent(lines: &mut [String], margin: &str) {
    for line in lines.iter_mut().filter(|it| !it.is_empty()) {
        line.insert_str(0, margin);
    }
}
