//! What the README says of sessions.

use clap::Parser;
use featuregate::data::GateMap;
use session::{Cli, Config, Feature, Session, menu, table};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    session: Cli,
}

/// A session with these arguments and files.
fn start(arguments: &str, config: &str, requirements: &str) -> Result<Session, String> {
    let arguments = ["session"].into_iter().chain(arguments.split_whitespace());
    let cli = Arguments::parse_from(arguments).session;
    let config: Config = toml::from_str(config).unwrap();
    let requirements: GateMap = toml::from_str(requirements).unwrap();
    Session::start(&cli, &config, &requirements)
}

fn session(arguments: &str, config: &str) -> Session {
    start(arguments, config, "").unwrap()
}

/// The features that do not have their default.
fn changed(session: &Session) -> String {
    session.features.to_string()
}

#[track_caller]
fn warns(session: &Session, parts: &[&str]) {
    let warnings = session.warnings.join("\n");
    assert_eq!(session.warnings.len(), parts.len(), "{warnings}");
    for part in parts {
        assert!(warnings.contains(part), "{warnings}");
    }
}

#[test]
fn without_settings_each_feature_has_the_default_of_its_stage() {
    let session = session("", "");
    let on: Vec<Feature> = session.features.on().collect();
    assert_eq!(on, [Feature::ShellTool, Feature::UnifiedExec, Feature::MultiAgent]);
    warns(&session, &[]);
}

#[test]
fn a_stable_feature_is_switched_without_a_word() {
    let session = session("", "[features]\nundo = true\nshell_tool = false");
    assert_eq!(changed(&session), "undo=true,shell_tool=false");
    warns(&session, &[]);
}

#[test]
fn a_later_layer_wins() {
    let config = "
        experimental_use_unified_exec_tool = true
        [features]
        unified_exec = false
        undo = true
        apps = true
        [profiles.work]
        experimental_use_unified_exec_tool = true
        [profiles.work.features]
        unified_exec = false
        undo = false
    ";
    assert_eq!(changed(&session("", config)), "undo=true,unified_exec=false,apps=true");
    let work = session("--profile work --disable apps --enable undo", config);
    assert_eq!(changed(&work), "undo=true,unified_exec=false");
    assert_eq!(changed(&session("--enable undo --disable undo", "")), "");
    assert_eq!(changed(&session("--disable undo --enable undo,apps", "")), "undo=true,apps=true");
}

#[test]
fn the_file_may_name_its_profile_and_an_unknown_one_is_an_error() {
    let config = "profile = \"work\"\n[profiles.work.features]\nundo = true\n[profiles.home]";
    assert_eq!(changed(&session("", config)), "undo=true");
    assert_eq!(changed(&session("--profile home", config)), "");
    assert_eq!(
        start("--profile hone", config, "").unwrap_err(),
        "unknown profile \"hone\"; the profiles are: home, work"
    );
}

#[test]
fn an_unknown_name_is_a_warning_in_the_file_and_an_error_in_a_flag() {
    let session = session("", "[features]\nundp = true\napps = true");
    assert_eq!(changed(&session), "apps=true");
    warns(&session, &["config.toml: unknown gate undp is ignored; did you mean undo?"]);
    let error = start("--enable undp,undo --disable nothing", "", "").unwrap_err();
    assert!(error.contains("--enable, column 1, \"undp\": unknown gate undp"), "{error}");
    assert!(error.contains("--disable") && error.lines().count() == 2, "{error}");
}

#[test]
fn a_value_that_is_not_a_boolean_is_a_warning_and_the_rest_applies() {
    let session = session("", "[features]\nundo = \"yes\"\napps = true");
    assert_eq!(changed(&session), "apps=true");
    warns(&session, &["config.toml: the value of gate undo is"]);
}

#[test]
fn a_removed_feature_is_accepted_with_any_value() {
    let session = session("", "[features]\nsearch_tool = true\nsteer = false");
    assert_eq!(changed(&session), "");
    warns(&session, &[]);
}

#[test]
fn a_former_name_sets_its_feature_with_a_word_about_the_new_one() {
    let session = session("", "[features]\ncollab = false\nmemory_tool = true");
    assert_eq!(changed(&session), "multi_agent=false,memories=true");
    warns(&session, &["collab", "memory_tool", "under development"]);
    assert!(session.warnings[0].contains("multi_agent"), "{:?}", session.warnings);
    let session = self::session("", "experimental_use_unified_exec_tool = false");
    assert_eq!(changed(&session), "unified_exec=false");
    warns(&session, &["experimental_use_unified_exec_tool"]);
}

