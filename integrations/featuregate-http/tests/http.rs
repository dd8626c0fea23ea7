//! The services, asked as a client asks them.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a panic is a failure")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

use featuregate::{FeatureGate, Resolver};
use featuregate_http::{Featurez, Flagz, Problem};
use http::header::{ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

#[derive(Clone, Copy, FeatureGate)]
#[feature_gate(version = "1.36")]
enum Feature {
    /// A cache in front of the disk.
    #[gate(alpha = "1.36")]
    Cache,
    /// Fewer round trips.
    #[gate(alpha = "1.34", beta = "1.35")]
    Pipelining,
}

/// Gates that no test installs.
#[derive(Clone, Copy, FeatureGate)]
enum Uninstalled {
    /// Off.
    #[gate(alpha)]
    Other,
}

fn installed() -> Featurez {
    if Feature::installed().is_none() {
        // Another test may have been faster.
        let _ = Resolver::<Feature>::new().flag("Cache=true").resolve().unwrap().install();
    }
    Featurez::of::<Feature>("app")
}

async fn ask<S>(service: S, method: Method, accept: Option<&str>) -> (Response<()>, String)
where
    S: tower_service::Service<
            Request<()>,
            Response = Response<http_body_util::Full<bytes::Bytes>>,
            Error = std::convert::Infallible,
        >,
{
    let mut request = Request::builder().method(method).uri("/");
    if let Some(accept) = accept {
        request = request.header(ACCEPT, accept);
    }
    let response = service.oneshot(request.body(()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8(body.into()).unwrap())
}

fn content_type(response: &Response<()>) -> &str {
    response.headers()[CONTENT_TYPE].to_str().unwrap()
}

#[tokio::test]
async fn the_form_of_the_gates_follows_what_the_client_accepts() {
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accept, expected) in [
        (None, "text/plain; charset=utf-8"),
        (Some("*/*"), "text/plain; charset=utf-8"),
        (Some("text/plain"), "text/plain; charset=utf-8"),
        (Some("application/json"), "application/json"),
        (Some("application/json;q=0.5, text/html;q=0.4"), "application/json"),
        (Some(browser), "text/html; charset=utf-8"),
        // What cannot be read says nothing.
        (Some("\u{1}"), "text/plain; charset=utf-8"),
    ] {
        let accept = accept.filter(|accept| !accept.contains('\u{1}')).or(accept.map(|_| ";;;"));
        let (response, _) = ask(installed(), Method::GET, accept).await;
        assert_eq!(
            (response.status(), content_type(&response)),
            (StatusCode::OK, expected),
            "{accept:?}"
        );
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    }
    let (response, body) = ask(installed(), Method::GET, Some("image/png")).await;
    assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE);
    assert!(body.contains("text/html"), "{body}");
}

#[tokio::test]
async fn the_json_has_releases_and_gates_with_their_origin() {
    let (_, body) = ask(installed(), Method::GET, Some("application/json")).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["name"], "app");
    assert_eq!(
        body["components"],
        json!([{"component": null, "binary": "1.36", "emulation": "1.36", "minCompat": "1.35"}])
    );
    assert_eq!(body["gates"][0]["name"], "Cache");
    assert_eq!(body["gates"][0]["enabled"], true);
    assert_eq!(body["gates"][0]["origin"]["source"], "flag");
    assert_eq!(body["gates"][1]["origin"]["source"], "default");
}

#[tokio::test]
async fn the_page_comes_with_its_policy() {
    let (response, body) = ask(installed(), Method::GET, Some("text/html")).await;
    let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(body.contains("Feature gates of app"));
}

#[tokio::test]
async fn gates_can_only_be_read() {
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let (response, _) = ask(installed(), method, None).await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[ALLOW], "GET, HEAD");
    }
    let (response, body) = ask(installed(), Method::HEAD, None).await;
    assert_eq!((response.status(), body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn gates_that_are_not_installed_are_not_shown() {
    let (response, _) = ask(Featurez::of::<Uninstalled>("app"), Method::GET, None).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}

fn flagz() -> Flagz {
    Flagz::new("kubelet").flag("v", "2").flag("feature-gates", "A=true,B=false")
}

#[tokio::test]
async fn flags_are_text_with_the_warning_of_kubernetes() {
    let (response, body) = ask(flagz(), Method::GET, None).await;
    assert_eq!(content_type(&response), "text/plain; charset=utf-8");
    assert!(body.starts_with("\nkubelet flagz\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.\n"), "{body}");
    assert!(body.ends_with("\nfeature-gates=A=true,B=false\nv=2\n"), "{body}");
}

#[tokio::test]
async fn flags_are_json_where_the_client_names_the_kind() {
    for version in ["v1beta1", "v1alpha1"] {
        let accept = format!("application/json;v={version};g=config.k8s.io;as=Flagz");
        let (response, body) = ask(flagz(), Method::GET, Some(&accept)).await;
        assert_eq!(content_type(&response), "application/json");
        let body: Value = serde_json::from_str(&body).unwrap();
        let expected = json!({
            "kind": "Flagz",
            "apiVersion": format!("config.k8s.io/{version}"),
            "metadata": {"name": "kubelet"},
            "flags": {"feature-gates": "A=true,B=false", "v": "2"},
        });
        assert_eq!(body, expected);
    }
    for refused in
        ["application/json", "application/json;v=v9;g=config.k8s.io;as=Flagz", "text/html"]
    {
        let (response, _) = ask(flagz(), Method::GET, Some(refused)).await;
        assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE, "{refused}");
    }
}

#[tokio::test]
async fn a_value_of_several_lines_is_one_flag() {
    let (_, body) = ask(Flagz::new("app").flag("a", "1\nb=2"), Method::GET, None).await;
    assert!(body.ends_with("\na=1 b=2\n"), "{body}");
}

#[tokio::test]
async fn a_gate_that_is_off_is_a_problem_that_names_it_and_not_the_settings() {
    let problem = Problem::from(Uninstalled::Other.require().unwrap_err());
    let response = problem.response();
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let expected = json!({
        "type": "about:blank",
        "title": "gate Other (alpha) is off",
        "status": 501,
        "gate": "Other",
        "stage": "Alpha",
    });
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
}

#[test]
fn ten_thousand_answers_are_given_while_gates_are_checked() {
    let featurez = installed();
    let done = AtomicBool::new(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let checks = std::thread::scope(|scope| {
        let checking = scope.spawn(|| {
            let mut checks = 0_u64;
            while !done.load(Ordering::Relaxed) {
                assert!(black_box(Feature::Cache).enabled());
                checks += 1;
            }
            checks
        });
        let answers: BTreeSet<(StatusCode, String)> = runtime.block_on(async {
            let mut answers = BTreeSet::new();
            for _ in 0..10_000 {
                let (response, body) =
                    ask(featurez.clone(), Method::GET, Some("application/json")).await;
                answers.insert((response.status(), body));
            }
            answers
        });
        done.store(true, Ordering::Relaxed);
        assert!(answers.iter().map(|(status, _)| *status).eq([StatusCode::OK]), "{answers:?}");
        checking.join().unwrap()
    });
    assert!(checks > 10_000, "{checks}");
}
