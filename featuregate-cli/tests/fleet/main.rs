//! `featuregate fleet`: metrics as programs give them, servers that answer well, and servers that do not.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, where these are the failure"
)]

mod check;
mod hostile;
mod prometheus;
mod server;
mod sources;
mod status;
mod tls;
mod unused;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A folder with a manifest, in which the command runs.
struct Folder(tempfile::TempDir);

/// How the command ended.
#[derive(Debug)]
struct Ended {
    out: String,
    err: String,
    code: i32,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The findings, each as `level certainty rule instance gate=value`.
    fn findings(&self) -> Vec<String> {
        let json = self.json();
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let finding = |it: &Value| {
            let parts = ["level", "certainty", "rule", "instance"].map(|name| text(&it[name]));
            format!("{} {}={}", parts.join(" "), text(&it["gate"]), it["value"])
        };
        json["findings"].as_array().unwrap().iter().map(finding).collect()
    }

    /// What is missing, each as `source: reason`.
    fn missing(&self) -> Vec<String> {
        let json = self.json();
        let missing = |it: &Value| {
            format!("{}: {}", it["source"].as_str().unwrap(), it["reason"].as_str().unwrap())
        };
        json["missing"].as_array().unwrap().iter().map(missing).collect()
    }
}

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("featuregates.yaml", include_str!("fixtures/featuregates.yaml"));
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = Command::new(env!("CARGO_BIN_EXE_featuregate"));
        command.current_dir(self.path()).arg("fleet").args(arguments);
        command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
        // Loopback is not asked by way of a proxy.
        for proxy in
            ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
        {
            command.env_remove(proxy);
        }
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        Ended { out, err, code: output.status.code().unwrap() }
    }

    /// The same as JSON.
    fn json(&self, arguments: &[&str]) -> Ended {
        self.run(&[arguments, &["--format", "json"]].concat())
    }
}

/// The stage and default of each gate of the manifest at 1.2.
const GATES: [(&str, &str, bool); 7] = [
    ("Cache", "ALPHA", false),
    ("Drain", "ALPHA", false),
    ("Eager", "BETA", true),
    ("Fast", "ALPHA", false),
    ("Grow", "ALPHA", false),
    ("Hold", "", true),
    ("Index", "BETA", true),
];

/// The metrics of a program at a release whose gates are the default, but for some.
fn metrics(release: &str, emulated: &str, set: &[&str]) -> String {
    let head = "# HELP kubernetes_feature_enabled [BETA] This metric records the data about the stage and enablement of a k8s feature.\n# TYPE kubernetes_feature_enabled gauge\n";
    let gates = GATES.map(|(name, stage, default)| {
        let value = u8::from(default != set.contains(&name));
        format!("kubernetes_feature_enabled{{name=\"{name}\",stage=\"{stage}\"}} {value}\n")
    });
    let version = format!(
        "# TYPE version_info gauge\nversion_info{{binary=\"{release}\",component=\"worker\",emulation=\"{emulated}\",min_compat=\"1.1\"}} 1\n"
    );
    head.to_owned() + &gates.concat() + &version
}
