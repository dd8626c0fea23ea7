//! The life of a server: it reads messages, answers requests, and publishes what is wrong with the open documents.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, TryRecvError};
use std::thread;

use gen_lsp_types::json_rpc::{Error as Refusal, Id, RequestObject, ResponseObject};
use gen_lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, ErrorCodes, LspNotificationMethod as Method, LspRequestMethod,
    MessageType, Notification, PublishDiagnosticsNotification, PublishDiagnosticsParams,
    ShowMessageNotification, ShowMessageParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::Error;
use crate::lsp::client::{self, Client};
use crate::lsp::document::{Document, Kind};
use crate::lsp::frame::{self, Frame};
use crate::lsp::position::Index;
use crate::lsp::requests::{self, Refused};
use crate::lsp::workspace::Workspace;
use crate::lsp::{config, rust};

/// How many messages wait while one is answered.
const WAITING: usize = 64;

/// Reads what documents are checked against.
pub(crate) type Load<'a> = dyn FnMut() -> Result<Workspace, Error> + 'a;

/// Serves an editor until it ends the session or the input ends; returns whether it first asked to shut down, as it
/// should.
pub(crate) fn serve(
    mut input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    load: &mut Load<'_>,
) -> Result<bool, Error> {
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    thread::Builder::new().spawn(move || {
        loop {
            let frame = frame::read(&mut input).transpose();
            let last = !matches!(frame, Some(Ok(_)));
            if frame.is_none_or(|frame| sender.send(frame).is_err()) || last {
                return;
            }
        }
    })?;
    let mut server = Server::new(output, load);
    while server.state != State::Ended {
        let frame = match receiver.try_recv() {
            Ok(frame) => frame,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                // What a user types faster than it is checked is not checked at every step.
                server.publish()?;
                let Ok(frame) = receiver.recv() else { break };
                frame
            }
        };
        match frame {
            Ok(frame) => server.receive(frame)?,
            Err(error) => return Err(Error::new(format!("cannot read a message: {error}"))),
        }
    }
    Ok(server.shut_down)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing but `initialize` is answered.
    New,
    Running,
    /// Only `exit` is expected.
    ShutDown,
    Ended,
}

struct Server<'a> {
    output: &'a mut dyn Write,
    load: &'a mut Load<'a>,
    state: State,
    shut_down: bool,
    client: Client,
    /// What documents are checked against, if it can be read.
    workspace: Option<Workspace>,
    /// The open documents, by address.
    documents: BTreeMap<String, Document>,
    /// Those that changed since they were checked.
    changed: BTreeSet<String>,
}

impl<'a> Server<'a> {
    fn new(output: &'a mut dyn Write, load: &'a mut Load<'a>) -> Self {
        Self {
            output,
            load,
            state: State::New,
            shut_down: false,
            client: Client::default(),
            workspace: None,
            documents: BTreeMap::new(),
            changed: BTreeSet::new(),
        }
    }

