//! An editor, as far as the tests need one.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    folder: TempDir,
    last: u64,
    /// What arrived while something else was waited for.
    waiting: Vec<Value>,
}

impl Client {
    /// A server for a folder with these files, which was not initialized.
    pub(crate) fn start(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
        // An editor may start it anywhere.
        command.arg("lsp").args(arguments).current_dir(std::env::temp_dir());
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            while output.read_line(&mut line).unwrap() > 0 {
                let length = line.trim().strip_prefix("Content-Length: ").unwrap();
                let mut body = vec![0; length.parse::<usize>().unwrap()];
                line.clear();
                output.read_line(&mut line).unwrap();
                assert_eq!(line, "\r\n");
                output.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
                line.clear();
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, folder, last: 0, waiting: Vec::new() }
    }

    /// A server that was initialized, with these capabilities of the editor.
    pub(crate) fn ready(files: &[(&str, &str)], arguments: &[&str], capabilities: &Value) -> Self {
        let mut client = Self::start(files, arguments);
        let params =
            json!({ "processId": null, "rootUri": client.root(), "capabilities": capabilities });
        client.request("initialize", params).unwrap();
        client.notify("initialized", json!({}));
        client
    }

    pub(crate) fn root(&self) -> String {
        format!("file://{}", self.folder.path().display())
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        format!("{}/{name}", self.root())
    }

    /// Sends bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Sends a text as a message.
    pub(crate) fn text(&mut self, text: &str) {
        let message = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        self.bytes(message.as_bytes());
    }

    pub(crate) fn notify(&mut self, method: &str, params: impl Into<Value>) {
        let params = params.into();
        self.text(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// Sends a request, and returns its result or error.
    pub(crate) fn request(
        &mut self,
        method: &str,
        params: impl Into<Value>,
    ) -> Result<Value, Value> {
        self.last += 1;
        let (id, params) = (self.last, params.into());
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.text(&request.to_string());
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// The next message of that kind.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at);
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).unwrap();
            assert_eq!(message["jsonrpc"], "2.0");
            if wanted(&message) {
                return message;
            }
            self.waiting.push(message);
        }
    }

    pub(crate) fn open(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        let document = json!({ "uri": uri, "languageId": "", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, name: &str, version: i32, changes: impl Into<Value>) {
        let document = json!({ "uri": self.uri(name), "version": version });
        let changes = changes.into();
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// The diagnostics of a document that are published for a version of it.
    pub(crate) fn diagnostics(&mut self, name: &str, version: impl Into<Value>) -> Vec<Value> {
        let (uri, version) = (self.uri(name), version.into());
        let published = self.wait(|message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == *uri
                && params["version"] == version
        });
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// A request about a position.
    pub(crate) fn at(&mut self, method: &str, name: &str, line: u32, character: u32) -> Value {
        let document = json!({ "uri": self.uri(name) });
        let position = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": document, "position": position });
        self.request(&format!("textDocument/{method}"), params).unwrap()
    }

    /// Ends the input, and waits for the process: its exit code, and what it wrote to standard error.
    pub(crate) fn end(mut self) -> (i32, String) {
        drop(self.input.take());
        self.wait_for_end()
    }

    /// Waits for the process, whose input stays open.
    pub(crate) fn wait_for_end(&mut self) -> (i32, String) {
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code().unwrap(), err)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A range of a line.
pub(crate) fn range(line: u32, start: u32, end: u32) -> Value {
    json!({
        "start": { "line": line, "character": start },
        "end": { "line": line, "character": end },
    })
}

/// A text with edits applied, whose columns count units of UTF-16.
pub(crate) fn edited(text: &str, edits: &[Value]) -> String {
    let byte = |position: &Value| {
        let (line, character) = (&position["line"], position["character"].as_u64().unwrap());
        let lines = text.split_inclusive('\n');
        let before: usize = lines
            .clone()
            .take(usize::try_from(line.as_u64().unwrap()).unwrap())
            .map(str::len)
            .sum();
        let mut units = 0;
        let chars = text[before..].chars().take_while(|c| {
            let inside = units < character;
            units += c.len_utf16() as u64;
            inside
        });
        before + chars.map(char::len_utf8).sum::<usize>()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (byte(&range["start"]), byte(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
