//! The check of configuration files, and its fixes.

use std::sync::{Arc, OnceLock};

use featuregate_cli::check::Checker;
use featuregate_cli::extract::{Syntax, extract};
use featuregate_cli::releases::Releases;
use featuregate_core::Version;
use featuregate_core::manifest::Manifest;

/// Gates of every kind.
const MANIFEST: &str = r#"
version: "1.36"
removedGates: refuse
gates:
- name: A
  versionedSpecs: [{version: "1.30", preRelease: Alpha, default: false}]
  aliases: [FormerA]
- name: B
  versionedSpecs: [{version: "1.30", preRelease: Beta, default: true}]
- name: C
  versionedSpecs: [{version: "1.30", preRelease: GA, default: true, lockToDefault: true}]
- name: D
  versionedSpecs: [{version: "1.30", preRelease: Deprecated, default: false}]
- name: E
  versionedSpecs: [{version: "1.30", preRelease: Alpha, default: false}]
  requires: [A]
- name: F
  versionedSpecs: [{version: "1.35", preRelease: Alpha, default: false}]
- name: G
  versionedSpecs: [{version: "1.28", preRelease: Beta, default: true}]
  removed: "1.32"
"#;

fn checkers() -> &'static [Checker; 2] {
    static CHECKERS: OnceLock<[Checker; 2]> = OnceLock::new();
    CHECKERS.get_or_init(|| {
        let releases = Releases::of([Manifest::read(MANIFEST).unwrap()]);
        let (old, new) = (Version::new(1, 30), Version::new(1, 36));
        [
            Checker::new(&releases, &[new], &[]),
            Checker::new(&releases, &[old, new], &["gates".into()]),
        ]
    })
}

/// Checks any bytes as a configuration file of any syntax, and fixes it.
///
/// # Panics
/// If a finding points to another location than its gate, or the fixed text can be fixed again.
pub fn checking(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let syntaxes = [Syntax::Yaml, Syntax::Json, Syntax::Toml, Syntax::Shell, Syntax::Unknown];
    let syntax = syntaxes[usize::from(*first) % syntaxes.len()];
    let checker = &checkers()[usize::from(*first) / syntaxes.len() % 2];
    let path = Arc::from("config");

    let settings = extract(syntax, &text, &[]);
    for setting in settings.settings.values() {
        assert!(text.get(setting.value_span.clone()).is_some(), "{setting:?}");
        // A name with an escape or a line break is written differently.
        let written = text.get(setting.name_span.clone());
        assert!(written.is_some(), "{setting:?}");
        if let Some(written) = written.filter(|it| !it.contains(['\\', '\n', '\'', '"'])) {
            assert_eq!(written, setting.name, "{setting:?}");
        }
        assert!(settings.lists.ids().any(|list| list == setting.list), "{setting:?}");
    }
    let report = checker.check(&path, syntax, &text);
    for finding in &report.findings {
        assert!(text.get(finding.span.clone()).is_some(), "{finding:?}");
        assert!(finding.location.line >= 1 && finding.location.column >= 1, "{finding:?}");
        assert!(!finding.message.chars().any(char::is_control), "{finding:?}");
        assert!(!finding.help.is_empty(), "{finding:?}");
    }
    match checker.fix(syntax, &text) {
        Ok(None) => {}
        Ok(Some(fixed)) => {
            assert!(fixed.settings > 0);
            let again = checker.fix(syntax, &fixed.text);
            assert_eq!(again, Ok(None), "{}", fixed.text);
            let after = checker.check(&path, syntax, &fixed.text);
            assert!(after.findings.iter().all(|it| it.fix.is_none()), "{}", fixed.text);
        }
        // It gives a reason, and leaves the text as it is.
        Err(reason) => assert!(!reason.is_empty()),
    }
}
