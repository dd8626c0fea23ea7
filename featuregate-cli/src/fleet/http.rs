//! Requests over HTTP: bounded in time, without redirects, and with the user's credentials.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use featuregate_core::__private::{Name, Quoted};
use ureq::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, LOCATION,
};
use ureq::http::uri::Authority;
use ureq::http::{StatusCode, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};
use ureq::{Agent, Body};

use crate::error::Error;
use crate::io::file;

/// How servers are asked.
#[derive(Clone, Debug, Args)]
pub(crate) struct Access {
    /// A file with a bearer token, which is sent to every URL that is given.
    #[arg(long, value_name = "FILE", conflicts_with = "basic_auth_file")]
    bearer_token_file: Option<PathBuf>,
    /// A file with USER:PASSWORD, which is sent to every URL that is given.
    #[arg(long, value_name = "FILE")]
    basic_auth_file: Option<PathBuf>,
    /// A file with certificates (PEM) of authorities that are trusted in addition to those of the system.
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// How long a complete answer may take; by default 60 seconds for Prometheus, and 10 for an endpoint.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    timeout: Option<u32>,
}

/// The kinds of answers that are asked for, which differ in how long they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Query,
    Endpoint,
}

impl Kind {
    fn usual_timeout(self) -> u32 {
        match self {
            Self::Query => 60,
            Self::Endpoint => 10,
        }
    }

    /// The most bytes of an answer.
    fn most(self) -> u64 {
        match self {
            Self::Query => 2 << 30,
            Self::Endpoint => 256 << 20,
        }
    }
}

/// Asks servers.
#[derive(Debug)]
pub(crate) struct Client {
    plain: Agent,
    /// With the certificates of authorities, which are read only if they are needed.
    secure: OnceLock<Result<Agent, String>>,
    authorities: Vec<Certificate<'static>>,
    authorization: Option<HeaderValue>,
    timeout: Option<u32>,
}

/// An answer, whose body is still to be read.
pub(crate) struct Answer {
    pub(crate) is_json: bool,
    pub(crate) body: Bounded,
}

impl Client {
    /// Reads the files that `access` names.
    pub(crate) fn of(access: &Access) -> Result<Self, Error> {
        let authorization = access.authorization()?;
        let authorities = match &access.ca_file {
            Some(path) => authorities(path)?,
            None => Vec::new(),
        };
        Ok(Self {
            plain: agent(None),
            secure: OnceLock::new(),
            authorities,
            authorization,
            timeout: access.timeout,
        })
    }

    /// Asks for what is at an address.
    ///
    /// # Errors
    /// Why there is no answer, or none that says what was asked for: a clause.
    pub(crate) fn get(
        &self,
        address: &Address,
        query: &[(&str, &str)],
        accept: &'static str,
        kind: Kind,
    ) -> Result<Answer, String> {
        let timeout = self.timeout(kind);
        let mut request = self.agent(address)?.get(address.uri.clone()).header(ACCEPT, accept);
        for (name, value) in query {
            request = request.query(name, value);
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let request = request.config().timeout_global(Some(timeout)).build();
        let response = request.call().map_err(|error| unanswered(&error, timeout))?;
        let (head, body) = response.into_parts();
        let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
        let is_json = header(CONTENT_TYPE).is_some_and(|kind| kind.contains("json"));
        let location = header(LOCATION).map(str::to_owned);
        let body = Bounded::of(body, kind.most(), timeout);
        if let Some(encoding) = header(CONTENT_ENCODING).filter(|it| *it != "identity") {
            return Err(format!(
                "its answer is compressed ({}), which was not asked for",
                Name(encoding)
            ));
        }
        if head.status.is_success() {
            return Ok(Answer { is_json, body });
        }
        Err(self.refusal(head.status, location.as_deref(), body))
    }

    /// How long such an answer may take.
    pub(crate) fn timeout(&self, kind: Kind) -> Duration {
        Duration::from_secs(self.timeout.unwrap_or(kind.usual_timeout()).into())
    }

    fn agent(&self, address: &Address) -> Result<&Agent, String> {
        if address.uri.scheme_str() != Some("https") {
            return Ok(&self.plain);
        }
        let secure = self.secure.get_or_init(|| {
            let mut roots = self.authorities.clone();
            let system = rustls_native_certs::load_native_certs();
            roots.extend(system.certs.iter().map(|it| Certificate::from_der(it).to_owned()));
            if roots.is_empty() {
                return Err(
                    "the system has no certificates of authorities; name some with --ca-file FILE"
                        .to_owned(),
                );
            }
            Ok(agent(Some(roots)))
        });
        secure.as_ref().map_err(Clone::clone)
    }

    /// Why a server refuses to answer. Prometheus gives its reason as JSON.
    fn refusal(&self, status: StatusCode, location: Option<&str>, body: Bounded) -> String {
        if status.is_redirection() {
            let to = location.map_or_else(String::new, |to| format!(" to {}", Quoted(to)));
            return format!("it redirects{to}, which is not followed; name the final address");
        }
        let mut message = format!("it answered {status}");
        let mut text = String::new();
        let read = body.take(64 << 10).read_to_string(&mut text);
        let json = read.ok().and_then(|_| serde_json::from_str::<serde_json::Value>(&text).ok());
        if let Some(error) = json.as_ref().and_then(|json| json.get("error")?.as_str()) {
            // Writing to a text cannot fail.
            let _ = write!(message, ": {}", Quoted(error));
        }
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            message.push_str(if self.authorization.is_some() {
                "; the credentials are not accepted"
            } else {
                "; give credentials with --bearer-token-file or --basic-auth-file"
            });
        }
        message
    }
}

