//! `--serve`: the gates of the running process over HTTP, for operators, Prometheus and `featuregate fleet`.

use std::io::{self, Write};
use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use featuregate::{FeatureGate, Resolution};
use featuregate_http::{Featurez, Flagz, Problem, router};
use featuregate_openfeature::GateProvider;
use featuregate_prometheus::GateCollector;
use kubelet::Feature;
use open_feature::OpenFeature;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

/// Logs the notices, and the gates that differ from their defaults.
pub(crate) fn log(resolution: &Resolution<Feature>) {
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    resolution.trace();
}

const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves until the process is asked to end, by SIGTERM or Ctrl-C, and answers the requests that it has begun.
pub(crate) fn serve(address: SocketAddr, flagz: Flagz, out: &mut impl Write) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let end = end()?;
        OpenFeature::singleton_mut().await.set_provider(GateProvider::of::<Feature>()).await;
        let listener = TcpListener::bind(address).await?;
        // With port 0, the system has chosen one.
        writeln!(out, "serving on http://{}", listener.local_addr()?)?;
        out.flush()?;
        axum::serve(listener, app(flagz)).with_graceful_shutdown(end).await
    })
}

/// Waits until the process is asked to end.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Waits until the process is asked to end.
#[cfg(not(unix))]
fn end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal, the process serves until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}

fn app(flagz: Flagz) -> Router {
    let featurez = Featurez::of::<Feature>("kubelet");
    let app = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/metrics", get(metrics))
        .route("/statusz", get(statusz));
    // As in Kubernetes, the flags are only shown where this gate is on.
    if Feature::ComponentFlagz.enabled() {
        app.merge(router(featurez, flagz))
    } else {
        app.route_service("/featurez", featurez)
    }
}

/// A handler that needs a gate: where it is off, the client gets 501 with a problem.
async fn statusz() -> Result<String, Problem> {
    Feature::ComponentStatusz.require()?;
    let swap = swap().await;
    Ok(format!("kubelet statusz\nBinary version: {}\nSwap: {swap}\n", Feature::version()))
}

/// What a library is answered that asks `OpenFeature` and knows nothing of the gates.
async fn swap() -> String {
    let client = OpenFeature::singleton().await.create_client();
    match client.get_bool_details("NodeSwap", None, None).await {
        Ok(details) => details.variant.unwrap_or_default(),
        Err(error) => error.message.unwrap_or_default(),
    }
}

async fn metrics() -> impl IntoResponse {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(GateCollector::of::<Feature>("kube")));
    let mut text = String::new();
    match prometheus_client::encoding::text::encode(&mut text, &registry) {
        Ok(()) => ([(CONTENT_TYPE, METRICS)], text).into_response(),
        Err(error) => {
            (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
        }
    }
}
