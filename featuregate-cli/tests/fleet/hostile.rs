//! Servers and files that are broken, slow, endless or hostile: each is a clear error, soon, with little memory.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::server::{Answer, Server, answer, endless, json, text, vector};
use crate::{Folder, metrics};

/// What is missing where an endpoint answers so, without its address.
fn scraped(answer: impl Fn() -> Answer + Send + Sync + 'static) -> String {
    asked("--scrape", "/metrics", answer)
}

/// The same of a Prometheus.
fn queried(answer: impl Fn() -> Answer + Send + Sync + 'static) -> String {
    asked("--prometheus", "", answer)
}

fn asked(option: &str, path: &str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> String {
    let folder = Folder::new();
    let server = Server::start(move |_| answer());
    let start = Instant::now();
    let ended = folder.json(&["status", option, &server.url(), "--timeout", "5"]);
    assert_eq!(ended.code, 3, "{ended:?}");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let missing = ended.missing();
    let [missing] = missing.as_slice() else { panic!("{missing:?}") };
    let source = format!("{}{path}: ", server.url());
    missing.strip_prefix(&source).unwrap_or_else(|| panic!("{missing}")).to_owned()
}

#[test]
fn an_endpoint_that_is_something_else_is_reported() {
    let html = "<!doctype html><title>Sign in</title>";
    assert_eq!(
        scraped(move || answer("200 OK", "text/html", html)),
        "it has no metric kubernetes_feature_enabled"
    );
    assert_eq!(scraped(|| text("")), "it has no metric kubernetes_feature_enabled");
    assert_eq!(
        scraped(|| answer("500 Internal Server Error", "text/plain", "")),
        "it answered 500 Internal Server Error"
    );
    let moved = || -> Answer {
        Box::new(|stream| {
            stream.write_all(
                b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n",
            )
        })
    };
    assert_eq!(
        scraped(moved),
        "it redirects to \"http://elsewhere/\", which is not followed; name the final address"
    );
    assert_eq!(
        queried(moved),
        "it redirects to \"http://elsewhere/\", which is not followed; name the final address"
    );
    let raw = |bytes: &'static [u8]| scraped(move || Box::new(move |it| it.write_all(bytes)));
    let closed = "it closed the connection within its answer";
    assert_eq!(raw(b""), closed);
    assert_eq!(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n# a\n"), closed);
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n# a\n\r\n";
    assert_eq!(raw(chunked.as_bytes()), closed);
    let invalid = "its answer is not valid HTTP";
    assert_eq!(raw(b"SSH-2.0-OpenSSH_9\r\n"), invalid);
    assert_eq!(raw(&[0xff; 4096]), invalid);
    assert_eq!(raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n# a"), invalid);
    let broken = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n# a\n\r\n";
    assert_eq!(raw(broken), invalid);
    let head = || -> Answer {
        Box::new(|stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X: 0123456789012345678901234567890123456789\r\n")?;
            }
        })
    };
    assert!([invalid, "the head of its answer is too large"].contains(&scraped(head).as_str()));
}

#[test]
fn a_compressed_answer_is_not_read() {
    let compressed = || -> Answer {
        Box::new(|stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b",
            )
        })
    };
    let message = "its answer is compressed (gzip), which was not asked for";
    assert_eq!(
        (scraped(compressed), queried(compressed)),
        (message.to_owned(), message.to_owned())
    );
}

