//! The comments of a text in YAML, found by a simple scanner of lines.

use similar::{DiffOp, TextDiff};

/// The comment of each line of TOML that is at its end, and is named as those of mutants are.
pub(crate) fn toml(text: &str) -> Vec<Option<String>> {
    let comment = |line: &str| {
        let (_, number) = line.trim_end().rsplit_once("# c")?;
        number.chars().all(|it| it.is_ascii_digit()).then(|| number.to_owned())
    };
    text.lines().map(comment).collect()
}

/// The comment of each line of YAML, if it has one.
pub(crate) fn yaml(text: &str) -> Vec<Option<String>> {
    let mut comments = Vec::new();
    let mut quote: Option<char> = None;
    // The column that the lines of a block scalar begin at, once known, and the one that they are right of.
    let mut block: Option<(Option<usize>, usize)> = None;
    for line in text.lines() {
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let is_empty = line.trim().is_empty();
        if let Some((content, outer)) = &mut block {
            let start = *content.get_or_insert(if is_empty { usize::MAX } else { indentation });
            if is_empty {
                if start == usize::MAX {
                    *content = None;
                }
                comments.push(None);
                continue;
            }
            if indentation >= start && start >= *outer {
                comments.push(None);
                continue;
            }
            block = None;
        }
        let comment = comment(line, &mut quote);
        let code = comment.map_or(line, |at| line.get(..at).unwrap()).trim_end();
        if quote.is_none() && opens_a_block(code) {
            // Right of the key that has the scalar, or of the dash.
            let dashes =
                code.trim_start().split("- ").take_while(|it| it.trim().is_empty()).count();
            block = Some((
                None,
                indentation + 2 * dashes.saturating_sub(1) + usize::from(code.contains(": ")),
            ));
        }
        comments.push(comment.and_then(|at| line.get(at..)).map(|it| it.trim_end().to_owned()));
    }
    comments
}

/// Where the comment of a line begins. `quote` is the mark of a text in quotes that has begun and not ended.
fn comment(line: &str, quote: &mut Option<char>) -> Option<usize> {
    let mut before = ' ';
    let mut token_starts = true;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match *quote {
            Some('"') if letter == '\\' => drop(letters.next()),
            Some('\'') if letter == '\'' && letters.next_if(|it| it.1 == '\'').is_some() => {}
            Some(mark) if letter == mark => *quote = None,
            None if letter == '#' && before.is_whitespace() => return Some(at),
            None if (letter == '"' || letter == '\'') && token_starts => *quote = Some(letter),
            // An anchor or a tag comes before the value.
            None if (letter == '&' || letter == '!') && token_starts => {
                while letters.next_if(|it| !it.1.is_whitespace()).is_some() {}
                before = letter;
                continue;
            }
            _ => {}
        }
        token_starts = match letter {
            _ if quote.is_some() => false,
            ':' | '-' | ',' | '[' | '{' | '?' => true,
            letter if letter.is_whitespace() => token_starts,
            _ => false,
        };
        before = letter;
    }
    None
}

/// Whether the last word of a line is that of a block scalar.
fn opens_a_block(code: &str) -> bool {
    let (rest, last) = code.rsplit_once([' ', '\t']).unwrap_or(("", code));
    let mut letters = last.chars();
    let header = matches!(letters.next(), Some('|' | '>'))
        && letters.all(|letter| matches!(letter, '+' | '-' | '1'..='9'));
    let rest = rest.trim();
    header && (rest.is_empty() || rest.ends_with([':', '-', '?']) || rest.contains(['&', '!']))
}

/// Whether a text keeps its comments, except for those between and beside lines that were removed.
pub(crate) fn kept(
    old: &str,
    new: &str,
    scan: fn(&str) -> Vec<Option<String>>,
) -> Result<(), String> {
    let (before, after) = (scan(old), scan(new));
    let diff = TextDiff::from_lines(old, new);
    for op in diff.ops() {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let removed = old_range.len().saturating_sub(new_range.len());
        let named = |all: &[Option<String>], range: std::ops::Range<usize>| -> Vec<String> {
            all.get(range).unwrap_or_default().iter().flatten().cloned().collect()
        };
        let mut left = named(&after, new_range.clone()).into_iter().peekable();
        let lost: Vec<String> = named(&before, old_range)
            .into_iter()
            .filter(|comment| left.next_if(|it| it == comment).is_none())
            .collect();
        // Of two lines that are the same, either may be the one that was removed.
        if let Some(more) = left.find(|more| !before.contains(&Some(more.clone()))) {
            return Err(format!("{more:?} became a comment"));
        }
        // Where a dash or a bracket stays, its line is changed and not removed.
        let lines = new.lines().skip(new_range.start).take(new_range.len());
        let stays =
            |line: &str| line.trim_matches([' ', '\t', '-', '[', '{', ']', '}', ',']).is_empty();
        let changed = usize::from(removed > 0 || lines.into_iter().any(stays));
        if lost.len() > removed + changed {
            return Err(format!("the comments {lost:?} are lost"));
        }
    }
    Ok(())
}

#[test]
fn only_comments_are_found() {
    let text = "# a\nw: &a \"# no\"\nx: 'it''s # no' # b\ny: |  # c\n  # text\n\n # d\nz: it's # e\n- \"a\\\" # no\n  # no\" # f\nk: a#no\n";
    let found: Vec<String> = yaml(text).into_iter().flatten().collect();
    assert_eq!(found, ["# a", "# b", "# c", "# d", "# e", "# f"]);
}