    fn receive(&mut self, frame: Frame) -> io::Result<()> {
        let Frame::Message(bytes) = frame else {
            let refused = (ErrorCodes::InvalidRequest, "the message is too long".to_owned());
            return self.respond(Id::Null, Err(refused));
        };
        let message: Value = match serde_json::from_slice(&bytes) {
            Ok(message) => message,
            Err(error) => {
                let refused = (ErrorCodes::ParseError, format!("the message is not JSON: {error}"));
                return self.respond(Id::Null, Err(refused));
            }
        };
        // The answer to a request of the server, which does not wait for one.
        if message.get("method").is_none() && message.get("id").is_some() {
            return Ok(());
        }
        let request: RequestObject = match serde_json::from_value(message) {
            Ok(request) => request,
            Err(error) => {
                let refused = (ErrorCodes::InvalidRequest, format!("not a request: {error}"));
                return self.respond(Id::Null, Err(refused));
            }
        };
        let (method, id, params) = request.into_parts();
        let params = params.unwrap_or_default();
        match id {
            Some(id) => {
                let was_new = self.state == State::New;
                let answer = self.request(&method, params);
                self.respond(id, answer)?;
                if was_new && self.state == State::Running { self.reload() } else { Ok(()) }
            }
            None => self.notification(&method, params),
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        match (self.state, LspRequestMethod::from(method)) {
            (State::New, LspRequestMethod::Initialize) => {
                self.client = Client::of(&params);
                // Everything is read as if the command ran there.
                if let Some(folder) = client::root(&params) {
                    let _ = env::set_current_dir(folder);
                }
                self.state = State::Running;
                requests::value(self.client.answer())
            }
            (State::New, _) => {
                let message = "the first request is initialize".to_owned();
                Err((ErrorCodes::ServerNotInitialized, message))
            }
            (State::Running, LspRequestMethod::Shutdown) => {
                self.state = State::ShutDown;
                self.shut_down = true;
                Ok(Value::Null)
            }
            (State::Running, method) => {
                self.check_subject(&params);
                let workspace = self.workspace.as_ref();
                requests::answer(workspace, &self.documents, self.client, method, params)
            }
            (State::ShutDown | State::Ended, _) => {
                Err((ErrorCodes::InvalidRequest, "the server is shut down".to_owned()))
            }
        }
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        let method = Method::from(method);
        if method == Method::Exit {
            self.state = State::Ended;
        }
        if self.state != State::Running {
            return Ok(());
        }
        match method {
            Method::Initialized if self.client.watches => {
                return frame::write(self.output, &client::watching());
            }
            Method::TextDocumentDidOpen => self.open(params),
            Method::TextDocumentDidChange => self.change(params),
            Method::TextDocumentDidClose => return self.close(params),
            Method::TextDocumentDidSave => {
                let saved: Option<DidSaveTextDocumentParams> = read(params);
                if saved.is_some_and(|saved| decides(&saved.text_document.uri.0)) {
                    return self.reload();
                }
            }
            Method::WorkspaceDidChangeWatchedFiles => return self.reload(),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, params: Value) {
        let Some(DidOpenTextDocumentParams { text_document: opened }) = read(params) else {
            return;
        };
        let uri = opened.uri.0;
        let language = String::from(opened.language_id);
        let document = Document::open(&uri, &language, opened.version, opened.text);
        self.changed.insert(uri.clone());
        self.documents.insert(uri, document);
    }

    fn change(&mut self, params: Value) {
        let Some(changed) = read::<DidChangeTextDocumentParams>(params) else { return };
        let uri = changed.text_document.text_document_identifier.uri.0;
        if let Some(document) = self.documents.get_mut(&uri) {
            let version = changed.text_document.version;
            document.change(version, changed.content_changes, self.client.encoding);
            self.changed.insert(uri);
        }
    }

    fn close(&mut self, params: Value) -> io::Result<()> {
        let closed: Option<DidCloseTextDocumentParams> = read(params);
        let Some(uri) = closed.map(|closed| closed.text_document.uri.0) else { return Ok(()) };
        self.changed.remove(&uri);
        match self.documents.remove(&uri) {
            Some(_) => self.send_diagnostics(uri, None, Vec::new()),
            None => Ok(()),
        }
    }

    /// Reads what documents are checked against. If that is not possible, the user is informed, and what declares gates
    /// is still checked.
    fn reload(&mut self) -> io::Result<()> {
        match (self.load)() {
            Ok(workspace) => self.workspace = Some(workspace),
            Err(error) => {
                self.workspace = None;
                let message = format!("featuregate cannot check configuration: {error}");
                let params = ShowMessageParams { kind: MessageType::Error, message };
                self.notify::<ShowMessageNotification>(params)?;
            }
        }
        for document in self.documents.values_mut() {
            document.remarks = None;
        }
        self.changed.extend(self.documents.keys().cloned());
        Ok(())
    }

    /// Publishes what is wrong with the documents that changed.
    fn publish(&mut self) -> io::Result<()> {
        while let Some(uri) = self.changed.pop_first() {
            self.check(&uri);
            if let Some(document) = self.documents.get(&uri) {
                let remarks = document.remarks.iter().flatten();
                let diagnostics = remarks.map(|remark| remark.diagnostic.clone()).collect();
                let version = document.version;
                self.send_diagnostics(uri, version, diagnostics)?;
            }
        }
        Ok(())
    }

    /// Checks the document that a request is about, if it changed.
    fn check_subject(&mut self, params: &Value) {
        if let Some(uri) = params.pointer("/textDocument/uri").and_then(Value::as_str) {
            self.check(uri);
        }
    }

    fn check(&mut self, uri: &str) {
        let Some(document) = self.documents.get_mut(uri).filter(|it| it.remarks.is_none()) else {
            return;
        };
        let encoding = self.client.encoding;
        document.remarks = Some(match (document.kind, &self.workspace, document.text()) {
            (Kind::Rust, _, _) => rust::remarks(document, encoding),
            (Kind::Config(syntax), Some(workspace), Some(text)) => {
                config::remarks(workspace, document, syntax, &Index::of(text, encoding))
            }
            _ => Vec::new(),
        });
    }

    fn send_diagnostics(
        &mut self,
        uri: String,
        version: Option<i32>,
        diagnostics: Vec<Diagnostic>,
    ) -> io::Result<()> {
        let params = PublishDiagnosticsParams { uri: uri.into(), version, diagnostics };
        self.notify::<PublishDiagnosticsNotification>(params)
    }

    fn notify<N: Notification>(&mut self, params: N::Params) -> io::Result<()> {
        frame::write(self.output, &RequestObject::from_notification::<N>(params))
    }

    fn respond(&mut self, id: Id, answer: Result<Value, Refused>) -> io::Result<()> {
        match answer {
            Ok(result) => {
                let answer = serde_json::json!({ "jsonrpc": "2.0", "id": id, "result": result });
                frame::write(self.output, &answer)
            }
            Err((code, message)) => {
                let refusal = Refusal { code, message, data: None };
                frame::write(self.output, &ResponseObject::from_error(id, refusal))
            }
        }
    }
}

/// Whether a file may decide what documents are checked against.
fn decides(uri: &str) -> bool {
    let name = uri.rsplit('/').next().unwrap_or(uri);
    name == "featuregate.toml"
        || [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending))
}

/// The parameters of a notification; one that is malformed is ignored, since it has no answer.
fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
