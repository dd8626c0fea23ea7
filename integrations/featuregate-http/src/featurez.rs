//! `/featurez`: the gates in effect.

use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use featuregate::data::Report;
use featuregate::{Component, FeatureGate, UntypedResolution, Version};
use featuregate_page::{CONTENT_SECURITY_POLICY, Page};
use http::header::CONTENT_SECURITY_POLICY as POLICY;
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use mediatype::MediaType;
use mediatype::names::{APPLICATION, HTML, JSON, PLAIN, TEXT};
use serde::Serialize;

use crate::answer::{self, Body, accepted, answer, refusal, service};

/// The gates in effect: as text, as JSON or as a page, by the header `Accept`. Without one, it is text.
///
/// The JSON is `{"name", "components": [{"component", "binary", "emulation", "minCompat"}], "gates": […]}`, where the
/// gates are those of [`Report`]; `component` is null for the component without a name.
///
/// It answers 503 until gates are installed.
///
/// ```
/// use featuregate::FeatureGate;
/// use featuregate_http::Featurez;
///
/// #[derive(Clone, Copy, FeatureGate)]
/// enum Feature {
///     /// A cache in front of the disk.
///     #[gate(alpha)]
///     Cache,
/// }
///
/// let featurez = Featurez::of::<Feature>("app");
/// assert_eq!(format!("{featurez:?}"), "Featurez(\"app\")");
/// ```
#[derive(Clone)]
pub struct Featurez {
    name: Arc<str>,
    installed: fn() -> Option<UntypedResolution>,
}

impl Featurez {
    /// The gates of an enum, and of those that are installed with it, in a program of that name.
    #[must_use]
    pub fn of<F: FeatureGate>(name: impl AsRef<str>) -> Self {
        let installed = || F::installed().map(|resolution| resolution.untyped().clone());
        Self { name: name.as_ref().into(), installed }
    }

    fn answer(&self, headers: &HeaderMap) -> Response<Body> {
        let Some(resolution) = (self.installed)() else {
            return refusal(StatusCode::SERVICE_UNAVAILABLE, "no gates are installed yet");
        };
        let form = match accepted(headers) {
            Some(accept) => Form::of(accept.negotiate(&AVAILABLE)),
            None => Some(Form::Text),
        };
        match form {
            Some(Form::Text) => answer(StatusCode::OK, answer::TEXT, self.text(&resolution)),
            Some(Form::Json) => match self.json(&resolution) {
                Ok(json) => answer(StatusCode::OK, "application/json", json),
                Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            },
            Some(Form::Page) => {
                let page = Page::of_process(&self.name, &resolution).to_html();
                let mut page = answer(StatusCode::OK, "text/html; charset=utf-8", page);
                page.headers_mut()
                    .insert(POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
                page
            }
            None => refusal(
                StatusCode::NOT_ACCEPTABLE,
                "available are text/plain, application/json and text/html",
            ),
        }
    }

    fn text(&self, resolution: &UntypedResolution) -> String {
        let mut text = format!("{} featurez\n", self.name);
        for Release { component, binary, emulation, .. } in releases(resolution) {
            let component = component.map(|name| format!("{name} ")).unwrap_or_default();
            let emulates =
                if emulation == binary { String::new() } else { format!(" as {emulation}") };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{component}release {binary}{emulates}");
        }
        text.push('\n');
        text.push_str(&Report::from(resolution).to_string());
        text
    }

    fn json(&self, resolution: &UntypedResolution) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Document<'a> {
            name: &'a str,
            components: Vec<Release<'a>>,
            gates: Report<'a>,
        }
        serde_json::to_string(&Document {
            name: &self.name,
            components: releases(resolution).collect(),
            gates: Report::from(resolution),
        })
    }
}

service!(Featurez);

impl fmt::Debug for Featurez {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Featurez").field(&self.name).finish()
    }
}

static AVAILABLE: [MediaType<'static>; 3] =
    [MediaType::new(TEXT, PLAIN), MediaType::new(APPLICATION, JSON), MediaType::new(TEXT, HTML)];

/// In which form a client wants the gates.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
    Page,
}

impl Form {
    /// The form of one of the media types that are available.
    fn of(chosen: Option<&MediaType<'static>>) -> Option<Self> {
        let mut forms = AVAILABLE.iter().zip([Self::Text, Self::Json, Self::Page]);
        forms.find(|(media_type, _)| chosen == Some(*media_type)).map(|(_, form)| form)
    }
}

/// The release of a component.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Release<'a> {
    component: Option<&'a str>,
    #[serde(serialize_with = "text")]
    binary: Version,
    #[serde(serialize_with = "text")]
    emulation: Version,
    #[serde(serialize_with = "text")]
    min_compat: Version,
}

fn releases(resolution: &UntypedResolution) -> impl Iterator<Item = Release<'_>> {
    let release = |component: &'_ Component| component.versions();
    resolution.gates().components().iter().map(move |component| {
        let versions = release(component);
        Release {
            component: component.name(),
            binary: versions.binary,
            emulation: versions.emulated,
            min_compat: versions.min_compat,
        }
    })
}

fn text<S: serde::Serializer>(version: &Version, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(version)
}
