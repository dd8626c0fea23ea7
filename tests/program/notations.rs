//! Programs that write gates in their own way.

use clap::{CommandFactory, Parser};
use featuregate::args::{
    FeatureGateArgs, FeatureListArgs, FeatureSwitchArgs, GateFlag, ListFlags, SwitchFlag,
    for_completion,
};
use featuregate::data::{Explained, GateList, GateMap};
use featuregate::{FeatureGate, Notation, Resolver, Source};

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
enum Feature {
    /// Writes another kind of lock file.
    #[gate(alpha, name = "pylock", requires(Format), alias = "lock")]
    Pylock,
    /// Formats code.
    #[gate(alpha, name = "format")]
    Format,
    /// On for now.
    #[gate(beta, name = "proven")]
    Proven,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FeatureGate)]
#[feature_gate(component = "store")]
enum Store {
    /// Compacts data in the background.
    #[gate(alpha)]
    Compaction,
}

enum Preview {}

impl ListFlags for Preview {
    const ON: Option<&'static str> = Some("preview-features");
    const ON_ENV: Option<&'static str> = Some("NOTATIONS_PREVIEW_FEATURES");
}

impl SwitchFlag for Preview {
    const NAME: &'static str = "preview";
    const GATE: &'static str = "AllAlpha";
    const ENV: Option<&'static str> = Some("NOTATIONS_PREVIEW");
}

enum Options {}

impl GateFlag for Options {
    const NAME: &'static str = "options";
    const NOTATION: Notation = Notation::Switches;
}

#[derive(Debug, Parser)]
#[command(name = "app")]
struct Cli {
    #[command(flatten)]
    lists: FeatureListArgs<Feature>,
    #[command(flatten)]
    preview: FeatureListArgs<Feature, Preview>,
    #[command(flatten)]
    switch: FeatureSwitchArgs<Feature, Preview>,
    #[command(flatten)]
    gates: FeatureGateArgs<Feature>,
    #[command(flatten)]
    options: FeatureGateArgs<Feature, Options>,
    #[command(flatten)]
    store: FeatureListArgs<Store, StoreFlags>,
}

enum StoreFlags {}

impl ListFlags for StoreFlags {
    const OFF: Option<&'static str> = Some("without-store");
}

fn resolver(arguments: &[&str]) -> Resolver<Feature> {
    let cli = Cli::try_parse_from([&["app"], arguments].concat()).unwrap();
    let resolver = cli.preview.apply(cli.lists.resolver());
    cli.options.apply(cli.gates.apply(cli.switch.apply(resolver))).without_env()
}

/// The gates that are not at their defaults.
fn changed(arguments: &[&str]) -> Vec<&'static str> {
    let resolution = resolver(arguments).resolve().unwrap();
    let now = |gate: &Feature| resolution.enabled(*gate);
    Feature::all()
        .filter(|gate| now(gate) != (*gate == Feature::Proven))
        .map(Feature::name)
        .collect()
}

fn problem(arguments: &[&str]) -> String {
    resolver(arguments).resolve().unwrap_err().to_string()
}

#[test]
fn names_of_a_list_are_on_or_off() {
    assert_eq!(
        changed(&["--enable", "format,pylock", "--disable", "proven"]),
        ["pylock", "format", "proven"]
    );
    assert_eq!(changed(&["--preview-features", "[format]"]), ["format"]);
    assert_eq!(changed(&["--options=[format, proven=false]"]), ["format", "proven"]);
}

#[test]
fn of_two_flags_the_later_one_wins() {
    assert_eq!(changed(&["--enable=format", "--disable=format"]), [""; 0]);
    assert_eq!(changed(&["--disable=format", "--enable=format"]), ["format"]);
    assert_eq!(changed(&["--enable=format", "--disable=format", "--enable=format"]), ["format"]);
}

#[test]
fn a_switch_sets_a_group_and_the_last_one_wins() {
    assert_eq!(changed(&["--preview"]), ["pylock", "format"]);
    assert_eq!(changed(&["--preview", "--no-preview"]), [""; 0]);
    assert_eq!(changed(&["--no-preview", "--preview", "--disable=pylock"]), ["format"]);
    assert_eq!(changed(&["--no-preview", "--enable=format"]), ["format"]);
}

