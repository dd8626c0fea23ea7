//! `/flagz`: the flags that the process was started with, as Kubernetes' components show them (KEP-4828).

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use http::{HeaderMap, Response, StatusCode};
use mediatype::names::{APPLICATION, JSON, PLAIN, TEXT};
use mediatype::{MediaTypeBuf, Name, ReadParams};
use serde::Serialize;

use crate::answer::{self, Body, accepted, answer, refusal, service};

/// The group of the structured form.
const GROUP: &str = "config.k8s.io";
/// The versions of the structured form, which do not differ.
const VERSIONS: [&str; 2] = ["v1beta1", "v1alpha1"];

/// The flags that the process was started with, as in Kubernetes: text with a warning, or JSON where a client accepts
/// `application/json;v=v1beta1;g=config.k8s.io;as=Flagz`.
///
/// It shows what the program gives it. [`of_command`](Self::of_command) takes the arguments of clap; leave out what is
/// secret with [`without`](Self::without).
///
/// ```
/// use featuregate_http::Flagz;
///
/// let flagz = Flagz::new("app").flag("feature-gates", "Cache=true").flag("v", "2");
/// assert_eq!(format!("{flagz:?}"), r#"Flagz("app", {"feature-gates": "Cache=true", "v": "2"})"#);
/// ```
#[derive(Clone)]
pub struct Flagz {
    name: Arc<str>,
    flags: Arc<BTreeMap<String, String>>,
}

impl Flagz {
    /// Without flags, for a component of that name.
    #[must_use]
    pub fn new(name: impl AsRef<str>) -> Self {
        Self { name: name.as_ref().into(), flags: Arc::default() }
    }

    /// The same with one flag more, or another value for it. The name has no dashes before it.
    #[must_use]
    pub fn flag(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.flags).insert(name.into(), value.into());
        self
    }

    /// The same without a flag.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        Arc::make_mut(&mut self.flags).remove(name);
        self
    }

    /// The flags of a command that have a value, given or by default. The values of a repeated flag are joined with
    /// commas. An argument that hides its default from help (`hide_default_value`) is left out.
    ///
    /// ```
    /// use clap::{Arg, Command};
    /// use featuregate_http::Flagz;
    ///
    /// let command = Command::new("app").arg(Arg::new("v").long("v").default_value("2"));
    /// let matches = command.clone().try_get_matches_from(["app"])?;
    /// let flagz = Flagz::of_command(&command, &matches);
    /// assert_eq!(format!("{flagz:?}"), r#"Flagz("app", {"v": "2"})"#);
    /// # Ok::<(), clap::Error>(())
    /// ```
    #[cfg(feature = "clap")]
    #[must_use]
    pub fn of_command(command: &clap::Command, matches: &clap::ArgMatches) -> Self {
        let shown = |arg: &&clap::Arg| !arg.is_hide_default_value_set();
        let args = command.get_arguments().filter(shown);
        args.fold(Self::new(command.get_name()), |flagz, arg| {
            let id = arg.get_id().as_str();
            let Some(long) = arg.get_long() else { return flagz };
            let value = match arg.get_action() {
                clap::ArgAction::SetTrue | clap::ArgAction::SetFalse => {
                    matches.try_get_one::<bool>(id).ok().flatten().map(bool::to_string)
                }
                clap::ArgAction::Count => {
                    matches.try_get_one::<u8>(id).ok().flatten().map(u8::to_string)
                }
                _ => matches.try_get_raw(id).ok().flatten().map(|values| {
                    values.map(|value| value.to_string_lossy()).collect::<Vec<_>>().join(",")
                }),
            };
            match value {
                Some(value) => flagz.flag(long, value),
                None => flagz,
            }
        })
    }

    fn answer(&self, headers: &HeaderMap) -> Response<Body> {
        let chosen = match accepted(headers) {
            Some(accept) => accept.media_types().find_map(form),
            None => Some(Form::Text),
        };
        match chosen {
            Some(Form::Text) => answer(StatusCode::OK, answer::TEXT, self.text()),
            Some(Form::Json(version)) => match self.json(version) {
                Ok(json) => answer(StatusCode::OK, "application/json", json),
                Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            },
            None => refusal(
                StatusCode::NOT_ACCEPTABLE,
                "available are text/plain and application/json;v=v1beta1;g=config.k8s.io;as=Flagz",
            ),
        }
    }

    fn text(&self) -> String {
        let mut text = format!(
            "\n{} flagz\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.\n\n",
            self.name
        );
        for (name, value) in &*self.flags {
            // A value of several lines would look like further flags.
            let value = value.replace(char::is_control, " ");
            let _ = writeln!(text, "{name}={value}");
        }
        text
    }

    fn json(&self, version: &str) -> serde_json::Result<String> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Document<'a> {
            kind: &'static str,
            api_version: String,
            metadata: Metadata<'a>,
            flags: &'a BTreeMap<String, String>,
        }
        #[derive(Serialize)]
        struct Metadata<'a> {
            name: &'a str,
        }
        serde_json::to_string(&Document {
            kind: "Flagz",
            api_version: format!("{GROUP}/{version}"),
            metadata: Metadata { name: &self.name },
            flags: &self.flags,
        })
    }
}

service!(Flagz);

impl fmt::Debug for Flagz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Flagz").field(&self.name).field(&self.flags).finish()
    }
}

enum Form {
    Text,
    Json(&'static str),
}

/// The form that a media type of the client asks for, if it is one of ours. JSON must name the kind, as in Kubernetes.
fn form(media_type: &MediaTypeBuf) -> Option<Form> {
    const ANY: &str = "*";
    let (ty, subty) = (media_type.ty(), media_type.subty());
    if (ty == TEXT && subty == PLAIN) || (subty == ANY && (ty == TEXT || ty == ANY)) {
        return Some(Form::Text);
    }
    if ty != APPLICATION || subty != JSON {
        return None;
    }
    let param = |name: &'static str| {
        media_type
            .get_param(Name::new_unchecked(name))
            .map(|value| value.unquoted_str().into_owned())
    };
    if param("as").as_deref() != Some("Flagz") || param("g").as_deref() != Some(GROUP) {
        return None;
    }
    let version = param("v")?;
    VERSIONS.into_iter().find(|known| *known == version).map(Form::Json)
}
