//! The reader of a report, and how files are named for them.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use terminal_size::{Width, terminal_size_of};

use crate::config::walk::STANDARD_INPUT;
use crate::io::escape::escape;

/// The width without a terminal, as in the log of a CI run.
const WIDTH: usize = 140;

/// How many columns standard output has: those of its terminal, or what the variable `COLUMNS` says.
pub(crate) fn columns() -> Option<u16> {
    let terminal = terminal_size_of(std::io::stdout()).map(|(Width(columns), _)| columns);
    let variable = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(variable).filter(|columns| *columns > 0)
}

/// What a report is adapted to.
#[derive(Clone, Debug)]
pub(super) struct Viewer {
    /// How many columns the terminal has.
    pub(super) width: usize,
    /// The folder that paths are named from.
    pub(super) folder: PathBuf,
    /// The checkout of a workflow of GitHub or GitLab.
    pub(super) workspace: Option<PathBuf>,
}

impl Viewer {
    pub(super) fn of_process() -> Self {
        let checkouts = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];
        let mut checkouts = checkouts.iter().filter_map(std::env::var_os);
        let workspace = checkouts.find(|folder| !folder.is_empty());
        Self {
            width: columns().map_or(WIDTH, usize::from),
            folder: std::env::current_dir().unwrap_or_default(),
            workspace: workspace.map(PathBuf::from),
        }
    }

    /// The folder from which a review of code names the files of the current folder.
    pub(super) fn root(&self) -> PathBuf {
        self.roots(".").next().unwrap_or_default()
    }

    /// The path as a review of code names it: from the root of the repository that has the file.
    pub(super) fn in_repository(&self, path: &str) -> String {
        let name = self.roots(path).find_map(|root| below(&root, &self.folder, path));
        name.unwrap_or_else(|| path.to_owned())
    }

    /// The folders from which a file may be named, the best first.
    fn roots(&self, path: &str) -> impl Iterator<Item = PathBuf> {
        let is_repository = |folder: &Path| folder.join(".git").exists();
        let whole = resolved(&self.folder.join(path));
        let repository = whole.ancestors().find(|folder| is_repository(folder));
        // With a submodule in it, the checkout is what is reviewed.
        let checkout = self.workspace.clone().filter(|folder| is_repository(folder));
        let repository = repository.map(Path::to_owned);
        let others = [self.workspace.clone(), Some(self.folder.clone())];
        [checkout, repository].into_iter().chain(others).flatten()
    }
}

/// The names of files in a review of code. Findings are sorted by path, so the last name is often the next one.
pub(super) struct Names<'v> {
    viewer: &'v Viewer,
    last: Option<(Arc<str>, String)>,
}

impl<'v> Names<'v> {
    pub(super) fn of(viewer: &'v Viewer) -> Self {
        Self { viewer, last: None }
    }

    pub(super) fn name(&mut self, path: &Arc<str>) -> String {
        match &self.last {
            Some((last, name)) if last == path => name.clone(),
            _ => {
                let name = escape(&self.viewer.in_repository(path)).into_owned();
                self.last = Some((Arc::clone(path), name.clone()));
                name
            }
        }
    }
}

/// What a URI's path has as it is.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path as it is named from `base`, with forward slashes; `None` where it is not below. `folder`
/// is where it is named from.
pub(crate) fn below(base: &Path, folder: &Path, path: &str) -> Option<String> {
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
pub(crate) fn resolved(path: &Path) -> PathBuf {
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
    use super::{Viewer, below, file_uri, relative_uri};
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_review_names_a_file_from_the_root_of_its_repository() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["checkout/.git", "checkout/module/.git", "checkout/a", "plain/repository/.git"]
        {
            fs::create_dir_all(at(path)).unwrap();
        }
        let absolute = at("checkout/a/x.yaml").display().to_string();
        for (current, workspace, path, expected) in [
            ("checkout", None, "a/x.yaml", "a/x.yaml"),
            ("checkout/a", None, "x.yaml", "a/x.yaml"),
            ("checkout/a", None, "../b/x.yaml", "b/x.yaml"),
            ("plain", None, &absolute, "a/x.yaml"),
            ("plain", Some("checkout"), &absolute, "a/x.yaml"),
            ("plain", None, "x.yaml", "x.yaml"),
            // The checkout may be a folder of the workspace.
            ("plain", Some("plain"), "repository/x.yaml", "x.yaml"),
            ("plain/other", Some("plain"), "x.yaml", "other/x.yaml"),
            ("checkout/module", None, "x.yaml", "x.yaml"),
            ("checkout/module", Some("checkout"), "x.yaml", "module/x.yaml"),
            ("checkout", None, "-", "-"),
        ] {
            let workspace = workspace.map(at);
            let viewer = Viewer { width: 80, folder: at(current), workspace };
            assert_eq!(viewer.in_repository(path), expected, "{current} {path}");
        }
    }

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