#[test]
fn messages_are_in_the_notation_that_was_used() {
    for (arguments, expected) in [
        (
            &["--enable=pylock"][..],
            "--enable, column 1, \"pylock\": gate pylock is on but requires format, which is off; also add format, or remove pylock",
        ),
        (
            &["--enable=format,pylock", "--disable=format"],
            "--enable, column 8, \"pylock\": gate pylock is on but requires format (set to false at --disable, column 1, \"format\"), which is off; turn on format instead, or remove pylock",
        ),
        (
            &["--disable=pylock,frmat"],
            "--disable, column 8, \"frmat\": unknown gate frmat; did you mean format?",
        ),
        (
            &["--disable=format=false"],
            "--disable, column 1, \"format=false\": gate format has a value, but this is a list of names; write format",
        ),
        (
            &["--disable=format=true"],
            "--disable, column 1, \"format=true\": gate format has a value, but this is a list of names; remove the item",
        ),
        (
            &["--enable=format, "],
            "--enable, column 8, \"\": the item is empty; write a name, or remove the comma",
        ),
        (
            &["--options=pylock"],
            "--options, column 1, \"pylock\": gate pylock is on but requires format, which is off; also set format, or remove pylock",
        ),
        (
            &["--preview", "--options=format=false"],
            "--preview: gate pylock is on by AllAlpha but requires format (set to false at --options, column 1, \"format=false\"), which is off; turn on format instead",
        ),
        (
            &["--feature-gates=pylock=true"],
            "--feature-gates, column 1, \"pylock=true\": gate pylock is on but requires format, which is off; also set format=true, or remove pylock=true",
        ),
    ] {
        assert_eq!(problem(arguments), expected);
    }
    let notices = resolver(&["--enable=lock,format"]).resolve().unwrap();
    assert_eq!(
        notices.notices()[0].to_string(),
        "--enable, column 1, \"lock\": lock is a former name of gate pylock; write pylock"
    );
}

#[test]
fn each_kind_of_source_has_its_precedence_in_any_notation() {
    let of = |source: Source, notation| source.written(notation);
    let resolution = Feature::resolver()
        .without_env()
        .text(&of(Source::flag("--disable"), Notation::Off), "format")
        .text(&of(Source::env("LIST"), Notation::On), "format")
        .text(&of(Source::config("app.toml"), Notation::Off), "proven")
        .resolve()
        .unwrap();
    assert!(!resolution.enabled(Feature::Format) && !resolution.enabled(Feature::Proven));
    let env = Feature::resolver()
        .without_env()
        .text(&of(Source::env("LIST"), Notation::On), "format,proven")
        .text(&of(Source::config("app.toml"), Notation::Off), "format,proven")
        .resolve()
        .unwrap();
    assert!(env.enabled(Feature::Format) && env.enabled(Feature::Proven));
}

#[test]
fn a_flag_that_a_program_renames_has_its_new_name_in_messages() {
    let parse = |arguments: &[&str]| {
        let command = Cli::command()
            .mut_arg("feature-gates", |arg| arg.long("gates"))
            .mut_arg("enable", |arg| arg.long(None::<&str>).short('E'));
        let matches = command.try_get_matches_from([&["app"], arguments].concat()).unwrap();
        <Cli as clap::FromArgMatches>::from_arg_matches(&matches).unwrap()
    };
    let cli = parse(&["--gates=A=1", "-E", "B"]);
    let resolver = cli.lists.apply(cli.gates.resolver()).without_env();
    let shown = resolver.resolve().unwrap_err().to_string();
    let locations: Vec<&str> = shown.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(locations, ["--gates", "-E"]);
}

#[test]
fn the_help_of_a_list_has_its_names_and_its_variable() {
    let help = Cli::command().render_long_help().to_string();
    for line in [
        "--enable <NAME,…>",
        "--disable <NAME,…>",
        "--preview-features <NAME,…>",
        "--options <NAME[=BOOL],…>",
        "--without-store <NAME,…>",
        "pylock (ALPHA - default=false)",
        "store:Compaction (ALPHA - default=false)",
        "NOTATIONS_PREVIEW_FEATURES, which override",
        "[env: NOTATIONS_PREVIEW]",
        "Turn features off, as in A,B.",
        "Turn AllAlpha off",
    ] {
        assert!(help.contains(line), "{line} is missing in\n{help}");
    }
}

#[test]
fn each_flag_is_completed_with_the_gates_of_its_enum() {
    let command = for_completion::<Store>(for_completion::<Feature>(Cli::command()));
    let values = |flag: &str| -> Vec<String> {
        let arg = command.get_arguments().find(|arg| arg.get_id() == flag).unwrap();
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    };
    assert_eq!(values("enable"), ["AllAlpha", "AllBeta", "pylock", "format", "proven"]);
    assert_eq!(values("without-store"), ["store:AllAlpha", "store:AllBeta", "store:Compaction"]);
    assert!(values("feature-gates").contains(&"format=false".to_owned()));
}

