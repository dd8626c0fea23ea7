//! Writes a package with the tests of a plan, and runs them.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::plan::{OF_PROGRAM, OF_STORE, Place, Plan, Test, UNUSED};

/// Its folder stays, so that only what has changed is built again; and one process at a time is in it.
pub(crate) struct Package {
    folder: PathBuf,
    _lock: File,
}

impl Package {
    pub(crate) fn write(plan: &Plan) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("records");
        fs::create_dir_all(&folder).unwrap();
        let lock = File::create(folder.join("in_use")).unwrap();
        lock.lock().unwrap();
        let package = Self { folder, _lock: lock };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let locked = fs::read_to_string(workspace.join("Cargo.lock")).unwrap();
        // Cargo takes out of its own copy what the package does not need.
        if package.put("workspace.lock", &locked) {
            package.put("Cargo.lock", &locked);
        }
        let (runtime, test) = (workspace.join("featuregate"), workspace.join("featuregate-test"));
        package.put(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"covered-app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [workspace]\n\n\
                 [dependencies]\nfeaturegate = {{ path = '{}' }}\n\n\
                 [dev-dependencies]\nfeaturegate-test = {{ path = '{}', features = [\"record\"] }}\n\
                 tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n",
                runtime.display(),
                test.display()
            ),
        );
        // Three quarters are tests of the library, and the others of a program of their own with the same names.
        let (library, program) = plan.tests.split_at(plan.tests.len() / 4 * 3);
        let tests = |tests: &[Test]| -> String {
            tests.iter().enumerate().map(|(number, test)| body(number, test, plan)).collect()
        };
        package.put(
            "src/lib.rs",
            &format!(
                "{}\n#[cfg(test)]\nmod tests {{\n    use super::{{Feature, Store}};\n{}}}\n",
                enums(plan),
                tests(library)
            ),
        );
        package.put(
            "src/main.rs",
            &format!(
                "fn main() {{\n    assert!(!covered_app::Feature::{OF_PROGRAM}.enabled());\n}}\n"
            ),
        );
        package.put(
            "tests/program.rs",
            &format!(
                "mod tests {{\n    use covered_app::{{Feature, Store}};\n{}}}\n\n\
                 #[test]\nfn starts_the_program() {{\n    \
                 let program = std::process::Command::new(env!(\"CARGO_BIN_EXE_covered-app\")).status();\n    \
                 assert!(program.unwrap().success());\n}}\n",
                tests(program)
            ),
        );
        package
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs the tests, which write their records to a folder.
    pub(crate) fn run(&self, records: &Path, arguments: &[&str]) {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("FEATUREGATE_RECORD", records)
            .env("RUST_TEST_THREADS", "16")
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
    }

    /// Writes a file unless it exists, since cargo looks at its time.
    fn put(&self, name: &str, text: &str) -> bool {
        let path = self.folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return false;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        true
    }
}

/// Two enums with the gates of a plan.
fn enums(plan: &Plan) -> String {
    let mut text = String::from("//! Generated.\n");
    let all: Vec<&str> = plan.gates().map(|gate| gate.code.as_str()).collect();
    let (store, own) = all.split_at(OF_STORE);
    for (name, setting, gates) in
        [("Store", "#[feature_gate(component = \"store\")]\n", store), ("Feature", "", own)]
    {
        let derive = "#[derive(Clone, Copy, featuregate::FeatureGate)]";
        writeln!(text, "\n{derive}\n{setting}pub enum {name} {{").unwrap();
        for gate in gates {
            let variant = gate.rsplit("::").next().unwrap();
            let stage = if variant.ends_with('7') { "beta" } else { "alpha" };
            let stage = if [OF_PROGRAM, UNUSED].contains(&variant) { "alpha" } else { stage };
            writeln!(text, "    /// Does something.\n    #[gate({stage})]\n    {variant},")
                .unwrap();
        }
        text.push_str("}\n");
    }
    text
}

/// A test that reads its gates several times.
fn body(number: usize, test: &Test, plan: &Plan) -> String {
    let mut set = String::new();
    let mut reads = String::new();
    for (gate, value) in &test.reads {
        let gate = &plan.gate(*gate).code;
        write!(set, ".set({gate}, {value})").unwrap();
        write!(reads, "assert_eq!({gate}.enabled(), {value}); ").unwrap();
    }
    let reads = format!("for _ in 0..3 {{ {reads}std::thread::yield_now(); }}");
    let scope = format!("featuregate_test::overrides::<(Feature, Store)>(){set}.scope()");
    let (attribute, signature, body) = match test.place {
        Place::Own => ("test", "fn", format!("{scope}.run(|| {reads});")),
        Place::Thread => (
            "test",
            "fn",
            format!(
                "let scope = {scope}; std::thread::Builder::new().name(\"worker\".into()).spawn(move || scope.run(|| {reads})).unwrap().join().unwrap();"
            ),
        ),
        Place::Task => (
            "tokio::test(flavor = \"multi_thread\")",
            "async fn",
            format!(
                "tokio::spawn({scope}.wrap(async {{ for _ in 0..3 {{ tokio::task::yield_now().await; {reads} }} }})).await.unwrap();"
            ),
        ),
    };
    format!("\n    #[{attribute}]\n    {signature} test_{number}() {{\n        {body}\n    }}\n")
}
