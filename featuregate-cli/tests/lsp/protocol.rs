//! The life of a session, and messages that are malformed.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;
use crate::configuration::{CONFIG, MANIFEST};

const FILES: &[(&str, &str)] = &[("featuregates.yaml", MANIFEST)];

#[test]
fn the_server_offers_what_it_can_do() {
    let mut client = Client::start(FILES, &[]);
    let params = json!({ "capabilities": {}, "rootUri": client.root() });
    let answer = client.request("initialize", params).unwrap();
    let offered = &answer["capabilities"];
    assert_eq!(offered["positionEncoding"], "utf-16");
    assert_eq!(offered["textDocumentSync"]["change"], 2);
    assert_eq!(offered["hoverProvider"], true);
    assert!(
        offered["completionProvider"]["triggerCharacters"]
            .as_array()
            .unwrap()
            .contains(&"=".into())
    );
    assert_eq!(
        offered["codeActionProvider"]["codeActionKinds"],
        json!(["quickfix", "source.fixAll"])
    );
    assert_eq!(answer["serverInfo"]["name"], "featuregate");

    let mut client = Client::start(FILES, &["--stdio"]);
    let encodings = json!({ "general": { "positionEncodings": ["utf-32", "utf-8", "utf-16"] } });
    let answer = client.request("initialize", json!({ "capabilities": encodings })).unwrap();
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
}

#[test]
fn a_session_ends_as_the_protocol_says() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    let refused = client.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(refused["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.wait_for_end(), (0, String::new()), "although its input is open");

    let mut client = Client::ready(FILES, &[], &json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.wait_for_end(), (1, String::new()));

    let client = Client::ready(FILES, &[], &json!({}));
    assert_eq!(client.end(), (1, String::new()), "the end of the input ends the process");
    let mut client = Client::ready(FILES, &[], &json!({}));
    client.request("shutdown", Value::Null).unwrap();
    assert_eq!(client.end(), (0, String::new()));
    assert_eq!(Client::start(FILES, &[]).end(), (1, String::new()));
}

#[test]
fn nothing_is_answered_before_it_is_initialized_and_nothing_is_initialized_twice() {
    let mut client = Client::start(FILES, &[]);
    let refused = client.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(refused["code"], -32002);
    client.open("a.yaml", CONFIG);
    client.request("initialize", json!({ "capabilities": {}, "rootUri": client.root() })).unwrap();
    let refused = client.request("initialize", json!({})).unwrap_err();
    assert_eq!(refused["code"], -32601);
    client.notify("initialized", json!({}));
    client.open("a.yaml", CONFIG);
    assert!(!client.diagnostics("a.yaml", 1).is_empty());
}

#[test]
fn malformed_messages_are_refused_and_the_session_goes_on() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    for (message, code) in [
        ("", -32700),
        ("{", -32700),
        ("\u{0}", -32700),
        ("[]", -32600),
        ("1", -32600),
        ("{\"method\": \"x\"}", -32600),
        ("{\"jsonrpc\": \"1.0\", \"method\": \"x\", \"id\": 1}", -32600),
        ("{\"jsonrpc\": \"2.0\", \"method\": 1, \"id\": 1}", -32600),
        ("{\"jsonrpc\": \"2.0\", \"method\": \"x\", \"id\": 1.5}", -32600),
        (&"[".repeat(100_000), -32700),
    ] {
        client.text(message);
        let answer = client.wait(|message| message.get("error").is_some());
        assert_eq!(
            (&answer["error"]["code"], &answer["id"]),
            (&json!(code), &Value::Null),
            "{message:.99}"
        );
    }
    client.bytes(b"Content-Length: 3\r\n\r\n\xff\xfe\xfd");
    let answer = client.wait(|message| message.get("error").is_some());
    assert_eq!(answer["error"]["code"], -32700);

    for (method, params, code) in [
        ("textDocument/hover", json!(null), -32602),
        ("textDocument/hover", json!([1]), -32602),
        ("textDocument/completion", json!({ "textDocument": 1 }), -32602),
        ("textDocument/codeAction", json!({ "textDocument": { "uri": "x" } }), -32602),
        ("textDocument/rename", json!({}), -32601),
        ("no/such/method", json!({}), -32601),
    ] {
        let refused = client.request(method, params).unwrap_err();
        assert_eq!(refused["code"], code, "{method}");
    }
    // Notifications have no answer, and answers are not requests.
    for message in [
        json!({ "jsonrpc": "2.0", "method": "no/such/notification" }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 1 } }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": 1 } }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didChange" }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didClose", "params": {} }),
        json!({ "jsonrpc": "2.0", "id": 1, "result": null }),
        json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "" } }),
    ] {
        client.text(&message.to_string());
    }
    client.change("unknown.yaml", 2, json!([{ "text": "" }]));
    assert_eq!(client.at("hover", "unknown.yaml", 0, 0), Value::Null);
    assert_eq!(client.at("completion", "unknown.yaml", 0, 0), json!([]));
    client.open("a.yaml", CONFIG);
    assert!(!client.diagnostics("a.yaml", 1).is_empty());
}

