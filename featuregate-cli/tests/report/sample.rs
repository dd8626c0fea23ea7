//! Reports to be rendered.

use std::ops::Range;
use std::sync::Arc;

use featuregate_cli::finding::{About, Edit, Finding, Fix, Level, Skipped};
use featuregate_cli::report::{Format, Report};
use featuregate_cli::text::Lines;
use featuregate_core::Version;

/// A kubelet's configuration with two removed gates, one that is GA, and an unknown one.
pub(crate) const KUBELET: &str = "\
kind: KubeletConfiguration
featureGates:
  DynamicKubeletConfig: true
  NodeSwap: \"true\"
  NodeSwop: false
";

/// A unit with its gates in one argument, and a character of two bytes before them.
pub(crate) const UNIT: &str =
    "[Service]\nExecStart=/usr/bin/kubelet --näme=ä --feature-gates=APIListChunking=true,A=1\n";

/// A report in the making.
pub(crate) struct Sample(pub(crate) Report);

impl Sample {
    /// About nothing yet.
    pub(crate) fn against(minors: &[u32]) -> Self {
        let targets = minors.iter().map(|minor| Version::new(1, *minor)).collect();
        Self(Report { targets, ..Report::default() })
    }

    /// With a file.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.0.texts.insert(path.into(), text.to_owned());
        self.0.files += 1;
        self
    }

    /// With a finding at the first location of a text in a file, for each target.
    pub(crate) fn finding(self, path: &str, pointed: &str, example: Example<'_>) -> Self {
        let at = self.0.texts[path].find(pointed).unwrap();
        self.finding_at(path, at..at + pointed.len(), example)
    }

    /// With a finding at bytes of a file, for each target.
    pub(crate) fn finding_at(
        mut self,
        path: &str,
        span: Range<usize>,
        example: Example<'_>,
    ) -> Self {
        let text = &self.0.texts[path];
        let path: Arc<str> = path.into();
        self.0.tally.count += 1;
        self.0.tally.files = self.0.files;
        for target in &self.0.targets {
            let about = About {
                rule: example.rule,
                gate: text[span.clone()].into(),
                value: Some("true".into()),
                message: example.message.into(),
                help: example.help.into(),
            };
            self.0.findings.push(Finding {
                about: Arc::new(about),
                level: example.level,
                target: Some(*target),
                path: Arc::clone(&path),
                location: Lines::of(text).location(span.start),
                span: span.clone(),
                fix: example.fix.map(|(description, span, text)| {
                    let edits = [Edit { span, text: text.to_owned() }].into();
                    Arc::new(Fix { description: description.to_owned().into(), edits })
                }),
            });
        }
        self
    }

    /// With something that was not read.
    pub(crate) fn skipped(mut self, path: &str, line: Option<u32>, reason: &str) -> Self {
        self.0.skipped.push(Skipped { path: path.into(), line, reason: reason.to_owned() });
        self
    }

    /// With something that was named and cannot be opened.
    pub(crate) fn failed(mut self, failure: &str) -> Self {
        self.0.failures.push(failure.to_owned());
        self
    }

    /// The report as text, with styles.
    pub(crate) fn styled(&self, format: Format) -> String {
        let mut out = Vec::new();
        self.0.write(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The report as text, as it is written to a pipe.
    pub(crate) fn rendered(&self, format: Format) -> String {
        anstream::adapter::strip_str(&self.styled(format)).to_string()
    }
}

/// The texts of a finding.
#[derive(Clone, Copy)]
pub(crate) struct Example<'a> {
    pub(crate) rule: &'static str,
    pub(crate) level: Level,
    pub(crate) message: &'a str,
    pub(crate) help: &'a str,
    /// What it does, the bytes that it replaces, and by what.
    pub(crate) fix: Option<(&'a str, (usize, usize), &'a str)>,
}

/// A report with something of everything.
pub(crate) fn everything(minors: &[u32]) -> Sample {
    let line = KUBELET.find("  Dynamic").unwrap();
    let name = KUBELET.find("NodeSwop").unwrap();
    let item = UNIT.find("APIListChunking").unwrap();
    Sample::against(minors)
        .file("deploy/kubelet.yaml", KUBELET)
        .file("deploy/kubelet.service", UNIT)
        .finding(
            "deploy/kubelet.service",
            "APIListChunking",
            Example {
                rule: "removed-gate",
                level: Level::Error,
                message: "gate APIListChunking was removed in 1.33; what it guarded is on",
                help: "remove the setting",
                fix: Some(("remove the setting", (item, item + "APIListChunking=true,".len()), "")),
            },
        )
        .finding(
            "deploy/kubelet.yaml",
            "DynamicKubeletConfig",
            Example {
                rule: "removed-gate",
                level: Level::Error,
                message: "gate DynamicKubeletConfig was removed in 1.26; what it guarded is off",
                help: "remove the setting",
                fix: Some(("remove the setting", (line, line + 29), "")),
            },
        )
        .finding(
            "deploy/kubelet.yaml",
            "NodeSwap",
            Example {
                rule: "redundant-gate",
                level: Level::Warning,
                message: "gate NodeSwap is GA and locked to true, so setting it changes nothing",
                help: "remove the setting; once the gate is removed, setting it is an error",
                fix: None,
            },
        )
        .finding(
            "deploy/kubelet.yaml",
            "NodeSwop",
            Example {
                rule: "unknown-gate",
                level: Level::Error,
                message: "unknown gate NodeSwop",
                help: "did you mean NodeSwap",
                fix: Some(("write NodeSwap", (name, name + 8), "NodeSwap")),
            },
        )
        .skipped("deploy/logo.yaml", None, "it is binary")
        .skipped("deploy/template.yaml", Some(12), "a template action is not evaluated")
}
