//! One text of each notation, also of those that no real file at hand has.

use featuregate_cli::extract::Syntax::{Json, Lines, Toml, Unknown, Yaml};
use featuregate_cli::extract::{Given, ListKind, Syntax, extract, extract_with_layout};
use featuregate_cli::text;

/// The settings of a text as `line:column NAME=VALUE`, and what was skipped as `line: reason`.
fn told(syntax: Syntax, text: &str) -> Vec<String> {
    let found = extract(syntax, text, &["switches".to_owned()]);
    let lines = text::Lines::of(text);
    let settings = found.settings.iter().map(|setting| {
        let text::Place { line, column } = lines.place(setting.name_span.start);
        let value = match &setting.value {
            Given::Text(value) => value.clone(),
            Given::Sign(on) => format!("{on}!"),
            Given::Other(what) => format!("<{what}>"),
        };
        format!("{line}:{column} {}={value}", setting.name)
    });
    let skipped = found.skipped.iter().map(|(line, reason)| format!("{}: {reason}", line.unwrap()));
    settings.chain(skipped).collect()
}

#[test]
fn each_notation_is_read() {
    let template = "what a template inserts is not known";
    let variable = "what a variable inserts is not known";
    let cases: &[(Syntax, &str, &[&str])] = &[
        // Maps.
        (Yaml, "featureGates:\n  A: true\n  B: \"False\"\n", &["2:3 A=true", "3:3 B=False"]),
        (Yaml, "featureGates: {A: True, 'B': yes}", &["1:16 A=True", "1:26 B=yes"]),
        (Yaml, "x:\n  feature_gates:\n    A: 1\n", &["3:5 A=1"]),
        (Yaml, "feature-gates:\n  A: t # B: f\n  # C: true\n", &["2:3 A=t"]),
        (Yaml, "featureGatesMap: {A: f}", &["1:19 A=f"]),
        (Yaml, "switches: {A: f}", &["1:12 A=f"]),
        (Yaml, "featureGates:\n  A: null\n  B: ~\n  C:\n  D: \"\"\n", &["5:3 D="]),
        (Yaml, "featureGates: {}\nx: {featureGates: }\n", &[]),
        (
            Yaml,
            "featureGates:\n  A: {B: true}\n  C: [true]\n",
            &["2:3 A=<a map>", "3:3 C=<a list>"],
        ),
        (
            Yaml,
            "featureGates: # why\n\n  # A\n  A: true\n---\nfeatureGates: {B: true}\n",
            &["4:3 A=true", "6:16 B=true"],
        ),
        (Yaml, "ä: ö\nfeatureGates: {\"ä\": ö, A: true}", &["2:17 ä=ö", "2:24 A=true"]),
        (Yaml, "a: &g {A: true}\nfeatureGates: *g\nb: {featureGates: *g}\n", &["1:8 A=true"]),
        (
            Yaml,
            "g: &g\n  A: true\nfeatureGates:\n  <<: *g\n  B: true\n",
            &["2:3 A=true", "5:3 B=true"],
        ),
        (Yaml, "featureGates: *nowhere\nb: {feature_gates: {B: true}}", &["2:21 B=true"]),
        (Yaml, "featureGates:\n  A: &on true\n  B: *on\n", &["2:3 A=true", "3:3 B=true"]),
        (
            Json,
            "{\n\t\"featureGates\":{\"A\":true,\n\t\t\"B\" : false}\n}",
            &["2:19 A=true", "3:4 B=false"],
        ),
        (Json, "{\"x\": \"{\\\"featureGates\\\": {\\\"A\\\": true}}\"}", &["1:30 A=true"]),
        (Json, "\u{feff}{\"featureGates\": {\"A\": true}}", &["1:21 A=true"]),
        (
            Toml,
            "[kubelet.featureGates]\nA = true\n\"B\" = \"false\"\n",
            &["2:1 A=true", "3:2 B=false"],
        ),
        (Toml, "feature-gates = { A = true, B = false }\n", &["1:19 A=true", "1:29 B=false"]),
        (Toml, "feature_gates.A = true\nx = 1\n", &["1:15 A=true"]),
        (
            Toml,
            "args = [\"--feature-gates=A=true\", '--feature-gates', 'B=f']\n",
            &["1:26 A=true", "1:55 B=f"],
        ),
        // Texts.
        (Yaml, "extraArgs:\n  feature-gates: A=true,B=false\n", &["2:18 A=true", "2:25 B=false"]),
        (
            Yaml,
            "\"--feature-gates\": 'A=true, ,B'\n",
            &["1:21 A=true", "1:29 =true!", "1:30 B=true!"],
        ),
        (Yaml, "feature-gates: >-\n  A=true,\n  B=false\n", &["2:3 A=true", "3:3 B=false"]),
        (Yaml, "feature-gates: \"A=true,\\\n  B=false\"\n", &["1:17 A=true", "2:3 B=false"]),
        (
            Yaml,
            "feature-gates: +a.b,-c.d,e\n",
            &["1:17 a.b=true!", "1:22 c.d=false!", "1:26 e=true!"],
        ),
        (Yaml, "feature-gates: \"\"\nfeatureGates: true\n", &[]),
        // Lists.
        (
            Yaml,
            "kube_feature_gates:\n- A=true\n- B\n- \"C=f,D=t\"\n",
            &["2:3 A=true", "3:3 B=true!", "4:4 C=f", "4:8 D=t"],
        ),
        (
            Yaml,
            "featureGates:\n- name: A\n  enabled: true\n- {name: B, value: \"f\"}\n- C: true\n- name: D\n",
            &["2:9 A=true", "4:10 B=f", "5:3 C=true"],
        ),
        // Arguments.
        (
            Yaml,
            "args:\n- --feature-gates=A=true,B=f\n- -feature-gates=C=t\n",
            &["2:19 A=true", "2:26 B=f", "3:18 C=t"],
        ),
        (Yaml, "args: [\"--feature-gates\", \"A=true\", --v=2]", &["1:28 A=true"]),
        (Yaml, "command: [sh, -c, \"exec x --feature-gates='A=true' -v\"]", &["1:44 A=true"]),
        (Yaml, "kubelet-arg: feature-gates=A=true\n", &["1:28 A=true"]),
        (
            Yaml,
            "- name: feature-gates\n  value: A=true\n- value: B=f\n  name: feature-gates\n",
            &["2:10 A=true", "3:10 B=f"],
        ),
        (Yaml, "env:\n- name: KUBE_FEATURE_GATES\n  value: \"A=true\"\n", &["3:11 A=true"]),
        (
            Yaml,
            "run: |\n  # --feature-gates=X=true\n  kubelet --feature-gates=A=true \\\n    --v=2\n",
            &["3:27 A=true"],
        ),
        (Yaml, "run: kubelet --feature-gates=A=true\n  --v=2\n", &["1:30 A=true"]),
        // Texts in texts.
        (
            Yaml,
            "patches:\n- |\n  kind: X\n  featureGates:\n    A: true\n  ---\n  featureGates: {B: f}\n",
            &["5:5 A=true", "7:18 B=f"],
        ),
        (Yaml, "data:\n  x: |\n    a: |\n      featureGates:\n        A: true\n", &["5:9 A=true"]),
        (Yaml, "x: \"featureGates:\\n  A: true\\n  B: f\\n\"\n", &["1:22 A=true", "1:33 B=f"]),
        // Lines.
        (
            Lines,
            "# FEATURE_GATES=X=true\n; FEATURE_GATES=X=true\nKUBE_FEATURE_GATES=\"A=true\"\n",
            &["3:21 A=true"],
        ),
        (
            Lines,
            "[Service]\nEnvironment=\"ARGS=--feature-gates=A=true\"\nExecStart=/kubelet \\\n  --feature-gates=B=f,\\\n  C=t\n",
            &["2:35 A=true", "4:19 B=f", "5:3 C=t"],
        ),
        (Lines, "export FEATURE_GATES='A=true,B=f' # C=true\n", &["1:23 A=true", "1:30 B=f"]),
        // Of unknown syntax.
        (Unknown, "{\"featureGates\": {\"A\": true}}", &["1:20 A=true"]),
        (Unknown, "[featureGates]\nA = true\n", &["2:1 A=true"]),
        (Unknown, "exec kubelet --feature-gates=A=true\n", &["1:30 A=true"]),
        (Unknown, "featureGates:\n  A: true\n", &["2:3 A=true"]),
        // Templates and variables.
        (
            Yaml,
            "{{- if .Values.x }}\nfeatureGates:\n  A: true\n  {{ .b }}: true\n  C: {{ .c }}\n{{- end }}\n",
            &["3:3 A=true", &format!("4: {template}"), &format!("5: {template}")],
        ),
        (
            Yaml,
            "args: ['--feature-gates=A=true,B={{ .b }}', \"--feature-gates={{ .c }}\"]\n",
            &["1:25 A=true", &format!("1: {template}")],
        ),
        (
            Yaml,
            "args:\n- --feature-gates=A=true,B=${B}\n- --feature-gates=$(C)\n- --feature-gates=$D\n",
            &[
                "2:19 A=true",
                &format!("2: {variable}"),
                &format!("3: {variable}"),
                &format!("4: {variable}"),
            ],
        ),
        (
            Yaml,
            "featureGates:\n  {{- toYaml .Values.featureGates | nindent 2 }}\n",
            &[&format!("2: {template}")],
        ),
        (Yaml, "featureGates: {{ toJson .x }}\n", &[&format!("1: {template}")]),
        // What is none.
        (Yaml, "properties:\n  featureGates:\n    type: object\n    description: A\n", &[]),
        (Yaml, "description: the --feature-gates flag, and --feature-gates alone\n", &[]),
        (Yaml, "awsFeatureGates: {A: true}\nfeatureGate: {B: true}\ngates: {C: true}\n", &[]),
    ];
    let mut wrong = Vec::new();
    for (syntax, text, expected) in cases {
        let found = told(*syntax, text);
        if found != *expected {
            wrong.push(format!(
                "{syntax:?}\n{text}\n  expected {expected:?}\n  found    {found:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let deep = format!("featureGates: {}{}", "[".repeat(1_000), "]".repeat(1_000));
    for (text, expected) in [
        ("featureGates: {A: true\n", &["1:16 A=true"][..]),
        ("a: [\n---\nfeatureGates: {A: true}\n", &["3:16 A=true"]),
        ("\tx: y\nargs: [--feature-gates=A=true]\n", &["2:24 A=true"]),
        (deep.as_str(), &[]),
    ] {
        let found = told(Yaml, text);
        let (skipped, settings): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|told| told.split(' ').next().unwrap().ends_with(':'));
        if text != "featureGates: {A: true\n" {
            assert_eq!(settings, expected, "{text}");
        }
        assert_eq!(skipped.len(), 1, "{text}");
    }
    assert_eq!(told(Toml, "a = \nb = 1").len(), 1);
}

#[test]
fn one_command_has_one_list_and_each_map_its_own() {
    let text = "a: [--feature-gates=A=t, --feature-gates, B=t]\nb: --feature-gates=C=t\nfeatureGates: {D: t}\n";
    let found = extract(Yaml, text, &[]);
    let lists: Vec<(&str, usize)> =
        found.settings.iter().map(|it| (it.name.as_str(), it.list)).collect();
    assert_eq!(lists[0].1, lists[1].1);
    assert!(lists[1].1 != lists[2].1 && lists[2].1 != lists[3].1);
    let kind = |index: usize| found.lists[found.settings[index].list].kind;
    assert_eq!((kind(0), kind(3)), (ListKind::List, ListKind::Map));
}

#[test]
fn what_is_taken_out_takes_what_it_leaves_empty_with_it() {
    let cases: &[(Syntax, &str, &[usize], Option<&str>)] = &[
        (
            Yaml,
            "a: 1\nfeatureGates:\n  A: t # why\n  # b\n  B: f\nc: 2\n",
            &[0],
            Some("a: 1\nfeatureGates:\n  # b\n  B: f\nc: 2\n"),
        ),
        (Yaml, "a: 1\nfeatureGates:\n  A: t\n  B: f\nc: 2\n", &[0, 1], Some("a: 1\nc: 2\n")),
        (
            Yaml,
            "a: 1\r\nfeatureGates:\r\n  A: t\r\n  B: f\r\n",
            &[0],
            Some("a: 1\r\nfeatureGates:\r\n  B: f\r\n"),
        ),
        (
            Yaml,
            "x: {featureGates: {A: t, B: f, C: t}, y: 1}",
            &[0, 2],
            Some("x: {featureGates: {B: f}, y: 1}"),
        ),
        (Yaml, "x: {featureGates: {A: t, B: f}, y: 1}", &[0, 1], Some("x: {y: 1}")),
        (
            Json,
            "{\n  \"x\": 1,\n  \"featureGates\": {\n    \"A\": true,\n    \"B\": true\n  }\n}\n",
            &[1],
            Some("{\n  \"x\": 1,\n  \"featureGates\": {\n    \"A\": true\n  }\n}\n"),
        ),
        (
            Json,
            "{\n  \"x\": 1,\n  \"featureGates\": {\n    \"A\": true\n  }\n}\n",
            &[0],
            Some("{\n  \"x\": 1\n}\n"),
        ),
        (
            Toml,
            "x = 1\n[featureGates]\nA = true\nB = false\n[y]\n",
            &[0],
            Some("x = 1\n[featureGates]\nB = false\n[y]\n"),
        ),
        (Toml, "x = 1\n[featureGates]\nA = true\n[y]\n", &[0], Some("x = 1\n[y]\n")),
        (
            Toml,
            "g = 1\nfeature-gates = { A = true, B = false }\n",
            &[1],
            Some("g = 1\nfeature-gates = { A = true }\n"),
        ),
        (
            Yaml,
            "args:\n- --v=2\n- --feature-gates=A=t,B=f\n",
            &[0],
            Some("args:\n- --v=2\n- --feature-gates=B=f\n"),
        ),
        (Yaml, "args:\n- --v=2\n- --feature-gates=A=t,B=f\n", &[0, 1], Some("args:\n- --v=2\n")),
        (Yaml, "args: [x, --feature-gates, A=t, y]\n", &[0], Some("args: [x, y]\n")),
        (Yaml, "args:\n- x\n- --feature-gates\n- A=t\n- y\n", &[0], Some("args:\n- x\n- y\n")),
        (
            Yaml,
            "extraArgs:\n- name: feature-gates\n  value: A=t\n- name: v\n  value: \"2\"\n",
            &[0],
            Some("extraArgs:\n- name: v\n  value: \"2\"\n"),
        ),
        (Yaml, "x:\n- featureGates:\n    A: t\n  y: 1\n", &[0], Some("x:\n- y: 1\n")),
        (Yaml, "x:\n- featureGates:\n    A: t\n- y: 1\n", &[0], Some("x:\n- {}\n- y: 1\n")),
        (
            Yaml,
            "- op: add\n  path: /x\n  value:\n    feature-gates: A=t\n",
            &[0],
            Some("- op: add\n  path: /x\n  value:\n    {}\n"),
        ),
        (Yaml, "- op: add\n  path: /x/-\n  value: --feature-gates=A=t\n", &[0], None),
        (
            Yaml,
            "run: |\n  kubelet \\\n    --feature-gates=A=t \\\n    --v=2\n",
            &[0],
            Some("run: |\n  kubelet \\\n    --v=2\n"),
        ),
        (
            Yaml,
            "run: |\n  kubelet --v=2 \\\n    --feature-gates=A=t\n  x\n",
            &[0],
            Some("run: |\n  kubelet --v=2\n  x\n"),
        ),
        (
            Yaml,
            "p:\n- |\n  kind: X\n  featureGates:\n    A: t\n- y\n",
            &[0],
            Some("p:\n- |\n  kind: X\n- y\n"),
        ),
        (Lines, "A=b\nFEATURE_GATES=\"A=t\"\nC=d\n", &[0], Some("A=b\nC=d\n")),
        (Lines, "ARGS=\"--v=2 --feature-gates=A=t --x\"\n", &[0], Some("ARGS=\"--v=2 --x\"\n")),
        (Lines, "ARGS=\"--feature-gates=A=t --x\"\n", &[0], Some("ARGS=\"--x\"\n")),
    ];
    let mut wrong = Vec::new();
    for (syntax, text, gone, expected) in cases {
        let found = extract_with_layout(*syntax, text, &[]);
        let left = found.removal(text, gone).map(|edits| crate::real::without(text, edits));
        if left.as_deref() != *expected {
            wrong.push(format!("{text}\nexpected {expected:?}\nfound    {left:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
