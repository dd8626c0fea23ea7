//! No text makes the extractor panic, hang, or tell places that are none.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use featuregate_cli::extract::{Extract, Given, Syntax, extract, mentions};
use proptest::prelude::*;

use crate::fixtures::fixtures;
use crate::removing::applied;

const SYNTAXES: [Syntax; 5] =
    [Syntax::Yaml, Syntax::Json, Syntax::Toml, Syntax::Lines, Syntax::Unknown];

/// Reads a text, takes everything out one by one and all at once, and checks every place.
fn check(syntax: Syntax, text: &str) -> Extract {
    let found = extract(syntax, text, &["toggles".to_owned()]);
    for setting in &found.settings {
        let name = text.get(setting.name_span.clone()).unwrap();
        let value = text.get(setting.value_span.clone()).unwrap();
        // A name or value with an escape or an end of line in it is written otherwise.
        let as_written = |text: &str| !text.contains(['\\', '\n', '\'', '"']);
        if as_written(name) {
            assert_eq!(name, setting.name, "{syntax:?} {text:?}");
        }
        if let Given::Text(given) = &setting.value
            && as_written(value)
            && !value.starts_with('*')
        {
            assert_eq!(value, given, "{syntax:?} {text:?}");
        }
        assert!(setting.list < found.lists.len());
    }
    assert!(found.settings.is_sorted_by_key(|setting| setting.name_span.start));
    if !found.settings.is_empty() {
        assert!(mentions(text, &["toggles".to_owned()]) || text.contains('\\'), "{text:?}");
    }
    let all: Vec<usize> = (0..found.settings.len()).collect();
    let subsets = all.iter().map(|one| vec![*one]).take(20).chain([all.clone()]);
    for subset in subsets {
        if let Some(edits) = found.removal(text, &subset) {
            // Would fail for places that overlap or are none.
            let _ = applied(text, &edits);
        }
    }
    found
}

