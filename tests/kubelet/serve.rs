//! `--serve`: what the running example answers, and that it ends when it is asked to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Value;

use crate::kubelet;

/// A running example, which is ended when the test is over.
struct Served {
    child: Child,
    address: String,
    out: BufReader<ChildStdout>,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut command = kubelet(["--serve", "127.0.0.1:0"]);
        let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended before it served");
            if let Some(address) = line.strip_prefix("serving on http://") {
                break address.trim().to_owned();
            }
        };
        Self { child, address, out }
    }

    /// The status and the body of an answer.
    fn get(&self, path: &str, accept: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    fn terminate(&mut self) -> Option<i32> {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        let code = self.child.wait().unwrap().code();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
        code
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn a_served_process_ends_well_when_it_is_asked_to() {
    let mut served = Served::start(&[]);
    assert_eq!(served.get("/healthz", "*/*"), (200, "ok".to_owned()));
    assert_eq!(served.terminate(), Some(0));
}

#[test]
fn metrics_gates_and_flags_are_those_of_the_process() {
    let served = Served::start(&["--feature-gates=MemoryQoS=true"]);
    let (_, metrics) = served.get("/metrics", "*/*");
    let sample = r#"kubernetes_feature_enabled{name="MemoryQoS",stage="ALPHA"} 1"#;
    assert!(metrics.contains(sample), "{metrics}");
    assert!(metrics.contains(r#"version_info{component="kube",binary="1.36""#), "{metrics}");

    let (_, gates) = served.get("/featurez", "application/json");
    let gates: Value = serde_json::from_str(&gates).unwrap();
    let memory = gates["gates"].as_array().unwrap().iter().find(|gate| gate["name"] == "MemoryQoS");
    assert_eq!(memory.unwrap()["origin"]["item"], "MemoryQoS=true");
    let (_, page) = served.get("/featurez", "text/html");
    assert!(page.contains("Feature gates of kubelet"));

    // Through OpenFeature.
    let (_, status) = served.get("/statusz", "*/*");
    assert!(status.ends_with("\nSwap: on\n"), "{status}");

    let (_, flags) = served.get("/flagz", "text/plain");
    assert!(flags.contains("\nfeature-gates=MemoryQoS=true\n"), "{flags}");
}

#[test]
fn gates_decide_what_is_served() {
    let served = Served::start(&["--feature-gates=ComponentFlagz=false,ComponentStatusz=false"]);
    assert_eq!(served.get("/flagz", "*/*").0, 404);
    let (status, problem) = served.get("/statusz", "*/*");
    assert_eq!(status, 501);
    let problem: Value = serde_json::from_str(&problem).unwrap();
    assert_eq!(problem["gate"], "ComponentStatusz");
    assert_eq!(served.get("/featurez", "*/*").0, 200);
}

/// `FEATUREGATE_REQUESTS` says how many requests.
#[test]
fn requests_succeed_while_others_are_answered() {
    let requests = std::env::var("FEATUREGATE_REQUESTS").map_or(500, |text| text.parse().unwrap());
    let served = Served::start(&[]);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let busy = scope.spawn(|| {
            let mut answered = 0;
            while !stop.load(Ordering::Relaxed) {
                assert_eq!(served.get("/metrics", "*/*").0, 200);
                answered += 1;
            }
            answered
        });
        let mut stream = BufReader::new(TcpStream::connect(&served.address).unwrap());
        let request = format!(
            "GET /featurez HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\n\r\n",
            served.address
        );
        let mut body = Vec::new();
        for _ in 0..requests {
            stream.get_mut().write_all(request.as_bytes()).unwrap();
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            assert!(line.contains(" 200 "), "{line}");
            let mut length = 0;
            loop {
                line.clear();
                stream.read_line(&mut line).unwrap();
                if line == "\r\n" {
                    break;
                }
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            body.resize(length, 0);
            stream.read_exact(&mut body).unwrap();
            assert_eq!(body.last(), Some(&b'}'));
        }
        stop.store(true, Ordering::Relaxed);
        assert!(busy.join().unwrap() > 0);
    });
}
