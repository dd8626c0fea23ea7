//! What the README says of the routes. The flags are installed once in this process, so there is one test.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use featuregate::Installed;
use flags::{Config, Flag, resolve, router};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Sends a request; the status and the body, as JSON or as text.
async fn send(
    router: &Router,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json").header("x-user", "alice");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let response = router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 100_000).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

async fn patch(router: &Router, body: Value) -> (StatusCode, Value) {
    send(router, "PATCH", "/experimental-features", Some(body)).await
}

fn config(storage: &Path) -> Config {
    Config { storage: storage.into(), ..Config::default() }
}

#[tokio::test]
async fn experimental_flags_are_changed_by_a_route_and_kept() {
    let storage = tempfile::tempdir().unwrap();
    let config = config(storage.path());
    let installed = resolve(&config, "").unwrap().install().unwrap();
    assert_eq!(installed.to_string(), "");
    assert!(resolve(&config, "").unwrap().install().is_err(), "the flags are set once");
    let routes = router(installed.clone(), storage.path().into());

    it_shows_what_is_experimental(&routes).await;
    it_refuses_an_experimental_route_until_it_is_turned_on(&routes).await;
    it_changes_all_or_nothing(&routes).await;
    it_refuses_what_is_not_experimental(&routes).await;
    it_says_who_made_a_change_and_when(&installed);
    observers_see_each_change_once(&routes, &installed).await;
    what_was_changed_is_kept_for_the_next_start(&routes, &config).await;
    what_an_upgrade_removes_is_a_warning_at_the_start(&config);
    a_change_that_cannot_be_kept_says_so(&installed).await;
}

async fn it_shows_what_is_experimental(routes: &Router) {
    let (status, body) = send(routes, "GET", "/experimental-features", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body, json!({"metrics": false, "logs_route": false, "logs_stream": false}));
}

async fn it_refuses_an_experimental_route_until_it_is_turned_on(routes: &Router) {
    let (status, body) = send(routes, "GET", "/metrics", None).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!("feature_not_enabled")));
    assert!(
        body["messages"][0].as_str().unwrap().starts_with("gate metrics (alpha) is off"),
        "{body}"
    );
    let (status, body) = patch(routes, json!({"metrics": true})).await;
    assert_eq!((status, &body["metrics"]), (StatusCode::OK, &json!(true)));
    assert_eq!(send(routes, "GET", "/metrics", None).await.0, StatusCode::OK);
}

async fn it_changes_all_or_nothing(routes: &Router) {
    let (status, body) = patch(routes, json!({"logs_stream": true, "metrics": false})).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_features")));
    assert!(
        body["messages"][0].as_str().unwrap().contains("logs_stream is on but requires logs_route"),
        "{body}"
    );
    assert!(Flag::Metrics.enabled(), "nothing has changed");
    let (status, _) =
        patch(routes, json!({"logs_stream": true, "logs_route": true, "metrics": null})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        Flag::LogsStream.enabled() && !Flag::Metrics.enabled(),
        "null is the value of the start"
    );
    assert_eq!(send(routes, "GET", "/logs", None).await.1, json!("streaming\n"));
}

async fn it_refuses_what_is_not_experimental(routes: &Router) {
    let asked = json!({"appendable_quantization": true, "metrisc": true, "all": true});
    let (status, body) = patch(routes, asked).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let messages = body["messages"].to_string();
    assert!(
        messages.contains("metrisc is ignored")
            || messages.contains("unknown gate metrisc; did you mean metrics?"),
        "{messages}"
    );
    assert!(
        messages.contains("appendable_quantization cannot be turned on while the program runs"),
        "{messages}"
    );
    let (status, _) = patch(routes, json!({"metrics": "yes"})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

fn it_says_who_made_a_change_and_when(installed: &Installed<Flag>) {
    let resolution = installed.resolution();
    let explained = resolution.explain("logs_route").unwrap().to_string();
    assert!(explained.contains("a change by alice at 20"), "{explained}");
}

async fn observers_see_each_change_once(routes: &Router, installed: &Installed<Flag>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    installed.on_change(move |changed| record.lock().unwrap().push(changed.to_string()));
    patch(routes, json!({"metrics": true})).await;
    patch(routes, json!({"metrics": true})).await;
    patch(routes, json!({"metrics": false})).await;
    assert_eq!(*seen.lock().unwrap(), ["metrics=true", "metrics=false"]);
}

async fn what_was_changed_is_kept_for_the_next_start(routes: &Router, config: &Config) {
    patch(routes, json!({"metrics": true})).await;
    let next = resolve(config, "").unwrap();
    assert_eq!(next.gates().to_string(), "metrics=true,logs_route=true,logs_stream=true");
    // It is above the configuration.
    let flags = serde_json::from_value(json!({"metrics": false})).unwrap();
    let other = Config { feature_flags: flags, storage: config.storage.clone() };
    assert!(resolve(&other, "app.json").unwrap().enabled(Flag::Metrics));
}

fn what_an_upgrade_removes_is_a_warning_at_the_start(config: &Config) {
    let file = config.storage.join("experimental-features.json");
    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&file, kept.replacen('{', r#"{"vector_store": true,"#, 1)).unwrap();
    let next = resolve(config, "").unwrap();
    assert_eq!(next.notices().len(), 1);
    assert!(next.enabled(Flag::Metrics));
    fs::write(&file, "{").unwrap();
    assert!(resolve(config, "").is_err(), "half a file is not read");
}

async fn a_change_that_cannot_be_kept_says_so(installed: &Installed<Flag>) {
    let routes = router(installed.clone(), "/nowhere".into());
    let (status, body) = patch(&routes, json!({"metrics": false})).await;
    assert_eq!((status, &body["code"]), (StatusCode::INTERNAL_SERVER_ERROR, &json!("not_kept")));
    assert!(!Flag::Metrics.enabled(), "it applies until the next start");
}
