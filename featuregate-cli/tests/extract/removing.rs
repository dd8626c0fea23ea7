//! Settings are taken out, and the rest of the file stays as it is.

use featuregate_cli::extract::{Extract, Syntax, extract};
use featuregate_cli::finding::Edit;

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
    found.settings.iter().map(|one| (one.name.clone(), format!("{:?}", one.value))).collect()
}

/// What is wrong with taking out settings, if anything; `None` from the extractor is told in `refused`.
pub(crate) fn fault(
    syntax: Syntax,
    text: &str,
    found: &Extract,
    gone: &[usize],
    refused: &mut usize,
) -> Option<String> {
    let Some(edits) = found.removal(text, gone) else {
        *refused += 1;
        return None;
    };
    let rest = applied(text, &edits);
    let after = extract(syntax, &rest, &[]);
    let kept = names(found).into_iter().enumerate().filter(|(index, _)| !gone.contains(index));
    let kept: Vec<_> = kept.map(|(_, one)| one).collect();
    if names(&after) != kept || after.skipped.len() > found.skipped.len() {
        let skipped = &after.skipped;
        return Some(format!(
            "{gone:?} left {:?} {skipped:?}, not {kept:?}:\n{rest}",
            names(&after)
        ));
    }
    None
}

/// Subsets of `count` things, by an arbitrary but fixed sequence.
pub(crate) fn subsets(count: usize) -> Vec<Vec<usize>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut subsets: Vec<Vec<usize>> = (0..count).map(|one| vec![one]).collect();
    subsets.push((0..count).collect());
    for _ in 0..20 {
        let subset = (0..count).filter(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 63 == 1
        });
        subsets.push(subset.collect());
    }
    subsets
}