/// What a configuration turns on, or its problems.
fn configured(text: &str, notation: Notation) -> Result<Vec<&'static str>, String> {
    let list: GateList = serde_json::from_str(text).unwrap();
    let source = Source::config("app.json").written(notation);
    let resolver =
        Feature::resolver().without_env().config(list.items_or_group(&source, "AllAlpha"));
    let resolution = resolver.resolve().map_err(|problems| problems.to_string())?;
    Ok(Feature::all().filter(|gate| resolution.enabled(*gate)).map(Feature::name).collect())
}

#[test]
fn a_configuration_lists_names_or_has_a_boolean_for_a_group() {
    for (text, notation, on) in [
        (r#"["format"]"#, Notation::On, &["format", "proven"][..]),
        (r#"["proven"]"#, Notation::Off, &[]),
        (r#"["format", "proven=false"]"#, Notation::Switches, &["format"]),
        (r#"["format=1"]"#, Notation::Assignments, &["format", "proven"]),
        (r#""format, pylock""#, Notation::On, &["pylock", "format", "proven"]),
        ("true", Notation::On, &["pylock", "format", "proven"]),
        ("false", Notation::On, &["proven"]),
        ("null", Notation::On, &["proven"]),
        ("[null]", Notation::On, &["proven"]),
    ] {
        assert_eq!(configured(text, notation), Ok(on.to_vec()), "{text}");
    }
    for (text, problem) in [
        (r#"["frmat"]"#, "\"frmat\": unknown gate frmat; did you mean format?"),
        (
            r#"["format=false"]"#,
            "\"format=false\": gate format has a value, but this is a list of names; remove the item",
        ),
        (
            r#"["pylock"]"#,
            "\"pylock\": gate pylock is on but requires format, which is off; also add format, or remove pylock",
        ),
    ] {
        assert_eq!(configured(text, Notation::On), Err(format!("app.json, {problem}")));
    }
    for (text, is) in [
        ("[3]", "the number 3"),
        ("[[]]", "a list"),
        ("[{}]", "a map"),
        ("[true]", "the boolean true"),
    ] {
        let problem =
            format!("app.json: the item is {is}, not a name; write a name, or remove the item");
        assert_eq!(configured(text, Notation::On), Err(problem));
    }
}

#[test]
fn a_table_of_a_gate_has_its_value_only_where_the_program_says_so() {
    let text =
        r#"{"format": {"size": 3, "enabled": true}, "proven": {"size": 3}, "pylock": false}"#;
    let map: GateMap = serde_json::from_str(text).unwrap();
    let resolve =
        |map: &GateMap| Feature::resolver().without_env().config(map.items("app.json")).resolve();
    assert_eq!(
        resolve(&map).unwrap_err().to_string(),
        "app.json: the value of gate format is a map, not a boolean; write true or false\napp.json: the value of gate proven is a map, not a boolean; write true or false"
    );
    let resolution = resolve(&map.with_tables()).unwrap();
    assert!(resolution.enabled(Feature::Format) && resolution.enabled(Feature::Proven));
    for (value, is) in [(r#""true""#, "the text \"true\""), ("3", "the number 3"), ("{}", "a map")]
    {
        let text = format!(r#"{{"format": {{"enabled": {value}}}}}"#);
        let map: GateMap = serde_json::from_str(&text).unwrap();
        let problem = resolve(&map.with_tables()).unwrap_err().to_string();
        assert!(problem.contains(&format!("the value of gate format is {is}")), "{problem}");
    }
}

#[test]
fn an_explanation_as_data_names_the_flag_or_variable_of_a_list() {
    let arguments = ["--enable=format", "--disable=proven", "--feature-gates=pylock=true"];
    let resolver = resolver(&arguments)
        .variable(Source::env("APP_ON").written(Notation::On))
        .variable(Source::env("APP_FORMAT").written(Notation::value("format")));
    let resolver =
        resolver.text(&Source::env("APP_FORMAT").written(Notation::value("format")), "1");
    let resolution = resolver.resolve().unwrap();
    let explanations = resolution.explain_all();
    let data = serde_json::to_value(Explained::new(&explanations)).unwrap();
    let sources = |gate: &str| -> Vec<(String, Option<String>)> {
        let gates = data.as_array().unwrap().iter();
        let gate = gates.filter(|one| one["name"] == gate).flat_map(|one| {
            let steps = one["chain"].as_array().unwrap().iter();
            steps.map(|step| {
                let text = |key: &str| step[key].as_str().map(str::to_owned);
                (text("source").unwrap(), text("name"))
            })
        });
        gate.filter(|(source, _)| source != "default").collect()
    };
    let named = |source: &str, name: &str| (source.to_owned(), Some(name.to_owned()));
    assert_eq!(sources("format"), [named("env", "APP_FORMAT"), named("flag", "--enable")]);
    assert_eq!(sources("proven"), [named("flag", "--disable")]);
    // The usual flag needs none.
    assert_eq!(sources("pylock"), [("flag".to_owned(), None)]);
}
