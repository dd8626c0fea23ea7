use super::*;
use alloc::vec;

/// What is wrong with a text, a line for each.
fn diagnostics(text: &str) -> String {
    Manifest::read(text).unwrap_err().to_string()
}

fn gates(yaml: &str) -> String {
    format!("version: \"1.36\"\ngates:\n{yaml}")
}

fn assert_reported(cases: &[(String, &str)]) {
    for (text, expected) in cases {
        assert_eq!(diagnostics(text), *expected, "{text}");
    }
}

#[test]
fn each_mistake_around_the_gates_is_reported_with_help() {
    assert_reported(&[
        (
            String::new(),
            "1:1: the manifest is empty; write a list of gates, or a map with version and gates",
        ),
        (
            "Gates".into(),
            "1:1: the manifest is the text \"Gates\"; write a list of gates, or a map with version and gates",
        ),
        (
            "[]".into(),
            "1:1: no gate has a version, so the release of the list is not known; write a map with version and gates",
        ),
        (
            "gates: []".into(),
            "1:1: the manifest has no version; add the release that the manifest is of, as in \"1.36\"",
        ),
        ("version: \"1.36\"".into(), "1:1: the manifest has no gates; add the list of gates"),
        (
            "version: \"1.36\"\ngates:".into(),
            "1:1: the manifest has no gates; add the list of gates",
        ),
        ("version: \"1.36\"\ngates: {}".into(), "2:8: gates is a map; write a list of gates"),
        (
            "version: \"1.36.2\"\ngates: []".into(),
            "1:10: version: \"1.36.2\" has more parts than major.minor; write \"1.36\"",
        ),
        (
            "version: 1.30\ngates: []".into(),
            "1:10: version is the number 1.30; write it in quotes, \"1.30\"",
        ),
        (
            "version: [1]\ngates: []".into(),
            "1:10: version is a list; write a version in quotes, as in \"1.36\"",
        ),
        (
            "version: \"1.36\"\ngates: []\nremovedGates: false".into(),
            "3:15: removedGates is the value false; write tolerate or refuse",
        ),
        (
            "version: \"1.36\"\ngate: []\ngates: []".into(),
            "2:1: the manifest has no field gate; did you mean gates?",
        ),
        (
            "version: \"1.36\"\ngates: []\ngates: []".into(),
            "3:1: the manifest has gates twice; remove one of them",
        ),
        (
            "version: \"1.36\"\ngates: []\n7: x".into(),
            "3:1: expected a field of the manifest, found the number 7; its fields are version, versions, removedGates, syntax, variables, groups, channels, components and gates",
        ),
        ("[{name: A".into(), "1:2: unclosed bracket '{'"),
        ("[]\n---\n[]".into(), "2:1: a second document begins here; write the manifest as one"),
        ("{<<: {}}".into(), "1:2: a manifest cannot have merge keys; write the entries out"),
        ("!list []".into(), "1:7: a manifest cannot have tags; remove what begins with !"),
        ("a: !!int 1".into(), "1:10: a manifest cannot have tags; remove what begins with !"),
        ("&a [*a]".into(), "1:5: the alias is within what it refers to; write that out"),
        ("[*a]".into(), "1:2: while parsing node, found unknown anchor"),
    ]);
}

