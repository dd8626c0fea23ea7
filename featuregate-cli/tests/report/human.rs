use std::time::{Duration, Instant};

use featuregate_cli::finding::{Level, Subject, Tally};
use featuregate_cli::report::Format;

use crate::sample::{Example, Sample, everything};

const UNKNOWN: Example<'_> = Example {
    rule: "unknown-gate",
    level: Level::Error,
    message: "unknown gate",
    help: "remove the setting",
    fix: None,
};

#[test]
fn each_finding_is_shown_with_its_line() {
    insta::assert_snapshot!(everything(&[36]).rendered(Format::Human));
}

#[test]
fn findings_for_several_targets_are_merged() {
    insta::assert_snapshot!(everything(&[34, 35, 36]).rendered(Format::Human));
}

#[test]
fn a_report_for_a_terminal_has_styles() {
    let styled = everything(&[36]).styled(Format::Human);
    assert!(styled.contains("\u{1b}[1m\u{1b}[91merror[removed-gate]"), "{styled}");
    assert!(styled.contains("\u{1b}[1m\u{1b}[91m3 errors\u{1b}[0m"), "{styled}");
}

#[test]
fn a_report_without_findings_is_one_sentence() {
    let tally = |count, accepted| Tally { count, files: 1, accepted, ..Tally::default() };
    let sample = |minors: &[u32], count, accepted| {
        let mut sample = Sample::against(minors).file("a.yaml", "").file("b.yaml", "");
        sample.0.tally = tally(count, accepted);
        sample
    };
    let mut declared = sample(&[36], 3, false);
    declared.0.tally.subject = Subject::Gate;
    let cases = [
        (Sample::against(&[36]), "no files checked\n"),
        (sample(&[36], 0, true), "ok: no settings in 2 files\n"),
        (sample(&[35, 36], 12, true), "ok: 12 settings in 1 file accepted by 1.35 and 1.36\n"),
        (sample(&[36], 1, false), "ok: 1 setting in 1 file checked against 1.36\n"),
        (declared, "ok: 3 gates in 1 file checked against 1.36\n"),
    ];
    for (sample, expected) in cases {
        assert_eq!(sample.rendered(Format::Human), expected);
    }
}

#[test]
fn locations_skipped_for_one_reason_are_merged() {
    let mut sample = Sample::against(&[36]);
    for line in 1..=30 {
        sample =
            sample.skipped("chart/values.yaml", Some(line), "a template action is not evaluated");
        sample = sample.skipped(&format!("logo-{line}.yaml"), None, "it is binary");
    }
    insta::assert_snapshot!(sample.rendered(Format::Human));
}

#[test]
fn a_finding_without_its_text_is_shown_without_its_line() {
    let mut sample = everything(&[35, 36]);
    sample.0.texts.clear();
    insta::assert_snapshot!(sample.rendered(Format::Human));
}

#[test]
fn a_line_of_ten_megabytes_is_cut_around_the_gate() {
    let filler = "\"x\": \"ä東\", ".repeat(600_000);
    let line = format!("{{{filler}\"featureGates\": {{\"NodeSwop\": true}}, {filler}}}");
    assert!(line.len() > 15_000_000);
    let mut sample = Sample::against(&[36]).file("minified.json", &line);
    sample = sample.finding("minified.json", "NodeSwop", UNKNOWN);
    let rendered = sample.rendered(Format::Human);
    let shown_line = rendered.lines().find(|line| line.contains("featureGates")).unwrap();
    assert!(shown_line.starts_with("1 | ...") && shown_line.ends_with("..."), "{shown_line}");
    assert!(shown_line.chars().count() <= 150, "{shown_line}");
    let caret = rendered.lines().find(|line| line.contains("^^^^^^^^")).unwrap();
    let columns = |line: &str, upto: &str| -> usize {
        let before = &line[..line.find(upto).unwrap()];
        before.chars().map(|c| if c == '東' { 2 } else { 1 }).sum()
    };
    assert_eq!(columns(caret, "^"), columns(shown_line, "NodeSwop"), "{shown_line}\n{caret}");
    let at = line.find("NodeSwop").unwrap();
    let column = line[..at].chars().count() + 1;
    assert!(rendered.contains(&format!("--> minified.json:1:{column}\n")), "{rendered}");
}

#[test]
fn many_findings_in_one_long_line_cost_no_more_than_their_number() {
    let line = "Gate=true,".repeat(200_000);
    let mut sample = Sample::against(&[36]).file("x.env", &line);
    sample = sample.finding("x.env", "Gate", UNKNOWN);
    let first = sample.0.findings.remove(0);
    let mut time = |format: Format, findings: usize| {
        sample.0.findings.clear();
        for at in (0..findings).map(|finding| finding * 1_000) {
            let mut finding = first.clone();
            finding.location.column += u32::try_from(at).unwrap();
            finding.span = at..at + 4;
            sample.0.findings.push(finding);
        }
        let start = Instant::now();
        assert!(sample.styled(format).len() > findings * 50);
        start.elapsed()
    };
    for format in [Format::Human, Format::Json] {
        // Tried again, since something else may have kept the machine busy.
        let slow =
            |_: &usize| time(format, 2_000) > time(format, 200) * 40 + Duration::from_millis(20);
        assert!((0..5).take_while(slow).count() < 5, "{format:?}");
    }
}

#[test]
fn nothing_in_a_file_or_its_name_controls_the_terminal() {
    let text = "A\u{1b}[2J: \u{202e}eurt\u{202c} # \u{9b}31m \u{2028}\r\u{7}\n";
    let path = "dir/\u{1b}]0;title\u{7}\n\u{202e}x.yaml";
    let rendered = Example {
        message: "gate \u{1b}[31mA\u{202e} is unknown",
        help: "write \u{9b}A\nor remove it",
        fix: Some(("write \u{1b}A", (0, 1), "\u{1b}")),
        ..UNKNOWN
    };
    let sample = Sample::against(&[36]).file(path, text).finding(path, "A\u{1b}", rendered);
    let sample = sample.skipped(path, Some(3), "a \u{1b}[31m");
    for format in [Format::Human, Format::Json] {
        let rendered = sample.rendered(format);
        let bad = rendered
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || ('\u{2028}'..='\u{202e}').contains(c));
        assert_eq!(bad, None, "{rendered}");
    }
    insta::assert_snapshot!(sample.rendered(Format::Human));
}