#[test]
fn a_broken_header_ends_the_session_with_a_message() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    client.bytes(b"Content-Length: many\r\n\r\n");
    let expected =
        "error: cannot read a message: the Content-Length of a message is not a number\n";
    assert_eq!(client.wait_for_end(), (2, expected.to_owned()));
}

#[test]
fn a_manifest_that_cannot_be_read_is_reported_and_read_again_when_it_is_saved() {
    let mut client = Client::ready(&[("featuregates.yaml", "gates: {\n")], &[], &json!({}));
    let shown = client.wait(|message| message["method"] == "window/showMessage");
    let message = shown["params"]["message"].as_str().unwrap();
    assert!(message.starts_with("featuregate cannot check configuration: "), "{message}");
    assert!(message.contains("featuregates.yaml"), "{message}");
    client.open("a.yaml", CONFIG);
    assert_eq!(client.diagnostics("a.yaml", 1), [] as [Value; 0]);
    fs::write(client.path().join("featuregates.yaml"), MANIFEST).unwrap();
    let document = json!({ "uri": client.uri("featuregates.yaml") });
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
    assert_eq!(client.diagnostics("a.yaml", 1).len(), 2);
    // The levels of rules are read again, too.
    fs::write(client.path().join("featuregate.toml"), "[rules]\nremoved-gate = \"off\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(client.diagnostics("a.yaml", 1).len(), 1);
}

#[test]
fn manifests_are_found_upwards_to_the_root_of_the_repository() {
    let files = &[
        ("featuregates.yaml", MANIFEST),
        ("repository/deploy/kind/kubelet.yaml", CONFIG),
        ("repository/.git/HEAD", ""),
    ];
    // Otherwise, the gates are those of Kubernetes, which knows them all.
    for (manifest, unknown) in [("repository", 1), ("repository/deploy", 1), ("elsewhere", 0)] {
        let mut client = Client::start(files, &[]);
        let folder = client.path().join(manifest);
        fs::create_dir_all(&folder).unwrap();
        let gates = MANIFEST.replace("- name: DynamicKubeletConfig", "- name: Other");
        fs::write(folder.join("featuregates.yaml"), gates).unwrap();
        let open = client.uri("repository/deploy/kind");
        let folders = json!([{ "uri": open, "name": "kind" }]);
        client
            .request("initialize", json!({ "capabilities": {}, "workspaceFolders": folders }))
            .unwrap();
        client.notify("initialized", json!({}));
        client.open("repository/deploy/kind/kubelet.yaml", CONFIG);
        let found = client.diagnostics("repository/deploy/kind/kubelet.yaml", 1);
        let count = found.iter().filter(|it| it["code"] == "unknown-gate").count();
        assert_eq!(count, unknown, "{manifest}: {found:?}");
    }
}

#[test]
fn an_editor_that_can_is_asked_to_report_changes_of_manifests() {
    let capabilities =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::ready(FILES, &[], &capabilities);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    assert_eq!(
        registration["registerOptions"]["watchers"][0]["globPattern"],
        "**/featuregate.toml"
    );
}

#[test]
fn no_parameters_end_a_session() {
    let mut client = Client::ready(FILES, &[], &json!({}));
    client.open("a.yaml", CONFIG);
    let document = json!({ "uri": client.uri("a.yaml"), "version": 2 });
    let far = json!({ "line": u32::MAX, "character": u32::MAX });
    let near = json!({ "line": 0, "character": 0 });
    let with = |key: &str, value: Value| json!({ "textDocument": document, key: value });
    let mut params = vec![
        json!(null),
        json!([]),
        json!(1),
        json!("x"),
        json!({}),
        json!({ "textDocument": null }),
    ];
    for position in [
        json!(-1),
        json!({ "line": -1, "character": 0 }),
        json!({ "line": 1.5, "character": 0 }),
        far.clone(),
    ] {
        params.push(with("position", position));
    }
    for range in [
        json!({ "start": far, "end": near }),
        json!({ "start": near, "end": far }),
        json!({ "start": near }),
    ] {
        params.push(with("range", range.clone()));
        params.push(with("contentChanges", json!([{ "range": range, "text": "🦀" }])));
    }
    params.push(with("contentChanges", json!([{ "text": "featureGates: {" }, { "text": CONFIG }])));
    for method in
        ["hover", "completion", "codeAction", "didChange", "didSave", "didClose", "didOpen"]
    {
        for params in &params {
            // Either is an answer.
            drop(client.request(&format!("textDocument/{method}"), params.clone()));
            client.notify(&format!("textDocument/{method}"), params.clone());
        }
    }
    client.open("b.yaml", CONFIG);
    assert_eq!(client.diagnostics("b.yaml", 1).len(), 2);
}