/// Pieces that texts with gates are made of.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "featureGates",
        "feature-gates",
        "--feature-gates",
        "toggles",
        "FEATURE_GATES",
        ":",
        ": ",
        "=",
        ",",
        "\n",
        "\r\n",
        "  ",
        "    ",
        "\t",
        "- ",
        "- - ",
        "-",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "\\\n",
        "|\n",
        "|2-\n",
        ">\n",
        "#",
        " # ",
        "&a ",
        "*a",
        "<<: ",
        "? ",
        "!t ",
        "---\n",
        "...\n",
        "A",
        "true",
        "false",
        "A=true",
        "A: true\n",
        "B=false",
        "{{ x }}",
        "{{ if x }}",
        "{{ end }}",
        "{{",
        "}}",
        "{% x %}",
        "{#",
        "#}",
        "${V}",
        "$(V)",
        "$V",
        "é",
        "\u{2028}",
        "😀",
        "\\u0041",
        "\\ud83d\\ude00",
        "name: ",
        "value: ",
        "enabled: ",
        "null",
        "~",
        "kubelet ",
        "export ",
        "[a]\n",
        "[[a]]\n",
        "a.b = ",
        "\"\"\"",
        "'''",
        "//",
        "/*",
        "*/",
        "\u{feff}",
        "%YAML 1.2\n",
        "@",
        "`",
        "MIME-Version: 1.0\n",
        "boundary=x\n",
        "--x\n",
        "op: add\n",
        "path: /a\n",
    ];
    let words = prop::sample::select(words.map(str::to_owned).to_vec());
    let piece = prop_oneof![20 => words, 1 => any::<char>().prop_map(|c| c.to_string())];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_read_into_nonsense(text in pieces()) {
        for syntax in SYNTAXES {
            check(syntax, &text);
        }
        featuregate_cli::extract::fuzzed::extracting(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_fixture_with_a_change_is_read_into_nonsense(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0..12_usize,
        piece in pieces(),
    ) {
        let fixtures = fixtures();
        let (_, syntax, text) = which.get(&fixtures);
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let start = at.index(places.len());
        let end = (start + length).min(places.len() - 1);
        let changed = format!("{}{piece}{}", &text[..places[start]], &text[places[end.max(start)]..]);
        check(*syntax, &changed);
    }
}

/// Fails if a text takes longer than a text of its length may.
fn quick(what: &str, syntax: Syntax, text: &str) -> Extract {
    let start = Instant::now();
    let found = extract(syntax, text, &[]);
    let all: Vec<usize> = (0..found.settings.len()).collect();
    let _ = found.removal(text, &all);
    let took = start.elapsed();
    let limit =
        Duration::from_millis(500) + Duration::from_micros(8) * u32::try_from(text.len()).unwrap();
    assert!(took < limit, "{what}: {took:?} for {} bytes", text.len());
    found
}

#[test]
fn deep_nesting_is_skipped_with_its_reason() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("{\"a\":", "}")] {
        let text = format!(
            "featureGates: {{A: true}}\nx: \n {}1{}\n",
            open.repeat(1000),
            close.repeat(1000)
        );
        let found = quick(open, Syntax::Yaml, &text);
        assert_eq!(
            (found.settings.len(), found.skipped.len()),
            (1, 1),
            "{open}: {:?}",
            found.skipped
        );
        assert!(found.skipped[0].0.is_some_and(|line| line >= 2));
    }
    let indented: String =
        (0..1000).fold("featureGates: {A: true}\n".to_owned(), |mut text, depth| {
            writeln!(text, "{}a:", " ".repeat(depth)).unwrap();
            text
        });
    assert_eq!(quick("indented", Syntax::Yaml, &indented).skipped.len(), 1);
    let json = format!(
        "{{\"featureGates\":{{\"A\":true}},\"x\":{}1{}}}",
        "[".repeat(1000),
        "]".repeat(1000)
    );
    let found = quick("json", Syntax::Json, &json);
    assert_eq!((found.settings.len(), found.skipped.len()), (1, 1));
    let toml = format!("feature_gates.A = true\nx = {}1{}\n", "[".repeat(1000), "]".repeat(1000));
    let found = quick("toml", Syntax::Toml, &toml);
    assert_eq!((found.settings.len(), found.skipped.len()), (1, 1), "{:?}", found.skipped);
    let dotted = format!("{}featureGates = {{A = true}}\n", "a.".repeat(100_000));
    quick("dotted", Syntax::Toml, &dotted);
    let mut quoted = "featureGates: {A: true}".to_owned();
    for _ in 0..12 {
        quoted = serde_json::json!({ "x": quoted }).to_string();
    }
    assert!(quick("quoted", Syntax::Json, &quoted).settings.len() <= 1);
}

#[test]
fn aliases_cost_no_more_than_they_are_long() {
    let mut text = "a0: &a0 {A: true}\n".to_owned();
    for level in 1..60 {
        let before = level - 1;
        writeln!(
            text,
            "a{level}: &a{level} {{<<: [{}]}}",
            vec![format!("*a{before}"); 20].join(", ")
        )
        .unwrap();
    }
    text.push_str("featureGates: *a59\n");
    let found = quick("bomb", Syntax::Yaml, &text);
    assert_eq!(found.settings.len(), 1);
    let many = (0..20_000).fold(String::new(), |mut text, number| {
        writeln!(
            text,
            "- featureGates: &x{number} {{A{number}: true}}\n- featureGates: *x{number}"
        )
        .unwrap();
        text
    });
    assert_eq!(quick("anchors", Syntax::Yaml, &many).settings.len(), 20_000);
    let own = "featureGates: &a {A: true, <<: *a, B: [*a]}\n";
    assert_eq!(quick("itself", Syntax::Yaml, own).settings.len(), 2);
}

