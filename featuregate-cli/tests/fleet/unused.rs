//! `featuregate fleet unused`.

use crate::server::{Server, json, vector};
use crate::{Folder, GATES, metrics};

#[test]
fn a_gate_that_one_instance_sets_is_used() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &["Cache"]));
    folder.write("b", &metrics("1.2", "1.2", &["Eager"]));
    let ended = folder.json(&["unused", "--metrics", "a", "--metrics", "b"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let gates = ["Drain=false", "Fast=false", "Grow=false", "Hold=true", "Index=true"];
    let expected = gates.map(|gate| format!("note certain unset-gate - {gate}"));
    assert_eq!(ended.findings(), expected);
    let help = ended.json()["findings"][3]["help"].clone();
    assert_eq!(help, "remove the gate from the code; it is locked");
}

#[test]
fn a_prometheus_says_since_when() {
    let folder = Folder::new();
    let server = Server::start(|request| {
        let query = request.query["query"].as_str();
        match (request.path.as_str(), query) {
            ("/api/v1/query", "kubernetes_feature_enabled") => {
                let series = GATES.map(|(name, stage, on)| {
                    (format!(r#"{{"__name__":"kubernetes_feature_enabled","instance":"a","job":"worker","name":"{name}","stage":"{stage}"}}"#), f64::from(u8::from(on)))
                });
                vector(series.iter().map(|(labels, value)| (labels.as_str(), *value)))
            }
            ("/api/v1/query", "version_info") => vector([(
                r#"{"__name__":"version_info","instance":"a","job":"worker","binary":"1.2","component":"worker","emulation":"1.2"}"#,
                1.0,
            )]),
            ("/api/v1/query", _) => vector([]),
            // Index was off until 2026-11-02, and is remembered from 2026-10-30 on.
            (
                "/api/v1/query_range",
                "count by (name, exported_name) (kubernetes_feature_enabled == 0)",
            ) => {
                assert_eq!(request.query["step"], "3600");
                json(
                    r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"name":"Index"},"values":[[1793318400,"1"],[1793577600,"1"]]}]}}"#,
                )
            }
            (
                "/api/v1/query_range",
                "count by (name, exported_name) (kubernetes_feature_enabled == 1)",
            ) => json(
                r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"name":"Index"},"values":[[1793600000,"1"],[1793700000,"1"]]},{"metric":{"name":"Eager"},"values":[[1793318400,"1"],[1793700000,"1"]]}]}}"#,
            ),
            (path, query) => panic!("{path} {query}"),
        }
    });
    let ended = folder.json(&["unused", "--prometheus", &server.url(), "--days", "10"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let json = ended.json();
    let message = |gate: &str| {
        let findings = json["findings"].as_array().unwrap();
        let finding = findings.iter().find(|it| it["gate"] == gate).unwrap();
        (finding["message"].as_str().unwrap().to_owned(), finding["since"].clone())
    };
    let at = |text: &str, since: &str| (text.to_owned(), serde_json::json!(since));
    assert_eq!(
        message("Index"),
        at("gate Index is on at the only instance, as by default, since 2026-11-02", "2026-11-02")
    );
    assert_eq!(
        message("Eager"),
        at(
            "gate Eager is on at the only instance, as by default, at least since 2026-10-30",
            "2026-10-30"
        )
    );
    assert_eq!(message("Cache").1, serde_json::Value::Null);
}

#[test]
fn releases_with_different_defaults_are_counted_apart() {
    let folder = Folder::new();
    folder.write("a", &metrics("1.2", "1.2", &[]));
    folder.write("b", &metrics("1.3", "1.3", &["Drain"]));
    for order in [["a", "b"], ["b", "a"]] {
        let ended = folder.json(&["unused", "--metrics", order[0], "--metrics", order[1]]);
        let json = ended.json();
        let findings = json["findings"].as_array().unwrap();
        let drain = findings.iter().find(|it| it["gate"] == "Drain").unwrap();
        assert_eq!(drain["value"], true);
        assert_eq!(
            drain["message"],
            "gate Drain is on at 1 of 2 instances, and off at 1 of older releases, as by default"
        );
    }
}

#[test]
fn a_program_without_a_release_is_missing() {
    let folder = Folder::new();
    let metrics = metrics("1.2", "1.2", &[]);
    let (gates, _) = metrics.split_once("# TYPE version_info").unwrap();
    folder.write("a", gates);
    let ended = folder.json(&["unused", "--metrics", "a"]);
    assert_eq!((ended.code, ended.findings()), (3, Vec::new()));
    let reason = "its release is not known, so that its defaults are not known";
    assert_eq!(ended.missing(), [format!("an unknown program: {reason}")]);
}
