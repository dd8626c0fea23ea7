//! Findings as an editor shows them.

use featuregate_core::Version;
use gen_lsp_types::{Code, CodeDescription, Diagnostic, DiagnosticSeverity, Message, TextEdit};
use serde_json::json;

use crate::finding::{Finding, Fix, Level};
use crate::io::escape::escape;
use crate::lint::rules;
use crate::lsp::position::Index;
use crate::report::block::Block;

/// How many findings of a document are shown; who has more reads the report of `check`.
const MOST: usize = 1000;

/// Where the pages of the rules are.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/featuregate-cli/docs/rules");

/// A finding, for one target or several.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) diagnostic: Diagnostic,
    pub(super) fix: Option<QuickFix>,
}

/// The change that fixes a finding.
#[derive(Clone, Debug)]
pub(super) struct QuickFix {
    pub(super) title: String,
    pub(super) edits: Vec<TextEdit>,
}

impl Remark {
    /// The remarks for the findings of a text, which was checked against these targets.
    pub(super) fn all(findings: &[Finding], targets: &[Version], index: &Index<'_>) -> Vec<Self> {
        let blocks = Block::each(findings).take(MOST);
        blocks.map(|block| Self::of(&block, targets, index)).collect()
    }

    fn of(block: &Block<'_>, targets: &[Version], index: &Index<'_>) -> Self {
        let finding = block.finding;
        let fix = finding.fix.as_ref().map(|fix| quick_fix(finding, fix, index));
        let mut lines = Vec::new();
        for message in block.messages() {
            let targets = message.targets_text(targets);
            let targets = targets.map_or_else(String::new, |targets| format!(" ({targets})"));
            lines.push(format!("{}{targets}", escape(message.text)));
        }
        if !finding.help.is_empty() {
            lines.push(format!("help: {}", escape(&finding.help)));
        }
        let page = rules::find(finding.rule).map(|rule| format!("{PAGES}/{}.md", rule.name));
        let diagnostic = Diagnostic {
            range: index.range(finding.span.clone()),
            severity: Some(severity(finding.level)),
            code: Some(Code::String(finding.rule.to_owned())),
            code_description: page.map(|page| CodeDescription { href: page.into() }),
            source: Some("featuregate".to_owned()),
            message: Message::String(lines.join("\n")),
            data: fix
                .as_ref()
                .map(|fix| json!({ "fix": { "title": fix.title, "edits": fix.edits } })),
            ..Diagnostic::default()
        };
        Self { diagnostic, fix }
    }
}

fn quick_fix(finding: &Finding, fix: &Fix, index: &Index<'_>) -> QuickFix {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = edit.span;
        TextEdit { range: index.range(start..end), new_text: edit.text.clone() }
    });
    let title = format!("{}: {}", escape(&finding.gate), escape(&fix.description));
    QuickFix { title, edits: edits.collect() }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Note => DiagnosticSeverity::Information,
    }
}
