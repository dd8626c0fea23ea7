//! A server on loopback whose answers are ready before it is asked.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// A server that runs until the process ends.
pub(crate) struct Server {
    pub(crate) url: String,
}

/// How many requests are answered at once.
const THREADS: usize = 32;

const NOTHING: &[u8] = br#"{"status":"success","data":{"resultType":"vector","result":[]}}"#;

impl Server {
    /// Answers queries for gates, and every other path, with `gates`, those for releases with `releases`, and other
    /// queries with no series.
    pub(crate) fn start(gates: Vec<u8>, releases: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let answers = Arc::new([gates, releases]);
        for _ in 0..THREADS {
            let listener = listener.try_clone().expect("another handle");
            let answers = Arc::clone(&answers);
            thread::spawn(move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    // The client may have had enough.
                    let _ = serve(&stream, &answers);
                }
            });
        }
        Self { url }
    }
}

/// Answers the requests of a connection.
fn serve(mut stream: &TcpStream, [gates, releases]: &[Vec<u8>; 2]) -> io::Result<()> {
    let mut lines = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if lines.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while lines.read_line(&mut header)? > 2 {
            header.clear();
        }
        let body = match request.split_once("query=") {
            Some((_, query)) if query.contains("kubernetes_build_info") => releases.as_slice(),
            Some((_, query)) if !query.contains("kubernetes_feature_enabled") => NOTHING,
            _ => gates,
        };
        let kind = if request.contains("query=") { "application/json" } else { "text/plain" };
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )?;
        stream.write_all(body)?;
    }
}