#[test]
fn each_mistake_of_a_gate_is_reported_with_help() {
    const ENDS: &str = ", versionedSpecs: [], removed: \"1.30\"}";
    let gate = |field: &str| gates(&format!("- {{name: A, {field}{ENDS}"));
    let milestone = |fields: &str| {
        gates(&format!("- name: A\n  versionedSpecs:\n  - {{{fields}, default: true}}"))
    };
    assert_reported(&[
        (gates("- A"), "3:3: a gate is the text \"A\"; write a map with name and versionedSpecs"),
        (
            gates("- {versionedSpecs: []}"),
            "3:3: the gate has no name; add the name by which the gate is set",
        ),
        (gates("- {name: '', versionedSpecs: []}"), "3:10: name is empty; write a text"),
        (
            gates("- {name: 1.0, versionedSpecs: []}"),
            "3:10: name is the number 1.0; write it in quotes, \"1.0\"",
        ),
        (gates("- {name: A}"), "3:3: the gate has no versionedSpecs; add the history of the gate"),
        (
            gates("- {name: A, versionedSpecs: {}}"),
            "3:29: versionedSpecs is a map; write a list of milestones",
        ),
        (
            gates("- {name: A, versionedSpecs: [Alpha]}"),
            "3:30: a milestone is the text \"Alpha\"; write a map with version, preRelease and default",
        ),
        (
            gates("- {name: A, versionedSpecs: []}\n- {name: A, versionedSpecs: []}"),
            "4:3: gate A is listed twice, first on line 3; remove one of them",
        ),
        (gate("doc: 1"), "3:18: doc is the number 1; write a text"),
        (gate("owner: []"), "3:20: owner is a list; write a text"),
        (gate("requires: B"), "3:23: requires is the text \"B\"; write a list of texts"),
        (gate("requires: [1]"), "3:24: requires is the number 1; write it in quotes, \"1\""),
        (
            gate("removeIn: soon"),
            "3:23: removeIn: \"soon\" is not a version; write major.minor, as in \"1.36\"",
        ),
        (gate("implies: B"), "3:22: implies is the text \"B\"; write a list of texts"),
        (gate("meta: [menu]"), "3:19: meta is a list; write a map of texts"),
        (gate("meta: {menu: 1}"), "3:26: meta is the number 1; write it in quotes, \"1\""),
        (gate("meta: {menu: a, menu: b}"), "3:29: meta has menu twice; remove one of them"),
        (gate("tags: [[]]"), "3:20: tags is a list; write a text"),
        (
            gate("switchable: 1"),
            "3:25: switchable is the number 1; write true or false, without quotes",
        ),
        (
            gate("value: \"true\""),
            "3:20: value is the text \"true\"; write true or false, without quotes",
        ),
        (
            gate("lockToDefault: true"),
            "3:13: the gate has no field lockToDefault; its fields are name, versionedSpecs, doc, owner, issue, requires, removeIn, aliases, components, cfg, removed, value, implies, switchable, meta, tags, exceptFromGroups and runtime",
        ),
        (milestone("version: \"1.30\""), "5:5: the milestone has no preRelease; add the stage"),
        (
            milestone("preRelease: Beta"),
            "5:5: the milestone has no version; add the first release to which it applies, as in \"1.36\"",
        ),
        (
            milestone("version: \"1.30\", preRelease: beta"),
            "5:35: preRelease is the text \"beta\"; write PreAlpha, Alpha, Beta, GA or Deprecated",
        ),
        (
            milestone("version: \"\", preRelease: Beta"),
            "5:15: version: \"\" is not a version; write major.minor, as in \"1.36\"",
        ),
        (
            milestone("version: \"1.30\", preRelease: Beta, lockToDefault: no"),
            "5:56: lockToDefault is the text \"no\"; write true or false, without quotes",
        ),
    ]);
}

#[test]
fn all_mistakes_of_the_shape_are_reported_in_the_order_of_the_text() {
    let text = "removedGates: x\ngates:\n- {name: É, versionedSpecs: 1, owner: 2}\n- {}\n";
    assert_eq!(
        diagnostics(text),
        "1:1: the manifest has no version; add the release that the manifest is of, as in \"1.36\"\n\
         1:15: removedGates is the text \"x\"; write tolerate or refuse\n\
         3:29: versionedSpecs is the number 1; write a list of milestones\n\
         3:39: owner is the number 2; write it in quotes, \"2\"\n\
         4:3: the gate has no name; add the name by which the gate is set\n\
         4:3: the gate has no versionedSpecs; add the history of the gate"
    );
    let error = Manifest::read(&"- x\n".repeat(1_200)).unwrap_err();
    assert_eq!((error.diagnostics().len(), error.omitted()), (1_000, 201));
    assert!(error.to_string().ends_with("\nand 201 more"));
}

