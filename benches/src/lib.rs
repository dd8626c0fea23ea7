//! The figures of the benchmarks, as tables in `docs/figures.md`; and the command, where it is what is measured.

pub mod command;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Prints the figures of a benchmark as a Markdown table. With `FEATUREGATE_FIGURES=1`, it also replaces the
/// section of that name in `docs/figures.md`, if the benchmark was run to measure (cargo passes `--bench`).
///
/// # Errors
///
/// The file cannot be read or written, or it does not contain the section.
#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
pub fn publish(section: &str, header: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let table = table(header, rows);
    print!("{table}");
    let measured = env::args().any(|argument| argument == "--bench");
    if measured && env::var_os("FEATUREGATE_FIGURES").is_some_and(|value| value == "1") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/figures.md");
        let document = replaced(&fs::read_to_string(&path)?, section, &table)?;
        fs::write(path, document)?;
    }
    Ok(())
}

fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(header.len()));
    for row in rows {
        // Writing to a `String` cannot fail.
        let _ = writeln!(table, "| {} |", row.join(" | "));
    }
    table
}

/// The document with another table between `<!-- begin: SECTION -->` and `<!-- end: SECTION -->`.
fn replaced(document: &str, section: &str, table: &str) -> io::Result<String> {
    let (begin, end) = (format!("<!-- begin: {section} -->\n"), format!("<!-- end: {section} -->"));
    let parts = document.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(&end)?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| io::Error::other(format!("no section {section}")))?;
    Ok(format!("{before}{begin}{table}{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{replaced, table};

    #[test]
    fn a_table_replaces_only_what_is_between_its_marks() {
        let document = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb\n";
        let table = table(&["", "ms"], &[vec!["read".to_owned(), "2".to_owned()]]);
        let expected =
            "a\n<!-- begin: x -->\n| | ms |\n|---|---|\n| read | 2 |\n<!-- end: x -->\nb\n";
        let new = replaced(document, "x", &table).unwrap();
        assert_eq!(new, expected.replace("| | ms", "|  | ms"));
        assert_eq!(replaced(&new, "x", &table).unwrap(), new);
        assert!(replaced(document, "y", &table).is_err());
    }

    #[test]
    fn every_benchmark_has_a_section() {
        let document = include_str!("../../docs/figures.md");
        let sections = [
            "check",
            "instructions",
            "compile",
            "configs",
            "resolve",
            "size",
            "combinations",
            "uses",
        ];
        for section in sections {
            assert!(replaced(document, section, "").is_ok(), "{section}");
        }
    }
}
