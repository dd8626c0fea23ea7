//! A server on loopback that answers as a test says, also wrongly.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    /// The parameters, decoded.
    pub(crate) query: BTreeMap<String, String>,
    /// By names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
}

/// What a server does with a connection after it has read a request.
pub(crate) type Answer = Box<dyn FnOnce(&mut TcpStream) -> std::io::Result<()> + Send>;

/// A server that runs until the test ends.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    let request = read(&stream);
                    seen.lock().unwrap().push(request.clone());
                    // The client may have had enough.
                    let _ = answer(&request)(&mut stream);
                });
            }
        });
        Self { address, requests }
    }

    /// Its host and port.
    pub(crate) fn name(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    });
    let headers = headers.collect();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8().unwrap().into_owned()
    };
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (decode(name), decode(value))).collect();
    Request { path: path.to_owned(), query, headers }
}

/// A complete answer.
pub(crate) fn answer(status: &str, kind: &str, body: impl Into<String>) -> Answer {
    let body = body.into();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    Box::new(move |stream| {
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())
    })
}

pub(crate) fn text(body: impl Into<String>) -> Answer {
    answer("200 OK", "text/plain; version=0.0.4", body)
}

pub(crate) fn json(body: impl Into<String>) -> Answer {
    answer("200 OK", "application/json", body)
}

/// An answer of the API of Prometheus: series, each as `{labels}` in JSON and a value.
pub(crate) fn vector<'a>(series: impl IntoIterator<Item = (&'a str, f64)>) -> Answer {
    let series = series.into_iter().map(|(labels, value)| {
        format!(r#"{{"metric":{labels},"value":[1790000000.123,"{value}"]}}"#)
    });
    let series: Vec<String> = series.collect();
    json(format!(
        r#"{{"status":"success","data":{{"resultType":"vector","result":[{}]}}}}"#,
        series.join(",")
    ))
}

/// An answer in chunks, which are sent as long as the client reads.
pub(crate) fn endless(kind: &str, beginning: &str, chunk: impl Into<Vec<u8>>) -> Answer {
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n");
    // An empty chunk would be the end.
    let first = match beginning.len() {
        0 => String::new(),
        length => format!("{length:x}\r\n{beginning}\r\n"),
    };
    let chunk = chunk.into();
    Box::new(move |stream| {
        stream.write_all(head.as_bytes())?;
        stream.write_all(first.as_bytes())?;
        let size = format!("{:x}\r\n", chunk.len());
        // 10 GB.
        for _ in 0..(10_usize << 30) / chunk.len() {
            stream.write_all(size.as_bytes())?;
            stream.write_all(&chunk)?;
            stream.write_all(b"\r\n")?;
        }
        Ok(())
    })
}
