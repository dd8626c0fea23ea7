//! TLS: a server is trusted if its authority is, and only then.
//!
//! The key in `fixtures` is that of these tests, and of nothing else.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{Folder, metrics};

const SERVER: &[u8] = include_bytes!("fixtures/server.pem");
const KEY: &[u8] = include_bytes!("fixtures/server.key.pem");

/// A server on loopback that gives the metrics of a program to everyone; its port.
fn server() -> u16 {
    let certificates = CertificateDer::pem_slice_iter(SERVER).map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth().with_single_cert(certificates, key).unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream.unwrap());
            let lines = BufReader::new(&mut stream).lines().map_while(Result::ok);
            // A client that does not trust it sends nothing.
            if lines.take_while(|line| !line.is_empty()).count() == 0 {
                continue;
            }
            let body = metrics("1.2", "1.2", &[]);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all((head + &body).as_bytes()).unwrap();
            stream.conn.send_close_notify();
            stream.flush().unwrap();
        }
    });
    port
}

#[test]
fn a_server_is_trusted_only_if_its_authority_is() {
    let folder = Folder::new();
    let url = format!("https://127.0.0.1:{}/metrics", server());
    let authority = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fleet/fixtures/ca.pem");
    let trusted =
        folder.json(&["status", "--scrape", &url, "--ca-file", authority.to_str().unwrap()]);
    assert_eq!(trusted.code, 0, "{trusted:?}");
    assert_eq!(trusted.json()["instances"][0]["component"], "worker");
    // The authorities of the system do not know it, also where there are none.
    let unknown = folder.json(&["status", "--scrape", &url]);
    assert_eq!(unknown.code, 3, "{unknown:?}");
    assert_eq!(unknown.json()["instances"].as_array().unwrap().len(), 0);
    let reason = &unknown.missing()[0];
    assert!(reason.contains("--ca-file FILE"), "{reason}");
    assert!(reason.contains("certificate"), "{reason}");
    // It has a certificate for the address, and not for the name.
    let named = url.replace("127.0.0.1", "localhost");
    let named =
        folder.json(&["status", "--scrape", &named, "--ca-file", authority.to_str().unwrap()]);
    assert_eq!(named.code, 3, "{named:?}");
}