#[test]
fn credentials_do_not_follow_a_redirect() {
    let folder = Folder::new();
    folder.write("token", "s3cr3t");
    let other = Server::start(|_| text(metrics("1.2", "1.2", &[])));
    for to in [format!("{}/metrics", other.url()), "file:///etc/passwd".to_owned(), "/again".into()]
    {
        for status in ["301 Moved Permanently", "307 Temporary Redirect"] {
            let moved = format!("HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
            let server = Server::start(move |_| {
                let moved = moved.clone();
                Box::new(move |stream| stream.write_all(moved.as_bytes()))
            });
            for option in ["--scrape", "--prometheus"] {
                let ended =
                    folder.json(&["status", option, &server.url(), "--bearer-token-file", "token"]);
                assert_eq!(ended.code, 3, "{ended:?}");
                let missing = ended.missing().join("\n");
                let expected = format!("it redirects to \"{to}\", which is not followed");
                assert!(missing.contains(&expected) && missing.lines().count() == 1, "{missing}");
                assert!(!format!("{ended:?}").contains("s3cr3t"));
            }
            assert_eq!(server.requests().len(), 2);
        }
    }
    assert!(other.requests().is_empty());
}

#[test]
fn values_and_labels_of_the_wrong_kind_are_reported() {
    let line =
        |value: &str| format!("kubernetes_feature_enabled{{name=\"A\",stage=\"ALPHA\"}} {value}\n");
    for (text, reason) in [
        (line("2"), "line 1: gate \"A\" has the value 2; expected 0 or 1"),
        (line("NaN"), "line 1: gate \"A\" has the value NaN; expected 0 or 1"),
        (line("on"), "line 1 is not a sample"),
        ("kubernetes_feature_enabled{stage=\"\"} 1".to_owned(), "line 1: a gate without a name"),
        ("kubernetes_feature_enabled{name=\"A".to_owned(), "line 1 is not a sample"),
        (
            format!("kubernetes_feature_enabled{{name=\"{}\"}} 1", "x".repeat(2 << 20)),
            "line 1 is longer than 1 MB",
        ),
    ] {
        assert_eq!(scraped(move || crate::server::text(text.clone())), reason);
    }
    let sample = r#"{"__name__":"kubernetes_feature_enabled","name":"A","stage":""}"#;
    assert_eq!(
        queried(move || vector([(sample, 7.0)])),
        "gate \"A\" has the value 7; expected 0 or 1"
    );
    for (body, reason) in [
        ("[]", "the answer is not one of the API of Prometheus"),
        ("{}", "the answer is not one of the API of Prometheus"),
        (
            r#"{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}"#,
            "the result has something else than series",
        ),
        (r#"{"status":"error","error":"bad \u001b[2J"}"#, "bad \u{1b}[2J"),
        (r#"{"status":"success","data":{"result":["#, "the answer ends too early"),
    ] {
        let found = queried(move || json(body));
        assert!(found.starts_with(reason), "{found}");
    }
    let featurez = scraped(|| json(r#"{"gates":[{"name":1}]}"#));
    assert!(featurez.starts_with("it is not a list of gates: "), "{featurez}");
    let featurez = scraped(|| {
        json(r#"{"components":[{"component":null,"binary":"new","emulation":""}],"gates":[]}"#)
    });
    assert!(featurez.contains("\"new\""), "{featurez}");
}

#[test]
fn what_came_before_an_error_counts() {
    let folder = Folder::new();
    folder.write("a", &(metrics("1.2", "1.2", &["Fast"]) + "kubernetes_feature_enabled{ 1\n"));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!((ended.code, ended.missing().len()), (3, 1), "{ended:?}");
    assert!(ended.findings().contains(&"error certain removed-gate a Fast=true".to_owned()));
}

#[test]
fn a_slow_answer_is_waited_for_only_so_long() {
    let late = "there was no complete answer within 5 s; --timeout SECONDS waits longer";
    let silent = || -> Answer {
        Box::new(|_| {
            std::thread::sleep(Duration::from_secs(60));
            Ok(())
        })
    };
    let drop_by_drop = || -> Answer {
        Box::new(|stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n",
            )?;
            loop {
                stream.write_all(b"#")?;
                std::thread::sleep(Duration::from_millis(100));
            }
        })
    };
    std::thread::scope(|scope| {
        let slow = [
            scope.spawn(|| scraped(silent)),
            scope.spawn(|| queried(silent)),
            scope.spawn(|| scraped(drop_by_drop)),
        ];
        for missing in slow {
            assert_eq!(missing.join().unwrap(), late);
        }
    });
}

#[test]
fn an_answer_without_end_is_not_read_to_the_end() {
    let sample = br#"{"metric":{"__name__":"kubernetes_feature_enabled","instance":"a","name":"A","stage":""},"value":[1,"1"]},"#;
    let (beginning, kind) = (r#"{"status":"success","data":{"result":["#, "application/json");
    let series = sample.repeat(1000);
    let line = "kubernetes_feature_enabled{name=\"A\",stage=\"\"} 1\n".repeat(1000);
    let many = "the answer is larger than";
    let late = "there was no complete answer within 5 s";
    let values = "there are more than 20000000 values";
    let is_bounded = |found: &str| [many, late, values].iter().any(|it| found.starts_with(it));
    std::thread::scope(|scope| {
        let all = [
            scope.spawn(move || queried(move || endless(kind, beginning, series.clone()))),
            scope.spawn(move || scraped(move || endless("text/plain", "", line.clone()))),
        ];
        for missing in all {
            let missing = missing.join().unwrap();
            assert!(is_bounded(&missing), "{missing}");
        }
    });
    let foreign = "the answer is not one of the API of Prometheus";
    assert_eq!(queried(|| endless("text/plain", "", vec![b'x'; 1 << 20])), foreign);
    assert_eq!(
        queried(|| endless(kind, "", vec![b'['; 1 << 20])),
        "the answer is nested too deeply"
    );
    assert_eq!(
        queried(move || endless(
            kind,
            &format!("{beginning}{{\"metric\":{{\"x\":\""),
            vec![b'x'; 1 << 20]
        )),
        "a series is larger than 4 MB"
    );
    assert_eq!(
        scraped(|| endless("text/plain", "kubernetes_feature_enabled", vec![b'x'; 1 << 20])),
        "line 1 is longer than 1 MB"
    );
    assert_eq!(
        scraped(|| endless("application/json", "[", vec![b' '; 1 << 20])),
        "it is larger than 4 MB"
    );
}

#[test]
fn instances_without_end_are_not_all_kept() {
    let folder = Folder::new();
    let lines = (0..300_000).map(|number| {
        format!("kubernetes_feature_enabled{{instance=\"{number}\",name=\"A\",stage=\"\"}} 1\n")
    });
    folder.write("a", &lines.collect::<String>());
    let ended = folder.json(&["status", "--metrics", "a"]);
    assert_eq!(ended.code, 3);
    let missing = ended.missing();
    assert!(missing[0].ends_with(": there are too many names and labels"), "{missing:?}");
}

#[test]
fn names_cannot_control_the_terminal_or_break_the_report() {
    let folder = Folder::new();
    let name = r#"\"};\\\n<b>"#;
    let line =
        format!("kubernetes_feature_enabled{{name=\"{name}\u{1b}[31m\",stage=\"ALPHA\"}} 1\n");
    folder.write("a", &(metrics("1.2", "1.2", &[]) + &line));
    let ended = folder.json(&["check", "--target", "1.3", "--metrics", "a"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        ended.findings().iter().any(|it| it.contains("\"};\\\n<b>\u{1b}[31m=true")),
        "{ended:?}"
    );
    let shown = folder.run(&["check", "--target", "1.3", "--metrics", "a"]);
    assert!(!shown.out.contains('\u{1b}'), "{}", shown.out);
}
