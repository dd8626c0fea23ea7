//! What git knows about a file. The repository may be anybody's, so nothing that it contains runs a program.
//!
//! Only commands that read objects are run. The configuration of a repository has no program for these but the
//! transports that fetch missing objects and the monitor of its files, which are switched off.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What every run of git has before its command, and cannot be changed by a repository.
const SAFELY: [&str; 11] = [
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    // A folder of the checked files that looks like a repository is not one.
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "protocol.allow=never",
    // Empty is off for every version; some take any other text for a program.
    "-c",
    "core.fsmonitor=",
    "-c",
    "core.hooksPath=/dev/null",
];

/// What git knows about a file as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is in no repository.
    Unversioned,
    /// It is in a repository that ignores it.
    Ignored,
    /// It is as in the last commit.
    Committed,
    /// It is as in the index, which differs from the last commit.
    Staged,
    /// It is not as in the index.
    Dirty,
    /// It is not in the index.
    Untracked,
}

/// Why git has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It cannot be run.
    NoProgram(String),
    /// Its message.
    Message(String),
}

/// Why a file of a revision cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// The revision is not one of the repository.
    Revision,
    /// The repository lacks the content of a file that it knows.
    Missing,
    /// Git has no answer.
    Git(Failure),
}

impl From<Failure> for Unread {
    fn from(failure: Failure) -> Self {
        Self::Git(failure)
    }
}

/// The content of a file in a revision, if it exists there.
pub(crate) fn at(revision: &str, path: &Path) -> Result<Option<Vec<u8>>, Unread> {
    let git = Git::beside(path);
    let name = path.file_name().unwrap_or_default();
    git.read(&["rev-parse", "--is-inside-work-tree"].map(OsStr::new))?;
    // A name that begins with a dash would be an option.
    if revision.is_empty() || revision.starts_with('-') {
        return Err(Unread::Revision);
    }
    let commit = format!("{revision}^{{commit}}");
    let commit = git.run(&["rev-parse", "--verify", "--quiet", &commit].map(OsStr::new), b"")?;
    if !commit.status.success() {
        return Err(Unread::Revision);
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let list = ["--literal-pathspecs", "ls-tree", "--name-only", &commit, "--"].map(OsStr::new);
    if git.read(&[&list, [name].as_slice()].concat())?.is_empty() {
        return Ok(None);
    }
    let mut object = OsString::from(commit + ":./");
    object.push(name);
    let content = git.run(&["cat-file".as_ref(), "blob".as_ref(), object.as_os_str()], b"")?;
    if content.status.success() { Ok(Some(content.stdout)) } else { Err(Unread::Missing) }
}

/// The last commit that changed how often a word is in the Rust code of a folder, other than in one file: its short name,
/// its date and its subject, with tabs between them. `None` if there is none, or no repository.
pub(crate) fn last_change(folder: &Path, word: &str, except: &Path) -> Option<String> {
    let git = Git { folder };
    let except = std::path::absolute(except).ok()?;
    let except = except.strip_prefix(folder).ok()?.to_str()?.to_owned();
    // Whole words, in a form that all regular expressions have.
    let search = format!("-S(^|[^A-Za-z0-9_]){word}([^A-Za-z0-9_]|$)");
    let excluded = format!(":(exclude,top,literal){except}");
    // Without external programs, text conversion, and the colours and signatures that a configuration asks for.
    let asked = [
        "log",
        "-1",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
        "--no-color",
        "--no-renames",
        "--pickaxe-regex",
        "--date=short",
        "--format=%h%x09%ad%x09%s",
        &search,
        "--",
        "*.rs",
        &excluded,
    ];
    let output = git.read(&asked.map(OsStr::new)).ok()?;
    let text = String::from_utf8_lossy(&output).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// What git knows about a file with this content. Git is asked only if the file is in a repository.
pub(crate) fn state(path: &Path, content: &[u8]) -> Result<State, Failure> {
    // A link may lead into a repository.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if !path.ancestors().skip(1).any(|folder| folder.join(".git").exists()) {
        return Ok(State::Unversioned);
    }
    let name = path.file_name().unwrap_or_default();
    let Some(text) = name.to_str().filter(|name| !name.contains('\n')) else {
        return Err(Failure::Message("its name has characters that git does not take".into()));
    };
    let git = Git::beside(&path);
    let objects = format!(":./{text}\nHEAD:./{text}\n");
    let found = git.run(&["cat-file", "--batch"].map(OsStr::new), objects.as_bytes())?;
    if !found.status.success() {
        let message = message(&found);
        // A folder may have that name without being git's.
        let none = message.starts_with("not a git repository");
        return if none { Ok(State::Unversioned) } else { Err(Failure::Message(message)) };
    }
    let mut rest = found.stdout.as_slice();
    let (staged, committed) = (blob(&mut rest), blob(&mut rest));
    let Some(staged) = staged else {
        let mut here = OsString::from("./");
        here.push(name);
        let asked = ["check-ignore".as_ref(), "--quiet".as_ref(), here.as_os_str()];
        let ignored = git.run(&asked, b"")?.status.success();
        return Ok(if ignored { State::Ignored } else { State::Untracked });
    };
    Ok(if !is_same(content, staged) {
        State::Dirty
    } else if committed == Some(staged) {
        State::Committed
    } else {
        State::Staged
    })
}

/// The next content of the output of `cat-file --batch`; `None` if there is no such object.
fn blob<'o>(output: &mut &'o [u8]) -> Option<&'o [u8]> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = output.split_at_checked(end)?;
    *output = rest.strip_prefix(b"\n")?;
    let size = std::str::from_utf8(head).ok()?.split(" blob ").nth(1)?.parse().ok()?;
    let (content, rest) = output.split_at_checked(size)?;
    *output = rest.strip_prefix(b"\n")?;
    Some(content)
}

/// Whether a file is as git has it. A checkout may have changed the line ends.
fn is_same(content: &[u8], kept: &[u8]) -> bool {
    let plain = |bytes: &[u8]| {
        let ends = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
        ends.filter(|pair| *pair != (&b'\r', &b'\n')).map(|(byte, _)| *byte).collect::<Vec<u8>>()
    };
    content == kept || plain(content) == plain(kept)
}

/// Git, in a folder.
struct Git<'a> {
    folder: &'a Path,
}

impl<'a> Git<'a> {
    /// In the folder of a file.
    fn beside(file: &'a Path) -> Self {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { folder: folder.unwrap_or(Path::new(".")) }
    }

    /// Runs a command with this as its standard input.
    fn run(&self, arguments: &[&OsStr], input: &[u8]) -> Result<Output, Failure> {
        let mut git = Command::new("git");
        git.args(SAFELY).args(arguments).current_dir(self.folder);
        // A hook of git sets some of these for its own repository, and others run programs.
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"GIT_") {
                git.env_remove(name);
            }
        }
        git.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        // Versions before 2.45 know only the second.
        git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let ran = git.spawn().and_then(|mut child| {
            if let Some(mut stdin) = child.stdin.take() {
                // Git may end before it has read that; then its message is what counts.
                let _ = stdin.write_all(input);
            }
            child.wait_with_output()
        });
        ran.map_err(|error| Failure::NoProgram(error.to_string()))
    }

    /// The output of a run that does not fail.
    fn read(&self, arguments: &[&OsStr]) -> Result<Vec<u8>, Failure> {
        let output = self.run(arguments, b"")?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Failure::Message(message(&output)))
    }
}

/// The message of a run that failed.
fn message(output: &Output) -> String {
    let message = String::from_utf8_lossy(&output.stderr);
    message.trim().trim_start_matches("fatal: ").to_owned()
}
