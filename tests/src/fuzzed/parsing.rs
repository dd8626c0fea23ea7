//! The text of a flag.

use featuregate_core::{
    GateSet, Item, Source, UnknownPolicy, Version, Versions, parse, parse_bool, resolve,
};

/// Reads any text, and compares the result with the text.
///
/// # Panics
/// If an item is lost, misplaced or misread, or a message is longer than its item allows.
pub fn parsing(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let source = Source::flag("--feature-gates");
    let items = parse(&text, &source);
    let written: Vec<&str> = text.split(',').filter(|item| !item.is_empty()).collect();
    assert_eq!(items.len(), written.len(), "one item for each that is not empty");
    let scalars: Vec<char> = text.chars().collect();
    for (item, written) in items.iter().zip(written) {
        let trimmed = written.trim();
        let origin = match item {
            Ok(assignment) => {
                let (name, value) = trimmed.split_once('=').unwrap();
                assert_eq!(assignment.name, name.trim());
                assert_eq!(Some(assignment.value), parse_bool(value.trim()));
                &assignment.origin
            }
            Err(malformed) => {
                let value = trimmed.split_once('=').map(|(_, value)| value.trim());
                assert_eq!(malformed.value.is_none(), value.is_none());
                assert_eq!(value.and_then(parse_bool), None);
                &malformed.origin
            }
        };
        assert_eq!(origin.item(), Some(trimmed));
        let start = usize::try_from(origin.column().unwrap()).unwrap() - 1;
        let at_column: String = scalars.iter().skip(start).take(trimmed.chars().count()).collect();
        assert_eq!(at_column, trimmed, "the column is where the item begins");
    }
    let gates = GateSet::new(Versions::of_binary(Version::new(1, 36)));
    let problems = match resolve(gates, UnknownPolicy::Refuse, items.clone()) {
        Ok(resolution) => {
            assert!(items.iter().all(Item::is_ok));
            assert!(resolution.notices().is_empty());
            return;
        }
        Err(problems) => problems,
    };
    for problem in &problems {
        let line = problem.to_string();
        assert!(line.len() < 4_000, "{} bytes", line.len());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
}