#[test]
fn a_deprecated_feature_is_on_with_a_warning() {
    let session = session("--enable web_search_request", "");
    assert_eq!(changed(&session), "web_search_request=true");
    warns(&session, &["deprecated"]);
}

#[test]
fn what_a_feature_implies_is_on_with_it() {
    let session =
        session("--enable code_mode_only,enable_fanout", "[features]\nmulti_agent = true");
    assert_eq!(changed(&session), "code_mode=true,code_mode_only=true,enable_fanout=true");
}

#[test]
fn a_feature_without_the_one_that_it_requires_is_left_out_with_a_warning() {
    let tools_only = "[features]\njs_repl_tools_only = true";
    let session = session("", tools_only);
    assert_eq!(changed(&session), "");
    warns(&session, &["js_repl_tools_only is on but requires js_repl"]);
    let session = self::session("--enable js_repl", tools_only);
    assert_eq!(changed(&session), "js_repl=true,js_repl_tools_only=true");
}

#[test]
fn features_under_development_are_named_once_unless_the_file_says_otherwise() {
    let session = session("--enable memories", "[features]\ncode_mode = true\napps = true");
    warns(&session, &["under development are on and may not work: code_mode, memories;"]);
    let quiet = "suppress_unstable_features_warning = true\n[features]\ncode_mode = true";
    warns(&self::session("", quiet), &[]);
}

#[test]
fn groups_of_all_unfinished_features_do_not_exist() {
    let session = session("", "[features]\nAllAlpha = true");
    assert_eq!(changed(&session), "");
    warns(&session, &["unknown gate AllAlpha"]);
    assert!(start("--enable AllBeta", "", "").is_err());
}

#[test]
fn an_administrator_decides_above_all_layers() {
    let config = "[features]\napps = true\nundo = true";
    let session = start("--enable apps", config, "apps = false").unwrap();
    assert_eq!(changed(&session), "undo=true");
    assert!(
        session
            .warnings
            .iter()
            .any(|warning| warning.contains("pinned to false at requirements.toml")),
        "{:?}",
        session.warnings
    );
}

#[test]
fn an_administrator_decides_for_each_session() {
    let requirements: GateMap = toml::from_str("apps = false").unwrap();
    let first = session("", "");
    let second = first.with(Feature::Apps, true, &requirements).unwrap();
    assert!(!second.features.enabled(Feature::Apps));
    warns(&second, &["pinned to false at requirements.toml"]);
    // The requirements came after the session was kept.
    let kept = serde_json::to_string(&session("--enable apps", "")).unwrap();
    let resumed: Session = serde_json::from_str(&kept).unwrap();
    assert!(resumed.features.enabled(Feature::Apps));
    assert!(!resumed.under(&requirements).unwrap().features.enabled(Feature::Apps));
}

#[test]
fn each_session_has_features_of_its_own() {
    let first = session("--enable js_repl", "");
    let none = GateMap::default();
    let second = first.with(Feature::JsReplToolsOnly, true, &none).unwrap();
    assert!(second.features.enabled(Feature::JsReplToolsOnly));
    assert!(!first.features.enabled(Feature::JsReplToolsOnly));
    assert!(second.with(Feature::JsRepl, false, &none).is_err(), "it is required");
    assert!(!Feature::JsRepl.enabled(), "the process has the defaults");
    assert!(second.features.diff(&first.features).eq([(Feature::JsReplToolsOnly, true)]));
}

#[test]
fn a_session_is_kept_and_resumed_with_its_features() {
    let first = session("--enable js_repl,js_repl_tools_only --disable undo", "");
    let kept = serde_json::to_string(&first).unwrap();
    assert_eq!(kept, r#"{"features":{"js_repl":true,"js_repl_tools_only":true}}"#);
    let resumed: Session = serde_json::from_str(&kept).unwrap();
    assert_eq!(resumed.features, first.features);
}

#[test]
fn the_menu_offers_experiments_with_their_titles() {
    let titles: Vec<String> = menu().map(|(_, title, _)| title).collect();
    assert_eq!(titles, ["JavaScript", "Apps"]);
    assert_eq!(
        Feature::JsRepl.spec().meta("announcement"),
        Some("JavaScript now runs in a process that stays")
    );
    let table = table(&session("--enable apps", ""));
    assert!(table.contains("apps                   experimental      true\n"), "{table}");
    assert!(table.contains("memories               under development false\n"), "{table}");
}