impl Access {
    fn authorization(&self) -> Result<Option<HeaderValue>, Error> {
        let (path, basic) = match (&self.bearer_token_file, &self.basic_auth_file) {
            (Some(path), _) => (path, false),
            (None, Some(path)) => (path, true),
            (None, None) => return Ok(None),
        };
        let shown = path.display();
        let wrong = |what: &str| Error::new(format!("credentials {shown} {what}"));
        let bytes = file::read(path).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
        let secret = std::str::from_utf8(&bytes).map_err(|_| wrong("are not text"))?.trim();
        if secret.is_empty() {
            return Err(wrong("are empty"));
        }
        if basic && !secret.contains(':') {
            return Err(wrong("have no colon; write USER:PASSWORD"));
        }
        let value = if basic {
            format!("Basic {}", STANDARD.encode(secret))
        } else {
            format!("Bearer {secret}")
        };
        let mut value = HeaderValue::from_str(&value)
            .map_err(|_| wrong("have a character that a header cannot have"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

fn authorities(path: &Path) -> Result<Vec<Certificate<'static>>, Error> {
    let shown = path.display();
    let wrong = |what: String| Error::new(format!("cannot read certificates {shown}: {what}"));
    let bytes = file::read(path).map_err(|error| wrong(error.to_string()))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&bytes) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(error) => return Err(wrong(error.to_string())),
        }
    }
    if certificates.is_empty() {
        return Err(wrong("there is no certificate in it".to_owned()));
    }
    Ok(certificates)
}