#[test]
fn long_texts_take_time_by_their_length() {
    let mega = 1 << 20;
    let cases: Vec<(&str, Syntax, String)> = vec![
        (
            "one line",
            Syntax::Yaml,
            format!("x: {}\nfeatureGates: {{A: true}}\n", "a ".repeat(5 * mega)),
        ),
        ("commas", Syntax::Yaml, format!("feature-gates: \"A=true{}\"\n", ",".repeat(mega))),
        ("items", Syntax::Yaml, format!("feature-gates: {}\n", "A=true,".repeat(mega / 16))),
        ("signs", Syntax::Yaml, format!("- --feature-gates={}\n", "+a,-b,c,".repeat(mega / 32))),
        ("arguments", Syntax::Lines, "--feature-gates=A=true ".repeat(mega / 32)),
        ("mentions", Syntax::Lines, "feature-gates".repeat(mega / 16)),
        ("names", Syntax::Lines, "FEATURE_GATES=".repeat(mega / 16)),
        ("quotes", Syntax::Lines, "FEATURE_GATES=\"".repeat(mega / 16)),
        ("variables", Syntax::Lines, "FEATURE_GATES=${".repeat(mega / 16)),
        ("words", Syntax::Lines, "--feature-gates ".repeat(mega / 16)),
        ("continued", Syntax::Lines, "kubelet --feature-gates=A=true \\\n".repeat(mega / 32)),
        ("lines", Syntax::Lines, "FEATURE_GATES=A=true\n".repeat(mega / 32)),
        ("map", Syntax::Yaml, format!("featureGates:\n{}", "  A: true\n".repeat(mega / 16))),
        ("maps", Syntax::Yaml, "- featureGates: {A: true}\n".repeat(mega / 32)),
        ("flow", Syntax::Yaml, format!("featureGates: {{{}}}\n", "A: true, ".repeat(mega / 16))),
        (
            "flow lines",
            Syntax::Json,
            format!(
                "{{\"featureGates\": {{\n{}\"B\": true}}}}",
                "\"A\": true,\n".repeat(mega / 16)
            ),
        ),
        ("list", Syntax::Yaml, format!("featureGates:\n{}", "- A=true\n".repeat(mega / 16))),
        ("documents", Syntax::Yaml, "---\nfeatureGates: {A: true}\n".repeat(mega / 32)),
        ("broken documents", Syntax::Yaml, "---\nfeatureGates: {A: true]\n".repeat(mega / 64)),
        ("blocks", Syntax::Yaml, "- |\n  featureGates:\n    A: true\n".repeat(mega / 64)),
        (
            "script",
            Syntax::Yaml,
            format!("run: |\n{}", "  kubelet --feature-gates=A=true\n".repeat(mega / 64)),
        ),
        (
            "escapes",
            Syntax::Json,
            format!("\"{}--feature-gates=A=true\"", "\\u0041\\n".repeat(mega / 16)),
        ),
        (
            "actions",
            Syntax::Yaml,
            format!(
                "featureGates:\n{}",
                "  {{ if x }}\n  A: {{ x }}\n  {{ end }}\n  B: true\n".repeat(mega / 256)
            ),
        ),
        (
            "action items",
            Syntax::Yaml,
            format!("feature-gates: {}\n", "A={{ x }},".repeat(mega / 64)),
        ),
        ("blanks", Syntax::Yaml, format!("x: |\n  featureGates=\n{}\n  x\n", "\n".repeat(mega))),
        ("dashes", Syntax::Lines, "-".repeat(mega)),
        ("openers", Syntax::Lines, "featureGates{{".repeat(mega / 16)),
        ("closed late", Syntax::Lines, format!("{}}}}}", "featureGates{{".repeat(mega / 16))),
        (
            "values",
            Syntax::Yaml,
            format!(
                "x:\n{}",
                "  name: feature-gates\n  value: --feature-gates=A=true\n".repeat(mega / 64)
            ),
        ),
        (
            "objects",
            Syntax::Yaml,
            format!("featureGates:\n{}", "- name: A\n  enabled: true\n".repeat(mega / 64)),
        ),
        ("pairs", Syntax::Yaml, "- name: feature-gates\n  value: A=true\n".repeat(mega / 64)),
        ("tables", Syntax::Toml, "[[x]]\nfeatureGates = {A = true}\n".repeat(mega / 64)),
        ("backslashes", Syntax::Lines, format!("featureGates={}", "\\".repeat(mega))),
        (
            "comments",
            Syntax::Yaml,
            format!("featureGates: {{A: true,\n{}}}", "# c, d\n".repeat(mega / 16)),
        ),
    ];
    for (what, syntax, text) in cases {
        let found = quick(what, syntax, &text);
        for setting in found.settings.iter().take(3) {
            assert!(text.get(setting.name_span.clone()).is_some());
        }
    }
}
