//! Settings are removed, and the rest of the file stays as it is.

mod cases;

use cases::CASES;
use featuregate_cli::extract::{Extract, Given, Setting, SettingId, Syntax, extract};
use featuregate_cli::finding::Edit;

use crate::index::{files, syntax};

pub(crate) fn applied(text: &str, edits: &[Edit]) -> String {
    let (mut result, mut at) = (String::new(), 0);
    for edit in edits {
        result.push_str(&text[at..edit.span.0]);
        result.push_str(&edit.text);
        at = edit.span.1;
    }
    result + &text[at..]
}

fn names(found: &Extract) -> Vec<(String, String)> {
    // A name without a value may be on since a sign is in its list, which may be removed.
    let value = |one: &Setting| match &one.value {
        Given::Missing => format!("{:?}", Given::Sign(true)),
        Given::Listed(on) => format!("{:?}", Given::Sign(*on)),
        value => format!("{value:?}"),
    };
    found.settings.values().map(|one| (one.name.clone(), value(one))).collect()
}

/// What is wrong with taking out settings, if anything; `None` from the extractor is counted in `refused`.
pub(crate) fn fault(
    syntax: Syntax,
    text: &str,
    found: &Extract,
    removed: &[SettingId],
    refused: &mut usize,
) -> Option<String> {
    let Some(edits) = found.removal(text, removed) else {
        *refused += 1;
        return None;
    };
    let rest = applied(text, &edits);
    let after = extract(syntax, &rest, &[]);
    let kept = found.settings.ids().zip(names(found)).filter(|(id, _)| !removed.contains(id));
    let kept: Vec<_> = kept.map(|(_, one)| one).collect();
    if names(&after) != kept || after.skipped.len() > found.skipped.len() {
        let skipped = &after.skipped;
        return Some(format!(
            "{removed:?} left {:?} {skipped:?}, not {kept:?}:\n{rest}",
            names(&after)
        ));
    }
    None
}

/// Some of the settings, by an arbitrary but fixed sequence.
pub(crate) fn subsets(found: &Extract) -> Vec<Vec<SettingId>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let all = found.settings.ids();
    let mut subsets: Vec<Vec<SettingId>> = all.clone().map(|one| vec![one]).collect();
    subsets.push(all.clone().collect());
    for _ in 0..20 {
        let subset = all.clone().filter(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 63 == 1
        });
        subsets.push(subset.collect());
    }
    subsets
}

#[test]
#[cfg_attr(not(featuregate_data), ignore = "needs the shared data: set FEATUREGATE_DATA_DIR")]
fn the_published_files_keep_the_other_settings_when_some_are_removed() {
    let mut wrong = Vec::new();
    let mut refused = 0;
    for (name, text, _) in files() {
        let syntax = syntax(&name);
        let found = extract(syntax, &text, &[]);
        for removed in subsets(&found) {
            let before = refused;
            if let Some(fault) = fault(syntax, &text, &found, &removed, &mut refused) {
                wrong.push(format!("{name}: {fault}"));
                break;
            }
            // The value of a JSON patch cannot be left out, and what a template gives is not known; a part of a
            // message is read by another program, and an option in an option has the words that follow.
            let refusable = ["op: add", "{{", "MIME-", "-args=--"];
            if refused > before && !refusable.iter().any(|it| text.contains(it)) {
                wrong.push(format!("{name}: {removed:?} is refused"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_setting_is_removed_with_its_comma_or_line_and_what_it_leaves_empty() {
    for (syntax, text, removed, expected) in CASES {
        let found = extract(*syntax, text, &[]);
        let ids: Vec<SettingId> = found.settings.ids().collect();
        let removed: Vec<SettingId> = removed.iter().map(|one| ids[*one]).collect();
        let rest = found.removal(text, &removed).map(|edits| applied(text, &edits));
        assert_eq!(rest.as_deref(), *expected, "{removed:?} of {text}");
        assert_eq!(fault(*syntax, text, &found, &removed, &mut 0), None);
    }
}
