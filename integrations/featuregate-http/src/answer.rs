//! What the services have in common: which requests they take, and how an answer looks.

use bytes::Bytes;
use headers_accept::Accept;
use http::header::{ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body_util::Full;

/// The body of each answer, which is complete.
pub type Body = Full<Bytes>;

/// An answer with a text. It is never stored, since the next process may have other gates.
pub(crate) fn answer(status: StatusCode, media_type: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("accept"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

pub(crate) fn refusal(status: StatusCode, reason: impl Into<String>) -> Response<Body> {
    answer(status, TEXT, format!("{}\n", reason.into()))
}

/// The refusal of a method that would change something.
pub(crate) fn only_reads(method: &Method) -> Option<Response<Body>> {
    if matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are supported");
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    Some(response)
}

/// Which media types a client accepts; `None` where it does not say, or not in a way that can be read.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Accept> {
    let values: Vec<&str> =
        headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() { None } else { values.join(", ").parse().ok() }
}

/// The answer without its body, for `HEAD`.
pub(crate) fn for_method(method: &Method, response: Response<Body>) -> Response<Body> {
    if *method == Method::HEAD { response.map(|_| Body::default()) } else { response }
}

/// Implements `tower`'s `Service` for a type with `fn answer(&self, &Method, &HeaderMap) -> Response<Body>`.
macro_rules! service {
    ($service:ty) => {
        impl<B> tower_service::Service<http::Request<B>> for $service {
            type Response = http::Response<$crate::answer::Body>;
            type Error = core::convert::Infallible;
            type Future = core::future::Ready<Result<Self::Response, Self::Error>>;

            fn poll_ready(
                &mut self,
                _: &mut core::task::Context<'_>,
            ) -> core::task::Poll<Result<(), Self::Error>> {
                core::task::Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: http::Request<B>) -> Self::Future {
                let (method, headers) = (request.method(), request.headers());
                let response =
                    $crate::answer::only_reads(method).unwrap_or_else(|| self.answer(headers));
                core::future::ready(Ok($crate::answer::for_method(method, response)))
            }
        }
    };
}
pub(crate) use service;
