//! No text makes the extractor panic, hang, or report wrong positions.

use std::fmt::Write as _;

use featuregate_cli::extract::{Extract, Given, Syntax, extract, mentions};
use proptest::prelude::*;

use crate::fixtures::fixtures;
use crate::removing::applied;

const SYNTAXES: [Syntax; 5] =
    [Syntax::Yaml, Syntax::Json, Syntax::Toml, Syntax::Shell, Syntax::Unknown];

/// Reads a text, takes everything out one by one and all at once, and checks every location.
fn check(syntax: Syntax, text: &str) -> Extract {
    let found = extract(syntax, text, &["toggles".to_owned()]);
    for setting in found.settings.values() {
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
        if matches!(setting.value, Given::Sign(_) | Given::Listed(_)) {
            assert!(value.is_empty(), "{syntax:?} {text:?}");
        }
        assert!(found.lists.ids().any(|list| list == setting.list));
    }
    assert!(found.settings.values().is_sorted_by_key(|setting| setting.name_span.start));
    if !found.settings.is_empty() {
        assert!(mentions(text, &["toggles".to_owned()]) || text.contains('\\'), "{text:?}");
    }
    let all: Vec<_> = found.settings.ids().collect();
    let subsets = all.iter().map(|one| vec![*one]).take(20).chain([all.clone()]);
    for subset in subsets {
        if let Some(edits) = found.removal(text, &subset) {
            assert!(edits.is_sorted_by(|one, next| one.span.1 <= next.span.0), "{edits:?}");
            // Would fail for wrong positions.
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
        let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let start = at.index(boundaries.len());
        let end = (start + length).min(boundaries.len() - 1);
        let changed = format!("{}{piece}{}", &text[..boundaries[start]], &text[boundaries[end.max(start)]..]);
        check(*syntax, &changed);
    }
}

#[test]
fn a_string_of_toml_without_closing_quotes_has_no_wrong_value() {
    for open in ["\"", "'", "\"\"\"", "'''"] {
        for text in [
            format!("feature-gates = {open}A=true"),
            format!("feature-gates = {open}A=true\n"),
            format!("toggles = {open}é"),
            format!("toggles = {open}"),
            format!("{open}toggles😀"),
            format!("[toggles.{open}😀"),
        ] {
            let found = check(Syntax::Toml, &text);
            let value = |value: &Given| matches!(value, Given::Text(text) if text == "true");
            assert!(found.settings.values().all(|it| value(&it.value)), "{text:?}: {found:?}");
        }
    }
}

/// Reads a text and removes everything from it.
fn read(syntax: Syntax, text: &str) -> Extract {
    let found = extract(syntax, text, &[]);
    let all: Vec<_> = found.settings.ids().collect();
    let _ = found.removal(text, &all);
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
        let found = read(Syntax::Yaml, &text);
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
    assert_eq!(read(Syntax::Yaml, &indented).skipped.len(), 1);
    let json = format!(
        "{{\"featureGates\":{{\"A\":true}},\"x\":{}1{}}}",
        "[".repeat(1000),
        "]".repeat(1000)
    );
    let found = read(Syntax::Json, &json);
    assert_eq!((found.settings.len(), found.skipped.len()), (1, 1));
    let toml = format!("feature_gates.A = true\nx = {}1{}\n", "[".repeat(1000), "]".repeat(1000));
    let found = read(Syntax::Toml, &toml);
    assert_eq!((found.settings.len(), found.skipped.len()), (1, 1), "{:?}", found.skipped);
    let mut quoted = "featureGates: {A: true}".to_owned();
    for _ in 0..12 {
        quoted = serde_json::json!({ "x": quoted }).to_string();
    }
    assert!(read(Syntax::Json, &quoted).settings.len() <= 1);
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
    let found = read(Syntax::Yaml, &text);
    assert_eq!(found.settings.len(), 1);
    let many = (0..20_000).fold(String::new(), |mut text, number| {
        writeln!(
            text,
            "- featureGates: &x{number} {{A{number}: true}}\n- featureGates: *x{number}"
        )
        .unwrap();
        text
    });
    assert_eq!(read(Syntax::Yaml, &many).settings.len(), 20_000);
    let own = "featureGates: &a {A: true, <<: *a, B: [*a]}\n";
    assert_eq!(read(Syntax::Yaml, own).settings.len(), 2);
}

#[test]
fn an_argument_can_begin_within_the_one_before() {
    let text = "afeatufeatureGates:\n  -gates=A=true%\\\n   -gates=AARGS=\"--feAture-gates=A\
                \0\0\0\0\0\0\0\0\"\"\"\"\"\"\"\"\"\0\0\0\0\0\0=t --x\"\n";
    // A text that is cut at a bound that does not fit panics in a debug build.
    for syntax in SYNTAXES {
        let found = extract(syntax, text, &["gates".to_owned()]);
        for setting in found.settings.values() {
            assert!(text.get(setting.name_span.clone()).is_some(), "{syntax:?}");
        }
    }
}

#[test]
fn a_script_that_is_not_valid_is_read_in_whole_characters() {
    check(Syntax::Shell, "featureGates\\\r¡featureGates");
}
