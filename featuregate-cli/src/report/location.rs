//! The reader of a report, and how files are named for them.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use terminal_size::{Width, terminal_size_of};

use crate::config::walk::STANDARD_INPUT;

/// The width without a terminal, as in the log of a CI run.
const WIDTH: usize = 140;

/// What a report is adapted to.
#[derive(Clone, Debug)]
pub(super) struct Viewer {
    /// How many columns the terminal has.
    pub(super) width: usize,
    /// The folder that paths are named from.
    pub(super) folder: PathBuf,
    /// The checkout of a GitHub workflow, from which its annotations name files.
    pub(super) workspace: Option<PathBuf>,
}

impl Viewer {
    pub(super) fn of_process() -> Self {
        let width = terminal_size_of(std::io::stdout());
        let workspace = std::env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
        Self {
            width: width.map_or(WIDTH, |(Width(columns), _)| usize::from(columns).max(1)),
            folder: std::env::current_dir().unwrap_or_default(),
            workspace: workspace.map(PathBuf::from),
        }
    }
}

/// What a URI's path has as it is.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path as it is named from `base`, with forward slashes; `None` where it is not below. `folder`
/// is where it is named from.
pub(super) fn below(base: &Path, folder: &Path, path: &str) -> Option<String> {
    if path == STANDARD_INPUT {
        return Some(path.to_owned());
    }
    let whole = resolved(&folder.join(path));
    let rest = whole.strip_prefix(resolved(base)).ok()?;
    let parts: Vec<Cow<'_, str>> =
        rest.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// A relative path as a URI reference.
pub(super) fn relative_uri(path: &str) -> String {
    utf8_percent_encode(path, KEPT).to_string()
}

/// A path as an absolute URI.
pub(super) fn file_uri(folder: &Path, path: &str) -> String {
    let mut uri = "file://".to_owned();
    for part in resolved(&folder.join(path)).components() {
        match part {
            Component::Prefix(prefix) => {
                // A drive, `C:`, keeps its colon; a server's share begins with the server.
                let prefix = prefix.as_os_str().to_string_lossy().replace('\\', "/");
                let drive = !prefix.starts_with('/');
                uri.push_str(if drive { "/" } else { "" });
                uri.push_str(prefix.trim_start_matches('/'));
            }
            Component::Normal(part) => {
                uri.push('/');
                uri.extend(utf8_percent_encode(&part.to_string_lossy(), KEPT));
            }
            Component::RootDir | Component::CurDir | Component::ParentDir => {}
        }
    }
    uri
}

/// The path without `.` and `..`, by its text alone.
fn resolved(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            part => resolved.push(part),
        }
    }
    resolved
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::{below, file_uri, relative_uri};
    use std::path::Path;

    #[test]
    fn a_path_is_named_from_the_base() {
        let cases = [
            ("/w", "/w", "a/b.yaml", Some("a/b.yaml")),
            ("/w", "/w", "./a//b.yaml", Some("a/b.yaml")),
            ("/w", "/w/sub", "b.yaml", Some("sub/b.yaml")),
            ("/w", "/w/sub", "../b.yaml", Some("b.yaml")),
            ("/w/", "/elsewhere", "/w/b.yaml", Some("b.yaml")),
            ("/w", "/w", "../b.yaml", None),
            ("/w", "/w", "/etc/b.yaml", None),
            ("/w", "/w", "../wide/b.yaml", None),
            ("/w", "/w/sub", "-", Some("-")),
        ];
        for (base, folder, path, expected) in cases {
            let shown = below(Path::new(base), Path::new(folder), path);
            assert_eq!(shown.as_deref(), expected, "{base} {folder} {path}");
        }
    }

    #[test]
    fn a_uri_has_no_character_with_a_meaning() {
        assert_eq!(relative_uri("a b/ä#1?%:x@.yaml"), "a%20b/%C3%A4%231%3F%25%3Ax%40.yaml");
        assert_eq!(file_uri(Path::new("/w x/y"), "../ä.yaml"), "file:///w%20x/%C3%A4.yaml");
        assert_eq!(file_uri(Path::new("/w"), "/etc/b.yaml"), "file:///etc/b.yaml");
    }
}
