//! Words of a command line without the gates that a fix may remove, so that what a program sees before and after can be
//! compared.

/// The gates that may be removed.
pub(crate) const REMOVED: [&str; 4] =
    ["CSIMigration", "BlockVolume", "EphemeralContainers", "NodeSwap"];

/// Options that name gates, or pass on an option that does. Each goes with its value.
const OPTIONS: [&str; 10] = [
    "--feature-gates",
    "--kubelet-arg",
    "--kube-apiserver-arg",
    "--kubelet-extra-args",
    "--k3s-arg",
    "--set",
    "-e",
    "--env",
    "--arg",
    "feature-gates",
];

/// Arguments without removed gates; one that has nothing else is missing, with the option that it belongs to.
pub(crate) fn arguments(arguments: &[String]) -> Vec<String> {
    let mut left: Vec<String> = Vec::new();
    for argument in arguments {
        let after_option = left.last().is_some_and(|last| OPTIONS.contains(&last.as_str()));
        match text(argument) {
            Some(argument) => left.push(argument),
            None if after_option => drop(left.pop()),
            None => {}
        }
        // An option with an empty value.
        if argument.is_empty() && left.len() > 1 && left[left.len() - 2] == "--feature-gates" {
            left.truncate(left.len() - 2);
        }
    }
    left
}

/// A text without removed gates; `None` if nothing is left of it. Whitespace between words does not count.
pub(crate) fn text(text: &str) -> Option<String> {
    if let Some((name, value)) = text.split_once('=')
        && !name.is_empty()
        && name.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_')
    {
        let value = value.trim_matches(['"', '\'']);
        return Some(format!("{name}={}", self::text(value).unwrap_or_default()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 {
        return match words.first() {
            Some(word) => self::word(word),
            // Spaces are what is left between words.
            None => text.is_empty().then(String::new),
        };
    }
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    let left = arguments(&words);
    (!left.is_empty()).then(|| left.join(" "))
}

/// A word without removed gates.
fn word(word: &str) -> Option<String> {
    let mut items: Vec<&str> = word.split(',').collect();
    let count = items.len();
    // What is before the first gate, and after the last one.
    let (start, first) = items[0].split_at(name_start(items[0]));
    items[0] = first;
    let last = items[count - 1];
    let (last, end) = last.split_at(last.trim_end_matches(['"', '\'', ')', ']', ';']).len());
    items[count - 1] = last;
    let removed = |item: &&str| {
        item.split_once('=').is_some_and(|(name, value)| {
            REMOVED.contains(&name)
                && ["true", "false"].contains(&value.split('@').next().unwrap_or_default())
        })
    };
    if items.iter().any(removed) {
        items.retain(|item| !removed(item));
    }
    let rest = items.join(",");
    if !rest.is_empty() {
        return Some(format!("{start}{rest}{end}"));
    }
    let mut start = start;
    for option in
        ["feature-gates=", "--", "--kubelet-arg=", "--kube-apiserver-arg=", "--feature-gates="]
    {
        start = start.strip_suffix(option).unwrap_or(start);
    }
    let start = start.trim_matches(['"', '\'']);
    // An option of `docker` or `env` that sets nothing.
    (!start.is_empty() && !start.ends_with("arg=")).then(|| format!("{start}{end}"))
}

/// Where the name of the first gate of an item begins.
fn name_start(item: &str) -> usize {
    let named = REMOVED.iter().filter_map(|gate| item.find(&format!("{gate}=")));
    match named.min() {
        Some(at) => at,
        // Without a gate, an option that ends with `=` has no value.
        None if item.ends_with('=') => item.len(),
        None => 0,
    }
}

#[test]
fn only_removed_gates_are_missing() {
    for (full, expected) in [
        ("--feature-gates=CSIMigration=true", None),
        ("--feature-gates=", None),
        (
            "--feature-gates=CSIMigration=true,MemoryQoS=true",
            Some("--feature-gates=MemoryQoS=true"),
        ),
        (
            "--feature-gates=MemoryQoS=true,CSIMigration=true",
            Some("--feature-gates=MemoryQoS=true"),
        ),
        ("FEATURE_GATES=CSIMigration=true", Some("FEATURE_GATES=")),
        ("ARGS=--feature-gates=NodeSwap=true --v=2", Some("ARGS=--v=2")),
        ("--v=2 --feature-gates BlockVolume=true x", Some("--v=2 x")),
        (",MemoryQoS=true", Some(",MemoryQoS=true")),
        ("--kubelet-arg=feature-gates=NodeSwap=true", None),
        ("x", Some("x")),
        ("", Some("")),
    ] {
        assert_eq!(text(full).as_deref(), expected, "{full}");
    }
    let words = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    let left = |text: &str| arguments(&words(text)).join("|");
    assert_eq!(left("a|--feature-gates|CSIMigration=true|b"), "a|b");
    assert_eq!(left("a|--feature-gates|b"), "a|--feature-gates|b");
    assert_eq!(left("a|--feature-gates||b"), "a|b");
}
