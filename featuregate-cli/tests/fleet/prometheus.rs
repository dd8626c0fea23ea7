//! A real Prometheus that scrapes three programs; `.ci/fleet` runs this.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::server::{Server, text};
use crate::{Folder, metrics};

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
    fn start(folder: &Folder, targets: &[String]) -> Self {
        let targets: Vec<String> = targets.iter().map(|target| format!("{target:?}")).collect();
        folder.write(
            "prometheus.yml",
            &format!(
                "global: {{scrape_interval: 1s, scrape_timeout: 1s}}\nscrape_configs:\n- job_name: worker\n  static_configs:\n  - targets: [{}]\n",
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
    let prometheus = Prometheus::start(&folder, &[a.clone(), b.clone(), c.clone(), closed.clone()]);

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
