//! What an editor can do, and what it is offered.

use std::path::{Path, PathBuf};

use gen_lsp_types::json_rpc::RequestObject;
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, DidChangeWatchedFilesNotification,
    InitializeResult, Notification as _, PositionEncodingKind, Registration, RegistrationParams,
    RegistrationRequest, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use serde_json::{Value, json};

use crate::lsp::document::file;
use crate::lsp::position::Encoding;
use crate::lsp::text::Markup;

/// The editor, as far as it matters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// How it shows what is below the pointer.
    pub(super) hover: Markup,
    /// How it shows what a completion is.
    pub(super) completion: Markup,
    /// Whether it reports changes of files when the server asks for that.
    pub(super) watches: bool,
}

impl Default for Client {
    fn default() -> Self {
        let (encoding, plain) = (Encoding::Utf16, Markup::Plain);
        Self { encoding, hover: plain, completion: plain, watches: false }
    }
}

impl Client {
    /// The editor with these parameters of `initialize`. What it says in another form than the protocol has is ignored.
    pub(super) fn of(params: &Value) -> Self {
        let lists = |pointer: &str, wanted: &str| {
            let list =
                params.pointer(&format!("/capabilities/{pointer}")).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|it| it == wanted))
        };
        let markup = |pointer: &str| {
            if lists(pointer, "markdown") { Markup::Markdown } else { Markup::Plain }
        };
        let watches = "/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration";
        Self {
            watches: params.pointer(watches).and_then(Value::as_bool).unwrap_or_default(),
            encoding: if lists("general/positionEncodings", "utf-8") {
                Encoding::Utf8
            } else {
                Encoding::Utf16
            },
            hover: markup("textDocument/hover/contentFormat"),
            completion: markup("textDocument/completion/completionItem/documentationFormat"),
        }
    }

    /// What the server offers it.
    pub(super) fn answer(self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        };
        let triggers = ["=", ",", "\"", "+", "("].map(str::to_owned).to_vec();
        let completion = CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        };
        let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::SourceFixAll];
        let actions =
            CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
        let capabilities = ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
            }),
            text_document_sync: Some(sync.into()),
            completion_provider: Some(completion),
            hover_provider: Some(true.into()),
            code_action_provider: Some(actions.into()),
            ..ServerCapabilities::default()
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let server_info = Some(ServerInfo { name: "featuregate".to_owned(), version });
        InitializeResult { capabilities, server_info }
    }
}

/// Asks for changes of the files that decide what documents are checked against.
pub(super) fn watching() -> RequestObject {
    let watchers = ["**/featuregate.toml", "**/featuregates*.yaml"]
        .map(|pattern| json!({ "globPattern": pattern }));
    let registration = Registration {
        id: "manifests".to_owned(),
        method: DidChangeWatchedFilesNotification::METHOD.to_string(),
        register_options: Some(json!({ "watchers": watchers })),
    };
    let params = RegistrationParams { registrations: vec![registration] };
    RequestObject::from_request::<RegistrationRequest>("manifests".to_owned().into(), params)
}

/// The folder in which to read manifests and `featuregate.toml`: the nearest one that has either, from the one that an editor
/// has open upwards to the root of its repository, or else that one. The parameters are those of `initialize`.
pub(super) fn root(params: &Value) -> Option<PathBuf> {
    let uris = ["/workspaceFolders/0/uri", "/rootUri"];
    let mut uris = uris.iter().filter_map(|uri| params.pointer(uri)?.as_str());
    let open = uris.find_map(file).filter(|folder| folder.is_dir())?;
    let decides = |folder: &&Path| {
        ["featuregates.yaml", "featuregate.toml"].iter().any(|name| folder.join(name).is_file())
    };
    let beyond = open.ancestors().find(|folder| folder.join(".git").exists());
    let inside =
        open.ancestors().take_while(|folder| Some(*folder) != beyond.and_then(Path::parent));
    let nearest = inside.filter(|_| beyond.is_some()).find(decides);
    Some(nearest.unwrap_or(&open).to_owned())
}
