//! The answer of a handler whose gate is off.

use featuregate::Disabled;
use http::{Response, StatusCode};
use serde::Serialize;

use crate::answer::{Body, answer};

/// The answer to a request whose gate is off: 501 with a problem as in RFC 9457 (`application/problem+json`). It names
/// the gate, its stage and where it is tracked, but not how to turn it on, which is for operators and not for clients.
///
/// With the feature `axum`, a handler can return it as its error:
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_http::Problem;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// Answers in parts.
///     #[gate(alpha)]
///     Streaming,
/// }
///
/// async fn stream() -> Result<&'static str, Problem> {
///     Feature::Streaming.require()?;
///     Ok("…")
/// }
///
/// let problem = Problem::from(Feature::Streaming.require().unwrap_err());
/// assert_eq!(problem.response().status(), 501);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Problem(Disabled);

impl From<Disabled> for Problem {
    fn from(disabled: Disabled) -> Self {
        Self(disabled)
    }
}

impl Problem {
    /// The answer. Its body is complete.
    #[must_use]
    pub fn response(&self) -> Response<Body> {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(rename = "type")]
            kind: &'a str,
            title: String,
            status: u16,
            gate: &'a str,
            stage: &'static str,
        }
        let Self(disabled) = self;
        let status = StatusCode::NOT_IMPLEMENTED;
        let document = Document {
            kind: disabled.issue().unwrap_or("about:blank"),
            title: format!("gate {} ({}) is off", disabled.gate(), disabled.stage().as_word()),
            status: status.as_u16(),
            gate: disabled.gate(),
            stage: disabled.stage().as_str(),
        };
        // Texts and a number are always JSON.
        let text = serde_json::to_string(&document).unwrap_or_default();
        answer(status, "application/problem+json", text)
    }
}

#[cfg(feature = "axum")]
impl axum::response::IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        self.response().map(axum::body::Body::new)
    }
}
