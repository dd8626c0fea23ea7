//! What a script prints for people.

use featuregate_core::__private::slice;

/// Whether a line prints something for people: `echo` or `printf` with words, unless the output goes to a file or to
/// another command. What has an argument or an assignment first may be what a caller takes.
pub(super) fn is_printed(line: &str) -> bool {
    let mut words = line.split_whitespace();
    if !matches!(words.next(), Some("echo" | "printf")) {
        return false;
    }
    let option = |word: &&str| matches!(*word, "-n" | "-e" | "-en" | "-ne" | "--");
    let first = words.find(|word| !option(word)).unwrap_or_default();
    let first = first.trim_start_matches(['"', '\'']);
    !first.starts_with('-') && !first.contains('=') && !goes_on(line)
}

fn goes_on(line: &str) -> bool {
    let mut quote = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            // Standard error is for people as well.
            None if rest.starts_with(">&2") => {}
            None if matches!(c, '>' | '|') => return true,
            _ => {}
        }
        rest = slice(rest, c.len_utf8()..);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_printed;

    #[test]
    fn words_that_go_nowhere_are_for_people() {
        for line in ["echo use 'a|b'", "printf \"a > b\" x=y >&2", "  echo -n \"usage: x --y=z\""] {
            assert!(is_printed(line), "{line}");
        }
        for line in [
            "echo a|b",
            "printf a >b",
            "echo \"--y=z\"",
            "echo -e 'Y=z'",
            "cat",
            "kubelet --y=z",
            "",
        ] {
            assert!(!is_printed(line), "{line}");
        }
    }
}
