//! Cycles among files, and imports against an order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::imports::Imports;

/// The sets of files each of which imports from all others of its set, directly or by way of others.
pub(crate) fn cycles(imports: &Imports) -> Vec<Vec<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reachable(imports, file))).collect();
    let mut cycles = BTreeSet::new();
    for (file, targets) in &reached {
        if targets.contains(file) {
            let others = targets.iter().filter(|other| reached[*other].contains(file));
            cycles.insert(others.copied().collect::<Vec<_>>());
        }
    }
    cycles.into_iter().collect()
}

fn reachable<'a>(imports: &'a Imports, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for target in imports[file].keys() {
            if reached.insert(target.as_str()) {
                open.push(target);
            }
        }
    }
    reached
}

/// The imports among these files, one a line with the paths that say so.
pub(crate) fn listed(imports: &Imports, files: &[&str]) -> String {
    let mut lines = String::new();
    for file in files {
        for (target, paths) in &imports[*file] {
            if files.contains(&target.as_str()) {
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                _ = writeln!(lines, "    {file} imports from {target}: {}", paths.join(", "));
            }
        }
    }
    lines
}

/// The imports that go from a part of the crate to one that the order names before it, as `from → to` with the
/// files and paths; and the parts that the order does not name. A part is a folder or file at the crate's root.
pub(crate) fn against<'a>(
    imports: &'a Imports,
    order: &[&str],
) -> (BTreeMap<String, Vec<String>>, BTreeSet<&'a str>) {
    let position = |part: &str| order.iter().position(|ordered| *ordered == part);
    let mut backward: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let unknown =
        imports.keys().map(|file| part(file)).filter(|part| position(part).is_none()).collect();
    for (file, targets) in imports {
        for (target, paths) in targets {
            let (from, to) = (part(file), part(target));
            let is_backward = position(from).zip(position(to)).is_some_and(|(from, to)| from > to);
            if is_backward {
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                let line = format!("{file} imports from {target}: {}", paths.join(", "));
                backward.entry(format!("{from} → {to}")).or_default().push(line);
            }
        }
    }
    (backward, unknown)
}

pub(crate) fn part(file: &str) -> &str {
    file.split_once('/').map_or(file.trim_end_matches(".rs"), |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::{against, cycles};
    use crate::imports::Imports;

    fn made_up(arrows: &[(&str, &str)]) -> Imports {
        let mut imports = Imports::new();
        for (from, to) in arrows {
            imports.entry((*to).to_owned()).or_default();
            let targets = imports.entry((*from).to_owned()).or_default();
            targets.entry((*to).to_owned()).or_default().insert("crate::x".to_owned());
        }
        imports
    }

    #[test]
    fn two_separate_cycles_are_two() {
        let imports =
            made_up(&[("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "c"), ("d", "e")]);
        assert_eq!(cycles(&imports), [["a", "b"], ["c", "d"]]);
    }

    #[test]
    fn a_path_without_a_way_back_is_not_a_cycle() {
        assert!(cycles(&made_up(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    }

    #[test]
    fn an_import_from_below_is_backward_and_one_inside_of_a_folder_is_not() {
        let imports = made_up(&[
            ("lib.rs", "up/a.rs"),
            ("up/a.rs", "up.rs"),
            ("down/b.rs", "up/a.rs"),
            ("up.rs", "down.rs"),
        ]);
        let (backward, unknown) = against(&imports, &["lib", "up", "down"]);
        assert_eq!(backward.into_keys().collect::<Vec<_>>(), ["down → up"]);
        assert!(unknown.is_empty());
        let (_, unknown) = against(&imports, &["lib", "up"]);
        assert_eq!(unknown.into_iter().collect::<Vec<_>>(), ["down"]);
    }
}
