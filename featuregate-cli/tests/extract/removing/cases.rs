//! What is left when settings are removed.

use featuregate_cli::extract::Syntax;
use featuregate_cli::extract::Syntax::{Env, Json, Shell, Toml, Unit, Yaml};

/// Syntax, text, the settings to take out, and what is left; `None` where that would break the file.
pub(super) type Case = (Syntax, &'static str, &'static [usize], Option<&'static str>);

pub(super) const CASES: &[Case] = &[
    // Maps.
    (
        Yaml,
        "x: 1\nfeatureGates:\n  # a\n  A: true # why\n\n  B: true\n",
        &[0],
        Some("x: 1\nfeatureGates:\n  # a\n\n  B: true\n"),
    ),
    (
        Yaml,
        "x: 1\nfeatureGates: # all\n  # a\n  A: true\n\n  B: true\n# end\n",
        &[0, 1],
        Some("x: 1\n  # a\n\n# end\n"),
    ),
    (
        Yaml,
        "x: 1\r\nfeatureGates:\r\n  A: true\r\n  B: true\r\n",
        &[1],
        Some("x: 1\r\nfeatureGates:\r\n  A: true\r\n"),
    ),
    (
        Yaml,
        "featureGates: {A: true, B: true, C: true}",
        &[1],
        Some("featureGates: {A: true, C: true}"),
    ),
    (
        Yaml,
        "featureGates: { A: true, B: true, C: true }",
        &[1, 2],
        Some("featureGates: { A: true }"),
    ),
    (Yaml, "x: {featureGates: {A: true}, y: 1}", &[0], Some("x: {y: 1}")),
    (Yaml, "x: {y: 1, featureGates: {A: true}}", &[0], Some("x: {y: 1}")),
    (
        Yaml,
        "featureGates: {\n  A: true, # a\n  B: true # b\n}\n",
        &[1],
        Some("featureGates: {\n  A: true # a\n}\n"),
    ),
    (Yaml, "{featureGates: {A: true}}\n", &[0], Some("{}\n")),
    (Yaml, "a:\n  b:\n    featureGates:\n      A: true\nc: 1\n", &[0], Some("c: 1\n")),
    (Yaml, "featureGates:\n  A: true\n  B:\n", &[0], Some("featureGates:\n  B:\n")),
    (
        Json,
        "{\n\t\"a\": 1,\n\t\"featureGates\": {\n\t\t\"A\": true\n\t}\n}\n",
        &[0],
        Some("{\n\t\"a\": 1\n}\n"),
    ),
    (
        Json,
        "{\n  \"featureGates\": {\n    \"A\": true, // a\n    \"B\": true\n  }, // all\n  \"b\": 1\n}\n",
        &[1],
        Some("{\n  \"featureGates\": {\n    \"A\": true // a\n  }, // all\n  \"b\": 1\n}\n"),
    ),
    (Json, "{\"featureGates\":{\"A\":true,},\"b\":1}", &[0], Some("{\"b\":1}")),
    // Items of lists.
    (Yaml, "- featureGates: {A: true}\n  x: 1\n- y\n", &[0], Some("- x: 1\n- y\n")),
    (Yaml, "- featureGates:\n    A: true\n  # x\n  x: 1\n", &[0], Some("-\n  # x\n  x: 1\n")),
    (Yaml, "- x: 1\n  featureGates: {A: true}\n- y\n", &[0], Some("- x: 1\n- y\n")),
    (
        Yaml,
        "featureGates:\n- name: A\n  # a\n  enabled: true # b\n- name: B\n  enabled: true\n",
        &[0],
        Some("featureGates:\n- name: B\n  enabled: true\n"),
    ),
    (Yaml, "x: 1\nfeatureGates: [A=true, B]\n", &[0, 1], Some("x: 1\n")),
    (Yaml, "- - --feature-gates=A=true\n  - --x\n", &[0], Some("- - --x\n")),
    // Texts.
    (
        Yaml,
        "feature-gates: \"A=true, B=true, C=true\"\n",
        &[1],
        Some("feature-gates: \"A=true, C=true\"\n"),
    ),
    (
        Yaml,
        "feature-gates: A=true,B=true,C=true # c\n",
        &[0, 2],
        Some("feature-gates: B=true # c\n"),
    ),
    (
        Yaml,
        "x: 1\nfeature-gates: >-\n  A=true,\n  B=true\n",
        &[1],
        Some("x: 1\nfeature-gates: >-\n  A=true\n"),
    ),
    (
        Yaml,
        "extraArgs:\n- name: feature-gates\n  value: A=true\n- name: v\n  value: \"1\"\n",
        &[0],
        Some("extraArgs:\n- name: v\n  value: \"1\"\n"),
    ),
    // Arguments.
    (
        Yaml,
        "args:\n- --x\n# a\n- --feature-gates=A=true # b\n- --y\n",
        &[0],
        Some("args:\n- --x\n# a\n- --y\n"),
    ),
    (Yaml, "args:\n- --feature-gates\n- A=true\n- --y\n", &[0], Some("args:\n- --y\n")),
    (
        Yaml,
        "args:\n- --feature-gates\n- A=true,B=true\n",
        &[0],
        Some("args:\n- --feature-gates\n- B=true\n"),
    ),
    (Yaml, "args: [--x, --feature-gates=A=true]\n", &[0], Some("args: [--x]\n")),
    (Yaml, "run: kubelet --feature-gates=\"A=true\" --x\n", &[0], Some("run: kubelet --x\n")),
    (
        Yaml,
        "run: >\n  kubelet\n  --feature-gates=A=true\n  --x\n",
        &[0],
        Some("run: >\n  kubelet\n  --x\n"),
    ),
    (Yaml, "- op: add\n  path: /args/-\n  value: --feature-gates=A=true\n", &[0], None),
    (
        Yaml,
        "- op: add\n  path: /args/-\n  value: --feature-gates=A=true,B=true\n",
        &[0],
        Some("- op: add\n  path: /args/-\n  value: --feature-gates=B=true\n"),
    ),
    // Texts in texts.
    (Yaml, "x: |\n  a: 1\n  featureGates:\n    A: true\n", &[0], Some("x: |\n  a: 1\n")),
    (Yaml, "x: |\n  featureGates:\n    A: true\n    # a\n  b: 1\n", &[0], None),
    (Json, r#"{"x": "a: 1\nfeatureGates:\n  A: true\n"}"#, &[0], Some(r#"{"x": "a: 1\n"}"#)),
    (
        Json,
        r#"{"x": "{\"featureGates\": {\"A\": true, \"B\": true}}"}"#,
        &[0],
        Some(r#"{"x": "{\"featureGates\": {\"B\": true}}"}"#),
    ),
    // Aliases.
    (Yaml, "x: &x\n  A: true\ny: {featureGates: *x}\n", &[0], None),
    (
        Yaml,
        "x: &x\n  A: true\n  B: true\ny: {featureGates: *x}\n",
        &[0],
        Some("x: &x\n  B: true\ny: {featureGates: *x}\n"),
    ),
    // Templates.
    (Yaml, "featureGates:\n{{- if .x }}\n  A: true\n{{- end }}\n  B: true\n", &[0], None),
    (Yaml, "- --feature-gates=A=true{{ if .x }},B=true{{ end }}\n", &[1], None),
    // Scripts, variables and units.
    (Shell, "kubelet \\\n  --feature-gates=A=true \\\n  --x\n", &[0], Some("kubelet \\\n  --x\n")),
    (Shell, "kubelet \\\n  --feature-gates=A=true\n", &[0], Some("kubelet\n")),
    (
        Shell,
        "# a\nexport FEATURE_GATES=\"A=true\"\nx\n",
        &[0],
        Some("# a\nexport FEATURE_GATES=\nx\n"),
    ),
    (
        Shell,
        "if x; then\n  FEATURE_GATES=A=true\nfi\n",
        &[0],
        Some("if x; then\n  FEATURE_GATES=\nfi\n"),
    ),
    (
        Unit,
        "Environment=\"FEATURE_GATES=A=true\" \"X=1\"\n",
        &[0],
        Some("Environment=\"FEATURE_GATES=\" \"X=1\"\n"),
    ),
    (
        Shell,
        "set -u\nFEATURE_GATES=\"A=true\"\nkubelet --feature-gates=\"$FEATURE_GATES\"\n",
        &[0],
        None,
    ),
    (
        Shell,
        "FEATURE_GATES=A=true; export FEATURE_GATES\n",
        &[0],
        Some("FEATURE_GATES=; export FEATURE_GATES\n"),
    ),
    (Shell, "x && FEATURE_GATES=A=true\ny\n", &[0], Some("x && FEATURE_GATES=\ny\n")),
    (
        Shell,
        "for i in 1; do FEATURE_GATES=A=true; done\n",
        &[0],
        Some("for i in 1; do FEATURE_GATES=; done\n"),
    ),
    (Shell, "(FEATURE_GATES=A=true)\n", &[0], Some("(FEATURE_GATES=)\n")),
    (Shell, "run -e FEATURE_GATES=A=true img\n", &[0], None),
    (Shell, "x --set-string featureGates=A=true -w\n", &[0], Some("x -w\n")),
    (Shell, "x=$(kubelet --feature-gates=A=true)\n", &[0], Some("x=$(kubelet)\n")),
    (
        Shell,
        "x --set gates=1,featureGates=\"A=true\\,B=true\"\n",
        &[0],
        Some("x --set gates=1,featureGates=\"B=true\"\n"),
    ),
    (
        Shell,
        "x --set featureGates=\"A=true\\,B=true\"\n",
        &[1],
        Some("x --set featureGates=\"A=true\"\n"),
    ),
    (
        Yaml,
        "- content: |\n    X=\"--feature-gates=A=true\"\n- b\n",
        &[0],
        Some("- content: |\n    X=\"\"\n- b\n"),
    ),
    (
        Yaml,
        "env:\n- name: FEATURE_GATES\n  value: A=true\nargs: [--feature-gates=$(FEATURE_GATES)]\n",
        &[0],
        // Without a value, the arguments would contain the reference as it is written.
        None,
    ),
    (Shell, "ARGS=\"--feature-gates=A=true --x\"\n", &[0], Some("ARGS=\"--x\"\n")),
    (Env, "ARGS=\"--feature-gates=A=true\"\nB=1\n", &[0], Some("ARGS=\nB=1\n")),
    (Env, "--x=1\n--feature-gates=A=true\n", &[0], Some("--x=1\n")),
    (Shell, "x --feature-gates=\"A=true\",B=true\n", &[0], None),
    (Shell, "x snap feature-gates=A=true\n", &[0], None),
    (Shell, "x snap feature-gates=A=true,B=true\n", &[0], Some("x snap feature-gates=B=true\n")),
    (Shell, "f() { x \"$1\"; }\nf --feature-gates=A=true\n", &[0], None),
    (Shell, "A=(--feature-gates=A=true)\n", &[0], None),
    (Shell, "echo --feature-gates=A=true >f\n", &[0], None),
    (Shell, "A=\"--feature-gates=A=true\" x y\n", &[0], Some("A= x y\n")),
    // TOML.
    (
        Toml,
        "[a]\nx = 1\n\n[a.feature-gates] # b\nA = true # c\n# d\n[e]\n",
        &[0],
        Some("[a]\nx = 1\n\n# d\n[e]\n"),
    ),
    (
        Toml,
        "x = 1\nfeature_gates.A = true\nfeature_gates.B = true\n",
        &[0],
        Some("x = 1\nfeature_gates.B = true\n"),
    ),
    (
        Toml,
        "x = 1\nfeature_gates = [\n  \"A=true\", # a\n  \"B=true\"\n]\n",
        &[1],
        Some("x = 1\nfeature_gates = [\n  \"A=true\" # a\n]\n"),
    ),
    (Toml, "x = { y = 1, feature_gates = { A = true } }\n", &[0], Some("x = { y = 1 }\n")),
];
