//! What is read from where, and what wrong usage says.

use crate::server::{Server, answer, json, text, vector};
use crate::{Folder, metrics};

#[test]
fn endpoints_are_read_from_arguments_and_a_file() {
    let folder = Folder::new();
    let plain = Server::start(|request| match request.path.as_str() {
        "/metrics" => text(metrics("1.2", "1.2", &[])),
        _ => answer("404 Not Found", "text/plain", ""),
    });
    let shown = Server::start(|request| {
        assert_eq!(
            (request.path.as_str(), request.headers["accept"].as_str()),
            ("/debug/featurez", "application/json")
        );
        json(
            r#"{"name":"worker","components":[],"gates":[{"name":"Cache","stage":"Alpha","enabled":true,"origin":{"source":"flag"}}]}"#,
        )
    });
    folder
        .write("targets", &format!("# two\n\n{}\n{}/debug/featurez\n", plain.name(), shown.url()));
    let ended = folder.json(&["status", "--scrape-file", "targets", "--scrape", &plain.url()]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let json = ended.json();
    let names: Vec<&str> = json["instances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["instance"].as_str().unwrap())
        .collect();
    let mut expected = [plain.name(), format!("{}/debug/featurez", shown.name())];
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn credentials_are_sent_and_never_shown() {
    let folder = Folder::new();
    let server = Server::start(|_| answer("403 Forbidden", "text/plain", "no"));
    let url = server.url();
    let without = folder.json(&["status", "--prometheus", &url]);
    assert_eq!(without.code, 3);
    let help =
        "it answered 403 Forbidden; give credentials with --bearer-token-file or --basic-auth-file";
    assert_eq!(without.missing(), [format!("{url}: {help}")]);
    folder.write("token", "c2VjcmV0\n");
    let with = folder.json(&["status", "--prometheus", &url, "--bearer-token-file", "token"]);
    assert_eq!(
        with.missing(),
        [format!("{url}: it answered 403 Forbidden; the credentials are not accepted")]
    );
    folder.write("password", "user:pass\n");
    let basic = folder.json(&["status", "--scrape", &url, "--basic-auth-file", "password"]);
    let sent: Vec<Option<String>> =
        server.requests().iter().map(|it| it.headers.get("authorization").cloned()).collect();
    let expected = [None, Some("Bearer c2VjcmV0"), Some("Basic dXNlcjpwYXNz")];
    assert_eq!(sent, expected.map(|value| value.map(str::to_owned)));
    for ended in [with, basic] {
        assert!(
            !format!("{ended:?}").contains("c2VjcmV0") && !format!("{ended:?}").contains("pass")
        );
    }
}

#[test]
fn a_source_that_does_not_answer_is_missing_and_the_others_count() {
    let folder = Folder::new();
    let good = Server::start(|_| text(metrics("1.2", "1.2", &["Fast"])));
    // Nobody listens there any more.
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let ended =
        folder.json(&["check", "--target", "1.3", "--scrape", &good.name(), "--scrape", &closed]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let removed = format!("error certain removed-gate {} Fast=true", good.name());
    assert!(ended.findings().contains(&removed), "{ended:?}");
    assert_eq!(ended.missing().len(), 1);
    assert!(ended.missing()[0].starts_with(&format!("http://{closed}/metrics: ")), "{ended:?}");
    let shown =
        folder.run(&["check", "--target", "1.3", "--scrape", &good.name(), "--scrape", &closed]);
    assert!(shown.out.contains("the answer is partial: 1 missing"), "{}", shown.out);
}

#[test]
fn wrong_usage_is_reported() {
    let folder = Folder::new();
    folder.write("empty", "");
    folder.write("no-colon", "user");
    for (arguments, error) in [
        (
            vec![],
            "there is nothing to read; name a source with --prometheus URL, --scrape URL or --metrics FILE",
        ),
        (vec!["--metrics", "nowhere"], "cannot read nowhere: "),
        (vec!["--metrics", "."], "cannot read .: it is a folder"),
        (vec!["--scrape-file", "nowhere"], "cannot read targets nowhere: "),
        (
            vec!["--prometheus", "ftp://host"],
            "\"ftp://host\" is not an address; write http:// or https://",
        ),
        (vec!["--prometheus", "http://"], "\"http://\" is not an address; write http://HOST:PORT"),
        (vec!["--scrape", "a b"], "\"a b\" is not an address; write http://HOST:PORT"),
        (
            vec!["--prometheus", "http://me:secret@host"],
            "an address has credentials, which other users of the system can see; use --basic-auth-file FILE",
        ),
        (vec!["--scrape", "host", "--bearer-token-file", "empty"], "credentials empty are empty"),
        (
            vec!["--scrape", "host", "--basic-auth-file", "no-colon"],
            "credentials no-colon have no colon; write USER:PASSWORD",
        ),
        (
            vec!["--scrape", "host", "--ca-file", "empty"],
            "cannot read certificates empty: there is no certificate in it",
        ),
        (vec!["--metrics", "empty", "--metric", "a{b}"], "\"a{b}\" is not the name of a metric"),
        (
            vec!["--metrics", "empty", "--manifest", "nowhere.yaml"],
            "cannot read manifest nowhere.yaml: ",
        ),
    ] {
        let ended = folder.run(&[&["status"], arguments.as_slice()].concat());
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{arguments:?} {ended:?}");
        assert!(ended.err.starts_with(&format!("error: {error}")), "{ended:?}");
        assert!(!ended.err.contains("secret"), "{ended:?}");
    }
    let newer = folder.run(&["check", "--target", "9.9", "--metrics", "empty"]);
    assert_eq!(newer.code, 2, "{newer:?}");
}

#[test]
fn a_prometheus_is_asked_for_gates_releases_and_what_is_down() {
    let folder = Folder::new();
    let server = Server::start(|request| {
        if request.path == "/prefix/api/v1/label/job/values" {
            assert_eq!(request.query["match[]"], "my_feature_enabled{cluster=\"x\"}");
            return json(r#"{"status":"success","data":["work"]}"#);
        }
        assert_eq!(request.path, "/prefix/api/v1/query");
        match request.query["query"].as_str() {
            // The label of the target renames that of the metric.
            "my_feature_enabled{cluster=\"x\"}" => vector([
                (
                    r#"{"__name__":"my_feature_enabled","instance":"a","job":"work","exported_name":"Cache","name":"pod-a","stage":"ALPHA"}"#,
                    1.0,
                ),
                (
                    r#"{"__name__":"my_feature_enabled","instance":"b","job":"work","exported_name":"Cache","name":"pod-b","stage":"ALPHA"}"#,
                    0.0,
                ),
                (
                    r#"{"__name__":"my_feature_enabled","instance":"b","job":"work","exported_name":"Index","name":"pod-b","stage":"BETA"}"#,
                    1.0,
                ),
            ]),
            "my_version_info{cluster=\"x\"}" => vector([
                (
                    r#"{"__name__":"my_version_info","instance":"a","job":"work","name":"pod-a","binary":"1.3","component":"worker","emulation":"1.2","min_compat":"1.2"}"#,
                    1.0,
                ),
                (
                    r#"{"__name__":"my_version_info","instance":"b","job":"work","name":"pod-b","binary":"1.3","component":"worker","emulation":"1.3","min_compat":"1.2"}"#,
                    1.0,
                ),
            ]),
            // Of another program, which uses the name for something else.
            "version_info{cluster=\"x\"}" => vector([(
                r#"{"__name__":"version_info","instance":"a","job":"work","name":"pod-a","version":"9"}"#,
                1.0,
            )]),
            "kubernetes_build_info{cluster=\"x\"}" => vector([]),
            "up{cluster=\"x\"} == 0" => vector([
                (r#"{"__name__":"up","instance":"c","job":"work"}"#, 0.0),
                (r#"{"__name__":"up","instance":"d","job":"other"}"#, 0.0),
            ]),
            query => panic!("{query}"),
        }
    });
    let url = format!("{}/prefix/", server.url());
    let ended = folder.json(&[
        "status",
        "--prometheus",
        &url,
        "--metric",
        "my_feature_enabled",
        "--match",
        "cluster=\"x\"",
    ]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let source = format!("{}/prefix", server.url());
    assert_eq!(
        ended.missing(),
        [format!("{source}: c of job work is down, so that its gates are not known")]
    );
    let json = ended.json();
    let instances = json["instances"].as_array().unwrap();
    let shown: Vec<String> = instances
        .iter()
        .map(|it| {
            format!(
                "{} {} {} {} {}",
                it["instance"], it["component"], it["release"], it["emulated"], it["gates"]
            )
        })
        .collect();
    assert_eq!(shown, [r#""a" "worker" "1.3" "1.2" 1"#, r#""b" "worker" "1.3" null 2"#]);
}

#[test]
fn a_prometheus_without_gates_is_not_a_fleet_without_findings() {
    let folder = Folder::new();
    let server = Server::start(|_| vector([]));
    let ended = folder.json(&["check", "--target", "1.3", "--prometheus", &server.url()]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let missing = format!("{}: it has no metric kubernetes_feature_enabled", server.url());
    assert_eq!(ended.missing(), [missing]);
}

#[test]
fn instances_with_one_name_are_distinguished_by_their_other_labels() {
    let folder = Folder::new();
    let line = |cluster: &str| {
        format!(
            "kubernetes_feature_enabled{{cluster=\"{cluster}\",instance=\"a\",job=\"work\",name=\"Cache\",stage=\"ALPHA\"}} 0\n"
        )
    };
    // As `/federate` of a Prometheus gives them.
    folder.write("federated", &(line("x") + &line("y")));
    let ended = folder.json(&["status", "--metrics", "federated"]);
    let json = ended.json();
    let names: Vec<&str> = json["instances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["instance"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["a{cluster=\"x\"}", "a{cluster=\"y\"}"]);
    assert_eq!(json["instances"][0]["component"], "work");
}

#[test]
fn a_prometheus_that_does_not_give_all_at_once_is_asked_page_by_page() {
    let folder = Folder::new();
    let all = "kubernetes_feature_enabled";
    let server = Server::start(move |request| {
        match (request.path.as_str(), request.query.get("query").map(String::as_str)) {
            ("/api/v1/label/instance/values", None) => {
                assert_eq!(request.query["match[]"], all);
                let names: Vec<String> =
                    (0..150).map(|number| format!("\"10.0.0.{number}:1\"")).collect();
                json(format!(r#"{{"status":"success","data":[{}]}}"#, names.join(",")))
            }
            (_, Some(query)) if query == all => answer(
                "422 Unprocessable Entity",
                "application/json",
                r#"{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}"#,
            ),
            (_, Some(query)) if query.starts_with(all) => {
                let list = query
                    .strip_prefix("kubernetes_feature_enabled{instance=~\"")
                    .unwrap()
                    .strip_suffix("\"}")
                    .unwrap();
                let names: Vec<String> =
                    list.split('|').map(|name| name.replace("\\\\.", ".")).collect();
                let labels: Vec<String> = names
                .iter()
                .map(|name| format!(r#"{{"__name__":"{all}","instance":"{name}","job":"work","name":"Cache","stage":"ALPHA"}}"#))
                .collect();
                vector(labels.iter().map(|labels| (labels.as_str(), 0.0)))
            }
            _ => vector([]),
        }
    });
    let ended = folder.json(&["status", "--prometheus", &server.url()]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.json()["instances"].as_array().unwrap().len(), 150);
}

#[test]
fn endpoints_of_one_host_are_different_instances() {
    let folder = Folder::new();
    let server = Server::start(|request| match request.path.as_str() {
        "/nodes/one/metrics" => text(metrics("1.2", "1.2", &[])),
        _ => text(metrics("1.2", "1.2", &["Fast"])),
    });
    let [one, two] = ["one", "two"].map(|node| format!("{}/nodes/{node}/metrics", server.url()));
    let ended = folder.json(&["check", "--target", "1.3", "--scrape", &one, "--scrape", &two]);
    let name = format!("{}/nodes/two/metrics", server.name());
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.findings().contains(&format!("error certain removed-gate {name} Fast=true")));
    // What is one instance cannot have a gate on and off.
    folder.write("both", &(metrics("1.2", "1.2", &["Fast", "Grow"]) + &metrics("1.2", "1.2", &[])));
    let ended = folder.json(&["status", "--metrics", "both"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    let reason = "gate Fast has two values at both, as do 1 more; the first one counts";
    assert_eq!(ended.missing(), [format!("both: {reason}")]);
}

#[test]
fn a_mark_at_the_beginning_and_comments_behind_targets_are_left_out() {
    let folder = Folder::new();
    let server = Server::start(|_| text(format!("\u{feff}{}", metrics("1.2", "1.2", &[]))));
    folder.write("targets", &format!("\u{feff}{} # the first\n", server.name()));
    let ended = folder.json(&["status", "--scrape-file", "targets"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let line = "kubernetes_feature_enabled{name=\"Fast\",stage=\"ALPHA\"} 1\n";
    folder.write("marked", &format!("\u{feff}{line}"));
    let ended = folder.json(&["status", "--metrics", "marked"]);
    assert_eq!(ended.json()["instances"][0]["gates"], 1, "{ended:?}");

    folder.write("targets", "a:1\n\nb:99999\n");
    let ended = folder.run(&["status", "--scrape-file", "targets"]);
    assert_eq!(ended.code, 2, "{ended:?}");
    let error = "targets:3: \"b:99999\" has no valid port; write a number up to 65535";
    assert!(ended.err.contains(error), "{ended:?}");
}

/// A server with the API of Prometheus that has these series of gates, and these targets that are down.
fn prometheus(gates: &'static [(&str, f64)], down: &'static [(&str, f64)]) -> Server {
    Server::start(move |request| {
        let query = request.query.get("query").map_or("", String::as_str);
        match (request.path.as_str(), query) {
            ("/api/v1/query", "kubernetes_feature_enabled") => vector(gates.iter().copied()),
            ("/api/v1/query", "up == 0") => vector(down.iter().copied()),
            ("/api/v1/query", "version_info") => vector([(
                r#"{"__name__":"version_info","instance":"a","job":"worker","binary":"1.2","component":"worker","emulation":"1.2","stage":"prod"}"#,
                1.0,
            )]),
            ("/api/v1/query", _) => {
                json(r#"{"status":"success","warnings":null,"error":null,"data":{"result":[]}}"#)
            }
            ("/api/v1/label/job/values", _) => {
                json(r#"{"status":"success","data":["scheduler","worker"]}"#)
            }
            (path, query) => panic!("{path} {query}"),
        }
    })
}

#[test]
fn a_label_of_the_target_that_is_called_stage_does_not_divide_an_instance() {
    let server = prometheus(
        &[
            (
                r#"{"__name__":"kubernetes_feature_enabled","instance":"a","job":"worker","name":"Fast","stage":"prod","exported_stage":"ALPHA"}"#,
                1.0,
            ),
            // Prometheus leaves out the empty stage.
            (
                r#"{"__name__":"kubernetes_feature_enabled","instance":"a","job":"worker","name":"Hold","stage":"prod"}"#,
                1.0,
            ),
        ],
        &[],
    );
    let json = Folder::new().json(&["status", "--prometheus", &server.url()]).json();
    assert_eq!(json["instances"].as_array().unwrap().len(), 1, "{json}");
    assert_eq!(json["instances"][0]["gates"], 2);
    assert_eq!(json["instances"][0]["release"], "1.2");
}

#[test]
fn a_series_that_cannot_be_used_hides_no_other() {
    let server = prometheus(
        &[
            (
                r#"{"__name__":"kubernetes_feature_enabled","instance":"b","job":"worker","name":"Fast","stage":"ALPHA"}"#,
                7.0,
            ),
            (
                r#"{"__name__":"kubernetes_feature_enabled","instance":"a","job":"worker","name":"Fast","stage":"ALPHA"}"#,
                1.0,
            ),
        ],
        &[],
    );
    let url = server.url();
    let ended = Folder::new().json(&["status", "--prometheus", &url]);
    let reason = "at b, gate \"Fast\" has the value 7; expected 0 or 1";
    assert_eq!((ended.code, ended.missing()), (3, vec![format!("{url}: {reason}")]));
    assert_eq!(ended.json()["instances"][0]["instance"], "a");
}

#[test]
fn what_is_down_is_missing_if_it_had_gates_and_has_no_other_target() {
    let server = prometheus(
        &[(
            r#"{"__name__":"kubernetes_feature_enabled","instance":"a","job":"worker","name":"Fast","stage":"ALPHA"}"#,
            0.0,
        )],
        &[
            (r#"{"__name__":"up","instance":"a","job":"worker","metrics_path":"/cadvisor"}"#, 0.0),
            (r#"{"__name__":"up","instance":"s","job":"scheduler"}"#, 0.0),
            (r#"{"__name__":"up","instance":"d","job":"database"}"#, 0.0),
        ],
    );
    let url = server.url();
    let ended = Folder::new().json(&["status", "--prometheus", &url]);
    let reason = "s of job scheduler is down, so that its gates are not known";
    assert_eq!(ended.missing(), [format!("{url}: {reason}")]);
}