fn agent(roots: Option<Vec<Certificate<'static>>>) -> Agent {
    let mut tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
    if let Some(roots) = roots {
        tls = tls.root_certs(RootCerts::new_with_certs(&roots));
    }
    Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(Duration::from_secs(10)))
        .max_response_header_size(64 << 10)
        .user_agent(concat!("featuregate/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn unanswered(error: &ureq::Error, timeout: Duration) -> String {
    if let Some(rustls::Error::InvalidCertificate(error)) = of_tls(error) {
        return format!(
            "its certificate is not accepted ({error}); name its authority with --ca-file FILE"
        );
    }
    if let Some(rustls::Error::InvalidMessage(_)) = of_tls(error) {
        return "it does not speak TLS; write http:// instead of https://".to_owned();
    }
    match error {
        ureq::Error::Timeout(_) => late(timeout),
        ureq::Error::Protocol(_) => "its answer is not valid HTTP".to_owned(),
        ureq::Error::LargeResponseHeader(..) => "the head of its answer is too large".to_owned(),
        ureq::Error::Io(error) => interrupted(error, timeout),
        ureq::Error::HostNotFound => "its host is not known".to_owned(),
        ureq::Error::ConnectionFailed => "it cannot be connected to".to_owned(),
        error => error.to_string(),
    }
}

/// Why the system cannot go on.
fn interrupted(error: &io::Error, timeout: Duration) -> String {
    match error.kind() {
        ErrorKind::TimedOut => late(timeout),
        ErrorKind::UnexpectedEof => "it closed the connection within its answer".to_owned(),
        _ => error.to_string(),
    }
}

/// The error of TLS, which may be within one of reading.
fn of_tls(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

pub(crate) fn late(timeout: Duration) -> String {
    let seconds = timeout.as_secs();
    format!("there was no complete answer within {seconds} s; --timeout SECONDS waits longer")
}

/// A body that is not read without end.
pub(crate) struct Bounded {
    body: Box<dyn Read + Send>,
    left: u64,
    most: u64,
    timeout: Duration,
}

impl Bounded {
    fn of(body: Body, most: u64, timeout: Duration) -> Self {
        // The limit of the client reports no number.
        let body = body.into_with_config().limit(u64::MAX).reader();
        Self { body: Box::new(body), left: most, most, timeout }
    }
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer).map_err(|error| {
            let of_client = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
            io::Error::other(of_client.map_or_else(
                || interrupted(&error, self.timeout),
                |error| unanswered(error, self.timeout),
            ))
        })?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!("the answer is larger than {} MB", self.most >> 20))
        })?;
        Ok(read)
    }
}

/// Where something is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    uri: Uri,
}

impl Address {
    /// An address, with `path` where it has none.
    ///
    /// # Errors
    /// What is wrong with it: a clause that names it.
    pub(crate) fn of(text: &str, path: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("{} {what}", Quoted(text)));
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        let Ok(uri) = whole.parse::<Uri>() else {
            return wrong("is not an address; write http://HOST:PORT");
        };
        let mut parts = uri.into_parts();
        let scheme = parts.scheme.as_ref().map(ureq::http::uri::Scheme::as_str);
        if !matches!(scheme, Some("http" | "https")) {
            return wrong("is not an address; write http:// or https://");
        }
        if parts.authority.as_ref().is_none_or(|authority| authority.host().is_empty()) {
            return wrong("has no host; write http://HOST:PORT");
        }
        // A number that is none would be left out, and the usual port asked.
        if parts.authority.as_ref().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err("an address has credentials, which other users of the system can see; use --basic-auth-file FILE".to_owned());
        }
        // A number that is too large would be left out, and the usual port asked.
        let lacks_number = |authority: &Authority| {
            authority.as_str().len() > authority.host().len() && authority.port_u16().is_none()
        };
        if parts.authority.as_ref().is_some_and(lacks_number) {
            return wrong("has no valid port; write a number up to 65535");
        }
        let own = parts.path_and_query.as_ref().map_or("", |path| path.as_str());
        if matches!(own, "" | "/") {
            parts.path_and_query = path.parse().ok();
        }
        match Uri::from_parts(parts) {
            Ok(uri) => Ok(Self { uri }),
            Err(_) => wrong("is not an address; write http://HOST:PORT"),
        }
    }

    /// The same with more of a path.
    ///
    /// # Errors
    /// The address has a query.
    pub(crate) fn below(&self, path: &str) -> Result<Self, String> {
        let below = format!("{}{path}", self.uri.to_string().trim_end_matches('/'));
        match (self.uri.query(), below.parse()) {
            (None, Ok(uri)) => Ok(Self { uri }),
            _ => Err(format!("{} has a query; leave it out", Quoted(&self.uri.to_string()))),
        }
    }

    /// Its host and port, as Prometheus names an instance, and its path where that is not a usual one.
    pub(crate) fn instance(&self) -> String {
        let host = self.uri.authority().map_or_else(String::new, ToString::to_string);
        let rest = self.uri.path_and_query().map_or("", |rest| rest.as_str());
        if matches!(rest, "/metrics" | "/featurez") { host } else { host + rest }
    }

    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.uri.to_string().trim_end_matches('/'))
    }
}
