//! The peers: validators of JSON Schema.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::configs::Configs;

/// The `jsonschema` crate, which reads YAML by `serde_yaml`.
pub(crate) struct Validator(jsonschema::Validator);

impl Validator {
    pub(crate) fn new(schema: &str) -> Self {
        let schema = serde_json::from_str(schema).expect("the schema is JSON");
        Self(jsonschema::validator_for(&schema).expect("the schema is one"))
    }

    /// How many of the files are valid. All cores take part.
    pub(crate) fn valid(&self, configs: &Configs) -> usize {
        let (next, valid) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let cores = std::thread::available_parallelism().map_or(1, Into::into);
        std::thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| {
                    while let Some(path) = configs.files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let text = fs::read_to_string(path).expect("a file can be read");
                        let value: serde_json::Value =
                            serde_yaml::from_str(&text).expect("a file is YAML");
                        if self.0.is_valid(&value) {
                            valid.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        valid.into_inner()
    }
}

/// How long `check-jsonschema` takes for some of the files; nothing where it is not installed.
pub(crate) fn check_jsonschema(schema: &str, configs: &Configs) -> Option<(usize, Duration)> {
    const SOME: usize = 1_000;
    let path = configs.folder().join("schema.json");
    fs::write(&path, schema).expect("a file can be written");
    let files = configs.files.iter().take(SOME);
    let mut command = Command::new("check-jsonschema");
    command.arg("--schemafile").arg(path).args(files).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().ok()?;
    assert!(status.success(), "check-jsonschema finds mistakes in correct files");
    Some((configs.files.len().min(SOME), start.elapsed()))
}
