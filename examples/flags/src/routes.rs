//! The routes: `/experimental-features` shows and changes what is experimental, and two routes are experimental.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use featuregate::{Disabled, Installed, Problems};
use serde_json::json;

use crate::{Flag, layer};

/// What the routes share.
struct App {
    flags: Installed<Flag>,
    /// Where changes are kept. One request at a time writes there.
    storage: Mutex<PathBuf>,
}

impl App {
    /// Keeps what was changed. Of requests that overlap, the last one to write has all changes.
    fn keep(&self) -> io::Result<()> {
        let storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        layer::write(&storage, &self.flags.layer())
    }
}

/// The routes of the database.
pub fn router(flags: Installed<Flag>, storage: PathBuf) -> Router {
    let app = App { flags, storage: Mutex::new(storage) };
    Router::new()
        .route("/experimental-features", get(show).patch(change))
        .route("/metrics", get(metrics))
        .route("/logs", get(logs))
        .with_state(Arc::new(app))
}

/// What is experimental, and whether it is on.
async fn show() -> Json<BTreeMap<&'static str, bool>> {
    let experimental = Flag::snapshot().into_iter().filter(|(flag, _)| flag.spec().is_runtime());
    Json(experimental.map(|(flag, on)| (flag.name(), on)).collect())
}

/// Changes what is experimental: `{"metrics": true}`. What is null has the value of the start again.
async fn change(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(asked): Json<BTreeMap<String, Option<bool>>>,
) -> Result<Json<BTreeMap<&'static str, bool>>, Refused> {
    app.flags.change(|layer| {
        if let Some(user) = headers.get("x-user").and_then(|user| user.to_str().ok()) {
            layer.by(user);
        }
        for (name, value) in asked {
            match value {
                Some(on) => layer.set_named(&name, on),
                None => layer.reset_named(&name),
            }
        }
    })?;
    app.keep()?;
    Ok(show().await)
}

async fn metrics() -> Result<&'static str, Refused> {
    Flag::Metrics.require()?;
    Ok("collections_total 0\n")
}

async fn logs() -> Result<&'static str, Refused> {
    Flag::LogsRoute.require()?;
    Ok(if Flag::LogsStream.enabled() { "streaming\n" } else { "the last lines\n" })
}

/// Why a request is refused.
enum Refused {
    Problems(Problems),
    Disabled(Disabled),
    Write(io::Error),
}

impl From<Problems> for Refused {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<Disabled> for Refused {
    fn from(disabled: Disabled) -> Self {
        Self::Disabled(disabled)
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, code, messages) = match self {
            Self::Problems(problems) => {
                let messages = problems.iter().map(ToString::to_string).collect();
                (StatusCode::BAD_REQUEST, "invalid_features", messages)
            }
            Self::Disabled(disabled) => {
                (StatusCode::BAD_REQUEST, "feature_not_enabled", vec![disabled.to_string()])
            }
            Self::Write(error) => {
                let message = format!("the change applies until the next start: {error}");
                (StatusCode::INTERNAL_SERVER_ERROR, "not_kept", vec![message])
            }
        };
        (status, Json(json!({ "code": code, "messages": messages }))).into_response()
    }
}