#[test]
fn every_field_is_read() {
    let text = r#"
version: "1.36"
removedGates: refuse
gates:
- name: A
  versionedSpecs:
  - {version: "1.30", preRelease: Alpha, default: false, lockToDefault: false}
  - {version: "1.31", preRelease: Beta, default: true, lockToDefault: true, minCompatibilityVersion: "1.30"}
  doc: |
    Two
    lines.
  owner: team
  issue: https://example.com/1
  requires: [B]
  removeIn: "1.40"
  aliases: [OldA]
  components: [kubelet, scheduler]
  cfg: unix
  implies: [C]
  switchable: true
  meta: {since: "0.98", menu: Edit}
  tags: [net, tui]
  exceptFromGroups: true
  runtime: true
- {name: Gone, removed: "1.35", value: false}
"#;
    let manifest = Manifest::read(text).unwrap();
    assert_eq!(manifest.version(), Version::new(1, 36));
    assert_eq!(manifest.removed(), RemovedPolicy::Refuse);
    let mut beta = RawMilestone::beta("1.31").with_lock(true);
    beta.min_compat = Some("1.30".into());
    let mut spec = RawSpec::new("A")
        .doc("Two\nlines.\n")
        .milestone(RawMilestone::alpha("1.30"))
        .milestone(beta)
        .requires("B")
        .alias("OldA")
        .implies("C")
        .switchable(true)
        .meta("menu", "Edit")
        .meta("since", "0.98")
        .tag("net")
        .tag("tui")
        .except_from_groups(true)
        .runtime(true);
    spec.owner = Some("team".into());
    spec.issue = Some("https://example.com/1".into());
    spec.remove_in = Some("1.40".into());
    let mut gate = Gate::new(spec);
    gate.components = vec!["kubelet".into(), "scheduler".into()];
    gate.cfg = Some("unix".into());
    let removed = RawSpec::new("Gone").removed("1.35").final_value(false);
    assert_eq!(manifest.gates(), [gate, Gate::new(removed)]);
}

#[test]
fn a_plain_list_is_of_its_highest_version_and_refuses_removed_gates() {
    let milestone =
        |since: &str| format!("{{version: \"{since}\", preRelease: GA, default: true}}");
    let gate = |name: &str, since: &[&str]| {
        let milestones: Vec<_> = since.iter().map(|since| milestone(since)).collect();
        format!("- {{name: {name}, versionedSpecs: [{}]}}\n", milestones.join(", "))
    };
    let list = gate("B", &["1.9", "1.10"]) + &gate("A", &["1.2"]);
    let manifest = Manifest::read(&list).unwrap();
    assert_eq!(manifest.version(), Version::new(1, 10));
    assert_eq!(manifest.removed(), RemovedPolicy::Refuse);
    assert_eq!(manifest.clone().with_version(Version::new(1, 12)).version(), Version::new(1, 12));

    let wrapped = Manifest::read(&format!("version: \"1.36\"\ngates:\n{list}")).unwrap();
    assert_eq!(wrapped.removed(), RemovedPolicy::Tolerate);
    assert_eq!(wrapped.gates(), manifest.gates());
    let mut milestones = manifest.gates().iter().flat_map(|gate| &gate.spec.milestones);
    assert!(milestones.all(|milestone| !milestone.locked), "it does not say that it is");
    let names: Vec<_> = manifest.gates().iter().map(Gate::name).collect();
    assert_eq!(names, ["A", "B"]);
    assert!(manifest.get("B").is_some() && manifest.get("C").is_none());
}

