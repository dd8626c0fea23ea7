//! A real Prometheus that scrapes three programs; `.ci/fleet` runs this.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::server::{Server, text};
use crate::{Folder, metrics};

/// A kubelet of the example that serves its gates, and ends with the test.
struct Kubelet {
    process: Child,
    address: String,
}

impl Drop for Kubelet {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Kubelet {
    fn serve(arguments: &[&str]) -> Self {
        let program = std::env::var_os("FEATUREGATE_KUBELET").unwrap();
        let mut command = Command::new(program);
        command.args(["--serve", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let serving = lines
            .find_map(|line| line.unwrap().strip_prefix("serving on http://").map(str::to_owned));
        Self { process, address: serving.unwrap() }
    }
}

/// A Prometheus that ends with the test.
struct Prometheus {
    process: Child,
    url: String,
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Prometheus {
    fn start(folder: &Folder, job: &str, targets: &[String]) -> Self {
        let targets: Vec<String> = targets.iter().map(|target| format!("{target:?}")).collect();
        folder.write(
            "prometheus.yml",
            &format!(
                "global: {{scrape_interval: 1s, scrape_timeout: 1s}}\nscrape_configs:\n- job_name: {job}\n  static_configs:\n  - targets: [{}]\n",
                targets.join(", ")
            ),
        );
        let program =
            std::env::var_os("FEATUREGATE_PROMETHEUS").unwrap_or_else(|| "prometheus".into());
        let mut process = Command::new(program)
            .current_dir(folder.path())
            .args(["--config.file=prometheus.yml", "--storage.tsdb.path=data", "--log.format=json"])
            .args(["--web.listen-address=127.0.0.1:0", "--storage.tsdb.retention.time=1d"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says which port it was given.
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let json: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                if json["msg"] == "Listening on" {
                    let _ = sender.send(json["address"].as_str().unwrap_or_default().to_owned());
                }
            }
        });
        let address = receiver.recv_timeout(Duration::from_secs(60)).unwrap();
        Self { process, url: format!("http://{address}") }
    }

    /// The answer to a query: a number for each name.
    fn query(&self, query: &str) -> Vec<(String, String)> {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let query = utf8_percent_encode(query, NON_ALPHANUMERIC);
        write!(stream, "GET /api/v1/query?query={query} HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let json: serde_json::Value = serde_json::from_str(body).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let series = json["data"]["result"].as_array().unwrap().iter();
        series.map(|it| (text(&it["metric"]["name"]), text(&it["value"][1]))).collect()
    }
}

#[test]
#[ignore = "needs prometheus; run by .ci/fleet"]
fn a_prometheus_shows_the_drift_what_will_not_start_and_what_is_unused() {
    let folder = Folder::new();
    let serve = |text_of: String| Server::start(move |_| text(text_of.clone()));
    let programs = [
        serve(metrics("1.2", "1.2", &[])),
        serve(metrics("1.2", "1.2", &["Fast"])),
        serve(metrics("1.3", "1.2", &["Cache"])),
    ];
    let [a, b, c] = programs.each_ref().map(Server::name);
    // Nobody listens there.
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let prometheus =
        Prometheus::start(&folder, "worker", &[a.clone(), b.clone(), c.clone(), closed.clone()]);

    let start = Instant::now();
    let status = loop {
        let status = folder.json(&["status", "--prometheus", &prometheus.url]);
        let all = status.json()["instances"].as_array().unwrap().len() == 3;
        if all && !status.missing().is_empty() {
            break status;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{status:?}");
        std::thread::sleep(Duration::from_millis(500));
    };
    // Of two, one has the default; the third has another release.
    let drift = format!("warning certain gate-drift {b} Fast=true");
    assert!(status.findings().contains(&drift), "{status:?}");
    let json = status.json();
    let of = |name: &str| {
        let instances = json["instances"].as_array().unwrap();
        instances.iter().find(|it| it["instance"] == name).unwrap().clone()
    };
    assert_eq!(
        (&of(&a)["release"], &of(&a)["emulated"]),
        (&"1.2".into(), &serde_json::Value::Null)
    );
    assert_eq!((&of(&c)["release"], &of(&c)["emulated"]), (&"1.3".into(), &"1.2".into()));
    assert_eq!((&of(&c)["component"], &of(&c)["gates"]), (&"worker".into(), &7.into()));
    // A target that is down makes the answer partial.
    assert_eq!(status.code, 3);
    let down = format!(
        "{}: {closed} of job worker is down, so that its gates are not known",
        prometheus.url
    );
    assert_eq!(status.missing(), [down]);

    let check = folder.json(&["check", "--target", "1.3", "--prometheus", &prometheus.url]);
    let findings = check.findings();
    let errors: Vec<&String> = findings.iter().filter(|it| it.starts_with("error")).collect();
    assert_eq!(errors, [&format!("error certain removed-gate {b} Fast=true")]);
    assert!(
        findings.contains(&"warning certain release-skew - Cache=true".to_owned()),
        "{check:?}"
    );

    let unused = folder.json(&["unused", "--prometheus", &prometheus.url, "--days", "1"]);
    let json = unused.json();
    let gates: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["gate"].as_str().unwrap())
        .collect();
    assert_eq!(gates, ["Drain", "Eager", "Grow", "Hold", "Index"]);
    // PromQL answers the range query: today is all that it remembers.
    assert!(
        json["findings"][0]["message"].as_str().unwrap().contains(", at least since 20"),
        "{unused:?}"
    );
}

#[test]
#[ignore = "needs prometheus and the example; run by .ci/fleet"]
fn a_prometheus_that_scrapes_kubelets_shows_them_as_they_are() {
    let folder = Folder::new();
    let kubelets = [
        Kubelet::serve(&[]),
        Kubelet::serve(&["--feature-gates=GangScheduling=true,GenericWorkload=true"]),
        Kubelet::serve(&["--emulated-version=1.35", "--feature-gates=MemoryQoS=true"]),
    ];
    let [a, b, c] = kubelets.each_ref().map(|kubelet| kubelet.address.clone());
    let prometheus = Prometheus::start(&folder, "kubelet", &[a.clone(), b.clone(), c.clone()]);
    let asked = ["--manifest", "kubernetes", "--prometheus", &prometheus.url];
    let start = Instant::now();
    let status = loop {
        let status = folder.json(&[&["status"], asked.as_slice()].concat());
        if status.json()["instances"].as_array().unwrap().len() == 3 {
            break status;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{status:?}");
        std::thread::sleep(Duration::from_millis(500));
    };
    assert_eq!(status.code, 0, "{status:?}");
    let on =
        r#"sum by (name) (kubernetes_feature_enabled{name=~"MemoryQoS|GangScheduling|AllAlpha"})"#;
    let mut answer = prometheus.query(on);
    answer.sort();
    let counted = |name: &str, count: &str| (name.to_owned(), count.to_owned());
    assert_eq!(
        answer,
        [counted("AllAlpha", "0"), counted("GangScheduling", "1"), counted("MemoryQoS", "1")]
    );
    let drift = format!("warning certain gate-drift {b} GangScheduling=true");
    assert!(status.findings().contains(&drift), "{status:?}");
    let json = status.json();
    let instances = json["instances"].as_array().unwrap();
    let emulating: Vec<_> = instances.iter().filter(|it| !it["emulated"].is_null()).collect();
    assert_eq!(emulating.len(), 1);
    assert_eq!(
        (&emulating[0]["instance"], &emulating[0]["emulated"], &emulating[0]["release"]),
        (&c.as_str().into(), &"1.35".into(), &"1.36".into())
    );

    let check = folder.json(&[&["check", "--target", "1.37"], asked.as_slice()].concat());
    assert_eq!(check.code, 1, "{check:?}");
    let findings = check.findings();
    let errors: Vec<&String> = findings.iter().filter(|it| it.starts_with("error")).collect();
    assert_eq!(errors, [&format!("error certain removed-gate {b} GangScheduling=true")]);
    assert_eq!(
        check.json()["order"][0],
        "change what 1 instance of kubelet would not start with: GangScheduling"
    );

    // A range ends with a whole second, which may have been before the first scrape.
    std::thread::sleep(Duration::from_secs(2));
    let unused = folder.json(&[&["unused", "--days", "1"], asked.as_slice()].concat()).json();
    let findings = unused["findings"].as_array().unwrap();
    let gates: Vec<&str> = findings.iter().map(|it| it["gate"].as_str().unwrap()).collect();
    assert!(gates.contains(&"NodeSwap") && gates.contains(&"HPAScaleToZero"), "{gates:?}");
    for used in ["MemoryQoS", "GangScheduling", "GenericWorkload", "AllAlpha"] {
        assert!(!gates.contains(&used), "{used}");
    }
    assert!(findings[0]["since"].as_str().unwrap().starts_with("20"));
}