#[test]
fn json_is_read_as_well() {
    let json = "{\"version\":\"1.36\",\"gates\":[{\"name\":\"A\",\"versionedSpecs\":\
                [{\"version\":\"1.3\",\"preRelease\":\"GA\",\"default\":true,\"lockToDefault\":true}]}]}";
    let gate = Gate::new(RawSpec::new("A").milestone(RawMilestone::ga("1.3")));
    assert_eq!(Manifest::read(json).unwrap().gates(), [gate]);
}

#[test]
fn bytes_that_are_not_utf_8_are_reported_with_their_location() {
    for (bytes, location) in
        [(&b"version: \"1.3\"\ngates: \xc3\xa9\xff"[..], (2, 9)), (b"\xff\xfev\0", (1, 1))]
    {
        let error = Manifest::read_bytes(bytes).unwrap_err();
        let diagnostic = &error.diagnostics()[0];
        assert_eq!((diagnostic.line(), diagnostic.column()), location);
        assert_eq!(diagnostic.message(), "the manifest is not UTF-8 from here on");
    }
    assert!(Manifest::read_bytes("\u{feff}version: \"1.3\"\ngates: []".as_bytes()).is_ok());
}

/// Each of these would cost time or memory far beyond its length, or has ten megabytes.
#[test]
fn a_text_made_to_cost_is_refused_with_a_short_message() {
    let big = "9".repeat(10_000_000);
    let level = |level: usize| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        format!("a{level}: &a{level} [{aliases}]\n")
    };
    let bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
        + &(1..12).map(level).collect::<String>();
    for (text, expected) in [
        (bomb, "more than 250,000 values"),
        ("[".repeat(1_000_000), "recursion limit exceeded"),
        ("{a: ".repeat(1_000_000), "recursion limit exceeded"),
        ("- ".repeat(1_000_000), "recursion limit exceeded"),
        ("- x\n".repeat(300_000), "more than 250,000 values"),
        (format!("version: {big}\ngates: []"), "version is the number \"9999"),
        (format!("version: \"{big}\"\ngates: []"), "…\" is not a version"),
        (format!("x{big}: 1"), "mapping values are not allowed"),
        (format!("# {big}{big}"), "the manifest is longer than 16 MiB"),
    ] {
        let message = diagnostics(&text);
        assert!(message.contains(expected), "{message}");
        assert!(message.len() < 400, "{} bytes", message.len());
    }
}

#[test]
fn what_the_text_says_does_not_steer_the_terminal() {
    for text in ["version: \"\\e[1m\"\ngates: []\n\"\\e\": 1", "a: \u{1b}[1m: 2", "*\u{7f}"] {
        let message = diagnostics(text);
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!message.contains(control), "{message:?}");
    }
}

#[test]
fn a_value_may_be_written_in_any_way_of_yaml() {
    let text = r#"
version: !!str 1.36
gates:
- name: &name "A"
  versionedSpecs: &history
  - version: '1.30'
    preRelease: >-
      Beta
    default: True
  owner: *name
- {name: B, versionedSpecs: *history, removeIn: ~, cfg: null}
"#;
    let gate = |name: &str| RawSpec::new(name).milestone(RawMilestone::beta("1.30"));
    let mut first = gate("A");
    first.owner = Some("A".into());
    assert_eq!(Manifest::read(text).unwrap().gates(), [Gate::new(first), Gate::new(gate("B"))]);
    for number in ["1", "-1.5e3", "+.5", "0x1F", "0o17", ".inf", "-.INF", ".nan", "1."] {
        let expected = format!(
            "1:10: version is the number {}; write it in quotes, \"{number}\"",
            Name(number)
        );
        assert_eq!(diagnostics(&format!("version: {number}\ngates: []")), expected);
    }
    for text in ["inf", "0x", "1_000", "0b1", "1e", "-x", "nan"] {
        let expected = format!(
            "1:10: version: \"{text}\" is not a version; write major.minor, as in \"1.36\""
        );
        assert_eq!(diagnostics(&format!("version: {text}\ngates: []")), expected);
    }
}

#[test]
fn groups_and_channels_are_read_and_written() {
    let text = r#"version: "1.36"
groups:
- name: preview
  stages:
  - Alpha
  - Beta
  master: true
- name: ui
  tags:
  - net
  - tui
channels:
- name: stable
- name: nightly
  stages:
  - Alpha
components:
- name: store
  version: "3.6"
  groups: []
gates: []
"#;
    let manifest = Manifest::read(text).unwrap();
    assert_eq!(manifest.to_yaml().unwrap(), text);
    let docs: Vec<String> = manifest.groups().groups().map(Group::doc).collect();
    assert_eq!(
        docs,
        [
            "Sets every alpha gate and every beta gate that is not set itself.",
            "Sets every gate with the tag net and every gate with the tag tui that is not set itself.",
        ]
    );
    let [store] = manifest.components() else { panic!("{manifest:?}") };
    assert_eq!(store.groups, Groups::none());
    for same in ["", "groups: [{name: AllAlpha, stages: [Alpha]}, {name: AllBeta, stages: [Beta]}]"]
    {
        let manifest = Manifest::read(&format!("version: \"1.36\"\n{same}\ngates: []\n")).unwrap();
        assert_eq!(manifest.to_yaml().unwrap(), "version: \"1.36\"\ngates: []\n");
    }
    let registry = manifest.registry(Version::new(1, 36)).unwrap();
    let names: Vec<&str> = registry.gates().ids().map(|it| registry.gates().written(it)).collect();
    assert_eq!(names, ["preview", "ui"]);
}

#[test]
fn each_mistake_in_a_group_or_channel_is_reported_with_help() {
    for (written, expected) in [
        ("groups: all", "2:9: groups is the text \"all\"; write a list of groups"),
        ("groups: [all]", "2:10: a group is the text \"all\"; write a map with name and stages"),
        (
            "groups: [{stages: [Alpha]}]",
            "2:10: the group has no name; add the name by which it is set",
        ),
        (
            "groups: [{name: all, stages: [alpha]}]",
            "2:31: stages is the text \"alpha\"; write PreAlpha, Alpha, Beta, GA or Deprecated",
        ),
        (
            "groups: [{name: all, tag: [ui]}]",
            "2:22: the group has no field tag; did you mean tags?",
        ),
        ("groups: [{name: a}, {name: a}]", "2:21: group a is listed twice; remove one of them"),
        (
            "groups: [{name: a, master: yes}]",
            "2:28: master is the text \"yes\"; write true or false, without quotes",
        ),
        (
            "channels: [nightly]",
            "2:12: a channel is the text \"nightly\"; write a map with name and stages",
        ),
        ("channels: [{name: a}, {name: a}]", "2:23: channel a is listed twice; remove one of them"),
    ] {
        assert_eq!(diagnostics(&format!("version: \"1.36\"\n{written}\ngates: []\n")), expected);
    }
}

#[test]
fn how_gates_are_written_is_said_or_follows_from_what_removed_gates_are() {
    let syntax = |fields: &str| {
        let text = format!("{{version: \"1.36\", {fields}gates: []}}");
        let manifest = Manifest::read(&text).unwrap();
        let again = Manifest::read(&manifest.to_yaml().unwrap()).unwrap();
        assert_eq!(again.syntax(), manifest.syntax(), "{fields}");
        manifest.syntax()
    };
    assert_eq!(syntax(""), Syntax::Featuregate);
    assert_eq!(syntax("removedGates: refuse, "), Syntax::Kubernetes);
    for removed in ["", "removedGates: refuse, "] {
        for expected in [Syntax::Kubernetes, Syntax::OpenTelemetry, Syntax::Featuregate] {
            let said = format!("{removed}syntax: {}, ", expected.as_str());
            assert_eq!(syntax(&said), expected, "{said}");
        }
    }
}
